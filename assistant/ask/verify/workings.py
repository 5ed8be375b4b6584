"""Written arithmetic: find every equation of a text, compute it exactly and say whether its result follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistant.ask.verify.arithmetic import is_about
from assistant.text.numbers import Quantity

_SIGNS = {"×": "×", "x": "×", "X": "×", "*": "×", "✕": "×", "÷": "÷", "+": "+", "-": "-"}
_NOTE = re.compile(r"\([^()]*[ぁ-んァ-ヴ一-龥][^()]*\)")
_POWER = re.compile(r"\s?の\s?(\d{1,2})乗(根?)")
_LIMITED = re.compile(r"上限[^\d]{0,8}?([\d,.億万千]+円)[^\d]{0,4}を超える(?:ため|ので|から)[^\d]{0,4}([\d,.億万千]+円)")
_PRODUCT = re.compile(r"[円\d]\s?[×xX*✕]\s?[\d.,/]+(?:\s?の\s?\d{1,2}乗)?[^\d=。×]{0,3}(?=[でははだなを、])")
_ABOUT = re.compile(r"約|およそ|ほぼ")
_CUT = re.compile(r"切り?捨て|切り?上げ|四捨五入|端数")
_OPERATED = re.compile(r"[×÷]\s?[\d.,]+$")
_TOTAL = re.compile(r"合計[は:]?\s?(?:額|で)?\s?$")
_BULLET = re.compile(r"(?:^|\n)\s*[-・*]\s*[^\d\n]*$")
Amount = tuple[str, Fraction]


@dataclass(frozen=True, slots=True)
class Workings:
    """The equations of a text by the start of their numbers: results that follow or not, operands of those that follow."""

    results: dict[int, bool]
    operands: frozenset[int]
    amounts: frozenset[Amount]
    """Unit and amount of every result that follows."""
    used: frozenset[Fraction] = frozenset()
    """The amounts of the operands of those that follow."""
    broken: frozenset[int] = frozenset()
    """The starts of the operands of those that do not: one of them is wrong."""

    def proves(self, quantity: Quantity) -> bool:
        """Whether the text computes that amount somewhere."""
        number = plain(quantity)
        return number is not None and (quantity.unit, number) in self.amounts

    def cuts(self, quantity: Quantity, text: str) -> bool:
        """Whether a number is a result of the text with decimals cut off (0.625 and 0.62), told as such."""
        number = plain(quantity)
        if number is None or not _CUT.search(text[max(0, quantity.start - 60) : quantity.end + 60]):
            return False
        digits = len(quantity.text.partition(".")[2].rstrip("人名%時間日年")) if "." in quantity.text else 0
        return any(0 <= abs(amount - number) < Fraction(1, 10**digits) for _, amount in self.amounts)


def plain(quantity: Quantity) -> Fraction | None:
    """The number of a quantity for arithmetic, percent as a fraction of one; None for dates."""
    if not isinstance(quantity.value, int | Fraction):
        return None
    return Fraction(quantity.value) / 100 if quantity.unit == "percent" else Fraction(quantity.value)


def read_workings(text: str, quantities: Sequence[Quantity]) -> Workings:
    """All equations of a folded text."""
    at = {q.start: q for q in quantities if plain(q) is not None}
    clean = _without_notes(text, quantities)
    results: dict[int, bool] = {}
    operands: set[int] = set()
    used: set[Fraction] = set()
    broken: set[int] = set()
    amounts: set[Amount] = set()
    for equals in re.finditer(r"=|(?<=\d)(?:は|で、?|だと)(?=約?\d)", clean):
        if equals[0] != "=" and not _OPERATED.search(clean, max(0, equals.start() - 16), equals.start()):
            continue
        result = _first_after(clean, equals.end(), at)
        tokens, starts = _tokens_before(clean, equals.start(), quantities)
        value = _Expression(tokens).value() if len(starts) > 1 else None
        told = plain(result) if result else None
        if value is None or told is None or result is None:
            continue
        results[result.start] = agrees(value, told, result.unit)
        if results[result.start]:
            operands.update(starts)
            used.update(t for t in tokens if isinstance(t, Fraction))
            amounts.add((result.unit, told))
        else:
            broken.update(starts)
    for result, starts in _told_products(text, quantities):
        if result.start not in results:
            results[result.start] = True
            operands.update(starts)
            amounts.add((result.unit, plain(result) or Fraction(0)))
    amounts |= set(_totals(text, quantities, results))
    amounts |= {(q.unit, n) for q in _limited(text, quantities) if (n := plain(q)) is not None}
    return Workings(results, frozenset(operands), frozenset(amounts), frozenset(used), frozenset(broken - operands))


def _told_products(text: str, quantities: Sequence[Quantity]) -> Iterator[tuple[Quantity, list[int]]]:
    """Amounts that follow in words from a product that is written out (400万円×1.045の3乗で、約456万5千円)."""
    for written in _PRODUCT.finditer(text):
        last = max((q.end for q in quantities if written.start() < q.start and q.end <= written.end()), default=0)
        power = _POWER.match(text, last) or _POWER.match(text, max((q.start for q in quantities if q.end == last), default=0) - 1)
        tokens, starts = _tokens_before(text, power.end() if power else last, quantities)
        value = _Expression(tokens).value() if len(starts) > 1 else None
        result = next((q for q in quantities if q.start >= written.end() and q.unit == "yen"), None)
        if value is None or result is None or "。" in text[written.end() : result.start]:
            continue
        if "円" not in text[min(starts) : last] and "万" in result.text:
            value *= 10_000  # 400×1.045の3乗で約456.5万円
        told = plain(result) or Fraction(0)
        if agrees(value, told, result.unit) or (_ABOUT.search(text[max(0, result.start - 4) : result.start]) and is_about(value, told)):
            yield result, starts


def _totals(text: str, quantities: Sequence[Quantity], results: dict[int, bool]) -> Iterator[Amount]:
    """Totals of the results (or terms) told before them: 合計 588,888円."""
    before: dict[str, list[Fraction]] = {}
    for quantity in quantities:
        number = plain(quantity)
        if number is None or quantity.ignored:
            continue
        terms = before.setdefault(quantity.unit, [])
        if _TOTAL.search(text[max(0, quantity.start - 6) : quantity.start]):
            if any(sum(terms[-n:], Fraction(0)) == number for n in range(1, len(terms) + 1)):
                yield quantity.unit, number
        elif results.get(quantity.start) or _BULLET.search(text[max(0, quantity.start - 16) : quantity.start]):
            terms.append(number)


def _limited(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Amounts that are cut to a cap: 上限50万円を超えるため50万円."""
    places = [m.start(2) for m in _LIMITED.finditer(text) if m[1] == m[2]]
    return [q for q in quantities if q.start in places]


