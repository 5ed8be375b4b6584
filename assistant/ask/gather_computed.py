"""Small computations that need no frame: growth, target pay, headcount in full-time units, the user's own cap and rate."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from fractions import Fraction

from assistant.ask.evidence import ComputedFinding
from assistant.ask.growth_demanded import growth_requirement
from assistant.ask.query import Query
from assistant.ask.reckon import decimal
from assistant.ask.route import Place, Route
from assistant.ask.steps import cap_step, own_funds_step, sum_step
from assistant.rules.amounts import cost_for, rate_of
from assistant.rules.conditions import Inputs
from assistant.rules.costs import category_of
from assistant.rules.growth import cagr_percent, fte, meets_growth, pay_per_head, required_value
from assistant.rules.raises import wage_line
from assistant.rules.schema import Frame, SourceRef
from assistant.rules.values import Value, format_yen
from assistant.search.index import Hit
from assistant.search.passages import Passage
from assistant.text.numbers import Quantity
from assistant.text.numerals import small_int

_PRICE_OF_ONE = re.compile(r"\{(?P<one>\w+)\}(当たり|あたり|につき)\{(?P<price>\w+)\}")
_PRICED = 5
"""Among so many first passages the price of one unit is looked for."""
_ADDED = re.compile(r"[+＋]|プラス|足[すせしさ]|上乗せ|加え|より[^。、]{0,4}高")
_NATIVE = ("ひとつ", "ふたつ", "みっつ", "よっつ", "いつつ")
_ALL = re.compile(r"とも|全員|全部|合計")
_AIM = re.compile(
    r"(いくら|なんぼ|何円|何万)[^。、？?]{0,6}(に(すれ|した|し[てな]|なれ|なっ|なら|上げ|引き上げ)|以上|必要|要[るり]|いる|上げ)|目標|クリア"
    r"|(まで|以上に?)[^。、]{0,4}(上げ|増や|引き上げ)|年後|来年|返還"
)
"""What asks for the pay that is to be reached, and not for a subsidy."""
_BECOMES = re.compile(r"(いくら|なんぼ|何円|何万|どのくらい|どれくらい)円?に(な[るりっ])")
_HEAD = re.compile(r"([1１一]人|ひとり)(あたり|当たり|当り)")
_APART = re.compile(r"以外|除い|除く|ほかの|他の|抜い|残り")
"""What tells of the costs beside those that a share is for."""
_IN_FULL = re.compile(r"満額|目一杯|めいっぱい|いっぱい|フル|丸々|まるまる")
_FULL_TIME = re.compile(r"(正社員|フルタイム|所定|常勤|正規)[^、。]{0,14}$")


def computed_findings(query: Query, route: Route) -> list[ComputedFinding]:
    """Whatever can be computed from the sentence alone and the requirements of the places."""
    for make in (_growth, _required, _target_pay, _fte, _own_rule, _share_room):
        finding = make(query, route)
        if finding is not None:
            return [finding]
    return []


def growth_held(query: Query, route: Route) -> list[ComputedFinding]:
    """The growth from one amount that is told to another, where a requirement says how much it has to be."""
    found = _growth(query, route)
    return [found] if found is not None and "wanted" in found.values else []


def _growth(query: Query, route: Route) -> ComputedFinding | None:
    values = query.slots.money.get("value_added_yen", ())
    if len(values) < 2 or not query.slots.years:
        money = [y for ys in query.slots.money.values() for y in ys]
        if not ((query.has("growth") or values) and len(money) == 2 and query.slots.years):
            return None
        values = tuple(y for q in query.slots.quantities if (y := q.whole("yen")) is not None)
    start, end, years = values[0], values[1], query.slots.years
    if start <= 0:
        return None
    percent = cagr_percent(start, end, years)
    steps = [f"({format_yen(end)} ÷ {format_yen(start)}) の{years}乗根 － 1 ＝ {percent}%（複利の年平均成長率）"]
    need = growth_requirement(route, "wage" if query.slots.money.get("pay_yen") else "growth", Inputs(query.slots.inputs))
    out: dict[str, object] = {"percent": str(percent), "start": start, "end": end, "years": years}
    if need is None:
        return ComputedFinding("growth", out, tuple(steps))
    wanted = str(need[2].percent)
    goal = required_value(start, wanted, years)
    steps.append(f"必要な額：{format_yen(start)} × (1＋{wanted}%)の{years}乗 ＝ {format_yen(goal)}以上")
    met = meets_growth(start, end, years, wanted)
    out |= {"wanted": need[2], "goal": goal, "label": need[1].label}
    return ComputedFinding("growth", out, tuple(steps), need[1].source, met, need[0])


def _required(query: Query, route: Route) -> ComputedFinding | None:
    bases = query.slots.money.get("value_added_yen", ()) or _base_told(query)
    if len(bases) != 1 or not query.slots.years:
        return None
    need = growth_requirement(route, "growth", Inputs(query.slots.inputs)) if query.slots.money.get("value_added_yen") else None
    percent = str(query.slots.inputs.get("value_added_growth_pct") or "") or (
        _percent(query.slots.percents[0]) if query.slots.percents else (str(need[2].percent) if need else "")
    )
    if not percent:
        return None
    goal = required_value(bases[0], percent, query.slots.years)
    step = f"{format_yen(bases[0])} × (1＋{percent}%)の{query.slots.years}乗 ＝ {format_yen(goal)}（1円未満切上げ）"
    source = need[1].source if need else None
    values = {"goal": goal, "base": bases[0], "percent": percent, "years": query.slots.years}
    return ComputedFinding("required", values, (step,), source, None, need[0] if need else None)


def _base_told(query: Query) -> tuple[int, ...]:
    """Pay or sales of today, where the question tells by which rate they are to grow and for what they become."""
    told = query.slots.money.get("pay_yen", ()) or query.slots.money.get("sales_yen", ())
    grown = len(query.slots.percents) == 1 and not query.slots.items
    return told if grown and (_AIM.search(query.text) or _BECOMES.search(query.text)) else ()


def _percent(value: Fraction) -> str:
    return str(int(value)) if value.denominator == 1 else f"{float(value):g}"


def _target_pay(query: Query, route: Route) -> ComputedFinding | None:
    """The pay a head that a special measure or requirement asks for, from today's pay."""
    pay = query.slots.money.get("pay_yen", ())
    told_now = any(q.value in pay for q in query.slots.quantities if q.unit == "yen")
    if len(set(pay)) != 1 or not (_AIM.search(query.text) or (told_now and not query.slots.items)):
        return None
    base, before = _pay_of_one(query, route, pay[0])
    for place in route.places:
        for frame in place.frames:
            for special in frame.specials:
                if special.id not in (query.slots.inputs.get("specials") or ()):
                    continue
                value = next((v for v in special.figures.values() if v.percent is not None), None)
                if value is not None:
                    years = (query.slots.years or 1) if "年平均" in special.text else 1
                    return _pay_finding(base, value, special.label, special.source, place, years, before)
    need = growth_requirement(route, "wage")
    if need is None or (_HEAD.search(query.text) and need[1].test is not None and need[1].test.any):
        return None  # pay a head has a line of its own there, by prefecture
    years = query.slots.years or next((v.years for v in need[1].figures.values() if v.years), 1)
    return _pay_finding(base, need[2], need[1].label, need[1].source, need[0], years, before)


