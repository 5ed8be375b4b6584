"""What a turn takes from the turns before it, and what it leaves behind."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.ask.carry import LEANING_CHARS, SHORT_CHARS, carry, own_part, pointed, referred
from assistant.ask.money_told import Item
from assistant.ask.names import Mention, Target
from assistant.ask.query import Query
from assistant.ask.rounds import RoundMention
from assistant.ask.slots import Slots
from assistant.records import Question

A = Query("Aの上限は？", programmes=("a",), named_programmes=("a",), attributes=("cap",))
B = Query("Bの締切は？", programmes=("b",), named_programmes=("b",), attributes=("deadline",))
ITEM = Item("機械", 900_000, None, 0, 4)


def turn(text, *attributes, **more):
    return Query(text, attributes=attributes, **more)


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("さっきの2つを比べて", (A, B)),
        ("先ほどの両方の違いは？", (A, B)),
        ("それらの二つならどっち", (A, B)),
        ("両方の違いは？", (A, B)),
        ("二つを比べて", (A, B)),
        ("2つの枠を比べて", ()),  # of something else
        ("さっきの話の続き", ()),
        ("両方もらえますか", ()),
        ("最初に何をすればいい？", ()),
    ],
)
def test_what_earlier_turns_a_text_points_at(text, turns):
    assert referred(text, [A, B]) == turns


def test_pointing_needs_two_topics():
    again = turn("Aの補助率は？", "rate", programmes=("a",))
    assert referred("さっきの2つを比べて", [A, again]) == ()
    assert referred("さっきの2つを比べて", []) == ()


def test_the_last_two_of_three_are_meant_by_both():
    c = turn("Cは？", "rate", programmes=("c",))
    assert referred("さっきの2つを比べて", [A, B, c]) == (B, c)


def test_turns_that_name_nothing_are_no_topic():
    assert referred("さっきの2つを比べて", [A, turn("なるほど"), B]) == (A, B)


def test_a_bare_comparison_asks_what_the_turns_asked():
    query = pointed(turn("さっきの2つを比べて", "compare"), (A, B), B)
    assert (query.programmes, query.attributes, query.carried) == (("a", "b"), ("cap", "deadline", "compare"), True)


def test_a_bare_comparison_of_turns_that_asked_nothing_shows_cap_and_rate():
    told = tuple(turn(p, "what", programmes=(p,)) for p in "ab")
    assert pointed(turn("さっきの2つを比べて", "compare"), told, told[1]).attributes == ("cap", "rate", "compare")


def test_two_turns_with_costs_of_their_own_lend_none_and_the_last_turn_tells_the_firm():
    one, two = (turn("いくら？", "amount", programmes=(p,), slots=Slots(items=(replace(ITEM, yen=y),))) for p, y in (("a", 1), ("b", 2)))
    last = turn("12人です", slots=Slots({"employees": 12}, items=two.slots.items))
    found = pointed(turn("その2つでいくら？", "amount"), (one, two), last)
    assert (found.slots.items, found.slots.inputs) == ((), {"employees": 12})
    same = pointed(turn("その2つでいくら？", "amount"), (one, one), one)
    assert same.slots.items == one.slots.items


def test_a_turn_that_asks_something_of_its_own_keeps_it():
    assert pointed(turn("その2つの補助率は？", "rate"), (A, B), B).attributes == ("rate",)


def test_costs_told_before_count_in_a_later_part_only_where_it_asks_for_money():
    whole = turn("80万円使うといくら？締切は？", "amount", "deadline", slots=Slots(items=(ITEM,)))
    date_only = own_part(whole, turn("締切は？", "deadline"))
    assert date_only.slots.items == () and date_only.attributes == ("deadline",)
    for alone in (
        turn("自己負担は？", "own_funds"),
        turn("補助額は？", "amount"),
        turn("いくら？", words=frozenset({"money_words"})),
        turn("機械なら？", slots=Slots(items=(ITEM,))),
    ):
        assert own_part(whole, alone).slots.items == (ITEM,)


def test_a_part_that_asks_nothing_by_itself_keeps_what_was_carried():
    assert own_part(turn("下限は？じゃあ創業型は？", "floor"), turn("じゃあ創業型は？")).attributes == ("floor",)


def test_programme_question_round_and_year_are_carried():
    before = turn("Aの第20回の締切は？", "deadline", programmes=("a",), rounds=(RoundMention(20, "回", "第20回"),), year=2026)
    query = carry(before, turn("それはいつ？"))
    assert (query.programmes, query.attributes, query.year, query.carried) == (("a",), ("deadline",), 2026, True)
    assert [r.number for r in query.rounds] == [20]


def test_a_turn_that_names_its_programme_does_not_take_the_round():
    before = turn("Aの第20回の締切は？", "deadline", programmes=("a",), rounds=(RoundMention(20, "回", "第20回"),))
    assert carry(before, turn("Aの上限は？", "cap", programmes=("a",), named_programmes=("a",))).rounds == ()


def test_another_frame_takes_the_place_of_the_one_before_and_specials_stay():
    frame, other, special = (
        Target("frame", "a", frame="x"), Target("frame", "a", frame="y"), Target("special", "a", frame="x", special="s"),
    )  # fmt: skip
    before = turn("xの上限は？", "cap", programmes=("a",), targets=(frame, special))
    assert carry(before, turn("yは？", programmes=("a",), targets=(other,))).targets == (other, special)
    assert carry(before, turn("補助率は？", "rate")).targets == (frame, special)


def test_targets_of_another_programme_are_not_carried():
    before = turn("xの上限は？", "cap", programmes=("a", "b"), targets=(Target("frame", "b", frame="x"),))
    assert carry(before, turn("Aは？", programmes=("a",), named_programmes=("a",))).targets == ()


def test_inputs_are_kept_and_newer_ones_win():
    before = turn("従業員15人の上限は？", "cap", slots=Slots({"employees": 15, "deficit": True}))
    assert carry(before, turn("30人なら？", slots=Slots({"employees": 30}))).slots.inputs == {"employees": 30, "deficit": True}


def test_a_size_holds_until_headcount_or_industry_change():
    before = turn("小規模です。上限は？", "cap", slots=Slots({"size": "small", "employees": 5}))
    assert "size" not in carry(before, turn("30人なら？", slots=Slots({"employees": 30}))).slots.inputs
    assert "size" not in carry(before, turn("製造業なら？", slots=Slots({"industry": "seizo_other"}))).slots.inputs
    assert carry(before, turn("赤字なら？", slots=Slots({"deficit": True}))).slots.inputs["size"] == "small"
    both = Slots({"employees": 30, "size": "sme"})
    assert carry(before, turn("30人の中小企業なら？", slots=both)).slots.inputs["size"] == "sme"


def test_more_people_are_added_to_those_told_before():
    before = turn("20人の上限は？", "cap", slots=Slots({"employees": 20}))
    more = carry(before, turn("あと1人増えたら？", slots=Slots({"employees_more": 1})))
    assert (more.slots.inputs["employees_now"], more.slots.inputs["employees"]) == (20, 21)
    assert "employees_now" not in carry(more, turn("補助率は？", "rate")).slots.inputs


def test_special_measures_add_up_until_they_are_denied():
    before = turn("インボイス特例の上限は？", "cap", slots=Slots({"specials": ("invoice",)}))
    added = carry(before, turn("賃上げ特例も", slots=Slots({"specials": ("chinage",)})))
    assert added.slots.inputs["specials"] == ("chinage", "invoice")
    off = carry(added, turn("特例なしだと？", specials_off=True))
    assert "specials" not in off.slots.inputs and off.specials_off
    assert carry(off, turn("補助率は？", "rate")).specials_off
    again = carry(off, turn("賃上げ特例ありだと？", slots=Slots({"specials": ("chinage",)})))
    assert again.slots.inputs["specials"] == ("chinage",) and not again.specials_off


def test_costs_and_amounts_are_carried_until_new_ones_come():
    before = turn("90万円だと？", "amount", slots=Slots(items=(ITEM,), money={"cost_yen": (900_000,)}, years=3))
    kept = carry(before, turn("小規模なら？", slots=Slots({"size": "small"}))).slots
    assert (kept.items, kept.money, kept.years) == ((ITEM,), {"cost_yen": (900_000,)}, 3)
    other = Item("機械", 500_000, None, 0, 4)
    assert carry(before, turn("50万円なら？", slots=Slots(items=(other,)))).slots.items == (other,)


HOUSE, TOOL = Item("建物", 600, None, 0, 4), Item("機械でいくら", 200, None, 5, 9)


@pytest.mark.parametrize(
    ("text", "told", "costs"),
    [
        ("さらに機械を50円追加", "機械を", [600, 200, 50]),
        ("合わせて50円になった", "合わせて", [50]),  # the sum after a change
        ("機械は50円に増やす案", "機械は", [600, 50]),  # in its place
        ("広告は50円に増やす案", "広告は", [50]),  # of what was not told before
        ("機械50円", "機械", [50]),  # nothing says that it changes
    ],
)
def test_costs_add_up_or_change_in_place(text, told, costs):
    at = text.index("50円")
    before = turn("建物と機械", "amount", slots=Slots(items=(HOUSE, TOOL)))
    now = carry(before, turn(text, "amount", slots=Slots(items=(Item(told, 50, None, at, at + 3),))))
    assert [i.yen for i in now.slots.items] == costs


def test_another_input_for_a_comparison_asks_the_same_question():
    before = turn("15人の上限は？", "cap", slots=Slots({"employees": 15}))
    assert carry(before, turn("30人になったらどう変わる？", "change", slots=Slots({"employees": 30}))).attributes == ("cap",)


@pytest.mark.parametrize(
    ("text", "attributes", "leans"),
    [
        ("もっと詳しく", (), True),
        ("あ" * LEANING_CHARS, (), True),
        ("あ" * (LEANING_CHARS + 1), (), False),
        ("あ" * SHORT_CHARS, ("requirement",), True),
        ("あ" * (SHORT_CHARS + 1), ("requirement",), False),
        ("あ" * SHORT_CHARS, ("document",), False),  # passages of one kind answer it
        ("締切は？", ("deadline",), False),  # tables and dates need no more than the programme
    ],
)
def test_a_short_turn_leans_on_the_words_before(text, attributes, leans):
    assert carry(A, turn(text, *attributes)).leans_on == (A.text if leans else "")


def test_a_turn_that_names_something_does_not_lean():
    named = turn("Aは？", mentions=(Mention(0, 1, "A", (Target("programme", "a"),)),))
    assert carry(A, named).leans_on == ""


def test_a_question_leans_on_no_turn_that_was_about_nothing():
    assert carry(turn("補助金に興味があります"), turn("書類は何ですか", "document")).leans_on == ""


def test_what_is_leaned_on_does_not_grow_without_end():
    query = A
    for _ in range(9):
        query = carry(query, turn("もっと詳しく教えてほしいです"))
    assert len(query.leans_on) <= 3 * LEANING_CHARS


def test_turns_are_pointed_at_through_the_parser(assistant):
    query = assistant.parser.parse(Question("さっきの2つを比べて", date(2026, 11, 24), ("持続化の上限は？", "省力化の上限は？")))
    assert query.programmes == ("jizokuka", "shoryokuka") and query.attributes == ("cap", "compare")


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("更新枠なら？", ("cap",)),
        ("従業員の名簿は提出しないといけませんか", ()),
        ("賃上げの計画が必要になりますか", ()),
    ],
)
def test_only_a_part_that_names_another_case_asks_what_was_asked_before(text, attributes):
    part = turn(text)
    assert own_part(turn(text, "cap"), part).attributes == attributes


def test_how_much_there_is_after_a_cap_is_asked_of_the_new_frame_or_firm():
    frame = Target("frame", "a", "s", "f")
    assert carry(A, turn("Fだといくらになりますか", "amount", targets=(frame,))).attributes == ("cap",)
    assert carry(A, turn("25人ならいくらになりますか", "amount", slots=Slots({"employees": 25}))).attributes == ("cap",)
    assert carry(A, turn("いくらになりますか", "amount")).attributes == ("amount",)
    assert carry(B, turn("Fだといくらになりますか", "amount", targets=(frame,))).attributes == ("amount",)
    paid = turn("Fで90万円の機械ならいくらになりますか", "amount", targets=(frame,), slots=Slots(items=(ITEM,)))
    assert carry(A, paid).attributes == ("amount",)


@pytest.mark.parametrize(
    ("text", "leans"), [("お父さんのほうも教えて", True), ("金利の話も教えてください", True), ("金利の話を教えてください", False)]
)
def test_who_asks_the_same_of_something_else_leans_on_the_question_before(text, leans):
    part = turn(text, leans_on="Aの上限は？")
    assert bool(own_part(part, turn(text)).leans_on) is leans
