"""Choose what answers: the editions and frames in question, and the way to the answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from assistant.ask.names import fold
from assistant.ask.query import Query
from assistant.ask.rounds import BEFORE_REIWA, RoundMention, names_round
from assistant.errors import NoEdition
from assistant.rules.conditions import Inputs, Verdict
from assistant.rules.editions import Window, default_window, editions_in, series_of, windows_on
from assistant.rules.eligibility import with_size
from assistant.rules.load import Catalogue
from assistant.rules.schema import Edition, Frame

Way = Literal["small_talk", "unsafe", "out_of_scope", "unknown_name", "unknown_round", "answer"]
_NOW = re.compile(r"今は|今の|今も|いまは|いまの|現在|今年|今回|する今|今はいくつ")


@dataclass(frozen=True, slots=True)
class Place:
    """A round of an edition that the question is about, and the frames of it."""

    window: Window
    frames: tuple[Frame, ...]
    framed: bool
    """Whether the question named the frame (else all frames of the edition are in play)."""

    @property
    def edition(self) -> Edition:
        """The edition of the round."""
        return self.window.edition


@dataclass(frozen=True, slots=True)
class Route:
    """The way to the answer and the places it is about, best first."""

    way: Way
    places: tuple[Place, ...] = ()
    older: tuple[Place, ...] = ()
    """Editions of a predecessor that was named by its old name: they answer what the newer ones do not hold."""
    renamed: tuple[tuple[str, str], ...] = ()
    """(old programme, new programme) where an old name was used for what has a successor."""
    missing_round: str | None = None
    """The text of a round that no edition has; with places beside it where another round that was named is known."""
    wider: tuple[Place, ...] = ()
    """The places without narrowing to the frames that were named."""

    @property
    def editions(self) -> frozenset[str]:
        """Ids of the editions of the places."""
        return frozenset(p.edition.id for p in self.places)

    @property
    def programmes(self) -> frozenset[str]:
        """Ids of the programmes of the places."""
        return frozenset(p.edition.programme for p in self.places)

    @property
    def named_frames(self) -> frozenset[str]:
        """Ids of the frames that the question named."""
        return frozenset(f.id for p in self.places if p.framed for f in p.frames)


def choose_route(query: Query, catalogue: Catalogue, today: date) -> Route:
    """The route of a query on a day."""
    for way, taken in (("unsafe", query.unsafe), ("small_talk", query.small_talk), ("out_of_scope", query.out_of_scope)):
        if taken:
            return Route(way)  # type: ignore[arg-type]
    if query.unknown_names and not query.programmes:
        return Route("unknown_name")
    if query.year and _NOW.search(query.text) and not query.rounds:
        query = replace(query, year=None)
    query = _behind_declaration(query, catalogue)
    found = _Found()
    for programme in _meant(query, catalogue)[:4]:
        _find(found, query, catalogue, programme, today)
    if found.lost and not found.places:
        if query.has("adoption_rate"):
            return choose_route(replace(query, rounds=()), catalogue, today)
        return Route("unknown_round", tuple(found.older), missing_round=found.lost)
    if not found.places and found.older:
        found.places, found.older = found.older, []
    bare = replace(query, targets=())
    wider = [p for name in _meant(query, catalogue)[:4] for p in _places(bare, catalogue, name, today)[0]]
    return Route("answer", _unique(found.places), _unique(found.older), tuple(found.renamed), found.lost, _unique(wider))


def _behind_declaration(query: Query, catalogue: Catalogue) -> Query:
    """A question for an amount or rate that names only a declaration: it is about the programmes that demand it.

    Where the question names an amount too, only those are meant whose cap it is.
    """
    kinds = {catalogue.programmes[p].kind for p in query.programmes}
    if "declaration" in kinds and len(kinds) > 1 and "has_100oku_declaration" in query.slots.inputs:
        others = tuple(p for p in query.programmes if catalogue.programmes[p].kind != "declaration")
        return replace(query, programmes=others, named_programmes=others)  # made or not: a fact told of the firm
    if kinds != {"declaration"} or not (query.has("cap", "rate", "floor", "amount", "period") or "投資額" in query.text):
        return query
    amounts = {q.value for q in query.slots.quantities if q.unit == "yen"}
    demanding: dict[str, bool] = {}
    for edition in catalogue.editions.values():
        for frame in edition.frames:
            if any(r.kind == "declaration" and r.test is not None for r in frame.requirements):
                fits = bool(frame.cap and any(c.yen in amounts for c in frame.cap.cases))
                demanding[edition.programme] = demanding.get(edition.programme, False) or fits
    meant = tuple(p for p, fits in demanding.items() if fits) or tuple(demanding)
    return replace(query, programmes=meant, named_programmes=meant) if meant else query


@dataclass
class _Found:
    """Places collected while the programmes of a question are looked at."""

    places: list[Place] = field(default_factory=list)
    older: list[Place] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    lost: str | None = None


def _find(found: _Found, query: Query, catalogue: Catalogue, programme: str, today: date) -> None:
    """Add the places of one programme: its own, its successor's where the old name is used, both where change is asked."""
    query = replace(query, rounds=tuple(r for r in query.rounds if r.programme in (None, programme)))
    here, missing = _places(query, catalogue, programme, today)
    missing = missing or _first_missing(query, catalogue, programme) or _missing_year(query, catalogue, programme)
    if missing:
        found.lost = found.lost or missing
        if not here or len(query.rounds) < 2:
            return
    successor = _successor(catalogue, programme)
    now = replace(query, rounds=(), year=None)
    later = (
        _like_frames(query, _places(now, catalogue, successor, today, same_frames=False)[0])
        if successor and successor not in query.programmes
        else []
    )
    if successor and not (query.rounds or query.year) and not _is_old_only(query, programme):
        found.older += here
        found.renamed.append((programme, successor))
        found.places += later
        return
    if query.has("change"):
        if query.rounds or query.year:
            found.places = _places(now, catalogue, programme, today)[0] + found.places
        here += later
    found.places += here


