"""Hold the verdicts of a text together: where a computation fails, its participants are doubted with its result."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from assistant.ask.verify.arithmetic import is_rounded
from assistant.ask.verify.measures import measure_of
from assistant.ask.verify.own import is_derived, is_supposed
from assistant.ask.verify.reading import Reading
from assistant.ask.verify.records import CheckedNumber
from assistant.ask.verify.tables import needs_special
from assistant.ask.verify.tied import Tied
from assistant.text.numbers import Quantity

_BAD = ("wrong", "unsupported")
_TERMS = ("yen", "years", "months", "count")
_BRINGS = re.compile(r"(?:なら|だと|で|の|により|に当たる|を(?:掛|か)けると?|になると[^。、\d]{0,6})(?:、|は|約)*")
_BROUGHT = re.compile(r"(?:で|なら|だと|により|を(?:掛|か)けると?|を(?:掛|か)けて)(?:、|は|約)*")
_LIMIT = re.compile(r"\s?(?:まで|が(?:上限|限度)|を(?:上限|限度)|以内|程度)")
_WITH = re.compile(
    r"(?:で|の|は|・|、|/|:|\||\s|なら|だと|=|を?(?:掛け|かけ)(?:て|ると)|なので|補助(?:金|額)?[はが]?|(?:補助)?(?:上限|限度)額?[はがの]?|最大|最高|約|計算上は?|"
    r"年間?|月額?|1?(?:人|件|社|回)(?:あたり|につき)?)*"
)
_OF = re.compile(r"(?:まで|以下|以内)?(?:の?(?:部分|分))?(?:は|に|の|が|:|に対して|×|に対し)、?")
_FUND = re.compile(r"(補助金|借入金?|融資|自己資金|手元資金)[はがをで:が]?\s?$")
_REST = re.compile(r"残り|その先|超え")
_OTHER_CLAUSE = re.compile(
    r"\s?(?:を?超|以上|の(?!補助|助成|上限|部分|枠)|"
    r"[をが][^。、]{0,8}(?:なら|場合|と、|ば)|なら|だと|の?場合|とき|部分)"
)
_TOTAL = re.compile(
    r"(?:合計|総額|(?<![一-龥])計|(?:を|の)?(?:合わせ|足し合わせ|足し|合計し)(?:た|て|ると|た額の))(?:で|は|額は|額|、)?約?\s?$"
)
_REACH = 60
"""How far before a computed amount its share and its case stand."""


def hold_together(reading: Reading, checked: list[CheckedNumber]) -> list[CheckedNumber]:
    """The verdicts on all numbers, the writer's own doubted where an amount of the text follows from nothing."""
    settled = reading.settled
    tied = Tied(reading, checked)
    checked = _with_operands(reading, _with_shares(reading, checked))
    loose = any(n.verdict in _BAD and n.unit in ("yen", "percent") for n in checked)
    counted = set(_counted(reading, checked, tied.places))
    out = []
    for k, number in enumerate(checked):
        start = reading.quantities[k].start
        bound = k in tied.places or reading.reckoning.binds(k) or k in settled.shared or start in reading.workings.operands
        alone = number.verdict == "own" and loose and number.unit in _TERMS and not bound and not number.text.endswith(("歳", "才"))
        alone = alone or (number.verdict == "own" and not bound and k in counted)
        if alone or (number.verdict not in _BAD and start in settled.doubted):
            number = replace(number, verdict="wrong", why="本文のほかの数字と合いません。")
        need = settled.rooms.get(start)
        room = (need.low, need.high) if need else None
        out.append(replace(number, tied=bound or room is not None, room=room))
    out = _with_sums(reading, _with_totals(reading, _with_pairs(reading, _with_inputs(reading, _with_labels(reading, out)))))
    return tied.settle(checked, out)


