"""One text as the verifier reads it: its numbers, its arithmetic, what was settled so far, and the context of each number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from assistant.ask.verify import derive
from assistant.ask.verify.arithmetic import CAP_BEFORE, Reckoning
from assistant.ask.verify.beside import equal_ends
from assistant.ask.verify.contexts import Piece, around
from assistant.ask.verify.fits import denies_special, says_otherwise
from assistant.ask.verify.grams import grams_of
from assistant.ask.verify.grid import follows_in_table
from assistant.ask.verify.index import ClaimIndex, index_of
from assistant.ask.verify.lists import FAMILIES
from assistant.ask.verify.measures import measure_of
from assistant.ask.verify.own import OWNER, has_case, is_case, is_required, is_supposed, read_given, tells_rest
from assistant.ask.verify.records import Claim, Context, Mate, Measure, Need, Scope, Told
from assistant.ask.verify.roles import is_cost, own_words, role_around, role_in, without_met
from assistant.ask.verify.scopes import BECAME, ScopeReader
from assistant.ask.verify.spans import mate_of, told_spans
from assistant.ask.verify.workings import read_workings
from assistant.rules.load import Catalogue
from assistant.text.dates import PartialDate
from assistant.text.normalize import normalize
from assistant.text.numbers import Quantity, find_quantities

_ASIDE = re.compile(r"\([^()]*\d[^()]*\)")
_BRACKET = re.compile(r"\([^()\d]{0,16}")
_PAIR = re.compile(r"(?:・|、|で、?|\()(?:年|月|1人|1回)?")
_WINDOW = re.compile(r"受付|受け付け|募集|公募|申請|応募|エントリー|締|スケジュール|日程")
_APPLY = re.compile(r"(?:受付|受け付け|募集|公募|申請|応募)(?:期間)?[はがも:]\s?$")
_OF_FIRM = re.compile(r"(?:規模|従業員|社員|人数|職員|スタッフ|全員)(?:数)?[はがのも:]?\s?(?:約|計)?$")
_COMPARED = re.compile(r"を(?:下回|上回|超え|越え)|に満た")


class Settled:
    """What the numbers read so far have settled for those that follow; changes as the text is read."""

    def __init__(self) -> None:
        self.days: list[PartialDate] = []
        self.own: set[Fraction] = set()
        self.staff: list[Told] = []
        """Headcounts and other cases of the paragraph that pick rows of tables."""
        self.rooms: dict[int, Need] = {}
        """By the start of a case: the row that it picked."""
        self.doubted: set[int] = set()
        """The starts of cases that contradict the row of a figure."""
        self.claims: dict[int, Claim] = {}
        """By the start of a number: the figure that backs it."""
        self.capped: dict[tuple[str, object], Scope] = {}
        """The caps that the catalogue backs, with what they are told of."""
        self.picked: set[int] = set()
        self.scopes: dict[int, Scope] = {}
        """What each number is said of, by its start."""
        self.limits: set[int] = set()
        """The places of the numbers that are told as limits of the programme."""
        self.roles: set[int] = set()
        """The places of the amounts whose role is told, near or far."""
        self.close: set[int] = set()
        """The starts of refused numbers that fit a figure of the programme nearly as well as the best one."""
        self.shared: set[int] = set()
        """The places of cases and of the amounts that are the programme's rate of them."""
        self.last: Claim | None = None
        self.model: Claim | None = None
        """The figure told last, whatever the sentence: another of the same kind may follow in few words (愛知県は…)."""
        self.told: set[int] = set()
        """The claims that back numbers of the sentence."""
        self.used: set[Measure] = set()
        self.used_before: set[Measure] = set()
        """The figures that the catalogue backs, told in the sentence and before it in the paragraph."""


