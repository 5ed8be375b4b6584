"""Categories of costs by name, the same in ask, match and draft; what cannot be applied for alone is said so in all three."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assistant.drafting.costs import judge_expenses
from assistant.drafting.draft import draft_document
from assistant.drafting.records import Expense
from assistant.flow import Assistant, answer_question
from assistant.matching import match_project
from assistant.matching.costs import sort_costs
from assistant.matching.lexicon import lexicon
from assistant.matching.profile import read_profile
from assistant.records import Question
from assistant.rules.conditions import Inputs
from assistant.rules.costs import categories_told, category_of, find_name, says_alone, specials_of_costs

TODAY = date(2026, 11, 24)
ROUND = "jizokuka/2026-r20"
WEB = [
    "予約サイト", "予約サイトの開発費用", "ECの開発費", "ホームページ制作", "ECの構築", "LP制作",
    "ネットショップの開設", "オンラインショップ", "HP改修",
]  # fmt: skip


def ask(text: str, assistant: Assistant, *history: str) -> str:
    return answer_question(Question(text, TODAY, history, None, "x"), assistant).text


@pytest.mark.parametrize("name", WEB)
def test_a_thing_is_of_one_category_in_all_doors(name: str, assistant: Assistant) -> None:
    edition = assistant.catalogue.editions[ROUND]
    frame = edition.frames[0]
    asked = category_of(name, edition)
    drafted = judge_expenses((Expense("project.expenses[0]", "", name, 300_000),), edition, frame, Fraction(1))[0].category
    project = {"project": {"cost_items": [{"description": name, "yen": 300_000}]}}
    profile = read_profile(project, assistant.catalogue, TODAY)
    matched = sort_costs(profile, edition, frame, lexicon(assistant.catalogue)).by_category
    assert (asked, drafted and drafted.id, matched) == ("web", "web", {"web": 300_000})


def test_a_thing_under_a_limit_is_not_booked_away(assistant: Assistant) -> None:
    edition = assistant.catalogue.editions[ROUND]
    for booked, is_web in (("委託・外注費", True), ("機械装置等費", True)):
        line = judge_expenses((Expense("x", booked, "ホームページ制作", 300_000),), edition, edition.frames[0], Fraction(1))[0]
        assert (line.category is not None and line.category.id == "web") is is_web
    line = judge_expenses((Expense("x", "委託・外注費", "看板", 300_000),), edition, edition.frames[0], Fraction(1))[0]
    assert line.category is not None and line.category.id == "outsourcing"


@pytest.mark.parametrize(
    ("name", "text", "at"), [("ec", "ecの構築", 0), ("ec", "tech展", -1), ("hp", "自社hp", 2), ("サイト", "予約サイト", 2)]
)
def test_latin_names_are_whole_words(name: str, text: str, at: int) -> None:
    assert find_name(name, text) == at


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ホームページだけ作りたい", {"web"}),
        ("店を改装してホームページも作る", {"outsourcing", "web"}),
        ("改装もしたいが、頼むのはホームページ制作だけ", {"web"}),
        ("ホームページは作りません", set()),
        ("ウェブ経費は入っていません", set()),
        ("事務局のホームページを見ました", set()),
        ("ホームページに載っていた", set()),
    ],
)
def test_things_to_be_paid_for(text: str, told: set[str], assistant: Assistant) -> None:
    assert categories_told(text, assistant.catalogue.editions[ROUND]) == told


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("ホームページを作りたい", True),
        ("新しい弁当を出し、ホームページだけ頼む", True),
        ("新しい弁当を出し、ホームページで売る", False),
    ],
)
def test_a_text_that_speaks_of_one_thing_alone(text: str, alone: bool, assistant: Assistant) -> None:
    assert says_alone(text, ("web",), assistant.catalogue.editions[ROUND]) is alone


@pytest.mark.parametrize(
    "text",
    [
        "持続化補助金でホームページだけ作りたい。60万円です",
        "持続化補助金で60万円のホームページ制作だけを頼みたい",
        "持続化補助金でECサイトだけ90万円",
        "持続化補助金 予約サイト30万円のみ。いくら？",
        "創業型でLPを作る。80万円",
        "持続化補助金でチラシだけ30万円配りたい。いくら出る",
    ],
)
def test_costs_of_a_limited_category_alone_are_shut_out_in_the_chat(text: str, assistant: Assistant) -> None:
    answer = ask(text, assistant)
    assert "このままでは申請できません" in answer and "補助額は" not in answer and "最大" not in answer


def test_the_turn_before_tells_what_a_cost_is_for(assistant: Assistant) -> None:
    assert "このままでは申請できません" in ask("60万円です", assistant, "持続化補助金でホームページだけ作りたい")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("持続化補助金で店を改装します。60万円です", "40万円"),
        ("持続化補助金で機器60万円。ホームページは作りません。補助額は？", "40万円"),
        ("持続化補助金で看板30万円とサイト10万円。いくら", "266,666円"),  # 20万円 and a web share of exactly a quarter
    ],
)
def test_other_costs_are_paid_for(text: str, amount: str, assistant: Assistant) -> None:
    assert f"補助額は{amount}です" in ask(text, assistant)


def test_one_sum_for_several_things_names_the_limit(assistant: Assistant) -> None:
    answer = ask("持続化補助金でホームページと看板を作りたい。60万円です", assistant)
    assert "補助額は40万円です" in answer and "1/4が上限です" in answer


@pytest.mark.parametrize(
    ("project", "fit", "amount"),
    [
        ({"purposes": ["ホームページを作りたい"]}, "no", (None, None)),
        ({"description": "ホームページを作りたい"}, "no", (None, None)),
        ({"description": "新しい弁当を出し、ホームページで売る", "purposes": ["販路開拓"]}, "check", (None, [0, 400_000])),
        ({"description": "店を改装してホームページも作る", "purposes": ["販路開拓"]}, "fits", (400_000, None)),
        ({"description": "販路開拓", "cost_items": [{"description": "予約サイト", "yen": 600_000}]}, "no", (None, None)),
    ],
)
def test_a_match_says_what_cannot_be_applied_for_alone(
    project: dict[str, object], fit: str, amount: tuple[object, object], assistant: Assistant
) -> None:
    profile = {"industry": "商業・サービス業", "employees": 3, "project": {"cost_yen": 600_000, **project}}
    candidates = match_project(profile, TODAY, assistant.catalogue)["candidates"]
    found = next(c for c in candidates if c["edition_id"] == ROUND and c["frame_id"] == "tsujo")
    assert (found["fit"], (found["amount"]["subsidy_yen"], found["amount"]["subsidy_range_yen"])) == (fit, amount)
    limit = "1/4" in "".join((*(r["text"] for r in found["reasons"] if r["rule"] == "cost"), *found["cautions"]))
    assert limit


def test_a_draft_says_what_cannot_be_applied_for_alone(assistant: Assistant) -> None:
    expense = {"description": "予約サイト", "yen": 300_000}
    draft = draft_document({
        "company": {"name": "あ", "industry": "商業・サービス業", "employees": 3}, "target": {"programme": "jizokuka"},
        "project": {"expenses": [expense], "tax": "税抜"},
    }, TODAY, assistant.catalogue)  # fmt: skip
    assert draft.plan.subsidy_yen == 0
    assert [p.code for p in draft.problems] == ["not_eligible"] and "このままでは申請できません" in draft.problems[0].text


@pytest.mark.parametrize(
    ("text", "frames", "cap"),
    [
        ("専門家活用枠で会社を買いたい。FA300万、DD100万", ("買い手支援類型",), "800万円"),
        ("専門家活用枠で会社を買いたい。FA300万", ("買い手支援類型",), "600万円"),
        ("専門家活用枠で会社を売りたい。FA300万、いくら", ("売り手支援類型", "小規模売り手支援類型"), "600万円"),
    ],
)
def test_a_group_of_frames_is_narrowed_by_what_is_told(text: str, frames: tuple[str, ...], cap: str, assistant: Assistant) -> None:
    answer = ask(text, assistant).split("関連する内容")[0]
    assert all(f"専門家活用枠 {f}（第15次）の補助額" in answer for f in frames) and cap in answer
    assert answer.count("（第15次）の補助額は") == len(frames)


def test_a_cost_lifts_the_cap_that_is_for_it(assistant: Assistant) -> None:
    frame = assistant.catalogue.editions["shokei-ma/2026"].frame("kaite")
    assert specials_of_costs(frame, ("FA", "DD費用")) == ("dd",) and specials_of_costs(frame, ("FA",)) == ()


@pytest.mark.parametrize("text", ["M&Aで会社を買いたい。専門家への支払いはFA300万円、DD100万円です。補助は？"])
def test_a_common_word_for_a_cost_names_no_programme(text: str, assistant: Assistant) -> None:
    assert ask(text, assistant).startswith("事業承継・M&A補助金 専門家活用枠 買い手支援類型（第15次）の補助額は2,666,666円")


def test_a_passage_of_another_programme_says_whose_it_is(assistant: Assistant) -> None:
    answer = ask("M&Aで会社を買いたい。専門家経費はFA300万、DD100万。いくら", assistant)
    assert "新事業進出補助金：専門家経費の補助上限額は100万円です" in answer


def test_the_most_that_an_unknown_count_can_be() -> None:
    assert Inputs({"employees": 8}).most("workers") == 8
    assert Inputs({"employees": 12, "office_workers": 9}).most("workers") == 9
    assert Inputs({"employees": 8, "workers": 2}).most("workers") is None
    assert Inputs({}).most("workers") is None and Inputs({"employees": 8}).most("processes") is None
