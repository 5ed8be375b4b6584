"""The firm or product that a conversation is about leads the next turn, unless another one is named in its place."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)
FLORIST = "事業承継の事例で福井の花屋の話を教えて"
COUNTER = "省力化カタログの券売機は何製品登録されてる？"


def said(assistant, text, *history):
    return answer_question(Question(text, TODAY, history), assistant).text


@pytest.mark.parametrize(
    ("text", "history", "told", "kept_out"),
    [
        ("代表は何歳？前の代表のほうも教えて", (FLORIST,), ("91歳", "32歳"), ("75歳", "52歳")),
        ("代表の年齢は？", (FLORIST, "従業員は何人？"), ("91歳", "32歳"), ("75歳", "52歳")),
        ("まつうら電器のほうは何歳？", (FLORIST, "代表の年齢は？"), ("75歳", "40歳"), ("91歳", "52歳")),
        ("急速冷凍のほうは？", (COUNTER, "食洗機は？"), ("33製品",), ("解凍機は、",)),
        ("配膳ロボットだと？", (COUNTER,), ("3製品",), ("券売機は、",)),
    ],
)
def test_the_thing_talked_about(assistant, text, history, told, kept_out):
    answer = said(assistant, text, *history)
    assert all(t in answer for t in told) and not any(k in answer for k in kept_out)


def test_another_case_is_not_kept_from_who_asks_for_one(assistant):
    assert "フラワーカドヤは、前代表" not in said(assistant, "ほかの事例は？", FLORIST).splitlines()[0]


def test_a_case_found_by_the_way_is_no_topic(assistant):
    assert said(assistant, "違った、旅館業です", "従業員7人の飲食店は持続化に出せる？").startswith("はい")