class Reading:
    """A text with all that is known of it before its numbers are judged."""

    def __init__(self, text: str, catalogue: Catalogue, today: date, own: Mapping[str, Any]) -> None:
        self.original, self.catalogue, self.today = text, catalogue, today
        self.norm = normalize(text)
        self.text = self.norm.text
        self.index: ClaimIndex = index_of(catalogue)
        self.titles = tuple(_places_of(self.index.titles, self.text))
        self.quantities, self.became = _without_changes(self.text, derive.with_months(self.text, find_quantities(self.text)))
        self.amounts = [q for q in self.quantities if not q.ignored and measure_of(q).family in FAMILIES]
        self.order = {q.start: k for k, q in enumerate(self.quantities)}
        self.given = read_given(own)
        self.equal_ends = equal_ends(self.text, self.quantities)
        self.trades = tuple(t for t in self.index.trades if t[0] in self.text)
        self.words = grams_of(self.text)
        self.workings = read_workings(self.text, self.quantities)
        self.reckoning = Reckoning(self.text, self.quantities)
        units = [q.unit for q in self.quantities if not q.ignored]
        enough = units.count("yen") >= 3 or (units.count("yen") >= 2 and bool({"ratio", "percent"} & set(units)))
        self.reckonable = enough and has_case(self.text, self.quantities)
        self.tells_firm = OWNER.search(self.text) is not None or any(is_case(self.text, q) for q in self.quantities)
        self.scopes = ScopeReader(self.index.names, self.text, self.quantities, today)
        self.unnamed = _blank(self.text, self.scopes)
        self.ending: Scope | None = None
        """What is spoken of at the end of the sentence."""
        self.lead: Piece | None = None
        """Of a table: the sentence above it."""
        self.settled = Settled()

    def programmes(self, scope: Scope) -> frozenset[str]:
        """The programmes of which a number is told, or of which the sentence tells in the end."""
        return scope.programmes | (self.ending.programmes if self.ending is not None else frozenset())

    def context(self, piece: Piece, k: int, scope: Scope, previous: str) -> Context:
        """The k-th number of a piece with all that is told around it."""
        left, before, right, far, after = around(self.text, piece, k)
        far = _without_asides(far, before + left)
        far += "".join(f" {name}" for word, name in self.trades if word in far + before + left)
        quantity = piece.quantities[k]
        family = measure_of(quantity).family
        heads = tuple(self.text[a:b] for a, b in piece.heads)
        headings = " ".join(self.unnamed[a:b] for a, b in piece.headings[-1:])
        if quantity.bound in ("under", "over") and _COMPARED.search(quantity.text) and CAP_BEFORE.search(left):
            quantity = replace(quantity, bound=None)  # 上限600万円を下回る: told of another amount
        role = self._role(piece, k, (left, right, before), far, (headings, *heads))
        is_label = piece.start == piece.line or quantity.unit == "people" or self.text.startswith(":", quantity.end)
        if role is None and self.lead is not None and not is_label:
            role = role_in(self.text[self.lead.start : self.lead.end], family)
        if role is None and quantity.unit == "yen" and quantity.bound == "until" and k and piece.quantities[k - 1].unit == "ratio":
            gap = self.text[piece.quantities[k - 1].end : quantity.start]
            role = "cap" if _PAIR.fullmatch(gap) else None  # 2/3・年400万円まで
        other = is_supposed(self.text, quantity) or tells_rest(self.text, quantity)
        if is_required(self.text, quantity) or (other and role_in(left, family) is None):
            role = None
        if isinstance(quantity.value, PartialDate) and quantity.value.month is None:
            role = None
        former = self._is_former(piece, k)
        told = [t for t in told_spans(piece.quantities[:k]) if not self._is_aside(t.start, quantity.start)][::-1]
        left_out = set(self.became.values()) if not former else set(self.became)
        told = [t for t in told if t.start not in left_out]
        told += [replace(t, start=t.start + a) for a, b in piece.heads[::-1] for t in told_spans(find_quantities(self.text[a:b]))]
        told += [t for t in told_spans(self.lead.quantities if self.lead is not None else ()) if t.need.family == "people"]
        told += self.settled.staff[::-1]
        told += self._told_after(piece, k)
        told = [replace(t, of_firm=True) if t.need.family == "people" and _OF_FIRM.search(self.text[: t.start][-8:]) else t for t in told]
        behind = max([piece.start, *(n.end for n in self.scopes.names if piece.start < n.end <= quantity.start)])
        words = self._words_of(piece)
        nth = sum(not q.ignored for q in piece.quantities[:k])
        joined = any(derive.operation_between(self.text, a, b) for a, b in pairwise(piece.quantities[max(0, k - 1) : k + 2]))
        return Context(
            quantity, left, before, right, far, after, heads, headings, previous, scope, role, tuple(told), joined, words, nth,
            says_otherwise(left) or former, former or denies_special(left), self.text[behind : quantity.start], self._mates(piece, k),
            piece.kind == "cell" and follows_in_table(quantity, piece.row, piece.above, heads),
            self._beside(piece, k), self._apart(piece, k, former), self._is_firm_told(), self.reckonable,
        )  # fmt: skip

    def _is_firm_told(self) -> bool:
        """Whether the text tells of a firm that is none of the cases of the catalogue."""
        return self.tells_firm and not any(c.figure.kind == "fact:case" for c in self.settled.claims.values())

    def _role(self, piece: Piece, k: int, near: tuple[str, str, str], far: str, heads: tuple[str, ...]) -> str | None:
        """The role that the words around a number name, the nearest first."""
        quantity = piece.quantities[k]
        family = measure_of(quantity).family
        left, right, before = (without_met(t) for t in near) if family == "yen" else near
        if family == "yen" and is_cost(left):
            return None
        follows = k + 1 < len(piece.quantities) and quantity.end + len(near[1]) == piece.quantities[k + 1].start
        far = without_met(far) if family == "yen" else far
        window = self._window_role(piece, k)
        role = window or role_around(quantity.text, left, own_words(right) if follows else right, before, family)
        role = role or role_in(" ".join(heads), family) or role_in(far, family)
        if role is None and quantity.side and _WINDOW.search(" ".join((*heads, self.text[piece.start : piece.end]))):
            role = _side_role(quantity, family)
        return role

    def _window_role(self, piece: Piece, k: int) -> str | None:
        """The role of an end of a range of days that is told as the time to apply (受付は4月15日から5月15日まで)."""
        first = k - 1 if piece.quantities[k].side == "to" and k else k
        if piece.quantities[k].side is None or piece.quantities[first].side != "from":
            return None
        start = piece.quantities[first].start
        told = _APPLY.search(self.text, max(piece.start, start - 12), start) is not None
        return _side_role(piece.quantities[k], measure_of(piece.quantities[k]).family) if told else None

    def _is_aside(self, start: int, here: int) -> bool:
        """Whether something stands in brackets that are closed before a place: (30人未満は40万円) ends there."""
        between = self.text[start:here]
        return between.count(")") > between.count("(")

    def _told_after(self, piece: Piece, k: int) -> list[Told]:
        """What picks the row may follow, but not in brackets, which tell another case (600万円は10人以上のとき)."""
        after = piece.quantities[k + 1 : k + 3]
        if not after or re.search(r"[(、]", self.text[piece.quantities[k].end : after[0].start]):
            return []
        return list(told_spans(after))

    def _is_former(self, piece: Piece, k: int) -> bool:
        """Whether a number is what another came from (上限は50万円から100万円に上がる): the conditions told are not its own."""
        if k + 1 >= len(piece.quantities):
            return False
        here, then = piece.quantities[k : k + 2]
        gap = self.text[here.end : then.start].strip()
        return gap == "→" or gap in ("から", "が") and BECAME.match(self.text, then.end) is not None

    def _mates(self, piece: Piece, k: int) -> frozenset[Mate]:
        """The other numbers of a sentence or of a row and its heads."""
        found = [*piece.quantities[:k], *piece.quantities[k + 1 :], *piece.row]
        return frozenset(mate_of(measure_of(q)) for q in found if not q.ignored and q.start != piece.quantities[k].start)

    def _beside(self, piece: Piece, k: int) -> frozenset[Mate]:
        """The numbers right before and after one in its sentence."""
        near = [*piece.quantities[max(0, k - 1) : k], *piece.quantities[k + 1 : k + 2]]
        return frozenset(mate_of(measure_of(q)) for q in near if not q.ignored)

    def _apart(self, piece: Piece, k: int, former: bool) -> frozenset[Mate]:
        """The number right behind one that is told as another one."""
        if k + 1 >= len(piece.quantities):
            return frozenset()
        here, then = piece.quantities[k : k + 2]
        bracketed = _BRACKET.fullmatch(self.text[here.end : then.start]) is not None and here.unit == then.unit
        return frozenset({mate_of(measure_of(then))}) if former or bracketed else frozenset()

    def _words_of(self, piece: Piece) -> frozenset[str]:
        """The words of a sentence without its numbers."""
        chars = list(self.text[piece.start : piece.end])
        for quantity in piece.quantities:
            if not quantity.ignored:
                chars[quantity.start - piece.start : quantity.end - piece.start] = " " * (quantity.end - quantity.start)
        return grams_of("".join(chars))


