"""What a sentence is understood to say."""

from datetime import date
from fractions import Fraction

import pytest

from assistant.ask.parse import Parser
from assistant.ask.query import Query
from assistant.ask.wording import clean
from assistant.records import Question


@pytest.fixture(scope="module")
def parser(assistant):
    return Parser(assistant.catalogue)


def parse(parser: Parser, text: str, *history: str) -> Query:
    return parser.parse(Question(text, date(2026, 11, 24), history))


@pytest.mark.parametrize(
    ("text", "programme"),
    [
        ("持続化補助金の上限は", "jizokuka"),
        ("小規模事業者持続化補助金", "jizokuka"),
        ("じぞくか補助金はいくら", "jizokuka"),
        ("次続化補助金の上限", "jizokuka"),
        ("省力か投資保助金の上限", "shoryokuka"),
        ("もの補助の23次", "monodukuri"),
        ("新事業進出・ものづくり補助金の枠", "shinjigyo-monodukuri"),
        ("革新的新製品・サービス枠の上限", "shinjigyo-monodukuri"),
        ("ＩＴ導入補助金", "it-donyu"),
        ("jizokukaの上限", "jizokuka"),
    ],
)
def test_programmes_are_known_by_the_names_people_type(parser, text, programme):
    assert programme in parse(parser, text).programmes


@pytest.mark.parametrize(
    "text", ["補助金を使いたい", "その補助金はいくら", "いいものですか", "機械を買う補助金なら", "新しい事業を始めたい"]
)
def test_ordinary_words_name_no_programme(parser, text):
    assert parse(parser, text).programmes == ()


@pytest.mark.parametrize(
    ("text", "inputs"),
    [
        ("従業員十八人の旅館です", {"employees": 18, "industry": "shukuhaku_goraku"}),
        ("社員25名の町工場", {"employees": 25, "industry": "seizo_other"}),
        ("従業員はいません", {"employees": 0}),
        ("5人以下の会社", {"employees": 5}),
        ("100人を超える会社", {"employees": 101}),
        ("赤字の飲食店", {"deficit": True, "industry": "shogyo_service"}),
        ("赤字ではありません", {"deficit": False}),
        ("小売じゃなくて宿泊業です", {"industry": "shukuhaku_goraku"}),
        ("小規模事業者ではない中小企業", {"size": "sme"}),
        ("うちは小規模事業者です", {"size": "small"}),
        ("大企業ですが", {"size": "large"}),
        ("2024年4月に創業しました", {"founded_on": 20240401}),
        ("設立して8か月の会社", {"founded_months": 8}),
        ("最低賃金を50円引き上げます", {"min_wage_raise_yen": 50}),
    ],
)
def test_facts_of_the_firm(parser, text, inputs):
    found = parse(parser, text).slots.inputs
    assert {k: found.get(k) for k in inputs} == inputs


@pytest.mark.parametrize(
    ("text", "role", "yen"),
    [
        ("経費は税抜で90万円です", "cost_yen", 900_000),
        ("300万円の機械を買う", "cost_yen", 3_000_000),
        ("年商3億2千万円の会社", "sales_yen", 320_000_000),
        ("前回200万円受け取りました", "received_yen", 2_000_000),
        ("60万円もらえますよね", "claimed_yen", 600_000),
        ("2/3で40万円", "claimed_yen", 400_000),
        ("資本金1,000万円", "capital_yen", 10_000_000),
        ("付加価値額が5,000万円", "value_added_yen", 50_000_000),
    ],
)
def test_the_role_of_an_amount(parser, text, role, yen):
    assert parse(parser, text).slots.money.get(role) == (yen,)


def test_bounds_of_tiers_are_no_costs(parser):
    assert "cost_yen" not in parse(parser, "1,500万円を超えた分の率は").slots.money


def test_a_stated_total_is_not_counted_twice(parser):
    slots = parse(parser, "持続化でチラシ20万円と展示会30万円、合計50万円使います").slots
    assert [i.yen for i in slots.items] == [200_000, 300_000] and slots.total_yen == 500_000


