"""The order of candidates: what fits and can be applied for now, what is coming, what is over, what does not fit."""

from __future__ import annotations

from fractions import Fraction

from assistant.matching.candidates import COMING, LIVE, Candidate, by_programme
from assistant.rules.conditions import Verdict

_STATE = {"open": 0, "rolling": 0, "upcoming": 1, "unknown": 2, "closed": 3}
"""One whose time is not known may be open, one that is over cannot."""


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


def _order(c: Candidate) -> tuple[int, int, Fraction, int, Fraction, int, str]:
    """The key of the order; where the aim is not served, time counts less than how near it comes."""
    group, state = tier(c), _STATE[c.window.state]
    usual = 0 if c.edition.series in ("main", c.programme.default_series) else 1
    if c.fit == "no":
        shut = sum(r.weight == "shuts_out" for r in c.reasons)
        return group, usual, Fraction(c.aim is Verdict.NOT_MET), shut, Fraction(state) - c.strength, 0, c.programme.id
    if c.aim is Verdict.MET:
        return group, state, -c.strength, 0, Fraction(0), -c.subsidy_yen, c.programme.id
    return group, 0, -c.strength, state, Fraction(usual), -c.subsidy_yen, c.programme.id


def tier(c: Candidate) -> int:
    """The group of a candidate, 0 first.

    Fits and open; fits and coming; may fit, is open or coming and serves the aim; fits but over or at an unknown time; may
    fit, open or coming; may fit but over; does not fit.
    """
    state = c.window.state
    if c.fit == "no":
        return 6
    if c.fit == "fits":
        return 0 if state in LIVE else 1 if state in COMING else 3
    if state in COMING:
        return 2 if c.aim is Verdict.MET else 4
    return 5
