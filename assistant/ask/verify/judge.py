"""Judge the numbers of a text one by one, in their context, then hold them together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from assistant.ask.verify import derive
from assistant.ask.verify.answers import answer, refuse, wrong_weekday
from assistant.ask.verify.arithmetic import CAP_BEFORE
from assistant.ask.verify.closed import breaks_span, is_unmet, list_breaks, outside_table
from assistant.ask.verify.compared import compares, spans_days
from assistant.ask.verify.contexts import Piece, is_column_head, is_item, leads, split
from assistant.ask.verify.excuses import continues_years, excuse_date, is_decade, is_same_again, tells_each, tells_nothing, tells_single
from assistant.ask.verify.lists import FAMILIES
from assistant.ask.verify.measures import measure_of, same
from assistant.ask.verify.own import OWNER, is_case, is_computed, is_no_raise, is_no_wage, is_supposed, is_told_as_own
from assistant.ask.verify.ranges import judge_ranges
from assistant.ask.verify.reading import Reading
from assistant.ask.verify.reckoned import NOT_BUT, follows, hangs, is_own, is_used_rate
from assistant.ask.verify.records import CheckedNumber, Context, Scope, Told, Verdict, Verification
from assistant.ask.verify.retold import find_model
from assistant.ask.verify.roles import is_cost, is_limit
from assistant.ask.verify.score import Ranked, rank
from assistant.ask.verify.spans import mate_of, told_spans
from assistant.ask.verify.tables import breaks_row, is_row, note_rows, picks_row
from assistant.ask.verify.together import hold_together
from assistant.ask.verify.topic import ANY, described
from assistant.ask.verify.verbatim import bare, changed, shape
from assistant.ask.verify.weights import W
from assistant.ask.verify.workings import plain
from assistant.ask.verify.years import judge_year
from assistant.rules.load import Catalogue
from assistant.text.dates import PartialDate, weekday_fits
from assistant.text.numbers import Quantity

NAMED = "名前の一部"
CAPPED = "先に書かれた上限のとおりです。"
COMPUTED = "本文の数字から計算できます。"
_OF_AMOUNT = re.compile(r"の約?\d")
_NAMED_HERE = 2.0
"""Score that a figure of another programme needs where the sentence names one."""
_NEAR = 24
_LEFT = re.compile(r"(?:今日|本日|きょう)から|あと|残り|まで$|後$|日数")
_REMAINING = re.compile(r"あと|残り|残す")
_PART = re.compile(r"の?(?:部分|分)")
_CAPPED = re.compile(r"上限|限度|頭打ち|止ま|収ま|超え|上回|引っか|当た|ではな|(?:低|安|小さ|少な)いほう")


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
    reading = Reading(text, catalogue, today, own or {})
    checked: list[CheckedNumber] = []
    before: Piece | None = None
    lead: Piece | None = None
    staff: list[Told] | None = None
    pieces = split(reading.text, reading.quantities)
    if not reading.scopes.is_named and (topic := described(reading, pieces)):
        reading.scopes.suppose(topic)
    for piece in pieces:
        same = before is not None and before.paragraph == piece.paragraph
        previous = reading.text[before.start : before.end] if before is not None and same else ""
        announced = lead is not None and leads(reading.text[lead.start : lead.end])
        listed = piece.kind == "cell" or (announced and is_item(reading.text[piece.start : piece.end]))
        if not listed:
            lead = piece
        elif lead is not None:  # a table or a list goes on from the sentence above it
            previous = reading.text[lead.start : lead.end]
        reading.lead = lead or _sentence_after(pieces, piece) if listed else None
        if not piece.listed:
            staff = None
        elif piece.indent >= 0:  # a case of one item picks no row of the next
            staff = list(reading.settled.staff) if staff is None else staff
            reading.settled.staff = list(staff)
        if not same:
            reading.settled.staff, reading.settled.used, reading.settled.used_before = [], set(), set()
        checked += _judge_piece(reading, piece, previous)
        before = piece
    return Verification(tuple(hold_together(reading, checked)))


def _sentence_after(pieces: list[Piece], cell: Piece) -> Piece | None:
    """The sentence below a table that opens a text: it tells what the table is of."""
    return next((p for p in pieces if p.kind in ("sentence", "lead") and p.start > cell.start), None)


def _judge_piece(reading: Reading, piece: Piece, previous: str) -> list[CheckedNumber]:
    settled = reading.settled
    settled.used_before |= settled.used
    settled.used, settled.told, settled.last = set(), set(), None
    scopes = reading.scopes.read(piece)
    reading.ending = reading.scopes.scope()
    ranges = judge_ranges(reading, piece, scopes)
    copied, altered = _copied(reading, piece)
    checked = []
    settled.scopes.update((q.start, s) for q, s in zip(piece.quantities, scopes, strict=True))
    for k, quantity in enumerate(piece.quantities):
        done = _named(reading, quantity)
        if done is None and copied and (None in copied or not scopes[k].programmes or copied & reading.scopes.seen):
            right = next((r for at, r in altered.items() if quantity.start <= at < quantity.end), None)
            why = "カタログの文のとおりです。" if right is None else "カタログの文の数字と違います。"
            done = answer(reading, quantity, "ok" if right is None else "wrong", why, (right,) if right else ())
            settled.used.add(measure_of(quantity))
        if done is None and k in ranges and _is_of_programme(reading, quantity, scopes[k], ranges[k].verdict):
            done = answer(reading, quantity, ranges[k].verdict, ranges[k].why, ranges[k].expected)
            settled.used.add(measure_of(quantity))
        if done is None:
            done = _judge(reading, reading.context(piece, k, scopes[k], previous))
        _remember(reading, quantity, done)
        checked.append(done)
    named = {q.start for q, c in zip(piece.quantities, checked, strict=True) if c.why == NAMED and q.unit == "yen"}
    cases = [q for q in piece.quantities if is_case(reading.text, q) or q.start in settled.picked | named]
    if not is_column_head(reading.text, piece):  # what heads a column is told of its cells alone
        settled.staff += told_spans(cases)
    return checked


def _copied(reading: Reading, piece: Piece) -> tuple[frozenset[str | None], dict[int, str]]:
    """Of whom the catalogue tells the very sentence, and which numbers of it, by place, are changed."""
    whole = reading.text[piece.start : piece.end]
    told = bare(whole)
    models = reading.index.shapes.get(shape(told), ())
    if not models:
        return frozenset(), {}
    offset = piece.start + whole.find(told)
    of = frozenset().union(*(reading.index.verbatim[m] for m in models))
    return of, {offset + at: right for at, right in changed(told, models).items()}


def _named(reading: Reading, quantity: Quantity) -> CheckedNumber | None:
    """The verdict on what is no figure at all: a list number, a part of a name."""
    if quantity.ignored:
        return answer(reading, quantity, "ignored", quantity.ignored)
    if isinstance(quantity.value, PartialDate) and quantity.value.is_year:
        return None  # the year of an edition is part of its name, and yet it may be the wrong one
    if any(n.start <= quantity.start and quantity.end <= n.end for n in reading.scopes.names):
        return answer(reading, quantity, "ignored", NAMED)
    if any(a <= quantity.start and quantity.end <= b for a, b in reading.titles):
        return answer(reading, quantity, "ignored", "資料名の一部")
    return None


def _is_of_programme(reading: Reading, quantity: Quantity, scope: Scope, verdict: Verdict) -> bool:
    """Whether an end of a range may be judged by the ranges of the programme: not if the text reckons with it."""
    reckoned = quantity.start in reading.workings.operands or reading.order[quantity.start] in reading.reckoning.uses
    return not reckoned and (verdict == "ok" or bool(scope.programmes))


def _remember(reading: Reading, quantity: Quantity, done: CheckedNumber) -> None:
    if done.verdict not in ("ok", "own"):
        return
    number = plain(quantity)
    if (done.verdict == "own" or done.why == COMPUTED) and number is not None:
        reading.settled.own.add(number)
    if isinstance(quantity.value, PartialDate):
        reading.settled.days.append(quantity.value)


def _judge(reading: Reading, context: Context) -> CheckedNumber:
    if context.quantity.unit == "yen" and is_limit(context):
        reading.settled.limits.add(reading.order[context.quantity.start])
    if context.role is not None:
        reading.settled.roles.add(reading.order[context.quantity.start])
    done = _by_form(reading, context)
    if done is not None:
        return done
    quantity = context.quantity
    ranked = rank(reading.index, context, reading.settled.last, reading.settled.model)
    if isinstance(quantity.value, PartialDate) and quantity.value.is_year and context.scope.programmes:
        done = judge_year(reading, context, quantity.value.year or 0, ranked)
        return done or _excuse(reading, context, ranked.claimed) or refuse(reading, context, ranked)
    best = _best(reading, context, ranked)
    if (right := list_breaks(reading, context, ranked)) and not _excuse(reading, context, ranked.claimed):
        return answer(reading, context.quantity, "wrong", "カタログで前後の数字の間にあるのは、ほかの数字です。", right)
    done = _by_catalogue(reading, context, ranked, best) or _by_text(reading, context, ranked, best)
    if done.verdict in ("wrong", "unsupported") and context.scope.programmes:
        return _of_others(reading, context, ranked) or done
    return done


def _of_others(reading: Reading, context: Context, ranked: Ranked) -> CheckedNumber | None:
    """The verdict on a number of a programme that is described and not named: the whole catalogue tells it best."""
    if (same := _of_other_frame(reading, context, ranked)) is not None:
        return same
    wide = rank(reading.index, replace(context, scope=ANY))
    match = wide.match
    if match is None or match[0] < max(W.unnamed, wide.top, ranked.top + W.margin):
        return None
    if match[0] < _NAMED_HERE and _names_programme(reading, context.quantity):
        return None
    if match[1].figure.programme in reading.scopes.seen and match[1].figure.kind != "fact:contact":
        return None
    reading.settled.claims[context.quantity.start] = match[1]
    return answer(reading, context.quantity, "ok", "カタログの数字と一致します。", claim=match[1])


def _names_programme(reading: Reading, quantity: Quantity) -> bool:
    """Whether the sentence of a number names a programme before it."""
    begin = reading.text.rfind("。", 0, quantity.start) + 1
    return any(t.kind == "programme" for n in reading.scopes.names if begin <= n.start < quantity.start for t in n.targets)


def _of_other_frame(reading: Reading, context: Context, ranked: Ranked) -> CheckedNumber | None:
    """The verdict on a number of another frame than the one spoken of before, which its sentence does not name but describe."""
    scope, quantity = context.scope, context.quantity
    begin = reading.text.rfind("。", 0, quantity.start) + 1
    named = any(t.kind == "frame" for n in reading.scopes.names if begin <= n.start < quantity.end for t in n.targets)
    if not scope.frames or named:
        return None
    wide = rank(reading.index, replace(context, scope=replace(scope, frames=frozenset())))
    match = wide.match
    if match is None or match[0] < max(W.support, wide.top) or match[0] <= ranked.top:
        return None
    if not match[1].figure.frame_id and not match[1].figure.frames:
        return None
    reading.settled.claims[quantity.start] = match[1]
    return answer(reading, quantity, "ok", "カタログの数字と一致します。", claim=match[1])


def _by_form(reading: Reading, context: Context) -> CheckedNumber | None:
    """What can be said without any figure: arithmetic that is written out, weekdays, numbers handed in."""
    quantity = context.quantity
    if reading.workings.results.get(quantity.start) is False or quantity.start in reading.workings.broken:
        return answer(reading, quantity, "wrong", "式の結果が計算と合いません。")
    if quantity.start in reading.equal_ends:
        return answer(reading, quantity, "wrong", "違うはずの二つの数字が同じです。")
    if isinstance(quantity.value, PartialDate) and quantity.value.year and weekday_fits(quantity.value) is False:
        return wrong_weekday(reading, quantity)
    if reading.text.startswith("乗", quantity.end) and reading.workings.operands:
        return answer(reading, quantity, "ok", "式の指数です。")
    odd = _is_no_course(reading, context) or is_no_wage(reading.text, quantity) or is_no_raise(reading.text, quantity)
    if odd and not any(same(measure_of(quantity), c.measure) for c in reading.index.scoped("yen", context.scope)):
        return answer(reading, quantity, "wrong", "この額のコースや時給はありません。")
    if reading.given.has(context):
        return answer(reading, quantity, "own", "入力された数字です。")
    return None


def _is_no_course(reading: Reading, context: Context) -> bool:
    """Whether an amount stands before コース and is none of the programme's, which would be a name."""
    return context.quantity.unit == "yen" and bool(context.scope.programmes) and reading.text.startswith("コース", context.quantity.end)


