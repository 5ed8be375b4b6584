"""Which rule of the sources is carried by what, and how many hand-made cases check it.

`python -m evals coverage`. The rules stand in `rules.yaml`; the cases are those of `tests/rules` (their `source` names
the rules that their figures were copied from).
"""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.rules.load import Catalogue
from assistant.rules.schema import Edition, Frame
from assistant.rules.strict_yaml import read_yaml

RULES = Path(__file__).parent / "rules.yaml"
TESTS = Path(__file__).resolve().parents[1] / "tests" / "rules"
FOLDERS = ("cases", "formulas")
GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the sources: its id, a short label, what carries it, and the number of cases that name it."""

    id: str
    label: str
    by: tuple[str, ...]
    cases: int


def case_counts(tests: Path = TESTS) -> Counter[str]:
    """How many cases name each rule."""
    counts: Counter[str] = Counter()
    for folder in FOLDERS:
        for path in sorted((tests / folder).glob("*.yaml")):
            for case in read_yaml(path):
                counts.update(case["source"].split(", "))
    return counts


def load_rules(counts: Counter[str] | None = None) -> tuple[Rule, ...]:
    """All rules in the order of the file, with their numbers of cases."""
    found = case_counts() if counts is None else counts
    return tuple(Rule(r["id"], r["label"], tuple(r["by"]), found[r["id"]]) for r in read_yaml(RULES))


def missing_carriers(rules: tuple[Rule, ...], catalogue: Catalogue) -> list[str]:
    """What `rules.yaml` names and neither the package nor the knowledge has."""
    return [f"{rule.id}: {name}" for rule in rules for name in rule.by if not _exists(name, catalogue)]


def _exists(name: str, catalogue: Catalogue) -> bool:
    source, _, item = name.partition(" ")
    if not item:
        module, _, function = source.rpartition(".")
        return hasattr(importlib.import_module(f"assistant.{module}"), function)
    if source == GENERAL:
        return item in {f.id for f in catalogue.general.facts}
    edition = catalogue.editions.get(source)
    return edition is not None and item in set(_items(edition))


def _items(edition: Edition) -> Iterator[str]:
    """Names of everything in an edition: `item` for what belongs to all of it, `frame.item` for what is a frame's."""
    parts: list[tuple[Any, ...]] = [edition.facts, edition.costs, edition.categories, edition.rounds]
    yield from (x.id for part in parts for x in part)
    for frame in edition.frames:
        yield from (f"{frame.id}.{name}" for name in _frame_items(frame))


def _frame_items(frame: Frame) -> Iterator[str]:
    yield from (table for table in ("cap", "rate", "floor") if getattr(frame, table) is not None)
    parts: list[tuple[Any, ...]] = [frame.specials, frame.components, frame.limits, frame.requirements]
    yield from (x.id for part in parts for x in part)


def table(rules: tuple[Rule, ...]) -> str:
    """The rules as text: id, number of cases, label, what carries them; then the totals."""
    lines = [f"{r.id:6s} {r.cases:4d}  {r.label:52s} {', '.join(r.by)}" for r in rules]
    without = [r.id for r in rules if not r.cases]
    lines.append(f"{len(rules)} rules, {len(rules) - len(without)} with cases, without: {', '.join(without) or 'none'}")
    return "\n".join(lines)
