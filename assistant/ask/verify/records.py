"""What the verifier says of a text, and what its parts hand to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from assistant.rules.figures import CatalogueFigure
from assistant.text.dates import PartialDate
from assistant.text.numbers import Quantity
from assistant.text.units import Bound

Mate = str
"""A number as it is found again beside others, without its counter."""
Verdict = Literal["ok", "wrong", "unsupported", "own", "ignored"]


@dataclass(frozen=True, slots=True)
class CheckedNumber:
    """One number of a text with its verdict; offsets are of the text as given."""

    start: int
    end: int
    text: str
    verdict: Verdict
    expected: tuple[str, ...]
    why: str
    source: dict[str, Any] | None
    value: int | Fraction | PartialDate | None
    unit: str
    tied: bool = False
    """Whether other numbers of the text are computed from it, or it from them."""
    room: tuple[Fraction | None, Fraction | None] | None = None
    """Of a headcount that picks a row of a table: between which counts the text stays true."""


@dataclass(frozen=True, slots=True)
class Verification:
    """All numbers of a text."""

    numbers: tuple[CheckedNumber, ...]

    @property
    def ok(self) -> bool:
        """Whether no number is wrong or unsupported."""
        return all(n.verdict not in ("wrong", "unsupported") for n in self.numbers)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number as it is compared: a class of units with one scale, and the counter where the class has many."""

    family: str
    number: Fraction | None = None
    day: PartialDate | None = None
    counter: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """A number that a row label asks for: 従業員6～20人 needs people between 6 and 20."""

    family: str
    counter: str
    low: Fraction | None
    high: Fraction | None

    def holds(self, other: Need) -> bool:
        """Whether another span lies inside this one; an open end of it (3人以下) must meet this end."""
        if other.low is None:
            return other.high is None or (other.high == self.high)
        if other.high is None:
            return other.low == self.low
        return (self.low is None or other.low >= self.low) and (self.high is None or other.high <= self.high)


@dataclass(frozen=True, slots=True)
class Told:
    """A number or range that was told, and where."""

    need: Need
    start: int
    of_firm: bool = False
    """Whether it is told as the size of a firm (事業場規模12人), not as those of whom the rest is told."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One way in which a figure of the catalogue is told: its value, the words around it, its role and conditions."""

    index: int
    figure: CatalogueFigure
    measure: Measure
    bounds: frozenset[Bound | None]
    role: str | None
    grams: dict[str, float]
    label: frozenset[str]
    needs: tuple[Need, ...]
    round_words: tuple[str, ...]
    item: str = ""
    """The item whose text tells it, and at which place in that text."""
    place: int = 0
    sentence: frozenset[str] = frozenset()
    """The words of the sentence that tells it, and which of its numbers it is."""
    nth: int = 0
    is_rest: bool = False
    """Whether the row is told as the rest (原則, それ以外)."""
    near: dict[str, float] = field(default_factory=dict)
    """The words right beside it; `grams` are those of its label, its sentence and its text."""
    mate: Mate = ""
    mates: frozenset[Mate] = frozenset()
    """The other numbers that its item or its row tells."""
    is_bare: bool = False
    """Whether nothing but its words and its role tells when it is meant: it has no condition."""
    sizes: frozenset[str] = frozenset()
    """The classes of firms (小規模事業者, 大企業) of which it is told."""
    plain_label: frozenset[str] = frozenset()
    """The words of the row label without its numbers."""
    unit: str = ""
    is_general: bool = False
    """Whether it is told in general, outside the programme's own files."""
    is_edge: bool = False
    """Whether it is a cost computed from a marginal rate: it may back a number, never refute one."""
    is_extreme: bool = False
    """Whether it is the highest cap or the lowest floor of its table."""
    size: int = 0
    """Of an amount: whether it is a raise, a wage or a price."""
    senses: frozenset[str] = frozenset()
    """What its bound words say (low, high, over, under)."""
    group: int = 0
    """Claims of one group have role, kind, programme, frame and part in common."""
    row: int = 0
    """Claims of one number here ask for the same in their row labels."""
    aside: frozenset[Need] = frozenset()
    """What other rows of its table ask for beside its own question."""
    title: str = ""
    """Of a fact: its topic, as it may be told right before the number."""
    turn: str = ""
    """Which of many times its topic tells of (第3次の採択率: 3次)."""
    is_special: bool = False
    """Whether its row is for those who use a special measure."""
    is_tagged: bool = False
    """Whether it has a class of firms, a title or a turn."""
    part: int = 0
    """Of a rate that changes at an amount: 1 for the part up to it, 2 and more for what is over it."""
    sum_of: int = 0
    """How many special measures a computed cap adds up (0: the figure is printed as it is)."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a number is said of: empty sets mean that nothing narrows it."""

    programmes: frozenset[str]
    editions: frozenset[str]
    frames: frozenset[str]
    rounds: frozenset[str]
    named_edition: bool
    background: frozenset[str] = frozenset()
    """Editions of which only what they tell of others counts: results, changes, cases."""
    related: frozenset[str] = frozenset()
    """Programmes of the section that precede or follow the one that the sentence names."""


@dataclass(frozen=True, slots=True)
class Context:
    """A number with the words around it, all in folded text."""

    quantity: Quantity
    left: str
    before: str
    right: str
    far: str
    after: str
    heads: tuple[str, ...]
    headings: str
    previous: str
    scope: Scope
    role: str | None
    told: tuple[Told, ...]
    """Numbers and ranges told before this one in the sentence and in its heads, nearest first (6～20人, 51人以上, 12人)."""
    in_equation: bool = False
    sentence: frozenset[str] = frozenset()
    """The words of the whole sentence, and which of its numbers this is."""
    nth: int = 0
    otherwise: bool = False
    """Whether the clause tells the rest of the cases (それ以外は, 原則)."""
    former: bool = False
    """Whether the number is what another came from (50万円から100万円に上がる): headcounts pick its row, special measures do not."""
    reach: str = ""
    """The words of the sentence before the number, from the last name of a programme or frame on."""
    mates: frozenset[Mate] = frozenset()
    """The other numbers of the sentence, its heads and its row."""
    tabled: bool = False
    """Whether the number stands in a table whose heads say how it follows from other cells."""
    beside: frozenset[Mate] = frozenset()
    """The numbers right before and after it in its sentence."""
    apart: frozenset[Mate] = frozenset()
    """The number behind it that is told as another one: what it became, or that of the brackets (1,500万円(2,000万円))."""
    firm: bool = False
    """Whether the text tells of a firm: the reader's, or one that is an example."""
    reckonable: bool = False
    """Whether the text tells enough other amounts and shares for a derived number to be checked."""