def _without_changes(text: str, quantities: tuple[Quantity, ...]) -> tuple[tuple[Quantity, ...], dict[int, int]]:
    """The numbers, those of a change (20人から22人に増えた) as no range; by the start of what it became where the former one stands."""
    out, became = list(quantities), {}
    for k, (first, then) in enumerate(pairwise(quantities)):
        if first.side == "from" and then.side == "to" and first.unit == "people" and BECAME.match(text, then.end):
            out[k : k + 2] = replace(first, side=None), replace(then, side=None)
            became[then.start] = first.start
    return tuple(out), became


def _without_asides(far: str, between: str) -> str:
    """What was told farther left without the brackets that are closed by now and tell numbers of their own."""
    if between.count(")") > between.count("("):
        far = far[: max(0, far.rfind("("))]
    return _ASIDE.sub("", far)


def _side_role(quantity: Quantity, family: str) -> str | None:
    if family != "date":
        return None
    return {"from": "opens", "to": "closes"}.get(quantity.side or "")


def _blank(text: str, reader: ScopeReader) -> str:
    """The text with the names that set the scope blanked out: they narrow, they do not describe."""
    chars = list(text)
    for name in reader.names:
        chars[name.start : name.end] = " " * (name.end - name.start)
    return "".join(chars)


def _places_of(titles: tuple[str, ...], text: str) -> Iterator[tuple[int, int]]:
    """Where titles of documents stand in a text."""
    for title in titles:
        start = text.find(title)
        while start >= 0:
            yield start, start + len(title)
            start = text.find(title, start + 1)
