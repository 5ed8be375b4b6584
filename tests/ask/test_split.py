"""Several questions in one text, told apart, and what is not taken for a second question."""

import pytest

from assistant.ask.split import MOST, OF_ITS_OWN, questions_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("補助の上限額は？申請の締切はいつ？", ("補助の上限額は？", "申請の締切はいつ？")),
        ("上限はいくらですか。締切はいつですか。", ("上限はいくらですか。", "締切はいつですか。")),
        ("上限はいくらですか、あと締切はいつですか", ("上限はいくらですか", "あと締切はいつですか")),
        ("対象になるのかと、締切がいつか教えて", ("対象になるのか", "締切がいつか教えて")),
        ("補助率を教えてください。締切もお願いいたします。", ("補助率を教えてください。", "締切もお願いいたします。")),
        ("(1)補助の上限額 (2)申請の締切", ("(1)補助の上限額", "(2)申請の締切")),
        ("一つ目は補助の上限額、二つ目は申請の締切", ("一つ目は補助の上限額、", "二つ目は申請の締切")),
        ("What is the cap, and do I need a guarantor?", ("What is the cap", "do I need a guarantor?")),
        ("通販で買ってもええの？ほんで店で買うたらなんぼ出るん", ("通販で買ってもええの？", "ほんで店で買うたらなんぼ出るん")),
        ("補助の上限額は？\n\n申請の締切はいつ？", ("補助の上限額は？", "申請の締切はいつ？")),
        ("500万円使うといくら？501万円なら？", ("500万円使うといくら？", "501万円なら？")),
        ("500万円使うといくら？自己負担は？", ("500万円使うといくら？自己負担は？",)),
        ("更新で3億円と4億円でそれぞれ補助額は", ("更新で3億円で補助額は", "更新で4億円で補助額は")),
        ("チラシ10万円と機械60万円、それぞれいくら", ("チラシ10万円と機械60万円、それぞれいくら",)),
        ("看板と机に3万円と4万円をそれぞれ使う。いくら", ("看板と机に3万円と4万円をそれぞれ使う。いくら",)),
    ],
)
def test_questions_are_told_apart_in_order(text, parts):
    assert questions_of(text) == parts


def test_a_text_is_taken_apart_into_so_many_and_no_more():
    asked = [f"補助の{x}は何ですか。" for x in ("上限額", "下限額", "締切日", "対象者", "補助率", "必要書類")]
    assert questions_of("".join(asked[:MOST])) == tuple(asked[:MOST])
    assert questions_of("".join(asked[: MOST + 1])) == ("".join(asked[: MOST + 1]),)


@pytest.mark.parametrize(
    ("second", "parts"), [("あ" * (OF_ITS_OWN - 1) + "？", 1), ("あ" * OF_ITS_OWN + "？", 2), ("従業員は五人です。補助率は？", 2)]
)
def test_a_short_question_stays_with_the_one_before(second, parts):
    assert len(questions_of("90万円使うといくらもらえますか？" + second)) == parts


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
        "上限は？締切は？",  # the second is too short to be of its own
    ],
)
def test_one_question_stays_whole(text):
    assert questions_of(text) == (text,)


def test_a_statement_belongs_to_the_question_after_it():
    parts = ("従業員5人です。上限は？", "店はパン屋です。補助率は？")
    assert questions_of("".join(parts)) == parts


def test_what_follows_the_last_question_belongs_to_it():
    parts = ("上限はいくらですか。", "締切はいつですか。")
    assert questions_of("".join(parts) + "従業員は5人です。") == (parts[0], parts[1] + "\n従業員は5人です。")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1. 上限\n2. 補助率", ("1. 上限", "2. 補助率")),
        ("（1）上限\n（2）補助率", ("（1）上限", "（2）補助率")),
        ("教えて ①上限 ②補助率 ③締切", ("教えて ①上限", "②補助率", "③締切")),
        ("持続化について：①上限 ②補助率", ("持続化について： ①上限", "②補助率")),
    ],
)
def test_numbered_points_are_questions(text, parts):
    assert questions_of(text) == parts


def test_one_numbered_point_is_no_list():
    assert questions_of("1. 上限") == ("1. 上限",)


def test_nothing_of_the_text_is_lost():
    text = "従業員5人です。上限はいくらですか。締切はいつですか。以上です。"
    assert "".join(questions_of(text)).replace("\n", "") == text


@pytest.mark.parametrize(
    ("second", "parts"),
    [("半分だから60万円かな", 1), ("60万円で合ってますか？", 1), ("60万円の車は買えますか？", 2), ("60万円だといくら出るかな", 2)],
)
def test_a_guess_of_the_amount_is_no_question_of_its_own(second, parts):
    assert len(questions_of("経費はいくら必要ですか？" + second)) == parts


def test_questions_joined_in_english_are_two():
    assert questions_of("What is the cap of the grant, and do I need collateral?") == (
        "What is the cap of the grant", "do I need collateral?",
    )  # fmt: skip
    assert len(questions_of("What documents and forms do I need?")) == 1
    statement = "We run an inn with 12 employees. Are we small, and how large a part may the website be?"
    assert questions_of(statement) == ("We run an inn with 12 employees.Are we small", "how large a part may the website be?")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("付帯設備は対象に入りますか。補助率も。", 2),
        ("看板は使えますか。率と上限も教えて", 2),
        ("補助率はいくつですか。上限も", 1),
        ("付帯設備は対象に入りますか。自己負担も。", 1),
    ],
)
def test_a_figure_asked_for_beside_a_yes_or_no(text, parts):
    assert len(questions_of(text)) == parts


def test_a_figure_asked_for_beside_is_no_question_of_its_own_where_no_programme_is_named():
    text = "付帯設備は対象に入りますか。補助率も。"
    assert questions_of(text, named=False) == (text,)


def test_what_is_listed_before_an_also_is_a_question():
    assert questions_of("上限いくらで、締切いつで、あとホームページはどこまで？") == (
        "上限いくらで、締切いつで", "あとホームページはどこまで？",
    )  # fmt: skip
