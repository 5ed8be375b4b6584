"""Sentences of the catalogue word for word: what a text copies from it whole is true as it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from assistant.ask.verify.tellings import Key, fill, item_texts
from assistant.rules.figures import CatalogueFigure
from assistant.rules.load import Catalogue
from assistant.rules.values import Value
from assistant.text.normalize import normalize

_MARKS = re.compile(r"^(?:\s|\[\d+\]|[-・*]|【[^】]*】)+|[\s。]+$")
_DIGIT = re.compile(r"\d|[一二三四五六七八九十]")
_NUMBER = re.compile(r"\d[\d,.]*")
SHORTEST = 12


def bare(sentence: str) -> str:
    """A folded sentence without the mark of its list, the numbers of sources and the full stop."""
    return _MARKS.sub("", _MARKS.sub("", sentence))


def shape(sentence: str) -> str:
    """A bare sentence with a mark in place of each number."""
    return _NUMBER.sub("#", sentence)


def changed(told: str, models: Collection[str]) -> dict[int, str]:
    """The numbers of a sentence, by their place in it, that differ from every sentence of its shape, with what stands there."""
    there = _NUMBER.findall(told)
    known = [_NUMBER.findall(m) for m in models]
    near = min(known, key=lambda k: sum(a != b for a, b in zip(there, k, strict=True)), default=there)
    places = [m.start() for m in _NUMBER.finditer(told)]
    return {at: right for at, here, right in zip(places, there, near, strict=True) if here != right}


def list_verbatim(catalogue: Catalogue, figures: tuple[CatalogueFigure, ...]) -> Mapping[str, frozenset[str | None]]:
    """The sentences of the catalogue that tell numbers, with the programmes that they are of (None: told in general)."""
    values: dict[Key, dict[str, Value]] = {}
    for figure in figures:
        if figure.name:
            key = (figure.edition_id or figure.programme, figure.frame_id, figure.kind, figure.item_id)
            values.setdefault(key, {})[figure.name] = figure.value
    found: dict[str, set[str | None]] = {}
    for key, text in item_texts(catalogue):
        programme = key[0].split("/")[0] if key[0] else None
        for sentence in normalize(fill(text, values.get(key, {}))).text.split("。"):
            plain = bare(sentence)
            if len(plain) >= SHORTEST and _DIGIT.search(plain):
                found.setdefault(plain, set()).add(programme)
    return {sentence: frozenset(of) for sentence, of in found.items()}
