"""Latin letters written by their names are read where they spell a known word; all else stays."""

import pytest

from assistant.ask.letters import LONGEST, Letters

LETTERS = Letters(["PMI推進枠とM&A", "IoTとAI、PC、CO2", "ABCDEF枠", "ABCDEFG枠", "PH計"])


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("ピーエムアイ推進枠", "PMI推進枠"),
        ("エム アンド エーの補助金", "M&Aの補助金"),
        ("えーあい導入", "AI導入"),
        ("エーアイツール", "AIツール"),
        ("アイオーティーの機器", "IoTの機器"),
        ("シーオーツー", "CO2"),
        ("ピーエイチ", "PH"),  # not A with a rest
        ("エスディージーズ", "エスディージーズ"),
        ("ビーピーアイの値", "ビーピーアイの値"),  # not known
        ("アイ枠", "アイ枠"),  # a letter alone
        ("ハイピーシー", "ハイピーシー"),  # within a word
        ("あいまい", "あいまい"),
        ("枠でぴーえむあいが", "枠でPMIが"),  # after a particle
        ("しぴーえむあい", "しぴーえむあい"),
        ("", ""),
    ],
)
def test_letters_by_their_names(text, read):
    assert LETTERS.restore(text) == read


def test_both_sides_of_the_longest_word():
    long = Letters(["BCDEFG枠", "ABCDEFG枠"])
    assert long.restore("ビーシーディーイーエフジー枠") == "BCDEFG枠"[: LONGEST + 1]
    assert long.restore("エービーシーディーイーエフジー枠") == "エービーシーディーイーエフジー枠"
