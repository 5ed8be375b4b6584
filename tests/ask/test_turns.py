"""Turns on real programmes: the difference to a turn before, another case, what a text tells by the way."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question, Status

TODAY = date(2026, 11, 24)


def ask(assistant, text, *history):
    return answer_question(Question(text, TODAY, tuple(history)), assistant)


def head(assistant, text, *history):
    return ask(assistant, text, *history).text.split("\n\n")[0]


@pytest.mark.parametrize(
    ("history", "text", "said"),
    [
        (
            ("事業承継促進枠、小規模、設備1350万、賃上げはしない。いくら？",),
            "賃上げもやるとしたら、なんぼ増える？",
            ("800万円", "900万円", "差は100万円"),
        ),
        (
            ("セキュリティ対策推進枠で利用料200万、中小企業。いくら？",),
            "小規模やったら、なんぼ多くなるん？",
            ("100万円", "1,333,333円", "差は333,333円"),
        ),
        (
            ("省力化の一般型、従業員30人の上限は？", "カタログ注文型だと？"),
            "2つの差はいくら？",
            ("3,000万円", "1,000万円", "差は2,000万円"),
        ),
        (("持続化の通常枠の上限", "じゃあ創業型は？"), "差額はどれくらい", ("50万円", "200万円", "差は150万円")),
        (
            ("新事業進出枠で従業員15人の上限は？特例なし", "40人では？"),
            "その差っていくらですか？",
            ("2,500万円", "4,000万円", "差は1,500万円"),
        ),
    ],
)
def test_the_difference_names_both(assistant, history, text, said):
    assert all(s in head(assistant, text, *history) for s in said)


@pytest.mark.parametrize(
    ("history", "text", "said"),
    [
        (("セキュリティ対策推進枠で2年分の利用料200万、中小企業だと補助はいくら？",), "うち小規模やったら？", "補助額は1,333,333円です"),
        (("セキュリティ対策推進枠、利用料120万、中小企業です。補助はなんぼ？",), "利用料が250万だと？", "補助額は125万円です"),
        (("Go-Techの通常枠で中小企業、初年度の対象経費が6000万だと補助はいくら？",), "課税所得が20億あったら？", "補助額は3,000万円です"),
        (("Go-Techの通常枠で中小企業、初年度の対象経費が6000万だと補助はいくら？",), "課税所得は15億円です", "補助額は4,000万円です"),
        (
            ("持続化の通常枠で委託費50万円、いくら？",),
            "専門家に払う50万円だけじゃなくて機械80万円も入れたら？",
            "持続化補助金 一般型 通常枠",
        ),
    ],
)
def test_another_case_asks_the_same(assistant, history, text, said):
    assert said in head(assistant, text, *history)


@pytest.mark.parametrize(
    ("history", "text", "said"),
    [
        (("持続化の賃金引上げ特例って何％上げるんでしたっけ",), "いま一人平均300万やから、いくらにしたらええの", "309万円以上"),
        (("成長加速化の賃上げ要件は？",), "一人当たり400万やけど、1年後はなんぼ要る？", "418万円以上"),
        ((), "ひとりあたり給料380万、新事業進出・ものづくりの賃上げ、3年後には一人いくらになってないと返還？", "4,213,128円以上"),
        ((), "平均給与320万の会社です。革新的新製品・サービス枠で経費1000万、小規模10人、いくら出る？", "補助額は6,666,666円です"),
    ],
)
def test_pay_is_no_cost(assistant, history, text, said):
    assert said in head(assistant, text, *history)


@pytest.mark.parametrize(
    ("plan", "said"),
    [("1900万円もらう計画です", "返すのは400万円"), ("1500万円もらう計画です", "差額の返還はありません")],
)
def test_the_subsidy_told_before_is_the_one_paid_back_from(assistant, plan, said):
    history = f"省力化一般型で従業員15人、大幅賃上げ特例つけて{plan}"
    assert said in head(assistant, "最低賃金のほうが届かんかったら、いくら返す？", history)


def test_a_dialogue_without_programme_and_price_asks_for_them(assistant):
    answer = ask(assistant, "で、いくら出るん？", "人手が足りんくて困っとる食堂です", "券売機いれたい")
    assert answer.status is Status.NEEDS_INPUT and "従業員数" in answer.text and "金額" in answer.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "去年ものづくりの23次のグローバル枠を調べたときは三千万が上限でしたが"
            "、従業員は六十人、特例は使わない、新しい補助金のグローバル枠は上限いくら",
            "5,500万円です",
        ),
        ("省力化も考えたんですけどやめて、持続化の創業型にしようかと。ちなみに創業型の補助率は？", "創業型（第4回）の補助率は2/3です"),
        ("四日市で前に市の見本市の補助を使ったことがあって、今度は市の空き店舗の補助金で小売業、1年目の上限は？", "150万円"),
    ],
)
def test_what_is_told_by_the_way_is_not_asked(assistant, text, said):
    assert said in ask(assistant, text).text[:300]


def test_two_programmes_set_side_by_side_are_both_asked(assistant):
    answer = ask(assistant, "去年調べたものづくり補助金23次のグローバル枠と新事業進出・ものづくりのグローバル枠の上限はどう違う？")
    assert "3,000万円" in answer.text and "2,500万円" in answer.text


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("美容室です。正社員6人、持続化って申し込める規模？", "いいえ"),
        ("美容室です。正社員5人、持続化って申し込める規模？", "はい"),
        ("鉄工所、20人。持続化の小規模に当たる？", "はい"),
        ("鉄工所、21人。持続化の小規模に当たる？", "いいえ"),
        ("従業員25名のうち最低賃金近傍が7名、4か月。デジタル化・AI導入補助金通常枠で2/3の率になりますか", "いいえ"),
        ("従業員25名のうち最低賃金近傍が8名、4か月。デジタル化・AI導入補助金通常枠で2/3の率になりますか", "はい"),
        ("全従業員30名、最低賃金に近い人が9名、これが3か月。省力化の一般型で最低賃金引上げ特例は使えますか", "はい"),
        ("成長加速化補助金、1人あたり給与を年4.4%上げる計画。要件クリアする？", "いいえ"),
        ("成長加速化補助金、1人あたり給与を年4.5%上げる計画。要件クリアする？", "はい"),
        ("カタログ注文型で補助額99万円の申請はできますか", "いいえ"),
        ("創業して11か月、新事業進出枠に応募できる？", "いいえ"),
    ],
)
def test_numbers_told_decide(assistant, text, word):
    assert ask(assistant, text).text.startswith(word)


@pytest.mark.parametrize(
    ("rates", "said"), [("7%から4%に落ちました", "2/3です"), ("4%から7%に上がりました", "1/2です"), ("4%のままです", "1/2です")]
)
def test_a_profit_rate_that_fell_lifts_the_rate(assistant, rates, said):
    assert said in head(assistant, f"会社を譲る側。黒字ですが営業利益率が{rates}。売り手支援の補助率は？")