def _best(reading: Reading, context: Context, ranked: Ranked) -> float:
    """The score of the best claim that may refute; few sentences tell a figure twice."""
    settled = reading.settled
    lost = {**{mate_of(m): W.used_before for m in settled.used_before}, **{mate_of(m): W.used for m in settled.used}}
    best = 0.0
    for score, claim in ranked.rivals(context):
        if score <= best:
            break
        elsewhere = W.told_elsewhere if claim.mate in context.mates else 0.0
        best = max(best, score - max(elsewhere, lost.get(claim.mate, 0.0)))
    return best


def _by_catalogue(reading: Reading, context: Context, ranked: Ranked, best: float) -> CheckedNumber | None:
    """The verdict where the catalogue decides: a figure that fits the place, or a row or sentence that is contradicted."""
    quantity, settled = context.quantity, reading.settled
    match = ranked.fitting(settled.told)
    if OWNER.search(context.far + context.before + context.left) and _is_cut(reading, context):
        return answer(reading, quantity, "ok", CAPPED)
    if breaks_row(reading, context, ranked) or outside_table(reading, context) or breaks_span(reading, context, ranked):
        return refuse(reading, context, ranked)
    if is_row(context, ranked):
        return answer(reading, quantity, "ok", "カタログの区分と一致します。")
    first = match is not None and match[0] >= best
    model = find_model(context, ranked)
    if model.contradicts and not first and not is_told_as_own(reading.text, context, ranked.claimed):
        settled.last = model.claim
        return refuse(reading, context, ranked)
    settled.last = ranked.claims[0][1] if ranked.claims else None
    margin = W.margin_told if context.role is not None and quantity.unit != "ratio" else W.margin
    if match is not None and match[0] >= max(best - margin, _needed(reading, context, ranked)) and not hangs(reading, context, match[0]):
        settled.last = settled.model = match[1]
        settled.used.add(match[1].measure)
        settled.told.add(match[1].index)
        settled.claims[quantity.start] = match[1]
        if quantity.unit == "people" and picks_row(reading, context):
            settled.picked.add(quantity.start)
        if match[1].role == "cap":
            settled.capped[quantity.unit, quantity.value] = context.scope
        note_rows(reading, context, match[1])
        return answer(reading, quantity, "ok", "カタログの数字と一致します。", claim=match[1])
    if model.backs(ranked):
        return answer(reading, quantity, "ok", "カタログの文のとおりです。", claim=model.claim)
    return None


