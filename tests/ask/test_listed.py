"""What the list of a frame's costs does not name: no where the list is whole, left open where it gives examples."""

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)
JINZAI = "四日市の人材確保の補助、"


def said(assistant, text):
    return answer_question(Question(text, TODAY), assistant).text


@pytest.mark.parametrize(
    ("text", "thing", "listed"),
    [
        (f"{JINZAI}面接に来る学生の宿泊費は補助してもらえますか", "宿泊", "出展ブース費"),
        (f"{JINZAI}ブース代のほかに新幹線もみてくれるん？", "新幹線", "出展ブース費"),
        ("四日市のスキルアップ補助で懇親会の飲食代は出る？", "飲食", "受講料"),
        ("電化・脱炭素燃転型で印刷機械の更新を申請できますか", "印刷機械", "低炭素工業炉"),
        ("電化・脱炭素燃転型で産業用ヒートポンプと工作機械は申請できますか", "工作機械", "産業用ヒートポンプ"),
        ("電化型でエアコンと変圧器の更新はできますか", "エアコンと変圧器", "低炭素工業炉"),
    ],
)
def test_what_a_whole_list_does_not_name_is_a_no(assistant, text, thing, listed):
    answer = said(assistant, text)
    assert answer.startswith("いいえ、") and thing in answer.split("。")[0]
    assert listed in answer


@pytest.mark.parametrize(
    "text",
    [
        f"{JINZAI}ブース代は見てもらえますか",
        f"{JINZAI}ホテルである就職フェアのブース代は対象ですか",
        f"{JINZAI}交通費は対象にならないんですよね？",
        "四日市の新規産業の補助で旅費は対象ですか",
        "電化・脱炭素燃転型で高性能ボイラは対象ですか",
        "工作機械を使う工場ですが、電化・脱炭素燃転型で低炭素工業炉は対象になりますか",
        "電化・脱炭素燃転型の改造事業で工作機械は対象？",
        "設備単位型でプレス機械の更新は申請できますか",
    ],
)
def test_nothing_is_said_of_what_is_listed_or_of_another_frames_list(assistant, text):
    assert "に挙がっていません。挙がっているのは" not in said(assistant, text)


def test_a_passage_on_something_else_makes_no_no_of_a_cost_that_is_paid_for(assistant):
    for text in ("省力化の一般型でロボットの運搬費は対象？", "成長加速化補助金で機械の運搬費は対象になりますか"):
        assert "いいえ" not in said(assistant, text)[:60]


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("三重県のエネルギー価格の補助金、旅費は出る？", "展示会等出展費"),
        ("四日市のコンビナートの補助、出張旅費は対象になりますか", "委託費用"),
    ],
)
def test_a_list_of_examples_leaves_it_open(assistant, text, listed):
    answer = said(assistant, text)
    assert "名前が挙がっていません" in answer.split("。")[0] and not answer.startswith(("はい", "いいえ"))
    assert listed in answer