def _pay_of_one(query: Query, route: Route, pay: int) -> tuple[Fraction, tuple[str, ...]]:
    """The pay a head and its steps, where the hours of the staff are told with the payroll; else the pay as it is told."""
    counted = _fte(query, route)
    heads = Fraction(str(counted.values["total"])) if counted else Fraction(0)
    if counted is None or heads <= 1:
        return Fraction(pay), ()
    each = pay_per_head(pay, heads)
    return each, (*counted.steps, f"1人あたり：{format_yen(pay)} ÷ {counted.values['total']}人 ＝ {format_yen(int(each))}")


def _pay_finding(
    pay: Fraction, value: Value, label: str, source: SourceRef, place: Place, years: int = 1, before: tuple[str, ...] = ()
) -> ComputedFinding:
    goal = required_value(pay, str(value.percent), years)
    power = f"の{years}乗" if years > 1 else ""
    step = f"{format_yen(int(pay))} × (1＋{value.percent}%){power} ＝ {format_yen(goal)}"
    values: dict[str, object] = {"goal": goal, "base": int(pay), "percent": value, "label": f"{label}{'の1人あたり' if before else ''}"}
    return ComputedFinding("target_pay", values, (*before, step), source, None, place)


def _fte(query: Query, route: Route) -> ComputedFinding | None:
    """Part-timers in full-time units: hours of each over the hours of a full-timer, hours a day or a week, never mixed."""
    if not query.has("fte") and "パート" not in query.text:
        return None
    hours = _hours(query)
    if len(hours) < 2:
        return None
    full = next((q for q in hours if _FULL_TIME.search(query.text[max(0, q.start - 20) : q.start])), hours[0])
    day = full.exact or Fraction(0)
    if day <= 0:
        return None
    total, steps = Fraction(0), list[str]()
    for at, q in enumerate(hours):
        heads = _heads(query, q, hours[at + 1] if at + 1 < len(hours) else None)
        if q is full:
            heads = heads or _heads_before(query, full) or _full_timers(query)
            total += heads
            steps += [f"正社員 {heads}人"] if heads else []
            continue
        part = q.exact or Fraction(0)
        share = fte(part, day)
        total += Fraction(share) * max(heads, 1)
        each = f"{decimal(part)}時間 ÷ {decimal(day)}時間 ＝ {share}人（小数点以下第3位を切捨て）"
        steps.append(each + (f" × {heads}人" if heads > 1 else ""))
    text = f"{float(total):.2f}".rstrip("0").rstrip(".")
    steps.append(f"合計 {text}人")
    claims = [q.exact for q in query.slots.quantities if q.unit == "people" and q.exact is not None and q.exact.denominator > 1]
    held = claims[0] == total if len(claims) == 1 else None
    return ComputedFinding("fte", {"total": text}, tuple(steps), None, held, route.places[0] if route.places else None)


