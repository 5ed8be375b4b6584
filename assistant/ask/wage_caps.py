"""The frame whose cap depends on a wage course, and the cap that the number of those who count gives."""

from __future__ import annotations

import re

from assistant.ask.reckon import Case, Line, yen
from assistant.rules.amounts import cap_of, choices
from assistant.rules.conditions import Inputs
from assistant.rules.schema import Edition, Frame, YenCase

_LEAST_CAP = 10_000
"""Amounts below are wages."""
_CAP = re.compile(r"上限|限度|区分|最大")


def course_frame(case: Case) -> tuple[Edition, Frame] | None:
    """The frame whose cap depends on a wage course: of the editions in question, else the only one that there is."""
    here = list(case.editions()) or sorted(case.catalogue.editions.values(), key=lambda e: -e.year)
    return next(((e, f) for e in here for f in e.frames if courses_of(f)), None)


def courses_of(frame: Frame) -> tuple[int, ...]:
    """The wage courses that a frame's cap knows, lowest first."""
    cases = frame.cap.cases if frame.cap else ()
    tests = [c.when.tests["course_yen"] for c in cases if "course_yen" in c.when.tests]
    return tuple(sorted({int(t.min) for t in tests if t.min is not None}))


def held_cap(case: Case, cap: int | None) -> bool | None:
    """Whether the cap that the text takes for granted is the one worked out; None where it tells none."""
    claims = [y for q in case.quantities if (y := q.whole("yen")) is not None and y >= _LEAST_CAP]
    return claims[0] == cap if len(claims) == 1 and cap is not None else None


def cap_for(case: Case, frame: Frame, inputs: Inputs) -> tuple[tuple[str, ...], int | None, list[Line]]:
    """The cap of a frame for inputs: its step, the amount and its line; each row that may apply where it is open.

    Args:
        case: The question; without a word of a cap nothing is told.
        frame: Where the cap stands.
        inputs: What is known, with those who count.
    """
    if not _CAP.search(case.text) or frame.cap is None:
        return (), None, []
    cap = cap_of(frame, inputs)
    if cap is not None:
        return cap[2], cap[0], [("cap_then", {"cap": yen(cap[0])})]
    rows = [(c.case, c.label) for c in choices(frame.cap, inputs, frame) if isinstance(c.case, YenCase)]
    return (), None, [("cap_row", {"label": label, "cap": yen(row.yen)}) for row, label in rows]
