"""Rounds and fiscal years by number, and counts and steps that are none."""

from datetime import date

import pytest

from assistant.ask.rounds import RoundMention, find_rounds, find_year, names_round, past_year, year_of_name
from assistant.flow import answer_question
from assistant.records import Question


def parse(assistant, text):
    return assistant.parser.parse(Question(text, date(2026, 11, 24)))


@pytest.mark.parametrize(
    ("text", "rounds"),
    [
        ("第20回の締切", [(20, "回")]),
        ("第２０回", [(20, "回")]),
        ("第二十三回", [(23, "回")]),
        ("第十回", [(10, "回")]),
        ("第十一回", [(11, "回")]),
        ("持続化の2回", [(2, "回")]),
        ("2回目の公募", [(2, "回")]),
        ("23次締切", [(23, "次")]),
        ("1次と2次", [(1, "次"), (2, "次")]),
        ("一次の公募", [(1, "次")]),
        ("二次公募", [(2, "次")]),
        ("一次締切", [(1, "次")]),
        ("23次審査の結果", [(23, "次")]),
        ("第3期の受付", [(3, "期")]),
        ("第三期", [(3, "期")]),
        ("第20回と第20回", [(20, "回")]),
    ],
)
def test_a_round_is_known_by_its_number(text, rounds):
    assert [(r.number, r.unit) for r in find_rounds(text)] == rounds


@pytest.mark.parametrize(
    "text",
    [
        "一次審査", "二次会", "1次審査の結果", "第一次審査", "第2次補正予算", "一次",  # steps of a review, budgets
        "2回目", "月に2回", "10回払い",  # counts
        "6次産業", "次世代", "3次元プリンタ",
        "3期", "第3期生", "第3四半期",
    ],
)  # fmt: skip
def test_other_uses_of_the_words_are_no_round(text):
    assert find_rounds(text) == ()


@pytest.mark.parametrize(
    ("name", "same"), [("第20回", True), ("20次締切", True), ("2026年 20次", True), ("第2回", False), ("第120回", False), ("20年度", False)]
)
def test_a_name_has_the_number_of_a_mention(name, same):
    assert names_round(name, RoundMention(20, "回", "第20回")) is same


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2025年度の上限", 2025),
        ("2025年版", 2025),
        ("令和8年度", 2026),
        ("令和元年度", 2019),
        ("R6年度", 2024),
        ("令和７年のチラシ", 2025),
        ("2025年から", 2025),
        ("2026年12月15日", None),
        ("2026年 12月", None),
        ("2024年創業", None),
        ("2024年に設立", None),
        ("2年以内", None),
        ("R6", None),
    ],
)
def test_a_fiscal_year_is_no_date_and_no_founding(text, year):
    assert find_year(text) == year


def test_a_round_that_one_programme_alone_has_names_it(assistant):
    assert parse(assistant, "第23次の締切は？").programmes == ("monodukuri",)


def test_a_round_that_several_or_none_have_names_none(assistant):
    assert parse(assistant, "第1回の締切は？").programmes == ()
    assert parse(assistant, "第99次の締切は？").programmes == ()


def test_a_programme_named_wins_over_its_round(assistant):
    assert parse(assistant, "持続化の第23次の締切は？").programmes == ("jizokuka",)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("去年の創業型は創業何年以内だった？", 2025),
        ("去年の持続化補助金の上限は", 2025),
        ("持続化の去年の締切は", 2025),
        ("一昨年の持続化の上限", 2024),
        ("去年の売上が減った店です。持続化の上限は", None),
        ("去年の持続化でもらいました。締切は", None),
        ("去年開業した店です。創業型の締切は", None),
        ("去年カタログ注文型で入れました。要件は", None),
        ("去年の創業型と今年の創業型", None),
        ("去年の創業型と同じ条件ですか", None),
    ],
)
def test_last_year_is_that_of_the_rules_asked_for(assistant, text, year):
    assert parse(assistant, text).year == year


def test_last_year_is_told_from_the_day():
    assert past_year("去年の枠", ((3, 4),), date(2026, 1, 1)) == 2025
    assert past_year("去年の枠", ((3, 4),), date(2025, 12, 31)) == 2024


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("補助金2025の上限", 2025),
        ("補助金2025年の上限", 2025),
        ("補助金20250円", None),
        ("令和6年度補正の枠", 2025),
        ("令和6年度の枠", 2024),
    ],
)
def test_the_year_of_a_programme(text, year):
    assert find_year(text) == year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2024年の枠", 2024),
        ("令和5年度の枠", 2023),
        ("2024年枠", 2024),
        ("枠の2024年度の締切", 2024),
        ("２０２４年の枠", 2024),
        ("2024年に枠をもらった", None),
        ("2023年に開業、枠の上限", None),
        ("枠の上限", None),
    ],
)
def test_the_year_that_is_said_of_a_name(text, year):
    at = text.index("枠")
    assert year_of_name(text, ((at, at + 1),)) == year


@pytest.mark.parametrize(
    ("question", "refused"),
    [
        ("2024年の持続化補助金の上限は？", True),
        ("一昨年のものづくり補助金の補助率は？", True),
        ("2025年の持続化補助金の上限は？", False),
        ("2026年の持続化補助金の上限は？", False),
        ("2024年に持続化補助金をもらいました。今回の上限は？", False),
        ("令和4年度の省エネ補助金の採択率は？", False),
    ],
)
def test_a_year_of_which_nothing_is_known_is_not_answered_with_another(assistant, question, refused):
    answer = answer_question(Question(question, date(2026, 11, 24)), assistant)
    assert ("の公募についての情報は手元の資料にありません" in answer.text) is refused
