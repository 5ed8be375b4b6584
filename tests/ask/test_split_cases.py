"""Cases that a text sets beside each other: each is asked about apart; things that are bought together stay a sum."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.ask.split_cases import MOST, cases_of
from assistant.flow import answer_question
from assistant.records import Question


def said(assistant, text, day=date(2026, 11, 24)):
    return answer_question(Question(text, day), assistant).text


@pytest.mark.parametrize(
    ("text", "cases"),
    [
        ("経費が60万円の場合と90万円の場合、補助額は", ("経費が60万円の場合、補助額は", "経費が90万円の場合、補助額は")),
        ("60万円のときはいくらで90万円のときはいくら？", ("60万円のときはいくら？", "90万円のときはいくら？")),
        ("60万円、90万円、120万円の場合の補助額", ("60万円の場合の補助額", "90万円の場合の補助額", "120万円の場合の補助額")),
        ("本体が60万円か90万円かで迷っています", ("本体が60万円かで迷っています", "本体が90万円かで迷っています")),
        ("60万円のやつと90万円のやつで悩む。いくら", ("60万円のやつで悩む。いくら", "90万円のやつで悩む。いくら")),
        ("機械が60万円の場合と、広告が90万円の場合は", ("機械が60万円の場合は", "広告が90万円の場合は")),
        ("A案は機械60万円と棚10万円、B案は機械90万円。補助は", ("A案は機械60万円と棚10万円。補助は", "B案は機械90万円。補助は")),
        ("小売。60万円と棚10万円のA案と、90万円のB案。補助は", ("小売。60万円と棚10万円のA案。補助は", "小売。90万円のB案。補助は")),
        ("見積A：60万円、見積B：90万円。補助は", ("見積A：60万円。補助は", "見積B：90万円。補助は")),
        ("60万円の投資の場合と、90万円の投資の場合は", ("60万円の投資の場合は", "90万円の投資の場合は")),
        ("50円コースと90円コース、経費60万円で", ("50円コース、経費60万円で", "90円コース、経費60万円で")),
    ],
)
def test_each_case_with_what_holds_for_all(text, cases):
    assert cases_of(text) == cases


@pytest.mark.parametrize(
    "text",
    [
        "60万円の機械と90万円の棚を買います。いくら？",
        "60万円のやつと90万円のやつを買う",
        "A社から機械を60万円、B社から棚を90万円買う",
        "機械60万円と工事90万円の場合の補助額",
        "60万円の場合と90万円の場合でいくら違う？",
        "50円コースと90円コースの場合",
        "賃上げする場合としない場合、60万円で",
        "10人の会社で機械を60万円で買うA案と90万円で買うB案",
        "店で使う10人の会社が機械60万円の場合と棚90万円の場合",
        "、".join(f"{n}0万円の場合" for n in range(1, MOST + 2)),
    ],
)
def test_what_is_no_row_of_cases(text):
    assert cases_of(text) == (text,)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("持続化の通常枠、特例なしで、展示会に60万円の場合と90万円の場合の補助額は", ("60万円の場合、", "40万円です", "50万円です")),
        ("四日市の新規産業創出、成長分野への新規参入。事業費500万円のときと501万円のときは？", ("250万円です", "334万円です")),
    ],
)
def test_each_case_has_its_own_amount(assistant, text, told):
    answer = said(assistant, text)
    assert all(x in answer for x in told) and "150万円 ×" not in answer and "1,001万円 ×" not in answer


def test_each_course_is_named_with_its_amount(assistant):
    text = said(assistant, "業務改善助成金、50円コースと90円コース、3人・20人の事業場・経費300万円・最低時給1,060円、それぞれいくら")
    assert "50円コースの場合、" in text and "補助額は70万円" in text
    assert "90円コースの場合、" in text and "補助額は225万円" in text


def test_nothing_is_carried_from_one_case_to_the_next(assistant):
    text = said(assistant, "持続化の通常枠、特例なし。A案は展示会30万円と改装15万円、B案は展示会60万円。補助額を", date(2026, 11, 24))
    assert "45万円 × 2/3 ＝ 30万円" in text and "60万円 × 2/3 ＝ 40万円" in text and "自己負担：60万円 － 40万円" in text
