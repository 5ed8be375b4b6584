"""Words that voice input or a careless conversion spelt otherwise, put right by their sound.

A stretch of text that reads exactly as a word of the knowledge and is no word itself (保助筋, つう上枠) is written as that
word. Long vowels may be missing, as they are in speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from assistant.text.words import reading_of, readings

SHORTEST_SOUND, SHORTEST_LOAN = 5, 3
"""A word of fewer sounds than this (期限, 下限) has too many others that sound the same; loanwords have few."""
SHORTEST, LONGEST = 3, 14
_O_AND_U = frozenset("オコソトノホモヨロゴゾドボポョウクスツヌフムユルグズヅブプュ")
_SILENT = frozenset("ーっッ")
_PLAIN = str.maketrans("ガギグゲゴザジズゼゾダヂヅデドバビブベボ", "カキクケコサシスセソタチツテトハヒフヘホ")
_WORD = re.compile(r"(?=.*[一-龥])[一-龥々ァ-ヶー・]+|[ァ-ヶー]{4,}")
_KATAKANA = re.compile(r"[ァ-ヶー]{4,}")
_KANA = re.compile(r"[ぁ-んー]+")


class Misheard:
    """Words by their sounds, ready to be found in a text that is spelt otherwise."""

    def __init__(self, words: Iterable[str], known: str) -> None:
        """Take in words.

        Args:
            words: Words that may be meant, as they are written.
            known: Text that is spelt rightly: what stands in it is left as it is.
        """
        self._known = known
        self._tree: dict[str, object] = {}
        self._loan: dict[str, str] = {}
        for word in words:
            if not _WORD.fullmatch(word):
                continue
            for part, reading in reading_of(word):
                sound = _bones(_katakana(reading))
                if SHORTEST <= len(part) <= LONGEST and len(sound) >= (SHORTEST_LOAN if _KATAKANA.fullmatch(part) else SHORTEST_SOUND):
                    self._add(sound, part)
            self._loan |= {loan.translate(_PLAIN): loan for loan in _KATAKANA.findall(word)}

    def _add(self, sound: str, word: str) -> None:
        node = self._tree
        for c in sound:
            node = node.setdefault(c, {})  # type: ignore[assignment]
        node.setdefault("word", word)

    def restore(self, text: str) -> str:
        """The text with misheard words written as the knowledge writes them; the same text if there are none."""
        out, at = [], 0
        while at < len(text):
            found = self._longest(text, at)
            if found is None:
                out.append(text[at])
                at += 1
            else:
                word, end = found
                out.append(word)
                at = end
        return _KANA.sub(lambda m: self._loans(m.group(0)), "".join(out))

    def _longest(self, text: str, at: int) -> tuple[str, int] | None:
        """The word with the longest stretch of text from `at` that sounds like it and is not spelt rightly."""
        best: tuple[str, int] | None = None
        for word, end in self._walk(text, at):
            window = text[at:end]
            if word != window and self._is_slip(window, word) and (best is None or end > best[1]):
                best = (word, end)
            elif word == window and (best is None or end >= best[1]):
                best = None
        return best

    def _is_slip(self, window: str, word: str) -> bool:
        """Whether a stretch of text may be a misspelling: no kana alone, none at its end, and unknown as it stands.

        A loanword has kept some of its katakana.
        """
        if _KATAKANA.fullmatch(word) and not set(window) & set(word):
            return False
        if _KANA.fullmatch(window) or _KANA.fullmatch(window[-1]) or window[0] in _SILENT:
            return False
        return window not in self._known

    def _walk(self, text: str, at: int) -> Iterator[tuple[str, int]]:
        states: list[tuple[dict[str, object], bool]] = [(self._tree, False)]
        for end in range(at, min(len(text), at + LONGEST + 4)):
            following: list[tuple[dict[str, object], bool]] = []
            for sound in _sounds(text[end]):
                for node, drawn in states:
                    reached = _down(node, sound[1:] if drawn and sound == "ウ" else sound)
                    if reached is not None:
                        following.append((reached, sound[-1:] in _O_AND_U if sound else drawn))
            if not following:
                return
            states = following
            for node, _ in states:
                word = node.get("word")
                if isinstance(word, str):
                    yield word, end + 1

    def _loans(self, run: str) -> str:
        """A run of hiragana with loanwords in it written in katakana, voiced or not (かだろぐ, dialects)."""
        plain = _katakana(run).translate(_PLAIN)
        for sound, loan in self._loan.items():
            at = plain.find(sound)
            if at >= 0 and run[at : at + len(sound)] not in self._known:
                return run[:at] + loan + self._loans(run[at + len(sound) :])
        return run


def _down(node: dict[str, object], sound: str) -> dict[str, object] | None:
    for c in sound:
        below = node.get(c)
        if not isinstance(below, dict):
            return None
        node = below
    return node


@lru_cache(maxsize=4096)
def _sounds(char: str) -> frozenset[str]:
    """The readings of a character without what speech leaves out."""
    if char in _SILENT:
        return frozenset({""})
    return frozenset(_bones(_katakana(r)) for r in readings(char))


def _katakana(text: str) -> str:
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in text)


def _bones(sound: str) -> str:
    """Katakana without long vowels and small ッ."""
    out = ""
    for i, c in enumerate(sound):
        if c not in "ーッ" and not (c == "ウ" and i and sound[i - 1] in _O_AND_U):
            out += c
    return out
