"""Tables, dates and limits for each attribute that a question asks for, of the frames that it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.ask.evidence import ComputedFinding, DateFinding, Finding, ProseFinding, TableFinding
from assistant.ask.gather_dates import EVENT_OF, date_findings
from assistant.ask.gather_judged import eligibility
from assistant.ask.gather_prose import Prose
from assistant.ask.gather_tables import TABLES, table_findings
from assistant.ask.inquiry import Inquiry
from assistant.ask.query import Query
from assistant.ask.route import Place, Route
from assistant.ask.told_frames import OF_EACH
from assistant.rules.conditions import Inputs
from assistant.search.index import SearchIndex

STANDS_OUT, CLEARLY = 12.0, 1.5
"""Score from which a frame's passage tells that the question is about the frame, and how far ahead of other frames it must be."""
TOLD_AS = {"cap": "上限", "rate": "補助率", "floor": "下限"}
_CAP_WORD = re.compile(r"上限|限度|最大|最高|いくらまで|何円まで|天井|満額")
_PLACES = ("programme", "series", "frame")
_UP_TO_WHOM = re.compile(r"(何|なん)(人|名)(まで|以下|以内|未満)")
"""What asks for the greatest headcount with which one may apply."""
_WHEN = re.compile(r"いつ|何月|何日|日程|時期|予定|頃|ごろ")
MOST_TARGETS = 4
FEW = 2
"""Frames of which the rate is told beside the cap."""


def _categories(query: Query, place: Place) -> dict[str, str]:
    """The cost categories that a question names, each with the name that it uses."""
    labels = {c.id: (c.label, c.label.split("（")[0], *c.also) for c in place.edition.categories}
    told = {c: next((n for n in names if len(n) >= 3 and n in query.text), "") for c, names in labels.items()}
    return {c: name for c, name in told.items() if name}


def _of_category(query: Query, place: Place) -> bool:
    """Whether the cap asked for is that of a category: neither a programme or frame nor the end of a statement parts the two."""
    asked = _CAP_WORD.search(query.text)
    if asked is None:
        return True
    for name in _categories(query, place).values():
        start = query.text.find(name)
        first, last = sorted(((start, start + len(name)), asked.span()))
        apart = any(first[1] <= m.start < last[0] and any(t.kind in _PLACES for t in m.targets) for m in query.mentions)
        if not apart and not (start > asked.start() and re.search(r"[。？?！!]", query.text[first[1] : last[0]])):
            return True
    return False


def _category_limits(query: Query, place: Place, index: SearchIndex) -> list[Finding]:
    """The limits of the cost categories that a question for a cap names."""
    named = set(_categories(query, place))
    kinds = ("share_of_subsidy", "share_of_cost", "share_of_sales", "cap_subsidy", "cap_cost")
    ids = {f"{place.edition.id}#{x.id}" for f in place.frames for x in f.limits if x.kind in kinds and named & set(x.categories)}
    hits = {h.passage.text: h for h in index.with_ids(ids)}
    return [ProseFinding(tuple(hits.values())[:4])] if hits else []


def _caps_in_words(attribute: str, place: Place, index: SearchIndex) -> list[Finding]:
    """For frames whose cap is no table: the limits that say what is paid at most."""
    if attribute != "cap":
        return []
    ids = {f"{place.edition.id}#{x.id}" for f in place.frames if f.cap is None for x in f.limits if x.kind == "cap_subsidy"}
    hits = index.with_ids(ids)
    return [ProseFinding(hits)] if hits else []


def _table_in_words(attribute: str, place: Place, index: SearchIndex) -> list[Finding]:
    """For frames that have no such table: the passage that tells it in words (no floor, a rate that depends on the work)."""
    bare = [f for f in place.frames if getattr(f, attribute) is None and (attribute == "floor" or not f.components)]
    frames: set[tuple[str, ...]] = {(f.id,) for f in bare if place.framed}
    frames |= {()} if len(bare) == len(place.edition.frames) else set()
    if not frames:
        return []
    hits = index.where(
        lambda p: p.edition_id == place.edition.id and p.frames in frames and TOLD_AS[attribute] in (p.topic, *p.also)
        and (TOLD_AS[attribute] in p.text.split("。")[0] or attribute == "rate")
    )  # fmt: skip
    return [ProseFinding(hits[:1])] if hits else []


def _for_whom(place: Place, index: SearchIndex) -> list[Finding]:
    """For each frame: the requirement that says firms of which size it is for."""
    ids = {(f.id, r.id) for f in place.frames for r in f.requirements if r.kind == "size"}
    hits = index.where(lambda p: p.edition_id == place.edition.id and bool(p.frames) and (p.frames[0], p.item_id) in ids)
    return [ProseFinding(hits)] if hits else []


def _who(query: Query, place: Place, prose: Prose, index: SearchIndex) -> list[Finding]:
    """For whom a place is: all that is said of it where a question says nothing else, else the sizes of the frames named."""
    alone = set(query.attributes) <= {"target", "eligibility"} and not prose.telling[1:]
    beside = place.framed and len(query.attributes) > 1
    return (_targets(place, index) if alone else []) or (_for_whom(place, index) if beside or alone else [])


def _targets(place: Place, index: SearchIndex) -> list[Finding]:
    """What is said of who may apply to a place, as a whole or to the frames in question."""
    frames = {f.id for f in place.frames}
    hits = index.where(
        lambda p: p.edition_id == place.edition.id and p.kind == "target" and (not p.frames or bool(frames & set(p.frames)))
    )  # fmt: skip
    hits = tuple(sorted(hits, key=lambda h: bool(h.passage.frames)))
    return [ProseFinding(hits[:1], hits[1:MOST_TARGETS])] if hits else []


