"""A model that stalls, breaks off or lies in every way we know: the user gets true numbers, whole or in a stream."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.api import create_app
from assistant.flow import Assistant
from assistant.llm import stream
from evals import faults
from evals.fault_server import FaultServer
from evals.run import load_cases, own_files

QUESTION = "持続化補助金の通常枠の上限は？"
CASES = [c for c in load_cases(own_files(), "open") if c["id"] in ("ow-004", "ow-102", "ow-205")]

pytestmark = pytest.mark.server


@pytest.mark.parametrize("kind", faults.KINDS)
def test_no_wrong_number_reaches_the_user(assistant: Assistant, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "SLOW_CASES", 1)
    figures = faults.run(CASES, assistant, (kind,))["kinds"][kind]
    assert figures["bad"] == [] and figures["requests"] >= 1
    if kind in ("honest", "once_500", "once_wrong", "thinking", "no_tools"):
        assert figures["phrased"] == figures["cases"]


@pytest.mark.parametrize("kind", ["wrong_number", "neighbours_number", "word_turned", "sentence_added", "url", "injected"])
def test_the_measure_sees_lies_where_nothing_guards(assistant: Assistant, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "line_faults", lambda *_, **__: ())
    monkeypatch.setattr("assistant.flow.holds", lambda *_: lambda *_: True)
    monkeypatch.setattr("assistant.ask.back.keep_backed", lambda text, figures, query: type("B", (), {"text": text, "figures": figures}))
    assert faults.run(CASES, assistant, (kind,))["all"]["reached"] > 0


def events(assistant: Assistant, today: date) -> list[tuple[str, dict[str, object]]]:
    with TestClient(create_app(assistant, today)) as client:
        response = client.post("/v1/ask", json={"question": QUESTION}, headers={"Accept": "text/event-stream"})
    blocks = [b.split("\n", 1) for b in response.text.strip().split("\n\n")]
    return [(e.removeprefix("event: "), json.loads(d.removeprefix("data: "))) for e, d in blocks]


@pytest.mark.parametrize("mode", ["honest", "wrong_number", "line_added", "break_midway", "tool_good"])
def test_the_stream_is_the_answer(assistant: Assistant, today: date, server: FaultServer, mode: str) -> None:
    server.mode = mode
    told = events(faults.with_faults(assistant, server), today)
    done = told[-1][1]
    assert [e for e, _ in told][-1] == "done" and {e for e, _ in told} == {"sentence", "figure", "done"}
    assert "".join(str(d["text"]) for e, d in told if e == "sentence") == done["answer"]
    assert "50万円" in str(done["answer"]) and "900万円" not in str(told)
    assert len(server.bodies) >= 1, "starting the service sends nothing, asking does"


def test_the_first_sentences_are_out_while_the_model_still_writes(assistant: Assistant, today: date, server: FaultServer) -> None:
    server.mode = "stall_midway"
    question = faults.Question("持続化補助金の創業型の要件を教えて", today)
    items = faults.stream_answer(question, faults.with_faults(assistant, server, 1.5))
    first = next(items)
    assert isinstance(first, str) and first
    *_, answer = items
    assert isinstance(answer, faults.Answer) and answer.text.startswith(first)


def test_starting_the_service_sends_nothing(assistant: Assistant, today: date, server: FaultServer) -> None:
    with TestClient(create_app(faults.with_faults(assistant, server), today)) as client:
        health = client.get("/v1/health").json()
    assert server.bodies == []
    assert health["engine"] == "openai:faulty" and "SHIRUBE_LLM" in health["notice"]


def test_the_notice_comes_once(assistant: Assistant, today: date, server: FaultServer, tmp_path: Path) -> None:
    settings = faults.with_faults(assistant, server).settings.model_copy(update={"data_dir": tmp_path})
    other = faults.with_model(assistant, settings)
    with TestClient(create_app(other, today)) as client:
        first, second = (client.post("/v1/ask", json={"question": QUESTION}).json() for _ in range(2))
    assert "会社名" in first["notice"] and "notice" not in second
