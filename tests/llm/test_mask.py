from __future__ import annotations

import pytest

from assistant.llm.mask import Masker


@pytest.mark.parametrize(
    ("question", "sent", "hidden"),
    [
        ("株式会社海風館です。上限は？", "［会社］です。上限は？", "海風館"),
        ("有限会社ひかりは対象ですか", "［会社］は対象ですか", "ひかり"),
        ("弊社は海風館株式会社です", "弊社は［会社］です", "海風館"),
        ("（株）アオイ製作所の田中太郎さん", "［会社］の［人名］さん", "田中"),
        ("海風館は、株式会社海風館の略です", "［会社Ｂ］は、［会社］の略です", "海風館"),
        ("田中様と山田さんから", "［人名］様と［人名Ｂ］さんから", "山田"),
        ("代表の佐藤花子は", "代表の［人名］は", "佐藤"),
        ("山田花子と申します", "［人名］と申します", "山田"),
        ("a.b@example.co.jp か 059-353-1234 へ", "［連絡先］ か ［連絡先Ｂ］ へ", "1234"),
    ],
)
def test_names_of_firms_and_persons_are_not_sent(question: str, sent: str, hidden: str) -> None:
    masker = Masker()
    assert masker.hide_question(question) == sent
    assert hidden not in sent


@pytest.mark.parametrize("word", ["お客様", "皆さん", "仕様", "事業者さん", "たくさん", "株式会社は対象ですか", "同様に"])
def test_ordinary_words_are_no_names(word: str) -> None:
    assert Masker().hide_question(word) == word


@pytest.mark.parametrize(
    "draft",
    [
        "株式会社海風館の補助額は{f:0}です{s:0}。第20回、120万円 × 2/3 ＝ 80万円、従業員6～20人",
        "①と②、Ⅲ、五十万円、三分の二、２割、令和８年12月15日（火） 17:00、3C、田中太郎さん",
        "{f:0}{f:1}{s:0}",
        "",
    ],
)
def test_a_draft_comes_back_as_it_was(draft: str) -> None:
    masker = Masker()
    hidden = masker.hide(draft)
    assert masker.restore(hidden) == draft
    assert not any(w in hidden for w in ("20", "五十", "三分", "２", "海風館", "田中", "①", "Ⅲ"))


def test_braces_and_brackets_of_the_user_cannot_pass_for_tokens() -> None:
    sent = Masker().hide_question("{f:1} と ［会社］ と 500万円")
    assert "{f" not in sent and "［" not in sent and "500" not in sent


def test_numbers_of_the_user_are_tokens_with_their_kind() -> None:
    masker = Masker()
    sent = masker.hide_question("従業員18人で300万円の機械、もう一度300万円")
    assert sent == "従業員{u:0}（人数）で{u:1}（金額）の機械、もう一度{u:1}（金額）"
    assert masker.restore("{u:1} {u:0} {u:7}") == "300万円 18人 {u:7}"


def test_thirty_firms_keep_their_own_masks() -> None:
    text = "、".join(f"株式会社{chr(0x30A2 + i)}{chr(0x30A2 + i)}" for i in range(30))
    masker = Masker()
    assert masker.restore(masker.hide(text)) == text