def _with_shares(reading: Reading, checked: list[CheckedNumber]) -> list[CheckedNumber]:
    """An amount of the writer's that is told with its share (8,000万円(10%)) is doubted where it is that share of nothing told."""
    out = list(checked)
    for k, (amount, share) in enumerate(pairwise(reading.quantities)):
        told = amount.unit == "yen" and share.unit == "percent" and reading.text[amount.end : share.start] in ("(", "(約")
        if told and share.bound is None and out[k].verdict == "own":
            if not any(k + 1 in link.inputs for link in reading.reckoning.links.get(k, ())):
                for i in (k, k + 1):
                    out[i] = replace(out[i], verdict="wrong", why="金額と割合が合いません。")
    return out


def _with_operands(reading: Reading, checked: list[CheckedNumber]) -> list[CheckedNumber]:
    """The writer's own numbers are doubted where he reckons with bare ones (5÷8) that he told nowhere before."""
    out = list(checked)
    places = [k for k, q in enumerate(reading.quantities) if q.start in reading.workings.operands]
    bare = [k for k in places if reading.quantities[k].unit == "other" and not reading.quantities[k].counter]
    terms = {Fraction(reading.quantities[k].value) for k in bare}  # type: ignore[arg-type]
    for k in bare:
        number = Fraction(reading.quantities[k].value)  # type: ignore[arg-type]
        before = [i for i in range(k) if i not in places and isinstance(reading.quantities[i].value, int | Fraction)]
        if 1 <= number < 2 or any(_stands_for(reading.quantities[i], number) for i in before):
            continue  # a factor of growth, or told with its unit
        for i in before:
            if out[i].verdict == "own" and not any(_stands_for(reading.quantities[i], n) for n in terms):
                out[i] = replace(out[i], verdict="wrong", why="計算に使われた数字と合いません。")
    return out


def _stands_for(quantity: Quantity, number: Fraction) -> bool:
    """Whether a bare number of a calculation is one that is told with its unit (400 and 400万円)."""
    return any(quantity.value == number * scale for scale in (1, 10_000, 100_000_000))


def _counted(reading: Reading, checked: list[CheckedNumber], tied: frozenset[int]) -> Iterator[int]:
    """The counts from which a number that is refused is told to come: those of its sentence, the hours of part-timers."""
    for k, number in enumerate(checked):
        value = number.value
        if number.verdict not in _BAD or k in tied:
            continue
        if number.unit == "yen":
            begin = reading.text.rfind("。", 0, reading.quantities[k].start)
            near = (i for i in range(k) if reading.quantities[i].start > begin)
            picked = reading.settled.picked
            yield from (i for i in near if checked[i].unit in ("people", "count", "other") and reading.quantities[i].start not in picked)
        elif number.unit == "people" and isinstance(value, Fraction) and value.denominator > 1:
            yield from (i for i in range(k) if checked[i].unit in ("hours", "minutes"))


def _with_labels(reading: Reading, checked: list[CheckedNumber]) -> list[CheckedNumber]:
    """Where the amount of a row is refused, the count that labels the row (51人以上:2,500万円) is doubted with it."""
    out = list(checked)
    for k in range(1, len(out)):
        label, here = reading.quantities[k - 1 : k + 1]
        beside = reading.text[label.end : here.start].strip() == ":"
        if beside and label.unit in ("people", "count", "kl") and out[k].verdict in _BAD and out[k - 1].verdict == "ok":
            out[k - 1] = replace(out[k - 1], verdict="wrong", why="この行の金額と合いません。")
    return out


def _with_inputs(reading: Reading, checked: list[CheckedNumber]) -> list[CheckedNumber]:
    """Where a computed amount does not follow, the share and the case told right before it are doubted with it."""
    out = list(checked)
    for k, quantity in enumerate(reading.quantities):
        if checked[k].verdict not in _BAD or quantity.unit != "yen":
            continue
        beside = (k - 1,) if k and _is_used(reading, k) else ()
        for i in _terms_before(reading, k) if is_derived(reading.text, quantity) else beside:
            if reading.quantities[i].unit == "people" and _is_special(reading, quantity):
                continue
            if out[i].verdict in ("ok", "own") and not reading.reckoning.binds(i):
                out[i] = replace(out[i], verdict="wrong", why="この後の金額と計算が合いません。")
    return out


