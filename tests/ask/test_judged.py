"""Verdicts on a firm: no where a fact told shuts it out, yes only where what was told is what the requirement looks at."""

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)
FRAME = "新事業進出・ものづくり補助金の新事業進出枠"


def ask(assistant, text):
    return answer_question(Question(text, TODAY), assistant)


@pytest.mark.parametrize(
    ("told", "months", "out"),
    [
        ("創業して11か月", 11, True),
        ("会社を設立して12か月", 12, False),
        ("会社を作って1年", 12, False),
        ("商売を始めて半年", 6, True),
        ("開業して1年2か月", 14, False),
        ("独立して1年半", 18, False),
        ("創業1年目", 1, True),
        ("創業2年目", 13, False),
    ],
)
def test_the_age_of_a_firm_is_held_against_the_frame(assistant, told, months, out):
    text = f"{told}、従業員3人の会社です。{FRAME}に申請できますか"
    assert assistant.parser.parse(Question(text, TODAY)).slots.inputs["founded_months"] == months
    answer = ask(assistant, text).text
    assert answer.startswith("いいえ、") is out and (out or "対象になりません" not in answer.split("\n\n")[0])


@pytest.mark.parametrize(
    "text", ["新しい事業を始めて3年になる", "補助事業を始めて3か月", "創業型に2か月前に応募した", "支店を出して8か月", "商品を作って5年"]
)
def test_other_beginnings_are_not_the_founding(assistant, text):
    assert "founded_months" not in assistant.parser.parse(Question(text, TODAY)).slots.inputs


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("従業員0人の会社です。{}に申請できますか", "いいえ、"),
        ("従業員50人の製造業です。{}に申請できますか", "はい、"),
        ("従業員300人の製造業です。{}に申請できますか", "はい、"),
        ("従業員301人の製造業です。{}に申請できますか", FRAME[:5]),  # beyond the line of the law: its capital decides
        ("従業員301人、資本金3億円の製造業です。{}に申請できますか", "はい、"),
        ("{}に申請できますか", FRAME[:5]),  # nothing told: asked for
    ],
)
def test_yes_is_said_only_of_what_was_told(assistant, text, start):
    assert ask(assistant, text.format(FRAME)).text.startswith(start)


@pytest.mark.parametrize(
    "text",
    ["自社の工場に防犯カメラを付けたいです。成長加速化補助金の機械装置費に入れていいですか", "従業員5人です。省力化のカタログ注文型"],
)
def test_a_question_about_something_else_gets_no_verdict_on_the_firm(assistant, text):
    assert "の要件を満たします" not in ask(assistant, text).text


def test_a_programme_named_by_a_firm_is_told_for_it(assistant):
    answer = ask(assistant, "従業員5人です。省力化のカタログ注文型").text
    assert "（従業員5人以下）200万円" in answer and "随時受付" in answer


@pytest.mark.parametrize(
    ("text", "start", "words"),
    [
        ("備品を税抜12万円で買って現金で払いました。持続化の経費にしていいですよね", "いいえ、税抜の12万円は", "に当たります"),
        ("備品を税抜10万円で買って現金で払いました。持続化の経費にしていいですよね", "はい、税抜の10万円は", "に当たりません"),
        ("小切手で20万円払ったけど持続化の経費にできますよね", "いいえ、小切手", "補助対象外"),
    ],
)
def test_whether_a_payment_is_allowed_is_no_question_of_an_amount(assistant, text, start, words):
    answer = ask(assistant, text).text
    assert answer.split("】")[-1].startswith(start) and words in answer and "計算：" not in answer


@pytest.mark.parametrize(
    "text", ["60万円の冷蔵庫を買う予定です。持続化の補助は40万円で合ってますか", "60万円の冷蔵庫です。持続化でいくら出ますか"]
)
def test_an_amount_that_is_asked_for_is_computed(assistant, text):
    assert "40万円" in ask(assistant, text).text and "計算：" in ask(assistant, text).text


def test_a_cost_that_is_excluded_shuts_no_firm_out(assistant):
    cost = "持続化補助金は、フランチャイズ本部との取引の経費も対象になりますか"
    firm = "フランチャイズの加盟店ですが、持続化補助金に申請できますか"
    assert ask(assistant, cost).text.startswith("【持続化補助金 第20回】いいえ、")
    assert "いいえ、" not in ask(assistant, firm).text.split("\n")[0]


def test_the_programme_that_is_named_answers_before_what_holds_of_several(assistant):
    assert ask(assistant, "NPO法人ですが持続化補助金は申請できますか").text.startswith("【持続化補助金 第20回】")


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("四日市で店を開けて11か月。人材スキルアップ支援の補助金は使える？", "いいえ、創業から11か月の場合、"),
        ("四日市で店を開けて12か月。人材スキルアップ支援の補助金は使える？", "【人材スキルアップ支援"),
        ("開業して84か月の店です。新規開業・スタートアップ支援資金にまだ申し込める？", "新規開業"),
        ("開業して85か月の店です。新規開業・スタートアップ支援資金にまだ申し込める？", "いいえ、創業から85か月の場合、"),
    ],
)
def test_a_verdict_names_what_was_held_against_it(assistant, text, lead):
    assert ask(assistant, text).text.startswith(lead)


@pytest.mark.parametrize(
    "text",
    [
        "果樹農家ですが持続化補助金は出ますか",
        "漁師ですがものづくり補助金は使えますか",
        "酪農家です。ものづくり補助金は使えますか",
        "協同組合は持続化補助金を使えますか",
        "大企業の子会社だけど省力化は使える？",
        "みなし大企業でも省力化の一般型は申請できますか",
        "三重県に支店だけある会社でも三重県のエネルギー価格の補助金は申請できましたか",
    ],
)
def test_a_rule_of_another_programme_or_frame_lends_no_verdict(assistant, text):
    first = ask(assistant, text).text.split("\n\n")[0]
    assert "いいえ、" not in first and "はい、" not in first and "対象になりません" not in first


@pytest.mark.parametrize(
    "text",
    [
        "政治団体は新事業進出・ものづくり補助金に応募できますか",
        "大企業の100%子会社ですが新事業進出・ものづくり補助金は出せますか",
        "大企業ですが省力化は使えますか",
        "関連会社から機械を買うのは新事業進出・ものづくりで認められますか",
        "支払いを先に済ませたホームページは持続化で出ますか",
        "採択前に契約した看板は持続化で認められますか",
        "アルバイトの給料は持続化で出ますか",
        "自分の手間賃は持続化で出ますか",
    ],
)
def test_a_rule_of_the_programme_itself_decides(assistant, text):
    assert "いいえ、" in ask(assistant, text).text.split("\n\n")[0]


def test_where_a_firm_must_be_is_told_without_a_verdict(assistant):
    text = ask(assistant, "支店が東京と大阪にあるけど、四日市の人材確保の補助金は使える？").text
    assert "主たる事業所を市内に有し" in text and "はい、" not in text and "いいえ、" not in text


def test_what_others_allow_is_no_answer_for_the_programme_named(assistant):
    answer = ask(assistant, "まだ開業届を出していませんが、デジタル化・AI導入補助金は使えますか")
    assert answer.status.value == "refused" and "デジタル化・AI導入補助金の事務局" in answer.text
