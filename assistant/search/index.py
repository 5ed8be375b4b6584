"""The search index: built on first use from what is shipped, kept by the knowledge's version, read in milliseconds."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.config import Settings
from assistant.errors import IndexUnavailable
from assistant.rules.load import Catalogue
from assistant.search.lexical import LexicalIndex, Lexicon
from assistant.search.passages import Passage, all_passages

INDEX_FORMAT = "1"
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: its score, and the share of the question's telling words that it contains."""

    passage: Passage
    score: float
    coverage: float
    row: int


class SearchIndex:
    """Passages with their lexical index; the dense side is opened when first asked for."""

    def __init__(self, passages: tuple[Passage, ...], lexical: LexicalIndex, lexicon: Lexicon, folder: Path) -> None:
        self.passages, self.lexical, self.lexicon, self.folder = passages, lexical, lexicon, folder

    def terms(self, text: str) -> list[str]:
        """The telling words of a text (stop words dropped)."""
        return [t for t in self.lexicon.terms(text) if t not in self.lexicon.stop]

    def search(
        self,
        text: str,
        allowed: Callable[[Passage], bool],
        boost: Callable[[Passage], float] | None = None,
        limit: int = 12,
    ) -> list[Hit]:
        """The best passages for a text among those allowed, best first.

        Args:
            text: The question without the names of programmes and frames.
            allowed: Which passages may answer (programme, edition).
            boost: A factor for each passage (kind of fact asked for, frame named).
            limit: How many to return.
        """
        terms = self.terms(text)
        scores = self.lexical.scores(terms)
        hits = []
        for row, passage in enumerate(self.passages):
            if scores[row] <= 0 or not allowed(passage):
                continue
            score = float(scores[row]) * (boost(passage) if boost else 1.0)
            hits.append((score, row))
        hits.sort(key=lambda h: (-h[0], h[1]))
        return [Hit(self.passages[r], s, self.lexical.coverage(terms, r), r) for s, r in hits[:limit]]


def open_index(catalogue: Catalogue, settings: Settings) -> SearchIndex:
    """The index of the catalogue, built if there is none for this version yet.

    Raises:
        IndexUnavailable: The folder cannot be written or the index cannot be built.
    """
    with _LOCK:
        passages = all_passages(catalogue)
        lexicon = make_lexicon(catalogue)
        folder = index_folder(catalogue, settings)
        try:
            return SearchIndex(passages, LexicalIndex.load(folder), lexicon, folder)
        except (OSError, ValueError, KeyError):
            pass
        lexical = LexicalIndex.build(passages, lexicon)
        try:
            _write(folder, lexical)
        except OSError as error:
            raise IndexUnavailable(f"検索索引を {folder} に書けません。SHIRUBE_DATA_DIR を確認してください。") from error
        return SearchIndex(passages, lexical, lexicon, folder)


def make_lexicon(catalogue: Catalogue) -> Lexicon:
    """The words of the vocabulary as the index uses them."""
    table: dict[str, Any] = catalogue.vocabulary
    return Lexicon(table.get("synonyms") or [], table.get("stop_words") or [])


def index_folder(catalogue: Catalogue, settings: Settings) -> Path:
    """Where the index of this knowledge lives."""
    return settings.data_dir / "index" / f"{INDEX_FORMAT}-{catalogue.version}"


def _write(folder: Path, lexical: LexicalIndex) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".new-"))
    try:
        lexical.save(aside)
        shutil.rmtree(folder, ignore_errors=True)
        os.replace(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    for old in folder.parent.iterdir():
        if old != folder and not old.name.startswith(".new-"):
            shutil.rmtree(old, ignore_errors=True)


def build_index(catalogue: Catalogue, settings: Settings) -> int:
    """Build the index anew; returns the number of passages."""
    shutil.rmtree(index_folder(catalogue, settings), ignore_errors=True)
    return len(open_index(catalogue, settings).passages)


def index_status(catalogue: Catalogue, settings: Settings) -> dict[str, Any]:
    """Whether the index of this knowledge stands, where, and for how many passages."""
    folder = index_folder(catalogue, settings)
    return {"built": (folder / "terms.json").is_file(), "folder": str(folder), "passages": len(all_passages(catalogue))}
