"""Sizes, amounts and totals that a sentence tells, and numbers that tell none."""

from datetime import date

import pytest

from assistant.ask.money_told import SMALLEST_COST_YEN
from assistant.ask.slots import read_slots
from assistant.records import Question


def read(made, text):
    return read_slots(text, made.catalogue)


@pytest.mark.parametrize(("text", "costs"), [("3,000円", [3_000]), ("2,999円", []), ("経費は30万円", [300_000])])
def test_a_small_amount_is_no_cost(made, text, costs):
    assert [i.yen for i in read(made, text).items] == costs
    assert SMALLEST_COST_YEN == 3_000


def test_a_small_amount_is_still_told(made):
    assert read(made, "入場料は500円").money == {"cost_yen": (500,)}


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("小規模事業者です", "small"),
        ("小規模事業者ではない", "sme"),
        ("小規模事業者でも大企業でもない会社", "sme"),
        ("大企業でも小規模事業者でもありません", "sme"),
        ("小規模事業者でもない", "sme"),
        ("大企業でもない", None),
        ("大企業です", "large"),
        ("小規模事業者でも大企業でも使えますか", "small"),
        ("中小企業です", "sme"),
        ("小規模事業者の定義", None),
        ("小規模事業者とは", None),
        ("小規模の店です", "small"),
    ],
)
def test_a_size_is_told_or_denied(made, text, size):
    assert read(made, text).inputs.get("size") == size


@pytest.mark.parametrize(
    ("text", "costs", "total"),
    [
        ("チラシ20万円と展示会30万円、合計50万円使います", [200_000, 300_000], 500_000),
        ("50万円使う。内訳はチラシ20万円、展示会30万円", [200_000, 300_000], 500_000),
        ("チラシ20万円、合計50万円、展示会30万円", [200_000, 300_000], 500_000),
        ("チラシ20万円、展示会50万円、広告30万円", [200_000, 500_000, 300_000], None),
        ("1年目20万円、2年目30万円、3年目50万円", [200_000, 300_000, 500_000], None),
        ("チラシ20万円と展示会20万円", [200_000, 200_000], None),
        ("看板30万円、チラシ10万円、展示会20万円", [300_000, 100_000, 200_000], None),  # by chance
        ("チラシ10万円、展示会20万円、看板30万円", [100_000, 200_000, 300_000], None),
        ("チラシ10万円、展示会20万円。30万円の2/3", [100_000, 200_000], 300_000),
        ("投資60万円（うち建物30万円、機械20万円、外注10万円）", [300_000, 200_000, 100_000], None),
        ("120万円の投資（うち外注費20万円）", [1_000_000, 200_000], None),
        ("120万円の計画、うち広告20万円で、残りは改装", [1_000_000, 200_000], None),
        ("総額90万円の内訳は看板30万円と冷蔵庫60万円", [300_000, 600_000], None),
        ("改装100万円。うちは小売です。看板20万円", [1_000_000, 200_000], None),  # our shop
        ("改装10万円、うち看板20万円", [100_000, 200_000], None),  # more than the whole
        ("投資60万円（うち建物30万円）と看板20万円", [300_000, 300_000, 200_000], None),
    ],
)
def test_a_sum_of_the_others_is_a_total_where_it_can_be_one(made, text, costs, total):
    slots = read(made, text)
    assert ([i.yen for i in slots.items], slots.total_yen) == (costs, total)


def test_numbers_inside_names_are_no_amounts(made):
    text = "50万円コースの上限"
    assert read_slots(text, made.catalogue, ((0, 7),)).quantities == ()
    assert [q.value for q in read_slots(text, made.catalogue).quantities] == [500_000]


def test_bounds_are_no_costs(made):
    assert read(made, "50万円以上の機械").items == () and read(made, "50万円を超える機械").items == ()
    assert [i.yen for i in read(made, "50万円の機械").items] == [500_000]


def test_what_follows_a_question_for_an_amount_does_not_claim_the_cost(made):
    assert "claimed_yen" not in read(made, "90万円使うといくらもらえますか").money
    assert read(made, "60万円もらえますか").money["claimed_yen"] == (600_000,)


@pytest.mark.parametrize(
    ("text", "exempt"),
    [
        ("免税事業者だった期間は一度もなく", False),
        ("以前は免税事業者でした", True),
        ("課税事業者です", None),
    ],
)
def test_a_flag_denied_in_its_clause_is_false(made, text, exempt):
    assert read(made, text).inputs.get("was_tax_exempt") is exempt


