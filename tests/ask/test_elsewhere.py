"""Schemes of other cities and prefectures: never answered with those that the knowledge holds."""

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question, Status
from assistant.text.words import places


def ask(assistant, text, history=()):
    return answer_question(Question(text, date(2026, 11, 24), tuple(history)), assistant)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("浜松市の会社です", ("浜松市",)),
        ("津市と菰野町に店があります", ("津市", "菰野町")),
        ("岐阜で店を開く", ("岐阜",)),
        ("商店街の朝市と定期市", ()),
        ("国の補助金と県の補助", ()),
    ],
)
def test_places_of_a_text(text, found):
    assert places(text) == found


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("浜松市の店です。市の補助で空き店舗の改装はいくら出ますか", "浜松市"),
        ("岐阜県の工場です。県のエネルギー価格の補助金の率は？", "岐阜県"),
        ("豊橋で空き店舗に店を出します。市から助成金は出ますか", "豊橋"),
        ("静岡県の会社が商店街の空き店舗を借りるときの補助は？", "静岡県"),
        ("鈴鹿市の会社です。市の補助で見本市に出られますか", "鈴鹿市"),
        ("桑名市の省エネ設備の補助金は何分の何", "桑名市"),  # a description, no national scheme
        ("岐阜県のDX補助金の補助率は", "岐阜県"),
        ("東京都の創業助成事業の限度額は", "東京都"),
        ("What is the maximum of the Suzuka city export subsidy?", "Suzuka市"),
    ],
)
def test_a_local_scheme_of_another_place_is_refused_by_name(assistant, text, named):
    answer = ask(assistant, text)
    assert answer.status is Status.REFUSED
    assert named in answer.text and "窓口" in answer.text
    assert not answer.figures


def test_a_place_told_before_holds_for_the_next_question(assistant):
    answer = ask(assistant, "商店街の空き店舗に入るときの補助はいくら？", ["浜松市で店をやっています"])
    assert answer.status is Status.REFUSED and "浜松市" in answer.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("浜松市の小売店、従業員3人です。持続化補助金の上限は？", "50万円"),
        ("桑名市の持続化補助金の上限は", "50万円"),
        ("What is the maximum of the Yokkaichi city skill-up subsidy?", "15万円"),
        ("四日市市の店です。市の補助で空き店舗に入ると、上限はいくら", "150万円"),
        ("鈴鹿市の会社です。県のエネルギー価格の補助金の賃上げコースの上限は？", "200万円"),
    ],
)
def test_national_schemes_and_those_of_our_areas_are_answered(assistant, text, words):
    answer = ask(assistant, text)
    assert answer.status is Status.ANSWERED and words in answer.text


def test_beside_a_national_scheme_the_local_one_is_named_as_unknown(assistant):
    answer = ask(assistant, "浜松市の店です。持続化補助金の上限と、市の補助の上限は？")
    assert answer.status is Status.ANSWERED
    assert "「浜松市の補助」は手元の資料にない" in answer.text


@pytest.mark.parametrize("text", ["東京都の創業助成事業の上限は", "北海道の補助金は？"])
def test_schemes_of_other_places_are_refused(assistant, text):
    assert answer_question(Question(text, date(2026, 11, 24)), assistant).status is Status.REFUSED


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("四日市市の企業立地の奨励金の上限は", True),  # no scheme of ours is called so
        ("四日市市のIT企業の進出の補助金の上限は", False),
        ("ものづくり補助金の2030年の公募は何回ありますか", True),
        ("ものづくり補助金の2026年の公募の締切は", False),
    ],
)
def test_a_scheme_or_year_that_we_do_not_have(assistant, text, refused):
    assert (ask(assistant, text).status is Status.REFUSED) is refused