def _is_special(reading: Reading, amount: Quantity) -> bool:
    """Whether an amount is only that of rows for special measures which the text does not name."""
    programmes = reading.settled.scopes[amount.start].programmes
    equal = reading.index.matching(measure_of(amount), amount.bound)
    rows = [c for c in equal if c.needs and c.figure.kind == "cap" and not c.sum_of and c.figure.programme in programmes]
    return bool(rows) and all(needs_special(reading, c) for c in rows)


def _is_used(reading: Reading, k: int) -> bool:
    """Whether an amount is told right behind a share as what that brings (補助率1/2なら900万円)."""
    share, amount = reading.quantities[k - 1 : k + 1]
    return share.unit == "ratio" and _BRINGS.fullmatch(reading.text[share.end : amount.start]) is not None


def _terms_before(reading: Reading, k: int) -> tuple[int, ...]:
    """The places of the nearest share and the nearest case before a number of the same sentence."""
    here = reading.quantities[k].start
    start = max(reading.text.rfind("。", 0, here), here - _REACH)
    near = [i for i in range(k) if reading.quantities[i].start >= start]
    shares = [i for i in near if reading.quantities[i].unit == "ratio"]
    cases = [i for i in near if is_supposed(reading.text, reading.quantities[i])]
    return (*shares[-1:], *cases[-1:])


def _with_pairs(reading: Reading, checked: list[CheckedNumber]) -> list[CheckedNumber]:
    """A rate and the amount told with it are doubted where neither the catalogue tells them together nor one follows from the other."""
    out = list(checked)
    told = [k for k, q in enumerate(reading.quantities) if not q.ignored]
    for a, b in pairwise(told):
        share, amount = reading.quantities[a], reading.quantities[b]
        if share.unit != "ratio" or amount.unit != "yen" or not _WITH.fullmatch(reading.text[share.end : amount.start]):
            continue
        if _OTHER_CLAUSE.match(reading.text, amount.end) or amount.bound in ("over", "min") or _belong(reading, a, b):
            continue
        of = a and checked[a - 1].verdict in ("ok", "own") and _OF.fullmatch(reading.text[reading.quantities[a - 1].end : share.start])
        case = _case_before(reading, a, b)
        for k in {a - 1, a, b, *case} if of else {a, b, *case}:
            if out[k].verdict in ("ok", "own"):
                out[k] = replace(out[k], verdict="wrong", why="補助率と金額の組み合わせが合いません。")
    return out


def _belong(reading: Reading, a: int, b: int) -> bool:
    """Whether a rate and the amount behind it are told together by the catalogue, or one gives the other."""
    share, amount = (Fraction(reading.quantities[k].value) for k in (a, b))  # type: ignore[arg-type]
    before = reading.quantities[a - 1] if a else None
    gap = reading.text[reading.quantities[a].end : reading.quantities[b].start]
    if before is not None and before.unit == "yen" and _OF.fullmatch(reading.text[before.end : reading.quantities[a].start]):
        if not gap.startswith(("、", "・")):
            return is_rounded(Fraction(before.value) * share, amount)  # type: ignore[arg-type]
    starts = [reading.quantities[k].start for k in (a, b)]
    if _comes_of_case(reading, a, b):
        return _follows(reading, a, b)
    backed = {p for s in starts if s in reading.settled.claims and (p := reading.settled.claims[s].figure.programme)}
    programmes = reading.settled.scopes[starts[1]].programmes | reading.scopes.seen | backed
    if not programmes or reading.index.lists.pairs(share, amount, programmes):
        return True
    return _follows(reading, a, b)


def _comes_of_case(reading: Reading, a: int, b: int) -> bool:
    """Whether an amount is told as what a rate brings of a case of the same sentence (700万円で、1/2なら350万円), and not as a limit."""
    share, amount = reading.quantities[a], reading.quantities[b]
    if amount.bound is not None or "限" in amount.text or _BROUGHT.fullmatch(reading.text[share.end : amount.start]) is None:
        return False
    if _LIMIT.match(reading.text, amount.end):
        return False
    return bool(_case_before(reading, a, b))


