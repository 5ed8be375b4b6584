"""What kind of value a question asks for (何分, 何社, 何月何日), and whether a text holds one of that kind."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.ask.query import Query
from assistant.ask.route import Route
from assistant.ask.wording import blanked

_ASKED = r"(?<!あと)(?<!残り)(?:何|なん)(?:{units})"
_NUMBER = r"(?:[0-9０-９][0-9０-９,.～-]*|[一二三四五六七八九十]{1,3})"
_SPAN = rf"(?<![0-9０-９]){_NUMBER}(?:(?<![0-9]{{4}})年(?![0-9０-９度])|[かヶカ]月)"
_DATE = r"[0-9０-９]{1,2}月(?:[0-9０-９]{1,2}日|上旬|中旬|下旬|頃)"
_KINDS: tuple[tuple[str, str], ...] = (
    (r"(?:何|なん)月(?:何|なん)日|(?:何|なん)日(?:まで|締|〆)", _DATE),
    (r"(?:何|なん)時(?!間|点|期|代)(?:から|まで|に開|に閉|に始|に終)", r"[0-9０-９]{1,2}(?:時(?!間)|[:：][0-9０-９]{2})"),
    (_ASKED.format(units="分(?!の|野|類)|時間"), r"[0-9０-９]+(?:分(?!の)|時間)"),
    (_ASKED.format(units="日(?:間|ほど|くらい|ぐらい)?(?:かか|待)"), rf"(?<!月){_NUMBER}(?:日(?!に|の|か|（)|営業日|週間|か月)"),
    (
        _ASKED.format(units="日(?:間|で|くらい|ほど|ぐらい|前|後|以内)(?!かか|待)"),
        rf"(?<!月){_NUMBER}(?:日|営業日|週間|か月)|当日|前日|翌日",
    ),
    (_ASKED.format(units="年(?!度|生|代|の)|[かヶカ]月|ヵ月"), _SPAN),
    (_ASKED.format(units="(?:社|者)(?!か(?:で|が|の|と))"), _NUMBER + r"(?:社|者|事業者|企業|団体|件)"),
    (_ASKED.format(units="人|名"), _NUMBER + r"(?:人|名)"),
    (_ASKED.format(units="週間?"), _NUMBER + r"週|[0-9０-９]日間"),
    (_ASKED.format(units="組"), _NUMBER + "組"),
    (_ASKED.format(units="件"), _NUMBER + r"(?:件|社|者|事業者)"),
    (_ASKED.format(units="ページ|頁|枚"), _NUMBER + r"(?:ページ|頁|枚)"),
    (_ASKED.format(units="文字|字"), _NUMBER + r"(?:文字|字)"),
    (_ASKED.format(units="種類|製品|項目|業種|機種|カテゴリ|つ"), _NUMBER + r"(?:種類|製品|項目|業種|機種|カテゴリ|つ|個)"),
    (_ASKED.format(units="歳|才"), _NUMBER + r"(?:歳|才)"),
    (_ASKED.format(units="回(?!目|に分|か)"), _NUMBER + r"回|複数回|何回でも|何度でも"),
    (_ASKED.format(units="%|％|パーセント|割|分の"), _NUMBER + r"(?:%|％|割)|[0-9０-９]+/[0-9０-９]+|全額|定額"),
)  # fmt: skip
"""Words that ask for a value of a kind, and what such a value looks like in a passage."""
LEAST_OF_RATE = 2
"""How many of the last characters of a rate's name a passage must have (料率 of 保証料率)."""
_OF_RATE = re.compile(r"([一-龥]{2,6}率)(?:は|って|が)?、?(?:今|いま)?(?:何|なん|どのくらい|どれくらい|いくら|いくつ)")
_COMMON_RATE = re.compile(
    r"補助率|助成率|成長率|上昇率|伸び率|増加率|引き?上げ率|賃上率|目標率|給率|採択率|減少率|削減率|省力化率|軽減率|割引率|成率|却率|除率"
)
"""Rates that passages tell under many names, or that have rules of their own."""
_PATTERNS = tuple((re.compile(asked), re.compile(value)) for asked, value in _KINDS)
_PRICE_ALONE = re.compile(r"(?:[ぁ-んー\s、。,.？?！!]|費用|料金|値段|価格|金額|相場|何円|負担額)*")
"""What is left of a question that asks for the price of the thing it names and no more."""


def wanted_in(text: str) -> tuple[re.Pattern[str], ...]:
    """What values of the kinds that a text asks for look like, in the order of `_KINDS`; empty where it asks for none of them.

    Of a rate with a name of its own (保証料率) nothing counts that has not that name.
    """
    rate = _OF_RATE.search(text)
    if rate and not _COMMON_RATE.search(rate[1]):
        return (re.compile(re.escape(rate[1][-LEAST_OF_RATE:])),)
    return tuple(value for asked, value in _PATTERNS if asked.search(text))


def holds_wanted(wanted: tuple[re.Pattern[str], ...], text: str) -> bool:
    """Whether a text holds a value of one of the kinds, or none is wanted."""
    return not wanted or any(w.search(text) for w in wanted)


def asks_a_date(text: str) -> bool:
    """Whether a text asks for a day, a month or a time from now."""
    return bool(re.search(r"いつ|何月|何日|なん日|何時|あと何|残り何|頃|ごろ", text))


def priced(query: Query, route: Route) -> Query:
    """The question with a price in place of an amount, where what it names pays nothing (a diagnosis)."""
    pays = any(f.cap or f.rate or f.components for p in route.places for f in p.frames)
    bare = blanked(query.text, tuple((m.start, m.end) for m in query.mentions))
    alone = query.has("price", "cost") and bool(_PRICE_ALONE.fullmatch(bare))
    if pays or not route.places or not (query.has("amount", "cap") or alone):
        return query
    prices = {"amount", "cap", *(("cost",) if alone else ())}
    attributes = tuple(dict.fromkeys("price" if a in prices else a for a in query.attributes))
    return replace(query, attributes=attributes, leans_on=query.leans_on or "料金")
