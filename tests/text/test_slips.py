"""How far a word is from what was typed: slips are cheap, other words are far."""

import pytest

from assistant.text.slips import SLIP, distance


@pytest.mark.parametrize(
    ("typed", "word", "cost"),
    [
        ("グローバル", "グローバル", 0),
        ("ぐろーばる", "グローバル", 0),  # hiragana sounds the same
        ("グローパル", "グローバル", SLIP),
        ("グロバル", "グローバル", SLIP),
        ("グロバール", "グローバル", 2 * SLIP),
        ("セキュリテイ", "セキュリティ", SLIP),
        ("セキュリテー", "セキュリティ", 2 * SLIP),
        ("イインボイス", "インボイス", SLIP),  # typed twice
        ("カタログ", "力タログ", SLIP),  # a kanji that looks like it
        ("保助率", "補助率", SLIP),
        ("推進枠", "促進枠", 1),
        ("グーバル", "グローバル", 1),
        ("通常", "", 2),
        ("", "", 0),
    ],
)
def test_what_a_slip_costs(typed, word, cost):
    assert distance(typed, word) == pytest.approx(cost)
