"""Figures and bands that a user takes for granted, lists of questions, and what no table holds."""

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question, Status


def ask(assistant, text, history=()):
    return answer_question(Question(text, date(2026, 11, 20), tuple(history)), assistant)


def test_the_total_of_all_rounds_is_put_right(assistant):
    text = ask(assistant, "ものづくり補助金は1次から21次までの累計で採択率48.0%ですよね").text
    assert "いいえ、" in text[:60] and "47.1%" in text and "二重に数えて" in text


def test_one_round_is_told_alone(assistant):
    text = ask(assistant, "その回の申請者数は？", ["ものづくり補助金の第21次の採択率は？", "第20次は？"]).text
    assert "2,453者" in text and "1,872者" not in text


def test_a_band_for_special_firms_is_told_apart(assistant):
    told = "業務改善助成金の90円コース、時給1,100円の11人、30人以上の事業場。特例事業者ではない。設備700万円。"
    text = ask(assistant, told + "600万円の枠はもらえますか、いくら？").text
    assert text.startswith("いいえ、上限600万円") and "450万円" in text


def test_a_frame_without_a_floor_says_so(assistant):
    text = ask(assistant, "インボイス対応類型の下限は5万円ですよね").text
    assert "1円から" in text.split("。")[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("①持続化の補助率 ②お金は先にもらえますか ③従業員が何人まで対象か", ("2/3", "後払い", "20人")),
        ("(1)持続化の締切は (2)車両は買えるか (3)相見積は必要か", ("12月15日", "車両", "2者以上")),
    ],
)
def test_each_part_of_a_list_is_answered_in_order(assistant, text, words):
    answer = ask(assistant, text).text
    places = [answer.index(w) for w in words]
    assert places == sorted(places)


def test_a_period_in_a_list_of_attributes_is_not_dropped(assistant):
    text = ask(assistant, "セキュリティ対策推進枠 補助率・上限・下限と利用料は何年分").text
    for words in ("1/2", "150万円", "5万円", "2年分"):
        assert words in text


def test_a_price_that_no_source_prints_is_refused(assistant):
    answer = ask(assistant, "カタログ注文型の清掃ロボットの本体価格はいくらですか")
    assert answer.status is Status.REFUSED and not any(f.unit == "yen" for f in answer.figures)


def test_english_is_answered_part_by_part(assistant):
    question = "Does an inn with 20 employees qualify as a small-scale business for Jizokuka, and what is the subsidy rate?"
    text = ask(assistant, question).text
    assert text.startswith("はい、") and "20人以下" in text and "2/3" in text


def test_two_rounds_are_told_in_one_sentence_each(assistant):
    lines = ask(assistant, "ものづくり補助金の第20次と第21次、申請者数と採択率を比べて").text.splitlines()
    assert any("第20次" in x and "33.6%" in x and "2,453者" in x for x in lines)
    assert any("第21次" in x and "34.1%" in x and "1,872者" in x for x in lines)


@pytest.mark.parametrize(("told", "no"), [("税抜11万円", True), ("税抜10万円", False), ("税込11万円", False)])
def test_cash_is_held_against_its_line_only_where_both_are_of_one_kind_of_tax(assistant, told, no):
    text = ask(assistant, f"持続化で棚を{told}で買い、現金で払いました。経費に入れられるはずですよね").text
    assert ("いいえ、" in text) is no
    assert "10万円（税抜）超" in text


def test_minimum_wages_are_not_told_to_who_only_says_where_he_is(assistant):
    assert "最低賃金" not in ask(assistant, "岐阜県の会社です。持続化補助金の上限は？").text
    assert "1,065円" in ask(assistant, "岐阜県の最低賃金はいくら").text
