"""Whether what was found fits what is asked: passages of its words, and a value of its kind before tables of money."""

from __future__ import annotations

from dataclasses import replace

from assistant.ask.arrange import ANY_SCORE, ENOUGH, GOOD_SCORE, SOME, UNKNOWN
from assistant.ask.evidence import Finding, TableFinding
from assistant.ask.gather_prose import Prose
from assistant.ask.leading import led_by
from assistant.ask.query import Query
from assistant.ask.route import Route
from assistant.ask.wanted import holds_wanted, wanted_in

OWN_NAME = 4
"""From this length, a name of the best passage that stands in the question makes it speak of the matter."""
NEAR = 3
"""Among so many first passages the value asked for is looked for."""


def fitting(query: Query, route: Route, structured: list[Finding], prose: Prose, worded: bool) -> tuple[list[Finding], Prose] | None:
    """The tables and passages that fit a question; None if no table and only foreign passages were found.

    Args:
        query: The question.
        route: Its places.
        structured: Tables and dates found.
        prose: Passages found.
        worded: Whether a passage was found by the kind that is asked for.
    """
    if not structured and _is_foreign(query, route, prose, worded):
        return None
    return _wanted_before_tables(query, structured, prose)


def _is_foreign(query: Query, route: Route, prose: Prose, worded: bool) -> bool:
    """Whether no programme is in question and the best passage is not of its words: only the kind asked for fits (`worded`)."""
    if route.places or query.carried or query.areas or not prose.telling or not prose.hits or prose.hits[0].alike >= SOME:
        return False
    if query.done_first or query.procedure or query.confirm or prose.named >= OWN_NAME:
        return False
    return (worded and not prose.coverage and prose.hits[0].score < GOOD_SCORE) or (prose.unknown >= UNKNOWN and prose.coverage < ENOUGH)


def _wanted_before_tables(query: Query, structured: list[Finding], prose: Prose) -> tuple[list[Finding], Prose]:
    """Who asks for a value that no table of money holds (何人, 何時間) gets the near passage that holds it in place of the tables."""
    wanted = wanted_in(query.text)
    tables = bool(structured) and all(isinstance(f, TableFinding) for f in structured)
    if not wanted or not tables or query.has("rate", "amount") or query.has_word("money_words"):
        return structured, prose
    near = (h for h in prose.hits[:NEAR] if h.coverage >= ENOUGH and h.score >= ANY_SCORE and holds_wanted(wanted, h.passage.text))
    first = next(near, None)
    return (structured, prose) if first is None else ([], replace(prose, hits=led_by(first, prose.hits)))
