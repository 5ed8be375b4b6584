"""The cost that brings a wanted subsidy: the computation turned round, tier by tier, part by part."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from assistant.ask.amount_roles import WISHED
from assistant.ask.costs_told import sort_costs
from assistant.ask.evidence import ComputedFinding, Finding
from assistant.ask.gather_amounts import MAX_VARIANTS, assumptions
from assistant.ask.inquiry import Inquiry
from assistant.ask.money_told import Item
from assistant.ask.query import Query
from assistant.ask.route import Place
from assistant.ask.steps import less_step
from assistant.rules.amounts import cap_of, cost_for, decided, rate_of
from assistant.rules.components import component_of, with_cap_of
from assistant.rules.conditions import Inputs, Verdict
from assistant.rules.parts import yearly_caps
from assistant.rules.schema import Component, Frame, RateCase, SourceRef
from assistant.rules.values import format_yen

_SPENT = r"(経費|費用|利用料|事業費|ソフト代|本体代|代金|投資|設備|機械|機器|工事|見積もり|見積|購入|支出|買い物|予算)(額|費|代)?"
_HOW_MUCH = r"(いくら|なんぼ|何円|何万|何億|どのくらい|どの位|どれくらい|どれぐらい|どれだけ|どの程度)(くらい|ぐらい|ほど)?"
_SPEND = r"(かけ|使|買|払|投資|投じ|投入|要[りる]|い[りる]|必要|あれば|ないと|なけ)"
_COST_FOR_SUBSIDY = re.compile(
    r"((満額|上限|限度額|最大額|天井|マックス|フル|目一杯|めいっぱい|いっぱいいっぱい|円(分)?の(補助|助成)金?を)[^。？?]{0,14}?"
    r"(もら|貰|受け|狙|使い切|使おう|使うに|届|達|取[るろれ]|引き出|確保|頂|いただ|出してもら|必要な|要る)[^？?]{0,24}?"
    r"|[円万億](を|ほど|きっちり|フルに?|満額)*(もら|貰|受け|引き出|確保|いただ)"
    r"[^。？?]{0,8}?(に必要|ための?|に要る|のに要る|には|たい[^？?]{0,10}?|たら|なら)[^。？?、]{0,6})"
    rf"({_SPENT}(の額)?((は|って)?[？?。\s]*$|(を|の額)[^。、？?]{{0,4}}(教え|{_HOW_MUCH})|(は|って)[^。？?]{{0,24}}{_HOW_MUCH}|[^。、？?]{{0,10}}{_HOW_MUCH})"
    rf"|{_HOW_MUCH}((分)?の(補助)?(対象)?{_SPENT}|の?{_SPEND}))"
)
"""What asks for the cost behind a subsidy: the cap in full or an amount that is to be received, then what must be spent for it."""
_FULL = re.compile(
    rf"(満額|取り?切|使い?切|円に届|(上限|限度額)[^。、？?]{{0,12}}に?届)[^。？?]{{0,16}}{_SPENT}(総額)?(は|って)?({_HOW_MUCH}|[？?。\s]*$)"
    rf"|(満額|円に?届く)[^。？?]{{0,4}}(には|なら|のに)、?({_SPENT})?(総額)?(は|が)?、?{_HOW_MUCH}(の|[？?。\s]*$)"
)
"""The same in short (満額の経費は, 満額にはいくら)."""
LEAST_GRANT_YEN = 10_000
"""An amount of less is a wage or the course of a raise."""
_OTHER = {"rate", "cap", "floor", "eligibility", "deadline", "requirement", "remaining"}
"""What else a text may ask for that wishes for an amount; a cap or rate that it tells it does not ask for."""
_REST = re.compile(r"残り|のこり|その(他|ほか)|それ以外|以外の|(ほか|他)の|(あと|ほかに|他に)、?(いくら|なんぼ|何円|どれ)")
"""What asks for the costs beside those that are fixed already."""
_FROM = re.compile(r"最低[^。、？?]{0,6}から")
"""What asks for the least grant there is."""


@dataclass(frozen=True, slots=True)
class CostNeeded:
    """A subsidy with the least cost that brings it, both in whole yen, tax excluded."""

    wanted_yen: int
    cost_yen: int
    steps: tuple[str, ...]
    source: SourceRef | None
    beyond_yen: int | None = None
    """The subsidy asked for, where it lies above the cap: the cap is what was computed then."""


def cost_needed(frame: Frame, inputs: Inputs, wanted_yen: int | None) -> CostNeeded | None:
    """The cost that brings the wanted subsidy, or the cap if none is named; None if inputs lack or a frame has parts."""
    rate, table = rate_of(frame, inputs), frame.rate
    years = yearly_caps(frame, inputs)
    if years and wanted_yen and rate and years[0] < wanted_yen <= years[1]:  # more than one year brings it
        return CostNeeded(wanted_yen, cost_for(wanted_yen, rate), _steps(wanted_yen, rate), table.source if table else None)
    return _needed(frame, inputs, wanted_yen, rate, table.source if table else None)


def part_cost_needed(part: Component, frame: Frame, inputs: Inputs, wanted_yen: int | None) -> CostNeeded | None:
    """The cost of one part that brings the wanted subsidy, or the part's cap if none is named; None if inputs lack."""
    rate = decided(part.rate, inputs, frame)
    return _needed(with_cap_of(frame, part), inputs, wanted_yen, rate if isinstance(rate, RateCase) else None, part.rate.source)