def _hours(query: Query) -> list[Quantity]:
    """The hours told, those of a day if any are (1日8時間・週40時間), else all."""
    found = [_with_minutes(q, query) for q in query.slots.quantities if q.unit == "hours" and q.exact is not None]
    daily = [q for q in found if re.search(r"日(に|あたり|当たり)?$", query.text[max(0, q.start - 5) : q.start])]
    weekly = [q for q in found if re.search(r"週(に|あたり|当たり)?$", query.text[max(0, q.start - 5) : q.start])]
    return daily if len(daily) > 1 else [q for q in found if q not in weekly] if 0 < len(weekly) < len(found) else found


def _with_minutes(hours: Quantity, query: Query) -> Quantity:
    """Hours with the minutes that follow them at once (7時間30分)."""
    more = next((q for q in query.slots.quantities if q.whole("minutes") is not None and q.start == hours.end), None)
    return hours if more is None else replace(hours, value=(hours.exact or 0) + Fraction(more.whole("minutes") or 0, 60), end=more.end)


def _heads(query: Query, q: Quantity, after: Quantity | None) -> int:
    """How many people work these hours: the headcount of the clause before them, else the one before the next hours; 0 if none."""
    people = [x for x in query.slots.quantities if x.whole("people") is not None]
    beside = next((x.whole("people") for x in people if 0 <= x.start - q.end <= 1), None)
    if beside is not None:
        return beside
    end = after.start if after else len(query.text)
    taken = {h.end for h in query.slots.quantities if h.unit in ("hours", "minutes")}
    free = [x for x in people if not {x.start, x.start - 1} & taken]
    ahead = [x for x in free if x.end <= q.start and not re.search(r"[、。時]", query.text[x.end : q.start])]
    behind = [x for x in free if q.end <= x.start < end and not _ALL.match(query.text[x.end :])]
    return next((n for x in (*ahead[-1:], *behind[:1]) if (n := x.whole("people")) is not None), 0)


def _full_timers(query: Query) -> int:
    """The full-timers told away from their hours (所定8時間、パート3人と正社員2人)."""
    told = re.search(r"(正社員|常勤|フルタイム|正規)(の(人|社員))?[がはも]?([0-9０-９]{1,3})[人名]", query.text)
    return small_int(unicodedata.normalize("NFKC", told[4])) or 0 if told else 0


def _heads_before(query: Query, full: Quantity) -> int:
    found = [(x, n) for x in query.slots.quantities if (n := x.whole("people")) is not None and x.end <= full.start]
    return found[-1][1] if found and full.start - found[-1][0].end < 12 else 0


