"""Conversations in the database."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from pathlib import Path

import pytest

from assistant.errors import NotFound, StoreUnavailable
from assistant.store.conversations import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path / 'deep' / 'shirube.db'}")


def test_turns_come_back_in_order_with_aware_utc_times(store: Store) -> None:
    conversation = store.create_conversation()
    store.append_turn(conversation.id, "上限は？", {"answer": "50万円", "figures": []})
    store.append_turn(conversation.id, "創業型では？", {"answer": "200万円"})
    loaded = store.load_conversation(conversation.id)
    assert [t.question for t in loaded.turns] == ["上限は？", "創業型では？"]
    assert loaded.turns[0].answer == {"answer": "50万円", "figures": []}
    assert all(t.created_at.tzinfo is UTC for t in loaded.turns)
    assert loaded.wire(with_turns=True)["turns"][1]["created_at"].endswith("+00:00")


def test_the_first_question_gives_the_title_on_one_line(store: Store) -> None:
    conversation = store.create_conversation()
    store.append_turn(conversation.id, "持続化補助金の\n上限は" + "あ" * 60, {})
    store.append_turn(conversation.id, "次", {})
    assert store.load_conversation(conversation.id).title == ("持続化補助金の 上限は" + "あ" * 60)[:40]


def test_list_is_newest_first_and_leaves_empty_ones_out(store: Store) -> None:
    first, second, _empty = (store.create_conversation() for _ in range(3))
    store.append_turn(first.id, "一", {})
    store.append_turn(second.id, "二", {})
    assert [c.title for c in store.list_conversations()] == ["二", "一"]
    store.append_turn(first.id, "三", {})
    assert [c.title for c in store.list_conversations()] == ["一", "二"]
    assert len(store.list_conversations(most=1)) == 1


def test_earlier_questions_are_the_last_ones_oldest_first(store: Store) -> None:
    conversation = store.create_conversation()
    for n in range(5):
        store.append_turn(conversation.id, f"質問{n}", {})
    assert store.earlier_questions(conversation.id, 3) == ["質問2", "質問3", "質問4"]


def test_unknown_conversation_is_not_found(store: Store) -> None:
    asks = (lambda i: store.append_turn(i, "?", {}), lambda i: store.earlier_questions(i, 5))
    for call in (store.load_conversation, store.delete_conversation, *asks):
        with pytest.raises(NotFound, match="見つかりません"):
            call("nothing")


def test_a_deleted_conversation_takes_its_turns_and_no_other(store: Store, tmp_path: Path) -> None:
    gone, kept = (store.create_conversation() for _ in range(2))
    store.append_turn(gone.id, "消す質問", {"answer": "50万円"})
    store.append_turn(kept.id, "残す質問", {})
    store.delete_conversation(gone.id)
    assert [c.title for c in store.list_conversations()] == ["残す質問"]
    with pytest.raises(NotFound):
        store.load_conversation(gone.id)
    store.close()
    with sqlite3.connect(tmp_path / "deep" / "shirube.db") as connection:
        assert connection.execute("SELECT question FROM turns").fetchall() == [("残す質問",)]
    connection.close()
    assert "消す質問".encode() not in (tmp_path / "deep" / "shirube.db").read_bytes()


def test_a_second_store_on_the_same_file_sees_the_turns(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 's.db'}"
    conversation = Store(url).create_conversation()
    Store(url).append_turn(conversation.id, "残りますか", {})
    assert [c.title for c in Store(url).list_conversations()] == ["残りますか"]
    with sqlite3.connect(tmp_path / "s.db") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_many_writers_lose_nothing(store: Store) -> None:
    conversation = store.create_conversation()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: store.append_turn(conversation.id, f"質問{n}", {"n": n}), range(80)))
    assert sorted(t.answer["n"] for t in store.load_conversation(conversation.id).turns) == list(range(80))


@pytest.mark.parametrize("url", ["not a url", "oracle+nothing://x", "sqlite:////proc/none/shirube.db"])
def test_a_database_that_cannot_be_opened_says_so(url: str) -> None:
    with pytest.raises(StoreUnavailable, match="データベース|保存先|DATABASE_URL"):
        Store(url)
