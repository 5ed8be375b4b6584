"""Questions typed in kana or romaji, put back into the words of the knowledge by their readings.

Only texts that hold almost no kanji are touched. Runs of kana are covered from the left by the longest known reading;
what is not known stays as it is.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from assistant.rules.load import Catalogue
from assistant.text.words import reading_of, words

MOSTLY = 0.85
"""Share of kana from which a text counts as typed without kanji."""
MOSTLY_ROMAJI = 0.8
"""Share of Latin words that read as kana from which they are romaji."""
MANY = 0.6
"""Share of katakana from which a text counts as typed in nothing else."""
SHORTEST, SHORTEST_RUN = 3, 4
_KANA = re.compile(r"[ぁ-んー]+")
_WRITTEN = re.compile(r"[一-龥々]{2,}|[ァ-ヶー]{2,}")
_RUN = re.compile(
    r"(?<![ぁ-ん])(?P<before>[のはがをとにでもや])?(?P<run>[ぁ-んー]{3,}?)(?P<after>って|だと|[のはがをとにでもや])?(?![ぁ-んー])"
)
_LATIN = re.compile(r"[A-Za-z]+(?:[-'&＆][A-Za-z]+)*")
_ROMAJI = re.compile(
    r"(?:(?:kk?|ss?|tt?|pp?|gg?|dd?|bb?|zz?|jj?|[hmrnwyf]|(?:k?k|p?p|[gnhbmr])y|s?sh|t?ch|cch|t?ts)?[aiueo]|n'|n(?![aiueoy])|(?<=[aiueo])-)+",
    re.I,
)
"""A Latin word that is spelt in syllables of Japanese throughout."""
_PARTICLES = {
    "no", "wa", "ga", "wo", "ni", "de", "to", "mo", "desu", "desuka", "masu", "masuka", "ikura", "nani", "itsu", "dou", "nan", "ii", "aru",
}  # fmt: skip
_SPELT = {"wa": "は", "o": "を", "wo": "を", "e": "へ"}
"""Particles that are spelt otherwise than they sound."""
_SIGNS = frozenset({"m&a", "m＆a", "kl", "kw", "kwh", "it", "ai", "pc", "ec", "iot", "cad", "pos", "web"})
"""Units and short names that no one spells out in romaji."""
_O_AND_U = frozenset("おこそとのほもよろごぞどぼぽょうくすつぬふむゆるぐずづぶぷゅ")
_DIGITS = {
    "いち": "一", "に": "二", "さん": "三", "よん": "四", "し": "四", "ご": "五", "ろく": "六", "なな": "七", "しち": "七", "はち": "八",
    "きゅう": "九", "じゅう": "十", "ひゃく": "百", "びゃく": "百", "ぴゃく": "百", "せん": "千", "ぜん": "千", "まん": "万", "おく": "億",
}  # fmt: skip
_DIGIT = re.compile("|".join(sorted(_DIGITS, key=len, reverse=True)))
_UNITS = {
    "まんえん": "万円", "おくえん": "億円", "えん": "円", "にん": "人", "ねんめ": "年目", "ねん": "年", "かげつ": "か月", "ばん": "番",
    "かいめ": "回目", "かい": "回",
}  # fmt: skip
_ORDER = re.compile(rf"だい[ 　]*([0-9０-９]+|(?:{_DIGIT.pattern})+)[ 　]*(かい|じ)(?![ょゅゃ])")
"""A round (だい14じ)."""
_KATAKANA_ENDING = re.compile(
    r"(デス|マス|マセン|デショウ)(カ|ネ|ヨ|ガ|[。？?！!]|$)|イクラ|オシエ|モラエ|[ハヲ][。、？?！!\s]*$|ナン(ガツ|ニチ|ネン|エン|ニン|カイ|カゲツ|パーセント)"
    r"|(^|[\s、。])(イツ|ドコ|ドウ|ダレ|ナニ|[ノハガヲニデモト])([\s、。？?！!]|$)|(?<![ァ-ヶー])イツ(マデ|カラ)|デキ(ル|ナイ|マス)"
)
"""What only a sentence typed in katakana throughout has."""
_VERB = re.compile("る|れ")
"""What a verb goes on with after する's first sound."""
_NARROW = re.compile(r"[ｦ-ﾝ]")
_KANJI = re.compile(r"[一-龥]")
_SPACED = re.compile(r"(?<=[ぁ-ん])[ 　](?=[ぁ-ん])")