def _own_rule(query: Query, route: Route) -> ComputedFinding | None:
    """Cost x rate up to a cap, all three told by the user, where no programme is meant."""
    caps, costs = query.slots.money.get("cap_yen", ()), query.slots.money.get("cost_yen", ())
    if route.places or not (caps and query.slots.ratios and costs):
        return None
    cost, cap, rate = max(costs), caps[0], query.slots.ratios[0]
    raw = int(cost * rate)
    subsidy = min(raw, cap)
    steps = [f"{format_yen(cost)} × {rate} ＝ {format_yen(raw)}"]
    if raw > cap:
        steps.append(cap_step(cap))
    steps.append(own_funds_step(cost, subsidy))
    values = {"subsidy": subsidy, "cost": cost, "cap": cap, "rate": str(rate), "raw": raw, "own": cost - subsidy}
    claimed = query.slots.claimed_yen
    return ComputedFinding("own_rule", values, tuple(steps), None, None if claimed is None else claimed == subsidy)


def _share_room(query: Query, route: Route) -> ComputedFinding | None:
    """How much subsidy a category with a share limit may add to a subsidy that the user names, and the cost behind it."""
    base = _base_of_share(query)
    for place in route.places if base else ():
        labels = {c.id: (c.label, *c.also) for c in place.edition.categories}
        for frame in place.frames:
            for limit in frame.limits:
                names = [n for c in limit.categories for n in labels.get(c, ())]
                if limit.kind != "share_of_subsidy" or not limit.ratio or not any(n in query.text for n in names):
                    continue
                items = query.slots.items
                if len(items) > 1 and any(category_of(i.label, place.edition) in limit.categories for i in items):
                    continue  # its cost is told beside others: the amount is computed with the limit
                return _share_found(query, place, frame, (names[0], Fraction(limit.ratio), limit.source), base)
    return None


def _base_of_share(query: Query) -> int:
    """The subsidy that a share is of: one that is told, or the cap where all of it is wanted."""
    told = query.slots.money.get("subsidy_yen", ())
    full = query.slots.money.get("cap_yen", ()) if _IN_FULL.search(query.text) else ()
    return next(iter((*told, *full)), 0)


def _share_found(query: Query, place: Place, frame: Frame, share: tuple[str, Fraction, SourceRef], base: int) -> ComputedFinding:
    label, ratio, source = share
    apart = _told_apart(query, base)
    factor = ratio / (1 - ratio) if apart else ratio
    room = int(base * factor)
    total = base + room if apart else base
    steps = [f"{format_yen(base)} × {factor} ＝ {format_yen(room)}", f"確認：{format_yen(room)} ÷ {format_yen(total)} ＝ {ratio}以下"]
    values: dict[str, object] = {"room": room, "label": label, "ratio": str(ratio), "base": base}
    rate = rate_of(frame, Inputs(query.slots.inputs))
    if rate is not None and rate.ratio:
        cost = int(room / Fraction(rate.ratio))
        steps.append(f"{label}の経費：{format_yen(room)} ÷ {rate.ratio} ＝ {format_yen(cost)}")
        values["cost"] = cost
        if _APART.search(query.text) and not apart:
            rest = cost_for(total - room, rate)
            steps.append(f"それ以外の経費：{format_yen(total - room)} ÷ {rate.ratio} ＝ {format_yen(rest)}")
            values["rest"] = rest
    return ComputedFinding("share_room", values, tuple(steps), source, None, place)


def _told_apart(query: Query, base: int) -> bool:
    """Whether the subsidy that is told is that of the other costs alone: its own clause says so."""
    for q in query.slots.quantities:
        if q.whole("yen") == base:
            after = re.split(r"[、。？?]", query.text[q.end :])[0]
            return bool(_APART.search(query.text[: q.start]) or _APART.search(after))
    return bool(_APART.search(query.text))


def against_passage(query: Query, hits: tuple[Hit, ...]) -> ComputedFinding | None:
    """The user's own numbers held against the best passage: a sum against its limit, a share of his sales."""
    if not hits:
        return None
    passage = hits[0].passage
    several = next((f for h in hits[:_PRICED] if (f := _several(query, h.passage)) is not None), None)
    if several is not None:
        return several
    asked = "いくら" in query.text or query.has_word("money_words") or re.search(r"額(は|って)?[？?。\s]*$", query.text)
    for name, value in passage.figures.items():
        sales = query.slots.inputs.get("sales_yen")
        if sales and value.percent is not None and value.bound == "min" and "売上" in passage.text and asked:
            base = (_of_division(query) if "部門" in passage.text else None) or int(sales)
            goal = required_share(base, str(value.percent))
            step = f"{format_yen(base)} × {value.percent}% ＝ {format_yen(goal)}"
            return ComputedFinding("share_of_sales", {"goal": goal, "base": base, "percent": value}, (step,), passage.source)
        margin = next((y for q in query.slots.quantities if (y := q.whole("yen")) is not None), 0)
        regional = re.search(rf"地域別最低賃金は[^。]{{0,12}}\{{{name}\}}", passage.template) and _ADDED.search(query.text)
        if regional and passage.kind == "wage" and value.yen and 0 < margin < 500 and asked:
            goal = wage_line(value.yen, margin)
            shown = {"goal": goal, "wage": value.yen, "margin": margin}
            return ComputedFinding("wage_line", shown, (sum_step((value.yen, margin)),), passage.source)
        if value.count is not None or value.pages is not None:
            found = _counted(query, passage.text.split("。")[0], value, passage.source)
            if found is not None:
                return found
    return None


