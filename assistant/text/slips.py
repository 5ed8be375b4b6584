"""How far a word is from what was typed: an edit distance in which slips of the finger, the ear and the conversion are cheap."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from assistant.text.words import sound_alike

SLIP = 0.25
"""What a character of like sound or shape costs, a kana typed twice, and a long vowel or small kana too many or missing."""
_LARGE = str.maketrans("ァィゥェォッャュョ", "アイウエオツヤユヨ")
_SHAPES = str.maketrans("力口二工夕卜八一", "カロニエタトハー")
"""Kanji that look like katakana."""
_LIGHT = frozenset("ーッァィゥェォ")


@lru_cache(maxsize=2**16)
def distance(typed: str, word: str) -> float:
    """The least cost of the edits that make a word of what was typed, 1 for each character that is wholly another one."""
    typed, word = as_katakana(typed), as_katakana(word)
    row = [0.0]
    for c in word:
        row.append(row[-1] + _lone(c))
    for i, ct in enumerate(typed):
        twice = "ァ" <= ct <= "ヶ" and ct == typed[i - 1 : i]
        too_many = SLIP if twice else _lone(ct)
        before, row[0] = row[0], row[0] + too_many
        for j, cw in enumerate(word, 1):
            before, row[j] = row[j], min(before + _swap(ct, cw), row[j] + too_many, row[j - 1] + _lone(cw))
    return row[-1]


def as_katakana(text: str) -> str:
    """A text with its hiragana as katakana."""
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in text)


def _lone(char: str) -> float:
    return SLIP if char in _LIGHT else 1.0


def _swap(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return SLIP if _plain(one) == _plain(other) or sound_alike(one, other) else 1.0


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """A kana without its voicing mark, full size; the katakana that a kanji looks like."""
    return unicodedata.normalize("NFD", char.translate(_SHAPES).translate(_LARGE))[0]