def _needed(reading: Reading, context: Context, ranked: Ranked) -> float:
    """The score that a figure of the catalogue needs to back a number: more where it is told as a case or as computed, less if alone."""
    if not context.scope.programmes:
        return W.unnamed
    quantity = context.quantity
    told = CAP_BEFORE.search(context.left) or NOT_BUT.search(context.left)  # as a limit
    reckoned = context.reckonable and not told and is_computed(reading.unnamed, quantity)
    cased = is_supposed(reading.text, quantity) or reckoned
    brings = _OF_AMOUNT.match(reading.text, quantity.end) is not None
    if quantity.unit == "ratio" and not brings and reading.index.rates(context.scope) == {plain(quantity)}:
        return 0.0  # the only rate that there is
    alone = measure_of(quantity).family not in FAMILIES and ranked.is_alone()  # amounts and rates may be computed
    return W.cased if cased else W.alone if alone else W.support


def _by_text(reading: Reading, context: Context, ranked: Ranked, best: float) -> CheckedNumber:
    """The verdict where the text itself must back a number: restated, computed, or the writer's own; else it is refused."""
    quantity, match = context.quantity, ranked.match
    if _is_cut(reading, context):
        return answer(reading, quantity, "ok", CAPPED)
    if reading.workings.results.get(quantity.start):
        return answer(reading, quantity, "ok", "式のとおりです。")
    if match is not None and is_used_rate(reading, quantity, context.scope) and match[0] >= best - W.used:
        return answer(reading, quantity, "ok", "本文の計算に使われた補助率です。", claim=match[1])
    is_edge = any(c.is_edge and c.index in ranked.equal for _, c in ranked.claims)
    if is_edge and quantity.bound is not None and _PART.match(reading.text, quantity.end):
        return answer(reading, quantity, "ok", "補助率が変わる経費の額です。")
    excused = _excuse(reading, context, ranked.claimed)
    if excused is not None and excused.verdict == "own" and is_unmet(reading, context, ranked):
        return refuse(reading, context, ranked)
    if match is not None and match[0] >= best - W.used:
        reading.settled.close.add(quantity.start)
    if excused is None and match is not None and match[0] + W.other_need >= best - W.margin:
        note_rows(reading, context, match[1])
    return excused or refuse(reading, context, ranked)


