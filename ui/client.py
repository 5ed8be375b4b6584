"""The API as the page calls it; every failure is an ApiError with a sentence for the user."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

DOWN = (
    "しるべの本体（API）につながりません。shirube を起動した画面が開いたままか確かめて、もう一度試してください。"
    "入力した内容は残っています。"
)
SLOW = "時間がかかりすぎたため、待つのをやめました。少しあとに、もう一度試してください。入力した内容は残っています。"


class ApiError(Exception):
    """The API did not serve the request; `status` is None if it could not be reached."""

    def __init__(self, message: str, status: int | None = None) -> None:
        self.status = status
        super().__init__(message)


class Client:
    """Calls to one API.

    Args:
        url: Where it is; SHIRUBE_API_URL, else this machine, if None.
        transport: A transport of tests.
    """

    def __init__(self, url: str | None = None, transport: httpx.BaseTransport | None = None) -> None:
        self.url = (url or os.environ.get("SHIRUBE_API_URL") or "http://127.0.0.1:8000").rstrip("/")
        local = urlsplit(self.url).hostname in ("127.0.0.1", "localhost", "::1")
        once = httpx.Limits(max_keepalive_connections=0)  # one client serves all sessions: nothing lingers when it is dropped
        self._http = httpx.Client(base_url=self.url, timeout=90.0, trust_env=not local, transport=transport, limits=once)

    def health(self) -> dict[str, Any]:
        """State of the API, version and date of the knowledge."""
        return self._call("GET", "/v1/health", timeout=5.0)

    def conversations(self) -> list[dict[str, Any]]:
        """Past conversations, newest first."""
        found: list[dict[str, Any]] = self._call("GET", "/v1/conversations")["conversations"]
        return found

    def turns(self, conversation_id: str) -> list[dict[str, Any]]:
        """The questions and answers of a conversation, oldest first."""
        found: list[dict[str, Any]] = self._call("GET", f"/v1/conversations/{quote(conversation_id, safe='')}")["turns"]
        return found

    def new_conversation(self) -> str:
        """The id of a new conversation."""
        return str(self._call("POST", "/v1/conversations")["id"])

    def delete_conversation(self, conversation_id: str) -> None:
        """Forget a conversation; one that is gone already is no failure."""
        try:
            self._send("DELETE", f"/v1/conversations/{quote(conversation_id, safe='')}")
        except ApiError as error:
            if error.status != 404:
                raise

    def ask(self, question: str, conversation_id: str, profile: dict[str, Any] | None, plain: bool = False) -> dict[str, Any]:
        """The answer to a question within a conversation, in plain Japanese if wanted."""
        body = {"question": question, "conversation_id": conversation_id, "profile": profile, "plain": plain}
        return self._call("POST", "/v1/ask", json={**body, **_today()})

    def match(self, profile: dict[str, Any]) -> dict[str, Any]:
        """The subsidies that fit a firm and its project."""
        return self._call("POST", "/v1/match", json={"profile": profile, **_today()})

    def draft(self, body: dict[str, Any]) -> dict[str, Any]:
        """The first draft of a plan, kept by the API."""
        return self._call("POST", "/v1/drafts", json={**body, **_today()})

    def draft_file(self, draft_id: str, ending: str) -> bytes:
        """A file of a kept draft."""
        return self._send("GET", f"/v1/drafts/{quote(draft_id, safe='')}/plan.{ending}").content

    def calendar(self) -> dict[str, Any]:
        """The dates of all rounds."""
        return self._call("GET", "/v1/calendar", params=_today())

    def calendar_file(self, programme: str | None = None) -> bytes:
        """The dates still to come as a calendar file, of one programme or of all."""
        wanted = {**_today(), "upcoming": "true", **({"programme": programme} if programme else {})}
        return self._send("GET", "/v1/calendar", params=wanted, headers={"Accept": "text/calendar"}).content

    def documents(self) -> list[dict[str, Any]]:
        """The user's own documents."""
        found: list[dict[str, Any]] = self._call("GET", "/v1/documents")["documents"]
        return found

    def add_document(self, name: str, content: bytes) -> None:
        """Take in one document."""
        self._call("POST", "/v1/documents", files={"file": (name, content)})

    def forget_document(self, document_id: str) -> None:
        """Forget one document."""
        self._send("DELETE", f"/v1/documents/{quote(document_id, safe='')}")

    def _call(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        try:
            found: dict[str, Any] = self._send(method, path, **more).json()
        except ValueError as error:
            raise ApiError(DOWN) from error
        return found

    def _send(self, method: str, path: str, **more: Any) -> httpx.Response:
        try:
            response = self._http.request(method, path, **more)
        except httpx.ReadTimeout as error:
            raise ApiError(SLOW) from error
        except httpx.TransportError as error:
            raise ApiError(DOWN) from error
        if response.is_error:
            raise ApiError(_detail(response), response.status_code)
        return response


def _detail(response: httpx.Response) -> str:
    """What the API says went wrong."""
    try:
        return str(response.json().get("detail") or DOWN)
    except (ValueError, AttributeError):
        return DOWN


def _today() -> dict[str, str]:
    """The fixed day of tests and of `--today`, if there is one."""
    fixed = os.environ.get("SHIRUBE_TODAY")
    return {"today": fixed} if fixed else {}
