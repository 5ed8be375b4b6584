"""Which editions, rounds and frames a question is about."""

from datetime import date

import pytest

from assistant.ask.route import choose_route
from assistant.records import Question

TODAY = date(2026, 9, 1)


def route(made, text, today=TODAY):
    return choose_route(made.parser.parse(Question(text, today)), made.catalogue, today)


def places(made, text):
    return [(p.edition.id, [f.id for f in p.frames]) for p in route(made, text).places]


ALL = ["shinsetsu", "koushin", "kenkyu"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("試作補助金の上限は？", [("kokoromi/2026", ALL)]),
        ("試作補助金の更新枠の上限は？", [("kokoromi/2026", ["koushin"])]),
        ("試作補助金の第1回の上限は？", [("kokoromi/2025", ["shinsetsu"])]),
        ("試作補助金の2025年度の上限は？", [("kokoromi/2025", ["shinsetsu"])]),
        ("試作補助金の2025年度から今は変わりましたか", [("kokoromi/2026", ALL)]),
        ("試作補助金と例示補助金の上限", [("kokoromi/2026", ALL), ("reiji/2026-r2", ["kihon", "seicho"])]),
        ("明るい話", []),
    ],
)
def test_the_edition_in_question(made, text, found):
    assert places(made, text) == found


def test_a_frame_that_is_named_is_told(made):
    assert route(made, "試作補助金の更新枠の上限は？").places[0].framed
    assert not route(made, "試作補助金の上限は？").places[0].framed
    assert [f.id for f in route(made, "試作補助金の更新枠の上限は？").wider[0].frames] == ALL


def test_a_round_that_there_is_not_is_refused_by_name(made):
    found = route(made, "試作補助金の第9回の締切は？")
    assert (found.way, found.missing_round, found.places) == ("unknown_round", "第9回", ())
    assert route(made, "試作補助金の第2回の締切は？").way == "answer"


def test_a_predecessor_gives_way_to_its_successor(made):
    found = route(made, "昔型補助金の上限は？")
    assert [p.edition.id for p in found.places] == ["kokoromi/2026"]
    assert [p.edition.id for p in found.older] == ["mukashi/2024"]
    assert found.renamed == (("mukashi", "kokoromi"),)


@pytest.mark.parametrize("text", ["昔型補助金の第1回の締切は？", "昔型補助金の2024年度の上限は？", "昔型枠の上限は？"])
def test_its_own_round_year_or_frame_keeps_the_predecessor(made, text):
    found = route(made, text)
    assert [p.edition.id for p in found.places] == ["mukashi/2024"] and found.renamed == ()


def test_what_changed_shows_both(made):
    found = route(made, "昔型補助金の第1回からどう変わりましたか")
    assert {p.edition.id for p in found.places} == {"mukashi/2024", "kokoromi/2026"}


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("オーロラ補助金の上限は？", "unknown_name"),
        ("オーロラ補助金と試作補助金の上限は？", "answer"),
        ("領収書を水増ししたい", "unsafe"),
        ("こんにちは", "small_talk"),
        ("明日の天気は？", "out_of_scope"),
    ],
)
def test_ways_that_are_no_answer(made, text, way):
    assert route(made, text).way == way


def test_each_round_that_is_named_has_its_place(made):
    assert places(made, "試作補助金の第1回と第2回の上限は？") == [("kokoromi/2025", ["shinsetsu"]), ("kokoromi/2026", ALL)]


def test_a_round_after_a_name_is_of_that_programme_alone(made):
    found = places(made, "例示補助金と、試作補助金の第1回の上限を比べて")
    assert ("kokoromi/2025", ["shinsetsu"]) in found and ("reiji/2026-r2", ["kihon", "seicho"]) in found
