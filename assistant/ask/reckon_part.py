"""A part of a subsidy that may be a share of the whole at most: the subsidies of both told, or what the rest must come to."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.ask.evidence import ComputedFinding
from assistant.ask.reckon import LEADS, Case, Line, Part, result, yen
from assistant.ask.route import Place
from assistant.ask.steps import less_step
from assistant.rules.schema import Limit
from assistant.rules.values import format_yen
from assistant.text.numbers import Quantity

_SUBSIDY = re.compile(r"補助(金|額|の?分)|補助を|交付申請額|申請額|[(（][a-zａ-ｚ][)）]")
_COST = re.compile(r"経費(は|が|に|を|で)|費用|かかる|税抜|税込|見積")
_WHOLE = re.compile(r"(全部|全体|合計|総額|あわせて|合わせて|全額|交付申請額|申請額|申請する補助金|補助金の?額?)[^。、0-9０-９]{0,8}$")
_HELD = re.compile(r"収ま|以内|超え|オーバー|大丈夫|いい|満た|OK|申請でき|問題|[1１]/[0-9]|分の")
_REST = re.compile(
    r"(以外|ほか|他|残り)[^。？?]{0,16}((最低|少なくとも)[^。？?]{0,6}(いくら|何円|何万円?|なんぼ)"
    r"|(いくら|何円|何万円?|なんぼ)[^。？?]{0,10}(以上|必要|要|いる|あれば|積|入れ|足せ))"
)
_OF_REST = re.compile(r"(以外|ほか|他|残り)")
"""What makes an amount that of the other costs."""


def part_of_subsidy(case: Case) -> list[ComputedFinding]:
    """Whether the subsidy of one category keeps to its share of the whole one, or what the others need for it."""
    if not _SUBSIDY.search(case.text) or _COST.search(case.text):
        return []
    money = [(q, y) for q in case.quantities if (y := q.whole("yen")) is not None and q.bound is None]
    for place, limit, names in _limits(case):
        part = next(((q, y) for q, y in money if any(n in _lead(case, q, money) for n in names)), None)
        if part is None:
            continue
        whole = [y for q, y in money if q is not part[0] and _WHOLE.search(_lead(case, q, money))]
        if len(money) == 2 and len(whole) == 1 and whole[0] >= part[1] and _HELD.search(case.query.text):
            return [_held(place, limit, names[0], part[1], whole[0])]
        if len(money) == 1 and _REST.search(case.query.text) and not _OF_REST.search(_lead(case, part[0], money)):
            return [_rest(place, limit, names[0], part[1])]
    return []


def _limits(case: Case) -> list[tuple[Place, Limit, list[str]]]:
    """The limits on a share of the subsidy, each with the names of its category that the text has."""
    out = []
    for place in case.route.places:
        labels = {c.id: (c.label, *c.also) for c in place.edition.categories}
        for limit in (x for f in place.frames for x in f.limits if x.kind == "share_of_subsidy" and x.ratio):
            names = [n for c in limit.categories for n in labels.get(c, ()) if n in case.text]
            out += [(place, limit, names)] if names else []
    return out


def _lead(case: Case, q: Quantity, money: list[tuple[Quantity, int]]) -> str:
    """The words before an amount, from the one before it or the start of its sentence."""
    start = max((x.end for x, _ in money if x.end <= q.start), default=0)
    return re.split(r"[。？?\n]", case.text[start : q.start])[-1]


def _held(place: Place, limit: Limit, name: str, part: int, whole: int) -> ComputedFinding:
    most = int(whole * Fraction(str(limit.ratio)))
    met = part <= most
    shown: dict[str, Part] = {"lead": LEADS[met], "name": name, "part": yen(part, True), "most": yen(most)}
    line: Line = ("part_within" if met else "part_beyond", shown)
    step = f"{format_yen(whole)} × {limit.ratio} ＝ {format_yen(most)}"
    return result(line, ("rule", {"text": limit}), steps=(step,), source=limit.source, verdict=met, place=place)


def _rest(place: Place, limit: Limit, name: str, part: int) -> ComputedFinding:
    ratio = Fraction(str(limit.ratio))
    rest = -int(-(part * (1 - ratio) / ratio) // 1)
    shown: dict[str, Part] = {"name": name, "part": yen(part, True), "rest": yen(rest), "whole": yen(part + rest)}
    steps = (f"{format_yen(part)} ÷ {limit.ratio} ＝ {format_yen(part + rest)}", less_step(part + rest, part))
    return result(("part_rest", shown), ("rule", {"text": limit}), steps=steps, source=limit.source, place=place)
