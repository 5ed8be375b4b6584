"""The user's own numbers held against requirements, at and below every line."""

from datetime import date

import pytest

from assistant.ask.gather_checks import checks
from assistant.ask.inquiry import Inquiry
from assistant.ask.route import choose_route
from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 9, 1)


def found(made, text):
    query = made.parser.parse(Question(text, TODAY))
    return checks(Inquiry(query, choose_route(query, made.catalogue, TODAY), made.catalogue, made.index, TODAY))


@pytest.mark.parametrize(
    ("prefecture", "wage", "goal", "gap", "met"),
    [
        ("三重県", "1,050円", 1_050, 0, True),
        ("三重県", "1,049円", 1_050, 1, False),
        ("三重県", "1,060円", 1_050, 10, True),
        ("岐阜県", "1,029円", 1_030, 1, False),
    ],
)
def test_the_lowest_wage_is_held_against_the_prefecture_with_its_margin(made, prefecture, wage, goal, gap, met):
    (finding,) = found(made, f"{prefecture}の工場で時給{wage}、最低賃金＋50円の条件を満たしますか")
    assert (finding.kind, finding.verdict, finding.values["goal"], finding.values["gap"]) == ("wage_held", met, goal, gap)
    assert len(finding.steps) == 2 and finding.steps[1].endswith(f" ＝ {gap}円")


@pytest.mark.parametrize(
    "text",
    [
        "沖縄県の工場で時給1,060円、最低賃金＋50円の条件を満たしますか",  # a prefecture that the sources do not hold
        "三重県の工場で時給1,060円、最低賃金の条件を満たしますか",  # no margin
        "三重県の最低賃金＋50円の条件を満たしますか",  # no wage
        "三重県の工場で時給1,060円、最低賃金＋50円とは何ですか",  # nothing to decide
    ],
)
def test_without_prefecture_margin_wage_and_question_there_is_no_line(made, text):
    assert found(made, text) == []


@pytest.mark.parametrize(
    ("text", "shown", "label", "met"),
    [
        ("給与支給総額を1,000万円から1年後に1,025万円にします。要件を満たしますか", "2.50%", "給与支給総額の伸び", True),
        ("給与支給総額を1,000万円から1年後に1,024万円にします。要件を満たしますか", "2.40%", "給与支給総額の伸び", False),
        ("1人当たりの給与を1,000万円から3年後に1,109万円にします。要件を満たしますか", "3.51%", "1人当たり給与の伸び", True),
        ("一人あたり給与を1,000万円から3年後に1,108万円にします。要件を満たしますか", "3.48%", "1人当たり給与の伸び", False),
    ],
)
def test_growth_of_pay_is_held_against_the_requirement_of_its_kind(made, text, shown, label, met):
    (finding,) = found(made, "試作補助金の新設枠。" + text)
    assert (finding.kind, finding.values["shown"], finding.values["label"], finding.verdict) == ("requirement", shown, label, met)


def test_growth_that_is_only_rounded_up_to_the_line_does_not_meet_it(made):
    (exact,) = found(made, "試作補助金の新設枠。1人当たり給与を400万円から1年後に414万円にします。要件を満たしますか")
    (below,) = found(made, "試作補助金の新設枠。1人当たり給与を400万円から1年後に4,139,999円にします。要件を満たしますか")
    assert (exact.values["shown"], exact.verdict) == ("3.50%", True)
    assert below.verdict is False


def test_growth_that_is_met_exactly_after_years_is_met(made):
    (finding,) = found(made, "試作補助金の新設枠。給与支給総額を64,000,000円から3年後に68,921,000円にします。要件を満たしますか")
    assert finding.verdict is True  # 1.025 to the third, to the yen


@pytest.mark.parametrize(
    "text",
    [
        "給与支給総額を1,000万円から1,030万円にします。要件を満たしますか",  # no years
        "給与支給総額を3年後に1,030万円にします。要件を満たしますか",  # one amount
        "売上を1,000万円から3年後に1,200万円にします。要件を満たしますか",  # no pay
        "給与支給総額を1,000万円から3年後に1,200万円にします。",  # asks nothing
        "給与支給総額を1,000万円から25年後に1,200万円にします。要件を満たしますか",  # too long for a plan
    ],
)
def test_growth_needs_two_amounts_of_pay_and_a_span(made, text):
    assert found(made, "試作補助金の新設枠。" + text) == []