def _is_cut(reading: Reading, context: Context) -> bool:
    """Whether a number is a limit told before, and told as what it leaves of a greater one (130万円は上限を上回るので、100万円)."""
    quantity = context.quantity
    capped = reading.settled.capped.get((quantity.unit, quantity.value))
    if capped is None or not capped.frames >= context.scope.frames:
        return False
    if context.role not in (None, "cap") or is_supposed(reading.text, quantity) or is_cost(context.left):
        return False
    begin = max(reading.text.rfind("。", 0, quantity.start), quantity.start - _NEAR, 0)
    return _CAPPED.search(reading.text[begin : quantity.end] + context.right) is not None


def _excuse(reading: Reading, context: Context, claimed: float) -> CheckedNumber | None:
    """A reason other than the catalogue for which a number may stand."""
    quantity = context.quantity
    words = context.before[-20:] + context.left + context.right
    if isinstance(quantity.value, PartialDate):
        return excuse_date(reading, context, words, claimed)
    if quantity.bound == "over" and measure_of(quantity) in reading.settled.used and reading.text.startswith("部分", quantity.end):
        return answer(reading, quantity, "ok", "先に書かれた部分の続きです。")
    if any(tells(reading, quantity) for tells in (continues_years, tells_each, tells_single)):
        return answer(reading, quantity, "ok", "単位や順序を言う数です。")
    if is_same_again(reading, context) or tells_nothing(reading, context):
        return answer(reading, quantity, "ok", "本文のほかの所にある数字です。")
    if is_decade(reading, context):
        return answer(reading, quantity, "ok", "本文の数字の幅です。")
    number = plain(quantity)
    if number is None:
        return None
    proven = context.tabled or reading.workings.proves(quantity) or reading.workings.cuts(quantity, reading.text)
    if proven or follows(reading, context) or compares(reading, context):
        return answer(reading, quantity, "ok", COMPUTED)
    if not _REMAINING.search(words) and spans_days(reading, context):
        return answer(reading, quantity, "ok", "本文の日付から数えて合います。")
    if measure_of(quantity).family == "days" and _LEFT.search(words):
        return _days_left(reading, context)
    return _as_own(reading, context, number, claimed)


