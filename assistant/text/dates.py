"""Dates as people write them: incomplete dates, Japanese eras, weekdays."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Literal

WEEKDAYS = "月火水木金土日"
ERA_START = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988, "S": 1925}
"""The year before the first year of an era."""

Prefer = Literal["future", "past"]


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which any field may be unknown; `part` is a third of a month, 末 or 頃; `hour` is in Japan time.

    `weekday` is what the text says, not what the calendar says, and plays no part in equality.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str | None = None
    hour: int | None = None
    minute: int | None = None
    weekday: str | None = field(default=None, compare=False)

    @property
    def is_year(self) -> bool:
        """Whether a year alone is told."""
        return self.year is not None and self.month is None and self.day is None and not self.has_time

    @property
    def has_time(self) -> bool:
        """Whether an hour is known."""
        return self.hour is not None

    @property
    def iso(self) -> str:
        """ISO text of what is known, the coarser fields left out by dashes: 2026-07, --07-31, 2026-07-31T17:00:00+09:00."""
        day = "" if self.year is None else f"{self.year:04d}"
        if self.month is not None:
            day += f"{'-' if day else '--'}{self.month:02d}"
        if self.day is not None:
            day += f"{'-' if day else '---'}{self.day:02d}"
        return day if self.hour is None else f"{day}T{self.hour:02d}:{self.minute or 0:02d}:00+09:00"

    def as_date(self) -> date | None:
        """The calendar day, None if a field lacks or the day does not exist."""
        if self.year is None or self.month is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


def era_year(era: str, year: int) -> int:
    """The western year of a year of an era (令和 or R, 平成 or H, 昭和 or S)."""
    return ERA_START[era] + year


def weekday_of(day: date) -> str:
    """The Japanese weekday letter of a day."""
    return WEEKDAYS[day.weekday()]


def weekday_fits(partial: PartialDate, today: date | None = None) -> bool | None:
    """Whether the written weekday is the right one; None if there is none or the day cannot be told."""
    day = partial.as_date() or (resolve(partial, today) if today else None)
    if partial.weekday is None or day is None or partial.day is None:
        return None
    return weekday_of(day) == partial.weekday


def exists(month: int, day: int, year: int | None = None) -> bool:
    """Whether that day is in the calendar (in a leap year if no year is told)."""
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year or 2024, month)[1]


def resolve(partial: PartialDate, today: date, prefer: Prefer = "future") -> date | None:
    """The day that a partial date stands for, seen from `today`.

    Args:
        partial: What is known. Without a month the answer is None unless a day alone is known.
        today: The day of speaking.
        prefer: Which way to look for the year (or month) that is not told.

    Returns:
        A day; for a month or a third of one its last day. None if it cannot be told or does not exist.
    """
    if partial.month is None:
        return _resolve_day(partial, today, prefer) if partial.year is None else None
    years = [partial.year] if partial.year is not None else _years_near(today, prefer)
    days = [d for d in (_in_year(partial, y) for y in years) if d is not None]
    if prefer == "future":
        return next((d for d in days if d >= today), days[-1] if days else None)
    return next((d for d in days if d <= today), days[-1] if days else None)


def _years_near(today: date, prefer: Prefer) -> list[int]:
    return [today.year, today.year + 1] if prefer == "future" else [today.year, today.year - 1]


def _in_year(partial: PartialDate, year: int) -> date | None:
    month = partial.month or 1
    if not 1 <= month <= 12:
        return None
    length = calendar.monthrange(year, month)[1]
    day = partial.day or {"上旬": 10, "中旬": 20}.get(partial.part or "", length)
    return date(year, month, day) if 1 <= day <= length else None


def _resolve_day(partial: PartialDate, today: date, prefer: Prefer) -> date | None:
    if partial.day is None:
        return today if partial.hour is not None else None
    for step in range(4):
        first = add_months(today.replace(day=1), step if prefer == "future" else -step)
        found = _in_year(replace(partial, month=first.month), first.year)
        if found and (found >= today if prefer == "future" else found <= today):
            return found
    return None


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the month's last day if it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> Fraction:
    """Months from one day to another, exact enough for both sides of an anniversary: whole months plus a part."""
    whole = (end.year - start.year) * 12 + end.month - start.month
    rest = end.day - start.day
    return Fraction(whole) + Fraction(rest, 31)
