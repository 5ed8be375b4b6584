"""The parts of a match: firm sizes, ages, purposes, costs, order, time."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from assistant.flow import Assistant
from assistant.matching import match_project
from assistant.matching.inputs import firm_size
from assistant.matching.lexicon import lexicon
from assistant.matching.purposes import named_purposes, purpose_table
from assistant.rules.conditions import Inputs
from assistant.text.dates import months_between

TODAY = date(2026, 11, 24)


def shop(**project: Any) -> dict[str, Any]:
    return {"industry": "商業・サービス業", "employees": 4, "project": {"purposes": ["販路開拓"], **project}}


@pytest.mark.parametrize(
    ("known", "size"),
    [
        ({"industry": "shogyo_service", "employees": 5}, "small"),
        ({"industry": "shogyo_service", "employees": 6}, "sme"),
        ({"industry": "seizo_other", "employees": 300, "capital_yen": 10**10}, "sme"),
        ({"industry": "seizo_other", "employees": 301, "capital_yen": 300_000_001}, "mid"),
        ({"industry": "seizo_other", "employees": 301}, None),
        ({"industry": "shogyo_service", "employees": 150, "capital_yen": 80_000_000}, "sme"),
        ({"industry": "shukuhaku_goraku", "employees": 150, "capital_yen": 80_000_000}, None),
        ({"industry": "seizo_other", "employees": 400, "is_corporation": False}, "mid"),
        ({}, None),
    ],
)
def test_sizes(known: dict[str, Any], size: str | None, assistant: Assistant) -> None:
    assert firm_size(Inputs(known), None, assistant.catalogue) == size


def test_months_are_exact_at_an_anniversary() -> None:
    assert months_between(date(2025, 12, 15), date(2026, 12, 15)) == 12
    assert months_between(date(2025, 12, 14), date(2026, 12, 15)) > 12
    assert Fraction(11) < months_between(date(2025, 12, 16), date(2026, 12, 15)) < 12


def test_names_of_things_are_read_by_their_head(assistant: Assistant) -> None:
    heads = lexicon(assistant.catalogue).heads("自動釣銭機（新札対応）2台の購入費")
    assert heads[0] == "自動釣銭機2台の購入費" and "自動釣銭機" in heads


def test_purposes_have_one_id_for_many_names(assistant: Assistant) -> None:
    table = purpose_table(assistant.catalogue)
    assert named_purposes("販路拡大", table) == named_purposes("広報", table)
    assert named_purposes("海外への輸出", table) == named_purposes("輸出", table)


def test_every_purpose_of_the_catalogue_is_in_the_table(assistant: Assistant) -> None:
    table = purpose_table(assistant.catalogue)
    ids = {p.id for p in table}
    frames = [f for e in assistant.catalogue.editions.values() for f in e.frames]
    lost = {n for f in frames for n in f.purposes if not named_purposes(n, table) & ids}
    assert lost == set()


def test_a_deadline_day_is_open_and_the_next_is_closed(assistant: Assistant) -> None:
    profile = shop(cost_items=[{"category": "委託・外注費", "description": "店舗の改装工事", "yen": 600000}])
    last = match_project(profile, date(2026, 12, 15), assistant.catalogue)["candidates"][0]
    assert last["window"] == "open" and last["deadline_text"] == "12月15日 17:00（本日締切）"
    over = match_project(profile, date(2026, 12, 16), assistant.catalogue)
    first = next(c for c in over["candidates"] if c["programme"] == last["programme"])
    assert first["window"] == "closed" and "受付は終わって" in over["answer"]
    assert any("次の公募" in t for t in first["todo"])


def test_an_open_one_that_fits_is_never_below_a_closed_one(assistant: Assistant) -> None:
    for day in (date(2026, m, 10) for m in range(1, 13)):
        for purpose in ("販路開拓", "省力化", "IT導入", "新製品開発", "海外展開"):
            found = match_project(
                {"employees": 4, "project": {"purposes": [purpose], "cost_yen": 4_000_000}}, day, assistant.catalogue
            )
            kinds = [(c["fit"], c["window"]) for c in found["candidates"]]
            live = [i for i, k in enumerate(kinds) if k[0] == "fits" and k[1] in ("open", "rolling")]
            assert not [k for k in kinds[: max(live, default=0)] if k[1] == "closed"]


def test_predecessors_that_are_over_do_not_crowd_the_list(assistant: Assistant) -> None:
    found = {c["programme"] for c in match_project({}, TODAY, assistant.catalogue)["candidates"]}
    heirs = {p.id for p in assistant.catalogue.programmes.values() if any(x.relation == "successor" for x in p.lineage)}
    assert not found & heirs


def test_a_round_without_figures_shows_none(assistant: Assistant) -> None:
    found = match_project(shop(cost_yen=900_000), date(2026, 3, 20), assistant.catalogue)["candidates"][0]
    assert (found["edition"], found["fit"], found["amount"]["subsidy_yen"]) == ("第19回", "check", None)
    assert found["amount"]["cap_yen"] is None and any("手元の資料にない" in c for c in found["cautions"])


def test_an_open_input_gives_a_range_and_the_question(assistant: Assistant) -> None:
    items = [{"category": "機械装置・システム構築費", "description": "特注の検査装置", "yen": 12_000_000}]
    profile = {"industry": "製造業その他", "project": {"purposes": ["省力化"], "description": "特注の装置", "cost_items": items}}
    found = match_project(profile, date(2026, 7, 10), assistant.catalogue)["candidates"][0]
    # half for a medium firm, two thirds for a small one up to the cap of its headcount
    assert found["amount"]["subsidy_yen"] is None and found["amount"]["subsidy_range_yen"] == [6_000_000, 8_000_000]
    assert "従業員数" in found["ask_next"]


def test_what_does_not_fit_tells_no_amount(assistant: Assistant) -> None:
    found = match_project({"employees": 4, "project": {"purposes": ["住宅の建替え"], "cost_yen": 10**6}}, TODAY, assistant.catalogue)
    assert {c["fit"] for c in found["candidates"]} == {"no"} and "見つかりませんでした" in found["answer"]
    assert all(c["amount"]["subsidy_yen"] is None and c["amount"]["steps"] == [] for c in found["candidates"])


def test_every_reason_has_a_source(assistant: Assistant) -> None:
    profile = shop(
        cost_items=[{"category": "広報費", "description": "営業車", "yen": 10**6}, {"description": "看板", "yen": 10**6}]
    )
    for candidate in match_project(profile, TODAY, assistant.catalogue)["candidates"]:
        for reason in candidate["reasons"]:
            assert reason["text"] and reason["source"].get("document"), reason


def amount_for(assistant: Assistant, programme: str, items: list[tuple[str, int]], today: date, **known: Any) -> dict[str, Any]:
    costs = [{"category": c, "description": c, "yen": y} for c, y in items]
    profile = {"industry": "製造業その他", "employees": 15, **known, "project": {"description": "新事業への進出", "cost_items": costs}}
    found = match_project(profile, today, assistant.catalogue)
    return next(c for c in found["candidates"] if c["programme"] == programme)


@pytest.mark.parametrize(
    ("sales", "paid", "range_"),
    [(None, None, [10_000_000, 15_000_000]), (99_999_980, 14_999_999, None), (100_000_000, 15_000_000, None)],
)
def test_a_share_of_planned_sales_limits_the_amount(assistant: Assistant, sales: int | None, paid: int | None, range_: Any) -> None:
    items = [("機械装置・システム構築費", 20_000_000), ("広告宣伝・販売促進費", 10_000_000)]
    found = amount_for(assistant, "shinjigyo", items, date(2026, 6, 1), planned_sales_yen=sales)
    assert (found["amount"]["subsidy_yen"], found["amount"]["subsidy_range_yen"]) == (paid, range_)


@pytest.mark.parametrize(("outside", "shut_out"), [(199_999_999, False), (200_000_000, True)])
def test_costs_that_do_not_stay_below_the_rest_shut_out(assistant: Assistant, outside: int, shut_out: bool) -> None:
    found = amount_for(assistant, "seicho-kasokuka", [("機械装置費", 200_000_000), ("外注費", outside)], date(2026, 3, 1))
    told = [r["text"] for r in found["reasons"] if r["verdict"] == "not_met" and "より少なく" in r["text"]]
    assert bool(told) is shut_out


def _of(programme: str, profile: dict[str, Any], assistant: Assistant) -> dict[str, Any]:
    found = match_project(profile, TODAY, assistant.catalogue, None)["candidates"]
    return next(c for c in found if c["programme"] == programme)


@pytest.mark.parametrize(
    ("place", "fit"),
    [({"prefecture": "三重県", "city": "四日市市"}, "fits"), ({"prefecture": "三重県"}, "check"), ({"prefecture": "東京都"}, "no")],
)
def test_a_firm_of_another_prefecture_is_outside_of_a_citys_scheme(place: dict[str, str], fit: str, assistant: Assistant) -> None:
    bought = [{"description": "萬古焼の器", "yen": 300_000}]
    profile = {**place, "industry_detail": "飲食店", "employees": 2, "project": {"description": "萬古焼の器を買う", "cost_items": bought}}
    assert _of("yokkaichi-banko", profile, assistant)["fit"] == fit


@pytest.mark.parametrize(("thing", "paid"), [("小間料", 500_000), ("客室改装", None)])
def test_a_scheme_for_named_things_tells_no_amount_for_others(thing: str, paid: int | None, assistant: Assistant) -> None:
    profile = {"prefecture": "三重県", "industry": "製造業その他", "employees": 8, "project": {
        "purposes": ["販路開拓"], "cost_items": [{"description": thing, "yen": 5_000_000}]}}  # fmt: skip
    assert _of("yokkaichi-mihonichi", profile, assistant)["amount"]["subsidy_yen"] == paid


def test_a_course_and_its_fee_are_training(assistant: Assistant) -> None:
    fee = [{"description": "フォークリフト講習の受講料", "yen": 120_000}]
    profile = {"prefecture": "三重県", "city": "四日市市", "industry": "製造業その他", "employees": 12,
               "project": {"description": "従業員の資格取得", "cost_items": fee}}  # fmt: skip
    assert _of("yokkaichi-skillup", profile, assistant)["fit"] != "no"


def test_a_description_in_which_no_purpose_is_found_leaves_it_open(assistant: Assistant) -> None:
    profile = {"employees": 3, "industry": "商業・サービス業", "project": {"description": "大きな冷蔵庫を置きたい", "cost_yen": 900_000}}
    found = match_project(profile, date(2026, 11, 24), assistant.catalogue)["candidates"]
    best = found[0]
    assert (best["edition_id"], best["frame_id"], best["fit"]) == ("jizokuka/2026-r20", "tsujo", "check")
