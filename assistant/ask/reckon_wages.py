"""Sums of wages: who counts as raised, a profit rate that fell, months near the minimum wage, pay goals met or missed."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from assistant.ask.evidence import ComputedFinding
from assistant.ask.reckon import LEADS, Case, Line, Part, Shown, asked_back, decimal, measured, people, result, unusable, yen
from assistant.ask.wage_caps import cap_for, course_frame, courses_of, held_cap
from assistant.ask.wage_groups import RAISED, Group, all_raised, groups_told
from assistant.rules.amounts import cap_of
from assistant.rules.raises import Worker, base_year_holds, fell_by_points, pay_goal_met, raised_workers, shortfall_share
from assistant.rules.schema import Edition, Frame, Special
from assistant.rules.values import format_yen
from assistant.text.numbers import Quantity

_RAISE_OR_COURSE = re.compile(rf"{RAISED.pattern}|の?コース")
_COURSE = re.compile(r"の?(賃上げ)?コース")
_BEFORE, _NOW = re.compile(r"(前年|昨年|前期|前の年|去年)[^、。]*$"), re.compile(r"(直近|最近|今期|申請前|か月|いま|今)[^、。]*$")


def raised(case: Case) -> list[ComputedFinding]:
    """How many of the staff count as raised under a wage course."""
    found = course_frame(case)
    groups = all_raised(case, groups_told(case))
    if not case.asks("raised") and not (found and _listed(case, found[0], groups)):
        return []
    if found is None or not (groups or case.quantities):
        return []
    edition, frame = found
    rule = next((f for f in edition.facts if "数え方" in f.topic and f.kind == "requirement"), None)
    source = rule.source if rule else None
    if not groups or any(g.after is None for g in groups):
        if case.query.slots.inputs.get("workers") is not None and case.query.has("amount", "own_funds"):
            return []  # the number that counts is told (引き上げる人数は5人), the amount is asked for
        lacking = [case.label("wages_before")] if not groups else []
        return [asked_back("raised_open", (*lacking, case.label("wages_after")), {"text": rule or ""}, source)]
    least_hours = next((v.hours for _, _, n in case.needs() for v in n.figures.values() if v.hours), 0) or 0
    staff = [Worker(g.before, g.after or 0, g.hours, g.insured) for g in groups for _ in range(g.heads)]
    old, new = min(w.before_yen for w in staff), min(w.after_yen for w in staff)
    course = _course(case, frame, new - old)
    if course is None:
        least = min(courses_of(frame))
        return [result(("raised_too_little", {"rise": yen(new - old), "least": yen(least)}), source=source, verdict=False)]
    counted = raised_workers(staff, course, least_hours)
    steps = [f"事業場内最低賃金：{format_yen(old)} → {format_yen(new)}（{format_yen(new - old)}の引上げ、{format_yen(course)}コース）"]
    steps += [f"{format_yen(g.before)} → {format_yen(g.after or 0)}、{g.heads}人：{_why(g, course, old, new, least_hours)}" for g in groups]
    known = case.inputs.with_(workers=counted, course_yen=course, workplace_wage_yen=old)
    cap_steps, cap, cap_lines = cap_for(case, frame, known) if counted and not case.query.slots.items else ((), None, [])
    held = held_cap(case, cap)
    shown: dict[str, Part] = {"lead": LEADS[held], "counted": people(counted), "staff": people(len(staff)), "course": yen(course, True)}
    lines: list[Line] = [("raised", shown), *cap_lines]
    if rule is not None:
        lines.append(("rule", {"text": rule}))
    found_ = result(*lines, steps=(*steps, *cap_steps), source=source, verdict=held, place=case.place_of(edition))
    learned = {"workers": counted, "course_yen": course, "workplace_wage_yen": old}
    return [replace(found_, values={**found_.values, "learned": learned})]


def _listed(case: Case, edition: Edition, groups: list[Group]) -> bool:
    """Whether the question is for an amount of this edition and lists those whose pay rises, with their new wages."""
    told = case.query.slots.inputs.get("workers")
    of_group = told is None or (len(groups) > 1 and told in [g.heads for g in groups])
    listed = bool(groups) and of_group and all(g.after is not None for g in groups)
    return listed and bool(case.query.slots.items) and edition.id in {p.edition.id for p in case.route.places}


def no_course(case: Case) -> list[ComputedFinding]:
    """That a raise which is told reaches no wage course, or that there is no course of the amount named."""
    found, rise = course_frame(case), case.query.slots.inputs.get("course_yen")
    here = {p.edition.id for p in case.route.places}
    said = any(q.value == rise and _RAISE_OR_COURSE.match(case.text[q.end :]) for q in case.quantities)
    if found is None or rise is None or found[0].id not in here:
        return []
    by_course = any(_COURSE.match(case.text, q.end) for q in case.quantities)  # the wages may be those of one worker
    by_wages = not by_course and case.query.slots.inputs.get("workplace_wage_yen") is not None and rise < min(courses_of(found[1]))
    if not (said or by_wages):
        return []
    courses, source = courses_of(found[1]), found[1].cap.source if found[1].cap else None
    named = any(q.value == rise and _COURSE.match(case.text, q.end) for q in case.quantities)
    if named and rise not in courses:
        told: Line = ("no_such_course", {"rise": yen(rise, True), "name": case.heading(found[0], "賃上げコース")})
        return [result(told, *(("course", {"yen": yen(c)}) for c in courses), source=source, verdict=False)]
    if rise >= (least := min(courses)):
        return []
    return [result(("raised_too_little", {"rise": yen(rise, said), "least": yen(least)}), source=source, verdict=False)]


def _why(group: Group, course: int, old: int, new: int, least_hours: int) -> str:
    """Whether a group counts, and why not."""
    rise = (group.after or 0) - group.before
    if new - old < course:
        return "最低賃金の引上げがコースの額に届かないので数えない"
    if group.before >= new:
        return "もともと引上げ後の最低賃金以上なので数えない"
    if rise < course:
        return f"引上げが{format_yen(rise)}でコースの額に届かないので数えない"
    if not group.insured:
        return "雇用保険に入っていないので数えない"
    return "数える" if group.hours >= least_hours else "週の労働時間が足りないので数えない"


def _course(case: Case, frame: Frame, rise: int) -> int | None:
    """The course that is named, else the highest one that the rise of the minimum reaches; None if it reaches none."""
    named = [y for q in case.quantities if (y := q.whole("yen")) is not None and re.match(r"の?(賃上げ)?コース", case.text[q.end :])]
    return named[0] if named else max((c for c in courses_of(frame) if c <= rise), default=None)


def profit_fell(case: Case) -> list[ComputedFinding]:
    """Whether a profit rate fell by the points that a special measure asks for."""
    found = next(((e, f, n) for e, f, n in case.needs() if "drop" in n.figures and isinstance(n, Special)), None)
    if found is None or not case.asks("profit_rate"):
        return []
    special = found[2]
    used, costs = special.id in case.inputs.specials, bool(case.query.slots.items)
    wage, line = case.inputs.get("workplace_wage_yen"), next((v for v in special.figures.values() if v.yen and v.bound == "under"), None)
    low = wage is not None and line is not None and wage < (line.yen or 0)  # the measure is had without a fall
    if (case.query.has("cost") or costs) and (low or not (case.asks("of_special") or used)):
        return []
    return _fall(case)


def profit_special(case: Case) -> list[ComputedFinding]:
    """Whether a fall of the profit rate that is told by two rates makes the special measure hold, for a cost whose subsidy is asked for."""
    rates = [q for q in case.quantities if q.unit == "percent" and q.bound is None]
    if not case.asks("profit_rate") or not case.query.slots.items or _then_and_now(case, rates) is None:
        return []
    special = next((n for _, _, n in case.needs() if "drop" in n.figures and isinstance(n, Special)), None)
    least = next((v.people for v in special.figures.values() if v.people), None) if special else None
    if special is None or int(case.inputs.get("workers") or 0) < (least or 0):
        return []
    learned = {"specials": (special.id,) if (found := _fall(case)) and found[0].verdict else ()}
    return [replace(f, values={**f.values, "amount_beside": True, "learned": learned}) for f in found]


def _fall(case: Case) -> list[ComputedFinding]:
    """The fall of a profit rate against the points that a special measure asks for."""
    found = next(((e, f, n) for e, f, n in case.needs() if "drop" in n.figures and isinstance(n, Special)), None)
    if found is None:
        return []
    special, points = found[2], str(found[2].figures["drop"].percent)
    rates = [q for q in case.quantities if q.unit == "percent" and q.bound is None]
    drops = [q for q in rates if "ポイント" in q.counter]
    told = _then_and_now(case, [q for q in rates if q not in drops and q.counter != "割"])  # tenths tell by what part it fell
    if told is None and not drops:
        then = [q for q in rates if _BEFORE.search(case.text[max(0, q.start - 24) : q.start])]
        missing = (case.label("rate_now" if then else "rate_then"),)
        return [asked_back("profit_open", missing, {"text": special}, special.source)] if len(rates) == 1 else []
    before, after = told or (drops[0].exact or Fraction(0), Fraction(0))
    met = fell_by_points(decimal(before), decimal(after), points)
    fall = before - after
    steps = (f"{decimal(before)}% － {decimal(after)}% ＝ {'－' if fall < 0 else ''}{decimal(abs(fall))}ポイント",) if told else ()
    shown: dict[str, Part] = {
        "fall": Shown(f"{decimal(abs(fall))}ポイント", decimal(abs(fall)), "percent"), "least": f"{points}ポイント", "name": special.label,
    }  # fmt: skip
    key = "profit_met" if met else "profit_not_met" if fall > 0 else "profit_rose"
    found_ = result((key, shown), ("rule", {"text": special}), steps=steps, source=special.source, verdict=met)
    kept = tuple(sorted(case.inputs.specials - (set() if met else {special.id})))
    counts = case.query.slots.items and special.id in case.inputs.specials
    return [replace(found_, values={**found_.values, "learned": {"specials": kept}}) if counts else found_]


def _then_and_now(case: Case, rates: list[Quantity]) -> tuple[Fraction, Fraction] | None:
    """A rate of the year before and one of now: by their words, else in the order of the text."""
    if len(rates) != 2:
        return None
    leads = [case.text[max(at, q.start - 24) : q.start] for q, at in zip(rates, (0, rates[0].end), strict=True)]
    turned = bool(_BEFORE.search(leads[1]) or (_NOW.search(leads[0]) and not _NOW.search(leads[1])))
    values = [q.exact or Fraction(0) for q in rates]
    return (values[1], values[0]) if turned else (values[0], values[1])


def pay_goals(case: Case) -> list[ComputedFinding]:
    """Whether pay a head grew by the least rate and the chosen pay by the declared one, over the years of the requirement."""
    if not case.asks("goal") or not case.checks:
        return []
    goal, head, total = case.told.get("goal_rate"), case.told.pair("head_pay"), case.told.pair("payroll")
    found = next(((e, n) for e, _, n in case.needs() if {"rate", "years"} <= set(n.figures) and getattr(n, "kind", "") == "wage"), None)
    if found is None or goal is None or not (head or total):
        return []
    edition, need = found
    years, least = need.figures["years"].years or 1, str(need.figures["rate"].percent)
    if head is None:
        return [asked_back("pay_goals_open", (case.label("head_pay"),), {"text": need}, need.source)]
    pairs = [("1人あたり", head, Fraction(least))]
    pairs.append(("総額", total, goal) if total else ("1人あたり（目標）", head, goal))
    if any(p[1][0] <= 0 for p in pairs):
        return [unusable(case, "head_pay", format_yen(int(head[0])))]
    chosen = pairs[1][1]
    met = pay_goal_met(head, years, least, (chosen[0], chosen[1], decimal(goal)))
    steps = []
    for label, (start, end), rate in pairs:
        line = -int(-(start * (1 + rate / 100) ** years) // 1)
        grown = f"{format_yen(int(start))} × (1＋{decimal(rate)}%)の{years}乗 ＝ {format_yen(line)}"
        steps.append(f"{label}：{grown} に対し {format_yen(int(end))}")
    name: dict[str, Part] = {"name": case.heading(edition, need.label)}
    lines: tuple[Line, ...] = (("met" if met else "not_met", name), *case.dated(edition), ("rule", {"text": need}))
    return [result(*lines, steps=tuple(steps), source=need.source, verdict=met, place=case.place_of(edition))]


def base_year_pay(case: Case) -> list[ComputedFinding]:
    """Whether the pay of the base year is not below that of the latest year before the application."""
    if not case.asks("base_year") or "給" not in case.text or not (case.checks or case.asks("shortfall")):
        return []
    base, latest = case.told.get("base_pay"), case.told.get("latest_pay")
    if base is None and latest is None:
        return []
    rule = next(((e, f) for e in case.editions() for f in e.facts if f.kind == "repayment" and "基準年度" in f.topic), None)
    if rule is None:
        return []
    edition, fact = rule
    if base is None or latest is None:
        missing = case.label("base_pay" if base is None else "latest_pay")
        return [asked_back("base_pay_open", (missing,), {"text": fact}, fact.source)]
    holds = base_year_holds(base, latest)
    step = f"{format_yen(int(base))} － {format_yen(int(latest))} ＝ {'' if holds else '－'}{format_yen(int(abs(base - latest)))}"
    shown: dict[str, Part] = {"gap": yen(abs(base - latest))}
    lines: tuple[Line, ...] = (("base_pay_holds" if holds else "base_pay_fell", shown), ("rule", {"text": fact}))
    return [result(*lines, steps=(step,), source=fact.source, verdict=holds, place=case.place_of(edition))]


def shortfall(case: Case) -> list[ComputedFinding]:
    """What part of a pay goal was missed, and of a subsidy that is told how much would be paid back."""
    if not case.asks("shortfall"):
        return []
    goal, reached = case.told.get("goal_rate"), case.told.get("actual_rate")
    rule = next(((e, f) for e in case.editions() for f in e.facts if f.kind == "repayment" and "未達成率" in f.text), None)
    if rule is None or (goal is None and reached is None):
        return []
    edition, fact = rule
    if goal is None or reached is None:
        missing = case.label("goal_rate" if goal is None else "actual_rate")
        return [asked_back("shortfall_open", (missing,), {"text": fact}, fact.source)]
    if goal <= 0:
        return [unusable(case, "goal_rate", f"{decimal(goal)}%")]
    share = shortfall_share(goal, reached)
    money = case.query.slots.money
    subsidy = next(iter((*money.get("subsidy_yen", ()), *money.get("received_yen", ()))), None)
    steps = [f"({decimal(goal)}% － {decimal(reached)}%) ÷ {decimal(goal)}% ＝ {decimal(share * 100)}%"] if 0 < share < 1 else []
    lines: list[Line] = [("shortfall" if share else "shortfall_none", {"share": measured(share * 100, "percent", "%")})]
    if subsidy and share:
        back = int(subsidy * share)
        rate = decimal(share * 100) if (share * 10_000).denominator == 1 else f"{share.numerator}/{share.denominator}"
        steps.append(f"{format_yen(subsidy)} × {rate}{'%' if '/' not in rate else ''} ＝ {format_yen(back)}")
        lines = [("shortfall_yen", {"share": measured(share * 100, "percent", "%"), "back": yen(back)})]
    lines.append(("rule", {"text": fact}))
    return [result(*lines, steps=tuple(steps), source=fact.source, verdict=not share, place=case.place_of(edition))]


def difference_back(case: Case) -> list[ComputedFinding]:
    """What a raised cap costs once its conditions are missed: the difference to the usual cap, where the rule says so."""
    if not case.asks("shortfall"):
        return []
    for place in case.route.places:
        rule = next((f for f in place.edition.facts if f.kind == "repayment" and "差額" in f.text), None)
        for frame in place.frames if rule else ():
            raising = tuple(s.id for s in frame.specials if s.id in case.inputs.specials)
            raised_cap, usual = cap_of(frame, case.inputs), cap_of(frame, case.inputs.with_(specials=()))
            if rule is None or not raising or raised_cap is None or usual is None or raised_cap[0] <= usual[0]:
                continue
            money = case.query.slots.money
            told = next(iter((*money.get("received_yen", ()), *money.get("subsidy_yen", ()))), None)
            paid = min(told or raised_cap[0], raised_cap[0])
            back = max(0, paid - usual[0])
            step = f"{format_yen(paid)} － 通常の上限 {format_yen(usual[0])} ＝ {format_yen(back)}"
            shown: dict[str, Part] = {"back": yen(back), "usual": yen(usual[0]), "paid": yen(paid, told is not None)}
            line = "difference_back" if back else "difference_none"
            return [result((line, shown), ("rule", {"text": rule}), steps=(step,) if back else (), source=rule.source, place=place)]
    return []
