"""The calendar: every dated event with its source; days that are not fixed are told, never invented."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar

from assistant.api import create_app
from assistant.calendar_door import calendar_file, calendar_request
from assistant.flow import Assistant


@pytest.fixture
def client(own: Assistant, today: date) -> Iterator[TestClient]:
    with TestClient(create_app(own, today), raise_server_exceptions=False) as client:
        yield client


def by_uid(events: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {e["uid"]: e for e in events}


def test_a_deadline_has_programme_round_time_and_source(assistant: Assistant, today: date) -> None:
    events = by_uid(calendar_request(assistant.catalogue, today)["events"])
    closes = events["jizokuka/2026-r20/r20/closes-1"]
    assert (closes["on"], closes["precision"], closes["days_left"]) == ("2026-12-15T17:00:00+09:00", "minute", 21)
    assert (closes["programme"], closes["edition"], closes["window"]) == ("jizokuka", "第20回", "open")
    assert closes["source"]["document"] and closes["source"]["section"] and closes["text"] == "2026年12月15日(火) 17:00"


def test_every_dated_event_of_the_known_editions_is_there(assistant: Assistant, today: date) -> None:
    catalogue = assistant.catalogue
    events = calendar_request(catalogue, today)["events"]
    known = [e for e in catalogue.editions.values() if e.published_on is None or e.published_on <= today.isoformat()]
    dated = [x for e in known for r in e.rounds for x in r.events if x.on.date or x.on.month]
    assert len(events) == len(dated) == len({e["uid"] for e in events})
    days = [e["on"][:10] for e in events if e["precision"] in ("day", "minute")]
    assert days == sorted(days)


def test_an_edition_is_unknown_before_its_publication(assistant: Assistant) -> None:
    before = calendar_request(assistant.catalogue, date(2026, 5, 26), "jizokuka")["events"]
    after = calendar_request(assistant.catalogue, date(2026, 5, 27), "jizokuka")["events"]
    assert not [e for e in before if e["edition_id"] == "jizokuka/2026-r20"]
    assert [e for e in after if e["edition_id"] == "jizokuka/2026-r20"]


def test_the_file_is_rfc_5545_in_japan_time(assistant: Assistant, today: date) -> None:
    content = calendar_file(assistant.catalogue, today)
    assert content.startswith(b"BEGIN:VCALENDAR\r\n") and all(len(line) <= 75 for line in content.split(b"\r\n"))
    calendar = Calendar.from_ical(content)
    assert calendar["version"] == "2.0" and [t["tzid"] for t in calendar.walk("VTIMEZONE")] == ["Asia/Tokyo"]
    events = {str(e["uid"]): e for e in calendar.walk("VEVENT")}
    closes = events["jizokuka.2026-r20.r20.closes-1@shirube"]
    start = closes["dtstart"].dt
    assert isinstance(start, datetime) and start.isoformat() == "2026-12-15T17:00:00+09:00"
    assert closes["dtstart"].params["TZID"] == "Asia/Tokyo" and start.utcoffset() == timedelta(hours=9)
    assert "持続化補助金" in closes["summary"] and "第20回" in closes["summary"] and "締切" in closes["summary"]
    assert "小規模事業者持続化補助金" in closes["description"] and "出典: " in closes["description"]
    opens = events["jizokuka.2026-r20.r20.opens-1@shirube"]["dtstart"]
    assert opens.dt == date(2026, 11, 5) and not isinstance(opens.dt, datetime)


def test_a_third_of_a_month_is_told_but_is_no_day_of_the_file(assistant: Assistant, today: date) -> None:
    events = calendar_request(assistant.catalogue, today)["events"]
    vague = next(e for e in events if e["uid"].startswith("daikibo-seicho/2026-r6/") and e["kind"] == "closes")
    assert (vague["on"], vague["part"], vague["precision"], vague["text"]) == ("2026-08", "下旬", "third", "2026年8月下旬")
    assert vague["planned"] is True and vague["days_left"] is None
    uids = {str(e["uid"]) for e in Calendar.from_ical(calendar_file(assistant.catalogue, today)).walk("VEVENT")}
    assert len(uids) == sum(e["precision"] in ("day", "minute") for e in events) < len(events)
    assert f"{vague['uid'].replace('/', '.')}@shirube" not in uids


def test_the_api_gives_json_and_by_accept_the_file(client: TestClient) -> None:
    body = client.get("/v1/calendar").json()
    assert body["today"] == "2026-11-24" and body["events"]
    earlier = client.get("/v1/calendar", params={"today": "2026-12-15", "programme": "jizokuka"}).json()
    assert {e["programme"] for e in earlier["events"]} == {"jizokuka"}
    assert by_uid(earlier["events"])["jizokuka/2026-r20/r20/closes-1"]["days_left"] == 0
    response = client.get("/v1/calendar", headers={"Accept": "text/calendar"})
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    assert Calendar.from_ical(response.content).walk("VEVENT")
    for wrong, status in ({"today": "soon"}, 422), ({"programme": "jizoku"}, 404):
        found = client.get("/v1/calendar", params=wrong)
        assert found.status_code == status and found.headers["content-type"].startswith("application/problem+json")


def shirube(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "assistant", *arguments], capture_output=True, timeout=60, check=False)


def test_the_command_writes_the_file_as_it_is() -> None:
    done = shirube("programmes", "jizokuka", "--ics", "--today", "2026-11-24")
    assert done.returncode == 0 and done.stderr == b"" and done.stdout.endswith(b"END:VCALENDAR\r\n")
    assert b"\r\r\n" not in done.stdout and Calendar.from_ical(done.stdout).walk("VEVENT")
    both = shirube("programmes", "--ics", "--json")
    assert both.returncode == 2 and "同時" in both.stderr.decode() and both.stdout == b""


def test_what_is_past_can_be_left_out(client: TestClient) -> None:
    whole = client.get("/v1/calendar").json()["events"]
    coming = client.get("/v1/calendar", params={"upcoming": True}).json()["events"]
    assert 0 < len(coming) < len(whole) and all(e["on"] >= "2026-11" for e in coming)
    file = client.get("/v1/calendar", params={"upcoming": True}, headers={"Accept": "text/calendar"}).text
    assert "BEGIN:VEVENT" in file and "2025" not in "".join(x for x in file.splitlines() if x.startswith("DTSTART"))
