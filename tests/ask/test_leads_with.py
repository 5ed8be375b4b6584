"""What an answer says first, and what it does not: facts asked in words that the sources do not use."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question, Status

TODAY = date(2026, 11, 24)


def ask(assistant, text):
    answer = answer_question(Question(text, TODAY, ()), assistant)
    assert answer.status is Status.ANSWERED
    return answer.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Go-Techの共同体に大企業は参加できますか", "はい"),
        ("Go-Techの研究する側に大企業が入ってもかまわない？", "はい"),
        ("Go-Techは大企業だけで申請できますか", "いいえ"),
        ("空き店舗の四日市の補助、店を出して2年目もありますか", "はい"),
        ("持続化で車を買っても差し支えない？", "いいえ"),
    ],
)
def test_a_verdict_stands_first(assistant, text, told):
    assert ask(assistant, text).split("。")[0].split("】")[-1].startswith(told)


@pytest.mark.parametrize("text", ["持続化で書類に抜けがあったら減点ですか", "創業型で添付書類を出し忘れたら後から足せますか"])
def test_what_follows_from_a_missing_paper(assistant, text):
    assert "失格" in ask(assistant, text).split("。")[0]


def test_a_question_for_the_papers_is_for_the_papers(assistant):
    assert "失格" not in ask(assistant, "持続化で必要な書類は何ですか").split("。")[0]


@pytest.mark.parametrize(
    ("text", "small", "other"),
    [
        ("業務改善の50円コースで3人上げる。30人未満とそれ以外で助成上限を比べて", "70万円", "40万円"),
        ("業務改善の90円コースで1人上げる。30人未満のときとそうでないときの上限は？", "100万円", "90万円"),
    ],
)
def test_both_sides_of_a_line_of_headcount(assistant, text, small, other):
    answer = ask(assistant, text)
    assert f"30人未満：{small}" in answer
    assert f"30人以上：{other}" in answer


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("一般型の大幅賃上げの特例で最低賃金はいくら上げる必要がある？", ("50円以上",)),
        ("カタログ型の上限引上げの賃上げ条件は？", ("45円以上", "6%以上")),
        ("省力化で上限を引き上げる大幅賃上げ、カタログ注文型と一般型で最低賃金の条件はどう違う？", ("45円以上", "50円以上")),
    ],
)
def test_what_a_special_measure_demands(assistant, text, told):
    answer = ask(assistant, text)
    assert all(t in answer for t in told)
    assert "補助上限額は次のとおり" not in answer


@pytest.mark.parametrize(
    "text", ["三重県エネルギー価格高騰の補助金、今から申請できる？", "三重県のエネルギー高騰の補助金、いまから申し込めますか"]
)
def test_a_call_that_is_over_is_said_to_be_over(assistant, text):
    answer = ask(assistant, text)
    assert "6月11日" in answer.split("。")[0]
    assert "終了" in answer.split("。")[0]


def test_two_rounds_and_their_counts(assistant):
    answer = ask(assistant, "ものづくり補助金の19次と20次で、応募した会社と受かった会社の数を比べて")
    assert all(n in answer for n in ("5,336者", "1,698者", "2,453者", "825者"))


def test_each_law_has_its_site(assistant):
    answer = ask(assistant, "持続化の一般事業主行動計画の加点で、次世代法の計画はどのサイトで公表しますか")
    assert "次世代法の計画なら両立支援のひろば" in answer


@pytest.mark.parametrize(
    ("text", "told", "left_out"),
    [
        ("第4回の新事業進出、最低賃金の伸び率が4.0%以上の県はどことどこ？", ("徳島県の", "4.3%", "島根県の", "4.0%"), ("3.9%",)),
        ("新事業進出の第4回、最低賃金の伸び率が4.0%を超えるのはどの県？", ("徳島県の", "4.3%"), ("島根県の", "4.0%")),
        ("新事業進出の第4回、最低賃金の伸び率が2.9%を下回る県はどこ？", ("東京都の", "神奈川県の", "2.8%"), ("大阪府の", "2.9%")),
        ("ものづくりの採択率が30%を切ったのは何次ですか", ("29.4%", "28.8%", "17.0%"), ("30.8%", "31.2%")),
        ("令和4年度の省エネ補助金で採択率が55%以上だった設備はどれ", ("61.1%", "57.1%", "56.8%", "55.6%"), ("変圧器", "52.3%")),
    ],
)
def test_rows_on_one_side_of_a_line(assistant, text, told, left_out):
    answer = ask(assistant, text)
    assert all(t in answer for t in told)
    assert not any(t in answer for t in left_out)


@pytest.mark.parametrize(
    "text", ["省エネ補助金で省エネ率10%以上の設備はどこに申請しますか", "省エネ補助金で省エネ率が10%以上なら使える枠はどれ"]
)
def test_what_is_demanded_is_no_table_of_rows(assistant, text):
    assert not ask(assistant, text).split("。")[0].split("】")[-1].startswith("令和4年度")


def test_the_end_of_the_project_is_not_the_deadline(assistant):
    answer = ask(assistant, "三重県のエネルギー補助金の事業完了はいつまで")
    assert "12月25日" in answer
    assert "6月11日" not in answer.split("。")[0]


def test_bounds_of_sales_are_no_cap(assistant):
    assert "売上高10億円以上100億円未満" in ask(assistant, "100億宣言は売上高いくらからいくらまで？").split("。")[0]
    assert "5億円" not in ask(assistant, "成長加速化補助金は売上がいくらからいくらまでの会社が対象？").split("。")[0]
