"""The ledger of an answer being written: figures and sources are entered here, the text holds only their tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from assistant.errors import UnknownToken
from assistant.records import Figure, Source
from assistant.rules.load import Catalogue
from assistant.rules.schema import CostItem, Fact, Limit, Lineage, Requirement, SourceRef, Special
from assistant.rules.values import Value, format_yen
from assistant.text.numbers import find_quantities

_TOKEN = re.compile(r"\{(f|s):(\d+)\}")
Where = tuple[str | None, str | None, str | None]
"""Programme, edition id and frame id of a figure."""
Worded = CostItem | Fact | Limit | Lineage | Requirement | Special
"""What the catalogue says in words, with names of figures in braces."""


@dataclass
class Ledger:
    """Collects figures and sources; hands out tokens `{f:n}` and `{s:n}`."""

    catalogue: Catalogue
    figures: list[Figure] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)

    def source(self, ref: SourceRef, passage: str | None = None) -> Source:
        """The source record of a reference."""
        document = self.catalogue.documents[ref.doc]
        return Source(document.title, ref.section, document.as_of, document.url, passage)

    def cite(self, ref: SourceRef | None, passage: str | None = None) -> str:
        """A citation token for a source, one number for each place."""
        if ref is None:
            return ""
        new = self.source(ref, passage)
        self.label(new.document, None)
        return self._source_token(new)

    def add(self, figure: Figure) -> str:
        """A token for a figure."""
        if figure in self.figures:
            return f"{{f:{self.figures.index(figure)}}}"
        self.figures.append(figure)
        return f"{{f:{len(self.figures) - 1}}}"

    def value(
        self,
        value: Value,
        kind: str,
        ref: SourceRef | None,
        place: Where = (None, None, None),
        doubt: str | None = None,
        bounded: bool = True,
    ) -> str:
        """A token for a figure of the catalogue."""
        source = self.source(ref) if ref else None
        return self.add(
            Figure(value.text(bounded), value.wire, value.unit, "sourced", kind, *place, doubt=doubt, source=source)
        )

    def told(self, item: Worded, kind: str, place: Where = (None, None, None)) -> str:
        """What the catalogue says in words, tokens in place of its figures."""
        text = item.text
        for name, value in item.figures.items():
            text = text.replace("{" + name + "}", self.value(value, kind, item.source, place, item.doubt))
        return text

    def yen(
        self,
        yen: int,
        kind: str,
        verdict: Literal["sourced", "computed", "from_user"] = "computed",
        ref: SourceRef | None = None,
        steps: tuple[str, ...] = (),
        place: Where = (None, None, None),
        doubt: str | None = None,
    ) -> str:
        """A token for an amount of money."""
        source = self.source(ref) if ref else None
        return self.add(Figure(format_yen(yen), yen, "yen", verdict, kind, *place, doubt=doubt, steps=steps, source=source))

    def label(self, text: str, ref: SourceRef | None) -> str:
        """A label of the catalogue (従業員6～20人) as it is, its numbers entered as figures."""
        source = self.source(ref) if ref else None
        for q in find_quantities(text):
            if not q.ignored:
                self.add(Figure(q.text, q.wire, q.unit, "sourced", "band" if source else "name", source=source))
        return text

    def plain(
        self, text: str, value: int | str, unit: str, kind: str, verdict: Literal["sourced", "computed", "from_user"],
        steps: tuple[str, ...] = (), ref: SourceRef | None = None,
    ) -> str:  # fmt: skip
        """A token for any other figure."""
        return self.add(Figure(text, value, unit, verdict, kind, steps=steps, source=self.source(ref) if ref else None))

    def absorb(self, other: Ledger, text: str) -> str:
        """A text with the tokens of another ledger under tokens of this one; all figures of the other are entered here.

        Raises:
            UnknownToken: A token names nothing in the other ledger.
        """
        figures = [self.add(f) for f in other.figures]
        sources = [self._source_token(s) for s in other.sources]

        def renamed(m: re.Match[str]) -> str:
            tokens, n = (figures if m.group(1) == "f" else sources), int(m.group(2))
            if n >= len(tokens):
                raise UnknownToken(m.group(0))
            return tokens[n]

        return _TOKEN.sub(renamed, text)

    def _source_token(self, source: Source) -> str:
        for n, old in enumerate(self.sources):
            if (old.document, old.section) == (source.document, source.section):
                return f"{{s:{n}}}"
        self.sources.append(source)
        return f"{{s:{len(self.sources) - 1}}}"

    def fill(self, text: str) -> str:
        """The text with every token replaced.

        Raises:
            UnknownToken: A token names nothing in the ledger.
        """

        def replace(m: re.Match[str]) -> str:
            kind, n = m.group(1), int(m.group(2))
            if n >= len(self.figures if kind == "f" else self.sources):
                raise UnknownToken(m.group(0))
            return self.figures[n].text if kind == "f" else f"[{n + 1}]"

        return _TOKEN.sub(replace, text)
