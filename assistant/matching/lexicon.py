"""The words by which editions name costs, categories and listed products, folded once for each state of the knowledge."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from assistant.matching.purposes import fold
from assistant.rules.load import Catalogue
from assistant.rules.schema import CostItem, Edition, Fact

_BRACKETS = re.compile(r"[（(［\[【][^）)］\]】]*[）)］\]】]")
_COUNT = re.compile(r"[0-9]+(台|基|式|セット|個|件|本|枚|箇所|か所|名分|人分)?$")


@dataclass(frozen=True, slots=True)
class Named:
    """A name that occurs in costs, with what it names."""

    name: str
    cost: CostItem | None
    category: str | None


@dataclass(frozen=True, slots=True)
class EditionWords:
    """The names of one edition: of cost items and categories, and of the products of its list."""

    names: tuple[Named, ...]
    labels: tuple[tuple[str, str], ...]
    """(name, category id) of the categories alone."""
    products: tuple[str, ...]


@dataclass
class Lexicon:
    """The names of all editions of a catalogue, made when first asked for."""

    catalogue: Catalogue
    _made: dict[str, EditionWords] = field(default_factory=dict)

    def of(self, edition: Edition) -> EditionWords:
        """The names of one edition."""
        if edition.id not in self._made:
            self._made[edition.id] = _words(edition)
        return self._made[edition.id]

    @cached_property
    def all_labels(self) -> frozenset[str]:
        """The labels of every category of every edition."""
        return frozenset(fold(c.label) for e in self.catalogue.editions.values() for c in e.categories)

    @cached_property
    def _fillers(self) -> tuple[str, ...]:
        return tuple(fold(w) for w in self.catalogue.vocabulary.get("matching", {}).get("fillers", ()))

    def heads(self, label: str) -> tuple[str, ...]:
        """A label without counts and words that do not change what the thing is, folded: as it is first, then shorter."""
        out = [plain_label(label)]
        while True:
            text = out[-1]
            shorter = _COUNT.sub("", text)
            end = next((f for f in self._fillers if shorter == text and text.endswith(f) and len(text) > len(f)), None)
            shorter = text.removesuffix(end) if end else shorter
            if not shorter or shorter == text:
                return tuple(out)
            out.append(shorter)


def plain_label(label: str) -> str:
    """A label without brackets, folded."""
    return fold(_BRACKETS.sub("", label)) or fold(label)


def lexicon(catalogue: Catalogue) -> Lexicon:
    """The lexicon of a catalogue."""
    return _lexicon(_ByVersion(catalogue))


class _ByVersion:
    """A catalogue as the key of a cache: equal if it is the same data."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def __hash__(self) -> int:
        return hash(self.catalogue.version)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByVersion) and other.catalogue.editions is self.catalogue.editions


@lru_cache(maxsize=4)
def _lexicon(key: _ByVersion) -> Lexicon:
    return Lexicon(key.catalogue)


def _words(edition: Edition) -> EditionWords:
    names = [Named(fold(n), c, c.category) for c in edition.costs for n in c.names]
    labels = [(fold(n), c.id) for c in edition.categories for n in (c.label, *c.also)]
    names += [Named(n, None, i) for n, i in labels]
    products = [fold(n) for f in edition.facts if _is_listed(f) for n in (f.topic, *f.also)]
    return EditionWords(
        tuple(n for n in names if len(n.name) > 1), tuple(x for x in labels if len(x[0]) > 1),
        tuple(p for p in dict.fromkeys(products) if len(p) > 1),
    )  # fmt: skip


def _is_listed(fact: Fact) -> bool:
    """Whether a fact names a product of the list of which there is at least one."""
    return fact.kind == "catalogue" and any(v.count for v in fact.figures.values())
