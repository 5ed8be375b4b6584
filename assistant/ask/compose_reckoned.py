"""Sums that are asked for in words, told by the lines of `messages.yaml`; numbers stand as tokens, rules with their figures."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.ask.evidence import ComputedFinding
from assistant.ask.ledger import Ledger
from assistant.ask.prose import doubt_note
from assistant.ask.query import Query
from assistant.ask.reckon import Part, Shown
from assistant.rules.values import Value
from assistant.text.numbers import find_quantities

_FIGURE = re.compile(r"\{[^}]*\}")


def reckoned_text(f: ComputedFinding, query: Query, ledger: Ledger) -> str:
    """The lines of a sum: the answer first, then what the rule says. The numbers of its steps are entered too."""
    lines = f.values["lines"]
    for step in f.steps:
        _enter(step, f, query, ledger)
    return "".join(_line(f, key, parts, query, ledger) for key, parts in lines) if isinstance(lines, tuple) else ""


def _enter(text: str, f: ComputedFinding, query: Query, ledger: Ledger) -> None:
    """Enter the numbers of a text: the user's own as such, others as computed."""
    told = find_quantities(f"{query.leans_on} {query.text}")
    for q in find_quantities(text):
        if q.ignored:
            continue
        mine = any((o.unit, o.value) == (q.unit, q.value) for o in told)
        ledger.plain(q.text, q.wire, q.unit, "reckoned", "from_user" if mine else "computed", () if mine else f.steps)


def _line(f: ComputedFinding, key: str, parts: Mapping[str, Part], query: Query, ledger: Ledger) -> str:
    text = str(ledger.catalogue.messages["reckoned"][key])
    for name, part in parts.items():
        text = text.replace("{" + name + "}", _part(f, part, query, ledger))
    return text.replace("{cite}", ledger.cite(f.source))


def _part(f: ComputedFinding, part: Part, query: Query, ledger: Ledger) -> str:
    if isinstance(part, Shown):
        return ledger.plain(
            part.text, part.value, part.unit, "reckoned", "from_user" if part.mine else "computed", () if part.mine else f.steps
        )
    if isinstance(part, Value):
        return ledger.value(part, "requirement", f.source)
    if isinstance(part, str):
        _enter(part, f, query, ledger)
        return part
    ledger.label(_FIGURE.sub("、", part.text), part.source)  # numbers in the words themselves (一件)
    return ledger.told(part, "requirement") + ledger.cite(part.source) + doubt_note(part.doubt)
