"""Gather the evidence for a question: rules first, then passages, in the order in which the answer gives them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.ask.amount_beside import with_amount
from assistant.ask.arrange import ANY_SCORE, ENOUGH, GOOD_SCORE, LITTLE, SOME, UNKNOWN, arrange, beside, is_strong
from assistant.ask.evidence import (
    ComputedFinding,
    ConditionFinding,
    DateFinding,
    EligibilityFinding,
    Evidence,
    Finding,
    ProseFinding,
    TableFinding,
)
from assistant.ask.fitting import fitting
from assistant.ask.gather_asked import amounts_asked, asides_of
from assistant.ask.gather_checks import checks
from assistant.ask.gather_compare import side_by_side
from assistant.ask.gather_computed import computed_findings, growth_held
from assistant.ask.gather_conditions import condition_findings
from assistant.ask.gather_dates import EVENT_OF, date_findings
from assistant.ask.gather_days import days_between
from assistant.ask.gather_defined import defined, told_apart
from assistant.ask.gather_demands import special_demands
from assistant.ask.gather_fill import fill_gaps, fill_kinds
from assistant.ask.gather_gaps import gaps
from assistant.ask.gather_inverse import inverse_findings
from assistant.ask.gather_judged import (
    alone,
    barred_project,
    cost_shut_out,
    eligibility,
    excluded_projects,
    shut_out,
    sized_verdict,
    special_verdict,
    told_out,
    where_it_must_be,
)
from assistant.ask.gather_kind import of_the_kind, overview
from assistant.ask.gather_listed import unlisted
from assistant.ask.gather_owed import owed_findings, owed_from
from assistant.ask.gather_premise import cap_premise
from assistant.ask.gather_prose import Prose, by_edition, by_frame, by_programme, by_region, search_prose, without_places
from assistant.ask.gather_returned import returned_findings
from assistant.ask.gather_rows import rows_beyond
from assistant.ask.gather_structured import beside_gap, structured_findings
from assistant.ask.gather_tables import TABLES
from assistant.ask.gather_turns import between_turns
from assistant.ask.gather_worded import worded_findings
from assistant.ask.gather_years import years_left
from assistant.ask.inquiry import Inquiry
from assistant.ask.only_place import asks_of_the_place, of_the_country, of_the_matter
from assistant.ask.query import Query
from assistant.ask.reckon import Case
from assistant.ask.reckonings import added_up, ahead, beside_requirement, reckoned
from assistant.ask.route import Place, Route, choose_route
from assistant.ask.things import paid_for_thing, schemes_apart, with_paying_frames
from assistant.ask.told_frames import with_told_frames
from assistant.ask.uncovered import uncovered_topic
from assistant.ask.verdicts import asks_if_not, asks_leave, leaves_open
from assistant.ask.wanted import asks_a_date, holds_wanted, priced, wanted_in
from assistant.rules.conditions import Verdict
from assistant.rules.editions import windows_on
from assistant.rules.load import Catalogue
from assistant.search.index import Hit, SearchIndex

_DATE = re.compile(r"いつ|締切|締め切|〆切|期限|まだ(?![^、。？?]{0,4}(?:へん|ない|ません|ず))|もう|今から|いまから|間に合|受付|何日")
"""What asks for a date, where a firm that may not apply asks whether it can."""
NAMED, NOT_COVERED = 4, ("not_covered",)
"""How long a name of the best passage must be that stands in a question, for its programme to be meant; a matter never spoken of."""
_KIND = re.compile(r"の?(補助金|助成金|補助|助成)$")
RULES, FAIRLY = ("excluded_cost", "cost_rule", "penalty", "requirement", "document", "other"), 0.25
"""Kinds of passages that say what is not allowed, and the share of telling words, or likeness, that they must have (or a good score)."""


def gather_evidence(query: Query, route: Route, catalogue: Catalogue, index: SearchIndex, today: date) -> Evidence:
    """Everything that answers a question.

    Args:
        query: The parsed question.
        route: Its route; `way` is "answer".
        catalogue: The knowledge.
        index: The search index over it.
        today: The day in Japan.
    """
    query = priced(query, route)
    asked = Inquiry(query, route, catalogue, index, today)
    found = Evidence() if query.vague else _gather(asked)
    if query.year and not query.rounds and not query.has("min_wage") and (not _says_something(found) or _is_faint(found)):
        later = replace(query, year=None)  # the year is of the matter, not of the edition (2025年度の売上の見込み)
        other = _gather(replace(asked, query=later, route=choose_route(later, catalogue, today)))
        if _says_something(other) and (not _says_something(found) or other.covered > found.covered):
            found = other
    nothing = (not found.findings and found.unknown != NOT_COVERED) or (found.findings and _is_general(found))
    if nothing and route.places and not (query.rounds or query.year or route.older):
        older = _in_older(asked)
        found = older if older and (not found.findings or older.covered >= found.covered) else found
    shown = tuple(h for f in found.findings if isinstance(f, ProseFinding) for h in (*f.lead, *f.more))
    if not found.findings or not route.places or any(isinstance(f, ComputedFinding | ConditionFinding) for f in found.findings):
        return _if_wanted(query, found)
    rows = {h.row for h in shown}
    asides = tuple(h for f in asides_of(asked) for h in f.more[:1] if h.row not in rows)
    gaps_filled = fill_gaps(asked, (*shown, *asides))
    if _all_silent(found.findings):
        gaps_filled = tuple(h for h in gaps_filled if h.coverage >= ENOUGH and h.passage.kind != "purpose")
    kinds_filled = fill_kinds(asked, found.findings, (*shown, *asides, *gaps_filled))
    more = (*asides, *gaps_filled, *(h for h in kinds_filled if h.row not in rows))
    return _if_wanted(query, replace(found, findings=(*found.findings, ProseFinding((), more))) if more else found)


def _if_wanted(query: Query, found: Evidence) -> Evidence:
    """What was found, unless it is all passages and dates and none holds a value of the kind that is asked for (何分, 何社)."""
    wanted = wanted_in(query.text)
    dated = [f for f in found.findings if isinstance(f, DateFinding)]
    if not wanted or not found.findings or not all(isinstance(f, ProseFinding | DateFinding) for f in found.findings):
        return found
    shown = [h for f in found.findings if isinstance(f, ProseFinding) for h in (*f.lead, *f.more)]
    own = [h for h in shown if h.passage.programme or not query.named_programmes] or shown
    if (dated and asks_a_date(query.text)) or any(holds_wanted(wanted, h.passage.text) for h in own):
        return found
    return Evidence(covered=0.0, unknown=("wanted",), near=tuple(h for h in shown if h.coverage >= ENOUGH)[:2])


def rules_broken(query: Query, catalogue: Catalogue, index: SearchIndex, today: date) -> tuple[Hit, ...]:
    """The rules on what a question for help with false papers would get round: what the refusal names beside itself."""
    route = choose_route(replace(query, unsafe=False), catalogue, today)
    prose = search_prose(Inquiry(query, route, catalogue, index, today))
    rules = (h for h in prose.hits if h.passage.kind in RULES and (max(h.coverage, h.alike) >= FAIRLY or h.score >= GOOD_SCORE))
    return tuple(h for h in rules if not any(h.passage.text == o.passage.text for o in prose.hits[: prose.hits.index(h)]))[:2]


def _all_silent(findings: Sequence[Finding]) -> bool:
    """Whether nothing was found but that the sources do not print a date."""
    return all(isinstance(f, DateFinding) and f.silent for f in findings)


def _says_something(found: Evidence) -> bool:
    """Whether what was gathered is more than a verdict on the firm."""
    return any(not isinstance(f, EligibilityFinding) for f in found.findings)


def _is_faint(found: Evidence) -> bool:
    """Whether all that was gathered is a passage that hardly speaks of the question."""
    first = found.findings[0]
    return isinstance(first, ProseFinding) and all(h.score < ANY_SCORE for h in first.lead) and found.covered < LITTLE


def _is_general(found: Evidence) -> bool:
    """Whether a programme was asked about and what leads holds of subsidies in general."""
    first = found.findings[0]
    return isinstance(first, ProseFinding) and bool(first.lead) and first.lead[0].passage.programme is None


def _in_older(asked: Inquiry) -> Evidence | None:
    """What an older edition of the programmes says, where the one in question is silent; the answer names the edition."""
    route, today = asked.route, asked.today
    older = [
        Place(windows_on((e,), today)[0], e.frames, False)
        for p in dict.fromkeys(p.edition.programme for p in route.places)
        for e in asked.catalogue.editions_of(p)
        if e.id not in route.editions and windows_on((e,), today)
    ]
    if not older:
        return None
    prose = search_prose(replace(asked, route=replace(route, older=tuple(older))))
    if not prose.hits or prose.hits[0].passage.edition_id in (None, *route.editions) or prose.coverage < SOME:
        return None
    return Evidence((ProseFinding(prose.hits[:1], prose.hits[1:4]),), covered=prose.coverage)


def _gather(asked: Inquiry) -> Evidence:
    """What answers first: a computation on the user's own numbers, an amount of a frame, else tables, dates and passages."""
    query, catalogue = asked.query, asked.catalogue
    decided = _decided(asked)
    if decided is not None:
        return decided
    asked = _in_told_frames(asked)
    prose = of_the_matter(asked, search_prose(asked))
    if prose is None and not asks_of_the_place(query.text):
        return _gather(of_the_country(asked))
    best = tuple(h.passage for h in prose.hits[:2] if h.coverage >= ENOUGH) if prose else ()
    if prose is None or uncovered_topic(query.text, bool(query.named_programmes), best, catalogue):
        return Evidence(unknown=NOT_COVERED)
    held = _local_condition(asked, prose)
    if held:
        return _of_condition(held[0], asked)
    implied = _implied(asked, prose)
    if implied:
        asked = _in_told_frames(replace(asked, route=choose_route(replace(query, programmes=(implied,)), catalogue, asked.today)))
        prose = replace(prose, hits=tuple(h for h in prose.hits if h.passage.programme in (implied, None)))
    route = asked.route
    needed = inverse_findings(asked)
    amounts = Evidence(tuple(needed)) if needed else amounts_asked(asked, prose) or paid_for_thing(asked, prose)
    if amounts is not None:
        return amounts
    structured = [*told_out(asked), *structured_findings(asked, prose)]
    about = replace(asked, query=replace(query, named_programmes=(implied,))) if implied else asked
    judged = _judged(about, structured, prose)
    if judged is not None:
        return judged
    prose = by_frame(query, route, by_edition(query, route, by_programme(query, by_region(query, prose, catalogue))))
    worded, absent = worded_findings(asked)
    worded = worded or ([] if prose.telling or structured else of_the_kind(asked))
    absent = absent or (None if worded else _absent_table(query, route, structured, prose))
    if structured and _all_silent(structured) and _only_dates(query, prose):
        return Evidence(_dates_in_words(route, prose) or tuple(structured))
    beside_dates = absent == "adoption_rate" and all(isinstance(f, DateFinding) for f in structured)
    if absent and (absent in TABLES or not structured or beside_dates):
        near = tuple(h for h in prose.hits[:3] if prose.telling and h.coverage >= ENOUGH)[:2] if absent == "price" else ()
        return Evidence(covered=0.0, unknown=(absent,), near=near)
    fit = fitting(query, route, side_by_side(asked, structured), prose, bool(worded))
    foreign = Evidence(covered=0.0, unknown=prose.telling)
    return foreign if fit is None else arrange(query, fit[1], fit[0], worded, _fallback(asked, fit[1]))


