"""The dates of all rounds as a calendar: events as the API sends them, and an RFC 5545 file for calendar programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from assistant.rules.editions import window_on
from assistant.rules.labels import STATE_WORDS, short_date
from assistant.rules.load import Catalogue
from assistant.rules.schema import Edition, Event, Programme, Round
from assistant.rules.values import JST, moment_of, precision_of

DUE = ("closes", "support_plan", "project_end", "report")
"""Kinds of events by whose end something must be done."""
FIXED = ("day", "minute")
"""Precisions that a calendar program can show; 上旬 or a month is no day."""


def calendar_request(catalogue: Catalogue, today: date, programme: str | None = None, upcoming: bool = False) -> dict[str, Any]:
    """All dated events of the rounds known on a day, soonest first, in the shape of the API.

    Args:
        catalogue: The knowledge.
        today: The day in Japan.
        programme: The id of the one programme to show; all of them if None.
        upcoming: Whether to leave out what is past.
    """
    first = datetime.combine(today, time(0), JST).isoformat()
    found = (e for e in _events(catalogue, today, programme) if not upcoming or e["sort"] >= first)
    events = sorted(found, key=lambda e: (e["sort"], e["uid"]))
    return {
        "today": today.isoformat(), "as_of": catalogue.as_of, "knowledge_version": catalogue.version,
        "events": [{k: v for k, v in e.items() if k != "sort"} for e in events],
    }  # fmt: skip


def _events(catalogue: Catalogue, today: date, programme: str | None) -> Iterator[dict[str, Any]]:
    for owner in catalogue.programmes.values():
        if programme in (None, owner.id):
            for edition in catalogue.editions_of(owner.id):
                if edition.published_on is None or edition.published_on <= today.isoformat():
                    for round_ in edition.rounds:
                        yield from _round_events(catalogue, owner, edition, round_, today)


def _round_events(
    catalogue: Catalogue, owner: Programme, edition: Edition, round_: Round, today: date
) -> Iterator[dict[str, Any]]:
    window = window_on(edition, round_, today)
    series = {s.id: s.label for s in owner.series}.get(edition.series)
    labels = {f.id: f.label for f in edition.frames}
    seen: dict[str, int] = {}
    for event in round_.events:
        if precision_of(event.on) == "none":
            continue
        seen[event.kind] = seen.get(event.kind, 0) + 1
        moment = moment_of(event.on, end_of_day=event.kind in DUE)
        document = catalogue.documents[event.source.doc]
        yield {
            "uid": f"{edition.id}/{round_.id}/{event.kind}-{seen[event.kind]}",
            "programme": owner.id, "name": owner.name, "short": owner.short, "series": series,
            "edition_id": edition.id, "edition": edition.label, "round": round_.id, "round_label": window.label,
            "window": window.state, "window_label": STATE_WORDS[window.state],
            "kind": event.kind, "label": event.label, "on": event.on.wire, "part": event.on.part,
            "precision": precision_of(event.on), "text": short_date(event.on), "planned": event.planned, "doubt": event.doubt,
            "frames": [labels[f] for f in event.frames], "days_left": _days_left(event, today),
            "source": {
                "document": document.title, "section": event.source.section, "as_of": document.as_of, "url": document.url,
            },
            "checked_on": edition.checked_on, "office": owner.office.model_dump(), "sort": moment.isoformat(),
        }  # fmt: skip


def _days_left(event: Event, today: date) -> int | None:
    """Days to an event on a fixed day; None if it is past, or its day is not fixed."""
    if event.on.date is None:
        return None
    left = (date.fromisoformat(event.on.date) - today).days
    return left if left >= 0 else None


def calendar_file(catalogue: Catalogue, today: date, programme: str | None = None, upcoming: bool = False) -> bytes:
    """The events on fixed days as an iCalendar file (RFC 5545); times are Japan time, days are whole days.

    Args:
        catalogue: The knowledge.
        today: The day in Japan; editions that are not published by then are left out.
        programme: The id of the one programme to show; all of them if None.
        upcoming: Whether to leave out what is past.
    """
    from icalendar import Calendar

    whole = calendar_request(catalogue, today, programme, upcoming)
    calendar = Calendar()
    calendar.add("prodid", "-//Shirube//calendar//JA")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"補助金の日程（{whole['as_of']} 時点の資料）")
    calendar.add("x-wr-timezone", JST.key)
    for event in _fixed(whole["events"]):
        calendar.add_component(_component(event))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _fixed(events: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield from (e for e in events if e["precision"] in FIXED)


def _component(event: dict[str, Any]) -> Any:
    from icalendar import Event as Component

    on = str(event["on"])
    out = Component()
    out.add("uid", f"{event['uid'].replace('/', '.')}@shirube")
    out.add("dtstamp", datetime.combine(date.fromisoformat(event["checked_on"]), time(0), JST).astimezone(UTC))
    out.add("dtstart", datetime.fromisoformat(on).replace(tzinfo=JST) if "T" in on else date.fromisoformat(on))
    planned = "（予定）" if event["planned"] else ""
    out.add("summary", f"{_title(event)} {event['label']}{planned}")
    out.add("description", _description(event))
    out.add("categories", [event["short"], event["label"]])
    out.add("status", "TENTATIVE" if event["planned"] else "CONFIRMED")
    out.add("transp", "TRANSPARENT")
    if event["office"].get("url"):
        out.add("url", event["office"]["url"])
    return out


def _title(event: dict[str, Any]) -> str:
    series = event["series"] if event["series"] and event["series"] not in event["round_label"] else ""
    return " ".join(p for p in (event["short"], series, event["round_label"]) if p)


def _description(event: dict[str, Any]) -> str:
    source = event["source"]
    lines = [
        f"制度: {event['name']}",
        f"公募回: {event['round_label']}" + (f"（{'、'.join(event['frames'])}）" if event["frames"] else ""),
        f"日時: {event['text']}",
        f"注意: {event['doubt']}" if event["doubt"] else "",
        f"出典: {source['document']}「{source['section'].strip('「」')}」（{source['as_of']} 時点）",
        f"問い合わせ先: {event['office']['name']}",
        "申請の前に、最新の公募要領で確認してください。",
    ]
    return "\n".join(line for line in lines if line)
