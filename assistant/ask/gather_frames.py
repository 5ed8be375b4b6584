"""One plan whose costs belong to several frames of a scheme: each cost to the frame that its words name, then the sum."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.ask.evidence import AmountFinding, ComputedFinding, Finding
from assistant.ask.gather_amounts import amount_finding
from assistant.ask.query import Query
from assistant.ask.route import Place
from assistant.ask.slots import Item
from assistant.ask.steps import own_funds_step, sum_step
from assistant.rules.conditions import Inputs
from assistant.rules.load import Catalogue
from assistant.rules.schema import Edition, Frame
from assistant.rules.values import format_yen

_WORD = re.compile(r"[一-龥]{2,}|[ァ-ヶー]{2,}")


def costs_by_frame(items: tuple[Item, ...], edition: Edition) -> list[tuple[Frame, tuple[Item, ...]]]:
    """The frames of an edition with the costs that are plainly theirs.

    Args:
        items: The costs of a question.
        edition: An edition whose frames name costs of their own.

    Returns:
        Two frames or more; nothing where a cost is of no frame or of several, or all are of one.
    """
    found: dict[str, list[Item]] = {}
    for item in items:
        fits = {f.id: (_fit(item.label, _names_of(f, edition)), _told_by(item.label, f)) for f in edition.frames}
        best = max(fits.values(), default=(0, 0))
        owners = [frame for frame, fit in fits.items() if fit == best]
        if not best[0] or len(owners) != 1:
            return []
        found.setdefault(owners[0], []).append(item)
    return [(f, tuple(found[f.id])) for f in edition.frames if f.id in found] if len(found) > 1 else []


def _names_of(frame: Frame, edition: Edition) -> tuple[str, ...]:
    """The names of a frame and of what only some frames pay for, this one among them."""
    costs = (n for c in edition.costs if frame.id in c.frames and c.verdict != "excluded" for n in c.names)
    return (frame.label, *frame.also, *costs)


def _told_by(label: str, frame: Frame) -> int:
    """The length of the longest word in a label that tells what a frame demands: it decides between frames that pay for the same thing."""
    return max((len(w) for need in frame.requirements for w in need.told_by if w in label), default=0)


def _fit(label: str, names: tuple[str, ...]) -> int:
    """The length of the longest name in a label, or of its longest word in a name; 0 if none is."""
    inside = [len(n) for n in names if n in label]
    words = [len(w) for w in _WORD.findall(label) if any(w in n for n in names)]
    return max((*inside, *words), default=0)


def frames_together(query: Query, place: Place, inputs: Inputs, catalogue: Catalogue) -> list[Finding]:
    """The subsidies of the frames that the costs of a question fall under, and their sum; nothing if they fall under one.

    Args:
        query: The question with its costs.
        place: The scheme; a frame that is named keeps all costs.
        inputs: What is known of the firm.
        catalogue: For the tax in a price.
    """
    shares = [] if place.framed else costs_by_frame(query.slots.items, place.edition)
    found: list[AmountFinding] = []
    for frame, items in shares:
        part = replace(query, slots=replace(query.slots, items=items))
        found.append(amount_finding(part, place, frame, inputs, catalogue))
    if len(found) < 2 or any(len(f.variants) != 1 or f.missing for f in found):
        return []
    amounts = [f.variants[0].amount for f in found]
    total, own = sum(a.subsidy_yen for a in amounts), sum(a.own_funds_yen for a in amounts)
    steps = (
        *(f"{f.frame.label}：{format_yen(a.subsidy_yen)}" for f, a in zip(found, amounts, strict=True)),
        sum_step(a.subsidy_yen for a in amounts),
        own_funds_step(total + own, total),
    )
    table = found[0].frame.rate
    values = {"total": total, "own": own, "programme": place.edition.programme}
    return [ComputedFinding("together", values, steps, table.source if table else None, None, place), *found]
