"""The log of a model's use: tokens, cost, time and outcome of each call; nothing of what was said."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from assistant.errors import BadSetting

MAX_BYTES = 1_000_000
PER_TOKENS = 1_000_000
"""Prices are told for so many tokens."""
_log = logging.getLogger(__name__)


@dataclass
class Usage:
    """Tokens of one call; estimated from the length of the text where the provider tells none."""

    sent: int = 0
    received: int = 0
    estimated: bool = True

    def add(self, told: Mapping[str, Any] | None) -> None:
        """Add what a reply, or a piece of one, tells of itself."""
        if not told:
            return
        if self.estimated:
            self.sent, self.received, self.estimated = 0, 0, False
        self.sent += int(told.get("input_tokens") or 0)
        self.received += int(told.get("output_tokens") or 0)


@dataclass(frozen=True)
class Price:
    """Price of a million tokens, in the currency of the one who set it."""

    sent: Fraction
    received: Fraction

    def cost(self, usage: Usage) -> Fraction:
        """The cost of a call."""
        return (self.sent * usage.sent + self.received * usage.received) / PER_TOKENS


def read_price(text: str | None) -> Price | None:
    """The price that SHIRUBE_LLM_PRICE tells, as `sent/received` for a million tokens each; None if it is not set.

    Raises:
        BadSetting: It does not read so.
    """
    if not text:
        return None
    try:
        sent, received = (Fraction(part.strip()) for part in text.split("/"))
    except (ValueError, ZeroDivisionError) as error:
        raise BadSetting("SHIRUBE_LLM_PRICE", text[:80]) from error
    if sent < 0 or received < 0:
        raise BadSetting("SHIRUBE_LLM_PRICE", text[:80])
    return Price(sent, received)


@dataclass
class Meter:
    """Counts the calls of one model and writes a line for each; safe to share between threads."""

    label: str
    path: Path | None = None
    price: Price | None = None
    calls: int = 0
    failures: int = 0
    total: Usage = field(default_factory=lambda: Usage(estimated=False))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, outcome: str, milliseconds: int, tries: int, usage: Usage) -> None:
        """Enter one call.

        Args:
            outcome: "ok", or the kind of the error.
            milliseconds: How long it took.
            tries: How often it was sent.
            usage: Its tokens.
        """
        row: dict[str, Any] = {
            "model": self.label, "outcome": outcome, "ms": milliseconds, "tries": tries, "tokens_in": usage.sent,
            "tokens_out": usage.received, "estimated": usage.estimated,
            "cost": None if self.price is None else f"{float(self.price.cost(usage)):.6f}",
        }  # fmt: skip
        with self._lock:
            self.calls += 1
            self.failures += outcome != "ok"
            self.total.sent += usage.sent
            self.total.received += usage.received
            self.total.estimated |= usage.estimated
            self._write(row)
        _log.info("llm %s", " ".join(f"{k}={v}" for k, v in row.items()))

    def _write(self, row: dict[str, Any]) -> None:
        """One line of JSON; a log that cannot be written is no reason to fail."""
        if self.path is None:
            return
        line = json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), **row}, ensure_ascii=False)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self.path.is_file() and self.path.stat().st_size > MAX_BYTES:
                self.path.replace(self.path.with_suffix(".old.jsonl"))
            with self.path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
        except OSError as error:
            _log.warning("llm log cannot be written (%s)", type(error).__name__)
