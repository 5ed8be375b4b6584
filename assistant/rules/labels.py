"""Words for conditions: the Japanese label of a table row, made from its condition."""

from __future__ import annotations

from datetime import date

from assistant.rules.conditions import INPUT_LABELS, Condition, Test
from assistant.rules.schema import Frame, RateCase, RateTable, YenCase, YenTable
from assistant.rules.values import WEEKDAYS, Value, format_yen

INDUSTRY_WORDS = {
    "shogyo_service": "商業・サービス業（宿泊業・娯楽業を除く）",
    "shukuhaku_goraku": "宿泊業・娯楽業",
    "seizo_other": "製造業その他",
}
STATE_WORDS = {"open": "受付中", "upcoming": "受付前", "closed": "受付終了", "rolling": "随時受付", "unknown": "時期未確認"}
CAPS = {"loan": "融資限度額", "guarantee": "保証限度額"}
"""What the most of a scheme is called that gives no subsidy, by its kind."""
SIZE_WORDS = {"small": "小規模事業者", "sme": "中小企業", "mid": "中堅企業", "large": "大企業"}

_RANGES = {
    "employees": ("従業員", "人"), "processes": ("プロセス数", "プロセス"), "functions": ("機能数", "機能"),
    "workers": ("引き上げる人数", "人"), "members": ("構成員", "者"), "office_workers": ("事業場の労働者", "人"),
    "year_no": ("", "年目"), "repeat": ("", "回目"),
}  # fmt: skip
_FLAGS = {
    "deficit": ("赤字の事業者", "赤字でない事業者"),
    "revival": ("再生事業者", "再生事業者以外"),
    "has_100oku_declaration": ("100億宣言企業", "100億宣言をしていない企業"),
    "near_minimum_wage": ("最低賃金近傍の事業者", "最低賃金近傍以外の事業者"),
    "is_corporation": ("法人", "個人事業主"),
}


def case_label(case: YenCase | RateCase, frame: Frame) -> str:
    """The label of a table row: its own, else made from its condition; empty if the row always holds."""
    return case.label or condition_label(case.when, frame)


def condition_label(condition: Condition, frame: Frame) -> str:
    """A condition in words, parts joined by a middle dot; empty if it always holds."""
    parts = [_test_label(name, test, frame) for name, test in condition.tests.items()]
    if condition.any:
        parts.append("または".join(condition_label(c, frame) for c in condition.any))
    return "・".join(p for p in parts if p)


def _test_label(name: str, test: Test, frame: Frame) -> str:
    if name == "specials":
        labels = {s.id: s.label for s in frame.specials}
        return "・".join(f"{labels.get(i, i)}あり" for i in test.has or ())
    if name == "industry":
        return "・".join(INDUSTRY_WORDS.get(i, i) for i in _words(test))
    if name == "size":
        return "・".join(SIZE_WORDS.get(i, i) for i in _words(test))
    if name in _FLAGS and isinstance(test.is_, bool):
        return _FLAGS[name][0 if test.is_ else 1]
    if name in _RANGES:
        head, unit = _RANGES[name]
        return head + range_words(test, unit)
    return INPUT_LABELS.get(name, "").split("（")[0] + range_words(test, "円") if name.endswith("_yen") else "・".join(_words(test))


def _words(test: Test) -> tuple[str, ...]:
    if test.in_ is not None:
        return test.in_
    return (str(test.is_),) if test.is_ is not None else ()


def range_words(test: Test, unit: str) -> str:
    """A numeric test in words: 6～20人, 5人以下, 101人以上, 500万円超."""

    def show(value: int | str) -> str:
        return format_yen(int(value)) if unit == "円" else f"{value}{unit}"

    if isinstance(test.is_, int) and not isinstance(test.is_, bool):
        return show(test.is_)
    if test.min is not None and test.max is not None:
        return show(test.min) if test.min == test.max else f"{test.min if unit != '円' else show(test.min)}～{show(test.max)}"
    for value, word in ((test.min, "以上"), (test.max, "以下"), (test.over, "超"), (test.under, "未満")):
        if value is not None:
            return show(value) + word
    return ""


def cap_rows(table: YenTable | None, frame: Frame) -> list[str]:
    """The rows of a table of caps or floors in words, each with its condition."""
    return _rows([(case_label(c, frame), format_yen(c.yen)) for c in (table.cases if table else ())])


def rate_rows(table: RateTable | None, frame: Frame) -> list[str]:
    """The rows of a table of rates in words, each with its condition."""
    return _rows([(case_label(c, frame), rate_text(c)) for c in (table.cases if table else ())])


def rate_text(case: RateCase) -> str:
    """A rate row in words: 2/3, 定額, or its tiers."""
    if case.fixed:
        return "定額"
    if case.ratio is not None:
        return case.ratio
    tiers = [f"{format_yen(t.up_to_yen)}まで{t.ratio}" if t.up_to_yen is not None else f"超える部分{t.ratio}" for t in case.tiers]
    return "・".join(tiers)


def short_date(value: Value) -> str:
    """A date figure for a list: 2026年12月15日(火) 17:00, 2026年7月下旬."""
    if value.date is None:
        return value.text(bounded=False)
    day = date.fromisoformat(value.date)
    return f"{day.year}年{day.month}月{day.day}日({WEEKDAYS[day.weekday()]})" + (f" {value.time}" if value.time else "")


def _rows(cases: list[tuple[str, str]]) -> list[str]:
    """Rows of a table; the one that holds where no other does is named so."""
    rest = "" if len(cases) == 1 else "それ以外"
    return list(dict.fromkeys(f"{label or rest} {text}".strip() for label, text in cases))
