"""Strict readers of the profile's fields: a wrong type or an impossible value becomes a problem, never a number."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

MOST_YEN = 10**13
MOST_PEOPLE = 10**6
MOST_PERCENT = 100
MOST_NAMED = 8
"""Names of fields that a message lists at most."""
_DECIMAL = re.compile(r"-?\d{1,6}(\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something of the input that was not used, or does not add up: what, where, and the way out."""

    code: str
    text: str
    where: str

    def wire(self) -> dict[str, str]:
        """The shape of the contract."""
        return {"code": self.code, "text": self.text, "where": self.where}


@dataclass(slots=True)
class Reader:
    """Reads the fields of one mapping and collects the problems; `path` names the mapping in them."""

    data: Mapping[str, Any]
    path: str = ""
    problems: list[Problem] = field(default_factory=list)

    def where(self, name: str) -> str:
        """The full name of a field."""
        return f"{self.path}.{name}" if self.path else name

    def complain(self, code: str, name: str, text: str) -> None:
        """Record a problem of a field."""
        self.problems.append(Problem(code, f"{self.where(name)}：{text}", self.where(name)))

    def unknown_fields(self, known: tuple[str, ...]) -> None:
        """Name every field that is not read, with the nearest known one."""
        for name in self.data:
            if name not in known:
                near = difflib.get_close_matches(str(name), known, 1)
                usable = f"使えるのは {'・'.join(known)} です。" if len(known) <= MOST_NAMED else "書き方は match --sample で出ます。"
                hint = f"「{near[0]}」のことなら書き直してください。" if near else f"消すか、項目名を確認してください。{usable}"
                self.complain("unknown_field", str(name)[:60], f"この項目名はないので使いませんでした。{hint}")

    def text(self, name: str, most: int = 4000) -> str | None:
        """A text, None if absent or empty."""
        value = self.data.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            self._wrong(name, value, "文字で書いてください")
            return None
        if len(value) > most:
            self.complain("too_long", name, f"長すぎるので、先頭の{most:,}文字だけを使います。要点を短くしてください。")
        return value.strip()[:most] or None

    def flag(self, name: str) -> bool | None:
        """A yes or no, None if absent."""
        value = self.data.get(name)
        if value is None or isinstance(value, bool):
            return value
        self._wrong(name, value, "true か false で書いてください")
        return None

    def yen(self, name: str, least: int = 0) -> int | None:
        """Whole yen, None if absent."""
        return self._whole(name, least, MOST_YEN, "円の整数（例: 2400000）")

    def count(self, name: str, least: int = 0, most: int = MOST_PEOPLE) -> int | None:
        """A count, None if absent."""
        return self._whole(name, least, most, "整数（例: 18）")

    def percent(self, name: str) -> str | None:
        """Percent points as decimal text, None if absent."""
        value = self.data.get(name)
        if value is None:
            return None
        text = str(value)
        if isinstance(value, bool) or not isinstance(value, int | float | str) or not _DECIMAL.fullmatch(text):
            self._wrong(name, value, "％の数字だけ（例: 3.2）で書いてください")
            return None
        if abs(Fraction(text)) > MOST_PERCENT:
            self._impossible(name, text, "大きすぎる", "年率の％（例: 3.2）")
            return None
        return text

    def day(self, name: str, today: date) -> date | None:
        """A day up to today, None if absent."""
        value = self.data.get(name)
        if value is None or value == "":
            return None
        try:
            found = date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            found = None
        if found is None:
            self._wrong(name, value, "2015-09-10 のように 年-月-日 で書いてください")
            return None
        if found > today:
            self._impossible(name, value, "今日より後の日付な", "創業・設立した日")
            return None
        return found

    def one_of(self, name: str, words: Mapping[str, str]) -> str | None:
        """The id of one of fixed words, None if absent."""
        value = self.data.get(name)
        if value is None or value == "":
            return None
        found = words.get(value) if isinstance(value, str) else None
        if found is None:
            self._wrong(name, value, f"{'・'.join(f'「{w}」' for w in words)}のどれかで書いてください")
        return found

    def mapping(self, name: str, known: tuple[str, ...]) -> Reader:
        """A reader of a mapping within this one, sharing its problems; empty if absent or no mapping."""
        value = self.data.get(name)
        if value is not None and not isinstance(value, dict):
            self._wrong(name, value, "項目名と値の組で書いてください")
        inner = Reader(value if isinstance(value, dict) else {}, self.where(name), self.problems)
        inner.unknown_fields(known)
        return inner

    def rows(self, name: str, known: tuple[str, ...]) -> list[Reader]:
        """Readers of a list of mappings, empty if absent or no list."""
        out = []
        for i, value in enumerate(self._list(name)):
            if not isinstance(value, dict):
                self._wrong(f"{name}[{i + 1}]", value, "category・description・yen の組で書いてください")
                continue
            row = Reader(value, self.where(f"{name}[{i + 1}]"), self.problems)
            row.unknown_fields(known)
            out.append(row)
        return out

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, empty if absent."""
        out = []
        for i, value in enumerate(self._list(name)):
            if isinstance(value, str):
                out.append(value.strip())
            else:
                self._wrong(f"{name}[{i + 1}]", value, "文字で書いてください")
        return tuple(dict.fromkeys(t for t in out if t))

    def _list(self, name: str) -> list[Any]:
        value = self.data.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self._wrong(name, value, "一覧（[ ] で囲む）で書いてください")
            return []
        return value[:200]

    def _whole(self, name: str, least: int, most: int, example: str) -> int | None:
        value = self.data.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self._wrong(name, value, f"単位や桁区切りを付けず、{example}で書いてください")
            return None
        if not least <= value <= most:
            self._impossible(name, value, "0や負の値では計算できない" if value < max(least, 1) else "大きすぎる", example)
            return None
        return value

    def _impossible(self, name: str, value: object, why: str, right: str) -> None:
        self.complain("impossible", name, f"「{str(value)[:24]}」は{why}ので使いませんでした。正しい{right}を書いてください。")

    def _wrong(self, name: str, value: object, way_out: str) -> None:
        self.complain("wrong_type", name, f"「{str(value)[:40]}」は読めないので使いませんでした。{way_out}。")
