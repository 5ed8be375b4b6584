"""What stands around an amount of money, as the features from which a learned model tells its role."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from assistant.ask.results_told import Amount
from assistant.text.numbers import Quantity

Features = dict[str, float]
"""The weight of each thing that is so; what is not so is absent."""

_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_SENTENCE_END = re.compile(r"(?<=[。？！?!\n])")
_AMOUNT = "§"
"""Stands for an amount, whatever its size."""
_AFFIX, _REACH = 6, 14
"""How many characters beside an amount count one after the other, and how many of its clause in pairs."""
_BANDS = ((1, "0"), (4, "3"), (9, "8"), (18, "16"))
"""How far a word is away, in characters, by band; further is `f`."""
_SMALL_YEN = 3_000
_CLOSE = 200
"""An amount lies within this part of what it is said to come to."""



@dataclass(frozen=True, slots=True)
class Surroundings:
    """The amounts of a text, in its order, with what their surroundings are read from."""

    text: str
    nameless: str
    """The text with the names of programmes and measures blanked."""
    amounts: Sequence[Amount]
    """All amounts with the roles that rules give them."""
    kept: frozenset[int]
    """Where those stand that rules count as costs."""
    found: Sequence[Quantity]
    """All numbers."""

    def masked(self) -> str:
        """The text with each amount as one sign and each other number as a nought."""
        parts, at = [], 0
        for x in self.amounts:
            parts += [_plain(self.nameless[at : x.q.start]), _AMOUNT]
            at = x.q.end
        return "".join([*parts, _plain(self.nameless[at:])])


def features(told: Surroundings, words: Mapping[str, re.Pattern[str]], rates: Iterable[Fraction]) -> list[Features]:
    """The features of each amount of a text.

    Args:
        told: The amounts and their text.
        words: Groups of words that tell roles, by name.
        rates: The rates that subsidies have.

    Returns:
        One mapping for each amount, in their order.
    """
    around = told.masked().split(_AMOUNT)
    everywhere = {f"t.{k}": 0.5 for k, p in words.items() if p.search(told.text)}
    sums = _Sums(told, frozenset(rates))
    out = []
    for i in range(len(told.amounts)):
        before = _AMOUNT.join(around[: i + 1])
        after = re.sub("^円", "", _AMOUNT.join(around[i + 1 :]))
        out.append({**everywhere, **_words_beside(before, after, words), **_place(told, i, after), **sums.of(i)})
        _with_rule(out[-1], told, i)
    return out


def _plain(text: str) -> str:
    return _DIGITS.sub("0", unicodedata.normalize("NFKC", text))


def _words_beside(before: str, after: str, words: Mapping[str, re.Pattern[str]]) -> Features:
    """The characters right beside an amount, and which groups of words stand in its clause, up to its neighbours, in its sentence."""
    left, right = _scopes(before, at_end=True), _scopes(after, at_end=False)
    out = _characters("b", left, at_end=True) | _characters("a", right, at_end=False)
    b, of_left = _groups("b", left, words, at_end=True)
    a, of_right = _groups("a", right, words, at_end=False)
    return out | of_left | of_right | {f"nb:{b}": 1.5, f"na:{a}": 1.5, f"nb+na:{b}+{a}": 1.5}


def _scopes(text: str, at_end: bool) -> tuple[str, str, str]:
    """What belongs to an amount on one side of it: its clause, what lies before the next amount, its sentence."""
    place = -1 if at_end else 0
    sentence = _SENTENCE_END.split(text)[place]
    between = sentence.split(_AMOUNT)[place]
    return re.split("[、,]", between)[place], between, sentence


def _characters(side: str, scopes: tuple[str, str, str], at_end: bool) -> Features:
    """The characters right beside an amount, and pairs and triples of those of its clause."""
    clause, between, _ = scopes
    out: Features = {} if between else {f"{side}:none": 1}
    for n in range(1, min(_AFFIX, len(between)) + 1):
        out[f"{side}{n}:{between[-n:] if at_end else between[:n]}"] = 0.7
    reach = clause[-_REACH:] if at_end else clause[:_REACH]
    return out | {f"{side}~{reach[k : k + n]}": 0.35 for n in (2, 3) for k in range(len(reach) - n + 1)}


def _groups(side: str, scopes: tuple[str, str, str], words: Mapping[str, re.Pattern[str]], at_end: bool) -> tuple[str, Features]:
    """The group of the nearest word on one side, and which groups stand in each scope and how far."""
    out: Features = {}
    nearest = (len(scopes[2]) + 1, "-")
    for name, pattern in words.items():
        gaps = [_gap(pattern, text, at_end) for text in scopes] if _gap(pattern, scopes[2], at_end) is not None else []
        for scope, gap in zip("cls", gaps, strict=False):
            if gap is not None:
                out[f"{scope}{side}.{name}"] = 1
                if scope != "s":
                    out[f"{scope}{side}.{name}.{_band(gap)}"] = 1
        if gaps and gaps[1] is not None:
            nearest = min(nearest, (gaps[1], name))
    return nearest[1], out


def _gap(pattern: re.Pattern[str], text: str, at_end: bool) -> int | None:
    """How many characters lie between an amount and the nearest word of a group on one side; None where there is none."""
    found = [m.end() if at_end else m.start() for m in pattern.finditer(text)]
    if not found:
        return None
    return len(text) - found[-1] if at_end else found[0]


def _band(gap: int) -> str:
    return next((name for most, name in _BANDS if gap <= most), "f")


def _place(told: Surroundings, i: int, after: str) -> Features:
    """Which of the amounts it is, how large, with which bound, and how much is said after it."""
    x, last = told.amounts[i], len(told.amounts) - 1
    out: Features = {f"n:{min(last + 1, 6)}": 1, f"i:{min(i, 5)}": 1, "last" if i == last else "inner": 1}
    out |= {f"mag:{len(str(x.yen))}": 1, "small" if x.yen < _SMALL_YEN else "large": 1}
    out[f"sentences:{min(3, len(re.findall('[。？?]', after)))}"] = 1
    if x.q.bound:
        out |= {f"bound:{x.q.bound}": 2, f"bound:{x.q.bound}|{x.role}": 1}
    return out


def _with_rule(out: Features, told: Surroundings, i: int) -> None:
    """Add the role that the rules give, alone and with the nearest words, and those of the neighbours."""
    x = told.amounts[i]
    counted = x.role in ("cost_yen", "unit_price_yen") and x.q.start not in told.kept
    rule = x.role + ("-cut" if counted else "")
    out |= {f"rule:{rule}|{k}": 1.0 for k in list(out) if k.startswith(("nb:", "na:"))}
    out[f"rule:{rule}"] = 2.5
    out[f"prev:{told.amounts[i - 1].role if i else '-'}"] = 1
    out[f"next:{told.amounts[i + 1].role if i + 1 < len(told.amounts) else '-'}"] = 1


class _Sums:
    """Which amounts of a text come from others: as a share, a sum, a multiple, a difference."""

    def __init__(self, told: Surroundings, rates: frozenset[Fraction]) -> None:
        self._yen = [x.yen for x in told.amounts]
        percents = {q.exact / 100 for q in told.found if q.unit == "percent" and q.exact}
        self._told = {q.exact for q in told.found if q.unit == "ratio" and q.exact} | percents
        self._rates = rates
        self._counts = {n for q in told.found if (n := q.whole("count", "people", "months", "years", "other")) is not None and n > 1}

    def of(self, i: int) -> Features:
        """How one amount follows from the others, or they from it."""
        yen, x = self._yen, self._yen[i]
        rest, before, after = yen[:i] + yen[i + 1 :], yen[:i], yen[i + 1 :]
        if not rest:
            return {"alone": 1}
        runs = set(before) | {sum(before[a:b]) for a, b in combinations(range(i + 1), 2) if b - a > 1}
        tests = {
            "biggest": (max(rest) <= x, 1), "smallest": (x == min(yen), 1),
            "told_share": (_is_share(x, runs, self._told), 3), "told_share_any": (_is_share(x, rest, self._told), 2),
            "known_share": (_is_share(x, runs, self._rates), 2), "has_share": (any(_is_share(b, (x,), self._rates) for b in rest), 2),
            "sum_before": (any(sum(before[a:]) == x for a in range(len(before) - 1)), 3),
            "sum_after": (any(sum(after[:b]) == x for b in range(2, len(after) + 1)), 3),
            "again": (x in rest, 2), "again_before": (x in before, 2),
            "unit_of": (any(x * n in rest for n in self._counts), 2), "times_of": (any(v * n == x for v in rest for n in self._counts), 2),
            "difference": (any(abs(a - b) == x for a, b in combinations(rest, 2)), 2),
        }  # fmt: skip
        return {name: float(weight) for name, (so, weight) in tests.items() if so}


def _is_share(yen: int, bases: Iterable[int], rates: Iterable[Fraction]) -> bool:
    near = max(Fraction(1), Fraction(yen, _CLOSE))
    return any(abs(b * r - yen) <= near for b in bases for r in rates if 0 < r < 1)