def _needed(frame: Frame, inputs: Inputs, wanted: int | None, rate: RateCase | None, source: SourceRef | None) -> CostNeeded | None:
    cap = cap_of(frame, inputs)
    if rate is None or (cap is None and wanted is None):
        return None
    beyond = wanted if wanted is not None and cap is not None and wanted > cap[0] else None
    goal = cap[0] if cap is not None and (wanted is None or beyond) else wanted
    if goal is None:
        return None
    steps = _steps(goal, rate)
    return CostNeeded(goal, cost_for(goal, rate), (*cap[2], *steps) if beyond and cap else steps, source, beyond)


def at_rate(ratio: str, wanted_yen: int) -> CostNeeded:
    """The cost that brings the wanted subsidy at one rate."""
    rate = RateCase(ratio=ratio)
    return CostNeeded(wanted_yen, cost_for(wanted_yen, rate), _steps(wanted_yen, rate), None)


def _steps(wanted: int, rate: RateCase) -> tuple[str, ...]:
    if rate.fixed:
        return (f"定額：{format_yen(wanted)}",)
    if rate.ratio is not None:
        return (f"{format_yen(wanted)} ÷ {rate.ratio} ＝ {_whole(Fraction(wanted) / Fraction(rate.ratio))}",)
    steps, reached = [], 0
    for tier in rate.tiers:
        top = wanted if tier.up_to_yen is None else min(wanted, tier.up_to_yen)
        if top > reached:
            part = top - reached
            steps.append(f"{format_yen(part)} ÷ {tier.ratio} ＝ {_whole(Fraction(part) / Fraction(tier.ratio))}")
            reached = top
    if len(steps) > 1:
        steps.append(f"合計 {format_yen(cost_for(wanted, rate))}")
    return tuple(steps)


