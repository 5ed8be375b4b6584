"""What a later turn that only changes an input asks again: what that input decides, though something else was asked since."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from assistant.ask.carry import ENDS_OPEN, ONLY_THINGS
from assistant.ask.query import Query
from assistant.rules.load import Catalogue
from assistant.rules.schema import Frame

_OF_THE_CASE = frozenset({"amount", "own_funds", "eligibility", "requirement", "special"})
"""What hangs on the firm and its costs in any case: it is asked again of whatever changes."""


def asked_again(query: Query, told: Query, catalogue: Catalogue) -> Query:
    """A turn that asks nothing of its own, with what the latest turn about the same asked that its new inputs decide.

    Args:
        query: The turn with what it takes from the turns before it.
        told: The turn by itself.
        catalogue: For the tables that the inputs decide.
    """
    names = frozenset(told.slots.inputs)
    if not names or told.slots.items or not set(told.attributes) <= ONLY_THINGS or set(query.attributes) & _OF_THE_CASE:
        return query
    decided = {a for a in ("cap", "rate", "floor") if decides(names, a, query, catalogue)}
    decided |= {"eligibility"} if _shuts_out(names, query, catalogue) else set()
    decided |= {"amount"} if decided and query.slots.items else set()
    turn = query.before
    while decided and turn is not None and set(turn.programmes) & set(query.programmes):
        if decided & set(turn.attributes):
            return replace(query, attributes=turn.attributes)
        turn = turn.before
    if "cap" in decided and not query.attributes and ENDS_OPEN.search(told.text):
        return replace(query, attributes=("amount",) if query.slots.items else ("cap",))  # nothing was asked yet: what there is
    return query


def decides(names: Collection[str], attribute: str, query: Query, catalogue: Catalogue) -> bool:
    """Whether a table (cap, rate or floor) of a frame that a question is about hangs on one of these inputs."""
    for frame in _frames(query, catalogue):
        table = getattr(frame, attribute)
        if table is not None and any(not case.when.names.isdisjoint(names) for case in table.cases):
            return True
    return False


def _shuts_out(names: Collection[str], query: Query, catalogue: Catalogue) -> bool:
    """Whether who may apply for a frame that a question is about hangs on one of these inputs."""
    needs = (r.test for f in _frames(query, catalogue) for r in f.requirements if r.decisive and r.test is not None)
    return any(not test.names.isdisjoint(names) for test in needs)


def _frames(query: Query, catalogue: Catalogue) -> Iterable[Frame]:
    """The frames of the programmes of a question, those named of a programme where it names any."""
    for programme in query.programmes:
        named = {(t.series, t.frame) for t in query.targets if t.kind == "frame" and t.programme == programme}
        for edition in catalogue.editions_of(programme):
            yield from (f for f in edition.frames if not named or (edition.series, f.id) in named)
