"""Tables that leave no room: with the frame named, a rate is one of its rows, and one whose condition is told if it has one."""

from __future__ import annotations

import re

from assistant.ask.verify.measures import measure_of
from assistant.ask.verify.reading import Reading
from assistant.ask.verify.records import Claim, Context

_DENIED = re.compile(r"(?:使|選|受け|当ては)[^。、\d]{0,3}(?:ない|ません)")
_TOLD = 0.5
"""The share of the words of a condition from which it is taken to be told."""
_PLAIN = frozenset({"medium"})


def outside_table(reading: Reading, context: Context) -> bool:
    """Whether a number is told as the rate of a frame whose table has no such row, or only one whose condition is told nowhere."""
    if context.role != "rate" or context.quantity.unit != "ratio" or not context.scope.frames or _DENIED.search(context.right):
        return False
    scoped = reading.index.scoped("share", context.scope)
    rows = [c for c in scoped if c.figure.kind == "rate" and c.figure.frame_id in context.scope.frames and not c.item]
    if not rows or any(c.figure.kind == "fact:limit" and c.measure == measure_of(context.quantity) and c.figure.frames for c in scoped):
        return False
    fitting = [c for c in rows if c.measure == measure_of(context.quantity)]
    if any(_is_plain(c) or _is_told(c, reading) for c in fitting):
        return False
    return not fitting or any(_is_plain(c) for c in rows)


def _is_plain(claim: Claim) -> bool:
    """Whether a row holds where no condition is told."""
    return not claim.plain_label or claim.is_rest or claim.sizes == _PLAIN


def _is_told(claim: Claim, reading: Reading) -> bool:
    return len(claim.plain_label & reading.words) >= _TOLD * len(claim.plain_label)
