"""The cost that brings a wanted subsidy, and what changes between two cases, asked in words."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.ask.costs_told import category_of
from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 7, 20)
IPPAN = "従業員70人の中小企業です。省力化投資補助金の一般型で補助金{}を受けるには、経費はいくら必要ですか"
INVOICE = "小規模でない中小企業です。デジタル化・AI導入補助金のインボイス対応類型で2機能、補助金{}をもらうには経費はいくら必要ですか"
JIZOKUKA = "持続化補助金の通常枠で{}の補助を受けたい。経費はいくら必要ですか"


def first_line(assistant, text):
    return answer_question(Question(text, TODAY), assistant).text.splitlines()[0].split("[")[0]


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        (IPPAN.format("1,500万円"), "3,000万円"),  # the first tier alone
        (IPPAN.format("1,500万3,000円"), "30,009,000円"),  # just beyond it: 3,000 yen at a third
        (IPPAN.format("5,000万円"), "1億3,500万円"),  # the cap
        (INVOICE.format("50万円"), "666,667円"),
        (INVOICE.format("200万円"), "2,916,667円"),
        (JIZOKUKA.format("50万円"), "75万円"),
    ],
)
def test_cost_for_a_wanted_subsidy(assistant, text, cost):
    assert f"対象経費（税抜）が{cost}必要です" in first_line(assistant, text)


def test_above_the_cap_the_cap_is_said(assistant):
    said = first_line(assistant, JIZOKUKA.format("50万1円"))
    assert said.startswith("いいえ、補助額500,001円は受けられません。持続化補助金 一般型 通常枠（第20回）の補助上限額が50万円です。")
    assert "75万円必要" in said


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("省力化一般型 従業員60人 特例なし 満額もらうには設備いくら買わなあかん", "1億3,500万円"),
        ("省力化投資補助金一般型、社員30人。上限まで使い切る設備投資はおいくら", "7,500万円"),
        ("成長加速化補助金をフルに使おうとすると投資はどれぐらいの規模になる？", "10億円"),
        ("業務改善助成金の90円コースで6人、事業場45人、事業場内最低賃金1,070円。上限額まで使い切るのに必要な設備投資額を教えて", "480万円"),
        ("業務改善助成金の90円コースで6人、事業場45人、事業場内最低賃金1,049円。上限額まで使い切るのに必要な設備投資額を教えて", "450万円"),
    ],
)
def test_cost_for_the_whole_cap_however_it_is_asked(assistant, text, cost):
    assert f"対象経費（税抜）が{cost}必要です" in first_line(assistant, text)


@pytest.mark.parametrize(
    "text",
    [
        "持続化の通常枠の上限いっぱいまで使うには何か条件がありますか",
        "カタログ型で満額もらうために必要な書類は？",
        "省力化一般型で上限に達するまで何回でも機械を買えますか",
    ],
)
def test_other_questions_on_the_cap_ask_for_no_cost(assistant, text):
    assert "必要な対象経費" not in answer_question(Question(text, TODAY), assistant).text


def test_the_cost_is_told_by_case_where_the_band_is_open(assistant):
    said = answer_question(Question("カタログ注文型、満額受けるにはいくらの機械を買えばいい", TODAY), assistant).text
    cases = (("5人以下", "200万円", "400万円"), ("6～20人", "500万円", "1,000万円"), ("21人以上", "1,000万円", "2,000万円"))
    for people, cap, cost in cases:
        assert f"従業員{people}：補助額{cap}には{cost}" in said


@pytest.mark.parametrize(
    ("cost", "start"), [("299万9,998円", "いいえ、このままでは申請できません。"), ("300万円", "デジタル化・AI導入補助金")]
)
def test_whether_a_cost_suffices_for_the_floor(assistant, cost, start):
    text = f"デジタル化・AI導入補助金の通常枠で、プロセス5つのツール（補助率1/2）。総額{cost}で申請できますか"
    said = first_line(assistant, text)
    assert said.startswith(start) and ("300万円以上必要です" in said) is (start[0] == "い")


def test_the_amount_applied_for_is_no_cost(assistant):
    said = first_line(assistant, "デジタル化・AI導入補助金の通常枠、プロセス6つ、経費250万円で125万円の申請は可能でしょうか")
    assert "計算上の補助額125万円は下限に届きません" in said and "300万円以上必要です" in said


@pytest.mark.parametrize(
    ("guess", "start"), [("3,000万円ですよね", "はい、"), ("3,000万円かな", "はい、"), ("2,999万円かな", "いいえ、"), ("", "省力化")]
)
def test_a_guess_is_held_against_the_cost(assistant, guess, start):
    assert first_line(assistant, IPPAN.format("1,500万円") + "？" + guess).startswith(start)


def test_two_counts_of_raised_workers_are_compared(assistant):
    text = "業務改善助成金の70円コース、事業場は45人、最低の時給1,060円、設備200万円。引き上げるのを3人から4人に増やすとどう変わりますか"
    said = first_line(assistant, text)
    assert "引上げ労働者3人で50万円、引上げ労働者4人で130万円です。差は80万円" in said


def test_with_the_cap_asked_for_caps_are_compared_whatever_the_cost(assistant):
    said = first_line(assistant, "省力化投資補助金の一般型、従業員20人から21人になったら上限はどう変わる？設備3,000万円")
    assert "補助上限額は、従業員20人で1,500万円、従業員21人で3,000万円です。差は1,500万円" in said


@pytest.mark.parametrize(
    ("cost", "start"),
    [("機械装置1億円", "成長加速化補助金"), ("機械装置9,999万円", "いいえ、"), ("機械装置9,000万円、外注費2,000万円", "いいえ、")],
)
def test_an_investment_below_the_least_brings_nothing(assistant, cost, start):
    told = answer_question(Question(f"成長加速化補助金で{cost}を投資するといくらもらえる？", TODAY), assistant).text
    assert told.startswith(start) and ("1億円以上の投資が必要です" in told.splitlines()[0]) is (start == "いいえ、")


@pytest.mark.parametrize(("label", "category"), [("ウェブサイト", "web"), ("ウェブ以外の経費", None), ("ウェブ関連費を除く経費", None)])
def test_what_an_amount_is_not_for_is_no_category_of_it(assistant, label, category):
    assert category_of(label, assistant.catalogue.editions["jizokuka/2026-r20"]) == category


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("持続化補助金はチラシだけで申請できる？", True),
        ("持続化補助金はネットショップのみでも出せますか", True),
        ("持続化補助金は展示会だけで申請できる？", False),  # a cost that may stand alone
        ("持続化補助金はチラシとHPだけで申請できる？", False),  # two costs
        ("持続化補助金でチラシを作るだけでなく、展示会にも出たい", False),
    ],
)
def test_a_category_that_cannot_stand_alone(assistant, text, alone):
    said = answer_question(Question(text, TODAY), assistant).text
    assert said.startswith("いいえ、このままでは申請できません。") is alone


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("成長加速化で2億4,000万円の補助を得るには投資の規模はどれくらいがよいか", "4億8,000万円"),
        ("PMI専門家活用類型（上限150万円）で90万円受け取りたいなら、専門家への支払いはいくらの契約にすれば？", "180万円"),
        ("持続化の補助を40万円ほど受けたいです。どのくらい使えばいいですか", "60万円"),
    ],
)
def test_a_wish_asks_for_its_cost_in_whatever_words(assistant, text, cost):
    said = answer_question(Question(text, date(2026, 11, 24)), assistant).text
    assert f"対象経費（税抜）が{cost}必要" in said.split("\n")[0]
