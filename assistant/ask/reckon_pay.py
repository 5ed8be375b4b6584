"""Pay a head of two periods held against the raise that a special measure asks for; who is not paid all months is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from assistant.ask.evidence import ComputedFinding
from assistant.ask.numbers_told import becomes
from assistant.ask.reckon import Case, Line, Part, asked_back, people, result, yen
from assistant.ask.route import Place
from assistant.rules.growth import required_value
from assistant.rules.schema import Edition, Fact, Special
from assistant.rules.values import Value, format_yen
from assistant.text.numbers import Quantity

_PER_HEAD = "1人あたり"
EACH = re.compile(r"([1１一]人|ひとり)(あたり|当たり|当り|平均|頭)")
_PERIOD = re.compile(r"か月|ヶ月|カ月|年間|1年|一年|前年|昨年|去年|今年|今回|前期|今期|以前|当年|(^|[、。はがの])(前|後)[はがの]")
_BEFORE = re.compile(r"前年|昨年|去年|前期|前の|前は|以前")
_NOW = re.compile(r"今年|今回|今期|当年|後の|後は|期限日|終点")
_PAY = re.compile(r"給与|給料|賃金|支給|支払|払っ|年収")
_A_COST = re.compile(r"(?<!人件)(費|経費|費用)|投資|設備|工事|見積|購入|導入|機械|補助(金|額)|上限|売上|時給")
_NOT_ALL_MONTHS = re.compile(r"途中|中途|退職|辞め|やめ|入社|採用|休職")
_ON_LEAVE = re.compile(r"育休|産休|育児休業|産前|介護休業|時短")
_IS_PART = re.compile(
    rf"({_NOT_ALL_MONTHS.pattern})[^、。0-9０-９]{{0,8}}([0-9０-９]+|[一二三])(人|名)(分|の分)?[はがのも]*[^、。0-9]{{0,6}}$"
)
_TAKEN_IN = re.compile(r"(円)?(分)?(を|も|が)?(含め|含ん|込み|入れて|足して)")
_CLAUSE = re.compile(r"[。！!？?\n]")


@dataclass(frozen=True, slots=True)
class _Period:
    """What is told of the pay of one period; `out` are amounts with headcounts that do not count."""

    lead: str
    yen: int
    heads: int | None
    out: tuple[tuple[int, int], ...] = field(default=())


def special_pay(case: Case) -> list[ComputedFinding]:
    """Whether pay a head rose by what a named special measure asks for, or the pay a head that would do."""
    found = _raising(case)
    periods = _periods(case) if found else []
    if found is None or not 1 <= len(periods) <= 2 or (len(periods) == 1 and not case.wants_number):
        return []
    place, special, least = found
    told = next((p.heads for p in periods if p.heads), None)
    if told is None:
        return []
    rule = _who_counts(place.edition)
    if _NOT_ALL_MONTHS.search(case.text) and not any(p.out for p in periods):
        return [asked_back("pay_special_open", ("その人に払った額",), {"text": rule or special}, special.source)]
    counted = [(p.yen - sum(y for y, _ in p.out), _heads(p, told)) for p in periods]
    if any(y <= 0 or n <= 0 for y, n in counted):
        return []
    each = [Fraction(y, n) for y, n in counted]
    goal = required_value(each[0], str(least.percent), 1)
    steps = [_step(p, y, n) for p, (y, n) in zip(periods, counted, strict=True)]
    steps.insert(1, f"{format_yen(int(each[0]))} × (1＋{least.percent}%) ＝ {format_yen(goal)}")
    if len(each) == 2 and each[1] < goal:
        steps.append(f"{format_yen(goal)} － {format_yen(int(each[1]))} ＝ {format_yen(goal - int(each[1]))}")
    out = sum(n for p in periods for _, n in p.out)
    name = special.topic if isinstance(special, Fact) else special.label
    shown: dict[str, Part] = {"name": name, "goal": yen(goal), "base": yen(each[0])}
    met = None if len(each) == 1 else each[1] >= each[0] * (1 + Fraction(str(least.percent)) / 100)
    shown |= {"reached": yen(each[1])} if len(each) > 1 else {}
    lines: list[Line] = [({None: "pay_special_goal", True: "pay_special_met", False: "pay_special_not_met"}[met], shown)]
    lines += [("pay_special_out", {"staff": people(out, True)})] if out else []
    lines.append(("rule", {"text": rule if out and rule else special}))
    return [result(*lines, steps=tuple(steps), source=special.source, verdict=met, place=place)]


def special_pay_held(case: Case) -> list[ComputedFinding]:
    """Pay a head of two periods that is told, held against the raise of a named special measure."""
    return [f for f in special_pay(case) if f.verdict is not None]


def _raising(case: Case) -> tuple[Place, Special | Fact, Value] | None:
    """The special measure, or the bonus, that is named and asks for a raise of pay a head, with the raise."""
    named = set(case.query.slots.inputs.get("specials") or ())
    for place in case.route.places:
        rules: list[Special | Fact] = [s for f in place.frames for s in f.specials if s.id in named and _PER_HEAD in s.text]
        rules = [f for f in place.edition.facts if _is_bonus(f, case.text)] or rules
        for special in rules:
            least = next((v for v in special.figures.values() if v.percent is not None and v.bound == "min"), None)
            if least is not None:
                return place, special, least
    return None


def _is_bonus(fact: Fact, text: str) -> bool:
    """Whether a fact is a bonus for a raise of pay a head that a text names."""
    return fact.kind == "bonus" and _PER_HEAD in fact.text and any(n in text for n in (fact.topic, *fact.also) if n.endswith("加点"))


def _who_counts(edition: Edition) -> Fact | None:
    return next((f for f in edition.facts if f.kind == "special" and "数える" in f.topic), None)


def _heads(period: _Period, told: int) -> int:
    """The headcount of a period: its own without those left out, else the one that is told for both."""
    return told if period.heads is None else period.heads - sum(n for _, n in period.out)


def _periods(case: Case) -> list[_Period]:
    """The pay of each period, the earlier one first; nothing where an amount is a cost, or no period or pay is told."""
    out: list[_Period] = []
    waiting: list[tuple[int, int]] = []
    at = 0
    for q, amount in ((q, y) for q in case.quantities if (y := q.whole("yen")) is not None and _is_told(case, q)):
        lead, at = _CLAUSE.split(case.text[at : q.start])[-1], q.end
        heads = _people(case, q, lead)
        if len(out) == 2 and amount == abs(out[0].yen - out[1].yen):
            continue  # the user's own difference of the two
        if _A_COST.search(lead.split("、")[-1]) or _ON_LEAVE.search(lead):
            return []
        if _IS_PART.search(lead):
            part = (amount, heads or 1)
            if out and not _TAKEN_IN.match(case.text, q.end):
                out[-1] = _Period(out[-1].lead, out[-1].yen, out[-1].heads, (*out[-1].out, part))
            else:
                waiting.append(part)
            continue
        out.append(_Period(lead, amount, 1 if EACH.search(lead) else heads, tuple(waiting)))
        waiting = []
    leads = " ".join(p.lead for p in out)
    pair = [q for q in case.quantities if q.whole("yen") is not None and q.bound is None]
    told_apart = len(pair) == 2 and becomes(case.text[pair[0].end : pair[1].start])
    if not (_PERIOD.search(leads) or told_apart) or not (_PAY.search(leads) or any(p.heads for p in out)):
        return []
    turned = len(out) == 2 and bool(_BEFORE.search(out[1].lead) or _NOW.search(out[0].lead)) and not _BEFORE.search(out[0].lead)
    return out[::-1] if turned else out


def _is_told(case: Case, q: Quantity) -> bool:
    """Whether an amount is one that is paid, and no line (285万円まで来ています is paid)."""
    return q.bound is None or (q.bound == "until" and bool(re.match(r"来|き[てま]|上が|増え|なっ", case.text[q.end :])))


def _people(case: Case, q: Quantity, lead: str) -> int | None:
    """The headcount told last before an amount in its own words."""
    start = q.start - len(lead)
    found = [n for x in case.quantities if start <= x.start < q.start and (n := x.whole("people")) is not None]
    return found[-1] if found else None


def _step(period: _Period, counted: int, heads: int) -> str:
    less = "".join(f" － {format_yen(y)}" for y, _ in period.out)
    total = f"({format_yen(period.yen)}{less})" if less else format_yen(period.yen)
    return f"{total} ÷ {heads}人 ＝ {format_yen(counted // heads)}" + ("（1円未満切捨て）" if counted % heads else "")
