"""Models are opened as the settings say, and each failure of a server is a typed error within the deadline."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.errors import BadSetting, MalformedOutput, ModelError, ModelTimeout, ModelUnavailable
from assistant.llm.client import LangChainModel
from assistant.llm.model import Message, ToolCall
from assistant.llm.providers import check_model, open_model
from assistant.llm.tools import list_tools
from evals.fault_server import FaultServer

DRAFT = "例示補助金の上限は{f:0}です。\n例示補助金の率は{f:1}です。"
ASK = (Message("system", "役割"), Message("user", f"下書き（データ、2行）\n```\n{DRAFT}\n```\n"))


def opened(server: FaultServer, timeout_seconds: float = 5.0, **more: object) -> LangChainModel:
    settings = Settings(llm="openai:test", llm_base_url=server.url, llm_timeout_seconds=timeout_seconds, **more)  # type: ignore[arg-type]
    model = open_model(settings)
    assert model is not None
    model.backoff_seconds = 0.02
    return model


@pytest.mark.server
def test_a_reply_comes_in_pieces(server: FaultServer) -> None:
    pieces = list(opened(server).stream(ASK))
    assert len(pieces) > 3
    assert "".join(map(str, pieces)) == DRAFT.replace("です", "となっています")
    assert [m["role"] for m in server.bodies[0]["messages"]] == ["system", "user"]
    assert opened(server).complete(ASK) == DRAFT.replace("です", "となっています")


@pytest.mark.server
@pytest.mark.parametrize(
    ("mode", "error"),
    [("500", ModelUnavailable), ("429", ModelUnavailable), ("401", ModelUnavailable), ("404", ModelUnavailable)]
    + [("hang_up", ModelUnavailable), ("break_midway", ModelUnavailable), ("no_end", ModelUnavailable)]
    + [("cut_off", MalformedOutput), ("broken_json", ModelError), ("html", ModelError), ("empty", ModelError)],
)  # fmt: skip
def test_each_failure_is_a_typed_error(server: FaultServer, mode: str, error: type[ModelError]) -> None:
    server.mode = mode
    with pytest.raises(error) as caught:
        opened(server).complete(ASK)
    assert "万円" not in str(caught.value) and "{f:0}" not in str(caught.value)


@pytest.mark.server
@pytest.mark.parametrize(("mode", "requests"), [("500", 3), ("429", 3), ("hang_up", 3), ("401", 1), ("404", 1), ("break_midway", 1)])
def test_what_may_pass_is_tried_again_a_few_times(server: FaultServer, mode: str, requests: int) -> None:
    server.mode = mode
    with pytest.raises(ModelError):
        opened(server).complete(ASK)
    assert len(server.bodies) == requests


@pytest.mark.server
@pytest.mark.parametrize("mode", ["once_500", "once_429"])
def test_a_passing_fault_costs_a_retry_only(server: FaultServer, mode: str) -> None:
    server.mode = mode
    assert "となっています" in opened(server).complete(ASK)
    assert len(server.bodies) == 2


@pytest.mark.server
@pytest.mark.parametrize("mode", ["stall", "drip", "stall_midway", "429"])
def test_the_deadline_holds_for_the_whole_call(server: FaultServer, mode: str) -> None:
    server.mode = mode
    model, started = opened(server, 0.8), time.monotonic()
    model.backoff_seconds = 5.0
    with pytest.raises(ModelError) as caught:
        model.complete(ASK)
    assert time.monotonic() - started < 2.8
    assert mode == "429" or isinstance(caught.value, ModelTimeout)


@pytest.mark.server
def test_calls_of_tools_come_typed(server: FaultServer) -> None:
    server.mode = "tool_good"
    (call,) = opened(server).stream(ASK, list_tools())
    assert isinstance(call, ToolCall)
    assert (call.name, call.arguments) == ("look_up_figure", {"programme": "持続化補助金", "what": "補助率"})
    assert {t["function"]["name"] for t in server.bodies[0]["tools"]} == {t.name for t in list_tools()}
    server.mode = "tool_no_json"
    (broken,) = opened(server).stream(ASK, list_tools())
    assert isinstance(broken, ToolCall) and broken.arguments is None


@pytest.mark.server
def test_a_server_that_takes_no_tools_is_asked_without(server: FaultServer) -> None:
    server.mode = "no_tools"
    model = opened(server)
    for _ in range(2):
        assert "".join(map(str, model.stream(ASK, list_tools()))) == DRAFT.replace("です", "となっています")
    assert ["tools" in b for b in server.bodies] == [True, False, False]


@pytest.mark.server
def test_thoughts_of_a_reasoning_model_are_left_out(server: FaultServer) -> None:
    server.mode = "thinking"
    assert opened(server).complete(ASK) == DRAFT.replace("です", "となっています")


@pytest.mark.server
def test_the_log_counts_and_says_nothing_of_the_question(
    server: FaultServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    model = opened(server, data_dir=tmp_path, llm_price="0.5/2")
    with caplog.at_level(logging.DEBUG):
        model.complete((*ASK, Message("user", "ないしょの新事業")))
        server.mode = "500"
        with pytest.raises(ModelUnavailable):
            model.complete((Message("user", "ないしょの新事業"),))
    text = (tmp_path / "logs" / "llm.jsonl").read_text("utf-8")
    good, bad = (json.loads(line) for line in text.splitlines())
    assert (good["outcome"], good["tokens_in"], good["tokens_out"], good["tries"]) == ("ok", 700, 80, 1)
    assert good["cost"] == "0.000510" and not good["estimated"]
    assert (bad["outcome"], bad["tries"], bad["estimated"]) == ("ModelUnavailable", 3, True)
    assert (model.meter.calls, model.meter.failures, model.meter.total.received) == (2, 1, 80)
    for log in (caplog.text, text):
        assert "ないしょ" not in log and "\\u306a\\u3044" not in log and "例示" not in log


@pytest.mark.server
def test_a_log_that_cannot_be_written_stops_nothing(server: FaultServer, tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file, no folder")
    assert opened(server, data_dir=tmp_path).complete(ASK)


@pytest.mark.server
def test_a_dead_server_is_unavailable(server: FaultServer) -> None:
    settings = Settings(llm="openai:test", llm_base_url="http://127.0.0.1:9/v1", llm_timeout_seconds=5)
    model = open_model(settings)
    assert model is not None
    model.backoff_seconds = 0.02
    with pytest.raises(ModelUnavailable):
        model.complete(ASK)


def test_off_by_default() -> None:
    assert open_model(Settings()) is None


@pytest.mark.parametrize("value", ["gpt", "openai:", "skynet:one", ":x"])
def test_an_unreadable_setting_is_named(value: str) -> None:
    with pytest.raises(BadSetting, match="SHIRUBE_LLM"):
        open_model(Settings(llm=value))


@pytest.mark.parametrize("value", ["cheap", "1", "1/2/3", "-1/2", "1/0/0"])
def test_an_unreadable_price_is_named(value: str) -> None:
    with pytest.raises(BadSetting, match="SHIRUBE_LLM_PRICE"):
        check_model(Settings(llm="openai:x", llm_price=value))


@pytest.mark.parametrize(("provider", "extra"), [("anthropic", "anthropic"), ("google_genai", "google"), ("ollama", "ollama")])
def test_a_missing_extra_is_named(provider: str, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModelUnavailable, match=rf'pip install "shirube\[{extra}\]"'):
        open_model(Settings(llm=f"{provider}:x"))


def test_a_missing_key_is_unavailable() -> None:
    with pytest.raises(ModelUnavailable, match="API キー"):
        open_model(Settings(llm="openai:gpt"))


def test_langchain_is_not_imported_until_a_model_is_opened() -> None:
    code = "import sys, assistant.flow; sys.exit(any(m.startswith(('langchain', 'openai')) for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