_OF_SO_MANY = re.compile(r"[0-9０-９一二三四五六七八九十](つ|台|設備)(なら|だと|だったら|やと|やったら|の場合|の時|のとき)|負担[はっ]")
"""What asks for the price of a number of things without a word for money."""


def _several(query: Query, passage: Passage) -> ComputedFinding | None:
    """The price of as many units as the user names, of which the passage tells the price of one (1設備当たり…円)."""
    priced = _PRICE_OF_ONE.search(passage.template)
    one, price = (passage.figures.get(priced[g]) for g in ("one", "price")) if priced else (None, None)
    asked = query.has_word("money_words") or query.has("price", "cost", "amount", "own_funds") or _OF_SO_MANY.search(query.text)
    if one is None or price is None or one.count != 1 or not one.of or not price.yen or not asked:
        return None
    counted = rf"([0-9０-９]{{1,2}}|[一二三四五六七八九十])(つ|台|{re.escape(one.of)})(?!目)"
    told = {small_int(unicodedata.normalize("NFKC", m[1])) for m in re.finditer(counted, query.text)}
    told |= {n for n, word in enumerate(_NATIVE, 1) if word in query.text}
    told -= {1} if len(told) > 1 else set()
    most = max((v.count or 0 for v in passage.figures.values() if v.of == one.of), default=0)
    fitting = [n for n in told if 1 < n <= most]  # beside one that is too many (2つなら？3つもあり？)
    if len(fitting) != 1:
        return None
    count = fitting[0]
    total = price.yen * count
    step = f"{format_yen(price.yen)} × {count}{one.of} ＝ {format_yen(total)}"
    return ComputedFinding("several", {"total": total, "count": count, "unit": one.of}, (step,), passage.source)


def _of_division(query: Query) -> int | None:
    """The sales of the division that are to be the base, where the question says so and tells them."""
    if not re.search(r"(部門|事業部)[^。、]{0,12}(基準|ベース|で見|で計算|に対し|を元)", query.text):
        return None
    sales = query.slots.money.get("sales_yen", ())
    told = ((q, q.whole("yen")) for q in query.slots.quantities)
    near = (y for q, y in told if y in sales and re.search(r"部門|事業部", query.text[max(0, q.start - 10) : q.start]))
    return next(near, None)


def required_share(base: int, percent: str) -> int:
    """The smallest whole yen that is at least `percent` of `base`."""
    exact = Fraction(base) * Fraction(percent) / 100
    return -int(-exact // 1)


def _counted(query: Query, sentence: str, limit: Value, source: SourceRef) -> ComputedFinding | None:
    """Counts of the user whose labels the limit's own sentence names, added up and compared with it."""
    unit = limit.of or "ページ"
    mine = [q for q in query.slots.quantities if isinstance(q.value, int) and unit in (q.counter, "ページ" if q.unit == "pages" else "")]
    kept: list[int] = []
    at = 0
    for q in mine:
        label = query.text[at : q.start]
        at = q.end
        names = re.findall(r"[一-龥ァ-ヶー]{3,}", label)
        if isinstance(q.value, int) and names and any(n in sentence for n in names):
            kept.append(q.value)
    most = limit.count if limit.count is not None else limit.pages
    if len(kept) < 2 or most is None:
        return None
    total = sum(kept)
    steps = (" ＋ ".join(f"{n}{unit}" for n in kept) + f" ＝ {total}{unit}", f"{total}{unit} － {most}{unit} ＝ {total - most}{unit}")
    values = {"total": total, "limit": limit, "unit": unit, "over": total - most}
    return ComputedFinding("counted", values, steps, source, total <= most)
