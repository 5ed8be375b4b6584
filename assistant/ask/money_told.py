"""The amounts of money that a text tells: the role of each, and the costs among them, each told once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from assistant.ask.amount_features import Surroundings
from assistant.ask.amount_roles import COSTS, TOTAL, WISHED, open_role_model
from assistant.ask.money_roles import CLAUSE_END, income_told, is_spent, role_of
from assistant.ask.paid_times import times_paid
from assistant.ask.results_told import Amount, with_results
from assistant.ask.told_again import chosen, told_once, without_products, without_sums, without_totals
from assistant.rules.load import Catalogue
from assistant.text.numbers import Quantity

LINE, INCOME = "line_yen", "taxable_income_yen"
"""Roles of an amount that is a line to reach or to keep, and of taxable income; the other roles are keys of `money_roles`."""
PLAIN = {TOTAL: "cost_yen", WISHED: "subsidy_yen"}
"""As what an amount stands among the others whose role only the model has a name for."""
_A_LINE = re.compile(
    r"円?(を|の)?(超え|超す|越え|上回|下回|切[らっるり]|以上|以下)|の?(条件|要件|基準|壁)|(に|まで)[はも]?(足り|届|達し|満た|い(っ[てた]|か[なへん]|きま))"
    r"|[はも]?い(って|か)(な|へ|ま|ん)|[はも]?行(って|か)(な|へ|ま|ん)"
)
"""What makes an amount a line to reach, not a cost."""
_PAST_LINE = re.compile(r"(まで|が?(補助)?(上限|限度|下限)額?)(だっ|でし|やっ|と(書|なっ|あっ|載))")
"""What makes it a line of the past (150万円までだった); the amount may hold the first word."""
_KEPT = re.compile(r"(だ|や|なの?)?(から|ので|し[、。])|[にで][収お入]")
"""What makes an amount with 以内 a line that is kept (3億以内だから)."""
SMALLEST_COST_YEN = 3_000
"""An amount below it in a question is an hourly wage, a raise or a price a head, never the cost of a project."""
_TAXED = re.compile(r"(税込み?|税抜き?|税別|内税|外税)(の?(価格|金額))?")
"""What says of a price whether tax is in it: no name of a cost."""
_NO_NAME = re.compile(r"(別に|ほかに|他に|あと|さらに)?(単価|[1１一][台個])(約)?")
"""What stands before a price and names no thing."""
_SEP = re.compile(r"[、，,。\n]|と(?=[^にはもか])|や|＋|\+|に加え|および|及び")


@dataclass(frozen=True, slots=True)
class Item:
    """An amount of money with the words that say what it pays for."""

    label: str
    yen: int
    """All of it: what is paid each time, as often as it is paid."""
    tax: str | None
    start: int
    end: int
    times: int = 1
    """How often it is paid: months of a rent, people of a fee."""
    every: str = ""
    """What it is paid for each time, as a unit: months, years, people or things; empty where it is paid once."""


@dataclass(frozen=True, slots=True)
class Money:
    """What a text tells of money."""

    by_role: dict[str, tuple[int, ...]]
    """Yen of all amounts, by role."""
    items: tuple[Item, ...]
    """The costs."""
    claimed: tuple[Quantity, ...]
    """What the user expects to be paid, in the order of the text."""
    total_yen: int | None
    """The sum of the costs that the text tells; None where it tells none."""


@dataclass(frozen=True, slots=True)
class Told:
    """A text with its numbers, as amounts of money are read from it."""

    text: str
    things: str
    """The text with the names of programmes and special measures blanked."""
    nameless: str
    """The text with the names of frames blanked too."""
    found: tuple[Quantity, ...]


def read_money(told: Told, catalogue: Catalogue) -> Money:
    """The amounts of a text by their roles, those of rules first, then of the learned model where it is sure.

    Args:
        told: The text.
        catalogue: For the word tables, the rates of subsidies and the model.
    """
    amounts = by_rules(told, catalogue)
    model = open_role_model(catalogue)
    if model is not None and amounts:
        amounts = model.reread(surroundings(told, amounts), catalogue.rates)
    money: dict[str, tuple[int, ...]] = {}
    for x in amounts:
        role = PLAIN.get(x.role, x.role)
        if x.role == WISHED:
            money[WISHED] = (*money.get(WISHED, ()), x.yen)
        if role != LINE:
            money[role] = (*money.get(role, ()), (income_told(told.text, x.q) or x.yen) if role == INCOME else x.yen)
    items, total = _costs(told, amounts)
    return Money(money, tuple(items), tuple(x.q for x in amounts if x.role == "claimed_yen"), total)


def by_rules(told: Told, catalogue: Catalogue) -> list[Amount]:
    """All amounts of a text in its order with the roles that rules give them.

    Args:
        told: The text.
        catalogue: For the word tables and the rates of subsidies.
    """
    roles = catalogue.vocabulary.get("money_roles", {})
    ruled = [Amount(q, yen, _rule_role(told, q, roles)) for q in told.found if (yen := q.whole("yen")) is not None]
    fixed = (LINE, INCOME)
    free = iter(with_results(told.text, told.things, [x for x in ruled if x.role not in fixed], told.found, catalogue.rates))
    return [x if x.role in fixed else next(free) for x in ruled]


def surroundings(told: Told, amounts: list[Amount]) -> Surroundings:
    """What the learned model reads the roles of the amounts of a text from.

    Args:
        told: The text.
        amounts: Its amounts with the roles that rules give them.
    """
    kept = frozenset(i.start for i in _costs(told, amounts)[0])
    return Surroundings(told.text, told.nameless, amounts, kept, told.found)


def _costs(told: Told, amounts: list[Amount]) -> tuple[list[Item], int | None]:
    """The costs, each told once and no sum beside its parts, with the sum that the text tells of them."""
    text = told.text
    counted = [x for x in amounts if x.role in (*COSTS, TOTAL) and x.yen >= SMALLEST_COST_YEN and not is_spent(text, x.q)]
    items = without_products(text, told_once(text, [_item(told, x) for x in counted]), told.found)
    sums = frozenset(x.q.start for x in counted if x.role == TOTAL)
    return without_totals(text, without_sums(text, chosen(text, items)), sums)


def _item(told: Told, x: Amount) -> Item:
    times, every = times_paid(told.text, x.q, told.found) if x.role != TOTAL else (1, "")
    return Item(_label(told.things, x.q, told.found), x.yen * times, x.q.tax, x.q.start, x.q.end, times, every)


def _rule_role(told: Told, q: Quantity, roles: dict[str, Any]) -> str:
    if income_told(told.text, q) is not None:
        return INCOME
    if _is_line(told.text, q) or _is_past(told.text, q):
        return LINE
    return role_of(told.text, q, told.found, told.nameless, roles)


def _is_past(text: str, q: Quantity) -> bool:
    """Whether an amount is told as a limit of the past."""
    return bool(_PAST_LINE.match(text, q.end - (len("まで") if q.text.endswith("まで") else 0)))


def _is_line(text: str, q: Quantity) -> bool:
    """Whether an amount is one to reach or to keep, and no cost."""
    if q.bound in ("over", "under", "min", "max") or _A_LINE.match(text, q.end):
        return True
    return q.bound == "within" and bool(_KEPT.match(text, q.end))


def _label(text: str, q: Quantity, found: tuple[Quantity, ...]) -> str:
    """The words that say what an amount pays for: those before it in its clause, else those after it; no other amount."""
    start = max((x.end for x in found if x.unit == "yen" and x.end <= q.start), default=0)
    before = _SEP.split(CLAUSE_END.split(text[max(start, q.start - 30) : q.start])[-1])[-1]
    stop = min((x.start for x in found if x.unit == "yen" and x.start >= q.end), default=len(text))
    after = _SEP.split(CLAUSE_END.split(text[q.end : min(stop, q.end + 16)])[0])[0]
    joined = f"{before} {after}" if re.match(r"(の|分の|で)", after) else before or after
    joined = after[1:] if after.startswith("の") and _NO_NAME.fullmatch(before) else joined
    return _TAXED.sub("", joined).strip()
