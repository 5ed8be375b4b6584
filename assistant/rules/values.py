"""Typed figures: one value with its unit, as data files write it and as people read it.

A figure in YAML is a mapping with exactly one unit key, for example ``{yen: 500000}``, ``{ratio: "2/3"}``,
``{percent: "3.0"}``, ``{people: 5, bound: max}``, ``{date: "2026-12-15", time: "17:00"}`` or
``{month: "2026-07", part: 下旬}``. Money is int yen, ratios and percents are exact.
"""

from __future__ import annotations

import calendar
from datetime import date, datetime, time
from fractions import Fraction
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, StrictStr, model_validator

JST = ZoneInfo("Asia/Tokyo")

Unit = Literal[
    "yen", "ratio", "percent", "people", "count", "date", "datetime", "years", "months", "weeks", "days",
    "hours", "minutes", "chars", "pages", "kl", "other",
]  # fmt: skip
Bound = Literal["min", "max", "over", "under", "within", "until"]
Part = Literal["上旬", "中旬", "下旬", "頃", "末"]
Precision = Literal["minute", "day", "third", "month", "none"]

BOUND_WORDS: dict[str, str] = {
    "min": "以上", "max": "以下", "over": "超", "under": "未満", "within": "以内", "until": "まで",
}  # fmt: skip
COUNTERS: dict[str, str] = {
    "people": "人", "years": "年", "months": "か月", "weeks": "週間", "days": "日", "hours": "時間",
    "minutes": "分", "chars": "文字", "pages": "ページ", "kl": "kl",
}  # fmt: skip
WEEKDAYS = "月火水木金土日"


