"""The user's own numbers held against requirements: growth of pay, the wage line of a prefecture, what is left of a ceiling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assistant.ask.evidence import ComputedFinding
from assistant.ask.inquiry import Inquiry
from assistant.ask.names import regions_in
from assistant.ask.own_line import asks_line
from assistant.ask.query import Query
from assistant.ask.route import Place, Route
from assistant.ask.steps import less_step, sum_step
from assistant.ask.verdicts import asks_leave
from assistant.rules.amounts import cap_of
from assistant.rules.conditions import Inputs, Verdict
from assistant.rules.costs import category_of
from assistant.rules.growth import cagr_percent, meets_growth
from assistant.rules.load import Catalogue
from assistant.rules.raises import above_line, wage_line
from assistant.rules.schema import Fact, Frame, Requirement, SourceRef
from assistant.rules.shares import cost_without
from assistant.rules.values import Value, format_yen

_INVESTS = re.compile(r"投資(?:額|総額)?(?:は|が|って|、|[0-9０-９])|投資[^。、？?]{0,8}(?:いくら|何億|何円|何千|なんぼ)")
"""Tells a cost that is all that is invested."""
_CHECKS = re.compile(r"満た|みた|クリア|足り|届|達し|条件|要件|基準|対象に|OK|大丈夫|いける|通る")
_HOW_FAR = re.compile(r"あと(何|いくら)|何円(上げ|足り|必要)|いくら(上げ|足り)|ライン")
HIGHEST_MARGIN_YEN = 500
"""An amount of this or more beside an hourly wage is no margin over the regional minimum wage."""
_LEFT = re.compile(r"次[はにも]|今度|あと|残り|残って|別枠|追加|これから|新しく|新たに|合わせて|合計")
_REST = re.compile(r"[2２二]回目も|残り|残って|残額|(あと|次は?|今度は?|新たに|新しく)、?(いくら|どれ|何円|なんぼ)")
_OVER = re.compile(r"最低賃金[^。、]{0,6}([+＋]|プラス)")
_OF_LOWEST = re.compile(r"最低賃金|最賃|最低の?時給|時給|(一番|いちばん|最も)(低|安)")
_HEAD = re.compile(r"(1|１|一)人(あたり|当たり|当り)")
_YEARS = re.compile(r"(\d+)(事業)?(か|ヵ|カ|ヶ|箇)?年(度)?(後|間|目|で)")


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """An input worked out from what the user told, and how."""

    name: str
    value: str | int
    steps: tuple[str, ...]
    shown: str


@dataclass(frozen=True, slots=True)
class Margin:
    """What a requirement adds to the regional minimum wage."""

    value: Value
    source: SourceRef


def checks(asked: Inquiry) -> list[ComputedFinding]:
    """What the user's own numbers decide: one finding, or one for each line that is asked about."""
    query, route, inputs = asked.query, asked.route, asked.inputs
    lines = _wage_line(query, route, asked.catalogue)
    if lines:
        return lines
    told = _pay_growth(query)
    if told is not None and _CHECKS.search(query.text):
        found = _against(told, route, inputs)
        if found is not None:
            return [found]
    spent = _investment(query, route, inputs) if _CHECKS.search(query.text) or asks_line(query.text) or asks_leave(query) else None
    if spent is not None:
        return [spent]
    shares = _shares(query, route)
    if shares:
        return shares
    left = _what_is_left(query, route, inputs)
    return [left] if left is not None else []


def _yen(query: Query) -> list[int]:
    return [y for q in query.slots.quantities if (y := q.whole("yen")) is not None]


def _pay_growth(query: Query) -> WorkedOut | None:
    """Growth of pay a year from two amounts and a span of years."""
    money = _yen(query)
    span = _YEARS.search(query.text)
    about = f"{query.leans_on} {query.text}" if _HEAD.search(query.text) else query.text
    if len(money) != 2 or span is None or not re.search(r"給与|給料|賃金|年収|賃上げ", about):
        return None
    start, end, years = money[0], money[1], int(span.group(1))
    if start <= 0 or start == end or not 1 <= years <= 20:
        return None  # the same amount told twice is one base, no growth
    percent = cagr_percent(start, end, years)
    step = f"({format_yen(end)} ÷ {format_yen(start)}) の{years}乗根 － 1 ＝ {percent}%（複利の年平均）"
    name = "per_capita_growth_pct" if _HEAD.search(query.text) else "payroll_growth_pct"
    reached = percent if meets_growth(start, end, years, str(percent)) else percent - Decimal("0.01")  # a line is not met by rounding up
    return WorkedOut(name, str(reached), (step,), f"{percent}%")


def _against(told: WorkedOut, route: Route, inputs: Inputs) -> ComputedFinding | None:
    """The first requirement of the places that the worked-out input decides."""
    for place in route.places:
        for frame in place.frames:
            for need in frame.requirements:
                if need.test is None or told.name not in need.test.names:
                    continue
                verdict = need.test.check(inputs.with_(**{told.name: told.value}))
                if verdict is not Verdict.UNKNOWN:
                    return _checked(told, need, place, verdict is Verdict.MET)
    return None


