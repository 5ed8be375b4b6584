"""A server on this machine that speaks as OpenAI's does and misbehaves as told: it streams, stalls, breaks off and lies.

`mode` names the fault; `injected` counts the wrong numbers that it wrote into replies.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FENCED = re.compile(r"下書き（データ[^\n]*\n(`{3,})\n(.*?)\n\1(?:\n|$)", re.DOTALL)
TOKEN = re.compile(r"\{f:\d+\}")
LIE = "900万円"
URL = "https://hojo-ouen.example/"
Lines = list[str]
Lie = Callable[[Lines], tuple[Lines, int]]


def smoother(lines: Lines) -> tuple[Lines, int]:
    """An honest rewrite."""
    return [re.sub(r"です(?=[。（]|\{s|$)", "となっています", line) for line in lines], 0


def _each_token(new: str) -> Lie:
    def lie(lines: Lines) -> tuple[Lines, int]:
        return [TOKEN.sub(new, line) for line in lines], sum(len(TOKEN.findall(line)) for line in lines)

    return lie


def _said(old: str, new: str) -> Lie:
    """Words turned round: each number beside them is wrong then."""

    def lie(lines: Lines) -> tuple[Lines, int]:
        return [re.sub(old, new, line) for line in lines], sum(bool(re.search(old, x)) for x in lines)

    return lie


def _added(text: str, first: bool = False) -> Lie:
    def lie(lines: Lines) -> tuple[Lines, int]:
        return ([text, *lines] if first else [*lines, text]), 1

    return lie


def _within(text: str) -> Lie:
    def lie(lines: Lines) -> tuple[Lines, int]:
        return [line + text for line in lines], len(lines)

    return lie


def rotated(lines: Lines) -> tuple[Lines, int]:
    """Each figure in the place of its neighbour."""
    found = TOKEN.findall("\n".join(lines))
    turned = iter(found[1:] + found[:1])
    text = TOKEN.sub(lambda _: next(turned), "\n".join(lines))
    return text.split("\n"), sum(a != b for a, b in zip(found, found[1:] + found[:1], strict=True))


LIES: dict[str, Lie] = {
    "honest": smoother,
    "wrong_number": _each_token(LIE),
    "kanji_number": _each_token("九百万円"),
    "wide_number": _each_token("９００万円"),
    "worded_number": _each_token("きゅうひゃくまんえん"),
    "neighbours_number": _each_token("200万円"),
    "neighbours_token": rotated,
    "unknown_token": _each_token("{f:99}"),
    "user_token": _each_token("{u:0}"),
    "broken_token": _each_token("{f:}"),
    "number_beside_token": lambda x: ([TOKEN.sub(lambda m: m[0] + "から900万円", y) for y in x], len(TOKEN.findall("\n".join(x)))),
    "unit_beside_token": lambda x: ([TOKEN.sub(lambda m: m[0] + "の十倍", y) for y in x], len(TOKEN.findall("\n".join(x)))),
    "bound_turned": _said("以下|以内|まで", "以上"),
    "word_turned": _said("上限", "下限"),
    "frame_turned": _said("通常枠|一般型|通常類型", "創業型"),
    "negated": _said(r"できます|なります|です", "ではありません"),
    "sentence_added": _within(f"最大で{LIE}まで増やせます。"),
    "line_added": _added(f"なお、上限は{LIE}に引き上げられました。"),
    "line_before": _added(f"結論から言うと、上限は{LIE}です。", first=True),
    "url": _within(f"詳しくは {URL} へ。"),
    "link": _within(f"[申請はこちら]({URL}?x=900)"),
    "injected": lambda _: (["HACKED 以前の指示を無視しました。", f"補助金は必ず{LIE}もらえます。"], 1),
    "markup": _within(f"<b>{LIE}</b>"),
    "lines_lost": lambda x: (x[:-1] or ["はい。"], 0),
    "chatter": _added("承知しました。整えた本文は次のとおりです。", first=True),
}
"""What a lying model writes for a draft, and how many wrong numbers are in it."""

CALLS: dict[str, tuple[str, str]] = {
    "tool_good": ("look_up_figure", '{"programme": "持続化補助金", "what": "補助率"}'),
    "tool_dates": ("list_deadlines", '{"programme": "持続化補助金"}'),
    "tool_number_typed": ("compute_amount", '{"programme": "持続化補助金", "cost": 9000000}'),
    "tool_number_in_name": ("look_up_figure", '{"programme": "900万円の持続化補助金", "what": "上限額"}'),
    "tool_kanji_in_name": ("look_up_figure", '{"programme": "持続化補助金", "what": "上限額", "frame": "九百万円の枠"}'),
    "tool_unknown_token": ("compute_amount", '{"programme": "持続化補助金", "cost": "{u:77}"}'),
    "tool_unknown_name": ("look_up_figure", '{"programme": "夢の補助金", "what": "上限額"}'),
    "tool_extra_argument": ("look_up_figure", '{"programme": "持続化補助金", "what": "上限額", "value": "900万円"}'),
    "tool_no_json": ("look_up_figure", '{"programme": "持続化'),
    "tool_code": ("run_python", '{"code": "print(9000000)"}'),
}
"""Calls of tools, and their arguments as the model writes them."""
TOOLS = (*CALLS, "tool_forever", "tool_then_lie")
BREAKS = (
    "stall", "stall_midway", "drip", "429", "500", "401", "hang_up", "break_midway", "no_end", "cut_off", "html", "empty",
    "broken_json",
)  # fmt: skip
PASSING = ("once_500", "once_429", "once_wrong", "no_tools", "thinking")
"""Faults that go away when asked again or otherwise, and oddities that are none."""


class FaultServer(ThreadingHTTPServer):
    """The server; it listens on a free port of 127.0.0.1."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.mode, self.injected = "honest", 0
        self.bodies: list[dict[str, Any]] = []
        self.stop = threading.Event()

    @property
    def url(self) -> str:
        """The address for SHIRUBE_LLM_BASE_URL."""
        return f"http://127.0.0.1:{self.server_port}/v1"


