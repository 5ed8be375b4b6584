"""The last step: fill the tokens, and let nothing out that is not backed.

Every number of the finished text must have an entry among the figures (a step counts), and the independent verifier,
which reads the text alone, must not find it wrong. A line that fails is left out.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from assistant.ask.compose import Composed
from assistant.ask.evidence import EligibilityFinding, Evidence
from assistant.ask.parse import Query
from assistant.ask.route import Route
from assistant.ask.verify import verify_text
from assistant.records import Answer, Figure, Status
from assistant.rules.conditions import Verdict
from assistant.rules.load import Catalogue
from assistant.text.numbers import Quantity, find_quantities


@dataclass(frozen=True, slots=True)
class Backed:
    """A text whose every number has an entry among the figures."""

    text: str
    figures: tuple[Figure, ...]


def back_up(
    composed: Composed, query: Query, route: Route, evidence: Evidence, catalogue: Catalogue, today: date
) -> Answer:
    """The answer with tokens filled and every number backed."""
    filled = composed.ledger.fill(composed.text)
    backed = keep_backed(filled, tuple(composed.ledger.figures), query)
    text = drop_wrong(backed.text, catalogue, today)
    shown = tuple(f for f in backed.figures if f.text in text or f.kind == "subsidy" or f.verdict == "from_user")
    status, reason, ask_for = _status(evidence)
    if not text.strip():
        return Answer(Status.FAILED, str(catalogue.messages.get("failed", "")), today, "error")
    programmes = tuple(dict.fromkeys(p.edition.programme for p in route.places)) or query.programmes
    return Answer(status, text, today, reason, shown, tuple(composed.ledger.sources), programmes, ask_for)


def keep_backed(text: str, figures: tuple[Figure, ...], query: Query) -> Backed:
    """Lines whose numbers all have an entry; numbers of the user's own are entered as such."""
    own = {_plain(q.text): q for q in query.slots.quantities}
    have = [_plain(f.text) for f in figures] + [_plain(s) for f in figures for s in f.steps]
    extra: list[Figure] = []
    lines = []
    for line in text.split("\n"):
        loose = [q for q in find_quantities(line) if not q.ignored and not any(_plain(q.text) in h for h in have)]
        mine = [q for q in loose if _is_own(q, own)]
        if len(mine) == len(loose):
            lines.append(line)
            extra += [Figure(q.text, _wire(q), q.unit, "from_user", "own") for q in mine]
    return Backed("\n".join(lines), (*figures, *extra))


def _is_own(q: Quantity, own: dict[str, Quantity]) -> bool:
    return any(o.value == q.value and o.unit == q.unit for o in own.values())


def _wire(q: Quantity) -> int | str:
    return q.value if isinstance(q.value, int) else str(q.value)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")


def drop_wrong(text: str, catalogue: Catalogue, today: date) -> str:
    """The text without the lines in which the verifier finds a wrong number."""
    found = verify_text(text, catalogue, today)
    wrong = [n for n in found.numbers if n.verdict == "wrong"]
    if not wrong:
        return text
    out, at = [], 0
    for line in text.split("\n"):
        if not any(at <= n.start < at + len(line) + 1 for n in wrong):
            out.append(line)
        at += len(line) + 1
    return "\n".join(out)


def _status(evidence: Evidence) -> tuple[Status, str | None, tuple[str, ...]]:
    if evidence.ask_for:
        return Status.NEEDS_INPUT, "missing_input", evidence.ask_for
    first = evidence.findings[0]
    if isinstance(first, EligibilityFinding) and first.result.verdict is Verdict.UNKNOWN:
        judged = [f for f in first.result.findings if f.requirement.decisive and f.requirement.test is not None]
        if not any(f.verdict is Verdict.MET for f in judged):
            from assistant.ask.gather_amounts import missing_labels

            names = tuple(dict.fromkeys(n for f in judged for n in f.waits_for))
            return Status.NEEDS_INPUT, "missing_input", missing_labels(names)
    return Status.ANSWERED, None, ()