def test_a_frame_without_such_a_requirement_decides_nothing(made):
    assert found(made, "試作補助金の更新枠。給与支給総額を1,000万円から1年後に1,025万円にします。要件を満たしますか") == []


def test_the_prefecture_is_asked_for_where_it_decides(made):
    (finding,) = found(made, "時給1,060円、最低賃金＋50円の条件を満たしますか")
    assert (finding.kind, finding.ask_for, finding.values["margin"]) == ("wage_open", ("都道府県",), 50)


@pytest.mark.parametrize(("wage", "gap", "met"), [("1,020円", 0, True), ("1,019円", 1, False)])
def test_the_margin_of_the_programme_holds_where_none_is_told(made, wage, gap, met):
    (finding,) = found(made, f"目算補助金の最低賃金の要件、三重県でいちばん低い時給が{wage}です。満たしますか")
    assert (finding.verdict, finding.values["goal"], finding.values["gap"]) == (met, 1_020, gap)
    assert finding.values["margin_of"].value.yen == 20


def test_a_raise_is_no_margin(made):
    assert found(made, "いちばん低い時給が1,050円、5人を50円上げます。最低賃金の条件は大丈夫ですか") == []


@pytest.mark.parametrize(("machine", "met"), [("2,000万円", True), ("1,999万円", False)])
def test_investment_counts_without_the_costs_that_do_not(made, machine, met):
    (finding,) = found(made, f"試作補助金の新設枠。機械装置費{machine}と外注費500万円で要件を満たしますか")
    assert finding.verdict is met and finding.values["shown"] == machine
    assert finding.steps[-1] == "数えない経費：500万円"


@pytest.mark.parametrize(
    ("text", "left", "verdict"),
    [
        ("見本保証、いま1,200万円あります。あといくら使えますか", 8_000_000, None),
        ("見本保証、残高が2,500万円あります。あといくら使えますか", 0, None),
        ("見本保証は残高1,200万円のほかに別枠で900万円使えますよね", 8_000_000, False),
    ],
)
def test_what_is_left_of_a_ceiling_that_is_shared(made, text, left, verdict):
    (finding,) = found(made, text)
    assert (finding.kind, finding.values["left"], finding.verdict) == ("left", left, verdict)
    assert finding.steps[0].startswith("2,000万円 － ")


def test_what_is_left_asks_for_what_there_is(made):
    (finding,) = found(made, "見本保証はあといくら使えますか")
    assert (finding.kind, finding.values["cap"]) == ("left_open", 20_000_000)


@pytest.mark.parametrize(
    ("margin", "start"),
    [("30円の条件を満たしますか", "いいえ、"), ("25円の条件を満たしますか", "はい、"), ("30円まであと何円ですか", "1,165円は")],
)
def test_a_wage_is_judged_where_that_is_asked(assistant, margin, start):
    text = "愛知県で時給がいちばん低い人が1,165円です。最低賃金+" + margin
    assert answer_question(Question(text, TODAY), assistant).text.startswith(start)


def test_every_line_that_is_named_is_held(assistant):
    text = "愛知県で最低の人の時給が1,165円。+30円のラインと+50円のラインまで、あと何円上げればよい？"
    told = answer_question(Question(text, TODAY), assistant).text
    assert "1,170円に5円足りません" in told and "1,190円に25円足りません" in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("去年200万円もらった。残りはあといくら使える？", "新しく使えるのは300万円まで"),
        ("2回目です。残りいくら使えますか", "これまでに受け取った補助金の額で決まります"),
        ("去年200万円もらった。今年は機械700万円。いくら出る？", "補助額は300万円です"),
        ("去年500万円もらった。今年は機械700万円。いくら出る？", "補助額は0円です"),
    ],
)
def test_what_was_received_counts_against_a_shared_cap(assistant, text, said):
    told = answer_question(Question("省力化のカタログ注文型、従業員15人、" + text, TODAY), assistant).text
    assert said in told.splitlines()[0]


def test_what_was_received_of_another_round_counts_nothing_where_the_cap_is_not_shared(assistant):
    text = "去年持続化で50万円もらいました。今年は通常枠で設備60万円、いくら出る？"
    assert "補助額は40万円です" in answer_question(Question(text, TODAY), assistant).text


def test_nothing_is_left_of_a_cap_that_every_application_has_to_itself(made):
    assert found(made, "試作補助金の新設枠、前回1,200万円もらいました。あといくらもらえますか") == []
    assert found(made, "見本保証の上限は2,000万円ですか") == []
