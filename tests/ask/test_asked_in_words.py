"""Amounts asked for in everyday words: what is denied, what is out of reach, what is told for one head, what is set aside."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.ask.set_aside import is_set_aside
from assistant.ask.split import questions_of
from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "told", "never"),
    [
        # sizes and measures denied together
        (
            "従業員12人の製造業で小規模事業者にも再生事業者にも該当しません。"
            "省力化の一般型で補助額1,500万円なら経費はいくら必要？",
            "3,000万円", "2,250万円",
        ),
        (
            "再生事業者には該当します。従業員18人、"
            "省力化 一般型 600万円の設備でいくら出る？",
            "400万円", "補助額は300万円",
        ),
        (
            "赤字です。持続化は賃金引上げ特例あり、インボイス特例はありません。"
            "280万円の改装で補助はいくら？",
            "補助額は200万円", "250万円",
        ),
        (
            "持続化で賃上げ特例はなし、インボイスの特例は使えます。"
            "補助を天井まで受けるには税抜でいくら使えばいい？",
            "150万円", "250万円",
        ),
        # a national grant that was sought in vain
        (
            "四日市コンビナートのカーボンニュートラル化補助、3社で連携、NEDOの補助は不採択でした。"
            "2,400万円の社会実証でいくらもらえますか",
            "補助額は800万円", "1,200万円",
        ),
        (
            "四日市コンビナートのカーボンニュートラル化補助、3社で連携、NEDOの補助は採択されました。"
            "2,400万円の社会実証でいくらもらえますか",
            "補助額は1,200万円", "800万円",
        ),
        # a profit rate that fell, short of the line and at it
        (
            "業務改善助成金、特例事業者のつもり。利益率は前年度8.0%で申請前6か月の平均が5.5%。"
            "90円コース12人、最低賃金1,060円、900万円の機械でいくら？",
            "補助額は450万円", "600万円",
        ),
        (
            "業務改善助成金、特例事業者です。利益率は前年度8.0%から直近6か月の平均5.0%に下落。"
            "90円コース12人、最低賃金1,060円、900万円の機械でいくら？",
            "補助額は600万円", "450万円",
        ),
        # a course out of reach of the raise, and just within it
        (
            "業務改善助成金の90円コースのつもり。時給1,060円から1,145円に引き上げ、対象3人、事業場20人。"
            "500万円の機械でいくら？",
            "補助額は100万円", "240万円",
        ),
        (
            "業務改善助成金、70円コース。最低賃金1,080円から1,150円へ、5人、事業場12人。"
            "機械240万円でいくら？",
            "補助額は130万円", "70万円",
        ),
        # wages without their unit
        (
            "業務改善助成金、90円コース。うちは食堂（12人）。A 1,060→1,150、B 1,070→1,155、C 1,155→1,245。"
            "何人数えてもらえて上限はいくら？",
            "数えるのは1人", "12人です",
        ),
        # labour by the words people use
        (
            "持続化で展示会に出ます。出展料30万円、ブース装飾15万円、学生アルバイトの日給4万円。"
            "補助はいくら？",
            "補助額は30万円", "32万",
        ),
        # told for one head, and what only stands beside it
        (
            "四日市市の海外人材確保支援で、3人来ます。"
            "1人あたり渡航費20万円、国内研修の参加費30万円。補助は合計いくら？",
            "60万円", "人数によって",
        ),
        ("持続化、スタッフ3人。1人につき制服2万円、看板30万円。いくら？", "36万円 × 2/3", "96万円"),
        # the scheme of a place by its matter
        (
            "四日市市の研究開発の補助、高付加価値化の取り組みを1年目400万円、2年目500万円でやる。"
            "いくら補助される？",
            "合計で400万円", "450万円です",
        ),
    ],
)
def test_the_amount_that_was_asked_for(assistant, text, told, never):
    answer = answer_question(Question(text, TODAY), assistant).text
    assert told in answer
    assert never not in answer


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "会社の売上8億円、新サービスは7,000万円売れる見込み。"
            "付加価値は使わない。売上高要件はクリアできますか",
            "いいえ",
        ),
        (
            "会社の売上8億円、新サービスは8,000万円売れる見込み。"
            "付加価値は使わない。売上高要件はクリアできますか",
            "はい",
        ),
        ("会社の売上8億円、新サービスは7,000万円売れる見込み。売上高要件はクリアできますか", "教えてください"),
    ],
)
def test_a_share_short_of_the_line_is_final_where_the_other_is_not_looked_at(assistant, text, told):
    assert told in answer_question(Question("新事業進出補助金第4回。" + text, TODAY), assistant).text


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("原単位は見ない", True),
        ("付加価値では見ません", False),
        ("原単位改善はなし", True),
        ("原単位は見ます", False),
        ("原単位も見てほしい", False),
    ],
)
def test_a_measure_that_is_not_looked_at(text, aside):
    assert is_set_aside(text, ("エネルギー消費原単位改善率",)) is aside


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("先進枠の要件を満たしますか？だめなら一般枠は？", 1),
        ("時給1,120円で+30円は大丈夫ですか？特例の+50円にはあと何円？", 1),
        ("先進枠の要件を満たしますか？一般枠の締切はいつですか？", 2),
    ],
)
def test_what_comes_in_question_else_is_one_question(text, parts):
    assert len(questions_of(text)) == parts
