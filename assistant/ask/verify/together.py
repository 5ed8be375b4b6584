"""Hold the verdicts of a text together: where a computation fails, its participants are doubted with its result."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.ask.verify.own import is_derived, is_supposed
from assistant.ask.verify.reading import Reading
from assistant.ask.verify.records import CheckedNumber

_BAD = ("wrong", "unsupported")
_TERMS = ("yen", "years", "months", "count")
_BRINGS = re.compile(r"(?:なら|だと|で|の|により|に当たる|を(?:掛|か)けると?|になると[^。、\d]{0,6})(?:、|は|約)*")
_REACH = 60
"""How far before a computed amount its share and its case stand."""


def hold_together(reading: Reading, checked: list[CheckedNumber]) -> list[CheckedNumber]:
    """The verdicts on all numbers, the writer's own doubted where an amount of the text follows from nothing."""
    settled = reading.settled
    loose = any(n.verdict in _BAD and n.unit in ("yen", "percent") for n in checked)
    out = []
    for k, number in enumerate(checked):
        start = reading.quantities[k].start
        tied = reading.reckoning.binds(k) or k in settled.shared or start in reading.workings.operands
        alone = number.verdict == "own" and loose and number.unit in _TERMS and not tied
        if alone or (number.verdict not in _BAD and start in settled.doubted):
            number = replace(number, verdict="wrong", why="本文のほかの数字と合いません。")
        need = settled.rooms.get(start)
        room = (need.low, need.high) if need else None
        out.append(replace(number, tied=tied or room is not None, room=room))
    return _with_inputs(reading, _with_labels(reading, out))


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
            if out[i].verdict in ("ok", "own") and not reading.reckoning.binds(i):
                out[i] = replace(out[i], verdict="wrong", why="この後の金額と計算が合いません。")
    return out


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
