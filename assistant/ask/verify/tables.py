"""Rows of tables that a headcount or another case picks: which row a figure is of, and whether the case fits it."""

from __future__ import annotations

import re

from assistant.ask.verify.fits import held, told_for
from assistant.ask.verify.own import is_derived, is_part_time
from assistant.ask.verify.reading import Reading
from assistant.ask.verify.records import Claim, Context, Need
from assistant.ask.verify.score import Ranked
from assistant.ask.verify.spans import told_spans
from assistant.rules.labels import case_label
from assistant.text.normalize import normalize

_WAGE = re.compile(r"(?:賃金|時給)[^。、\d]{0,8}$")
_CLOSE = 0.6
ROW = 1.0
"""How far behind the best claim a row may lie: the words of a row are few."""


def breaks_row(reading: Reading, context: Context, ranked: Ranked) -> bool:
    """Whether a headcount told before picks a row of the table, and the number is that of another row."""
    if context.role is None:
        return _breaks_price(context, ranked)
    holding: list[Claim] = []
    breaking: list[tuple[Claim, int]] = []
    for _, claim in ranked.claims:
        if claim.role != context.role or claim.sum_of or not claim.needs:
            continue
        verdicts = list(held(claim, context))
        if verdicts and all(fits for fits, _ in verdicts):
            holding.append(claim)
        elif verdicts and claim.index in ranked.equal:
            breaking.append((claim, next(t.start for fits, t in verdicts if not fits)))
    if not breaking or not holding or any(c.index in ranked.equal for c in holding):
        return False
    if not needs_special(reading, breaking[0][0]):
        reading.settled.doubted.add(breaking[0][1])
    return True


def _breaks_price(context: Context, ranked: Ranked) -> bool:
    """Whether an amount is told where a price list has another one for the size that is told (300kl以下なら16,016円)."""
    if context.quantity.unit != "yen" or not context.scope.programmes:
        return False
    rows = [c for s, c in ranked.claims if s >= ranked.top - _CLOSE and any(n.family == "kl" for n in c.needs)]
    holding = [c for c in rows if (verdicts := list(held(c, context))) and all(fits for fits, _ in verdicts)]
    return bool(holding) and not any(c.index in ranked.equal for c in holding)


def needs_special(reading: Reading, claim: Claim) -> bool:
    """Whether a row is for a special measure that the text does not name: no other headcount would make its figure right."""
    figure = claim.figure
    edition = reading.catalogue.editions.get(figure.edition_id or "")
    frame = next((f for f in edition.frames if f.id == figure.frame_id), None) if edition else None
    if frame is None or frame.cap is None:
        return False
    case = next((c for c in frame.cap.cases if case_label(c, frame) == figure.label), None)
    named = any(normalize(name).text in reading.text for s in frame.specials for name in (s.label, *s.also))
    return case is not None and "specials" in case.when.names and not named


def note_rows(reading: Reading, context: Context, claim: Claim) -> None:
    """Keep which headcount picks the row of a figure; one that contradicts it is doubted with the figure."""
    for need in claim.needs:
        told = told_for(need, context)
        if told is not None and need.holds(told.need):
            reading.settled.rooms[told.start] = need
    reading.settled.doubted.update(told.start for fits, told in held(claim, context) if not fits)


def is_row(context: Context, ranked: Ranked) -> bool:
    """Whether the number is a row of a table of the frame (従業員21人以上の場合): its amount is judged by itself."""
    if not context.scope.programmes or context.quantity.bound is None:
        return False
    rows = (s for s, c in ranked.claims if c.figure.kind == "row" and c.index in ranked.equal)
    best = next(rows, None)
    return best is not None and best >= ranked.top - ROW


def _is_near(need: Need, told: Need) -> bool:
    """Whether an amount is near the one at which the rows of a table part (1,060円 and 1,050円以上)."""
    edge = need.low or need.high
    return edge is not None and told.low is not None and edge / 2 <= told.low <= edge * 2


def picks_row(reading: Reading, context: Context) -> bool:
    """Whether a plain number is a case that rows of a table of the programme tell apart (3人の賃金を90円上げる)."""
    quantity = context.quantity
    if quantity.bound is not None or not context.scope.programmes or (context.role is not None and quantity.unit == "yen"):
        return False
    told = next(told_spans([quantity]), None)
    if told is None or is_derived(reading.text, quantity) or is_part_time(quantity):
        return False
    wage = quantity.unit == "yen" and _WAGE.search(context.left) is not None
    rows = reading.index.rows(context.scope)
    needs = (n for n in rows if quantity.unit != "yen" or n.low == n.high or (wage and _is_near(n, told.need)))
    return any(n.family == told.need.family and n.counter == told.need.counter and n.holds(told.need) for n in needs)
