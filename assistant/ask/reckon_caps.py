"""Caps set beside each other: those of frames applied for together, those of single costs within a subsidy that is told whole."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.ask.evidence import ComputedFinding
from assistant.ask.reckon import Case, Line, Part, result, yen
from assistant.ask.route import Place
from assistant.ask.steps import sum_step
from assistant.rules.amounts import cap_of, rate_of
from assistant.rules.schema import Edition, Frame, Limit
from assistant.rules.values import format_yen
from assistant.text.numbers import Quantity

_CAP = re.compile(r"上限|最大|いくらまで|限度|マックス")
_TOGETHER = re.compile(r"足[しすせ]|合計|合わせ|あわせ|併せ|全部|全体|トータル|総額|両方")
_ADDED = re.compile(r"併用|一緒|いっしょ|同時|合わせて|あわせて|加え|も使|も申請|組み合わせ")
_WHOLE = re.compile(r"(補助金|補助額)?(全体|合計|総額|全部)[^。、0-9０-９]{0,10}$")
_MOST = re.compile(r"(いくら|なんぼ|何円|何万)[^。？?]{0,6}(まで|です|？|[?]|か|に|出|もら|補助)|最大|上限")


def frames_together(case: Case) -> list[ComputedFinding]:
    """The sum of the caps of a frame and of one that may be applied for beside it, where no cost is told."""
    text = case.query.text
    if case.query.slots.items or not (_CAP.search(text) and _TOGETHER.search(text) and _ADDED.search(text)):
        return []
    for place in case.route.places:
        pair = _beside(case, place)
        caps = [cap_of(f, case.inputs.with_(specials=_own(case, f))) for f in pair]
        if len(caps) != 2 or any(c is None for c in caps):
            continue
        each = [c[0] for c in caps if c is not None]
        names = [f.label for f in pair]
        steps = tuple(f"{n}：{s}" for n, c in zip(names, caps, strict=True) if c for s in c[2])
        shown: dict[str, Part] = {"total": yen(sum(each)), "main": names[0], "one": yen(each[0]), "added": names[1], "two": yen(each[1])}
        source = pair[0].cap.source if pair[0].cap else None
        return [result(("frames_together", shown), steps=(*steps, sum_step(each)), source=source, place=place)]
    return []


def _beside(case: Case, place: Place) -> tuple[Frame, ...]:
    """The frame that is named and the one beside it: named too, or spoken of by one of its names or costs."""
    named = [f for f in place.frames if place.framed]
    added = next((f for f in place.edition.frames if f.beside and (f in named or _spoken_of(case.text, f, place.edition))), None)
    main = [f for f in named if added is not None and f is not added and f.id in added.beside]
    return (main[0], added) if len(main) == 1 and added is not None else ()


def _spoken_of(text: str, frame: Frame, edition: Edition) -> bool:
    names = [n for c in edition.categories if c.id in frame.categories for n in (c.label, *c.also)]
    return any(len(n) > 2 and n in text for n in (frame.label, *frame.also, *names))


def _own(case: Case, frame: Frame) -> tuple[str, ...]:
    ids = {s.id for s in frame.specials}
    return tuple(s for s in case.inputs.specials if s in ids)


def parts_of_whole(case: Case) -> list[ComputedFinding]:
    """The most that costs with limits of their own bring, where the subsidy is told whole: a share of it, or a cap."""
    text = case.query.text
    money = [(q, y) for q in case.query.slots.quantities if (y := q.whole("yen")) is not None and q.bound is None]
    whole = next(((q, y) for q, y in money if _WHOLE.search(_lead(text, q, money)) and "補助" in _lead(text, q, money)), None)
    if whole is None or not _MOST.search(text):
        return []
    for place in case.route.places:
        for frame in place.frames:
            rate = rate_of(frame, case.inputs)
            found = _limited(place, frame, text, money, whole[0])
            if rate is None or rate.ratio is None or not found or not any(x.kind == "share_of_subsidy" for _, x, _ in found):
                continue
            lines: list[Line] = []
            steps = []
            for name, limit, cost in found:
                most = limit.yen if limit.kind == "cap_subsidy" and limit.yen else int(whole[1] * Fraction(str(limit.ratio)))
                raw = int(Fraction(cost) * Fraction(rate.ratio))
                lines.append(("part_of_whole", {"name": name, "most": yen(min(raw, most))}))
                steps.append(f"{name}：{format_yen(cost)} × {rate.ratio} ＝ {format_yen(raw)}")
                steps.append(
                    f"{name}の上限：{format_yen(most)}" if limit.kind == "cap_subsidy"
                    else f"{name}の上限：{format_yen(whole[1])} × {limit.ratio} ＝ {format_yen(most)}"
                )  # fmt: skip
            rules: list[Line] = [("rule", {"text": x}) for x in {x.id: x for _, x, _ in found}.values()]
            return [result(*lines, *rules, steps=tuple(steps), source=found[0][1].source, place=place)]
    return []


def _limited(
    place: Place, frame: Frame, text: str, money: list[tuple[Quantity, int]], whole: Quantity
) -> list[tuple[str, Limit, int]]:
    """The costs told of categories with a limit on their subsidy, each with the limit; each category once."""
    labels = {c.id: (c.label, *c.also) for c in place.edition.categories}
    out: dict[str, tuple[str, Limit, int]] = {}
    for q, amount in money:
        lead = _lead(text, q, money)
        for limit in frame.limits:
            if q is whole or limit.kind not in ("share_of_subsidy", "cap_subsidy") or not (limit.ratio or limit.yen):
                continue
            for category in limit.categories:
                name = next((n for n in sorted(labels.get(category, ()), key=len, reverse=True) if len(n) > 1 and n in lead), None)
                if name is not None:
                    out.setdefault(category, (labels[category][0], limit, amount))
    return list(out.values())


def _lead(text: str, q: Quantity, money: list[tuple[Quantity, int]]) -> str:
    start = max((x.end for x, _ in money if x.end <= q.start), default=0)
    return re.split(r"[。？?\n]", text[start : q.start])[-1]
