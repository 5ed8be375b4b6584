"""A cap that was added up or multiplied: right or corrected in the first sentence; a cost is no such cap."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)


def first_line(assistant, text):
    return answer_question(Question(text, TODAY), assistant).text.splitlines()[0].split("[")[0]


@pytest.mark.parametrize(
    ("text", "start", "cap"),
    [
        ("創業型は200万円に賃金引上げ特例の150万円がのって350万円が上限になるという理解です。", "いいえ", "200万円"),
        ("持続化の通常枠は50万円にインボイス特例50万円と賃上げ特例150万円を足して250万円が上限になる認識です", "はい", "250万円"),
        ("持続化の通常枠は50万円にインボイス特例50万円と賃上げ特例150万円を足して300万円まで使えると思っています", "いいえ", "250万円"),
        ("Go-Techの通常枠は単年度4,500万円だから、3年やれば1億3,500万円までいける計算ですよね", "いいえ", "9,750万円"),
        ("Go-Techの通常枠は単年度4,500万円だから、2年なら9,000万円までもらえる理解で合ってますか", "はい", "9,000万円"),
        ("Go-Techの大型研究開発枠は年1億円なので3年で3億円までいけますよね", "はい", "3億円"),
        ("四日市のITオフィスの家賃補助は月6万円上限だから、3年で216万円が最大という理解で合ってますか", "はい", "216万円"),
        ("四日市のITオフィスの家賃補助は月6万円上限だから、4年で288万円が最大という理解で合ってますか", "いいえ", "216万円"),
        ("カタログ型は21人以上で1,000万円、2回使えば2,000万円まで出る計算ですよね", "いいえ", "1,000万円"),
    ],
)
def test_a_cap_taken_for_granted(assistant, text, start, cap):
    said = first_line(assistant, text)
    assert said.startswith(f"{start}、") and f"補助上限額は{cap}です" in said


def test_a_special_of_another_frame_is_told_apart(assistant):
    text = "創業型は200万円に賃金引上げ特例の150万円がのって350万円が上限になるという理解です。"
    said = answer_question(Question(text, TODAY), assistant).text.splitlines()[0]
    assert "使える特例を使っても250万円まで" in said and "賃金引上げ特例は一般型 通常枠の特例で、創業型にはありません" in said


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("カタログ注文型 従業員8人 500万円の機械を買うと250万円まで出ますよね", "250万円"),
        ("持続化で30万円の機械を2回買って60万円まで出ますよね", "20万円"),
    ],
)
def test_a_cost_is_no_term_of_a_cap(assistant, text, amount):
    assert f"の補助額は{amount}です" in first_line(assistant, text)
