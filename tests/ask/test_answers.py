"""Answers in words: dates, computed sentences, tables, refusals, and what stands beside them."""

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question, Status


def ask(assistant, text, today=date(2026, 11, 24), history=()):
    return answer_question(Question(text, today, tuple(history)), assistant)


@pytest.mark.parametrize(
    ("question", "today", "words"),
    [
        ("持続化の第18回の採択発表はいつでしたか", date(2026, 11, 24), "2026年3月17日"),
        ("省力化一般型の第7回、結果はいつごろ", date(2026, 9, 1), "の予定です"),
        ("持続化の事業支援計画書はいつまで", date(2026, 12, 4), "あと0日"),
        ("持続化の事業支援計画書はいつまで", date(2026, 12, 5), "すでに終了"),
        ("省力化のカタログ注文型の締切は", date(2027, 3, 1), "随時受付"),
        ("新事業進出・ものづくり補助金の受付開始はいつ", date(2026, 8, 30), "まだ始まっていません"),
    ],
)
def test_events_by_day(assistant, question, today, words):
    assert words in ask(assistant, question, today).text


def test_a_result_is_told_as_a_result(assistant):
    text = ask(assistant, "持続化の第18回の採択発表はいつでしたか").text
    assert "採択発表は2026年3月17日（火）でした" in text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("付加価値額を5,000万円から3年後に6,000万円にする計画の年平均成長率は？新事業進出・ものづくり補助金の要件を満たす？", "6.27%"),
        ("付加価値額5,000万円を年3%で5年伸ばすと目標はいくら", "57,963,704円"),
        ("補助率1/2、上限100万円の補助金で300万円使うと自己負担は？", "200万円"),
        ("持続化のウェブサイト関連費、ほかの経費の補助金が30万円ならいくらまで積める？", "10万円"),
    ],
)
def test_small_computations(assistant, question, words):
    answer = ask(assistant, question)
    assert words in answer.text
    assert any(f.verdict == "computed" and f.steps for f in answer.figures)


@pytest.mark.parametrize(
    ("cost", "words"),
    [("199万円", "申請できません"), ("200万円", "100万円です")],
)
def test_a_floor_shuts_out_below_and_lets_in_at(assistant, cost, words):
    answer = ask(assistant, f"従業員10人の中小企業、省力化の一般型に{cost}。補助額はいくらになりますか（特例なし）")
    assert words in answer.text.split("計算")[0]


def test_received_grants_lower_the_cap(assistant):
    told = "カタログ注文型、従業員30人。前回700万円受け取りました。"
    answer = ask(assistant, told + "今回800万円の製品だと補助額はいくらになりますか（特例なし）")
    assert "300万円" in answer.text.split("。")[0]


def test_caps_by_headcount_come_as_a_table(assistant):
    text = ask(assistant, "省力化の一般型の上限は？").text
    assert "| 51～100人 | 5,000万円 | 6,500万円 |" in text


def test_a_phone_number_that_no_source_prints_is_refused(assistant):
    answer = ask(assistant, "持続化補助金事務局の電話番号は？")
    assert answer.status is Status.REFUSED


def test_wages_of_another_year_are_refused(assistant):
    assert ask(assistant, "三重県の令和9年度の最低賃金はいくら").status is Status.REFUSED


def test_wages_of_the_sources_year_are_answered(assistant):
    assert "1,087円" in ask(assistant, "三重県の令和7年度の最低賃金はいくら").text


def test_corrections_of_misprints_are_stored_right(assistant):
    assert "1,500万円" in ask(assistant, "カタログ注文型、従業員25人で大幅賃上げする場合の上限").text


def test_sources_are_numbered_and_dated(assistant):
    answer = ask(assistant, "持続化の通常枠の補助率は？")
    assert "[1]" in answer.text and answer.sources[0].as_of == "2026-07-06" and answer.sources[0].section


def test_suggestions_do_not_repeat_the_question(assistant):
    assert all("締切" not in s for s in ask(assistant, "持続化の締切は？").suggestions)
