"""Plans for wages that miss a special measure, before and after the award; projects that a frame shuts out; the way left to a line."""

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question

PLAN = "カタログ注文型で、9人の和菓子工場が1,700万円の包装機を入れ、最低賃金は{raised}円上げて給与支給総額は{grown}%増やす。補助額は？"
AWARDED = "持続化の賃金引上げ特例で採択され、交付決定は180万円。1人あたり給与支給総額の伸びは{grown}%でした。50万円は受け取れますか？"
PAY = "持続化で賃金引上げ特例を使う。1人あたり給与支給総額は前年の同じ12か月が300万円、期限日までの12か月が{pay}円。要件は満たせますか？"
ONLY = "革新的新製品・サービス枠で{what}です。機械は1,600万円、従業員30人の会社。補助額はいくらですか？"
LINE = "新事業進出・ものづくり補助金の賃上げ特例を三重で使うと、事業場内最低賃金は何円以上が必要ですか。いま{now}円ですが、あと何円ですか？"


def said(assistant, text):
    return answer_question(Question(text, date(2026, 9, 1)), assistant).text


@pytest.mark.parametrize(
    ("raised", "grown", "cap", "missed"),
    [(45, 6, "750万円", None), (45, 5, "500万円", "給与の伸びが5%"), (44, 6, "500万円", "最低賃金の引上げ額が44円")],
)
def test_a_plan_for_all_that_a_special_asks_is_held_against_it(assistant, raised, grown, cap, missed):
    text = said(assistant, PLAN.format(raised=raised, grown=grown))
    assert f"補助額は{cap}です" in text and ("使えません" in text) is bool(missed) and (missed or "条件を満たす計画") in text


@pytest.mark.parametrize(("grown", "lost"), [("2.9", True), ("3.0", False)])
def test_who_misses_a_special_after_the_award_loses_all(assistant, grown, lost):
    text = said(assistant, AWARDED.format(grown=grown))
    assert text.startswith("いいえ、補助金は上乗せ分だけでなく全体が") is lost and not (lost and "はい、" in text)


@pytest.mark.parametrize(("pay", "head"), [("3,089,999", "いいえ、賃金引上げ特例の"), ("3,090,000", "はい、賃金引上げ特例の")])
def test_pay_of_two_periods_goes_before_what_a_passage_says(assistant, pay, head):
    text = said(assistant, PAY.format(pay=pay))
    assert text.startswith(head) and "300万円 × (1＋3.0%) ＝ 309万円" in text


@pytest.mark.parametrize(
    ("what", "barred"),
    [
        ("機械を買うだけの計画", True),
        ("新製品の開発はせず旋盤を入れ替えるだけの計画", True),
        ("機械を買うだけでなく新製品を開発する計画", False),
        ("新製品を開発する計画", False),
    ],
)
def test_no_amount_for_a_project_that_a_frame_shuts_out(assistant, what, barred):
    text = said(assistant, ONLY.format(what=what))
    assert ("申請できません" in text.split("\n")[0], "補助額は800万円" in text) == (barred, not barred)


@pytest.mark.parametrize(("now", "words"), [("1,120", "あと17円の引上げ"), ("1,136", "あと1円の引上げ"), ("1,137", "今の1,137円で届いて")])
def test_the_way_left_to_a_wage_line_is_told_with_it(assistant, now, words):
    text = said(assistant, LINE.format(now=now))
    assert "1,137円以上が必要" in text and words in text and "お答えできません" not in text


@pytest.mark.parametrize(
    ("sales", "claim", "head"),
    [
        ("売上高見込みは5年合計で1億円", "100万円", "はい、広告宣伝・販売促進費は100万円まで"),
        ("売上高見込みは5年合計で1億円", "1,000,001円", "いいえ、広告宣伝・販売促進費は100万円まで"),
        ("売上高見込みは1億円（5年合計）", "500万円", "いいえ、広告宣伝・販売促進費は100万円まで"),
    ],
)
def test_a_share_of_a_years_sales_is_of_one_year_of_the_plan(assistant, sales, claim, head):
    text = said(assistant, f"新事業進出補助金（第4回）、{sales}です。広告宣伝・販売促進費は{claim}まで大丈夫ですか？")
    assert text.startswith(head) and "1億円 ÷ 5年 ＝ 2,000万円" in text
