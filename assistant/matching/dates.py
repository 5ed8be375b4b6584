"""Deadlines in the words of a list: 12月15日 17:00（あと21日）."""

from __future__ import annotations

from datetime import date

from assistant.rules.editions import Window
from assistant.rules.values import Value


def short_day(value: Value, today: date) -> str:
    """A date figure, the year left out where it is this year's: 12月15日 17:00, 2027年3月下旬."""
    if value.date is not None:
        day = date.fromisoformat(value.date)
        year = "" if day.year == today.year else f"{day.year}年"
        return f"{year}{day.month}月{day.day}日" + (f" {value.time}" if value.time else "")
    text = value.text(bounded=False)
    return text.removeprefix(f"{today.year}年")


def window_text(window: Window, today: date) -> str:
    """The window in words; empty if the sources give no date."""
    closes = short_day(window.closes.on, today) if window.closes else None
    if window.state == "rolling":
        return "随時受付"
    if window.state == "upcoming" and window.opens is not None:
        until = f"、締切は{closes}" if closes else ""
        return f"{short_day(window.opens.on, today)}に受付開始（あと{window.days_until_open}日）{until}"
    if closes is None:
        return ""
    if window.state == "closed":
        return f"{closes}に締切済み"
    if window.days_left is None:
        return f"{closes}に締切"
    return f"{closes}（本日締切）" if window.days_left == 0 else f"{closes}（あと{window.days_left}日）"


def wire_day(value: Value | None) -> str | None:
    """A date figure for programs: ISO moment or day; a month or a part of one is no day and gives its month."""
    if value is None:
        return None
    return str(value.wire)
