"""The texts of the catalogue read token by token: what stands around each figure, and of whom it is told there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.ask.verify.names import NameIndex
from assistant.rules.load import Catalogue
from assistant.rules.values import Value
from assistant.text.normalize import normalize
from assistant.text.numbers import Quantity, find_quantities

TOKEN = re.compile(r"\{([a-z0-9][a-z0-9-]*)\}")
Key = tuple[str | None, str | None, str, str]


@dataclass(frozen=True, slots=True)
class Telling:
    """One place of a figure in the text of its item."""

    place: int
    """Which token of the text it is."""
    left: str
    right: str
    before: str
    """All that its sentence tells before, with the numbers in their places."""
    sentence: str
    told: Quantity | None
    """How the figure reads there, with the bound word that follows it."""
    since: str
    """What is told since the amount or share before it: the condition of a row (5人以下は…)."""
    programmes: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    """With their programmes: many programmes have a frame of the same name."""


def item_texts(catalogue: Catalogue) -> Iterator[tuple[Key, str]]:
    """The text in which each item tells its figures, by edition, frame, kind and item id."""
    for edition in catalogue.editions.values():
        for frame in edition.frames:
            yield from (((edition.id, frame.id, "special", s.id), s.text) for s in frame.specials)
            yield from (((edition.id, frame.id, "limit", m.id), m.text) for m in frame.limits)
            yield from (((edition.id, frame.id, "requirement", r.id), r.text) for r in frame.requirements)
        yield from (((edition.id, None, "category", c.id), c.text) for c in edition.categories)
        yield from (((edition.id, None, "cost", c.id), c.text) for c in edition.costs)
        yield from (((edition.id, None, f"fact:{f.kind}", f.id), f.text) for f in edition.facts)
    for programme in catalogue.programmes.values():
        for i, line in enumerate(programme.lineage):
            yield (programme.id, None, "lineage", f"lineage-{i}"), line.text
    for fact in catalogue.general.facts:
        yield (None, None, f"fact:{fact.kind}", fact.id), fact.text


def fill(text: str, values: Mapping[str, Value]) -> str:
    """A text with its figures in place of the tokens."""
    return TOKEN.sub(lambda m: values[m[1]].text() if m[1] in values else m[0], text)


def tellings(text: str, name: str, values: Mapping[str, Value], names: NameIndex) -> Iterator[Telling]:
    """Each place of a token in a text."""
    programmes: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    last, since = 0, 0
    for place, match in enumerate(TOKEN.finditer(text)):
        begin = text.rfind("。", 0, match.start()) + 1
        if begin > last:
            programmes, frames, last, since = (), (), begin, begin
        left = text[last : match.start()]
        programmes, frames = _named(left, names, programmes, frames)
        if match[1] == name:
            yield _telling(text, match, place, (begin, last, since), values, programmes, frames)
        last = match.end()
        if values.get(match[1]) is not None and values[match[1]].unit in ("yen", "ratio", "percent"):
            since = last


def _telling(
    text: str,
    match: re.Match[str],
    place: int,
    starts: tuple[int, int, int],
    values: Mapping[str, Value],
    programmes: tuple[str, ...],
    frames: tuple[str, ...],
) -> Telling:
    begin, last, since = starts
    end = text.find("。", match.end())
    end = len(text) if end < 0 else end
    following = TOKEN.search(text, match.end(), end)
    right = text[match.end() : following.start() if following else end]
    told = next((q for q in find_quantities(values[match[1]].text() + right[:12]) if q.start == 0), None)
    return Telling(
        place, normalize(text[last : match.start()]).text, normalize(right).text, normalize(fill(text[begin:last], values)).text,
        normalize(TOKEN.sub(" ", text[begin:end])).text, told, normalize(fill(text[since : match.start()], values)).text,
        programmes, frames,
    )  # fmt: skip


def _named(stretch: str, names: NameIndex, programmes: tuple[str, ...], frames: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The programmes and frames that a stretch names, else those of the stretch before."""
    targets = [t for n in names.find(normalize(stretch).text) for t in n.targets]
    fresh = tuple(dict.fromkeys(t.programme for t in targets if t.kind == "programme"))
    told = tuple(dict.fromkeys(f"{t.programme}/{t.id}" for t in targets if t.kind == "frame"))
    return fresh or programmes, told or (frames if not fresh else ())
