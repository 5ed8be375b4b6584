"""Local schemes told by the things they pay for, ranks of a table, and what was so once beside how it is today."""

from datetime import date

import pytest

from assistant.ask.superlatives import superlative_first
from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)


def said(assistant, text):
    return answer_question(Question(text, TODAY), assistant).text


@pytest.mark.parametrize(
    ("text", "first", "absent"),
    [
        ("四日市市で社員が使うトイレの工事をします。市の補助はいくら出ますか", "ハード整備支援事業（2026年）の補助上限額は50万", "10万"),
        ("四日市で社労士に就業規則の見直しを頼む費用、市からいくら出る？", "ソフト整備支援事業（2026年）の補助上限額は10万", "50万"),
    ],
)
def test_the_frame_that_pays_for_the_thing_answers_how_much(assistant, text, first, absent):
    head = said(assistant, text)[:120]
    assert first in head and absent not in head


def test_things_of_several_frames_show_each(assistant):
    text = said(assistant, "四日市市で更衣室の工事と就業規則の見直し、市の補助はいくら出ますか")
    assert "10万円" in text[:200] and "50万円" in text[:200]


def test_two_schemes_told_by_their_things_stand_side_by_side(assistant):
    text = said(assistant, "四日市市で、社員の資格の受験料と就職フェアの出展料、市の補助の上限と率はどう違う？")
    rows = [line for line in text.split("\n") if line.startswith("|")]
    assert any("スキルアップ" in r and "15万円" in r and "1/2" in r for r in rows)
    assert any("人材確保支援" in r and "30万円" in r and "2/3" in r for r in rows)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("令和4年度の省エネ補助金、生産設備で採択件数がいちばん少なかったのは？", "プレス機械とダイカストマシンの5件"),
        ("令和4年度の省エネ補助金で経費当たり省エネ量が最も大きかった生産設備は？", "プラスチック加工機械の7.5kl/千万円"),
        ("令和4年度の省エネ補助金で省エネ量が最も大きかった生産設備は？", "工作機械の28.1kl"),
        ("ものづくり補助金で一番採択率が低かった回は？", "第17次の29.4%"),
    ],
)
def test_the_row_that_is_the_most_or_least_leads(assistant, text, first):
    assert first in said(assistant, text)[:160]


@pytest.mark.parametrize("text", ["トップ性能枠の設備は？", "最低賃金近傍の事業者とは？", "最低の時給を上げたい"])
def test_what_only_sounds_like_a_superlative_moves_nothing(assistant, text):
    hits = tuple(assistant.index.search(text, lambda p: True, limit=8))
    assert superlative_first(text, hits) == hits


def test_a_cap_of_the_past_is_no_cost(assistant):
    text = said(assistant, "2025年のチラシでは廃業・再チャレンジ枠は150万円までだった。今は？")
    assert "補助上限額は300万円" in text[:80] and "75万円" not in text


def test_what_was_so_once_is_answered_with_how_it_is_today(assistant):
    assert "過去1年" in said(assistant, "前は創業型が3年以内だったのに今は何年以内？")[:120]


def test_a_frame_that_is_new_since_the_older_edition(assistant):
    text = said(assistant, "専門家活用枠で2025年より後に加わった類型は？上限と補助率も")
    assert all(w in text[:160] for w in ("小規模売り手支援類型", "450万円", "2/3"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("一般枠の補助率は中小企業の場合と大企業の場合でどう違いますか（省エネの工場・事業場型）", ("1/2", "1/3")),
        ("業務改善助成金の90円コースで1人なら、30人未満の事業場と30人以上で上限はどう違う？", ("100万円", "90万円")),
    ],
)
def test_sides_set_beside_each_other_are_both_shown(assistant, text, shown):
    assert all(s in said(assistant, text)[:260] for s in shown)
