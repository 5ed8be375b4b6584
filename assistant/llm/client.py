"""One chat model over LangChain: replies as they come, a deadline for the whole, retries with back-off, the log of use."""

from __future__ import annotations

import json
import queue
import random
import threading
import time
from collections.abc import Iterator
from typing import Any

from assistant.errors import MalformedOutput, ModelError, ModelTimeout, ModelUnavailable
from assistant.llm.model import Message, Tool, ToolCall
from assistant.llm.usage import Meter, Usage

MAX_RETRIES = 2
BACKOFF_SECONDS = 0.5
CHARS_A_TOKEN = 2
"""For estimates where a provider counts nothing: Japanese text has about two characters a token at most."""
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_NO_TOOLS = frozenset({400, 404, 422, 501})
"""Statuses with which servers refuse a request for its tools."""
_SHAPE = (ValueError, TypeError, KeyError, IndexError, AttributeError)
SHAPE_ERRORS: tuple[type[Exception], ...] = _SHAPE
"""What an odd response makes a client raise."""
_ENDS = ("finish_reason", "stop_reason", "done_reason")
_CUT = frozenset({"length", "max_tokens", "content_filter", "safety", "refusal"})
_OPEN, _CLOSE = "<think>", "</think>"

Piece = str | ToolCall


class LangChainModel:
    """A LangChain chat model; see `ChatModel` for what it does."""

    def __init__(
        self, label: str, client: Any, errors: tuple[type[Exception], ...], timeout_seconds: float, meter: Meter,
        backoff_seconds: float = BACKOFF_SECONDS,
    ) -> None:  # fmt: skip
        self._label, self._client, self._errors, self._timeout_seconds = label, client, errors, timeout_seconds
        self.meter, self.backoff_seconds = meter, backoff_seconds
        self._takes_tools = True

    def complete(self, messages: tuple[Message, ...]) -> str:
        """The whole reply; see `ChatModel.complete`."""
        return "".join(p for p in self.stream(messages) if isinstance(p, str)).strip()

    def stream(
        self, messages: tuple[Message, ...], tools: tuple[Tool, ...] = (), seconds: float | None = None
    ) -> Iterator[Piece]:
        """The reply as it comes; see `ChatModel.stream`."""
        limit = self._timeout_seconds if seconds is None else min(seconds, self._timeout_seconds)
        call = _Call(messages, tools, time.monotonic() + limit)
        thread = threading.Thread(target=self._work, args=(call,), name="shirube-llm", daemon=True)
        thread.start()
        outcome = "ok"
        try:
            yield from self._pieces_of(call, limit)
        except ModelError as error:
            outcome = type(error).__name__
            raise
        except GeneratorExit:
            outcome = "stopped"  # the reader has what it needs
            raise
        finally:
            call.stop.set()
            self.meter.note(outcome, round(1000 * (time.monotonic() - call.started)), call.tries, call.usage())

    def _pieces_of(self, call: _Call, limit: float) -> Iterator[Piece]:
        while True:
            try:
                item = call.out.get(timeout=max(0.0, call.ends - time.monotonic()))
            except queue.Empty:
                item = ModelTimeout(f"言語モデル {self._label} が {limit:g} 秒以内に応答しません。")
            if isinstance(item, ModelError):
                raise item
            if item is None:
                return
            yield item

    def _work(self, call: _Call) -> None:
        """Ask until there is a reply, its time is up, or asking again is of no use."""
        for attempt in range(MAX_RETRIES + 1):
            failure, wait = self._attempt(call)
            if failure is None or wait is None or attempt == MAX_RETRIES:
                call.out.put(failure)
                return
            pause = wait + self.backoff_seconds * 2**attempt * (1 + random.random()) / 2  # noqa: S311
            if time.monotonic() + pause >= call.ends or call.stop.wait(pause):
                call.out.put(failure)
                return

    def _attempt(self, call: _Call) -> tuple[ModelError | None, float | None]:
        """Why it failed (None if it did not), and the least time to wait before asking again (None: do not)."""
        from langsmith import tracing_context

        call.tries += 1
        tools = call.tools if self._takes_tools else ()
        try:
            with tracing_context(enabled=False):  # nothing goes to a third party, whatever the environment says
                return self._receive(call, tools), None
        except self._errors as error:
            failure, status = self._failure(error), _status_of(error)
            if tools and status in _NO_TOOLS:
                self._takes_tools = False
                return self._attempt(call)
            again = isinstance(failure, ModelUnavailable) and (status is None or status in _PASSING)
            return failure, _asked_pause(error) if again and not call.began else None

    def _receive(self, call: _Call, tools: tuple[Tool, ...]) -> ModelError | None:
        client = self._client.bind_tools([_as_function(t) for t in tools]) if tools else self._client
        whole, ended, thoughts = None, "", _Thoughts()
        for chunk in client.stream([_as_langchain(m) for m in call.messages]):
            if call.stop.is_set():
                return None
            call.counted.add(chunk.usage_metadata)
            ended = next((str(chunk.response_metadata[k]) for k in _ENDS if chunk.response_metadata.get(k)), ended)
            call.put(thoughts.without(str(chunk.text)))
            whole = chunk if whole is None else whole + chunk
        call.put(thoughts.rest())
        if not ended:
            return ModelUnavailable(f"言語モデル {self._label} の返答が途中で切れました。")
        calls = _calls_of(whole)
        if ended.lower() in _CUT or not (call.said.strip() or calls):
            return MalformedOutput(f"言語モデル {self._label} の返答が空か、途中で切れています。")
        for found in calls:
            call.out.put(found)
        return None

    def _failure(self, error: Exception) -> ModelError:
        """Our error for a client's; the client's own text may hold what was sent and is left out."""
        kind, status = type(error).__name__, _status_of(error)
        if isinstance(error, TimeoutError) or "Timeout" in kind or "DeadlineExceeded" in kind:
            return ModelTimeout(f"言語モデル {self._label} の応答が時間切れです（{kind}）。")
        unreadable = isinstance(error, _SHAPE) or "ResponseValidation" in kind or "OutputParser" in kind
        if unreadable and status is None:
            return MalformedOutput(f"言語モデル {self._label} の返答を読めません（{kind}）。")
        code = f"、HTTP {status}" if status is not None else ""
        return ModelUnavailable(f"言語モデル {self._label} を利用できません（{kind}{code}）。")


