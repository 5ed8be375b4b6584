"""Names of programmes, series, editions, rounds and frames in folded text, by longest match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.errors import NoEdition
from assistant.rules.editions import default_window
from assistant.rules.load import Catalogue
from assistant.rules.schema import Edition
from assistant.text.normalize import normalize

NameKind = Literal["programme", "series", "edition", "round", "frame"]
_TIMES = re.compile(r"\d+回")
_ROUND_WORD = re.compile(r"の?(?:公募|募集|受付|申請|締|採択|スケジュール)|[はがにでのと、)・:\s|]|$")
_YEAR = re.compile(r"(?:20\d\d|令和\d+)年度?")
_KIND = re.compile(r"(?:枠|コース|類型)$")
HINTING = 6
"""Length from which the name of a special measure or a bonus point tells its programme."""
_NUMBERED = re.compile(r"[0-9一二三四五六七八九十].*[回次年度期]|[RH]\d")


@dataclass(frozen=True, slots=True)
class Named:
    """What a name stands for."""

    kind: NameKind
    programme: str
    edition: str | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class NameAt:
    """A name at a place of folded text with all that it may stand for."""

    start: int
    end: int
    targets: tuple[Named, ...]


class NameIndex:
    """All names of a catalogue that narrow what a number is said of."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._names: dict[str, list[Named]] = {}
        for name, target in _names(catalogue):
            key = normalize(name).text.lower()
            for form in {key, key.replace(" ", ""), *_shortened(key, target.kind)}:
                if len(form) >= 2 and target not in self._names.setdefault(form, []):
                    self._names[form].append(target)
        self.hints = dict(_hints(catalogue))
        """Special measures and bonus points that only one programme has, by name."""
        self._heads: dict[str, list[str]] = {}
        for key in sorted(self._names, key=len, reverse=True):
            self._heads.setdefault(key[:2], []).append(key)
        self._defaults: dict[tuple[str, date, str | None, str | None], frozenset[str]] = {}

    def find(self, text: str) -> list[NameAt]:
        """Names in folded text, longest first at each place, without overlaps."""
        lower = text.lower()
        found = []
        pos, last = 0, len(lower) - 1
        while pos < last:
            name = None
            for key in self._heads.get(lower[pos : pos + 2], ()):
                if lower.startswith(key, pos) and _stands_alone(lower, pos, key) and not _is_count(lower, pos, key):
                    name = key
                    break
            if name is None:
                pos += 1
                continue
            found.append(NameAt(pos, pos + len(name), tuple(self._names[name])))
            pos += len(name)
        return found

    def default_editions(self, programme: str, today: date, series: str | None, frame: str | None) -> frozenset[str]:
        """The editions that answer on a day when none is named: one for each series, or for the series of a frame."""
        key = (programme, today, series, frame)
        if key not in self._defaults:
            self._defaults[key] = frozenset(self._choose(programme, today, series, frame))
        return self._defaults[key]

    def _choose(self, programme: str, today: date, series: str | None, frame: str | None) -> Iterator[str]:
        groups: dict[str, list[Edition]] = {}
        for edition in self.catalogue.editions_of(programme):
            if series in (None, edition.series) and (frame is None or any(f.id == frame for f in edition.frames)):
                groups.setdefault(edition.series, []).append(edition)
        for editions in groups.values():
            try:
                yield default_window(tuple(editions), today).edition.id
            except NoEdition:
                continue

    def kin(self, programme: str) -> frozenset[str]:
        """The programmes that precede or follow one."""
        return frozenset(line.programme for line in self.catalogue.programmes[programme].lineage)

    def has_frame(self, edition_id: str, frames: frozenset[str]) -> bool:
        """Whether an edition has one of the frames."""
        return any(f.id in frames for f in self.catalogue.editions[edition_id].frames)


def _shortened(key: str, kind: NameKind) -> Iterator[str]:
    """The short forms that people say of a programme's name: 持続化補助 for 持続化補助金, スキルアップ補助 for スキルアップ支援."""
    if kind == "programme" and key.endswith(("補助金", "助成金")) and " " not in key:
        yield key.removesuffix("金")
    if kind == "edition" and _YEAR.fullmatch(key):
        yield from (key + "版", key.removesuffix("度") + "度版")
    stem = _KIND.sub("", key)
    if kind == "frame" and stem != key and len(stem) >= 2:
        yield from (stem + word for word in ("枠", "コース", "類型"))
    if kind == "programme" and key.endswith("支援") and len(key) > HINTING:
        yield key.removesuffix("支援") + "補助"


def _is_count(text: str, pos: int, name: str) -> bool:
    """Whether a bare number of times (2回) counts and names no round: neither 第 stands before it nor a word of rounds behind it."""
    bare = _TIMES.fullmatch(name) is not None
    return bare and not text.startswith("第", pos - 1) and _ROUND_WORD.match(text, pos + len(name)) is None


def _stands_alone(text: str, pos: int, name: str) -> bool:
    end = pos + len(name)
    if name[0].isascii() and name[0].isalnum() and pos and text[pos - 1].isascii() and text[pos - 1].isalnum():
        return False
    if name.endswith("事業") and text.startswith("者", end):
        return False  # 中小事業者 is no 中小事業
    return not (name[-1].isascii() and name[-1].isalnum() and end < len(text) and text[end].isascii() and text[end].isalnum())


def _hints(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    owners: dict[str, set[str]] = {}
    for edition in catalogue.editions.values():
        specials = (n for frame in edition.frames for s in frame.specials for n in (s.label, *s.also))
        points = (n for f in edition.facts if f.kind == "bonus" for n in (f.topic, *f.also))
        for name in (*specials, *points):
            if len(name) >= HINTING and name.endswith(("特例", "加点")) and "の" not in name and "補助金" not in name:
                owners.setdefault(normalize(name).text, set()).add(edition.programme)
    return ((name, min(of)) for name, of in owners.items() if len(of) == 1)


def _names(catalogue: Catalogue) -> Iterator[tuple[str, Named]]:
    for programme in catalogue.programmes.values():
        for name in (programme.name, programme.short, *programme.also):
            yield name, Named("programme", programme.id)
        for series in programme.series:
            for name in (series.label, *series.also):
                yield name, Named("series", programme.id, None, series.id)
    for edition in catalogue.editions.values():
        yield from _names_of(edition)


def _names_of(edition: Edition) -> Iterator[tuple[str, Named]]:
    for name in (edition.label, *edition.also):
        if _NUMBERED.search(normalize(name).text):
            yield name, Named("edition", edition.programme, edition.id, edition.id)
    for round_ in edition.rounds if len(edition.rounds) > 1 else ():
        for name in (round_.label, *round_.also):
            yield name, Named("round", edition.programme, edition.id, round_.id)
    for frame in edition.frames:
        for name in (frame.label, *frame.also):
            yield name, Named("frame", edition.programme, edition.id, frame.id)
