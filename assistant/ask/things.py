"""Schemes of a place that a question tells by the things that they pay for: which schemes and frames are meant, and what they pay."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.ask.evidence import Evidence, Finding, ProseFinding, TableFinding
from assistant.ask.gather_compare import side_by_side
from assistant.ask.gather_prose import Prose
from assistant.ask.gather_structured import structured_findings
from assistant.ask.gather_tables import table_findings
from assistant.ask.inquiry import Inquiry
from assistant.ask.names import bare
from assistant.ask.query import Query
from assistant.ask.route import Place, choose_route
from assistant.ask.wording import blanked
from assistant.rules.costs import FEE_END
from assistant.rules.load import Catalogue
from assistant.rules.schema import Edition
from assistant.search.index import Hit

LEAST_NAME, LEAST_THING, MOST_THING = 2, 3, 30
"""Lengths of the name of a cost, and of the words for one of the things that are set beside each other."""
ENOUGH = 0.4
"""Share of the words for a thing that a passage must hold for its scheme to be the one meant."""
_JOINT = re.compile(r"(?:と(?!いう|して|も)|や|、|・|？|\?)")
_EDGE = re.compile(r"[、。？?！!\n]|(?:では|は|だと|なら|で)(?=、?(?:それぞれ|どう|どれ|どち|どっち|補助|上限|率|いくら|市))")
_EACH = re.compile(r"それぞれ|ずつ|違|変わ|差|比べ|比較|どちら|どっち|両方")
_MORE = 2
_OF_FRAMES = ("target", "eligible_cost")
"""Kinds of passages that say what a frame pays for."""


def with_paying_frames(query: Query, place: Place, catalogue: Catalogue) -> Place:
    """A place of a local scheme with the frames that pay for what the question names; as it is where it names nothing of one."""
    if place.framed or len(place.frames) < 2 or not catalogue.programmes[place.edition.programme].area:
        return place
    paying = frozenset() if _EACH.search(query.text) else _paying(query, place.edition)
    frames = tuple(f for f in place.frames if f.id in paying)
    return replace(place, frames=frames) if frames else place


def _paying(query: Query, edition: Edition) -> frozenset[str]:
    """The frames that pay for what a question names; none where it names nothing, or what every frame pays for."""
    text = blanked(query.text, tuple((m.start, m.end) for m in query.mentions))
    costs = [c for c in edition.costs if c.verdict != "excluded" and _names(c.names, text)]
    facts = [f for f in edition.facts if f.kind in _OF_FRAMES and f.frames and _names((f.topic, *f.also), text)]
    paying = [*(f for c in costs for f in c.frames), *(f for fact in facts for f in fact.frames)]
    return frozenset(paying) if all(c.frames for c in costs) else frozenset()


def paid_for_thing(asked: Inquiry, prose: Prose) -> Evidence | None:
    """The cap and rate of the local scheme that pays for the thing asked about, before what is said of the thing; else None.

    A passage that tells a sum itself says more than the tables.
    """
    query, places = asked.query, asked.route.places
    best = prose.hits[0].passage if prose.hits else None
    if len(places) != 1 or best is None or not asked.catalogue.programmes[places[0].edition.programme].area:
        return None
    told = any(v.yen is not None or v.ratio is not None for v in best.figures.values())
    if told or best.programme != places[0].edition.programme or not query.has("amount") or query.slots.items:
        return None
    place = places[0]
    if len(place.edition.frames) > 1 and not _paying(query, place.edition):
        return None
    tables = [f for kind in ("cap", "rate") for f in table_findings(kind, place, asked.inputs)]
    own = tuple(h for h in prose.hits if h.passage.programme == best.programme)
    return Evidence((*tables, ProseFinding(own[:1], own[1 : 1 + _MORE])), covered=prose.coverage)


def schemes_apart(asked: Inquiry) -> Evidence | None:
    """The tables of two schemes of a place that a question tells apart by the things that they pay for; None if it does not."""
    query = asked.query
    named = len({t.programme for t in query.named("programme")}) > 1 or bool(query.named("frame"))
    if named or not query.areas or not query.has("cap", "rate", "amount") or not _EACH.search(query.text):
        return None
    hits = _things_apart(asked)
    if not hits:
        return None
    found = tuple(str(h.passage.programme) for h in hits)
    route = choose_route(replace(query, programmes=found), asked.catalogue, asked.today)
    attributes = tuple(dict.fromkeys(a for b in query.attributes for a in (("cap", "rate") if b == "amount" else (b,))))
    about = replace(asked, route=route, query=replace(query, attributes=attributes, programmes=found))
    tables: list[Finding] = [f for f in structured_findings(about, Prose((), (), 0)) if isinstance(f, TableFinding)]
    return Evidence((*side_by_side(about, tables), ProseFinding((), hits))) if tables else None


def _things_apart(asked: Inquiry) -> tuple[Hit, ...]:
    """The best passage for each of two things that a question sets beside each other, where they are of different schemes."""
    text = re.sub("|".join(re.escape(n) for a in asked.query.areas for n in (a, bare(a))), " ", asked.query.text)
    pairs: list[tuple[Hit, Hit]] = []
    for joint in _JOINT.finditer(text):
        left = re.split(r"[。、？?！!\n]", text[: joint.start()])[-1]
        right = _EDGE.split(text[joint.end() :], maxsplit=1)[0]
        if not all(LEAST_THING <= len(t.strip()) <= MOST_THING for t in (left, right)):
            continue
        one, other = _scheme_of(left, asked), _scheme_of(right, asked)
        if one and other and one.passage.programme != other.passage.programme:
            pairs.append((one, other))
    return max(pairs, key=lambda p: min(h.coverage for h in p), default=())


def _scheme_of(thing: str, asked: Inquiry) -> Hit | None:
    """The passage of a scheme of the areas that speaks most of a thing, if it holds enough of its words."""
    local = {p.id for p in asked.catalogue.programmes.values() if p.area in asked.query.areas}
    hits = asked.index.search(thing, lambda p: p.programme in local and p.edition_id is not None, limit=1)
    return hits[0] if hits and hits[0].coverage >= ENOUGH else None


def _names(names: tuple[str, ...], text: str) -> bool:
    """Whether a name of a cost stands in a text, with or without its last word for money."""
    return any(len(n) >= LEAST_NAME and FEE_END.sub("", n) in text for n in names)
