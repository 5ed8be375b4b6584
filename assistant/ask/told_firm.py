"""What a text tells of the firm itself: when it was founded, whether its profit rate fell; what its profile says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from assistant.ask.own_line import asked_of, is_ours
from assistant.text.dates import PartialDate
from assistant.text.numbers import Quantity

_THEN = re.compile(r"から|→|⇒|のが|今|いま|直近|前年|昨年|前期|去年|^が|^、")
_LAST_YEAR = re.compile(r"前年|昨年|前期|去年")
_FELL = re.compile(
    r"利益率[^。、？?]{0,12}(下が|低下|落ち|悪化)(?P<no>(って|して|て)(は|も)?(い?(な|ませ)|お(らず|らん|りませ)|へん)|らな|らず|りませ|しませ|しな|ませ)?"
)
_FOUNDED = re.compile(
    r"(創業(?!型|枠|支援|塾|計画)|設立|開業|起業|法人化|立ち上げ|独立|開店"
    r"|(会社|法人|商売|(?<!新)(?<!支)店|(?<![い新])(?<!新規)(?<!補助)事業)を?(作|つく|創|興|起こ|始|はじ|開|出)"
    r"|([店屋院室所塾園場]|(?<!事)業|サロン|カフェ|バー|スタジオ|ジム|教室)を?(やり|し)?(始|はじ|開|あけ|構え|オープン|スタート)|(^|[、。まだ])(開け|あけ|オープン(し|から)))"
)
_TRADED = re.compile(r"(ほど|くらい|ぐらい|しか|だけ)?(営業|商売|事業を)(し|や)")
"""What follows how long a firm has been at work."""
_ANOTHER = re.compile(r"[新支分別二2２]店|号店|新しい|リニューアル|改装|移転|増設|別館|新規")
"""What is opened beside a firm that was there before."""
HALF_YEAR = 6
"""Months of 半年."""
_DONE_FIRST = re.compile(
    r"(買っ|払っ|支払っ|発注し|注文し|契約し|購入し|導入し|着工し|着手し)(た|て|ちゃった|てしまった)?(あと|後|から)[^。]{0,16}(申請|応募|申し込|間に合|出し|出せ|もらえ|補助)"
    r"|(もう|すでに|既に|先に|とっくに|先週|先月|昨日)[^。、]{0,12}(注文|発注|契約|購入|買|払|着工|着手)(し|っ|い|済)(?!たら|たい|なけ|ない|よう)"
    r"|(採択|交付決定|決定)(の|より|する)?前に[^。、]{0,8}(注文|発注|契約|購入|買|払|支払|着工|着手)(し|っ)(た|て|ちゃ)"
    r"|(支払い?|購入|契約|注文|発注)(を|は|が)?(もう|先に|すでに|既に)[^。、]{0,3}済(ませ|んで|み)"
    r"|(申請|応募|申し?込)(み?し|っ|ん)?(て|たら|だら|後|あと)(すぐ|そのまま|同時|翌日|その日)[^。、]{0,10}(注文|発注|契約|購入|買|払|着工|着手|導入)"
)
"""What was ordered, bought or paid before the application, or is to be right after it."""


def orders_first(text: str) -> bool:
    """Whether a text tells of an order, a purchase or a payment before the decision on the application."""
    return bool(_DONE_FIRST.search(text))


def profit_rate(text: str, found: tuple[Quantity, ...]) -> dict[str, Any]:
    """Whether the profit rate fell: by two rates told one after the other, else in so many words.

    Args:
        text: The user's sentence(s).
        found: Its quantities.

    Returns:
        `profit_rate_fell`, or nothing.
    """
    at = text.find("利益率")
    rates = [q for q in found if at >= 0 and q.unit == "percent" and q.start > at and isinstance(q.value, int | Fraction) and not q.bound]
    if len(rates) == 2 and _THEN.search(text[rates[0].end : rates[1].start]):
        turned = _LAST_YEAR.search(text[rates[0].end : rates[1].start])
        then, now = (rates[1], rates[0]) if turned else (rates[0], rates[1])
        return {"profit_rate_fell": Fraction(str(now.value)) < Fraction(str(then.value))}
    said = _FELL.search(text)
    return {"profit_rate_fell": said["no"] is None} if said else {}


def founded(text: str, found: tuple[Quantity, ...]) -> dict[str, Any]:
    """When the firm was founded: a date as yyyymmdd, or months since then (創業2年目: a month of the second year).

    Args:
        text: The user's sentence(s).
        found: Its quantities.

    Returns:
        `founded_on` or `founded_months`, or nothing.
    """
    for q in found:
        before, after = re.split(r"[。、]", text[max(0, q.start - 10) : q.start])[-1], text[q.end : q.end + 8]
        asked = is_ours(text, q.start) and asked_of(text, (_FOUNDED.pattern,))
        at_work = asked or _FOUNDED.search(after[:5]) or _TRADED.match(after)
        if not at_work and (not _FOUNDED.search(before) or _ANOTHER.search(text[max(0, q.start - 16) : q.start])):
            continue
        if isinstance(q.value, PartialDate) and q.value.year:
            return {"founded_on": q.value.year * 10_000 + (q.value.month or 1) * 100 + (q.value.day or 1)}
        if q.whole("months", "years") is not None and not q.bound:
            spent = _months(q, found)
            return {"founded_months": spent - (12 if q.unit == "years" else 1) + 1 if after.startswith("目") else spent}
    if any(_FOUNDED.search(clause) for clause in re.findall(r"([^。、]{0,10})半年(?!以|未)", text)):
        return {"founded_months": HALF_YEAR}
    m = re.search(r"((?:19|20)[0-9]{2})年(?:に|の)?" + _FOUNDED.pattern, text)
    return {"founded_on": int(m.group(1)) * 10_000 + 101} if m else {}


def _months(q: Quantity, found: tuple[Quantity, ...]) -> int:
    """A span in months: years with what is told of months right after them (1年2か月)."""
    if q.unit == "months":
        return q.whole("months") or 0
    more = next((m.whole("months") or 0 for m in found if m.unit == "months" and 0 <= m.start - q.end <= 1), 0)
    return (q.whole("years") or 0) * 12 + more


def profile_inputs(profile: Mapping[str, Any]) -> dict[str, Any]:
    """Profile fields as inputs of the rules; industries come in the contract's words."""
    industries = {"商業・サービス業": "shogyo_service", "宿泊業・娯楽業": "shukuhaku_goraku", "製造業その他": "seizo_other"}
    names = (
        "employees", "capital_yen", "sales_yen", "planned_sales_yen", "is_corporation", "invoice_registered", "was_tax_exempt",
        "deficit",
    )  # fmt: skip
    out = {n: profile[n] for n in names if n in profile}
    if profile.get("industry") in industries:
        out["industry"] = industries[profile["industry"]]
    return out
