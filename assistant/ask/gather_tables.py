"""Caps, rates and floors looked up for a frame, with the rows that stay possible and those of special measures."""

from __future__ import annotations

from assistant.ask.evidence import TableFinding
from assistant.ask.gather_amounts import usable_specials
from assistant.ask.route import Place
from assistant.rules.amounts import Choice, choices
from assistant.rules.conditions import Inputs
from assistant.rules.labels import case_label
from assistant.rules.schema import Component, Frame, RateTable, Special, YenTable

TABLES = ("cap", "rate", "floor")


def table_findings(kind: str, place: Place, told: Inputs) -> list[TableFinding]:
    """The cap, rate or floor of every frame of a place, one finding a table.

    Args:
        kind: cap, rate or floor.
        place: The edition and frames in question.
        told: What is known; unknown inputs leave several rows.
    """
    out: list[TableFinding] = []
    for frame in place.frames:
        inputs, notes = usable_specials(frame, told)
        owners: list[tuple[Frame | Component, str | None]] = [(frame, None)]
        owners += [(c, c.label) for c in frame.components]
        for owner, part in owners:
            table: YenTable | RateTable | None = getattr(owner, kind, None)
            if table is None:
                continue
            found = choices(table, inputs, frame)
            out.append(
                TableFinding(
                    kind, place, frame, found, inputs, table.source, _special_rows(table, inputs, frame),
                    table.doubt, part, notes,
                )
            )  # fmt: skip
    return out


def _special_rows(table: YenTable | RateTable, inputs: Inputs, frame: Frame) -> tuple[tuple[Special, Choice], ...]:
    """For each special measure not in use: the row that would apply with it, if it differs from the rows without it."""
    plain = [c.case for c in choices(table, inputs, frame)]
    out: list[tuple[Special, Choice]] = []
    for special in frame.specials:
        if special.id in inputs.specials:
            continue
        with_it = inputs.with_(specials=tuple(sorted({*inputs.specials, special.id})))
        for choice in choices(table, with_it, frame):
            if choice.case not in plain:
                out.append((special, Choice(case_label(choice.case, frame), choice.case, choice.waits_for)))
    return tuple(out)
