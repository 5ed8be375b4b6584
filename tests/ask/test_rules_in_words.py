"""Rules asked in words: both sides of their lines, told as amounts, rates, shares, days or headcounts."""

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 9, 1)


@pytest.fixture
def said(assistant):
    def ask(text):
        return answer_question(Question(text, TODAY, (), None, "t"), assistant).text

    return ask


NEAR = (
    "デジタル化・AI導入補助金の通常枠、5プロセスで500万円。"
    "20人のうち{n}人が{m}か月、当時の最賃以上で新しい最賃には届かない時給でした。補助額は？"
)


@pytest.mark.parametrize(("heads", "months", "yen"), [(6, 3, "3,333,333円"), (5, 3, "250万円"), (6, 2, "250万円")])
def test_a_share_near_the_minimum_wage_decides_the_rate(said, heads, months, yen):
    assert f"補助額は{yen}です" in said(NEAR.format(n=heads, m=months))


def test_how_many_must_be_near_the_minimum_wage_is_rounded_up(said):
    assert "10人以上が必要" in said("ものづくり補助金23次の最低賃金引上げ特例、従業員33人なら最賃近くの人は何人必要ですか")


@pytest.mark.parametrize(("firms", "yen"), [(12, "600万円"), (16, "800万円"), (17, "800万円")])
def test_the_cap_of_a_part_counts_the_firms_of_the_group(said, firms, yen):
    assert f"補助額は{yen}です" in said(f"複数社連携枠、{firms}店でAIカメラと需要予測に1,200万円。補助額は？")


def test_a_group_too_small_gets_nothing(said):
    assert said("複数社連携枠、9社で消費動向分析300万円の補助額は？").startswith("いいえ")
    assert "200万円" in said("複数社連携枠、10社で消費動向分析300万円の補助額は？")


SPECIAL = (
    "新事業進出・ものづくり補助金の賃上げ特例、"
    "給与を年平均{pay}%上げ、最低賃金は地域別最低賃金より{margin}円高い計画です。使えますか？"
)


@pytest.mark.parametrize(("pay", "margin", "lead"), [("6.0", 50, "はい"), ("5.9", 50, "いいえ"), ("6.0", 49, "いいえ")])
def test_a_special_measure_needs_all_its_lines(said, pay, margin, lead):
    assert said(SPECIAL.format(pay=pay, margin=margin)).startswith(lead)


PAY = "新事業進出補助金第4回、岐阜の会社。一人当たり給与は年平均{head}%、総額は年{total}%の計画。賃上げ要件を満たしますか？"


@pytest.mark.parametrize(
    ("head", "total", "lead"), [("3.3", "1.0", "はい"), ("3.2", "2.4", "いいえ"), ("1.0", "2.5", "はい"), ("3.2", "2.5", "はい")]
)
def test_either_growth_of_pay_suffices(said, head, total, lead):
    assert said(PAY.format(head=head, total=total)).startswith(lead)


def test_a_rise_over_some_years_is_turned_into_a_yearly_rate(said):
    ask = "新事業進出・ものづくり補助金の革新枠で1人あたり給与を3年で{n}%上げます。年3.5%の要件は満たしますか"
    assert said(ask.format(n=11)).startswith("はい")
    assert said(ask.format(n=10)).startswith("いいえ")


def test_the_goal_for_pay_takes_years_and_prefecture_of_the_rule(said):
    assert "342,349,838円" in said("成長加速化補助金で基準年度の給与支給総額3億円。最終年度にいくら要る？")
    assert "4,018,220円" in said("新事業進出補助金第4回、東京で1人あたり給与350万円。5年後いくらにすればいい？")
    assert "1,117円以上" in said("三重県の会社です。新事業進出・ものづくり補助金の事業場内最低賃金はいくら以上必要？")


SHARES = (
    "新事業進出補助金第4回、全社の売上3億円、付加価値額8,000万円。"
    "新製品は売上{sales}万円、付加価値額{value}万円の見込み。要件を満たしますか？"
)


@pytest.mark.parametrize(("sales", "value", "lead"), [(2999, 1200, "はい"), (3000, 1199, "はい"), (2999, 1199, "いいえ")])
def test_either_share_of_a_new_business_suffices(said, sales, value, lead):
    assert said(SHARES.format(sales=sales, value=value)).startswith(lead)


def test_a_programmes_name_makes_no_new_business_of_value_added(said):
    assert "112,486,400円" in said("新事業進出補助金第4回で付加価値額が1億円。3年後に最低いくら？")


CO2 = "SHIFT事業の①、給湯の系統でCO2が100tから{system}tに減ります。工場全体では1,000tから{site}t。対象になりますか？"


