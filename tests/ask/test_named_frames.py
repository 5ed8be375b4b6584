"""Frames named by parts of their names or by none of ours, costs beside a name, and what else stands beside an amount."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question, Status

TODAY = date(2026, 11, 24)


def query(assistant, text, *history):
    return assistant.parser.parse(Question(text, TODAY, tuple(history)))


def answer(assistant, text, *history):
    return answer_question(Question(text, TODAY, tuple(history)), assistant)


def told(assistant, text, kind="subsidy"):
    return [f.value for f in answer(assistant, text).figures if f.kind == kind]


@pytest.mark.parametrize(
    ("text", "programme", "frame"),
    [
        ("革新的新製品の枠で機械を", "shinjigyo-monodukuri", "kakushin"),
        ("新製品・サービスの枠で機械を", "shinjigyo-monodukuri", "kakushin"),
        ("革新的な新サービスの枠で機械を", "shinjigyo-monodukuri", "kakushin"),
        ("革新敵新製品サービス枠で機械を", "shinjigyo-monodukuri", "kakushin"),  # misheard
        ("海外市場開拓の枠で展示会", "shinjigyo-monodukuri", "global"),
        ("新事業進出・ものづくり補助金の新事業の枠で", "shinjigyo-monodukuri", "shinjigyo"),
        ("中小企業投資促進の枠で", "shoene", "chusho"),
        ("専門家活用の枠の買い手で", "shokei-ma", "kaite"),
    ],
)
def test_a_frame_is_known_by_a_part_of_its_name(assistant, text, programme, frame):
    found = query(assistant, text)
    assert programme in found.programmes
    assert frame in {t.frame for t in found.targets if t.kind == "frame"}


@pytest.mark.parametrize("text", ["グローバルな取引先がいる", "グローバル化を進める", "グローバル企業と取引する"])
def test_an_ordinary_word_is_no_frame(assistant, text):
    assert query(assistant, text).programmes == ()
    assert query(assistant, "グローバル枠の上限は").programmes


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("特別高度化枠で1,000万円の機械を入れたら補助はいくら？", True),
        ("災害復旧の枠で800万円使うといくら？", True),
        ("持続化補助金の災害支援枠で100万円使うといくら？", True),
        ("ものづくり補助金の回復型賃上げ枠、6人で900万円、補助いくら？", True),
        ("持続化補助金の通常枠で100万円の機械を買うといくら？", False),
        ("持続化補助金の販路開拓の枠で100万円の機械を買うといくら？", False),  # a description
        ("商店街みんなで申し込むデジタルの枠で、事務費はどこまで出る？", False),
        ("補助金の枠が余っていたら、省力化一般型で機械300万円はいくら？", False),
    ],
)
def test_a_frame_that_is_none_of_ours_is_refused(assistant, text, refused):
    assert (answer(assistant, text).status is Status.REFUSED) is refused


def test_a_measure_that_is_not_used_means_no_programme(assistant):
    assert query(assistant, "8人の町工場で1,650万円の機械、賃上げの特例はなしで補助いくら").programmes == ()
    assert query(assistant, "省力化の一般型、賃上げの特例はなしで").programmes == ("shoryokuka",)


@pytest.mark.parametrize(
    "words", ["なしで", "みたいなのは今回よう使いません", "は今回いらん", "は見送る", "は無理", "は使えへん", "はせん"]
)
def test_a_measure_is_denied_in_many_words(assistant, words):
    found = query(assistant, f"省力化の一般型、賃上げの特例{words}。いくら")
    assert found.specials_off and "specials" not in found.slots.inputs


def test_a_denial_of_a_duty_denies_no_measure(assistant):
    assert not query(assistant, "省力化の一般型、賃上げはせんとあかんの").specials_off


def test_each_cost_goes_to_the_name_beside_it(assistant):
    text = "持続化で75万円の冷蔵庫、省力化のカタログ型で500万円の機械。8人の小規模。特例なし。補助はいくら？"
    assert told(assistant, text) == [500_000, 2_500_000]
    assert told(assistant, text, "own_funds") == [250_000, 2_500_000]
    both = "新事業進出枠で3,000万円、革新的新製品・サービス枠で1,200万円。15人の中小企業、特例なし。補助は？"
    assert sorted(told(assistant, both)) == [6_000_000, 15_000_000, 21_000_000]


def test_a_cost_of_no_name_belongs_to_all(assistant):
    text = "持続化の通常枠と省力化のカタログ型で300万円の機械。4人の小規模、特例なし。補助はそれぞれいくら？"
    assert told(assistant, text) == [500_000, 1_500_000]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("100億宣言はもう出した", True), ("100億宣言は去年出してます", True), ("宣言はもう済んでる", True), ("100億宣言しとる", True),
        ("宣言企業です", True), ("100億宣言は出してない", False), ("宣言はまだ", False), ("100億宣言はしていません", False),
        ("宣言してへん", False), ("宣言したら変わる？", None), ("100億宣言とは", None), ("パートナーシップ構築宣言をしています", None),
    ],
)  # fmt: skip
def test_whether_the_declaration_was_made(assistant, text, told):
    assert query(assistant, text).slots.inputs.get("has_100oku_declaration") is told


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("宣言はもう出した。大規模成長投資で15億円、補助はいくら", True),
        ("宣言はもう出した。大規模成長投資で14億円、補助はいくら", False),
        ("宣言はしていない。大規模成長投資で20億円、補助はいくら", True),
        ("宣言はしていない。大規模成長投資で19億円、補助はいくら", False),
        ("宣言はしていない。大規模成長投資で建物費19億円と外注費3億円、補助はいくら", False),
    ],
)
def test_the_declaration_moves_the_least_investment(assistant, text, possible):
    assert ("申請できません" not in answer(assistant, text).text) is possible


def test_the_growth_that_is_asked_for_stands_beside_the_amount(assistant):
    text = answer(assistant, "100億宣言は済んでいる。成長加速化で4億円の設備、補助はいくらで、賃上げは年何%必要？").text
    assert "2億円" in text and "4.5%以上" in text
    assert "4.5%" not in answer(assistant, "100億宣言は済んでいる。成長加速化で4億円の設備、補助はいくら？").text


def test_the_programme_that_pays_more_is_named_first(assistant):
    text = answer(assistant, "100億宣言はしてある。工場と機械で18億円、成長加速化と大規模成長投資、多くもらえるのはどっち？").text
    assert text.startswith("大規模成長投資補助金 100億宣言企業のほうが1億円多く")


@pytest.mark.parametrize(
    ("text", "cap"),
    [
        ("革新的新製品のほうだといくらになる？", "2,500万円"),
        ("新事業進出枠のほうだといくらになる？", "5,500万円"),
        ("上限のほうはいくら？", "5,500万円"),  # of the frame before
    ],
)
def test_a_frame_set_beside_the_one_before_by_the_start_of_its_name(assistant, text, cap):
    before = "新事業進出・ものづくり補助金のグローバル枠、従業員60人だと上限いくら？"
    said = answer_question(Question(text, date(2026, 11, 24), (before,)), assistant).text.splitlines()[0]
    assert f"{cap}です" in said
