"""What a project is for: purposes told in so many words or described, against what a frame serves."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from assistant.matching.profile import Profile
from assistant.rules.conditions import Verdict
from assistant.rules.load import Catalogue
from assistant.rules.schema import Frame, Programme

GAP = unicodedata.normalize("NFKC", "…")
STATED, BROAD, DESCRIBED, LOST, FIRST = Fraction(3), Fraction(1, 2), Fraction(1), Fraction(1, 2), Fraction(2)
"""Weights of a purpose: told as such and served, told but saying little, only described, told and not served; and what it
adds if it is the first purpose of a frame, the one that the frame is for."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """A purpose of the word table; `kind` is aim, broad (says little alone) or plan (a commitment, no aim)."""

    id: str
    label: str
    kind: str
    names: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aims:
    """The purposes of a project by id, aims and broad ones apart."""

    stated: frozenset[str]
    described: frozenset[str]
    broad: frozenset[str]
    told: bool
    """Whether the profile says anything of what the money is for that can be read."""


@dataclass(frozen=True, slots=True)
class PurposeMatch:
    """How well a frame serves a project: met, unknown (partly, or nothing told) or not_met, and how strongly."""

    verdict: Verdict
    strength: Fraction
    labels: tuple[str, ...]
    """What of the project the frame serves."""


def purpose_table(catalogue: Catalogue) -> tuple[Purpose, ...]:
    """The purposes of the word table."""
    rows: list[dict[str, Any]] = catalogue.vocabulary.get("matching", {}).get("purposes", [])
    return tuple(
        Purpose(
            str(r["id"]), str(r["label"]), str(r.get("kind", "aim")), tuple(fold(str(n)) for n in r.get("names", ())),
            tuple(fold(str(w)) for w in r.get("words", ())),
        )
        for r in rows
    )  # fmt: skip


def read_aims(profile: Profile, table: tuple[Purpose, ...]) -> Aims:
    """The purposes that a profile states and describes; a stated one that no table knows counts as a description."""
    stated = {p for told in profile.purposes for p in named_purposes(told, table)}
    described = described_in("\n".join((profile.text, *profile.purposes)), table)
    kinds = {p.id: p.kind for p in table}
    broad = {p for p in stated | described if kinds.get(p) == "broad"}
    aims = {p for p in stated if kinds.get(p) == "aim"}
    shown = {p for p in described if kinds.get(p) == "aim"}
    unread = bool(profile.description) and not (profile.purposes or described)
    return Aims(frozenset(aims), frozenset(shown), frozenset(broad), profile.has_project and not unread)


def described_in(text: str, table: tuple[Purpose, ...]) -> frozenset[str]:
    """Ids of the purposes of which a text has a word."""
    folded = fold(text)
    return frozenset(p.id for p in table if any(_says(folded, w) for w in p.words))


def _says(text: str, word: str) -> bool:
    """Whether a folded text holds a word; 「…」 in it stands for a few letters of the same clause (時給を…上げ)."""
    if GAP not in word:
        return word in text
    return re.search("[^。、]{0,10}".join(map(re.escape, word.split(GAP))), text) is not None


def named_purposes(name: str, table: tuple[Purpose, ...]) -> frozenset[str]:
    """Ids of the purposes that a name stands for: those of exactly that name, else those whose name it holds."""
    folded = fold(name)
    exact = frozenset(p.id for p in table if folded in p.names)
    if exact:
        return exact
    within = [(len(n), p.id) for p in table for n in p.names if len(n) > 1 and n in folded]
    return frozenset(i for _, i in within) or frozenset({folded})


def served_by(frame: Frame, programme: Programme, table: tuple[Purpose, ...]) -> tuple[frozenset[str], ...]:
    """Ids of the purposes that a frame serves, the first it names first; those of its programme if it names none."""
    return tuple(named_purposes(n, table) for n in frame.purposes or programme.purposes)


def match_purposes(aims: Aims, purposes: tuple[frozenset[str], ...], table: tuple[Purpose, ...]) -> PurposeMatch:
    """How well what is served answers the aims.

    A stated aim that is served fits. A described one fits if no other aim is stated; beside stated ones that are not served
    it leaves the matter open. So do broad purposes, where no aim is told, and a description in which no purpose is found.
    """
    served = frozenset[str]().union(*purposes)
    stated, described, broad = aims.stated & served, aims.described & served, aims.broad & served
    strength = STATED * len(stated) + DESCRIBED * len(described - stated) + BROAD * len(broad) - LOST * len(aims.stated - served)
    if purposes and purposes[0] & (stated or described):
        strength += FIRST
    labels = {p.id: p.label for p in table}
    shown = tuple(labels.get(i, i) for i in (*sorted(stated), *sorted(described - stated), *sorted(broad)))
    if stated or (described and not aims.stated):
        return PurposeMatch(Verdict.MET, strength, shown)
    if described or (broad and not aims.stated and not aims.described) or not aims.told:
        return PurposeMatch(Verdict.UNKNOWN, strength, shown)
    return PurposeMatch(Verdict.NOT_MET, strength, ())


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Text as words are compared: one width, one case, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
