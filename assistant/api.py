"""The HTTP API: JSON in, the flow, JSON out; errors are problem details in Japanese."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any

from fastapi import APIRouter, FastAPI, Header, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api_calendar import calendar_router
from assistant.api_docs import docs_page
from assistant.api_documents import MAX_UPLOAD_BYTES, documents_router
from assistant.api_documents import PATH as DOCUMENTS
from assistant.api_draft import draft_router
from assistant.api_match import match_router
from assistant.config import read_settings
from assistant.doors import MAX_TURNS, answer_request, answer_stream, clean_question, today_in_japan, verify_request, warm_up
from assistant.errors import (
    AssistantError,
    InputError,
    ModelError,
    NotFound,
    StoreUnavailable,
    TooLong,
    UnknownProgramme,
)
from assistant.flow import Assistant, open_assistant
from assistant.ingest.read import MAX_BYTES
from assistant.listing import find_programme, list_programmes, whole_programme
from assistant.llm.notice import notice_text
from assistant.store.conversations import Store
from assistant.wire import event_stream, json_bytes

MB = 1_000_000
MAX_BODY_BYTES = 4 * MB
PROBLEM = "application/problem+json"
_NO_BUFFER = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Proxies hand each event on at once."""


class Utf8Response(JSONResponse):
    """JSON that is valid UTF-8 whatever a client sent."""

    def render(self, content: Any) -> bytes:
        """The body."""
        return json_bytes(content)


class AskBody(BaseModel):
    """A question, as the contract shapes it; fields that are not listed are left alone."""

    question: str = Field(description="質問の文")
    id: str | int | None = Field(None, description="そのまま返る番号")
    today: date | None = Field(None, description="この日付の時点で答える")
    history: list[str] = Field(default_factory=list, description="これまでの質問（古い順）")
    profile: dict[str, Any] | None = Field(None, description="事業者の条件")
    plain: bool = Field(False, description="true なら、やさしい日本語で答える（数値は変わらない）")
    conversation_id: str | None = Field(None, description="会話の番号。質問と答えが保存され、次の質問に生きる")


class VerifyBody(BaseModel):
    """A text to check."""

    text: str = Field(description="点検する文章")
    id: str | int | None = Field(None, description="そのまま返る番号")
    today: date | None = Field(None, description="この日付の時点で点検する")
    facts: dict[str, Any] | None = Field(None, description="書き手自身の数値")


class _Service:
    """What the handlers share: the assistant, the day, and the database, opened on first use."""

    def __init__(self, assistant: Assistant, today: date | None) -> None:
        self.assistant = assistant
        self._today = today
        self._opened = lru_cache(maxsize=1)(lambda: Store(assistant.settings.database))

    @property
    def today(self) -> date:
        return self._today or today_in_japan()

    @property
    def store(self) -> Store:
        return self._opened()

    def close(self) -> None:
        if self._opened.cache_info().currsize:
            self._opened().close()

    def ask(self, body: AskBody) -> dict[str, Any]:
        """The answer; within a conversation its earlier questions are the history, and the turn is kept."""
        answer = answer_request(self._data(body), self.assistant, self.today)
        self._keep(body, answer)
        return answer

    def stream(self, body: AskBody) -> Iterator[str | dict[str, Any]]:
        """The answer as it is written; what is wrong before its first piece is raised here, not in the stream."""
        items = answer_stream(self._data(body), self.assistant, self.today)
        first = next(items)

        def all_items() -> Iterator[str | dict[str, Any]]:
            for item in chain([first], items):
                if isinstance(item, dict):
                    self._keep(body, item)
                yield item

        return all_items()

    def _data(self, body: AskBody) -> dict[str, Any]:
        data = body.model_dump(mode="json")
        if body.conversation_id is not None:
            clean_question(body.question)
            data["history"] = self.store.earlier_questions(body.conversation_id, MAX_TURNS)
        return data

    def _keep(self, body: AskBody, answer: dict[str, Any]) -> None:
        if body.conversation_id is not None:
            self.store.append_turn(body.conversation_id, clean_question(body.question), answer)


