"""The last step: fill the tokens, and let no number out that nothing proves.

Every number of the finished text must have an entry among the figures: a token of the ledger (catalogue or computed), a
step of a computation, or the user's own number. A line with any other number is left out. Text that a language model
wrote has passed the independent verifier before it comes here (`ask.phrase`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from assistant.ask.compose import Composed, Part
from assistant.ask.evidence import DateFinding, EligibilityFinding, Evidence, ProseFinding
from assistant.ask.gather_amounts import missing_labels
from assistant.ask.gather_dates import is_untold
from assistant.ask.query import Query
from assistant.ask.verdicts import is_silent
from assistant.records import Answer, Figure, Status
from assistant.rules.conditions import Verdict
from assistant.rules.load import Catalogue
from assistant.text.numbers import find_quantities

_BEST = (Status.ANSWERED, Status.NEEDS_INPUT, Status.REFUSED, Status.FAILED)
_COUNT_WORD = re.compile(r"[一二三四五六七八九十]+(人|者|社|回|件|割)")
_BOUND = re.compile(r"(以上|以下|超|未満|以内|まで|を?超え(る|た|て)?|を?上回る)$")


@dataclass(frozen=True, slots=True)
class Backed:
    """A text whose every number has an entry among the figures."""

    text: str
    figures: tuple[Figure, ...]


def back_up(
    composed: Composed, query: Query, parts: tuple[Part, ...], catalogue: Catalogue, today: date
) -> Answer:
    """The answer with tokens filled and every number backed.

    Args:
        composed: The text with tokens and its ledger.
        query: The whole question: its numbers are the user's own.
        parts: What was asked one by one; the answer is as good as its best part.
        catalogue: For the messages.
        today: The day in Japan.
    """
    filled = composed.ledger.fill(composed.text)
    backed = keep_backed(filled, tuple(composed.ledger.figures), query)
    text = backed.text
    shown = tuple(f for f in backed.figures if f.text in text or f.kind in ("subsidy", "name") or f.verdict == "from_user")
    status, reason, ask_for = min((_status(p.evidence, p.query) for p in parts), key=lambda s: _BEST.index(s[0]))
    if not text.strip():
        return Answer(Status.FAILED, str(catalogue.messages.get("failed", "")), today, "error")
    programmes = tuple(dict.fromkeys(p.edition.programme for part in parts for p in part.route.places)) or query.programmes
    return Answer(status, text, today, reason, shown, tuple(composed.ledger.sources), programmes, ask_for)


def backed_only(composed: Composed, query: Query) -> Composed:
    """The composed text without the lines that `back_up` would leave out; tokens are not filled."""
    ledger = composed.ledger
    filled = [(line, ledger.fill(line)) for line in composed.text.split("\n")]
    kept = [line for line, text in filled if not text or keep_backed(text, tuple(ledger.figures), query).text]
    return replace(composed, text="\n".join(kept))


def keep_backed(text: str, figures: tuple[Figure, ...], query: Query) -> Backed:
    """Lines whose numbers all have an entry; numbers of the user's own are entered as such."""
    have = {_plain(f.text) for f in figures}
    steps = [_plain(s) for f in figures for s in f.steps]
    extra: list[Figure] = []
    lines = []
    for line in text.split("\n"):
        loose = [q for q in find_quantities(line) if not q.ignored and not _has_entry(_plain(q.text), have, steps)]
        mine = [q for q in loose if any(o.value == q.value and o.unit == q.unit for o in query.slots.quantities)]
        if len(mine) == len(loose):
            lines.append(line)
            extra += [Figure(q.text, q.wire, q.unit, "from_user", "own") for q in mine]
    kept = "\n".join(lines)
    return Backed(kept, tuple(dict.fromkeys((*figures, *extra, *name_figures(kept)))))


def name_figures(text: str) -> tuple[Figure, ...]:
    """Numbers that are parts of names (第20回, 一人当たり): entered so that every digit of an answer has its entry."""
    ignored = [q.text for q in find_quantities(text) if q.ignored and any(c.isdigit() for c in q.text) and len(q.text) <= 20]
    ignored = [t for t in ignored if not t.isdigit()]
    words = [m.group(0) for m in _COUNT_WORD.finditer(text)]
    return tuple(Figure(t, t, "other", "sourced", "name") for t in dict.fromkeys((*ignored, *words)))


def with_names(answer: Answer) -> Answer:
    """An answer without figures of its own, its names' numbers entered."""
    return replace(answer, figures=tuple(dict.fromkeys((*answer.figures, *name_figures(answer.text)))))


def _has_entry(number: str, have: set[str], steps: list[str]) -> bool:
    """Whether a number of the text is an entry, give or take the bound word or counter that the sentence adds."""
    bare = _BOUND.sub("", number)
    if number in have or bare in have or any(bare in s for s in steps):
        return True
    return any(_same_number(bare, h) for h in have)


def _same_number(a: str, b: str) -> bool:
    """Whether one is the other with words around it, none of them a digit."""
    short, long = sorted((a, b), key=len)
    return bool(short) and short in long and not re.search(r"[0-9]", long.replace(short, "", 1))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")


def _status(evidence: Evidence, query: Query) -> tuple[Status, str | None, tuple[str, ...]]:
    if evidence.ask_for:
        return Status.NEEDS_INPUT, "missing_input", evidence.ask_for
    first = evidence.findings[0]
    if isinstance(first, ProseFinding) and first.lead and is_silent(first.lead[0].passage.text):
        return Status.REFUSED, "not_in_sources", ()
    leading = [f for f in evidence.findings if not isinstance(f, ProseFinding) or f.lead]
    if leading and all(isinstance(f, DateFinding) and is_untold(f, query) for f in leading):
        return Status.REFUSED, "not_in_sources", ()
    if isinstance(first, EligibilityFinding) and first.result.verdict is Verdict.UNKNOWN:
        judged = [f for f in first.result.findings if f.requirement.decisive and f.requirement.test is not None]
        if not any(f.verdict is Verdict.MET for f in judged):
            names = tuple(dict.fromkeys(n for f in judged for n in f.waits_for))
            return Status.NEEDS_INPUT, "missing_input", missing_labels(names)
    return Status.ANSWERED, None, ()
