"""Whether a firm may count the consumption tax among its costs, by the rule of the edition and what it tells of itself."""

from __future__ import annotations

import re

from assistant.ask.query import Query
from assistant.rules.schema import Edition

_WHO = re.compile(r"免税事業者|簡易課税|[2２二]割特例")
_NO_MORE = re.compile(
    r"(事業者)?(では|じゃ)(な|あり)|だった|でした|(を|は)?(やめ|使[わっ]て(い)?な|使わ|選ば)|から課税"
    r"|なら|の(場合|とき|ほか)"
)
_WITH_TAX = re.compile(r"込み?の?(まま|金額|額)?(で|に)?[^。]{0,14}(申請|出[しす]|交付決定|計上)")


def counts_tax(query: Query, edition: Edition) -> bool:
    """Whether the costs count with the tax: the firm is one that the edition names, and applies for prices with it."""
    who = [m for m in _WHO.finditer(query.text) if not _NO_MORE.match(query.text, m.end())]
    if not who or not _WITH_TAX.search(query.text):
        return False
    rules = (c.text for c in edition.costs if "消費税" in c.names)
    return any(m.group() in rule and "税込み" in rule for rule in rules for m in who)
