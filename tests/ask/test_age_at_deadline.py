"""A founding day is held against the demands on a firm's age at the deadline of the round."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.ask.inquiry import Inquiry
from assistant.ask.route import choose_route
from assistant.flow import Assistant, answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)  # 創業型 第4回 closes on 2026-12-15


def asked_for(assistant: Assistant, text: str) -> Inquiry:
    query = assistant.parser.parse(Question(text, TODAY))
    return Inquiry(query, choose_route(query, assistant.catalogue, TODAY), assistant.catalogue, assistant.index, TODAY)


@pytest.mark.parametrize(
    ("founded", "months"),
    [
        ("2025年12月15日", 12),
        ("2025年12月14日", 13),
        ("2026年2月", 11),
        ("2025年12月", None),  # its first and its last day fall on two sides of the anniversary
        ("2025年", None),
    ],
)
def test_age_at_the_deadline(assistant: Assistant, founded: str, months: int | None) -> None:
    asked = asked_for(assistant, f"持続化補助金の創業型、{founded}に開業。対象になる？")
    age = asked.inputs_at(asked.own_places[0]).get("founded_months")
    if months is None:
        assert age is None
    else:
        assert months - 1 < age <= months


@pytest.mark.parametrize(
    "text",
    ["持続化補助金の創業型、2025年12月14日に開業。対象になる？", "持続化補助金の創業型、開業は2025年11月2日です。間に合う？",
     "新事業進出枠に応募できる？設立は2026年4月です"],
)
def test_too_old_or_too_young_is_denied(assistant: Assistant, text: str) -> None:
    assert answer_question(Question(text, TODAY), assistant).text.startswith("いいえ")


@pytest.mark.parametrize(
    "text", ["持続化補助金の創業型、2025年12月15日に開業。対象になる？", "2025年に開業しました。持続化補助金の創業型は使える？"]
)
def test_what_may_be_young_enough_is_not_denied(assistant: Assistant, text: str) -> None:
    answer = answer_question(Question(text, TODAY), assistant).text
    assert not answer.startswith("いいえ")
    assert "過去3年" not in answer.split("\n")[0]  # the rule of an older round, which the year of founding does not name
