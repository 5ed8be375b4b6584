"""The verifier on a small fictitious catalogue: true sentences pass, each kind of false number is caught."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from assistant.ask.verify import verify_text
from assistant.rules.load import load_catalogue

TODAY = date(2026, 9, 1)
KNOWLEDGE = Path(__file__).parents[1] / "data" / "knowledge"


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue(KNOWLEDGE)


def verdicts(text, catalogue, today=TODAY, own=None):
    return {n.text: n.verdict for n in verify_text(text, catalogue, today, own).numbers if n.verdict != "ignored"}


def bad(text, catalogue, today=TODAY):
    return [n.text for n in verify_text(text, catalogue, today).numbers if n.verdict in ("wrong", "unsupported")]


TRUE = [
    "例示補助金の基本枠の上限は80万円、補助率は1/2です。",
    "例示補助金の基本枠の補助率は1/2（小規模事業者は3/4）です。",
    "例示補助金の基本枠では、小規模事業者の補助率は3/4です。",
    "例示補助金の成長枠の上限は、従業員10人以下が400万円、11～30人が600万円、31人以上が900万円です。",
    "例示補助金の成長枠で従業員が20人の場合、上限は600万円です。",
    "例示補助金の成長枠の補助率は3分の2です。",
    "例示補助金の基本枠は、従業員40人以下の事業者が対象です。",
    "例示補助金の申請受付は2026年8月3日から2026年10月30日（金）17:00までです。",
    "例示補助金の締切は10月30日です。あと59日です。",
    "例示補助金の第1回の基本枠の上限は70万円でした。",
    "例示補助金では、1件70万円（税抜）超の発注は3者以上から見積もりを取ります。",
    "例示補助金の基本枠で賃上げ特例を使うと、上限は110万円（80万円＋30万円＝110万円）になります。",
    "例示補助金の基本枠で経費が120万円の場合、120万円 × 1/2 ＝ 60万円です。自己負担は60万円です。",
    "基本枠と成長枠の補助率は、例示補助金ではそれぞれ1/2と2/3です。",
    "## 例示補助金 成長枠\n\n補助率は2/3です。",
    "例示補助金の基本枠の話です。同枠の下限は10万円です。",
    "| 枠 | 補助率 | 下限 |\n|---|---|---|\n| 例示補助金 基本枠 | 1/2 | 10万円 |",
    "例示補助金の採択発表は2027年1月下旬の予定です。",
    "例示補助金は交付決定から14か月以内に事業を終えます。",
]


@pytest.mark.parametrize("text", TRUE)
def test_true_sentences_pass(text, catalogue):
    assert bad(text, catalogue) == []


FALSE = [
    ("例示補助金の基本枠の上限は400万円です。", "400万円"),
    ("例示補助金の成長枠の補助率は1/2です。", "1/2"),
    ("例示補助金の基本枠の上限は70万円です。", "70万円"),
    ("例示補助金の基本枠の上限は800万円です。", "800万円"),
    ("例示補助金の基本枠の補助率は3/4です。", "3/4"),
    ("例示補助金の基本枠では、小規模事業者の補助率は1/2です。", "1/2"),
    ("例示補助金の基本枠は、従業員40人未満の事業者が対象です。", "40人未満"),
    ("例示補助金の基本枠は、従業員40人以上の事業者が対象です。", "40人以上"),
    ("例示補助金の締切は2026年10月31日です。", "2026年10月31日"),
    ("例示補助金の締切は2026年10月30日（木）です。", "2026年10月30日（木）"),
    ("例示補助金の締切は2026年10月30日（金）18:00です。", "2026年10月30日（金）18:00"),
    ("例示補助金の締切は2025年10月31日です。", "2025年10月31日"),
    ("例示補助金の締切は10月30日です。あと58日です。", "58日"),
    ("例示補助金の成長枠で従業員が20人の場合、上限は900万円です。", "900万円"),
    ("例示補助金の成長枠の上限は、従業員11～40人が600万円です。", "40人"),
    ("例示補助金の基本枠で経費が120万円の場合、120万円 × 1/2 ＝ 70万円です。", "70万円"),
    ("例示補助金の基本枠の上限は90万円です。", "90万円"),
    ("例示補助金では、1件70万円（税抜）超の発注は2者以上から見積もりを取ります。", "2者以上"),
    ("例示補助金の採択発表は2027年1月上旬の予定です。", "2027年1月上旬"),
    ("| 枠 | 補助率 | 下限 |\n|---|---|---|\n| 例示補助金 基本枠 | 2/3 | 10万円 |", "2/3"),
    ("## 例示補助金 成長枠\n\n補助率は1/2です。", "1/2"),
]


@pytest.mark.parametrize(("text", "number"), FALSE)
def test_false_numbers_are_caught(text, number, catalogue):
    assert number in bad(text, catalogue)


def test_a_wrong_number_tells_what_is_right_with_its_source(catalogue):
    (found,) = verify_text("例示補助金の基本枠の上限は90万円です。", catalogue, TODAY).numbers
    assert found.expected == ("80万円",)
    assert found.source["document"] == "例示補助金 公募要領"
    assert (found.value, found.unit) == (900_000, "yen")


def test_offsets_are_of_the_text_and_take_in_the_bound_word(catalogue):
    text = "例示補助金の基本枠は、従業員４０人以下が対象です。"
    (found,) = verify_text(text, catalogue, TODAY).numbers
    assert text[found.start : found.end] == found.text == "４０人以下"


def test_names_are_ignored_and_do_not_spoil_the_text(catalogue):
    text = "1. 例示補助金の第2回は様式3で申請します[1]。電話は03-1234-5678です。"
    result = verify_text(text, catalogue, TODAY)
    assert result.ok
    assert {n.verdict for n in result.numbers} == {"ignored"}


@pytest.mark.parametrize("text", ["当社の従業員は12人で、売上高は1.2億円です。", "経費が240万円の場合を考えます。"])
def test_own_figures_told_as_own(text, catalogue):
    assert set(verdicts(text, catalogue).values()) == {"own"}


def test_own_figures_handed_in(catalogue):
    text = "見込みの客数は月に140人です。"
    assert verdicts(text, catalogue, own={"project": {"customers": 140}}) == {"140人": "own"}
    assert verdicts("例示補助金の基本枠の上限は240万円です。", catalogue, own={"cost_yen": 2_400_000}) == {"240万円": "wrong"}


def test_a_number_without_any_ground_is_unsupported(catalogue):
    assert verdicts("市場規模は3,500億円です。", catalogue) == {"3,500億円": "unsupported"}


def test_the_neighbour_programme_does_not_vouch(catalogue):
    assert bad("例示補助金の基本枠の上限は90万円です。見本助成金の販路枠の上限は90万円です。", catalogue) == ["90万円"]
    assert bad("見本助成金の販路枠の補助率は1/3です。", catalogue) == []


def test_the_edition_that_answers_depends_on_the_day(catalogue):
    text = "例示補助金の締切は2025年10月31日です。"
    assert bad(text, catalogue, date(2025, 9, 1)) == []
    assert bad(text, catalogue, TODAY) == ["2025年10月31日"]


def test_speed(catalogue):
    text = TRUE[3]
    verify_text(text, catalogue, TODAY)
    best = min(_timed(text, catalogue) for _ in range(10))
    assert best < 0.02


def _timed(text, catalogue):
    begin = time.perf_counter()
    verify_text(text, catalogue, TODAY)
    return time.perf_counter() - begin
