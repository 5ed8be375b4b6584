"""Costs that do not count: too cheap for one, not listed, of other frames; pay, headcounts and shares held against rules."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.ask.slots import read_slots
from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)


def told(assistant, text):
    return answer_question(Question(text, TODAY), assistant).text


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("測定器1台90万円を10台", [(9_000_000, 10, "things")]),
        ("60万円の台車を20台", [(12_000_000, 20, "things")]),
        ("20台で合計60万円", [(600_000, 1, "")]),
        ("加工機8,000万円1台", [(80_000_000, 1, "")]),
        ("研修に20万円、計画策定に90万円", [(200_000, 1, ""), (900_000, 1, "")]),
    ],
)
def test_things_are_counted(assistant, text, items):
    found = read_slots(text, assistant.catalogue).items
    assert [(i.yen, i.times, i.every) for i in found] == items


@pytest.mark.parametrize(
    ("text", "has", "lacks"),
    [
        ("成長加速化補助金で機械1億2,000万円と、1台99万円の測定器を10台。補助額は？", "補助額は6,000万円", "6,495万円"),
        ("成長加速化補助金で機械1億2,000万円と、1台100万円の測定器を10台。補助額は？", "補助額は6,500万円", "除きました"),
        ("四日市市の人材確保支援で、ブース出展30万円と社員の交通費8万円。補助は？", "補助額は20万円", "253,333円"),
        ("四日市市の人材確保支援で、ブース出展30万円と飲食店の求人サイト掲載6万円。補助は？", "補助額は24万円", "除きました"),
        ("新事業進出枠、従業員18人、機械2,000万円と人件費500万円、特例なし。補助額は？", "補助額は1,000万円", "1,250万円"),
        ("持続化補助金の通常枠、店の改装60万円と車の購入80万円、特例なし。補助額は？", "補助額は40万円", "補助額は50万円"),
        ("四日市の空き店舗の①、小売店の初年度。改装費100万円と家賃10万円。補助は？", "75万円", "825,000円"),
    ],
)
def test_what_is_left_out(assistant, text, has, lacks):
    answer = told(assistant, text)
    assert has in answer
    assert lacks not in answer


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("持続化の賃金引上げ特例。前年は5人に計1,300万円、今年の12か月は計1,339万円。達成？", "はい、"),
        ("持続化の賃金引上げ特例。前年は5人に計1,300万円、今年の12か月は計1,338万9,995円。達成？", "いいえ、"),
        ("持続化の賃金引上げ特例。前年は5人に計1,300万円、今年は途中入社の1人分180万円を含めて計1,519万円。達成？", "実績は2,678,000円"),
        ("持続化の賃金引上げ特例。前年は4人で1,000万円。今年は1人途中で辞めたけど計1,050万円。満たす？", "その人に払った額"),
        ("持続化、賃金引上げ特例。去年の給与は6人で合計1,800万円。1人あたりいくらにすればいい？", "309万円以上"),
        ("カタログ型の人手不足の理由②。20人いたのが1人辞めて19人に。当てはまる？", "はい、"),
        ("カタログ型の人手不足の理由②。21人いたのが1人辞めて20人に。当てはまる？", "いいえ、"),
        ("岐阜の工場、省力化一般型の大幅賃上げ特例。最低の時給を1,115円にします。最低賃金の条件は満たす？", "はい、"),
        ("岐阜の工場、省力化一般型の大幅賃上げ特例。最低の時給を1,114円にします。最低賃金の条件は満たす？", "1円足りません"),
        ("成長加速化に建物と機械で1億2,000万円、外注費9,000万円、専門家経費3,500万円。問題はありますか？", "1億2,500万円"),
        ("持続化、特例なしで満額の50万円。ウェブの経費は税抜いくらまで？ウェブ以外の経費は最低いくら？", "562,500円以上"),
    ],
)
def test_told_numbers_are_held_against_rules(assistant, text, has):
    assert has in told(assistant, text)


def test_two_headcounts_with_and_without_a_special_measure(assistant):
    answer = told(assistant, "ものづくり23次の高付加価値化枠、20人と21人で上限はいくら違う？大幅賃上げ特例の場合もあわせて")
    assert "差は500万円" in answer
    assert "差は1,250万円" in answer


def test_which_frame_pays_more(assistant):
    text = "従業員12人、小規模ではない。1,400万円の設備は省力化カタログ型と一般型のどっちが多い？特例なし"
    assert told(assistant, text).startswith("一般型のほうが200万円多くなります")


def test_a_frame_whose_name_ends_another_one_is_named(assistant):
    answer = told(assistant, "「売り手支援類型」と「小規模売り手支援類型」の上限の違いは？")
    assert "600万円" in answer
    assert "450万円" in answer


def test_each_cost_of_a_scheme_goes_to_its_frame(assistant):
    answer = told(assistant, "四日市の工場です。IoTの計画づくりに150万、システム開発に135万。市の補助はそれぞれいくら？")
    assert "補助額は80万円" in answer
    assert "補助額は90万円" in answer



@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("持続化で看板と冷蔵庫で60万円。いくら", "補助額は40万円"),
        ("持続化で120万円の看板と冷蔵庫だと補助額は", "補助額は50万円"),
        ("持続化で看板60万円。いくら", "このままでは申請できません"),
        ("持続化でチラシ30万円はいくら？機械は買いません", "このままでは申請できません"),
    ],
)
def test_one_sum_for_several_things_is_not_that_of_one(assistant, question, words):
    assert words in told(assistant, question)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("持続化でインボイス登録をしている店、120万円の改装。補助額は", ("特例なし：50万円", "インボイス特例あり：80万円")),
        ("持続化でインボイス特例を使って120万円の改装。補助額は", ("補助額は80万円",)),
        ("持続化でインボイス特例あり・賃上げ特例なし、90万円の機械。補助額は", ("補助額は60万円",)),
        ("持続化でインボイス特例なし・賃上げ特例あり、黒字、90万円の機械。補助額は", ("補助額は60万円", "150万円（賃金引上げ特例）")),
        ("持続化でインボイス特例なし、90万円の機械。補助額は", ("補助額は50万円",)),
        ("持続化でインボイス特例・賃上げ特例は使わない、90万円の機械。補助額は", ("補助額は50万円",)),
        ("持続化で以前は免税事業者、今はインボイス登録の店、120万円の改装。補助額は", ("補助額は80万円",)),
        ("持続化で120万円の改装、うちは免税事業者です。補助額は", ("補助額は50万円",)),
        ("持続化で賃上げも考えている店、300万円の改装なら補助額は", ("特例なし：50万円", "賃金引上げ特例あり・赤字：200万円")),
    ],
)
def test_a_fact_that_a_special_measure_hangs_on_is_not_its_use(assistant, question, words):
    text = told(assistant, question)
    assert all(w in text for w in words)


@pytest.mark.parametrize(
    ("question", "words", "never"),
    [
        ("IT企業進出支援で通信回線が月25万円、1年でいくら", "補助額は120万円", "ITオフィス等開設経費補助事業（"),
        ("IT企業進出支援で改装費80万円、いくら", "補助額は40万円", "通信回線使用料補助事業（"),
        ("コンビナートの1社だけの調査3000万円、いくら", "補助額は750万円", "1,500万円"),
        ("空き店舗補助で商店街に小売の店、改装費250万円。1年目いくら", "補助額は150万円", "いいえ"),
        ("空き店舗補助で商店街に飲食店、改装費250万円。1年目いくら", "それ以外：50万円", "いいえ"),
        ("デジタル化・AI補助金の通常枠で会計ソフト80万円、2プロセス、いくら", "補助額は40万円", "計算から除きました"),
        ("連携事業で、中小企業、省エネ一般枠で70億円、いくら", "補助額は30億円", "補助額は15億円"),
        ("中小企業、省エネ一般枠で70億円、いくら", "補助額は15億円", "補助額は30億円"),
    ],
)
def test_the_frame_that_pays_for_a_cost(assistant, question, words, never):
    text = told(assistant, question)
    assert words in text and never not in text


def test_what_a_document_leaves_open_of_a_cap_stands_beside_the_amount(assistant):
    assert "（注意：単独の事業所で申請する場合" in told(assistant, "中小企業、省エネ一般枠で70億円、いくら")
    assert "（注意：単独の事業所で申請する場合" not in told(assistant, "中小企業、省エネ一般枠で7億円、いくら")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("カタログ型、既に300万円もらいました。従業員12人。次はいくらまで？", "新しく使えるのは200万円まで"),
        ("カタログ型、従業員12人。上限はいくらまで？", "500万円"),
        ("Go-Tech通常枠、中小企業です。3年計画で毎年6000万円。補助額は？", "9,750万円"),
        ("新規産業創出補助金、成長分野で2年計画、毎年700万円ずつ。いくら", "800万円"),
        ("第17回の持続化補助金の創業型は創業何年以内でしたか。", "創業型の第17回についての情報は手元の資料にありません"),
    ],
)
def test_years_rests_and_rounds(assistant, question, words):
    assert words in told(assistant, question)


@pytest.mark.parametrize(
    ("question", "words", "step"),
    [
        ("持続化、機械55万円（税込）とチラシ10万円（税抜）で補助額は", "補助額は40万円", "55万円 ÷ 1.1 ＝ 50万円"),
        ("持続化、機械55万円（税込）とチラシ11万円（税込）で補助額は", "補助額は40万円", "66万円 ÷ 1.1 ＝ 60万円"),
        ("持続化、機械50万円（税抜）とチラシ10万円（税抜）で補助額は", "補助額は40万円", "60万円 × 2/3 ＝ 40万円"),
    ],
)
def test_tax_is_taken_out_of_what_is_told_with_it(assistant, question, words, step):
    text = told(assistant, question)
    assert words in text and step in text


@pytest.mark.parametrize(
    ("firm", "first"),
    [("100億宣言の企業", "100億宣言企業（第6次）の補助額は6億円"), ("宣言していない企業", "20億円以上の投資が必要")],
)
def test_a_declaration_decides_which_frame_answers(assistant, firm, first):
    assert first in told(assistant, f"{firm}で大規模成長投資補助金、18億円の投資で補助額は").splitlines()[0]


def test_the_furniture_for_a_thing_is_not_the_thing(assistant):
    text = told(assistant, "持続化の通常枠でシャンプー20万円とシャンプー台50万円。いくら？")
    assert "33万" in text or "333,333円" in text  # 50万円 × 2/3
    assert "20万円は計算から除きました" in text and "50万円は計算から除きました" not in text
