"""What is taken as given of an applicant who does not tell it: what holds for few, said so where it matters."""

from __future__ import annotations

from assistant.rules.conditions import Inputs
from assistant.rules.schema import Frame

UNUSUAL = {"near_minimum_wage": False, "revival": False, "is_deemed_large": False, "repeat": 1, "taxable_income_yen": 0, "trade": "other"}
"""What holds for few, with the value that holds for all others (an income of 0 stands for one below every line)."""


def usual(inputs: Inputs) -> Inputs:
    """The inputs with what holds for few taken as not given, unless told."""
    return inputs.with_(**{n: v for n, v in UNUSUAL.items() if inputs.get(n) is None})


def presumed(frame: Frame, inputs: Inputs) -> tuple[str, ...]:
    """The untold inputs that a table of the frame looks at and that are taken as not given."""
    parts = [t for c in frame.components for t in (c.cap, c.rate)]
    tables = [t for t in (frame.cap, frame.rate, frame.floor, *parts) if t is not None]
    asked: frozenset[str] = frozenset().union(*(case.when.names for t in tables for case in t.cases))
    return tuple(n for n in UNUSUAL if inputs.get(n) is None and n in asked)

