"""Gather the evidence for a question: rules first, then passages, in the order in which the answer gives them."""

from __future__ import annotations

from datetime import date

from assistant.ask.evidence import AmountFinding, EligibilityFinding, Evidence, Finding, ProseFinding
from assistant.ask.gather_amounts import amount_finding, missing_labels
from assistant.ask.gather_computed import computed_findings
from assistant.ask.gather_dates import EVENT_OF, date_findings
from assistant.ask.gather_prose import Prose, search_prose
from assistant.ask.gather_tables import TABLES, table_findings
from assistant.ask.parse import Query
from assistant.ask.route import Place, Route
from assistant.rules.conditions import Inputs, Verdict
from assistant.rules.editions import default_window, editions_in, series_of
from assistant.rules.eligibility import judge, with_size
from assistant.rules.load import Catalogue
from assistant.search.index import SearchIndex

ENOUGH = 0.5
"""Share of the telling words that a passage must hold to lead the answer."""
LITTLE = 0.3
"""Below this share nothing in the knowledge speaks of what was asked."""
MORE = 3


def gather_evidence(query: Query, route: Route, catalogue: Catalogue, index: SearchIndex, today: date) -> Evidence:
    """Everything that answers a question.

    Args:
        query: The parsed question.
        route: Its route; `way` is "answer".
        catalogue: The knowledge.
        index: The search index over it.
        today: The day in Japan.
    """
    inputs = with_size(Inputs(dict(query.slots.inputs)), catalogue.general.size_classes)
    computed = computed_findings(query, route)
    if computed and not route.places:
        return Evidence(tuple(computed))
    if computed and any(c.kind in ("growth", "required", "target_pay", "fte") for c in computed):
        return Evidence(tuple(computed))
    prose = search_prose(query, route, catalogue, index, default_editions(catalogue, today))
    if _wants_amount(query) and route.places:
        return _amounts(query, route, inputs, catalogue, prose)
    structured = _structured(query, route, inputs, catalogue, today)
    return _arrange(query, route, structured, prose)


def default_editions(catalogue: Catalogue, today: date) -> frozenset[str]:
    """The edition of every series that answers on a day where the question names none."""
    out = set()
    for programme in catalogue.programmes:
        for series in series_of(catalogue, programme):
            editions = editions_in(catalogue, programme, series)
            if editions:
                out.add(default_window(editions, today).edition.id)
    return frozenset(out)


def _wants_amount(query: Query) -> bool:
    if query.has("amount", "own_funds", "remaining") and not query.has("cap"):
        return bool(query.slots.items) or not query.slots.claimed
    return bool(query.slots.items and query.slots.claimed)


def _amounts(query: Query, route: Route, inputs: Inputs, catalogue: Catalogue, prose: Prose) -> Evidence:
    findings: list[Finding] = []
    for place in route.places:
        for frame in place.frames:
            if frame.rate is None and not frame.components:
                continue
            findings.append(amount_finding(query, place, frame, inputs, catalogue))
    amounts = [f for f in findings if isinstance(f, AmountFinding)]
    decided = [f for f in amounts if f.variants and not f.missing or f.blocked]
    if not amounts:
        return _arrange(query, route, [], prose)
    ask_for = () if decided else missing_labels(tuple(dict.fromkeys(n for f in amounts for n in f.missing)))
    more = tuple(h for h in prose.hits[:2] if h.coverage >= ENOUGH and prose.telling)
    tail: tuple[Finding, ...] = (ProseFinding((), more),) if more else ()
    return Evidence((*(decided or amounts)[:3], *tail), ask_for=ask_for)


def _structured(query: Query, route: Route, inputs: Inputs, catalogue: Catalogue, today: date) -> list[Finding]:
    out: list[Finding] = []
    for attribute in query.attributes:
        if attribute in TABLES:
            for place in route.places:
                out += table_findings(attribute, place, inputs)
        elif attribute in EVENT_OF:
            out += date_findings(attribute, route.places, query, catalogue, today)
        elif attribute in ("size", "eligibility"):
            out += _eligibility(route.places, inputs, attribute)
    if query.confirm and not out and inputs.get("employees") is not None:
        out += _eligibility(route.places, inputs, "size")
    if query.has("special") and not out:
        for place in route.places:
            out += table_findings("cap", place, inputs)
    return out


def _eligibility(places: tuple[Place, ...], inputs: Inputs, attribute: str) -> list[Finding]:
    """Eligibility of the frames in question; only where the sentence tells something, or asks about the firm's size."""
    told = any(inputs.get(n) is not None for n in ("employees", "industry", "founded_months", "is_deemed_large"))
    out: list[Finding] = []
    for place in places:
        for frame in place.frames:
            result = judge(frame, inputs)
            about = [f for f in result.findings if f.requirement.test is not None]
            if about and (told or attribute == "size"):
                out.append(EligibilityFinding(place, frame, result, inputs))
    decided = [f for f in out if isinstance(f, EligibilityFinding) and f.result.verdict is not Verdict.UNKNOWN]
    return [*decided[:1]] if len(out) > 2 and decided else out[:2]


def _arrange(query: Query, route: Route, structured: list[Finding], prose: Prose) -> Evidence:
    """Put what answers first: a passage that holds the telling words, else the tables and dates."""
    strong = bool(prose.hits) and (
        (prose.coverage >= ENOUGH and len(prose.telling) >= (2 if structured else 1))
        or (prose.named >= 3 and prose.coverage >= LITTLE)
    )
    lead, more = prose.hits[:1], prose.hits[1 : 1 + MORE]
    if not structured:
        if not prose.hits or (prose.telling and not strong and prose.coverage < LITTLE):
            return Evidence(covered=prose.coverage, unknown=prose.telling)
        return Evidence((ProseFinding(lead, more),), covered=prose.coverage)
    leads = strong and prose.telling and not _plain(query)
    if leads:
        return Evidence((ProseFinding(lead, more[:2]), *structured[:4]), covered=prose.coverage)
    good = tuple(h for h in prose.hits[:2] if prose.telling and h.coverage >= ENOUGH)
    tail: tuple[Finding, ...] = (ProseFinding((), good),) if good else ()
    return Evidence((*structured, *tail), covered=prose.coverage)


def _plain(query: Query) -> bool:
    """Whether the question is a plain look-up of a table whose inputs were told."""
    return query.has("cap") and query.slots.inputs.get("employees") is not None
