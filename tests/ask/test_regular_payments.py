"""Payments by month, year and head, what was received before, and special measures used beside others that are not."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.ask.slots import read_slots
from assistant.ask.specials_told import both_ways
from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)


def told(assistant, text):
    return answer_question(Question(text, TODAY), assistant).text


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("家賃が月14万円で3年", [(5_040_000, 36, "months")]),
        ("家賃が月14万円", [(140_000, 1, "")]),
        ("家賃が月14万円で半年", [(840_000, 6, "months")]),
        ("開業は半年前、家賃が月14万円", [(140_000, 1, "")]),
        ("家賃が月14万円で1年半", [(2_520_000, 18, "months")]),
        ("利用料は年30万円で3年使う", [(900_000, 3, "years")]),
        ("今年30万円で、3年使う", [(300_000, 1, "")]),
        ("講習8万円を3人、別の資格4万円を2人に受けさせる", [(240_000, 3, "people"), (80_000, 2, "people")]),
        ("10万円×6人", [(600_000, 6, "people")]),
        ("3人に7万円ずつ", [(210_000, 3, "people")]),
        ("1人5万円の講座を4人に受けさせる", [(200_000, 4, "people")]),
        ("500万円の機械を3人で使う", [(5_000_000, 1, "")]),
        ("30万円の機械を3人の会社で買う", [(300_000, 1, "")]),
    ],
)
def test_how_often_an_amount_is_paid(made, text, items):
    assert [(i.yen, i.times, i.every) for i in read_slots(text, made.catalogue).items] == items


@pytest.mark.parametrize(
    ("text", "subsidy", "own"),
    [
        ("お助け隊を月3万円で2年契約します。小規模です。補助いくらですか？", "48万円", "24万円"),
        ("お助け隊を月3万円で3年契約します。小規模です。補助いくらですか？", "48万円", "60万円"),  # two years are paid for
        ("四日市のITオフィスの家賃、月14万円で3年。補助はいくら？", "216万円", "288万円"),  # 6万円 a month, 72万円 a year
        ("四日市のITオフィスの家賃、月10万円で4年。補助はいくら？", "180万円", "300万円"),  # three years are paid for
        ("四日市のITオフィスの家賃、月10万円で18か月。補助はいくら？", "90万円", "90万円"),
        ("四日市のスキルアップ。講習8万円を3人、別の資格4万円を2人に受けさせる。いくら出る？", "13万円", "19万円"),
    ],
)
def test_the_subsidy_of_regular_payments(assistant, text, subsidy, own):
    assert f"の補助額は{subsidy}です（自己負担は{own}）" in told(assistant, text)


@pytest.mark.parametrize(
    "had", ["前に320万もらっとる。", "前回320万円もろた。", "これまでに320万円支給されています。", "以前320万円いただいています。"]
)
def test_what_was_received_before_is_no_cost(assistant, had):
    said = told(assistant, f"カタログ注文型、{had}従業員8人で今度500万円の機械をいれたい。賃上げはしません。いくら出る？")
    assert "の補助額は180万円です" in said


@pytest.mark.parametrize(
    ("before", "amount"),
    [
        ("去年100万円の補助を受けた。", "100万円"),
        ("去年200万円の売上減だった。", "150万円"),  # no grant
        ("去年300万円の機械を入れて150万円もらった。", "50万円"),  # the earlier cost is none of this one
    ],
)
def test_only_a_grant_of_the_year_before_counts(assistant, before, amount):
    said = told(assistant, f"カタログ注文型、{before}従業員4人で今年300万円の機械、大幅賃上げなし。補助額はいくら？")
    assert f"の補助額は{amount}です" in said


def test_listed_wages_lead_to_the_amount(assistant):
    text = "業務改善、従業員9人、Aが1,065円→1,155円、Bが1,070円→1,160円、Cが1,150円→1,200円。90円コースで250万円の設備。助成額は？"
    said = told(assistant, text)
    assert "数えるのは2人です" in said and "の補助額は1,875,000円です" in said


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("インボイス特例あり（上限100万）で賃金の特例はなし", False),
        ("インボイスの特例が無しで、賃上げ特例は有り", False),
        ("賃上げ特例あり/なし それぞれいくら", True),
        ("インボイス特例ありの場合となしの場合", True),
        ("特例なしだと50万円、賃上げ特例ありだと", True),
    ],
)
def test_one_measure_beside_another_is_no_comparison(text, both):
    assert both_ways(text) is both


def test_an_amount_in_brackets_explains_the_measure(assistant):
    said = told(assistant, "持続化、インボイス特例は使う（+50万円）。賃金引上げ特例は使わない。機械120万円でいくら？")
    assert "の補助額は80万円です（自己負担は40万円）" in said


def test_an_open_yes_or_no_gives_both_cases(assistant):
    said = told(assistant, "持続化で賃金引上げ特例あり、インボイス特例はなし。費用180万円。補助額と自己負担は？")
    assert "黒字：120万円、自己負担は60万円" in said and "赤字：135万円、自己負担は45万円" in said


@pytest.mark.parametrize(
    ("tool", "amount"),
    [("会計ソフトだけ80万円", "50万円"), ("会計と受発注のソフト80万円", "588,888円"), ("決済ソフトのみ60万円", "45万円")],
)
def test_functions_by_their_names(assistant, tool, amount):
    said = told(assistant, f"小規模ではない中小企業です。インボイス枠で{tool}を入れます。補助額はいくら？")
    assert f"の補助額は{amount}です" in said


@pytest.mark.parametrize(("staff", "amount"), [("29人", "225万円"), ("30人", "150万円")])
def test_a_workplace_of_unknown_size_gives_both_cases(assistant, staff, amount):
    text = "業務改善助成金、90円コース、2人上げる。いまの最低時給1,060円、{}投資300万円。助成はいくら？"
    said = told(assistant, text.format(""))
    assert "30人未満：225万円" in said and "30人以上：150万円" in said
    assert f"の補助額は{amount}です" in told(assistant, text.format(f"従業員は{staff}、"))


@pytest.mark.parametrize(("rise", "fits"), [("49円", False), ("50円", True)])
def test_a_raise_below_every_course(assistant, rise, fits):
    said = told(assistant, f"業務改善助成金で最低賃金を{rise}上げて3人、従業員10人、時給1,060円、設備100万円、いくら出る？")
    assert ("の補助額は70万円です" in said) is fits and ("いちばん小さいコースの50円に届きません" in said) is not fits


@pytest.mark.parametrize(("cost", "amount"), [("500万円", "250万円"), ("501万円", "334万円")])
def test_a_rate_that_depends_on_the_cost(assistant, cost, amount):
    said = told(assistant, f"四日市の新規産業創出で成長分野への新規参入、経費{cost}。補助額は？")
    assert f"の補助額は{amount}です" in said


def test_a_special_that_is_used_brings_the_facts_that_it_needs(assistant):
    said = told(assistant, "省力化一般型、中小企業、30人、6,000万円、最低賃金引上げ特例を使う。補助額は？")
    assert "の補助額は2,750万円です" in said


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("Ｒ７年度　三重　最賃　＋３０円だと　なんぼ？？", "1,117円"),
        ("愛知で最低賃金より50円高くするといくら", "1,190円"),
    ],
)
def test_a_margin_over_the_regional_minimum(assistant, text, goal):
    assert f"時給{goal}以上" in told(assistant, text)


def test_workers_listed_one_by_one(assistant):
    said = told(
        assistant,
        "最低賃金1,060円の事業場(20人)で50円コースを申請。Aさん1,060→1,110円、Bさん1,080→1,130円、Cさん1,085→1,134円、"
        "Dさん1,110→1,160円。何人カウントできて、100万円の機械だと助成はいくら？",
    )
    assert "数えるのは2人です" in said and "の補助額は70万円です" in said
