"""Plain Japanese (やさしい日本語): short sentences and everyday words in place of the words of offices; no number changes.

Works on a text with tokens or on a finished one. Names, quotations, tables, calculations and the list of sources stay as
they are, and a line whose numbers, tokens or citations would not be the same afterwards stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.rules.load import Catalogue
from assistant.text.numbers import find_quantities

MAX_CHARS = 2400
"""A plain text is longer than its original; beyond this the explanations of words are left out."""
_FROZEN = re.compile(r"\s*(?:\||出典：|計算：|（資料の訂正|#)")
_CITE = r"(?:\{s:\d+\}|\[\d+\])"
_FIXED = r"「[^」]*」|【[^】]*】|\{[fs]:\d+\}|\[\d+\]|https?://\S+"
_SENTENCE = re.compile(rf"(?:（[^（）]*）|[^。（]|（)*?(?:。{_CITE}*|$)")
_EXACT = re.compile(r"\{f:\d+\}|\d|以上|以下|以内|未満|超|まで|(?<!だ)から|約|上回|下回")
_MARKER = re.compile(r"\s*(?:[-*・]|\d+\.) +")
_BREAK = "\x00"
_COMPOUND = "一-龠々ァ-ヶー"


@dataclass(frozen=True, slots=True)
class _Table:
    """The word table, compiled: what stays, what is said otherwise, what is explained once, where a sentence ends."""

    parts: re.Pattern[str]
    phrases: Mapping[str, str]
    words: Mapping[str, str]
    breaks: Mapping[str, str]
    said: re.Pattern[str]


def say_plainly(text: str, catalogue: Catalogue) -> str:
    """The text in plain Japanese; the same text if there is no word table.

    Args:
        text: Markdown, its tokens filled or not.
        catalogue: Its vocabulary holds the table, its names stay as they are.
    """
    table = _table_of(catalogue)
    if table is None:
        return text
    for words in (table.words, {}):
        told: set[str] = set()
        plain = "\n".join(_line(line, table, words, told) for line in text.split("\n"))
        if len(plain) <= MAX_CHARS:
            return plain
    return text


def _line(line: str, table: _Table, words: Mapping[str, str], told: set[str]) -> str:
    if not line.strip() or _FROZEN.match(line):
        return line
    before = set(told)
    out = _one_a_line(_cited("".join(_said(line, table, words, told))))
    if _numbers(out) == _numbers(line) and set(re.findall(_CITE, out)) == set(re.findall(_CITE, line)):
        return out
    told.clear()
    told |= before
    return line


def _said(line: str, table: _Table, words: Mapping[str, str], told: set[str]) -> Iterator[str]:
    """The parts of a line: names and quotations as they are, brackets without explanations, the rest in plain words."""
    depth = 0
    for match in table.parts.finditer(line):
        part = match.group(0)
        depth = max(0, depth + (part == "（") - (part == "）"))
        free = match.lastgroup == "free"
        yield _replace(part, table, {} if depth else words, told, free=not depth) if free else part


def _replace(part: str, table: _Table, words: Mapping[str, str], told: set[str], free: bool) -> str:
    def say(match: re.Match[str]) -> str:
        found = match.group(0)
        if found in table.phrases:
            return table.phrases[found]
        if found in table.breaks:
            return table.breaks[found].replace("。", _BREAK, 1) if free else found
        if found not in words or found in told or part[match.end() : match.end() + 1] == "（":
            return found
        told.add(found)
        return f"{found}（{words[found]}）"

    return table.said.sub(say, part)


def _cited(line: str) -> str:
    """A sentence that was cut in two keeps its citations on both halves."""
    out = []
    for sentence in _SENTENCE.findall(line):
        cites = "".join(dict.fromkeys(re.findall(_CITE, sentence)))
        out.append(sentence.replace(_BREAK, f"{cites}。"))
    return "".join(out)


def _one_a_line(line: str) -> str:
    """Each sentence on a line of its own."""
    found = [s.strip() for s in _SENTENCE.findall(line) if s.strip()]
    marker = _MARKER.match(line)
    indent = " " * len(marker.group(0)) if marker else ""
    return f"  \n{indent}".join([line[: len(line) - len(line.lstrip())] + found[0], *found[1:]]) if found else line


def _numbers(text: str) -> tuple[list[str], list[tuple[object, str]]]:
    """What must be the same before and after: digits, figure tokens and bounds in order, every number as a reader takes it."""
    bare = re.sub(_CITE, "", text)
    return _EXACT.findall(bare), [(q.value, q.unit) for q in find_quantities(bare) if not q.ignored]


@lru_cache(maxsize=8)
def _compiled(
    phrases: tuple[tuple[str, str], ...], words: tuple[tuple[str, str], ...], breaks: tuple[tuple[str, str], ...], names: tuple[str, ...]
) -> _Table:
    fixed = "|".join([_FIXED, *(re.escape(n) for n in names)])
    parts = re.compile(rf"{fixed}|[（）]|(?P<free>(?:(?!{fixed})[^（）])+)")
    said = sorted([k for k, _ in (*phrases, *breaks)], key=len, reverse=True)
    alone = sorted([k for k, _ in words], key=len, reverse=True)
    pattern = "|".join([*map(re.escape, said), *(rf"(?<![{_COMPOUND}]){re.escape(w)}(?![{_COMPOUND}])" for w in alone)])
    return _Table(parts, dict(phrases), dict(words), dict(breaks), re.compile(pattern))


def _table_of(catalogue: Catalogue) -> _Table | None:
    table = catalogue.vocabulary.get("plain")
    if not table:
        return None
    rows = [tuple((str(k), str(v)) for k, v in table.get(part, {}).items()) for part in ("phrases", "words", "breaks")]
    return _compiled(rows[0], rows[1], rows[2], _names(catalogue))


def _names(catalogue: Catalogue) -> tuple[str, ...]:
    """Names that stay whole, the longest first: programmes, series, frames, documents."""
    found = {d.title for d in catalogue.documents.values()}
    for programme in catalogue.programmes.values():
        found |= {programme.name, programme.short, programme.office.name, *(s.label for s in programme.series)}
        for edition in catalogue.editions_of(programme.id):
            found |= {edition.label, *(f.label for f in edition.frames)}
    return tuple(sorted((n for n in found if len(n) > 1), key=lambda n: (-len(n), n)))
