"""Numerals: digits, kanji and mixtures such as 1億2,000万, 6百万, 二千五百."""

from __future__ import annotations

import re
from fractions import Fraction

KANJI_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "参": 3}
_SMALL = {"十": 10, "拾": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
KANJI = "〇零一二三四五六七八九十百千拾"
NUMERAL = re.compile(
    rf"(?:{DIGITS}|[{KANJI}]|参(?=[百千万拾]))(?:\s?[万億兆]|[十百千拾]|(?<=[十百千万億兆拾]){DIGITS}|(?<=億)\s(?=[\d,]+万){DIGITS}|[〇零一二三四五六七八九])*"
)
_TOKEN = re.compile(r"[\d,.]+|.")


def parse_numeral(text: str) -> int | Fraction | None:
    """The exact value of a numeral that `NUMERAL` matched, None if it is not well formed (20一, 三百億千万百)."""
    if text.isascii() and text.isdigit():
        return int(text)
    total: int | Fraction = 0
    section: int | Fraction = 0
    pending: int | Fraction | None = None
    for token in _TOKEN.findall(text.replace(" ", "")):
        if token in _LARGE:
            amount = section + (pending or 0)
            if not amount:
                return None
            total, section, pending = total + amount * _LARGE[token], 0, None
        elif token in _SMALL:
            section, pending = section + (1 if pending is None else pending) * _SMALL[token], None
        elif pending is None:
            pending = _plain(token)
        elif token in KANJI_DIGITS and text[0] in KANJI_DIGITS:
            pending = pending * 10 + _plain(token)
        else:
            return None
    return total + section + (pending or 0)


def _plain(token: str) -> int | Fraction:
    if token in KANJI_DIGITS:
        return KANJI_DIGITS[token]
    digits = token.replace(",", "")
    return Fraction(digits) if "." in digits else int(digits)


def last_scale(text: str) -> int:
    """The scale that a numeral ends with (`500万` 10000, `6百万` 1000000, `20` 1), which a range passes to its first half."""
    scale = 1
    for char in reversed(text):
        if char in _LARGE:
            scale *= _LARGE[char]
        elif char in _SMALL and scale > 1 or char == "千":
            scale *= _SMALL[char]
        else:
            break
    return scale


def is_bare(text: str) -> bool:
    """Whether a numeral is written in digits alone, without a scale word."""
    return all(c.isdigit() or c in ",." for c in text)


def small_int(text: str) -> int:
    """A day, month or era year in digits or kanji; 元 is 1."""
    if text.isascii() and text.isdigit():
        return int(text)
    if text == "元":
        return 1
    value = parse_numeral(text)
    return int(value) if value is not None else 0
