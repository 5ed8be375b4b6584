"""GET /v1/calendar: the dates of all rounds, as JSON or as a calendar file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from fastapi import APIRouter, Header, Response

from assistant.calendar_door import calendar_file, calendar_request
from assistant.flow import Assistant
from assistant.listing import find_programme

ICS = "text/calendar"


def calendar_router(assistant: Assistant, today: Callable[[], date]) -> APIRouter:
    """The router; `today` gives the day of requests that name none."""
    router = APIRouter(prefix="/v1", tags=["制度"])
    catalogue, default_day = assistant.catalogue, today

    @router.get("/calendar", summary="公募の日程（Accept: text/calendar でカレンダーのファイル）", response_model=None)
    def calendar(
        today: date | None = None, programme: str | None = None, upcoming: bool = False, accept: str = Header("application/json")
    ) -> dict[str, Any] | Response:
        day = today or default_day()
        wanted = find_programme(catalogue, programme).id if programme else None
        if ICS in accept:
            named = {"Content-Disposition": 'attachment; filename="shirube.ics"'}
            return Response(calendar_file(catalogue, day, wanted, upcoming), media_type=f"{ICS}; charset=utf-8", headers=named)
        return calendar_request(catalogue, day, wanted, upcoming)

    return router
