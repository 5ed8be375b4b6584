"""Several questions in one text, told apart, and what is not taken for a second question."""

import pytest

from assistant.ask.split import questions_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("上限は？締切は？", ("上限は？", "締切は？")),
        ("上限はいくらですか。締切はいつですか。", ("上限はいくらですか。", "締切はいつですか。")),
        ("上限はいくらですか、あと締切はいつですか", ("上限はいくらですか", "あと締切はいつですか")),
        ("対象になるのかと、締切を教えて", ("対象になるのか", "締切を教えて")),
        ("補助率を教えてください。締切もお願いいたします。", ("補助率を教えてください。", "締切もお願いいたします。")),
        ("上限は？\n\n補助率は？", ("上限は？", "補助率は？")),
        ("上限は？下限は？締切は？結果は？書類は？", ("上限は？", "下限は？", "締切は？", "結果は？", "書類は？")),
    ],
)
def test_questions_are_told_apart_in_order(text, parts):
    assert questions_of(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "上限は？",
        "こんにちは。",
        "",
        "従業員は5人です。上限は？",
        "本当？上限は？",  # a part of two characters asks nothing
        "経費は1.5万円です。締切は？",
        "上限はいくらですか。よろしくお願いします。",
        "上限を教えてください。宜しくお願いいたします。",
        "上限は？下限は？補助率は？締切は？結果は？書類は？",  # more than a text can be taken apart into
    ],
)
def test_one_question_stays_whole(text):
    assert questions_of(text) == (text,)


def test_a_statement_belongs_to_the_question_after_it():
    assert questions_of("従業員5人です。上限は？パン屋です。補助率は？") == ("従業員5人です。上限は？", "パン屋です。補助率は？")


def test_what_follows_the_last_question_belongs_to_it():
    assert questions_of("上限は？補助率は？従業員は5人です。") == ("上限は？", "補助率は？\n従業員は5人です。")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1. 上限\n2. 補助率", ("1. 上限", "2. 補助率")),
        ("（1）上限\n（2）補助率", ("（1）上限", "（2）補助率")),
        ("教えて ①上限 ②補助率 ③締切", ("教えて ①上限", "②補助率", "③締切")),
        ("持続化について：①上限 ②補助率", ("持続化について ①上限", "②補助率")),
    ],
)
def test_numbered_points_are_questions(text, parts):
    assert questions_of(text) == parts


def test_one_numbered_point_is_no_list():
    assert questions_of("1. 上限") == ("1. 上限",)


def test_nothing_of_the_text_is_lost():
    text = "従業員5人です。上限は？補助率は？以上です。"
    assert "".join(questions_of(text)).replace("\n", "") == text
