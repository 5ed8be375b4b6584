"""Latin letters that voice input writes by their names (ピーエムアイ), put back where they spell a word of the knowledge."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.text.slips import as_katakana

_NAMES = {
    "A": "エー エイ", "B": "ビー", "C": "シー", "D": "ディー デー ヂー", "E": "イー", "F": "エフ", "G": "ジー", "H": "エイチ エッチ",
    "I": "アイ", "J": "ジェー ジェイ", "K": "ケー ケイ", "L": "エル", "M": "エム", "N": "エヌ", "O": "オー", "P": "ピー", "Q": "キュー",
    "R": "アール", "S": "エス", "T": "ティー テー", "U": "ユー", "V": "ブイ ヴイ", "W": "ダブリュー ダブル", "X": "エックス", "Y": "ワイ",
    "Z": "ゼット ゼッド", "&": "アンド", "2": "ツー",
}  # fmt: skip
_LETTERS = {name: letter for letter, names in _NAMES.items() for name in names.split()}
_ONE = "|".join(sorted(_LETTERS, key=len, reverse=True)).replace("ツー", "ツー(?!ル)")
_LETTER = re.compile(_ONE)
_KATAKANA = re.compile(rf"(?<![ァ-ヶー])(?:(?:{_ONE})[ 　・]?)+(?:{_ONE})")
_KANA = "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in _ONE)
_HIRAGANA = re.compile(rf"(?:(?<![ぁ-んー])|(?<=[はがのでにをもと]))(?:(?:{_KANA})[ 　・]?)+(?:{_KANA})")
"""In hiragana a word begins where no other hiragana stands before it but a particle."""
_WORD = re.compile(r"[A-Z][A-Za-z]*(?:&[A-Z][A-Za-z]*|[0-9])?")
LONGEST = 6


class Letters:
    """The words of Latin letters that a knowledge knows."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Take in texts that hold them."""
        self._words: dict[str, str] = {}
        for text in texts:
            for word in _WORD.findall(text):
                if 2 <= len(word) <= LONGEST:
                    self._words.setdefault(word.upper(), word)

    def restore(self, text: str) -> str:
        """The text with the words that are spelt by the names of their letters; those that spell nothing known stay."""
        return _HIRAGANA.sub(self._read, _KATAKANA.sub(self._read, text))

    def _read(self, m: re.Match[str]) -> str:
        spelt = "".join(_LETTERS[name] for name in _LETTER.findall(as_katakana(m.group())))
        return self._words.get(spelt, m.group())
