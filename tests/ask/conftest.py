"""A fictitious knowledge for questions: tests/data/knowledge with tests/data/asked on top, read with the shipped word tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.flow import Assistant
from assistant.rules.load import load_catalogue

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="session")
def made(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant on fictitious programmes (試作補助金, 見本保証, 昔型補助金, 例示補助金)."""
    bare = load_catalogue(DATA / "knowledge", DATA / "asked")
    shipped = assistant.catalogue
    catalogue = replace(bare, vocabulary=shipped.vocabulary, messages=shipped.messages)
    return Assistant(catalogue, Settings(data_dir=tmp_path_factory.mktemp("made")))
