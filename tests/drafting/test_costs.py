"""What is bought decides, not any word of the description."""

from __future__ import annotations

from fractions import Fraction

import pytest

from assistant.drafting.costs import judge_expenses
from assistant.drafting.records import Expense
from assistant.drafting.subsidy import Grant, compute_grant
from assistant.flow import Assistant
from assistant.rules.conditions import Inputs


def eligible(assistant: Assistant, category: str, description: str, edition_id: str = "jizokuka/2026-r20") -> bool:
    edition = assistant.catalogue.editions[edition_id]
    line = Expense("project.expenses[0]", category, description, 100_000)
    return judge_expenses((line,), edition, edition.frames[0], Fraction(1))[0].eligible


@pytest.mark.parametrize(
    ("category", "description"),
    [
        ("機械装置等費", "送迎車用の車いす固定具"),
        ("機械装置等費", "タオルウォーマー"),
        ("機械装置等費", "運搬用の台車"),
        ("機械装置等費", "厨房機器一式"),
        ("ウェブサイト関連費", "自社サイトの更新"),
        ("委託・外注費", "研修室の内装工事"),
        ("委託・外注費", "駐車場の案内板の設置"),
        ("②広報費", "化粧品の新聞広告"),
    ],
)
def test_a_word_inside_does_not_shut_out(assistant: Assistant, category: str, description: str) -> None:
    assert eligible(assistant, category, description)


@pytest.mark.parametrize(
    ("category", "description"),
    [
        ("機械装置等費", "中古の軽トラック"),
        ("機械装置等費", "フォークリフト（2台）の購入"),
        ("機械装置等費", "老朽化した製氷機の入替"),
        ("機械装置等費", "キッチンカーの購入・改造費"),
        ("消耗品費", "包装紙"),
        ("人件費", "繁忙期の応援"),
        ("委託・外注費", "経営コンサルティング料"),
        ("広報費", "名刺"),
        ("地代家賃", "店の家賃"),
    ],
)
def test_things_that_are_not_paid_for_are_left_out(assistant: Assistant, category: str, description: str) -> None:
    assert not eligible(assistant, category, description)


@pytest.mark.parametrize(("outside", "named"), [(199_999_999, False), (200_000_000, True)])
def test_costs_that_must_stay_below_the_rest_are_named(assistant: Assistant, outside: int, named: bool) -> None:
    edition = assistant.catalogue.editions["seicho-kasokuka/2026-r2"]
    expenses = (
        Expense("project.expenses[0]", "建物費", "工場の建設", 200_000_000),
        Expense("project.expenses[1]", "外注費", "設計の外注", outside),
    )
    lines = judge_expenses(expenses, edition, edition.frames[0], Fraction(1))
    grant = compute_grant(edition.frames[0], Inputs({"size": "sme"}), lines, None)
    assert ("share_exceeded" in [p.code for p in grant.problems]) is named
    assert grant.subsidy_yen == (0 if named else (200_000_000 + outside) // 2)


def with_advertising(assistant: Assistant, sales_yen: int | None) -> Grant:
    edition = assistant.catalogue.editions["shinjigyo/2026-r4"]
    expenses = (
        Expense("project.expenses[0]", "機械装置・システム構築費", "加工機", 20_000_000),
        Expense("project.expenses[1]", "広告宣伝・販売促進費", "新製品の動画とパンフレット", 10_000_000),
    )
    lines = judge_expenses(expenses, edition, edition.frames[0], Fraction(1))
    return compute_grant(edition.frames[0], Inputs({"employees": 15}), lines, sales_yen)


@pytest.mark.parametrize(("sales_yen", "paid"), [(100_000_000, 15_000_000), (99_999_980, 14_999_999), (40_000_000, 12_000_000)])
def test_a_share_of_planned_sales(assistant: Assistant, sales_yen: int, paid: int) -> None:
    grant = with_advertising(assistant, sales_yen)
    assert grant.subsidy_yen == paid and grant.amount is not None and grant.amount.own_funds_yen == 30_000_000 - paid
    assert [p.code for p in grant.problems] == (["share_exceeded"] if sales_yen < 100_000_000 else [])


def test_planned_sales_that_lack_are_asked_for(assistant: Assistant) -> None:
    grant = with_advertising(assistant, None)
    assert grant.subsidy_yen is None and [m.field for m in grant.missing] == ["plan.sales_yen"]


@pytest.mark.parametrize(
    ("main", "web", "kept", "named"),
    [
        (540_000, 600_000, 120_000, True),  # a third of the rest
        (1_260_000, 600_000, 125_000, True),  # the cap cuts the whole: a quarter of the cap
        (1_260_000, 187_500, 125_000, False),
        (1_260_000, 187_502, 125_000, True),
        (900_000, 150_000, 100_000, False),
    ],
)
def test_a_share_is_measured_on_what_is_applied_for(assistant: Assistant, main: int, web: int, kept: int, named: bool) -> None:
    edition = assistant.catalogue.editions["jizokuka/2026-r20"]
    expenses = (
        Expense("project.expenses[0]", "委託・外注費", "店内の工事", main),
        Expense("project.expenses[1]", "ウェブサイト関連費", "予約サイト", web),
    )
    lines = judge_expenses(expenses, edition, edition.frames[0], Fraction(1))
    grant = compute_grant(edition.frames[0], Inputs({"size": "small", "employees": 3, "deficit": False}), lines, None)
    assert grant.share is not None and grant.share.kept_yen == kept and grant.share_percent is not None and grant.share_percent <= 25
    assert ("share_exceeded" in [p.code for p in grant.problems]) is named
    assert grant.subsidy_yen == min(500_000, main * 2 // 3 + kept)


@pytest.mark.parametrize(
    ("category", "description", "paid"),
    [
        ("知的財産関連費", "商標登録の代行", True),
        ("知的財産関連費", "特許の出願手続の代行", True),
        ("専門家経費", "補助金の申請代行", False),
        ("専門家経費", "技術指導", True),
    ],
)
def test_doing_paperwork_for_a_firm_is_left_out_where_it_is_the_application_alone(
    assistant: Assistant, category: str, description: str, paid: bool
) -> None:
    assert eligible(assistant, category, description, "shinjigyo-monodukuri/2026-r1") is paid