def _decided(asked: Inquiry) -> Evidence | None:
    """What needs no search: a verdict on the user's case, what his numbers come to, a cost never alone, two schemes."""
    if barred := barred_project(asked):
        return Evidence(tuple(barred))
    case = Case(asked.query, asked.route, asked.inputs, asked.catalogue)
    counted = days_between(asked) or ahead(case) or growth_held(asked.query, asked.route)
    if counted:
        return with_amount(Evidence(tuple(counted), ask_for=counted[0].ask_for), asked)
    if line := owed_from(asked):
        return Evidence((*line, *beside(search_prose(asked))))
    if not cap_premise(asked) and (held := owed_findings(asked) or condition_findings(asked) or unlisted(asked)):
        return _of_condition(held[0], asked)
    if shut := cost_shut_out(asked):
        return Evidence((*shut, *beside(search_prose(asked))))
    computed = _computed(asked)
    if computed is not None:
        return with_amount(computed, asked)
    if lost := returned_findings(asked):
        return _of_condition(lost[0], asked)
    only = alone(asked) or special_demands(asked) or rows_beyond(asked) or defined(asked) or told_apart(asked)
    return Evidence(tuple(only)) if only else schemes_apart(asked)


def _of_condition(found: ConditionFinding, asked: Inquiry) -> Evidence:
    """A verdict on the user's case, with the tables he asks for, or other passages on the same programme."""
    prose = search_prose(asked)
    if found.says == "pair":
        return Evidence((found, *structured_findings(asked, prose)[:4]))
    own = [h for h in prose.hits[:4] if h.passage.programme == found.hit.passage.programme and h.row != found.hit.row]
    return Evidence((found, ProseFinding((), tuple(own[:2]))))


