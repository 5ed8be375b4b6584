"""Turns of a conversation that lean on what was said: another input, frame or programme for the same question."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)


def told(assistant, text, *history):
    return answer_question(Question(text, TODAY, tuple(history)), assistant).text


@pytest.mark.parametrize(
    ("history", "text", "said"),
    [
        (("カタログ注文型で600万円の機械、従業員4人",), "25人だったら？", "補助額は300万円です"),
        (("省力化一般型の締切は？",), "持続化のほうは？", "申請締切は2026年12月15日"),
        (("持続化の通常枠の上限は？",), "創業型とどう違う？", "200万円"),
        (("成長加速化補助金、建物6億円と機械2億円でいくら？", "機械は3億円に減らす案もある"), "自己負担は？", "自己負担は4億5,000万円"),
    ],
)
def test_the_same_question_under_another_condition(assistant, history, text, said):
    assert said in told(assistant, text, *history).split("\n\n")[0]


def test_two_programmes_are_compared_by_what_was_asked_of_them(assistant):
    answer = told(assistant, "2つを表で比べて", "持続化補助金の上限は？", "省力化投資補助金カタログの上限は？")
    assert "50万円" in answer and "1,000万円" in answer


def test_documents_are_asked_for_whatever_came_before(assistant):
    query = assistant.parser.parse(Question("必要書類も教えて", TODAY, ("持続化の第20回の締切は？",)))
    assert query.attributes[0] == "document" and query.leans_on == ""


def test_a_frame_that_is_named_wins_over_a_thing_that_others_pay_for(assistant):
    query = assistant.parser.parse(Question("カタログ注文型で券売機を入れたい", TODAY))
    assert query.programmes == ("shoryokuka",)


ABROAD = "四日市の中小製造業。海外人材確保支援の渡航費1人20万円で5人、いくら？"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("国内研修の参加費も1人12万円です。そっちはいくら", "30万円"),  # as many people as before
        ("国内研修の参加費は1人26万円で2人。そっちはいくら", "20万円"),  # the cap of each
    ],
)
def test_another_cost_of_the_same_scheme(assistant, text, amount):
    answer = told(assistant, text, ABROAD)
    assert f"の補助額は{amount}です" in answer and "場合ごと" not in answer


def test_a_cap_for_each_head_asks_how_many_there_are(assistant):
    answer = told(assistant, "四日市の中小製造業。海外人材確保支援の渡航費20万円だといくら？")
    assert "人数によって変わります" in answer and "場合ごと" not in answer and "賃上げ" not in answer


@pytest.mark.parametrize(("text", "said"), [("3人です", "の補助額は30万円です"), ("従業員は3人です", "人数によって変わります")])
def test_a_headcount_alone_is_of_those_with_the_price_a_head(assistant, text, said):
    assert said in told(assistant, text, "四日市の中小製造業。海外人材確保支援で渡航費1人20万円、いくら？")


def test_one_of_two_costs_is_put_right(assistant):
    answer = told(assistant, "機械だけ5,000万に訂正", "成長加速化は100億宣言済み。建物3億円と機械2億円だといくら？")
    assert "の補助額は1億7,500万円です" in answer


def test_a_measure_called_by_what_it_demands_is_used(assistant):
    assert "黒字：80万円（120万円 × 2/3" in told(assistant, "賃上げ要件もつけたら？", "持続化補助金の通常枠で設備120万円いくら？")


def test_pay_after_some_fiscal_years(assistant):
    asked = "基準年度は1人400万円です。3事業年度後はいくらにしたらいいんですか"
    assert "4,564,665円以上" in told(assistant, asked, "成長加速化補助金の賃上げ要件って何でしたっけ")


def test_no_answer_to_a_question_whether_something_is_not_so_begins_with_yes_or_no(assistant):
    for text in ("持続化補助金の通常枠で広告費30万円だけだと出ない？", "持続化補助金、赤字だとだめ？"):
        assert not told(assistant, text).startswith(("はい", "いいえ"))
    assert told(assistant, "持続化補助金の通常枠は上限50万円で合ってますよね。教えてもらえませんか").startswith("はい、")
