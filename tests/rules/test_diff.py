"""Differences of two editions: each kind of figure changed once, on a small edition."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from assistant.rules.diff import Change, compare_editions
from assistant.rules.schema import Edition

SOURCE = {"doc": "guide", "section": "概要"}


def data() -> dict[str, Any]:
    return {
        "id": "reiji/2026-r1", "label": "第1回", "year": 2026, "docs": ["guide"], "checked_on": "2026-07-06",
        "rounds": [{"id": "r1", "label": "第1回", "events": [
            {"kind": "closes", "label": "締切", "on": {"date": "2026-07-31", "time": "17:00"}, "source": SOURCE},
        ]}],
        "frames": [{
            "id": "tsujo", "label": "通常枠",
            "cap": {"source": SOURCE, "cases": [{"when": {"employees": {"max": 5}}, "yen": 500000}, {"yen": 1000000}]},
            "rate": {"source": SOURCE, "cases": [{"ratio": "2/3"}]},
            "floor": {"source": SOURCE, "cases": [{"yen": 100000}]},
            "specials": [{"id": "wage", "label": "賃上げ特例", "add_yen": 500000, "text": "{p}増やします。",
                          "figures": {"p": {"percent": "3.0", "bound": "min"}}, "source": SOURCE}],
            "limits": [{"id": "web", "kind": "share_of_subsidy", "ratio": "1/4", "text": "ウェブは{s}までです。",
                        "figures": {"s": {"ratio": "1/4"}}, "source": SOURCE}],
            "requirements": [{"id": "size", "kind": "size", "label": "規模", "test": {"employees": {"max": 20}},
                              "text": "{a}、ただし商業は{b}です。", "source": SOURCE,
                              "figures": {"a": {"people": 20, "bound": "max"}, "b": {"people": 5, "bound": "max"}}}],
        }],
        "costs": [{"id": "car", "verdict": "excluded", "names": ["車"], "text": "車は対象外です。", "source": SOURCE}],
        "facts": [{"id": "period", "kind": "period", "topic": "期間", "text": "期間は{m}です。",
                   "figures": {"m": {"months": 12}}, "source": SOURCE}],
    }  # fmt: skip


def changes(change: Any) -> list[Change]:
    new = deepcopy(data())
    change(new)
    return list(compare_editions(Edition.model_validate(data()), Edition.model_validate(new)))


def test_an_edition_does_not_differ_from_itself() -> None:
    assert changes(lambda new: None) == []


def frame(new: dict[str, Any]) -> Any:
    return new["frames"][0]


@pytest.mark.parametrize(
    ("change", "section", "item", "old", "new"),
    [
        (lambda n: n["rounds"][0]["events"][0]["on"].update(date="2026-08-31"), "日程", "締切",
         "2026年7月31日（金） 17:00", "2026年8月31日（月） 17:00"),
        (lambda n: frame(n)["cap"]["cases"][0].update(yen=600000), "通常枠", "上限額", "50万円", "60万円"),
        (lambda n: frame(n)["rate"]["cases"][0].update(ratio="1/2"), "通常枠", "補助率", "2/3", "1/2"),
        (lambda n: frame(n)["floor"]["cases"][0].update(yen=200000), "通常枠", "下限額", "10万円", "20万円"),
        (lambda n: frame(n)["specials"][0].update(add_yen=700000), "通常枠", "賃上げ特例", "50万円", "70万円"),
        (lambda n: frame(n)["specials"][0]["figures"]["p"].update(percent="4.0"), "通常枠", "賃上げ特例", "3.0%以上", "4.0%以上"),
        (lambda n: frame(n)["requirements"][0]["figures"]["b"].update(people=6), "通常枠", "要件「規模」", "5人以下", "6人以下"),
        (lambda n: frame(n)["requirements"][0]["test"]["employees"].update(max=21), "通常枠", "要件「規模」",
         "従業員数は20以下", "従業員数は21以下"),
        (lambda n: n["costs"][0].update(verdict="conditional"), "経費", "車", "対象外", "条件つき"),
        (lambda n: n["facts"][0]["figures"]["m"].update(months=18), "説明", "期間", "12か月", "18か月"),
    ],
)  # fmt: skip
def test_one_figure_changed_is_one_change(change: Any, section: str, item: str, old: str, new: str) -> None:
    (found,) = changes(change)
    assert (found.kind, found.section, found.item, found.old, found.new) == ("changed", section, item, old, new)


def test_a_figure_of_several_is_shown_with_the_words_around_it() -> None:
    (found,) = changes(lambda n: frame(n)["requirements"][0]["figures"]["b"].update(people=6))
    assert found.what == "…、ただし商業は○です。"


def test_a_new_wording_with_the_same_figures_is_no_change_of_the_rule() -> None:
    (found,) = changes(lambda n: n["facts"][0].update(text="{m}が期間です。"))
    assert (found.kind, found.old, found.new) == ("reworded", "期間は12か月です。", "12か月が期間です。")


def test_a_new_wording_with_other_figures_names_them() -> None:
    found = changes(lambda n: n["facts"][0].update(text="{w}以内です。", figures={"w": {"weeks": 3}}))
    assert [(c.kind, c.what) for c in found] == [("changed", ""), ("changed", "数値")]
    assert (found[1].old, found[1].new) == ("12か月", "3週間")


def test_trailing_zeros_are_no_difference() -> None:
    assert changes(lambda n: frame(n)["specials"][0]["figures"]["p"].update(percent="3")) == []


def test_what_one_edition_lacks_is_told_as_such() -> None:
    (gone,) = changes(lambda n: n["costs"].clear())
    assert (gone.kind, gone.item, gone.old, gone.new) == ("only_old", "車", "車は対象外です。", None)
    more = {"id": "art", "verdict": "excluded", "names": ["絵"], "text": "絵は対象外です。", "source": SOURCE}
    (added,) = changes(lambda n: n["costs"].append(more))
    assert (added.kind, added.new) == ("only_new", "絵は対象外です。")


def test_items_are_matched_by_label_where_ids_differ() -> None:
    def change(new: dict[str, Any]) -> None:
        new["costs"][0].update(id="vehicle")
        frame(new).update(id="normal")
        new["facts"][0].update(id="term", figures={"m": {"months": 18}})

    (found,) = changes(change)
    assert (found.item, found.old, found.new) == ("期間", "12か月", "18か月")
