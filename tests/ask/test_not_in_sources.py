"""What the sources never speak of is refused with who knows; what is near to it and stands in them is answered."""

from datetime import date

import pytest

from assistant.ask.only_place import asks_of_the_place
from assistant.ask.uncovered import uncovered_topic
from assistant.flow import answer_question
from assistant.records import Question, Status


def ask(assistant, text):
    return answer_question(Question(text, date(2026, 7, 6)), assistant)


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("セーフティネット保証7号の要件", "セーフティネット保証7号"),
        ("セーフティネット2号の認定は", "セーフティネット2号"),
        ("事業承継税制の期限は", "事業承継税制"),
    ],
)
def test_another_kind_of_finance_is_another_scheme(assistant, text, scheme):
    answer = ask(assistant, text)
    assert answer.status is Status.REFUSED
    assert scheme in answer.text


@pytest.mark.parametrize("text", ["セーフティネット貸付の限度額は", "小口零細企業保証の限度額は", "地域未来投資促進税制の率は"])
def test_a_programme_of_that_kind_is_itself(assistant, text):
    assert ask(assistant, text).status is Status.ANSWERED


@pytest.mark.parametrize(
    "text",
    [
        "補助金で買った車を下取りに出していい？",
        "採択を辞退したい",
        "うちの計画は採択されそう？",
        "申請代行の料金の相場は",
        "商工会の会費はいくら",
        "審査員の名前を教えて",
        "採択後に社名が変わったら",
        "落ちた理由は教えてもらえる？",
        "学校法人は業務改善助成金に申請できる？",
        "うちは信用組合だけどGo-Tech事業は使える？",
    ],
)
def test_a_matter_outside_the_sources_is_refused(assistant, text):
    assert ask(assistant, text).status is Status.REFUSED


@pytest.mark.parametrize(
    "text",
    ["採択されるための条件は", "持続化補助金で団体の会費は対象になる？", "交付決定の前に機械を買ってもいい？",
     "在庫の処分費は廃業の補助の対象ですか"],
)
def test_a_matter_near_to_it_is_none(assistant, text):
    assert uncovered_topic(text, False, (), assistant.catalogue) is None
    assert ask(assistant, text).status is Status.ANSWERED


def test_a_kind_of_body_that_the_sources_list_is_told(assistant):
    assert "社会福祉法人" in ask(assistant, "社会福祉法人は省力化の一般型に応募できる？").text.split("\n")[0]


@pytest.mark.parametrize(
    "text",
    [
        "ものづくり補助金22次の採択率は？21次より下がった？",
        "ものづくり補助金の第23次、採択率はどれくらい？19次と比べてどう？",
        "新事業進出補助金の第3回の採択率は？第1回より上がった？",
    ],
)
def test_a_round_that_the_table_lacks_cannot_be_compared(assistant, text):
    answer = ask(assistant, text)
    assert answer.status is Status.REFUSED and "資料に" in answer.text.split("\n")[0]


def test_the_place_alone_leads_no_answer(assistant):
    assert "海外販路" not in ask(assistant, "四日市で看板を作る").text
    assert "空き店舗" in ask(assistant, "四日市の空き店舗でカフェをやりたい").text


@pytest.mark.parametrize(("text", "asked"), [("市の浄化槽の補助は", True), ("四日市で看板を作る費用は出る？", False)])
def test_who_asks_for_what_a_place_gives(text, asked):
    assert asks_of_the_place(text) is asked


@pytest.mark.parametrize("text", ["省エネ診断はいくらかかる？", "省エネ診断の費用は"])
def test_a_bare_question_for_a_price_finds_it(assistant, text):
    answer = ask(assistant, text)
    assert answer.status is Status.ANSWERED
    assert "6,006円" in answer.text


def test_a_count_is_told_before_tables_of_money(assistant):
    assert "20時間以上" in ask(assistant, "業務改善で引き上げる労働者は週何時間以上働いていればいい").text.split("\n")[0]
    assert "2,000人以下" in ask(assistant, "大規模成長投資の従業員の上限は何人").text
