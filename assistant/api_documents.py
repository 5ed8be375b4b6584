"""POST /v1/documents: the user's own documents; list and forget them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from assistant.documents_door import ingest_bytes, ingest_json, listed
from assistant.errors import InputError
from assistant.flow import Assistant
from assistant.ingest.read import MAX_BYTES

PATH = "/v1/documents"
MAX_UPLOAD_BYTES = MAX_BYTES * 3 // 2
"""The largest body: one file of the largest size, in Base64."""
BODY = {
    "content": {
        "multipart/form-data": {"schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}},
        "application/json": {
            "schema": {"type": "object", "properties": {n: {"type": "string"} for n in ("name", "text", "content_base64")}}
        },
    }
}


def documents_router(assistant: Assistant, today: Callable[[], date]) -> APIRouter:
    """The router; `today` gives the day on which a document comes."""
    router = APIRouter(prefix="/v1", tags=["お手持ちの文書"])

    @router.post(
        "/documents", summary="文書を取り込む（PDF・Word・HTML・テキスト）", status_code=201, openapi_extra={"requestBody": BODY}
    )
    async def add(request: Request) -> dict[str, Any]:
        return await run_in_threadpool(_take_in, await _sent(request), assistant, today())

    @router.get("/documents", summary="取り込んだ文書の一覧")
    def documents() -> dict[str, Any]:
        return {"documents": listed(assistant)}

    @router.delete("/documents/{document_id}", summary="取り込んだ文書を消す", status_code=204)
    def forget(document_id: str) -> Response:
        assistant.library.remove(document_id)
        return Response(status_code=204)

    return router


def _take_in(sent: list[tuple[str, bytes | dict[str, Any]]], assistant: Assistant, today: date) -> dict[str, Any]:
    """Keep what can be read; what cannot is told, and an error if that is all.

    Raises:
        InputError: None of it can be read.
    """
    kept, problems = list[dict[str, Any]](), list[dict[str, str]]()
    for name, content in sent:
        try:
            if isinstance(content, bytes):
                kept.append(ingest_bytes(name, content, assistant, today))
            else:
                kept.append(ingest_json(content, assistant, today))
        except InputError as error:
            problems.append({"name": name, "text": str(error)})
    if not kept:
        raise InputError(" ".join(p["text"] for p in problems))
    assistant.library.build()
    return {"documents": kept, "problems": problems}


async def _sent(request: Request) -> list[tuple[str, bytes | dict[str, Any]]]:
    """The files of a form, or the one document of a JSON body.

    Raises:
        InputError: There is neither.
    """
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        async with request.form() as form:
            files = [v for _, v in form.multi_items() if isinstance(v, UploadFile)]
            if not files:
                raise InputError("file がありません。取り込むファイルを file に入れて送ってください。")
            return [(f.filename or "document", await f.read()) for f in files]
    try:
        data = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise InputError("本文を読めません。ファイルを multipart/form-data で送るか、name と text のJSONで送ってください。") from error
    if not isinstance(data, dict):
        raise InputError("{…} の形のJSONにしてください。")
    return [(str(data.get("name", "")), data)]
