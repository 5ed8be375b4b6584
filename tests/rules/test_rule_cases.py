"""The cases an adviser can read (`cases/*.yaml`), run against the shipped knowledge.

Their figures were copied by hand from the rules of the sources, never from our data files: a wrong value in the
catalogue makes one of them fail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.rules.amounts import Amount, cap_of, component_amount, cost_for, decided, rate_of, subsidy_amount
from assistant.rules.conditions import INPUT_NAMES, Inputs, Verdict
from assistant.rules.editions import Window, window_on, windows_on
from assistant.rules.eligibility import judge
from assistant.rules.load import Catalogue, load_catalogue
from assistant.rules.parts import Parts, combined_amount, itemised_amount, yearly_amounts
from assistant.rules.schema import Edition, Frame, General, RateCase
from assistant.rules.strict_yaml import read_yaml

CASES = Path(__file__).parent / "cases"
KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
MONEY = ("by_category", "excluded_yen", "received_yen", "components", "round", "years", "items", "a_year", "with")
GENERAL = "general"  # stands for an edition: the facts of no programme
KEYS = {"name", "edition", "frame", "today", "input", "output", "source"}
Case = dict[str, Any]


def all_cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['name']}") for path in sorted(CASES.glob("*.yaml")) for case in read_yaml(path)
    ]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return load_catalogue(KNOWLEDGE, None, tmp_path_factory.mktemp("cache"))


def inputs_of(case: Case) -> Inputs:
    told = {k: v for k, v in (case.get("input") or {}).items() if k not in MONEY}
    assert set(told) <= set(INPUT_NAMES), f"unknown input: {set(told) - set(INPUT_NAMES)}"
    return Inputs(told)


def amount_of(case: Case, frame: Frame) -> Amount | None:
    given = case.get("input") or {}
    return subsidy_amount(
        frame, inputs_of(case), given["cost_yen"], given.get("by_category"), given.get("excluded_yen", 0),
        given.get("received_yen", 0),
    )  # fmt: skip


def parts_of(case: Case, frame: Frame) -> int | None:
    """The sum over the parts of a frame that is computed in parts; None if inputs are missing."""
    total = 0
    for part_id, cost in case["input"]["components"].items():
        part = next(c for c in frame.components if c.id == part_id)
        found = component_amount(part, frame, inputs_of(case), cost)
        if found is None:
            return None
        assert found[1], "no steps"
        total += found[0]
    return total


def in_parts(case: Case, edition: Edition) -> Parts | None:
    """The subsidy of years, of items with a cap each, or of the case's frame `with` another one."""
    frame, given, inputs = edition.frame(case["frame"]), case["input"], inputs_of(case)
    if "years" in given:
        return yearly_amounts(frame, inputs, given["years"])
    if "items" in given:
        return itemised_amount(frame, inputs, given["items"], given.get("a_year", 0))
    ((other, cost),) = given["with"].items()
    return combined_amount(frame, edition.frame(other), inputs, (given["cost_yen"], cost))


def texts_of(case: Case, source: Edition | General) -> Iterator[tuple[str, str, list[str]]]:
    """Id, text and figures of everything that the case's frame or, without one, the whole edition says."""
    items: list[Any] = list(source.facts)
    if isinstance(source, Edition):
        items += [*source.costs, *source.categories]
        frames = [source.frame(case["frame"])] if "frame" in case else source.frames
        items += [x for f in frames for part in (f.requirements, f.limits, f.specials) for x in part]
    yield from ((x.id, x.text, [v.text() for v in x.figures.values()]) for x in items)


def check_texts(case: Case, source: Edition | General) -> None:
    """`figures` (item id: its values) and `says` (item id: words of its text); all that is expected must stand there."""
    for what in ("figures", "says"):
        for item, wanted in case["output"].get(what, {}).items():
            found = [(figures if what == "figures" else text) for name, text, figures in texts_of(case, source) if name == item]
            assert any(all(w in place for w in wanted) for place in found), f"{item}: {found} instead of {wanted}"


def window_of(case: Case, edition: Edition) -> Window:
    wanted = (case.get("input") or {}).get("round")
    round_ = next(r for r in edition.rounds if wanted in (None, r.id))
    return window_on(edition, round_, date.fromisoformat(case["today"]))


def rate_text(case: RateCase | None) -> str | None:
    if case is None:
        return None
    return "定額" if case.fixed else case.ratio or "・".join(t.ratio for t in case.tiers)


def cost_for_cap(case: Case, frame: Frame) -> int:
    cap, rate = cap_of(frame, inputs_of(case)), rate_of(frame, inputs_of(case))
    assert cap is not None and rate is not None
    return cost_for(cap[0], rate)


