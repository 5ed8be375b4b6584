"""The frames of a programme that the words of a question tell, where it names none: by what is done and by whom."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.ask.names import fold
from assistant.ask.query import Query
from assistant.ask.route import Place
from assistant.ask.slots import denied
from assistant.ask.wording import blanked
from assistant.rules.conditions import Inputs, Verdict
from assistant.rules.schema import Frame, Requirement

OF_EACH = re.compile(r"それぞれ|ずつ")
"""What asks for the figures of several things: no one frame is then the one meant."""
DEFINING = frozenset({"members", "industry", "has_100oku_declaration"})
"""Inputs that tell one frame from another, rather than whether a firm may apply at all."""
_EITHER = re.compile(
    r"(の|場合|とき|ケース)と、?[^。？?]{1,24}(の|場合|とき|ケース)?(と|で)(で)?(は|、|も)*[^。？?]{0,16}(変わ|違|差|どっち|どちら|比べ|異な|それぞれ)"
)
"""What sets one way of doing a thing against another: the words of both are no choice between frames."""
_TURNED_DOWN = re.compile(r"[^、。]{0,8}?(不採択|落ち|落と|外れ|通ら|通りませ|断られ|却下|採択され(ず|な|ませ)|逃し|だめ|ダメ|見送)")
"""What follows a grant that was sought in vain."""


def with_told_frames(query: Query, place: Place) -> Place:
    """A place with the frames of which most of what they demand is told, without those that something told rules out.

    Args:
        query: The question.
        place: A place whose frames it may be about; one whose frame is named by a name of its own is left as it is.

    Returns:
        The place with at least one frame; as it is where the words tell none from another.
    """
    groups = _named_apart(query, place)
    if (OF_EACH.search(query.text) and not groups) or (_is_group(query, place) and _EITHER.search(query.text)):
        return place
    if len(place.frames) < 2 or (place.framed and not groups and not _is_group(query, place)):
        return place
    told = Inputs({n: query.slots.inputs[n] for n in DEFINING if n in query.slots.inputs})
    texts = _said(query)
    met = {f.id: _met(f, texts, told) for f in place.frames}
    chosen: set[str] = set()
    for group in groups or [frozenset(met)]:
        most = max((n for i in group if (n := met[i]) is not None), default=0)
        chosen |= {i for i in group if met[i] == most} or group
    return replace(place, frames=tuple(f for f in place.frames if f.id in chosen))


def _said(query: Query) -> tuple[str, ...]:
    """What the turns of a conversation about the same programmes, or none yet, say beside names, the latest first."""
    out: list[str] = []
    query = query if query.carried else replace(query, before=None)
    turn: Query | None = query
    while turn is not None and (not turn.programmes or set(turn.programmes) & set(query.programmes)):
        out.append(blanked(turn.text, tuple((m.start, m.end) for m in turn.mentions)))
        turn = turn.before
    return tuple(out)


def _is_group(query: Query, place: Place) -> bool:
    """Whether one name in the question is that of all the frames (専門家活用枠)."""
    frames = {f.id for f in place.frames}
    return any(frames <= {t.frame for t in m.targets if t.kind == "frame"} for m in query.mentions)


def _named_apart(query: Query, place: Place) -> list[frozenset[str]]:
    """The frames of each name in the question, where there are several names of different frames (従来枠とトップ性能枠)."""
    here = {f.id for f in place.frames}
    named = {frozenset(t.frame for t in m.targets if t.kind == "frame" and t.frame in here) for m in query.mentions}
    own = [g for g in named if g and not any(o < g for o in named if o)]
    return own if len(own) > 1 and sum(map(len, own)) == len(frozenset().union(*own)) else []


def _met(frame: Frame, texts: tuple[str, ...], inputs: Inputs) -> int | None:
    """How many of a frame's requirements are told to be met; None if one is told not to be."""
    verdicts = [_verdict(r, texts, inputs) for r in frame.requirements if r.decisive]
    return None if Verdict.NOT_MET in verdicts else verdicts.count(Verdict.MET)


def _verdict(need: Requirement, texts: tuple[str, ...], inputs: Inputs) -> Verdict:
    if need.test is not None:
        return need.test.check(inputs) if need.test.names <= DEFINING else Verdict.UNKNOWN
    for text in texts:
        folded = fold(text).text
        said = [w for w in need.told_by if fold(w).text in folded]
        if said:
            return Verdict.NOT_MET if all(w in text and _is_lacking(text, w) for w in said) else Verdict.MET
    return Verdict.UNKNOWN


def _is_lacking(text: str, word: str) -> bool:
    """Whether a text tells that what a word names was not had, or was refused."""
    return denied(text, word) or _TURNED_DOWN.match(text, text.find(word) + len(word)) is not None