def test_two_headcounts_as_cases_are_now_and_then(made):
    told = read(made, "従業員28人の場合と35人の場合で上限はどう違う").inputs
    assert (told["employees_now"], told["employees"], told["office_workers"]) == (28, 35, 35)
    assert "employees_now" not in read(made, "従業員28人の場合の上限").inputs


def test_a_text_is_read_the_same_by_the_parser(made):
    query = made.parser.parse(Question("試作補助金、従業員28人なら、35人なら、上限はそれぞれいくら", date(2026, 9, 1)))
    assert (query.slots.inputs["employees_now"], query.slots.inputs["employees"]) == (28, 35)


@pytest.mark.parametrize(
    ("text", "costs"),
    [
        ("家賃は月14万円、12か月分", [(1_680_000, 12)]),
        ("毎月3万円を2年間払う", [(720_000, 24)]),
        ("家賃は月14万円", [(140_000, 1)]),  # for how long is not told
        ("家賃14万円、12か月分", [(140_000, 1)]),  # not told as of a month
        ("社員6人に1人7万円の講習", [(420_000, 6)]),
        ("社員五十一人の会社で7万円の講習", [(70_000, 1)]),  # the one of a larger number
        ("3人が8万円の講習を受ける", [(240_000, 3)]),
        ("5人に4万円の資格を取らせる", [(200_000, 5)]),
        ("3人で8万円の講習", [(80_000, 1)]),  # for all together
        ("3人が8万円の看板を作る", [(80_000, 1)]),
        ("2年計画、毎年700万円ずつ", [(14_000_000, 2)]),
        ("3年間の計画で毎年700万円", [(21_000_000, 3)]),
        ("創業2年目、毎年700万円", [(7_000_000, 1)]),
    ],
)
def test_an_amount_counts_as_often_as_it_is_paid(made, text, costs):
    assert [(i.yen, i.times) for i in read(made, text).items] == costs


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("補助金を40万円もらうには", "subsidy_yen"),
        ("補助金額の合計を40万円と見込む", "subsidy_yen"),
        ("経費の合計を40万円と見込む", "cost_yen"),
        ("40万円の補助を受けたい", "subsidy_yen"),
        ("去年カタログで40万円もらった", "received_yen"),
        ("40万円の補助を受けました", "received_yen"),
        ("銀行から40万円の融資を受けました", "other_yen"),  # no subsidy
        ("もう40万円分足します", "cost_yen"),
        ("40万円かな", "claimed_yen"),
        ("補助金、建物40万円", "cost_yen"),  # a comma ends what 補助金 says
    ],
)
def test_roles_that_the_words_after_an_amount_tell(made, text, role):
    assert read(made, text).money == {role: (400_000,)}


def test_a_line_to_reach_is_no_cost(made):
    assert read(made, "30万円に足りないんですね").items == ()


@pytest.mark.parametrize(
    ("text", "year"),
    [("初年度の経費", 1), ("1年目", 1), ("２年度目", 2), ("三年目", 3), ("1年目と2年目", None), ("11年目", None), ("経費", None)],
)
def test_the_year_that_is_told_alone(made, text, year):
    assert read(made, text).inputs.get("year_no") == year


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("建物15億 機械20億 外注5億", ["建物", "機械", "外注"]),
        ("手数料800万 DD100万", ["手数料", "DD"]),  # no unit of measure after a space
        ("補助金で建物3億円", ["補助金で建物"]),
    ],
)
def test_each_amount_has_the_words_that_are_its_own(made, text, labels):
    assert [i.label for i in read(made, text).items] == labels


def test_names_describe_no_cost(made):
    slots = read_slots("賃上げ特例 赤字 250万円", made.catalogue, (), ((0, 5),))
    assert [i.label for i in slots.items] == ["赤字"]


@pytest.mark.parametrize(
    ("text", "repeat"),
    [
        ("この補助金を初めて使います", 1),
        ("初めて申請する予定です", 1),
        ("2回目の申請です", 2),
        ("昨年も使いました", 2),
        ("初めて使うときは率が高い？", None),  # a rule asked about, no fact of the firm
        ("使います", None),
    ],
)
def test_whether_a_grant_is_the_first(made, text, repeat):
    assert read(made, text).inputs.get("repeat") == repeat


@pytest.mark.parametrize(
    ("text", "members"), [("3社で連携します", 3), ("5者が共同で行う", 5), ("3社から見積を取る", None), ("連携します", None)]
)
def test_how_many_firms_work_together(made, text, members):
    assert read(made, text).inputs.get("members") == members


