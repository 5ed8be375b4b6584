"""The verifier on the shipped catalogue: what the catalogue itself says passes, the same with one number changed does not."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.ask.verify import verify_text
from assistant.rules.load import Catalogue, load_catalogue
from assistant.text.dates import PartialDate
from assistant.text.numbers import Quantity, find_quantities

TODAY = date(2026, 11, 24)
_TOKEN = re.compile(r"\{([a-z0-9][a-z0-9-]*)\}")
_FLIPS = {"以上": "以下", "以下": "以上", "超": "未満", "未満": "超"}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(Path(__file__).parents[2] / "knowledge")


@pytest.fixture(scope="module")
def sentences(catalogue: Catalogue) -> list[tuple[str, str]]:
    return list(_sentences(catalogue))


def _sentences(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """A heading that names programme and edition, and a text of the catalogue with its figures filled in."""
    for edition in catalogue.editions.values():
        programme = catalogue.programmes[edition.programme]
        series = next((s.label for s in programme.series if s.id == edition.series), "")
        head = f"## {programme.short} {series} {edition.label}"
        for frame in edition.frames:
            for item in (*frame.specials, *frame.limits, *frame.requirements):
                yield f"{head} {frame.label}\n\n", _filled(item.text, item.figures)
        for part in (*edition.facts, *edition.categories, *edition.costs):
            yield f"{head}\n\n", _filled(part.text, part.figures)


def _filled(text: str, figures: dict) -> str:
    return _TOKEN.sub(lambda m: figures[m[1]].text() if m[1] in figures else m[0], text)


def _changed(found: Quantity) -> str | None:
    """The number with its amount ten times, its day one later or its bound turned round."""
    flipped = next((found.text.replace(a, b) for a, b in _FLIPS.items() if found.bound and a in found.text), None)
    if flipped:
        return flipped
    if isinstance(found.value, PartialDate):
        day = found.value.day
        return None if not day or day > 27 else re.sub(rf"{day}日(（.）)?", f"{day + 1}日", found.text)
    digits = re.search(r"\d[\d,]*", found.text)
    if digits is None or found.unit == "ratio" or "." in found.text:
        return None
    return found.text.replace(digits[0], f"{int(digits[0].replace(',', '')) * 10:,}", 1)


def test_what_the_catalogue_says_passes(catalogue, sentences):
    alarms, total = [], 0
    for head, body in sentences:
        for number in verify_text(head + body, catalogue, TODAY).numbers:
            if number.start >= len(head) and number.verdict != "ignored":
                total += 1
                if number.verdict in ("wrong", "unsupported"):
                    alarms.append((number.text, body[:60]))
    assert total > 1_000
    assert len(alarms) <= total * 0.01, alarms


def test_changed_numbers_are_caught(catalogue, sentences):
    random.seed(20261124)
    missed, total = [], 0
    for head, body in random.sample(sentences, min(len(sentences), 1000)):
        for found in [q for q in find_quantities(body) if not q.ignored][:1]:
            changed = _changed(found)
            if changed and changed != found.text:
                total += 1
                text = head + body[: found.start] + changed + body[found.end :]
                if verify_text(text, catalogue, TODAY).ok:
                    missed.append((found.text, changed, body[:60]))
    assert total > 200
    assert len(missed) <= total * 0.02, missed


@pytest.mark.parametrize(("share", "right"), [("3/4", ("2/3",)), ("4/5", ("2/3",))])
def test_what_would_be_right_is_of_the_frame_that_is_named(share: str, right: tuple[str, ...], catalogue: Catalogue) -> None:
    for name in ("持続化補助金の通常枠", "小規模事業者持続化補助金 第20回 通常枠"):
        wrong = [n for n in verify_text(f"{name}の補助率は{share}です。", catalogue, TODAY).numbers if n.verdict == "wrong"]
        assert [(n.text, n.expected) for n in wrong] == [(share, right)]


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("業務改善助成金は90円コースで1人の賃金を引き上げると上限600万円です。", ["600万円"]),  # only a special measure has it
        ("業務改善助成金の90円コースで1人なら600万円もらえる。", ["600万円"]),
        ("業務改善助成金の90円コースで1人なら100万円もらえる。", []),
        ("業務改善助成金の90円コースで1人なら360万円もらえる。", ["1人", "360万円"]),  # 7人 would make it right
    ],
)
def test_a_headcount_is_doubted_only_where_another_would_be_right(text: str, bad: list[str], catalogue: Catalogue) -> None:
    numbers = verify_text(text, catalogue, TODAY).numbers
    assert [n.text for n in numbers if n.verdict in ("wrong", "unsupported")] == bad
