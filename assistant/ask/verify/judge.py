"""Judge the numbers of a text one by one, in their context."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from assistant.ask.verify import derive
from assistant.ask.verify.arithmetic import CAP_BEFORE, Link, Reckoning, is_rounded
from assistant.ask.verify.claims import mate_of, told_spans
from assistant.ask.verify.contexts import Piece, around, split
from assistant.ask.verify.grams import grams_of
from assistant.ask.verify.index import ClaimIndex, index_of
from assistant.ask.verify.measures import measure_of
from assistant.ask.verify.names import NameAt
from assistant.ask.verify.own import has_case, is_case, is_computed, is_derived, is_supposed, is_told_as_own, read_given
from assistant.ask.verify.ranges import judge_ranges
from assistant.ask.verify.records import (
    CheckedNumber,
    Claim,
    Context,
    Mate,
    Measure,
    Need,
    Scope,
    Told,
    Verdict,
    Verification,
)
from assistant.ask.verify.roles import role_around, role_in
from assistant.ask.verify.scopes import BECAME, ScopeReader
from assistant.ask.verify.score import Ranked, held, rank, says_otherwise, told_for
from assistant.ask.verify.weights import W
from assistant.ask.verify.workings import plain, read_workings
from assistant.rules.load import Catalogue
from assistant.text.dates import PartialDate, resolve, weekday_fits, weekday_of
from assistant.text.normalize import normalize
from assistant.text.numbers import Quantity, find_quantities

RETOLD = 0.55
VERBATIM = 0.85
AGREES = 0.55
_BESIDE = re.compile(r"(?:版の|の|に行われた|に公募された|、)")
KNOWN = 1.1
ROW = 1.6
_TODAY = re.compile(r"今日|本日|現在|時点|きょう")
_LEFT = re.compile(r"あと|残り|まで$|後$|日数")
_OF_EDITION = re.compile(r"(?:度)?(?:版|の?(?:案内|チラシ|ガイドブック|公募|第\d|資料)|に行われた)")
_CAPPED = re.compile(r"上限|限度|頭打ち|止ま|収ま|超え")
_COMPARED = re.compile(r"を(?:下回|上回|超え|越え)|に満た")
_REACHED = re.compile(r"[^。、\d]{0,6}(?:にな|とな|が社内|が最低|を目|で済)")
_REACH = 60
_BAD = ("wrong", "unsupported")


def verify_text(text: str, catalogue: Catalogue, today: date, own: Mapping[str, Any] | None = None) -> Verification:
    """Check every number of a text.

    Args:
        text: Any text in Japanese; nothing else about it is known.
        catalogue: The figures to hold it against.
        today: The day of reading: it decides which edition is meant where none is named.
        own: The reader's own figures (a profile, the facts of a firm), any nesting; a number equal to one of them is `own`.

    Returns:
        All numbers in order with verdict, what would be right, why (Japanese) and the source.
    """
    return _Judge(text, catalogue, today, own or {}).run()


class _Judge:
    def __init__(self, text: str, catalogue: Catalogue, today: date, own: Mapping[str, Any]) -> None:
        self.original, self.catalogue, self.today = text, catalogue, today
        self.norm = normalize(text)
        self.text = self.norm.text
        self.index: ClaimIndex = index_of(catalogue)
        self.titles = tuple(_places_of(self.index.titles, self.text))
        self.quantities = find_quantities(self.text)
        self.given = read_given(own)
        self.workings = read_workings(self.text, self.quantities)
        self.reckoning = Reckoning(self.text, self.quantities)
        units = [q.unit for q in self.quantities if not q.ignored]
        enough = units.count("yen") >= 3 or (units.count("yen") >= 2 and bool({"ratio", "percent"} & set(units)))
        self.reckonable = enough and has_case(self.text, self.quantities)
        self.order = {q.start: k for k, q in enumerate(self.quantities)}
        self.days: list[PartialDate] = []
        self.own: set[Fraction] = set()
        self.unnamed = self.text
        self.names: list[NameAt] = []
        self.ending: Scope | None = None
        self.staff: list[Told] = []
        self.rooms: dict[int, Need] = {}
        self.doubted: set[int] = set()
        self.sourced: set[int] = set()
        self.capped: set[tuple[str, object]] = set()
        self.picked: set[int] = set()
        self.shared: set[int] = set()
        self.last: Claim | None = None
        self.used: set[Measure] = set()

    def run(self) -> Verification:
        reader = ScopeReader(self.index.names, self.text, self.quantities, self.today)
        self.names = reader.names
        self.unnamed = _blank(self.text, reader)
        checked: list[CheckedNumber] = []
        previous, paragraph = "", -1
        for piece in split(self.text, self.quantities):
            self.used, self.last = set(), None
            if piece.paragraph != paragraph:
                previous, self.staff = "", []
            paragraph = piece.paragraph
            scopes = reader.read(piece)
            self.ending = reader.scope()
            ranges = judge_ranges(self.index, piece, scopes)
            for k, quantity in enumerate(piece.quantities):
                done = self._named(quantity, reader)
                if done is None and k in ranges and self._is_of_programme(quantity, scopes[k], ranges[k].verdict):
                    done = self._answer(quantity, ranges[k].verdict, ranges[k].why, ranges[k].expected)
                if done is None:
                    done = self._judge(self._context(piece, k, scopes[k], previous))
                self._remember(quantity, done)
                checked.append(done)
            self.staff += told_spans([q for q in piece.quantities if is_case(self.text, q) or q.start in self.picked])
            previous = self.text[piece.start : piece.end]
        return Verification(tuple(self._hold_together(checked)))

    def _is_of_programme(self, quantity: Quantity, scope: Scope, verdict: Verdict) -> bool:
        """Whether an end of a range may be judged by the ranges of the programme: not if the text reckons with it."""
        reckoned = quantity.start in self.workings.operands or self.order[quantity.start] in self.reckoning.uses
        return not reckoned and (verdict == "ok" or bool(scope.programmes))

    def _hold_together(self, checked: list[CheckedNumber]) -> list[CheckedNumber]:
        """Own amounts are doubted where an amount stands in the text that follows from nothing: one of them is wrong."""
        loose = any(n.verdict in _BAD and n.unit in ("yen", "percent") for n in checked)
        out = []
        for k, number in enumerate(checked):
            start = self.quantities[k].start
            tied = self.reckoning.binds(k) or k in self.shared or start in self.workings.operands
            own = number.verdict == "own" and loose and number.unit in ("yen", "years", "months", "count") and not tied
            if own or (number.verdict in ("own", "ok", "ignored") and start in self.doubted):
                number = replace(number, verdict="wrong", why="本文のほかの数字と合いません。")
            need = self.rooms.get(start)
            room = (need.low, need.high) if need else None
            out.append(replace(number, tied=tied or room is not None, room=room))
        return self._with_inputs(out)

    def _with_inputs(self, checked: list[CheckedNumber]) -> list[CheckedNumber]:
        """Where a computed amount does not follow, the share and the case told right before it are doubted with it."""
        out = list(checked)
        for k, quantity in enumerate(self.quantities):
            if checked[k].verdict not in _BAD or quantity.unit != "yen" or not is_derived(self.text, quantity):
                continue
            start = max(self.text.rfind("。", 0, quantity.start), quantity.start - _REACH)
            shares = [i for i in range(k) if self.quantities[i].unit == "ratio" and self.quantities[i].start >= start]
            cases = [i for i in range(k) if self.quantities[i].start >= start and is_supposed(self.text, self.quantities[i])]
            for i in (*shares[-1:], *cases[-1:]):
                if out[i].verdict in ("ok", "own") and not self.reckoning.binds(i):
                    out[i] = replace(out[i], verdict="wrong", why="この後の金額と計算が合いません。")
        return out

    def _named(self, quantity: Quantity, reader: ScopeReader) -> CheckedNumber | None:
        if quantity.ignored:
            return self._answer(quantity, "ignored", quantity.ignored)
        if isinstance(quantity.value, PartialDate) and quantity.value.is_year:
            return None  # the year of an edition is part of its name, and yet it may be the wrong one
        if any(n.start <= quantity.start and quantity.end <= n.end for n in reader.names):
            return self._answer(quantity, "ignored", "名前の一部")
        if any(a <= quantity.start and quantity.end <= b for a, b in self.titles):
            return self._answer(quantity, "ignored", "資料名の一部")
        return None

    def _context(self, piece: Piece, k: int, scope: Scope, previous: str) -> Context:
        left, before, right, far, after = around(self.text, piece, k)
        quantity = piece.quantities[k]
        family = measure_of(quantity).family
        heads = tuple(self.text[a:b] for a, b in piece.heads)
        headings = " ".join(self.unnamed[a:b] for a, b in piece.headings[-1:])
        if quantity.bound in ("under", "over") and _COMPARED.search(quantity.text) and CAP_BEFORE.search(left):
            quantity = replace(quantity, bound=None)  # 上限600万円を下回る: told of another amount
        role = role_around(quantity.text, left, right, before, family)
        role = role or role_in(" ".join((headings, *heads)), family) or role_in(far, family) or _side_role(quantity, family)
        if is_supposed(self.text, quantity) and role_in(left, family) is None:
            role = None
        if isinstance(quantity.value, PartialDate) and quantity.value.month is None:
            role = None
        told = list(told_spans(piece.quantities[:k]))[::-1]
        told += [replace(t, start=t.start + a) for a, b in piece.heads[::-1] for t in told_spans(find_quantities(self.text[a:b]))]
        told += self.staff[::-1]
        told += self._told_after(piece, k)
        behind = max([piece.start, *(n.end for n in self.names if piece.start < n.end <= quantity.start)])
        words = self._words_of(piece)
        nth = sum(not q.ignored for q in piece.quantities[:k])
        joined = any(derive.operation_between(self.text, a, b) for a, b in pairwise(piece.quantities[max(0, k - 1) : k + 2]))
        return Context(
            quantity, left, before, right, far, after, heads, headings, previous, scope, role, tuple(told), joined, words, nth,
            says_otherwise(left) or self._is_former(piece, k), self.text[behind : quantity.start], self._mates(piece, k), self.reckonable,
        )  # fmt: skip

    def _told_after(self, piece: Piece, k: int) -> list[Told]:
        """What picks the row may follow, but not in brackets, which tell another case (600万円は10人以上のとき)."""
        after = piece.quantities[k + 1 : k + 3]
        if not after or "(" in self.text[piece.quantities[k].end : after[0].start]:
            return []
        return list(told_spans(after))

    def _is_former(self, piece: Piece, k: int) -> bool:
        """Whether a number is what another came from (上限は50万円から100万円に上がる): the conditions told are not its own."""
        if k + 1 >= len(piece.quantities):
            return False
        here, then = piece.quantities[k : k + 2]
        return self.text[here.end : then.start].strip() == "から" and BECAME.match(self.text, then.end) is not None

    def _mates(self, piece: Piece, k: int) -> frozenset[Mate]:
        """The other numbers of a sentence or of a row and its heads."""
        found = [*piece.quantities[:k], *piece.quantities[k + 1 :], *piece.row]
        return frozenset(mate_of(measure_of(q)) for q in found if not q.ignored and q.start != piece.quantities[k].start)

    def _words_of(self, piece: Piece) -> frozenset[str]:
        """The words of a sentence without its numbers."""
        chars = list(self.text[piece.start : piece.end])
        for quantity in piece.quantities:
            if not quantity.ignored:
                chars[quantity.start - piece.start : quantity.end - piece.start] = " " * (quantity.end - quantity.start)
        return grams_of("".join(chars))

    def _judge(self, context: Context) -> CheckedNumber:
        quantity = context.quantity
        equation = self.workings.results.get(quantity.start)
        if equation is False or quantity.start in self.workings.broken:
            return self._answer(quantity, "wrong", "式の結果が計算と合いません。")
        if isinstance(quantity.value, PartialDate) and quantity.value.year and weekday_fits(quantity.value) is False:
            return self._weekday(quantity)
        if self.text.startswith("乗", quantity.end) and self.workings.operands:
            return self._answer(quantity, "ok", "式の指数です。")
        if self.given.has(context):
            return self._answer(quantity, "own", "入力された数字です。")
        if isinstance(quantity.value, PartialDate) and quantity.value.is_year and context.scope.programmes:
            return self._year(context, quantity.value.year or 0)
        ranked = rank(self.index, context, self.last)
        best = max((s - W.used * self._was_told(c) for s, c in ranked.rivals(context)), default=0.0)
        match = ranked.match
        need = self._needed(context)
        if self._breaks_row(context, ranked):
            return self._refuse(context, ranked)
        if self._is_row(context, ranked):
            return self._answer(quantity, "ok", "カタログの区分と一致します。")
        alike, agrees, model = self._retold(context, ranked)
        first = match is not None and match[0] >= best
        first = first or is_told_as_own(self.text, context, ranked.claimed)
        if model is not None and alike >= VERBATIM and not agrees and not first and len(model.sentence) >= 10:
            self.last = model
            return self._refuse(context, ranked)
        if match is not None and match[0] >= best - W.margin and match[0] >= need and not self._hangs(context, match[0]):
            self.last = match[1]
            self.used.add(match[1].measure)
            self._note_rows(context, match[1])
            self.sourced.add(quantity.start)
            if match[1].role == "cap":
                self.capped.add((quantity.unit, quantity.value))
            return self._answer(quantity, "ok", "カタログの数字と一致します。", claim=match[1])
        self.last = ranked.claims[0][1] if ranked.claims else None
        if (quantity.unit, quantity.value) in self.capped and _CAPPED.search(context.before + context.left + context.right):
            return self._answer(quantity, "ok", "先に書かれた上限のとおりです。")
        if agrees and alike >= AGREES and model is not None and self._is_near_top(model, ranked):
            return self._answer(quantity, "ok", "カタログの文のとおりです。", claim=model)
        if equation:
            return self._answer(quantity, "ok", "式のとおりです。")
        if match is not None and self._is_used_rate(quantity, context.scope) and match[0] >= best - W.used:
            return self._answer(quantity, "ok", "本文の計算に使われた補助率です。", claim=match[1])
        excused = self._excuse(context, ranked.claimed)
        if excused is None and match is not None and match[0] + W.other_need >= best - W.margin:
            self._note_rows(context, match[1])
        return excused or self._refuse(context, ranked)

    def _hangs(self, context: Context, score: float) -> bool:
        """Whether a number is told as computed from the amounts of the text and follows from none of them."""
        computed = context.reckonable and context.role is None and is_derived(self.text, context.quantity)
        return computed and score < W.told and not self._follows(context)

    def _needed(self, context: Context) -> float:
        """The score that a figure of the catalogue needs to back a number: more where it is told as a case or as computed."""
        if not context.scope.programmes:
            return W.unnamed
        quantity = context.quantity
        cased = is_supposed(self.text, quantity) or (context.reckonable and is_computed(self.text, quantity))
        return W.cased if cased else W.support

    def _is_near_top(self, claim: Claim, ranked: Ranked) -> bool:
        return next((s for s, c in ranked.claims if c is claim), 0.0) >= ranked.top - 1.0

    def _breaks_row(self, context: Context, ranked: Ranked) -> bool:
        """Whether a headcount told before picks a row of the table, and the number is that of another row."""
        if context.role is None:
            return False
        holding: list[Claim] = []
        breaking: list[tuple[Claim, int]] = []
        for _, claim in ranked.claims:
            if claim.role != context.role or claim.sum_of or not claim.needs:
                continue
            verdicts = list(held(claim, context))
            if verdicts and all(fits for fits, _ in verdicts):
                holding.append(claim)
            elif verdicts and claim.index in ranked.equal:
                breaking.append((claim, next(t.start for fits, t in verdicts if not fits)))
        if not breaking or not holding or any(c.index in ranked.equal for c in holding):
            return False
        self.doubted.add(breaking[0][1])
        return True

    def _note_rows(self, context: Context, claim: Claim) -> None:
        """Keep which headcount picks the row of a figure; one that contradicts it is doubted with the figure."""
        for need in claim.needs:
            told = told_for(need, context)
            if told is not None and need.holds(told.need):
                self.rooms[told.start] = need
        self.doubted.update(told.start for fits, told in held(claim, context) if not fits)

    def _year(self, context: Context, year: int) -> CheckedNumber:
        """A year told as that of an edition must be one of the programme's, or that of the edition named with it."""
        quantity = context.quantity
        near = [t for n in self.names if _BESIDE.fullmatch(self.text[quantity.end : n.start]) for t in n.targets]
        named = {t.edition for t in near if t.kind == "edition" and t.programme in self.programmes(context)}
        programmes = self.programmes(context)
        kin = {k for p in programmes for k in self.index.names.kin(p)}
        editions = [e for p in programmes | kin for e in self.catalogue.editions_of(p)]
        known = {e.year for e in editions if not named or e.id in named}
        if year in known:
            return self._answer(quantity, "ok", "カタログの年と一致します。")
        ranked = rank(self.index, context, self.last)
        of_edition = bool(near) or _OF_EDITION.match(self.text, quantity.end) is not None
        near_top = ranked.match is not None and ranked.match[0] >= ranked.top - 1.0
        if ranked.match is not None and near_top and (not of_edition or ranked.match[1].figure.value.key == "year"):
            return self._answer(quantity, "ok", "カタログの数字と一致します。", claim=ranked.match[1])
        if not of_edition:
            return self._excuse(context, ranked.claimed) or self._refuse(context, ranked)
        return self._answer(quantity, "wrong", "年が違います。", tuple(f"{y}年" for y in sorted(known, reverse=True)[:2]))

    def programmes(self, context: Context) -> frozenset[str]:
        """The programmes of which a number is told, or of which the sentence tells in the end."""
        return context.scope.programmes | (self.ending.programmes if self.ending is not None else frozenset())

    def _retold(self, context: Context, ranked: Ranked) -> tuple[float, bool, Claim | None]:
        """The sentence of the catalogue that this one retells number by number: how alike, whether it agrees, its claim."""
        best: tuple[float, bool, Claim | None] = (RETOLD, False, None)
        size = len(context.sentence)
        for _, claim in ranked.claims:
            if claim.nth != context.nth or not claim.sentence or len(claim.sentence) * RETOLD > size:
                continue
            shared = len(claim.sentence & context.sentence)
            alike = shared / (size + len(claim.sentence) - shared)
            if alike >= best[0]:
                matches = claim.index in ranked.equal
                if alike > best[0] or matches:
                    best = (alike, matches, claim)
        return best

    def _is_row(self, context: Context, ranked: Ranked) -> bool:
        """Whether the number is a row of a table of the frame (従業員21人以上の場合): its amount is judged by itself."""
        if not context.scope.programmes or context.quantity.bound is None:
            return False
        rows = (s for s, c in ranked.claims if c.figure.kind == "row" and c.index in ranked.equal)
        return next(rows, -ROW) >= ranked.top - ROW

    def _was_told(self, claim: Claim) -> bool:
        """Whether the sentence told that figure before: few sentences tell one twice."""
        return claim.measure in self.used

    def _excuse(self, context: Context, claimed: float) -> CheckedNumber | None:
        """A reason other than the catalogue for which a number may stand."""
        quantity = context.quantity
        words = context.before[-20:] + context.left + context.right
        if isinstance(quantity.value, PartialDate):
            day = resolve(quantity.value, self.today, "past")
            if day and _TODAY.search(words) and (day == self.today or day.isoformat() in self.index.as_of):
                return self._answer(quantity, "ok", "基準の日です。")
            return None
        number = plain(quantity)
        if number is None:
            return None
        if self.workings.proves(quantity) or self.workings.cuts(quantity, self.text) or self._follows(context):
            return self._answer(quantity, "ok", "本文の数字から計算できます。")
        if measure_of(quantity).family == "days" and _LEFT.search(words):
            return self._days_left(context)
        if self._is_own(context, number, claimed):
            return self._answer(quantity, "own", "ご自身の数字として書かれています。")
        if self._picks_row(context):
            self.picked.add(quantity.start)
            return self._answer(quantity, "own", "条件の例として書かれています。")
        return None

    def _picks_row(self, context: Context) -> bool:
        """Whether a plain number is a case that rows of a table of the programme tell apart (3人の賃金を90円上げる)."""
        quantity = context.quantity
        if quantity.bound is not None or not context.scope.programmes or context.role is not None:
            return False
        told = next(told_spans([quantity]), None)
        if told is None or is_derived(self.text, quantity):
            return False
        needs = (n for n in self.index.rows(context.scope) if quantity.unit != "yen" or n.low == n.high)
        return any(n.family == told.need.family and n.counter == told.need.counter and n.holds(told.need) for n in needs)

    def _follows(self, context: Context) -> bool:
        """Whether a number follows from others of the text, one of them no figure of the catalogue, or they from it."""
        quantity = context.quantity
        if CAP_BEFORE.search(context.left) or (quantity.bound is not None and not self._is_reached(quantity)):
            return False
        place = self.order[quantity.start]
        links = self.reckoning.links.get(place, ())
        derived = is_derived(self.text, quantity)
        if any(self._backs(link, quantity, derived) for link in links):
            return True
        if derived and self._is_share(context):
            return True
        results = [self.quantities[r] for r in self.reckoning.uses.get(place, ())]
        chained = any(r in self.reckoning.uses for r in self.reckoning.uses.get(place, ()))
        input_only = quantity.unit == "yen" and context.role is None and not self._is_repeated(quantity)
        leads = any(is_derived(self.text, q) and (q.start > quantity.start or not derived) for q in results)
        return input_only and (leads or (chained and not derived))

    def _is_used_rate(self, quantity: Quantity, scope: Scope) -> bool:
        """Whether a rate of the programme gives the amount told right behind it (1/2の400万円)."""
        if quantity.unit != "ratio" or Fraction(quantity.value or 0) not in self.index.rates(scope):  # type: ignore[arg-type]
            return False
        place = self.order[quantity.start]
        return any(link.kind == "product" and place in link.inputs for link in self.reckoning.links.get(place + 1, ()))

    def _is_share(self, context: Context) -> bool:
        """Whether an amount is the programme's rate of a case told before, where the rate itself is not written."""
        rates = self.index.rates(context.scope)
        told = context.quantity.value
        if not isinstance(told, int):
            return False
        for k, quantity in enumerate(self.quantities[: self.order[context.quantity.start]]):
            if quantity.unit == "yen" and isinstance(quantity.value, int) and is_supposed(self.text, quantity):
                if any(is_rounded(quantity.value * rate, Fraction(told)) for rate in rates):
                    self.shared.update((k, self.order[context.quantity.start]))
                    return True
        return False

    def _backs(self, link: Link, quantity: Quantity, derived: bool) -> bool:
        """Whether a link explains a number as it is told there."""
        if quantity.bound is not None and link.kind not in ("sum", "quotient") and "が限度" not in quantity.text:
            return False
        if link.kind == "quotient":
            return not derived
        return link.kind in ("growth", "quota") or self._has_case(link)

    def _is_repeated(self, quantity: Quantity) -> bool:
        return any(q.value == quantity.value and q.unit == quantity.unit for q in self.quantities if q.start < quantity.start)

    def _is_reached(self, quantity: Quantity) -> bool:
        """Whether a bounded number is told as what comes out (1,095円以上が最低ライン, 12万円が限度になる)."""
        return quantity.bound in ("min", None) and _REACHED.match(self.text, quantity.end) is not None or "が限度" in quantity.text

    def _has_case(self, link: Link) -> bool:
        """Whether a link starts from an amount that the catalogue does not tell: from a case, not from two figures by chance."""
        amounts = [self.quantities[i] for i in link.inputs if self.quantities[i].unit == "yen"]
        return any(q.start not in self.sourced for q in amounts) or link.kind == "sum"

    def _is_own(self, context: Context, number: Fraction, claimed: float) -> bool:
        quantity = context.quantity
        if quantity.start in self.workings.operands or number in self.workings.used:
            return True
        if context.role is None and quantity.bound is None and number in self.own:
            return True
        operand = context.in_equation and context.role is None and not context.far.strip()
        return operand or is_told_as_own(self.text, context, claimed)

    def _days_left(self, context: Context) -> CheckedNumber:
        quantity = context.quantity
        days = derive.days_until(self.days, self.today)
        days += derive.days_until((q.value for q in self.quantities if isinstance(q.value, PartialDate)), self.today)
        closing = (c for c in self.index.closings() if _is_of(c, context))
        days += derive.days_until((c.measure.day for c in closing if c.measure.day), self.today)
        number = int(quantity.value) if isinstance(quantity.value, int) else 0
        if measure_of(quantity).number in days:
            return self._answer(quantity, "ok", "基準の日から数えて合います。")
        nearest = min((d for d in days if d >= 0), key=lambda d: abs(d - number), default=None)
        return self._answer(quantity, "wrong", "残りの日数が合いません。", (f"{nearest}日",) if nearest is not None else ())

    def _weekday(self, quantity: Quantity) -> CheckedNumber:
        value = quantity.value
        day = resolve(value, self.today) if isinstance(value, PartialDate) else None
        right = f"{weekday_of(day)}曜日" if day else ""
        return self._answer(quantity, "wrong", "日付と曜日が合いません。", (right,) if right else ())

    def _refuse(self, context: Context, ranked: Ranked) -> CheckedNumber:
        quantity = context.quantity
        if ranked.top < (KNOWN if context.scope.programmes else W.unnamed):
            return self._answer(quantity, "unsupported", "この数字の根拠がカタログにありません。")
        near = [c for s, c in ranked.claims[:12] if s >= ranked.top - 0.3 and c.index not in ranked.equal]
        expected = tuple(dict.fromkeys(c.figure.value.text() for c in near))[:3]
        why = "カタログの数字と違います。"
        if ranked.match is not None:
            why = f"この数字は別の項目（{ranked.match[1].figure.label or '本則'}）のものです。"
        elif elsewhere := self._elsewhere(quantity):
            why = f"この数字は{elsewhere}のものです。"
        return self._answer(quantity, "wrong", why, expected, near[0] if near else None)

    def _elsewhere(self, quantity: Quantity) -> str:
        """The edition whose figure a wrong number is."""
        for claim in self.index.matching(measure_of(quantity), quantity.bound):
            if claim.figure.edition_id:
                edition = self.catalogue.editions[claim.figure.edition_id]
                return f"{self.catalogue.programmes[edition.programme].short} {edition.label}"
        return ""

    def _remember(self, quantity: Quantity, done: CheckedNumber) -> None:
        if done.verdict not in ("ok", "own"):
            return
        number = plain(quantity)
        if done.verdict == "own" and number is not None:
            self.own.add(number)
        if isinstance(quantity.value, PartialDate):
            self.days.append(quantity.value)

    def _answer(
        self, quantity: Quantity, verdict: Verdict, why: str, expected: tuple[str, ...] = (), claim: Claim | None = None
    ) -> CheckedNumber:
        start, end = self.norm.span(quantity.start, quantity.end)
        source = None
        if claim is not None:
            ref = claim.figure.source
            document = self.catalogue.documents.get(ref.doc)
            source = {
                "document": document.title if document else ref.doc, "section": ref.section,
                "as_of": document.as_of if document else None, "url": document.url if document else None,
            }  # fmt: skip
        return CheckedNumber(
            start, end, self.original[start:end], verdict, expected, why, source, quantity.value, quantity.unit
        )


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


def _is_of(claim: Claim, context: Context) -> bool:
    return not context.scope.programmes or claim.figure.edition_id in context.scope.editions
