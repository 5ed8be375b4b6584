"""One prompt a section, of our own, and none that brings a figure along."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import assistant.llm
from assistant.drafting.write import COMPOSERS, GENERAL, sections_for

FOLDER = Path(assistant.llm.__file__).parent / "prompts" / "draft"


def test_each_section_has_a_prompt_and_each_prompt_a_section() -> None:
    assert {p.stem for p in FOLDER.glob("*.md")} == {*COMPOSERS, "_rules"}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.md")), ids=lambda p: p.stem)
def test_a_prompt_is_short_and_brings_no_figure(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    assert not re.search(r"[0-9０-９]", text.replace("SWOT", "").replace("3C", "").replace("{f:…}", "").replace("{o:…}", ""))


def test_every_form_names_composers_that_exist(assistant) -> None:  # type: ignore[no-untyped-def]
    assert {"jizokuka/2026-r20", "jizokuka/2026-sogyo-r4"} <= set(assistant.catalogue.forms)
    for form in assistant.catalogue.forms.values():
        assert {s.composer for s in form.sections} <= set(COMPOSERS)
    assert {s.composer for s in GENERAL} <= set(COMPOSERS) and callable(sections_for)
