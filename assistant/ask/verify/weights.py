"""What each sign is worth when a number of a text is held against the figures of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Weights:
    """Fitted on the open texts of the mutation benchmark, held against the unopened ones."""

    similar: float = 3.2
    """How far the words agree, as a share of all that is told around the number."""
    left: float = 0.86
    right: float = 0.89
    heads: float = 0.4
    condition: float = 0.6
    before: float = 0.64
    after: float = 0.19
    far: float = 0.42
    previous: float = 0.24
    headings: float = 0.16
    close: tuple[float, float] = (0.6, 1.0)
    """What a pair beside a figure, or in its label and text, is worth if it is told beside the number …"""
    away: tuple[float, float] = (0.4, 0.82)
    """… and if it is told farther away."""
    short: float = 1.5
    otherwise: float = 0.4
    """The clause tells the rest of the cases, and the figure has no condition."""

    role: float = 0.6
    other_role: float = 1.6
    until: float = 0.4
    """The figure is a closing day, and the day is told with まで."""
    component: float = 0.3
    """The figure is of a part of a frame (レジ), and no frame is named."""
    added: float = 0.6
    table: float = 1.2
    """The figure stands in a table of the programme under the role that is told."""
    label: float = 0.57
    other_label: float = 0.5
    bound: float = 0.1
    unbound: float = 0.33
    rounds: float = 2.0
    sizes: float = 0.6
    mates: float = 0.46
    """Each other number of the sentence that the item of the figure tells, up to two."""
    beside: float = 0.15
    """One of the numbers right before or after is of the same item."""
    need: float = 0.4
    other_need: float = 1.55
    title: float = 0.6
    """The topic of the figure stands right before the number, word for word."""
    turn: float = 0.6
    """The figure tells of the time that is named before the number (3次), or of another one."""
    next: float = 0.55
    parallel: float = 0.8
    """The figure tells of what is named here what the last one told of another thing."""
    general: float = 0.3
    notation: float = 1.0
    counter: float = 0.6
    """The figure counts something else (3種類 and 35歳): it cannot be meant, but it may be what should stand there."""
    example: float = 0.9

    extreme: float = 0.1
    """The highest cap or lowest floor of a table, where no case is told."""

    part: float = 0.8
    """A rate of the part over an amount where none such is told, or the other way round."""
    size: float = 0.8
    """How much better an amount of another size must fit the place to be meant there."""
    size_unsaid: float = 1.0
    margin: float = 0.35
    margin_told: float = 0.5
    """The same where the words beside a number tell what it is (上限, 締切): few figures of a programme play that part."""
    used: float = 0.8
    used_before: float = 0.5
    again: float = 0.3
    """The very figure was told before in the sentence."""
    told_elsewhere: float = 0.5
    """The figure stands elsewhere in the sentence."""
    support: float = 0.57
    alone: float = 0.3
    """… where no other figure of the programme comes near."""
    cased: float = 1.95
    told: float = 3.0
    """… and to be believed where a number is told as computed and does not follow."""
    unnamed: float = 1.25


W = Weights()
