"""Reductions, requirements of which one suffices, plans: at and below every line."""

from datetime import date

import pytest
from test_reckon_books import found, only, said, shown

from assistant.flow import answer_question
from assistant.records import Question


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("エネルギー使用量を年100klから85klに減らす。省エネ率は？", "15"),
        ("作業時間を月120時間から80時間に減らす。削減率は？", "33.33"),
        ("検品が40分から25分に。短縮率は？", "37.5"),
        ("1日8時間を5時間にすると何％減りますか", "37.5"),
        ("電気代を年90万円から60万円に。何％減る？", "33.33"),
    ],
)
def test_a_reduction(made, text, share):
    finding = only(made, text)
    assert (said(finding), shown(finding, "share")) == (["reduction"], share)


def test_a_rise_is_no_reduction(made):
    finding = only(made, "省エネ率は？年100klから120klになる")
    assert (said(finding), shown(finding, "share")) == (["no_reduction"], "20")
    assert shown(only(made, "省エネ率は？年100klから100klになる"), "share") == "0"


def test_a_reduction_needs_both_numbers(made):
    assert only(made, "エネルギー使用量は年100klです。省エネ率はいくら").ask_for == ("いまの量", "実施した後の量")
    assert said(only(made, "0klから85klに。省エネ率は？")) == ["unusable"]
    assert found(made, "省エネ率とは") == []


@pytest.mark.parametrize(
    ("told", "met", "missing"),
    [
        ("省エネ率12%", True, ()),
        ("省エネ率7%と転換率5%", True, ()),  # both together
        ("省エネ率11.99%", None, ("省エネ量", "経費当たり省エネ量")),
        ("省エネ量40kl", True, ()),
        ("省エネ率11%、省エネ量39kl", None, ("経費当たり省エネ量",)),
        ("省エネ率11%、省エネ量39kl、経費当たり省エネ量1.9kl/千万円", False, ()),
        ("300klから264klに減らし", True, ()),  # 12 %
        ("300klから265klに減らし", None, ("経費当たり省エネ量",)),
    ],
)
def test_one_of_the_thresholds_suffices(made, told, met, missing):
    finding = only(made, f"目算補助金の柱枠、{told}で要件を満たしますか")
    assert (finding.verdict, finding.ask_for) == (met, missing)


@pytest.mark.parametrize(("cost", "value", "met"), [("1,500万円", "2", True), ("1,501万円", "1.99", None)])
def test_a_saving_for_its_cost(made, cost, value, met):
    finding = only(made, f"目算補助金の柱枠、年3kl減って経費{cost}。経費当たり省エネ量は？")
    assert finding.verdict is met
    assert [shown(finding, "value", i) for i, key in enumerate(said(finding)) if key.startswith("measure")][-1] == value
    assert finding.steps[-1].endswith(f"＝ {value}kl/千万円")


def test_without_a_requirement_nothing_is_held_against_it(made):
    assert found(made, "目算補助金の時給枠、省エネ率12%で要件を満たしますか") == []
    assert found(made, "目算補助金の柱枠、省エネ率の要件は？") == []


@pytest.mark.parametrize(
    ("told", "plans"),
    [
        ("使用量100kl", "小プラン"),
        ("使用量100.5kl", "中プラン"),
        ("使用量400kl", "中プラン"),
        ("使用量401kl", "大プラン"),
        ("延床面積500平米", "小プラン"),
        ("5階建て", "中プラン"),
        ("6階建て", "大プラン"),
        ("使用量90kl、3階建て", "小プランと中プラン"),
    ],
)
def test_plans_by_any_one_measure(made, told, plans):
    finding = only(made, f"目算補助金、{told}ならどのプランですか")
    assert finding.values["lines"][0] == ("plans", {"names": plans})


def test_plans_ask_for_a_measure(made):
    assert only(made, "目算補助金はどのプランになりますか").ask_for == ("年間エネルギー使用量", "延床面積", "棟数や階数")
    assert said(only(made, "目算補助金、2階建てならどのプラン？")) == ["plans_none"]
    assert found(made, "目算補助金のプランを説明して") == []


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("省エネ診断の1500klのプランはいくら？300klのプランとの差額も", 6006),
        ("省エネ診断の300klプランと3,000klプランの差はいくら？", 12012),
    ],
)
def test_what_lies_between_the_prices_of_two_plans(assistant, text, gap):
    answer = answer_question(Question(text, date(2026, 11, 24)), assistant).text
    assert f"差は{gap:,}円です" in answer


def test_two_sizes_of_a_firm_are_no_two_plans(assistant):
    answer = answer_question(Question("省エネ診断、年間1500kl使う工場はどのプランでいくら？", date(2026, 11, 24)), assistant).text
    assert "差は" not in answer and "22,022円" in answer