def _as_own(reading: Reading, context: Context, number: Fraction, claimed: float) -> CheckedNumber | None:
    if is_own(reading, context, number, claimed):
        return answer(reading, context.quantity, "own", "ご自身の数字として書かれています。")
    if picks_row(reading, context):
        reading.settled.picked.add(context.quantity.start)
        return answer(reading, context.quantity, "own", "条件の例として書かれています。")
    return None


def _days_left(reading: Reading, context: Context) -> CheckedNumber:
    quantity, today = context.quantity, reading.today
    days = derive.days_until(reading.settled.days, today)
    days += derive.days_until((q.value for q in reading.quantities if isinstance(q.value, PartialDate)), today)
    scope = context.scope
    closing = (c for c in reading.index.closings() if not scope.programmes or c.figure.edition_id in scope.editions)
    days += derive.days_until((c.measure.day for c in closing if c.measure.day), today)
    if measure_of(quantity).number in days:
        return answer(reading, quantity, "ok", "基準の日から数えて合います。")
    number = int(quantity.value) if isinstance(quantity.value, int) else 0
    nearest = min((d for d in days if d >= 0), key=lambda d: abs(d - number), default=None)
    return answer(reading, quantity, "wrong", "残りの日数が合いません。", (f"{nearest}日",) if nearest is not None else ())