def _local_condition(asked: Inquiry, prose: Prose) -> list[ConditionFinding]:
    """A verdict on the user's case by the local scheme that the best passage is of, where its area is named and no programme."""
    best = prose.hits[0].passage.programme if prose.hits else None
    if asked.route.places or best is None or asked.catalogue.programmes[best].area not in asked.query.areas:
        return []
    query = replace(asked.query, programmes=(best,), named_programmes=(best,))
    return condition_findings(replace(asked, query=query, route=choose_route(query, asked.catalogue, asked.today)))


def _in_told_frames(asked: Inquiry) -> Inquiry:
    """The inquiry with its places narrowed to the frames that the words tell."""
    query, catalogue = asked.query, asked.catalogue
    places = tuple(with_paying_frames(query, with_told_frames(query, p), catalogue) for p in asked.route.places)
    return replace(asked, route=replace(asked.route, places=places))


def _implied(asked: Inquiry, prose: Prose) -> str | None:
    """The programme that the best passage is of, where a table or date is asked for and none is named.

    A passage of a local scheme counts where the area is named; any other where one of its names stands in the question.
    """
    query = asked.query
    best = prose.hits[0].passage.programme if prose.hits else None
    paid = bool(query.slots.items) and query.has_word("money_words")
    if asked.route.places or best is None or not (paid or query.has(*TABLES, *EVENT_OF, "amount", "own_funds")):
        return None
    if asked.catalogue.programmes[best].area not in query.areas and prose.named < NAMED:
        return None
    return _spoken_of(query.text, asked.catalogue, best) if paid else best


