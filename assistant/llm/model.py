"""What the product asks of a language model: messages and tools in; text, piece by piece, and calls of tools out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Role = Literal["system", "user", "assistant", "tool"]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A tool that the model wants used; `arguments` is None if what it wrote is no JSON object."""

    id: str
    name: str
    arguments: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool as a model sees it; `parameters` is the JSON schema of its arguments."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation with a model."""

    role: Role
    text: str
    calls: tuple[ToolCall, ...] = ()
    """The tools that this turn of the assistant asked for."""
    answers: str | None = None
    """The id of the call that this turn of a tool answers."""


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

    def stream(
        self, messages: tuple[Message, ...], tools: tuple[Tool, ...] = (), seconds: float | None = None
    ) -> Iterator[str | ToolCall]:
        """The reply as it comes: pieces of text, then the calls of tools. It ends only if the reply is whole.

        Args:
            messages: The turns so far, oldest first.
            tools: Tools that it may call.
            seconds: Time that is left for the whole reply; the model's own limit if None or larger.

        Raises:
            ModelTimeout: The reply is not whole in time.
            ModelUnavailable: The model cannot be reached, refuses to serve, or breaks off.
            MalformedOutput: The reply is empty, cut off or unreadable.
        """
        ...