def _large_enough_out(query: Query, catalogue: Catalogue, programmes: tuple[str, ...]) -> tuple[str, ...]:
    """Programmes only guessed from a name that several share, without those whose size line the headcount told is beyond."""
    if query.named_programmes or len(programmes) < 2 or query.slots.inputs.get("employees") is None:
        return programmes
    inputs = with_size(Inputs(query.slots.inputs), catalogue.general.size_classes)

    def open_to(programme: str) -> bool:
        named = {(t.series, t.frame) for t in query.targets if t.programme == programme and t.frame}
        return any(
            not any(r.kind == "size" and r.test and r.test.check(inputs) is Verdict.NOT_MET for r in frame.requirements)
            for e in catalogue.editions_of(programme)
            for frame in e.frames
            if not named or (e.series, frame.id) in named
        )

    return tuple(p for p in programmes if open_to(p)) or programmes


def _meant(query: Query, catalogue: Catalogue) -> tuple[str, ...]:
    """The programmes in question; one only implied by a frame's name gives way to its successor."""
    later = {_successor(catalogue, p) for p in query.programmes} & set(query.programmes)
    if query.named_programmes or (query.rounds and not all(_has_rounds(query, catalogue, p) for p in later if p)):
        return query.programmes
    found = tuple(p for p in query.programmes if _successor(catalogue, p) not in query.programmes) or query.programmes
    return _large_enough_out(query, catalogue, found)


def _has_rounds(query: Query, catalogue: Catalogue, programme: str) -> bool:
    """Whether a programme has rounds of the numbers that a question names."""
    names = [n for e in catalogue.editions_of(programme) for r in e.rounds for n in (r.label, *r.also)]
    return all(any(names_round(n, mention) for n in names) for mention in query.rounds)


def _like_frames(query: Query, places: list[Place]) -> list[Place]:
    """A successor's places narrowed to the frames that the question names, where it has frames of that name."""
    names = {fold(m.text).text for m in query.mentions if any(t.kind in ("frame", "series") for t in m.targets)}
    out = []
    for place in places:
        same = tuple(f for f in place.edition.frames if {fold(n).text for n in (f.label, *f.also)} & names)
        out.append(Place(place.window, same, True) if same else place)
    framed = [p for p in out if p.framed]
    return framed or out


def _unique(places: list[Place]) -> tuple[Place, ...]:
    seen: dict[tuple[str, str], Place] = {}
    for place in places:
        seen.setdefault((place.edition.id, place.window.round.id), place)
    return tuple(seen.values())


def _successor(catalogue: Catalogue, programme: str) -> str | None:
    lines = catalogue.programmes[programme].lineage
    return next((x.programme for x in lines if x.relation == "successor"), None)


def _is_old_only(query: Query, programme: str) -> bool:
    """Whether the question names a frame or special that only the old programme has."""
    inner = [t for t in query.targets if t.kind in ("frame", "special")]
    return bool(inner) and all(t.programme == programme for t in inner) and not query.named_programmes


