"""A limit that is a share of a year's planned sales, where the sales are told for all years of the plan."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.ask.evidence import ComputedFinding
from assistant.ask.reckon import LEADS, Case, Line, Part, Shown, result, yen
from assistant.rules.values import format_yen
from assistant.text.numbers import Quantity

_TOTAL = r"(合計|累計|通算|総計|合算|トータル|通し|全体|合わせて|あわせて|計)"
_YEARS = r"([0-9]{1,2})(?:か|カ|ヶ|ヵ)?年(?:間|分)?の?"
_BEFORE = re.compile(
    rf"売(上|り上げ)[^。？?]{{0,24}}{_YEARS}{_TOTAL}[^。、0-9]{{0,12}}$|{_YEARS}{_TOTAL}の?売(上|り上げ)[^。、0-9]{{0,12}}$"
)
_SALES = re.compile(r"売(上|り上げ)[^。？?0-9]{0,16}$")
_AFTER = re.compile(rf"[（(、]?{_YEARS}{_TOTAL}")
_MOST_YEARS = 20


def share_a_year(case: Case) -> list[ComputedFinding]:
    """The most that a category may have of a year's sales, from the total of the plan's years."""
    told = next((t for q in case.quantities if (t := _told(case.text, q)) is not None), None)
    if told is None:
        return []
    total, years = told
    for place in case.route.places:
        names = {c.id: (c.label, *c.also) for c in place.edition.categories}
        for limit in (x for f in place.frames for x in f.limits if x.kind == "share_of_sales" and x.ratio):
            labels = [n for c in limit.categories for n in names.get(c, ())]
            label = next((n for n in labels if len(n) > 1 and n in case.query.text), labels[0] if _tells(case, limit.ratio) else None)
            if label is None:
                continue
            year = Fraction(total, years)
            room = int(year * Fraction(limit.ratio or 0))
            claims = _claims(case) - {total}
            right = claims.pop() <= room if len(claims) == 1 else None
            cut = "（1円未満切捨て）" if year.denominator > 1 else ""
            steps = (
                f"{format_yen(total)} ÷ {years}年 ＝ {format_yen(int(year))}{cut}",
                f"{format_yen(int(year))} × {limit.ratio} ＝ {format_yen(room)}",
            )
            span = Shown(f"{years}年", years, "years", True)
            parts: dict[str, Part] = {"lead": LEADS[right], "label": label, "room": yen(room), "year": yen(int(year))}
            lines: tuple[Line, ...] = (("share_a_year", {**parts, "whole": yen(total, True), "years": span}), ("rule", {"text": limit}))
            return [result(*lines, steps=steps, source=limit.source, verdict=right, place=place)]
    return []


def _claims(case: Case) -> set[int]:
    """The amounts that the question takes for the most (100万円まで)."""
    bounded = {y for q in case.quantities if q.bound == "until" and (y := q.whole("yen")) is not None}
    return bounded | set(case.query.slots.money.get("claimed_yen", ()))


def _tells(case: Case, ratio: str | None) -> bool:
    """Whether the question tells the share of a limit, and so means it without its name."""
    return any(q.unit == "percent" and q.exact == Fraction(ratio or 0) * 100 for q in case.quantities)


def _told(text: str, q: Quantity) -> tuple[int, int] | None:
    """The sales that an amount is the total of, and over how many years."""
    amount, before = q.whole("yen"), text[: q.start]
    found = _BEFORE.search(before) or (_AFTER.match(text, q.end) if _SALES.search(before) else None)
    if amount is None or found is None:
        return None
    years = next(int(g) for g in found.groups() if g and g.isdigit())
    return (amount, years) if 1 < years <= _MOST_YEARS else None
