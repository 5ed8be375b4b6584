"""Frozen records that cross module borders; `wire` forms are the shapes of the contract."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Literal


class Status(StrEnum):
    """Outcome of a question."""

    ANSWERED = "answered"
    REFUSED = "refused"
    NEEDS_INPUT = "needs_input"
    FAILED = "failed"


Reason = Literal["not_in_sources", "out_of_scope", "unsafe", "missing_input", "model", "error"]


@dataclass(frozen=True, slots=True)
class Question:
    """What a user asked, on which day, after what was said before (earlier user turns, oldest first)."""

    text: str
    today: date
    history: tuple[str, ...] = ()
    profile: dict[str, Any] | None = None
    id: str | None = None
    conversation_id: str | None = None
    plain: bool = False
    """Whether to answer in plain Japanese: everyday words, short sentences."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure or passage stands; `as_of` is the date of the document."""

    document: str
    section: str
    as_of: str
    url: str | None = None
    passage: str | None = None
    own: bool = False
    """Whether it is a document of the user's own: its passage is quoted, nothing of it is proven."""

    def wire(self) -> dict[str, Any]:
        """The contract's shape of a figure's source; `own` where it is a document of the user's own."""
        out = {"document": self.document, "section": self.section, "as_of": self.as_of, "url": self.url}
        return {**out, "own": True} if self.own else out


@dataclass(frozen=True, slots=True)
class OwnPart:
    """A part of a user's own document: the heading above it, its page (from 1), its text."""

    section: str
    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a document: its parts in order, and the day that it tells of itself."""

    parts: tuple[OwnPart, ...]
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number shown in an answer: what it is, and what proves it."""

    text: str
    value: int | str
    unit: str
    verdict: Literal["sourced", "computed", "from_user"]
    kind: str
    programme: str | None = None
    edition_id: str | None = None
    frame_id: str | None = None
    doubt: str | None = None
    steps: tuple[str, ...] = ()
    source: Source | None = None

    def wire(self) -> dict[str, Any]:
        """The contract's shape."""
        out = {k: v for k, v in asdict(self).items() if k not in ("source", "steps")}
        return {**out, "steps": list(self.steps), "source": self.source.wire() if self.source else None}


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the user; `text` is Markdown in Japanese."""

    status: Status
    text: str
    today: date
    reason: str | None = None
    figures: tuple[Figure, ...] = ()
    sources: tuple[Source, ...] = ()
    programmes: tuple[str, ...] = ()
    ask_for: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    as_of: str = ""
    knowledge_version: str = ""
    engine: str = "embedded"
    elapsed_ms: int = 0
    id: str | None = None
    notes: tuple[str, ...] = field(default=())
    profile: dict[str, Any] | None = None
    """What a match read of firm and project, as a profile; None for other answers."""

    def wire(self) -> dict[str, Any]:
        """The contract's shape of an answer; `profile` where the answer is a match."""
        return {
            **({"profile": self.profile} if self.profile is not None else {}),
            "id": self.id,
            "status": self.status.value,
            "reason": self.reason,
            "answer": self.text,
            "figures": [f.wire() for f in self.figures],
            "sources": [{"n": n, **s.wire(), "passage": s.passage} for n, s in enumerate(self.sources, 1)],
            "programmes": list(self.programmes),
            "ask_for": list(self.ask_for),
            "suggestions": list(self.suggestions),
            "as_of": self.as_of,
            "today": self.today.isoformat(),
            "knowledge_version": self.knowledge_version,
            "engine": self.engine,
            "elapsed_ms": self.elapsed_ms,
        }
