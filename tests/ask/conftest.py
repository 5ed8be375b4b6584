"""A fictitious knowledge for questions: tests/data/knowledge with tests/data/asked on top, read with the shipped word tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.ask.verify import verify_text
from assistant.config import Settings
from assistant.flow import Assistant
from assistant.rules.load import Catalogue, load_catalogue

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="session")
def made(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant on fictitious programmes (試作補助金, 見本保証, 昔型補助金, 例示補助金)."""
    bare = load_catalogue(DATA / "knowledge", DATA / "asked")
    shipped = assistant.catalogue
    catalogue = replace(bare, vocabulary=shipped.vocabulary, messages=shipped.messages)
    return Assistant(catalogue, Settings(data_dir=tmp_path_factory.mktemp("made")))


@pytest.fixture(scope="session")
def fictitious() -> Catalogue:
    """The fictitious catalogue alone: what the verifier's mechanisms are tried on."""
    return load_catalogue(DATA / "knowledge")


@pytest.fixture(scope="session")
def bad(fictitious: Catalogue) -> Callable[[str], list[str]]:
    """The numbers of a text that the verifier calls wrong or unsupported on the fictitious catalogue."""

    def found(text: str) -> list[str]:
        return [n.text for n in verify_text(text, fictitious, date(2026, 9, 1)).numbers if n.verdict in ("wrong", "unsupported")]

    return found