def _without_notes(text: str, quantities: Sequence[Quantity]) -> str:
    """The text with notes in brackets blanked out: 50万円(インボイス特例)."""
    chars = list(text)
    for note in _NOTE.finditer(text):
        if not re.search(r"[=×÷+]", note[0]):
            chars[note.start() : note.end()] = " " * (note.end() - note.start())
    return "".join(chars)


def _first_after(text: str, pos: int, at: dict[int, Quantity]) -> Quantity | None:
    while pos < len(text) and text[pos] == " ":
        pos += 1
    return at.get(pos)


def _tokens_before(text: str, end: int, quantities: Sequence[Quantity]) -> tuple[list[Fraction | str], list[int]]:
    """The longest expression that ends at `end`, as tokens, with the starts of its numbers."""
    tokens: list[Fraction | str] = []
    starts: list[int] = []
    spans = {q.end: q for q in quantities if q.end <= end}
    pos, last = end, max(0, end - 200)
    while pos > last:
        power = next((m for m in _POWER.finditer(text, max(0, pos - 8), pos) if m.end() == pos), None)
        quantity = spans.get(pos)
        if power is not None:
            tokens.append(("√" if power[2] else "^") + power[1])
            pos = power.start()
        elif quantity is not None and plain(quantity) is not None and text[quantity.start : pos].strip():
            tokens.append(plain(quantity) or Fraction(0))
            starts.append(quantity.start)
            pos = quantity.start
        elif text[pos - 1] == "(" and tokens.count("(") >= tokens.count(")"):
            break
        elif text[pos - 1] in _SIGNS or text[pos - 1] in "()":
            tokens.append(_SIGNS.get(text[pos - 1], text[pos - 1]))
            pos -= 1
        elif text[pos - 1] == " ":
            pos -= 1
        else:
            break
    tokens.reverse()
    while tokens and tokens[0] in ("-", "+", "×", "÷"):
        tokens.pop(0)
    return tokens, starts


class _Expression:
    """A small reader of sums, products, powers and roots; `value` is None where the tokens are no expression."""

    def __init__(self, tokens: list[Fraction | str]) -> None:
        self._tokens, self._pos = tokens, 0

    def value(self) -> Fraction | None:
        try:
            found = self._sum()
        except (ValueError, ZeroDivisionError, OverflowError):
            return None
        return found if self._pos == len(self._tokens) else None

    def _next(self) -> Fraction | str | None:
        return self._tokens[self._pos] if self._pos < len(self._tokens) else None

    def _sum(self) -> Fraction:
        total = self._product()
        while self._next() in ("+", "-"):
            sign = self._tokens[self._pos]
            self._pos += 1
            part = self._product()
            total = total + part if sign == "+" else total - part
        return total

    def _product(self) -> Fraction:
        total = self._power()
        while self._next() in ("×", "÷"):
            sign = self._tokens[self._pos]
            self._pos += 1
            part = self._power()
            total = total * part if sign == "×" else total / part
        return total

    def _power(self) -> Fraction:
        base = self._atom()
        mark = self._next()
        if isinstance(mark, str) and mark[0] in "^√":
            self._pos += 1
            degree = int(mark[1:])
            return base**degree if mark[0] == "^" else Fraction(float(base) ** (1 / degree)).limit_denominator(10**9)
        return base

    def _atom(self) -> Fraction:
        token = self._next()
        self._pos += 1
        if isinstance(token, Fraction):
            return token
        if token != "(":
            raise ValueError("no number")
        inner = self._sum()
        if self._next() != ")":
            raise ValueError("no closing bracket")
        self._pos += 1
        return inner


def agrees(exact: Fraction, told: Fraction, unit: str = "yen") -> bool:
    """Whether a told amount is the exact one, rounded as people do: yen to the yen (or down to 1,000), others to 0.01."""
    if told == exact:
        return True
    if unit == "yen":
        return abs(told - exact) < 1 or any(told == exact // step * step for step in (1_000, 10_000))
    return abs(told - exact) < (Fraction(1, 10_000) if unit == "percent" else Fraction(1, 100))