def _spoken_of(text: str, catalogue: Catalogue, best: str) -> str:
    """The programme the matter of which stands in its name and in a text (M&A of M&A補助金), if it is one; else the best one."""
    stems = {p.id: {_KIND.sub("", n) for n in (p.name, p.short, *p.also)} for p in catalogue.programmes.values()}
    said = [p for p, names in stems.items() if any(len(n) > 2 and n in text for n in names)]
    return said[0] if len(said) == 1 and best not in said else best


def _computed(asked: Inquiry) -> Evidence | None:
    """What follows from the user's own numbers alone, or from them and a requirement; None if nothing does."""
    query, route, catalogue = asked.query, asked.route, asked.catalogue
    case = Case(query, route, asked.inputs, catalogue)
    held = cap_premise(asked) or years_left(asked) or between_turns(asked) or added_up(case)
    held = held or gaps(query, asked.own_places, asked.inputs, catalogue) or checks(asked)
    computed = [] if held else computed_findings(query, route)
    whole = any(c.kind in ("growth", "required", "target_pay", "fte", "share_room") for c in computed)
    found = held or (computed if whole or not route.places else []) or reckoned(case)
    if any(f.kind == "requirement" for f in found):
        found = [*beside_requirement(case), *found]
    decided = [f for f in found if not f.ask_for]
    ask_for = () if decided else tuple(dict.fromkeys(n for f in found for n in f.ask_for))
    return Evidence((*decided, *(f for f in found if f.ask_for), *beside_gap(asked, found)), ask_for=ask_for) if found else None


