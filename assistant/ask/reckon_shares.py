"""Sums over parts of a project: shares of a new business, costs that must stay below others, two frames, days, multiples."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import ceil

from assistant.ask.evidence import ComputedFinding
from assistant.ask.new_business_told import percents_told, shares_told
from assistant.ask.numbers_told import read_told, told_before
from assistant.ask.reckon import LEADS, Case, Line, Part, Rule, Shown, asked_back, decimal, measured, people, result, unusable, yen
from assistant.ask.route import Place
from assistant.ask.set_aside import is_set_aside
from assistant.ask.steps import cap_step, sum_step
from assistant.ask.verdicts import asks_leave
from assistant.rules.amounts import decided
from assistant.rules.conditions import Verdict
from assistant.rules.parts import capped_by_multiple, daily_amount
from assistant.rules.schema import Edition, Fact, Frame, Limit, Requirement, Special, YenCase
from assistant.rules.shares import Business, cost_without, may_use_division, new_business_share, stays_below
from assistant.rules.values import Value, format_yen
from assistant.text.dates import PartialDate

_PROBLEM = re.compile(
    r"(問題|支障|まず[いく])(は|が|も|って)?(な|あ|で|か|$|？)|(配分|内訳|割合|バランス)(で|は)[^。]{0,8}(よ|良|い)い|通り(ます|そう)"
)
"""What asks whether costs as they are told may be applied for."""
_HOW_MUCH = r"(いくら|なんぼ|何円|何[億万]|どれ|どのくらい)"
_LEAST = re.compile(rf"(最低|少なくとも|ライン|以上)[^。]{{0,16}}{_HOW_MUCH}|{_HOW_MUCH}[^。]{{0,10}}(必要|要る|いる|以上|見込|売)")
"""What asks for the least of something."""
_SOLD = re.compile(r"売上|売り上げ|売ら|売る|売れ|付加価値")
_GIVE_UP = re.compile(r"あきらめ|諦め|無理|だめ|ダメ")
_NEW_BEFORE = re.compile(r"新(しい)?(たな)?(製品|商品|サービス|事業|規事業)(は|が|で|の)?[^。0-9０-９]{0,14}$")
_SALES_AFTER = re.compile(r"(ほど|くらい|ぐらい|は)?(の)?(売上|売り上げ|売れ|売る|売り)")
_SUM = re.compile(r"[×xX✕*][^。]{0,24}円[^。、]{0,8}[？?]")
_A_DAY = re.compile(r"(1|１|一)日(あたり|当たり|につき|に)?[^0-9、。]{0,4}$")


def new_business(case: Case) -> list[ComputedFinding]:
    """Whether a new business reaches its share of the firm's sales or value added, or of its division's if that may be taken."""
    give_up = bool(_GIVE_UP.search(case.query.text))
    if not case.asks("new_business") or not (case.judged or give_up):
        return []
    found = next(((e, n) for e, _, n in case.needs() if {"sales", "va"} <= set(n.figures)), None)
    keys = ("new_sales", "total_sales", "division_sales", "new_value", "total_value", "division_value")
    told = _with_sold(case, {k: int(v) for k in keys if (v := case.only(k)) is not None} | shares_told(case.query.text))
    shares = percents_told(case.query.text) if found else {}
    if found is None or not ({"new_sales", "new_value"} & set(told) or shares):
        return []
    edition, need = found
    if any(told.get(k, 1) <= 0 for k in ("total_sales", "total_value", "division_sales")):
        return [unusable(case, next(k for k in told if told[k] <= 0), "0円")]
    known = {**told}
    for share, kind in ((shares[k], kind) for k, kind in (("sales", "sales"), ("va", "value")) if k in shares):
        if f"new_{kind}" not in told:
            known |= {f"new_{kind}": share.numerator, f"total_{kind}": 100 * share.denominator}
    new, firm = Business(known.get("new_sales"), known.get("new_value")), Business(known.get("total_sales"), known.get("total_value"))
    ratios = _share(need.figures["sales"]), _share(need.figures["va"])
    met = new_business_share(new, firm, *ratios)
    steps = [_step(told[a], told[b]) for a, b in (("new_sales", "total_sales"), ("new_value", "total_value")) if a in told and b in told]
    name: dict[str, Part] = {"name": case.heading(edition, need.label)}
    rule: Rule = need
    shut: tuple[Line, ...] = ()
    large = next((f for _, f in case.facts_with("total", "division")), None) if "division_sales" in told else None
    if met is not True and large is not None:
        division = Business(told["division_sales"], told.get("division_value"))
        allowed = may_use_division(firm, division, *(large.figures[k].yen or 0 for k in ("total", "division")))
        shut = () if allowed else (("rule", {"text": large}),)
        if allowed and new_business_share(new, division, *ratios):
            met, rule = True, large
            pair = ("new_sales", "division_sales") if "new_sales" in told else ("new_value", "division_value")
            steps.append(f"部門：{_step(told[pair[0]], told[pair[1]])}")
            ratio = Fraction(ratios[pair[0] == "new_value"])
            steps.append(f"部門の基準：{format_yen(told[pair[1]])} × {decimal(ratio * 100)}% ＝ {format_yen(ceil(told[pair[1]] * ratio))}")
    if met is None and not _other_set_aside(case, known):
        return [_share_open(case, told, shares, {**name, "text": need}, need, tuple(steps))]
    measures = _measured(told, shares, need) if rule is need else ()
    if not met:
        steps += _lines_to_reach(told, need)
    reached = "met_all_the_same" if give_up else "met"
    lines: tuple[Line, ...] = ((reached if met else "not_met", name), *measures, *case.dated(edition), ("rule", {"text": rule}), *shut)
    return [result(*lines, steps=tuple(steps), source=rule.source, verdict=met)]


def _share_open(
    case: Case, told: Mapping[str, int], shares: Mapping[str, Fraction], parts: Mapping[str, Part], need: Rule, steps: tuple[str, ...]
) -> ComputedFinding:
    """What must be told for the other share, or for any."""
    missing = [case.label(k) for k in ("total_sales", "total_value") if k not in told and k.replace("total", "new") in told]
    missing += [case.label("new_value"), case.label("total_value")] if "total_sales" in told and "new_value" not in told else []
    missing = missing or [case.label("new_value" if "sales" in shares else "new_sales")]
    key = "new_business_short" if ("new_sales" in told and "total_sales" in told) or "sales" in shares else "new_business_open"
    return asked_back(key, tuple(dict.fromkeys(missing)), parts, need.source, steps)


def _other_set_aside(case: Case, told: Mapping[str, int]) -> bool:
    """Whether one share can be worked out and the text says that the other one is not looked at."""
    pairs = (("sales", ("付加価値額",)), ("value", ("売上高", "売り上げ")))
    return any({f"new_{kind}", f"total_{kind}"} <= set(told) and is_set_aside(case.query.text, other) for kind, other in pairs)


def _lines_to_reach(told: Mapping[str, int], need: Requirement | Special) -> list[str]:
    """What the new business would have to come to, for each total that is told."""
    goals = ((told.get("total_sales"), need.figures["sales"]), (told.get("total_value"), need.figures["va"]))
    return [f"{format_yen(t)} × {v.percent}% ＝ {format_yen(ceil(t * Fraction(_share(v))))}" for t, v in goals if t]


def _measured(told: Mapping[str, int], shares: Mapping[str, Fraction], need: Requirement | Special) -> tuple[Line, ...]:
    """Each share beside the line that it must reach."""
    kinds = (("sales", "売上高の割合", "new_sales", "total_sales"), ("va", "付加価値額の割合", "new_value", "total_value"))
    lines: list[Line] = []
    for key, names, part, whole in kinds:
        share = shares.get(key)
        share = Fraction(told[part], told[whole]) * 100 if part in told and whole in told else share
        if share is not None:
            enough = share >= (need.figures[key].exact or 0)
            shown: dict[str, Part] = {"names": names, "value": measured(share, "percent", "%"), "least": need.figures[key]}
            lines.append(("measure_met" if enough else "measure_not_met", shown))
    return tuple(lines)


def new_business_least(case: Case) -> list[ComputedFinding]:
    """The least sales, or value added, that a new business must come to, from those of the firm and of a division that may be taken."""
    if not (_LEAST.search(case.query.text) and _SOLD.search(case.text) and case.asks("new_business")) or case.query.has("cost"):
        return []
    told = told_before(case.query, case.table["inputs"])
    found = next(((e, n) for e, _, n in case.needs() if {"sales", "va"} <= set(n.figures)), None)
    if found is None or told.get("new_sales") is not None or told.get("new_value") is not None:
        return []
    by_value = "付加価値" in case.query.text
    value = found[1].figures["va" if by_value else "sales"]
    firm = told.get("total_sales")
    whole = (told.get("total_value") or told.get("value_added")) if by_value else firm
    bases: list[tuple[str, Fraction | None]] = [("会社全体", whole)]
    rule: Rule = found[1]
    large = next(case.facts_with("total", "division"), None)
    if large is not None and firm is not None:
        division = Business(int(told.get("division_sales") or 0))
        if may_use_division(Business(int(firm)), division, *(large[1].figures[k].yen or 0 for k in ("total", "division"))):
            bases, rule = [("部門", told.get("division_value" if by_value else "division_sales")), *bases], large[1]
    known = [(name, int(base)) for name, base in bases if base]
    if not known:
        return []
    least = [(name, base, ceil(base * Fraction(_share(value)))) for name, base in known]
    steps = tuple(f"{name}：{format_yen(base)} × {value.percent}% ＝ {format_yen(goal)}" for name, base, goal in least)
    name, base, goal = min(least, key=lambda each: each[2])
    what = "付加価値額" if by_value else "売上高"
    parts: dict[str, Part] = {"what": what, "least": yen(goal), "whose": name, "base": yen(base, True), "share": value}
    return [result(("new_business_least", parts), *case.dated(found[0]), ("rule", {"text": rule}), steps=steps, source=rule.source)]


def _with_sold(case: Case, told: dict[str, int]) -> dict[str, int]:
    """What was told, with the sales of the new thing and of the firm where only the words around the amounts tell them apart."""
    sold = None if "new_sales" in told else _sold(case)
    if sold is None:
        return told
    whole = {int(n.value) for n in case.told.all("total_sales")} - {sold}
    return {**told, "new_sales": sold, **({"total_sales": whole.pop()} if len(whole) == 1 else {})}


def _sold(case: Case) -> int | None:
    """What the new thing is expected to sell, in words around the amount (新商品で3,000万円売る)."""
    money = [(q, y) for q in case.quantities if (y := q.whole("yen")) is not None]
    found = [y for q, y in money if _SALES_AFTER.match(case.text, q.end) and _NEW_BEFORE.search(case.text[: q.start])]
    return found[0] if len(found) == 1 else None


def _step(part: int, whole: int) -> str:
    return f"{format_yen(part)} ÷ {format_yen(whole)} ＝ {decimal(Fraction(part, whole) * 100)}%"


def _share(value: Value) -> str:
    return str(Fraction(str(value.percent)) / 100)


def below_the_rest(case: Case) -> list[ComputedFinding]:
    """Whether costs that must stay below the other ones do, where the costs are told by category."""
    for place in case.route.places:
        for frame in place.frames:
            limit = next((x for x in frame.limits if x.kind == "less_than_rest"), None)
            if limit is not None and (case.checks or _PROBLEM.search(case.text)):
                return _below(case, place, frame, limit)
    return []


def _below(case: Case, place: Place, frame: Frame, limit: Limit) -> list[ComputedFinding]:
    names = {c.id: {"unit": "yen", "names": [n for n in (c.label, *c.also) if len(n) > 1]} for c in place.edition.categories}
    told = read_told(case.query, names)
    costs = {c: int(sum((n.value for n in told.all(c)), Fraction(0))) for c in names if told.all(c)}
    side = {c: y for c, y in costs.items() if c in limit.categories}
    if not side:
        return []
    main = cost_without(costs, limit.categories)
    if not main:
        labels = "・".join(c.label for c in place.edition.categories if c.id not in limit.categories)
        return [asked_back("below_open", (labels,), {"side": yen(sum(side.values())), "text": limit}, limit.source)]
    met = stays_below(costs, limit.categories, [c for c in costs if c not in limit.categories])
    need = next((r for r in frame.requirements if r.kind == "investment" and r.test is not None), None) if met else None
    if need is not None and need.test is not None and need.test.check(case.inputs.with_(investment_yen=main)) is Verdict.NOT_MET:
        named: tuple[Line, ...] = (("not_met", {"name": case.heading(place.edition, need.label)}), ("rule", {"text": need}))
        return [result(*named, steps=(f"投資額：{format_yen(main)}",), source=need.source, verdict=False, place=place)]
    steps = [sum_step(side.values())] if len(side) > 1 else []
    rest = [y for c, y in costs.items() if c not in side]
    steps += [sum_step(rest)] if len(rest) > 1 else []
    steps.append(f"{format_yen(sum(side.values()))} と {format_yen(main)} を比べる")
    labels = "と".join(c.label for c in place.edition.categories if c.id in side)
    shown: dict[str, Part] = {"names": labels, "side": yen(sum(side.values())), "main": yen(main)}
    lines: tuple[Line, ...] = (("below_met" if met else "below_not_met", shown), ("rule", {"text": limit}))
    held = result(*lines, steps=tuple(steps), source=limit.source, verdict=met, place=place)
    return [replace(held, values={**held.values, "of_costs": True})]


def floor_missed(case: Case) -> list[ComputedFinding]:
    """That a subsidy which is told lies below the floor, where the text asks if one may apply for it."""
    subsidies = case.query.slots.money.get("subsidy_yen", ())
    if len(subsidies) != 1 or not (case.query.has("eligibility", "floor") or asks_leave(case.query)):
        return []
    frames = [(p, f) for p in case.route.places for f in p.frames]
    if len(frames) != 1:
        return []
    place, frame = frames[0]
    floor = decided(frame.floor, case.inputs, frame)
    if frame.floor is None or not isinstance(floor, YenCase) or subsidies[0] >= floor.yen:
        return []
    shown: dict[str, Part] = {"name": frame.label, "value": yen(subsidies[0], True), "least": Value(yen=floor.yen)}
    return [result(("floor_missed", shown), source=frame.floor.source, verdict=False, place=place)]


def by_day(case: Case) -> list[ComputedFinding]:
    """A fixed amount for each day up to a cap: of a programme, or all told by the user."""
    if not case.asks("by_day") or not (case.wants_number or case.query.confirm or _SUM.search(case.query.text)):
        return []
    days = _days(case)
    for edition, fact in case.facts_with("a-day", "most"):
        if not any(w in case.text for w in (fact.topic, *fact.also)):
            continue
        a_day, most = fact.figures["a-day"].yen or 0, fact.figures["most"].yen or 0
        if days is None:
            return [asked_back("by_day_open", (case.label("days"),), {"text": fact}, fact.source)]
        if days <= 0:
            return [unusable(case, "days", f"{days}日")]
        heads = int(case.told.get("trainees") or 1)
        return [_by_day(days, a_day, most, max(1, heads), fact, edition, case)]
    return _own_days(case, days)


def _by_day(days: int, a_day: int, most: int, heads: int, fact: Fact | None, edition: Edition | None, case: Case) -> ComputedFinding:
    each = daily_amount(days, a_day, most)
    steps = [f"{format_yen(a_day)} × {days}日 ＝ {format_yen(days * a_day)}"]
    steps += [cap_step(most)] if each < days * a_day else []
    steps += [f"{format_yen(each)} × {heads}人 ＝ {format_yen(each * heads)}"] if heads > 1 else []
    shown: dict[str, Part] = {
        "name": fact.topic if fact else "補助額",
        "total": yen(each * heads),
        "days": Shown(f"{days}日", days, "days", True),
        "heads": people(heads, heads > 1),
    }
    claims = {y for q in case.quantities if (y := q.whole("yen")) is not None and y > a_day and q.bound is None and y != most}
    right = each * heads in claims if len(claims) == 1 and fact is not None else None
    shown["lead"] = LEADS[right]
    shown["why"] = f"1人{format_yen(most)}が上限です。" if each < days * a_day and heads > 1 else ""
    lines: list[Line] = [("by_day" if heads == 1 else "by_day_heads", shown)]
    if fact is not None:
        lines += [*(case.dated(edition) if edition else ()), ("rule", {"text": fact})]
    place = case.place_of(edition) if edition else None
    return result(*lines, steps=tuple(steps), source=fact.source if fact else None, verdict=right, place=place)


def _own_days(case: Case, days: int | None) -> list[ComputedFinding]:
    """The user's own amount a day: up to the cap that he tells, else only what it costs."""
    caps = case.query.slots.money.get("cap_yen", ())
    money = [y for q in case.quantities if (y := q.whole("yen")) is not None and _A_DAY.search(case.text[: q.start])]
    if case.route.places or len(money) != 1 or len(caps) > 1 or not days or days <= 0:
        return []
    a_day = money[0]
    if caps:
        return [_by_day(days, a_day, caps[0], 1, None, None, case)]
    heads = next((n for q in case.quantities if (n := q.whole("people") or 0) > 0), 1)
    cost = f"{format_yen(a_day)} × {days}日" + (f" × {heads}人" if heads > 1 else "") + f" ＝ {format_yen(a_day * days * heads)}"
    return [asked_back("own_days_open", ("使う補助金の名前",), {"cost": yen(a_day * days * heads)}, steps=(cost,))]


