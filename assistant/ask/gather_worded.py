"""Attributes that are answered in words (加点, 審査, 返還 …): the passages of their kind."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.ask.beneath import beneath
from assistant.ask.evidence import ComputedFinding, Finding, ProseFinding
from assistant.ask.gather_prose import longest_name, search_prose
from assistant.ask.inquiry import Inquiry
from assistant.ask.leading import led_by
from assistant.ask.names import fold, regions_in
from assistant.ask.query import Query
from assistant.ask.route import Route
from assistant.ask.superlatives import superlative_first
from assistant.ask.verdicts import is_silent
from assistant.rules.editions import event_of
from assistant.rules.load import Catalogue
from assistant.search.index import Hit, SearchIndex
from assistant.search.passages import Passage

SAME = 0.5
"""Likeness to a stored question, or share of the telling words, from which a general passage answers for a programme."""
LONG_NAME = 6
"""Length from which a passage's name in the question says that the passage is about it."""
WORDED = (
    "live", "person", "average", "site", "bonus", "penalty", "review", "document", "step", "repayment", "form", "adoption_rate",
    "case", "contact", "period", "price", "phone", "min_wage", "change", "combine", "usage", "interest", "received",
)  # fmt: skip
FAINT, PLAIN = 5.0, 15.0
"""A score below which a passage hardly speaks of the question, and one from which it plainly does."""
_ALL_TOLD = re.compile(r"通算|累計|通して|トータル|合計|全体|平均|全部")
"""Two rounds with such a word are the first and last of all that are meant together."""
_FOR_HOW_LONG = re.compile(r"何(年|か月|ヶ月|カ月|ヵ月)分")
_PAID_FOR = re.compile(r"\{([a-z0-9-]+)\}分")
"""The span for which something is paid, as a passage tells it."""
_SAME_COST = re.compile(r"同じ(経費|もの|費用|機械|設備|支払|物)|二重|ダブ")
_OTHER_SCHEMES = re.compile(r"(他|ほか|別|国)の(補助金|助成|制度)|国が(助成|補助)")
HARD = ("live", "person", "average", "site", "adoption_rate", "contact", "price", "phone", "min_wage", "interest", "received")
"""Attributes that passages of one kind answer."""


def worded_findings(asked: Inquiry) -> tuple[list[Finding], str | None]:
    """For each attribute that is answered in words (加点, 審査, 返還 …): the passages of its kind.

    Returns:
        The findings, and an attribute of hard facts (a rate of adoption, a phone number) that no passage holds.
    """
    query, route, catalogue = asked.query, asked.route, asked.catalogue
    spans = _spans_paid(asked)
    out: list[Finding] = [ProseFinding(spans[:1], spans[1:2])] if spans else []
    absent = None
    table: dict[str, list[str]] = catalogue.vocabulary.get("fact_kinds", {})
    if query.has("project_end") and not query.has("period"):
        out += _time_allowed(route, asked.index, str(catalogue.vocabulary.get("worded_topics", {}).get("project_end", "$^")))
    told = ("period", "price") if spans else ()
    for attribute in sorted(query.attributes, key=lambda a: a != "combine"):
        if attribute not in WORDED or attribute in told:
            continue
        found = search_prose(asked, (attribute,))
        if attribute == "received" and not (found.hits and found.hits[0].passage.kind == "case"):
            continue  # what the user himself has received is no case
        hits = tuple(h for h in found.hits if h.passage.kind in table.get(attribute, ()) and _of_the_matter(h, route, bool(found.telling)))
        topics = catalogue.vocabulary.get("worded_topics", {}).get(attribute)
        if topics:
            hits = tuple(h for h in found.hits if re.search(topics, h.passage.topic + "".join(h.passage.also)) and _near(h, query, route))
        if attribute == "period" and not _with_spans(hits, route):
            hits = _with_spans(found.hits, route) or hits
        hits = _of_several(query, hits) if attribute == "combine" else _named_first(query, hits)
        hits = superlative_first(query.text, hits)
        if attribute in HARD:
            hits = _hard(attribute, hits, query, catalogue) or (_sites(asked) if attribute == "site" else ())
            if not hits:
                absent = attribute
        hits = hits or (_changes_of_told(asked) if attribute == "change" else ())
        hits = hits or (_cost_lists(route, asked.index, str(topics)) if attribute == "usage" else ())
        if hits:
            out += _difference(query, hits) if attribute == "adoption_rate" else []
            out.append(ProseFinding(hits[:1], beneath(query, hits)))
    return _plainest_first(out), absent