def create_app(assistant: Assistant | None = None, today: date | None = None) -> FastAPI:
    """The application.

    Args:
        assistant: Knowledge and settings; opened from the environment if None.
        today: The day of requests that name none; the day in Japan if None.

    Raises:
        BadFile: A knowledge file is wrong.
    """
    service = _Service(assistant or open_assistant(read_settings()), today)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        warm_up(service.assistant, service.today)
        yield
        service.close()

    app = FastAPI(
        title="しるべ API", version="1", description="補助金の質問に、根拠つきの数値で答えます。", lifespan=lifespan,
        default_response_class=Utf8Response, docs_url=None, redoc_url=None,
    )  # fmt: skip
    app.add_middleware(_BodyLimit, most=MAX_BODY_BYTES)
    app.include_router(_answers(service))
    app.include_router(match_router(service.assistant, lambda: service.today))
    app.include_router(draft_router(service.assistant, lambda: service.today))
    app.include_router(_catalogue(service))
    app.include_router(calendar_router(service.assistant, lambda: service.today))
    app.include_router(documents_router(service.assistant, lambda: service.today))
    app.include_router(_conversations(service))
    _handle_errors(app)

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(docs_page(app.openapi()))

    return app


def _answers(service: _Service) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["質問と点検"])

    @router.post("/ask", summary="質問に答える", response_model=None)
    def ask(body: AskBody, accept: str = Header("application/json")) -> dict[str, Any] | StreamingResponse:
        if "text/event-stream" in accept:
            events = event_stream(service.stream(body), problem_of)
            return StreamingResponse(events, media_type="text/event-stream; charset=utf-8", headers=_NO_BUFFER)
        return service.ask(body)

    @router.post("/verify", summary="文章の数値を点検する")
    def verify(body: VerifyBody) -> dict[str, Any]:
        return verify_request(body.model_dump(mode="json"), service.assistant, service.today)

    return router


def _catalogue(service: _Service) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["制度"])

    @router.get("/programmes", summary="制度の一覧")
    def programmes(today: date | None = None) -> list[dict[str, Any]]:
        return list_programmes(service.assistant.catalogue, today or service.today)

    @router.get("/programmes/{programme_id}", summary="1つの制度の全体")
    def programme(programme_id: str, today: date | None = None) -> dict[str, Any]:
        catalogue = service.assistant.catalogue
        return whole_programme(catalogue, find_programme(catalogue, programme_id), today or service.today)

    @router.get("/health", summary="動いているか")
    def health() -> dict[str, Any]:
        catalogue = service.assistant.catalogue
        return {
            "status": "ok", "knowledge_version": catalogue.version, "as_of": catalogue.as_of,
            "today": service.today.isoformat(), "programmes": len(catalogue.programmes),
            "engine": service.assistant.settings.llm or "embedded", "notice": notice_text(service.assistant.settings),
        }  # fmt: skip

    return router


def _conversations(service: _Service) -> APIRouter:
    router = APIRouter(prefix="/v1/conversations", tags=["会話"])

    @router.post("", summary="新しい会話", status_code=201)
    def create() -> dict[str, Any]:
        return service.store.create_conversation().wire()

    @router.get("", summary="会話の一覧（新しい順）")
    def listed() -> dict[str, Any]:
        return {"conversations": [c.wire() for c in service.store.list_conversations()]}

    @router.get("/{conversation_id}", summary="会話のやりとり")
    def load(conversation_id: str) -> dict[str, Any]:
        return service.store.load_conversation(conversation_id).wire(with_turns=True)

    @router.delete("/{conversation_id}", summary="会話を消す", status_code=204)
    def delete(conversation_id: str) -> Response:
        service.store.delete_conversation(conversation_id)
        return Response(status_code=204)

    return router


