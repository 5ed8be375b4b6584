"""What the sums that are asked for in words share: a question with its numbers, and how a result is told.

A reckoning takes a `Case` and gives findings of kind "reckoned": lines of `messages.yaml` with what fills their blanks.
Where an input lacks, the finding names it in `ask_for` and its line says how the result depends on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from assistant.ask.evidence import ComputedFinding
from assistant.ask.numbers_told import Told, becomes, read_told, turns_of
from assistant.ask.query import Query
from assistant.ask.route import Place, Route
from assistant.ask.verdicts import asks_if_not, asks_leave
from assistant.ask.wording import blanked
from assistant.rules.conditions import Inputs
from assistant.rules.load import Catalogue
from assistant.rules.schema import Edition, Fact, Limit, Requirement, SourceRef, Special
from assistant.rules.values import Value, format_yen
from assistant.text.numbers import Quantity, find_quantities

LEADS = {True: "はい、", False: "いいえ、", None: ""}
"""What a line begins with, by whether what the user takes for granted is so."""
CHECKS = re.compile(
    r"満た|みた|クリア|足り|届|達し|条件|要件|基準|対象に|OK|大丈夫|いける|いけま|通る|なりますか|なる？|なるか|使え|出せ|申請でき"
)
_LEFT_OPEN = re.compile(r"は[。\s]*$")
"""What ends a question that leaves its word out (労働生産性は)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A number of a line that is no figure of the catalogue: computed, or the user's own."""

    text: str
    value: int | str
    unit: str
    mine: bool = False


Rule = Requirement | Special | Limit | Fact
Part = Shown | Value | Rule | str
Line = tuple[str, Mapping[str, Part]]
"""A message of `messages.yaml`, and what fills its blanks."""


@dataclass(frozen=True)
class Case:
    """A question with everything that a sum may be made of."""

    query: Query
    route: Route
    inputs: Inputs
    catalogue: Catalogue

    @property
    def table(self) -> Mapping[str, Any]:
        """The word table of the sums."""
        found: Mapping[str, Any] = self.catalogue.vocabulary.get("reckoned", {})
        return found

    @cached_property
    def told(self) -> Told:
        """The numbers told under the names of the word table."""
        return read_told(self.query, self.table.get("inputs", {}))

    @cached_property
    def text(self) -> str:
        """What was asked, with the turn that it leans on."""
        return "\n".join(turns_of(self.query))

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """All numbers of the text."""
        return tuple(q for q in find_quantities(self.text) if not q.ignored)

    @cached_property
    def beside_names(self) -> str:
        """The text without the names of programmes, which hold words of sums (新事業進出補助金)."""
        named = tuple((m.start, m.end) for m in self.query.mentions if any(t.kind == "programme" for t in m.targets))
        return "\n".join((*turns_of(self.query)[:-1], blanked(self.query.text, named)))

    def asks(self, key: str) -> bool:
        """Whether a word that calls a sum stands in the text."""
        return any(w in self.beside_names for w in self.table.get("asks", {}).get(key, ()))

    @property
    def wants_number(self) -> bool:
        """Whether the text asks how much, and not what something means or demands."""
        return (self.asks("how_much") or bool(_LEFT_OPEN.search(self.text))) and not self.asks("meaning")

    @property
    def checks(self) -> bool:
        """Whether the text asks if something suffices."""
        return bool(CHECKS.search(self.text))

    @cached_property
    def judged(self) -> bool:
        """Whether the text asks for a verdict, in whatever words (満たしますか, 通りますよね, だめ？)."""
        return self.checks or asks_leave(self.query) or asks_if_not(self.query) or self.query.confirm

    def label(self, key: str) -> str:
        """What users call an input."""
        known = self.table["inputs"].get(key)
        return str(known["label"] if known else self.table["labels"][key])

    def only(self, key: str) -> Fraction | None:
        """The number told under an input; what is told under different names of it is added up; None if told twice over."""
        found = self.told.all(key)
        names = {n.name for n in found}
        return sum((n.value for n in found), Fraction(0)) if found and len(names) == len(found) else None

    def people(self) -> int | None:
        """The headcount of the firm."""
        told = self.told.get("staff")
        found = told if told is not None else self.inputs.get("employees")
        return None if found is None else int(found)

    def change(self, *units: str) -> tuple[Quantity, Quantity] | None:
        """The first two numbers of one kind of which the first becomes the second (100klから85kl)."""
        return next(self.changes(*units), None)

    def changes(self, *units: str) -> Iterator[tuple[Quantity, Quantity]]:
        """All pairs of numbers of one kind of which the first becomes the second, in the order of the text."""
        numbers = [q for q in self.quantities if q.exact is not None and q.unit not in ("years", "months", "days")]
        for one, two in zip(numbers, numbers[1:], strict=False):
            alike = (one.unit, one.counter) == (two.unit, two.counter) and one.unit in units
            if alike and becomes(self.text[one.end : two.start]):
                yield one, two

    def editions(self) -> Iterator[Edition]:
        """The editions in question, then those that an old name means, then the others of the programmes, newest first."""
        seen = [p.edition for p in (*self.route.places, *self.route.older)]
        yield from seen
        rest = [e for p in self.query.programmes for e in self.catalogue.editions_of(p) if e not in seen]
        yield from sorted(rest, key=lambda e: (e.year, e.id), reverse=True)

    def place_of(self, edition: Edition) -> Place | None:
        """The place of an edition, None if it is not in question."""
        return next((p for p in (*self.route.places, *self.route.older) if p.edition.id == edition.id), None)

    def needs(self) -> Iterator[tuple[Edition, str, Requirement | Special]]:
        """Requirements and special measures of the frames in question, with edition and the frame's label."""
        for edition in self.editions():
            place = self.place_of(edition)
            for frame in place.frames if place else edition.frames:
                yield from ((edition, frame.label, item) for item in frame.requirements)
                yield from ((edition, frame.label, item) for item in frame.specials)

    def facts_with(self, *names: str) -> Iterator[tuple[Edition, Fact]]:
        """Facts of the editions that have figures of these names."""
        for edition in self.editions():
            for fact in edition.facts:
                if all(n in fact.figures for n in names):
                    yield edition, fact

    def general(self, key: str) -> Fact | None:
        """The general fact that a sum follows, by the word table."""
        wanted = self.table.get("facts", {}).get(key)
        return next((f for f in self.catalogue.general.facts if f.id == wanted), None)

    def heading(self, edition: Edition, label: str = "") -> str:
        """Programme, edition and the frame or requirement in which a rule stands."""
        name = f"{self.catalogue.programmes[edition.programme].short} {edition.label}"
        return f"{name}の{label}" if label and label not in name else name

    def dated(self, edition: Edition) -> tuple[Line, ...]:
        """That the edition in question does not say what another one does, where a rule is taken from that."""
        now = [p.edition for p in self.route.places]
        return () if not now or edition in now else (("older", {"now": self.heading(now[0])}),)


