"""Turns that ask something of their own: whether a thing counts as a cost, what somebody does."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)
RAISE = "業務改善助成金で70円上げて5人、時給1010円、機械が120万だといくら？"
FRAME = "新事業進出・ものづくり補助金の新事業進出枠の上限は？従業員40人"
GENERAL = "省力化投資補助金の一般型、従業員15人で2400万の設備を入れるといくら？"
EACH = ("省力化のカタログと一般型って何が違う？", "うちは従業員30人です", "上限はどっちが大きい？")


def asked(assistant, text, *history):
    return assistant.parser.parse(Question(text, TODAY, history)).attributes


def said(assistant, text, *history):
    return answer_question(Question(text, TODAY, history), assistant).text


@pytest.mark.parametrize("text", ["パソコンもいい？", "車も入れていいの？", "じゃあ車は買っていい？", "パソコンは？"])
def test_whether_a_thing_counts_is_no_amount(assistant, text):
    assert asked(assistant, text, RAISE) == ("cost",)


@pytest.mark.parametrize("text", ["7人もいい？", "それもいい？", "90円なら？", "個人事業主も対象になる？", "上限は？", "賃上げは？"])
def test_who_when_and_how_many_are_no_cost(assistant, text):
    assert asked(assistant, text, RAISE) != ("cost",)


@pytest.mark.parametrize(
    ("text", "history", "first"),
    [
        ("車もいい？", (RAISE,), "自動車は助成対象外"),
        ("パソコンもいい？", (RAISE,), "物価高騰等要件に当てはまる事業者だけ"),
        ("建物も入れていいの？", (FRAME, "賃上げ特例使うと？"), "建物費は新事業進出枠とグローバル枠"),
        ("建物も入れていい？", (GENERAL, "賃上げ特例は使わないとしたら？"), "建物費、広告宣伝費"),
        ("じゃあ商工会には何を頼むの", ("持続化補助金の第20回の締切いつ？",), "商工会・商工会議所の支援を受け"),
    ],
)
def test_the_thing_leads_the_answer(assistant, text, history, first):
    assert first in said(assistant, text, *history).split("\n")[0]


def test_an_amount_is_asked_again_after_a_thing(assistant):
    assert "96万円" in said(assistant, "90円なら？", RAISE, "車もいい？")


def test_a_cost_told_after_caps_were_compared_is_computed(assistant):
    computed = said(assistant, "一般型で5000万の機械入れたら？", *EACH)
    assert "21,666,666円" in computed
    assert "21,666,666円" in said(assistant, "賃上げなしなら？", *EACH, "一般型で5000万の機械入れたら？")


@pytest.mark.parametrize(("text", "total"), [("廃業費も200万かかりそう", "700万円 × 2/3"), ("専門家代は200万になる", "200万円 × 2/3")])
def test_a_thing_that_is_paid_too_is_added(assistant, text, total):
    assert total in said(assistant, text, "M&Aの売り手支援類型で赤字", "専門家に500万払います")


def test_a_firm_told_after_a_comparison_gets_the_tables_of_both(assistant):
    compared = said(assistant, "うちは従業員30人の食品工場", EACH[0])
    assert compared.startswith("| 制度・枠") and "1,000万円" in compared and "3,000万円" in compared
