"""Passages that answer in words: searched among the editions in question, weighed by what is asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import prod

from assistant.ask.carried_thing import is_of_things, of_the_thing
from assistant.ask.inquiry import Inquiry
from assistant.ask.leading import COMPARABLE, best_first, is_thing, leave_asked_for
from assistant.ask.names import fold, regions_in
from assistant.ask.query import Query
from assistant.ask.route import Route
from assistant.ask.superlatives import superlative_first
from assistant.ask.verdicts import asks_leave
from assistant.rules.load import Catalogue
from assistant.search.index import Hit, SearchIndex
from assistant.search.lexical import Lexicon, counts
from assistant.search.passages import Passage
from assistant.text.words import places, words

KIND_BOOST, FRAME_BOOST, OTHER_FRAME, OLDER, GENERAL, ARTICLE = 1.5, 1.4, 0.45, 0.7, 0.8, 0.8
ELSEWHERE = 0.45
"""For what is said of subsidies in general, where a programme is in question that the passage does not name."""
_AREA = re.compile(r"([一-龥]{2,4}[市県])(の?(?:補助|助成|支援|制度|やつ))")
"""An area before a word for its schemes: it names the scheme, it is not what the question is about."""
_OF_AREA = re.compile(r"[一-龥]{2,4}[市県]の?$")
"""An area right before the name of its scheme."""
_SCHEME, _THE_REST = re.compile(r"[一-龥ァ-ヶーA-Za-z](補助金|助成金)"), "ほかの補助金"
"""The name of a programme, and how a passage speaks of all that it does not name."""
_TWO_KANA = re.compile(r"[ぁ-ん]{2}")
_PAY = re.compile(r"賃|給|minimum wage")
THING = 2.0
CATEGORY, ROUND, ALONE, OTHER_SERIES, SPECIAL = 0.6, 3.0, 1.5, 0.75, 1.2


@dataclass(frozen=True, slots=True)
class Prose:
    """Hits for a question, and how telling its words are."""

    hits: tuple[Hit, ...]
    telling: tuple[str, ...]
    """Words of the question that are neither names, numbers, inputs nor words of attributes."""
    named: int
    """Length of the longest name of the best hit that stands in the question (0: none)."""
    firm: int = 0
    """How many of the first hits answer one part each of a question with several parts (prefectures)."""
    unknown: float = 0.0
    """Share of the telling words' weight that no passage of the knowledge holds."""

    @property
    def coverage(self) -> float:
        """Share of the telling words that the best hit contains."""
        return self.hits[0].coverage if self.hits else 0.0


def search_prose(asked: Inquiry, attributes: tuple[str, ...] | None = None) -> Prose:
    """The passages that fit a question best.

    Args:
        asked: The question and the knowledge.
        attributes: Weigh the kinds of these attributes; those of the question if None.
    """
    query, route, index = asked.query, asked.route, asked.index
    text = bare_text(asked)
    text = "" if _names_a_frame_alone(asked, text) else text
    telling = telling_terms(asked, text)
    folded = fold(text).text
    allowed = allowed_passages(asked)
    elsewhere = _of_other_regions(query, asked.catalogue)
    others = _of_others_alone(asked)
    hits = index.search(text, lambda p: allowed(p) and not elsewhere(p) and not others(p), _boost(asked, folded, attributes), limit=24)
    covered = index.lexical.coverages(list(telling))
    graded = tuple(Hit(h.passage, h.score, float(covered[h.row]), h.row, h.alike) for h in hits)
    graded = _of_the_thing(asked, superlative_first(query.text, best_first(query, route, graded, _known_text(index))))
    named = longest_name(graded[0].passage, folded) if graded else 0
    return Prose(graded, telling, named, unknown=unknown_share(query, text, index))