def yen(amount: int | Fraction, mine: bool = False) -> Shown:
    """An amount of money, cut to whole yen."""
    whole = int(amount)
    return Shown(format_yen(whole), whole, "yen", mine)


def people(count: int, mine: bool = False) -> Shown:
    """A headcount."""
    return Shown(f"{count}人", count, "people", mine)


def decimal(value: Fraction) -> str:
    """A number with at most two decimals, cut: what a line demands is not reached by rounding up."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{exact.quantize(Decimal('0.01'), ROUND_DOWN):f}"
    return text.rstrip("0").rstrip(".")


def rounded(value: Fraction) -> str:
    """A number with at most two decimals, half up."""
    return decimal(value + Fraction(1, 200))


def measured(value: Fraction, unit: str, word: str, mine: bool = False) -> Shown:
    """A number with its unit word, cut to two decimals."""
    text = decimal(value)
    return Shown(f"{text}{word}", int(text) if unit in ("people", "kl", "hours", "count") and text.isdigit() else text, unit, mine)


def result(
    *lines: Line, steps: tuple[str, ...] = (), source: SourceRef | None = None, verdict: bool | None = None, place: Place | None = None
) -> ComputedFinding:
    """What was worked out."""
    return ComputedFinding("reckoned", {"lines": lines}, steps, source, verdict, place)


def asked_back(
    key: str, missing: tuple[str, ...], parts: Mapping[str, Part], source: SourceRef | None = None, steps: tuple[str, ...] = ()
) -> ComputedFinding:
    """What must be known first; the line says how the result depends on it."""
    line: Line = (key, {"missing": "と".join(missing), **parts})
    return ComputedFinding("reckoned", {"lines": (line,)}, steps, source, ask_for=missing)


def unusable(case: Case, key: str, told: str) -> ComputedFinding:
    """A number that no sum can be made of (nobody, no cost, less than nothing)."""
    name = case.label(key)
    return ComputedFinding("reckoned", {"lines": (("unusable", {"name": name, "told": told}),)}, (), ask_for=(name,))