@pytest.mark.parametrize(
    ("text", "specials"),
    [
        ("持続化でインボイス特例を使います", ("invoice",)),
        ("持続化、賃金引上げ特例あり、インボイス特例はなし", ("chinage",)),
        ("持続化で特例は使いません", None),
        ("持続化の通常枠（特例なし）", None),
        ("省力化の一般型 賃上げナシ", None),
    ],
)
def test_special_measures_are_read_clause_by_clause(parser, text, specials):
    assert parse(parser, text).slots.inputs.get("specials") == specials


@pytest.mark.parametrize(
    ("text", "rounds", "year"),
    [
        ("第20回の締切", [(20, "回")], None),
        ("ものづくりの23次", [(23, "次")], None),
        ("第四回の要件", [(4, "回")], None),
        ("2025年度の上限", [], 2025),
        ("令和8年度の最低賃金", [], 2026),
        ("2年以内に終える", [], None),
        ("2回目の申請", [], None),
    ],
)
def test_rounds_and_years(parser, text, rounds, year):
    query = parse(parser, text)
    assert [(r.number, r.unit) for r in query.rounds] == rounds and query.year == year


def test_ratios_are_exact(parser):
    assert parse(parser, "補助率は三分の二ですよね").slots.ratios == (Fraction(2, 3),)


@pytest.mark.parametrize(
    ("text", "attribute"),
    [("上限は？", "cap"), ("補助率", "rate"), ("〆切いつ", "deadline"), ("加点は", "bonus"), ("上弦額は", "cap"), ("保助率は", "rate")],
)
def test_attributes_also_by_sound(parser, text, attribute):
    assert attribute in parse(parser, text).attributes


def test_a_word_of_the_knowledge_is_not_misheard(parser):
    assert "deadline" not in parse(parser, "事業の期間の長さ").attributes


def test_a_follow_up_keeps_programme_and_frame(parser):
    query = parse(parser, "じゃあ30人なら？", "省力化の一般型、従業員15人の上限は？")
    assert query.programmes == ("shoryokuka",) and query.slots.inputs["employees"] == 30 and "cap" in query.attributes
    assert any(t.series == "ippan" for t in query.targets)


def test_a_special_named_later_stays_within_the_programme(parser):
    query = parse(parser, "賃上げ特例を付けたら？", "持続化の通常枠の上限は？")
    assert query.programmes == ("jizokuka",) and query.slots.inputs["specials"] == ("chinage",)


def test_another_programme_switches_the_topic(parser):
    query = parse(parser, "持続化の上限は？", "省力化の一般型で3,000万円、従業員15人。補助額は？")
    assert query.programmes == ("jizokuka",) and not query.slots.items and query.slots.inputs["employees"] == 15


def test_unknown_programmes_are_noticed(parser):
    assert parse(parser, "みなと町にぎわい創出補助金の上限は").unknown_names
    assert not parse(parser, "この補助金の上限は").unknown_names


