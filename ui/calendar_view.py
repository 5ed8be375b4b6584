"""What 「公募の日程」 shows: pure functions from the API's events to safe Markdown."""

from __future__ import annotations

from typing import Any

from view import plain

LAST_DAYS = {"上旬": "10", "中旬": "20"}
HEADS = ("日", "制度・公募回", "内容")


def coming(events: list[dict[str, Any]], near_days: int = 400) -> tuple[dict[str, Any], ...]:
    """The events that are still to come, soonest first; those without a fixed day are in `loose`."""
    return tuple(e for e in events if e.get("days_left") is not None and int(e["days_left"]) <= near_days)


def loose(events: list[dict[str, Any]], today: str) -> tuple[dict[str, Any], ...]:
    """Events whose day is not fixed (上旬, a month) and that are not surely past."""
    return tuple(e for e in events if e.get("precision") not in ("day", "minute") and _last_day(e) >= today)


def _last_day(event: dict[str, Any]) -> str:
    """The last day on which an event without a fixed day can be."""
    return f"{str(event.get('on') or '')[:7]}-{LAST_DAYS.get(str(event.get('part')), '31')}"


def table(events: tuple[dict[str, Any], ...]) -> str:
    """Events as a Markdown table, with the days left if they can be counted."""
    rows = [HEADS, ("---",) * len(HEADS), *(_row(e) for e in events)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _row(event: dict[str, Any]) -> tuple[str, ...]:
    left = event.get("days_left")
    told = "（今日）" if left == 0 else f"（あと{left}日）" if left is not None else ""
    series = event.get("series") if event.get("series") and event["series"] not in event["round_label"] else None
    owner = " ".join(str(p) for p in (event["short"], series, event["round_label"]) if p)
    label = str(event["label"]) + ("（予定）" if event.get("planned") else "")
    return tuple(plain(str(c).replace("\n", " ")) for c in (event["text"] + told, owner, label))


def programmes(events: list[dict[str, Any]]) -> dict[str, str]:
    """Names by id of the programmes that have an event, in the order of the events."""
    return {str(e["programme"]): str(e["name"]) for e in events}
