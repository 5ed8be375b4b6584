"""POST /v1/drafts: the first draft of a plan; GET its files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from assistant.draft_door import company_of, draft_file, keep_draft
from assistant.errors import InputError
from assistant.flow import Assistant

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "md": "text/markdown; charset=utf-8",
}


class DraftBody(BaseModel):
    """A company file: itself (company, financials, plan, target, project, …), or wrapped as a mapping or as YAML text."""

    model_config = ConfigDict(extra="allow")

    company: dict[str, Any] | None = Field(None, description="会社（会社のファイルをそのまま送るとき。ほかの項目も並べる）")
    company_file: dict[str, Any] | None = Field(None, description="会社のファイルの中身（項目と値）")
    yaml: str | None = Field(None, description="会社のファイルそのもの（YAML）", max_length=1_000_000)
    today: date | None = Field(None, description="この日付の時点で作る")


def _company_file(body: DraftBody) -> dict[str, Any]:
    """The company file of a request.

    Raises:
        InputError: There is none, or there are several.
    """
    itself = {**({"company": body.company} if body.company is not None else {}), **(body.model_extra or {})}
    if sum((bool(itself), body.company_file is not None, body.yaml is not None)) != 1:
        raise InputError("会社のファイルの中身（company など）をそのまま送るか、company_file か yaml のどちらか1つに入れてください。")
    if itself:
        return itself
    return body.company_file if body.company_file is not None else company_of(body.yaml or "")


def draft_router(assistant: Assistant, today: Callable[[], date]) -> APIRouter:
    """The router; `today` gives the day of requests that name none."""
    router = APIRouter(prefix="/v1", tags=["計画書づくり"])

    @router.post("/drafts", summary="経営計画書の下書きを作る", status_code=201)
    def draft(body: DraftBody) -> dict[str, Any]:
        return keep_draft(_company_file(body), assistant, body.today or today())

    @router.get("/drafts/{draft_id}/plan.{ending}", summary="下書きのファイルを受け取る")
    def plan(draft_id: str, ending: Literal["docx", "xlsx", "md"]) -> Response:
        content = draft_file(draft_id, ending, assistant)
        named = {"Content-Disposition": f'attachment; filename="plan.{ending}"'}
        return Response(content, media_type=MEDIA[ending], headers=named)

    return router
