"""A kind of fact asked of a programme in so few words: what the knowledge says of that kind, and no refusal."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.ask.route import choose_route
from assistant.flow import Assistant, answer_question
from assistant.records import Question, Status

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("ending", "kinds"),
    [
        ("の対象者は", {"target", "requirement"}),
        ("はどんな会社が使えますか", {"target", "requirement"}),
        ("の対象経費は？", {"eligible_cost"}),
        ("で買えるものは", {"eligible_cost"}),
        ("で使えないものは", {"excluded_cost"}),
        ("は何を出せばいい？", {"document", "form"}),
        ("の要件を教えて", {"requirement", "target"}),
        ("の審査項目", {"review"}),
    ],
)
def test_what_the_knowledge_says_is_told(assistant: Assistant, ending: str, kinds: set[str]) -> None:
    lost = []
    for programme in assistant.catalogue.programmes.values():
        asked = Question(programme.short + ending, TODAY)
        answer = answer_question(asked, assistant)
        answering = choose_route(assistant.parser.parse(asked), assistant.catalogue, TODAY).editions
        known = any(p.edition_id in answering and p.kind in kinds for p in assistant.index.passages)
        silent = answer.status is Status.REFUSED and "載って" in answer.text  # a passage says that there is no such list
        if known and answer.status is not Status.ANSWERED and not silent:
            lost.append(programme.short)
    assert lost == []


def test_a_thing_named_beside_the_kind_is_no_list(assistant: Assistant) -> None:
    text = answer_question(Question("持続化補助金のホームページの費用は対象？", TODAY), assistant).text
    assert "ウェブサイト関連費" in text.split("\n")[0]
