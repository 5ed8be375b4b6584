"""Find every number of a Japanese (or simple English) text with its unit, value and bound."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from assistant.text.date_patterns import ENGLISH_MONTH_START, match_date, match_day, match_slash
from assistant.text.dates import PartialDate
from assistant.text.names import CIRCLED, match_name, match_numbering
from assistant.text.normalize import Normalized, normalize
from assistant.text.numerals import KANJI, NUMERAL, is_bare, last_scale, parse_numeral
from assistant.text.units import (
    Bound,
    Tax,
    Unit,
    match_bound,
    match_english_scale,
    match_lead,
    match_tax,
    match_unit,
    may_follow_kanji,
)

QuantityValue = int | Fraction | PartialDate
Side = Literal["from", "to"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text. Offsets are of the original text and take in the bound word (5人以下).

    `value` is an int for whole amounts, a Fraction for ratios, percent points and decimals, a PartialDate for dates and
    times; None for what is ignored. `side` tells which end of a range it is. `ignored` is why it is no figure.
    """

    start: int
    end: int
    text: str
    unit: Unit
    value: QuantityValue | None
    bound: Bound | None = None
    counter: str = ""
    tax: Tax | None = None
    side: Side | None = None
    ignored: str | None = None

    @property
    def exact(self) -> Fraction | None:
        """The value as a number; None for dates, times and what is ignored."""
        return Fraction(self.value) if isinstance(self.value, int | Fraction) else None

    @property
    def wire(self) -> int | str:
        """The value as records carry it: whole numbers as they are, dates in ISO form, all else as text."""
        if isinstance(self.value, PartialDate):
            return self.value.iso
        return self.value if isinstance(self.value, int) else str(self.value)

    def whole(self, *units: Unit) -> int | None:
        """The value where it is a whole number of one of these units, else None."""
        return self.value if self.unit in units and isinstance(self.value, int) else None


@dataclass(frozen=True, slots=True)
class _Draft:
    """A number in offsets of the folded text; `numeral` is as written, `core` where unit and number end."""

    start: int
    end: int
    unit: Unit
    value: QuantityValue | None
    bound: Bound | None = None
    counter: str = ""
    tax: Tax | None = None
    side: Side | None = None
    ignored: str | None = None
    numeral: str = ""


