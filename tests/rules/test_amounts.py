"""Amounts on small frames of our own, and laws that hold for every frame of the catalogue."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_rule_cases import KNOWLEDGE

from assistant.rules.amounts import (
    cap_of,
    choices,
    component_amount,
    cost_for,
    decided,
    rate_of,
    subsidy_amount,
    tiered,
)
from assistant.rules.conditions import Inputs
from assistant.rules.load import load_catalogue
from assistant.rules.schema import Frame, RateCase

SOURCE = {"doc": "d", "section": "s"}
CATALOGUE = load_catalogue(KNOWLEDGE)
FRAMES = [(e.id, f) for e in CATALOGUE.editions.values() for f in e.frames if f.rate is not None]
PARTS = [(e.id, f, c) for e in CATALOGUE.editions.values() for f in e.frames for c in f.components]


def frame(**more: Any) -> Frame:
    plain = {
        "id": "f", "label": "枠", "cap": {"source": SOURCE, "cases": [{"yen": 1000}]},
        "rate": {"source": SOURCE, "cases": [{"ratio": "2/3"}]},
    }  # fmt: skip
    return Frame.model_validate({**plain, **more})


def table(*cases: dict[str, Any]) -> dict[str, Any]:
    return {"source": SOURCE, "cases": list(cases)}


BANDS = table({"when": {"employees": {"max": 5}}, "yen": 500}, {"when": {"employees": {"min": 6}}, "yen": 900})


def test_first_row_that_holds_wins_and_open_rows_stay() -> None:
    banded = frame(cap=BANDS)
    assert banded.cap is not None
    assert [(c.label, c.waits_for) for c in choices(banded.cap, Inputs(), banded)] == [
        ("従業員5人以下", ("employees",)), ("従業員6人以上", ("employees",)),
    ]  # fmt: skip
    assert [c.label for c in choices(banded.cap, Inputs({"employees": 5}), banded)] == ["従業員5人以下"]
    assert decided(banded.cap, Inputs(), banded) is None and decided(None, Inputs(), banded) is None
    assert cap_of(banded, Inputs()) is None and subsidy_amount(banded, Inputs(), 300) is None


def test_steps_and_sources_tell_the_whole_way() -> None:
    amount = subsidy_amount(frame(), Inputs(), 2000, excluded_yen=100)
    assert amount is not None
    assert amount.steps == (
        "2,000円 × 2/3 ＝ 1,333円（1円未満切捨て）",
        "補助上限額：1,000円",
        "1,333円 は上限 1,000円 を超えるため 1,000円",
        "自己負担：2,100円 － 1,000円 ＝ 1,100円",
    )
    assert (amount.before_cap_yen, amount.spending_yen, amount.rates) == (1333, 2100, (("2/3", "全額"),))
    assert len(amount.sources) == 1 and amount.doubt is None


def test_additions_are_listed_beside_the_base_cap() -> None:
    special = {"id": "x", "label": "特例", "text": "t", "add_yen": 500, "source": SOURCE}
    lifted = frame(specials=[special])
    found = cap_of(lifted, Inputs({"specials": ["x"]}))
    assert found == (1500, 1000, ("補助上限額：1,000円 ＋ 500円（特例） ＝ 1,500円",))
    assert cap_of(lifted, Inputs()) == (1000, 1000, ("補助上限額：1,000円",))


def test_a_frame_without_a_cap_pays_the_rate() -> None:
    amount = subsidy_amount(frame(cap=None), Inputs(), 3000)
    assert amount is not None and (amount.subsidy_yen, amount.cap_yen) == (2000, None)


@pytest.mark.parametrize(("cost", "paid", "blocked"), [(149, 0, True), (150, 100, False)])
def test_below_the_floor_nothing_is_paid(cost: int, paid: int, blocked: bool) -> None:
    amount = subsidy_amount(frame(floor=table({"yen": 100})), Inputs(), cost)
    assert amount is not None and (amount.subsidy_yen, bool(amount.blocked)) == (paid, blocked)
    assert amount.own_funds_yen == cost - paid and amount.floor_yen == 100


def test_a_doubtful_floor_warns_but_does_not_block() -> None:
    amount = subsidy_amount(frame(floor={**table({"yen": 100}), "doubt": "疑い"}), Inputs(), 149)
    assert amount is not None and amount.blocked is None and amount.subsidy_yen == 99 and amount.doubt == "疑い"
    assert any("疑い" in s for s in amount.steps)


def test_rounding_to_thousands() -> None:
    amount = subsidy_amount(frame(rounding="down_thousand", cap=None), Inputs(), 10_000)
    assert amount is not None and amount.subsidy_yen == 6000


def test_what_was_received_lowers_the_cap_but_never_below_nothing() -> None:
    some = subsidy_amount(frame(), Inputs(), 3000, received_yen=400)
    all_ = subsidy_amount(frame(), Inputs(), 3000, received_yen=1400)
    assert some is not None and (some.cap_yen, some.base_cap_yen, some.subsidy_yen) == (600, 1000, 600)
    assert all_ is not None and (all_.cap_yen, all_.subsidy_yen) == (0, 0)


def limited(*limits: dict[str, Any]) -> Frame:
    figures = {"x": {"yen": 100}}
    plain = {"source": SOURCE, "text": "広告の補助金は{x}まで", "figures": figures}
    rows = [{"id": f"l{i}", **plain, **x} for i, x in enumerate(limits)]
    return frame(cap=None, limits=rows)


SHARE = {"kind": "share_of_subsidy", "categories": ["web"], "ratio": "1/4"}
FIXED = {"kind": "cap_subsidy", "categories": ["expert"], "yen": 100}


@pytest.mark.parametrize(("web", "paid"), [(299, 799), (300, 800), (302, 800), (0, 600)])
def test_a_share_of_the_whole_subsidy(web: int, paid: int) -> None:
    amount = subsidy_amount(limited(SHARE), Inputs(), 900 + web, {"web": web})
    assert amount is not None and amount.subsidy_yen == paid
    assert not any("{" in s for s in amount.steps)


@pytest.mark.parametrize(("expert", "paid"), [(149, 699), (150, 700), (152, 700)])
def test_a_fixed_cap_on_a_part(expert: int, paid: int) -> None:
    amount = subsidy_amount(limited(FIXED), Inputs(), 900 + expert, {"expert": expert})
    assert amount is not None and amount.subsidy_yen == paid


def test_fixed_caps_come_before_shares_in_any_order() -> None:
    both = {"expert": 450, "web": 600}
    amounts = [subsidy_amount(limited(*x), Inputs(), 1950, both) for x in ((SHARE, FIXED), (FIXED, SHARE))]
    assert [a.subsidy_yen for a in amounts if a] == [933, 933]  # 600 + 100, and a third of that


OF_SALES = {"kind": "share_of_sales", "categories": ["ad"], "ratio": "1/20"}
OF_COST = {"kind": "share_of_cost", "categories": ["office"], "ratio": "1/10"}
MOST_COST = {"kind": "cap_cost", "except_categories": ["machine"], "yen": 300}


@pytest.mark.parametrize(("sales", "paid"), [(0, 600), (1999, 699), (2000, 700), (2020, 701), (3999, 799), (4000, 800), (4020, 800)])
def test_a_share_of_planned_sales(sales: int, paid: int) -> None:
    amount = subsidy_amount(limited(OF_SALES), Inputs({"planned_sales_yen": sales}), 1200, {"ad": 300})
    assert amount is not None and (amount.subsidy_yen, amount.own_funds_yen) == (paid, 1200 - paid)


def test_sales_that_are_not_known_leave_only_a_project_without_that_cost_decided() -> None:
    assert subsidy_amount(limited(OF_SALES), Inputs({"sales_yen": 9000}), 1200, {"ad": 1}) is None
    plain = subsidy_amount(limited(OF_SALES), Inputs(), 1200, {"ad": 0, "web": 300})
    assert plain is not None and plain.subsidy_yen == 800


def test_a_share_of_sales_comes_before_a_share_of_the_whole_in_any_order() -> None:
    known = Inputs({"planned_sales_yen": 2000})
    amounts = [subsidy_amount(limited(*x), known, 1950, {"ad": 450, "web": 600}) for x in ((SHARE, OF_SALES), (OF_SALES, SHARE))]
    assert [a.subsidy_yen for a in amounts if a] == [933, 933]


@pytest.mark.parametrize(("office", "paid"), [(89, 659), (90, 660), (99, 660)])
def test_a_cost_that_is_a_share_of_the_others_at_most(office: int, paid: int) -> None:
    amount = subsidy_amount(limited(OF_COST), Inputs(), 900 + office, {"office": office})
    assert amount is not None and (amount.subsidy_yen, amount.own_funds_yen) == (paid, 900 + office - paid)
    assert any("→" in s for s in amount.steps) is (office > 90)


@pytest.mark.parametrize(("other", "paid"), [(299, 799), (300, 800), (303, 800)])
def test_a_cap_on_all_cost_but_one_category(other: int, paid: int) -> None:
    amount = subsidy_amount(limited(MOST_COST), Inputs(), 900 + other, {"machine": 900, "web": other})
    assert amount is not None and (amount.subsidy_yen, amount.spending_yen) == (paid, 900 + other)


TIERS = RateCase.model_validate({"tiers": [{"ratio": "1/2", "up_to_yen": 1000}, {"ratio": "1/3"}]})


@pytest.mark.parametrize(
    ("cost", "on", "amount"),
    [
        (1999, "subsidy", Fraction(1999, 2)), (2000, "subsidy", Fraction(1000)), (2003, "subsidy", Fraction(1001)),
        (999, "cost", Fraction(999, 2)), (1000, "cost", Fraction(500)), (1003, "cost", Fraction(501)),
        (0, "subsidy", Fraction(0)),
    ],
)  # fmt: skip
def test_tiers(cost: int, on: str, amount: Fraction) -> None:
    assert tiered(Fraction(cost), TIERS, on)[0] == amount


def test_tier_steps_add_up() -> None:
    assert tiered(Fraction(2003), TIERS)[1] == ("2,000円 × 1/2 ＝ 1,000円", "3円 × 1/3 ＝ 1円", "合計 1,001円")
    amount = subsidy_amount(frame(cap=None, rate=table(TIERS.model_dump(exclude_none=True))), Inputs(), 2003)
    assert amount is not None
    assert amount.rates == (("1/2", "補助額1,000円までの部分"), ("1/3", "補助額1,000円を超える部分"))


@given(st.integers(1, 5 * 10**8))
def test_cost_for_is_the_least_cost_that_reaches(wanted: int) -> None:
    for rate in (TIERS, RateCase(ratio="2/3"), RateCase(fixed=True)):
        cost = cost_for(wanted, rate)
        assert tiered(Fraction(cost), rate)[0] >= wanted > tiered(Fraction(cost - 1), rate)[0]


def told(frame_: Frame, employees: int, small: bool, near: bool, specials: list[str]) -> Inputs:
    return Inputs({
        "employees": employees, "size": "small" if small else "sme", "revival": False, "deficit": near, "near_minimum_wage": near,
        "processes": employees % 7 + 1, "functions": employees % 3 + 1, "members": employees, "option": "sanka",
        "specials": [s for s in specials if s in {x.id for x in frame_.specials}], "planned_sales_yen": employees * 10**6,
    })  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(FRAMES), st.integers(1, 300), st.booleans(), st.booleans(),
    st.sets(st.sampled_from(["chinage", "invoice", "saichin", "saitei"])),
    st.integers(0, 4 * 10**8), st.integers(0, 10**7), st.integers(0, 10**6), st.integers(0, 10**7), st.data(),
)  # fmt: skip
def test_laws_of_every_frame(
    where: tuple[str, Frame], employees: int, small: bool, near: bool, specials: set[str],
    cost: int, more: int, excluded: int, received: int, data: st.DataObject,
) -> None:  # fmt: skip
    """Never above the cap, more cost never pays less, own funds and subsidy are all the spending."""
    frame_ = where[1]
    inputs = told(frame_, employees, small, near, sorted(specials))
    parts: dict[str, int] = {}
    for category in dict.fromkeys(c for x in frame_.limits for c in x.categories):
        parts[category] = data.draw(st.integers(0, cost // 4), label=category)
    low = subsidy_amount(frame_, inputs, cost, parts, excluded, received)
    high = subsidy_amount(frame_, inputs, cost + more, parts, excluded, received)
    if low is None or high is None:
        assert cap_of(frame_, inputs) is None or rate_of(frame_, inputs) is None
        return
    for amount in (low, high):
        assert amount.cap_yen is None or 0 <= amount.subsidy_yen <= amount.cap_yen
        assert amount.own_funds_yen + amount.subsidy_yen == amount.spending_yen == amount.eligible_cost_yen + excluded
        assert amount.subsidy_yen <= amount.eligible_cost_yen
        assert amount.subsidy_yen == 0 or not amount.blocked
    assert low.subsidy_yen <= high.subsidy_yen
    whole = subsidy_amount(frame_, inputs, cost, None, excluded, received)
    assert whole is not None and low.subsidy_yen <= whole.subsidy_yen, "limits on parts never add money"


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(PARTS), st.integers(1, 300), st.booleans(), st.integers(0, 10**8), st.integers(0, 10**6))
def test_laws_of_every_part(where: tuple[str, Frame, Any], employees: int, small: bool, cost: int, more: int) -> None:
    _, frame_, part = where
    inputs = told(frame_, employees, small, False, [])
    low, high = component_amount(part, frame_, inputs, cost), component_amount(part, frame_, inputs, cost + more)
    assert low is not None and high is not None
    assert 0 <= low[0] <= min(high[0], cost) and (low[1] or not cost)


def test_a_component_per_member_waits_for_the_members() -> None:
    part = {"id": "p", "label": "分析", "cap": table({"yen": 50, "per": "members"}), "rate": table({"ratio": "2/3"})}
    parts = frame(cap=None, rate=None, components=[part])
    component = parts.components[0]
    assert component_amount(component, parts, Inputs(), 900) is None
    assert component_amount(component, parts, Inputs({"members": 10}), 900) == (500, (
        "分析：900円 × 2/3 ＝ 600円", "分析：上限 500円 → 500円",
    ))  # fmt: skip
    assert subsidy_amount(parts, Inputs({"members": 10}), 900) is None
