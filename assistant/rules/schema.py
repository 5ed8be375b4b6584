"""The shape of the knowledge files: programmes, editions, frames, rules, facts, each figure with its source."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StrictBool, StrictStr, model_validator

from assistant.rules.checks import check_bands, check_known, check_tiers, check_tokens, check_unique
from assistant.rules.conditions import ALWAYS, Condition, Decides, InputName
from assistant.rules.sizes import SmeLimit
from assistant.rules.values import Count, DecimalText, IsoDate, RatioText, Strict, Value, Yen

Id = Annotated[StrictStr, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Text = Annotated[StrictStr, Field(min_length=1)]
Names = tuple[Text, ...]


class SourceRef(Strict):
    """Where a figure stands: a document of sources.yaml and the heading or row label under which to look.

    `section` is shown to users and is text that occurs in the document. `near` is a label of at most 15
    characters that stands beside the figure; the proof test looks for the figure there.
    """

    doc: Id
    section: Text
    near: Annotated[StrictStr, Field(max_length=15)] | None = None


class Sourced(Strict):
    """Something a source says; `corrects` tells a misprint mended here, `doubt` what is not sure."""

    source: SourceRef
    corrects: Text | None = None
    doubt: Text | None = None

    @model_validator(mode="after")
    def _tokens_match(self) -> Self:
        figures = getattr(self, "figures", None)
        if figures is not None:
            check_tokens(getattr(self, "text", ""), figures, all_used=isinstance(self, Fact))
        return self


FactKind = Literal[
    "purpose", "target", "requirement", "eligible_cost", "excluded_cost", "cost_rule", "review", "bonus", "penalty",
    "document", "step", "schedule", "period", "special", "definition", "case", "tip", "repayment", "contact",
    "lineage", "result", "limit", "wage", "form", "catalogue", "other",
]  # fmt: skip


class Fact(Sourced):
    """One thing a user may ask, in our own words; `{name}` in `text` stands for a figure of `figures`.

    `topic` is a short label, `also` other words for it. The first sentence of `text` answers on its own (what is denied is denied there).
    """

    id: Id
    kind: FactKind
    topic: Text
    also: Names = ()
    text: Text
    figures: dict[Id, Value] = Field(default_factory=dict)
    frames: tuple[Id, ...] = ()
    decides: Decides | None = None


class CostItem(Sourced):
    """Whether something can be paid with the grant: `names` are the words users type for the thing."""

    id: Id
    verdict: Literal["eligible", "excluded", "conditional"]
    names: Annotated[Names, Field(min_length=1)]
    category: Id | None = None
    frames: tuple[Id, ...] = ()
    text: Text
    figures: dict[Id, Value] = Field(default_factory=dict)
    at_most: Id | None = None  # the figure that says for how many years at most a regular payment is eligible


class Category(Sourced):
    """A category of eligible cost (経費区分)."""

    id: Id
    label: Text
    also: Names = ()
    text: Text
    figures: dict[Id, Value] = Field(default_factory=dict)
    required: StrictBool = False


class YenCase(Strict):
    """A row of an amount table: `yen` applies where `when` holds; the first row that holds wins."""

    when: Condition = ALWAYS
    yen: Yen
    per: InputName | None = None  # the amount counts once for each unit of this input (50万円 a member, say)
    label: Text | None = None


class YenTable(Sourced):
    """Amounts by case, first match wins."""

    cases: Annotated[tuple[YenCase, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _bands_rise(self) -> YenTable:
        check_bands(c.when for c in self.cases)
        return self


class RateTier(Strict):
    """A rate for the part of the subsidy up to `up_to_yen` (None: the rest)."""

    ratio: RatioText
    up_to_yen: Yen | None = None


class RateCase(Strict):
    """A row of a rate table: one ratio, or tiers, or a fixed amount in full (定額)."""

    when: Condition = ALWAYS
    ratio: RatioText | None = None
    tiers: tuple[RateTier, ...] = ()
    fixed: StrictBool = False
    label: Text | None = None

    @model_validator(mode="after")
    def _one_form(self) -> RateCase:
        if sum((self.ratio is not None, bool(self.tiers), self.fixed)) != 1:
            raise ValueError("補助率の行には ratio、tiers、fixed のどれか一つだけを書いてください。")
        if self.tiers:
            check_tiers([t.up_to_yen for t in self.tiers])
        return self


class RateTable(Sourced):
    """Rates by case, first match wins; `tier_on` says what the tier bounds measure."""

    cases: Annotated[tuple[RateCase, ...], Field(min_length=1)]
    tier_on: Literal["subsidy", "cost"] = "subsidy"


class Special(Sourced):
    """A special measure (特例) that lifts cap or rate for those who qualify."""

    id: Id
    label: Text
    also: Names = ()
    add_yen: Yen | None = None  # added to the cap; absent where the cap table has rows of its own for the special
    requires: Condition = ALWAYS
    text: Text
    figures: dict[Id, Value] = Field(default_factory=dict)
    excludes: tuple[Id, ...] = ()
    forfeits: bool = False  # who was awarded with it and misses it gets nothing at all


class Limit(Sourced):
    """A limit on a part of the application.

    `kind`: share_of_subsidy (part of the subsidy <= ratio of the whole), share_of_cost (cost <= ratio of all other costs),
    share_of_sales (part of the subsidy <= ratio of planned yearly sales), cap_subsidy (subsidy for the categories, or without
    any for each single item, <= yen), cap_cost (cost of the categories <= yen), unit_price (each item >= yen), unit_price_any (one
    >= yen), not_alone (no other cost), at_least_share (part >= ratio of all), less_than_rest (cost < rest), less_income (cost - income).
    """

    id: Id
    kind: Literal[
        "share_of_subsidy", "share_of_cost", "share_of_sales", "cap_subsidy", "cap_cost", "unit_price", "unit_price_any", "not_alone",
        "at_least_share", "less_than_rest", "less_income",
    ]  # fmt: skip
    categories: tuple[Id, ...] = ()
    except_categories: tuple[Id, ...] = ()
    ratio: RatioText | None = None
    yen: Yen | None = None
    text: Text
    figures: dict[Id, Value] = Field(default_factory=dict)


class Requirement(Sourced):
    """Something the applicant must meet; `test` is what the rules can check, `repay` whether missing it costs money."""

    id: Id
    except_categories: tuple[Id, ...] = ()  # costs that do not count towards what `test` asks for
    kind: Literal[
        "size", "growth", "wage", "min_wage", "age", "headcount", "declaration", "plan", "investment", "exclusion",
        "cost", "place", "other",
    ]  # fmt: skip
    label: Text
    also: Names = ()
    test: Condition | None = None
    applies_when: Condition = ALWAYS
    figures: dict[Id, Value] = Field(default_factory=dict)
    text: Text
    repay: StrictBool = False
    decisive: StrictBool = True
    """Whether failing it shuts the applicant out (else it is a duty during the project)."""
    told_by: Names = ()  # words in a description that tell it is met, where there is no test


class Exclusion(Sourced):
    """A kind of project that a frame does not support; `names` are words that tell it in a description."""

    names: Annotated[Names, Field(min_length=1)]
    text: Text
    blocks: bool = False  # its names tell of the whole project: no amount is computed for it


class Component(Strict):
    """A part of a frame that is computed with a cap and rate of its own and then added up."""

    id: Id
    label: Text
    also: Names = ()
    cap: YenTable | None = None
    rate: RateTable


class Frame(Strict):
    """A frame or type (枠・類型) of an edition."""

    id: Id
    label: Text
    also: Names = ()
    cap: YenTable | None = None
    rate: RateTable | None = None
    floor: YenTable | None = None
    rounding: Literal["down_yen", "down_thousand"] = "down_yen"
    specials: tuple[Special, ...] = ()
    components: tuple[Component, ...] = ()
    categories: tuple[Id, ...] = ()  # cost categories of the edition that this frame pays for; empty: all of them
    limits: tuple[Limit, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    purposes: Names = ()  # in words that profiles use (販路開拓, 省力化, …)
    needs_input: tuple[InputName, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    beside: tuple[Id, ...] = ()  # frames that it may be combined with: their rate holds for both, each keeps its cap
    cap_each_year: StrictBool = False  # a plan of several years may have the cap in each of them
    cap_shared: StrictBool = False  # what one had of the scheme before counts against the cap
    listed_only: StrictBool = False  # pays for listed products alone: those that facts of kind catalogue name

    @model_validator(mode="after")
    def _ids_unique(self) -> Frame:
        check_unique("特例", [s.id for s in self.specials])
        check_unique("要件", [r.id for r in self.requirements])
        check_unique("部品", [c.id for c in self.components])
        return self


EventKind = Literal[
    "published", "guideline", "opens", "closes", "support_plan", "interview", "result", "grant", "project_end",
    "report", "other",
]  # fmt: skip


class Event(Sourced):
    """A dated event of a round. `on` is a date figure, precise to the minute, day, third of a month or month."""

    kind: EventKind
    label: Text
    on: Value
    planned: StrictBool = False
    frames: tuple[Id, ...] = ()


class Round(Strict):
    """One call (公募回, 次): its events. A round without `closes` and with `rolling` is open at any time."""

    id: Id
    label: Text
    also: Names = ()
    rolling: StrictBool = False
    events: tuple[Event, ...] = ()
    note: Text | None = None


class Edition(Strict):
    """One edition of one series of a programme: everything that holds for its rounds, complete in one file."""

    id: Annotated[StrictStr, Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
    series: Id = "main"
    label: Text
    also: Names = ()
    year: Count  # fiscal year of the call, for questions like 「2025年度の」
    docs: Annotated[tuple[Id, ...], Field(min_length=1)]
    published_on: IsoDate | None = None
    checked_on: IsoDate
    supersedes: StrictStr | None = None
    rounds: Annotated[tuple[Round, ...], Field(min_length=1)]
    frames: tuple[Frame, ...] = ()
    categories: tuple[Category, ...] = ()
    costs: tuple[CostItem, ...] = ()
    facts: tuple[Fact, ...] = ()

    @model_validator(mode="after")
    def _references(self) -> Edition:
        frames = [f.id for f in self.frames]
        categories = [c.id for c in self.categories]
        check_unique("枠", frames)
        check_unique("経費区分", categories)
        check_unique("公募回", [r.id for r in self.rounds])
        check_unique("説明・経費", [f.id for f in self.facts] + [c.id for c in self.costs])
        for used in [i.frames for i in self.facts] + [i.frames for i in self.costs]:
            check_known("枠", used, frames)
        check_known("経費区分", [c.category for c in self.costs if c.category], categories)
        for event in (e for r in self.rounds for e in r.events):
            check_known("枠", event.frames, frames)
        for frame in self.frames:
            check_known("経費区分", frame.categories, categories)
            check_known("枠", frame.beside, frames)
            for limit in frame.limits:
                check_known("経費区分", limit.categories + limit.except_categories, categories)
            specials = [s.id for s in frame.specials]
            for special in frame.specials:
                check_known("特例", special.excludes, specials)
        return self

    @property
    def programme(self) -> str:
        """Id of the programme, the part of the edition id before the slash."""
        return self.id.split("/")[0]

    def frame(self, frame_id: str) -> Frame:
        """The frame with that id; KeyError if there is none."""
        return {f.id: f for f in self.frames}[frame_id]


class Office(Strict):
    """Who to ask when the knowledge does not hold an answer."""

    name: Text
    url: Text | None = None


class Series(Strict):
    """A line of editions with rounds of its own within a programme (一般型, 創業型, カタログ注文型 …)."""

    id: Id
    label: Text
    also: Names = ()


class Lineage(Sourced):
    """How a programme follows from or into another."""

    programme: Id
    relation: Literal["predecessor", "successor"]
    text: Text
    figures: dict[Id, Value] = Field(default_factory=dict)


class Programme(Strict):
    """A programme: names that people type, office, series of editions, what came before and after."""

    id: Id
    name: Text
    short: Text
    also: Names = ()
    readings: Names = ()
    """Hiragana readings of the names, for typing and voice-input errors."""
    kind: Literal["subsidy", "grant", "loan", "guarantee", "support", "tax", "declaration"]
    area: Text | None = None
    summary: Text
    summary_source: SourceRef
    purposes: Names = ()
    office: Office
    series: tuple[Series, ...] = ()
    default_series: Id | None = None
    """The series meant where a question about an applicant's own case names none."""
    lineage: tuple[Lineage, ...] = ()


class Document(Strict):
    """A document that facts come from; none of its text is kept."""

    id: Id
    title: Text
    publisher: Text
    as_of: IsoDate
    file: Text
    url: Text | None = None


class SizeClass(Sourced):
    """Who is a small-scale or medium firm in an industry class."""

    industry: Literal["shogyo_service", "shukuhaku_goraku", "seizo_other"]
    label: Text
    words: Names
    small_max_people: Count


class General(Strict):
    """Facts that hold across programmes: definitions, minimum wages, size classes."""

    size_classes: tuple[SizeClass, ...]
    facts: tuple[Fact, ...]
    rates: dict[Id, DecimalText | RatioText] = Field(default_factory=dict)
    sme_limits: tuple[SmeLimit, ...] = ()
