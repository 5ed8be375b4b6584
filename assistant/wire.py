"""What goes over the wire: JSON as bytes, and a verified answer as a stream of events."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_PIECE = re.compile(r"[^。！？\n]*(?:[。！？]+[」』）)]*\n*|\n+|$)")


def split_sentences(text: str) -> list[str]:
    """The sentences and lines of a text; joined they are the text again."""
    return [piece for piece in _PIECE.findall(text) if piece]


def event_stream(answer: dict[str, Any]) -> Iterator[bytes]:
    """Server-sent events of an answer that is already verified: `sentence`, `figure`, `done`."""
    for sentence in split_sentences(answer["answer"]):
        yield _event("sentence", {"text": sentence})
    for figure in answer["figures"]:
        yield _event("figure", figure)
    yield _event("done", answer)


def _event(name: str, data: dict[str, Any]) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + json_bytes(data) + b"\n\n"


def json_bytes(data: object, indent: int | None = None) -> bytes:
    """One JSON document in UTF-8; code points that have no UTF-8 (lone surrogates) become question marks."""
    return json.dumps(data, ensure_ascii=False, indent=indent).encode("utf-8", errors="replace")
