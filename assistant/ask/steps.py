"""Lines of a calculation, written alike wherever one is shown."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.rules.values import format_yen

_OWN_FUNDS = "自己負担"


def sum_step(amounts: Iterable[int]) -> str:
    """Amounts in yen and their sum."""
    each = list(amounts)
    return " ＋ ".join(format_yen(y) for y in each) + f" ＝ {format_yen(sum(each))}"


def less_step(whole_yen: int, part_yen: int) -> str:
    """An amount less another one."""
    return f"{format_yen(whole_yen)} － {format_yen(part_yen)} ＝ {format_yen(whole_yen - part_yen)}"


def own_funds_step(spent_yen: int, subsidy_yen: int) -> str:
    """What stays to be paid by oneself."""
    return f"{_OWN_FUNDS}：{less_step(spent_yen, subsidy_yen)}"


def cap_step(cap_yen: int) -> str:
    """That what was reckoned lies above a cap, which is paid instead."""
    return f"上限 {format_yen(cap_yen)} を超えるため {format_yen(cap_yen)}"


def in_short(steps: Iterable[str]) -> str:
    """The steps to a subsidy in one line, without what stays to be paid."""
    return "、".join(s for s in steps if not s.startswith(_OWN_FUNDS))
