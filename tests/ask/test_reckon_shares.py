"""Shares of a new business, costs that must stay below others, two frames, days, multiples: both sides of every line."""

import pytest
from test_reckon_books import found, only, said, shown


@pytest.mark.parametrize(
    ("told", "met"),
    [
        ("総売上高1億円、新事業の売上高2,000万円", True),
        ("総売上高1億円、新事業の売上高1,999万円、新事業の付加価値額1,000万円、総付加価値額4,000万円", True),
        ("総売上高1億円、新事業の売上高1,999万円、新事業の付加価値額999万円、総付加価値額4,000万円", False),
        ("総売上高5億円、部門の売上高1億円、新事業の売上高2,000万円", True),  # of the division
        ("総売上高4億9,999万円、部門の売上高1億円、新事業の売上高2,000万円", None),  # the firm is too small for it
        ("総売上高5億円、部門の売上高9,999万円、新事業の売上高2,000万円", None),
        ("総売上高5億円、部門の売上高1億円、新事業の売上高1,999万円", None),
    ],
)
def test_the_share_of_a_new_business(made, told, met):
    finding = only(made, f"目算補助金の柱枠、{told}で要件を満たしますか")
    assert finding.verdict is met
    assert bool(finding.ask_for) is (met is None)


def test_the_share_asks_for_the_whole(made):
    finding = only(made, "目算補助金の柱枠、新事業の売上高2,000万円で要件を満たしますか")
    assert (said(finding), finding.ask_for) == (["new_business_open"], ("総売上高",))
    assert said(only(made, "目算補助金の柱枠、総売上高0円、新事業の売上高2,000万円で要件を満たしますか")) == ["unusable"]


@pytest.mark.parametrize(
    ("told", "least"),
    [
        ("総売上高1億円", 20_000_000), ("総売上高5億円、部門の売上高1億円", 20_000_000),
        ("総売上高5億円、部門の売上高9,999万円", 100_000_000), ("総売上高4億9,999万円、部門の売上高1億円", 99_998_000),
    ],
)  # fmt: skip
def test_the_least_sales_of_a_new_business(made, told, least):
    finding = only(made, f"目算補助金の柱枠、{told}です。新製品の売上は最低いくら必要？")
    assert said(finding)[0] == "new_business_least" and shown(finding, "least") == least


@pytest.mark.parametrize(("side", "met"), [("999万円", True), ("1,000万円", False), ("1,001万円", False)])
def test_costs_that_must_stay_below_the_rest(made, side, met):
    finding = only(made, f"目算補助金の柱枠、建物費1,000万円と外注費{side}で条件を満たしますか")
    assert (finding.verdict, said(finding)[0]) == (met, "below_met" if met else "below_not_met")


def test_the_other_costs_are_asked_for(made):
    assert only(made, "目算補助金の柱枠、外注費500万円で条件を満たしますか").ask_for == ("建物費・閉店費",)
    assert found(made, "目算補助金の柱枠、建物費500万円で条件を満たしますか") == []


def combined(made, told):
    return found(made, f"目算補助金の柱枠で{told}。いくら補助されますか")


def test_two_frames_at_the_rate_of_the_first(made):
    (finding,) = combined(made, "建物費300万円、閉店枠も併用して片付け90万円、小規模事業者です")
    assert [shown(finding, n) for n in ("one", "two", "total", "own")] == [2_000_000, 600_000, 2_600_000, 1_300_000]


def test_each_frame_keeps_its_cap(made):
    (finding,) = combined(made, "建物費600万円、閉店枠も併用して片付け300万円、小規模事業者です")
    assert [shown(finding, n) for n in ("one", "two", "total")] == [3_000_000, 1_000_000, 4_000_000]


def test_both_sizes_are_told_where_the_size_is_not(made):
    found_ = combined(made, "建物費300万円、閉店枠も併用して片付け90万円")
    assert [(f.values["lines"][0][1]["case"], shown(f, "total")) for f in found_] == [
        ("（小規模事業者の場合）", 2_600_000),
        ("（それ以外の場合）", 1_950_000),
    ]


@pytest.mark.parametrize(("cost", "key"), [("30万円", "two_frames"), ("299,999円", "two_frames_floor")])
def test_the_second_frame_has_a_floor(made, cost, key):
    (finding,) = combined(made, f"建物費300万円、閉店枠も併用して片付け{cost}、小規模事業者です")
    assert said(finding)[0] == key


def test_two_frames_ask_for_the_other_cost_and_refuse_the_wrong_one(made):
    (asked,) = combined(made, "建物費300万円、閉店枠も併用")
    assert asked.ask_for == ("閉店枠の対象経費",)
    (refused,) = found(made, "目算補助金の単独枠で建物費300万円、閉店枠も併用して片付け90万円。いくら補助されますか")
    assert (said(refused), refused.verdict) == (["two_frames_not"], False)


@pytest.mark.parametrize(("days", "total"), [("4日間", 24_000), ("5日間", 30_000), ("6日間", 30_000)])
def test_so_much_a_day_up_to_the_cap(made, days, total):
    assert shown(only(made, f"目算補助金、{days}の指導でいくら出ますか"), "total") == total


def test_days_of_several(made):
    assert shown(only(made, "目算補助金、実習生3人を4日間指導するといくら"), "total") == 72_000
    assert only(made, "目算補助金、指導の費用はいくら出ますか").ask_for == ("日数",)
    assert said(only(made, "目算補助金、0日間の指導でいくら出ますか")) == ["unusable"]


def test_days_told_whole(made):
    assert shown(only(made, "1日5,000円で9日、上限5万円だといくら"), "total") == 45_000
    assert shown(only(made, "1日5,000円で12日、上限5万円だといくら"), "total") == 50_000
    asked = only(made, "講師2人、1人1日1万円で10日。補助はいくら")
    assert (asked.ask_for, shown(asked, "cost")) == (("使う補助金の名前",), 200_000)


@pytest.mark.parametrize(
    ("base", "total", "part"),
    [("1,000万円", 30_000_000, None), ("2,666万円", 79_980_000, 50_000_000), ("2,667万円", 80_000_000, 50_000_000)],
)
def test_a_cap_that_is_a_multiple(made, base, total, part):
    finding = only(made, f"目算補助金の投資家枠、ファンドが{base}を出資する予定。上限は？")
    assert shown(finding, "total") == total
    assert (shown(finding, "part", 1) if said(finding)[1] == "twice_part" else None) == part


def test_a_multiple_asks_for_what_is_multiplied(made):
    assert only(made, "目算補助金の投資家枠、ファンドが出資する予定。上限はいくら？").ask_for == ("出資予定額",)
    assert said(only(made, "目算補助金の投資家枠、ファンドの出資する額は0円。上限はいくら？")) == ["unusable"]
