"""Headcounts and pay: expected values worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.drafting.wage import count_heads


@pytest.mark.parametrize(
    ("detail", "total"),
    [
        ("正社員2名（1日7時間）、パート1名（1日3時間）", "2.42"),  # 3/7 = 0.428… cut to 0.42
        ("正社員3名（週40時間）、アルバイト2名（週15時間）", "3.74"),  # 15/40 = 0.375 cut to 0.37, twice
        ("社員1人（1日8時間・週5日）、パート1人（1日5時間・週3日）", "1.37"),  # 15/40
        ("役員1名、社員4名", "4"),
        ("パート2名（1日9時間）、正社員1名（1日8時間）", "3"),  # nobody counts more than one
        ("正社員２名（1日８時間）、パート１名（1日４時間）", "2.50"),
    ],
)
def test_part_timers_are_converted_and_cut(detail: str, total: str) -> None:
    found = count_heads(detail)
    assert found is not None and found.total == Decimal(total)


@pytest.mark.parametrize(
    "detail",
    [
        None, "", "家族経営", "正社員2名、パート1名（1日3時間）", "正社員1名（週40時間）、パート1名（1日4時間）",
        "正社員2名（1日8時間）、パート3名",
    ],
)  # fmt: skip
def test_hours_that_lack_give_no_figure(detail: str | None) -> None:
    assert count_heads(detail) is None
