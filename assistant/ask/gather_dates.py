"""Windows, deadlines and other events that a question asks for."""

from __future__ import annotations

import re
from datetime import date

from assistant.ask.evidence import DateFinding
from assistant.ask.inquiry import Inquiry
from assistant.ask.query import Query
from assistant.ask.route import Place
from assistant.rules.editions import Window, editions_in, event_of, windows_on
from assistant.rules.load import Catalogue
from assistant.rules.schema import EventKind
from assistant.text.dates import PartialDate

EVENT_OF: dict[str, EventKind] = {
    "deadline": "closes", "opens": "opens", "result": "result", "support_plan": "support_plan",
    "grant": "grant", "project_end": "project_end", "interview": "interview",
}  # fmt: skip


_TO_COME = re.compile(
    r"(出し|申請し|応募し|申し込ん|エントリーし)(たら|たとして|た場合|だら|て)"
    r"|(出す|申請する|応募する|申し込む)(と|なら|として|場合)|今回|次回|次の"
)
"""The user has not applied yet: the result asked for is that of the round to come."""
_NEXT = re.compile(r"次(の|に)?(回|公募|募集|受付|締め?切り?|チャンス|機会)|次は(いつ|何|ある|ない)|次回|^[^。、]{0,6}次は[？?。]?$")
"""What asks for a round after the last one."""
_HOUR = re.compile(r"(何|なん)時(?!間|点|期|代)|締め?切り?の?(時刻|時間)|[0-9０-９]{1,2}時(まで)?(です|で(いい|合って)|だ)")
"""What asks for the hour of a day."""
QUIET = ("project_end", "grant", "interview")
"""Events of which nothing is said where the sources print none: passages may tell of them in words."""


def date_findings(attribute: str, asked: Inquiry) -> list[DateFinding]:
    """One finding for each place in question: the event asked for in the round in question, and the other rounds near it."""
    query, catalogue, today = asked.query, asked.catalogue, asked.today
    out = []
    for place in asked.route.places:
        window = place.window
        series = editions_in(catalogue, place.edition.programme, place.edition.series)
        others = tuple(w for w in windows_on(series, today) if w.round.id != window.round.id or w.edition.id != window.edition.id)
        ahead = query.rounds or query.has("deadline") or _TO_COME.search(query.text) or _tells_later(query, today)
        if attribute in ("result", "interview") and not ahead:
            window = _round_with_result(window, others) or window
        near = tuple(w for w in others if w.state in ("open", "upcoming"))[:2]
        near = near or _after_merger(place, catalogue, today) or others[:1]
        event = event_of(window.round, EVENT_OF[attribute]) or (event_of(window.round, "grant") if attribute == "result" else None)
        if event is not None or attribute not in QUIET:
            out.append(DateFinding(attribute, window, event, near))
    return out


def _tells_later(query: Query, today: date) -> bool:
    """Whether a question tells a month of a year to come."""
    told = (q.value for q in query.slots.quantities if isinstance(q.value, PartialDate))
    return any(d.year and (d.year, d.month or 1) > (today.year, today.month) for d in told)


def is_untold(finding: DateFinding, query: Query) -> bool:
    """Whether the sources do not print the day that is asked for: its event, the hour of it, or a round after the last one."""
    if finding.silent:
        return True
    over = finding.window.state == "closed" and not any(w.state in ("open", "upcoming", "rolling") for w in finding.others)
    return lacks_hour(finding, query) or (over and not query.rounds and bool(_NEXT.search(query.text)))


def lacks_hour(finding: DateFinding, query: Query) -> bool:
    """Whether the hour of a day is asked for and the sources print the day alone."""
    return finding.event is not None and finding.event.on.time is None and bool(_HOUR.search(query.text))


def _after_merger(place: Place, catalogue: Catalogue, today: date) -> tuple[Window, ...]:
    """Open and upcoming rounds of the programme that took the place of this one."""
    lines = catalogue.programmes[place.edition.programme].lineage
    later = [e for x in lines if x.relation == "successor" for e in editions_in(catalogue, x.programme)]
    return tuple(w for w in windows_on(tuple(later), today) if w.state in ("open", "upcoming"))[:1]


def _round_with_result(window: Window, others: tuple[Window, ...]) -> Window | None:
    """The round whose result people wait for: the last closed one that has a result event."""
    closed = [w for w in (window, *others) if w.state == "closed" and event_of(w.round, "result")]
    return window if window.state == "closed" or not closed else closed[0]