def _checked(told: WorkedOut, need: Requirement, place: Place, met: bool) -> ComputedFinding:
    values = {"shown": told.shown, "value": told.value, "label": need.label, "text": need.text, "figures": need.figures}
    return ComputedFinding("requirement", values, told.steps, need.source, met, place)


def _investment(query: Query, route: Route, inputs: Inputs) -> ComputedFinding | None:
    """The costs told item by item, without those that do not count, against a requirement of investment."""
    whole = len(query.slots.items) == 1 and _INVESTS.search(query.text)
    for place in route.places if whole or len(query.slots.items) > 1 else ():
        frames = _own_frames(place, inputs)
        for frame in frames:
            need = next((r for r in frame.requirements if r.kind == "investment" and r.except_categories and r.test), None)
            if need is None or need.test is None:
                continue
            kinds = [(i, category_of(i.label, place.edition)) for i in query.slots.items]
            if not whole and any(c is None for _, c in kinds):
                return None  # an amount that is no cost of a known kind (a total, a line to reach) would be counted too
            by_category: dict[str, int] = {}
            for item, category in kinds:
                by_category[str(category)] = by_category.get(str(category), 0) + item.yen
            counted = [i for i, c in kinds if c not in need.except_categories]
            if not counted:
                return None  # what was taken for a total may be the only cost that counts
            total = cost_without(by_category, need.except_categories)
            steps = [sum_step(i.yen for i in counted)] if len(counted) > 1 else []
            left_out = [format_yen(i.yen) for i, c in kinds if c in need.except_categories]
            steps += [f"数えない経費：{'、'.join(left_out)}"] if left_out else []
            verdict = need.test.check(inputs.with_(investment_yen=total))
            if verdict is Verdict.UNKNOWN:
                return None
            lines = [r.test for f in frames for r in f.requirements if r.kind == "investment" and r.test]
            if len({t.check(inputs.with_(investment_yen=total)) for t in lines}) > 1:
                return None  # which line holds hangs on something that is not told
            told = WorkedOut("investment_yen", total, tuple(steps), format_yen(total))
            return _checked(told, need, place, verdict is Verdict.MET)
    return None


def _own_frames(place: Place, inputs: Inputs) -> list[Frame]:
    """The frames of a place that what was told of the firm speaks for (a declaration made), or all against which nothing speaks."""
    tests = {f.id: [r.test.check(inputs) for r in f.requirements if r.test and r.kind != "investment"] for f in place.frames}
    open_ = [f for f in place.frames if Verdict.NOT_MET not in tests[f.id]]
    most = max((tests[f.id].count(Verdict.MET) for f in open_), default=0)
    return [f for f in open_ if tests[f.id].count(Verdict.MET) == most]


def _shares(query: Query, route: Route) -> list[ComputedFinding]:
    """The most that categories with a share of their own may have, where the question tells what the share is of."""
    out = []
    asked = query.has("cap", "amount") or query.has_word("money_words")
    of_sales = False  # such a share is told by itself where no amount is computed
    for place in route.places:
        labels = {c.id: (c.label, *c.also) for c in place.edition.categories}
        for frame in place.frames:
            for limit in frame.limits:
                names = [n for c in limit.categories for n in labels.get(c, ()) if len(n) >= 2 and n in query.text]
                base = _base_of(query, limit.kind)
                if names and base and limit.ratio:
                    room = int(base * Fraction(limit.ratio))
                    step = f"{format_yen(base)} × {limit.ratio} ＝ {format_yen(room)}"
                    values = {
                        "room": room, "label": names[0], "base": base, "text": limit.text, "figures": limit.figures,
                    }  # fmt: skip
                    out.append(ComputedFinding("share_of_base", values, (step,), limit.source, None, place))
                    of_sales = of_sales or limit.kind == "share_of_sales"
    kinds = {f.values["base"] for f in out}
    return out if len(kinds) > 1 or (of_sales and asked and not query.slots.items) else []


def _base_of(query: Query, kind: str) -> int | None:
    """What a share is of: the subsidy planned, or the sales that a plan expects."""
    if kind == "share_of_sales":
        planned = query.slots.inputs.get("planned_sales_yen")
        return int(planned) if planned is not None else None
    found = query.slots.money.get("subsidy_yen", ()) if kind == "share_of_subsidy" else ()
    return found[0] if found else None


