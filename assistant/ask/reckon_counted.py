"""Of those whose pay rises, who does not count for hours or insurance; and the cap that the number of the others gives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.ask.evidence import ComputedFinding
from assistant.ask.reckon import LEADS, Case, Line, Part, people, result
from assistant.ask.wage_caps import cap_for, course_frame, held_cap
from assistant.rules.schema import Requirement
from assistant.text.numbers import Quantity

_UNINSURED = re.compile(r"[^。、0-9０-９]{0,8}雇用保険[^。、]{0,4}(未加入|(入|加入し)って?(い)?[なま]|入ってお|対象外|な[いし]|外れ)")
_WEEKLY = re.compile(r"[^。]{0,8}(週|１週間?|1週間?)[^。、0-9０-９]{0,6}$")


def not_all_count(case: Case) -> list[ComputedFinding]:
    """How many of those whose pay rises count where some work too few hours or are not insured, and the cap for the others."""
    found = course_frame(case)
    if found is None or case.query.slots.inputs.get("course_yen") is None or case.query.slots.items:
        return []
    edition, frame = found
    need = next((r for r in frame.requirements if any(v.hours for v in r.figures.values())), None)
    out = list(_out(case, need)) if need is not None else []
    staff = _raised(case, out)
    if need is None or not out or staff is None:
        return []
    left = staff - sum(n for _, n in out)
    if left < 0:
        return []
    shown: dict[str, Part] = {"counted": people(left), "staff": people(staff, True), "out": people(staff - left, staff - left == out[0][1])}
    lines: list[Line] = [("not_all_count", shown)]
    steps, cap, cap_lines = cap_for(case, frame, case.inputs.with_(workers=left)) if left else ((), None, [])
    verdict = held_cap(case, cap)
    lines[0] = (lines[0][0], {**shown, "lead": LEADS[verdict]})
    lines += [*cap_lines, ("rule", {"text": need})]
    source = frame.cap.source if frame.cap else need.source
    return [result(*lines, steps=steps, source=source, verdict=verdict, place=case.place_of(edition))]


def _out(case: Case, need: Requirement) -> Iterator[tuple[Quantity, int]]:
    """Headcounts of those who do not count, each told with too few weekly hours or without insurance."""
    least = next(v.hours or 0 for v in need.figures.values() if v.hours)
    known = case.quantities
    for at, q in enumerate(known):
        heads = q.whole("people")
        if heads is None or q.bound is not None:
            continue
        after = known[at + 1] if at + 1 < len(known) else None
        few = after is not None and after.unit == "hours" and after.exact is not None and _WEEKLY.fullmatch(case.text[q.end : after.start])
        if few and after is not None and (after.exact or 0) < least + (after.bound == "under") and after.bound not in ("min", "over"):
            yield q, heads
        elif _UNINSURED.match(case.text, q.end):
            yield q, heads


def _raised(case: Case, out: list[tuple[Quantity, int]]) -> int | None:
    """The number of those whose pay rises: the first headcount that is neither the firm's nor of those who do not count."""
    firm = case.query.slots.inputs.get("employees")
    apart = {q.start for q, _ in out}
    told = [n for q in case.quantities if (n := q.whole("people")) is not None and q.start not in apart and q.bound is None]
    own = [n for n in told if n != firm] or told
    return own[0] if own else None