def subsidy_of(case: Case, frame: Frame) -> int | None:
    if "components" in case["input"]:
        return parts_of(case, frame)
    amount = amount_of(case, frame)
    return amount.subsidy_yen if amount else None


def cap_in_force(case: Case, frame: Frame) -> int | None:
    if "cost_yen" in (case.get("input") or {}):
        amount = amount_of(case, frame)
        return amount.cap_yen if amount else None
    cap = cap_of(frame, inputs_of(case))
    return cap[0] if cap else None


def waits_for(case: Case, frame: Frame) -> list[str]:
    inputs = inputs_of(case)
    names: list[str] = []
    for table in (frame.cap, frame.rate):
        for row in table.cases if table and decided(table, inputs, frame) is None else ():
            names += [n for n in row.when.missing(inputs) if n not in names]
    return names


def applying(case: Case, frame: Frame, wanted: dict[str, bool]) -> dict[str, bool]:
    found = {f.requirement.id for f in judge(frame, inputs_of(case)).findings}
    assert set(wanted) <= {r.id for r in frame.requirements}
    return {name: name in found for name in wanted}


def special_verdicts(case: Case, frame: Frame, wanted: dict[str, str]) -> dict[str, Verdict]:
    found = {s.id: s.requires.check(inputs_of(case)) for s in frame.specials}
    return {name: found[name] for name in wanted}


def pays(edition: Edition, frame: Frame, wanted: dict[str, bool]) -> dict[str, bool]:
    assert set(wanted) <= {c.id for c in edition.categories}
    return {name: not frame.categories or name in frame.categories for name in wanted}


ON_FRAME: dict[str, Callable[[Case, Frame], Any]] = {
    "subsidy_yen": subsidy_of,
    "cap_yen": cap_in_force,
    "own_funds_yen": lambda c, f: a.own_funds_yen if (a := amount_of(c, f)) else None,
    "floor_yen": lambda c, f: a.floor_yen if (a := amount_of(c, f)) else None,
    "blocked": lambda c, f: bool(a.blocked) if (a := amount_of(c, f)) else None,
    "rate": lambda c, f: rate_text(rate_of(f, inputs_of(c))),
    "cost_for_cap_yen": cost_for_cap,
    "undecided": lambda c, f: subsidy_of(c, f) is None,
    "waits_for": waits_for,
    "eligible": lambda c, f: judge(f, inputs_of(c)).verdict,
    "ask_next": lambda c, f: judge(f, inputs_of(c)).ask_next,
    "applies": lambda c, f: applying(c, f, c["output"]["applies"]),
    "special": lambda c, f: special_verdicts(c, f, c["output"]["special"]),
}
ON_DAY: dict[str, Callable[[Window], Any]] = {
    "state": lambda w: w.state,
    "days_left": lambda w: w.days_left,
    "closes_at": lambda w: w.closes_at.isoformat() if w.closes_at else None,
}


@pytest.mark.parametrize("case", all_cases())
def test_case(case: Case, catalogue: Catalogue) -> None:
    assert set(case) <= KEYS and case["source"] and case["output"]
    if case["edition"] == GENERAL:
        assert set(case["output"]) <= {"figures", "says"}
        check_texts(case, catalogue.general)
    else:
        check_case(case, catalogue.editions[case["edition"]])


def check_case(case: Case, edition: Edition) -> None:
    """AssertionError if an output of the case differs."""
    day = date.fromisoformat(case["today"])
    check_texts(case, edition)
    parts = set(case.get("input") or {}) & {"years", "items", "with"}
    for name, expected in case["output"].items():
        if name in ("figures", "says"):
            continue
        if parts:
            whole = in_parts(case, edition)
            found: Any = whole and (list(whole.each) if name == "each_yen" else whole.total_yen)
        elif name in ON_DAY:
            found = ON_DAY[name](window_of(case, edition))
        elif name == "known":
            found = any(w.edition is edition for w in windows_on((edition,), day))
        elif name == "pays_for":
            found = pays(edition, edition.frame(case["frame"]), expected)
        else:
            found = ON_FRAME[name](case, edition.frame(case["frame"]))
        assert found == expected, f"{name}: {found} instead of {expected}"


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml")), ids=lambda p: p.stem)
def test_cases_are_readable(path: Path) -> None:
    """Names are told apart, and every case says which rule it was copied from."""
    cases = read_yaml(path)
    names = [(c["edition"], c.get("frame"), c["name"]) for c in cases]
    assert len(names) == len(set(names)), sorted({n for n in names if names.count(n) > 1})
    for case in cases:
        rules = case["source"].split(", ")
        assert all(r[:2].isupper() or r.startswith("G-") for r in rules), case["name"]
