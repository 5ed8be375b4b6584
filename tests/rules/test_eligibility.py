"""Eligibility in three values, and the question that would decide it."""

from __future__ import annotations

from typing import Any

import pytest
from test_rule_cases import KNOWLEDGE

from assistant.rules.conditions import Inputs, Verdict
from assistant.rules.eligibility import judge, size_of, with_size
from assistant.rules.load import load_catalogue
from assistant.rules.schema import Frame

SOURCE = {"doc": "d", "section": "s"}


def frame(*needs: dict[str, Any]) -> Frame:
    rows = [{"id": f"n{i}", "kind": "other", "label": "要件", "text": "t", "source": SOURCE, **n} for i, n in enumerate(needs)]
    return Frame.model_validate({"id": "f", "label": "枠", "requirements": rows})


SIZE = {"test": {"employees": {"max": 20}}}
WAGE = {"test": {"per_capita_growth_pct": {"min": "3.5"}, "employees": {"min": 1}}}
DUTY = {"test": {"min_wage_margin_yen": {"min": 30}}, "decisive": False}


@pytest.mark.parametrize(
    ("known", "verdict", "ask"),
    [
        ({}, "unknown", "employees"),  # two requirements wait for it
        ({"employees": 20}, "unknown", "per_capita_growth_pct"),
        ({"employees": 20, "per_capita_growth_pct": "3.5"}, "met", None),
        ({"employees": 20, "per_capita_growth_pct": "3.49"}, "not_met", None),
        ({"employees": 21}, "not_met", "per_capita_growth_pct"),
    ],
)
def test_three_values(known: dict[str, Any], verdict: str, ask: str | None) -> None:
    found = judge(frame(SIZE, WAGE, DUTY), Inputs(known))
    assert (found.verdict, found.ask_next) == (verdict, ask)
    assert len(found.findings) == 3


def test_a_duty_does_not_shut_out() -> None:
    found = judge(frame(SIZE, DUTY), Inputs({"employees": 5, "min_wage_margin_yen": 29}))
    assert found.verdict is Verdict.MET
    assert [f.verdict for f in found.findings] == [Verdict.MET, Verdict.NOT_MET]


def test_what_cannot_be_tested_stays_out_of_the_verdict() -> None:
    found = judge(frame(SIZE, {"label": "計画"}), Inputs({"employees": 5}))
    assert found.verdict is Verdict.MET and found.findings[1].verdict is Verdict.UNKNOWN
    assert judge(frame(), Inputs()).verdict is Verdict.MET


def test_requirements_that_do_not_apply_are_skipped() -> None:
    extra = {"applies_when": {"employees": {"min": 21}}, "test": {"deficit": {"is": False}}}
    assert len(judge(frame(extra), Inputs({"employees": 20})).findings) == 0
    assert judge(frame(extra), Inputs({"employees": 21})).verdict is Verdict.UNKNOWN
    assert judge(frame(extra), Inputs({"employees": 21, "deficit": True})).verdict is Verdict.NOT_MET


CLASSES = load_catalogue(KNOWLEDGE).general.size_classes


@pytest.mark.parametrize(
    ("known", "size"),
    [
        ({"industry": "shogyo_service", "employees": 5}, "small"), ({"industry": "shogyo_service", "employees": 6}, "sme"),
        ({"industry": "shukuhaku_goraku", "employees": 20}, "small"), ({"industry": "shukuhaku_goraku", "employees": 21}, "sme"),
        ({"industry": "seizo_other", "employees": 20}, "small"), ({"industry": "seizo_other", "employees": 21}, "sme"),
        ({"employees": 5}, "small"), ({"employees": 6}, None), ({"employees": 20}, None), ({"employees": 21}, "sme"),
        ({"industry": "seizo_other"}, None), ({}, None), ({"size": "large", "employees": 3}, "large"),
    ],
)  # fmt: skip
def test_size_class(known: dict[str, Any], size: str | None) -> None:
    """RULES JZ-01: 5 / 20 / 20 people."""
    assert size_of(Inputs(known), CLASSES) == size
    assert with_size(Inputs(known), CLASSES).get("size") == size


def test_without_classes_nothing_is_said() -> None:
    assert size_of(Inputs({"employees": 3}), ()) is None
