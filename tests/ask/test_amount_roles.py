"""The learned model of what an amount of money in a question is: its features, its decision, and what the parser makes of it."""

import json
import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from assistant.ask.amount_features import features
from assistant.ask.amount_roles import LIKELY, SURE, RoleModel
from assistant.ask.money_told import Told, by_rules, surroundings
from assistant.ask.slots import read_slots
from assistant.config import Settings
from assistant.flow import open_assistant
from assistant.records import Question
from assistant.text.numbers import find_quantities

CATALOGUE = open_assistant(Settings()).catalogue
RATES = frozenset({Fraction(1, 2), Fraction(2, 3)})


def features_of(text: str, words: dict[str, str] | None = None) -> list[dict[str, float]]:
    told = Told(text, text, text, tuple(q for q in find_quantities(text) if not q.ignored))
    patterns = {name: re.compile(p) for name, p in (words or {}).items()}
    return features(surroundings(told, by_rules(told, CATALOGUE)), patterns, RATES)


def test_what_follows_from_other_amounts_is_told():
    first, second, total, share = features_of("机が30万円、棚が60万円、足して90万円の2/3で60万円")
    assert "sum_before" in total and "sum_before" not in share
    assert "told_share" in share and "told_share" not in second
    assert "known_share" in share
    assert "again" in second and "again_before" in share
    assert "alone" in features_of("机が30万円です")[0] and "alone" not in first


@pytest.mark.parametrize(("text", "so"), [("66万円の2/3で44万円", True), ("66万円の2/3で45万円", False)])
def test_a_share_is_close_to_exact(text, so):
    assert ("told_share" in features_of(text)[1]) is so


def test_words_count_by_side_scope_and_distance():
    words = {"cap": "上限", "buy": "買"}
    (found,) = features_of("机を買います。上限は、50万円です", words)
    assert found["nb:cap"] and found["na:-"]
    assert "lb.cap" in found and "cb.cap" not in found, "the comma ends the clause"
    assert "sb.buy" not in found, "the full stop ends the sentence"
    assert "t.buy" in found


def test_other_amounts_are_one_sign_and_digits_do_not_count():
    one, two = features_of("棚30万円と机45万円"), features_of("棚80万円と机12万円")
    assert {k for k in one[1] if k.startswith(("b1", "b2", "b3", "b~"))} == {"b1:机", "b2:と机", "b~と机"}
    assert {k for k in two[1] if k.startswith(("b1", "b2", "b3", "b~"))} == {"b1:机", "b2:と机", "b~と机"}


def model(weight: float) -> RoleModel:
    data = {"roles": ["claim", "cost"], "bias": [0.0, 0.0], "weights": {"here": {"claim": weight}}}
    return RoleModel.read(json.dumps(data), {})


def test_a_probability_is_a_share_of_one():
    likely = model(1.0).probabilities({"here": 1.0, "unknown": 5.0})
    assert sum(likely.values()) == pytest.approx(1)
    assert likely["claim"] == pytest.approx(0.7311, abs=0.0001)


@pytest.mark.parametrize(
    ("weight", "rule", "role"),
    [
        (1.0, "cost_yen", "claimed_yen"),
        (1.0, "own_yen", "own_yen"),
        (2.0, "own_yen", "claimed_yen"),
        (2.0, "subsidy_yen", "subsidy_yen"),
        (-2.0, "unit_price_yen", "unit_price_yen"),
        (-2.0, "claimed_yen", "cost_yen"),
    ],
)
def test_the_model_decides_where_it_is_sure_and_the_rules_say_another(weight, rule, role):
    assert LIKELY < model(1.0).probabilities({"here": 1.0})["claim"] < SURE < model(2.0).probabilities({"here": 1.0})["claim"]
    assert model(weight).role(rule, {"here": 1.0}) == role


@pytest.mark.parametrize(
    ("text", "costs", "claimed"),
    [
        ("焙煎機88万円、看板22万円、足して110万円。2/3やと73万円になるんやけど50万で切られるんかな", [880_000, 220_000], [730_000]),
        ("うちの手持ちは35万円しかないのですが、90万円の改装を考えています", [900_000], []),
        ("1台48万円の券売機を3台、半分の72万円が出ると言われました", [1_440_000], [720_000]),
        ("付加価値額は4,200万円から4年後4,900万円に伸びる計画です", [], []),
        ("去年は別の補助金で45万円もらいました。今度は130万円の機械です", [1_300_000], []),
    ],
)
def test_costs_and_claims_of_questions(text, costs, claimed):
    slots = read_slots(text, CATALOGUE)
    assert [i.yen for i in slots.items] == costs
    assert [q.whole("yen") for q in slots.claimed] == claimed


def test_knowledge_without_a_model_is_read_by_rules_alone():
    slots = read_slots("90万円の改装です", replace(CATALOGUE, amount_roles=""))
    assert [i.yen for i in slots.items] == [900_000]


@pytest.mark.parametrize(
    ("text", "costs"),
    [
        ("部品棚1台36万円を5台、180万円の半額と聞きました", [1_800_000]),  # what a price comes to
        ("賃料は月9万円で12か月、108万円です", [1_080_000]),
        ("A社9万円、B社12万円、合わせて21万円です", [90_000, 120_000]),
    ],
)
def test_a_sum_is_no_cost_beside_what_it_is_the_sum_of(text, costs):
    assert [i.yen for i in read_slots(text, CATALOGUE).items] == costs


@pytest.mark.parametrize(
    ("end", "asked"),
    [
        ("補助と自己負担を教えてください", True),
        ("補助金と、うちの持ち出しは？", True),
        ("補助の見込みは", True),
        ("です", True),
        ("対象になりますか？", False),
        ("補助金はいつ入りますか？", False),
    ],
)
def test_costs_that_are_told_ask_for_the_amount_where_nothing_else_is_asked(assistant, end, asked):
    query = assistant.parser.parse(Question(f"持続化の通常枠で厨房の改装130万円、{end}", date(2026, 11, 24)))
    assert query.has("amount", "own_funds") is asked