def _places(
    query: Query, catalogue: Catalogue, programme: str, today: date, same_frames: bool = True
) -> tuple[list[Place], str | None]:
    """Places within one programme; second: the text of a round that the programme does not have."""
    targets = [t for t in query.targets if t.programme == programme]
    wanted_series = list(dict.fromkeys(t.series for t in targets if t.kind in ("series", "frame") and t.series))
    frames = {t.frame for t in targets if t.kind == "frame" and t.frame} or {t.frame for t in targets if t.kind == "component" and t.frame}
    frames = frames if same_frames else set()
    out: list[Place] = []
    for series in wanted_series or list(series_of(catalogue, programme)):
        editions = editions_in(catalogue, programme, series)
        if not editions:
            continue
        for window in _holding(_windows(query, editions, today), query, editions, frames, today):
            here = tuple(f for f in window.edition.frames if f.id in frames)
            out.append(Place(window, here or window.edition.frames, bool(here)))
    if not out and query.rounds:
        told = next((r for r in query.rounds if r.unit != "回" or "第" in r.text or "公募" in r.text), None)
        return ([], told.text) if told else _places(replace(query, rounds=()), catalogue, programme, today, same_frames)
    if not wanted_series and not (query.rounds or query.year):
        newest = max((p.edition.year for p in out), default=0)
        out = [p for p in out if p.edition.year == newest] or out
    framed = {t.series for t in targets if t.kind == "frame"}
    narrow = [p for p in out if p.framed or (framed and p.edition.series in wanted_series and p.edition.series not in framed)]
    return (narrow or out), None


def _holding(
    windows: tuple[Window, ...], query: Query, editions: tuple[Edition, ...], frames: set[str], today: date
) -> tuple[Window, ...]:
    """The windows of a series, or of its editions that have the frames named where the usual one has none of them any more."""
    older = tuple(e for e in editions if frames & {f.id for f in e.frames})
    if query.rounds or query.year or _NOW.search(query.text) or not older or any(w.edition in older for w in windows):
        return windows
    return _windows(query, older, today)


def _first_missing(query: Query, catalogue: Catalogue, programme: str) -> str | None:
    """The first round named that no edition of the programme has, where the question asks for dates, or for figures of several."""
    tables = len(query.rounds) > 1 and query.has("cap", "rate", "floor", "requirement", "period")
    if not (query.has("deadline", "opens", "result") or tables) or query.has("adoption_rate"):
        return None
    editions = editions_in(catalogue, programme)
    for mention in query.rounds:
        if not any(_names_round((r.label, *r.also, e.label), mention) for e in editions for r in e.rounds):
            return mention.text
    return None


def _missing_year(query: Query, catalogue: Catalogue, programme: str) -> str | None:
    """The year that is said of a programme, where its rules or dates are asked for and nothing of that year is known.

    Nothing is: no edition is of it, no round has a day in it, no fact names it; what is always open has no year.
    """
    asked = query.has("cap", "rate", "floor", "amount", "deadline", "opens", "requirement", "eligibility")
    year = query.of_year
    if year is None or not (asked or not query.attributes) or query.rounds or query.has("adoption_rate", "change", "case"):
        return None
    editions = editions_in(catalogue, programme)
    rounds = [r for e in editions for r in e.rounds]
    named = re.compile(rf"({year}|令和{year - BEFORE_REIWA})年度(?!補正)")
    known = any(e.year == year or any(named.search(f.topic + f.text) for f in e.facts) for e in editions)
    timeless = catalogue.programmes[programme].kind == "declaration" or all(r.rolling for r in rounds)
    if known or timeless or any(str(year) in str(r.events) for r in rounds):
        return None
    return f"{year}年の公募"


def _windows(query: Query, editions: tuple[Edition, ...], today: date) -> tuple[Window, ...]:
    """The rounds of a series that a question is about: each that it names, in the order of the names, else the one of the day."""
    named = query.rounds if len(query.rounds) > 1 else (None,)
    found = [_window(replace(query, rounds=(r,)) if r else query, editions, today) for r in named]
    return tuple(w for w in found if w is not None)


def _window(query: Query, editions: tuple[Edition, ...], today: date) -> Window | None:
    windows = windows_on(editions, today)
    if query.rounds:
        windows = tuple(w for w in windows if any(_is_round(w, r) for r in query.rounds))
        year = query.year or max((w.edition.year for w in windows), default=0)
        windows = tuple(w for w in windows if w.edition.year == year) or windows
        return windows[0] if windows else None
    if query.year:
        in_year = tuple(w for w in windows if w.edition.year == query.year)
        if in_year:
            return next((w for w in in_year if w.edition.frames), in_year[0])
    try:
        return default_window(editions, today)
    except NoEdition:
        return None


def _is_round(window: Window, mention: RoundMention) -> bool:
    names = (window.round.label, *window.round.also, window.edition.label, *window.edition.also)
    return _names_round(names if len(window.edition.rounds) == 1 else names[: 1 + len(window.round.also)], mention)


def _names_round(names: tuple[str, ...], mention: RoundMention) -> bool:
    return any(names_round(name, mention) for name in names)
