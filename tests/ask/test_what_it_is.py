"""What a programme is, asked of each in a few words: answered by what it is for."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.flow import Assistant, answer_question
from assistant.records import Question, Status

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("ending", ["って何", "とは？", "ってどんな制度ですか"])
def test_every_programme_is_told_in_brief(assistant: Assistant, ending: str) -> None:
    lost = []
    known = assistant.catalogue.programmes
    for programme in known.values():
        answer = answer_question(Question(programme.short + ending, TODAY), assistant)
        heirs = [known[x.programme] for x in programme.lineage if x.relation == "successor"]
        if answer.status is not Status.ANSWERED or not any(p.summary[:-1] in answer.text for p in (programme, *heirs)):
            lost.append(programme.short)
    assert lost == []