class _Call:
    """One call under way, shared by the thread that asks and the one that reads."""

    def __init__(self, messages: tuple[Message, ...], tools: tuple[Tool, ...], ends: float) -> None:
        self.messages, self.tools, self.ends = messages, tools, ends
        self.started = time.monotonic()
        self.out: queue.Queue[Piece | ModelError | None] = queue.Queue()
        self.stop = threading.Event()
        self.tries, self.said = 0, ""
        self.counted = Usage()

    @property
    def began(self) -> bool:
        """Whether something of the reply was handed on."""
        return bool(self.said)

    def put(self, text: str) -> None:
        if text:
            self.said += text
            self.out.put(text)

    def usage(self) -> Usage:
        if not self.counted.estimated:
            return self.counted
        sent = sum(len(m.text) for m in self.messages) * max(1, self.tries)
        return Usage(-(-sent // CHARS_A_TOKEN), -(-len(self.said) // CHARS_A_TOKEN))


class _Thoughts:
    """Leaves out what a reasoning model thinks aloud at the start of its reply."""

    def __init__(self) -> None:
        self._held, self._plain = "", False

    def without(self, piece: str) -> str:
        if self._plain:
            return piece
        self._held += piece
        head = self._held.lstrip()
        if head.startswith(_OPEN):
            if _CLOSE not in head:
                return ""
            self._held = head.split(_CLOSE, 1)[1].lstrip()
        elif _OPEN.startswith(head):
            return ""
        self._plain = True
        return self.rest()

    def rest(self) -> str:
        text, self._held = self._held, ""
        return "" if text.lstrip().startswith(_OPEN) else text


def _calls_of(whole: Any) -> list[ToolCall]:
    """The calls of a reply; their arguments are read strictly, where LangChain would mend half an object."""
    chunks = getattr(whole, "tool_call_chunks", None) or []
    return [ToolCall(str(c.get("id") or n), str(c.get("name") or ""), _arguments(c.get("args"))) for n, c in enumerate(chunks)]


def _arguments(text: object) -> dict[str, Any] | None:
    try:
        read = json.loads(str(text or "{}"))
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


def _status_of(error: Exception) -> int | None:
    for name in ("status_code", "code"):
        status = getattr(error, name, None)
        if isinstance(status, int):
            return status
    return None


def _asked_pause(error: Exception) -> float:
    """The seconds that the server asks to wait (Retry-After), 0 if it does not say."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return max(0.0, float(headers.get("retry-after") or 0))
    except ValueError:
        return 0.0


def _as_function(tool: Tool) -> dict[str, Any]:
    function = {"name": tool.name, "description": tool.description, "parameters": dict(tool.parameters)}
    return {"type": "function", "function": function}


def _as_langchain(message: Message) -> Any:
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage

    if message.role == "tool":
        return ToolMessage(message.text, tool_call_id=message.answers or "")
    if message.role == "assistant":
        calls = [{"id": c.id, "name": c.name, "args": dict(c.arguments or {}), "type": "tool_call"} for c in message.calls]
        return AIMessage(message.text, tool_calls=calls)
    return (SystemMessage if message.role == "system" else HumanMessage)(message.text)