def _of_the_thing(asked: Inquiry, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The hits of a turn that goes on about a thing of the turn before, or names another one in its place."""
    query, index = asked.query, asked.index
    if not query.carried or query.before is None or not is_of_things(hits):
        return hits
    before = search_prose(replace(asked, query=query.before)).hits
    own, kind = bare_text(replace(asked, query=replace(query, leans_on=""))), hits[0].passage.kind
    return of_the_thing(query, hits, before, index.search(own, lambda p: p.kind == kind and p.edition_id in asked.route.editions, limit=24))


def bare_text(asked: Inquiry) -> str:
    """The question without the names of programmes and of the frames in question; a frame of the past is a word like others.

    What was done before the application brings the words of the rule on it, a step told in everyday words its own.
    """
    query, route = asked.query, asked.route
    out = _AREA.sub(lambda m: " " * len(m[1]) + m[2], query.text) if query.areas else query.text
    shown = {f.id for p in route.places for f in p.frames}
    spoken = {p.edition.programme for p in (*route.places, *route.older)} | {old for old, _ in route.renamed}
    for m in query.mentions:
        if spoken and not any(t.programme in spoken for t in m.targets) and all(t.kind == "programme" for t in m.targets):
            continue  # another programme, as a thing that the question is about (登録していると加点になるか)
        inner = ("special", "component", "frame", "series") if query.has("definition") else ("special", "component")
        if all(t.kind in inner for t in m.targets) or all(t.kind == "frame" and t.frame not in shown for t in m.targets):
            continue
        start = m.start - (len(before.group()) if (before := _OF_AREA.search(query.text[: m.start])) else 0)
        out = out[:start] + " " * (m.end - start) + out[m.end :]
    more = (query.leans_on, query.procedure, str(asked.catalogue.vocabulary.get("done_first", "")) if query.done_first else "")
    return "\n".join((out, *(m for m in more if m)))


def _names_a_frame_alone(asked: Inquiry, text: str) -> bool:
    """Whether a question names a frame and else no more than a part of its programme's name (省エネのトップ性能枠)."""
    query, index = asked.query, asked.index
    if query.named_programmes or query.attributes or not query.named("frame") or query.slots.items:
        return False
    own = (asked.catalogue.programmes[p.edition.programme] for p in asked.route.places)
    return set(index.terms(text)) <= {t for p in own for n in (p.name, p.short) for t in index.lexicon.terms(n)}


def telling_terms(asked: Inquiry, text: str, attributes: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """Words that carry what is asked: not numbers, not inputs already understood, not words of attributes (of these, or of all)."""
    query, index, table = asked.query, asked.index, asked.catalogue.vocabulary
    spans = [(q.start, q.end) for q in query.slots.quantities]
    industry = str(query.slots.inputs.get("industry_word") or "")
    known = _words_of_attributes(asked.catalogue, index.lexicon, attributes)
    if query.slots.inputs.get("capital_yen"):
        known |= {t for n in table["money_roles"]["capital_yen"]["before"] for t in index.lexicon.terms(str(n))}
    out = []
    for word in words(text):
        if not counts(word) or not word.noun or any(a <= word.start and word.end <= b for a, b in spans):
            continue
        term = index.lexicon.term(word)
        if term in index.lexicon.stop or term in known or (industry and text[word.start : word.end] in industry):
            continue
        out.append(term)
    return tuple(dict.fromkeys(out))


@lru_cache(maxsize=64)
def _words_of_attributes(catalogue: Catalogue, lexicon: Lexicon, attributes: tuple[str, ...] | None) -> frozenset[str]:
    tables: dict[str, list[str]] = catalogue.vocabulary.get("attributes", {})
    names = (n for a in (tables if attributes is None else attributes) for n in tables.get(a, ()))
    return frozenset(t for n in names for t in lexicon.terms(str(n)))


def without_places(asked: Inquiry, telling: tuple[str, ...]) -> tuple[str, ...]:
    """The telling words that name no place: where a firm is decides nothing of a scheme of the country."""
    named = {t for p in places(asked.query.text) for t in asked.index.lexicon.terms(p)}
    return tuple(t for t in telling if t not in named)


def unknown_share(query: Query, text: str, index: SearchIndex) -> float:
    """Share of the question's nouns (runs of neighbouring nouns, by length) that no passage writes, 0..1."""
    spans = [(q.start, q.end) for q in query.slots.quantities]
    runs: list[str] = []
    last = -1
    for word in words(text):
        if not word.noun or word.number or any(a <= word.start and word.end <= b for a, b in spans):
            continue
        surface = text[word.start : word.end]
        if word.start == last and runs:
            runs[-1] += surface
        else:
            runs.append(surface)
        last = word.end
    kept = [r for r in runs if len(r) >= 2]
    total = sum(len(r) for r in kept)
    known = _known_text(index)
    return sum(len(r) for r in kept if r not in known) / total if total else 0.0


@lru_cache(maxsize=4)
def _known_text(index: SearchIndex) -> str:
    """Everything that the passages say, in one text: what is not in it, the knowledge does not speak of."""
    return "\n".join(f"{p.topic}\n{' '.join(p.also)}\n{p.text}" for p in index.passages)


def allowed_passages(asked: Inquiry) -> Callable[[Passage], bool]:
    """Which passages may answer: those of the places; where no programme is named, local schemes only to who names the area."""
    query, route, catalogue = asked.query, asked.route, asked.catalogue
    local = {p.id for p in catalogue.programmes.values() if p.area}
    named = {p.id for p in catalogue.programmes.values() if p.area in query.areas}
    chosen = {p.edition.id for p in (*route.places, *route.older)}
    programmes = {p.edition.programme for p in (*route.places, *route.older)}
    if query.has("adoption_rate"):  # what became of the rounds stands in whichever edition was written last
        chosen |= {e.id for p in programmes for e in catalogue.editions_of(p)}

    answering = chosen or asked.editions
    paid = bool(_PAY.search(query.text))

    def check(passage: Passage) -> bool:
        if passage.programme is None and passage.kind == "wage" and not paid:
            return False  # a prefecture's minimum wage is not meant by who only says where he is
        if not chosen and passage.programme and (passage.programme in local - named or named and passage.programme not in named):
            return False
        if passage.edition_id is None:
            return passage.programme is None or not programmes or passage.programme in programmes
        return passage.edition_id in answering

    return check


def _boost(asked: Inquiry, folded: str, attributes: tuple[str, ...] | None) -> Callable[[Passage], float]:
    query, route, catalogue = asked.query, asked.route, asked.catalogue
    table: dict[str, list[str]] = catalogue.vocabulary.get("fact_kinds", {})
    kinds = {k for a in (query.attributes if attributes is None else attributes) for k in table.get(a, ())}
    named = {f.id for p in route.places if p.framed or len(p.frames) < len(p.edition.frames) for f in p.frames}
    older = {p.edition.id for p in route.older} - route.editions
    specials = {t.special for t in query.named("special")}
    aside = _of_other_series(query, catalogue)
    rounds = re.compile("|".join(rf"第?{r.number}{r.unit}" for r in query.rounds)) if query.rounds else None
    about = leave_asked_for(query)
    in_general = _weight_in_general(asked)

    def weigh(passage: Passage) -> float:
        factor = prod(
            f for f, holds in (
                (KIND_BOOST, passage.kind in kinds), (OLDER, passage.edition_id in older), (ARTICLE, passage.kind == "article"),
                (SPECIAL, passage.item_id in specials), (OTHER_SERIES, aside(passage)),
                (CATEGORY, passage.text.startswith("「") and passage.kind == "eligible_cost"),
                (ROUND, rounds and rounds.search(passage.topic)), (THING, is_thing(passage, about)),
            ) if holds
        )  # fmt: skip
        if named and passage.frames:
            factor *= FRAME_BOOST if named & set(passage.frames) else OTHER_FRAME
        if passage.programme is None:
            factor *= in_general(passage)
        return factor * (1 + 0.22 * min(longest_name(passage, folded), 8))

    return weigh


def _of_other_series(query: Query, catalogue: Catalogue) -> Callable[[Passage], bool]:
    """Whether a passage is of a series that is neither its programme's usual one nor named."""
    defaults = {p.id: p.default_series for p in catalogue.programmes.values() if p.default_series}
    said = {(t.programme, t.series) for t in query.named("series") + query.named("frame")}

    def check(passage: Passage) -> bool:
        default = defaults.get(passage.programme or "")
        return bool(default) and passage.series not in (None, default) and (passage.programme, passage.series) not in said

    return check


def _weight_in_general(asked: Inquiry) -> Callable[[Passage], float]:
    """The factor for a passage of no programme: less where a programme is in question, or the place of local schemes."""
    spoken = _names_of(asked.route.programmes, asked.catalogue)

    def weigh(passage: Passage) -> float:
        if asked.query.areas:
            return ELSEWHERE
        if not asked.route.places:
            return ALONE
        return GENERAL if any(n in passage.text for n in spoken) else ELSEWHERE

    return weigh


def _of_others_alone(asked: Inquiry) -> Callable[[Passage], bool]:
    """Whether a passage tells of other programmes than the one that a question of leave names, and nothing of the rest."""
    query = asked.query
    spoken = _names_of(asked.route.programmes, asked.catalogue)
    leave = bool(query.named_programmes and asked.route.places) and asks_leave(query) and not query.has("combine", "compare")

    def check(passage: Passage) -> bool:
        of_several = leave and passage.programme is None and _SCHEME.search(passage.text)
        return bool(of_several) and not any(n in passage.text for n in (*spoken, _THE_REST))

    return check


def _of_other_regions(query: Query, catalogue: Catalogue) -> Callable[[Passage], bool]:
    """Whether a passage is about prefectures of which the question names none, where it names one."""
    regions: tuple[str, ...] = tuple(catalogue.vocabulary.get("regions", ()))
    named = set(regions_in(query.text, catalogue))

    def check(passage: Passage) -> bool:
        about = {r for r in regions if r in passage.topic} if named and passage.kind == "wage" else set()
        return bool(about) and not about & named

    return check


def _names_of(programmes: frozenset[str], catalogue: Catalogue) -> tuple[str, ...]:
    """How texts call these programmes."""
    found = [catalogue.programmes[p] for p in programmes]
    return tuple(n for p in found for n in (p.short.removesuffix("補助金"), p.name, *p.also) if len(n) >= 3)


def by_region(query: Query, prose: Prose, catalogue: Catalogue) -> Prose:
    """Where several prefectures are named: the best passage of each, in their order, before all others."""
    named = regions_in(query.text, catalogue)
    if len(named) < 2:
        return prose
    named.sort(key=query.text.find)
    return _led_by_each(prose, [next((h for h in prose.hits if r in h.passage.topic), None) for r in named], least=1)


def by_programme(query: Query, prose: Prose) -> Prose:
    """Where several programmes are named: the best passage of each, in the order of the names, before all others.

    Whether they may be used together is told of subsidies in general.
    """
    if len(query.named_programmes) < 2 or query.has("combine"):
        return prose
    near = _near_the_first(prose)
    return _led_by_each(prose, [next((h for h in near if h.passage.programme == p), None) for p in query.named_programmes])


def by_edition(query: Query, route: Route, prose: Prose) -> Prose:
    """Where a question sets an older edition against the one of today: the best passage of each, before all others."""
    shown = list(dict.fromkeys(p.edition.id for p in (*route.places, *route.older)))
    asked = len(query.rounds) > 1 or query.has("change", "compare")
    if prose.firm >= 2 or len(shown) != 2 or not asked:
        return prose
    near = _near_the_first(prose)
    return _led_by_each(prose, [next((h for h in near if h.passage.edition_id == e), None) for e in shown])


def by_frame(query: Query, route: Route, prose: Prose) -> Prose:
    """Where several frames of a programme are named to be compared: the best passage of each, before all others."""
    named = [f.id for p in route.places if p.framed for f in p.frames]
    if prose.firm >= 2 or len(named) < 2 or not query.has("compare", "change", "requirement"):
        return prose
    near = _near_the_first(prose)
    return _led_by_each(prose, [next((h for h in near if h.passage.frames == (f,)), None) for f in named])


def _near_the_first(prose: Prose) -> list[Hit]:
    """The hits that may stand beside the first one."""
    return [h for h in prose.hits if h.score >= COMPARABLE * prose.hits[0].score]


def _led_by_each(prose: Prose, first: list[Hit | None], least: int = 2) -> Prose:
    """The passages with the best of each part of the question before all others, where at least so many parts have one."""
    best = [h for h in first if h is not None]
    if len(best) < least:
        return prose
    return replace(prose, firm=len(best), hits=(*best, *(h for h in prose.hits if h not in best)))


def longest_name(passage: Passage, folded: str) -> int:
    """Length of the longest of a passage's names that stands in the folded question (two characters or more)."""
    return next((len(key) for key in _folded_names(passage.topic, passage.also) if key in folded), 0)


@cache
def _folded_names(topic: str, also: tuple[str, ...]) -> tuple[str, ...]:
    """The names of a passage as questions are folded, the longest first, without those that are too short to tell."""
    keys = {fold(name).text for name in (topic, *also)}
    return tuple(sorted((k for k in keys if len(k) >= 2 and not _TWO_KANA.fullmatch(k)), key=len, reverse=True))
