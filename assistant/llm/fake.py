"""A model for tests: it gives what was put in its queue."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator

from assistant.errors import ModelError, ModelUnavailable
from assistant.llm.model import Message, Tool, ToolCall

Entry = str | ModelError | tuple[str | ModelError | ToolCall, ...]
_PIECE = re.compile(r"(?s).{1,5}")


class FakeModel:
    """A queue of replies; an error in it is raised, a tuple holds parts of one reply. `seen` holds what was sent, call by call."""

    def __init__(self, replies: Iterable[Entry]) -> None:
        self._replies = deque(replies)
        self.seen: list[tuple[Message, ...]] = []
        self.offered: list[tuple[Tool, ...]] = []

    def complete(self, messages: tuple[Message, ...]) -> str:
        """The next reply of the queue.

        Raises:
            ModelError: The next entry is an error.
            ModelUnavailable: The queue is empty.
        """
        return "".join(piece for piece in self.stream(messages) if isinstance(piece, str))

    def stream(
        self, messages: tuple[Message, ...], tools: tuple[Tool, ...] = (), seconds: float | None = None
    ) -> Iterator[str | ToolCall]:
        """The next reply of the queue in small pieces.

        Raises:
            ModelError: The next entry is or holds an error.
            ModelUnavailable: The queue is empty.
        """
        self.seen.append(messages)
        self.offered.append(tools)
        if not self._replies:
            raise ModelUnavailable("試験用モデルの返答が尽きました。")
        entry = self._replies.popleft()
        for part in entry if isinstance(entry, tuple) else (entry,):
            if isinstance(part, ModelError):
                raise part
            yield from _PIECE.findall(part) if isinstance(part, str) else (part,)
