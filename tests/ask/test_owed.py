"""What only some owe, held against what a user told: both sides of each line, and questions that ask something else."""

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)
PLAN = "両立支援のひろばに行動計画を載せないといけませんか"
DIGITAL = "デジタル化・AI導入補助金を補助額{}で申請します。"


def first_line(assistant, text, history=()):
    answer = answer_question(Question(text, TODAY, history), assistant).text.split("\n")[0]
    return answer[answer.index("】") + 1 :] if answer.startswith("【") else answer


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (f"従業員20人。ものづくり補助金23次では{PLAN}", "いいえ、お聞きの従業員20人なら"),
        (f"従業員21人。ものづくり補助金23次では{PLAN}", "はい、お聞きの従業員21人なら"),
        (f"従業員20人。ものづくり補助金の22次では{PLAN}", "いいえ、"),
        (f"従業員21人。省力化投資補助金の一般型では{PLAN}", "はい、"),
        ("社員14人です。省力化の一般型、行動計画は要りませんよね？", "はい、お聞きの従業員14人なら"),
        ("社員24人です。省力化の一般型、行動計画は要りませんよね？", "いいえ、お聞きの従業員24人なら"),
        ("従業員4人で、新事業進出補助金の第4回でも行動計画は必須？", "はい、お聞きの従業員4人なら"),
        (DIGITAL.format("149万円") + "従業員50人の卸売業です。賃上げの計画は必要ですか", "いいえ、お聞きの補助額149万円なら"),
        (DIGITAL.format("150万円") + "従業員50人の卸売業です。賃上げの計画は必要ですか", "はい、お聞きの補助額150万円なら"),
        (DIGITAL.format("150万円") + "小規模事業者です。賃上げの計画は必要ですか", "いいえ、"),
        (DIGITAL.format("150万円") + "調剤薬局です。賃上げの計画は必要ですか", "いいえ、お聞きの事業（薬局）なら"),
        (DIGITAL.format("150万円") + "薬局向けの什器を作る会社です。賃上げの計画は必要ですか", "はい、"),
        ("新事業進出補助金の第4回、自己資金だけで進めます。金融機関の確認は必要ですか", "いいえ、"),
        ("新事業進出補助金の第4回、信用金庫から借りて進めます。金融機関の確認は必要ですか", "はい、"),
        ("ものづくり補助金23次で最低賃金引上げ特例を使います。基本要件の最低賃金の水準も満たさないとだめですか", "いいえ、"),
        ("代表者は59歳です。持続化補助金の事業承継加点の欄は書く必要がありますか", "いいえ、"),
        ("代表者は60歳です。持続化補助金の事業承継加点の欄は書く必要がありますか", "はい、"),
        ("持続化補助金で税込50万円の棚を買います。2社から見積を取らないといけませんか", "いいえ、"),
        ("持続化補助金で税込51万円の棚を買います。2社から見積を取らないといけませんか", "はい、"),
    ],
)
def test_a_duty_of_some(assistant, text, start):
    assert first_line(assistant, text).startswith(start)


@pytest.mark.parametrize(
    "text",
    [
        "ものづくり補助金23次で行動計画の公表は必要でしたか",
        "デジタル化・AI導入補助金で賃上げの計画は必要ですか",
        "ものづくり補助金の23次で、従業員30人だと賃上げは年何%必要ですか",
        "従業員30人です。省力化の一般型で大幅賃上げ特例を使うには最低賃金より50円高くする必要がありますか",
    ],
)
def test_no_verdict_where_nothing_decides(assistant, text):
    assert not first_line(assistant, text).startswith(("はい", "いいえ"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("省力化の一般型で行動計画が要るのは何人からですか。必要な人数を知りたいです", "21人以上"),
        ("デジタル化・AI導入補助金は補助額いくらから賃上げの計画が必要ですか", "150万円以上"),
    ],
)
def test_the_line_itself(assistant, text, line):
    assert line in first_line(assistant, text)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("省力化の一般型、大幅賃上げ特例が未達だと補助金は丸ごと返還ですか", "いいえ、全額ではありません"),
        ("省力化の一般型、大幅賃上げ特例が未達でも返すのは差額だけですか", "はい、"),
        ("持続化補助金の賃金引上げ特例が未達なら全額もらえませんか", "はい、一部ではなく全額"),
        ("持続化補助金の賃金引上げ特例が未達でも、もらえないのは上乗せ分だけですか", "いいえ、一部ではなく全額"),
        ("ものづくり補助金23次、賃上げが未達なら全額返還ですか", "返す額が全額になるかどうかは"),
        ("省力化の一般型で最低賃金の要件が未達だと返還の義務はありますか", "はい、"),
    ],
)
def test_what_is_lost(assistant, text, start):
    assert first_line(assistant, text).startswith(start)


def test_a_headcount_put_right_is_judged_anew(assistant):
    before = (f"従業員18人。省力化投資補助金の一般型では{PLAN}",)
    assert first_line(assistant, "帳簿を見たら23人おりました", before).startswith("はい、お聞きの従業員23人なら")
