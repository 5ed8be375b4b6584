"""Costs told in parts and groups: sums told again, prices a head, checks beside amounts, what is left to spend, tax."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.ask.slots import read_slots
from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)


def said(assistant, text, day=TODAY, *history):
    return answer_question(Question(text, day, history), assistant).text


def paid(made, text):
    return [(i.yen, i.times) for i in read_slots(text, made.catalogue).items]


@pytest.mark.parametrize(
    ("text", "costs"),
    [
        ("機械52万円＋棚8万円＝60万円", [520_000, 80_000]),
        ("機械52万円と棚8万円の計60万円", [520_000, 80_000]),
        ("機械52万円＋棚8万円＝60万円に、さらに広告60万円", [520_000, 80_000, 600_000]),
        ("広告5万円、ほかに機械52万円＋棚8万円で合計60万円", [50_000, 520_000, 80_000]),
        ("総額60万円（機械52万円、棚8万円）と広告5万円", [520_000, 80_000, 50_000]),
        ("機械52万円、棚8万円、広告60万円", [520_000, 80_000, 600_000]),
        ("機械52万円と棚8万円、計画の広告60万円", [520_000, 80_000, 600_000]),
    ],
)
def test_a_sum_told_again_is_no_cost(made, text, costs):
    assert [yen for yen, _ in paid(made, text)] == costs


@pytest.mark.parametrize(
    ("text", "costs"),
    [
        ("講習が1人8万円で2人、試験が1人5万円で3人", [(160_000, 2), (150_000, 3)]),
        ("講習が1人8万円で2人、試験が1人5万円で1人", [(160_000, 2), (50_000, 1)]),
        ("講習は2人で1人8万円、試験は3人で1人5万円", [(160_000, 2), (150_000, 3)]),
        ("1人8万円の講習に2人、1人5万円の試験に1人", [(160_000, 2), (50_000, 1)]),
        ("講習2名（各8万円）、試験3名（各5万円）", [(160_000, 2), (150_000, 3)]),
        ("のぼり3万円×10本と棚20万円", [(300_000, 10), (200_000, 1)]),
        ("講習5人×4万円と試験2人×9万円", [(200_000, 5), (180_000, 2)]),
        ("講習1人8万円で2人の会社", [(80_000, 1)]),
        ("単価8万円の治具を5個で40万円", [(400_000, 5)]),
        ("単価8万円の治具を5個、棚40万円", [(400_000, 5), (400_000, 1)]),
    ],
)
def test_each_group_is_paid_as_often_as_it_says(made, text, costs):
    assert paid(made, text) == costs


@pytest.mark.parametrize(("total", "off"), [("35万円", False), ("34万円", True), ("38万5,000円", False)])
def test_a_sum_that_the_costs_do_not_come_to_is_named(assistant, total, off):
    text = said(assistant, f"持続化の通常枠、特例なし。展示会20万円、改装15万円、合計{total}。補助額は？")
    assert "35万円 × 2/3" in text and ("足した額と合いません" in text) == off


@pytest.mark.parametrize(
    ("listed", "counted", "amount"),
    [
        ("①1,060円→1,150円が2名、②1,100円→1,190円が3名、③1,080円→1,150円が1名、④1,160円→1,250円が2名", "5人", "270万円"),
        ("①1,060円→1,150円が2名、②1,149円→1,239円が1名", "3人", "150万円"),
        ("①1,060円→1,150円が2名、②1,150円→1,240円が2名", "2人", "150万円"),
        ("①1,060円→1,150円が2名、②1,100円→1,189円が2名", "2人", "150万円"),
    ],
)
def test_listed_wages_are_told_and_not_asked(assistant, listed, counted, amount):
    text = said(assistant, f"業務改善助成金、事業場規模38人、90円コース。{listed}。対象経費500万円で、何人と数えて助成額はいくら？")
    assert f"数えるのは{counted}" in text and f"補助額は{amount}" in text


@pytest.mark.parametrize(
    ("told", "amount"),
    [
        ("時給1,090円のパート4人（週25時間、雇用保険あり）を一気に1,160円まで上げて", "130万円"),
        ("時給1,090円のAさんBさんを1,160円に上げて", "100万円"),
        ("時給1,090円の4人を1,139円に上げて", None),
    ],
)
def test_a_raise_of_wages_tells_the_grant_that_pays_by_it(assistant, told, amount):
    text = said(assistant, f"食堂です。全部で14人。{told}、機械に200万円かけたら補助はいくら？")
    assert "業務改善助成金" in text if amount else f"補助額は{amount}" not in text
    assert not amount or f"補助額は{amount}" in text


def test_an_outright_name_is_not_overruled_by_a_raise_of_wages(assistant):
    text = said(assistant, "持続化の創業型で、時給1,090円の2人を1,160円に上げて、展示会に60万円使うと補助はいくら？")
    assert "業務改善" not in text.splitlines()[0] and "40万円" in text


@pytest.mark.parametrize(("machines", "met"), [("5億円", True), ("4億9,999万円", False)])
def test_a_met_demand_and_the_amount_stand_side_by_side(assistant, machines, met):
    asked = f"大規模成長投資補助金、100億宣言企業。建物10億円、機械{machines}、外注費3億円。投資額の要件を満たすかと補助額を教えて"
    text = said(assistant, asked, date(2026, 8, 10))
    assert ("はい、要件を満たします" in text) == met and ("補助額は6億円" in text) == met


@pytest.mark.parametrize(("fixed", "rest"), [("2億円", "残りは8億円"), ("5億円", "残りは5億円"), ("4億9,999万円", "残りは5億1万円")])
def test_what_is_left_to_spend_beside_a_fixed_part(assistant, fixed, rest):
    asked = f"成長加速化補助金で上限の5億円を受けるには、いくらの対象経費が必要ですか。外注費は{fixed}の予定で、残りはいくら？"
    text = said(assistant, asked, date(2026, 3, 2))
    assert "10億円必要" in text and rest in text and ("ただし" in text) == (fixed == "5億円")


def test_a_price_with_tax_tells_both_ways_what_stays_to_be_paid(assistant):
    text = said(assistant, "カタログ注文型で税込330万円の清掃ロボット。従業員5人。補助額は？")
    assert "補助額は150万円" in text and "税抜で150万円、消費税を含めた支払いでは180万円" in text
    assert "消費税を含めた" not in said(assistant, "カタログ注文型で税抜300万円の清掃ロボット。従業員5人。補助額は？")


@pytest.mark.parametrize(("cost", "told"), [("2,999万円", "いいえ、"), ("3,000万円", "変わりません"), ("3,300万円", "差は")])
def test_a_special_that_lifts_a_cap_in_vain_says_so(assistant, cost, told):
    asked = f"ものづくり補助金第23次の高付加価値化枠、従業員21人の中小企業、機械{cost}。大幅賃上げ特例を使うといくら増えますか"
    text = said(assistant, asked, date(2026, 4, 20))
    assert told in text and ("補助上限額の1,500万円に届いていない" in text) == (told == "いいえ、")


def test_combined_frames_with_and_without_a_special(assistant):
    plan = "事業承継促進枠（第15次）と廃業・再チャレンジ枠を併用。小規模事業者、設備1,350万円、廃業費90万円。"
    text = said(assistant, f"{plan}一定の賃上げをする場合としない場合の補助額", date(2026, 7, 10))
    assert "860万円です（特例なしの場合）" in text and "960万円です（一定の賃上げありの場合）" in text


@pytest.mark.parametrize(
    ("frames", "amounts"),
    [
        ("設備単位型の従来枠とGX設備単位型のトップ性能枠", ("補助額は3,000万円", "補助額は4,500万円")),
        ("GX設備単位型のトップ性能枠", ("補助額は4,500万円",)),
    ],
)
def test_frames_that_are_named_apart_are_computed_apart(assistant, frames, amounts):
    text = said(assistant, f"設備の更新に9,000万円、中小企業。省エネの{frames}で補助額は？", date(2026, 7, 1))
    assert all(a in text for a in amounts) and text.count("の補助額は") == len(amounts)
