"""Folding keeps a true map back to the original text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.normalize import fold, normalize


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("５０万円", "50万円"), ("２／３", "2/3"), ("Ａ～Ｂ", "A～B"), ("1〜2~3～4", "1～2～3～4"),
        ("10−20–30―40", "10-20-30-40"), ("％", "%"),
        ("ﾃﾞｼﾞﾀﾙ", "デジタル"), ("ﾊﾟｰﾄ", "パート"), ("①50", "①50"), ("㈱例", "(株)例"), ("⅔", "2/3"), ("补助额", "補助額"),
        ("创业框", "創業枠"),
        ("コード", "コード"), ("\u3000", " "), ("（税込）", "(税込)"), ("１２：３０", "12:30"), ("m²", "m²"),
    ],
)  # fmt: skip
def test_folds(text, folded):
    assert normalize(text).text == folded


@given(st.text(max_size=60))
def test_offsets_rise_and_stay_inside(text):
    norm = normalize(text)
    assert len(norm.offsets) == len(norm.text) + 1
    assert norm.offsets[len(norm.text)] == len(text)
    assert all(norm.offsets[i] <= norm.offsets[i + 1] for i in range(len(norm.text)))


def test_span_of_an_expanded_character_is_the_whole_character():
    norm = normalize("あ㈱い")
    start = norm.text.index("株")
    assert norm.span(start, start + 1) == (1, 2)
    assert norm.span(0, len(norm.text)) == (0, 3)


@pytest.mark.parametrize(
    ("left", "right"), [("ＩＴ導入 補助金", "it導入補助金"), ("M&A", "Ｍ＆Ａ"), ("デジタル", "ﾃﾞｼﾞﾀﾙ"),
    ("ものづくり　補助金", "ものづくり补助金")]
)
def test_fold_makes_names_equal(left, right):
    assert fold(left) == fold(right)


def test_fold_keeps_long_vowels():
    assert fold("コード") != fold("コド")
