"""Grants told year by year: what is left under the cap of all years; costs told year by year stay costs."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.ask.years_told import granted_years, years_in
from assistant.flow import answer_question
from assistant.records import Question
from assistant.text.numbers import find_quantities

TODAY = date(2026, 11, 24)


def granted(text):
    found = [q for q in find_quantities(text) if not q.ignored]
    return {n: q.value for n, q in granted_years(text, found).items()}


def said(assistant, text, *history):
    return answer_question(Question(text, TODAY, history), assistant).text


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("補助金は1年目4,500万円、2年目は3,000万円です", {1: 45_000_000, 2: 30_000_000}),
        ("補助額が一年目3,000万円で二年目4,500万円の予定", {1: 30_000_000, 2: 45_000_000}),
        ("1年目に2,000万円、2年目に1,000万円の補助を受けます", {1: 20_000_000, 2: 10_000_000}),
        ("2年目の助成金は900万円でした。3年目は？", {2: 9_000_000}),
        ("補助金は1年目3,000万円、2年目3,000万円で、3年目はいくらまで", {1: 30_000_000, 2: 30_000_000}),
        ("研究費は1年目4,500万円、2年目4,500万円です", {}),
        ("補助金は、1年目3,000万円、2年目6,000万円だといくら", {}),
        ("1年目3,000万円、2年目6,000万円です。補助金は？", {}),
        ("補助金は4,500万円です", {}),
    ],
)
def test_amounts_that_are_grants(text, amounts):
    assert granted(text) == amounts


def test_years_of_a_text():
    assert years_in("1年目と三年目、２年度目") == (1, 3, 2)


@pytest.mark.parametrize(
    ("frame", "told", "most", "left"),
    [
        ("通常枠", "1年目4,500万円、2年目4,500万円", "750万円", "750万円"),
        ("通常枠", "1年目2,500万円、2年目2,750万円", "4,500万円", "4,500万円"),
        ("通常枠", "1年目2,500万円、2年目2,760万円", "4,490万円", "4,490万円"),
        ("通常枠", "1年目2,500万円、2年目2,740万円", "4,500万円", "4,510万円"),
        ("大型研究開発枠", "1年目8,000万円、2年目9,000万円", "1億円", "1億3,000万円"),
    ],
)
def test_what_the_third_year_may_get(assistant, frame, told, most, left):
    text = said(assistant, "3年目はいくらまで受けられますか", f"Go-Techの{frame}で、補助金は{told}の予定です")
    assert f"3年目に受けられる補助金は{most}まで" in text and f"残りが{left}" in text


def test_the_rest_without_a_year(assistant):
    text = said(assistant, "残りはいくら？", "Go-Techの通常枠で、補助金は1年目4,500万円です")
    assert "全期間の上限9,750万円までにあと5,250万円" in text


@pytest.mark.parametrize(
    ("told", "line"),
    [
        ("1年目4,501万円", "1年目の4,501万円は上限を超えています"),
        ("1年目4,500万円、2年目4,500万円、3年目751万円", "合計9,751万円はこれを超えています"),
    ],
)
def test_above_the_caps(assistant, told, line):
    assert line in said(assistant, f"Go-Techの通常枠で、補助金は{told}です。3年目は大丈夫ですか")


def test_costs_of_years_are_paid_at_the_rate(assistant):
    text = said(assistant, "補助金はいくらですか", "Go-Techの通常枠で、研究費は1年目4,500万円、2年目4,500万円です")
    assert "合計で6,000万円" in text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("2年目はやめて1年目だけなら残りは？", "5,250万円"),
        ("2年目は見送ります。残りはいくら？", "5,250万円"),
        ("残りはいくら？", "1,250万円"),
        ("2年目の補助金は3,000万円に減らします。残りはいくら？", "2,250万円"),
    ],
)
def test_a_year_that_is_dropped_or_changed_counts_no_more(assistant, text, left):
    before = "Go-Techの通常枠で、補助金は1年目4,500万円、2年目4,000万円です"
    assert f"あと{left}残っています" in said(assistant, text, before)
