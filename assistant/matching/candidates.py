"""The candidates: for each series the edition that answers on the day, for each frame its reasons, fit and amount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal

from assistant.errors import NoEdition
from assistant.matching.amounts import Offer, offer
from assistant.matching.costs import sort_costs
from assistant.matching.inputs import Firm, at_deadline
from assistant.matching.lexicon import lexicon
from assistant.matching.profile import Profile
from assistant.matching.purposes import Aims, Purpose, match_purposes, served_by
from assistant.matching.reasons import Reason, as_demanded, frame_reasons
from assistant.rules.conditions import Inputs, Verdict
from assistant.rules.editions import Window, default_window, editions_in, series_of, windows_on
from assistant.rules.load import Catalogue
from assistant.rules.schema import Edition, Frame, Programme

Fit = Literal["fits", "check", "no"]
LIVE = ("open", "rolling")
COMING = (*LIVE, "upcoming")
_RANK = {"open": 0, "rolling": 0, "upcoming": 1, "closed": 2, "unknown": 3}
GOOD_SHARE, LISTED = Fraction(2), Fraction(2)
"""What the share of the costs that a frame pays for adds to the strength of a match, and a product of its list."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One frame of one edition for one project."""

    programme: Programme
    edition: Edition
    """The edition whose rules were applied."""
    window: Window
    frame: Frame
    fit: Fit
    strength: Fraction
    aim: Verdict
    offer: Offer
    reasons: tuple[Reason, ...]
    inputs: Inputs
    undetailed: bool = False
    """Whether the round's own figures are not in the knowledge: no amount is told."""

    @property
    def subsidy_yen(self) -> int:
        """The amount for ordering; the lower end of a range."""
        return 0 if self.untold else self.offer.low or 0

    @property
    def untold(self) -> bool:
        """Whether no amount is told: the round has no figures, or a local scheme for named things names none of the costs."""
        costs, named_things = self.offer.costs, self.programme.area is not None and not self.edition.categories
        return self.undetailed or (named_things and bool(costs.unclear) and not costs.known_yen)


def all_candidates(
    profile: Profile, firm: Firm, aims: Aims, table: tuple[Purpose, ...], catalogue: Catalogue, today: date
) -> tuple[Candidate, ...]:
    """Every frame of every programme that can be judged on the day."""
    out: list[Candidate] = []
    for programme in catalogue.programmes.values():
        if programme.kind == "declaration" or _is_replaced(programme, catalogue, today):
            continue
        for series in series_of(catalogue, programme.id):
            answer = answering(catalogue, programme.id, series, today)
            if answer is None:
                continue
            window, edition = answer
            for frame in edition.frames:
                found = _candidate(profile, firm, aims, table, catalogue, (programme, edition, window, frame), today)
                out.append(found if edition is window.edition else _of_other_round(found))
    return tuple(out)


def answering(catalogue: Catalogue, programme_id: str, series: str, today: date) -> tuple[Window, Edition] | None:
    """The round that answers and the edition whose rules are known: another one where the round is only announced."""
    editions = editions_in(catalogue, programme_id, series)
    try:
        detailed = default_window(editions, today)
    except NoEdition:
        return None
    first = windows_on(editions, today)[0]
    if not detailed.edition.frames:
        return None
    better = _RANK[first.state] < _RANK[detailed.state] and first.state in COMING
    return (first if better else detailed), detailed.edition


def _of_other_round(found: Candidate) -> Candidate:
    """A candidate judged by the rules of another round: what would fit has to be checked."""
    return replace(found, undetailed=True, fit="no" if found.fit == "no" else "check")


def _is_replaced(programme: Programme, catalogue: Catalogue, today: date) -> bool:
    """Whether a programme is over and another one, known on the day, has taken its place."""
    heirs = [x.programme for x in programme.lineage if x.relation == "successor"]
    if any(w.state in COMING for w in windows_on(catalogue.editions_of(programme.id), today)):
        return False
    return any(windows_on(catalogue.editions_of(h), today) for h in heirs)


def _candidate(
    profile: Profile, firm: Firm, aims: Aims, table: tuple[Purpose, ...], catalogue: Catalogue,
    place: tuple[Programme, Edition, Window, Frame], today: date,
) -> Candidate:  # fmt: skip
    programme, edition, window, frame = place
    day = window.closes_at.date() if window.closes_at and window.state in ("open", "upcoming") else today
    inputs = _outside(at_deadline(firm.inputs, profile.founded, day), programme, catalogue)
    match = match_purposes(aims, served_by(frame, programme, table), table)
    costs = sort_costs(profile, edition, frame, lexicon(catalogue))
    match = as_demanded(match, frame, profile) if costs.known_yen and not edition.categories else match
    offered = offer(frame, inputs, costs)
    reasons = frame_reasons(profile, edition, programme, frame, inputs, match, offered)
    total = sum(i.yen for i in profile.items)
    strength = match.strength + (GOOD_SHARE * Fraction(offered.costs.known_yen, total) if total else 0)
    strength += LISTED if offered.costs.listed else 0
    return Candidate(programme, edition, window, frame, fit_of(reasons), strength, match.verdict, offered, reasons, inputs)


def _outside(inputs: Inputs, programme: Programme, catalogue: Catalogue) -> Inputs:
    """Inputs with the prefecture as the place of a firm that tells no city, where the scheme is of a city of another prefecture."""
    told, homes = str(inputs.get("prefecture") or ""), catalogue.vocabulary.get("municipalities", {})
    home = next((p for p, cities in homes.items() if programme.area in cities), None)
    if home is None or not told or inputs.get("city") is not None or home.startswith(told.rstrip("都府県")):
        return inputs
    return inputs.with_(city=told)


def fit_of(reasons: tuple[Reason, ...]) -> Fit:
    """The fit that the reasons make: no if one shuts out, check if one is open or a promise too low, else fits."""
    weights = {r.weight for r in reasons}
    if "shuts_out" in weights:
        return "no"
    return "check" if weights & {"holds_back", "raises"} else "fits"


def by_programme(candidates: tuple[Candidate, ...]) -> Iterator[tuple[Candidate, ...]]:
    """The candidates of each programme together, in the order in which they come."""
    for programme in dict.fromkeys(c.programme.id for c in candidates):
        yield tuple(c for c in candidates if c.programme.id == programme)
