"""Headcounts and wages as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question


def inputs(assistant, text, history=()):
    told = assistant.parser.parse(Question(text, date(2026, 11, 24), tuple(history))).slots.inputs
    names = ("employees", "employees_now", "workers", "office_workers", "course_yen", "workplace_wage_yen", "workers_now")
    return {n: told[n] for n in names if n in told}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("資格の補助は1人いくらまで", {}),
        ("1人分の上限は", {}),
        ("1人分の時給を上げる", {"workers": 1}),
        ("従業員1人だといくら", {"employees": 1, "office_workers": 1}),
        ("従業員20人の会社です", {"employees": 20, "office_workers": 20}),
        ("もう1人雇ったら上限は？いま20人", {"employees": 21, "employees_now": 20, "office_workers": 21}),
        ("20人から1人増えたら？", {"employees": 21, "employees_now": 20, "office_workers": 21}),
        ("あと2名採用すると、いま社員5名です", {"employees": 7, "employees_now": 5, "office_workers": 7}),
        ("90円コースで3人、20人の会社", {"course_yen": 90, "workers": 3, "employees": 20, "office_workers": 20}),
        ("70円コースで3人引き上げ。従業員12人の事業場", {"course_yen": 70, "workers": 3, "employees": 12, "office_workers": 12}),
        ("時給を1,040円から1,130円に、8人の賃金を上げる", {"workplace_wage_yen": 1040, "course_yen": 90, "workers": 8}),
        ("90円コースで引き上げるのを3人から4人に増やす", {"course_yen": 90, "workers_now": 3, "workers": 4}),
        (
            "90円コースで賃上げを1人から2人に、20人の会社",
            {"course_yen": 90, "workers_now": 1, "workers": 2, "employees": 20, "office_workers": 20},
        ),
        ("28人の事業場で5人上げる、90円コース", {"course_yen": 90, "workers": 5, "employees": 28, "office_workers": 28}),
        ("四十二人の工場三人上げる、90円コース", {"course_yen": 90, "workers": 3, "employees": 42, "office_workers": 42}),
        ("8人の食品工場で最低賃金を45円上げる", {"employees": 8, "office_workers": 8, "course_yen": 45}),
        ("3人の賃金を50円上げる。28人の温泉旅館です", {"workers": 3, "employees": 28, "office_workers": 28, "course_yen": 50}),
        ("70円コースで5人の店員の時給を上げる", {"workers": 5, "course_yen": 70}),
        ("8人の来客がありました", {}),
        ("20人を超える会社", {"employees": 21, "office_workers": 21}),
        ("うちは9人。隣の会社は100人", {"employees": 9, "office_workers": 9}),
        ("弟の会社は30人、うちは7人です", {"employees": 7, "office_workers": 7}),
        ("うちの会社は12人、パートの店は3人です", {"employees": 12, "office_workers": 12}),
        ("弟の会社は30人です", {"employees": 30, "office_workers": 30}),  # none of our own beside it
        ("隣町で従業員8人の工場をしています", {"employees": 8, "office_workers": 8}),
        ("子供服の店を4人でやっています", {"employees": 4, "office_workers": 4}),
        ("町内で5人の店です", {"employees": 5, "office_workers": 5}),
        ("孫が3人、店は4人です", {"employees": 4, "office_workers": 4}),
        ("商工会の集まりに20人くらい来ていた。店は4人です", {"employees": 4, "office_workers": 4}),
        ("従業員はいません", {"employees": 0, "office_workers": 0}),
        ("従業員28人の場合と35人の場合の差", {"employees_now": 28, "employees": 35, "office_workers": 35}),
        ("従業員28人の場合、パート3人", {"employees": 28, "office_workers": 28}),
        ("20人の会社で引き上げる労働者は4人", {"employees": 20, "workers": 4, "office_workers": 20}),
        ("20人の会社で、4人の時給を上げる", {"employees": 20, "workers": 4, "office_workers": 20}),
        ("20人の会社、4人分の賃上げ", {"employees": 20, "workers": 4, "office_workers": 20}),
        ("20人の会社で60円以上引き上げる", {"employees": 20, "course_yen": 60, "office_workers": 20}),
    ],
)
def test_who_is_counted(assistant, text, told):
    assert inputs(assistant, text) == told


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("昔は30人くらいおったけど、いまは17人", 17), ("ピーク時は60人いた従業員も今は12人です", 12),
        ("去年まで25人でしたが今年は19人", 19),
        ("いまは9人、創業の頃は3人でした", 9), ("バブルの頃は80人おったのがもう24人しかおらん", 24), ("従業員は去年から20人です", 20),
        ("去年は20人でした", 20),  # nothing else is told
        ("去年2人辞めて、今18人の会社", 18), ("うちは21人ですが来春2人定年で辞めます", 21), ("今は19人で、来年あと3人採る予定", 19),
        ("いま19人、来年あと2人採ったら", 21), ("来年は25人に増やすつもり、いまは20人", 20),
        ("3年で5人増やして25人にする計画。今は20人", 20),
        ("親会社は300人おるけどうちは18人", 18), ("お客さんは1日30人くらい、スタッフは4人", 4), ("お客さんは1日30人くらい", None),
    ],
)  # fmt: skip
def test_only_the_present_staff_of_the_firm_counts(assistant, text, heads):
    assert inputs(assistant, text).get("employees") == heads


def test_one_more_leans_on_what_was_said(assistant):
    told = inputs(assistant, "あと1人増えたら？", ["省力化の一般型、従業員20人だと上限は？"])
    assert (told["employees_now"], told["employees"]) == (20, 21)
    again = inputs(assistant, "カタログ型だと？", ["省力化の一般型、従業員20人だと上限は？", "あと1人増えたら？"])
    assert again["employees"] == 21 and "employees_now" not in again


def test_a_wage_is_no_cost(assistant):
    query = assistant.parser.parse(Question("最低賃金1,040円、90円コース、機械60万円", date(2026, 11, 24)))
    assert [i.yen for i in query.slots.items] == [600_000]


def test_both_sides_of_a_band_are_shown_where_one_more_is_asked_for(assistant):
    text = answer_question(Question("もう1人雇ったら上限どうなる？省力化一般型でいま20人", date(2026, 7, 1)), assistant).text
    assert "従業員20人で1,500万円、従業員21人で3,000万円" in text and "750万円" not in text


def test_part_timers_with_half_hours_and_minutes(assistant):
    text = "持続化の賃上げ特例の人数。正社員2人は1日7時間30分、パートは5時間半が1人と3時間が1人。合計何人"
    found = answer_question(Question(text, date(2026, 11, 24)), assistant).text
    assert "3.13人" in found and "5.5時間 ÷ 7.5時間 ＝ 0.73人" in found  # 2 + 0.73 + 0.40
