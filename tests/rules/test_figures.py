"""The catalogue as one flat list of figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.rules.conditions import Test
from assistant.rules.figures import CatalogueFigure, band_values, list_figures
from assistant.rules.load import load_catalogue

TINY = Path(__file__).parents[1] / "data" / "knowledge"


@pytest.fixture(scope="module")
def figures() -> tuple[CatalogueFigure, ...]:
    return list_figures(load_catalogue(TINY))


def texts(figures: tuple[CatalogueFigure, ...], kind: str, edition: str = "reiji/2026-r2", frame: str | None = None) -> list[str]:
    return [f.value.text() for f in figures if (f.kind, f.edition_id, f.frame_id) == (kind, edition, frame)]


def test_tables_give_caps_floors_rates_and_bands(figures: tuple[CatalogueFigure, ...]) -> None:
    assert texts(figures, "cap", frame="kihon") == ["80万円"] and texts(figures, "floor", frame="kihon") == ["10万円"]
    assert texts(figures, "rate", frame="kihon") == ["3/4", "1/2"]
    assert texts(figures, "cap", frame="seicho") == ["400万円", "600万円", "900万円"]
    assert texts(figures, "band", frame="seicho") == ["10人以下", "11人", "30人", "31人以上"]
    assert texts(figures, "cap", "reiji/2025-r1", "kihon") == ["70万円"]


def test_specials_requirements_facts_and_events(figures: tuple[CatalogueFigure, ...]) -> None:
    assert texts(figures, "special_add", frame="kihon") == ["30万円"]
    assert texts(figures, "special", frame="kihon") == ["2.5%以上", "30万円"]
    assert texts(figures, "requirement", frame="kihon") == ["40人以下"]
    assert texts(figures, "fact:cost_rule") == ["70万円（税抜）超", "3者以上"]
    assert texts(figures, "closes") == ["2026年10月30日（金） 17:00"] and texts(figures, "result") == ["2027年1月下旬"]


def test_every_figure_knows_its_place_and_source(figures: tuple[CatalogueFigure, ...]) -> None:
    assert figures and all(f.source.doc == "reiji-guide" and f.item_id for f in figures)
    assert all(f.programme == (f.edition_id or "").split("/")[0] for f in figures)


@pytest.mark.parametrize(
    ("test", "values"),
    [({"max": 5}, ["5人以下"]), ({"min": 6, "max": 20}, ["6人", "20人"]), ({"min": 101}, ["101人以上"]), ({"is": 3}, [])],
)
def test_band_values(test: dict[str, int], values: list[str]) -> None:
    assert [v.text() for v in band_values(Test.model_validate(test))] == values
