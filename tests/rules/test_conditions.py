"""Conditions in three values."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from assistant.rules.conditions import ALWAYS, INPUT_LABELS, INPUT_NAMES, Condition, Inputs, Verdict

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN


def check(condition: dict[str, Any], **known: Any) -> Verdict:
    return Condition.model_validate(condition).check(Inputs(known))


@pytest.mark.parametrize(
    ("test", "value", "verdict"),
    [
        ({"min": 6}, 5, NOT_MET), ({"min": 6}, 6, MET), ({"max": 20}, 20, MET), ({"max": 20}, 21, NOT_MET),
        ({"min": 6, "max": 20}, 20, MET), ({"min": 6, "max": 20}, 5, NOT_MET), ({"over": 5}, 5, NOT_MET), ({"over": 5}, 6, MET),
        ({"under": 5}, 5, NOT_MET), ({"under": 5}, 4, MET), ({"is": 3}, 3, MET), ({"is": 3}, 4, NOT_MET),
    ],
)  # fmt: skip
def test_bounds(test: dict[str, Any], value: int, verdict: Verdict) -> None:
    assert check({"employees": test}, employees=value) is verdict


@pytest.mark.parametrize(("value", "verdict"), [("3.0", MET), ("2.99", NOT_MET), (3, MET), ("3.000001", MET)])
def test_percentages_are_compared_exactly(value: object, verdict: Verdict) -> None:
    assert check({"per_capita_growth_pct": {"min": "3.0"}}, per_capita_growth_pct=value) is verdict


def test_words_and_sets() -> None:
    assert check({"size": {"in": ["small", "sme"]}}, size="sme") is MET
    assert check({"size": {"in": ["small", "sme"]}}, size="large") is NOT_MET
    assert check({"size": {"not_in": ["small"]}}, size="small") is NOT_MET
    assert check({"deficit": {"is": False}}, deficit=False) is MET
    assert check({"deficit": {"is": True}}, deficit=False) is NOT_MET


def test_what_nobody_told_is_unknown() -> None:
    assert check({"employees": {"max": 5}}) is UNKNOWN
    assert check({"deficit": {"is": False}}) is UNKNOWN


def test_specials_are_not_used_unless_told() -> None:
    assert check({"specials": {"has": ["chinage"]}}) is NOT_MET
    assert check({"specials": {"lacks": ["chinage"]}}) is MET
    assert check({"specials": {"has": ["chinage"]}}, specials=("chinage", "invoice")) is MET
    assert check({"specials": {"lacks": ["chinage"]}}, specials=("chinage",)) is NOT_MET


def test_one_known_failure_decides() -> None:
    both = {"employees": {"max": 5}, "industry": {"is": "seizo_other"}}
    assert check(both, employees=6) is NOT_MET
    assert check(both, employees=5) is UNKNOWN
    assert check(both, employees=5, industry="seizo_other") is MET


def test_any_takes_the_best() -> None:
    either = {"any": [{"employees": {"max": 5}}, {"industry": {"is": "seizo_other"}, "employees": {"max": 20}}]}
    assert check(either, employees=5) is MET
    assert check(either, employees=6) is UNKNOWN
    assert check(either, employees=21) is NOT_MET
    condition = Condition.model_validate(either)
    assert condition.missing(Inputs({"employees": 6})) == ("industry",)
    assert condition.missing(Inputs({"employees": 21})) == ()
    assert condition.names == {"employees", "industry"}


def test_missing_names_only_what_decides() -> None:
    condition = Condition.model_validate({"employees": {"min": 1}, "size": {"is": "sme"}, "deficit": {"is": True}})
    assert condition.missing(Inputs()) == ("employees", "size", "deficit")
    assert condition.missing(Inputs({"size": "sme"})) == ("employees", "deficit")
    assert condition.missing(Inputs({"size": "large"})) == ()


def test_always_holds() -> None:
    assert ALWAYS.check(Inputs()) is MET and ALWAYS.missing(Inputs()) == () and ALWAYS.names == frozenset()


def test_inputs_are_copied_not_changed() -> None:
    first = Inputs({"employees": 5})
    second = first.with_(employees=None, size="sme")
    assert first.known == {"employees": 5} and second.known == {"employees": 5, "size": "sme"}


@pytest.mark.parametrize(
    "condition",
    [
        {"emploees": {"max": 5}}, {"employees": {}}, {"employees": {"max": 0.5}}, {"employees": {"to": 5}},
        {"employees": {"min": 6, "max": 5}},
    ],
)  # fmt: skip
def test_a_misspelt_condition_is_refused(condition: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Condition.model_validate(condition)


def test_every_input_has_a_label() -> None:
    assert set(INPUT_LABELS) == set(INPUT_NAMES)