def _case_before(reading: Reading, a: int, b: int) -> tuple[int, ...]:
    """The place of the amount that is supposed last before a rate in its sentence and that is no figure of the catalogue."""
    share = reading.quantities[a]
    if _BROUGHT.fullmatch(reading.text[share.end : reading.quantities[b].start]) is None:
        return ()
    begin = max(reading.text.rfind("。", 0, share.start), reading.text.rfind("\n", 0, share.start))
    near = [(k, q) for k, q in enumerate(reading.quantities[:a]) if q.start > begin and q.unit == "yen" and not q.ignored]
    cases = [(k, q) for k, q in near if q.bound is None and is_supposed(reading.text, q)]
    return tuple(k for k, q in cases if q.start not in reading.settled.claims)[-1:]


def _follows(reading: Reading, a: int, b: int) -> bool:
    """Whether an amount is a share of another amount of the text, or follows in another way."""
    share, amount = (Fraction(reading.quantities[k].value) for k in (a, b))  # type: ignore[arg-type]
    start = reading.quantities[a].start
    cases = [q for q in reading.quantities if q.unit == "yen" and not q.ignored and q.start not in reading.settled.claims]
    follows = any(is_rounded(Fraction(q.value) * share, amount) for q in cases)  # type: ignore[arg-type]
    follows = follows or any(k.kind == "quotient" and a in k.inputs for k in reading.reckoning.links.get(b, ()))
    if _REST.search(reading.text[max(0, start - 14) : start]):
        told = [Fraction(q.value) for q in reading.quantities[:a] if q.unit == "yen" and not q.ignored]  # type: ignore[arg-type]
        follows = follows or any(is_rounded((x - y) * share, amount) for x in told for y in told if x > y)
    return follows or any(k.kind != "product" for k in reading.reckoning.links.get(b, ()))


def _with_totals(reading: Reading, checked: list[CheckedNumber]) -> list[CheckedNumber]:
    """The sources of a plan's money (補助金…、借入…、自己資金…) are doubted where they come to no amount of the text."""
    out = list(checked)
    amounts = [k for k, q in enumerate(reading.quantities) if q.unit == "yen" and not q.ignored]
    values = {k: Fraction(reading.quantities[k].value) for k in amounts}  # type: ignore[arg-type]
    for run in _funds(reading, amounts):
        total = sum(values[k] for k in run)
        if not any(v == total for k, v in values.items() if k not in run):
            for k in run:
                if out[k].verdict in ("ok", "own"):
                    out[k] = replace(out[k], verdict="wrong", why="資金の内訳と合計が合いません。")
    return out


def _with_sums(reading: Reading, checked: list[CheckedNumber]) -> list[CheckedNumber]:
    """The parts of a total told right behind them (A、B、Cの合計D) are doubted with it where it is not their sum."""
    out = list(checked)
    for k, total in enumerate(reading.quantities):
        start = max(reading.text.rfind("。", 0, total.start), reading.text.rfind("\n", 0, total.start))
        if total.unit != "yen" or total.bound is not None or not _TOTAL.search(reading.text, max(0, total.start - 10), total.start):
            continue
        parts = [i for i in range(k) if reading.quantities[i].start > start and reading.quantities[i].unit == "yen"]
        listed = len(parts) > 1 and all(reading.text[reading.quantities[i].end] in "、," for i in parts[:-1])
        if not listed or any(link.kind == "sum" for link in reading.reckoning.links.get(k, ())):
            continue
        for i in (*parts, k):
            if out[i].verdict in ("ok", "own"):
                out[i] = replace(out[i], verdict="wrong", why="内訳と合計が合いません。")
    return out


def _funds(reading: Reading, amounts: list[int]) -> Iterator[list[int]]:
    """Runs of amounts that are told right after each other as where the money comes from, own money among them."""
    run: list[int] = []
    own = False
    for k in [*amounts, -1]:
        start = reading.quantities[k].start if k >= 0 else 0
        word = _FUND.search(reading.text, max(0, start - 12), start) if k >= 0 else None
        joined = run and k == run[-1] + 1 and len(reading.text[reading.quantities[run[-1]].end : start]) < 14
        if word is None or (run and not joined):
            if len(run) > 1 and own:
                yield run
            run, own = [], False
        if word is not None:
            run.append(k)
            own = own or word[1] in ("自己資金", "手元資金")
