"""Frames of a programme that are typed with a slip are known; names that are none of its frames stay unknown."""

from __future__ import annotations

import random
import re
from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question, Status
from assistant.text.words import readings

TODAY = date(2026, 11, 24)
SEED, SAMPLES, LEAST = 20261124, 200, 0.97
LIKE = "カガ キギ クグ ケゲ コゴ サザ シジ スズ タダ テデ トド ハバパ ヒビピ フブプ ヘベペ ホボポ ツッ ヤャ イィ エェ".split()
LETTERS = {"P": "ピー", "M": "エム", "I": "アイ", "&": "アンド", "A": "エー", "G": "ジー", "X": "エックス", "E": "イー", "S": "エス"}


def frames(assistant, text, programme):
    found = assistant.parser.parse(Question(text, TODAY, ())).targets
    return {(t.series, t.frame) for t in found if t.kind == "frame" and t.programme == programme}


@pytest.mark.parametrize(
    ("text", "programme", "frame"),
    [
        ("新事業進出・ものづくり補助金のグローパル枠の上限", "shinjigyo-monodukuri", {"global"}),
        ("新事業進出・ものづくり補助金のグロバール枠の上限", "shinjigyo-monodukuri", {"global"}),
        ("新事業進出・ものづくり補助金の革親的新製品・サービス枠の上限", "shinjigyo-monodukuri", {"kakushin"}),
        ("事業承継・M&A補助金のピーエムアイ推進枠の上限", "shokei-ma", {"pmi", "togo"}),
        ("事業承継・M&A補助金の小規模売り手支援類形の上限", "shokei-ma", {"shokibo"}),
        ("事業承継・M&A補助金の小基模売り手支援類型の上限", "shokei-ma", {"shokibo"}),  # not 売り手支援類型 within it
        ("デジタル化・AI導入補助金のセキュリテー対策推進枠の上限", "digital-ai", {"security"}),
        ("省力化投資補助金のカダログ注文型の上限", "shoryokuka", {"catalog"}),
        ("業務改善助成金の90円ゴースの上限", "gyomu-kaizen", {"main"}),
    ],
)
def test_a_slip_in_the_name_of_a_frame(assistant, text, programme, frame):
    assert {f for _, f in frames(assistant, text, programme)} == frame


@pytest.mark.parametrize(
    "text",
    [
        "新事業進出・ものづくり補助金のグリーン枠の上限は",
        "新事業進出・ものづくり補助金のデジタル枠の上限は",
        "持続化補助金のインバウンド枠の上限はいくら",  # a frame of another programme
        "デジタル化・AI導入補助金のグローバル展開枠の上限は",
        "事業承継・M&A補助金の経営革新枠の補助率は",
        "省力化投資補助金のビーツービー枠の上限は",
    ],
)
def test_a_name_that_is_no_slip_is_refused(assistant, text):
    answer = answer_question(Question(text, TODAY, ()), assistant)
    assert answer.status is Status.REFUSED
    assert "枠」は手元の資料にない" in answer.text


def test_a_special_measure_with_a_slip(assistant):
    found = assistant.parser.parse(Question("省力化一般型の大巾賃上げ特例を使うと12人の会社の上限は", TODAY, ()))
    assert "chinage" in found.slots.inputs["specials"]


def _slips(name, kanji):
    """All ways to type a name with one slip."""
    for i, c in enumerate(name):
        for group in LIKE:
            yield from (name[:i] + other + name[i + 1 :] for other in group if c in group and other != c)
        if c == "ー":
            yield name[:i] + name[i + 1 :]
        if "一" <= c <= "龥" and c != "枠":
            yield from (name[:i] + other + name[i + 1 :] for r in readings(c) if len(r) > 1 for other in kanji.get(r, ()) if other != c)
    letters = re.search(r"[A-Z&]{2,}", name)
    if letters and set(letters.group()) <= set(LETTERS):
        yield name[: letters.start()] + "".join(LETTERS[c] for c in letters.group()) + name[letters.end() :]


def test_slips_by_chance(assistant):
    rng, catalogue = random.Random(SEED), assistant.catalogue
    kanji: dict[str, list[str]] = {}
    for c in sorted({c for e in catalogue.editions.values() for f in e.facts for c in f.text if "一" <= c <= "龥"}):
        for reading in readings(c):
            kanji.setdefault(reading, []).append(c)
    names = sorted(
        {
            (p.id, p.short, n)
            for p in catalogue.programmes.values()
            for e in catalogue.editions_of(p.id)
            for f in e.frames
            for n in (f.label, *f.also)
            if len(n) >= 4 and n.endswith(("枠", "型", "コース"))
        }
    )
    right = total = 0
    for programme, short, name in rng.choices(names, k=SAMPLES):
        slips = sorted(set(_slips(name, kanji)))
        if slips:
            total += 1
            typed = rng.choice(slips)
            right += frames(assistant, f"{short}の{typed}の上限は", programme) == frames(assistant, f"{short}の{name}の上限は", programme)
    assert right >= LEAST * total, (right, total)
