"""What is compared stands in one table: a row for each frame, a column for each table asked for, and one for conditions."""

from datetime import date

import pytest

from assistant.ask.gather_compare import MOST_CASES
from assistant.flow import answer_question
from assistant.records import Question


def rows(assistant, text):
    answer = answer_question(Question(text, date(2026, 6, 20)), assistant)
    return [line for line in answer.text.splitlines() if line.startswith("| ")]


def test_programmes_side_by_side_with_the_least_investment(assistant):
    head, _, first, *others = rows(assistant, "成長加速化補助金と大規模成長投資補助金の上限と補助率、最低の投資額を比べたい")
    assert [c.strip() for c in head.strip("|").split("|")] == ["制度・枠", "補助上限額", "補助率", "条件"]
    assert "成長加速化" in first and "5億円" in first and "1/2" in first and "1億円以上" in first
    assert any("15億円以上" in r and "50億円" in r for r in others)


def test_frames_of_one_programme_side_by_side(assistant):
    table = rows(assistant, "省エネ補助金の先進枠と一般枠、中小企業です。補助率と省エネ率の要件の違いは？")
    assert any("先進枠" in r and "2/3" in r and "30%以上" in r for r in table)
    assert any("一般枠" in r and "1/2" in r and "10%以上" in r for r in table)


def test_cases_of_one_frame_side_by_side(assistant):
    table = rows(assistant, "四日市市の定期市の補助は、若者と一緒だと率と上限がどう違いますか")
    assert any("若者・学生と共同" in r and "30万円" in r for r in table)
    assert any("2/3" in r and "50万円" in r for r in table)


@pytest.mark.parametrize("text", ["成長加速化補助金の上限と補助率は？", "持続化補助金の上限と締切は？"])
def test_no_table_where_nothing_is_compared(assistant, text):
    assert not any("制度・枠" in r for r in rows(assistant, text))


def test_bands_by_headcount_keep_their_own_tables(assistant):
    assert MOST_CASES < 5
    assert not any("制度・枠" in r for r in rows(assistant, "省力化投資補助金の一般型とカタログ注文型、上限の違いは？"))
