"""Later turns that change an input: what it decides is asked again, and the inputs told before hold."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)
WAGES = "業務改善助成金の70円コースで2人上げたい。事業場は"


def told(assistant, text, *history):
    return answer_question(Question(text, TODAY, tuple(history)), assistant).text


def inputs(assistant, text, *history):
    return assistant.parser.parse(Question(text, TODAY, tuple(history))).slots.inputs


@pytest.mark.parametrize(
    ("history", "text", "said"),
    [
        (("新事業進出枠、従業員18人、特例なしの上限は？", "率のほうは？"), "じゃあ60人やったら？", "5,500万円です"),
        (("省力化一般型、従業員8人で上限は？大幅賃上げなし", "締切は？"), "ほな25人なら？", "3,000万円です"),
        (("デジタル化・AI導入補助金の通常枠、2プロセスの上限は？", "補助率は？"), "5プロセスだったら？", "450万円です"),
        (("セキュリティ対策推進枠の補助率は？中小企業です", "上限は？"), "小規模事業者やったら？", "2/3です"),
        (("従業員15人の旅館。持続化は使える？", "上限は？"), "飲食店だったら？", "いいえ、"),
        (("新事業進出枠、従業員18人の上限は？特例なし",), "60人だと率は変わる？", "1/2です"),
        (("カタログ注文型、従業員3人、機械500万円でいくら？賃上げなし", "締切は？"), "7人なら？", "補助額は250万円です"),
    ],
)
def test_what_the_new_input_decides_is_asked_again(assistant, history, text, said):
    assert said in told(assistant, text, *history).split("\n\n")[0]


@pytest.mark.parametrize(
    ("text", "before", "workers", "employees", "course"),
    [
        ("やっぱ90円で3人にする。上限は？", "20人", 3, 20, 90),
        ("90円に変えて1人だけだと？", "45人", 1, 45, 90),
        ("7人やったら？", "20人", 7, 20, 70),
        ("35人おる本店のほうでやったら？", "10人", 2, 35, 70),  # more than work there
        ("うちは12人です", "20人", 2, 12, 70),
        ("事業場が32人だったら？", "20人", 2, 32, 70),
    ],
)
def test_in_a_talk_about_wages(assistant, text, before, workers, employees, course):
    found = inputs(assistant, text, WAGES + before)
    assert (found["workers"], found["employees"], found["course_yen"]) == (workers, employees, course)


def test_elsewhere_a_bare_headcount_is_of_the_firm(assistant):
    assert inputs(assistant, "3人だと？", "カタログ注文型、従業員10人の上限は？")["employees"] == 3


def test_one_measure_is_taken_back_and_the_others_stay(assistant):
    both = "インボイスと賃上げ、両方の特例を使って持続化の通常枠に出したい"
    assert "補助上限額は100万円です" in told(assistant, "上限は？", both, "賃上げのほうはやめとく")
    assert "補助上限額は200万円です" in told(assistant, "上限は？", both, "インボイスは対象外でした")
    assert "補助上限額は50万円です" in told(assistant, "上限は？", both, "特例はどっちもなしで")


def test_a_denied_measure_that_is_supposed_after_all(assistant):
    history = ("カタログ注文型で機械1,200万円、従業員9人", "大幅賃上げはしない")
    assert "補助額は500万円です" in told(assistant, "いくら？", *history)
    assert "補助額は600万円です" in told(assistant, "もしやるとしたら？", *history)


def test_a_frame_of_another_programme_takes_neither_round_nor_costs(assistant):
    history = ("持続化の第20回、経費90万円でいくら？",)
    query = assistant.parser.parse(Question("専門家活用枠の買い手支援類型の上限は？", TODAY, history))
    assert (query.programmes, query.rounds, query.slots.items) == (("shokei-ma",), (), ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("商工会議所にもらう紙、いつまでに頼むんやったっけ。あと何日ある？", "2026年12月4日（金）までです[1]。あと10日"),
        ("商工会で発行してもらう書類、まだ間に合う？", "2026年12月4日（金）までです[1]。あと10日"),
        ("申請はいつまで？あと何日？", "2026年12月15日（火） 17:00です[1]。あと21日"),
        ("商工会議所でやってる相談会の書類は何が要る？", ""),
    ],
)
def test_the_paper_of_the_chamber_has_a_deadline_of_its_own(assistant, text, said):
    assert said in told(assistant, text, "持続化の通常枠、第20回に出すつもり")


def test_what_a_later_turn_asks_in_words_of_its_own_leads(assistant):
    assert "担保を出す必要はありません" in told(assistant, "担保は？", "マル経融資の上限は？").split("\n\n")[0]
    assert "補助上限額" in told(assistant, "30人なら？", "省力化一般型、従業員8人で上限は？").split("\n\n")[0]


def test_a_cost_after_its_rate_and_cap_asks_for_the_amount(assistant):
    answer = told(assistant, "後者で委託費90万円だと？", "四日市でIoTの人材育成したい。補助の率と上限は？", "計画策定のほうは？")
    assert "補助額は60万円です" in answer


def test_the_caps_that_may_hold_stand_beside_what_is_still_open(assistant):
    answer = told(assistant, "90円コースに変えて1人だけにするとなんぼ？", "業務改善助成金で50円コース、3人上げる。店は8人")
    assert "事業場規模30人未満）：100万円" in answer and "130万円" not in answer


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("チラシはやめる", [300_000]),
        ("チラシは取りやめ", [300_000]),
        ("展示会の分は外して", [150_000]),
        ("旅費5万円も", [300_000, 150_000, 50_000]),
        ("チラシはどうなる？", [300_000, 150_000]),
    ],
)
def test_a_cost_that_is_left_out_after_all(assistant, text, item):
    query = assistant.parser.parse(Question(text, TODAY, ("持続化の通常枠、展示会30万円とチラシ15万円でいくら？",)))
    assert [i.yen for i in query.slots.items] == item


@pytest.mark.parametrize(("text", "yen"), [("2年目の家賃が月8万円だと？", 960_000), ("2年の家賃が月8万円だと？", 1_920_000)])
def test_the_second_year_of_a_rent_is_one_year(assistant, text, yen):
    query = assistant.parser.parse(Question(f"四日市の空き店舗、{text}", TODAY))
    assert [i.yen for i in query.slots.items] == [yen]


def test_the_workplace_and_those_whose_pay_rises(assistant):
    found = inputs(assistant, "業務改善助成金、90円コース、事業場は30人で3人")
    assert (found["employees"], found["workers"]) == (30, 3)


@pytest.mark.parametrize(
    ("text", "heads"),
    [("2人増えたら？", 21), ("2人辞めたら？", 17), ("21人に増えたら？", 21), ("10人雇っています", 10), ("2人増えたら上限は変わる？", 21)],
)
def test_those_who_come_or_leave(assistant, text, heads):
    assert inputs(assistant, text, "省力化の一般型、従業員19人の上限は？")["employees"] == heads


def test_the_next_one_hired(assistant):
    assert inputs(assistant, "6人目を雇ったら？", "カタログ注文型、うちは5人")["employees"] == 6


@pytest.mark.parametrize(
    "text", ["うち小規模やなくて普通の中小企業やった", "小規模じゃなかった", "小規模事業者ではありません", "小規模とは違う"]
)
def test_a_firm_that_is_not_small_after_all(assistant, text):
    before = "小規模事業者です。事業承継促進枠、設備1,800万円、賃上げなし"
    assert inputs(assistant, text, before)["size"] == "sme"
    assert "1,800万円 × 1/2" in told(assistant, f"{text}。補助額は？", before)