def _plainest_first(found: list[Finding]) -> list[Finding]:
    """The findings with the one in front whose passage speaks of the question, where that of the first hardly does."""
    scores = [f.lead[0].score if isinstance(f, ProseFinding) and f.lead else 0.0 for f in found]
    best = max(scores, default=0.0)
    if not scores or not 0.0 < scores[0] < FAINT or best < PLAIN:
        return found
    at = scores.index(best)
    return [found[at], *found[:at], *found[at + 1 :]]


def _of_several(query: Query, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The passages on using several programmes at once where several are named: what holds for all first, none on measures within one."""
    if len(query.named_programmes) < 2:
        return _named_first(query, hits)
    same_cost = bool(_SAME_COST.search(query.text))
    kept = [h for h in hits if h.passage.programme is None or _OTHER_SCHEMES.search(h.passage.text)]
    kept.sort(key=lambda h: (h.passage.programme is not None, bool(_SAME_COST.search(h.passage.text)) != same_cost))
    return tuple(kept) or hits


def _spans_paid(asked: Inquiry) -> tuple[Hit, ...]:
    """The passages of the frames in question that tell for how many years or months a fee is paid, where that is asked."""
    if not _FOR_HOW_LONG.search(asked.query.text):
        return ()
    editions, frames = asked.route.editions, {f.id for p in asked.route.places for f in p.frames}

    def tells(passage: Passage) -> bool:
        spans = (passage.figures.get(m.group(1)) for m in _PAID_FOR.finditer(passage.template))
        ours = passage.edition_id in editions and (not passage.frames or bool(frames & set(passage.frames)))
        return ours and any(v is not None and v.unit in ("years", "months") for v in spans)

    return tuple(h for h in search_prose(asked, ("period",)).hits if tells(h.passage)) or asked.index.where(tells)


def _hard(attribute: str, hits: tuple[Hit, ...], query: Query, catalogue: Catalogue) -> tuple[Hit, ...]:
    """The passages that hold the hard fact asked for, of the rounds, prefectures and year that are named."""
    pattern = re.compile(str(catalogue.vocabulary.get("hard_facts", {}).get(attribute, ".")))
    spanned = len(query.rounds) in (0, 2) and bool(_ALL_TOLD.search(query.text))
    spanned |= attribute == "adoption_rate" and not query.rounds and not query.year
    rounds = [] if spanned else [f"{r.number}{r.unit}" for r in query.rounds]
    hits = tuple(h for h in hits if not re.search(r"\d", h.passage.topic)) or hits if spanned else hits
    wanted = regions_in(query.text, catalogue)
    wanted += [str(query.year)] if query.year and attribute == "min_wage" else []
    held = tuple(
        h for h in hits
        if pattern.search(h.passage.text) and all(w in h.passage.text for w in wanted)
        and (attribute != "price" or h.coverage > 0 or h.alike >= SAME)
        and (attribute != "adoption_rate" or _names_any(h.passage, query, catalogue))
        and (not rounds or any(r in h.passage.topic for r in rounds))
    )  # fmt: skip
    if len(query.rounds) > 1:  # what is not told of one round leads: nothing can be compared
        held = tuple(sorted(held, key=lambda h: not is_silent(h.passage.text)))
    # that a successor has no such fact is no answer about the programme named, where that has one
    return tuple(h for h in held if h.passage.programme in (None, *query.named_programmes) or not is_silent(h.passage.text)) or held


def _names_any(passage: Passage, query: Query, catalogue: Catalogue) -> bool:
    """Whether a passage is of a programme that the question names, or a general one that has its name; of a frame, if it names one."""
    named = [catalogue.programmes[p] for p in query.named_programmes]
    names = [n for p in named for n in (p.short.removesuffix("補助金").removesuffix("助成金"), p.name, *p.also) if len(n) > 2]
    frames = [m.text for m in query.mentions if all(t.kind == "frame" for t in m.targets)]
    if frames and not query.rounds and not passage.frames and not any(f in passage.topic + passage.text for f in frames):
        return False
    return passage.programme is not None or not named or any(n in passage.text for n in names)


def _with_spans(hits: tuple[Hit, ...], route: Route) -> tuple[Hit, ...]:
    """Passages of the frames in question that tell for how long something is paid, where none is of the kind of periods."""
    editions, frames = route.editions, route.named_frames
    return tuple(
        h for h in hits
        if h.passage.edition_id in editions and (not frames or frames & set(h.passage.frames))
        and any(v.unit in ("years", "months", "weeks", "days") for v in h.passage.figures.values())
    )  # fmt: skip


def _named_first(query: Query, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The passages with one whose own long name stands in the question before a list that holds it among others."""
    folded = fold(query.text).text
    names = [longest_name(h.passage, folded) for h in hits[:3]]
    best = max(names, default=0)
    if best < LONG_NAME or best <= names[0]:
        return hits
    return led_by(hits[names.index(best)], hits)


def _near(hit: Hit, query: Query, route: Route) -> bool:
    """Whether a passage is near what is asked; a local scheme is only guessed where the area alone is named."""
    return bool(route.places) or not query.areas or hit.alike >= SAME or hit.coverage >= SAME


def _of_the_matter(hit: Hit, route: Route, telling: bool) -> bool:
    """Whether a passage is of the programmes in question; what holds in general speaks where none is, or of what is alike."""
    return not route.places or hit.passage.programme is not None or hit.alike >= SAME or (telling and hit.coverage >= SAME)


def _time_allowed(route: Route, index: SearchIndex, pattern: str) -> list[Finding]:
    """How long a project may take in each place that prints no day by which it ends: passages that speak of it (`pattern`)."""
    editions, frames = {p.edition.id for p in route.places if not event_of(p.window.round, "project_end")}, route.named_frames
    hits = index.where(
        lambda p: p.kind == "period" and p.edition_id in editions and bool(re.search(pattern, p.topic + p.text))
        and (not frames or not p.frames or bool(frames & set(p.frames)))
    )  # fmt: skip
    first = tuple({h.passage.edition_id: h for h in reversed(hits)}.values())
    return [ProseFinding(first, tuple(h for h in hits if h not in first)[:2])] if hits else []


def _cost_lists(route: Route, index: SearchIndex, pattern: str) -> tuple[Hit, ...]:
    """The lists of what the places pay for, where the search found none."""
    editions, frames = route.editions, route.named_frames
    return index.where(
        lambda p: p.kind == "eligible_cost" and p.edition_id in editions and bool(re.search(pattern, p.topic))
        and (not frames or bool(frames & set(p.frames)))
    )  # fmt: skip


def _changes_of_told(asked: Inquiry) -> tuple[Hit, ...]:
    """What is said to have changed in the frames in question from the very value that a question tells (3年以内だったのに)."""
    editions, frames = asked.route.editions, asked.route.named_frames
    told = {(q.unit, q.exact) for q in asked.query.slots.quantities if q.exact is not None}
    return asked.index.where(
        lambda p: p.kind == "lineage" and p.edition_id in editions and (not p.frames or not frames or bool(frames & set(p.frames)))
        and any((v.unit, v.exact) in told for v in p.figures.values())
    )  # fmt: skip


def _sites(asked: Inquiry) -> tuple[Hit, ...]:
    """The passages of the places that give an address on the net, those on a thing that the question names first."""
    names = tuple(m.text for m in asked.query.mentions)
    found = asked.index.where(lambda p: p.edition_id in asked.route.editions and "https://" in p.text)
    return tuple(sorted(found, key=lambda h: not any(n in h.passage.text for n in names)))[:3]


def _difference(query: Query, hits: tuple[Hit, ...]) -> list[Finding]:
    """The difference of the same percentage of two rounds, where the question asks for it."""
    if len(query.rounds) != 2 or len(hits) < 2 or not re.search(r"差|ポイント|どれだけ|落ち|上が|下が", query.text):
        return []
    pairs = [(h, next((v for v in h.passage.figures.values() if v.percent is not None), None)) for h in hits[:2]]
    (one, a), (two, b) = pairs
    if a is None or b is None:
        return []
    more, less = sorted((Decimal(str(a.percent)), Decimal(str(b.percent))), reverse=True)
    gap = f"{(more - less).normalize():f}"
    step = f"{more}% － {less}% ＝ {gap}ポイント"
    values = {"gap": gap, "labels": f"{one.passage.topic}と{two.passage.topic}"}
    return [ComputedFinding("gap", values, (step,), one.passage.source)]
