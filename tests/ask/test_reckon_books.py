"""Value added, productivity, pay a head, the base year and payback, asked for in words."""

from datetime import date

import pytest

from assistant.ask.reckon import Case
from assistant.ask.reckonings import added_up, reckoned
from assistant.ask.route import choose_route
from assistant.records import Question
from assistant.rules.conditions import Inputs

TODAY = date(2026, 9, 1)


def found(made, text, history=()):
    query = made.parser.parse(Question(text, TODAY, tuple(history)))
    return reckoned(Case(query, choose_route(query, made.catalogue, TODAY), Inputs(query.slots.inputs), made.catalogue))


def only(made, text, history=()):
    (finding,) = found(made, text, history)
    return finding


def said(finding):
    return [key for key, _ in finding.values["lines"]]


def shown(finding, name, line=0):
    return finding.values["lines"][line][1][name].value


def test_value_added_is_the_sum_of_its_three_parts(made):
    finding = only(made, "営業利益500万円、人件費2,000万円、減価償却費300万円のときの付加価値額は")
    assert (said(finding)[0], shown(finding, "value")) == ("value_added", 28_000_000)
    assert finding.steps == ("営業利益 500万円 ＋ 人件費 2,000万円 ＋ 減価償却費 300万円 ＝ 2,800万円",)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("営業利益は500万円、役員報酬800万円、給与・賞与1,000万円、福利厚生費200万円、減価償却300万円。付加価値額は", 28_000_000),
        ("営業利益500万円、人件費2,000万円、うち役員報酬800万円、減価償却費300万円。付加価値額は", 28_000_000),  # a part of it
        ("営業損失200万円、人件費2,000万円、減価償却費300万円。付加価値額はいくら", 21_000_000),
        ("営業利益▲3,000万円、人件費2,000万円、減価償却費300万円。付加価値額はいくら", -7_000_000),
        ("付加価値額は？減価償却費300万円、給料1,200万円、賞与300万円、営業利益0円", 18_000_000),
    ],
)
def test_value_added_of_a_corporation(made, text, value):
    assert shown(only(made, text), "value") == value


def test_what_is_not_counted_is_named(made):
    finding = only(made, "営業利益500万円、役員報酬800万円、法定福利費100万円、減価償却費300万円。付加価値額は")
    assert said(finding)[1:3] == ["value_added_left_out", "value_added_unused"]
    assert "法定福利費" in finding.values["lines"][2][1]["names"]


def test_value_added_of_a_sole_proprietor(made):
    text = "個人事業主。差引金額300万円、利子割引料10万円、減価償却費50万円、給料賃金400万円、福利厚生費20万円。付加価値額は？"
    assert shown(only(made, text), "value") == 7_800_000
    loss = "差引損失100万円、利子割引料なし、減価償却費50万円、給料賃金ゼロ、福利厚生費なしの付加価値額は？"
    assert shown(only(made, loss), "value") == -500_000


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("付加価値額はいくら？営業利益500万円、人件費1,200万円", ("減価償却費",)),
        ("付加価値額はいくら？営業利益500万円", ("人件費", "減価償却費")),
        ("付加価値額はいくら？人件費1,200万円、減価償却費80万円", ("営業利益",)),
        ("個人です。付加価値額はいくら？差引金額300万円、減価償却費50万円", ("利子割引料", "給料賃金", "福利厚生費")),
        ("営業利益が昨年500万円で今年600万円、人件費1,200万円、減価償却費80万円。付加価値額はいくら", ("一つの年度の営業利益",)),
    ],
)
def test_what_lacks_is_asked_for_with_what_there_is(made, text, missing):
    assert only(made, text).ask_for == missing


def test_the_answer_to_what_was_asked_back_completes_it(made):
    finding = only(made, "減価償却費は80万円です", ["付加価値額はいくら？営業利益500万円、人件費1,200万円"])
    assert shown(finding, "value") == 17_800_000


@pytest.mark.parametrize(
    "text",
    [
        "営業利益500万円、人件費2,000万円、減価償却費300万円。合計は",  # not asked for
        "付加価値額は営業利益と人件費と減価償却費の合計ですか",  # no numbers
        "営業利益500万円の会社です。付加価値額の要件は何ですか",  # what is demanded
        "付加価値額とは",
        "減価償却費300万円は付加価値額に含まれますか",
    ],
)
def test_value_added_needs_its_name_and_numbers(made, text):
    assert found(made, text) == []


def test_a_goal_is_rounded_up_to_the_yen(made):
    finding = only(made, "営業利益500万円、人件費2,000万円、減価償却費300万円。付加価値額を年3%で5年伸ばすと")
    assert (said(finding)[1], shown(finding, "goal", 1)) == ("grown", 32_459_675)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("労働生産性は？付加価値額3,700万円、従業員8人", 4_625_000),
        ("付加価値額3,700万円、社員7人の労働生産性はいくら", 5_285_714),  # cut to the yen
        ("労働生産性は？営業利益500万円、人件費1,200万円、減価償却費80万円、従業員4人", 4_450_000),
    ],
)
def test_labour_productivity(made, text, value):
    finding = only(made, text)
    assert (said(finding)[0], shown(finding, "value")) == ("productivity", value)
    assert ("切捨て" in finding.steps[-1]) is (value == 5_285_714)


