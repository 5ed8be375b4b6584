"""Two cases asked with what lies between them, and the day by which a project ends beside the time that another may take."""

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)


def said(assistant, text):
    return answer_question(Question(text, TODAY), assistant).text


@pytest.mark.parametrize(
    "text",
    [
        "トップ性能枠で設備を新設します。設備費は6,000万円です。補助金はいくらですか。更新だった場合との差額も示してください。",
        "トップ性能枠の新設で6,000万円。補助金と自己負担はいくらですか。更新で申請した場合との差もお願いします。",
    ],
)
def test_the_other_case_is_told_in_the_sentence_after(assistant, text):
    assert all(x in said(assistant, text) for x in ("（更新）で3,000万円", "（新設）で1,200万円", "差は1,800万円"))


def test_two_of_three_frames_of_one_name_are_told_apart(assistant):
    text = "電化・脱炭素燃転型で1億円。更新の場合と新設の場合の差額は？"
    assert all(x in said(assistant, text) for x in ("5,000万円", "2,000万円", "差は3,000万円"))


def test_each_open_case_of_a_special_measure_is_told(assistant):
    answer = said(assistant, "持続化通常枠で90万円使います。賃金引上げ特例を使った場合と使わない場合の補助額の差額は？")
    assert "（黒字）で60万円です。差は10万円" in answer and "（赤字）で675,000円です。差は175,000円" in answer
    both = said(assistant, "持続化通常枠で90万円使います。賃金引上げ特例を使う場合と使わない場合の補助額は？")
    assert "インボイス" not in both
    assert all(x in both for x in ("特例なし：50万円", "黒字：60万円", "赤字：675,000円"))


def test_an_older_round_is_set_beside_the_newer_one_named_in_a_wish(assistant):
    answer = said(assistant, "持続化の第17回のころの賃金引上げ特例の要件は？第20回とどう違うか説明したいんです")
    assert "50円以上" in answer and "3.0%以上" in answer


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("成長加速化補助金と大規模成長投資補助金では、事業を終えるべき期限はどう違いますか", ("24か月以内", "2028年12月31日")),
        ("成長加速化補助金で、工場の建設を完了すべき期限は？", ("24か月以内",)),
        ("成長加速化補助金、申請を終える期限はいつ", ("2026年3月26日",)),
    ],
)
def test_by_when_a_project_ends(assistant, text, told):
    answer = said(assistant, text)
    assert all(x in answer[:160] for x in told)
    assert "3月26日" not in answer[:100] or "3月26日" in told[0]


def test_no_reason_of_the_list_fits(assistant):
    answer = said(assistant, "残業も離職も求人もないんですが、省力化のカタログ注文型に申し込めますか。不利になりますか")
    assert "④" in answer and "大幅に遅れる" in answer and not answer.startswith("いいえ")
