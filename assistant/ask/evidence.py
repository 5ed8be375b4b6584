"""What was gathered for a question: findings of the rules and passages, each typed, none of it prose yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.ask.route import Place
from assistant.rules.amounts import Amount, Choice
from assistant.rules.conditions import Inputs
from assistant.rules.editions import Window
from assistant.rules.eligibility import Eligibility
from assistant.rules.schema import CostItem, Event, Frame, Limit, SourceRef, Special
from assistant.search.index import Hit


@dataclass(frozen=True, slots=True)
class TableFinding:
    """Rows of a cap, rate or floor table that may apply."""

    kind: str
    place: Place
    frame: Frame
    choices: tuple[Choice, ...]
    inputs: Inputs
    source: SourceRef | None
    special_rows: tuple[tuple[Special, Choice], ...] = ()
    """Rows that hold under a special measure that the question did not claim."""
    doubt: str | None = None
    part: str | None = None
    notes: tuple[str, ...] = ()
    """What was said of special measures that were asked for and cannot be used."""


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One of the things compared: its tables by kind, and the passage on what else is compared."""

    place: Place
    frame: Frame
    tables: tuple[TableFinding, ...]
    fact: Hit | None = None
    case: str = ""
    """The case of a frame's tables that the row is for, where the cases of one frame are compared."""


@dataclass(frozen=True, slots=True)
class CompareFinding:
    """Frames side by side; `kinds` are the tables asked for, in their order."""

    kinds: tuple[str, ...]
    rows: tuple[CompareRow, ...]


@dataclass(frozen=True, slots=True)
class AmountVariant:
    """One computed case: what it assumes, and the amount."""

    label: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class AmountFinding:
    """A subsidy computed for a frame."""

    place: Place
    frame: Frame
    inputs: Inputs
    variants: tuple[AmountVariant, ...]
    missing: tuple[str, ...] = ()
    excluded: tuple[tuple[str, int, CostItem | Limit | None], ...] = ()
    """What is left out of the costs, with the rule; None where the frame does not list such a cost."""
    notes: tuple[str, ...] = ()
    blocked: str | None = None
    cost_yen: int = 0
    tax_step: str | None = None
    claimed_yen: int | None = None
    claimed_own_yen: int | None = None
    paid_yen: int | None = None
    """What is paid with consumption tax, where the costs are told so; None where they are told without it."""
    off_total_yen: int | None = None
    """A sum that the costs are told to come to and do not."""
    apart: str = ""
    """What tells it from amounts of the same frame beside it, so that it has to be named: its cost or its wage course."""


@dataclass(frozen=True, slots=True)
class DateFinding:
    """Windows and events that the question asks for."""

    attribute: str
    window: Window
    event: Event | None
    others: tuple[Window, ...] = ()

    @property
    def silent(self) -> bool:
        """Whether the sources do not print the event."""
        return self.event is None and self.window.state != "rolling"


@dataclass(frozen=True, slots=True)
class EligibilityFinding:
    """Whether an applicant may apply."""

    place: Place
    frame: Frame
    result: Eligibility
    inputs: Inputs


@dataclass(frozen=True, slots=True)
class SpecialFinding:
    """Whether what was told earns a special measure."""

    place: Place
    frame: Frame
    special: Special
    met: bool


@dataclass(frozen=True, slots=True)
class ComputedFinding:
    """A small computation outside the frames (growth, target pay, headcount, own cap and rate)."""

    kind: str
    values: Mapping[str, object]
    steps: tuple[str, ...]
    source: SourceRef | None = None
    verdict: bool | None = None
    place: Place | None = None
    ask_for: tuple[str, ...] = ()
    """What must be told before it can be computed."""


Says = Literal[
    "met", "not_met", "free", "barred", "same", "unlike", "pair", "unlisted", "unnamed", "owed", "spared", "owed_after_all", "spared_so",
    "all_back", "not_all_back", "part_back", "not_part_back", "back_untold", "gives_back",
]  # fmt: skip
"""What is said of a case."""
OF_DUTIES: frozenset[Says] = frozenset({
    "owed", "spared", "owed_after_all", "spared_so", "all_back", "not_all_back", "part_back", "not_part_back", "gives_back",
})
"""What is said of a duty; the words weigh whether the question takes it for none."""


@dataclass(frozen=True, slots=True)
class ConditionFinding:
    """Whether the user's case meets the condition that a passage tells."""

    hit: Hit
    says: Says
    """What is said of it: `free` and `barred` of a case that is met or not where the question asks if it is shut out, `same`
    and `unlike` of two things that the question compares, `pair` of two that exclude each other,
    `unlisted` of a thing that a whole list does not name, `unnamed` of one that a list of examples does not, `owed` and `spared`
    of a duty (`owed_after_all` and `spared_so` where the question takes it for none), those with `back` of what is to be given back."""
    label: str
    share: tuple[int, int] | None = None
    """The part and the whole of a share that was worked out."""
    told: tuple[tuple[str, int | str], ...] = ()
    """What the user told that decides it: names of inputs with their values."""


@dataclass(frozen=True, slots=True)
class ProseFinding:
    """Passages that answer in words: the ones that lead, and others beside them."""

    lead: tuple[Hit, ...]
    more: tuple[Hit, ...] = ()


Finding = (
    TableFinding | CompareFinding | AmountFinding | DateFinding | EligibilityFinding | SpecialFinding | ComputedFinding
    | ConditionFinding | ProseFinding
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """All findings in the order in which the answer gives them."""

    findings: tuple[Finding, ...] = ()
    unknown: tuple[str, ...] = ()
    """Things asked for that the knowledge does not hold."""
    ask_for: tuple[str, ...] = ()
    covered: float = 1.0
    near: tuple[Hit, ...] = ()
    """What is known of the thing whose figure the knowledge does not hold."""
