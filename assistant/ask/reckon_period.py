"""The day until which a project must end: so many months from a day that is told, and the first of two such days."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.ask.evidence import ComputedFinding
from assistant.ask.reckon import Case, Line, Part, Shown, result
from assistant.rules.schema import Edition, Fact
from assistant.rules.values import Value
from assistant.text.dates import PartialDate, add_months

_FROM = re.compile(r"(?P<event>交付決定|採択発表)日から\{(?P<figure>[a-z0-9-]+)\}")
_EVENT_TOLD = {
    "交付決定": re.compile(r"交付決定(の?通知)?(日|を受けた日)?(が|は|を|、|：|:|で|も)?(もし|仮に)?[^。0-9０-９]{0,6}$"),
    "採択発表": re.compile(r"(採択発表|採択(?!率)|採択の?結果)(の?公表)?(日)?(が|は|を|、|：|:|で|も)?(もし|仮に)?[^。0-9０-９]{0,6}$"),
}
_EVENT_AFTER = {"交付決定": re.compile(r"(付け?)?[にの]?交付決定"), "採択発表": re.compile(r"(付け?)?[にの]?採択")}
"""What tells of which event a day is, before it or after it."""
_SPAN_FROM = {
    "交付決定": re.compile(r"交付決定(日)?(から|後|より|して)[^。0-9０-９]{0,8}$"),
    "採択発表": re.compile(r"採択(発表)?(日)?(から|後|より)[^。0-9０-９]{0,8}$"),
}
_RULE = re.compile(r"以内|まで(?!に?終)|の?(期限|条件|要件|ルール|決まり)|と[0-9０-９]|の?どちら")
"""What makes a span that of the rule."""
_ENDS = re.compile(
    r"(いつ|何年|何月|何日)[^。？?]{0,10}(まで|終|完了|期限)|期限[はがをも、]*[^。？?]{0,6}(いつ|何|[？?]|$)|(完了|終了)期限|どちらが先|いつまで|リミット"
)
_FITS = re.compile(r"間に合|収ま|おさま|期間内|期限内|大丈夫|問題な|いけ|アウト|オーバー|超え|過ぎ|満た")


@dataclass(frozen=True, slots=True)
class _Limit:
    """A span of months from an event."""

    event: str
    value: Value
    months: int
    from_day: date | None
    of_month: bool
    """Whether only the month of the event is told."""

    @property
    def end(self) -> date | None:
        """The day until which the project may last, None if the event's day is not told."""
        return add_months(self.from_day, self.months) if self.from_day else None


def period_end(case: Case) -> list[ComputedFinding]:
    """Until when a project must end, or whether an end that is told lies within the time: by the earliest of all spans that count."""
    query = case.query
    fits = bool(_FITS.search(query.text))
    if not (fits or _ENDS.search(query.text)):
        return []
    for edition, fact in _facts(case):
        limits = _limits(case, fact)
        told = [x for x in limits if x.end is not None]
        spans = _spans(case, limits) if fits else []
        if spans:
            return [_of_spans(case, edition, fact, spans)]
        if told:
            return [_of_days(case, edition, fact, limits, told)]
    return []


def _facts(case: Case) -> Iterator[tuple[Edition, Fact]]:
    for place in case.route.places:
        ids = {f.id for f in place.frames}
        found = [f for f in place.edition.facts if f.kind == "period" and _FROM.search(f.text) and (not f.frames or ids & set(f.frames))]
        if len(found) == 1 or not any(f.frames for f in found):
            yield from ((place.edition, f) for f in found[:1])


def _limits(case: Case, fact: Fact) -> list[_Limit]:
    out = []
    for m in _FROM.finditer(fact.text):
        value = fact.figures[m["figure"]]
        months = value.months or 12 * (value.years or 0)
        told = _day_of(case, m["event"])
        if months:
            out.append(_Limit(m["event"], value, months, told[0] if told else None, told[1] if told else False))
    return out


def _days(case: Case) -> list[tuple[PartialDate, int, int]]:
    found = [(q.value, q.start, q.end) for q in case.quantities if isinstance(q.value, PartialDate)]
    return [(d, a, b) for d, a, b in found if d.year and d.month]


def _is_of(case: Case, event: str, start: int, end: int) -> bool:
    return bool(_EVENT_TOLD[event].search(case.text[:start]) or _EVENT_AFTER[event].match(case.text, end))


def _day_of(case: Case, event: str) -> tuple[date, bool] | None:
    """The day of an event, and whether only its month is told (its last day stands for it)."""
    for told, start, end in _days(case):
        if _is_of(case, event, start, end):
            return _last(told), told.day is None
    return None


def _last(told: PartialDate) -> date:
    year, month = told.year or 0, told.month or 1
    return date(year, month, told.day or calendar.monthrange(year, month)[1])


def _spans(case: Case, limits: list[_Limit]) -> list[tuple[_Limit, int]]:
    """The spans of the user's own plan, each with the limit that it counts from."""
    out = []
    for q in case.query.slots.quantities:
        months = (q.whole("months") or 12 * (q.whole("years") or 0)) if q.unit in ("months", "years") else 0
        if not months or q.bound is not None or _RULE.match(case.query.text, q.end):
            continue
        limit = next((x for x in limits if _SPAN_FROM[x.event].search(case.query.text[: q.start])), None)
        out += [(limit, months)] if limit else []
    return out


def _of_spans(case: Case, edition: Edition, fact: Fact, spans: list[tuple[_Limit, int]]) -> ComputedFinding:
    met = all(months <= limit.months for limit, months in spans)
    lines: list[Line] = [("period_met" if met else "period_not_met", {"name": case.heading(edition)})]
    for limit, months in spans:
        shown: dict[str, Part] = {"event": limit.event, "mine": Shown(f"{months}か月", months, "months", True), "span": limit.value}
        lines.append(("period_span", shown))
    return result(*lines, ("rule", {"text": fact}), source=fact.source, verdict=met, place=case.place_of(edition))


def _of_days(case: Case, edition: Edition, fact: Fact, limits: list[_Limit], told: list[_Limit]) -> ComputedFinding:
    first = min(told, key=lambda x: x.end or date.max)
    end = first.end or date.max
    own = next((_last(d) for d, a, b in _days(case) if not any(_is_of(case, x.event, a, b) for x in limits)), None)
    parts: dict[str, Part] = {"end": _shown(end, first.of_month), "event": first.event, "span": first.value}
    lines: list[Line] = []
    met = None if own is None else own <= end
    if own is not None:
        lines.append(("period_met" if met else "period_not_met", {"name": case.heading(edition)}))
    lines.append(("period_first" if len(told) > 1 else "period_end", parts))
    if len(told) < len(limits):
        other = next(x for x in limits if x.end is None)
        lines.append(("period_other", {"event": other.event, "span": other.value}))
    steps = tuple(f"{x.event} {_text(x.from_day, x.of_month)} から {x.value.text()} → {_text(x.end, x.of_month)}" for x in told)
    return result(*lines, ("rule", {"text": fact}), steps=steps, source=fact.source, verdict=met, place=case.place_of(edition))


def _text(day: date | None, of_month: bool) -> str:
    if day is None:
        return ""
    return f"{day.year}年{day.month}月" + ("" if of_month else f"{day.day}日")


def _shown(day: date, of_month: bool) -> Shown:
    return Shown(_text(day, of_month), f"{day.year:04d}-{day.month:02d}" if of_month else day.isoformat(), "date")
