"""Raises counted, profit rates, months near the minimum wage, pay goals: both sides of every line."""

from datetime import date

import pytest
from test_reckon_books import found, only, said, shown

from assistant.flow import answer_question
from assistant.records import Question, Status


def counted(made, text):
    return shown(only(made, f"目算補助金の時給枠。{text}何人と数えますか"), "counted")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,000円が3人、1,010円が1人、1,040円が1人。全員40円上げる。", 4),  # 1,040 is the new minimum
        ("1,000円が3人、1,010円が1人、1,039円が1人。全員40円上げる。", 5),
        ("1,000円の人を1,040円に、1,010円の人を1,049円に上げる。", 1),  # 39 yen
        ("1,000円の人を1,040円に、1,010円の人を1,050円に上げる。", 2),
        ("3人を1,000円から1,080円に上げる。80円コースで", 3),
        ("3人を1,000円から1,079円に上げる。80円コースで", 0),
        ("従業員10人のうち1,000円の5人を40円上げる。", 5),
        ("時給1,000円のパート4人（うち1人は週15時間）を40円上げる。", 3),
        ("時給1,000円のパート4人（うち1人は週20時間）を40円上げる。", 4),
        ("1,000円が2人で雇用保険に未加入、1,000円が3人。全員40円上げる。", 3),
        ("パート3人が1,000円、社員2人が1,200円。パートだけ40円上げる。", 3),
    ],
)
def test_who_counts_as_raised(made, text, number):
    assert counted(made, text) == number


def test_the_highest_course_that_the_minimum_reaches(made):
    assert shown(only(made, "目算補助金の時給枠。1,000円の人を1,079円に上げると何人として数える？"), "course") == 40
    assert shown(only(made, "目算補助金の時給枠。1,000円の人を1,080円に上げると何人として数える？"), "course") == 80
    assert said(only(made, "目算補助金の時給枠。1,000円の人を1,039円に上げると何人として数える？")) == ["raised_too_little"]


def test_the_wages_are_asked_for(made):
    both = ("一人ひとりのいまの時給", "一人ひとりの引上げ後の時給")
    assert only(made, "5人の時給を上げる、何人が引上げ対象？").ask_for == both
    assert only(made, "時給1,000円が3人、1,010円が2人。引上げ対象は何人？").ask_for == both[1:]
    assert found(made, "引き上げる労働者の数え方は？") == []


@pytest.mark.parametrize(
    ("text", "verdict", "key"),
    [
        ("利益率が10.0%から5.0%に下がった", True, "profit_met"),
        ("利益率が10.0%から5.1%に下がった", False, "profit_not_met"),
        ("利益率が直近6か月で5%、前年度は10%", True, "profit_met"),  # told the other way round
        ("利益率が5%から10%になった", False, "profit_rose"),
        ("利益率が10%から-3%になった", True, "profit_met"),
        ("利益率が5ポイント下がった", True, "profit_met"),
        ("利益率が4.9ポイント下がった", False, "profit_not_met"),
    ],
)
def test_a_profit_rate_that_fell(made, text, verdict, key):
    finding = only(made, f"目算補助金の柱枠、{text}。使えますか")
    assert (finding.verdict, said(finding)[0]) == (verdict, key)


def test_the_other_profit_rate_is_asked_for(made):
    assert only(made, "目算補助金の柱枠、利益率が5%になった。使えますか").ask_for == ("前年度の利益率",)
    assert only(made, "目算補助金の柱枠、前年度の利益率が10%でした。使えますか").ask_for == ("直近の平均の利益率",)
    assert found(made, "目算補助金の柱枠、利益率の条件は？") == []


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("10人中4人の月が2か月", True),
        ("10人中4人の月が1か月", False),
        ("10人中3人の月が5か月", False),
        ("従業員の40%の月が2か月", True),
        ("従業員の39.9%の月が2か月", False),
        ("4月は10人中4人、5月は11人中4人、6月は10人中5人", True),
        ("4月は10人中4人、5月は11人中4人", False),
        ("従業員10人のうち4人の月が2か月", True),
    ],
)
def test_months_near_the_minimum_wage(made, text, met):
    assert only(made, f"目算補助金の柱枠、最低賃金に近い人が{text}あります。使えますか").verdict is met


