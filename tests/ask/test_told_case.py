"""Kin ordered from, the day of a handover or a raise, the frame, and what the data say in words of a case: both sides of each line."""

from datetime import date

import pytest

from assistant.ask.told_case import kin_degree, plan_months, raised_before
from assistant.flow import answer_question
from assistant.records import Question
from assistant.text.numbers import find_quantities

TODAY = date(2026, 11, 24)


def word(assistant, text):
    answer = answer_question(Question(text, TODAY), assistant).text
    said = answer[answer.index("】") + 1 :] if answer.startswith("【") else answer
    return "no" if said.startswith("いいえ") else "yes" if said.startswith("はい") else ""


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("甥の工務店に改修を頼む", 3),
        ("いとこの店に看板を発注する", 4),
        ("妻の兄が代表の印刷会社にチラシを依頼する", 2),
        ("息子の嫁がやっている会社にサイトを頼む", 1),
        ("義理の弟の会社から什器を買う", 2),
        ("従業員の弟の会社に頼む", None),
        ("取引先の社長の息子がやっている店に頼む", None),
        ("兄の紹介の業者に頼む", None),
        ("弟に手伝ってもらっています。看板屋に看板を頼む", None),
        ("父の代からの旅館の改装を業者に頼む", None),
    ],
)
def test_kin(assistant, text, degree):
    assert kin_degree(text, assistant.catalogue.vocabulary["kinship"]) == degree


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("最低賃金が10月5日に変わる。時給は10月4日に上げる", True),
        ("最低賃金が10月5日に変わる。時給は10月5日に上げる", False),
        ("12月1日に時給を上げる。最低賃金の発効は翌年の1月10日", True),
        ("発効日の当日に時給を上げる", False),
        ("最低賃金の発効日の前日までに時給を上げる", True),
        ("最低賃金が10月5日に変わる県です", None),
        ("機械を10月5日に入れる", None),
    ],
)
def test_day_of_the_raise(text, before):
    assert raised_before(text, find_quantities(text)) is before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2031年4月2日に息子へ譲ります。第14次の事業承継促進枠に申請できますか", "yes"),
        ("2031年4月3日に息子へ譲ります。第14次の事業承継促進枠に申請できますか", "no"),
        ("2031年に息子へ譲ります。第14次の事業承継促進枠に申請できますか", ""),
        ("5年後に従業員へ引き継ぎます。事業承継促進枠に申請できますか", "yes"),
        ("6年後に従業員へ引き継ぎます。事業承継促進枠に申請できますか", "no"),
        ("3年後に息子へ継がせます。事業承継促進枠で設備600万円なら補助額は？", ""),
        ("ものづくり23次のグローバル枠です。新規輸出1万者支援プログラムの登録は加点になりますか", "yes"),
        ("ものづくり23次の高付加価値化枠です。新規輸出1万者支援プログラムの登録は加点になりますか", "no"),
        ("カタログ注文型は2回目です。生産性の目標は1回目と同じですか", "no"),
        ("本社は桑名市、四日市は営業所だけです。人材確保支援の補助は使えますか", "no"),
        ("本社は桑名市、四日市に工場があります。人材確保支援の補助は使えますか", ""),
    ],
)
def test_days_frames_and_places(assistant, text, said):
    assert word(assistant, text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("業務改善助成金、春に25円、秋に25円と分けて引き上げても大丈夫ですか", "no"),
        ("去年パートを1人解雇しました。業務改善助成金は申請できますか", "no"),
        ("業務改善助成金は解雇した人がいなければ使えますか", ""),
        ("宗教法人でも新事業進出・ものづくり補助金に応募できますか", "no"),
        ("神社の近くの土産物屋です。新事業進出・ものづくり補助金に申請できますか", ""),
        ("第三者承継の予定です。事業承継促進枠は使えますか", "no"),
        ("四日市の見本市出展の補助と県の補助金を同じ出展で両方もらえますか", "no"),
        ("これから新築するビルです。脱炭素ビルリノベ事業は使えますか", "no"),
        ("新築時から使っているビルです。脱炭素ビルリノベ事業は使えますか", ""),
        ("トップ性能枠の新設で変圧器は対象になりますか", "no"),
        ("トップ性能枠の新設で産業用モータは対象ですか", "yes"),
    ],
)
def test_cases_in_words(assistant, text, said):
    assert word(assistant, text) == said


def test_who_asks_if_he_is_shut_out_is_told_so(assistant):
    text = "四日市に営業所だけで本社は桑名です。人材確保支援の補助は対象外ですか"
    assert answer_question(Question(text, TODAY), assistant).text.startswith("対象外です。")


def test_the_thing_that_is_asked_for_decides_and_not_the_special_beside_it(assistant):
    text = "利益率が5ポイント下がって特例事業者になりました。業務改善助成金で軽トラ100万円は助成の対象ですか"
    answer = answer_question(Question(text, TODAY), assistant).text
    assert "はい" not in answer[:60] and "対象外" in answer[:120]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("1年で終わる試作", 12),
        ("事業計画を6年にする", 72),
        ("2年計画", 24),
        ("半年で終わる開発", 6),
        ("1年半かかる工事", 18),
        ("5年がかりの研究", 60),
        ("創業して2年です", None),
        ("2年前にもらった", None),
        ("計画は3年以内", None),
        ("2年で終わる開発と3年の計画", None),
    ],
)
def test_how_long_a_plan_is(text, months):
    assert plan_months(text, find_quantities(text)) == months


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Go-Techは23か月で終わる開発でも出せますか", "no"),
        ("Go-Techは2年の計画で出せますか", "yes"),
        ("Go-Techは3年の計画で出せますか", "yes"),
        ("Go-Techは37か月の計画で出せますか", "no"),
        ("新事業進出補助金第4回は2年の計画でもいい？", "no"),
        ("新事業進出補助金第4回は5年の計画でもいい？", "yes"),
        ("ものづくり補助金23次で6年の計画を出せますか", "no"),
        ("従業員に会社を譲る予定です。事業承継促進枠は使えますか", "yes"),
        ("息子に会社を買い取ってもらう予定です。事業承継促進枠は使えますか", ""),
        ("同業の会社に売るつもりです。事業承継促進枠は使えますか", "no"),
        ("事業承継促進枠の賃上げの加点は、県の最低賃金より30円高ければ付きますか", "no"),
        ("ものづくり補助金23次の最低賃金の要件は、今の時給から30円上げればクリア？", "no"),
    ],
)
def test_times_successors_and_what_a_raise_is_measured_against(assistant, text, said):
    assert word(assistant, text) == said
