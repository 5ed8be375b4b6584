"""Which edition answers on a day, and what is open, upcoming or closed: computed, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from assistant.errors import NoEdition
from assistant.rules.load import Catalogue
from assistant.rules.schema import Edition, Event, EventKind, Round
from assistant.rules.values import JST, Precision, moment_of, precision_of

State = Literal["open", "upcoming", "closed", "rolling", "unknown"]
_RANK = {"open": 0, "rolling": 0, "upcoming": 1, "closed": 2, "unknown": 3}


@dataclass(frozen=True, slots=True)
class Window:
    """A round of an edition seen on a day: its state, opening and closing, and the days that are left."""

    edition: Edition
    round: Round
    state: State
    opens: Event | None
    closes: Event | None
    closes_at: datetime | None
    days_left: int | None
    """Whole days from today to the closing day (0: today); None if not open or not known."""
    days_until_open: int | None

    @property
    def label(self) -> str:
        """Name of the round as people say it, with the edition where the round alone is not clear."""
        if self.round.label == self.edition.label or len(self.edition.rounds) == 1:
            return self.edition.label
        return self.round.label if self.round.label.startswith("第") else f"{self.edition.label} {self.round.label}"

    @property
    def precision(self) -> Precision:
        """How exactly the closing is known."""
        return precision_of(self.closes.on) if self.closes else "none"


def event_of(round_: Round, kind: EventKind) -> Event | None:
    """The first event of that kind, None if the sources give none."""
    return next((e for e in round_.events if e.kind == kind), None)


def window_on(edition: Edition, round_: Round, today: date) -> Window:
    """The state of a round on a day; a closing day counts as open until its hour (24:00 if none is printed).

    Args:
        edition: The edition that the round belongs to.
        round_: One of its rounds.
        today: The day in Japan; the state is that of the day's beginning, a deadline today is still open.
    """
    now = datetime.combine(today, time(0), JST)
    opens, closes = event_of(round_, "opens"), event_of(round_, "closes")
    opens_at = moment_of(opens.on, end_of_day=False) if opens else None
    closes_at = moment_of(closes.on, end_of_day=True) if closes else None
    state = _state(round_, now, opens_at, closes_at)
    left = (closes_at.date() - today).days if state == "open" and closes_at else None
    until = (opens_at.date() - today).days if state == "upcoming" and opens_at else None
    return Window(edition, round_, state, opens, closes, closes_at, left, until)


def _state(round_: Round, now: datetime, opens_at: datetime | None, closes_at: datetime | None) -> State:
    if round_.rolling:
        return "rolling"
    if closes_at is not None and closes_at < now:
        return "closed"
    if opens_at is not None:
        return "upcoming" if opens_at.date() > now.date() else ("open" if closes_at else "unknown")
    return "unknown"


def windows_on(editions: tuple[Edition, ...], today: date) -> tuple[Window, ...]:
    """All rounds of the editions known on `today`, best first: open, then what closes later, then closed, newest first in each."""
    known = [e for e in editions if e.published_on is None or date.fromisoformat(e.published_on) <= today]
    windows = [window_on(e, r, today) for e in known for r in e.rounds]

    def order(w: Window) -> tuple[int, int, float]:
        moment = w.closes_at or (moment_of(w.opens.on, end_of_day=False) if w.opens else None)
        stamp = moment.timestamp() if moment else 0.0
        ahead = w.state == "unknown" and w.closes_at is not None  # not closed yet, only the opening is not known
        soonest_first = w.state in ("open", "upcoming") or ahead
        rank = _RANK["upcoming"] if ahead else _RANK[w.state]
        return rank, -w.edition.year if w.state == "rolling" or moment is None else 0, stamp if soonest_first else -stamp

    return tuple(sorted(windows, key=order))


def default_window(editions: tuple[Edition, ...], today: date) -> Window:
    """The round that answers when the question names none: open, else next upcoming, else last closed.

    Raises:
        NoEdition: No edition is known on that day.
    """
    windows = windows_on(editions, today)
    usable = [w for w in windows if w.edition.frames] or list(windows)
    if not usable:
        raise NoEdition(editions[0].programme if editions else "", today.isoformat())
    return usable[0]


def series_of(catalogue: Catalogue, programme_id: str) -> tuple[str, ...]:
    """The series of a programme in the order of its file; `main` if it has none."""
    programme = catalogue.programme(programme_id)
    return tuple(s.id for s in programme.series) or ("main",)


def editions_in(catalogue: Catalogue, programme_id: str, series: str | None = None) -> tuple[Edition, ...]:
    """The editions of a programme, of one series if given."""
    found = catalogue.editions_of(programme_id)
    return tuple(e for e in found if series is None or e.series == series)
