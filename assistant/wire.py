"""What goes over the wire: JSON as bytes, and a verified answer as a stream of events."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from assistant.errors import AssistantError

_PIECE = re.compile(r"[^。！？\n]*(?:[。！？]+[」』）)]*\n*|\n+|$)")


def split_sentences(text: str) -> list[str]:
    """The sentences and lines of a text; joined they are the text again."""
    return [piece for piece in _PIECE.findall(text) if piece]


def event_stream(items: Iterator[str | dict[str, Any]], problem: Callable[[AssistantError], dict[str, Any]]) -> Iterator[bytes]:
    """Server-sent events: `sentence` as soon as it is verified, then each `figure`, then `done` with the whole answer.

    Args:
        items: Verified pieces of the text, in order from its start, and at last the answer in the contract's shape.
        problem: Problem details of an error; where one comes in mid-stream it is the last event, `error`.
    """
    sent = ""
    try:
        for item in items:
            if isinstance(item, str):
                sent += item
                yield from _sentences(item)
            else:
                yield from _sentences(item["answer"].removeprefix(sent))
                yield from (_event("figure", figure) for figure in item["figures"])
                yield _event("done", item)
    except AssistantError as error:
        yield _event("error", problem(error))


def _sentences(text: str) -> Iterator[bytes]:
    return (_event("sentence", {"text": sentence}) for sentence in split_sentences(text))


def _event(name: str, data: dict[str, Any]) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + json_bytes(data) + b"\n\n"


def json_bytes(data: object, indent: int | None = None) -> bytes:
    """One JSON document in UTF-8; code points that have no UTF-8 (lone surrogates) become question marks."""
    return json.dumps(data, ensure_ascii=False, indent=indent).encode("utf-8", errors="replace")
