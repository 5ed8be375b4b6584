"""Schemes of a place told by what they pay for, with and without a turn to another matter."""

from datetime import date

import pytest

from assistant.ask.described import new_topic
from assistant.flow import answer_question
from assistant.records import Question

BEFORE = ("持続化補助金の通常枠の上限は？",)


def programmes(assistant, text, history=()):
    return assistant.parser.parse(Question(text, date(2026, 11, 24), tuple(history))).programmes


@pytest.mark.parametrize(
    ("text", "programme"),
    [
        ("話は変わりますが、四日市市で社員に資格を取らせるとき受講料を出してくれる制度の上限は", "yokkaichi-skillup"),
        ("全然別件なんだけど、四日市で食器買うと市が少し出してくれるのあったよね？", "yokkaichi-banko"),
        ("ところで四日市市で女性用トイレ作ったらなんぼ出るん？", "yokkaichi-hatarakiyasui"),
        ("四日市の商店街の空いとる店で商売始めるのに出るやつ、率は？", "yokkaichi-akitenpo"),
        ("四日市市の海外の見本市に出るときのやつは補助率いくつ？", "yokkaichi-kaigai-hanro"),
        ("by the way, Yokkaichi has something that pays for job fair booths? how much?", "yokkaichi-jinzai-kakuho"),
        ("Does Yokkaichi city subsidize exam fees when staff get qualifications?", "yokkaichi-skillup"),
    ],
)
def test_what_a_scheme_pays_for_tells_it(assistant, text, programme):
    assert programmes(assistant, text) == (programme,)
    assert programmes(assistant, text, BEFORE) == (programme,)


@pytest.mark.parametrize(
    "text",
    [
        "うちは四日市の旅館なんだけど、チラシ代は対象になりますか",
        "四日市市にある店でトイレを直すんやけど補助率は？",
        "四日市市の店ですが、この制度で食器は買えますか",
        "話は変わるけど、補助率はいくつ？",
        "食器を買うときのやつ、上限は？",
    ],
)
def test_who_only_says_where_he_is_still_asks_about_the_programme(assistant, text):
    assert programmes(assistant, text, BEFORE) == ("jizokuka",)


def test_several_schemes_with_the_same_words_are_none(assistant):
    assert programmes(assistant, "四日市市で広告の費用を出してくれる制度はある？") == ()


@pytest.mark.parametrize(
    ("text", "new"),
    [("全然ちゃう話やけど、", True), ("それはそうと、", True), ("別件で。", True), ("話が違う", False), ("その話の続き", False)],
)
def test_a_turn_to_another_matter(text, new):
    assert new_topic(text) is new


def test_where_something_is_bought_is_not_where_the_firm_is(assistant):
    history = ("四日市の旅館で萬古焼の器を買うのに市の補助はいくら？",)
    assert programmes(assistant, "名古屋の店で買ってもええ？", history) == ("yokkaichi-banko",)


def test_a_thing_that_bears_the_name_of_its_place_is_no_scheme_of_another(assistant):
    history = ("愛知県で店やってるんやけど持続化使える？",)
    assert programmes(assistant, "萬古焼の器を買うのはいくらまで？", history) == ("yokkaichi-banko",)
    assert programmes(assistant, "空き店舗の補助はいくらまで？", history) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("業務改善助成金はどこの役所に申請するん？", "労働局"),
        ("業務改善助成金、機械入れて賃金上げた後って何出せばええの", "支給申請"),
        ("カタログ注文型の申請をしたいのにスタートのボタンがどこにもない", "招待"),
        ("gyomu kaizen joseikin wa doko ni shinsei suru no", "労働局"),
    ],
)
def test_a_step_told_in_everyday_words(assistant, text, said):
    assert said in answer_question(Question(text, date(2026, 11, 24)), assistant).text[:200]


def test_a_button_that_can_be_pressed_is_a_question_for_dates(assistant):
    query = assistant.parser.parse(Question("持続化の20回、もう申請ボタン押せる？", date(2026, 11, 24)))
    assert not query.procedure


