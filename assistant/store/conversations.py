"""Conversations: create, list, append, load, delete. Tables are made on first use."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from assistant.errors import NotFound, StoreUnavailable
from assistant.store.models import Base, Conversation, Turn

TITLE_CHARS = 40
BUSY_SECONDS = 10


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """One question and its answer, as they were shown."""

    question: str
    answer: dict[str, Any]
    created_at: datetime

    def wire(self) -> dict[str, Any]:
        """The shape that the API gives out."""
        return {"question": self.question, "answer": self.answer, "created_at": self.created_at.isoformat()}


@dataclass(frozen=True, slots=True)
class StoredConversation:
    """A conversation with its turns, oldest first; the turns are left out in lists."""

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    turns: tuple[StoredTurn, ...] = ()

    def wire(self, with_turns: bool = False) -> dict[str, Any]:
        """The shape that the API gives out."""
        head: dict[str, Any] = {
            "id": self.id, "title": self.title,
            "created_at": self.created_at.isoformat(), "updated_at": self.updated_at.isoformat(),
        }  # fmt: skip
        return {**head, "turns": [t.wire() for t in self.turns]} if with_turns else head


class Store:
    """The conversations in one database.

    Args:
        url: A SQLAlchemy URL; for a SQLite file its folder is made.

    Raises:
        StoreUnavailable: The URL is wrong, a driver is missing, or the database cannot be opened.
    """

    def __init__(self, url: str) -> None:
        try:
            self._engine = _engine(url)
            _make_tables(self._engine)
        except ModuleNotFoundError as error:
            raise StoreUnavailable(
                f"データベースの部品 {error.name} がありません。pip install \"shirube[postgres]\" で入れてください。"
            ) from error
        except (SQLAlchemyError, OSError) as error:
            raise _unavailable("開けません") from error

    def create_conversation(self) -> StoredConversation:
        """A new, empty conversation."""
        now = datetime.now(UTC)
        row = Conversation(id=secrets.token_hex(12), title="", created_at=now, updated_at=now)
        with self._session() as session:
            session.add(row)
        return StoredConversation(row.id, "", now, now)

    def list_conversations(self, most: int = 50) -> tuple[StoredConversation, ...]:
        """The conversations that hold a turn, newest first, without their turns."""
        query = select(Conversation).where(Conversation.title != "").order_by(Conversation.updated_at.desc()).limit(most)
        with self._session() as session:
            return tuple(_head(row) for row in session.scalars(query))

    def load_conversation(self, conversation_id: str) -> StoredConversation:
        """A conversation with all its turns.

        Raises:
            NotFound: There is none of that id.
        """
        with self._session() as session:
            row = _find(session, conversation_id)
            turns = tuple(StoredTurn(t.question, t.answer, t.created_at) for t in row.turns)
            return StoredConversation(row.id, row.title, row.created_at, row.updated_at, turns)

    def earlier_questions(self, conversation_id: str, most: int) -> list[str]:
        """The last `most` questions of a conversation, oldest first.

        Raises:
            NotFound: There is none of that id.
        """
        query = select(Turn.question).where(Turn.conversation_id == conversation_id).order_by(Turn.id.desc()).limit(most)
        with self._session() as session:
            _find(session, conversation_id)
            return list(session.scalars(query))[::-1]

    def append_turn(self, conversation_id: str, question: str, answer: dict[str, Any]) -> StoredTurn:
        """Add a question and its answer to a conversation; the first question gives the title.

        Raises:
            NotFound: There is none of that id.
        """
        now = datetime.now(UTC)
        with self._session() as session:
            row = _find(session, conversation_id)
            row.title = row.title or " ".join(question.split())[:TITLE_CHARS]
            row.updated_at = now
            session.add(Turn(conversation_id=row.id, question=question, answer=answer, created_at=now))
        return StoredTurn(question, answer, now)

    def delete_conversation(self, conversation_id: str) -> None:
        """Forget a conversation with all its turns.

        Raises:
            NotFound: There is none of that id.
        """
        with self._session() as session:
            session.delete(_find(session, conversation_id))

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    @contextmanager
    def _session(self) -> Iterator[Session]:
        """One transaction; database errors leave as StoreUnavailable."""
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                yield session
        except SQLAlchemyError as error:
            raise _unavailable("読み書きできません") from error


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreUnavailable(
            "SHIRUBE_DATABASE_URL を読めません。sqlite:///… か postgresql+psycopg://… の形で書いてください。"
        ) from error
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    try:
        if parsed.get_backend_name() != "sqlite":
            return create_engine(parsed, pool_pre_ping=True)
    except NoSuchModuleError as error:
        raise StoreUnavailable("この種類のデータベースは使えません。SQLite か PostgreSQL のURLにしてください。") from error
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _tune_sqlite)
    return engine


def _make_tables(engine: Engine) -> None:
    """Make the tables; a second try covers another process that made them in between."""
    try:
        Base.metadata.create_all(engine)
    except OperationalError:
        Base.metadata.create_all(engine)


def _tune_sqlite(connection: Any, _record: object) -> None:
    """Readers do not wait for the writer (WAL), foreign keys hold, what is deleted leaves no trace in the file."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _find(session: Session, conversation_id: str) -> Conversation:
    row = session.get(Conversation, conversation_id) if conversation_id.isascii() else None
    if row is None:
        raise NotFound("その会話は見つかりません。新しい会話を始めてください。")
    return row


def _head(row: Conversation) -> StoredConversation:
    return StoredConversation(row.id, row.title, row.created_at, row.updated_at)


def _unavailable(what: str) -> StoreUnavailable:
    return StoreUnavailable(
        f"会話の保存先を{what}。空き容量と書込み権限、SHIRUBE_DATA_DIR・SHIRUBE_DATABASE_URL を確認してください。"
    )
