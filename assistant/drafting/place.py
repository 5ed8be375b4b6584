"""Which programme, edition and frame the firm's own words mean, and the state of that call on the day."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from assistant.drafting.records import Facts, Problem
from assistant.rules.editions import Window, default_window, window_on, windows_on
from assistant.rules.load import Catalogue
from assistant.rules.schema import Edition, Event, EventKind, Frame, Programme, Round, Special
from assistant.rules.values import format_date

T = TypeVar("T")
_DROP = re.compile(r"[\s・･「」『』（）()【】\[\]／/、。,.~～\-‐―ー]+")


@dataclass(frozen=True, slots=True)
class Place:
    """What the firm applies for; `frame` is None where several frames are possible or the edition has none."""

    programme: Programme
    edition: Edition
    frame: Frame | None
    window: Window

    @property
    def label(self) -> str:
        """Name, round and frame as people say it."""
        frame = self.frame.label if self.frame else ""
        words = [self.programme.name, self.window.label]
        return " ".join([*words, frame] if frame and frame not in self.window.label else words)

    def events(self, kind: EventKind) -> tuple[Event, ...]:
        """The round's events of a kind that are for the frame applied for."""
        frame = self.frame.id if self.frame else None
        return tuple(e for e in self.window.round.events if e.kind == kind and (not e.frames or frame in e.frames))


def fold(text: str) -> str:
    """A name without width, spaces and marks."""
    return _DROP.sub("", unicodedata.normalize("NFKC", text).lower())


def find_place(facts: Facts, catalogue: Catalogue) -> tuple[Place | None, tuple[Problem, ...]]:
    """The place that `target` names, None if it names no programme that we know, with what is wrong about it."""
    target = facts.target
    if target.programme is None:
        return None, ()
    programme = _best(target.programme, ((p, (p.id, p.name, p.short, *p.also)) for p in catalogue.programmes.values()))
    if programme is None:
        text = f"「{target.programme}」という制度は手元の知識にありません。shirube programmes で名前を確かめてください。"
        return None, (Problem("unknown_target", text, "target.programme"),)
    problems: list[Problem] = []
    editions = _framed(catalogue.editions_of(programme.id), target.frame, programme)
    named = [(e, r) for e in editions for r in e.rounds if target.edition and _names_round(target.edition, e, r)]
    if target.edition and not named:
        known = "、".join(dict.fromkeys(e.label for e in editions)) or "なし"
        text = f"「{target.edition}」の資料がありません（手元の版：{known}）。いま当てはまる版で計算しました。"
        problems.append(Problem("unknown_target", text, "target.edition"))
    if not editions:
        return None, (*problems, Problem("unknown_target", f"{programme.name}の資料がありません。", "target.programme"))
    window = _window(named, editions, facts)
    frame, wrong = _frame(window.edition, target.frame, programme)
    problems += wrong + _closed(window, facts)
    return Place(programme, window.edition, frame, window), tuple(problems)


def _window(named: list[tuple[Edition, Round]], editions: tuple[Edition, ...], facts: Facts) -> Window:
    if not named:
        known = windows_on(editions, facts.today)
        return default_window(editions, facts.today) if known else window_on(editions[0], editions[0].rounds[0], facts.today)
    whole = [n for n in named if n[0].frames] or named
    windows = [window_on(e, r, facts.today) for e, r in whole]
    rank = {"open": 0, "rolling": 0, "upcoming": 1}
    return min(windows, key=lambda w: rank.get(w.state, 2))


def _names_round(wanted: str, edition: Edition, round_: Round) -> bool:
    names = {fold(n) for n in (edition.id, edition.label, *edition.also, round_.label, *round_.also)}
    return fold(wanted) in names or any(len(n) >= 3 and n in fold(wanted) for n in names)


def _framed(editions: tuple[Edition, ...], frame: str | None, programme: Programme) -> tuple[Edition, ...]:
    """The editions that may be meant: those of the series or with the frame that is named, else of the default series."""
    if frame:
        with_frame = tuple(e for e in editions if _best(frame, ((f, (f.id, f.label, *f.also)) for f in e.frames)) is not None)
        series = {e.series for e in with_frame}
        named = _best(frame, ((s.id, (s.id, s.label, *s.also)) for s in programme.series))
        series |= {named} if named else set()
        return tuple(e for e in editions if e.series in series) or editions
    series_id = programme.default_series
    return tuple(e for e in editions if series_id is None or e.series == series_id) or editions


def _frame(edition: Edition, wanted: str | None, programme: Programme) -> tuple[Frame | None, list[Problem]]:
    if wanted:
        found = _best(wanted, ((f, (f.id, f.label, *f.also)) for f in edition.frames))
        if found is not None:
            return found, []
    if len(edition.frames) == 1:
        return edition.frames[0], []
    labels = "、".join(f.label for f in edition.frames)
    if wanted and edition.frames:
        text = f"{programme.short} {edition.label}に「{wanted}」という枠はありません（{labels}）。"
        return None, [Problem("unknown_target", text, "target.frame")]
    return None, []


def _closed(window: Window, facts: Facts) -> list[Problem]:
    if window.state != "closed" or window.closes_at is None:
        return []
    text = (
        f"{window.label}の受付は{format_date(window.closes_at.date())}に終わっています（{format_date(facts.today)}の時点）。"
        "次の回の公募要領を確かめて、計算し直してください。"
    )
    return [Problem("closed", text, "target.edition")]


def find_specials(frame: Frame, words: tuple[str, ...]) -> tuple[tuple[Special, ...], tuple[str, ...]]:
    """The special measures that words name, and the words that name none."""
    found: list[Special] = []
    rest: list[str] = []
    for word in words:
        special = _best(word, ((s, (s.id, s.label, *s.also)) for s in frame.specials))
        if special is None:
            rest.append(word)
        elif special not in found:
            found.append(special)
    return tuple(found), tuple(rest)


def of_other_frames(
    place: Place | None, words: tuple[str, ...], catalogue: Catalogue
) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    """A problem for each word that names a special measure of another frame of the programme, and the words that do not."""
    if place is None or place.frame is None:
        return (), words
    others = [(f, s) for e in catalogue.editions_of(place.programme.id) for f in e.frames for s in f.specials]
    problems: list[Problem] = []
    rest: list[str] = []
    for word in words:
        owner = next((f for f, s in others if fold(s.label) in fold(word)), None)
        if owner is None:
            rest.append(word)
            continue
        text = f"「{word}」は{owner.label}の特例で、{place.frame.label}では使えません。特例なしの額で計算しました。"
        problems.append(Problem("requirement_missed", text, "target.special"))
    return tuple(problems), tuple(rest)


def _best(wanted: str, named: Iterable[tuple[T, tuple[str, ...]]]) -> T | None:
    """The thing with that name; else the one whose name stands in it, or in whose name it stands (longest wins)."""
    key = fold(wanted)
    if not key:
        return None
    found: tuple[int, T | None] = (0, None)
    for thing, names in named:
        for name in map(fold, names):
            if name == key:
                return thing
            size = len(name) if len(name) >= 2 and name in key else len(key) if len(key) >= 3 and key in name else 0
            if size > found[0]:
                found = (size, thing)
    return found[1]
