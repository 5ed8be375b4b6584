from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from assistant.ask.phrase import phrase
from assistant.config import Settings
from assistant.errors import BadSetting, MalformedOutput, ModelError, ModelTimeout, ModelUnavailable
from assistant.llm.model import ChatModel, Message
from assistant.llm.providers import open_model

TEXT = "例示補助金 通常枠（第20回）の補助上限額は{f:0}です{s:0}。"
GOOD = "例示補助金 通常枠（{n:0}）の補助上限額は{f:0}となっています{s:0}。"
ASK = (Message("system", "役割"), Message("user", "質問"))


class Server(ThreadingHTTPServer):
    """A server that speaks as OpenAI's does; `mode` says how it misbehaves."""

    daemon_threads = True
    mode = "good"
    reply = GOOD
    delay = 0.0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.bodies: list[dict[str, object]] = []
        self.stop = threading.Event()


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        self.server.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        mode = self.server.mode
        if mode == "stall":
            self.server.stop.wait(10)
            self.close_connection = True
        elif mode == "drip":
            self.drip()
        elif mode == "hang_up":
            self.close_connection = True
        elif mode in ("500", "429", "401", "404"):
            self.send(int(mode), '{"error": {"message": "50万円 no"}}', {"Retry-After": "3"} if mode == "429" else {})
        else:
            self.send(200, self.body(mode), {})

    def body(self, mode: str) -> str:
        message: dict[str, object] = {"role": "assistant", "content": self.server.reply}
        whole = {"id": "x", "object": "chat.completion", "created": 1, "model": "m"}
        choice: dict[str, object] = {"index": 0, "message": message, "finish_reason": "stop"}
        bodies: dict[str, object] = {
            "no_choices": {**whole, "choices": []},
            "null_choices": {**whole, "choices": None},
            "null_content": {**whole, "choices": [{**choice, "message": {"role": "assistant", "content": None}}]},
            "cut_off": {**whole, "choices": [{**choice, "finish_reason": "length"}]},
            "list": [1, 2],
            "other": {"上限": "50万円"},
            "number": 7,
        }
        good = json.dumps(bodies.get(mode, {**whole, "choices": [choice]}))
        return {"broken": good[: len(good) // 2], "html": "<html>502</html>", "empty_body": ""}.get(mode, good)

    def drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        while not self.server.stop.wait(0.1):
            try:
                self.wfile.write(b" ")
            except OSError:
                return

    def send(self, status: int, body: str, headers: dict[str, str]) -> None:
        data = body.encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Be quiet."""


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.stop.set()
    server.shutdown()
    server.server_close()
    for worker in threading.enumerate():
        if worker.name == "shirube-llm":
            worker.join(5)


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_BASE", "LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        monkeypatch.delenv(name, raising=False)


def opened(server: Server, timeout_seconds: float = 5.0) -> ChatModel:
    url = f"http://127.0.0.1:{server.server_port}/v1"
    model = open_model(Settings(llm="openai:test", llm_base_url=url, llm_timeout_seconds=timeout_seconds))
    assert model is not None
    return model


@pytest.mark.server
def test_a_good_reply_is_smoothed_text(server: Server) -> None:
    assert phrase(TEXT, "株式会社海風館です。500万円の上限は？", opened(server)) == TEXT.replace("です", "となっています")
    sent = json.dumps(server.bodies, ensure_ascii=False)
    assert "海風館" not in sent and "500" not in sent and "第20回" not in sent
    assert [m["role"] for m in server.bodies[0]["messages"]] == ["system", "user"]  # type: ignore[attr-defined]


@pytest.mark.server
@pytest.mark.parametrize(
    ("mode", "error"),
    [("500", ModelUnavailable), ("401", ModelUnavailable), ("404", ModelUnavailable), ("hang_up", ModelUnavailable)]
    + [(m, MalformedOutput) for m in ("null_content", "cut_off", "broken", "no_choices", "null_choices", "other")],
)  # fmt: skip
def test_each_failure_is_a_typed_error(server: Server, mode: str, error: type[ModelError]) -> None:
    server.mode = mode
    with pytest.raises(error) as caught:
        phrase(TEXT, "上限は？", opened(server))
    assert "50万円" not in str(caught.value) and "{f:0}" not in str(caught.value)


@pytest.mark.server
@pytest.mark.parametrize("mode", ["html", "empty_body", "list", "number"])
def test_other_nonsense_is_a_model_error(server: Server, mode: str) -> None:
    server.mode = mode
    with pytest.raises(ModelError):
        phrase(TEXT, "上限は？", opened(server))


@pytest.mark.server
@pytest.mark.parametrize("mode", ["stall", "drip", "429"])
def test_the_deadline_holds_for_the_whole_call(server: Server, mode: str) -> None:
    server.mode = mode
    model, started = opened(server, 0.8), time.monotonic()
    with pytest.raises(ModelError) as caught:
        phrase(TEXT, "上限は？", model)
    assert time.monotonic() - started < 2.8
    assert mode == "429" or isinstance(caught.value, ModelTimeout)


@pytest.mark.server
@pytest.mark.parametrize(
    "lie", ["上限は900万円です。", "", GOOD.replace("{f:0}", "50万円"), GOOD.replace("{f:0}", "{f:3}"), "無視しました"]
)
def test_a_lying_server_never_brings_a_number_in(server: Server, lie: str) -> None:
    server.reply = lie
    with pytest.raises(MalformedOutput):
        phrase(TEXT, "上限は？", opened(server))


@pytest.mark.server
def test_thoughts_of_a_reasoning_model_are_left_out(server: Server) -> None:
    server.reply = f"<think>50万円かな</think>\n{GOOD}"
    assert phrase(TEXT, "上限は？", opened(server)).endswith("となっています{s:0}。")


@pytest.mark.server
def test_logs_hold_nothing_of_the_question(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        opened(server).complete((Message("user", "ないしょの新事業"),))
        server.mode = "500"
        with pytest.raises(ModelUnavailable):
            opened(server).complete((Message("user", "ないしょの新事業"),))
    assert "ないしょ" not in caplog.text and "\\u306a\\u3044" not in caplog.text


@pytest.mark.server
def test_a_dead_server_is_unavailable() -> None:
    server = Server()
    model = opened(server)
    server.server_close()
    with pytest.raises(ModelUnavailable):
        model.complete(ASK)


def test_off_by_default() -> None:
    assert open_model(Settings()) is None


@pytest.mark.parametrize("value", ["gpt", "openai:", "skynet:one", ":x"])
def test_an_unreadable_setting_is_named(value: str) -> None:
    with pytest.raises(BadSetting, match="SHIRUBE_LLM"):
        open_model(Settings(llm=value))


@pytest.mark.parametrize(("provider", "extra"), [("anthropic", "anthropic"), ("google_genai", "google"), ("ollama", "ollama")])
def test_a_missing_extra_is_named(provider: str, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModelUnavailable, match=rf'pip install "shirube\[{extra}\]"'):
        open_model(Settings(llm=f"{provider}:x"))


def test_a_missing_key_is_unavailable() -> None:
    with pytest.raises(ModelUnavailable, match="API キー"):
        open_model(Settings(llm="openai:gpt"))


def test_langchain_is_not_imported_until_a_model_is_opened() -> None:
    code = "import sys, assistant.ask.phrase; sys.exit(any(m.startswith(('langchain', 'openai')) for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
