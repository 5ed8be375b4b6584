"""Amounts that are told year by year as the grant of each, not as its cost."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from assistant.text.numbers import Quantity
from assistant.text.numerals import small_int

_SENTENCE_END = re.compile(r"[。！？!?\n]")
_YEAR = re.compile(r"([1-5１-５一二三四五])(年度目|年目)")
_OF_YEAR = re.compile(rf"{_YEAR.pattern}(の?(補助|助成|交付)(金|額)?)?[はがもにをで、]*(約|およそ)?$")
"""What stands right before the amount of one year."""
_GRANT = re.compile(r"(補助|助成|交付)(金|額|金額)?(の額)?[はがをもで]+、?[^。0-9０-９]{0,8}$|(補助|助成|交付)(金|額|金額)?$")
"""What stands before the years where their amounts are grants (補助金は1年目…)."""
_IS_GRANT = re.compile(r"(ずつ)?(の?(補助|助成|交付)|[をも]?(もら|貰|受け|いただ|頂|交付|補助|助成))")
SUM_ASKED = re.compile(r"の?(補助|助成|交付)(金|額|金額)?の?(合計|総額)(?!額?[はがで、]{0,2}[0-9０-９])")
"""What asks behind the last year for the sum of the grants: the amounts are the costs that they are for."""
_DROPPED = re.compile(
    rf"{_YEAR.pattern}(の分)?[はをも]?(取り?やめ|やめ|なし|無し|ゼロ|見送|もらわ|貰わ|受けな|受けず|申請し(な|ま?せ)|出さ(な|ず)|使わ)"
)
_ALONE = re.compile(rf"{_YEAR.pattern}(の分)?(だけ|のみ)")
_COST = re.compile(r"費|投資|支出|かけ|かか(る|り|っ)|使(う|い|っ)")
_ASKS = re.compile(r"いくら|なんぼ|何円|どれ|どのくらい")


def years_in(text: str) -> tuple[int, ...]:
    """The years of a project that a text names (3年目), in their order."""
    return tuple(_number(m) for m in _YEAR.finditer(text))


def granted_years(text: str, found: Iterable[Quantity]) -> dict[int, Quantity]:
    """The amounts of a text that are the grant of one year each, by year.

    Args:
        text: The text.
        found: The numbers of the text.
    """
    out: dict[int, Quantity] = {}
    amounts = [q for q in found if q.whole("yen") is not None]
    at = 0
    for end in (*(m.start() for m in _SENTENCE_END.finditer(text)), len(text)):
        years = [(m, q) for q in amounts if at <= q.start < end and (m := _OF_YEAR.search(text[at : q.start]))]
        if years and _are_grants(text[at:end], [(m.start(), q.start - at, q.end - at) for m, q in years]):
            out |= {_number(m): q for m, q in years}
        at = end
    return out


def kept_years(text: str, told: Iterable[int]) -> tuple[int, ...]:
    """Those of the years told before that a text leaves as they were (2年目はやめて, 1年目だけなら)."""
    alone = {_number(m) for m in _ALONE.finditer(text)}
    dropped = {_number(m) for m in _DROPPED.finditer(text)}
    return tuple(n for n in told if n not in dropped and (n in alone or not alone))


def _are_grants(sentence: str, places: list[tuple[int, int, int]]) -> bool:
    """Whether a sentence tells the amounts of its years as grants.

    Args:
        sentence: The sentence.
        places: Of each year, where it is named, where its amount starts and where that ends.
    """
    tail = sentence[places[-1][2] :]
    if _COST.search(sentence[: places[-1][2]]) or SUM_ASKED.match(tail):
        return False
    if _IS_GRANT.match(tail):
        return True
    asks = _ASKS.search(tail)
    wanted = asks is not None and not _YEAR.search(tail[: asks.start()]) and "残" not in tail
    named = _GRANT.search(sentence[: places[0][0]]) or any(re.search("補助|助成|交付", sentence[a:b]) for a, b, _ in places)
    return bool(named) and not wanted


def _number(year: re.Match[str]) -> int:
    return small_int(unicodedata.normalize("NFKC", year.group(1)))
