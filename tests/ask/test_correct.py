"""A turn that puts an earlier one right: what is asked then, and what is no correction."""

import pytest

from assistant.ask.correct import settled

COST = "通常枠、経費60万でいくら？"


@pytest.mark.parametrize(
    ("history", "text", "asked"),
    [
        ((COST,), "すみません、60万じゃなくて72万でした", "通常枠、経費72万でいくら？"),
        (("年250klだと負担いくら？",), "あ、年250やなくて400klの間違い", "年400klだと負担いくら？"),
        (("15人、設備1800万ならいくら",), "15人は間違いで25人や。設備も1800万ちゃうくて3600万", "25人、設備3600万ならいくら"),
        (("上限は？従業員20人",), "ちがうわ、35人やった", "上限は？従業員35人"),
        (("10人の中小企業、いくら",), "訂正。中小じゃなくて小規模です", "10人の小規模企業、いくら"),
        (("設備380万やといくら？",), "ごめん設備380やなくて320万やった", "設備320万やといくら？"),
        ((COST,), "60万じゃなくて72万で、赤字です。いくら？", "通常枠、経費72万でいくら？ 赤字です いくら？"),
        (("従業員20人の上限は？", "補助率は？"), "20人じゃなくて21人でした", "補助率は？"),
        (("旅館で22人、出せる？",), "名簿を見たら19人でした", "旅館で19人、出せる？"),
        (("旅館で22人、出せる？",), "さっきのは去年の人数。今は19人", "旅館で19人、出せる？"),
        (("旅館で22人、出せる？",), "役員も入れてました。従業員としては19人です", "旅館で19人、出せる？"),
        (("旅館で22人、出せる？",), "あ、数え間違い。従業員は19人やった", "旅館で19人、出せる？"),
    ],
)
def test_the_question_as_it_was_meant(history, text, asked):
    assert settled(text, history)[0] == asked


def test_a_correction_of_the_turn_before_the_last_stands_in_it():
    assert settled("20人じゃなくて21人でした", ("従業員20人の上限は？", "補助率は？"))[1] == ("従業員21人の上限は？",)


def test_a_correction_stays_for_the_turns_after_it():
    assert settled("自己負担は？", (COST, "60万じゃなくて72万でした")) == ("自己負担は？", ("通常枠、経費72万でいくら？",))


@pytest.mark.parametrize(
    ("history", "text"),
    [
        (("通常枠の上限",), "50万じゃなくて200万が上限ですよね？"),  # nothing that was said before
        (("補助率は2/3？",), "2/3じゃなくて1/2ですか"),  # a figure that is asked about
        ((COST,), "すみません、小規模です。いくら？"),
        (("従業員20人と経費30万、ほかに40万",), "違った、50万でした"),  # which of two is not told
        ((), "60万じゃなくて72万でした"),
        (("旅館で22人、出せる？",), "従業員が19人なら上限はいくら"),  # supposed, and asks
        (("50円コースで4人なら？",), "ごめん、70円コースの間違い"),  # a name
    ],
)
def test_what_is_no_correction(history, text):
    assert settled(text, history) == (text, history)


def test_a_correction_after_thanks_asks_the_question_before_them_again():
    assert settled("いや、23人でした", ("宿泊業で18人、使える？", "なるほど、ありがとうございます")) == ("宿泊業で23人、使える？", ())
    history = ("宿泊業で18人、使える？", "締切は？")
    assert settled("いや、23人でした", history) == ("締切は？", ("宿泊業で23人、使える？",))


def test_what_a_correction_says_in_a_sentence_before_its_number_is_kept():
    assert settled("あ、宿泊業です。それと18人でした", ("飲食店5人、使える？",)) == ("飲食店18人、使える？ 宿泊業です", ())
