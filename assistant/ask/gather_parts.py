"""Amounts that come in parts: the frames that the words pick, years with caps of their own."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from assistant.ask.costs_told import sort_costs
from assistant.ask.evidence import ComputedFinding
from assistant.ask.money_told import Item
from assistant.ask.options_told import OTHER, of_a_firm, options_of, with_option
from assistant.ask.query import Query
from assistant.ask.results_told import agrees
from assistant.ask.route import Place
from assistant.ask.slots import denied
from assistant.ask.steps import cap_step, own_funds_step, sum_step
from assistant.ask.taxes import divisor
from assistant.ask.told_frames import with_told_frames
from assistant.rules.conditions import Inputs
from assistant.rules.load import Catalogue
from assistant.rules.parts import yearly_amounts
from assistant.rules.schema import Edition, Frame
from assistant.rules.values import format_yen
from assistant.text.numerals import small_int

_YEAR_OF = re.compile(r"(?<![0-9０-９])(?P<n>[1-5１-５一二三])(年目|年度目?)|(?P<first>初年度|初年)|(?P<second>次年度|翌年度)")
_YEAR_AFTER = re.compile(rf"円?(ほど|くらい|ぐらい|程度)?[（(]({_YEAR_OF.pattern})[）)]")
"""The year of a cost that stands behind it in brackets (50万円（2年目）)."""

_CIRCLED = re.compile(r"[①-⑳]")
"""The number by which a document names a frame."""
_A_NAME = 5
"""A name of a frame that is at least so long is told by nothing else, wherever the name of the programme ends (四日市 IoT本格導入)."""


def likely_frames(query: Query, place: Place, catalogue: Catalogue) -> tuple[Frame, ...]:
    """The frames of a place that the words of a question pick: those of the special measure named, those whose kind is told."""
    frames = place.frames
    specials = {t.frame for t in query.named("special") if t.programme == place.edition.programme}
    if not place.framed and specials:
        frames = tuple(f for f in frames if f.id in specials) or frames
    chosen = tuple(f for f in frames if with_option(query, f, Inputs()).get("option") is not None)
    if not place.framed and len(frames) > 1 and chosen:
        frames = chosen
    numbered = tuple(f for f in frames if set(_CIRCLED.findall(f.label)) & set(_CIRCLED.findall(query.text)))
    if not place.framed and numbered:
        frames = numbered
    by_name = tuple(f for f in frames if any(_said(query.text, n) for n in (f.label, *f.also)))
    if not place.framed and len(by_name) == 1:
        frames = by_name
    kinds: dict[str, list[str]] = catalogue.vocabulary.get("frame_words", {})
    told = {kind for kind, words in kinds.items() if any(w in query.text and not denied(query.text, w) for w in words)}
    if len(frames) > 1 and len(told) == 1:
        frames = tuple(f for f in frames if any(k in f.label for k in told) or _named_alone(query, f, frames)) or frames
    if place.framed and not query.has("compare"):  # one named inside another: the narrower is meant (買い手の100億企業特例)
        frames = tuple(f for f in frames if not any(o is not f and o.label.startswith(f.label) for o in frames)) or frames
    if place.framed:
        return frames
    return with_told_frames(query, replace(place, frames=_paying(query, place.edition, frames))).frames


def _said(text: str, name: str) -> bool:
    return len(name) >= _A_NAME and name in text and not denied(text, name)


def _named_alone(query: Query, frame: Frame, frames: tuple[Frame, ...]) -> bool:
    """Whether a name in the question is that of one frame and of none of the others."""
    ids = {f.id for f in frames}
    return any({t.frame for t in m.targets if t.kind == "frame"} & ids == {frame.id} for m in query.mentions)


def _paying(query: Query, edition: Edition, frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """The frames that pay for every cost of the question, where each of them is a thing that only some frames pay for."""
    items = query.slots.items
    labels = [query.text] if len(items) == 1 and not _named_cost(items[0].label, edition) else [i.label for i in items]
    paid = [{f for c in edition.costs if c.verdict == "eligible" and any(n in told for n in c.names) for f in c.frames} for told in labels]
    ids = set.intersection(*paid) if paid else set()
    return tuple(f for f in frames if f.id in ids) or frames


def _named_cost(label: str, edition: Edition) -> bool:
    """Whether a label names a kind of cost; where the only one does not, the sentence may (家賃の補助、月14万円)."""
    return any(n in label for c in edition.costs for n in c.names)


def yearly_finding(query: Query, place: Place, frame: Frame, inputs: Inputs, catalogue: Catalogue) -> ComputedFinding | None:
    """The subsidy of a project whose costs are told year by year, where the frame caps each year."""
    by_year = frame.cap is not None and (frame.cap_each_year or any("year_no" in c.when.tests for c in frame.cap.cases))
    items = _by_year(_without_sums(query)) if by_year and frame.rate is not None else {}
    if len(items) < 2 or frame.rate is None or sorted(items) != list(range(1, len(items) + 1)):
        return None
    tax = divisor(query, catalogue)
    costs = {n: sort_costs(tuple(items[n]), place.edition, frame, catalogue, tax) for n in sorted(items)}
    spent = [int(Fraction(c.eligible_yen) / tax) for c in costs.values()]
    given = of_a_firm(frame, with_option(query, frame, inputs), catalogue)
    usual = given.with_(option=given.get("option") or OTHER, taxable_income_yen=given.get("taxable_income_yen") or 0)
    parts = yearly_amounts(frame, given, spent) or yearly_amounts(frame, usual, spent)
    if parts is None:
        return None
    others = {} if given.get("option") else {o: yearly_amounts(frame, usual.with_(option=o), spent) for o in options_of(frame)}
    pairs = enumerate(zip(spent, parts.each, strict=True), 1)
    steps = [f"{n}年目：{format_yen(cost)} に対して {format_yen(each)}" for n, (cost, each) in pairs]
    steps.append(sum_step(parts.each))
    if parts.total_yen < sum(parts.each):
        steps.append(f"全期間の{cap_step(parts.total_yen)}")
    excluded = [(label, yen) for c in costs.values() for label, yen, _ in c.excluded]
    whole = sum(spent) + sum(int(Fraction(yen) / tax) for _, yen in excluded)
    steps.append(own_funds_step(whole, parts.total_yen))
    steps += [f"「{label}」{format_yen(yen)}は計算から除いています" for label, yen in excluded]
    open_ = {o: p.each for o, p in others.items() if p is not None and p.each != parts.each}
    values = {"total": parts.total_yen, "own": whole - parts.total_yen, "label": frame.label, "each": parts.each, "others": open_}
    told, money = query.slots.claimed_yen, query.slots.money
    hoped = {*money.get("cap_yen", ()), *money.get("subsidy_yen", ())} if query.confirm else set()
    verdict = parts.total_yen in hoped if hoped else None
    if told is not None:
        verdict = None if told in parts.each else agrees(told, parts.total_yen)
    return ComputedFinding("yearly", values, tuple(steps), frame.rate.source, verdict, place)


def _without_sums(query: Query) -> Query:
    """The question without amounts that are only made of the costs of its years: their sum again, a line (3億以内)."""
    told = [i for i in query.slots.items if _YEAR_OF.search(i.label)]
    rest = [i for i in query.slots.items if i not in told]
    whole = sum(i.yen for i in told)
    lines = {q.start for q in query.slots.quantities if q.bound is not None}
    left = [i for i in rest if i.yen != whole and i.start not in lines]
    return replace(query, slots=replace(query.slots, items=(*told, *left))) if len(told) > 1 and len(left) < len(rest) else query


def _by_year(query: Query) -> dict[int, list[Item]]:
    """The costs of a question by the year that each is told for; empty if one is told for none."""
    found = query.slots.items
    if len(found) == 1 and found[0].every == "years":
        one = replace(found[0], yen=found[0].yen // found[0].times, times=1, every="")
        return {n: [one] for n in range(1, found[0].times + 1)}
    out: dict[int, list[Item]] = {}
    for item in found:
        told = _YEAR_OF.search(item.label) or _YEAR_AFTER.match(query.text, item.end) or _year_before(query, item)
        if told is None:
            return {}
        number = small_int(told["n"]) if told["n"] else 1 if told["first"] else 2
        out.setdefault(number, []).append(item)
    return out


def _year_before(query: Query, item: Item) -> re.Match[str] | None:
    """The year that stands last before a cost of this very text, in whatever words of costs between (2年目は広告と電気代で30万円)."""
    if not any(q.start == item.start for q in query.slots.quantities):
        return None
    year = next(iter(reversed(list(_YEAR_OF.finditer(query.text[: item.start])))), None)
    ends = [i.end for i in query.slots.items if year is not None and year.end() <= i.start < item.start]
    apart = bool(ends) and re.search("[、。]", query.text[max(ends) : item.start])  # a cost beside those of the years
    return None if apart else year