def test_the_goal_of_productivity_is_of_one_head(made):
    finding = only(made, "付加価値額6,000万円、社員15人の労働生産性を年4%で3年伸ばすと")
    assert shown(finding, "goal", 1) == 4_499_456


def test_productivity_asks_for_the_staff_and_for_the_parts(made):
    asked = only(made, "労働生産性はいくら？営業利益500万円、人件費1,200万円、減価償却費80万円")
    assert (asked.ask_for, said(asked)) == (("従業員数",), ["productivity_open"])
    assert only(made, "労働生産性はいくら？営業利益500万円、人件費1,200万円、従業員5人").ask_for == ("減価償却費",)
    assert found(made, "労働生産性とは") == found(made, "労働生産性はどう計算しますか") == []


def test_nobody_divides_nothing(made):
    finding = only(made, "労働生産性は？付加価値額3,700万円、従業員0人")
    assert (said(finding), finding.ask_for) == (["unusable"], ("従業員数",))


def test_pay_a_head(made):
    assert shown(only(made, "給与支給総額3,000万円、従業員8人。1人あたりいくら"), "value") == 3_750_000
    assert only(made, "給与支給総額3,000万円、1人あたりはいくら").ask_for == ("従業員数",)
    assert said(only(made, "給与支給総額3,000万円、従業員0人。1人あたりいくら")) == ["unusable"]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("3月決算で2027年3月に補助事業が終わります。基準年度は？", "2027-03-31"),
        ("3月決算で2027年4月に補助事業が終わります。基準年度は？", "2028-03-31"),
        ("12月決算、令和8年12月31日に終了。基準年度は", "2026-12-31"),
        ("決算は2月で、補助事業の完了が2028年2月10日。どの年度が基準年度？", "2028-02-29"),
        ("十二月決算、2027年1月に終わると基準年度は？", "2027-12-31"),
    ],
)
def test_the_base_year_is_the_business_year_of_the_end(made, text, last):
    assert shown(only(made, text), "last") == last


def test_the_final_year_of_the_programme_follows(made):
    finding = only(made, "目算補助金、3月決算で2027年4月に完了。基準年度と最終年度は？")
    assert said(finding) == ["base_year", "final_year", "rule"]
    assert shown(finding, "last", 1) == "2030-03-31"


def test_the_base_year_asks_for_closing_month_and_end(made):
    assert only(made, "9月決算です。基準年度はいつ？").ask_for == ("補助事業が終わる年月",)
    assert only(made, "補助事業は2027年4月に終わります。基準年度はいつ？").ask_for == ("決算月",)
    assert said(only(made, "13月決算で2027年4月に終わります。基準年度は？")) == ["unusable"]
    assert found(made, "基準年度はいつですか") == []


@pytest.mark.parametrize(
    ("text", "years", "rough"),
    [
        ("電気代が年80万円減る、工事費500万円なら投資回収は何年", "6.25", ""),
        ("1,200万円のロボットで人件費が月25万円減る。何年で元が取れる？", "4", ""),
        ("工事費100万円で年30万円の節約。回収は何年", "3.33", "約"),
        ("工事費200万円で年30万円の節約。回収は何年", "6.67", "約"),  # half up
        ("設備500万円、補助金250万円が出て、年60万円の節約。何年で回収", "4.17", "約"),
        ("初期費用300万円、毎月の電気代が5万円から2万円に下がる。投資回収は？", "8.33", "約"),
        ("1,500万円の設備で年間の利益が300万円増えるなら投資回収期間は？", "5", ""),
        ("工事300万円、電気代が年20万円減り、人件費が年40万円減る。回収は何年", "5", ""),
    ],
)
def test_payback(made, text, years, rough):
    finding = only(made, text)
    assert (shown(finding, "years"), finding.values["lines"][0][1]["rough"]) == (years, rough)


def test_payback_asks_for_what_lacks(made):
    assert only(made, "投資回収は何年？設備500万円").ask_for == ("1年あたりの効果の額（減る費用や増える利益）",)
    assert only(made, "投資回収は何年？電気代が80万円減る、設備500万円").ask_for[0].startswith("1年あたり")  # a month or a year
    assert only(made, "投資回収は何年？電気代が年80万円減る").ask_for == ("投資する額",)
    assert said(only(made, "投資回収は何年？設備500万円、電気代は年0円減る")) == ["unusable"]
    assert said(only(made, "投資回収は何年？設備500万円、補助金500万円、電気代は年80万円減る")) == ["unusable"]
    assert found(made, "投資回収期間とは") == []


def test_payback_shows_what_the_programme_demands(made):
    finding = only(made, "目算補助金、工事費500万円で電気代が年80万円減ると投資回収は何年")
    assert said(finding) == ["payback", "rule"] and finding.source is not None


def test_the_parts_of_value_added_are_not_taken_for_a_base(made):
    text = "営業利益500万円、人件費3,000万円、減価償却費200万円の付加価値額を年4%で5年伸ばすと？"
    query = made.parser.parse(Question(text, TODAY))
    (finding,) = added_up(Case(query, choose_route(query, made.catalogue, TODAY), Inputs(), made.catalogue))
    assert shown(finding, "goal", 1) == 45_016_158