def test_the_months_are_asked_for(made):
    assert only(made, "目算補助金の柱枠、最低賃金に近い人が10人中4人。使えますか").ask_for == ("その割合だった月の数",)
    assert said(only(made, "目算補助金の柱枠、最低賃金に近い人が0人中0人の月が2か月。使えますか")) == ["unusable"]


@pytest.mark.parametrize(
    ("head", "total", "met"),
    [
        ("400万円から4,326,400円", "1億円から1億1,025万円", True),  # 4 % and 5 %, two years
        ("400万円から4,326,399円", "1億円から1億2,000万円", False),
        ("400万円から450万円", "1億円から110,249,999円", False),
    ],
)
def test_pay_must_reach_both_goals(made, head, total, met):
    text = f"目算補助金の柱枠、1人あたりの給与を{head}、給与総額を{total}、目標は5%。要件を満たしますか"
    assert only(made, text).verdict is met


def test_pay_a_head_is_asked_for(made):
    finding = only(made, "目算補助金の柱枠、給与総額を1億円から1億1,025万円、目標は5%。要件を満たしますか")
    assert said(finding) == ["pay_goals_open"] and finding.ask_for[0].startswith("1人あたり")


@pytest.mark.parametrize(("base", "holds"), [("4億円", True), ("399,999,999円", False)])
def test_the_pay_of_the_base_year(made, base, holds):
    finding = only(made, f"目算補助金、基準年度の給与が{base}、直近の給与が4億円。返還になりますか")
    assert (finding.verdict, said(finding)[0]) == (holds, "base_pay_holds" if holds else "base_pay_fell")


def test_the_pay_of_the_latest_year_is_asked_for(made):
    assert only(made, "目算補助金、基準年度の給与が4億円。返還になりますか").ask_for == ("申請時の直近の事業年度の給与支給総額",)


@pytest.mark.parametrize(
    ("told", "key", "back"),
    [
        ("目標5%、実績4%、補助金3億円", "shortfall_yen", 60_000_000),
        ("目標4.5%、実績3%、補助金1億円", "shortfall_yen", 33_333_333),
        ("目標5%、実績-1%、補助金3億円", "shortfall_yen", 300_000_000),
        ("目標5%、実績5%、補助金3億円", "shortfall_none", None),
        ("目標5%、実績4%", "shortfall", None),
    ],
)
def test_what_a_missed_goal_costs(made, told, key, back):
    finding = only(made, f"目算補助金、{told}で未達だと返還はいくら")
    assert said(finding)[0] == key
    assert back is None or shown(finding, "back") == back


def test_goal_and_result_are_asked_for(made):
    assert only(made, "目算補助金、目標5%に届かないと返還はいくら").ask_for == ("実績の率",)
    assert only(made, "目算補助金、実績4%で未達だと返還はいくら").ask_for == ("申請時に掲げた目標の率",)
    assert said(only(made, "目算補助金、目標0%、実績0%で未達だと返還はいくら")) == ["unusable"]
    assert found(made, "目算補助金は未達だと返還ですか") == []


def test_wages_told_first_and_then_raised(made):
    text = "1,000円が3人、1,010円が2人、1,040円が4人。1,000円の3人を1,040円に、1,010円の2人も1,049円に、1,040円の4人は1,090円にします。"
    finding = only(made, f"目算補助金の時給枠。{text}何人と数えますか")
    assert (shown(finding, "counted"), shown(finding, "staff")) == (3, 9)


def test_the_amount_follows_where_a_cost_is_told(made):
    text = "目算補助金の時給枠。3人を1,000円から1,040円に上げると何人と数え、40万円の設備でいくらもらえますか"
    answer = answer_question(Question(text, date(2026, 9, 1)), made)
    assert answer.status is Status.ANSWERED
    assert answer.text.startswith("引き上げる労働者として数えるのは3人です") and "補助額は30万円です" in answer.text
