"""What the rules may ask about, from what a profile tells: industry class, size, age, special measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from assistant.matching.profile import Profile
from assistant.matching.purposes import fold
from assistant.rules.conditions import Condition, Inputs, Verdict
from assistant.rules.eligibility import size_of
from assistant.rules.load import Catalogue
from assistant.rules.schema import Frame, Special
from assistant.rules.sizes import SmeLimit
from assistant.rules.usual import usual
from assistant.text.dates import months_between
from assistant.text.tools import functions_told, processes_told

COMMITMENTS = frozenset({
    "per_capita_growth_pct", "payroll_growth_pct", "min_wage_raise_yen", "min_wage_margin_yen", "value_added_growth_pct",
    "productivity_growth_pct",
})  # fmt: skip
"""What an applicant promises rather than is: not told, it does not hold a fit back; too low, it can be raised."""

WHOLE = 0
"""The year of a project whose costs are told as a whole, not for one of its years."""


@dataclass(frozen=True, slots=True)
class Firm:
    """The inputs of a firm, and how its industry class came about."""

    inputs: Inputs
    industry_read: str | None = None
    """The word of the industry in detail that told the class, if the class was not told."""


def read_firm(profile: Profile, catalogue: Catalogue) -> Firm:
    """The inputs that a profile tells; what is not told stays unknown.

    A profile is of one firm, so there is one member unless the description speaks of several; its staff work at one
    place, and a raise of the lowest wage is a course of that much, unless told otherwise. Costs are of the whole project.
    """
    known: dict[str, Any] = dict(profile.known)
    industry, word = known.get("industry"), None
    if industry is None and profile.industry_detail:
        industry, word = industry_of(profile.industry_detail, catalogue)
    text = fold(profile.text)
    table = catalogue.vocabulary.get("matching", {})
    more: dict[str, Any] = {"industry": industry, **_tool(profile, table, known)}
    if "members" not in known and not any(fold(w) in text for w in table.get("group_words", ())):
        more["members"] = 1
    more |= {
        "year_no": WHOLE, "office_workers": known.get("employees"),
        "course_yen": known.get("course_yen", known.get("min_wage_raise_yen")),
        "min_wage_raise_yen": known.get("min_wage_raise_yen", known.get("course_yen")),
    }  # fmt: skip
    if profile.cost_yen is not None:
        more |= {"cost_yen": profile.cost_yen, "investment_yen": profile.cost_yen}
    inputs = Inputs(known).with_(**more)
    return Firm(inputs.with_(size=firm_size(inputs, profile.industry_detail, catalogue)), word)


def _tool(profile: Profile, table: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """The functions and processes of a tool, those told as such first."""
    return {
        "functions": known.get("functions") or functions_told(profile.text, table.get("functions", {})),
        "processes": known.get("processes") or processes_told(profile.text, table.get("processes", {})),
    }


def industry_of(detail: str, catalogue: Catalogue) -> tuple[str | None, str | None]:
    """The industry class of an industry in detail and the word that told it: the longest word that is in it."""
    found = [(len(w), c.industry, w) for c in catalogue.general.size_classes for w in c.words if fold(w) in fold(detail)]
    best = max(found, default=None)
    return (best[1], best[2]) if best else (None, None)


def firm_size(inputs: Inputs, detail: str | None, catalogue: Catalogue) -> str | None:
    """`small`, `sme`, or `mid` for a firm beyond every line of the law; None if what is told does not say."""
    size = size_of(inputs, catalogue.general.size_classes)
    limits = catalogue.general.sme_limits
    if size != "sme" or not limits:
        return size
    employees, capital = inputs.get("employees"), inputs.get("capital_yen")
    if inputs.get("is_corporation") is False and capital is None:
        capital = max(x.max_capital_yen for x in limits) + 1  # a sole proprietor has none: headcount alone decides
    rows = _rows_of(limits, inputs.get("industry"), detail)
    if any(x.holds(employees, capital) for x in rows):
        return "sme"
    if all(x.holds(employees, capital) is False for x in limits):
        return "mid"
    return None


def _rows_of(limits: tuple[SmeLimit, ...], industry: str | None, detail: str | None) -> list[SmeLimit]:
    """The rows of an industry; those whose words are in its detail, if any are."""
    rows = [x for x in limits if industry in (None, x.industry)]
    named = [x for x in rows if detail and any(w in detail for w in x.words)]
    return named or rows


def at_deadline(inputs: Inputs, founded: date | None, day: date) -> Inputs:
    """The inputs with the firm's age on a day (a round's deadline)."""
    return inputs if founded is None else inputs.with_(founded_months=months_between(founded, day))


def with_margin(inputs: Inputs) -> Inputs:
    """The inputs with the least margin over the regional minimum wage that a planned raise brings.

    Wages are at the regional minimum at least, so a raise of the lowest one is a margin of that much at least.
    """
    raise_yen = inputs.get("min_wage_raise_yen")
    return inputs if inputs.get("min_wage_margin_yen") is not None else inputs.with_(min_wage_margin_yen=raise_yen)


def check_with_raise(condition: Condition, inputs: Inputs) -> Verdict:
    """The verdict of a condition, a raise of the lowest wage counting as the least margin; too small a one says nothing."""
    verdict = condition.check(inputs)
    if verdict is Verdict.UNKNOWN:
        shown = condition.check(with_margin(inputs))
        return shown if shown is Verdict.MET else verdict
    return verdict


def earned_specials(frame: Frame, inputs: Inputs) -> tuple[Special, ...]:
    """The special measures whose conditions are told and met."""
    ready = usual(inputs)
    return tuple(s for s in frame.specials if s.requires.names and check_with_raise(s.requires, ready) is Verdict.MET)


def combinations_of(specials: tuple[Special, ...]) -> Iterator[tuple[Special, ...]]:
    """Every combination of special measures that may stand together, the smallest first."""
    for size in range(len(specials) + 1):
        for chosen in combinations(specials, size):
            ids = {s.id for s in chosen}
            if not any(ids & set(s.excludes) for s in chosen):
                yield chosen
