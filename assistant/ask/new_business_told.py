"""What a text tells of a new business beside the firm: sales and value added of each, in whatever order, or a share outright."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.text.numbers import Quantity, find_quantities

_KIND = re.compile(r"(?P<value>付加価値)|(?P<sales>売上|売り上げ|年商)")
_OWNER = re.compile(
    r"(?P<new>新事業|新しい事業|新規事業|新製品|新商品|新サービス|新たな製品|新分野)(?!進出補助金|売上高要件)"
    r"|(?P<division>(事業)?部門|事業部)|(?P<total>総(?=売上|付加)|会社|全社|全体|直近|当社|弊社|自社|うち(?=の?(会社|売上)))"
)
_CLAUSE = re.compile(r"[。！!？?\n]")
_OUT_OF = re.compile(r"(の)?(うち|中|内)")
_SOLD_AFTER = re.compile(r"(ほど|くらい|ぐらい|分)?[がをはも]?、?(売れ|売り上げ|売上|売る)")
"""What tells of an amount that it is one of sales (新商品を3,000万円売る)."""
_LINE_AFTER = re.compile(
    r"(以上|も|に(は|も)?)?[はがの]?(届|達|満た|要件|条件|基準|ライン)|以上"
    r"|を?見込(まな|めな)|でも(い|よ|良)|が?必要|(を?[^。、]{0,6})ないと"
)
_OF_DIVISION = re.compile(r"部門の[^。、0-9０-９]{0,6}$")
"""What follows a share that is the line of the rule."""


def shares_told(text: str) -> dict[str, int]:
    """Amounts by whose they are and what of (`new_sales`, `total_value`), by the last word before each that tells it."""
    out: dict[str, int] = {}
    for key, q in _told(text):
        amount = q.whole("yen")
        if amount is not None:
            out.setdefault(key, amount)
    return out


def percents_told(text: str) -> dict[str, Fraction]:
    """Shares of the new business that are told outright, by the name of the figure that they must reach."""
    out: dict[str, Fraction] = {}
    for key, q in _told(text):
        if q.unit == "percent" and q.exact is not None and not (_LINE_AFTER.match(text, q.end) or _OF_DIVISION.search(text[: q.start])):
            out.setdefault("va" if key.endswith("value") else "sales", q.exact)
    return out


def _told(text: str) -> list[tuple[str, Quantity]]:
    """The numbers of a text with their keys; one that is a part of the number before it is of the same kind."""
    found: list[tuple[str, Quantity]] = []
    kind, owner, at = "", "", 0
    for q in find_quantities(text):
        if q.ignored or q.exact is None or q.unit not in ("yen", "percent"):
            continue
        lead = text[at : q.start]
        if _CLAUSE.search(lead):
            lead, kind, owner = _CLAUSE.split(lead)[-1], "", ""
        kinds, owners = list(_KIND.finditer(lead)), list(_OWNER.finditer(lead))
        kind = (kinds[-1].lastgroup or "") if kinds else kind if owners or _OUT_OF.match(text, at) else kind
        owner = (owners[-1].lastgroup or "") if owners else owner
        if not kinds and owner and _SOLD_AFTER.match(text, q.end):
            kind = "sales"
        if kinds and not owner and _OUT_OF.match(text, q.end):
            owner = "total"
        at = q.end
        if kind and owner and q.bound is None:
            found.append((f"{owner}_{kind}", q))
    return found
