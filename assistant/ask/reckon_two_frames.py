"""The subsidy of two frames that are applied for together, the second at the rate of the first."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.ask.evidence import ComputedFinding
from assistant.ask.gather_amounts import special_ways
from assistant.ask.reckon import Case, Part, asked_back, result, yen
from assistant.ask.route import Place
from assistant.ask.steps import cap_step, own_funds_step, sum_step
from assistant.rules.amounts import cap_of, choices, decided, tiered
from assistant.rules.conditions import Inputs
from assistant.rules.costs import category_of
from assistant.rules.parts import combined_amount
from assistant.rules.schema import Edition, Frame, RateCase, YenCase
from assistant.rules.values import Value, format_yen

_OTHERWISE = "それ以外"
_COSTS = ("cost_yen", "unit_price_yen")
_NO_COSTS = ("claimed_yen", "own_yen", "income_yen", "list_price_yen")
"""Roles of money that is no cost though no word beside it says so."""
_NO_COST = re.compile(r"(上限|下限|補助額|補助金額|補助金|もらえる額)[はがを]?[^、]{0,4}$")
_COMES_TO = re.compile(r"(くらい|ほど)?に?な[るり]")
"""What makes an amount the one that is said to come out."""
_RATE_IS = re.compile(r"補助率[はが、も]*[^。、0-9０-９]{0,4}$")
"""What tells the rate that holds, and not the one that is asked about."""


def two_frames(case: Case) -> list[ComputedFinding]:
    """The subsidy of a frame and of a second one that may be applied for beside it, at the rate of the first."""
    query = case.query
    if not (query.has_word("money_words") or query.has("amount", "own_funds") or query.slots.claimed or case.asks("beside")):
        return []
    for place in case.route.places:
        pair = _pair(case, place)
        if pair is None:
            continue
        main, added = pair
        if main.id in added.beside:
            return _combined(case, place, main, added)
        return [_not_beside(place, main, added)] if case.asks("beside") else []
    return []


def _pair(case: Case, place: Place) -> tuple[Frame, Frame] | None:
    """The main frame and the one beside it: both named, or the second told by what it pays for (廃業費を併用)."""
    named = [f for f in place.frames if place.framed]
    added = next((f for f in named if f.beside), None)
    mains = [f for f in named if f is not added]
    if added is None and case.asks("beside"):
        labels = [label + after for label, after, _ in _costs(case)]
        paid = {category_of(label, place.edition) for label in labels}
        added = next((f for f in place.edition.frames if f.beside and paid & set(f.categories)), None)
    return (mains[0], added) if len(mains) == 1 and added is not None else None


def _not_beside(place: Place, main: Frame, added: Frame) -> ComputedFinding:
    """That the first frame is none of those beside which the second may be applied for."""
    may = "、".join(f.label for f in place.edition.frames if f.id in added.beside)
    source = added.rate.source if added.rate else None
    return result(("two_frames_not", {"main": main.label, "added": added.label, "may": may}), source=source, verdict=False, place=place)


def _combined(case: Case, place: Place, main: Frame, added: Frame) -> list[ComputedFinding]:
    told = [(y, _is_added(label, after, place.edition, main, added)) for label, after, y in _costs(case)]
    costs = (sum(y for y, second in told if not second), sum(y for y, second in told if second))
    if not any(costs):
        return []
    if not costs[1]:
        shown: dict[str, Part] = {"main": main.label, "added": added.label}
        missing = f"{added.label}の対象経費"
        return [asked_back("two_frames_open", (missing,), shown, added.rate.source if added.rate else None)]
    rates = _rates(case, main)
    ways = [(f"{w}・{label}".strip("・"), rate, given) for rate, label in rates for w, given in special_ways(case.query, main, case.inputs)]
    if not costs[0]:
        return [_added_alone(case, place, (main, added), rate, costs[1], label) for rate, label in rates]
    out = [f for label, rate, given in ways for f in _combined_for(place, main, added, rate, given, costs, label)]
    return out if len(out) == len(ways) else []


def _added_alone(
    case: Case, place: Place, frames: tuple[Frame, Frame], rate: RateCase, cost: int, label: str
) -> ComputedFinding:
    """What the second frame pays for its own costs, at the rate of the main one."""
    main, added = frames
    raw, how = tiered(Fraction(cost), rate)
    cap, floor = cap_of(added, case.inputs), decided(added.floor, case.inputs, added)
    paid = min(int(raw), cap[0]) if cap else int(raw)
    steps = (*how, *((f"{format_yen(int(raw))} は{cap_step(paid)}",) if paid < int(raw) else ()))
    source = main.rate.source if main.rate else None
    if isinstance(floor, YenCase) and paid < floor.yen:
        low: dict[str, Part] = {"added": added.label, "value": yen(paid), "least": Value(yen=floor.yen)}
        return result(("two_frames_floor", low), steps=steps, source=source, verdict=False, place=place)
    said = (*case.query.slots.claimed, *(q for q in case.quantities if q.whole("yen") and _COMES_TO.match(case.text, q.end)))
    claimed = said[0].whole("yen") if said else None
    met = None if claimed is None else claimed == paid
    shown: dict[str, Part] = {
        "lead": {None: "", True: "はい、", False: "いいえ、"}[met], "case": f"（{label}の場合）" if label else "",
        "main": main.label, "added": added.label, "two": yen(paid), "rate": Value(ratio=rate.ratio) if rate.ratio else "段階ごとの率",
    }  # fmt: skip
    return result(("two_frames_added", shown), steps=steps, source=source, verdict=met, place=place)


def _rates(case: Case, main: Frame) -> list[tuple[RateCase, str]]:
    """The rows of the main frame's rates that may apply, each with its label (empty where it is the only one); one told by its ratio."""
    found = choices(main.rate, case.inputs, main) if main.rate else ()
    rows = [(c.case, c.label or _OTHERWISE) for c in found if isinstance(c.case, RateCase)]
    said = [Fraction(str(q.value)) for q in case.quantities if q.unit == "ratio" and _RATE_IS.search(case.text[: q.start])]
    told = {str(r) for r in said[:1] or case.query.slots.ratios}
    named = [row for row in rows if row[0].ratio in told]
    rows = named if len(named) == 1 else rows
    return [(rows[0][0], "")] if len(rows) == 1 else rows


