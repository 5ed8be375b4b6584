"""Of what a number is told, and which row or item it must be of: each from both sides on a small fictitious catalogue."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.ask.verify.grid import follows_in_table
from assistant.ask.verify.index import index_of
from assistant.ask.verify.measures import counters_fit
from assistant.ask.verify.names import Named
from assistant.ask.verify.records import Measure
from assistant.ask.verify.rows import with_aside
from assistant.ask.verify.scopes import ScopeReader
from assistant.ask.verify.topic import described
from assistant.text.numbers import find_quantities

TODAY = date(2026, 9, 1)


PAIRS = [
    # 前者, 後者: programmes, then frames
    ("例示補助金の基本枠と見本助成金を比べる。前者の下限は10万円、後者の上限は90万円である。", "90万円", "80万円"),
    ("例示補助金の基本枠と成長枠では、前者の上限が80万円、後者の補助率が2/3です。", "80万円", "90万円"),
    # the name stands at the end, and only there
    ("上限は90万円、補助率は1/3です。見本助成金の話です。", "90万円", "80万円"),
    # what only one programme has
    ("賃上げ特例の条件は給与支給総額を2.5％以上伸ばすことです。例示補助金にあります。", "2.5％以上", "3.5％以上"),
    # brackets narrow only what stands in them
    ("例示補助金の基本枠の上限は80万円（成長枠は従業員10人以下で400万円）、下限は10万円です。", "10万円", "20万円"),
    # value cells are no heads
    ("| 例示補助金 | 補助率 | 下限 |\n|---|---|---|\n| 基本枠 | 1/2 | 10万円 |", "10万円", "80万円"),
    # what became of a figure is no range
    ("例示補助金の基本枠の上限は、第1回の70万円から第2回は80万円に引き上げられました。", "80万円", "90万円"),
    # applicants and firms are counted with one word
    ("例示補助金では、1件70万円（税抜）超の発注は3社以上から見積もりを取ります。", "3社以上", "2社以上"),
    # a plus sign
    ("例示補助金の基本枠は上限80万円で、賃上げ特例の「+30万円」なら110万円になります。", "110万円", "120万円"),
    # a round brings its edition, and what is newest is of today
    ("例示補助金の第1回は、受付が2025年8月4日から10月31日まででした。", "2025年8月4日", "2025年8月5日"),
    ("例示補助金の基本枠の上限は第1回だと70万円、最新の回だと80万円です。", "80万円", "90万円"),
    # the time to apply, behind another day
    ("例示補助金の第2回は採択発表が2027年1月下旬、受付は2026年8月3日から10月30日までです。", "2026年8月3日", "2026年8月30日"),
    # a bound word on the next line is none
    ("例示補助金\n・成長枠：率は2/3\n以上です。", "2/3", "1/3"),
    # the case is told at the head of the sentence
    ("小規模事業者の場合、例示補助金の基本枠の補助率は3/4です。", "3/4", "2/3"),
]


@pytest.mark.parametrize(("text", "number", "wrong"), PAIRS)
def test_a_number_is_held_against_what_it_is_told_of(text, number, wrong, bad):
    assert bad(text) == []
    changed = text.replace(number, wrong)
    assert wrong in bad(changed)


def names_in(text, catalogue):
    reader = ScopeReader(index_of(catalogue).names, text, find_quantities(text), TODAY)
    return [(text[n.start : n.end], n.targets) for n in reader.names]


def test_former_and_latter_stand_for_the_last_two_of_a_kind(fictitious):
    found = dict(names_in("例示補助金と見本助成金。前者、後者。", fictitious))
    assert found["前者"] == (Named("programme", "reiji"),)
    assert found["後者"] == (Named("programme", "mihon"),)
    assert "後者" not in dict(names_in("例示補助金です。後者。", fictitious))


def test_a_hint_that_only_one_programme_gives_sets_the_scope(fictitious, bad):
    names = index_of(fictitious).names
    names.hints["審査の独自加点"] = "reiji"
    try:
        assert "80万円" not in bad("審査の独自加点がある制度の基本枠の上限は80万円です。")
    finally:
        del names.hints["審査の独自加点"]


def test_a_programme_that_is_described_and_not_named_is_found(fictitious):
    from assistant.ask.verify.contexts import split
    from assistant.ask.verify.reading import Reading

    def topic(text):
        reading = Reading(text, fictitious, TODAY, {})
        return described(reading, split(reading.text, reading.quantities))

    assert topic("1件70万円（税抜）超の発注では、3者以上から見積もりを取ります。") == "reiji"
    assert topic("毎月3回の定例会を開きます。") is None


def test_counters_of_firms_and_applications_fit_each_other():
    def count(counter):
        return Measure("count", None, None, counter)

    assert counters_fit(count("件"), count("者"))
    assert counters_fit(count(""), count("者"))
    assert not counters_fit(count("種類"), count("者"))


def test_the_label_of_a_refused_row_is_doubted(bad):
    right = "例示補助金の成長枠の上限\n・10人以下：400万円\n・31人以上：900万円"
    assert bad(right) == []
    assert bad(right.replace("900万円", "950万円")) == ["31人以上", "950万円"]


def test_rows_know_what_other_rows_ask_for_beside(fictitious):
    claims = [c for c in index_of(fictitious).claims if c.figure.frame_id == "seicho" and c.figure.kind == "cap"]
    assert all(not c.aside for c in with_aside(claims))
    first = claims[0]
    firm = claims[-1].needs[0]
    double = type(first)(**{f: getattr(first, f) for f in first.__slots__} | {"needs": (*first.needs, firm)})
    assert {c.aside for c in with_aside([first, double])} == {frozenset({firm})}


@pytest.mark.parametrize(
    ("number", "row", "heads", "follows"),
    [
        ("100万円", "750万円 850万円 100万円", ("1～5人", "増える分"), True),
        ("150万円", "750万円 850万円 150万円", ("1～5人", "増える分"), False),
        ("100万円", "750万円 850万円 100万円", ("1～5人", "下限"), False),
        ("60万円", "90万円 2/3 60万円", ("機械", "補助額"), True),
        ("50万円", "90万円 2/3 50万円", ("機械", "補助額"), False),
        ("30万円", "90万円 60万円 30万円", ("機械", "自己負担"), True),
    ],
)
def test_a_cell_follows_from_its_row_as_its_head_says(number, row, heads, follows):
    quantities = find_quantities(row)
    cell = next(q for q in quantities if q.text == number)
    assert follows_in_table(cell, quantities, (), heads) is follows


def test_a_total_is_the_sum_of_its_column():
    above = find_quantities("80万円 20万円")
    for told, follows in (("100万円", True), ("110万円", False)):
        (cell,) = find_quantities(told)
        assert follows_in_table(cell, (cell,), above, ("合計", "金額")) is follows
