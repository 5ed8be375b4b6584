"""Which passage leads, and which dates: what the question's own words decide."""

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question, Status

TODAY = date(2026, 11, 24)


def first_line(assistant, text, today=TODAY):
    return answer_question(Question(text, today), assistant).text.split("\n")[0]


def test_an_older_edition_answers_where_the_newest_is_silent(assistant):
    assert "Go-Tech事業 2025年度" in (said := first_line(assistant, "Go-Techの申請はどのシステムから出すんですか")) and "e-Rad" in said


def test_an_older_edition_does_not_answer_where_the_newest_does(assistant):
    assert "2026年" in first_line(assistant, "Go-Techの通常枠の補助率は？")


@pytest.mark.parametrize(
    ("age", "start"), [("59歳", "いいえ、お聞きの59歳は"), ("60歳", "お聞きの60歳は")]
)
def test_an_age_is_held_against_the_line_of_a_bonus(assistant, age, start):
    said = first_line(assistant, f"社長は{age}です。後継者の息子が中心でやる計画なら、持続化の事業承継加点は付く？")
    assert start in said and ("当たりません" in said) is (age == "59歳")


def test_the_result_of_the_round_to_come(assistant):
    assert "2027年3月頃の予定です" in first_line(assistant, "12月の締切で持続化の通常枠に出したら結果わかるのいつごろ")


def test_the_result_people_wait_for(assistant):
    assert "2026年7月頃" in first_line(assistant, "持続化の通常枠の採択発表はいつ？")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("省エネの設備単位型の従来枠、新設でも1/3ですよね", "いいえ、"),
        ("省エネの設備単位型の従来枠、更新なら1/3ですよね", "はい、"),
    ],
)
def test_what_a_frame_shuts_out_comes_before_its_rate(assistant, text, start):
    assert start in first_line(assistant, text)


def test_a_passage_on_another_special_measure_does_not_lead(assistant):
    line = first_line(assistant, "省力化の一般型、再生事業者です。大幅賃上げ特例は使えますか")
    assert "大幅賃上げ特例" in line and "いいえ" not in line


def test_a_value_of_the_kind_asked_for_that_is_nowhere_is_refused(assistant):
    answer = answer_question(Question("成長加速化のプレゼン審査は持ち時間が何分ですか", TODAY), assistant)
    assert answer.status is Status.REFUSED