_START = re.compile(
    rf"[0-9{CIRCLED}{KANJI}]|参(?=[百千万拾])|第\s?(?=[0-9{KANJI}])|令和|平成|昭和|西暦|'(?=\d\d年)|[RHS](?=\d)|¥|JPY\s?(?=\d)|https?://|www\.|"
    rf"午前|午後|夕方の?(?=[0-9{KANJI}])|夜の?(?=[0-9{KANJI}]{{1,2}}時)|[AP]M\s?(?=\d)|正午|{ENGLISH_MONTH_START}"
)
_FRACTION = re.compile(r"(\d{1,4})\s?/\s?(\d{1,4})(?![\d/])")
_PARTS_OF = re.compile(r"(\d{1,4}|[一二三四五六七八九十百]+)\s?分の\s?(\d{1,4}|[一二三四五六七八九十百]+)")
_WARI = re.compile(r"\s?(\d|[一二三四五六七八九])分(?![のー野])(?:\s?(\d|[一二三四五六七八九])厘)?")
_RUN = re.compile(r"[\d,.]*\d")
_DAY_LENGTH_AFTER = re.compile(
    r"\s?(?:間|以内|以上|以下|未満|超|程度|ほど|分の|ぐらい|くらい|前|後|を切|しか|残|で[は、完終\d]|あれば|かか|延|経|ある|あり|"
    r"の猶予|の余裕)"
)
_DAY_LENGTH_BEFORE = re.compile(r"(?:あと|残り?|残りは|約|後|中|最短|最長|毎週|各|[週月年]に)\s?(?:わずか)?$")
_NOT_YEN = re.compile(
    r"[A-Za-z㎡²%]|\s?(?:k[Ww]h|k[lL]|[tT](?![A-Za-z])|m[23²³]|PV|人|件|社|株|個|台|トン|回|歩|点|再生|アクセス|ページ|枚|本|キロ|世帯|戸|画素|一)"
)
_DAY = re.compile(r"(?:\d{1,2})\s?日")
_NO_KANJI_UNIT = re.compile(r"円|人(?:親方|ひとり|一人|前)|分")
_LINK = re.compile(r"\s?(?:～|-|ー|から|より|乃至|ないし|to)\s?")
_LIST = re.compile(r"\s?(?:・|、|,|又は|または|もしくは|若しくは|or|及び|および|と|/|→|⇒)\s?")
_VAGUE_BEFORE = re.compile(r"(?:^|[^一-龥々ァ-ヴーA-Za-z]|約|計|後)数$")
_UNIT_DECLARED = re.compile(r"単位\s?[::]?\s?$")
_SAME_WORD = frozenset("同唯単統均随逐専画")
_HALF = re.compile(r"半(?![額分ば期数導径年日端角島])")
_IN_MONTHS = {"years": 12}
"""Units of time whose half is a whole number of months."""
CACHED_CHARS = 400
"""Labels and lines of answers are read again and again; longer texts are not kept."""
_HALVED = frozenset({"hours", "days", "weeks", "months", *_IN_MONTHS})
"""Units of time that a 半 right after them makes longer by a half (5時間半)."""


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All numbers of `text` in order, without overlaps, the ignored ones with the reason.

    Args:
        text: Any text; offsets of the result refer to it as it is.

    Returns:
        Numbers with unit and exact value. In a range (6～20人, 100～500万円) unit and scale are passed to the first half.
    """
    return _cached(text) if len(text) <= CACHED_CHARS else _find(text)


def _find(text: str) -> tuple[Quantity, ...]:
    norm = normalize(text)
    out: list[Quantity] = []
    for draft in _link(norm.text, _scan(norm.text)):
        found = _original(text, norm, draft)
        if not out or found.start >= out[-1].end:  # both halves of ¼ stand in one character
            out.append(found)
    return tuple(out)


_cached = lru_cache(maxsize=4096)(_find)


def _original(text: str, norm: Normalized, draft: _Draft) -> Quantity:
    start, end = norm.span(draft.start, draft.end)
    return Quantity(
        start, end, text[start:end], draft.unit, draft.value, draft.bound, draft.counter, draft.tax, draft.side, draft.ignored
    )


def _scan(text: str) -> list[_Draft]:
    found: list[_Draft] = []
    pos = 0
    while (start := _START.search(text, pos)) is not None:
        draft = _read(text, start.start())
        if draft is None:
            run = _RUN.match(text, start.start())
            pos = run.end() if run else start.start() + 1
        else:
            found.append(draft)
            pos = max(draft.end, start.start() + 1)
    return found


def _read(text: str, pos: int) -> _Draft | None:
    name = match_name(text, pos)
    if name:
        return _Draft(pos, name[1], "other", None, ignored=name[0])
    dated = _read_date(text, pos)
    if dated:
        return dated
    numbered = match_numbering(text, pos)
    if numbered:
        return _Draft(pos, numbered[1], "other", None, ignored=numbered[0])
    return _read_fraction(text, pos) or _read_amount(text, pos)


def _read_date(text: str, pos: int) -> _Draft | None:
    found = match_date(text, pos)
    if found:
        end, value, fiscal = found
        return _dated(text, pos, end, value, "年度" if fiscal else "")
    short = match_slash(text, pos) if text[pos].isdigit() else None
    if short is None and _is_day(text, pos):
        short = match_day(text, pos)
    return _dated(text, pos, short[0], short[1], "") if short else None


def _is_day(text: str, pos: int) -> bool:
    """Whether `15日` at `pos` is a day of a month and not a length of time."""
    match = _DAY.match(text, pos)
    if match is None or _DAY_LENGTH_AFTER.match(text, match.end()):
        return False
    return not _DAY_LENGTH_BEFORE.search(text[max(0, pos - 8) : pos])


def _dated(text: str, pos: int, end: int, value: PartialDate, counter: str) -> _Draft:
    bound = match_bound(text, end)
    unit: Unit = "datetime" if value.has_time else "date"
    return _Draft(pos, bound[1] if bound else end, unit, value, bound[0] if bound else None, counter)


def _read_fraction(text: str, pos: int) -> _Draft | None:
    match = _FRACTION.match(text, pos)
    top, bottom = (match[1], match[2]) if match else ("", "")
    if match is None:
        match = _PARTS_OF.match(text, pos)
        top, bottom = (match[2], match[1]) if match else ("", "")
    if match is None:
        return None
    upper, lower = parse_numeral(top), parse_numeral(bottom)
    if not lower or upper is None:
        return None
    return _bounded(text, _Draft(pos, match.end(), "ratio", Fraction(upper) / lower, numeral=match[0]))


def _read_amount(text: str, pos: int) -> _Draft | None:
    begin = pos + (1 if text[pos] == "¥" else 0)
    if text.startswith("JPY", pos):
        begin = pos + 3 + (text[pos + 3] == " ")
    match = NUMERAL.match(text, begin)
    number = parse_numeral(match[0]) if match else None
    if match is None or number is None:
        return None
    if text[begin] in KANJI and not _kanji_counts(text, match):
        return None
    if _VAGUE_BEFORE.search(text[max(0, pos - 2) : pos]):
        return _Draft(pos, match.end(), "other", None, ignored="概数の語")
    return _with_unit(text, pos, match, number, currency=begin > pos)


def _kanji_counts(text: str, match: re.Match[str]) -> bool:
    written, before = match[0], text[match.start() - 1 : match.start()]
    if before in _SAME_WORD:
        return False
    if written in ("一", "十") and _NO_KANJI_UNIT.match(text, match.end()):
        return written == "十" and text.startswith("円", match.end())
    if written[-1] in "万億" and len(written) > 1:
        return True
    if set(written) <= set("百千拾") and not text.startswith(("円", "人", "社", "件"), match.end()):
        return False
    if _UNIT_DECLARED.search(text[max(0, match.start() - 4) : match.start()]):
        return False
    return may_follow_kanji(text, match.end())


def _with_unit(text: str, pos: int, match: re.Match[str], number: int | Fraction, currency: bool) -> _Draft | None:
    factor, end = match_english_scale(text, match.end())
    number *= factor
    found = match_unit(text, end)
    unit: Unit = "yen" if currency else "other"
    counter = ""
    if found is not None and not (currency and found.unit != "yen"):
        unit, counter, end = found.unit, found.word, found.end
    elif not currency and match[0][-1] in "万億" and not _NOT_YEN.match(text, end):
        unit = "yen"
    if counter == "割":
        number, end = _wari(text, end, number)
    half = _HALF.match(text, end) if unit in _HALVED else None
    if half:
        number, end = Fraction(number) + Fraction(1, 2), half.end()
        number, unit = (number * _IN_MONTHS[unit], "months") if unit in _IN_MONTHS else (number, unit)
    if unit == "count" and number.denominator != 1:
        unit = "other"
    draft = _Draft(pos, end, unit, _typed(unit, number), counter=counter, numeral=match[0])
    if unit == "other" and not counter and text[pos] in KANJI:
        return None
    return _bounded(text, draft)


def _wari(text: str, end: int, number: int | Fraction) -> tuple[int | Fraction, int]:
    number *= 10
    more = _WARI.match(text, end)
    if more is None:
        return number, end
    number += parse_numeral(more[1]) or 0
    if more[2]:
        number += Fraction(parse_numeral(more[2]) or 0, 10)
    return number, more.end()


def _typed(unit: Unit, number: int | Fraction) -> int | Fraction:
    if unit in ("ratio", "percent"):
        return Fraction(number)
    return int(number) if number.denominator == 1 else number


def _bounded(text: str, draft: _Draft) -> _Draft:
    """The draft with its tax words and bound words taken in."""
    end, tax = draft.end, None
    if draft.unit == "yen":
        tax, after = match_tax(text, draft.start, end)
        end = after if match_bound(text, after) else end
    bound = match_bound(text, end)
    if bound:
        return replace(draft, end=bound[1], bound=bound[0], tax=tax)
    lead = match_lead(text, draft.start)
    if lead:
        return replace(draft, start=lead[1], bound=lead[0], tax=tax)
    return replace(draft, tax=tax)


def _link(text: str, drafts: list[_Draft]) -> list[_Draft]:
    """Pass unit, scale, year and month along ranges and lists."""
    out = list(drafts)
    for i in range(len(out) - 2, -1, -1):
        first, second = out[i], out[i + 1]
        if first.ignored or second.ignored or second.start - first.end > 4:
            continue
        gap = text[first.end : second.start]
        if _LINK.fullmatch(gap):
            first, second = _as_range(first, second, gap)
        elif _LIST.fullmatch(gap) and _is_plain(first):
            first = _like(first, second)
        out[i], out[i + 1] = first, second
    for i in range(len(out) - 1):
        if out[i].side == "from" and out[i + 1].side == "to":
            out[i + 1] = _dated_after(out[i], out[i + 1])
    return out


def _is_plain(draft: _Draft) -> bool:
    return draft.unit == "other" and not draft.counter and is_bare(draft.numeral) and bool(draft.numeral)


def _like(first: _Draft, second: _Draft) -> _Draft:
    """The plain number `first` in unit and scale of `second`."""
    if not isinstance(first.value, int | Fraction) or not second.numeral:
        return first
    scale = last_scale(second.numeral) if second.unit == "yen" else 1
    if second.counter == "割":
        scale = 10
    value = _typed(second.unit, Fraction(first.value) * scale)
    return replace(first, unit=second.unit, value=value, counter=second.counter, tax=second.tax)


def _as_range(first: _Draft, second: _Draft, gap: str) -> tuple[_Draft, _Draft]:
    if isinstance(second.value, PartialDate) != isinstance(first.value, PartialDate):
        if _is_plain(first) and isinstance(second.value, PartialDate) and isinstance(first.value, int):
            return _date_like(first, second)
        return first, second
    if gap.strip() in ("-", "ー") and isinstance(first.value, PartialDate) is False and first.unit == "yen" != second.unit:
        return first, second
    if _is_plain(first):
        first = _like(first, second)
    if first.unit != second.unit and {first.unit, second.unit} != {"date", "datetime"}:
        return first, second
    return replace(first, side="from"), replace(second, side="to")


def _date_like(first: _Draft, second: _Draft) -> tuple[_Draft, _Draft]:
    """`7～9月`, `5～15日`: the first number is a month or a day."""
    value = second.value
    if not isinstance(value, PartialDate) or not isinstance(first.value, int) or not 1 <= first.value <= 31:
        return first, second
    if value.month is not None and value.day is None and first.value <= 12:
        early = PartialDate(value.year, first.value)
    elif value.month is None and value.day is not None:
        early = PartialDate(day=first.value)
    else:
        return first, second
    return replace(first, unit="date", value=early, side="from"), replace(second, side="to")


def _dated_after(first: _Draft, second: _Draft) -> _Draft:
    """The end of a range of dates with the year and month of its beginning, where it tells none."""
    start, stop = first.value, second.value
    if not isinstance(start, PartialDate) or not isinstance(stop, PartialDate) or stop.year is not None:
        return second
    if stop.month is None and stop.day is not None and start.month is not None:
        stop = replace(stop, month=start.month)
    if start.year is not None and stop.month is not None:
        later = (stop.month, stop.day or 31) < (start.month or 1, start.day or 1)
        stop = replace(stop, year=start.year + later)
    return replace(second, value=stop)
