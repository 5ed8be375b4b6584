"""Numbers that a text tells under a name: the firm's books, hours, energy, shares, each under an input of the word table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assistant.ask.query import Query
from assistant.text.numbers import Quantity, find_quantities

_CLAUSE = re.compile(r"[。！!？?\n]")
_GAP = re.compile(r"(（[^）]*）|\([^)]*\))?[はがをもでのに：:＝= ]*[、，,]?[^、，,]{0,12}$")
"""What may stand between a name and its number."""
_LATER = r"、?([0-9０-９]+(年|か月|ヶ月|カ月|日)(度|間)?(後|目|で)?に?)?"
_BECOMES = re.compile(
    rf"[^0-9、。]{{0,8}}(から|→|⇒|～|〜|のが|ものが){_LATER}[^0-9、。]{{0,14}}"
    rf"|([^0-9、。]{{0,3}}を|が|で(?=今年|今期|来年|来期|翌年|翌期)){_LATER}[^0-9、。]{{0,4}}"
    r"|[^0-9。]{0,12}(後|今後|将来|これから)(は|に|で|には|だと)?[^0-9、。]{0,4}"
)
_ADDED_UP = re.compile(r"足し|足す|合わせ|合計|引い|引く")
"""What makes the second number the sum, or the rest, of those before it."""
_EACH = re.compile(r"[1１一]((日|か月|ヶ月|回)(あたり|当たり|に)?|(人|台|件)(あたり|当たり))")
"""What says of what one number is."""
_SPAN = ("years", "months", "days")
_MINUS = re.compile(r"([▲△－−-]|マイナス)$")
_LOSS = re.compile(r"円?の?(赤字|損失|マイナス)")
_NONE = re.compile(r"[はがも]?(なし|無し|ゼロ|ありません|無く|なく|ない)")


@dataclass(frozen=True, slots=True)
class Number:
    """One number under a name; `name` is the word that the text uses."""

    name: str
    value: Fraction
    quantity: Quantity | None = None
    """None where a word says that there is none (利子割引料なし)."""


@dataclass(frozen=True, slots=True)
class Told:
    """All numbers told under names, by input, in the order of the text."""

    numbers: Mapping[str, tuple[Number, ...]]

    def all(self, name: str) -> tuple[Number, ...]:
        """Everything told under an input."""
        return self.numbers.get(name, ())

    def get(self, name: str) -> Fraction | None:
        """The first number told under an input."""
        found = self.all(name)
        return found[0].value if found else None

    def pair(self, name: str) -> tuple[Fraction, Fraction] | None:
        """A number before and after (100klから85kl)."""
        found = self.all(name)
        return (found[0].value, found[1].value) if len(found) == 2 else None


def read_told(query: Query, inputs: Mapping[str, Any]) -> Told:
    """The numbers of a question under the names of `inputs`; what this turn tells wins over the turn it leans on.

    Args:
        query: The question.
        inputs: By input its `unit` (or a list) and `names`; `minus` are names of a loss.
    """
    numbers: dict[str, tuple[Number, ...]] = {}
    for turn in turns_of(query):
        numbers |= _read(turn, inputs)
    return Told(numbers)


def told_before(query: Query, inputs: Mapping[str, Any]) -> Told:
    """The numbers of a question and of all turns about the same programmes before it; the latest that tells one wins.

    Args:
        query: The question.
        inputs: See `read_told`.
    """
    turns: list[str] = []
    turn: Query | None = query
    while turn is not None and set(turn.programmes) & set(query.programmes):
        turns.insert(0, turn.text)
        turn = turn.before
    numbers: dict[str, tuple[Number, ...]] = {}
    for text in turns:
        numbers |= _read(text, inputs)
    return Told(numbers)


def turns_of(query: Query) -> tuple[str, ...]:
    """The turn that a question leans on, if any, and the question itself."""
    return (query.leans_on, query.text) if query.leans_on else (query.text,)


def _read(text: str, inputs: Mapping[str, Any]) -> dict[str, tuple[Number, ...]]:
    found: dict[str, tuple[Number, ...]] = {}
    before = ("", "", 0)  # input, name and end of the number before
    last: Quantity | None = None
    quantities = [q for q in find_quantities(text) if not q.ignored and q.exact is not None]
    for at, q in enumerate(quantities):
        stop = quantities[at + 1].start if at + 1 < len(quantities) else len(text)
        lead = _CLAUSE.split(text[max(before[2], q.start - 30) : q.start])[-1]
        sign = _MINUS.search(lead)
        lead = lead[: sign.start()] if sign else lead
        tail = text[q.end : stop]
        name = _named_before(lead, q.unit, inputs) or _named_after(tail, q.unit, inputs)
        if name is None and last is not None and last.unit == q.unit and becomes(text[last.end : q.start]):
            name = before[:2]
        if name is None:
            before, last = (before, last) if q.unit in _SPAN else (("", "", q.end), None)
            continue
        value = q.exact or Fraction(0)
        if sign or name[1] in (inputs[name[0]].get("minus") or ()) or (inputs[name[0]].get("minus") and _LOSS.match(tail)):
            value = -abs(value)
        found[name[0]] = (*found.get(name[0], ()), Number(name[1], value, q))
        before, last = (*name, q.end), q
    for key, entry in inputs.items():
        said = next((n for n in entry["names"] if key not in found and _is_none(n, text)), None)
        if said is not None:
            found[key] = (Number(said, Fraction(0)),)
    return found


def _is_none(name: str, text: str) -> bool:
    """Whether the text says that there is none of it (利子割引料なし)."""
    at = text.find(name)
    return at >= 0 and bool(_NONE.match(text, at + len(name)))


def becomes(between: str) -> bool:
    """Whether the words between two numbers say that the first becomes the second (100klから85kl, 400万円から3年後に460万円)."""
    return bool(_BECOMES.fullmatch(_EACH.sub("", between))) and not _ADDED_UP.search(between)


def _of_unit(entry: Mapping[str, Any], unit: str) -> bool:
    units = entry["unit"]
    return unit in units if isinstance(units, list) else unit == units


def _named_before(lead: str, unit: str, inputs: Mapping[str, Any]) -> tuple[str, str] | None:
    """The input whose name stands last before a number, the longest of those that end there."""
    best: tuple[int, int, str, str] | None = None
    for key, entry in inputs.items():
        for name in (*entry["names"], *(entry.get("minus") or ())):
            at = lead.rfind(name)
            if at < 0 or not _of_unit(entry, unit) or not _GAP.fullmatch(lead[at + len(name) :]):
                continue
            best = max(best or (0, 0, "", ""), (at + len(name), len(name), key, name))
    return best[2:] if best else None


def _named_after(tail: str, unit: str, inputs: Mapping[str, Any]) -> tuple[str, str] | None:
    """The input whose name follows a number at once (80万円の減価償却費)."""
    rest = re.sub(r"^(円)?(分|ほど|くらい|ぐらい|以上)?(上げる|引き上げる|増やす|伸ばす)?(という)?(の|も)?", "", tail)
    found = [
        (len(name), key, name) for key, entry in inputs.items() if _of_unit(entry, unit) for name in entry["names"] if rest.startswith(name)
    ]
    return max(found)[1:] if found else None