def test_cleaning_takes_tags_control_characters_and_braces():
    assert clean("<b>持続化</b>\x00{f:1}") == "持続化 （f:1）"


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("持続化で60万円、特例なしとインボイス特例ありだと", True),
        ("持続化の上限、特例を使う場合と使わない場合", True),
        ("持続化は賃上げありとなしでどう違う", True),
        ("持続化の通常枠（特例なし）で60万円使うといくら", False),
        ("持続化の通常枠（特例なし）で60万円を使うといくら", False),
        ("持続化の通常枠（特例なし）で60万円の機械を買うと", False),
        ("持続化でインボイス特例ありの上限", False),
    ],
)
def test_with_and_without_a_special_measure(parser, text, both):
    assert parse(parser, text).both_ways is both


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("いつまでに終わらせないといけませんか", ("project_end",)),
        ("いつまでに申請しますか", ("deadline",)),
        ("締切と、いつまでに終わらせるか", ("deadline", "project_end")),
        ("いつまでに事業を終えないといけませんか", ("project_end",)),
        ("いつまでに取り組みを済ませるか、締切も", ("project_end", "deadline")),
        ("何月までに設備の設置をおわらせるの", ("project_end",)),
        ("いつまでに申請を終えればいいですか", ("deadline",)),
        ("いつまでに計画書を完了すればいい", ("deadline",)),
    ],
)
def test_by_when_to_finish_is_not_by_when_to_apply(parser, text, asked):
    found = parse(parser, text).attributes
    assert tuple(a for a in found if a in ("deadline", "project_end")) == asked


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("支援計画書を商工会に頼みに行きます。まだ受け付けてもらえますか？", ("support_plan", "deadline")),
        ("持続化は今日申請できる状態ですか", ("deadline", "eligibility")),
        ("第1回（2025年6月締切）なら出せましたか", ()),
        ("持続化に応募できたでしょうか", ("eligibility",)),
        ("勧誘の電話が来たのですが国の人ですか", ()),
        ("固定金利の融資は打ち切られますか", ()),
        ("大規模成長投資は書類だけで決まりますか", ("review",)),
        ("機械を買ったあとに申請しても間に合いますか", ()),
        ("機械を買ったあとに申請したいが締切はいつ", ("deadline",)),
    ],
)
def test_what_is_asked_and_what_is_only_told(parser, text, attributes):
    found = parse(parser, text).attributes
    assert set(found) - {"special", "price", "size"} >= set(attributes)
    assert "deadline" in attributes or "deadline" not in found
    assert {"phone", "interest", "document"} & set(found) <= set(attributes)


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("機械を発注したあとに申請しても通りますか", True),
        ("もう契約してしまいました。申請できますか", True),
        ("すでに購入済みの設備は対象ですか", True),
        ("これから発注します。申請できますか", False),
        ("採択されたら発注していいですか", False),
        ("導入した後に転売できますか", False),
    ],
)
def test_what_was_ordered_before_the_application(parser, text, done):
    assert parse(parser, text).done_first is done


def test_a_declaration_made_does_not_change_the_subject(parser):
    query = parse(parser, "最低いくら投資すればいいですか", "大規模成長投資補助金を考えています", "当社は100億宣言を済ませています")
    assert query.programmes == ("daikibo-seicho",) and query.slots.inputs["has_100oku_declaration"] is True
    other = parse(parser, "締切はいつですか", "大規模成長投資補助金を考えています", "100億宣言の申請方法は？")
    assert other.programmes == ("oku100-sengen",)


@pytest.mark.parametrize(
    ("text", "frames"),
    [
        ("持続化の創業型じゃなくて通常枠の上限は", {("jizokuka", "tsujo")}),
        ("カタログ型ではなく一般型の上限は", {("shoryokuka", "ippan")}),
        ("持続化の通常枠じゃなくても創業型なら出せる？", {("jizokuka", "tsujo"), ("jizokuka", "sogyo")}),
    ],
)
def test_a_frame_that_is_not_meant_is_left_out(assistant, text, frames):
    found = assistant.parser.parse(Question(text, date(2026, 11, 24), ()))
    assert {(t.programme, t.frame) for t in found.targets if t.kind == "frame"} == frames


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("去年リフォームに380万円かかりました。持続化で看板に60万円、補助はいくら？", [600_000]),
        ("3年前に50万円で看板を直しました。今度は90万円の看板で、持続化の補助は？", [900_000]),
        ("去年買った300万円の機械は対象？", [3_000_000]),  # what is asked about
        ("リフォームに380万円かかります。持続化の補助は？", [3_800_000]),
    ],
)
def test_what_was_spent_in_an_earlier_year_is_no_cost(assistant, text, items):
    assert [i.yen for i in assistant.parser.parse(Question(text, date(2026, 11, 24), ())).slots.items] == items
