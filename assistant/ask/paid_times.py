"""How often an amount is paid: each month or year of a span, for each of some people or things."""

from __future__ import annotations

import re

from assistant.ask.told_firm import HALF_YEAR
from assistant.text.numbers import Quantity

_MONTHLY = re.compile(r"(毎月|月額|月々|月|[1１一]か月(あたり|当たり)?|ひと月)[にはでが約、]?$")
_FOR_ONE = re.compile(r"(?<![0-9０-９一二三四五六七八九十百千])[1１一]人(あたり|当たり)?[^、。0-9]{0,12}$")
_LISTED_FOR_ONE = re.compile(
    r"(?<![0-9０-９一二三四五六七八九十百千])[1１一]人(につき|あたり|当たり|ごとに)[、はに]?"
    r"([^。、0-9０-９人]{1,14}[0-9０-９,.]+[千万億]*円?(、|と|＋|\+|に)){1,3}"
    r"[^。、0-9０-９人]{0,8}(参加|受講|研修|講習|講座|試験|検定|受験|資格|渡航|航空|旅費|交通|宿泊|滞在|ビザ|査証|教材)[^。、0-9０-９人]{0,8}$"
)
"""What makes an amount one more of those told for one head (一人につき航空券がA円、宿がB円): it is paid by heads too."""
_YEARLY = re.compile(r"(毎年|年額|年間|[1１一]年(あたり|当たり)?|(?<![0-9０-９去昨今来前毎翌同])年)[にはでが約、]?$")
_A_YEAR_ASKED = re.compile(
    r"(年間|一年|年額|年|年分)([でにはだと、]|合計|全部|総額)*(いくら|なんぼ|何円|何万|どれ|どのくらい)"
    r"|(?<![今去昨来毎前同0-9０-９一二三四五])(年間?|[1１一]年(間|で|あたり)?)(で|に|は|合計|約)*[0-9０-９,.]+[千万億]*円"
)
"""What asks for the amount of a year, or tells what the user makes of it."""
_HALF_YEAR = re.compile(r"半年(?!前|後|ごと|毎|に|以|たっ|経)")
_PLAN = re.compile(r"(間|か年)?の?(計画|事業|プロジェクト|研究)?[でのは、]|間?(?=毎年)")
_EACH_YEAR = re.compile(r"円?(ずつ|[/／]年)")
_EACH = re.compile(r"円?ずつ")
_BY_HEADS = re.compile(r"(ずつ)?(の[^。、0-9０-９]{1,12}(?=[x×✕✖*]))?\s*([をに]|[x×✕✖*])?\s*")
_TIMES = re.compile(r"[x×✕✖*]|ずつ")
_EACH_LEARNS = re.compile(r"(の(従業員|社員|職員))?[がに]、?(それぞれ|各自)?(約)?")
"""What stands between people and the price of a course that each of them takes (3人が8万円の講習); one for all is 3人で8万円."""
_LEARNT = re.compile(r"資格|講習|研修|受講|講座|試験|免許|検定|セミナー")
_FOR_SO_MANY = re.compile(r"円?(ずつ)?((の[^。、0-9０-９]{1,10})?[がをでにはの]|\s*[x×])?")
_OF_FIRM = re.compile(r"の(会社|事業場|店|工場|職場)")
"""A headcount right behind a price a head is the one that it is for (1人8万円で2人), unless it is that of the firm."""
_CROSS = re.compile(r"\s*[x×✕✖*]\s*")
_MULTIPLIED = re.compile(r"\s*([x×✕✖*]|[はがで、]?[（(]?各[自人々]?)\s*(約)?")
"""What stands between a number of heads or things and the price of each (5人×4万円, 2名（各5万円）)."""
_THINGS = ("個", "台", "基", "機", "セット", "脚", "着")
"""Counters of things that are bought one like the other."""
_ONE_THING = re.compile(rf"((?<![0-9０-９])[1１一]({'|'.join(_THINGS)})(あたり|当たり|につき)?|単価)[はがで、]?[^、。0-9]{{0,12}}$")
_BY_THINGS = re.compile(r"(ずつ)?(の[^。、0-9０-９]{1,12}[をがは])?\s*([をが]|[x×✕✖*]|で)?\s*")
_ALL_OF_THEM = re.compile(r"(合計|総額|全部|あわせて|合わせて|計)[^、。]{0,8}$")
_USED_BY = re.compile(r"[でが]|の(会社|事業場|店|工場|職場)")
_NEAR_HEADS = 24
"""A price a head and the headcount that it is for stand within so many characters."""