def test_the_name_of_a_cost_before_an_amount_outweighs_a_subsidy_after_it(made):
    assert read(made, "委託費40万円、国の補助はありません").money == {"cost_yen": (400_000,)}
    assert read(made, "40万円、国の補助を受ける").money == {"subsidy_yen": (400_000,)}


def test_a_founding_frame_is_no_founding(made):
    assert "founded_on" not in read(made, "創業型（2025年6月締切）").inputs
    assert read(made, "創業は2025年6月").inputs["founded_on"] == 20250601


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("創業2年目です", 13),
        ("独立して4年目の店", 37),
        ("開業して3年です", 36),
        ("創業から8か月", 8),
        ("補助事業の3年目です", None),
    ],
)
def test_months_since_the_firm_was_founded(made, text, months):
    assert read(made, text).inputs.get("founded_months") == months


def test_the_year_of_a_firm_is_no_year_of_a_project(made):
    assert "year_no" not in read(made, "創業2年目の店です").inputs


@pytest.mark.parametrize(
    ("text", "members"),
    [("2社で組んで調査する", 2), ("3者の企業間連携です", 3), ("1社単独で行う", 1), ("取引先が2社あります", None)],
)
def test_firms_that_act_together(made, text, members):
    assert read(made, text).inputs.get("members") == members


def test_what_is_paid_for_is_no_industry(made):
    assert "industry" not in read(made, "出張のホテル代は出ますか").inputs


@pytest.mark.parametrize(
    ("text", "costs"),
    [
        ("改装60万は60万でも税抜60万", [600_000]),
        ("店の改装80万円を考えています。80万円だといくら？", [800_000]),
        ("80万円使いたい。改装に80万円だといくら", [800_000]),
        ("税抜60万円、60万円ちょうどの改装", [600_000]),
        ("改装 税抜60万円（税込66万円）", [600_000]),
        ("改装 税込66万円（税抜60万円）", [600_000]),
        ("本店の改装30万円。支店の改装30万円", [300_000, 300_000]),
        ("A社の工事30万円。B社の工事30万円", [300_000, 300_000]),
        ("改装30万円、あと30万円で棚を買う", [300_000, 300_000]),
        ("改装30万円とチラシ30万円", [300_000, 300_000]),
        ("1年目は100万円。2年目は100万円", [1_000_000, 1_000_000]),
        ("改装60万円。棚は税込66万円", [600_000, 660_000]),
    ],
)
def test_an_amount_that_is_said_again_counts_once(made, text, costs):
    assert [i.yen for i in read(made, text).items] == costs


@pytest.mark.parametrize(
    ("text", "tax"), [("税抜60万円（税込66万円）", "excl"), ("税込66万円（税抜60万円）", "excl"), ("税込66万円", "incl")]
)
def test_the_price_without_tax_is_the_cost(made, text, tax):
    assert read(made, text).tax == tax


@pytest.mark.parametrize(
    ("text", "years"),
    [("3事業年度後は", 3), ("二年後", 2), ("創業10年です。3年後は", 3), ("5期先の目標", 5), ("5年間で", 5), ("3事業年度の決算書", None)],
)
def test_years_on_which_a_goal_is_reached(made, text, years):
    assert read(made, text).years == years


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("4プロセスで600万円。最低賃金近傍。いくら", True),
        ("最低賃金近傍の会社です", True),
        ("最低賃金近傍の要件は", None),
        ("最低賃金近傍ではない", False),
    ],
)
def test_a_firm_near_the_minimum_wage_is_told_in_short(made, text, near):
    assert read(made, text).inputs.get("near_minimum_wage") is near


@pytest.mark.parametrize(
    ("text", "size", "owned"),
    [
        ("大企業です", "large", None),
        ("大企業の子会社です", None, True),
        ("大企業の100%子会社です", None, True),
        ("親会社が大企業です", None, True),
        ("みなし大企業です", None, True),
        ("大企業の子会社ではありません", None, False),
        ("中小企業の場合と大企業の場合で補助率はどう違う", None, None),
        ("大企業と中小企業が組みます。うちは中小企業", "sme", None),
    ],
)
def test_who_has_a_large_owner_is_not_told_to_be_large(made, text, size, owned):
    inputs = read(made, text).inputs
    assert (inputs.get("size"), inputs.get("is_deemed_large")) == (size, owned)
