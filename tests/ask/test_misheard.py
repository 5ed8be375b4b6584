"""Words that voice input or a conversion spelt otherwise are put right by their sound; all else stays as it is."""

from __future__ import annotations

import random

import pytest

from assistant.ask.misheard import LONGEST, SHORTEST_SOUND, Misheard

WORDS = ("補助率", "通常枠", "創業型", "商工会", "申請", "カタログ注文型", "ゴーテック", "事業承継", "事業所")


@pytest.fixture(scope="module")
def misheard():
    return Misheard(WORDS, "\n".join(WORDS) + "\n通商枠")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("補助立はいくら", "補助率はいくら"),
        ("つう上枠の締切", "通常枠の締切"),  # half converted
        ("倉業型で", "創業型で"),
        ("所工会にたのむ", "商工会にたのむ"),  # a long vowel is lost
        ("かだろぐのやつ", "カタログのやつ"),  # a loanword in dialect
        ("後テックの枠", "ゴーテックの枠"),
        ("事業消渓の枠", "事業承継の枠"),  # the longest word that fits, not 事業所
        ("通商枠", "通商枠"),  # known as it stands
        ("真正の書類", "真正の書類"),  # 申請 has too few sounds to be meant
        ("つうじょうわく", "つうじょうわく"),  # kana alone are read elsewhere
        ("補助率は", "補助率は"),
        ("", ""),
    ],
)
def test_restored_by_sound(misheard, typed, meant):
    assert misheard.restore(typed) == meant


@pytest.mark.parametrize(("word", "taken"), [("補助率", True), ("機械費", False)])
def test_both_sides_of_the_shortest_sound(word, taken):
    slips = {"補助率": "補助立", "機械費": "機会費"}  # five sounds, four
    found = Misheard((word,), word).restore(slips[word])
    assert (found == word) is taken, (found, SHORTEST_SOUND)


def test_ordinary_questions_stay_as_they_are(assistant):
    texts = [f.text for e in assistant.catalogue.editions.values() for f in e.facts]
    chosen = random.Random(7).sample(texts, 300)
    restored = [assistant.parser._misheard.restore(t) for t in chosen]
    assert restored == chosen


def test_a_text_longer_than_any_word_is_walked_through(misheard):
    assert misheard.restore("あ" * (LONGEST * 3) + "補助立") == "あ" * (LONGEST * 3) + "補助率"