def problem(status: int, title: str, detail: str, **more: Any) -> JSONResponse:
    """Problem details of RFC 9457."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return Utf8Response(body, status_code=status, media_type=PROBLEM)


_STATUS_OF: tuple[tuple[type[AssistantError], int, str], ...] = (
    (UnknownProgramme, 404, "制度がありません"),
    (NotFound, 404, "見つかりません"),
    (TooLong, 413, "長すぎます"),
    (InputError, 422, "入力を読めません"),
    (StoreUnavailable, 503, "会話を保存できません"),
    (ModelError, 503, "言語モデルが使えません"),
    (AssistantError, 500, "処理できませんでした"),
)
_HTTP_WORDS = {
    400: ("要求を読めません", "本文がJSONとして読めません。UTF-8のJSONで送ってください。"),
    404: ("見つかりません", "このアドレスはありません。使える窓口は /docs で確認できます。"),
    405: ("この方法では使えません", "GETとPOSTのどちらを使うか、/docs で確認してください。"),
    413: ("長すぎます", f"本文が大きすぎます（上限 {MAX_BODY_BYTES // MB}MB、文書は {MAX_BYTES // MB}MB）。分けて送ってください。"),
    415: ("形式が違います", "Content-Type: application/json で送ってください。"),
}
_WRONG = {
    "missing": "必須の項目がありません", "string_type": "文字列にしてください", "list_type": "一覧にしてください",
    "dict_type": "項目名と値の組にしてください", "model_attributes_type": "{…} の形のJSONにしてください",
    "json_invalid": "JSONとして読めません", "string_too_long": "長すぎます",
}  # fmt: skip


def problem_of(error: AssistantError) -> dict[str, Any]:
    """Problem details of an error of ours."""
    status, title = next((s, t) for kind, s, t in _STATUS_OF if isinstance(error, kind))
    return {"type": "about:blank", "title": title, "status": status, "detail": str(error), "reason": error.reason}


def _handle_errors(app: FastAPI) -> None:
    @app.exception_handler(AssistantError)
    def assistant_error(_request: Request, error: AssistantError) -> JSONResponse:
        body = problem_of(error)
        return Utf8Response(body, status_code=body["status"], media_type=PROBLEM)

    @app.exception_handler(RequestValidationError)
    def not_valid(_request: Request, error: RequestValidationError) -> JSONResponse:
        wrong = [{"field": _field(e["loc"]), "why": _why(e)} for e in error.errors()]
        detail = "、".join(f"{w['field']}: {w['why']}" for w in wrong) + "。直して送り直してください。"
        return problem(422, "入力を読めません", detail, errors=wrong)

    @app.exception_handler(HTTPException)
    def http_error(_request: Request, error: HTTPException) -> JSONResponse:
        title, detail = _HTTP_WORDS.get(error.status_code, ("処理できませんでした", "要求を確認して、もう一度送ってください。"))
        return problem(error.status_code, title, detail)

    @app.exception_handler(Exception)
    def fault(_request: Request, _error: Exception) -> JSONResponse:
        detail = "しるべの内部で誤りが起きました。少し待ってもう一度試し、続くときは開発元へ知らせてください。"
        return problem(500, "内部の誤り", detail)


def _field(location: Sequence[int | str]) -> str:
    parts = [str(p) for p in location if p not in ("body", "query", "path", "header")]
    return ".".join(parts) if parts and not parts[0].isdigit() else "本文"


def _why(error: dict[str, Any]) -> str:
    kind = str(error["type"])
    if kind.startswith("date"):
        return "2026-11-24 のように 年-月-日 で書いてください"
    return _WRONG.get(kind, "値の種類が違います")


class _BodyLimit:
    """Refuse bodies that are too large, also those that come without a length."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app, self._most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = MAX_UPLOAD_BYTES if scope["path"] == DOCUMENTS else self._most
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if length.isdigit() and int(length) > most:
            await problem(413, *_HTTP_WORDS[413])(scope, receive, send)
            return
        await self._app(scope, self._counting(receive, most), send)

    def _counting(self, receive: Receive, most: int) -> Callable[[], Any]:
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise HTTPException(413)
            return message

        return counted