def for_each(text: str, start: int, end: int) -> bool:
    """Whether an amount is told as that of one head among several (1人24万, 24万ずつ)."""
    return bool(_FOR_ONE.search(text[:start]) or _EACH.match(text, end))


def times_paid(text: str, q: Quantity, found: tuple[Quantity, ...]) -> tuple[int, str]:
    """How often an amount told for a month, a year or one person is paid, and for what: as long or for as many as the text tells."""
    before = text[: q.start]
    spans = [x for x in found if x.unit in ("months", "years") and isinstance(x.value, int) and x.value > 0 and x.bound is None]
    if _MONTHLY.search(before):
        if not spans:
            whole = 12 if _A_YEAR_ASKED.search(text) else HALF_YEAR if _HALF_YEAR.search(text) else 0
            return (whole, "months") if whole else (1, "")
        last, nth = spans[-1], text.startswith("目", spans[-1].end)  # the second year (2年目) is one
        return (1 if nth else int(str(last.value))) * (12 if last.unit == "years" else 1), "months"
    after = [x for x in spans if x.unit == "years" and x.start >= q.end and not text.startswith("目", x.end)]
    if _YEARLY.search(before) and after:
        return int(str(after[0].value)), "years"
    plans = [x for x in spans if x.unit == "years" and x.end <= q.start and _PLAN.match(text, x.end)]
    if plans and (_YEARLY.search(before) or _EACH_YEAR.match(text, q.end)):
        return int(str(plans[-1].value)), "years"
    heads = _by_heads(text, q, found)
    if heads:
        return heads, "people"
    things = _things(text, q, found)
    return things, "things" if things > 1 else ""


def _by_heads(text: str, q: Quantity, found: tuple[Quantity, ...]) -> int:
    """For how many people an amount is paid that is told for one of them; 0 if for none."""
    before = text[: q.start]
    people = [x for x in found if x.unit == "people" and isinstance(x.value, int)]
    heads = [x for x in people if int(str(x.value)) > 1]
    ahead = [x for x in heads if x.end <= q.start and q.start - x.end <= _NEAR_HEADS]
    listed = _LISTED_FOR_ONE.search(before)
    if listed is not None and (of := [x for x in heads if x.end <= listed.start() and listed.start() - x.end <= _NEAR_HEADS]):
        return int(str(of[-1].value))
    each = _FOR_ONE.search(before)
    told = next((x for x in people if each and x.start >= q.end and _FOR_SO_MANY.fullmatch(text[q.end : x.start])), None)
    if told is not None:
        return int(str(told.value)) if told in heads and not _OF_FIRM.match(text, told.end) else 0
    if ahead and (each or _EACH.match(text, q.end) or _MULTIPLIED.fullmatch(text[ahead[-1].end : q.start])):
        return int(str(ahead[-1].value))
    if ahead and _EACH_LEARNS.fullmatch(text[ahead[-1].end : q.start]) and _LEARNT.match(text[q.end :].lstrip("円のする")):
        return int(str(ahead[-1].value))
    for x in heads:
        between = text[q.end : x.start]
        if x.start >= q.end and (_BY_HEADS.fullmatch(between) or (each and len(between) <= _NEAR_HEADS and "円" not in between)):
            if _TIMES.search(between) or each or (_LEARNT.search(text) and not _USED_BY.match(text, x.end)):
                return int(str(x.value))
    return 0


def _things(text: str, q: Quantity, found: tuple[Quantity, ...]) -> int:
    """How many things cost an amount that is told for one of them (1台90万円を10台, 60万円×3台)."""
    each = _ONE_THING.search(text[: q.start])
    counted = [x for x in found if x.unit == "count" and isinstance(x.value, int)]
    for x in counted:
        if x.start >= q.end and _CROSS.fullmatch(text[q.end : x.start]):
            return int(str(x.value))
    for x in (x for x in found if x.counter in _THINGS and isinstance(x.value, int) and x.value > 1):
        between = text[q.end : x.start]
        if x.start >= q.end and between and _BY_THINGS.fullmatch(between) and (each or not _ALL_OF_THEM.search(text[: q.start])):
            return int(str(x.value))
        if x.end <= q.start and _MULTIPLIED.fullmatch(text[x.end : q.start]):
            return int(str(x.value))
        near = between if x.start >= q.end else text[x.end : q.start]
        if each and len(near) <= _NEAR_HEADS and not re.search(r"[。円]", near):
            return int(str(x.value))
    return 1
