"""One plan whose costs belong to several frames of a scheme: each cost to the frame that its words name, then the sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.ask.evidence import AmountFinding, ComputedFinding, Finding
from assistant.ask.gather_amounts import amount_finding
from assistant.ask.money_told import Item
from assistant.ask.names import Mention
from assistant.ask.query import Query
from assistant.ask.route import Place
from assistant.ask.steps import own_funds_step, sum_step
from assistant.rules.conditions import Inputs
from assistant.rules.load import Catalogue
from assistant.rules.schema import Edition, Frame
from assistant.rules.values import format_yen

_NAMES = ("programme", "series", "frame")
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
    names = {f.id: _names_of(f, edition) for f in edition.frames}
    for item in items:
        telling = [w for w in _WORD.findall(item.label) if not all(any(w in n for n in own) for own in names.values())]
        fits = {f.id: (_fit(item.label, telling, names[f.id]), _told_by(item.label, f)) for f in edition.frames}
        best = max(fits.values(), default=(0, 0))
        owners = [frame for frame, fit in fits.items() if fit == best]
        if not best[0] or len(owners) != 1:
            return []
        found.setdefault(owners[0], []).append(item)
    return [(f, tuple(found[f.id])) for f in edition.frames if f.id in found] if len(found) > 1 else []


def _is_named(frame: Frame, items: tuple[Item, ...]) -> bool:
    """Whether one of some costs names the frame itself."""
    return any(n in item.label for item in items for n in (frame.label, *frame.also))


def _names_of(frame: Frame, edition: Edition) -> tuple[str, ...]:
    """The names of a frame and of what only some frames pay for, this one among them."""
    costs = (n for c in edition.costs if frame.id in c.frames and c.verdict != "excluded" for n in c.names)
    return (frame.label, *frame.also, *costs)


def _told_by(label: str, frame: Frame) -> int:
    """The length of the longest word in a label that tells what a frame demands: it decides between frames that pay for the same thing."""
    return max((len(w) for need in frame.requirements for w in need.told_by if w in label), default=0)


def _fit(label: str, telling: list[str], names: tuple[str, ...]) -> int:
    """The length of the longest name in a label, or of its longest telling word in a name; 0 if none is."""
    inside = [len(n) for n in names if n in label]
    words = [len(w) for w in telling if any(w in n for n in names)]
    return max((*inside, *words), default=0)


def frames_together(query: Query, place: Place, inputs: Inputs, catalogue: Catalogue) -> list[Finding]:
    """The subsidies of the frames that the costs of a question fall under, and their sum; nothing if they fall under one.

    Args:
        query: The question with its costs.
        place: The scheme; a frame that is named keeps all costs, unless one of them names it and the others another.
        inputs: What is known of the firm.
        catalogue: For the tax in a price.
    """
    shares = costs_by_frame(query.slots.items, place.edition)
    if place.framed and not all(_is_named(f, dict((g.id, i) for g, i in shares).get(f.id, ())) for f in place.frames):
        shares = []
    found: list[AmountFinding] = []
    for frame, items in shares:
        part = replace(query, slots=replace(query.slots, items=items))
        found.append(amount_finding(part, place, frame, inputs, catalogue))
    whole = summed_up(found)
    return [whole, *found] if whole else []


def summed_up(found: Sequence[AmountFinding]) -> ComputedFinding | None:
    """The sum of the subsidies of several frames, None where one of them is open or cannot be had."""
    if len(found) < 2 or any(len(f.variants) != 1 or f.missing or f.blocked or f.variants[0].amount.blocked for f in found):
        return None
    place, amounts = found[0].place, [f.variants[0].amount for f in found]
    several = len({f.place.edition.id for f in found}) > 1
    names = [f"{f.place.edition.label} {f.frame.label}" if several else f.frame.label for f in found]
    total, own = sum(a.subsidy_yen for a in amounts), sum(a.own_funds_yen for a in amounts)
    steps = (
        *(f"{name}：{format_yen(a.subsidy_yen)}" for name, a in zip(names, amounts, strict=True)),
        sum_step(a.subsidy_yen for a in amounts),
        own_funds_step(total + own, total),
    )
    table = found[0].frame.rate
    values = {"total": total, "own": own, "programme": "" if several else place.edition.programme}
    return ComputedFinding("together", values, steps, table.source if table else None, None, place)


def costs_by_name(query: Query, places: tuple[Place, ...]) -> dict[tuple[str, str], tuple[Item, ...]]:
    """The costs of each frame, by edition and frame, where a programme or frame is named beside each cost and they differ.

    Args:
        query: The question with its costs.
        places: What it is about.

    Returns:
        Nothing where a cost is of no name or of several, or all are of one.
    """
    items = sorted(query.slots.items, key=lambda i: i.start)
    amounts = {(q.start, q.whole("yen")) for q in query.slots.quantities}
    if len(items) < 2 or any((i.start, i.yen // i.times) not in amounts for i in items):
        return {}
    ends = [0, *(i.end for i in items)]
    starts = [*(i.start for i in items), len(query.text)]
    for spans in (zip(ends, starts[:-1], strict=False), zip(ends[1:], starts[1:], strict=True)):
        owners: list[frozenset[tuple[str, str]]] = []
        for start, end in spans:
            named = [m for m in query.mentions if start <= m.start < end and any(t.kind in _NAMES for t in m.targets)]
            owned = frozenset((p.edition.id, f.id) for p in places for f in p.frames if all(_means(m, p, f) for m in named))
            owners.append(owned if named else owners[-1] if owners else frozenset())
        kinds = set(owners)
        apart = all(a == b or not a & b for a in kinds for b in kinds)
        if len(kinds) > 1 and apart and all(owners):
            return {o: tuple(i for i, own in zip(items, owners, strict=True) if o in own) for own in owners for o in own}
    return {}


def _means(mention: Mention, place: Place, frame: Frame) -> bool:
    """Whether a name may stand for a frame: for itself or its series, for its programme if it is the name of no frame."""
    here = [t for t in mention.targets if t.programme == place.edition.programme and t.kind in _NAMES]
    here = [t for t in here if t.kind != "programme"] or here
    return any(t.series in (None, place.edition.series) and t.frame in (None, frame.id) for t in here)