def _costs(case: Case) -> list[tuple[str, str, int]]:
    """The amounts of the text that are costs, each with the words of its sentence since the number before, and those after it."""
    out, at = [], 0
    money = case.query.slots.money
    no_costs = {y for role in _NO_COSTS for y in money.get(role, ())} - {y for role in _COSTS for y in money.get(role, ())}
    for q, amount in ((q, y) for q in case.quantities if (y := q.whole("yen")) is not None):
        label, at = re.split(r"[。！？!?\n]", case.text[at : q.start])[-1], q.end
        claimed = any(c.text == q.text for c in case.query.slots.claimed) or _COMES_TO.match(case.text, q.end)
        if q.bound is None and not claimed and amount not in no_costs and not _NO_COST.search(label):
            after = re.split(r"[、。！？!?\n0-9０-９]", case.text[q.end :])[0]
            out.append((label, after, amount))
    return out


def _is_added(label: str, after: str, edition: Edition, main: Frame, added: Frame) -> bool:
    """Whether a cost is of the second frame: the last frame named before it, the one after it, or the one that pays for its category."""
    if category_of(re.split(r"[にでとの、]", label)[-1], edition) in set(added.categories) - set(main.categories):
        return True
    for words in (label, after):
        at = {f.id: max((words.rfind(n) for n in (f.label, *f.also)), default=-1) for f in (main, added)}
        if max(at.values()) >= 0:
            return at[added.id] > at[main.id]
    return category_of(label, edition) in added.categories


def _combined_for(
    place: Place, main: Frame, added: Frame, rate: RateCase, given: Inputs, costs: tuple[int, int], label: str
) -> list[ComputedFinding]:
    parts, floor = combined_amount(main, added, given, costs, rate), decided(added.floor, given, added)
    if parts is None:
        return []
    steps: list[str] = []
    for frame, cost, each in zip((main, added), costs, parts.each, strict=True):
        raw, how = tiered(Fraction(cost), rate)
        steps += [f"{frame.label}：{how[0]}", *how[1:]]
        if int(raw) > each:
            steps.append(f"{format_yen(int(raw))} は{cap_step(each)}")
    source = main.rate.source if main.rate else None
    least = floor.yen if isinstance(floor, YenCase) else 0
    if parts.each[1] < least:
        low: dict[str, Part] = {"added": added.label, "value": yen(parts.each[1]), "least": Value(yen=least)}
        return [result(("two_frames_floor", low), steps=tuple(steps), source=added.floor.source if added.floor else source, place=place)]
    own = sum(costs) - parts.total_yen
    steps.append(sum_step(parts.each))
    steps.append(own_funds_step(sum(costs), parts.total_yen))
    shown: dict[str, Part] = {
        "case": f"（{label}の場合）" if label else "", "total": yen(parts.total_yen), "own": yen(own),
        "main": main.label, "one": yen(parts.each[0]), "added": added.label, "two": yen(parts.each[1]),
    }  # fmt: skip
    return [result(("two_frames", shown), steps=tuple(steps), source=source, place=place)]
