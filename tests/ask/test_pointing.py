"""Turns that point back at topics of the conversation, spelled out: what is asked, after which turns."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)
CATALOGUE, STARTER, LOAN = "カタログ注文型、従業員3人の上限は？", "持続化の創業型の上限は？", "マル経融資はいくらまで？"
BOTH = "グローバル枠と革新的新製品・サービス枠があるらしい。従業員25人です"
LARGE = ("大規模成長投資補助金って最低の投資額いくらから？", "賃上げは年何%が条件？")


def spelled(assistant, text, *history):
    question = assistant.parser.spelled_out(Question(text, TODAY, tuple(history)))
    return question.text, question.history


def told(assistant, text, *history):
    return answer_question(Question(text, TODAY, tuple(history)), assistant).text


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("さっきの創業の話に戻るけど、補助率は？", "補助率は？"),
        ("ほんで創業型のやつに話もどすと、補助率は？", "補助率は？"),
        ("創業型の件に戻ります。補助率は", "補助率は"),
        ("最初の持続化の話やけど、補助率は？", "補助率は？"),
        ("前者の補助率は？", "持続化の創業型の補助率は？"),
        ("じゃあ先に聞いたほうは何割？", "じゃあ持続化の創業型は何割？"),
    ],
)
def test_a_turn_goes_back_to_the_topic_that_it_names_or_picks(assistant, text, asked):
    assert spelled(assistant, text, STARTER, CATALOGUE) == (asked, (CATALOGUE, STARTER))


@pytest.mark.parametrize(
    "text",
    [
        "補助率は？", "前の機械を下取りに出したら？", "マル経の話に戻ると？", "最初に何をすればいい？", "その2つの店舗を足して21人なら？",
        "後の手続きは？", "返済の話ですが、何年？",
    ],
)  # fmt: skip
def test_what_points_at_no_other_topic_stays_as_it_is(assistant, text):
    assert spelled(assistant, text, STARTER, CATALOGUE) == (text, (STARTER, CATALOGUE))


def test_the_last_topic_is_named_where_it_is_picked(assistant):
    assert spelled(assistant, "後者の補助率は？", STARTER, CATALOGUE) == ("カタログ注文型の補助率は？", (STARTER, CATALOGUE))


def test_the_very_first_topic_and_the_first_of_the_last_two(assistant):
    history = (LOAN, STARTER, CATALOGUE)
    assert spelled(assistant, "最初に聞いたほうの担保は？", *history) == ("マル経融資の担保は？", (STARTER, CATALOGUE, LOAN))
    assert spelled(assistant, "2番目の制度の下限は？", *history) == ("持続化の創業型の下限は？", (LOAN, CATALOGUE, STARTER))
    assert spelled(assistant, "前者の補助率は？", *history) == ("持続化の創業型の補助率は？", (LOAN, CATALOGUE, STARTER))


def test_a_topic_called_by_another_name_is_the_other_one_of_two(assistant):
    text = "さっきの開業のやつに戻るけど補助率は？"
    assert spelled(assistant, text, STARTER, CATALOGUE) == ("補助率は？", (CATALOGUE, STARTER))
    assert spelled(assistant, text, LOAN, STARTER, CATALOGUE) == (text, (LOAN, STARTER, CATALOGUE))


def test_turns_that_follow_a_topic_go_with_it(assistant):
    history = ("持続化の創業型は？", "経費は90万円です", CATALOGUE)
    assert spelled(assistant, "創業型の話に戻るけど、いくら？", *history) == ("いくら？", (CATALOGUE, *history[:2]))


def test_one_of_two_that_a_single_turn_names(assistant):
    assert "1,500万円です" in told(assistant, "後者の上限は？賃上げ特例なし", BOTH)
    assert "4,000万円です" in told(assistant, "前者だと？", BOTH, "後者の上限は？賃上げ特例なし")


def test_a_name_that_says_more_than_the_topic_stays(assistant):
    text = "さっきの持続化の創業型の話に戻るけど、上限は？"
    assert spelled(assistant, text, "持続化の通常枠の上限は？", CATALOGUE)[0] == text


def test_the_last_two_questions_are_asked_of_another_programme(assistant):
    asked, history = spelled(assistant, "じゃあ成長加速化の方はその二つどうなってるん", *LARGE)
    assert asked == "成長加速化って最低の投資額いくらから？\n成長加速化、賃上げは年何%が条件？" and history == LARGE
    answer = told(assistant, "じゃあ成長加速化の方はその二つどうなってるん", *LARGE)
    assert "1億円以上" in answer and "4.5%以上" in answer and "20億円" not in answer


def test_facts_and_rounds_of_the_topic_before_stay_with_it(assistant):
    history = ("100億宣言企業です。大規模成長投資の賃上げ率は何%？", "最低投資額は？")
    answer = told(assistant, "成長加速化のほうもその2点教えて", *history)
    assert "4.5%以上" in answer and "1億円以上" in answer and "15億円" not in answer
    dates = told(assistant, "その二つ、創業型の第4回だと？", "持続化の第20回の受付はいつから？", "締切は？")
    assert "持続化補助金 創業型（第4回）の申請受付は2026年11月5日" in dates and "第20回" not in dates


def test_those_two_without_another_name_are_the_two_topics(assistant):
    answer = told(assistant, "その2つ、締切はいつ？", "業務改善助成金の上限は？", "持続化の通常枠の上限は？")
    assert "2026年12月15日" in answer and "業務改善助成金（令和8年度）の申請締切は手元の資料に記載がありません" in answer
    table = told(assistant, "その2つ、大幅賃上げの最低賃金の条件はどう違う？", "省力化の一般型、従業員40人だと上限は？", CATALOGUE)
    assert "50円以上高い" in table and "45円以上引き上げ" in table


def test_the_firm_goes_along_and_the_costs_of_the_other_topic_do_not(assistant):
    history = ("小規模です。セキュリティ対策推進枠、120万円なら？", "カタログ注文型で機械300万円、従業員4人だといくら？")
    assert "補助額は60万円です" in told(assistant, "セキュリティの話に戻ると、利用料が90万円だったら？", *history)
    assert "300万円" not in told(assistant, "セキュリティの話に戻ると、上限は？", *history)


@pytest.mark.parametrize(
    ("text", "listed", "meant"),
    [
        ("2番目のやつの上限は？", "新事業進出ものづくりの枠を教えて", "新事業進出枠の上限は？"),
        ("さっきの1番目の枠だと建物は？", "新事業進出ものづくりの枠を教えて", "さっきの革新的新製品・サービス枠だと建物は？"),
        ("二つ目の枠の上限は？", "持続化補助金にはどんな枠がある？", "創業型の上限は？"),
        ("1番目の枠だと？", "デジタル化・AI導入補助金の枠を教えて", "通常枠だと？"),
        ("2番目の枠の上限は？", "デジタル化・AI導入補助金の枠を教えて", "枠の上限は？"),  # two rows are of one frame
        ("3番目の枠の上限は？", "事業承継・M&A補助金の枠を教えて", "枠の上限は？"),
        ("4番目の枠の上限は？", "新事業進出ものづくりの枠を教えて", "枠の上限は？"),
        ("2番目の機械の上限は？", "新事業進出ものづくりの枠を教えて", "2番目の機械の上限は？"),
    ],
)
def test_a_frame_is_picked_by_its_place_in_the_list(assistant, text, listed, meant):
    assert spelled(assistant, text, listed) == (meant, (listed,))


@pytest.mark.parametrize(
    ("history", "meant"),
    [
        (("成長加速化補助金の上限は？", "大規模成長投資補助金だと？"), "成長加速化補助金の補助率は？"),
        (("省力化のカタログ注文型と一般型の違いは？", "一般型の上限は？"), "省力化のカタログ注文型の補助率は？"),
        (("成長加速化補助金の上限は？", "大規模成長投資補助金だと？", "もう一つのほうは？"), "大規模成長投資補助金の補助率は？"),
        (("持続化補助金の締切は？",), "もう一つのほうの補助率は？"),
    ],
)
def test_the_other_one_of_two(assistant, history, meant):
    assert spelled(assistant, "もう一つのほうの補助率は？", *history)[0] == meant
