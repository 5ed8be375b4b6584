"""What the product asks of a language model: messages in, text out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation with a model."""

    role: Role
    text: str


class ChatModel(Protocol):
    """A chat model of any provider."""

    def complete(self, messages: tuple[Message, ...]) -> str:
        """The model's reply, never blank.

        Args:
            messages: The turns so far, oldest first.

        Raises:
            ModelTimeout: No reply in time.
            ModelUnavailable: The model cannot be reached, refuses to serve or is not installed.
            MalformedOutput: The reply is empty, cut off or unreadable.
        """
        ...
