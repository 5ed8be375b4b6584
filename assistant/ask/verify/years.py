"""A year told alone: part of the name of an edition, and yet it may be the wrong one."""

from __future__ import annotations

import re

from assistant.ask.verify.answers import answer, refuse
from assistant.ask.verify.reading import Reading
from assistant.ask.verify.records import CheckedNumber, Context
from assistant.ask.verify.score import Ranked
from assistant.text.numbers import Quantity

_BESIDE = re.compile(r"(?:版の|の|に行われた|に公募された|、)")
_OF_EDITION = re.compile(r"(?:度)?(?:版|の?(?:案内|チラシ|ガイドブック|公募|第\d|資料)|に行われた)")
_NEAR_TOP = 1.0
_DOCUMENT = re.compile(r"(?:度)?(?:版)?の?(チラシ|リーフレット|ガイドブック)")
_TITLES = {"チラシ": "リーフレット"}
_SURE = 2.0
"""Score from which a fact is taken to be told whose year is another one."""


def judge_year(reading: Reading, context: Context, year: int, ranked: Ranked) -> CheckedNumber | None:
    """The verdict on a year told of an edition: it is one of the programme's, or that of the edition named with it.

    Returns:
        None for a year that is told of something else and that the catalogue does not tell either.
    """
    quantity = context.quantity
    near = [t for n in reading.scopes.names if _BESIDE.fullmatch(reading.text[quantity.end : n.start]) for t in n.targets]
    programmes = reading.programmes(context.scope)
    named = {t.edition for t in near if t.kind == "edition" and t.programme in programmes}
    if not _is_of_document(reading, quantity.end, year) or _is_of_item(context, ranked, year):
        return refuse(reading, context, ranked)
    told = {t.programme for t in near if t.kind == "programme"} or _in_brackets(reading, quantity)
    programmes = frozenset(told) or programmes
    kin = {k for p in programmes for k in reading.index.names.kin(p)} if not told else set()
    editions = [e for p in programmes | kin for e in reading.catalogue.editions_of(p)]
    known = {e.year for e in editions if not named or e.id in named}
    if year in known:
        return answer(reading, quantity, "ok", "カタログの年と一致します。")
    of_edition = bool(near) or _OF_EDITION.match(reading.text, quantity.end) is not None
    match = ranked.match
    if match is not None and match[0] >= ranked.top - _NEAR_TOP and (not of_edition or match[1].figure.value.key == "year"):
        return answer(reading, quantity, "ok", "カタログの数字と一致します。", claim=match[1])
    if not of_edition:
        return None
    return answer(reading, quantity, "wrong", "年が違います。", tuple(f"{y}年" for y in sorted(known, reverse=True)[:2]))


def _is_of_document(reading: Reading, end: int, year: int) -> bool:
    """Whether a document that is named right behind a year is of that year; true where none is named."""
    word = _DOCUMENT.match(reading.text, end)
    if word is None:
        return True
    kind = _TITLES.get(word[1], word[1])
    return any(kind in d.title and d.as_of.startswith(str(year)) for d in reading.catalogue.documents.values())


def _is_of_item(context: Context, ranked: Ranked, year: int) -> bool:
    """Whether the fact that is told with its other numbers has another year."""
    if not ranked.claims or ranked.top < _SURE:
        return False
    claim = ranked.claims[0][1]
    day = claim.measure.day
    return day is not None and day.is_year and day.year != year and bool(claim.mates & context.mates)


def _in_brackets(reading: Reading, quantity: Quantity) -> set[str]:
    """The programme whose name stands right before the brackets in which a year stands: IT導入補助金(2025年)."""
    if reading.text[quantity.start - 1 : quantity.start] != "(":
        return set()
    return {t.programme for n in reading.scopes.names if n.end == quantity.start - 1 for t in n.targets if t.kind == "programme"}