class Readings:
    """The words of a catalogue by their readings."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def restore(self, text: str, narrow: bool = False) -> str:
        """The text with known readings written as words, where it is typed in kana or romaji; else as it is.

        Args:
            text: The text, its katakana full width.
            narrow: Whether it was typed in half-width katakana: no loanwords then, if a word of the knowledge is among them.
        """
        if narrow and _KANJI.search(found := self.restore(_as_hiragana(text))):
            return found
        latin = _from_romaji(text, self._foreign)
        body = _from_katakana(latin)
        letters = [c for c in body if c.isalpha() and not c.isascii()]
        kana = sum("ぁ" <= c <= "ん" or c == "ー" for c in letters)
        if len(letters) < 8 or kana < MOSTLY * len(letters):
            return _RUN.sub(self._whole_run, text)
        return _KANA.sub(lambda m: self._cover(m.group(0), latin != text), _numbers(_SPACED.sub("", body)))

    def _whole_run(self, m: re.Match[str]) -> str:
        """A run of hiragana among other letters as the name or word of an attribute that it spells throughout (専門家かつよう)."""
        before, run, after = m.group("before") or "", m.group("run"), m.group("after") or ""
        whole = before + run + after
        for lead, word, rest in (("", whole, ""), ("", before + run, after), (before, run + after, ""), (before, run, after)):
            surface = self._spoken.get(word)
            if surface:
                return lead + surface + rest
        return m.group(0)

    def _cover(self, run: str, short: bool) -> str:
        """A run of kana with the known words in it written out, the longest first at each place.

        Only in romaji (`short`) may a word have lost its long vowels and small っ, and none that a verb goes on
        (とうろくすれば, しんせいする are no 登録数 and 申請数).
        """
        bones = _bones(run)
        sounds = "".join(c for c, _ in bones)
        out, at = [], 0
        while at < len(bones):
            size, surface = 0, ""
            for n in range(min(self._longest, len(bones) - at), SHORTEST - 1, -1):
                surface, reading = self._words.get(sounds[at : at + n], ("", ""))
                verb = _VERB.match(run, _end_of(bones, at + n, run))
                if surface and (short and not verb or _end_of(bones, at + n, run) - bones[at][1] >= len(reading)):
                    size = n
                    break
            end = _end_of(bones, at + max(size, 1), run)
            out.append(surface if size else run[bones[at][1] : end])
            at += size or 1
        return "".join(out)

    @cached_property
    def _words(self) -> dict[str, tuple[str, str]]:
        """Words with their readings by their sounds; names of programmes win over frames, those over the words of topics."""
        table = self._catalogue.vocabulary
        kept = {str(w): str(w) for w in table.get("kept_by_ear", ())} | table.get("read_as", {})
        out = {"".join(c for c, _ in _bones(reading)): (w, reading) for w, reading in kept.items()}
        for text in _texts(self._catalogue):
            for surface, reading in reading_of(text):
                sounds = "".join(c for c, _ in _bones(reading))
                if len(sounds) >= SHORTEST and _KANA.fullmatch(reading) and any("一" <= c <= "龥" or "ァ" <= c <= "ヶ" for c in surface):
                    out.setdefault(sounds, (surface, reading))
        return out

    @cached_property
    def _spoken(self) -> dict[str, str]:
        """The words of names and attributes by their readings, but for those that are written so themselves (ものづくり)."""
        texts = _names_and_attributes(self._catalogue)
        written = "\n".join(texts)
        single = dict.fromkeys(text[w.start : w.end] for text in texts for w in words(text) if w.noun)
        read = (pair for text in (*texts, *single) for pair in reading_of(text))
        out: dict[str, str] = {}
        for surface, reading in read:
            if len(reading) >= SHORTEST_RUN and reading not in written and _KANA.fullmatch(reading) and _WRITTEN.fullmatch(surface):
                out.setdefault(reading, surface)
        return out

    @cached_property
    def _foreign(self) -> frozenset[str]:
        """Words of other languages that stand in a text in romaji as they are."""
        return frozenset(w for phrase in self._catalogue.vocabulary.get("latin", {}) for w in _LATIN.findall(phrase.lower())) | _SIGNS

    @cached_property
    def _longest(self) -> int:
        return max((len(r) for r in self._words), default=0)


def _end_of(bones: list[tuple[str, int]], at: int, run: str) -> int:
    """Where the sounds before the one at `at` end in their run."""
    return bones[at][1] if at < len(bones) else len(run)


def _bones(kana: str) -> list[tuple[str, int]]:
    """Kana without what romaji leaves out (long vowels, small っ), each with its place."""
    out: list[tuple[str, int]] = []
    for i, c in enumerate(kana):
        long = c == "ー" or (c == "う" and i and kana[i - 1] in _O_AND_U) or c == "っ"
        if not long:
            out.append((c, i))
    return out


def _numbers(text: str) -> str:
    """Numbers and units that are spelt in kana, as numerals (ごじゅうまんえん → 五十万円)."""
    def digits(m: re.Match[str]) -> str:
        if m.group(1) == "し":
            return m.group(0)  # しえん, しにん: no one counts so
        return "".join(_DIGITS[w] for w in _DIGIT.findall(m.group(1))) + _UNITS[m.group(2)]

    def order(m: re.Match[str]) -> str:
        return f"第{_DIGIT.sub(lambda d: _DIGITS[d.group()], m.group(1))}{'次' if m.group(2) == 'じ' else '回'}"

    text = _ORDER.sub(order, text)
    text = re.sub(rf"((?:{_DIGIT.pattern})+)({'|'.join(_UNITS)})", digits, text)
    return re.sub(rf"(?<=[0-9０-９])[ 　]*({'|'.join(_UNITS)})", lambda m: _UNITS[m.group(1)], text)


def _texts(catalogue: Catalogue) -> list[str]:
    """What is worth knowing by ear: names first, then attributes, then topics and names of costs."""
    out = spoken_words(catalogue)
    for edition in catalogue.editions.values():
        out += [n for c in edition.categories for n in (c.label, *c.also)]
        out += [n for c in edition.costs for n in c.names] + [f.topic for f in edition.facts]
    return out


def spoken_words(catalogue: Catalogue) -> list[str]:
    """Names of programmes, frames and special measures, then words of attributes and of conditions, as they are written."""
    table: dict[str, Any] = catalogue.vocabulary
    out = _names_and_attributes(catalogue)
    out += [str(w) for kind in table.get("cost_kinds", {}).values() for w in kind]
    out += [str(w) for w in (*table.get("by_ear", ()), *(n for names in table.get("sizes", {}).values() for n in names))]
    for edition in catalogue.editions.values():
        out += [n for c in edition.categories for n in (c.label, *c.also)]
        out += [n for c in edition.costs for n in c.names] + [f.topic for f in edition.facts]
    return out


def _names_and_attributes(catalogue: Catalogue) -> list[str]:
    """Names of programmes, frames and special measures, then words of attributes."""
    out: list[str] = []
    for programme in catalogue.programmes.values():
        out += [programme.short, programme.name, *programme.also]
    for edition in catalogue.editions.values():
        for frame in edition.frames:
            out += [frame.label, *frame.also, *(n for s in frame.specials for n in (s.label, *s.also))]
    return out + [str(n) for names in catalogue.vocabulary.get("attributes", {}).values() for n in names]


def _from_katakana(text: str) -> str:
    """Katakana as hiragana, where most letters of the text are katakana and its grammar too (half-width input); loanwords stay."""
    letters = [c for c in text if c.isalpha()]
    if not _KATAKANA_ENDING.search(text) or sum("ァ" <= c <= "ヶ" or c == "ー" for c in letters) < MANY * len(letters):
        return text
    return _as_hiragana(text)


def is_narrow(raw: str) -> bool:
    """Whether a text is typed in half-width katakana, with neither kanji nor hiragana."""
    return len(_NARROW.findall(raw)) >= 8 and not _KANJI.search(raw) and not _KANA.search(raw)


def _as_hiragana(text: str) -> str:
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)


def _from_romaji(text: str, foreign: frozenset[str]) -> str:
    """Romaji words as hiragana, where most Latin words of the text read as kana and a Japanese particle is among them."""
    found = [w for w in _LATIN.findall(text) if w.lower() not in foreign]
    good = {w for w in found if _ROMAJI.fullmatch(w)}
    if len(found) < 4 or sum(w in good for w in found) < MOSTLY_ROMAJI * len(found) or not any(w.lower() in _PARTICLES for w in found):
        return text
    import jaconv

    read = {w: _SPELT.get(w.lower()) or jaconv.alphabet2kana(w.lower().replace("-", "")) for w in good}
    return _LATIN.sub(lambda m: read.get(m.group(0), m.group(0)), text)
