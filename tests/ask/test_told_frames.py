"""Frames and schemes that are told by what is done and by whom, where none is named."""

from datetime import date

import pytest

from assistant.ask.route import choose_route
from assistant.ask.told_frames import with_told_frames
from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)


def frames(assistant, text):
    query = assistant.parser.parse(Question(text, TODAY))
    places = choose_route(query, assistant.catalogue, TODAY).places
    return [f.id for p in places for f in with_told_frames(query, p).frames]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("四日市コンビナートで2社が連携して調査する。上限は", ["kuni", "renkei"]),
        ("四日市コンビナート、国の補助を受けて3社で組む調査の率は", ["kuni"]),
        ("四日市コンビナート、国の補助はなしで3社で組む調査の率は", ["renkei"]),
        ("四日市コンビナート、国からの補助金は使わへん、3社で組む調査の率は", ["renkei"]),
        ("四日市コンビナート、3社で組む調査。国の補助がなかったら率は", ["renkei"]),
        ("四日市コンビナートで1社単独の調査の上限は", ["sonota"]),
        ("四日市コンビナートの調査の上限は", ["kuni", "renkei", "sonota"]),
        ("四日市の見本市補助金、組合で出ると率は", ["retail", "jiba"]),
    ],
)
def test_frames_by_what_they_demand(assistant, text, expected):
    assert frames(assistant, text) == expected


@pytest.mark.parametrize(
    ("text", "history", "amount"),
    [
        ("国の補助がなかったら？", "NEDOの補助を受けて3社連携、四日市コンビナートの実証。委託費3,000万円でいくら？", "1,000万円"),
        ("6,000万円だったら？", "NEDOの補助を受けて3社連携、四日市コンビナートの社会実証。委託費4,000万円でいくら？", "3,000万円"),
        ("隣の会社と2社で組んだら？国の補助は使わへん", "四日市コンビナートの社会実証をうち1社で、委託費2,700万円。いくら？", "900万円"),
    ],
)
def test_what_an_earlier_turn_demanded_holds_until_it_is_denied(assistant, text, history, amount):
    answer = answer_question(Question(text, TODAY, (history,)), assistant).text
    assert f"の補助額は{amount}です" in answer and answer.count("の補助額は") == 1


def test_words_of_a_programmes_name_tell_no_frame(assistant):
    assert len(frames(assistant, "新事業進出・ものづくり補助金の上限は")) > 1


@pytest.mark.parametrize(
    ("text", "scheme", "figure"),
    [
        ("四日市で合同説明会にブースを出したい。補助率は", "人材確保支援事業費補助金", "2/3"),
        ("四日市の会社です。学生の合同説明会のブース代、上限は", "人材確保支援事業費補助金", "30万円"),
        ("四日市の会社で社員に資格を取らせたい。1人いくらまで", "スキルアップ支援", "3万円"),
    ],
)
def test_a_scheme_of_an_area_by_what_is_done(assistant, text, scheme, figure):
    answer = answer_question(Question(text, TODAY), assistant)
    assert scheme in answer.text
    assert figure in answer.text


def test_the_area_holds_for_the_next_turn(assistant):
    history = ("四日市市で就職フェアに出る補助の率は？",)
    answer = answer_question(Question("じゃあ資格を取らせるのは1人いくらまで？", TODAY, history), assistant)
    assert "スキルアップ" in answer.text
    assert "3万円" in answer.text


def test_other_schemes_of_the_area_are_left_out(assistant):
    answer = answer_question(Question("四日市で合同説明会にブースを出したい。補助率は", TODAY), assistant)
    assert "1/4" not in answer.text
