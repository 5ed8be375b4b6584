"""Growth told in words: what an amount becomes, by how much a year it grows; states of the firm that a question leaves open."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)


def answer(assistant, text):
    return answer_question(Question(text, TODAY), assistant)


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("給与支給総額がいま4,000万円。年平均3.5%で3年伸ばすと3年後はいくら必要？", "44,348,715円"),  # 40,000,000 × 1.035^3 = 44,348,715
        ("給与総額4000万、年2%アップで5年後は？", "44,163,233円"),  # × 1.02^5 = 44,163,232.1…, up to a whole yen
        ("今の売上8000万円を毎年5%ずつ伸ばすと3年後は？", "9,261万円"),  # × 1.157625 to the yen
        ("従業員1人あたりの年収350万円を4.5%ずつ3年上げるといくらになりますか", "3,994,082円"),  # × 1.141166125 = 3,994,081.4…
        ("営業利益は800万、人件費3200万、償却500万。付加価値額を年4%で3年伸ばすといくら", "50,618,880円"),  # 45,000,000 × 1.124864
    ],
)
def test_what_an_amount_becomes(assistant, text, goal):
    assert f"{goal}以上" in answer(assistant, text).text


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("売上高12億円です。100億宣言して10年で100億にするには年何%成長が必要？", "23.62%"),  # (100/12)^(1/10) - 1
        ("売上12億を5年で20億にする計画です。年平均成長率は？", "10.76%"),  # (20/12)^(1/5) - 1
    ],
)
def test_sales_that_are_aimed_at_are_no_cost(assistant, text, percent):
    got = answer(assistant, text)
    assert percent in got.text
    assert not [f for f in got.figures if f.kind == "subsidy"]


@pytest.mark.parametrize(
    ("state", "amounts"),
    [
        ("うちは最低賃金近傍の事業者に当たります", ["120万円"]),
        ("最低賃金近傍の人が3か月30%以上", ["90万円", "120万円"]),
        ("最低賃金近傍かどうかは分かりません", ["90万円", "120万円"]),
        ("最低賃金近傍ではないです", ["90万円"]),
        ("普通の会社です", ["90万円"]),
    ],
)
def test_a_state_that_is_spoken_of_is_not_taken_as_given(assistant, state, amounts):
    text = answer(assistant, f"デジタル化の通常枠、180万円のソフト。プロセスは2つ。{state}。補助額は").text
    assert [a for a in ("90万円", "120万円") if f"：{a}（" in text or f"補助額は{a}です" in text] == amounts
