"""Rules asked in words, each on both sides of its line: prices with tax, titles, picks, days, who counts, growth, shares."""

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question, Status

DAY = date(2026, 11, 24)


def told(assistant, text):
    answer = answer_question(Question(text, DAY, (), None, "t"), assistant)
    assert answer.status is Status.ANSWERED
    return answer.text


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("持続化で税込11万円を現金で払います。対象になりますか", "はい、税抜にすると10万円なので"),
        ("持続化で税込110,011円を現金で払います。対象になりますか", "いいえ、税抜にすると100,010円なので"),
        ("税抜10万円の備品を現金で払うと持続化で引っかかりますか", "税抜の10万円は、「10万円（税抜）超」に当たりません"),
        ("税抜100,001円の備品を現金で払うと持続化で引っかかりますか", "税抜の100,001円は、「10万円（税抜）超」に当たります"),
        ("持続化で税抜454,545円の機械を買います。見積もりは1社でいいですか", "はい、税込にすると499,999円なので"),
        ("持続化で税抜454,546円の機械を買います。見積もりは1社でいいですか", "いいえ、税込にすると500,000円なので"),
        ("持続化で税込50万円ちょうどの機械は2社の見積もりが必要ですか", "いいえ、税込の50万円は"),
        ("持続化で税込500,001円の機械は2社の見積もりが必要ですか", "はい、税込の500,001円は"),
        ("持続化、軽減税率8%の税込108,000円を現金払いしても大丈夫？", "はい、税抜にすると10万円なので"),
        ("持続化で現金払いできるのは税込でいくらまでですか", "税込では11万円まで"),
        ("持続化で12万円の現金払いをしても大丈夫ですか", "いいえ、12万円は、税込・税抜のどちらの額でも"),
        ("持続化で105,000円の現金払いをしても大丈夫ですか", "105,000円が税込の額なら"),
    ],
)
def test_a_price_against_a_line_of_the_other_tax_reading(assistant, text, start):
    assert told(assistant, text).startswith(start.replace("500,000円", "50万円"))


def test_a_price_beside_which_the_subsidy_is_asked_for_is_computed(assistant):
    assert "40万円" in told(assistant, "見積もりは税込66万円でした。課税事業者です。持続化でいくらもらえますか")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("持続化の補助事業名「" + "あ" * 30 + "」は字数に収まりますか", "はい、30文字なので"),
        ("持続化の補助事業名「" + "あ" * 31 + "」は字数に収まりますか", "いいえ、31文字で、30文字以内に収まりません。1文字超えている"),
        ("持続化のタイトルが37文字です。何文字オーバーですか", "7文字超えている"),
        ("持続化の経営計画が5枚です。補助事業計画はあと何枚書けますか", "残りは3枚まで"),
        ("持続化の経営計画が8枚です。補助事業計画はあと何枚書けますか", "残りは0枚まで"),
    ],
)
def test_what_a_form_allows(assistant, text, words):
    assert words in told(assistant, text)


@pytest.mark.parametrize(
    ("text", "start", "words"),
    [
        ("持続化の加点、くるみんと過疎地域の2つ選べますか", "はい、2種類とも", "政策加点：過疎地域加点"),
        ("持続化の加点、くるみんと健康経営優良法人の2つ選べますか", "いいえ、全部は選べません", "選べるのは1種類まで"),
        ("持続化の加点、くるみん、過疎地域、経営力向上計画の3つ全部もらえる？", "いいえ、全部は選べません", "選べるのは2種類まで"),
        ("持続化で重点政策加点を1つ、政策加点を2つ選んでいいですか", "いいえ、全部は選べません", "選べるのは2種類まで"),
    ],
)
def test_how_many_bonus_items_may_be_picked(assistant, text, start, words):
    answer = told(assistant, text)
    assert answer.startswith(start) and words in answer


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("持続化第20回の事業支援計画書の締切まであと何日？", "あと10日"),
        ("持続化第20回の支援計画書の締切は申請の締切の何日前ですか", "間は11日"),
        ("持続化第20回の支援計画書の締切は申請締切の11日前ですよね", "はい、事業支援計画書"),
        ("持続化第20回の支援計画書の締切は申請締切の10日前ですよね", "いいえ、事業支援計画書"),
        ("支援計画書の締切まであと何日？それは申請の締切の何日前？（持続化 第20回）", "間は11日"),
        ("持続化第20回の受付期間は何日間ですか", "41日間"),
    ],
)
def test_days_between_dates_of_a_round(assistant, text, words):
    assert words in told(assistant, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("業務改善の90円コースで4人上げます。1人は週19時間です。従業員35人。上限は？", ("3人です", "150万円")),
        ("業務改善の90円コースで4人上げます。1人は週20時間です。従業員35人。上限は？", ("270万円",)),
        ("業務改善の50円コースで2人上げるが1人は雇用保険未加入。従業員29人です。上限は？", ("1人です", "40万円")),
        ("業務改善の50円コースで2人上げるが1人は雇用保険未加入。従業員30人です。上限は？", ("1人です", "30万円")),
        ("業務改善の70円コースで6人上げ、うち2人は雇用保険に入っていません。上限180万円でいいですか", ("いいえ", "130万円")),
    ],
)
def test_those_who_do_not_count_lower_the_cap(assistant, text, words):
    answer = told(assistant, text)
    assert all(w in answer for w in words)


