"""What people ask before they know the words: prices, what is open, what is none of ours, names that only look like one."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question, Status

TODAY = date(2026, 11, 24)


def answer(assistant, text):
    return answer_question(Question(text, TODAY), assistant)


def test_what_pays_nothing_has_a_price(assistant):
    assert "6,006円" in answer(assistant, "省エネ診断っていくら？").text


@pytest.mark.parametrize(
    ("text", "closes"), [("ものづくり補助金はもう申請できない？", "9月30日"), ("持続化補助金はまだ申請できますか", "12月15日")]
)
def test_whether_it_is_still_open(assistant, text, closes):
    assert closes in answer(assistant, text).text.split("\n")[0]


@pytest.mark.parametrize("text", ["来年の持続化の予算はいくら", "省力化投資補助金の予算規模はいくらですか"])
def test_a_budget_that_is_not_in_the_sources_is_refused(assistant, text):
    got = answer(assistant, text)
    assert got.status is Status.REFUSED
    assert "予算の額は手元の資料に記載がない" in got.text


def test_a_budget_of_the_sources_and_one_of_the_firm_are_answered(assistant):
    assert "3,400億円" in answer(assistant, "ものづくり補助金の2025年の予算額は").text
    assert answer(assistant, "予算は100万円です。持続化の通常枠で機械を買うと補助はいくら？").status is Status.ANSWERED


def test_a_name_with_another_word_after_no_is_another_matter(assistant):
    got = answer(assistant, "商工会議所の会員でなくても事業支援計画書はもらえますか")
    assert "marukei" not in got.programmes
    assert got.status is not Status.FAILED
    assert "marukei" in answer(assistant, "商工会議所の融資はいくらまで").programmes


def test_nothing_to_say_is_a_refusal(assistant):
    assert answer(assistant, "マル経の事業支援計画書の締切").status is not Status.FAILED


def test_but_is_not_only(assistant):
    assert "共同で申請すること" not in answer(assistant, "大企業の子会社だけど省力化は使える？").text
    assert "共同で申請すること" in answer(assistant, "うちの会社だけでカタログ注文型に申請できますか").text


@pytest.mark.parametrize("place", ["北海道", "埼玉", "大阪"])
def test_where_a_firm_is_does_not_keep_it_from_a_scheme_of_the_country(assistant, place):
    got = answer(assistant, f"{place}の会社ですが持続化補助金は使える？")
    assert got.status is Status.NEEDS_INPUT
    assert "従業員数" in got.text


def test_years_told_as_fiscal_years_are_capped_apart(assistant):
    got = answer(assistant, "Go-Tech 通常枠、中小企業、課税所得3億円。初年度6,000万円、2年度7,200万円、3年度3,000万円。補助額の合計は？")
    assert "9,750万円" in got.text.split("\n")[0]  # 4,000 + 4,500 + 2,000 = 1億500万円, all years up to 9,750万円


@pytest.mark.parametrize("day", [date(2026, 5, 20), date(2026, 11, 24)])
def test_the_state_of_a_call_is_that_of_the_day(assistant, day):
    text = answer_question(Question("三重県のエネルギー高騰の補助金、まだ出せます？", day), assistant).text
    assert "6月11日" in text.split("\n")[0]
    assert ("受付中" in text, "受付を終了" in text) == (day.month == 5, day.month == 11)


@pytest.mark.parametrize(
    ("text", "declined"),
    [
        ("実際の残業は22時間で30時間に足りないんです。様式に31時間と書いて通すコツありますか", True),
        ("残業が30時間に足りないときは、様式に実際の22時間と書けばいいですか", False),
    ],
)
def test_a_number_made_to_fit_is_declined(assistant, text, declined):
    assert ("お手伝いはできません" in answer(assistant, text).text) == declined


def test_a_cost_told_anew_takes_the_place_of_what_it_was(assistant):
    history = ("持続化の通常枠で機械90万円とチラシ15万円を考えてます",)
    asked = Question("チラシはなしで。機械だけ60万円（税抜）にしたら補助はいくらになる？", TODAY, history)
    assert "補助額は40万円です" in answer_question(asked, assistant).text


def test_a_wage_course_that_there_is_not(assistant):
    got = answer(assistant, "業務改善の60円コースで3人上げるときの上限は？")
    assert "令和8年度の賃上げコースに60円コースはありません" in got.text
    assert all(f"- {c}円コース\n" in got.text for c in (50, 70, 90))
    assert "100万円" in answer(assistant, "業務改善の70円コースで3人上げるときの上限は？").text
    raised = answer(assistant, "業務改善、時給を60円上げる。3人。事業場20人。設備100万円。最低賃金1,000円。いくら")
    assert "補助額は70万円です" in raised.text  # a raise of 60 yen is in the course of 50


def test_of_three_wages_none_is_the_raise(assistant):
    asked = "業務改善で、時給1040円の人が3人、1060円の人が2人。みんな1110円にする。事業場は25人。設備300万円。助成額は？"
    assert "賃上げコース" in answer(assistant, asked).text.split("\n")[0]
