"""Answers in words: dates, computed sentences, tables, refusals, and what stands beside them."""

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question, Status


def ask(assistant, text, today=date(2026, 11, 24), history=()):
    return answer_question(Question(text, today, tuple(history)), assistant)


@pytest.mark.parametrize(
    ("question", "today", "words"),
    [
        ("持続化の第18回の採択発表はいつでしたか", date(2026, 11, 24), "2026年3月17日"),
        ("省力化一般型の第7回、結果はいつごろ", date(2026, 9, 1), "の予定です"),
        ("持続化の事業支援計画書はいつまで", date(2026, 12, 4), "あと0日"),
        ("持続化の事業支援計画書はいつまで", date(2026, 12, 5), "すでに終了"),
        ("省力化のカタログ注文型の締切は", date(2027, 3, 1), "随時受付"),
        ("新事業進出・ものづくり補助金の受付開始はいつ", date(2026, 8, 30), "まだ始まっていません"),
    ],
)
def test_events_by_day(assistant, question, today, words):
    assert words in ask(assistant, question, today).text


def test_a_result_is_told_as_a_result(assistant):
    text = ask(assistant, "持続化の第18回の採択発表はいつでしたか").text
    assert "採択発表は2026年3月17日（火）でした" in text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("付加価値額を5,000万円から3年後に6,000万円にする計画の年平均成長率は？新事業進出・ものづくり補助金の要件を満たす？", "6.27%"),
        ("付加価値額5,000万円を年3%で5年伸ばすと目標はいくら", "57,963,704円"),
        ("補助率1/2、上限100万円の補助金で300万円使うと自己負担は？", "200万円"),
        ("持続化のウェブサイト関連費、ほかの経費の補助金が30万円ならいくらまで積める？", "10万円"),
    ],
)
def test_small_computations(assistant, question, words):
    answer = ask(assistant, question)
    assert words in answer.text
    assert any(f.verdict == "computed" and f.steps for f in answer.figures)


@pytest.mark.parametrize(
    ("cost", "words"),
    [("199万円", "申請できません"), ("200万円", "100万円です")],
)
def test_a_floor_shuts_out_below_and_lets_in_at(assistant, cost, words):
    answer = ask(assistant, f"従業員10人の中小企業、省力化の一般型に{cost}。補助額はいくらになりますか（特例なし）")
    assert words in answer.text.split("計算")[0]


def test_received_grants_lower_the_cap(assistant):
    told = "カタログ注文型、従業員30人。前回700万円受け取りました。"
    answer = ask(assistant, told + "今回800万円の製品だと補助額はいくらになりますか（特例なし）")
    assert "300万円" in answer.text.split("。")[0]


def test_caps_by_headcount_come_as_a_table(assistant):
    text = ask(assistant, "省力化の一般型の上限は？").text
    assert "| 51～100人 | 5,000万円 | 6,500万円 |" in text


def test_a_phone_number_that_no_source_prints_is_refused(assistant):
    answer = ask(assistant, "持続化補助金事務局の電話番号は？")
    assert answer.status is Status.REFUSED


def test_wages_of_another_year_are_refused(assistant):
    assert ask(assistant, "三重県の令和9年度の最低賃金はいくら").status is Status.REFUSED


def test_wages_of_the_sources_year_are_answered(assistant):
    assert "1,087円" in ask(assistant, "三重県の令和7年度の最低賃金はいくら").text


def test_corrections_of_misprints_are_stored_right(assistant):
    assert "1,500万円" in ask(assistant, "カタログ注文型、従業員25人で大幅賃上げする場合の上限").text


def test_sources_are_numbered_and_dated(assistant):
    answer = ask(assistant, "持続化の通常枠の補助率は？")
    assert "[1]" in answer.text and answer.sources[0].as_of == "2026-07-06" and answer.sources[0].section


def test_suggestions_do_not_repeat_the_question(assistant):
    assert all("締切" not in s for s in ask(assistant, "持続化の締切は？").suggestions)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("新規産業創出の自社研究開発、1年目は経費100万円、2年目は600万円。あわせていくら？", "250万円"),
        ("新規産業創出の自社研究開発、1年目は経費500万円、2年目は600万円。あわせていくら？", "400万円"),
        ("コンビナートの補助金、2社で連携、国の補助は受けません。委託費3,000万円だといくら？", "1,000万円です"),
        ("コンビナートの補助金、2社で連携、国の補助は受けています。委託費3,000万円だといくら？", "1,500万円です"),
        ("海外販路開拓支援を初めて使います。会場費30万円、ホテル10万円。補助額は？", "20万円です"),
    ],
)
def test_amounts_by_what_is_told_of_years_frames_and_times(assistant, question, words):
    assert words in ask(assistant, question).text.split("計算")[0]


