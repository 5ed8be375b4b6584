"""「いいえ」, 「はい」 and a number held against a bound: said where the passage decides, and nowhere else."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assistant.ask.query import Query
from assistant.ask.slots import Slots
from assistant.ask.verdicts import (
    HALF_SURE,
    PLAIN,
    SOME,
    SURE,
    asks_if_not,
    asks_leave,
    forbids,
    forbids_asked,
    held_against,
    held_word,
    is_silent,
    lacks_condition,
    lead_word,
    taken_for_granted,
)
from assistant.rules.schema import SourceRef
from assistant.rules.values import Value
from assistant.search.index import Hit
from assistant.search.passages import Passage
from assistant.text.numbers import find_quantities

SOURCE = SourceRef(doc="guide", section="対象")


def ask(text, *attributes, confirm=False):
    return Query(text, slots=Slots(quantities=tuple(find_quantities(text))), attributes=attributes, confirm=confirm)


def hit(text, figures=None, verdict=None, coverage=1.0, alike=0.0):
    passage = Passage("a#x", "a", "a/2026", None, (), "cost_rule", "話題", (), text, figures or {}, SOURCE, "x", verdict=verdict)
    return Hit(passage, 1.0, coverage, 0, alike)


@pytest.mark.parametrize(
    "text",
    [
        "車は買えますか",
        "自社の人件費は対象ですか？",
        "パソコンは使える？",
        "従業員5人でもいいですか",
        "まだ間に合うかな",
        "広告費も含めていいんですか",
    ],
)
def test_a_question_asks_leave(text):
    assert asks_leave(ask(text))


@pytest.mark.parametrize(
    "text",
    ["車は対象外ですか", "車は買えないのですか", "見積もりは不要ですか", "上限はいくらですか", "車を買えます。", "車は除外されますか"],
)
def test_a_question_whether_not_and_a_question_what_ask_no_leave(text):
    assert not asks_leave(ask(text))


@pytest.mark.parametrize(
    "text",
    ["車両の購入費は対象外です。", "中古品は認められません。詳しくは要領で。", "この枠は申請できません。", "汎用品は対象になりません。"],
)
def test_what_is_forbidden_is_answered_with_no(text):
    assert lead_word(ask("車は買えますか"), hit(text)) == "いいえ、"


@pytest.mark.parametrize(
    "text",
    [
        "事業用のトラックだけは対象外ではありません。",
        "車両は、工事用を除き対象外です。",
        "ただし中古車は対象外です。",
        "車両は対象です。中古車は対象外です。",
        "車両は事務局が審査します。",
    ],
)
def test_an_exception_and_a_second_sentence_decide_nothing(text):
    assert lead_word(ask("車は買えますか"), hit(text)) == ""


def test_yes_is_said_only_of_what_is_paid_for_without_condition():
    question = ask("広告費は対象ですか")
    assert lead_word(question, hit("広告費は対象です。", verdict="eligible")) == "はい、"
    assert lead_word(question, hit("広告費は対象です。", verdict="conditional")) == ""
    assert lead_word(question, hit("広告費は対象です。", verdict=None)) == ""
    assert lead_word(question, hit("広告費は、紙のもののみ対象です。", verdict="eligible")) == ""
    assert lead_word(question, hit("広告費は対象です。名刺代は対象外です。", verdict="eligible")) == ""


def test_a_passage_that_hardly_fits_says_neither():
    question = ask("車は買えますか")
    assert lead_word(question, hit("車は対象外です。", coverage=SURE)) == "いいえ、"
    assert lead_word(question, hit("車は対象外です。", coverage=0.0, alike=SURE)) == "いいえ、"
    assert lead_word(question, hit("車は対象外です。", coverage=SURE - 0.01, alike=SURE - 0.01)) == ""


def test_a_question_that_asks_no_leave_gets_neither():
    assert lead_word(ask("車はなぜ対象外ですか"), hit("車は対象外です。")) == ""


@pytest.mark.parametrize(
    ("bound", "below", "at", "above"),
    [
        ("min", False, True, True),
        ("max", True, True, False),
        ("within", True, True, False),
        ("over", False, False, True),
        ("under", True, False, False),
    ],
)
def test_both_sides_of_every_bound(bound, below, at, above):
    passage = hit("{n}の事業者が対象です。", {"n": Value(people=20, bound=bound)})
    for count, met in ((19, below), (20, at), (21, above)):
        held = held_against(ask(f"従業員{count}人でも使えますか"), passage)
        assert held is not None and (held.told, held.met) == (f"{count}人", met)


@pytest.mark.parametrize(
    ("bound", "span", "met"),
    [
        ({"years": 3, "bound": "within"}, "2年11か月", True),
        ({"years": 3, "bound": "within"}, "3年", True),
        ({"years": 3, "bound": "within"}, "3年1か月", False),
        ({"years": 3, "bound": "within"}, "36か月", True),
        ({"years": 3, "bound": "within"}, "37か月", False),
        ({"months": 14, "bound": "within"}, "1年2か月", True),
        ({"months": 14, "bound": "within"}, "1年3か月", False),
        ({"years": 1, "bound": "min"}, "11か月", False),
        ({"years": 1, "bound": "min"}, "1年", True),
    ],
)
def test_a_span_of_years_and_months_is_one_number(bound, span, met):
    held = held_against(ask(f"創業して{span}でも対象になりますか"), hit("創業から{t}の方が対象です。", {"t": Value(**bound)}))
    assert held is not None and (held.told, held.met) == (span, met)


@pytest.mark.parametrize(
    ("bound", "text", "met"),
    [
        ({"yen": 500_000, "bound": "max"}, "50万円でも使えますか", True),
        ({"yen": 500_000, "bound": "max"}, "51万円でも使えますか", False),
        ({"percent": "3.5", "bound": "min"}, "3.5%でも通りますか", True),
        ({"percent": "3.5", "bound": "min"}, "3.4%でも通りますか", False),
        ({"count": 3, "of": "者", "bound": "min"}, "2者でもいいですか", False),
        ({"count": 3, "of": "者", "bound": "min"}, "3者でもいいですか", True),
    ],
)
def test_every_unit_is_compared_exactly(bound, text, met):
    held = held_against(ask(text), hit("{n}です。", {"n": Value(**bound)}))
    assert held is not None and held.met is met


@pytest.mark.parametrize(
    ("figures", "text"),
    [
        ({"n": Value(people=20)}, "従業員20人でも使えますか"),  # no bound
        ({"n": Value(people=20, bound="max"), "m": Value(people=5, bound="max")}, "従業員20人でも使えますか"),  # two bounds
        ({"n": Value(people=20, bound="max")}, "使えますか"),  # nothing told
        ({"n": Value(people=20, bound="max")}, "従業員20人とパート5人でも使えますか"),  # two numbers told
        ({"n": Value(people=20, bound="max")}, "従業員20人以下でも使えますか"),  # the user names the bound itself
        ({"n": Value(people=20, bound="max")}, "50万円でも使えますか"),  # another unit
        ({"n": Value(count=3, of="者", bound="min")}, "3台でも使えますか"),  # another counter
        ({"n": Value(ratio="1/2", bound="max")}, "1/2でも使えますか"),
        ({"n": Value(date="2026-12-15", bound="within")}, "12月15日でも間に合いますか"),
        ({"n": Value(years=3, bound="within")}, "1年と、あとから2年と3か月でも使えますか"),  # three spans
        ({"n": Value(years=3, bound="within")}, "創業2年、実績は3年でも使えますか"),  # two spans apart
    ],
)
def test_where_the_numbers_do_not_meet_nothing_is_held(figures, text):
    assert held_against(ask(text), hit("{n}です。", figures)) is None


def test_a_number_is_held_only_where_it_is_asked():
    passage = hit("{n}の方です。", {"n": Value(people=20, bound="max")})
    assert held_against(ask("従業員21人の会社の補助率"), passage) is None
    for question in (
        ask("従業員21人の会社です。条件は", "requirement"),
        ask("従業員21人の会社です。資格は", "eligibility"),
        ask("従業員21人で合っています", confirm=True),
    ):
        held = held_against(question, passage)
        assert held is not None and not held.met
    far = hit(passage.passage.template, passage.passage.figures, coverage=SURE - 0.01)
    assert held_against(ask("従業員21人でも使えますか"), far) is None


def test_one_line_of_a_range_is_not_held_alone():
    low, high = Value(people=5, bound="min"), Value(people=20, bound="max")
    assert held_against(ask("従業員3人でも使えますか"), hit("{a}から{n}の方です。", {"a": Value(people=5), "n": high})) is None
    assert held_against(ask("従業員3人でも使えますか"), hit("{a}、{n}の方です。", {"a": low, "n": high})) is None


def test_a_passage_of_a_high_score_holds_with_fewer_of_the_words():
    figures = {"n": Value(people=20, bound="max")}
    near, far = (replace(hit("{n}です。", figures, coverage=SOME), score=s) for s in (PLAIN, PLAIN - 1))
    assert held_against(ask("従業員21人でも使えますか"), near) is not None
    assert held_against(ask("従業員21人でも使えますか"), far) is None
    assert held_against(ask("従業員21人でも使えますか"), replace(near, coverage=SOME - 0.01)) is None


@pytest.mark.parametrize(
    ("text", "bound", "told", "word"),
    [
        ("{n}の会社は対象外です。", "over", "21人", "いいえ、"),
        ("{n}の会社は対象外です。", "over", "20人", ""),
        ("{n}であることが必要です。", "max", "21人", "いいえ、"),
        ("{n}であることが必要です。", "max", "20人", ""),
    ],
)
def test_no_is_said_of_what_is_forbidden_and_of_what_is_missed(text, bound, told, word):
    value = Value(people=20, bound=bound)
    found = hit(text.replace("{n}", value.text()), {"n": value})
    query = ask(f"従業員{told}でも使えますか")
    held = held_against(query, found)
    assert held is not None and held_word(query, found, held) == word
    alone = replace(found, passage=replace(found.passage, frames=("x",)))
    assert held_word(query, alone, held) == ""  # of a frame that nobody named


def test_what_is_held_carries_the_bound_itself():
    limit = Value(people=20, bound="max")
    held = held_against(ask("従業員20人でも使えますか"), hit("{n}です。", {"n": limit, "m": Value(years=2)}))
    assert held is not None and held.bound is limit and limit.exact == Fraction(20)


@pytest.mark.parametrize(
    ("told", "word"), [("47.1%", "はい、"), ("47.2%", "いいえ、"), ("", "")]
)
def test_a_rate_taken_for_granted_is_held_against_the_passage(told, word):
    passage = hit("採択率は47.1%です。", {"rate": Value(percent="47.1")})
    passage = Hit(replace(passage.passage, kind="result"), 1.0, 1.0, 0)
    assert taken_for_granted(ask(f"採択率は{told}ですよね", "adoption_rate", confirm=True), passage) == word
    assert taken_for_granted(ask(f"採択率は{told}", "adoption_rate"), passage) == ""


@pytest.mark.parametrize(("told", "word"), [("1年", "いいえ、"), ("2年", ""), ("3年", ""), ("12か月", "")])
def test_a_time_that_the_passage_does_not_name(told, word):
    passage = hit("事業期間は2年または3年です。", {"a": Value(years=2), "b": Value(years=3)})
    passage = Hit(replace(passage.passage, kind="period"), 1.0, 1.0, 0)
    assert taken_for_granted(ask(f"{told}で終わる計画でいいですよね", "period", confirm=True), passage) == word


def test_what_a_passage_forbids_by_a_word_of_the_question():
    passage = hit("市内の店で買うことが条件です。通販で買うと対象になりません。")
    assert forbids_asked(ask("通販で買ってもいいですよね", confirm=True), passage)
    assert not forbids_asked(ask("店頭で買ってもいいですよね", confirm=True), passage)
    assert not forbids_asked(ask("通販で買うと対象になりませんよね", confirm=True), passage)
    assert lead_word(ask("通販で買ってもいいですよね", confirm=True), passage) == "いいえ、"


@pytest.mark.parametrize(("told", "word"), [("100,001円", "いいえ、"), ("100,000円", ""), ("", "")])
def test_a_bound_decides_whether_it_is_forbidden(told, word):
    figures = {"lim": Value(yen=100_000, bound="over")}
    passage = hit("現金払いは、10万円超になると補助対象外です。", figures)
    assert lead_word(ask(f"{told}を現金で払って経費に入れるつもりです", confirm=True), passage) == word


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [("車は対象外です。", True), ("車は対象です。対象外のものもあります。", False), ("看板は使えません。詳しくは要領で。", True)],
)
def test_a_passage_forbids_if_its_first_sentence_does(text, forbidden):
    assert forbids(text) is forbidden


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("受付の日は手元の資料に載っていません。", True),
        ("採択率は、手元の資料からは分かりません。", True),
        ("受付は4月です。来年の日は手元の資料に載っていません。", False),
        ("資料は二つあります。", False),
    ],
)
def test_a_passage_is_silent_if_its_first_sentence_is(text, silent):
    assert is_silent(text) is silent


@pytest.mark.parametrize(
    ("question", "lacks"),
    [
        ("登録のない業者に頼んでも対象になりますか", True),
        ("登録制度に入っていない業者でも出ますか", True),
        ("登録していない業者でもいいですか", True),
        ("登録のある業者なら対象になりますか", False),
        ("市外の店で買っても出ますか", True),
        ("市内の店で買っても出ますか", False),
    ],
)
def test_who_lacks_what_is_demanded_is_told_no(question, lacks):
    text = "登録のある業者を使い、市内の店で買ったものだけが補助対象です。"
    assert lacks_condition(ask(question), text, {"市内": ["市外"]}) is lacks
    assert (lead_word(ask(question), hit(text, coverage=HALF_SURE), {"市内": ["市外"]}) == "いいえ、") is lacks


def test_a_condition_that_is_lacking_needs_some_likeness_too():
    text = "登録のある業者を使ったときの費用だけが補助対象です。"
    assert lead_word(ask("登録のない業者でも出ますか"), hit(text, coverage=HALF_SURE - 0.01)) == ""


def test_a_statement_after_the_question_does_not_hide_it():
    assert asks_leave(ask("車は買えますか？運送業をやっています。"))


@pytest.mark.parametrize(("text", "word"), [("備品だけ買うのは対象ですか", "いいえ、"), ("備品も買うのは対象ですか", "")])
def test_forbidden_by_itself(text, word):
    assert lead_word(ask(text), hit("備品だけの購入は補助対象外です。")) == word


@pytest.mark.parametrize(
    ("text", "if_not"),
    [
        ("あとの分だけ先に申し込めへん？", False),
        ("このまま申請できませんか", False),
        ("もう申請できませんか", True),
        ("車は買えないのですか", True),
        ("事務所はないけど申請できますか", False),
        ("事務所はありませんが申請できますか", False),
    ],
)
def test_a_hopeful_denial_asks_leave_and_a_told_one_asks_nothing(text, if_not):
    assert asks_if_not(ask(text)) is if_not
