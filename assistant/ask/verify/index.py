"""The claims of a catalogue, found by programme, unit, value and the words around them: built once for each catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import log

from assistant.ask.verify.claims import list_claims
from assistant.ask.verify.lists import Lists
from assistant.ask.verify.measures import bound_fits, counters_fit, same, step
from assistant.ask.verify.names import NameIndex
from assistant.ask.verify.pools import Joined, Pool, Words
from assistant.ask.verify.records import Claim, Measure, Need, Scope
from assistant.ask.verify.roles import role_of_kind
from assistant.ask.verify.verbatim import list_verbatim, shape
from assistant.rules.figures import CatalogueFigure, list_figures
from assistant.rules.load import Catalogue
from assistant.text.normalize import normalize
from assistant.text.units import Bound

_OF_OTHERS = frozenset({"fact:result", "fact:lineage", "fact:case", "lineage"})
_KEPT_SCOPES = 5_000
class ClaimIndex:
    """All claims of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.names = NameIndex(catalogue)
        self.claims, self.ranges = list_claims(catalogue, self.names)
        self.lists = Lists(self.claims)
        pooled: dict[tuple[str | None, str], list[Claim]] = {}
        self._values: dict[tuple[str, Fraction], list[Claim]] = {}
        self._dates: list[Claim] = []
        count: dict[str, int] = {}
        for claim in self.claims:
            pooled.setdefault((claim.figure.programme, claim.measure.family), []).append(claim)
            if claim.measure.number is not None:
                self._values.setdefault((claim.measure.family, claim.measure.number), []).append(claim)
            else:
                self._dates.append(claim)
            for gram in {**claim.grams, **claim.near}:
                count[gram] = count.get(gram, 0) + 1
        total = len(self.claims) + 1
        self.idf = {gram: log(total / n) for gram, n in count.items()}
        self.rare = log(total)
        self._pools = {key: Pool(claims) for key, claims in pooled.items()}
        self._rows: dict[tuple[str, Scope], frozenset[Need]] = {}
        self._rates: dict[tuple[str, Scope], frozenset[Fraction]] = {}
        self._whole: dict[str, Pool] = {}
        self._equal: dict[tuple[Measure, Bound | None], frozenset[int]] = {}
        self._placed: dict[tuple[str, Scope], tuple[tuple[int, Claim], ...]] = {}
        self.verbatim = list_verbatim(catalogue, list_figures(catalogue))
        self.shapes: dict[str, list[str]] = {}
        """The same sentences by what they tell apart from their numbers."""
        for sentence in self.verbatim:
            self.shapes.setdefault(shape(sentence), []).append(sentence)
        self.trades = _trades(catalogue)
        self.titles = tuple(normalize(d.title).text for d in catalogue.documents.values())
        self.as_of = frozenset(d.as_of for d in catalogue.documents.values())

    def scoped(self, family: str, scope: Scope) -> tuple[Claim, ...]:
        """The claims of a family of units within a scope."""
        return tuple(c for _, c in self.placed(family, scope))

    def placed(self, family: str, scope: Scope) -> tuple[tuple[int, Claim], ...]:
        """The claims of a family of units within a scope, each with its place in what `overlap` tells."""
        key = (family, scope)
        if key not in self._placed:
            if len(self._placed) > _KEPT_SCOPES:
                self._placed.clear()
                self._rows.clear()
                self._rates.clear()
            having = frozenset(e for e in scope.editions if self.names.has_frame(e, scope.frames))
            claims = enumerate(c for p in self._pools_of(family, scope) for c in p.claims)
            self._placed[key] = tuple((i, c) for i, c in claims if in_scope(c.figure, scope, having))
        return self._placed[key]

    def rows(self, scope: Scope) -> frozenset[Need]:
        """What the rows of tables within a scope ask for."""
        key = ("rows", scope)
        if key not in self._rows:
            claims = (*self.scoped("yen", scope), *self.scoped("share", scope))
            self._rows[key] = frozenset(n for c in claims if c.figure.programme is not None and not c.item for n in c.needs)
        return self._rows[key]

    def rates(self, scope: Scope) -> frozenset[Fraction]:
        """The rates in the tables within a scope."""
        key = ("rates", scope)
        if key not in self._rates:
            claims = self.scoped("share", scope) if scope.programmes else ()
            self._rates[key] = frozenset(c.measure.number for c in claims if c.figure.kind == "rate" and c.measure.number)
        return self._rates[key]

    def overlap(self, family: str, scope: Scope, near: Words, far: Words) -> list[float]:
        """How strongly the weighted words near a number and far from it speak for each claim of the programmes of a scope, by place."""
        return [n for pool in self._pools_of(family, scope) for n in pool.overlap(near, far)]

    def equal(self, told: Measure, bound: Bound | None) -> frozenset[int]:
        """The claims that a number may be, by its value and bound word alone."""
        key = (told, bound)
        if key not in self._equal:
            if len(self._equal) > _KEPT_SCOPES:
                self._equal.clear()
            self._equal[key] = frozenset(c.index for c in self.matching(told, bound))
        return self._equal[key]

    def matching(self, told: Measure, bound: Bound | None) -> Iterator[Claim]:
        """The claims that have the value and allow the bound word of a number, of whatever programme."""
        if told.number is None:
            yield from (c for c in self._dates if same(told, c.measure) and bound_fits(bound, c))
            return
        for claim in self._values.get((told.family, told.number), ()):
            if counters_fit(told, claim.measure) and bound_fits(bound, claim):
                yield claim
        other, turned = step(told, bound)
        if turned != bound and other.number is not None:
            for claim in self._values.get((told.family, other.number), ()):
                if same(other, claim.measure) and turned in claim.bounds:
                    yield claim

    def closings(self) -> Iterator[Claim]:
        """The claims that are closing days."""
        return (c for c in self._dates if c.role == "closes")

    def _pools_of(self, family: str, scope: Scope) -> list[Pool]:
        if not scope.programmes:
            if family not in self._whole:
                self._whole[family] = Joined([p for (_, of), p in self._pools.items() if of == family])
            return [self._whole[family]]
        return [self._pools[p, family] for p in (*scope.programmes, None) if (p, family) in self._pools]


