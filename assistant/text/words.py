"""Japanese words of a text: Sudachi morphemes in normalised form, and readings of single characters.

Sudachi's tokenizer may not be shared between threads, so each thread has its own.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_local = threading.local()
_NUMBER = re.compile(r"[\d,.]+")
_CONTENT = ("名詞", "動詞", "形容詞", "形状詞", "副詞", "接頭辞", "接尾辞")
_EMPTY_SECOND = ("非自立可能", "助動詞語幹")
CACHED_CHARS = 400
"""One question is split several times; longer texts are not kept."""
MAX_CHARS = 8000
"""Sudachi takes at most 49,149 bytes a call; longer texts are cut by line before they come here."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: the normalised form, its place, and whether it carries meaning."""

    form: str
    start: int
    end: int
    content: bool
    number: bool
    noun: bool = False


def _dictionary() -> Any:
    if not hasattr(_local, "dictionary"):
        from sudachipy import Dictionary, SplitMode

        _local.dictionary = Dictionary(dict="small")
        _local.tokenizer = _local.dictionary.tokenizer(mode=SplitMode.A)
    return _local.dictionary


def words(text: str) -> tuple[Word, ...]:
    """The words of a text (short units), in order, with offsets in `text`."""
    return _cached(text) if len(text) <= CACHED_CHARS else _split(text)


def _split(text: str) -> tuple[Word, ...]:
    _dictionary()
    out: list[Word] = []
    for line_start, line in _lines(text):
        for m in _local.tokenizer.tokenize(line):
            pos = m.part_of_speech()
            surface = m.surface()
            if not surface.strip() or pos[0] in ("空白", "補助記号", "記号"):
                continue
            content = pos[0] in _CONTENT and pos[1] not in _EMPTY_SECOND
            number = pos[1] == "数詞" or _NUMBER.fullmatch(surface) is not None
            start = line_start + m.begin()
            noun = pos[0] == "名詞" and pos[1] in ("普通名詞", "固有名詞") and pos[2] != "助数詞可能"
            out.append(Word(m.normalized_form().lower(), start, line_start + m.end(), content, number, noun))
    return tuple(out)


_cached = lru_cache(maxsize=512)(_split)
_SUFFIX = re.compile(r"[市町村区県都府](?![一-龥])")
_STANDS = re.compile(r"で|に|の|から|は|です|だ|内|在住|[、。？?！!\s]|$")


def places(text: str) -> tuple[str, ...]:
    """Places of Japan named in a text, in order: with their kind (名古屋市), or bare where a particle follows (名古屋で)."""
    _dictionary()
    out: list[str] = []
    for start, line in _lines(text):
        for m in _local.tokenizer.tokenize(line):
            pos, end = m.part_of_speech(), start + m.end()
            proper = pos[1] == "固有名詞" and (pos[2], pos[3]) in (("地名", "一般"), ("人名", "姓"))
            if proper and _SUFFIX.match(text, end):
                out.append(text[start + m.begin() : end + 1])
            elif proper and pos[2] == "地名" and _STANDS.match(text, end):
                out.append(m.surface())
    return tuple(dict.fromkeys(out))


def countries(text: str) -> tuple[str, ...]:
    """Countries other than Japan that a text names, in order."""
    _dictionary()
    found = (m for _, line in _lines(text) for m in _local.tokenizer.tokenize(line))
    return tuple(dict.fromkeys(m.surface() for m in found if m.part_of_speech()[3] == "国" and m.surface() != "日本"))


def _lines(text: str) -> list[tuple[int, str]]:
    out: list[tuple[int, str]] = []
    at = 0
    for line in text.split("\n"):
        out += [(at + i, line[i : i + MAX_CHARS]) for i in range(0, max(len(line), 1), MAX_CHARS)]
        at += len(line) + 1
    return out


def reading_of(text: str) -> tuple[tuple[str, str], ...]:
    """Written forms of a short text with their readings in hiragana: the whole, and every run of nouns in it."""
    _dictionary()
    whole, runs, run = "", [], ["", ""]
    for m in _local.tokenizer.tokenize(text):
        surface, kana = m.surface(), "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in m.reading_form())
        whole += kana
        if m.part_of_speech()[0] in ("名詞", "接頭辞", "接尾辞", "形状詞"):
            run = [run[0] + surface, run[1] + kana]
            continue
        runs.append(run)
        run = ["", ""]
    found = [(text, whole), *((s, k) for s, k in [*runs, run] if s and s != text)]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=20_000)
def readings(char: str) -> frozenset[str]:
    """All readings of one character that the dictionary knows; its own katakana form for kana."""
    if "ぁ" <= char <= "ゖ":
        return frozenset({chr(ord(char) + 0x60)})
    if not "一" <= char <= "鿿":
        return frozenset({char})
    found = frozenset(m.reading_form() for m in _dictionary().lookup(char))
    return found or frozenset({char})


@lru_cache(maxsize=100_000)
def sound_alike(a: str, b: str) -> bool:
    """Whether two characters are equal or share a reading."""
    return a == b or bool(readings(a) & readings(b))
