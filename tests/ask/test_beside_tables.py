"""What stands before and beside tables of caps and rates: limits that say more, cases of both, dates, further things asked."""

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question, Status

TODAY = date(2026, 11, 24)


def ask(assistant, text, today=TODAY):
    return answer_question(Question(text, today), assistant)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("四日市の新規産業創出で成長分野に入る2か年計画、限度額は合計いくらまで", ("400万円", "800万円")),
        ("四日市でITの拠点を借りる家賃は毎月いくらまで、何年", ("6万円", "3年")),
        ("四日市で実習生を指導する人の人件費は1日いくらまで", ("5,000円", "5万円")),
    ],
)
def test_a_limit_that_says_more_leads(assistant, text, figures):
    head = ask(assistant, text).text.split("\n")[0]
    assert all(f in head for f in figures)


def test_a_table_that_says_all_leads(assistant):
    assert ask(assistant, "四日市の萬古焼の補助の上限は").text.startswith("四日市萬古焼でおもてなし事業補助金")


def test_cap_and_rate_of_one_frame_case_by_case(assistant):
    text = ask(assistant, "四日市の定期市の補助金の率と限度額を教えて").text
    assert "補助率は2/3、補助上限額は50万円" in text
    assert "補助率は定額（全額）、補助上限額は30万円" in text


def test_interview_and_result(assistant):
    text = ask(assistant, "大規模成長投資の6次、プレゼンの審査と結果はいつ頃の予定ですか", date(2026, 8, 10)).text
    assert "プレゼン審査は2026年10月中旬の予定です" in text
    assert "採択発表は2026年11月上旬の予定です" in text


def test_an_interview_that_no_source_dates_is_passed_over(assistant):
    assert "面接審査の日" not in ask(assistant, "持続化補助金の面接と締切はいつの予定？").text


def test_all_things_listed_are_answered(assistant):
    text = ask(assistant, "協議会と作った計画に使う経営改善サポート保証、保証料と据置は？").text
    assert "0.3%" in text
    assert "3年" in text


def test_a_short_further_question_is_answered(assistant):
    text = ask(assistant, "業務改善助成金は店ごとに出すの？提出先は？").text
    assert "事業場ごとに申請" in text
    assert "労働局" in text


@pytest.mark.parametrize(("year", "out"), [("4年目", True), ("3年目", False)])
def test_what_shuts_out_goes_before_a_date_that_is_not_printed(assistant, year, out):
    answer = ask(assistant, f"四日市で独立して{year}の美容室、創業塾も出た。チラシの市の補助金まだ間に合う？")
    assert answer.text.startswith("いいえ") is out
    assert (answer.status is Status.ANSWERED) is out


def test_the_cost_that_is_spoken_of_leads(assistant):
    text = ask(assistant, "四日市市の海外販路開拓支援、フランスの展示会に行く宿泊費も出ますか").text
    assert "補助対象外" in text.split("\n")[0]


@pytest.mark.parametrize(
    ("text", "no"),
    [
        ("四日市の職場づくり補助のハード整備、ロッカーだけ買うのは対象ですか", True),
        ("四日市の職場づくり補助のハード整備、トイレの工事とロッカーは対象ですか", False),
    ],
)
def test_what_is_forbidden_by_itself(assistant, text, no):
    assert ("いいえ、備品だけ" in ask(assistant, text).text) is no


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("マル経融資の限度額は？", "融資限度額は2,000万円"),
        ("小口零細企業保証の上限はいくら", "保証限度額は2,000万円"),
        ("持続化の創業型の上限は", "補助上限額は200万円"),
    ],
)
def test_a_loan_has_no_subsidy(assistant, question, words):
    assert words in answer_question(Question(question, date(2026, 11, 24)), assistant).text