def _whole(cost: Fraction) -> str:
    """A cost in whole yen, rounded up, since less would not bring the subsidy."""
    return format_yen(-int(-cost // 1)) + ("（1円未満切上げ）" if cost.denominator != 1 else "")


def inverse_findings(asked: Inquiry) -> list[Finding]:
    """The cost that brings a wanted subsidy, where the question asks for a cost and names none, or only a part that is fixed."""
    query = asked.query
    fixed = query.slots.items if _REST.search(query.text) else ()
    before = query.before.text if fixed and query.before is not None else ""
    money = query.slots.money
    told = {*(("cap",) if money.get("cap_yen") else ()), *(("rate",) if query.slots.ratios else ())}
    asks_else = bool(_OTHER & set(query.attributes) - told)
    wished = not query.slots.items and not asks_else and re.search(_HOW_MUCH, query.text)
    wanted = ((wished and money.get(WISHED)) or money.get("cap_yen") or money.get("subsidy_yen") or (None,))[0]
    named = any(p.search(text) for p in (_COST_FOR_SUBSIDY, _FULL) for text in (query.text, before))
    amounts = {y for q in query.slots.quantities if (y := q.whole("yen")) and y >= LEAST_GRANT_YEN}
    if named and wanted is None and not fixed and len(amounts) == 1:
        wanted = next(iter(amounts))  # the one amount told is what is to be reached
    outright = named or (wished and money.get(WISHED)) or (wanted and query.has_word("cost_needed"))
    open_ = outright or (query.has_word("cost_needed") and not fixed)
    if (query.slots.items and not fixed) or not open_ or (not outright and _FROM.search(query.text)):
        return []
    demanded = any(r.kind == "investment" for p in asked.route.places for f in p.frames for r in f.requirements)
    least = not outright and "最低" in query.text and demanded
    if least and wanted is None:  # the least that must be invested is a requirement of its own
        return []
    out: list[Finding] = []
    for place in asked.own_places:
        for frame in place.frames:
            cases = _cases(query, frame, asked.inputs, wanted)
            if cases:
                found = _finding(cases, query, place, frame)
                out.append(_with_rest(found, fixed, place, frame, asked) if fixed and len(cases) == 1 else found)
    within: list[Finding] = [f for f in out if isinstance(f, ComputedFinding) and not f.values["beyond"]]
    return (within or out)[:2]  # of several frames those that can pay as much


def _with_rest(found: ComputedFinding, fixed: tuple[Item, ...], place: Place, frame: Frame, asked: Inquiry) -> ComputedFinding:
    """The finding with what is left to spend beside the fixed part, where the frame pays for all of that."""
    told = sort_costs(fixed, place.edition, frame, asked.catalogue, Fraction(1))
    cases = found.values["cases"]
    cost = cases[0][1].cost_yen if isinstance(cases, tuple) else 0
    rest = cost - told.eligible_yen
    if told.excluded or rest <= 0 or asked.query.slots.tax == "incl":
        return found
    limit = next((x for x in frame.limits if x.kind == "less_than_rest"), None)
    side = sum(told.by_category.get(c, 0) for c in limit.categories) if limit else 0
    broken = limit if limit is not None and side >= cost - side else None
    values = {**found.values, "fixed": told.eligible_yen, "rest": rest, "broken": broken}
    return replace(found, values=values, steps=(*found.steps, less_step(cost, told.eligible_yen)))


def _cases(query: Query, frame: Frame, inputs: Inputs, wanted: int | None) -> tuple[tuple[str, CostNeeded], ...]:
    """The cost in a frame, or one for each case that what was told leaves open, with its label; none if these are too many."""
    found = _open_ways(query, frame, inputs, wanted)
    lifted = _with_specials(query, frame, inputs, wanted) if found and all(n.beyond_yen for n in found.values()) else {}
    if lifted:
        return (("", next(iter(found.values()))), *lifted.items())
    if not found or len(found) > MAX_VARIANTS:
        return ()
    first = next(iter(found.values()))
    alike = all(n.cost_yen == first.cost_yen for n in found.values())
    return (("", first),) if alike else tuple(found.items())


def _open_ways(query: Query, frame: Frame, inputs: Inputs, wanted: int | None) -> dict[str, CostNeeded]:
    """The cost by the label of each case that the inputs leave open; one without a label if they leave none."""
    found: dict[str, CostNeeded] = {}
    for given, label in [(inputs, ""), *assumptions(frame, inputs)]:
        needed = _of_frame(query, frame, given, wanted)
        if needed is not None:
            found[label] = needed
        if "" in found:
            break
    return found


def _with_specials(query: Query, frame: Frame, inputs: Inputs, wanted: int | None) -> dict[str, CostNeeded]:
    """The cost with each of the fewest special measures that lift the cap to what is wanted; none if they are said not to be used."""
    told = {*(query.slots.inputs.get("specials") or ())}
    denied = query.specials_denied
    free = [s for s in frame.specials if s.id not in told | denied and s.requires.check(inputs) is not Verdict.NOT_MET]
    for count in range(1, len(free) + 1) if not query.specials_off else ():
        found: dict[str, CostNeeded] = {}
        for used in combinations(free, count):
            ids = (*told, *(s.id for s in used))
            if any(set(s.excludes) & set(ids) for s in used):
                continue
            name = "と".join(s.label for s in used) + "を使う場合"
            ways = _open_ways(query, frame, inputs.with_(specials=tuple(sorted(ids))), wanted)
            found |= {"・".join(x for x in (name, way) if x): n for way, n in ways.items() if n.beyond_yen is None}
        if found:
            return found
    return {}


def _of_frame(query: Query, frame: Frame, inputs: Inputs, wanted: int | None) -> CostNeeded | None:
    """The cost in a frame for inputs that decide its rate, where that has the rate named."""
    part = component_of(query.text, None, frame) if frame.components else None
    rate = decided(part.rate if part else frame.rate, inputs, frame)
    if not isinstance(rate, RateCase) or not (rate.ratio or rate.tiers):
        return None
    if query.slots.ratios and str(query.slots.ratios[0]) != (rate.ratio or rate.tiers[0].ratio):
        return None
    return part_cost_needed(part, frame, inputs, wanted) if part else cost_needed(frame, inputs, wanted)


def _finding(cases: tuple[tuple[str, CostNeeded], ...], query: Query, place: Place, frame: Frame) -> ComputedFinding:
    first = cases[0][1]
    values: dict[str, object] = {"frame": frame.label, "beyond": first.beyond_yen, "cases": cases}
    claimed = query.slots.claimed_yen
    verdict = None if claimed is None or first.beyond_yen else claimed in {n.cost_yen for _, n in cases}
    steps = first.steps if len(cases) == 1 else ()
    return ComputedFinding("cost_needed", values, steps, first.source, verdict, place)