def _days(case: Case) -> int | None:
    """A number of days; `10日` without a month is one too where a day's amount is asked for."""
    for q in case.quantities:
        days = q.whole("days")
        if days is not None:
            return days
        if isinstance(q.value, PartialDate) and q.value.day and not q.value.month:
            return q.value.day
    return None


def twice(case: Case) -> list[ComputedFinding]:
    """The most that a frame pays where its cap is a multiple of what others invest."""
    for edition, fact in case.facts_with("times") if case.asks("fund") else ():
        times = fact.figures["times"].count
        text = case.text
        for name in (n for f in edition.frames if f.id in fact.frames for n in (f.label, *f.also)):
            text = text.replace(name, "")  # the frame's own name tells nothing of an investor
        if times is None or not any(w in text for w in fact.also):
            continue
        frame = next((f for f in edition.frames if f.id in fact.frames), None)
        base = [y for q in case.quantities if (y := q.whole("yen")) is not None and q.bound is None]
        if frame is None or frame.cap is None or not (base or case.wants_number):
            return []
        if not base:
            return [asked_back("twice_open", (case.label("fund"),), {"text": fact}, fact.source)]
        if base[0] <= 0:
            return [unusable(case, "fund", format_yen(base[0]))]
        caps = {c.label or frame.label: c.yen for c in frame.cap.cases}
        shares = [(label, cap, capped_by_multiple(cap, base[0], times)) for label, cap in caps.items()]
        steps = [f"{format_yen(base[0])} × {times} ＝ {format_yen(base[0] * times)}"]
        steps += [f"{label}：{format_yen(cap)} と {format_yen(base[0] * times)} の小さいほう → {format_yen(y)}" for label, cap, y in shares]
        lines: list[Line] = [("twice", {"name": case.heading(edition, frame.label), "total": yen(shares[-1][2])})]
        if shares[0][2] < shares[-1][2]:
            lines.append(("twice_part", {"label": shares[0][0], "part": yen(shares[0][2])}))
        lines += [*case.dated(edition), ("rule", {"text": fact})]
        return [result(*lines, steps=tuple(steps), source=fact.source, place=case.place_of(edition))]
    return []