class Strict(BaseModel):
    """Base of every data model: unknown keys are refused, values cannot change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _decimal_text(value: object) -> object:
    if isinstance(value, bool | float):
        raise ValueError("小数は引用符で囲んで書いてください（例: \"3.0\"）。")
    return str(value) if isinstance(value, int) else value


def _real_day(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError as error:
        raise ValueError("暦にない日付です。年月日を確かめてください。") from error
    return value


DecimalText = Annotated[StrictStr, BeforeValidator(_decimal_text), Field(pattern=r"^-?\d+(\.\d+)?$")]
RatioText = Annotated[StrictStr, Field(pattern=r"^\d+/[1-9]\d*$")]
Yen = Annotated[StrictInt, Field(ge=0)]
Count = Annotated[StrictInt, Field(ge=0)]
IsoDate = Annotated[StrictStr, Field(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_real_day)]


class Value(Strict):
    """One figure: exactly one of the unit keys, and how it is bounded."""

    yen: StrictInt | None = None
    ratio: RatioText | None = None
    percent: DecimalText | None = None
    people: Count | None = None
    count: Count | None = None
    years: Count | None = None
    months: Count | None = None
    weeks: Count | None = None
    days: Count | None = None
    hours: Count | None = None
    minutes: Count | None = None
    chars: Count | None = None
    pages: Count | None = None
    kl: Count | None = None
    number: DecimalText | None = None
    date: IsoDate | None = None
    month: Annotated[StrictStr, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")] | None = None
    year: Count | None = None
    time: Annotated[StrictStr, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] | None = None
    of: StrictStr | None = None
    """Counter or unit word for `count` and `number`, for example 者, 項目, m, kl/千万円; empty for an index without a unit."""
    part: Part | None = None
    """Third of a month for `month`; 頃 marks a rough time."""
    bound: Bound | None = None
    tax: Literal["incl", "excl"] | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> Value:
        keys = [k for k in _UNIT_KEYS if getattr(self, k) is not None]
        if len(keys) != 1:
            raise ValueError(f"数値には単位の項目を一つだけ書いてください（いま: {', '.join(keys) or 'なし'}）。")
        if self.time is not None and self.date is None:
            raise ValueError("time は date と一緒に書いてください。")
        if (self.count is not None and not self.of) or (self.number is not None and self.of is None):
            raise ValueError("count と number には数える語の of を書いてください（例: of: 者）。")
        return self

    @property
    def key(self) -> str:
        """The unit key that is set."""
        return next(k for k in _UNIT_KEYS if getattr(self, k) is not None)

    @property
    def unit(self) -> Unit:
        """The unit in the words of the contract."""
        key = self.key
        if key in ("month", "year"):
            return "date"
        if key == "date":
            return "datetime" if self.time else "date"
        return "other" if key == "number" else key  # type: ignore[return-value]

    @property
    def exact(self) -> Fraction | None:
        """The magnitude as an exact number, percent as percent points; None for dates."""
        key = self.key
        if key in ("date", "month", "year"):
            return None
        return Fraction(getattr(self, key))

    @property
    def wire(self) -> int | str:
        """The value as the contract sends it: int for yen and counts, text for ratios, percents and dates."""
        key = self.key
        if key == "date":
            return f"{self.date}T{self.time}:00+09:00" if self.time else str(self.date)
        value: int | str = getattr(self, key)
        return value

    def text(self, bounded: bool = True) -> str:
        """The figure as people read it, with its bound word (`5人以下`) unless `bounded` is False."""
        tax = {"incl": "（税込）", "excl": "（税抜）"}.get(self.tax or "", "")
        return self._bare() + tax + (BOUND_WORDS[self.bound] if bounded and self.bound else "")

    def _bare(self) -> str:
        key = self.key
        if key == "yen":
            return format_yen(int(self.yen or 0))
        if key == "ratio":
            return str(self.ratio)
        if key == "percent":
            return f"{self.percent}%"
        if key in ("count", "number"):
            return f"{int(self.count):,}{self.of}" if self.count is not None else f"{self.number}{self.of}"
        if key == "date":
            return format_date(date.fromisoformat(str(self.date))) + (f" {self.time}" if self.time else "")
        if key == "month":
            year, month = str(self.month).split("-")
            return f"{int(year)}年{int(month)}月{self.part or ''}"
        if key == "year":
            return f"{self.year}年"
        return f"{getattr(self, key):,}{COUNTERS[key]}"


_UNIT_KEYS = (
    "yen", "ratio", "percent", "people", "count", "years", "months", "weeks", "days", "hours", "minutes",
    "chars", "pages", "kl", "number", "date", "month", "year",
)  # fmt: skip


def format_yen(yen: int) -> str:
    """Whole yen in the shortest usual notation: 50万円, 1億2,000万円, 866,666円."""
    sign, yen = ("-" if yen < 0 else ""), abs(yen)
    if yen == 0 or yen % 10_000:
        return f"{sign}{yen:,}円"
    oku, man = divmod(yen // 10_000, 10_000)
    return sign + (f"{oku:,}億" if oku else "") + (f"{man:,}万" if man else "") + "円"


def format_date(day: date) -> str:
    """A date with its weekday: 2026年12月15日（火）."""
    return f"{day.year}年{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"


def moment_of(value: Value, end_of_day: bool) -> datetime:
    """The aware moment (Japan) that a date figure stands for; a bare day ends at 24:00 if `end_of_day`.

    Args:
        value: A figure with unit date or datetime. For a month or a third of it the last day counts
            when `end_of_day`, else the first.
        end_of_day: Whether the figure closes something (a deadline day is open until its last minute).

    Returns:
        An aware datetime in Japan time.

    Raises:
        ValueError: The figure is not a date.
    """
    if value.date is not None:
        day = date.fromisoformat(value.date)
        if value.time:
            return datetime.combine(day, time.fromisoformat(value.time), JST)
    elif value.month is not None:
        year, month = (int(x) for x in value.month.split("-"))
        first, last = {"上旬": (1, 10), "中旬": (11, 20)}.get(value.part or "", (1, 0))
        if value.part in ("下旬", "末"):
            first = 21
        day = date(year, month, (last or calendar.monthrange(year, month)[1]) if end_of_day else first)
    else:
        raise ValueError(f"not a date: {value}")
    return datetime.combine(day, time(23, 59, 59) if end_of_day else time(0), JST)


def precision_of(value: Value) -> Precision:
    """How exactly a date figure is known."""
    if value.date is not None:
        return "minute" if value.time else "day"
    if value.month is not None:
        return "third" if value.part in ("上旬", "中旬", "下旬", "末") else "month"
    return "none"
