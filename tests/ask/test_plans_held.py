"""Plans held against rules: growth, special measures earned or missed, costs that came too early, caps together."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question, Status

OPEN = date(2026, 6, 12)


def answer(assistant, text, today=OPEN):
    return answer_question(Question(text, today), assistant)


@pytest.mark.parametrize(
    ("text", "start", "shown"),
    [
        # 50,000,000 × 1.02^3 = 53,060,400
        ("省力化一般型、給与支給総額5,000万円→3年後53,060,400円。要件を満たしますか", "はい、", "2.0%"),
        ("省力化一般型、給与支給総額5,000万円→3年後53,060,399円。要件を満たしますか", "いいえ、", "53,060,400円"),
        ("省力化一般型、給与支給総額がいま5,000万円。2%×3で6%増の5,300万円で足りますよね", "いいえ、", "1.96%"),
        ("ものづくり23次、3年計画で付加価値額1億2,000万円が1億3,500万円。3%×3=9%より大きい12.5%増なのでいい？", "はい、", "4.00%"),
        ("省力化一般型、設備3,000万円を入れて労働生産性を500万円から3年後570万円に。要件の4%は満たせますか", "はい、", "4.46%"),
        # 4,000,000 × 1.031^3 = 4,383,651.2 in Aichi, × 1.029^3 = 4,358,189.2 in Osaka
        ("新事業進出第4回。愛知で1人あたり給与400万円→3年後4,383,652円。基準に届く？", "はい、", "3.1%"),
        ("新事業進出第4回。愛知で1人あたり給与400万円→3年後4,383,651円。基準に届く？", "いいえ、", "4,383,652円"),
        ("新事業進出第4回。大阪で1人あたり給与400万円→3年後4,358,190円。基準に届く？", "はい、", "2.9%"),
        # 5,000,000 × 1.045^3 = 5,705,830.6 for a firm with the declaration, × 1.05^3 = 5,788,125 for others
        ("大規模成長投資補助金、100億宣言済み。1人あたり給与500万円→3年後5,705,831円。要件に届く？", "はい、", "4.5%"),
        ("大規模成長投資補助金、100億宣言なし。1人あたり給与500万円→3年後5,788,124円。要件に届く？", "いいえ、", "5,788,125円"),
        # 60,000,000 ÷ 15 = 4,000,000; 63,000,000 ÷ 14 = 4,500,000, which is 4.00 % a year over 3 years; ÷ 15 it is 1.64 %
        ("省力化一般型、付加価値額がいま6,000万円（15人）、3年後6,300万円（14人）。労働生産性の要件は満たす？", "はい、", "4.00%"),
        ("省力化一般型、付加価値額がいま6,000万円（15人）、3年後6,300万円（15人）。労働生産性の要件は満たす？", "いいえ、", "1.64%"),
        ("省力化一般型、労働生産性が1人600万円→3年後660万円。社員は10人から12人に。要件は足りてる？", "いいえ、", "3.23%"),
    ],
)
def test_growth_from_an_amount_to_another(assistant, text, start, shown):
    got = answer(assistant, text).text
    assert got.startswith(start)
    assert shown in got


def test_a_rate_of_each_prefecture_asks_which(assistant):
    got = answer(assistant, "新事業進出第4回、1人あたり給与380万円→3年後415万円で基準に届く？")
    assert got.status is Status.NEEDS_INPUT
    assert "都道府県" in got.text


@pytest.mark.parametrize(
    ("raise_yen", "percent", "start", "subsidy"),
    [(45, 6, "はい、", "300万円"), (44, 6, "いいえ、", "200万円"), (45, 5, "いいえ、", "200万円")],
)
def test_a_raised_cap_is_earned_by_both_conditions(assistant, raise_yen, percent, start, subsidy):
    text = f"カタログ注文型、従業員5人。給与支給総額{percent}%増、最低賃金{raise_yen}円増で800万円の設備。上限300万円になる？"
    got = answer(assistant, text).text
    assert got.startswith(start)
    assert f"補助額は{subsidy}です" in got


@pytest.mark.parametrize(("now", "subsidy"), [("5.0", "300万円"), ("5.1", "230万円")])
def test_a_fall_of_the_profit_rate_picks_the_row(assistant, now, subsidy):
    text = f"業務改善助成金70円コース、11人、事業場内最低賃金1,070円。利益率が前年度8.0%から直近6か月{now}%。420万円の機械でいくら？"
    assert f"補助額は{subsidy}です" in answer(assistant, text).text


@pytest.mark.parametrize(
    ("text", "subsidy"),
    [
        ("持続化（特例なし）、棚36万円は支払済み、冷凍庫18万円はこれから注文。補助額は？", "12万円"),
        ("持続化（特例なし）、棚36万円も冷凍庫18万円もこれから注文。補助額は？", "36万円"),
        ("持続化（特例なし）、展示会の出展料24万円は申込済み。パネル12万円は来月発注します。補助額は？", "24万円"),
        ("簡易課税です。持続化に税込で申請し交付決定も税込。税込495,000円の冷凍庫の補助額は？特例なし", "33万円"),
        ("本則課税です。持続化（特例なし）、税込495,000円の冷凍庫の補助額は？", "30万円"),
    ],
)
def test_costs_that_count(assistant, text, subsidy):
    assert f"補助額は{subsidy}です" in answer(assistant, text, date(2026, 11, 24)).text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("持続化で経費56万円に補助金42万円とあります。どの補助率ですか", "補助率3/4"),
        ("持続化で経費90万円に補助金60万円とあります。どの補助率ですか", "補助率2/3"),
        ("専門家活用枠の買い手でDD費用も申請、廃業・再チャレンジ枠も併用。上限を足すと？", "合計1,100万円"),
        ("新事業進出第4回、補助金の合計が1,500万円。専門家経費180万円と外注費400万円は最大いくら？", "の補助は最大150万円"),
        ("トップ性能枠で古い設備を更新する場合と、新設する場合では補助額はどう違う？設備費4億円", "8,000万円"),
        ("カタログ型の人手不足理由②。去年41人、今年39人。解雇はしてません。使えますか", "4.87%"),
        ("四日市で留学生インターン2人を12日間。指導の人件費は5,000円×12×2で12万円？", "いいえ、"),
    ],
)
def test_sums_of_several_parts(assistant, text, told):
    assert told in answer(assistant, text).text


def test_a_sum_of_years_is_refused_where_each_year_has_a_cap(assistant):
    text = "Go-Tech大型研究開発枠、課税所得10億円の中小。1年目1.2億、2年目1.6億、3年目1.5億円。4.3億の2/3で2億8,667万円ですよね？"
    got = answer(assistant, text).text
    assert got.startswith("いいえ、大型研究開発枠の補助額は、1年目が8,000万円、2年目が1億円、3年目が1億円")
    assert "合計で2億8,000万円" in got