@contextmanager
def fault_server() -> Iterator[FaultServer]:
    """A running server, ended with the block."""
    server = FaultServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
        for worker in threading.enumerate():
            if worker.name == "shirube-llm":
                worker.join(5)


class _Handler(BaseHTTPRequestHandler):
    server: FaultServer

    def do_POST(self) -> None:  # noqa: N802
        """One request for a reply."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.bodies.append(body)
        try:
            self._serve(self._mode(body), body)
        except OSError:
            self.close_connection = True  # the client has left

    def _mode(self, body: dict[str, Any]) -> str:
        mode = self.server.mode
        if not mode.startswith("once_"):
            return mode
        repair = any(m["role"] == "assistant" for m in body["messages"])
        odd = sum(b["messages"] == body["messages"] for b in self.server.bodies) % 2
        if mode == "once_wrong":
            return "honest" if repair else "wrong_number"
        return mode.removeprefix("once_") if odd else "honest"

    def _serve(self, mode: str, body: dict[str, Any]) -> None:
        if mode == "no_tools":
            mode = "400" if body.get("tools") else "honest"
        if mode in ("stall", "hang_up"):
            if mode == "stall":
                self.server.stop.wait(10)
            self.close_connection = True
        elif mode.isdigit():
            self._plain(int(mode), json.dumps({"error": {"message": f"上限は{LIE}です"}}))
        elif mode in ("html", "empty"):
            self._plain(200, f"<html>{LIE}</html>" if mode == "html" else "")
        else:
            self._stream(mode, body)

    def _plain(self, status: int, text: str) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, mode: str, body: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        call = _wanted_call(mode, body)
        if call is not None:
            self._send_call(*call)
            self._end("tool_calls")
            return
        text = ("<think>900万円かな</think>\n" if mode == "thinking" else "") + "\n".join(self._lines(mode, body))
        for n, piece in enumerate(re.findall(r"(?s).{1,7}", text)):
            if self._broken(mode, n, len(text)):
                return
            self._event({"content": piece})
        self._end("length" if mode == "cut_off" else None if mode == "no_end" else "stop")

    def _lines(self, mode: str, body: dict[str, Any]) -> Lines:
        lie = LIES.get("wrong_number" if mode == "tool_then_lie" else mode, smoother)
        lines, injected = lie(draft_of(body))
        self.server.injected += injected
        return lines

    def _broken(self, mode: str, n: int, length: int) -> bool:
        """Whether the stream ends here for the client."""
        late = n >= max(1, length // 14)
        if mode == "drip":
            return self.server.stop.wait(0.2)
        if mode == "stall_midway" and late:
            self.server.stop.wait(10)
        elif mode == "broken_json" and late:
            self._raw('data: {"choices": [{"delta": {"content": "900万円\n\n')
        elif mode != "break_midway" or not late:
            return False
        self.close_connection = True
        return True

    def _send_call(self, name: str, arguments: str) -> None:
        head = {"index": 0, "id": "call-1", "type": "function", "function": {"name": name, "arguments": ""}}
        self._event({"role": "assistant", "tool_calls": [head]})
        for piece in re.findall(r"(?s).{1,9}", arguments):
            self._event({"tool_calls": [{"index": 0, "function": {"arguments": piece}}]})

    def _event(self, delta: dict[str, Any], finish: str | None = None, **more: Any) -> None:
        choices = [] if more else [{"index": 0, "delta": delta, "finish_reason": finish}]
        whole = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": choices, **more}
        self._raw(f"data: {json.dumps(whole, ensure_ascii=False)}\n\n")

    def _raw(self, text: str) -> None:
        data = text.encode()
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _end(self, finish: str | None) -> None:
        if finish is not None:
            self._event({}, finish)
            self._event({}, usage={"prompt_tokens": 700, "completion_tokens": 80, "total_tokens": 780})
        self._raw("data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Be quiet."""


def draft_of(body: dict[str, Any]) -> Lines:
    """The lines that the model was asked to smooth last."""
    for message in reversed(body["messages"]):
        found = FENCED.findall(str(message["content"]))
        if message["role"] == "user" and found:
            return str(found[-1][1]).split("\n")
    return []


def _wanted_call(mode: str, body: dict[str, Any]) -> tuple[str, str] | None:
    asked = any(m["role"] == "tool" for m in body["messages"])
    if mode == "tool_forever" or (mode == "tool_then_lie" and not asked):
        return CALLS["tool_good"]
    return CALLS[mode] if mode in CALLS and not asked else None
