"""Exact relations between the numbers of a text: what they explain, and what they do not, on a small fictitious catalogue."""

from __future__ import annotations

import pytest

from assistant.ask.verify.arithmetic import Reckoning
from assistant.ask.verify.ties import Ties
from assistant.text.numbers import find_quantities

RELATED = [
    # a share of the writer's cost, with no word that says whose it is
    ("例示補助金の基本枠は1/2です。厨房の改修134万円では67万円の見込み。", "134万円", "143万円"),
    # how far an amount stays below a limit
    ("例示補助金の基本枠の上限は80万円です。経費114万円、1/2で57万円なので23万円届かない。", "23万円", "32万円"),
    # a factor right before its product
    ("例示補助金の基本枠の話です。講習は1人1万8千円、5人で9万円です。", "9万円", "8万円"),
    # what a limit leaves after two years, told as the most that is left
    ("例示補助金の話です。合計970万円の計画で、初年度450万円、次の年度300万円なら、最後は220万円までです。", "220万円まで", "230万円まで"),
    # growth told without any sign
    ("例示補助金の話です。基準が340万円の会社が年3.5%で5年伸ばすと、最終年度は約404万円です。", "404万円", "440万円"),
    # full-time equivalents added up
    ("例示補助金の話です。パートは0.75人と0.62人、正社員は3人で、合わせて4.37人です。", "4.37人", "4.73人"),
    # how much one amount is of another
    ("例示補助金の話です。12億4,000万円の工場に5億円を借りるので、借りる分は40.3%です。", "40.3%", "43.0%"),
]


@pytest.mark.parametrize(("text", "right", "wrong"), RELATED)
def test_numbers_that_are_related_exactly_explain_each_other(text, right, wrong, bad):
    assert bad(text) == []
    assert bad(text.replace(right, wrong, 1))


def _ties(text, limits=()):
    quantities = find_quantities(text)
    found = Ties(text, quantities, Reckoning(text, quantities).terms, limits, {}).found
    return [(t.kind, [quantities[k].text for k in sorted(t.places)]) for t in found]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("90万円を使って45万円、1/2です", None),  # a rate behind what it should bring
        ("1/2で90万円、次に45万円", None),  # a rate brings one amount
        ("1/2、90万円なら45万円", "product"),
        ("80万円の半額は40万円", "half"),
        ("20人の会社で20万円が400万円になる", None),  # a firm's size is no factor
        ("1台20万円を20台で400万円", "multiple"),
        ("10万円と20万円と30万円", None),  # round figures fit by chance
        ("11万円と23万円と34万円", "sum"),
        ("10万円と20万円で計30万円", "sum"),  # and are taken where words tell it
    ],
)
def test_a_relation_must_hardly_hold_by_chance(text, kind):
    assert [k for k, _ in _ties(text)] == ([kind] if kind else [])


def test_nobody_computes_a_limit():
    text = "42億円と8億円で50億円"
    assert _ties(text) == [("sum", ["42億円", "8億円", "50億円"])]
    assert _ties(text, limits=(2,)) == []


def test_an_amount_that_its_share_does_not_bring_is_doubted(bad):
    text = "例示補助金の基本枠です。当社の見積は70万円、1/2で35万円です。"
    assert bad(text) == []
    assert "700万円" in bad(text.replace("70万円", "700万円"))
