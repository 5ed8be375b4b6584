"""What a question would have paid for that is not in the list of what a frame pays for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.ask.costs_told import listed_texts
from assistant.ask.evidence import ConditionFinding, Says
from assistant.ask.gather_conditions import asks_if_allowed, condition_finding, is_named, speaks_of
from assistant.ask.inquiry import Inquiry
from assistant.ask.route import Place
from assistant.ask.told_frames import with_told_frames
from assistant.ask.verdicts import asks_if_not
from assistant.ask.wording import asking_part, blanked
from assistant.rules.schema import Fact

_AS_COST = (
    r"(?:費|代|料|賃|等|など)?(?:の(?:更新|購入|導入|新設|設置|入れ替え|費用|代金|購入代))?"
    r"(?:と|や|・|、|も|は|が|って|を|で(?!き)|に)"
)
"""What stands after a thing that a question asks about as a cost."""
_AND = r"(?:の更新|の入れ替え)?(?:と|や|、|・)(?:か|も)?"
"""What joins two things that the same is asked of."""
LEAST = 2


def unlisted(asked: Inquiry) -> list[ConditionFinding]:
    """That a thing is not in the list of what the frames in question pay for, with the list; nothing where it may be."""
    query = asked.query
    if not (asks_if_allowed(query) and is_named(query)) or asks_if_not(query) or query.slots.items:
        return []
    text = blanked(asking_part(query.text), tuple((m.start, m.end) for m in query.mentions))
    for place in (with_told_frames(query, p) for p in asked.own_places):
        for fact in _lists(asked, place):
            here = {f.id for f in place.frames}
            frames = set(fact.frames) & here or set(fact.frames) or here
            things = _of_other_frames(text, place, frames) or _of_no_frame(text, place, asked)
            if things and fact.decides is not None and not any(t in fact.text for t in things):
                says: Says = "unlisted" if fact.decides.closed else "unnamed"
                return condition_finding(asked, fact, place.edition.id, says, label=f"{'と'.join(things)}は、{fact.decides.label}")
    return []


def _lists(asked: Inquiry, place: Place) -> Iterator[Fact]:
    """The lists of a place: of the frames that are named, or of all."""
    named = {t.frame for t in asked.query.named("frame")}
    for fact in place.edition.facts:
        if fact.decides is None or not speaks_of(asked.query, fact.decides.about):
            continue
        if fact.decides.closed is not None and (not fact.frames or named & set(fact.frames)):
            yield fact


def _of_other_frames(text: str, place: Place, frames: set[str]) -> tuple[str, ...]:
    """The things that only other frames pay for; beside one that these pay for too, those that are asked about with it."""
    here, elsewhere = list[str](), list[str]()
    for cost in place.edition.costs:
        told = [n for n in cost.names if len(n) >= LEAST and n in text]
        named = max((n for n in told if re.search(re.escape(n) + _AS_COST, text)), key=len, default="")
        if named:
            (elsewhere if cost.frames and not frames & set(cost.frames) else here).append(named)
    joined = [e for e in elsewhere if any(re.search(rf"{a}{_AND}{b}", text) for h in here for a, b in ((h, e), (e, h)))]
    return tuple(dict.fromkeys(joined if here else elsewhere))


def _of_no_frame(text: str, place: Place, asked: Inquiry) -> tuple[str, ...]:
    """The things of well-known kinds of which nothing that is said of the edition's costs speaks."""
    costs = place.edition.costs
    known = {t for f in place.frames for t in listed_texts(place.edition, f)} | {n for c in costs for n in c.names}
    kinds = asked.catalogue.vocabulary.get("cost_kinds", {}).values()
    out: list[str] = []
    for words in kinds:
        named = [w for w in words if w in text and re.search(w + _AS_COST, text)]
        if named and not any(w in t for w in words for t in known):
            out += [w for w in named if not any(w != o and w in o for o in named)]
    return tuple(out)
