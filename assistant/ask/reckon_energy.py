"""Sums of what is saved: a reduction, what is saved for its cost, requirements of which any one suffices, plans by measure."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from assistant.ask.evidence import ComputedFinding
from assistant.ask.numbers_told import Told, read_told
from assistant.ask.reckon import Case, Line, Part, Shown, asked_back, decimal, measured, result, unusable
from assistant.ask.set_aside import is_set_aside
from assistant.ask.steps import less_step
from assistant.ask.wording import HOW_MUCH_MORE, asks
from assistant.rules.schema import Edition, Fact, Requirement, Special
from assistant.rules.shares import meets_any, plans_open, reduction, saving_per_cost
from assistant.rules.values import Value, format_yen
from assistant.text.numbers import Quantity, find_quantities
from assistant.text.numerals import small_int

_ANY_ONE = re.compile(r"どれか一つ|いずれか|、または主要な")
_LEAST = ("min", "over")
_LINE_AFTER = re.compile(r"(以上)?(も(減|行|届|達|下が)|[にまで]{1,2}[はも]?(届|達|及)|の?(要件|条件|基準|ライン|線))|以上")
"""What follows a number that is the line of a rule."""
_PARTICLES = re.compile(r"(の?合計)?[がはを、]?$")
_STOREYS = re.compile(r"([0-9０-９]+)階(建|だ|の|で|あ)")
_AREA = ("㎡", "平米", "m2", "m²", "平方メートル", "平方メーター")
_BY_UNIT = re.compile(r"[0-9０-９一二三四五](つ|台|設備)|ひとつ|ふたつ|みっつ")
"""What tells that single things are looked at, and not the whole place: no measure of it decides the plan."""
_SITES = re.compile(r"(?<!第)(?P<n>[0-9]{1,2}|[二三四五六七八九])つ?の?(?P<unit>か所|ヶ所|カ所|ケ所|箇所|拠点|事業所|工場|店舗|ビル)")
"""A number of sites, each of which is diagnosed."""
_PAID = re.compile(r"負担|払|料金|合計")
MOST_FRAMES = 4


def reduced(case: Case) -> list[ComputedFinding]:
    """The share by which something falls (省エネ率, 削減率), from what it was and what it becomes."""
    if not case.asks("reduction"):
        return []
    pair = case.change("kl", "hours", "minutes", "count", "other", "yen", "people")
    if pair is None:
        alone = [q for q in case.quantities if q.unit in ("kl", "hours", "minutes")]
        if len(alone) != 1 or not case.wants_number:
            return []
        return [asked_back("reduction_open", (case.label("before"), case.label("after")), {"name": _name(case)})]
    before, after = (q.exact or Fraction(0) for q in pair)
    if before <= 0:
        return [unusable(case, "before", pair[0].text)]
    share = reduction(before, after) * 100
    word = pair[0].counter or "円"
    step = _reduction_step(pair, share)
    if share < 0:
        return [result(("no_reduction", {"share": measured(-share, "percent", "%")}), steps=(step,))]
    shown: dict[str, Part] = {
        "name": _name(case), "share": measured(share, "percent", "%"), "saved": measured(before - after, pair[0].unit, word),
    }  # fmt: skip
    return [result(("reduction", shown), steps=(step,))]


def _name(case: Case) -> str:
    return next((w for w in case.table["asks"]["reduction"] if w in case.text and w.endswith("率")), "減る割合")


def _reduction_step(pair: tuple[Quantity, Quantity], share: Fraction) -> str:
    before, after = pair[0].text, pair[1].text
    cut = "（小数点以下第3位を切捨て）" if (share * 100).denominator > 1 else ""
    return f"({before} － {after}) ÷ {before} ＝ {'－' if share < 0 else ''}{decimal(abs(share))}%{cut}"


def any_one(case: Case) -> list[ComputedFinding]:
    """Whether one of several thresholds is reached, for each frame that has such a requirement and tells what was told."""
    if not (case.judged or case.asks("per_cost") or not asks(case.query.text)):
        return []
    best: dict[str, ComputedFinding] = {}
    for edition, frame, need in case.needs():
        if edition not in [p.edition for p in case.route.places] or not _ANY_ONE.search(need.text) or frame in best:
            continue
        found = _held(case, edition, need)
        if found is not None:
            best[frame] = found
    alike: dict[str, ComputedFinding] = {}
    for finding in best.values():
        alike.setdefault(str(finding.values["lines"]), finding)
    return list(alike.values())[:MOST_FRAMES]


def measures_of(need: Requirement | Special) -> dict[str, tuple[tuple[str, ...], Value]]:
    """The thresholds of a requirement by figure name, each with the measures that the text names before it."""
    out: dict[str, tuple[tuple[str, ...], Value]] = {}
    at = 0
    for m in re.finditer(r"\{([a-z0-9-]+)\}", need.text):
        value = need.figures[m.group(1)]
        words = _PARTICLES.sub("", re.split(r"[、。]", need.text[at : m.start()])[-1] or need.text[at : m.start()].strip("、"))
        words = words.removeprefix("または").removesuffix("で").removesuffix("単位").split("を")[-1]
        at = m.end()
        if value.bound in _LEAST and value.exact is not None:
            out[m.group(1)] = (tuple(w for w in words.split("と") if len(w) > 1), value)
    return out


def _held(case: Case, edition: Edition, need: Requirement | Special) -> ComputedFinding | None:
    measures = measures_of(need)
    if len(measures) < 2:
        return None
    said = {k: (*n, *(w for name, words in case.table["measured_as"].items() if any(name in x for x in n) for w in words))
            for k, (n, _) in measures.items()}  # fmt: skip
    inputs = {
        k: {"unit": "kl" if v.unit == "kl" else "percent" if v.unit == "percent" else "other", "names": said[k]}
        for k, (_, v) in measures.items()
    }
    reached, steps = _reached(case, _users_own(read_told(case.query, inputs), case.query.text), measures)
    for key, (share, step) in _reduced_by_place(case, said, measures).items():
        if key not in reached:
            reached[key] = share
            steps.append(step)
    if not reached or (case.asks("per_cost") and not any("経費" in n for k in reached for n in measures[k][0])):
        return None
    met = meets_any(reached, {k: str(v.exact) for k, (_, v) in measures.items()})
    if met is None and all(is_set_aside(case.query.text, n) for k, (n, _) in measures.items() if k not in reached):
        met = False
    lines: list[Line] = [({True: "any_met", False: "any_not_met", None: "any_open"}[met], {"name": case.heading(edition, need.label)})]
    for key, value in reached.items():
        names, least = measures[key]
        enough = value >= (least.exact or 0)
        told: dict[str, Part] = {"names": "と".join(names), "value": _shown(value, least), "least": least}
        lines.append(("measure_met" if enough else "measure_not_met", told))
    lines.append(("rule", {"text": need}))
    missing = tuple("と".join(n) for k, (n, _) in measures.items() if k not in reached) if met is None else ()
    values = {"lines": tuple(lines)}
    return ComputedFinding("reckoned", values, tuple(steps), need.source, met, case.place_of(edition), missing)


def _users_own(told: Told, text: str) -> Told:
    """What is told without the numbers that are lines of the rule (15%も減らない, 30%に届かない)."""
    return Told({
        k: own for k, found in told.numbers.items()
        if (own := tuple(n for n in found if n.quantity is None or not _LINE_AFTER.match(text, n.quantity.end)))
    })  # fmt: skip


def _reduced_by_place(
    case: Case, said: dict[str, tuple[str, ...]], measures: dict[str, tuple[tuple[str, ...], Value]]
) -> dict[str, tuple[Fraction, str]]:
    """The share by which something falls at each place that a requirement names (事業所でAトンからBトン、系統でCトンからDトン)."""
    places = {k for k in said if any(name in x for name in case.table["measured_as"] for x in measures[k][0])}
    out: dict[str, tuple[Fraction, str]] = {}
    for one, two in case.changes("other", "count") if places else ():
        lead = re.split(r"[。！!？?\n]", case.text[: one.start])[-1]
        at = {k: max(lead.rfind(w) for w in said[k]) for k in places}
        key = max(at, key=lambda k: at[k])
        before, after = one.exact or Fraction(0), two.exact or Fraction(0)
        if at[key] >= 0 and before > 0 and key not in out:
            share = reduction(before, after) * 100
            out[key] = share, _reduction_step((one, two), share)
    return out


def _shown(value: Fraction, like: Value) -> Shown:
    word = "%" if like.unit == "percent" else like.of or like.unit
    return measured(value, like.unit, word)


def _reached(case: Case, told: Told, measures: dict[str, tuple[tuple[str, ...], Value]]) -> tuple[dict[str, Fraction], list[str]]:
    """What the project reaches by figure name: told outright, or worked out from a change and a cost."""
    kinds = case.table.get("measures", {})
    change = case.change("kl")
    saved = _saved(case, change)
    reached: dict[str, Fraction] = {}
    steps: list[str] = []
    for key, (names, least) in measures.items():
        numbers = told.all(key)
        if numbers:
            reached[key] = sum((n.value for n in numbers), Fraction(0))
        elif change is not None and set(names) & set(kinds.get("rate", ())) and (change[0].exact or Fraction(0)) > 0:
            reached[key] = reduction((change[0].exact or Fraction(0)), (change[1].exact or Fraction(0))) * 100
            steps.append(_reduction_step(change, reached[key]))
        elif saved is not None and set(names) & set(kinds.get("saved", ())):
            reached[key] = saved
            steps += [f"{change[0].text} － {change[1].text} ＝ {decimal(saved)}kl"] if change else []
        elif saved is not None and set(names) & set(kinds.get("per_cost", ())):
            unit, cost = _cost_unit(least), _cost(case)
            if unit and cost:
                reached[key] = saving_per_cost(saved, cost, unit)
                of = (least.of or "").partition("/")[2]
                steps.append(f"{decimal(saved)}kl ÷ {format_yen(cost)} × {of} ＝ {decimal(reached[key])}{least.of}")
    return reached, steps


def _saved(case: Case, change: tuple[Quantity, Quantity] | None) -> Fraction | None:
    """Energy saved a year: the difference of before and after, else the one amount of energy told under no other name."""
    if change is not None:
        return (change[0].exact or Fraction(0)) - (change[1].exact or Fraction(0))
    alone = [q for q in case.quantities if q.unit == "kl" and q.bound is None]
    return (alone[0].exact or Fraction(0)) if len(alone) == 1 and re.search(r"減|削減|省エネ|節", case.text) else None


def _cost(case: Case) -> int | None:
    found = [i.yen for i in case.query.slots.items]
    return sum(found) if found and sum(found) > 0 else None


def _cost_unit(value: Value) -> int | None:
    """The cost that a saving is counted for (kl/千万円: ten million yen)."""
    found = find_quantities("1" + (value.of or "").partition("/")[2])
    return found[0].whole("yen") if found else None


def plans(case: Case) -> list[ComputedFinding]:
    """The plans of which a band holds the energy used, the floor area or the size of the building."""
    told = {k: v for k, v in _sizes(case).items() if v > 0}
    if not (case.asks("plan") or ((told or "プラン" in case.text) and (case.asks("how_much") or _PAID.search(case.text)))):
        return []
    for edition in (p.edition for p in case.route.places):
        facts = {f.id: f for f in edition.facts if f.kind == "catalogue" and _bands(f)}
        if len(facts) < 2:
            continue
        source = next(iter(facts.values())).source
        priced = _between_plans(case, edition, tuple(facts.values())) or _at_sites(case, edition, tuple(facts.values()))
        if priced is not None:
            return [priced]
        if not told:
            bare = re.sub(r"\s", "", case.text)
            named = bool(_BY_UNIT.search(bare)) or any(f.topic in bare for f in edition.facts if f.kind == "catalogue")
            if named or not case.asks("which"):
                return []
            return [asked_back("plans_open", tuple(case.label(k) for k in ("kl", "area", "storeys")), {}, source)]
        found = plans_open(told, _ended({i: _bands(f) for i, f in facts.items()}))
        if not found:
            return [asked_back("plans_none", tuple(case.label(k) for k in ("kl", "area")), {}, source)]
        names = "と".join(facts[i].topic for i in found)
        lines: list[Line] = [("plans", {"names": names})]
        lines += [("rule", {"text": facts[i]}) for i in found]
        return [result(*lines, source=source, place=case.place_of(edition))]
    return []


def _between_plans(case: Case, edition: Edition, facts: tuple[Fact, ...]) -> ComputedFinding | None:
    """What lies between the prices of the two plans that the text names, where it asks for that."""
    named = _plans_named(case, facts)
    if len(named) != 2 or not HOW_MUCH_MORE.search(case.text):
        return None
    (first, one), (second, two) = named
    values: dict[str, object] = {"what": "負担額", "one": one, "two": two, "labels": (first.topic, second.topic), "frame": ""}
    steps = (less_step(max(one, two), min(one, two)),)
    return ComputedFinding("difference", values, steps, second.source, None, case.place_of(edition))


def _at_sites(case: Case, edition: Edition, facts: tuple[Fact, ...]) -> ComputedFinding | None:
    """The price of the one plan that the text names for as many sites as it tells."""
    named, told = _plans_named(case, facts), _SITES.search(unicodedata.normalize("NFKC", case.text))
    if len(named) != 1 or told is None:
        return None
    (fact, price), count = named[0], small_int(told["n"])
    total, unit = price * count, told["unit"]
    steps = (f"{format_yen(price)} × {count}{unit} ＝ {format_yen(total)}",)
    values: dict[str, object] = {"total": total, "count": count, "unit": unit}
    return ComputedFinding("several", values, steps, fact.source, None, case.place_of(edition)) if count > 1 else None


def _plans_named(case: Case, facts: tuple[Fact, ...]) -> list[tuple[Fact, int]]:
    """The plans of one price that the text names, each with that price; none if one of those it names has no single price."""
    bare = re.sub(r"[,，\s]", "", case.text).lower()
    named = [f for f in facts if re.search(rf"(?<![0-9]){f.topic.replace(',', '').removesuffix('診断プラン').lower()}", bare)]
    prices = [[v.yen for v in f.figures.values() if v.yen is not None and v.bound is None] for f in named]
    return [(f, p[0]) for f, p in zip(named, prices, strict=True)] if all(len(p) == 1 for p in prices) else []


def _sizes(case: Case) -> dict[str, int]:
    """Energy, floor area, buildings and storeys that the text tells, rounded up to whole ones."""
    out: dict[str, int] = {}
    for q in (*case.query.slots.quantities, *case.quantities):  # what this turn tells wins over the one it leans on
        key = "kl" if q.unit == "kl" else "㎡" if q.counter in _AREA else "棟" if q.counter == "棟" else None
        if key and q.exact is not None:
            out.setdefault(key, -int(-q.exact // 1))
    storeys = _STOREYS.search(case.text)
    return out | ({"階": int(storeys.group(1))} if storeys else {})


def _bands(fact: Fact) -> dict[str, tuple[int, int | None]]:
    """By measure the band of a plan: more than the first bound, at most the second."""
    out: dict[str, tuple[int, int | None]] = {}
    for value in fact.figures.values():
        key = "kl" if value.kl is not None else value.of if value.count is not None and value.bound else None
        if key is None or value.bound is None:
            continue
        number = int(value.exact or 0)
        low, high = out.get(key, (-1, None))
        low = number if value.bound == "over" else number - 1 if value.bound == "min" else low
        high = number if value.bound == "max" else number - 1 if value.bound == "under" else high
        out[key] = (low, high)
    return out


def _ended(bands: dict[str, dict[str, tuple[int, int | None]]]) -> dict[str, dict[str, tuple[int, int | None]]]:
    """The bands with those that have no end ended where the next plan begins (2棟以上 gives way to 3棟以上)."""
    starts = {m: sorted(b[m][0] for b in bands.values() if m in b) for b in bands.values() for m in b}
    return {
        plan: {m: (low, high if high is not None else next((s for s in starts[m] if s > low), None)) for m, (low, high) in b.items()}
        for plan, b in bands.items()
    }
