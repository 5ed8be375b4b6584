"""Dates as people write them: incomplete dates, Japanese eras, weekdays, and words relative to today."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from assistant.text.normalize import normalize
from assistant.text.numerals import small_int

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

    def as_date(self) -> date | None:
        """The calendar day, None if a field lacks or the day does not exist."""
        if self.year is None or self.month is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class RelativeDate:
    """A word such as 来週 with the span of days that it stands for."""

    start: int
    end: int
    text: str
    first: date
    last: date


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


def month_end(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


_DAY_WORDS = {
    "今日": 0, "本日": 0, "きょう": 0, "明日": 1, "あした": 1, "あす": 1, "明後日": 2, "あさって": 2,
    "昨日": -1, "きのう": -1, "一昨日": -2, "おととい": -2,
}  # fmt: skip
_WEEK_WORDS = {"今週": 0, "来週": 1, "再来週": 2, "先週": -1}
_MONTH_WORDS = {"今月": 0, "当月": 0, "来月": 1, "翌月": 1, "再来月": 2, "先月": -1, "前月": -1}
_YEAR_WORDS = {"今年": 0, "本年": 0, "ことし": 0, "来年": 1, "再来年": 2, "去年": -1, "昨年": -1, "一昨年": -2}
_FISCAL_WORDS = {"今年度": 0, "本年度": 0, "来年度": 1, "翌年度": 1, "昨年度": -1, "前年度": -1}

_N = r"(\d{1,3}|[一二三四五六七八九十]{1,3})"
_RELATIVE = re.compile(
    "|".join(
        (
            rf"(?P<ago>{_N}\s?(?P<unit>日|週間|か月|ヶ月|カ月|ヵ月|ケ月|年)\s?(?P<way>後|前))",
            rf"(?P<fiscal>{'|'.join(_FISCAL_WORDS)})(?P<fend>末)?",
            rf"(?P<year>再来年|一昨年|{'|'.join(_YEAR_WORDS)})(?:の?{_N}月(?:{_N}日|(?P<ypart>上旬|中旬|下旬|末))?|(?P<yend>末))?",
            rf"(?P<month>再来月|{'|'.join(_MONTH_WORDS)})(?:の?(?P<mpart>上旬|中旬|下旬|末)|の?{_N}日)?",
            rf"(?P<week>再来週|{'|'.join(_WEEK_WORDS)})(?:の?(?P<wday>[月火水木金土日])曜日?|(?P<wend>末))?",
            r"(?P<within>年内|年末|年度内|年度末|月末|週末)",
            rf"(?P<day>明後日|一昨日|{'|'.join(_DAY_WORDS)})",
        )
    )
)
_NUMBER = re.compile(r"\d+|[一二三四五六七八九十]+(?=[日月週かヶカヵケ年])")
_PARTS = {"上旬": (1, 10), "中旬": (11, 20)}


def find_relative_dates(text: str, today: date) -> tuple[RelativeDate, ...]:
    """All words of `text` that name a day or a span of days relative to `today`, in original offsets."""
    norm = normalize(text)
    found = []
    for match in _RELATIVE.finditer(norm.text):
        span = _span_of(match, today)
        if span is not None:
            start, end = norm.span(match.start(), match.end())
            found.append(RelativeDate(start, end, text[start:end], *span))
    return tuple(found)


def _span_of(match: re.Match[str], today: date) -> tuple[date, date] | None:
    readers = {
        "ago": _ago, "fiscal": _fiscal, "year": _year, "month": _month, "week": _week, "within": _within, "day": _day,
    }  # fmt: skip
    name = next(n for n in readers if match[n])
    return readers[name](match, today)


def _numbers(match: re.Match[str]) -> list[int]:
    return [small_int(g) for g in _NUMBER.findall(match[0].replace("一昨", ""))]


def _ago(match: re.Match[str], today: date) -> tuple[date, date] | None:
    number = _numbers(match)[0] * (1 if match["way"] == "後" else -1)
    unit = match["unit"]
    try:
        if unit == "日":
            day = today + timedelta(days=number)
        elif unit == "週間":
            day = today + timedelta(weeks=number)
        else:
            day = add_months(today, number * (12 if unit == "年" else 1))
    except (ValueError, OverflowError):
        return None
    return day, day


def _fiscal(match: re.Match[str], today: date) -> tuple[date, date] | None:
    start = today.year - (today.month < 4) + _FISCAL_WORDS[match["fiscal"]]
    last = date(start + 1, 3, 31)
    return (last, last) if match["fend"] else (date(start, 4, 1), last)


def _year(match: re.Match[str], today: date) -> tuple[date, date] | None:
    year = today.year + _YEAR_WORDS[match["year"]]
    numbers = _numbers(match)
    if match["yend"]:
        return date(year, 12, 31), date(year, 12, 31)
    if not numbers:
        return date(year, 1, 1), date(year, 12, 31)
    return _part_of_month(year, numbers[0], numbers[1] if len(numbers) > 1 else None, match["ypart"])


def _month(match: re.Match[str], today: date) -> tuple[date, date] | None:
    first = add_months(today.replace(day=1), _MONTH_WORDS[match["month"]])
    numbers = _numbers(match)
    return _part_of_month(first.year, first.month, numbers[0] if numbers else None, match["mpart"])


def _part_of_month(year: int, month: int, day: int | None, part: str | None) -> tuple[date, date] | None:
    if not 1 <= month <= 12 or (day is not None and not exists(month, day, year)):
        return None
    if day is not None:
        return date(year, month, day), date(year, month, day)
    length = calendar.monthrange(year, month)[1]
    first, last = {"下旬": (21, length), "末": (length, length)}.get(part or "", _PARTS.get(part or "", (1, length)))
    return date(year, month, first), date(year, month, last)


def _week(match: re.Match[str], today: date) -> tuple[date, date] | None:
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=_WEEK_WORDS[match["week"]])
    if match["wday"]:
        day = monday + timedelta(days=WEEKDAYS.index(match["wday"]))
        return day, day
    return (monday + timedelta(days=5) if match["wend"] else monday), monday + timedelta(days=6)


def _within(match: re.Match[str], today: date) -> tuple[date, date] | None:
    word = match["within"]
    if word == "週末":
        saturday = today + timedelta(days=5 - today.weekday())
        return saturday, saturday + timedelta(days=1)
    fiscal_end = date(today.year + (today.month >= 4), 3, 31)
    last = {"年内": date(today.year, 12, 31), "年末": date(today.year, 12, 31), "月末": month_end(today)}.get(word, fiscal_end)
    return (today, last) if word.endswith("内") else (last, last)


def _day(match: re.Match[str], today: date) -> tuple[date, date] | None:
    day = today + timedelta(days=_DAY_WORDS[match["day"]])
    return day, day
