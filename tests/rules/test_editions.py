"""Which edition answers on a day: the day before, of and after each edge."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from test_rule_cases import KNOWLEDGE

from assistant.errors import NoEdition, UnknownProgramme
from assistant.rules.editions import default_window, editions_in, event_of, series_of, window_on, windows_on
from assistant.rules.load import Catalogue, load_catalogue
from assistant.rules.schema import Edition

SOURCE = {"doc": "d", "section": "s"}


def event(kind: str, **on: str) -> dict[str, Any]:
    return {"kind": kind, "label": kind, "on": on, "source": SOURCE}


def edition(name: str, *events: dict[str, Any], frames: bool = True, **more: Any) -> Edition:
    rounds = more.pop("rounds", None) or [{"id": "r", "label": name, "events": list(events)}]
    return Edition.model_validate({
        "id": f"p/{name}", "label": name, "year": 2026, "docs": ["d"], "checked_on": "2026-07-01", "rounds": rounds,
        "frames": [{"id": "f", "label": "枠"}] if frames else [], **more,
    })  # fmt: skip


def day(text: str) -> date:
    return date.fromisoformat(text)


FIRST = edition("first", event("opens", date="2026-03-01"), event("closes", date="2026-04-30"))
CLOSES = event("closes", date="2026-10-30", time="17:00")
SECOND = edition("second", event("opens", date="2026-08-03"), CLOSES, published_on="2026-06-30")


@pytest.mark.parametrize(
    ("today", "state", "left", "until"),
    [
        ("2026-08-02", "upcoming", None, 1), ("2026-08-03", "open", 88, None), ("2026-08-04", "open", 87, None),
        ("2026-10-29", "open", 1, None), ("2026-10-30", "open", 0, None), ("2026-10-31", "closed", None, None),
    ],
)  # fmt: skip
def test_window_around_its_edges(today: str, state: str, left: int | None, until: int | None) -> None:
    window = window_on(SECOND, SECOND.rounds[0], day(today))
    assert (window.state, window.days_left, window.days_until_open, window.precision) == (state, left, until, "minute")


def test_a_bare_closing_day_is_open_to_its_end() -> None:
    assert window_on(FIRST, FIRST.rounds[0], day("2026-04-30")).state == "open"
    assert window_on(FIRST, FIRST.rounds[0], day("2026-05-01")).state == "closed"


@pytest.mark.parametrize(
    ("events", "today", "state"),
    [
        ([], "2026-07-01", "unknown"),
        ([event("closes", date="2026-07-10")], "2026-07-10", "unknown"),  # nobody said when it opens
        ([event("closes", date="2026-07-10")], "2026-07-11", "closed"),
        ([event("opens", date="2026-07-10")], "2026-07-09", "upcoming"),
        ([event("opens", date="2026-07-10")], "2026-07-10", "unknown"),  # nobody said when it closes
        ([event("opens", month="2026-07", part="中旬"), event("closes", month="2026-08", part="下旬")], "2026-07-10", "upcoming"),
        ([event("opens", month="2026-07", part="中旬"), event("closes", month="2026-08", part="下旬")], "2026-07-11", "open"),
        ([event("opens", month="2026-07", part="中旬"), event("closes", month="2026-08", part="下旬")], "2026-08-31", "open"),
        ([event("opens", month="2026-07", part="中旬"), event("closes", month="2026-08", part="下旬")], "2026-09-01", "closed"),
    ],
)
def test_what_is_not_known_is_not_guessed(events: list[dict[str, Any]], today: str, state: str) -> None:
    some = edition("some", *events)
    assert window_on(some, some.rounds[0], day(today)).state == state


def test_rolling_is_always_open() -> None:
    always = edition("always", rounds=[{"id": "z", "label": "随時", "rolling": True}])
    assert window_on(always, always.rounds[0], day("2030-01-01")).state == "rolling"


@pytest.mark.parametrize(
    ("today", "answers"),
    [
        ("2026-02-28", "p/first"), ("2026-03-01", "p/first"), ("2026-04-30", "p/first"),
        ("2026-05-20", "p/first"),  # closed, but the next is not announced yet
        ("2026-06-29", "p/first"), ("2026-06-30", "p/second"),  # announced on that day
        ("2026-08-03", "p/second"), ("2026-10-30", "p/second"), ("2026-10-31", "p/second"),
    ],
)  # fmt: skip
def test_default_is_open_then_upcoming_then_last_closed(today: str, answers: str) -> None:
    for order in ((FIRST, SECOND), (SECOND, FIRST)):
        assert default_window(order, day(today)).edition.id == answers


def test_an_open_round_beats_an_announced_one() -> None:
    later = edition("later", event("opens", date="2026-12-01"), event("closes", date="2026-12-20"))
    assert default_window((later, SECOND), day("2026-09-01")).edition.id == "p/second"
    assert [w.edition.id for w in windows_on((FIRST, later, SECOND), day("2026-09-01"))] == ["p/second", "p/later", "p/first"]


def test_an_edition_without_frames_answers_only_alone() -> None:
    bare = edition("bare", event("opens", date="2026-09-01"), event("closes", date="2026-09-30"), frames=False)
    assert default_window((bare, FIRST), day("2026-09-10")).edition.id == "p/first"
    assert default_window((bare,), day("2026-09-10")).edition.id == "p/bare"


def test_before_publication_nothing_is_known() -> None:
    assert windows_on((SECOND,), day("2026-06-29")) == ()
    with pytest.raises(NoEdition):
        default_window((SECOND,), day("2026-06-29"))
    with pytest.raises(NoEdition):
        default_window((), day("2026-06-29"))


def test_labels_name_the_round_where_that_is_clear() -> None:
    two = edition("y2026", label="2026年", rounds=[{"id": "a", "label": "第5回"}, {"id": "b", "label": "1次"}])
    labels = [window_on(two, r, day("2026-07-01")).label for r in two.rounds]
    assert labels == ["第5回", "2026年 1次"]
    assert event_of(two.rounds[0], "opens") is None


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(KNOWLEDGE)


@pytest.mark.parametrize(
    ("programme", "series", "today", "answers"),
    [
        ("jizokuka", "ippan", "2026-05-20", "jizokuka/2026-r19"),
        ("jizokuka", "ippan", "2026-05-27", "jizokuka/2026-r20"),
        ("jizokuka", "ippan", "2026-11-24", "jizokuka/2026-r20"),
        ("jizokuka", "sogyo", "2026-11-24", "jizokuka/2026-sogyo-r4"),
        ("shoryokuka", "ippan", "2026-07-15", "shoryokuka/2026-ippan"),
        ("shinjigyo-monodukuri", None, "2026-11-24", "shinjigyo-monodukuri/2026-r1"),
        ("digital-ai", "main", "2026-07-06", "digital-ai/2026"),
    ],
)
def test_shipped_editions_answer(catalogue: Catalogue, programme: str, series: str | None, today: str, answers: str) -> None:
    window = windows_on(editions_in(catalogue, programme, series), day(today))[0]
    assert window.edition.id == answers


def test_a_question_between_rounds_gets_figures(catalogue: Catalogue) -> None:
    """The default is an edition that holds frames, so that a figure can be told on any day."""
    for today in ("2025-07-01", "2026-05-20", "2026-11-24", "2028-01-01"):
        for programme in catalogue.programmes:
            for series in series_of(catalogue, programme):
                editions = editions_in(catalogue, programme, series)
                if any(w.edition.frames for w in windows_on(editions, day(today))):
                    assert default_window(editions, day(today)).edition.frames


def test_superseded_editions_are_not_newer(catalogue: Catalogue) -> None:
    for edition_ in catalogue.editions.values():
        if edition_.supersedes:
            assert catalogue.editions[edition_.supersedes].year <= edition_.year


def test_unknown_programme_names_near_ones(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownProgramme, match="知識にありません"):
        catalogue.programme("nothing")
    assert catalogue.editions_of("nothing") == ()
