"""Subsidies computed from the sentence: costs sorted, specials checked, variants where inputs are open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from assistant.ask.costs_told import sort_costs
from assistant.ask.done_costs import done_before
from assistant.ask.evidence import AmountFinding, AmountVariant
from assistant.ask.money_roles import CLAUSE_END
from assistant.ask.money_told import Item
from assistant.ask.options_told import OTHER, names_option, of_a_firm, options_of, with_option
from assistant.ask.query import Query
from assistant.ask.route import Place
from assistant.ask.staff import with_heads
from assistant.ask.steps import own_funds_step
from assistant.ask.taxes import counts_tax, off_total, tax_of, taxed_apart, with_tax
from assistant.ask.verdicts import asks_leave
from assistant.rules.amounts import Amount, cap_of, mixed_amount, rate_of, subsidy_amount, tiered
from assistant.rules.components import component_of, components_amount
from assistant.rules.conditions import INPUT_LABELS, Inputs, Test, Verdict
from assistant.rules.costs import categories_told, specials_of_costs
from assistant.rules.labels import range_words
from assistant.rules.limits import PLANNED_SALES, open_sales_limits, sales_for, shuts_out
from assistant.rules.load import Catalogue
from assistant.rules.parts import itemised_amount
from assistant.rules.schema import CostItem, Edition, Frame, Limit, RateTable, YenCase, YenTable
from assistant.rules.values import format_yen
from assistant.search.passages import fill

_WHETHER = "かどうか"
HEADS = "人数"
"""The people for each of whom a cap counts: no wages are raised there."""
MAX_VARIANTS = 6
_OF_WORKPLACE = {"office_workers": "人", "workplace_wage_yen": "円"}
"""Inputs of a workplace that a line divides into two cases, with their unit."""
INCOME = ("taxable_income_yen",)
"""Inputs that a line divides into a usual and a rare case."""


def _things_told(query: Query, edition: Edition) -> frozenset[str]:
    """The categories of the things that the sentence, else the turn before it, names where it tells one cost."""
    if len(query.slots.items) != 1:
        return frozenset()
    return categories_told(query.text, edition) or categories_told(query.leans_on, edition)


def _one_sum(query: Query, edition: Edition) -> bool:
    """Whether one amount is told for things of several categories (看板と冷蔵庫で120万円): what it is of each is not told."""
    if len(query.slots.items) != 1:
        return False
    item, text = query.slots.items[0], query.text
    sentence = CLAUSE_END.split(text[: item.start])[-1] + CLAUSE_END.split(text[item.start :])[0]
    return len(categories_told(sentence, edition)) > 1


def usable_specials(frame: Frame, inputs: Inputs) -> tuple[Inputs, tuple[str, ...]]:
    """Inputs with the special measures that apply: those asked for unless a told fact rules them out, those earned.

    Returns:
        The inputs, and a sentence for each special that was asked for and cannot be used.
    """
    wanted, notes = set(inputs.specials), []
    for special in frame.specials:
        verdict = special.requires.check(inputs)
        if special.id in wanted and verdict is Verdict.NOT_MET:
            wanted.discard(special.id)
            notes.append(f"{special.label}は、お聞きした条件では使えません。{fill(special.text, special.figures)}")
        elif special.id not in wanted and special.requires.names and verdict is Verdict.MET and _told(special.requires.names, inputs):
            wanted.add(special.id)
            notes.append(f"{special.label}の条件を満たす計画として計算しました。")
    known = {s.id for s in frame.specials}
    for special in frame.specials:
        if special.id in wanted and set(special.excludes) & wanted:
            notes.append(f"{special.label}は、ほかの特例と一緒には使えません。")
    return inputs.with_(specials=tuple(sorted(wanted & known)) or ()), tuple(notes)


def _told(names: frozenset[str], inputs: Inputs) -> bool:
    return all(inputs.get(n) is not None for n in names)


def amount_finding(query: Query, place: Place, frame: Frame, inputs: Inputs, catalogue: Catalogue) -> AmountFinding:
    """The subsidy of one frame for the costs of the question, with variants where an input is open."""
    query, apart = taxed_apart(query, catalogue)
    early = done_before(query, place.edition)
    if early is not None:
        query = replace(query, slots=replace(query.slots, items=tuple(i for i in query.slots.items if i not in early[1])))
    items = query.slots.items
    inputs = with_heads({i.times if i.every == "people" else 0 for i in items}, frame, inputs)
    told = _things_told(query, place.edition)
    lifted = () if query.specials_off else specials_of_costs(frame, (i.label for i in items))
    inputs = inputs.with_(specials=tuple({*inputs.specials, *lifted}) or None)
    if counts_tax(query, place.edition):
        query = with_tax(query, catalogue)
        items = query.slots.items
    tax_step, divide = tax_of(query, catalogue)
    sorted_costs = sort_costs(items, place.edition, frame, catalogue, divide, next(iter(told)) if len(told) == 1 else None)
    ready, notes = usable_specials(frame, of_a_firm(frame, with_option(query, frame, inputs), catalogue))
    eligible = int(Fraction(sorted_costs.eligible_yen) / divide)
    by_category = {c: int(Fraction(y) / divide) for c, y in sorted_costs.by_category.items()} if not _one_sum(query, place.edition) else {}
    tax_step = apart or tax_step
    if tax_step and not apart:
        tax_step = f"税抜にすると {format_yen(sorted_costs.eligible_yen)} ÷ {tax_step} ＝ {format_yen(eligible)}"
    income = sum(query.slots.money.get("income_yen", ())) if any(x.kind == "less_income" for x in frame.limits) else 0
    if 0 < income < eligible:
        step = f"収入を差し引くと {format_yen(eligible)} － {format_yen(income)} ＝ {format_yen(eligible - income)}"
        tax_step, eligible, by_category = "、".join(x for x in (tax_step, step) if x), eligible - income, {}
    ready = ready.with_(cost_yen=eligible or None)
    excluded = (*sorted_costs.excluded, *_too_early(early))
    excluded_yen = sum(y for _, y, _ in excluded)
    shut = shuts_out(frame, by_category, eligible)
    blocked = shut.text if shut else _too_small(frame, ready, by_category, eligible)
    notes += tuple(fill(x.text, x.figures) for x in (*_unit_limits(frame), *open_sales_limits(frame, ready, by_category)))
    if not by_category:  # one sum for several things: what is limited among them is not told apart
        notes += tuple(fill(x.text, x.figures) for x in frame.limits if x.kind == "share_of_subsidy" and told & set(x.categories))
    received = sum(query.slots.money.get("received_yen", ())) if frame.cap_shared else 0
    query = replace(query, slots=replace(query.slots, items=sorted_costs.items))
    variants, missing = _variants(query, frame, ready, eligible, by_category, excluded_yen, received)
    own_told = query.slots.money.get("own_yen", ()) if query.confirm or asks_leave(query) else ()
    paid = sum(i.yen for i in items) if divide != 1 else None
    return AmountFinding(
        place, frame, ready, variants, missing, excluded, notes, blocked,
        eligible, tax_step, query.slots.claimed_yen, own_told[-1] if own_told else None, paid, off_total(query, catalogue),
    )  # fmt: skip


def _too_early(early: tuple[CostItem, tuple[Item, ...]] | None) -> tuple[tuple[str, int, CostItem], ...]:
    return tuple((i.label, i.yen, early[0]) for i in early[1]) if early else ()


def _too_small(frame: Frame, inputs: Inputs, by_category: dict[str, int], eligible: int) -> str | None:
    """Why the application is not possible with an investment of this size, of which some categories may not count, or a group so small."""
    for need in frame.requirements:
        if need.test is not None and need.test.names == {"members"} and need.test.check(inputs) is Verdict.NOT_MET:
            return need.text
        if need.kind == "investment" and need.test is not None and eligible:
            counted = eligible - sum(by_category.get(c, 0) for c in need.except_categories)
            if need.test.check(inputs.with_(investment_yen=counted)) is Verdict.NOT_MET:
                return need.text
    return None


def _variants(
    query: Query, frame: Frame, inputs: Inputs, cost: int, by_category: dict[str, int], excluded: int, received: int
) -> tuple[tuple[AmountVariant, ...], tuple[str, ...]]:
    if not cost:
        return (), ("cost_yen", *_missing(frame, inputs, by_category))
    options = special_ways(query, frame, inputs)
    by_option = _by_option(query, frame)

    def compute(given: Inputs) -> Amount | None:
        if frame.components:
            return components_amount(frame, given, _by_component(query, frame), excluded)
        if len(by_option) > 1:
            parts = [(given.with_(option=o or OTHER), y) for o, y in by_option.items()]
            return mixed_amount(frame, given, parts, excluded)
        if _unit_limits(frame):
            return _itemised(query.slots.items, frame, given, excluded)
        return subsidy_amount(frame, given, cost, by_category, excluded, received)

    out = [AmountVariant(label, a) for label, given in options if (a := compute(given)) is not None]
    if out and len(out) < len(options):  # one of two ways is open: each case of it stands beside the other way
        ways = [(label, _open_cases(frame, given, by_category, compute)) for label, given in options if compute(given) is None]
        out += [AmountVariant(f"{label}・{v.label}", v.amount) for label, cases in ways for v in cases]
    if out:
        return tuple(out), ()
    missing = _missing(frame, inputs, by_category)
    cases = _of_ratio(_open_cases(frame, inputs, by_category, compute), query)
    if len(cases) == 1:
        return cases, ()
    capped = missing == (PLANNED_SALES,) and len({v.amount.subsidy_yen for v in cases}) == 1  # the cap is reached either way
    if capped or len({(v.amount.subsidy_yen, v.amount.before_cap_yen) for v in cases}) == 1 and cases:
        return (AmountVariant("", cases[0].amount),), ()
    return cases, missing


def special_ways(query: Query, frame: Frame, inputs: Inputs) -> list[tuple[str, Inputs]]:
    """The inputs as they are, or without and with the special measures where both are asked for or it is open which holds."""
    if not query.both_ways:
        return [("", inputs)]
    named = {*inputs.specials, *(t.special for t in query.named("special") if t.frame == frame.id)}
    used = [s for s in frame.specials if s.id in named]
    used = used or (list(frame.specials)[:1] if not query.slots.inputs.get("specials") else [])
    without = ("特例なし" if used else "", inputs.with_(specials=()))
    return [without, *((f"{s.label}あり", inputs.with_(specials=(s.id,))) for s in used)]


def _by_component(query: Query, frame: Frame) -> dict[str, int]:
    """The costs of the question by the part that pays for them."""
    costs: dict[str, int] = {}
    for item in query.slots.items:
        part = component_of(item.label, None, frame, query.text)
        costs[part.id] = costs.get(part.id, 0) + item.yen
    return costs


def _by_option(query: Query, frame: Frame) -> dict[str | None, int]:
    """The costs of the question by the option (who bears them) that their words name; None for those that name none."""
    costs: dict[str | None, int] = {}
    for item in query.slots.items:
        told = next((o for o in options_of(frame) if names_option(o, item.label)), None)
        costs[told] = costs.get(told, 0) + item.yen
    return costs


def _unit_limits(frame: Frame) -> tuple[Limit, ...]:
    """The caps of a single item (a month's rent, one examination of one person)."""
    return tuple(x for x in frame.limits if x.kind == "cap_subsidy" and not x.categories)


def _itemised(items: tuple[Item, ...], frame: Frame, inputs: Inputs, excluded: int) -> Amount | None:
    """The subsidy where each item has a cap of its own before the sum has one; every amount told is one item."""
    costs = [i.yen // i.times for i in items for _ in range(i.times)]
    a_year = 12 if all(i.every == "months" for i in items) else 0
    parts, rate, cap = itemised_amount(frame, inputs, costs, a_year), rate_of(frame, inputs), cap_of(frame, inputs)
    if parts is None or rate is None or cap is None:
        return None
    limits = [x.yen for x in _unit_limits(frame) if x.yen is not None]
    steps = [
        f"{format_yen(c)} × {rate.ratio} ＝ {format_yen(int(Fraction(c) * Fraction(rate.ratio or 0)))}" for c in dict.fromkeys(costs)
    ]
    each = "、".join(f"{format_yen(e)} × {n}" if n > 1 else format_yen(e) for e, n in Counter(parts.each).items())
    steps += [f"1件あたりの上限 {format_yen(min(limits))}：{each}", *cap[2]]
    if a_year and frame.cap_each_year and len(costs) > a_year:
        steps.append(f"補助上限額は1年ごと：{len(costs)}か月分で {format_yen(parts.total_yen)}")
    spending = sum(costs) + excluded
    own = spending - parts.total_yen
    steps.append(own_funds_step(spending, parts.total_yen))
    table = frame.rate.source if frame.rate else _unit_limits(frame)[0].source
    return Amount(parts.total_yen, None, None, sum(costs), spending, own, (), sum(parts.each), None, None, tuple(steps), (table,))


def _missing(frame: Frame, inputs: Inputs, by_category: dict[str, int]) -> tuple[str, ...]:
    names: list[str] = [PLANNED_SALES] if open_sales_limits(frame, inputs, by_category) else []
    tables = [frame.cap, frame.rate] + [t for c in frame.components for t in (c.cap, c.rate)]
    for table in tables:
        for case in table.cases if table else ():
            names += [n for n in case.when.missing(inputs) if n not in names]
            if isinstance(case, YenCase) and case.per and inputs.get(case.per) is None and HEADS not in names:
                names.append(HEADS if case.per == "workers" else case.per)
    return tuple(names)


def _open_cases(
    frame: Frame, inputs: Inputs, by_category: dict[str, int], compute: Callable[[Inputs], Amount | None]
) -> tuple[AmountVariant, ...]:
    """The amount for each row of the cap and rate tables that is still possible, at most six."""
    out: dict[str, AmountVariant] = {}
    for row, row_label in assumptions(frame, inputs):
        for given, label in _with_sales(frame, row, row_label, by_category):
            amount = compute(given)
            if amount is not None:
                out.setdefault(label, AmountVariant(label, amount))
    return tuple(out.values())[:MAX_VARIANTS]


def _with_sales(frame: Frame, inputs: Inputs, label: str, by_category: dict[str, int]) -> list[tuple[Inputs, str]]:
    """The inputs with the planned sales that leave a limited part whole, and with none: the amount lies between the two."""
    limit, rate = next(iter(open_sales_limits(frame, inputs, by_category)), None), rate_of(frame, inputs)
    if limit is None or rate is None:
        return [(inputs, label)]
    wanted = tiered(Fraction(sum(by_category.get(c, 0) for c in limit.categories)), rate)[0]
    enough, name = sales_for(limit, int(wanted)), INPUT_LABELS[PLANNED_SALES]
    told = [(enough, f"{name}{format_yen(enough)}以上"), (0, f"{name}{format_yen(0)}")]
    return [(inputs.with_(**{PLANNED_SALES: v}), "・".join(x for x in (label, words) if x)) for v, words in told]


def _of_ratio(cases: tuple[AmountVariant, ...], query: Query) -> tuple[AmountVariant, ...]:
    """The cases at the rate that the question names, all of them if none has it."""
    wanted = {str(r) for r in query.slots.ratios}
    return tuple(v for v in cases if {r for r, _ in v.amount.rates} & wanted) or cases


def assumptions(frame: Frame, inputs: Inputs) -> list[tuple[Inputs, str]]:
    """Inputs completed by one value for each open band of headcount and each open size class, with their label."""
    bands: list[tuple[Inputs, str]] = [(inputs, "")]
    if inputs.get("employees") is None and frame.cap is not None:
        tests = [c.when.tests.get("employees") for c in frame.cap.cases]
        heads = sorted({int(t.max if t.max is not None else t.min or 0) for t in tests if t is not None})
        labels = {int(t.max if t.max is not None else t.min or 0): t for t in tests if t is not None}
        bands = [(inputs.with_(employees=h), f"従業員{range_words(labels[h], '人')}") for h in heads] or bands
    sizes: list[tuple[str, str]] = [("", "")]
    rates = [r for r in (frame.rate, *(c.rate for c in frame.components)) if r is not None]
    if inputs.get("size") is None and any("size" in c.when.names for r in rates for c in r.cases):
        sizes = [("small", "小規模事業者"), ("sme", "小規模でない中小企業")]
    choices: list[tuple[dict[str, Any], str]] = _choices(frame, inputs) or [({}, "")]
    out = []
    for given, label in bands:
        for size, size_label in sizes:
            for more, more_label in choices:
                out.append((given.with_(size=size or None, **more), "・".join(x for x in (label, size_label, more_label) if x)))
    return out


def _choices(frame: Frame, inputs: Inputs) -> list[tuple[dict[str, Any], str]]:
    """Values of the further inputs that the tables wait for, each way to complete them with its label."""
    tables = [t for t in (frame.cap, frame.rate, *(c.cap for c in frame.components), *(c.rate for c in frame.components)) if t]
    waits = {n for t in tables for c in t.cases for n in c.when.missing(inputs)}
    ways: list[tuple[dict[str, Any], str]] = [({}, "")]
    for name, values in _open_values(frame, tables).items():
        if name in waits:
            ways = [({**w, name: v}, "・".join(x for x in (told, label) if x)) for w, told in ways for v, label in values]
    return ways if ways != [({}, "")] else []


def _open_values(frame: Frame, tables: list[YenTable | RateTable]) -> dict[str, list[tuple[Any, str]]]:
    """One value with its label for each case of the inputs that tables know beside headcount and size."""
    named = {str(c.when.tests["option"].is_): c.label for t in tables for c in t.cases if "option" in c.when.tests}
    shown = ((o, named.get(o) or o if o.isascii() else o) for o in options_of(frame))
    out: dict[str, list[tuple[Any, str]]] = {"option": [*shown, (OTHER, OTHER)]}
    cases = [c.when.tests for t in tables for c in t.cases]
    for told in dict.fromkeys(n for c in cases for n, t in c.items() if isinstance(t.is_, bool) and INPUT_LABELS[n].endswith(_WHETHER)):
        fact = INPUT_LABELS[told].removesuffix(_WHETHER)
        out[told] = [(False, f"{fact}でない"), (True, fact)]
    tests = {n: [c[n] for c in cases if n in c] for n in ("functions", "processes", *INCOME, *_OF_WORKPLACE, "year_no")}
    for name in ("functions", "processes"):
        bands = {int(next(str(n) for n in (t.is_, t.max, t.min, 0) if n is not None)): t for t in tests[name]}
        out[name] = [(n, f"{INPUT_LABELS[name]}{range_words(bands[n], '')}") for n in sorted(bands)]
    for name in INCOME:
        out[name] = [v for t in tests[name][:1] for v in _both_sides(name, t, "円")]
    for name, unit in _OF_WORKPLACE.items():
        out[name] = [v for t in tests[name][:1] for v in _both_sides(name, t, unit)]
    out["repeat"] = [(1, "初回"), (2, "次の回から")]
    out["deficit"] = [(False, "黒字"), (True, "赤字")]
    alike = all(t.check(1) == t.check(2) for t in tests["year_no"])
    out["year_no"] = [(1, "")] if alike else [(1, "初年度"), (2, "次の年度")]
    return out


def _both_sides(name: str, test: Test, unit: str) -> list[tuple[int, str]]:
    """A value on each side of the line that a test draws, the usual one first."""
    most = None if test.max is None else int(test.max) + 1
    line, label = int(next(str(n) for n in (test.over, test.min, test.under, most, 0) if n is not None)), INPUT_LABELS[name]
    strict = test.over is not None
    below, above = (Test(max=line), test) if strict else (Test(under=line), Test(min=line))
    return [(line if strict else line - 1, f"{label}{range_words(below, unit)}"), (line + 1, f"{label}{range_words(above, unit)}")]


def missing_labels(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names of inputs in the words of users."""
    return tuple(INPUT_LABELS.get(n, n) for n in names)
