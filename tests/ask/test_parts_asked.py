"""Amounts in parts: frames that the words pick, years with caps of their own."""

from datetime import date

import pytest

from assistant.ask.gather_parts import likely_frames, yearly_finding
from assistant.ask.route import choose_route
from assistant.records import Question
from assistant.rules.conditions import Inputs

TODAY = date(2026, 9, 1)


def read(made, text):
    query = made.parser.parse(Question(text, TODAY))
    return query, choose_route(query, made.catalogue, TODAY)


@pytest.mark.parametrize(
    ("text", "frames"),
    [
        ("試作補助金、新しい工場を建てる場合の上限", ["shinsetsu"]),
        ("試作補助金、設備の買い替えの上限", ["koushin"]),
        ("試作補助金、設備を入れ替えて新工場も建てる", ["shinsetsu", "koushin", "kenkyu"]),  # two kinds decide nothing
        ("試作補助金の上限", ["shinsetsu", "koushin", "kenkyu"]),
        ("試作補助金の親子特例の上限", ["shinsetsu"]),  # the only frame that has it
        ("試作補助金の更新枠、新しい工場", ["koushin"]),  # what is named stays
        ("例示補助金、新しい工場を建てる", ["kihon", "seicho"]),  # no frame is of that kind
    ],
)
def test_frames_that_the_words_pick(made, text, frames):
    query, route = read(made, text)
    assert [f.id for f in likely_frames(query, route.places[0], made.catalogue)] == frames


def yearly(made, text):
    query, route = read(made, text)
    (frame,) = route.places[0].frames
    return yearly_finding(query, route.places[0], frame, Inputs(query.slots.inputs), made.catalogue)


def test_each_year_is_capped_and_then_the_sum(made):
    finding = yearly(made, "試作補助金の研究枠で1年目600万円、2年目1,000万円、3年目500万円の経費。補助金はいくら")
    assert (finding.values["total"], finding.values["own"]) == (9_000_000, 12_000_000)
    assert finding.steps[:4] == (
        "1年目：600万円 に対して 300万円",
        "2年目：1,000万円 に対して 400万円",
        "3年目：500万円 に対して 250万円",
        "300万円 ＋ 400万円 ＋ 250万円 ＝ 950万円",
    )
    assert finding.steps[4].startswith("全期間の上限 900万円")


def test_below_the_cap_of_all_years_nothing_is_cut(made):
    finding = yearly(made, "試作補助金の研究枠で1年目600万円、2年目1,000万円、3年目400万円の経費。補助金はいくら")
    assert finding.values["total"] == 9_000_000 and len(finding.steps) == 5  # 10 million is no sum of 6 and 4
    assert not [s for s in finding.steps if s.startswith("全期間")]


def test_costs_of_one_year_are_added_up(made):
    finding = yearly(made, "試作補助金の研究枠で1年目200万円、1年目100万円、二年目100万円の経費。補助金はいくら")
    assert finding.values["total"] == 2_000_000


@pytest.mark.parametrize(
    "text",
    [
        "試作補助金の研究枠で600万円使う。補助金はいくら",  # no years
        "試作補助金の研究枠で1年目600万円。補助金はいくら",  # one year
        "試作補助金の研究枠で1年目600万円、3年目400万円。補助金はいくら",  # a year is missing
        "試作補助金の研究枠で1年目600万円、2年目400万円、外注費100万円。補助金はいくら",  # a cost of no year
        "試作補助金の新設枠で1年目600万円、2年目400万円。補助金はいくら",  # the frame caps no year
    ],
)
def test_without_years_in_a_row_and_caps_by_year_there_is_no_yearly_amount(made, text):
    assert yearly(made, text) is None
