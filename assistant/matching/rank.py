"""The order of candidates: what can be applied for now and fits comes first, then what is coming, what is over, what does not fit."""

from __future__ import annotations

from fractions import Fraction

from assistant.matching.candidates import COMING, LIVE, Candidate, by_programme
from assistant.rules.conditions import Verdict

_STATE = {"open": 0, "rolling": 0, "upcoming": 1, "closed": 2, "unknown": 3}


def rank(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The best candidate of each programme, best first, with other series of it that fit too.

    A series is listed beside the best one only if it fits or may fit: it has a call of its own.
    """
    kept: list[Candidate] = []
    for group in by_programme(tuple(sorted(candidates, key=_order))):
        seen: set[str] = set()
        for candidate in group:
            series = candidate.edition.series
            if not seen or (series not in seen and candidate.fit != "no"):
                kept.append(candidate)
            seen.add(series)
    return tuple(sorted(kept, key=_order))


def _order(c: Candidate) -> tuple[int, int, Fraction, int, str]:
    return tier(c), _STATE[c.window.state], -c.strength, -c.subsidy_yen, c.programme.id


def tier(c: Candidate) -> int:
    """The group of a candidate, 0 first.

    Fits and open; fits and coming; may fit, is open or coming and serves the aim; fits but over; may fit, open or coming;
    may fit but over; does not fit.
    """
    state = c.window.state
    if c.fit == "no":
        return 6
    if c.fit == "fits":
        return 0 if state in LIVE else 1 if state in COMING else 3
    if state in COMING:
        return 2 if c.aim is Verdict.MET else 4
    return 5
