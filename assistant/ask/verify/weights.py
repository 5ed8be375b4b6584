"""What each sign is worth when a number of a text is held against the figures of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Weights:
    """What each sign is worth; fitted on the open texts of the mutation benchmark, held against the others."""

    similar: float = 4.0
    role: float = 1.6
    label: float = 1.6
    need: float = 1.5
    next: float = 0.5
    heads: float = 0.8
    headings: float = 0.15
    previous: float = 0.25
    far: float = 0.35
    after: float = 0.4
    before: float = 0.5
    right: float = 0.75
    general: float = 0.4
    bound: float = 0.4
    unbound: float = 0.4
    missing_label: float = 0.8
    rounds: float = 2.0
    short: float = 1.5
    table: float = 0.6
    notation: float = 0.8
    mates: float = 0.4
    sizes: float = 0.6
    example: float = 0.8
    close: tuple[float, float] = (1.0, 0.8)
    """What a pair beside a figure, or in its label and text, is worth if it is told beside the number …"""
    away: tuple[float, float] = (0.9, 0.9)
    """… and if it is told farther away."""


W = Weights()
