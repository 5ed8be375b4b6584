"""Amounts per head turned round: how many heads, or what total, an amount per head needs; and one that is taken for granted."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.ask.evidence import ComputedFinding
from assistant.ask.reckon import Case, Part, people, result, yen
from assistant.rules.values import format_yen
from assistant.text.numbers import Quantity

_EACH_BEFORE = re.compile(r"((1|１|一)人(あたり|当たり|当り)?|労働生産性)[^。、0-9０-９]{0,12}$")
_AIM = re.compile(r"円?(以上)?(に|へ|まで)(する|した|なる|上げ|引き上げ|届|増や|持って)")
_HOW_MANY = re.compile(r"何[人名][^。？?]{0,4}(まで|以下|以内|なら|に)|従業員(は|数は)?何[人名]")
_TOTAL = re.compile(r"(いくら|なんぼ|何円|何万|どれだけ|どのくらい)")
_GRANTED = re.compile(
    r"円?(です|だ)?(よね|ね)|円?(で|と|って)[^。、]{0,10}(合って|あって|いい|よい|間違い|正しい|よろし|大丈夫)|円?(です|でしょう)?か?[？?]"
)


def per_head_turned(case: Case) -> list[ComputedFinding]:
    """From a total and an amount per head the heads; from heads and an amount per head the total; of all three whether they agree."""
    if not (case.asks("per_head") or case.asks("productivity")) or case.query.slots.years or case.query.slots.percents:
        return []
    what = "value_added" if case.asks("productivity") or case.told.all("value_added") else "payroll"
    each = _each(case)
    staff, total = case.people(), _total(case, what, each)
    if each is None or not (each.whole("yen") or 0):
        return []
    of_one = each.whole("yen") or 0
    label = case.label(what)
    if total and staff and _GRANTED.match(case.text, each.end):
        return _held(case, what, total, staff, of_one)
    if not _AIM.match(case.text, each.end):
        return []
    if total and not staff and _HOW_MANY.search(case.query.text):
        heads = total // of_one
        step = f"{format_yen(total)} ÷ {format_yen(of_one)} ＝ {heads}人{'' if total % of_one == 0 else '（1人未満切捨て）'}"
        shown: dict[str, Part] = {"heads": people(heads), "total": yen(total, True), "each": yen(of_one, True), "label": label}
        return [result(("heads_for_each", shown), steps=(step,))]
    if staff and not total and _TOTAL.search(case.query.text):
        step = f"{format_yen(of_one)} × {staff}人 ＝ {format_yen(of_one * staff)}"
        shown = {"total": yen(of_one * staff), "label": label, "each": yen(of_one, True), "staff": people(staff, True)}
        return [result(("total_for_each", shown), steps=(step,))]
    return []


def _each(case: Case) -> Quantity | None:
    """The amount that is told per head."""
    found = [q for q in case.quantities if q.unit == "yen" and _EACH_BEFORE.search(case.text[: q.start])]
    return found[0] if len(found) == 1 else None


def _total(case: Case, what: str, each: Quantity | None) -> int | None:
    others = [n.value for n in case.told.all(what) if n.quantity is None or each is None or n.quantity.start != each.start]
    return int(others[0]) if len(others) == 1 else None


def _held(case: Case, what: str, total: int, staff: int, claimed: int) -> list[ComputedFinding]:
    exact = Fraction(total, staff)
    right = claimed == exact or (exact.denominator > 1 and claimed in (int(exact), int(exact) + 1))
    step = f"{format_yen(total)} ÷ {staff}人 ＝ {format_yen(int(exact))}{'' if exact.denominator == 1 else '（1円未満切捨て）'}"
    lead = "はい、" if right else "いいえ、"
    shown: dict[str, Part] = {"lead": lead, "each": yen(exact), "label": case.label(what), "staff": people(staff, True)}
    return [result(("each_held", shown), steps=(step,), verdict=right)]
