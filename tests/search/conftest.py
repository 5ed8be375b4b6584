"""A small knowledge for the search: the fictitious programmes of tests/data with word tables and an article."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.rules.load import Catalogue, load_catalogue

ARTICLE = """---
id: quotes-howto
title: 見積もりの取り方
programme: reiji
edition: reiji/2026-r2
sources: [{doc: reiji-guide, section: 公募期間}]
---
# 相見積もり
発注が{quotes.over}の税抜額になるときは、複数の業者に頼みます。
# 事業の期間
交付決定の前に契約した経費は認められません。
"""


@pytest.fixture(scope="session")
def small() -> Catalogue:
    """The small knowledge."""
    bare = load_catalogue(Path(__file__).parents[1] / "data" / "knowledge")
    words = {"synonyms": [["締切", "期限"]], "stop_words": ["補助金", "場合", "する"]}
    return replace(bare, vocabulary=words, articles={"articles/quotes.md": ARTICLE})


@pytest.fixture
def at_home(tmp_path: Path) -> Settings:
    """Settings with a data folder of their own and the shipped embedder."""
    return Settings(data_dir=tmp_path / "data")