def _judged(asked: Inquiry, structured: list[Finding], prose: Prose) -> Evidence | None:
    """A kind of project that the frame shuts out, a special measure earned or not, a fact that shuts the firm out; else None."""
    excluded = excluded_projects(asked) if asked.query.named("frame") else []
    if excluded:
        return Evidence((*excluded, *beside(prose)))
    earned = special_verdict(asked)
    if earned:
        return Evidence((*earned, *structured[:2], *beside(prose)))
    sized = sized_verdict(asked, structured)
    if sized:
        return Evidence((*sized[:1], *beside(prose)))
    out = shut_out(asked)
    dates = [f for f in structured if isinstance(f, DateFinding) and not f.silent]
    of_firm = asked.query.has("eligibility") or asks_leave(asked.query) or not _DATE.search(asked.query.text)
    if out and (_all_silent(structured) or (len(dates) == len(structured) and of_firm)):
        return Evidence((*out, *dates, *beside(prose)))
    return None


def _dates_in_words(route: Route, prose: Prose) -> tuple[Finding, ...]:
    """The passages of the programme that name a day, where no event of a round is printed; none of them if the first leaves it open."""
    told = tuple(
        h for h in prose.hits
        if h.passage.edition_id in route.editions and h.passage.kind in ("schedule", "period", "limit", "other", "step")
        and any(v.unit in ("date", "datetime") for v in h.passage.figures.values())
    )  # fmt: skip
    return (ProseFinding(told[:1], told[1:3]),) if told and not leaves_open(told[0].passage.text) else ()


def _only_dates(query: Query, prose: Prose) -> bool:
    """Whether a question asks for dates and nothing that a passage plainly answers."""
    return set(query.attributes) <= {*EVENT_OF, "eligibility"} and not any(h.alike >= ENOUGH for h in prose.hits[:1])


def _absent_table(query: Query, route: Route, structured: list[Finding], prose: Prose) -> str | None:
    """A cap, rate or floor that is asked for, of which neither a table nor a passage of the programme speaks."""
    programmes = route.programmes
    units = {"cap": ("yen",), "floor": ("yen",), "rate": ("ratio", "percent"), "interest": ("percent",)}
    best = prose.hits[0].passage.programme if prose.hits else None
    asked_for = [f for f in structured if not isinstance(f, TableFinding) or f.kind in query.attributes]
    if asked_for or not programmes or (not structured and best in programmes and is_strong(prose, False)):
        return None
    for attribute in query.attributes:
        if attribute not in units or (attribute == "floor" and "下限" not in query.text):
            continue
        told = [h for h in prose.hits[:8] if h.passage.programme in programmes and h.coverage >= SOME]
        if not any(v.unit in units[attribute] for h in told for v in h.passage.figures.values()):
            return attribute
    return None


def _fallback(asked: Inquiry, prose: Prose) -> list[Finding]:
    """What a question is about that names no attribute: a round's dates, or whether the firm may apply."""
    query, route, inputs = asked.query, asked.route, asked.inputs
    telling = without_places(asked, prose.telling) if query.has("eligibility") else prose.telling
    excluded = excluded_projects(asked) or where_it_must_be(asked)
    if excluded:
        return excluded
    if len(telling) >= 3 and prose.unknown >= UNKNOWN:
        return []
    if query.rounds and len(telling) <= 1 and not query.has("change", "cost", "requirement", "definition"):
        return list(date_findings("deadline", asked))
    told = any(inputs.get(n) is not None for n in ("employees", "industry", "founded_months"))
    if not route.places or wanted_in(query.text) or (telling and not (told and prose.coverage < SOME)):
        return []
    judged = eligibility(asked) if told or query.has("eligibility") else []
    out = [f for f in judged if isinstance(f, EligibilityFinding) and f.result.verdict is Verdict.NOT_MET]
    if out or query.has("eligibility") or (not telling and (asks_leave(query) or asks_if_not(query))):
        return judged
    bare = not telling or (len(telling) == 1 and not prose.coverage)
    return overview(asked) if bare and set(query.attributes) <= {"definition"} else []