def test_the_cap_for_those_who_count_as_raised(assistant):
    staff = "Aさん1,060→1,130円、Bさん1,100→1,170円、Cさん1,130→1,200円。"
    text = "業務改善助成金。最低賃金1,060円を1,130円に。" + staff + "{}何人数えられて上限はいくら？"
    assert "100万円" in told(assistant, text.format("従業員22人です。")) and "50万円" in told(assistant, text.format("従業員30人です。"))


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("カタログ注文型の2回目の申請です。労働生産性を700万円から3年後787万円にします。要件を満たしますか", "いいえ、満たしません"),
        ("カタログ注文型の2回目の申請です。労働生産性を700万円から3年後788万円にします。要件を満たしますか", "はい、満たします"),
        ("カタログ注文型の労働生産性を700万円から3年後765万円にします。要件を満たしますか", "はい、満たします"),
        ("カタログ注文型の労働生産性を700万円から3年後764万円にします。要件を満たしますか", "いいえ、満たしません"),
        ("省力化一般型、労働生産性が3年で12%増なので4%の要件を満たしますよね", "いいえ、満たしません。年平均成長率（複利）は3.85%"),
        ("省力化一般型、労働生産性が3年で13%増なので4%の要件を満たしますよね", "はい、満たします。年平均成長率（複利）は4.16%"),
        ("5年で20%増なら年平均成長率は4%ですよね", "いいえ、年平均成長率は複利で計算するので、3.71%"),
        ("年3%で5年なら15%増でいいですよね", "いいえ、複利で計算するので、5年で15.93%"),
        ("売上を5年で2倍にするには年平均何%の成長が必要ですか", "年平均成長率は複利で計算するので、14.87%"),
    ],
)
def test_growth_told_in_whatever_way(assistant, text, start):
    assert told(assistant, text).startswith(start)


def test_the_base_that_an_end_allows(assistant):
    text = "5年後の付加価値額が9,000万円。新事業進出・ものづくり補助金の要件なら今の付加価値額はいくら以下でないといけない？"
    assert told(assistant, text).startswith("はじめの額は73,973,439円以下")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("付加価値額6,000万円、従業員12人なら労働生産性は500万円ですよね", "はい、1人あたりでは500万円"),
        ("付加価値額6,000万円、従業員12人なら労働生産性は600万円ですよね", "いいえ、1人あたりでは500万円"),
        ("付加価値額が7,300万円。労働生産性を900万円にするには従業員は何人まで？", "従業員は8人まで"),
        ("従業員10人で1人あたり給与支給総額を330万円にするには総額でいくら要る？", "給与支給総額は3,300万円必要"),
        ("営業利益500万円に人件費1,500万円と減価償却100万円を足して付加価値額は2,100万円ですよね", "はい、付加価値額は2,100万円"),
        (
            "営業利益500万円、人件費1,500万円、支払利息40万円、減価償却100万円で付加価値額は2,140万円ですよね",
            "いいえ、付加価値額は2,100万円",
        ),
    ],
)
def test_amounts_per_head_and_what_is_taken_for_granted(assistant, text, start):
    assert told(assistant, text).startswith(start)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("持続化の賃金引上げ特例、1人あたり給与が300万円から309万円に増えました。クリアですよね", "はい、賃金引上げ特例"),
        ("持続化の賃金引上げ特例、1人あたり給与が300万円から308万9,999円に増えました。クリアですよね", "いいえ、賃金引上げ特例"),
        ("持続化の賃金引上げ加点、1人あたり給与が300万円から306万円になります。足りますか", "はい、賃金引上げ加点"),
        ("持続化の賃金引上げ加点、1人あたり給与が300万円から305万円になります。足りますか", "いいえ、賃金引上げ加点"),
        ("三重県です。持続化の賃金引上げ特例、最低の時給が1,086円です。最低賃金の条件は大丈夫ですか", "いいえ、1,086円は"),
        ("三重県です。持続化の賃金引上げ特例、最低の時給が1,087円です。最低賃金の条件は大丈夫ですか", "はい、1,087円は"),
    ],
)
def test_pay_and_wages_against_what_is_asked_for(assistant, text, start):
    assert told(assistant, text).startswith(start)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("持続化でウェブの補助金が12万円、申請する補助金は合計48万円です。1/4以内ですか", "はい、"),
        ("持続化でウェブの補助金が12万1円、申請する補助金は合計48万円です。1/4以内ですか", "いいえ、"),
        (
            "持続化でウェブの補助金を15万円分受けたい。ウェブ以外の補助金はいくら必要？",
            "ウェブで15万円を受けるには、それ以外の補助金が45万円",
        ),
        ("省力化カタログ、従業員が去年40人で今年38人。5%減少に該当しますか", "はい、"),
        ("省力化カタログ、従業員が去年40人で今年39人。5%減少に該当しますか", "いいえ、"),
        ("省力化カタログの5%減少、去年の従業員は30人。今年何人以下なら当てはまる？", "28人以下なら"),
        ("省力化一般型の最低賃金引上げ特例、従業員50人中14人が3か月以上なら足りてますよね", "いいえ、"),
        ("省力化一般型の最低賃金引上げ特例、従業員33人だと何人以上必要ですか", "省力化投資補助金"),
    ],
)
def test_shares_and_headcounts_that_would_do(assistant, text, start):
    assert told(assistant, text).startswith(start)


@pytest.mark.parametrize(("number", "word"), [("3", "はい、"), ("5", "いいえ、")])
def test_the_number_of_a_rule_that_is_taken_for_granted(assistant, number, word):
    assert f"】{word}" in told(assistant, f"省力化カタログの効果報告は{number}年間ですよね")
