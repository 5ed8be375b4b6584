"""Our own profiles with figures worked out by hand: each must come out right, and fast."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest

from assistant.flow import Assistant
from assistant.matching import match_project
from evals.match import faults, load_cases

CASES = load_cases()
MOST_MS = 50


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(case: dict[str, Any], assistant: Assistant) -> None:
    result = match_project(case["profile"], date.fromisoformat(case["today"]), assistant.catalogue, case.get("question"))
    assert list(faults(case["expect"], result)) == []


def test_there_are_enough() -> None:
    assert len(CASES) >= 20


def test_a_match_takes_little_time(assistant: Assistant) -> None:
    spent = []
    for case in CASES:
        started = time.process_time()
        match_project(case["profile"], date.fromisoformat(case["today"]), assistant.catalogue)
        spent.append((time.process_time() - started) * 1000)
    assert sorted(spent)[len(spent) // 2] <= MOST_MS