@pytest.mark.parametrize(
    "question",
    ["看板を注文したあとに持続化に申請してもいいですか", "すでに契約済みですが持続化に出せますか", "先に買ってから持続化に申請できますか"],
)
def test_what_was_ordered_first_is_answered_by_the_rule_on_it(assistant, question):
    lead = ask(assistant, question).text.split("\n")[0]
    assert "交付決定" in lead and ("対象外" in lead or "後に行う" in lead)


def test_many_caps_of_one_frame_begin_with_the_highest(assistant):
    assert ask(assistant, "業務改善助成金の上限は？").text.startswith("業務改善助成金（令和8年度）の補助上限額は最大600万円で")


def test_a_special_that_lifts_the_cap_tells_the_sum(assistant):
    text = ask(assistant, "PMI推進枠の事業統合投資類型の上限は？").text
    assert "800万円" in text and "＋200万円で1,000万円" in text


def test_limits_of_all_categories_that_are_named_stand_together(assistant):
    text = ask(assistant, "新事業進出補助金（第4回）の外注費と専門家経費の上限は？").text
    assert "10%" in text and "100万円" in text


def test_what_the_knowledge_does_not_tell_of_one_product_is_refused(assistant):
    answer = ask(assistant, "空調のABC123Xは省エネ補助金の型番リストに載っていますか")
    assert answer.status is Status.REFUSED and "型番リストで確かめて" in answer.text


def test_passages_of_several_programmes_name_theirs(assistant):
    text = ask(assistant, "賃上げの表明は、持続化の賃金引上げ特例と新事業進出補助金でいつまでにすればよいですか").text
    assert any(line.startswith(("- 新事業進出補助金：", "【新事業進出補助金")) for line in text.split("\n"))


def test_what_holds_of_other_programmes_stands_beside_only_where_several_are_asked_about(assistant):
    alone = ask(assistant, "ものづくり補助金の第23次で中古の機械を買うとき、相見積りは何者から必要ですか").text
    assert "3者以上" in alone and "持続化" not in alone
    both = ask(assistant, "中古の機械の相見積り、ものづくり補助金と持続化補助金でどう違いますか").text
    assert "3者以上" in both and "持続化" in both


def test_many_cases_of_one_frame_stand_in_a_table(assistant):
    text = answer_question(Question("業務改善助成金の上限は？", date(2026, 11, 24)), assistant).text
    assert "| 条件 | 補助上限額 |" in text and "| 90円コース・10人以上（特例事業者） | 600万円 |" in text.splitlines()
    few = answer_question(Question("Go-Techの通常枠の上限は？", date(2026, 11, 24)), assistant).text
    assert "| 条件 |" not in few


def test_a_source_tells_what_its_place_says(assistant):
    caps = ask(assistant, "省力化補助金の一般型の上限額を従業員数ごとに教えて").sources[0].passage
    assert "一般型の補助上限額：" in caps and "従業員5人以下 750万円" in caps
    dates = ask(assistant, "持続化の第20回の締切はいつ？").sources[0].passage
    assert "第20回 申請受付締切：2026年12月15日(火) 17:00" in dates and "第19回" not in dates


def test_dates_of_figures_are_iso_text(assistant):
    values = [f.value for f in ask(assistant, "持続化補助金の通常枠の上限は？").figures if f.unit in ("date", "datetime")]
    assert "2026-07" in values and all(str(v)[:4].isdigit() for v in values)


@pytest.mark.parametrize(
    ("question", "refused"),
    [
        ("業務改善助成金の担当者は誰ですか", True),
        ("SHIFT事業の平均の補助額はいくらですか", True),
        ("四日市市の人材確保の補助金、予算の残りはあといくら？", True),
        ("省力化補助金で入れた設備の固定資産税は軽くなりますか", True),
        ("持続化補助金の窓口は何時から何時までですか", True),
        ("業務改善助成金の申請先はどこですか", False),
        ("SHIFT事業の補助額はいくらまでですか", False),
        ("四日市市の人材確保の補助金の上限はいくら？", False),
        ("持続化補助金の締切は何月何日の何時までですか", False),
    ],
)
def test_details_that_no_source_tells(assistant, question, refused):
    assert (ask(assistant, question).status is Status.REFUSED) is refused


@pytest.mark.parametrize(
    ("question", "status"),
    [("製造業だと持続化補助金は何人以下が対象ですか", Status.ANSWERED), ("持続化補助金は製造業も対象ですか", Status.NEEDS_INPUT)],
)
def test_the_line_of_size_is_told_where_it_is_asked_for(assistant, question, status):
    answer = ask(assistant, question)
    assert answer.status is status and "20人以下" in answer.text


def test_english_words_of_a_detail(assistant):
    text = ask(assistant, "What BEI must a hospital reach under the ビルリノベ subsidy, and what BPI is needed?").text
    assert "0.7以下" in text and "1.0以下" in text