@pytest.mark.parametrize(("system", "site", "lead"), [(70, 970, "はい"), (71, 971, "いいえ"), (71, 850, "はい"), (71, 851, "いいえ")])
def test_either_reduction_suffices(said, system, site, lead):
    assert said(CO2.format(system=system, site=site)).startswith(lead)


def test_the_line_of_a_rule_is_not_taken_for_the_users_number(said):
    text = said("SHIFT事業の①で、工場全体のCO2は1,200tから1,100t、蒸気の系統は300tから200t。全体で15%も減らないけど大丈夫？")
    assert "8.33%" in text and "33.33%" in text


PERIOD = "新事業進出補助金（第4回）。採択発表が2026年9月30日、交付決定が{grant}。いつまでに終えればいいですか"


@pytest.mark.parametrize(
    ("grant", "end"), [("2026年11月29日", "2028年1月29日"), ("2026年11月30日", "2028年1月30日"), ("2027年1月20日", "2028年1月30日")]
)
def test_the_earlier_of_two_ends_counts(said, grant, end):
    assert f"{end}ごろまで" in said(PERIOD.format(grant=grant))


def test_an_end_or_a_span_is_held_against_the_time(said):
    assert said("成長加速化補助金の交付決定が2026年8月10日、完成は2028年8月10日です。間に合いますか").startswith("はい")
    assert said("成長加速化補助金の交付決定が2026年8月10日、完成は2028年8月11日です。間に合いますか").startswith("いいえ")
    assert said("新事業進出・ものづくり補助金の革新枠で納期が交付決定から10か月後です。間に合いますか").startswith("はい")
    assert said("新事業進出・ものづくり補助金の革新枠で納期が交付決定から11か月後です。間に合いますか").startswith("いいえ")


def test_the_second_frame_takes_the_rate_of_the_first(said):
    ask = "売り手支援類型で、{why}。廃業・再チャレンジ枠を併用して原状回復240万円。廃業の分はいくらになりますか"
    assert "120万円" in said(ask.format(why="黒字で利益率も下がっておらず"))
    assert "160万円" in said(ask.format(why="赤字です"))


@pytest.mark.parametrize(("cost", "met"), [(75, True), (74, False)])
def test_the_floor_of_the_second_frame(said, cost, met):
    text = said(f"小規模売り手支援類型に廃業・再チャレンジ枠を併用、解体費{cost}万円。廃業の分の補助額は？")
    assert ("50万円です" in text) is met and text.startswith("いいえ") is not met


@pytest.mark.parametrize(("end", "lead"), [("1,128円", "はい"), ("1,127円", "いいえ")])
def test_a_bonus_for_a_raise_compares_two_days_and_no_region(said, end, lead):
    ask = f"岐阜の会社です。事業承継・M&A補助金の賃上げ加点、期首1,098円、期末{end}。県の最低賃金+30円は超えています。満たしますか？"
    assert said(ask).startswith(lead)


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("セーフティネット貸付で設備資金を15年返済にしたいけどいけますか", "はい"),
        ("セーフティネット貸付で設備資金を16年返済にしたいけどいけますか", "いいえ"),
        ("マル経は2,001万円借りられる？", "いいえ"),
        ("マル経は2,000万円借りられる？", "はい"),
    ],
)
def test_a_loan_is_held_against_its_limits(said, text, lead):
    assert said(text).startswith(lead)


@pytest.mark.parametrize(("text", "lead"), [("学校のBEIが0.6", "はい"), ("学校のBEIが0.61", "いいえ"), ("ホテルのBEIが0.7", "はい")])
def test_of_several_lines_the_one_of_the_users_kind_counts(said, text, lead):
    assert f"】{lead}、" in said(f"ビルリノベで{text}です。大丈夫ですか")


def test_what_another_frame_forbids_is_no_verdict_on_the_one_named(said):
    assert "】いいえ" not in said("創業10か月。新事業進出・ものづくり補助金の革新的新製品・サービス枠なら申請できる？")
    assert "】はい" in said("新事業進出・ものづくり補助金の新事業進出枠なら建物費も対象ですよね？")


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("成長加速化補助金で5億円満額の経費は？", "10億円"),
        ("設備単位型従来枠で1億円満額の経費", "3億円"),
        ("大規模成長投資補助金（宣言企業）で補助額6億円に届く投資額は？", "18億円"),
        ("Go-Tech通常枠の3年間で9,750万円満額には、経費総額いくら？", "1億4,625万円"),
    ],
)
def test_the_cost_behind_a_full_grant_in_short(said, text, cost):
    assert cost in said(text)


def test_the_narrower_of_two_frames_named_is_meant(said):
    text = said("専門家活用枠の買い手で100億企業特例、経費3,500万円だと補助額は")
    assert "1,500万円です" in text and "600万円です" not in text