def index_of(catalogue: Catalogue) -> ClaimIndex:
    """The index of a catalogue, built on first use and kept on it."""
    kept: ClaimIndex | None = catalogue.__dict__.get("_claim_index")
    if kept is None:
        kept = ClaimIndex(catalogue)
        catalogue.__dict__["_claim_index"] = kept
    return kept


def in_scope(figure: CatalogueFigure, scope: Scope, soft: frozenset[str] = frozenset()) -> bool:
    """Whether a figure is of the programme, edition, round and frame that is spoken of.

    Args:
        figure: A figure of the catalogue.
        scope: What is spoken of.
        soft: The editions that have one of the frames; figures of others are let through, since the frame cannot be theirs.
    """
    if figure.programme is None or not scope.programmes:
        return True
    if figure.programme not in scope.programmes:
        return False
    if figure.edition_id and scope.editions and figure.edition_id not in scope.editions:
        return figure.edition_id in scope.background and figure.kind in _OF_OTHERS
    if soft and figure.edition_id not in soft and figure.frame_id is None and role_of_kind(figure.kind) is not None:
        return False  # the frame has dates of its own
    if scope.frames and (figure.frame_id or figure.frames) and not scope.frames & {figure.frame_id, *figure.frames}:
        return bool(soft and figure.edition_id and figure.edition_id not in soft)
    of_round = role_of_kind(figure.kind) is not None and figure.frame_id is None
    return not (scope.rounds and of_round and figure.item_id.split(".")[0] not in scope.rounds)


def _trades(catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """What people call a trade with the name of its class where rules tell the class alone (旅館, 宿泊業)."""
    classes = catalogue.general.size_classes
    return tuple((w, c.words[0]) for c in classes for w in c.words[1:] if c.words[0] not in w and len(w) > 1)
