"""The price of one thing held against the least that a programme demands of each, whatever the things cost together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.ask.evidence import ComputedFinding
from assistant.ask.reckon import Case, Line, result, yen
from assistant.ask.route import Place
from assistant.ask.verdicts import asks_if_not, asks_leave
from assistant.rules.schema import Frame, Limit
from assistant.text.numbers import Quantity

_THING = r"台|個|本|基|機|枚|セット|式|つ|点|ライセンス"
_EACH = re.compile(
    rf"(単価[はがもで]?|(?<![0-9０-９])([1１一]|ひと)({_THING})(あたり|当たり|当り)?(の値段|の価格)?[はがで]?)(ちょうど|約)?\s*$"
)
"""What stands before the price of one thing."""
_TIMES = re.compile(rf"(円)?の[^。、0-9０-９]{{1,12}}(を|が)?\s*[0-9０-９二三四五六七八九十百]+({_THING})")
"""What follows the price of one of several things (60万円の工具を30個)."""
_SECOND = re.compile(r"円?の?[^、。？?]{1,16}?(と|や)[一-龥ァ-ヶ]{2}")
"""What follows a price where the question asks about another thing too, which has no price."""
_TOGETHER = re.compile(r"合計|合わせ|あわせ|総額|まとめ|全部で|トータル|足せば|足したら")
_SUM = re.compile(r"いくら|なんぼ|何円|補助額|自己負担|手出し|計算|試算")


def unit_price(case: Case) -> list[ComputedFinding]:
    """Whether one thing costs what a frame demands of each, where the question tells that price and asks if it is enough."""
    query = case.query
    if not (case.checks or query.confirm or asks_leave(query) or asks_if_not(query)) or _SUM.search(query.text):
        return []
    price = _price(case)
    found = next(_limits(case), None) if price is not None else None
    if price is None or found is None:
        return []
    place, _, limit = found
    line = next((v for v in limit.figures.values() if v.yen == limit.yen), None)
    mine = price.whole("yen")
    if line is None or limit.yen is None or mine is None or (line.tax and query.slots.tax and line.tax != query.slots.tax):
        return []
    met = mine >= limit.yen
    key = f"unit_price_{'met' if met else 'missed'}"
    lines: list[Line] = [(key if not asks_if_not(query) else f"{key}_plain", {"price": yen(mine, mine=True), "line": line, "rule": limit})]
    return [result(*lines, source=limit.source, verdict=met, place=place)]


def _price(case: Case) -> Quantity | None:
    """The one price that is told of a single thing; of several things only where they are added up too."""
    text = case.query.text
    prices = [q for q in case.query.slots.quantities if q.unit == "yen"]
    told = [q for q in prices if _EACH.search(text[: q.start])]
    if not told and _TOGETHER.search(text):
        told = [q for q in prices if _TIMES.match(text, q.end)]
    return told[0] if len(told) == 1 and told[0].bound is None and not _SECOND.match(text, told[0].end) else None


def _limits(case: Case) -> Iterator[tuple[Place, Frame, Limit]]:
    """The limits on the price of one thing; where the question names categories, those of these."""
    text = case.query.text
    for place in case.route.places:
        labels = {c.id: (c.label, *c.also) for c in place.edition.categories}
        named = {c for c, names in labels.items() if any(len(n) >= 3 and n in text for n in names)}
        for frame in place.frames:
            for limit in frame.limits:
                if limit.kind in ("unit_price", "unit_price_any") and (not named or named & set(limit.categories)):
                    yield place, frame, limit
