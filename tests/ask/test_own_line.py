"""The case of the user's own firm held against the lines that schemes draw."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.ask.own_line import asked_of, asks_line, is_ours
from assistant.flow import answer_question
from assistant.records import Question


def ask(assistant, text):
    return answer_question(Question(text, date(2026, 11, 24)), assistant)


@pytest.mark.parametrize(
    ("text", "line"),
    [("売上何億から？うち8億", True), ("従業員何人まで？", True), ("何年たってたらいい？", True), ("上限はいくら？", False)],
)
def test_a_question_for_a_line(text, line):
    assert asks_line(text) is line


@pytest.mark.parametrize(
    ("text", "ours"),
    [("うち9億円", True), ("当社は今9億円", True), ("経費100万円のうち9億円", False), ("そのうち9億円", False), ("売上9億円", False)],
)
def test_a_number_of_the_firm_without_a_name(text, ours):
    assert is_ours(text, text.index("9")) is ours


def test_what_the_line_is_of():
    assert asked_of("売上いくらから？", ("売上",))
    assert not asked_of("売上は9億円。いくらもらえる？", ("売上",))


@pytest.mark.parametrize(
    ("text", "begins", "holds"),
    [
        ("成長加速化って売上いくらの会社から？うち9億円台", "いいえ", "10億円以上"),
        ("うち9億円なんだけど、成長加速化って売上いくらの会社から？", "いいえ", "10億円以上"),
        ("成長加速化って売上いくらから？うちは10億円", "はい", "10億円以上"),
        ("成長加速化って売上いくらまで？うちは100億円", "いいえ", "100億円未満"),
        ("100億宣言って売上何億から？当社は8億", "いいえ", "10億円以上"),
        ("新事業進出枠は創業して何年たってたらいい？うち11か月", "いいえ", "1年未満"),
        ("新事業進出枠は創業して何年たってたらいい？うち12か月", "はい", "1年未満"),
        ("持続化って小売で何人まで？うち5人", "はい", "5人以下"),
        ("持続化って小売で何人まで？うち6人", "いいえ", "5人以下"),
        ("大規模成長投資って何億から？うちは投資12億円", "いいえ", "20億円以上"),
        ("大規模成長投資、投資いくらから？うち20億円", "はい", "20億円以上"),
        ("成長加速化、うちの投資は9,999万円なんだけど届く？", "いいえ", "1億円以上"),
        ("成長加速化、うちの投資は1億円なんだけど届く？", "はい", "1億円以上"),
        ("大規模成長投資、従業員2,001人の会社は対象外？", "従業員2001人", "2,000人以下"),
    ],
)
def test_the_line_is_held_against_the_own_case(assistant, text, begins, holds):
    told = ask(assistant, text).text
    assert told.startswith(begins)
    assert holds in told
    assert "補助額は" not in told


def test_a_line_that_hangs_on_something_untold_is_not_decided(assistant):
    told = ask(assistant, "大規模成長投資って何億から？うちは投資17億円").text
    assert not told.startswith(("はい", "いいえ"))
    assert "15億円以上" in told


def test_an_own_amount_beside_no_question_for_a_line_stays_a_cost(assistant):
    assert "補助額は50万円" in ask(assistant, "持続化の補助っていくら？うちは80万円").text


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("飲食店で従業員5人なら小規模事業者に入る？", "はい"),
        ("飲食店で従業員6人、小規模事業者になる？", "いいえ"),
        ("旅館業で従業員20人、小規模事業者？", "はい"),
        ("建設業で従業員21人は小規模事業者に入りますか", "いいえ"),
        ("従業員5人でも小規模事業者になれる？", "はい"),
        ("従業員7人は小規模事業者って言える？", "従業員7人が小規模事業者に入るかは"),
        ("従業員20人は小規模事業者？", "従業員20人が小規模事業者に入るかは"),
        ("従業員21人は小規模事業者？", "いいえ"),
    ],
)
def test_a_small_firm_by_trade_where_no_programme_is_named(assistant, text, begins):
    assert ask(assistant, text).text.startswith(begins)


@pytest.mark.parametrize(
    ("text", "shut_out"),
    [
        ("M&A補助金、去年もう買収終わってるけど今から申請できる？", True),
        ("専門家活用枠、買収はもう済んでる。使える？", True),
        ("M&A補助金の専門家活用、これから買収する予定。申請できる？", False),
        ("M&A補助金、去年買収した会社のPMIに使える？", False),
    ],
)
def test_a_takeover_that_is_over_is_too_late(assistant, text, shut_out):
    assert ask(assistant, text).text.startswith("いいえ") is shut_out


def test_a_line_that_the_sources_do_not_draw(assistant):
    assert "何トン以上という線は" in ask(assistant, "SHIFTって排出量が何トンから？").text.split("\n")[0]


def test_a_wage_is_not_held_against_a_minimum_that_is_not_in_the_sources(assistant):
    told = ask(assistant, "業務改善助成金、いま時給1,100円で岐阜県、申請できる？").text
    assert told.startswith("いまの時給1,100円で申請できるかは、手元の資料だけでは決められません。")
    assert "地域別最低賃金未満" in told
    assert "1,065円" in told


def test_a_wage_beside_a_sum_that_is_asked_for_stays_with_the_sum(assistant):
    told = ask(assistant, "業務改善助成金、時給1,100円を1,170円に3人上げて150万円の設備だといくら？").text
    assert "決められません" not in told
