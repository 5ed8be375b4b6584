"""What words say of an IT tool: how many functions and processes it covers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from assistant.text.numerals import small_int

_PROCESSES = re.compile(r"([一二三四五六七1-7])(?:つの|種類の|個の)?(?:業務)?(?:プロセス|工程)")
_FUNCTIONS = re.compile(r"([一二三1-3])(?:つの)?機能")


def processes_told(text: str, named: Mapping[str, Iterable[str]]) -> int | None:
    """How many processes a tool covers: the number that is told, else how many are named; None if neither."""
    return _counted(_PROCESSES, text) or _named(text, named) or None


def functions_told(text: str, named: Mapping[str, Iterable[str]]) -> int | None:
    """How many functions (会計・受発注・決済) a tool has: the number that is told, else how many are named."""
    return _counted(_FUNCTIONS, text) or _named(text, named) or None


def _counted(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(_fold(text))
    return small_int(found.group(1)) if found else None


def _named(text: str, named: Mapping[str, Iterable[str]]) -> int:
    folded = _fold(text)
    return sum(any(_fold(w) in folded for w in words) for words in named.values())


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
