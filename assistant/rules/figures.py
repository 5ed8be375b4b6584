"""All figures of the catalogue as one flat list: what the verifier, the proof test and `shirube programmes` read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from assistant.rules.conditions import Condition, Test
from assistant.rules.labels import case_label
from assistant.rules.load import Catalogue
from assistant.rules.schema import Component, Edition, Frame, RateTable, SourceRef, YenTable
from assistant.rules.values import Value


@dataclass(frozen=True, slots=True)
class CatalogueFigure:
    """One figure with all that gives it a meaning.

    `kind` is cap, floor, rate, tier, special_add, special, limit, requirement, band, event kinds (opens, closes …),
    cost, category, lineage, size or `fact:<kind of fact>`; `label` tells the row, `words` what people call it.
    """

    programme: str | None
    edition_id: str | None
    frame_id: str | None
    kind: str
    label: str
    value: Value
    item_id: str
    words: tuple[str, ...]
    source: SourceRef
    doubt: str | None = None
    corrects: str | None = None
    frames: tuple[str, ...] = ()
    name: str = ""
    """The token name of the figure within its item."""


def list_figures(catalogue: Catalogue) -> tuple[CatalogueFigure, ...]:
    """Every figure of the catalogue, editions first, general facts last."""
    out: list[CatalogueFigure] = []
    for edition in catalogue.editions.values():
        out += edition_figures(edition)
    for programme in catalogue.programmes.values():
        for i, line in enumerate(programme.lineage):
            out += _named(programme.id, None, None, "lineage", "", f"lineage-{i}", line.figures, (), line)
    for fact in catalogue.general.facts:
        words = (fact.topic, *fact.also)
        out += _named(None, None, None, f"fact:{fact.kind}", fact.topic, fact.id, fact.figures, words, fact)
    for size in catalogue.general.size_classes:
        value = Value(people=size.small_max_people, bound="max")
        out.append(CatalogueFigure(None, None, None, "size", size.label, value, size.industry, size.words, size.source))
    return tuple(out)


def edition_figures(edition: Edition) -> Iterator[CatalogueFigure]:
    """Every figure of one edition."""
    for round_ in edition.rounds:
        for event in round_.events:
            yield CatalogueFigure(
                edition.programme, edition.id, None, event.kind, f"{round_.label} {event.label}", event.on,
                f"{round_.id}.{event.kind}", (event.label, round_.label, *round_.also), event.source, event.doubt,
                event.corrects, event.frames,
            )  # fmt: skip
    for frame in edition.frames:
        yield from _frame_figures(edition, frame)
    for category in edition.categories:
        words = (category.label, *category.also)
        yield from _named(
            edition.programme, edition.id, None, "category", category.label, category.id, category.figures, words, category
        )
    for cost in edition.costs:
        yield from _named(
            edition.programme, edition.id, None, "cost", cost.names[0], cost.id, cost.figures, cost.names, cost, cost.frames
        )
    for fact in edition.facts:
        words = (fact.topic, *fact.also)
        yield from _named(
            edition.programme, edition.id, None, f"fact:{fact.kind}", fact.topic, fact.id, fact.figures, words, fact, fact.frames
        )


def _frame_figures(edition: Edition, frame: Frame) -> Iterator[CatalogueFigure]:
    where = (edition.programme, edition.id, frame.id)
    yield from _tables(where, frame, frame, frame.id)
    for part in frame.components:
        yield from _tables(where, frame, part, f"{frame.id}.{part.id}")
    for special in frame.specials:
        words = (special.label, *special.also)
        if special.add_yen is not None:
            source = frame.cap.source if frame.cap else special.source  # the overview prints the addition beside the cap
            yield CatalogueFigure(
                *where, "special_add", special.label, Value(yen=special.add_yen), special.id, words, source, special.doubt
            )
        yield from _named(*where, "special", special.label, special.id, special.figures, words, special)
    for limit in frame.limits:
        yield from _named(*where, "limit", limit.text[:20], limit.id, limit.figures, (), limit)
        for value in (limit.yen and Value(yen=limit.yen), limit.ratio and Value(ratio=limit.ratio)):
            if isinstance(value, Value) and all(v != value for v in limit.figures.values()):
                yield CatalogueFigure(
                    *where, "limit", limit.text[:20], value, limit.id, (), limit.source, limit.doubt, limit.corrects
                )
    for need in frame.requirements:
        words = (need.label, *need.also)
        yield from _named(*where, "requirement", need.label, need.id, need.figures, words, need)


def _tables(where: tuple[str, str, str], frame: Frame, owner: Frame | Component, item_id: str) -> Iterator[CatalogueFigure]:
    label = owner.label
    for kind, table in (("cap", owner.cap), ("floor", getattr(owner, "floor", None))):
        if isinstance(table, YenTable):
            for case in table.cases:
                words = (label, *owner.also)
                text = case_label(case, frame)
                yield CatalogueFigure(
                    *where, kind, text, Value(yen=case.yen), item_id, words, table.source, table.doubt, table.corrects
                )
                yield from _bands(where, case.when, item_id, table)
    if owner.rate is not None:
        yield from _rates(where, frame, owner.rate, item_id, (label, *owner.also))


def _rates(
    where: tuple[str, str, str], frame: Frame, table: RateTable, item_id: str, words: tuple[str, ...]
) -> Iterator[CatalogueFigure]:
    for case in table.cases:
        text = case_label(case, frame)
        ratios = [case.ratio] if case.ratio else [t.ratio for t in case.tiers]
        for ratio in dict.fromkeys(ratios):
            yield CatalogueFigure(
                *where, "rate", text, Value(ratio=ratio), item_id, words, table.source, table.doubt, table.corrects
            )
        for tier in case.tiers:
            if tier.up_to_yen is not None:
                yield CatalogueFigure(
                    *where, "tier", text, Value(yen=tier.up_to_yen), item_id, words, table.source, table.doubt, table.corrects
                )
        yield from _bands(where, case.when, item_id, table)


def _bands(where: tuple[str, str, str], when: Condition, item_id: str, table: YenTable | RateTable) -> Iterator[CatalogueFigure]:
    test = when.tests.get("employees")
    if test is None:
        return
    for value in band_values(test):
        yield CatalogueFigure(*where, "band", "従業員", value, item_id, ("従業員",), table.source, table.doubt, table.corrects)


def band_values(test: Test) -> Iterable[Value]:
    """The headcounts of a band as figures: 6 and 20 of 6～20人, 101以上, 5以下."""
    both = test.min is not None and test.max is not None
    if test.min is not None:
        yield Value(people=int(test.min), bound=None if both else "min")
    if test.max is not None:
        yield Value(people=int(test.max), bound=None if both else "max")


def _named(
    programme: str | None,
    edition: str | None,
    frame: str | None,
    kind: str,
    label: str,
    item_id: str,
    figures: Mapping[str, Value],
    words: tuple[str, ...],
    item: object,
    frames: tuple[str, ...] = (),
) -> Iterator[CatalogueFigure]:
    source: SourceRef = getattr(item, "source")  # noqa: B009
    for name, value in figures.items():
        yield CatalogueFigure(
            programme, edition, frame, kind, label, value, item_id, words, source, getattr(item, "doubt", None),
            getattr(item, "corrects", None), frames, name,
        )  # fmt: skip
