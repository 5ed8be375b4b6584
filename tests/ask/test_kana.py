"""Questions typed without kanji, in kana or romaji, and texts that stay as they are."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.ask.kana import Readings, is_narrow
from assistant.rules.load import load_catalogue

WORDS = {
    "attributes": {"cap": ["上限", "マックス"], "rate": ["補助率"]},
    "by_ear": ["従業員", "何月何日", "登録数", "解体"],
    "kept_by_ear": ["かいたい"],
    "read_as": {"出入国税": "しゅつにゅうこくぜい"},
    "cost_kinds": {"travel": ["ガソリン"]},
    "latin": {"rate": "補助率", "walk-through": "ウォークスルー", "plan": "プラン"},
    "sizes": {"small": ["小規模事業者"]},
}


@pytest.fixture(scope="module")
def readings() -> Readings:
    bare = load_catalogue(Path(__file__).parents[1] / "data" / "knowledge")
    return Readings(replace(bare, vocabulary=WORDS))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("れいじほじょきんのじょうげんはいくらですか", "例示補助金の上限はいくらですか"),
        ("きほんわくのほじょりつをおしえて", "基本枠の補助率をおしえて"),
        ("れいじ ほじょきん の じょうげん は", "例示補助金の上限は"),
        ("せいちょうわくのまっくすは", "成長枠のマックスは"),
        ("れいじほじょきんは、じょうげん？", "例示補助金は、上限？"),
        ("しょうきぼじぎょうしゃのほじょりつ", "小規模事業者の補助率"),
    ],
)
def test_kana_becomes_the_words_of_the_knowledge(readings, text, words):
    assert readings.restore(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("レイジホジョキンノジョウゲンハ", "例示補助金の上限は"),
        ("キホンワクノホジョリツヲオシエテ", "基本枠の補助率をおしえて"),
        ("レイジホジョキンノジョウゲンハイクラデスカ", "例示補助金の上限はいくらですか"),
        ("ホームページリニューアル", "ホームページリニューアル"),
        ("キャッシュレスレジスターやマスクは？", "キャッシュレスレジスターやマスクは？"),
        ("クラウドファンディングは対象ですか", "クラウドファンディングは対象ですか"),
    ],
)
def test_katakana_is_read_where_a_sentence_is_typed_in_it_and_loanwords_stay(readings, text, words):
    assert readings.restore(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("reiji hojokin no jougen wa ikura desuka", "例示補助金の上限はいくらですか"),
        ("reiji hojokin no jogen wa ikura", "例示補助金の上限はいくら"),  # long vowels are left out
        ("kihonwaku no hojoritsu wo oshiete", "基本枠の補助率をおしえて"),
    ],
)
def test_romaji_is_read(readings, text, words):
    assert readings.restore(text) == words


def test_a_foreign_word_among_romaji_stays(readings):
    assert readings.restore("reiji hojokin no jougen wa invoice mo ikura desuka") == "例示補助金の上限は invoice もいくらですか"


@pytest.mark.parametrize(
    "text",
    [
        "What is the maximum amount of the subsidy?",
        "How much is the subsidy up to 5 employees?",
        "I want to apply to the program. Is there no deadline?",
        "Can we use Zoom to do it?",
        "reiji hojokin jougen",  # three words and no particle
        "ECサイトをGoogle de Shopify no site to",
    ],
)
def test_other_latin_text_stays(readings, text):
    assert readings.restore(text) == text


@pytest.mark.parametrize("text", ["れいじの上限はいくらですか", "じょうげんはね", "例示補助金の上限", ""])
def test_text_with_kanji_and_short_text_stay(readings, text):
    assert readings.restore(text) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ごじゅうまんえんつかうとじょうげんは", "五十万円つかうと上限は"),
        ("じゅうごにんのじゅうぎょういん", "十五人の従業員"),
        ("50まんえんつかうとほじょりつは", "50万円つかうと補助率は"),
        ("しえんの じょうげんは どれ", "しえんの上限はどれ"),
        ("けいひが30 まんえんです じょうげんは", "けいひが30 万円です上限は"),
    ],
)
def test_numbers_in_kana_become_numerals(readings, text, words):
    assert readings.restore(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("れいじほじょきん だい14じ じょうげん", "例示補助金第14次上限"),
        ("れいじほじょきん の だい２かい は いつ", "例示補助金の第２回はいつ"),
        ("だいじゅうよんじのじょうげんは", "第十四次の上限は"),
        ("だいきぼ な じょうげん は どれ", "だいきぼな上限はどれ"),
        ("だい1じょうの じょうげん は どれ", "だい1じょうの上限はどれ"),
    ],
)
def test_rounds_in_kana(readings, text, words):
    assert readings.restore(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("とうろく すれば いいですか", "とうろくすればいいですか"),  # 登録数 ends long
        ("きかいを かいたい のですが", "きかいをかいたいのですが"),  # an everyday word
        ("なんがつ なんにち までですか", "何月何日までですか"),
    ],
)
def test_only_what_sounds_the_same_throughout_is_read_in_kana(readings, text, words):
    assert readings.restore(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("レイジホジョキン ダイ2カイ ナンガツナンニチ?", "例示補助金第2回何月何日?"),
        ("レイジホジョキン ノ ジョウゲン", "例示補助金の上限"),
        ("ドイツカラレーザーカッター", "ドイツカラレーザーカッター"),
        ("コンプレッサーイツツ", "コンプレッサーイツツ"),
    ],
)
def test_katakana_with_a_word_that_asks_is_read(readings, text, words):
    assert readings.restore(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("reiji hojokin no walk-through plan no 1500kl no yatsu wa ikura", "例示補助金の walk-through plan の 1500kl のやつはいくら"),
        ("reiji hojokin no rate wa ikura desuka", "例示補助金の rate はいくらですか"),
        ("reiji no tan'i wa ikura desuka", "例示のたんいはいくらですか"),
        ("rate of the plan is no good to me", "rate of the plan is no good to me"),
    ],
)
def test_foreign_words_and_units_among_romaji(readings, text, words):
    assert readings.restore(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [("レイジホジョキン ジョウゲン", "例示補助金上限"), ("キャッシュレスレジスター マスク", "キャッシュレスレジスター マスク")],
)
def test_half_width_katakana_is_read_where_a_word_is_known(readings, text, words):
    assert readings.restore(text, narrow=True) == words


@pytest.mark.parametrize(
    ("raw", "narrow"),
    [("ﾚｲｼﾞﾎｼﾞｮｷﾝ ｼﾞｮｳｹﾞﾝ", True), ("ﾚｲｼﾞﾎｼﾞｮｷﾝの上限", False), ("レイジホジョキンジョウゲン", False), ("ﾊﾟｿｺﾝ", False)],
)
def test_what_is_typed_in_half_width(raw, narrow):
    assert is_narrow(raw) is narrow


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("reiji hojokin de shutsunyuukokuzei wa taishou desuka", "例示補助金で出入国税は"),
        ("reiji hojokin de gasorin dai wa deru no", "例示補助金でガソリン"),
        ("reiji hojokin no tourokusuru no wa itsu desuka", "例示補助金のとうろくするのは"),
    ],
)
def test_costs_and_particles_in_romaji(readings, text, words):
    assert readings.restore(text).startswith(words)
