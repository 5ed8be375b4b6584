"""What an amount beside the costs is: the result that the user expects, a line, what a measure adds, what comes in, his own money."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.ask.results_told import agrees, names_nothing
from assistant.ask.slots import read_slots
from assistant.flow import answer_question
from assistant.records import Question


def told(assistant, text):
    slots = read_slots(text, assistant.catalogue)
    return tuple(i.yen for i in slots.items), tuple(q.whole("yen") for q in slots.claimed)


@pytest.mark.parametrize(
    ("text", "costs", "claimed"),
    [
        ("税抜72万円のオーブン、48万円で資金計画に入れていいですか", (720_000,), (480_000,)),
        ("税抜72万円のオーブン、48万円の棚。補助額はいくらですか", (720_000, 480_000), ()),
        ("設備に3,000万円。半分の1,500万円を見込んでいます。合っていますか", (30_000_000,), (15_000_000,)),
        ("設備に3,000万円、半分は中古です。建物1,500万円も買います", (30_000_000, 15_000_000), ()),
        ("工事が80万円、40万円戻るんやんな？", (800_000,), (400_000,)),
        ("工事が80万円、あと40万円使います", (800_000, 400_000), ()),
        ("90万円の看板で60万円もらえますか？", (900_000,), (600_000,)),
        ("90万円の看板と60万円の棚でいいですか？", (900_000, 600_000), ()),
        ("経費は税抜437,500円。2/3で291,667円と書けばよろしいですか", (437_500,), (291_667,)),
        ("1台50万円の機械を4台、計200万円。100万円の補助で合ってる？", (2_000_000,), (1_000_000,)),
        ("経費は99万円。66万円の4分の1で16万5千円、合計82万5千円になりますか", (990_000,), (660_000, 165_000, 825_000)),
        ("機械60万円の3分の2と、看板30万円の3分の2でいくらですか", (600_000, 300_000), ()),
        ("家賃は月10万円。月5万円を12か月で60万円補助ですよね？", (1_200_000,), (50_000, 600_000)),
    ],
)
def test_an_expected_result_is_no_cost(assistant, text, costs, claimed):
    assert told(assistant, text) == (costs, claimed)


@pytest.mark.parametrize(
    ("text", "costs"),
    [
        ("48万円の製氷機です。50万円いってへんから1社でええよね", (480_000,)),
        ("48万円の製氷機です。50万円に届かないので1社でいいですか", (480_000,)),
        ("48万円の製氷機と50万円の棚です", (480_000, 500_000)),
        ("1年目1億円、2年目2億円。3億円以内だから大丈夫ですか", (100_000_000, 200_000_000)),
        ("3億円以内の設備を入れます", (300_000_000,)),
    ],
)
def test_a_line_is_no_cost(assistant, text, costs):
    assert told(assistant, text)[0] == costs


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("賃金引上げ特例の150万円も使います", "cap_yen"),
        ("150万円の上乗せを諦めます", "cap_yen"),
        ("特例で150万円の機械を買います", "cost_yen"),
        ("出店料の収入が150万円入る見込みです", "income_yen"),
        ("広告収入150万円", "income_yen"),
        ("出店料は150万円かかります", "cost_yen"),
        ("定価150万円の機械が値引きされました", "list_price_yen"),
        ("定価150万円の機械を買います", "cost_yen"),
        ("去年もらった150万円は関係ないですよね？", "received_yen"),
        ("最終年に150万円売れれば足りますか", "sales_yen"),
        ("自己資金は150万円です", "own_yen"),
        ("公庫から150万円借りて使います", "other_yen"),
    ],
)
def test_what_is_not_paid(assistant, text, role):
    assert read_slots(text, assistant.catalogue).money == {role: (1_500_000,)}


@pytest.mark.parametrize(
    ("text", "yen", "times"),
    [
        ("月5,000円で2年間（合計12万円）", 120_000, 24),
        ("家賃は月8万円（年96万円）", 960_000, 12),
        ("1脚3万円の椅子を20脚（60万円）", 600_000, 20),
        ("80万円の機械です。80万円の2/3は？", 800_000, 1),
        ("手付金20万円を含めて総額70万円の機械", 700_000, 1),
        ("A社は55万円、B社は60万円。安い方で", 550_000, 1),
        ("A社は55万円、B社は60万円。高い方で", 600_000, 1),
    ],
)
def test_a_price_told_again_is_one_cost(assistant, text, yen, times):
    assert [(i.yen, i.times) for i in read_slots(text, assistant.catalogue).items] == [(yen, times)]


def test_a_total_of_other_things_stays(assistant):
    assert told(assistant, "月5,000円の利用料を2年、棚が12万円")[0] == (120_000, 120_000)


@pytest.mark.parametrize(
    ("said", "yen", "same"),
    [
        (533_000, 533_333, True), (530_000, 533_333, True), (500_000, 533_333, False), (291_667, 291_666, False),
        (80_000_000, 79_999_998, True),
    ],  # fmt: skip
)
def test_a_rounded_claim_agrees(said, yen, same):
    assert agrees(said, yen) is same


@pytest.mark.parametrize(
    ("between", "bare"), [("の食洗機で", True), ("の食洗機と", False), ("。半分の", True), ("、改装に", False), ("、別に", False)]
)
def test_words_that_name_no_thing(between, bare):
    assert names_nothing(between, True) is bare


def said(assistant, text):
    return answer_question(Question(text, date(2026, 11, 24), ()), assistant).text


@pytest.mark.parametrize(
    ("text", "start", "amounts"),
    [
        ("持続化の通常枠で税抜90万円の食洗機、60万円見込んでいいですか。特例なし。", "いいえ", ("補助額は50万円",)),
        ("持続化の通常枠で税抜75万円の食洗機、50万円見込んでいいですか。特例は使いません。", "はい", ("補助額は50万円",)),
        ("持続化の創業型で税抜240万円の厨房。上限200万円に収めたら丸々200万円いけますか？特例なし", "いいえ", ("補助額は160万円",)),
        ("成長加速化補助金で機械装置に12億円。半分の6億円で問題ないですか？", "いいえ", ("補助額は5億円",)),
        ("四日市の定期市で備品70万円、出店料で16万円入る。36万円もらえる？学生との共催なし", "はい", ("補助額は36万円",)),
        ("四日市の定期市で備品70万円、出店料で16万円入る。46万円もらえる？学生との共催なし", "いいえ", ("補助額は36万円",)),
        ("Go-Techの通常枠、中小企業。1年目3,000万円、2年目6,900万円。2/3の6,600万円でいいですか", "いいえ", ("合計で6,500万円",)),
        ("カタログ注文型、従業員3人、360万円の機器です。自己資金は180万円用意すればいいですか？", "はい", ("自己負担は180万円",)),
        ("免税事業者です。持続化を税込のまま申請します。税込66万円の機械、44万円もらえますよね", "はい", ("補助額は44万円",)),
        ("課税事業者です。持続化を税込のまま申請します。税込66万円の機械、44万円もらえますよね", "いいえ", ("補助額は40万円",)),
        ("複数社連携で12店が組む。消費動向等分析経費に1,200万円、2/3の800万円いける？", "いいえ", ("補助額は600万円",)),
    ],
)
def test_a_claim_is_judged(assistant, text, start, amounts):
    answer = said(assistant, text)
    assert answer.startswith(start), answer
    assert all(a in answer for a in amounts), answer


def test_costs_of_two_things_are_no_offers(assistant):
    assert told(assistant, "看板40万円と棚20万円、安い方から買います")[0] == (400_000, 200_000)
