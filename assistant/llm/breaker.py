"""A circuit breaker: a model that keeps failing is left alone for a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TypeVar

from assistant.errors import ModelError, ModelUnavailable

T = TypeVar("T")

MAX_FAILURES = 3
REST_SECONDS = 60.0


class Breaker:
    """Counts failures in a row; safe to share between threads."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` gives seconds that never go back, as time.monotonic does."""
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._closed_until = 0.0

    def run(self, work: Callable[[], T]) -> T:
        """What `work` returns.

        After `MAX_FAILURES` failures in a row `work` is not called for `REST_SECONDS`; then one trial is let through.

        Raises:
            ModelUnavailable: The model is being left alone.
            ModelError: `work` failed.
        """
        with self.watch():
            return work()

    @contextmanager
    def watch(self) -> Iterator[None]:
        """Count the outcome of a block as `run` does that of its work.

        Raises:
            ModelUnavailable: The model is being left alone; the block is not entered.
        """
        self._enter()
        try:
            yield
        except ModelError:
            self._note(failed=True)
            raise
        self._note(failed=False)

    def _enter(self) -> None:
        with self._lock:
            if self._failures < MAX_FAILURES:
                return
            now = self._clock()
            if now < self._closed_until:
                raise ModelUnavailable("言語モデルの失敗が続いたため、しばらく使わずに答えます。")
            self._closed_until = now + REST_SECONDS  # others wait for the outcome of this trial

    def _note(self, failed: bool) -> None:
        with self._lock:
            self._failures = self._failures + 1 if failed else 0
            if self._failures >= MAX_FAILURES:
                self._closed_until = self._clock() + REST_SECONDS
