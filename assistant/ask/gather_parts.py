"""Amounts that come in parts: the frames that the words pick, years with caps of their own."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.ask.evidence import ComputedFinding
from assistant.ask.gather_amounts import OTHER, with_option
from assistant.ask.query import Query
from assistant.ask.route import Place
from assistant.ask.slots import denied
from assistant.ask.steps import cap_step, own_funds_step, sum_step
from assistant.ask.told_frames import with_told_frames
from assistant.rules.conditions import Inputs
from assistant.rules.load import Catalogue
from assistant.rules.parts import yearly_amounts
from assistant.rules.schema import Edition, Frame
from assistant.rules.values import format_yen
from assistant.text.numerals import small_int

_YEAR_OF = re.compile(r"(?<![0-9０-９])(?P<n>[1-5１-５一二三])(年目|年度目?)|(?P<first>初年度|初年)|(?P<second>次年度|翌年度)")


_CIRCLED = re.compile(r"[①-⑳]")
"""The number by which a document names a frame."""


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
    kinds: dict[str, list[str]] = catalogue.vocabulary.get("frame_words", {})
    told = {kind for kind, words in kinds.items() if any(w in query.text and not denied(query.text, w) for w in words)}
    if len(frames) > 1 and len(told) == 1:
        frames = tuple(f for f in frames if any(k in f.label for k in told) or _named_alone(query, f, frames)) or frames
    if place.framed:
        return frames
    return with_told_frames(query, replace(place, frames=_paying(query, place.edition, frames))).frames


def _named_alone(query: Query, frame: Frame, frames: tuple[Frame, ...]) -> bool:
    """Whether a name in the question is that of one frame and of none of the others."""
    ids = {f.id for f in frames}
    return any({t.frame for t in m.targets if t.kind == "frame"} & ids == {frame.id} for m in query.mentions)


def _paying(query: Query, edition: Edition, frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    """The frames that pay for every cost of the question, where each of them is a thing that only some frames pay for."""
    paid = [
        {f for c in edition.costs if c.verdict == "eligible" and any(n in item.label for n in c.names) for f in c.frames}
        for item in query.slots.items
    ]
    ids = set.intersection(*paid) if paid else set()
    return tuple(f for f in frames if f.id in ids) or frames


def yearly_finding(query: Query, place: Place, frame: Frame, inputs: Inputs) -> ComputedFinding | None:
    """The subsidy of a project whose costs are told year by year, where the frame caps each year."""
    costs: dict[int, int] = {}
    for item in query.slots.items:
        year = _YEAR_OF.search(item.label)
        if item.every == "years" and len(query.slots.items) == 1:
            costs = dict.fromkeys(range(1, item.times + 1), item.yen // item.times)
            break
        if year is None:
            return None
        number = small_int(year["n"]) if year["n"] else 1 if year["first"] else 2
        costs[number] = costs.get(number, 0) + item.yen
    by_year = frame.cap is not None and (frame.cap_each_year or any("year_no" in c.when.tests for c in frame.cap.cases))
    if len(costs) < 2 or not by_year or sorted(costs) != list(range(1, len(costs) + 1)) or frame.rate is None:
        return None
    spent = [costs[n] for n in sorted(costs)]
    usual = inputs.with_(option=inputs.get("option") or OTHER, taxable_income_yen=inputs.get("taxable_income_yen") or 0)
    parts = yearly_amounts(frame, inputs, spent) or yearly_amounts(frame, usual, spent)
    if parts is None:
        return None
    pairs = enumerate(zip(spent, parts.each, strict=True), 1)
    steps = [f"{n}年目：{format_yen(cost)} に対して {format_yen(each)}" for n, (cost, each) in pairs]
    steps.append(sum_step(parts.each))
    if parts.total_yen < sum(parts.each):
        steps.append(f"全期間の{cap_step(parts.total_yen)}")
    steps.append(own_funds_step(sum(spent), parts.total_yen))
    values = {"total": parts.total_yen, "own": sum(spent) - parts.total_yen, "label": frame.label}
    return ComputedFinding("yearly", values, tuple(steps), frame.rate.source, None, place)
