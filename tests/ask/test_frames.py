"""Costs that belong to several frames of a scheme, and parts of a cost with rates of their own, asked in words."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.ask.gather_frames import costs_by_frame
from assistant.ask.money_told import Item
from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)
OFFICE = "四日市市のIT企業等進出支援の補助金で、"


def answer(assistant, text, *history):
    return answer_question(Question(text, TODAY, tuple(history)), assistant)


def yen(found, kind):
    return [f.text for f in found.figures if f.kind == kind]


def test_each_cost_goes_to_its_frame_and_the_sum_is_told_first(assistant):
    found = answer(assistant, OFFICE + "改装費130万円、家賃は月14万円、通信回線が月6万円を12か月。合わせていくら出ますか")
    first = found.text.splitlines()[0]
    assert "あわせて158万円" in first and "自己負担は212万円" in first  # 50 + 72 + 36, of 370
    assert "50万円 ＋ 72万円 ＋ 36万円 ＝ 158万円" in found.text and "6万円 × 12" in found.text


def test_one_cost_alone_is_of_one_frame(assistant):
    found = answer(assistant, OFFICE + "家賃は月12万円を12か月。いくら出ますか")
    assert "あわせて" not in found.text and "72万円" in found.text


def test_the_costs_of_two_turns_are_added_up(assistant):
    text = "就業規則の見直しも社労士さんに18万円で頼みます。工事と合わせると？"
    before = "四日市市の働きやすい職場づくりの補助金、女性用更衣室の工事に90万円かけます。いくら出ますか"
    assert "あわせて54万円" in answer(assistant, text, before).text.splitlines()[0]  # 9 and 45


def test_a_cost_of_no_frame_or_all_of_one_are_not_told_apart(assistant):
    edition = assistant.catalogue.editions["yokkaichi-it-office/2026"]
    rent, reform, other = (Item(x, 1, None, 0, 1) for x in ("家賃", "改装費", "備忘録"))
    assert [f.id for f, _ in costs_by_frame((rent, reform), edition)] == ["kaisetsu", "chinryo"]
    assert costs_by_frame((rent, other), edition) == [] and costs_by_frame((rent, rent), edition) == []


@pytest.mark.parametrize(
    ("university", "low", "high"),
    [("900万円", "3,100万円", "2,550万円"), ("2,300万円", "4,500万円", "3,950万円"), ("2,400万円", "4,500万円", "4,050万円")],
)
def test_who_bears_a_cost_decides_its_rate(assistant, university, low, high):
    found = answer(assistant, f"Go-Techの通常枠、初年度。中小企業の分3,300万円と公設試の分{university}で補助はいくら")
    assert f"課税所得15億円以下：{low}" in found.text and f"課税所得15億円超：{high}" in found.text


def test_the_year_that_is_told_picks_the_row(assistant):
    told = answer(assistant, "四日市の商店街の空き店舗で小売業の店を開きます。1年目の改装費240万円。補助はいくら").text
    assert "150万円です（自己負担は90万円）" in told.splitlines()[0]
