"""Small computations on what was told: a share of planned sales, the days until a date, a frame without floor beside one with."""

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)


def ask(assistant, text, today=TODAY):
    return answer_question(Question(text, today), assistant).text


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("新事業の売上見込みは1年あたり税抜3,000万円です", "150万円まで"),
        ("新事業の計画で、売上高は年間約1億円を予定しています", "500万円まで"),
    ],
)
def test_a_share_of_planned_sales_is_told_by_itself(assistant, told, words):
    text = ask(assistant, f"{told}。新事業進出補助金の第4回、広告宣伝・販売促進費の補助上限はいくら")
    assert words in text and "× 1/20" in text


def test_the_sales_of_the_firm_are_not_those_of_the_plan(assistant):
    text = ask(assistant, "年商3,000万円の会社です。新事業進出補助金の第4回、広告宣伝・販売促進費の補助上限はいくら")
    assert "150万円" not in text


AD = "新事業進出補助金の第4回で、機械装置に2,000万円、広告宣伝費に1,000万円かけます。従業員は15人です。"


@pytest.mark.parametrize(
    ("told", "subsidy"),
    [
        ("年間の売上高は4,000万円を見込みます", "1,200万円"),
        ("計画の売上高は年9,999万9,980円です", "14,999,999円"),
        ("計画の売上高は年1億円です", "1,500万円"),
        ("今の売上高は3億円ですが、新事業の売上は年4,000万円の見込みです", "1,200万円"),
    ],
)
def test_a_share_of_planned_sales_limits_the_amount(assistant, told, subsidy):
    assert f"補助額は{subsidy}です" in ask(assistant, f"{AD}{told}。補助額はいくら").split("\n")[0]


def test_planned_sales_that_are_not_told_are_asked_for(assistant):
    text = ask(assistant, f"{AD}会社の売上高は3億円です。補助額はいくら")
    assert "売上高見込み（税抜）によって変わります" in text and "1億円以上：1,500万円" in text and "0円：1,000万円" in text
    assert "売上高見込み額（税抜）の5%まで" in text
    turns = (f"{AD}補助額はいくら",)
    later = answer_question(Question("年間6,000万円の売上を見込んでいます", TODAY, turns), assistant).text
    assert "補助額は1,300万円です" in later
    again = answer_question(Question("従業員が30人なら？", TODAY, (*turns, "年間6,000万円の売上を見込んでいます")), assistant).text
    assert "補助額は1,300万円です" in again


def test_planned_sales_do_not_matter_where_the_cap_is_reached_without_them(assistant):
    text = ask(assistant, AD.replace("2,000万円", "5,000万円") + "補助額はいくら")
    assert "補助額は2,500万円です" in text.split("\n")[0]


@pytest.mark.parametrize(("outside", "words"), [("1億9,999万円", "補助額は"), ("2億円", "いいえ、このままでは申請できません")])
def test_a_cost_that_must_stay_below_the_rest(assistant, outside, words):
    text = ask(assistant, f"成長加速化補助金で機械に2億円、外注費に{outside}かけます。補助額はいくら")
    assert words in text.split("\n")[0]


def test_a_cap_on_other_costs_limits_the_amount(assistant):
    told = "ものづくり補助金第23次の製品・サービス高付加価値化枠、従業員30人、中小企業、機械装置に1,000万円、外注費に800万円。補助額は"
    text = ask(assistant, told)
    assert "補助額は750万円です" in text and "800万円 → 500万円" in text


def test_what_the_cost_is_for_is_no_amount_of_sales(assistant):
    slots = assistant.parser.parse(Question("売上を増やすため冷蔵庫を60万円で買います。持続化でいくら", TODAY)).slots
    assert "sales_yen" not in slots.inputs and [i.yen for i in slots.items] == [600_000]
    slots = assistant.parser.parse(Question("売上は60万円で、持続化でいくら", TODAY)).slots
    assert slots.inputs["sales_yen"] == 600_000 and not slots.items


@pytest.mark.parametrize(
    ("today", "left"), [(date(2026, 12, 24), "（あと1日）"), (date(2026, 12, 25), None), (date(2026, 12, 26), None)]
)
def test_the_days_until_the_end_of_a_project(assistant, today, left):
    text = ask(assistant, "三重県のエネルギーの補助金の第2期、設備の工事はいつまでに終わらせますか。あと何日ありますか", today)
    first = text.split("\n")[0]
    assert "2026年12月25日（金）" in first and ("あと" in first) is (left is not None) and (left or "") in first


@pytest.mark.parametrize(
    "text",
    [
        "デジタル化・AI導入補助金の通常枠とインボイス対応類型、下限額はそれぞれいくら",
        "インボイス対応類型も通常枠のように下限がありますか、デジタル化・AI導入補助金で",
    ],
)
def test_a_frame_without_floor_is_told_beside_one_that_has_it(assistant, text):
    answer = ask(assistant, text)
    assert "下限はなく" in answer and answer.index("下限はなく") < answer.index("5万円")


@pytest.mark.parametrize(("told", "words"), [("2設備", "12,012円"), ("二つの設備", "12,012円"), ("1設備", None), ("3設備", None)])
def test_the_price_of_several_units_within_the_most(assistant, told, words):
    text = ask(assistant, f"省エネ診断の設備単位プランで{told}を診てもらうといくらですか")
    assert (words or "6,006円") in text and ("計算：" in text) is (words is not None)


def test_a_share_that_is_a_most_is_no_least(assistant):
    text = ask(assistant, "年商3,000万円の会社です。新事業進出補助金の第4回、広告宣伝・販売促進費の補助上限はいくら")
    assert "必要な額" not in text


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 8, 20), ("2026年8月31日（月）です（まだ始まっていません、あと11日）", "2026年9月30日（水）です（あと41日）")),
        (date(2026, 8, 30), ("あと1日）", "（あと31日）")),
        (date(2026, 8, 31), ("に始まりました", "あと30日")),
    ],
)
def test_the_days_until_the_opening_and_the_closing(assistant, today, words):
    text = ask(assistant, "新事業進出・ものづくり補助金の申請はいつからいつまで？受付開始まであと何日ですか", today)
    assert all(w in text for w in words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("デジタル化・AI導入補助金のセキュリティ対策推進枠は最低なんぼからですか", "補助下限額は5万円"),
        ("デジタル化・AI導入補助金の通常枠、5プロセスなら最低いくらから？", "150万円"),
        ("デジタル化・AI導入補助金のセキュリティ対策推進枠、利用料は何年分みてもらえる？", "2年分まで"),
        ("四日市市のITオフィスの補助金、家賃は何か月分出ますか", "3年度分"),
    ],
)
def test_the_least_grant_and_the_span_that_is_paid(assistant, text, words):
    assert words in ask(assistant, text, date(2026, 11, 24)).split("\n\n")[0]