def _asked_ratio(attribute: str, query: Query, route: Route, inputs: Inputs) -> list[Finding]:
    """Rates of frames that were not named but have the very ratio that the question names."""
    wanted = {str(r) for r in query.slots.ratios}
    shown = {(p.edition.id, f.id) for p in route.places for f in p.frames}
    out: list[Finding] = []
    for place in route.wider:
        for finding in table_findings(attribute, place, inputs):
            table = finding.frame.rate
            have = {c.ratio for c in table.cases} if table else set()
            if (place.edition.id, finding.frame.id) not in shown and wanted & have:
                out.append(finding)
    return out


def _with_caps(query: Query, places: tuple[Place, ...], inputs: Inputs, index: SearchIndex) -> list[Finding]:
    """What belongs to a cap: what a single item is paid at most (a month, a person), and the rate where frames are few."""
    ids = {
        (f"{p.edition.id}#{x.id}", f.id) for p in places for f in p.frames for x in f.limits
        if x.kind == "cap_subsidy" and not x.categories
    }  # fmt: skip
    found = {h.passage.text: h for h in index.with_ids({i for i, _ in ids}) if any((h.passage.id, f) in ids for f in h.passage.frames)}
    out: list[Finding] = [ProseFinding((), tuple(found.values()))] if found else []
    few = sum(len(p.frames) for p in places) <= FEW
    if few and not query.has("rate", "floor", "interest"):
        out += [f for place in places for f in table_findings("rate", place, inputs)]
    return out


def _size_line(asked: Inquiry) -> list[Finding]:
    """The line between the firms that may apply and those too large, where the question asks for it and tells no headcount."""
    if asked.inputs.get("employees") is not None or not _UP_TO_WHOM.search(asked.query.text):
        return []
    ids = {f"{p.edition.id}#{r.id}" for p in asked.own_places for f in p.frames for r in f.requirements if r.kind == "size"}
    hits = asked.index.with_ids(ids)
    return [ProseFinding(hits[:1])] if hits else []


def _focused(place: Place, prose: Prose) -> Place:
    """A place with the one frame that the words of the question are about, where its passages stand out; else as it is."""
    if place.framed or len(place.frames) < 2:
        return place
    best = {f.id: 0.0 for f in place.frames}
    for hit in prose.hits:
        if hit.passage.edition_id == place.edition.id and len(hit.passage.frames) == 1 and hit.passage.frames[0] in best:
            frame = hit.passage.frames[0]
            best[frame] = max(best[frame], hit.score)
    ranked = sorted(best.values(), reverse=True)
    if ranked[0] < STANDS_OUT or ranked[0] < CLEARLY * ranked[1]:
        return place
    first = tuple(f for f in place.frames if best[f.id] == ranked[0])
    return replace(place, frames=first) if len(first) == 1 else place


def structured_findings(asked: Inquiry, prose: Prose) -> list[Finding]:
    """For each attribute asked for: tables of caps, rates and floors, events, the size of a small firm, in their order.

    Args:
        asked: The question and the knowledge.
        prose: What the search found: it tells which frame the words are about.
    """
    query, route, inputs, index = asked.query, asked.route, asked.inputs, asked.index
    out: list[Finding] = []
    aside: list[Finding] = []
    focused = route.places if OF_EACH.search(query.text) else tuple(_focused(p, prose) for p in route.places)
    for attribute in query.attributes:
        if attribute in TABLES:
            given = inputs.with_(specials=()) if query.both_ways else inputs
            for place in focused:
                limits = _category_limits(query, place, index) if attribute == "cap" else []
                if limits and _of_category(query, place):
                    out += limits
                    out += [f for f in table_findings(attribute, place, given) if f.part and f.part in query.text]
                    continue
                aside += limits
                out += _caps_in_words(attribute, place, index)
                out += [f for f in _table_in_words(attribute, place, index) if f not in out]
                out += table_findings(attribute, place, given)
                now = given.get("employees_now")
                out += table_findings(attribute, place, given.with_(employees=now, office_workers=now)) if now else []
            out += _asked_ratio(attribute, query, route, given) if attribute == "rate" else []
        elif attribute in EVENT_OF and (attribute != "interview" or _WHEN.search(query.text)):
            out += date_findings(attribute, asked)
        elif attribute == "amount" and not query.slots.items and not query.has("price"):
            for place in route.places:
                out += table_findings("cap", place, inputs)
                out += table_findings("floor", place, inputs)
        elif attribute == "size":
            out += _size_line(asked) or eligibility(asked)
    out += [f for f in aside if f not in out]
    out += _with_caps(query, focused, inputs, index) if query.has("cap") else []
    out += [f for place in route.places for f in _who(query, place, prose, index)] if query.has("target") else []
    if query.has("special") and not out:
        return [f for place in route.places for f in table_findings("cap", place, inputs)]
    return out


def beside_gap(asked: Inquiry, found: Sequence[ComputedFinding]) -> list[Finding]:
    """The rates, floors and dates that a question asks for beside a difference, if one was found."""
    rest = tuple(a for a in asked.query.attributes if a in ("rate", "floor", *EVENT_OF))
    if not rest or not any(f.kind == "difference" for f in found):
        return []
    beside = structured_findings(replace(asked, query=replace(asked.query, attributes=rest)), Prose((), (), 0))
    return [f for f in beside if isinstance(f, TableFinding | DateFinding)]
