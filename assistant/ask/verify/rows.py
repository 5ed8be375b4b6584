"""The figures of tables as rows: what picks a row, which row stands for all, what else it tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from assistant.ask.verify.grams import grams_of
from assistant.ask.verify.measures import SENSES, amount_size
from assistant.ask.verify.records import Claim, Mate, Measure, Need
from assistant.ask.verify.spans import mate, mate_of, needs_in
from assistant.text.normalize import normalize
from assistant.text.units import Bound

_TURN = re.compile(r"\d+[次回期]")
_TITLE = 4
"""Length from which a topic is told by its name."""
_DIGITS = re.compile(r"[\d,]+")
_ROW_WORDS = re.compile(r"従業員数?|プロセス数?|人|以上|以下|未満|超|中小企業(?:者)?等?|[\d～~・,、 ]")


def turn_in(text: str) -> str:
    """Which of many times a text tells of last (第3次, 2回目)."""
    turns = _TURN.findall(text)
    return turns[-1] if turns else ""


def mark_extremes(claims: list[Claim]) -> Iterator[Claim]:
    """The claims with the highest cap and the lowest floor of each table marked: what is told when no case is told."""
    tables: dict[object, list[Claim]] = {}
    for claim in claims:
        if claim.figure.kind in ("cap", "floor") and claim.measure.number is not None:
            tables.setdefault(_table(claim), []).append(claim)
    marked = set()
    for rows in tables.values():
        plain = [r for r in rows if not _ROW_WORDS.sub("", normalize(r.figure.label).text)] or rows
        best = (max if rows[0].figure.kind == "cap" else min)(plain, key=lambda c: c.measure.number or 0)
        marked.add(id(best))
    for claim in claims:
        yield replace(claim, is_extreme=True) if id(claim) in marked and claim.label else claim


def mark_parts(claims: list[Claim]) -> list[Claim]:
    """The rates of a row that change at an amount, with the part for which each holds."""
    rows: dict[object, list[Claim]] = {}
    for claim in claims:
        if claim.figure.kind == "rate" and not claim.item:
            rows.setdefault((_table(claim), claim.figure.label), []).append(claim)
    parts = {id(c): n for row in rows.values() if len(row) > 1 for n, c in enumerate(row, 1)}
    return [replace(c, part=parts[id(c)]) if id(c) in parts else c for c in claims]


def with_aside(claims: list[Claim]) -> list[Claim]:
    """The rows of each table with what its other rows ask for as well: 事業場規模30人未満 beside the people whose pay is raised."""
    aside: dict[object, set[Need]] = {}
    for claim in claims:
        people = [n for n in claim.needs if n.family == "people"]
        aside.setdefault(_table(claim), set()).update(people[1:])
    return [replace(c, aside=frozenset(aside[_table(c)])) if aside[_table(c)] and c.needs else c for c in claims]


def as_rows(claims: Sequence[Claim]) -> Iterator[Claim]:
    """The figures of items that differ in one number of their labels alone (300kl診断プラン, 1,500kl診断プラン) as rows up to it."""
    steps: dict[object, set[Fraction]] = {}
    for claim in claims:
        steps.setdefault(_shape(claim), set()).update(n.high for n in _steps(claim) if n.high is not None)
    for claim in claims:
        below = sorted(steps[_shape(claim)])
        needs = tuple(replace(n, low=max((b for b in below if b < (n.high or 0)), default=None)) for n in _steps(claim))
        yield replace(claim, needs=needs) if len(below) > 1 and needs and not claim.needs else claim


def _steps(claim: Claim) -> tuple[Need, ...]:
    """What the label of a figure measures it by; none for the measure itself."""
    needs = tuple(n for n in needs_in(normalize(claim.figure.label).text) if n.family == "kl")
    return needs if claim.measure.family == "yen" else ()


def _shape(claim: Claim) -> object:
    return claim.figure.edition_id, claim.figure.kind, _DIGITS.sub("#", claim.figure.label)


def _table(claim: Claim) -> object:
    return (claim.figure.edition_id, claim.figure.frame_id, claim.figure.item_id, claim.figure.kind)


def grouped(claims: Iterator[Claim]) -> Iterator[Claim]:
    """The claims with the number of their group."""
    groups: dict[object, int] = {}
    asked: dict[object, int] = {}
    for claim in claims:
        figure = claim.figure
        key = (claim.role, figure.kind, figure.programme, figure.frame_id, "." in figure.item_id)
        topic = normalize(figure.label).text if figure.kind.startswith("fact:") else ""
        title = topic if len(topic) >= _TITLE else ""
        group, size = groups.setdefault(key, len(groups)), amount_size(claim.measure)
        row = asked.setdefault((claim.needs, claim.aside), len(asked))
        turn = turn_in(topic)
        yield replace(
            claim, group=group, row=row, size=size, title=title, turn=turn, is_bare=_is_bare(claim),
            is_tagged=bool(claim.sizes or title or turn), senses=frozenset(SENSES[b] for b in claim.bounds if b is not None),
        )  # fmt: skip


def _is_bare(claim: Claim) -> bool:
    return not (claim.label or claim.round_words or claim.sum_of or claim.is_extreme or claim.part)


def with_mates(claims: list[Claim]) -> Iterator[Claim]:
    """The claims with the other numbers that their item or their row of a table tells."""
    mates: dict[object, set[Mate]] = {}
    for claim in claims:
        group = mates.setdefault(_group(claim), set())
        group.add(mate_of(claim.measure))
        group.update(mate(n.family, x) for n in claim.needs for x in (n.low, n.high) if x is not None)
    for claim in claims:
        own = mate_of(claim.measure)
        yield replace(claim, mate=own, mates=frozenset(mates[_group(claim)] - {own}))


def _group(claim: Claim) -> object:
    figure = claim.figure
    return claim.item or (figure.edition_id, figure.frame_id, figure.label, claim.sum_of)


def row_figures(claims: list[Claim]) -> Iterator[Claim]:
    """The numbers of row labels as figures of their own: 1～3プロセス may be told as 3プロセス以下."""
    seen: set[tuple[str | None, str | None, Need]] = set()
    for claim in claims:
        for need in claim.needs:
            mark = (claim.figure.edition_id, claim.figure.frame_id, need)
            if mark in seen:
                continue
            seen.add(mark)
            ends: tuple[tuple[Fraction | None, Bound | None], ...] = ((need.low, "min"), (need.high, "max"))
            if need.low == need.high:
                ends = ((need.low, None),)  # a row of one value (a course of 50 yen) has no bound
            for number, bound in ends:
                if number is not None:
                    measure = Measure(need.family, number, None, need.counter)
                    yield replace(
                        claim, figure=replace(claim.figure, kind="row"), measure=measure, bounds=frozenset({bound, None}),
                        role=None, needs=(), label=frozenset(), plain_label=frozenset(), grams=dict.fromkeys(grams_of("従業員の場合"), 0.7),
                    )  # fmt: skip
