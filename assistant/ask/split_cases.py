"""Cases that a text sets beside each other (300万円の場合と400万円の場合, A案とB案): each is asked about apart, they are no sum."""

from __future__ import annotations

import re

_YEN = r"[0-9０-９][0-9０-９.．,，億千百万]*(?:円|(?<=[億万])(?=[とか、]|の(?:場合|とき|時|ケース|案|やつ)))"
_IS = r"(?:だった|である|になる|になった|かかる|かかった|かける|とする|とした|する|した|の|な|で)?"
_CASE = re.compile(rf"(?:{_YEN})(?:の[^、。？?0-9０-９円と]{{1,8}}(?=の))?{_IS}(?:場合|とき|時|ケース|案|プラン|パターン)")
_COURSE = re.compile(r"[0-9０-９]{2,3}円の?コース")
_COST = re.compile(r"[0-9０-９][千百十]?[万億]円?(?!以)")
"""A cost, of which the amounts under several courses are asked."""
_THING = re.compile(rf"(?:{_YEN})(?:の(?:やつ|もの|機種|製品|商品|機械|設備|見積もり|見積|方|ほう))?")
_CHOICE = re.compile(
    r"それぞれ[^。？?]{0,12}(いくら|なんぼ|補助|助成|もら|何円|どう|教え|出し|計算)"
    r"|(いくら|なんぼ|何円|どれだけ|どのくらい)ずつ|迷[うっいわ]|悩[んみむ]|どちらが|どっちが|比べ|比較|ふた通り|二通り|2通り|両方のケース"
)
"""What makes amounts of like things ones to choose from, and no sum."""
_NAMED = re.compile(
    r"(?:(?<![A-Za-zＡ-Ｚ])[A-DＡ-Ｄ]|[甲乙丙]|第?[一二三]|[①②③④])(?:案|プラン|パターン|ケース|(?:社)?の?見積(?:もり|り)?)"
    r"|(?:案|プラン|パターン|ケース|見積(?:もり|り)?)[A-DＡ-Ｄ①②③④1-4１-４](?![0-9０-９])"
)
"""The name of a plan or an offer: each stands before its own costs."""
_SHARED = re.compile(r"の?(?:それぞれの)?(?:場合|とき|時|ケース|案|プラン|パターン)")
"""What follows the last of some amounts and makes all of them cases (60万円、90万円、120万円の場合)."""
_GAP = re.compile(r"差額|差(?=[はがをも]|[？?。\s]*$)|違[いうっわ]|ちが[いうっわ]|変わ[るりら]|増え")
"""What asks what lies between two cases: they are then held against each other."""
_BETWEEN = re.compile(
    r"(?:は|が|だと|なら|で)?、?(?:(?:補助|助成)(?:額|金)は)?(?:いくら|なんぼ|どう)?(?:です|でしょう)?(?:か|になる|なる)?"
    r"(?:で|と|や|か|、|・|／|/|または|もしくは|、それとも)*"
)
"""What joins two cases, beside what is asked of the first."""
_END = re.compile(r"[。、，？?！!\n]|(?=で?(?:それぞれ|両方|どちら|どっち))")
_EACH = re.compile(r"それぞれの?|ずつ")
_LEAD = 12
"""A longer lead before the first amount tells more than what the amount is of."""
MOST = 4


def cases_of(text: str) -> tuple[str, ...]:
    """The text once for each of its cases, the others left out; the text alone where it sets no cases beside each other.

    Args:
        text: What the user typed.
    """
    if _GAP.search(text):
        return (text,)
    found = _of_plans(text) or _plans_behind(text) or _of_amounts(text, _CASE) or _of_amounts(text, _THING)
    found = found or (_of_amounts(text, _COURSE) if _COST.search(text) else ())
    return found if 2 <= len(found) <= MOST else (text,)


def _of_amounts(text: str, case: re.Pattern[str]) -> tuple[str, ...]:
    """One text for each amount of a row of amounts that are cases: each says so itself, or the text says so of bare ones."""
    row: list[re.Match[str]] = []
    leads: list[str] = []
    for m in case.finditer(text):
        between = text[row[-1].end() : m.start()] if row else ""
        lead = _BETWEEN.sub("", between, count=1) if between else ""
        joined = bool(between) and len(lead) <= _LEAD and not re.search(r"[。？?！!\n0-9０-９＋+]|円", lead)
        if row and joined:
            row.append(m)
            leads.append(lead)
        elif len(row) < 2:
            row, leads = [m], [""]
    if len(row) < 2:
        return ()
    head, tail = text[: row[0].start()], _EACH.sub("", text[row[-1].end() :], count=1)
    apart = any(lead and not head.endswith(lead) for lead in leads)
    if case is _THING and (apart or not (_CHOICE.search(text) or _SHARED.match(text, row[-1].end()))):
        return ()
    own = re.split(r"[。、，？?！!\n]", head)[-1]
    if apart:
        if len(own) > _LEAD or re.search(r"[0-9０-９]", own):
            return ()  # what each amount is of cannot be told from what holds for all of them
        head, leads[0] = head[: len(head) - len(own)], own
    else:
        leads = [""] * len(row)
    return tuple(f"{head}{lead}{m.group(0)}{tail}" for lead, m in zip(leads, row, strict=True))


def _of_plans(text: str) -> tuple[str, ...]:
    """One text for each named plan that tells costs of its own."""
    names = [m for m in _NAMED.finditer(text) if re.match(r"(は|が|だと|なら|：|:|＝|=|で|の?(経費|費用|金額|総額))", text[m.end() :])]
    if len(names) < 2 or len({m.group(0) for m in names}) < len(names):
        return ()
    ends = [m.start() for m in names[1:]]
    last = re.search(_YEN + r"(?![\s\S]*" + _YEN + ")", text[names[-1].start() :])
    if last is None:
        return ()
    stop = _END.search(text, names[-1].start() + last.end())
    ends.append(stop.end() if stop and text[stop.start() : stop.end()].strip() in "。、，" else names[-1].start() + last.end())
    parts = [text[m.start() : end] for m, end in zip(names, ends, strict=True)]
    if not all(re.search(_YEN, p) for p in parts):
        return ()
    head, tail = text[: names[0].start()], _EACH.sub("", text[ends[-1] :], count=1)
    return tuple(f"{head}{p.rstrip('、，。と')}。{tail}" for p in parts)


def _plans_behind(text: str) -> tuple[str, ...]:
    """One text for each plan that is named behind its costs (600万円のA案と900万円のB案)."""
    names = [m for m in _NAMED.finditer(text) if text[: m.start()].endswith("の")]
    first = re.search(_YEN, text)
    if len(names) < 2 or len({m.group(0) for m in names}) < len(names) or first is None:
        return ()
    start = max((m.end() for m in re.finditer(r"[。、，？?！!\n]", text[: first.start()])), default=0)
    starts = [start, *(m.end() for m in names[:-1])]
    parts = [text[a : m.end()].lstrip("と、，") for a, m in zip(starts, names, strict=True)]
    if len(text[start : first.start()]) > _LEAD or not all(re.search(_YEN, p) for p in parts):
        return ()
    return tuple(f"{text[:start]}{p}{text[names[-1].end() :]}" for p in parts)
