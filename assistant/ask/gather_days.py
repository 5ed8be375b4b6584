"""Days counted between the dates of a round: until one from today, from one to another, and how long it is open."""

from __future__ import annotations

import re
from datetime import date

from assistant.ask.evidence import ComputedFinding
from assistant.ask.inquiry import Inquiry
from assistant.ask.query import Query
from assistant.ask.reckon import Part, Shown, result
from assistant.ask.route import Place
from assistant.rules.schema import Event, EventKind

_APART = re.compile(
    r"(何|[0-9０-９]{1,3})(日|週間)(ほど|くらい)?(前|手前|早|後|あと|遅|の?差|違|ずれ|ズレ|開)|(差|(?<!期)間|間隔|開き)[はが]?[^。、]{0,4}何日|何日離"
)
_OPEN_FOR = re.compile(r"何日間|何日(ほど|くらい)?(受け付け|受付|開い)|期間[はが]?[^。、]{0,4}何日|[0-9０-９]{1,3}日間")
_LEFT = re.compile(r"あと何日|残り(は)?何日|何日(残|ある|後)")
_TOLD = re.compile(r"([0-9０-９]{1,3})(日|週間)(間|ほど|くらい)?(前|手前|早|後|の?差|違|です|だ|で)")
_CLOSES = re.compile(r"(申請|応募|公募|本番?)(の|そのもの|自体|受付|書)*(締め?切り?|〆切|期限)|締め?切り?より")
_NAMED: dict[EventKind, re.Pattern[str]] = {
    "support_plan": re.compile(r"支援計画書"),
    "opens": re.compile(r"(受付|申請|公募|募集)(の)?(開始|が始ま)"),
    "result": re.compile(r"発表"),
}
"""What a text calls the dates beside the close of a round."""
_POINTS_BACK = re.compile(r"\s*(それ|これ|その|この)")


def days_between(asked: Inquiry) -> list[ComputedFinding]:
    """The days that a question counts between dates of the rounds in question, each with what it takes for granted."""
    query = asked.query
    back = query.before if _POINTS_BACK.match(query.text) else None
    text = f"{back.text} {query.text}" if back else query.text
    out: dict[tuple[str, date, date], ComputedFinding] = {}
    for place in asked.route.places:
        dated = {e.kind: e for e in place.window.round.events if e.on.date}
        pair = _pair(query, text, dated)
        if pair is not None:
            key, (first, second) = ("days_apart" if _APART.search(query.text) else "days_open"), pair
            out.setdefault((place.edition.programme, _on(first), _on(second)), _counted(query, place, key, first, second))
    left = [_left(p, asked.today) for p in asked.route.places[:1]] if _LEFT.search(query.text) and "支援計画書" in query.text else []
    return [f for f in left if f is not None] + list(out.values())


def _on(event: Event) -> date:
    return date.fromisoformat(str(event.on.date))


def _pair(query: Query, text: str, dated: dict[EventKind, Event]) -> tuple[Event, Event] | None:
    """The earlier and the later date between which a question counts: the close of the round and another of its dates."""
    if "closes" not in dated:
        return None
    if _APART.search(query.text) and _CLOSES.search(text):
        named = [k for k, words in _NAMED.items() if k in dated and words.search(text)]
        first, second = sorted((dated[named[0]], dated["closes"]), key=_on) if len(named) == 1 else (None, None)
        return (first, second) if first and second and _on(first) < _on(second) else None
    whole = _OPEN_FOR.search(query.text) and not re.search(r"事業期間|実施|支援計画書", query.text) and "opens" in dated
    return (dated["opens"], dated["closes"]) if whole and re.search(r"受付|受け付け|申請|募集|公募|応募", query.text) else None


def _counted(query: Query, place: Place, key: str, first: Event, second: Event) -> ComputedFinding:
    days = (_on(second) - _on(first)).days + (key == "days_open")  # a round is open on both days
    lead, right = _held(query, days)
    unit = "日間" if key == "days_open" else "日"
    shown: dict[str, Part] = {
        "lead": lead, "first": first.label, "one": _bare(first), "second": second.label, "two": _bare(second),
        "days": Shown(f"{days}{unit}", days, "days"),
    }  # fmt: skip
    return result((key, shown), source=first.source, verdict=right, place=place)


def _bare(event: Event) -> Part:
    return event.on.model_copy(update={"time": None})


def _held(query: Query, days: int) -> tuple[str, bool | None]:
    """Whether the number of days that a question takes for granted is right."""
    told = _TOLD.search(query.text) if query.confirm else None
    if told is None:
        return "", None
    right = int(told[1]) * (7 if told[2] == "週間" else 1) == days
    return ("はい、" if right else "いいえ、"), right


def _left(place: Place, today: date) -> ComputedFinding | None:
    """The days until the support plan must be asked for."""
    event = next((e for e in place.window.round.events if e.kind == "support_plan" and e.on.date), None)
    if event is None or _on(event) < today:
        return None
    days = (_on(event) - today).days
    shown: dict[str, Part] = {"label": event.label, "on": _bare(event), "days": Shown(f"{days}日", days, "days")}
    return result(("days_left", shown), source=event.source, place=place)
