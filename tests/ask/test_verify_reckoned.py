"""Mechanisms of the verifier, each from both sides: what follows in a text passes, the same with one number changed does not."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from assistant.ask.verify import verify_text
from assistant.ask.verify.arithmetic import Reckoning, is_rounded
from assistant.text.numbers import find_quantities

TODAY = date(2026, 9, 1)


def links(text):
    quantities = find_quantities(text)
    found = Reckoning(text, quantities).links
    return {quantities[k].text: {link.kind for link in ways} for k, ways in found.items()}


@pytest.mark.parametrize(
    ("text", "result", "kind"),
    [
        ("経費105万円の2/3は70万円です。", "70万円", "product"),
        ("経費は105万円で補助金は50万円、残る55万円は自社で払う。", "55万円", "rest"),
        ("建物2億円、機械1億5,000万円、外注3,000万円、合計3億8,000万円。", "3億8,000万円", "sum"),
        ("年24万円で2年分なら48万円です。", "48万円", "multiple"),
        ("補助率1/2で500万円を受け取るには1,000万円の経費が必要です。", "1,000万円", "quotient"),
        ("8,000万円を受け取るには2億2,500万円が必要です。3,000万円までが1/2、その先は1/3です。", "2億2,500万円", "tier"),
        ("5,000万円が3年後に5,700万円なら、年平均成長率は4.46%です。", "4.46%", "growth"),
        ("800件のうち採択は418件で、採択率52.3%です。", "52.3%", "quota"),
        ("基準が1,087円で、「+30円」なら1,117円です。", "1,117円", "sum"),
        ("付加価値額5,000万円が年4.0%で伸びると3年後は5,624万円です。", "5,624万円", "growth"),
        ("5年で2割増やすなら年平均は3.71%です。", "3.71%", "growth"),
        ("講習代は1人2万5千円、4人で10万円です。", "10万円", "multiple"),
    ],
)
def test_links_are_found_and_break_with_a_changed_number(text, result, kind):
    assert kind in links(text)[result]
    changed = text.replace(result, result.replace(result[0], "9", 1), 1)
    assert kind not in links(changed).get(result.replace(result[0], "9", 1), set())


@pytest.mark.parametrize(
    ("exact", "told", "fits"),
    [
        (Fraction(10**6 * 2, 3), 666_666, True),
        (Fraction(10**6 * 2, 3), 660_000, True),
        (Fraction(10**6 * 2, 3), 650_000, False),
        (Fraction(700_000), 690_000, False),
    ],
)
def test_amounts_are_rounded_as_people_do(exact, told, fits):
    assert is_rounded(exact, Fraction(told)) is fits


def test_an_own_amount_is_doubted_with_the_result_that_does_not_follow(bad):
    true = "例示補助金の基本枠で経費が120万円なら、補助率1/2で補助金は60万円、自己負担は60万円です。"
    assert bad(true) == []
    assert "130万円" in bad(true.replace("120万円", "130万円"))
    assert "50万円" in bad(true.replace("補助金は60万円", "補助金は50万円"))


def test_an_own_amount_with_which_nothing_is_reckoned_stands_and_is_not_tied(fictitious):
    numbers = verify_text("当社の今期の売上高は6,400万円です。", fictitious, TODAY).numbers
    assert [(n.verdict, n.tied) for n in numbers] == [("own", False)]


def test_a_headcount_picks_its_row_and_is_doubted_with_the_figure_of_another(fictitious, bad):
    true = "例示補助金の成長枠では、従業員20人の会社の上限は600万円です。"
    found = {n.text: n for n in verify_text(true, fictitious, TODAY).numbers}
    assert bad(true) == []
    assert found["20人"].room == (Fraction(11), Fraction(30))
    assert set(bad(true.replace("20人", "40人"))) == {"40人", "600万円"}


def test_the_terms_of_a_false_equation_are_doubted(bad):
    assert bad("例示補助金の基本枠で経費が120万円の場合、120万円 × 1/2 ＝ 60万円です。") == []
    assert {"120万円", "70万円"} <= set(bad("経費を120万円とします。120万円 × 1/2 ＝ 70万円です。"))


def test_the_year_of_an_edition_is_judged(bad):
    assert bad("2026年の例示補助金の基本枠の上限は80万円です。") == []
    assert bad("2019年の例示補助金の基本枠の上限は80万円です。") == ["2019年"]


def test_the_programme_named_later_in_the_sentence_counts(bad):
    assert bad("従業員20人の会社なら、例示補助金の成長枠の上限は600万円です。") == []
    assert "800万円" in bad("従業員20人の会社なら、例示補助金の成長枠の上限は800万円です。")


def test_the_rate_of_the_programme_explains_an_amount_where_it_is_not_written(bad):
    true = "例示補助金の成長枠で300万円の設備を買えば、補助金は200万円、自己負担は100万円です。"
    assert bad(true) == []
    assert "220万円" in bad(true.replace("補助金は200万円", "補助金は220万円"))


def test_a_cap_compared_with_has_no_bound_of_its_own(bad):
    assert bad("例示補助金の基本枠では、補助額が上限80万円を下回ります。") == []
    assert bad("例示補助金の基本枠では、補助額が上限90万円を下回ります。") == ["90万円を下回り"]
