"""Reading one field of a company file: typed, bounded, and every wrong one named in Japanese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

from assistant.drafting.records import Problem
from assistant.errors import InputError
from assistant.text.numbers import find_quantities

MAX_YEN = 10**15
MAX_TEXT = 4000
MAX_ITEMS = 300
_KEPT = "\n\t"
_TRUE, _FALSE = ("はい", "有", "あり", "true"), ("いいえ", "無", "なし", "false")
_SHOWN = 5


class WrongValue(Exception):
    """A value that cannot be read as its kind; the message tells what is expected."""


def clean(text: str) -> str:
    """Text without control characters (no document can hold them) and without braces that could read as tokens."""
    flat = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(c for c in flat if c in _KEPT or unicodedata.category(c) not in ("Cc", "Cs", "Co"))
    return kept.replace("{", "｛").replace("}", "｝").strip()


def as_text(raw: object) -> str:
    """One text."""
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        raise WrongValue("文字で書いてください")
    text = clean(str(raw))
    if len(text) > MAX_TEXT:
        raise WrongValue(f"長すぎます（{len(text):,}文字、上限 {MAX_TEXT:,}文字）")
    return text


def as_texts(raw: object) -> tuple[str, ...]:
    """A list of texts; a single one counts as a list, mappings are joined to sentences."""
    items = raw if isinstance(raw, list) else [raw]
    if len(items) > MAX_ITEMS:
        raise WrongValue(f"項目が多すぎます（上限 {MAX_ITEMS}件）")
    out = [_joined(i) if isinstance(i, Mapping) else as_text(i) for i in items]
    return tuple(t for t in out if t)


def _joined(item: Mapping[Any, Any]) -> str:
    return "：".join(as_text(v) for v in item.values() if v is not None)


def as_flag(raw: object) -> bool:
    """Yes or no."""
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().lower()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise WrongValue("true か false で書いてください")


def as_signed_yen(raw: object) -> int:
    """Whole yen, a loss below zero."""
    value = _whole(raw, "yen", "円の整数（例: 1200000）で書いてください")
    if abs(value) > MAX_YEN:
        raise WrongValue("金額が大きすぎます。桁を確認してください")
    return value


def as_yen(raw: object) -> int:
    """Whole yen, not below zero."""
    value = as_signed_yen(raw)
    if value < 0:
        raise WrongValue("0円以上で書いてください")
    return value


def as_people(raw: object) -> int:
    """A headcount."""
    value = _whole(raw, "people", "人数の整数（例: 5）で書いてください")
    if not 0 <= value <= 1_000_000:
        raise WrongValue("人数としてありえません")
    return value


def as_count(raw: object) -> int:
    """A quantity of 1 or more."""
    value = _whole(raw, "count", "1以上の整数で書いてください")
    if not 1 <= value <= 10_000_000:
        raise WrongValue("1以上の整数で書いてください")
    return value


def as_age(raw: object) -> int:
    """An age in years."""
    value = _whole(raw, "years", "年齢の整数で書いてください")
    if not 0 <= value <= 130:
        raise WrongValue("年齢としてありえません")
    return value


def as_fiscal_year(raw: object) -> int:
    """A business year by its number."""
    value = _whole(re.sub(r"(年度|年|期)$", "", str(raw)), "count", "年度の数字（例: 2025）で書いてください")
    if not 1900 <= value <= 2200:
        raise WrongValue("年度としてありえません")
    return value


def as_month(raw: object) -> int:
    """A month; `3月`, `3月末` and `3` are March."""
    found = re.fullmatch(r"0?(\d{1,2})(月末日?|月\d{1,2}日|月期?|月決算)?", unicodedata.normalize("NFKC", str(raw)).strip())
    if isinstance(raw, bool) or not found or not 1 <= int(found.group(1)) <= 12:
        raise WrongValue("月（例: 3月）で書いてください")
    return int(found.group(1))


def as_date(raw: object) -> date:
    """A day written as 2020-04-01 or 2020年4月1日; a month alone is its first day."""
    text = unicodedata.normalize("NFKC", str(raw)).strip()
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})?日?)?", text)
    if not found:
        raise WrongValue("日付（例: 2020-04-01）で書いてください")
    try:
        return date(int(found.group(1)), int(found.group(2)), int(found.group(3) or 1))
    except ValueError as error:
        raise WrongValue("暦にない日付です") from error


def as_percent(raw: object) -> str:
    """Percent points as exact decimal text."""
    text = unicodedata.normalize("NFKC", str(raw)).strip().rstrip("%")
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise WrongValue("パーセントの数（例: 3.0）で書いてください") from error
    if isinstance(raw, bool) or not value.is_finite() or abs(value) > 1000:
        raise WrongValue("パーセントとしてありえません")
    return format(value, "f")


def _whole(raw: object, unit: str, expected: str) -> int:
    if isinstance(raw, bool) or isinstance(raw, list | dict):
        raise WrongValue(expected)
    text = unicodedata.normalize("NFKC", str(raw)).strip().replace(",", "").replace("−", "-").replace("▲", "-").replace("△", "-")
    plain = re.fullmatch(r"(-?\d{1,18})(\.0+)?(円|人|名|個|台|枚|件|歳)?", text)
    if plain:
        return int(plain.group(1))
    found = [q for q in find_quantities(text) if q.unit == unit and isinstance(q.value, int)]
    if len(found) == 1 and found[0].start <= 1 and found[0].end == len(text) and isinstance(found[0].value, int):
        return -found[0].value if text.startswith("-") else found[0].value
    raise WrongValue(expected)


Kind = Callable[[object], Any]


@dataclass
class Reader:
    """Reads mappings by a table of fields; what is wrong is gathered, what is unknown becomes a problem."""

    wrong: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def mapping(self, raw: object, where: str) -> Mapping[str, Any]:
        """A mapping; absent is empty."""
        if raw is None:
            return {}
        if not isinstance(raw, Mapping):
            self.wrong.append(f"{where}: 「項目名: 値」の組で書いてください")
            return {}
        return {str(k): v for k, v in raw.items()}

    def rows(self, raw: object, where: str) -> list[tuple[str, Mapping[str, Any]]]:
        """A list of mappings, each with its place."""
        if raw is None:
            return []
        if not isinstance(raw, list):
            self.wrong.append(f"{where}: 「- 」で始まる一覧で書いてください")
            return []
        if len(raw) > MAX_ITEMS:
            self.wrong.append(f"{where}: 項目が多すぎます（上限 {MAX_ITEMS}件）")
            return []
        return [(f"{where}[{i}]", self.mapping(row, f"{where}[{i}]")) for i, row in enumerate(raw)]

    def fields(self, data: Mapping[str, Any], kinds: Mapping[str, Kind], where: str, also: frozenset[str] = frozenset()) -> dict[str, Any]:
        """The known fields that are told, typed; unknown ones become problems (`also` are read elsewhere)."""
        out: dict[str, Any] = {}
        for name, raw in data.items():
            path = f"{where}.{name}" if where else name
            kind = kinds.get(name)
            if kind is None:
                if name not in also:
                    near = get_close_matches(name, (*kinds, *also), 1)
                    hint = f"「{near[0]}」のことなら書き直してください。" if near else "つづりを確認してください（書き方は shirube draft --sample）。"
                    self.problems.append(Problem("unknown_field", f"項目「{path}」は使われない項目です。{hint}", path))
            elif raw is not None and raw != "":
                try:
                    out[name] = kind(raw)
                except WrongValue as error:
                    shown = "一覧や組" if isinstance(raw, list | dict) else f"「{str(raw)[:30]}」"
                    self.wrong.append(f"{path}: {shown}は読めません。{error}")
        return out

    def finish(self) -> None:
        """Stop if anything was wrong.

        Raises:
            InputError: Fields of a wrong type or with impossible values, all named.
        """
        if self.wrong:
            more = f"／ほか{len(self.wrong) - _SHOWN}件" if len(self.wrong) > _SHOWN else ""
            raise InputError("会社ファイルの値を直してください。" + "／".join(self.wrong[:_SHOWN]) + more)
