"""The HTTP doors: shapes of the contract, problem details in Japanese, conversations."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.api import create_app
from assistant.config import Settings
from assistant.errors import StoreUnavailable
from assistant.flow import Assistant
from assistant.wire import split_sentences

QUESTION = "持続化補助金の通常枠の上限は？"
ANSWER_FIELDS = {
    "id", "status", "reason", "answer", "figures", "sources", "programmes", "ask_for", "suggestions", "as_of", "today",
    "knowledge_version", "engine", "elapsed_ms",
}  # fmt: skip


@pytest.fixture
def client(own: Assistant, today: date) -> Iterator[TestClient]:
    with TestClient(create_app(own, today), raise_server_exceptions=False) as client:
        yield client


def problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["content-type"].startswith("application/problem+json")
    body: dict[str, Any] = response.json()
    assert body["status"] == status and body["title"] and body["detail"]
    assert any("ぁ" <= c <= "ん" for c in body["detail"])
    return body


def test_ask_gives_the_shape_of_the_contract(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"id": "q1", "question": QUESTION, "unknown": 1}).json()
    assert set(answer) >= ANSWER_FIELDS
    assert (answer["id"], answer["today"], answer["status"]) == ("q1", "2026-11-24", "answered")
    assert "50万円" in answer["answer"]


def test_plain_japanese_has_the_same_figures(client: TestClient) -> None:
    usual, plain = (client.post("/v1/ask", json={"question": QUESTION, "plain": p}).json() for p in (False, True))
    assert "補助金のいちばん高い額" in plain["answer"] and "いちばん高い" not in usual["answer"]
    assert "50万円" in plain["answer"] and plain["figures"] == usual["figures"]
    problem(client.post("/v1/ask", json={"question": QUESTION, "plain": [1]}), 422)


def test_a_today_in_the_request_beats_that_of_the_door(client: TestClient) -> None:
    assert client.post("/v1/ask", json={"question": QUESTION, "today": "2026-10-01"}).json()["today"] == "2026-10-01"


def test_stream_sends_sentences_figures_and_the_whole(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": QUESTION}, headers={"Accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    events = [block.split("\n", 1) for block in response.text.strip().split("\n\n")]
    parsed = [(e.removeprefix("event: "), json.loads(d.removeprefix("data: "))) for e, d in events]
    done = parsed[-1][1]
    assert parsed[-1][0] == "done"
    assert "".join(d["text"] for e, d in parsed if e == "sentence") == done["answer"]
    assert [d for e, d in parsed if e == "figure"] == done["figures"]


@pytest.mark.parametrize("text", ["", "一文", "一。二！\n\n- 三\n- 四（五。）\n", "「はい。」と言う。", "\n\n。。"])
def test_sentences_join_to_the_text(text: str) -> None:
    assert "".join(split_sentences(text)) == text


def test_sentences_end_where_they_end() -> None:
    assert split_sentences("上限は50万円です。補助率は2/3です。") == ["上限は50万円です。", "補助率は2/3です。"]


def test_programmes_and_one_whole(client: TestClient) -> None:
    listed = client.get("/v1/programmes").json()
    entry = next(p for p in listed if p["programme"] == "jizokuka")
    assert entry["windows"][0]["window"] == "open"
    assert entry["windows"][0]["deadline"] == "2026-12-15T17:00:00+09:00"
    whole = client.get("/v1/programmes/jizokuka").json()
    assert whole["name"] == entry["name"] and whole["editions"] and whole["documents"]
    assert all("file" not in d for d in whole["documents"])
    later = client.get("/v1/programmes/jizokuka", params={"today": "2026-12-16"}).json()
    assert {r["edition_id"]: r["window"] for r in later["rounds"]}["jizokuka/2026-r20"] == "closed"


def test_health_tells_the_knowledge(client: TestClient, assistant: Assistant) -> None:
    health = client.get("/v1/health").json()
    assert health["status"] == "ok" and health["knowledge_version"] == assistant.catalogue.version
    assert health["as_of"] == assistant.catalogue.as_of
    assert health["engine"] == "embedded" and health["notice"] is None


def test_a_conversation_keeps_its_turns(client: TestClient) -> None:
    created = client.post("/v1/conversations")
    conversation = created.json()["id"]
    assert created.status_code == 201 and client.get("/v1/conversations").json() == {"conversations": []}
    asked = client.post("/v1/ask", json={"question": f" {QUESTION}\x07", "conversation_id": conversation}).json()
    loaded = client.get(f"/v1/conversations/{conversation}").json()
    assert [t["question"] for t in loaded["turns"]] == [QUESTION]
    assert loaded["turns"][0]["answer"] == asked
    assert [c["title"] for c in client.get("/v1/conversations").json()["conversations"]] == [QUESTION]


def test_a_conversation_can_be_deleted_once(client: TestClient) -> None:
    conversation = client.post("/v1/conversations").json()["id"]
    client.post("/v1/ask", json={"question": QUESTION, "conversation_id": conversation})
    deleted = client.delete(f"/v1/conversations/{conversation}")
    assert deleted.status_code == 204 and deleted.content == b""
    assert client.get("/v1/conversations").json() == {"conversations": []}
    problem(client.get(f"/v1/conversations/{conversation}"), 404)
    problem(client.delete(f"/v1/conversations/{conversation}"), 404)
    problem(client.post("/v1/ask", json={"question": QUESTION, "conversation_id": conversation}), 404)


def test_earlier_turns_of_a_conversation_count(client: TestClient) -> None:
    conversation = client.post("/v1/conversations").json()["id"]
    client.post("/v1/ask", json={"question": QUESTION, "conversation_id": conversation})
    follow_up = client.post("/v1/ask", json={"question": "補助率は？", "conversation_id": conversation}).json()
    assert follow_up["status"] == "answered" and follow_up["programmes"] == ["jizokuka"]
    assert "2/3" in follow_up["answer"]


def test_verify_finds_the_wrong_number(client: TestClient) -> None:
    text = "持続化補助金の通常枠の上限は60万円です。"
    result = client.post("/v1/verify", json={"id": 7, "text": text}).json()
    wrong = [n for n in result["numbers"] if n["verdict"] == "wrong"]
    assert result["id"] == 7 and result["ok"] is False
    assert [text[n["start"] : n["end"]] for n in wrong] == ["60万円"] and wrong[0]["expected"] == ["50万円"]


@pytest.mark.parametrize(
    ("body", "field", "why"),
    [
        ({}, "question", "必須"),
        ({"question": 5}, "question", "文字列"),
        ({"question": "上限は？", "today": "明日"}, "today", "年-月-日"),
        ({"question": "上限は？", "history": "前の質問"}, "history", "一覧"),
        ({"question": "上限は？", "history": [1]}, "history.0", "文字列"),
        ({"question": "上限は？", "profile": [1]}, "profile", "組"),
        (["上限は？"], "本文", "JSON"),
    ],
)
def test_a_wrong_field_is_named_with_the_reason(client: TestClient, body: Any, field: str, why: str) -> None:
    wrong = problem(client.post("/v1/ask", json=body), 422)
    assert [e["field"] for e in wrong["errors"]] == [field] and why in wrong["errors"][0]["why"]


@pytest.mark.parametrize("question", ["", "  \n", "\x00\x01", "\u3000"])
def test_an_empty_question_is_refused_in_words(client: TestClient, question: str) -> None:
    assert "空" in problem(client.post("/v1/ask", json={"question": question}), 422)["detail"]


def test_what_is_too_long_is_413(client: TestClient) -> None:
    assert "100,000文字" in problem(client.post("/v1/ask", json={"question": "あ" * 100_000}), 413)["detail"]
    assert "分けて" in problem(client.post("/v1/verify", json={"text": "あ" * 3_000_000}), 413)["detail"]

    def endless() -> Iterator[bytes]:
        for _ in range(6):
            yield b"x" * 1_000_000

    problem(client.post("/v1/ask", content=endless(), headers={"Content-Type": "application/json"}), 413)


def test_a_fault_in_mid_stream_is_its_last_event(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object) -> None:
        raise StoreUnavailable("会話を保存できません。")

    conversation = client.post("/v1/conversations").json()["id"]
    monkeypatch.setattr("assistant.store.conversations.Store.append_turn", lost)
    body = {"question": QUESTION, "conversation_id": conversation}
    response = client.post("/v1/ask", json=body, headers={"Accept": "text/event-stream"})
    last = response.text.strip().split("\n\n")[-1]
    assert last.startswith("event: error\n") and '"status": 503' in last and "done" not in last
    problem(client.post("/v1/ask", json={"question": ""}, headers={"Accept": "text/event-stream"}), 422)


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[" * 100_000, b'"\xe3\x81"'])
def test_a_body_that_is_no_json_is_a_problem_not_a_fault(client: TestClient, content: bytes) -> None:
    response = client.post("/v1/ask", content=content, headers={"Content-Type": "application/json"})
    problem(response, response.status_code)
    assert response.status_code in (400, 422)


def test_broken_code_points_do_not_break_the_answer(client: TestClient) -> None:
    body = '{"id": "\\ud800", "question": "持続化補助金の上限は\\ud83d？", "profile": {"name": "\\ud800"}}'
    for accept in ("application/json", "text/event-stream"):
        headers = {"Content-Type": "application/json", "Accept": accept}
        assert client.post("/v1/ask", content=body.encode(), headers=headers).status_code == 200
    lost = '{"question": "上限は？", "conversation_id": "\\ud800"}'
    problem(client.post("/v1/ask", content=lost.encode(), headers={"Content-Type": "application/json"}), 404)


def test_what_is_not_there_is_404(client: TestClient) -> None:
    assert "jizoku" in problem(client.get("/v1/programmes/jizoku"), 404)["detail"]
    problem(client.get("/v1/conversations/nothing"), 404)
    problem(client.post("/v1/ask", json={"question": QUESTION, "conversation_id": "nothing"}), 404)
    problem(client.get("/v2"), 404)
    problem(client.get("/v1/ask"), 405)


def test_a_fault_of_ours_is_500_in_japanese_without_details(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("assistant.api.answer_request", fault)
    assert "secret" not in str(problem(client.post("/v1/ask", json={"question": QUESTION}), 500))


def test_a_database_that_fails_is_503(assistant: Assistant, today: date) -> None:
    settings = Settings(database_url="sqlite:////proc/none/shirube.db", data_dir=assistant.settings.data_dir)
    app = create_app(dataclasses.replace(assistant, settings=settings), today)
    with TestClient(app, raise_server_exceptions=False) as client:
        assert "保存先" in problem(client.post("/v1/conversations"), 503)["detail"]
        assert client.post("/v1/ask", json={"question": QUESTION}).status_code == 200


def test_openapi_lists_the_doors(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/v1/ask", "/v1/verify", "/v1/programmes", "/v1/programmes/{programme_id}", "/v1/health"} <= set(paths)


def test_docs_list_the_doors_in_japanese_without_the_net(client: TestClient) -> None:
    page = client.get("/docs").text
    assert "POST /v1/ask" in page and "質問に答える" in page and "質問の文（必須）" in page and "http" not in page