@pytest.mark.parametrize(
    ("text", "programme"),
    [
        ("うちはものづくりの会社です。持続化の上限は？", ("jizokuka",)),
        ("ものづくり企業なんですが、持続化の上限は？", ("jizokuka",)),
        ("ものづくりの上限は？", ("monodukuri",)),
        ("ものづくりの会社負担は？", ("monodukuri",)),
    ],
)
def test_the_trade_of_a_firm_is_no_programme(assistant, text, programme):
    assert programmes(assistant, text) == programme


def test_what_special_measures_demand_stands_side_by_side(assistant):
    text = "省力化の一般型とカタログ注文型で、大幅賃上げの特例の最低賃金の引上げ幅の条件を比べて"
    answer = answer_question(Question(text, date(2026, 11, 24)), assistant).text
    assert "50円" in answer and "45円" in answer and "1,000万円" not in answer


def test_who_may_apply_is_no_question_for_the_cap_before_it(assistant):
    answer = answer_question(Question("それって誰でも使える？", date(2026, 11, 24), BEFORE), assistant).text
    assert "5人以下" in answer and "50万円" not in answer


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("ホームページも作りたいです。持続化補助金の通常枠の上限はいくら？", "50万円"),
        ("持続化補助金のウェブサイト関連費の上限は？", "1/4"),
    ],
)
def test_the_cap_of_a_category_only_where_it_is_asked_for(assistant, text, first):
    answer = answer_question(Question(text, date(2026, 11, 24)), assistant).text
    assert first in answer.split("\n")[0]


@pytest.mark.parametrize(
    ("text", "programme"),
    [
        ("四日市で海外の見本市に初めて出ます。会場費100万円", "yokkaichi-kaigai-hanro"),
        ("海外の展示会に出る。四日市の補助 200万円かかる", "yokkaichi-kaigai-hanro"),
        ("四日市で更衣室を作る工事に300万円", "yokkaichi-hatarakiyasui"),
        ("四日市で空き店舗に出店、改装180万円", "yokkaichi-akitenpo"),
        ("四日市の製造業です。海外展示会に200万円。持続化で出したい", "jizokuka"),
    ],
)
def test_what_is_paid_for_in_a_place_tells_its_scheme(assistant, text, programme):
    assert assistant.parser.parse(Question(text, date(2026, 11, 24))).programmes == (programme,)


@pytest.mark.parametrize("text", ["四日市の会社です。合う補助金は？設備200万円", "鈴鹿の会社が海外の見本市に出ます。200万円"])
def test_a_place_alone_tells_none(assistant, text):
    assert assistant.parser.parse(Question(text, date(2026, 11, 24))).programmes == ()


def test_an_amount_without_a_known_cap_says_so(assistant):
    note = "補助上限額は手元の資料に書かれていません。"
    assert note in answer_question(Question("四日市で海外の見本市に出ます。会場費100万円", date(2026, 11, 24)), assistant).text
    assert note not in answer_question(Question("四日市で更衣室を作る工事に300万円", date(2026, 11, 24)), assistant).text


@pytest.mark.parametrize(
    ("text", "history", "programme"),
    [
        ("もう一つの、50億まで出るほうは何％？宣言はしてない", "成長加速化補助金の賃上げ要件は年何%ですか", "daikibo-seicho"),
        ("それはさておき、店を継いだ後に機械を入れる補助の上限は？", "持続化補助金の締切は？", "shokei-ma"),
        ("それは置いといて、会社を買ったあとの統合の補助は上限なんぼ？", "持続化補助金の締切は？", "shokei-ma"),
        ("200万まで出るやつは？", "大規模成長投資補助金の補助率は？", "daikibo-seicho"),  # the cap of several
        ("もう50億まで出るの？", "成長加速化補助金の補助率は？", "seicho-kasokuka"),
    ],
)
def test_a_programme_of_the_country_is_told_by_its_cap_or_demands(assistant, text, history, programme):
    assert assistant.parser.parse(Question(text, date(2026, 11, 24), (history,))).programmes == (programme,)