def _wage_line(query: Query, route: Route, catalogue: Catalogue) -> list[ComputedFinding]:
    """The lowest wage of a workplace against the prefecture's minimum plus each margin that is told, else the programme's own."""
    wage = query.slots.inputs.get("workplace_wage_yen")
    if wage is None or not (_CHECKS.search(query.text) or _HOW_FAR.search(query.text)):
        return []
    told = dict.fromkeys(y for y in _yen(query) if y < HIGHEST_MARGIN_YEN)
    of = None if told else _margin(query, route)
    margins = [*told] or [of.value.yen or 0 for of in (of,) if of]
    if not margins and _at_regional(query, route):
        fact = _prefecture_wage(query, catalogue)
        return [_wage_held(int(wage), fact, 0, True, None)] if fact is not None else []
    if margins and not regions_in(query.text, catalogue):
        if len(margins) > 1 or query.slots.items or (of is None and not _OVER.search(query.text)):
            return []  # a raise, not what is added to the regional minimum
        return [ComputedFinding("wage_open", {"mine": wage, "margin": margins[0], "margin_of": of}, (), ask_for=("都道府県",))]
    fact = _prefecture_wage(query, catalogue)
    judged = len(margins) == 1 and not _HOW_FAR.search(query.text)
    return [_wage_held(int(wage), fact, margin, judged, of) for margin in margins] if fact is not None else []


def _wage_held(wage: int, fact: Fact, margin: int, judged: bool, of: Margin | None) -> ComputedFinding:
    regional = fact.figures["wage"].yen or 0
    goal, gap = wage_line(regional, margin), wage - wage_line(regional, margin)
    added = (sum_step((regional, margin)),) if margin else ()
    steps = (*added, less_step(max(wage, goal), min(wage, goal)))
    values = {
        "goal": goal, "wage": regional, "margin": margin, "mine": wage, "gap": abs(gap), "area": fact.topic, "judged": judged,
        "margin_of": of,
    }  # fmt: skip
    return ComputedFinding("wage_held", values, steps, fact.source, above_line(wage, regional, margin))


def _at_regional(query: Query, route: Route) -> bool:
    """Whether a special measure that is named asks for the regional minimum wage and nothing over it."""
    named = query.slots.inputs.get("specials") or ()
    rules = [r for p in route.places for f in p.frames if named for r in f.requirements if r.kind == "min_wage" and r.test is not None]
    tests = [t for r in rules if r.test is not None and r.applies_when.names for n, t in r.test.tests.items() if n == "min_wage_margin_yen"]
    return bool(_OF_LOWEST.search(query.text)) and any(t.min is not None and int(t.min) == 0 for t in tests)


def _margin(query: Query, route: Route) -> Margin | None:
    """The margin over the regional minimum wage that a named special measure demands, else the programmes in question."""
    if not _OF_LOWEST.search(query.text):
        return None
    frames, named = [f for p in route.places for f in p.frames], query.slots.inputs.get("specials") or ()
    rules = [(s.figures, s.source, s.requires) for f in frames for s in f.specials if s.id in named]
    rules += [(r.figures, r.source, r.test) for f in frames for r in f.requirements if r.test is not None]
    for figures, source, test in rules:
        value = next((v for v in figures.values() if v.yen), None)
        if value is not None and "min_wage_margin_yen" in test.names:
            return Margin(value, source)
    return None


def _prefecture_wage(query: Query, catalogue: Catalogue) -> Fact | None:
    named = regions_in(query.text, catalogue)
    for fact in catalogue.general.facts:
        if fact.kind == "wage" and any(r in fact.topic for r in named) and "wage" in fact.figures:
            return fact
    return None


def _what_is_left(query: Query, route: Route, inputs: Inputs) -> ComputedFinding | None:
    """What is left of a ceiling that all one has had of a scheme counts against (a guarantee, repeated applications)."""
    if not (query.has("remaining") or _LEFT.search(query.text)):
        return None
    asks_rest = bool(_REST.search(query.text))
    for place in route.places:
        for frame in place.frames:
            cap = cap_of(frame, inputs)
            subsidy = frame.rate is not None
            if cap is None or not frame.cap_shared or frame.cap is None or (subsidy and (query.slots.items or not asks_rest)):
                continue
            have = _had(query, frame, cap[0])
            if not have:
                if not query.has("remaining"):
                    return None
                of = _of_ceiling(frame)
                return ComputedFinding("left_open", {"cap": cap[0], "of": of}, (), frame.cap.source, None, place, (of,))
            left = max(0, cap[0] - have[0])
            step = f"{format_yen(cap[0])} － {format_yen(have[0])} ＝ {format_yen(left)}"
            values = {"left": left, "cap": cap[0], "mine": have[0], "claimed": have[1:]}
            return ComputedFinding("left", values, (step,), frame.cap.source, False if query.confirm and have[1:] else None, place)
    return None


def _had(query: Query, frame: Frame, cap_yen: int) -> list[int]:
    """What one had before, then other amounts of the question; of a subsidy only what was received."""
    if frame.rate is None:
        return [y for y in _yen(query) if y != cap_yen]
    received = sum(query.slots.money.get("received_yen", ()))
    return [received] if received else []


def _of_ceiling(frame: Frame) -> str:
    """What counts against a shared ceiling: the balance of guaranteed loans, or subsidies received before."""
    return "すでにある保証付融資の残高" if frame.rate is None else "これまでに受け取った補助金の額"
