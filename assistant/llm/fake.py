"""A model for tests: it gives what was put in its queue."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from assistant.errors import ModelError, ModelUnavailable
from assistant.llm.model import Message


class FakeModel:
    """A queue of replies; an error in it is raised. `seen` holds what was sent, call by call."""

    def __init__(self, replies: Iterable[str | ModelError]) -> None:
        self._replies = deque(replies)
        self.seen: list[tuple[Message, ...]] = []

    def complete(self, messages: tuple[Message, ...]) -> str:
        """The next reply of the queue.

        Raises:
            ModelError: The next entry is an error.
            ModelUnavailable: The queue is empty.
        """
        self.seen.append(messages)
        if not self._replies:
            raise ModelUnavailable("試験用モデルの返答が尽きました。")
        reply = self._replies.popleft()
        if isinstance(reply, ModelError):
            raise reply
        return reply
