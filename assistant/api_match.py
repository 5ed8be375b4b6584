"""POST /v1/match: which subsidies fit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from assistant.flow import Assistant
from assistant.match_door import match_request


class MatchBody(BaseModel):
    """A firm and its project, as the contract shapes them; every field of the profile may be absent."""

    profile: dict[str, Any] | None = Field(None, description="事業者と計画の条件。わかるものだけでよい")
    id: str | int | None = Field(None, description="そのまま返る番号")
    today: date | None = Field(None, description="この日付の時点で探す")
    question: str | None = Field(None, description="自由な文。条件に書いていないことを補う")


def match_router(assistant: Assistant, today: Callable[[], date]) -> APIRouter:
    """The router; `today` gives the day of requests that name none."""
    router = APIRouter(prefix="/v1", tags=["補助金さがし"])

    @router.post("/match", summary="合う補助金を探す")
    def match(body: MatchBody) -> dict[str, Any]:
        return match_request(body.model_dump(mode="json"), assistant, today())

    return router
