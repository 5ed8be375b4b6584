"""The consumption tax of costs: taken out of prices that include it, unless the firm may count it among its costs."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from assistant.ask.query import Query
from assistant.rules.load import Catalogue
from assistant.rules.schema import Edition
from assistant.rules.values import format_yen

_WHO = re.compile(r"免税事業者|簡易課税|[2２二]割特例")
_NO_MORE = re.compile(
    r"(事業者)?(では|じゃ)(な|あり)|だった|でした|(を|は)?(やめ|使[わっ]て(い)?な|使わ|選ば)|から課税"
    r"|なら|の(場合|とき|ほか)"
)
_WITH_TAX = re.compile(r"込み?の?(まま|金額|額)?(で|に)?[^。]{0,14}(申請|応募|出[しす]|交付|計上)")


def with_tax(query: Query, catalogue: Catalogue) -> Query:
    """The question of a firm that counts the tax: its prices as they are told, without those that only leave the tax out again."""
    factor = 1 + Fraction(catalogue.general.rates.get("consumption-tax") or 0) / 100
    items = query.slots.items
    again = {i.start for i in items if any(i.yen * factor == o.yen for o in items)}
    return replace(query, slots=replace(query.slots, tax=None, items=tuple(i for i in items if i.start not in again)))


def counts_tax(query: Query, edition: Edition) -> bool:
    """Whether the costs count with the tax: the firm is one that the edition names, and applies for prices with it."""
    who = [m for m in _WHO.finditer(query.text) if not _NO_MORE.match(query.text, m.end())]
    if not who or not _WITH_TAX.search(query.text):
        return False
    rules = (c.text for c in edition.costs if "消費税" in c.names)
    return any(m.group() in rule and "税込み" in rule for rule in rules for m in who)


def divisor(query: Query, catalogue: Catalogue) -> Fraction:
    """What takes the consumption tax out of the prices of a question, 1 where they are told without."""
    return tax_of(query, catalogue)[1]


def tax_of(query: Query, catalogue: Catalogue) -> tuple[str | None, Fraction]:
    """The divisor that takes consumption tax out of a price, if the price includes it."""
    rate = catalogue.general.rates.get("consumption-tax")
    if query.slots.tax != "incl" or rate is None:
        return None, Fraction(1)
    factor = 1 + Fraction(rate) / 100
    return f"{float(factor):g}", factor


def off_total(query: Query, catalogue: Catalogue) -> int | None:
    """The sum told that the costs do not come to, unless it only has the tax in it that they lack."""
    total, rate = query.slots.off_total_yen, Fraction(catalogue.general.rates.get("consumption-tax") or 0)
    return None if total == sum(i.yen for i in query.slots.items) * (1 + rate / 100) else total


def taxed_apart(query: Query, catalogue: Catalogue) -> tuple[Query, str | None]:
    """The question with all costs without tax, and the step, where some are told with the tax and some without it."""
    slots, rate = query.slots, catalogue.general.rates.get("consumption-tax")
    if rate is None or not {"incl", "excl"} <= {i.tax for i in slots.items}:
        return query, None
    factor = 1 + Fraction(rate) / 100
    bare = tuple(replace(i, yen=int(i.yen / factor), tax="excl") if i.tax == "incl" else i for i in slots.items)
    taxed = ((i, b) for i, b in zip(slots.items, bare, strict=True) if i.tax == "incl")
    steps = [f"{format_yen(i.yen)} ÷ {float(factor):g} ＝ {format_yen(b.yen)}" for i, b in taxed]
    return replace(query, slots=replace(slots, items=bare, tax="excl")), f"税抜にすると {'、'.join(steps)}"
