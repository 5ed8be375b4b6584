"""What a cited place says, in our words, for sources whose citation brought no passage: its tables and its dates."""

from __future__ import annotations

from dataclasses import replace

from assistant.records import Figure, Source
from assistant.rules.labels import cap_rows, rate_rows, short_date
from assistant.rules.load import Catalogue
from assistant.rules.schema import Edition, SourceRef

MOST_CHARS = 400


def with_passage(source: Source, figures: tuple[Figure, ...], catalogue: Catalogue) -> Source:
    """The source with what the catalogue holds of its place, as far as the figures of the answer speak of it.

    Args:
        source: A source of an answer; one that has a passage stays as it is.
        figures: The figures of the answer: they tell editions and frames.
        catalogue: The knowledge.
    """
    if source.passage is not None:
        return source
    shown: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.edition_id is not None:
            shown.setdefault(figure.edition_id, []).append(figure)
    lines = [x for id_, its in shown.items() for x in _lines(catalogue.editions[id_], its, source, catalogue)]
    text = "\n".join(dict.fromkeys(lines))
    return source if not text else replace(source, passage=text if len(text) <= MOST_CHARS else text[: MOST_CHARS - 1] + "…")


def _lines(edition: Edition, figures: list[Figure], source: Source, catalogue: Catalogue) -> list[str]:
    """The tables of the frames and the dates of the rounds that the figures are of, where they stand at the source's place."""

    def here(ref: SourceRef) -> bool:
        return (catalogue.documents[ref.doc].title, ref.section) == (source.document, source.section)

    named, values = {f.frame_id for f in figures}, {f.value for f in figures}
    out = []
    for frame in (f for f in edition.frames if f.id in named):
        tables = [("補助上限額", frame.cap, cap_rows(frame.cap, frame)), ("補助率", frame.rate, rate_rows(frame.rate, frame))]
        tables.append(("補助下限額", frame.floor, cap_rows(frame.floor, frame)))
        for part in frame.components:
            tables.append((f"{part.label}の補助上限額", part.cap, cap_rows(part.cap, frame)))
            tables.append((f"{part.label}の補助率", part.rate, rate_rows(part.rate, frame)))
        out += [f"{frame.label}の{name}：{'、'.join(rows)}" for name, table, rows in tables if table is not None and here(table.source)]
    for round_ in edition.rounds:
        if any(e.on.wire in values for e in round_.events):
            label = round_.label if round_.label.startswith("第") else edition.label
            out += [f"{label} {e.label}：{short_date(e.on)}" for e in round_.events if here(e.source)]
    return out
