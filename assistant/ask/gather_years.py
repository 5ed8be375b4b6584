"""What is left of a grant over several years, where the user tells what he gets in some of them."""

from __future__ import annotations

import re

from assistant.ask.evidence import ComputedFinding
from assistant.ask.gather_parts import likely_frames
from assistant.ask.inquiry import Inquiry
from assistant.ask.query import Query
from assistant.ask.reckon import Line, Part, Shown, result, yen
from assistant.ask.route import Place
from assistant.ask.steps import less_step, sum_step
from assistant.ask.years_told import granted_years, kept_years, years_in
from assistant.rules.load import Catalogue
from assistant.rules.parts import yearly_caps
from assistant.rules.schema import Frame
from assistant.rules.values import Value, format_yen

_LEFT = re.compile(r"残|のこ[りっ]|余[りっ]|あと(いくら|なんぼ|どれ)")
_HOW_FAR = re.compile(r"いくら|なんぼ|何円|最大|上限|まで|どれ")


def years_left(asked: Inquiry) -> list[ComputedFinding]:
    """What a frame still pays beside the grants told of some years, or that these lie above its caps."""
    query = asked.query
    now = granted_years(query.text, query.slots.quantities)
    told = _told(query)
    if not told:
        return []
    year = next((n for n in years_in(query.text) if n not in told), None)
    rest = bool(_LEFT.search(query.text))
    asks = rest or (year is not None and bool(_HOW_FAR.search(query.text))) or (bool(now) and not query.attributes)
    out = []
    for place in asked.own_places:
        for frame in likely_frames(query, place, asked.catalogue):
            caps = yearly_caps(frame, asked.inputs)
            over = caps is not None and bool(now) and (max(told.values()) > caps[0] or sum(told.values()) > caps[1])
            if caps is not None and (asks or over):
                out.append(_finding(place, frame, told, None if rest else year, caps, asked.catalogue))
    return out


def _told(query: Query) -> dict[int, int]:
    """The grants of years that a turn and those before it tell, the newest of each, of the programme still talked about."""
    before = query.before
    older = _told(before) if before is not None and set(before.programmes) & set(query.programmes) else {}
    now = granted_years(query.text, query.slots.quantities)
    return {**{n: older[n] for n in kept_years(query.text, older)}, **{n: q.whole("yen") or 0 for n, q in now.items()}}


def _finding(
    place: Place, frame: Frame, told: dict[int, int], year: int | None, caps: tuple[int, int], catalogue: Catalogue
) -> ComputedFinding:
    one, whole = caps
    shown: dict[str, Part] = {"each": Value(yen=one), "whole": Value(yen=whole)}
    others = {n: y for n, y in sorted(told.items()) if n != year}
    spent = sum(others.values())
    shown["name"] = f"{catalogue.programmes[place.edition.programme].short}の{frame.label}"
    source = frame.cap.source if frame.cap else None
    added = (sum_step(others.values()),) if len(others) > 1 else ()
    lines: list[Line] = [
        ("year_above_cap", {**shown, "year": f"{n}年目", "told": _mine(y)}) for n, y in others.items() if y > one
    ]
    if spent > whole:
        lines.append(("years_above_cap", {**shown, "spent": _sum(others)}))
    if lines:
        return result(*lines, steps=added, source=source, verdict=False, place=place)
    left = whole - spent
    shown |= {"spent": _sum(others), "left": yen(left)}
    if year is None:
        lines = [("years_left", shown)]
    else:
        most = yen(left) if left < one else shown["each"]
        lines = [("year_left", {**shown, "year": f"{year}年目", "most": most}), ("years_left_why", shown)]
    return result(*lines, steps=(*added, less_step(whole, spent)), source=source, place=place)


def _sum(told: dict[int, int]) -> Shown:
    """What was told in all: the user's own amount where it is one alone."""
    amounts = tuple(told.values())
    return _mine(amounts[0]) if len(amounts) == 1 else yen(sum(amounts))


def _mine(amount: int) -> Shown:
    return Shown(format_yen(amount), amount, "yen", True)
