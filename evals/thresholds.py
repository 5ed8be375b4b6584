"""What a run must reach: shares by kind, refusals, numbers; read from thresholds.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("thresholds.toml")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Least shares (0..1) of right answers, of all cases and by kind, and of right refusals; most numbers without proof."""

    answered_share: float
    refused_share: float
    unproven_numbers: int
    disputed_numbers: int
    kinds: dict[str, float]


def read_thresholds(path: Path = FILE) -> Thresholds:
    """The thresholds of a file."""
    return Thresholds(**tomllib.loads(path.read_text(encoding="utf-8")))


def missed(figures: dict[str, Any], limits: Thresholds) -> Iterator[str]:
    """What a run did not reach, a line each.

    Args:
        figures: Figures of `evals.report.summary`.
        limits: What to reach; kinds without a threshold are not judged.
    """
    yield from _share("all cases", figures["passed"], figures["total"], limits.answered_share)
    yield from _share("refusals", figures["refused_right"], figures["refused_wanted"], limits.refused_share)
    for kind, found in figures["kinds"].items():
        if kind in limits.kinds:
            yield from _share(kind, found["passed"], found["total"], limits.kinds[kind])
    for name, most in (("unproven_numbers", limits.unproven_numbers), ("disputed_numbers", limits.disputed_numbers)):
        if figures[name] > most:
            yield f"{name}: {figures[name]}, at most {most}"


def _share(name: str, right: int, total: int, least: float) -> Iterator[str]:
    if total and right < least * total:
        yield f"{name}: {right}/{total} = {100 * right / total:.1f} %, at least {100 * least:.1f} %"
