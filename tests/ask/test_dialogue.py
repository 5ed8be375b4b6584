"""Turns of a conversation that lean on what was said: another input, frame or programme for the same question."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)


def told(assistant, text, *history):
    return answer_question(Question(text, TODAY, tuple(history)), assistant).text


@pytest.mark.parametrize(
    ("history", "text", "said"),
    [
        (("カタログ注文型で600万円の機械、従業員4人",), "25人だったら？", "補助額は300万円です"),
        (("省力化一般型の締切は？",), "持続化のほうは？", "申請締切は2026年12月15日"),
        (("持続化の通常枠の上限は？",), "創業型とどう違う？", "200万円"),
        (("成長加速化補助金、建物6億円と機械2億円でいくら？", "機械は3億円に減らす案もある"), "自己負担は？", "自己負担は4億5,000万円"),
    ],
)
def test_the_same_question_under_another_condition(assistant, history, text, said):
    assert said in told(assistant, text, *history).split("\n\n")[0]


def test_two_programmes_are_compared_by_what_was_asked_of_them(assistant):
    answer = told(assistant, "2つを表で比べて", "持続化補助金の上限は？", "省力化投資補助金カタログの上限は？")
    assert "50万円" in answer and "1,000万円" in answer


def test_documents_are_asked_for_whatever_came_before(assistant):
    query = assistant.parser.parse(Question("必要書類も教えて", TODAY, ("持続化の第20回の締切は？",)))
    assert query.attributes[0] == "document" and query.leans_on == ""


def test_a_frame_that_is_named_wins_over_a_thing_that_others_pay_for(assistant):
    query = assistant.parser.parse(Question("カタログ注文型で券売機を入れたい", TODAY))
    assert query.programmes == ("shoryokuka",)


ABROAD = "四日市の中小製造業。海外人材確保支援の渡航費1人20万円で5人、いくら？"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("国内研修の参加費も1人12万円です。そっちはいくら", "30万円"),  # as many people as before
        ("国内研修の参加費は1人26万円で2人。そっちはいくら", "20万円"),  # the cap of each
    ],
)
def test_another_cost_of_the_same_scheme(assistant, text, amount):
    answer = told(assistant, text, ABROAD)
    assert f"の補助額は{amount}です" in answer and "場合ごと" not in answer


def test_a_cap_for_each_head_asks_how_many_there_are(assistant):
    answer = told(assistant, "四日市の中小製造業。海外人材確保支援の渡航費20万円だといくら？")
    assert "人数によって変わります" in answer and "場合ごと" not in answer and "賃上げ" not in answer


@pytest.mark.parametrize(("text", "said"), [("3人です", "の補助額は30万円です"), ("従業員は3人です", "人数によって変わります")])
def test_a_headcount_alone_is_of_those_with_the_price_a_head(assistant, text, said):
    assert said in told(assistant, text, "四日市の中小製造業。海外人材確保支援で渡航費1人20万円、いくら？")


def test_one_of_two_costs_is_put_right(assistant):
    answer = told(assistant, "機械だけ5,000万に訂正", "成長加速化は100億宣言済み。建物3億円と機械2億円だといくら？")
    assert "の補助額は1億7,500万円です" in answer


def test_a_measure_called_by_what_it_demands_is_used(assistant):
    assert "黒字：80万円（120万円 × 2/3" in told(assistant, "賃上げ要件もつけたら？", "持続化補助金の通常枠で設備120万円いくら？")


def test_pay_after_some_fiscal_years(assistant):
    asked = "基準年度は1人400万円です。3事業年度後はいくらにしたらいいんですか"
    assert "4,564,665円以上" in told(assistant, asked, "成長加速化補助金の賃上げ要件って何でしたっけ")


def test_no_answer_to_a_question_whether_something_is_not_so_begins_with_yes_or_no(assistant):
    for text in ("持続化補助金の通常枠で広告費30万円だけだと出ない？", "持続化補助金、赤字だとだめ？"):
        assert not told(assistant, text).startswith(("はい", "いいえ"))
    assert told(assistant, "持続化補助金の通常枠は上限50万円で合ってますよね。教えてもらえませんか").startswith("はい、")


COURSE = ("四日市で12年やっている会社です。社員に資格を取らせる費用の補助はありますか", "受講料は1人5万円です")


@pytest.mark.parametrize(
    ("history", "text", "said"),
    [
        (COURSE, "それを3人に受けさせたらいくら？", "の補助額は75,000円です"),
        ((*COURSE, "3人に受けさせたらいくら？"), "やっぱり4人だと？", "の補助額は10万円です"),
        ((*COURSE, "うちは従業員30人の会社です"), "補助はいくら？", "の補助額は25,000円です"),  # the size of the firm
    ],
)
def test_a_price_a_head_is_paid_for_those_told_later(assistant, history, text, said):
    assert said in told(assistant, text, *history)


def test_a_scheme_of_the_place_is_told_over_turns_and_a_word_of_many_is_not_enough(assistant):
    plan = told(assistant, "市の補助はいくら？", "うちは四日市の製造業でIoTを入れたい", "まず計画づくりを頼む、90万円")
    assert "計画策定事業（2026年）の補助額は60万円です" in plan.split("\n\n")[0]
    query = assistant.parser.parse(Question("補助はいくら？", TODAY, ("四日市の会社です。新しい機械を入れたい", "300万円です")))
    assert query.programmes == ()


@pytest.mark.parametrize(("text", "steps"), [("2回出て合計60万円なら？", "60万円 × 2/3"), ("追加で15万円ならいくら？", "45万円 × 2/3")])
def test_a_total_takes_the_place_of_the_costs_before_it(assistant, text, steps):
    assert steps in told(assistant, text, "四日市で就職フェアに出展したい", "出展料は30万円", "補助は？")


@pytest.mark.parametrize(("text", "said"), [("2つなら？ 3つもあり？", True), ("二つならいくら？", True), ("3つなら？", False)])
def test_the_price_of_so_many_units(assistant, text, said):
    history = ("省エネ診断を受けたい", "設備を1つだけ見てもらうプランだと自己負担はいくら")
    assert ("12,012円" in told(assistant, text, *history)) is said


def test_the_name_of_all_frames_is_of_the_one_of_the_firm(assistant):
    rates = told(assistant, "専門家活用枠の補助率はいくつ？", "会社を売る側です。従業員60人", "黒字で利益率も下がってない")
    assert "売り手支援類型（第15次）の補助率は1/2" in rates and "買い手" not in rates
    assert "買い手" in told(assistant, "専門家活用枠の補助率はいくつ？", "従業員60人の会社です")


def test_costs_told_before_the_programme_had_a_name(assistant):
    asked = "持続化の通常枠だといくら出る？"
    assert "補助額は40万円です" in told(assistant, asked, "従業員3人の美容院です", "店の改装に60万円かけます")
    assert "60万円" not in told(assistant, asked, "省力化カタログで60万円の機械、従業員3人")


def test_a_case_without_a_question_is_asked_its_cap(assistant):
    history = ("業務改善助成金の70円コースを使いたいです", "事業場は12人", "3人の時給を上げます")
    assert "240万円です" in told(assistant, "やっぱり90円にしたら？", *history).split("\n\n")[0]


def test_what_is_asked_beside_a_difference_or_a_rate(assistant):
    both = told(assistant, "グローバル枠、従業員15人と30人で上限いくら違う？率は？締切は？")
    assert "差は1,500万円です" in both and "2/3" in both and "2026年9月30日" in both
    assert "補助上限額は5億円" in told(assistant, "成長加速化、いくら出る？率は？")
    assert "補助上限額は" not in told(assistant, "成長加速化の補助率はいくら？").split("\n\n")[0]
