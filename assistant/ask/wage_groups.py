"""Wages told with headcounts, and those that they are raised to: the groups of a workplace whose pay rises."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.ask.numbers_told import becomes
from assistant.ask.reckon import Case
from assistant.text.numbers import Quantity

_LOWEST, _HIGHEST = 500, 5000
"""An amount in yen within this range is an hourly wage where raises are counted, one below it a raise."""
_NEAR = 24
"""How far after a group its insurance may be told, in characters."""
_FIRM = re.compile(
    r"(全部で|全体で|全員で|事業場は|会社は)[^、。]{0,4}$|(事業場|会社|工場|店舗?|職場|規模)[がは]?[（(]?$"
    r"|[場社店所屋院宿館堂園塾室][（(]$"
)
_FIRM_AFTER = re.compile(r"(のうち|の中で|の(会社|事業場|店|工場|職場)|、?うち(?!1人|[0-9]))")
_SOMEONE = re.compile(
    r"(です|で)?[、。，,]\s*(?!時給|最低|賃金|全員|今|現在|内訳)"
    r"([A-Za-zＡ-Ｚａ-ｚ]|[一-龥ァ-ヶー]{1,6}(さん|くん|氏)|[一-龥]{1,4}[がは]?[0-9０-９])"
)
"""What makes a headcount that of the firm: the wages of its people are listed after it, one by one."""
_OTHERS_FOLLOW = re.compile(r"(?![^。、]{0,10}[0-9,]+円)[^人名]*[0-9][0-9,]*円[^人名]*[0-9]+[人名]")
"""What makes the first headcount that of the staff: no wage stands right after it, and others are told with wages."""
_NAMED = re.compile(r"([A-ZＡ-Ｚ]|[一-龥]{1,4})(さん|くん|君|氏)")
_TO = re.compile(r"([^。円]{0,40}[）)])?(全員|とも)?[をもはがで、]{1,2}(一気に|一度に|一律で?|全員|まとめて|みんな)?")
_OF_WHOM = re.compile(r"の[^、。0-9０-９円]{1,12}を")
"""What stands between the wage of someone and the one that it is raised to (1,070円のパートAを1,120円に)."""
_ONLY = re.compile(r"([一-龥ァ-ヶーA-Zａ-ｚ]{1,8}?)(さん)?(だけ|のみ)")
RAISED = re.compile(r"(以上)?(ずつ)?の?(賃?引?き?上げ|アップ|昇給)")
_UNINSURED = re.compile(r"雇用保険(に|は|へ)?(未加入|入ってい?な|入ら|なし|加入していな|ない)")
STAFF = re.compile(r"(従業員|社員|職員|スタッフ|全員|全体)(数)?[はがで、]{0,2}$")


@dataclass(frozen=True, slots=True)
class Group:
    """Workers of one wage; `after` is None where the new wage is not told."""

    before: int
    after: int | None
    heads: int
    hours: Fraction = Fraction(40)
    insured: bool = True
    label: str = ""
    """The words that the text has for them."""


def groups_told(case: Case) -> list[Group]:
    """Wages told with headcounts, in the order of the text (1,050円が3人, 3人が1,050円から1,120円)."""
    out: list[Group] = []
    waiting, at = 0, 0
    last: Quantity | None = None
    counted = True
    for q in _with_bare_wages(case):
        lead, tail, value = case.text[at : q.start], case.text[q.end :], q.value
        if q.unit == "people" and isinstance(value, int):
            firms = STAFF.search(lead) and _tells_firm(out, counted, tail)
            if _FIRM.search(lead) or _FIRM_AFTER.match(tail) or firms:
                at = q.end
                continue
            if out and re.search(r"うち[、の]?$", lead):
                out[-1] = replace(out[-1], heads=max(0, out[-1].heads - value))
                out.append(replace(out[-1], heads=value, label=lead))
            elif out and not counted:
                out[-1] = replace(out[-1], heads=value, label=out[-1].label + lead)
                counted = True
            else:
                waiting = value
                continue
        elif q.unit == "yen" and isinstance(value, int) and _LOWEST <= value <= _HIGHEST:
            open_ = last is not None and bool(out) and out[-1].after is None
            reached = q.bound == "until" or re.match(r"(に|へ)", tail)
            told_of_heads = reached and (counted and _TO.fullmatch(lead) or _OF_WHOM.fullmatch(lead))
            if open_ and last is not None and (told_of_heads or becomes(case.text[last.end : q.start])):
                heads = out[-1].heads if counted else max(1, len(_NAMED.findall(lead)))
                out[-1] = replace(out[-1], after=value, heads=heads)
            else:
                out.append(Group(value, None, waiting or 1, label=lead))
                counted, waiting = bool(waiting), 0
            last = q
        elif q.unit == "hours" and out and isinstance(value, int | Fraction) and re.search(r"週[^、。]{0,4}$", lead):
            out[-1] = replace(out[-1], hours=Fraction(value))
        else:
            continue
        if out and _UNINSURED.search(re.split(r"[。]", tail)[0][:_NEAR]) and not re.search(r"[0-9]円", tail[: tail.find("雇用保険")]):
            out[-1] = replace(out[-1], insured=False)
        at = q.end
    return _once(out)


def _with_bare_wages(case: Case) -> list[Quantity]:
    """The numbers of a text; a bare one beside an arrow (1,040→1,130) is an hourly wage if it may be one."""
    beside = re.compile(r"\s*(→|⇒|->|から)\s*$"), re.compile(r"\s*(→|⇒|->|から)")

    def is_bare_wage(q: Quantity) -> bool:
        bare = q.unit == "other" and not q.counter and isinstance(q.value, int) and _LOWEST <= q.value <= _HIGHEST
        return bare and bool(beside[0].search(case.text[: q.start]) or beside[1].match(case.text, q.end))

    return [replace(q, unit="yen") if is_bare_wage(q) else q for q in case.quantities]


def _tells_firm(groups: list[Group], counted: bool, tail: str) -> bool:
    """Whether a headcount of the staff is the firm's: its people are listed one by one before or after it."""
    listed = len(groups) > 1 and not counted and all(g.heads == 1 for g in groups)
    return bool(listed or _SOMEONE.match(tail) or (not groups and _OTHERS_FOLLOW.match(tail)))


def _once(groups: list[Group]) -> list[Group]:
    """The groups without what is told twice: the rise of the minimum beside those who have it, a wage beside its raise."""
    first = groups[0] if groups else None
    if first and re.search("最低賃金|コース", first.label) and any((g.before, g.after) == (first.before, first.after) for g in groups[1:]):
        groups = groups[1:]
    told = {y for g in groups if g.after is not None for y in (g.before, g.after)}
    return [g for g in groups if g.heads and (g.after is not None or g.before not in told)]


def all_raised(case: Case, groups: list[Group]) -> list[Group]:
    """The groups with one raise for all, or for those that the text names alone (パートだけ), where it tells no new wages."""
    raises = [y for q in case.quantities if (y := q.whole("yen")) is not None and y < _LOWEST and RAISED.match(case.text[q.end :])]
    if len(set(raises)) != 1:
        return groups
    only = _ONLY.search(case.text)
    if only is None:
        return [g if g.after is not None else replace(g, after=g.before + raises[0]) for g in groups]
    named = [g for g in groups if only.group(1) in g.label]
    if not named:
        return groups
    return [g if g.after is not None else replace(g, after=g.before + (raises[0] if g in named else 0)) for g in groups]
