"""The API as the page calls it; every failure is an ApiError with a sentence for the user."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

DOWN = (
    "しるべの本体（API）につながりません。起動しているか確かめて、「もう一度送る」を押してください。"
    "入力した内容は残っています。"
)


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

    def ask(self, question: str, conversation_id: str, profile: dict[str, Any] | None) -> dict[str, Any]:
        """The answer to a question within a conversation."""
        body = {"question": question, "conversation_id": conversation_id, "profile": profile}
        today = os.environ.get("SHIRUBE_TODAY")
        return self._call("POST", "/v1/ask", json={**body, "today": today} if today else body)

    def match(self, profile: dict[str, Any]) -> dict[str, Any]:
        """The subsidies that fit a firm and its project."""
        today = os.environ.get("SHIRUBE_TODAY")
        return self._call("POST", "/v1/match", json={"profile": profile, **({"today": today} if today else {})})

    def draft(self, body: dict[str, Any]) -> dict[str, Any]:
        """The first draft of a plan, kept by the API."""
        today = os.environ.get("SHIRUBE_TODAY")
        return self._call("POST", "/v1/drafts", json={**body, **({"today": today} if today else {})})

    def draft_file(self, draft_id: str, ending: str) -> bytes:
        """A file of a kept draft."""
        try:
            response = self._http.get(f"/v1/drafts/{quote(draft_id, safe='')}/plan.{ending}")
        except httpx.TransportError as error:
            raise ApiError(DOWN) from error
        if response.is_error:
            raise ApiError(DOWN, response.status_code)
        return response.content

    def _call(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        try:
            response = self._http.request(method, path, **more)
            data = response.json()
        except httpx.TransportError as error:
            raise ApiError(DOWN) from error
        except ValueError as error:
            raise ApiError(DOWN, response.status_code) from error
        if response.is_error:
            raise ApiError(str(data.get("detail") or DOWN), response.status_code)
        found: dict[str, Any] = data
        return found
