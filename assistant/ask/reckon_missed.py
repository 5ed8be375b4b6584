"""A special measure that a told plan does not earn: why, and the cap that holds without it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.ask.evidence import ComputedFinding
from assistant.ask.reckon import LEADS, Case, Line, Part, Shown, result, yen
from assistant.ask.route import Place
from assistant.ask.verdicts import asks_leave
from assistant.rules.amounts import cap_of
from assistant.rules.conditions import InputName, Verdict
from assistant.rules.schema import Frame, Special
from assistant.rules.values import Value

_PAY = re.compile(r"(?<!最低)(給与|給料|賃金|賃上げ|年収|総額)[^。0-9０-９]{0,14}$")
_LOWEST = re.compile(r"(最低賃金|最賃|時給)[^。0-9０-９]{0,16}$")
_ABOVE = re.compile(r"([+＋]|プラス|地域|県|都|府|より)[^。0-9０-９]{0,6}$")
_HIGHER = re.compile(r"(以上)?(高|上回|上の|上に)")
_PAID_BACK = re.compile(r"返[すさ還金納]")
_AWARDED = re.compile(
    r"(採択|交付決定)(済|後|は|が|を受け|され(?!たら|れば|る)|も)|着地|(伸び|上が|増え|上げられ|届か|満たせ|達成でき)(ませんでした|なかった)|未達"
)
"""What tells of an award that is made, or of a plan that has run its time."""
_HIGHEST_RAISE_YEN = 500
"""An amount of this or more beside a minimum wage is a wage, and no raise of it."""
_NAMES: dict[InputName, str] = {
    "per_capita_growth_pct": "1人あたり給与の伸び",
    "payroll_growth_pct": "給与の伸び",
    "min_wage_raise_yen": "最低賃金の引上げ額",
    "min_wage_margin_yen": "地域の最低賃金に上乗せする額",
}


@dataclass(frozen=True, slots=True)
class _Missed:
    """A condition of a special measure that the plan misses: what it is of, what is told, what is demanded."""

    special: Special
    name: str
    told: Shown
    least: Value


def special_missed(case: Case) -> list[ComputedFinding]:
    """That the plan as it is told does not earn the special measure which is named, or which an amount taken for granted needs."""
    plan = {} if _PAID_BACK.search(case.text) else _plan(case)
    for place in case.route.places if plan else ():
        for frame in place.frames:
            earned = next((s for s in frame.specials if _earned(s, plan) and _is_meant(case, s, plan, _usual(case, frame))), None)
            if earned is not None:
                return [_with_special(case, place, frame, earned, plan)]
            missed = next((m for s in frame.specials if (m := _missed(s, plan)) is not None), None)
            cap = cap_of(frame, case.inputs.with_(specials=()))
            if missed is None or not _is_meant(case, missed.special, plan, cap[0] if cap else None):
                continue
            shown: dict[str, Part] = {"name": missed.special.label, "what": missed.name, "told": missed.told, "least": missed.least}
            if missed.special.forfeits and _AWARDED.search(case.text):
                gone: tuple[Line, ...] = (("special_forfeited", shown), ("rule", {"text": missed.special}))
                return [result(*gone, source=missed.special.source, verdict=False, place=place)]
            lines: list[Line] = [("special_missed", shown)]
            lines += [("special_missed_cap", {"cap": yen(cap[0])})] if cap else []
            lines.append(("rule", {"text": missed.special}))
            found = result(*lines, steps=cap[2] if cap else (), source=missed.special.source, verdict=False, place=place)
            return [replace(found, values={**found.values, "amount_beside": True, "learned": {"specials": ()}})]
    return []


def _earned(special: Special, plan: dict[InputName, str | int]) -> bool:
    """Whether the plan tells every condition of a special measure of wages, and meets them."""
    tests = special.requires.tests
    met = (plan.get(n) is not None and t.check(plan[n]) is Verdict.MET for n, t in tests.items())
    return bool(tests) and not special.requires.any and all(met)


def _with_special(case: Case, place: Place, frame: Frame, special: Special, plan: dict[InputName, str | int]) -> ComputedFinding:
    cap = cap_of(frame, case.inputs.with_(specials=(special.id,)))
    right = cap is not None and cap[0] in case.query.slots.money.get("cap_yen", ())
    line: Line = ("special_earned", {"name": special.label, "lead": LEADS[True] if right or asks_leave(case.query) else ""})
    lines: list[Line] = [line, *([("special_earned_cap", {"cap": yen(cap[0])})] if cap else [])]
    found = result(*lines, steps=cap[2] if cap else (), source=special.source, verdict=True, place=place)
    told = {n: v for n, v in plan.items() if n in special.requires.tests}
    return replace(found, values={**found.values, "amount_beside": True, "learned": {**told, "specials": (special.id,)}})


def _usual(case: Case, frame: Frame) -> int | None:
    """The cap without special measures."""
    cap = cap_of(frame, case.inputs.with_(specials=()))
    return cap[0] if cap else None


def _plan(case: Case) -> dict[InputName, str | int]:
    """What the text plans for wages, under the inputs of rules."""
    out: dict[InputName, str | int] = {}
    for q in case.quantities:
        lead, amount = case.text[: q.start], q.whole("yen")
        if q.unit == "percent" and q.exact is not None and _PAY.search(lead):
            percent = str(float(q.exact))
            out |= {"per_capita_growth_pct": percent, "payroll_growth_pct": percent}
        elif amount is not None and amount < _HIGHEST_RAISE_YEN and (m := _LOWEST.search(lead)):
            above = _ABOVE.search(lead[m.start() :]) or _HIGHER.match(case.text, q.end)
            out["min_wage_margin_yen" if above else "min_wage_raise_yen"] = amount
    return out


def _missed(special: Special, plan: dict[InputName, str | int]) -> _Missed | None:
    """The first condition of wages that the plan misses by what it tells."""
    for name, test in special.requires.tests.items():
        told = plan.get(name)
        if name not in _NAMES or told is None or test.min is None or test.check(told) is not Verdict.NOT_MET:
            continue
        if isinstance(told, int):
            return _Missed(special, _NAMES[name], yen(told, True), Value(yen=int(test.min), bound="min"))
        text = f"{Fraction(told).numerator if Fraction(told).denominator == 1 else told}"
        return _Missed(special, _NAMES[name], Shown(f"{text}%", text, "percent", True), Value(percent=str(test.min), bound="min"))
    return None


def _is_meant(case: Case, special: Special, plan: dict[InputName, str | int], usual_cap: int | None) -> bool:
    """Whether the text means the special measure: by its name, by a plan for all it looks at, or by an amount that only it allows."""
    slots = case.query.slots
    if special.id in case.query.specials_denied or case.query.specials_off:
        return False
    if special.id in (slots.inputs.get("specials") or ()) or any(t.special == special.id for t in case.query.named("special")):
        return bool(slots.items or case.checks or case.query.confirm or case.query.has("cap", "amount", "own_funds"))
    tests = special.requires.tests
    if len(tests) > 1 and tests.keys() <= plan.keys() and slots.items:
        return True
    claims = (*slots.money.get("cap_yen", ()), *slots.money.get("subsidy_yen", ()), *slots.money.get("claimed_yen", ()))
    return usual_cap is not None and any(y > usual_cap for y in claims)

