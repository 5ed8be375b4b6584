"""The search index: built on first use from what is shipped, kept by what it was made of, read in milliseconds.

An index folder is complete or absent: it is written aside and renamed, and never changed or replaced after. Its name
carries everything that its content depends on, so a change of knowledge, dictionary or embedder makes another one; a
forced build makes a newer one of the same name, and processes that read the older go on.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.config import Settings
from assistant.errors import IndexUnavailable
from assistant.rules.load import Catalogue
from assistant.search.asked import AskedIndex, question_terms, read_questions
from assistant.search.dense import DenseIndex, Embedder, Place, StaticEmbedder, choose_embedder, whereabouts
from assistant.search.fuse import FOUND_BY_VECTOR, fuse, near_ties
from assistant.search.lexical import LexicalIndex, Lexicon
from assistant.search.passages import Passage, all_passages
from assistant.search.ranking import ALIKE, Ranking

INDEX_FORMAT = "4"
DECISIVE = 0.5
"""Where the best hit of the words holds this share of the telling words, the vectors are not asked."""
CANDIDATES = 300
"""Passages of most merit that boosts may set in another order."""
WIDE, NARROW, ENOUGH = 200, 50, 10
"""Neighbours asked for over all passages; over those of the places in question, if fewer than ENOUGH of them came."""
SOFT = 0.4
"""Power of a boost in the order of hits: what it raises (a name, a kind of fact) the merit sees in part already."""
ASKED_GAIN = 20.0
"""What a stored question that is the same as the one asked adds to the score of its passage."""
KEPT = 3
"""Older index folders that stay, for processes that still read them or settings that come back."""
LATELY_SECONDS = 3600
HEAD, CHROMA, ASKED, RANKING, ASIDE = "index.json", "chroma", "asked", "ranking", ".new-"
_LOCK = threading.RLock()
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: how strongly words speak for it, its share of the telling words, and how like its questions are.

    Hits are in the order of their merit (`Ranking`), which sees more than the score.
    """

    passage: Passage
    score: float
    coverage: float
    row: int
    alike: float = 0.0


class SearchIndex:
    """Passages with their lexical index; the vectors are opened when the words first do not decide."""

    def __init__(
        self,
        passages: tuple[Passage, ...],
        lexical: LexicalIndex,
        lexicon: Lexicon,
        folder: Path,
        dense: DenseIndex | None = None,
        asked: AskedIndex | None = None,
        ranking: Ranking | None = None,
    ) -> None:
        self.passages, self.lexical, self.lexicon, self.folder, self.dense = passages, lexical, lexicon, folder, dense
        self.asked = asked or AskedIndex.build({}, lexicon)
        self._ranking = ranking or Ranking.build(passages, {}, lexicon)
        self._near: tuple[Any, list[tuple[int, float]]] = (None, [])

    def where(self, holds: Callable[[Passage], bool]) -> tuple[Hit, ...]:
        """The passages of which something holds, in the order of the knowledge, as hits that nothing was searched for."""
        return tuple(Hit(p, 1.0, 1.0, row) for row, p in enumerate(self.passages) if holds(p))

    def with_ids(self, ids: Collection[str]) -> tuple[Hit, ...]:
        """The passages with these ids, as `where` gives them; an id that no passage has is passed over."""
        rows = sorted(row for i in ids for row in self._rows_of.get(i, ()))
        return tuple(Hit(self.passages[row], 1.0, 1.0, row) for row in rows)

    def terms(self, text: str) -> list[str]:
        """The telling words of a text (stop words dropped)."""
        return self.lexicon.telling(text)

    def search(
        self,
        text: str,
        allowed: Callable[[Passage], bool],
        boost: Callable[[Passage], float] | None = None,
        limit: int = 12,
    ) -> list[Hit]:
        """The best passages for a text among those allowed, best first, each text of a place once.

        The ranking orders. Where that does not decide (the best hit lacks half of what the text tells, and others are as
        good or hits are few), the vector store settles near ties and adds what is missing. The score of a hit counts its
        words and its stored questions alone, and is near zero where they say nothing.

        Args:
            text: The question without the names of programmes and frames.
            allowed: Which passages may answer (programme, edition).
            boost: A factor for each passage (kind of fact asked for, frame named).
            limit: How many to return.
        """
        terms, alike = self.terms(text), self.alike(text)
        words = self.lexical.scores(terms)
        merits = self._ranking.merit(text, terms, words)
        factor = {r: boost(self.passages[r]) if boost else 1.0 for r in self._candidates(merits, allowed)}
        found = sorted(((r, float(merits[r]) * f**SOFT) for r, f in factor.items()), key=lambda h: (-h[1], h[0]))
        if terms and not self._decided(terms, found, limit):
            found = fuse(found, self._neighbours(text, allowed, boost), len(found) + NARROW)
        scores, covered = words + ASKED_GAIN * alike, self.lexical.coverages(terms)
        return [
            Hit(self.passages[r], max(float(scores[r]) * factor.get(r, 1.0), FOUND_BY_VECTOR), float(covered[r]), r, float(alike[r]))
            for r in self._distinct(r for r, _ in found)[:limit]
        ]

    def _candidates(self, merits: NDArray[np.float32], allowed: Callable[[Passage], bool]) -> list[int]:
        """The rows of most merit among those allowed."""
        best = np.argsort(-merits, kind="stable")[: np.count_nonzero(merits > 0)].tolist()
        return list(islice((row for row in best if allowed(self.passages[row])), CANDIDATES))

    def _distinct(self, rows: Iterable[int]) -> list[int]:
        """Rows without those that say what an earlier one of the same place says."""
        said: dict[tuple[str, str], int] = {}
        for row in rows:
            said.setdefault((whereabouts(self.passages[row]), self.passages[row].text), row)
        return list(said.values())

    def alike(self, text: str) -> NDArray[np.float32]:
        """How alike to `text` the nearest question is that each passage answers: float32 `[n_passages]`, 0..1."""
        out = np.zeros(len(self.passages), dtype=np.float32)
        known, rows = self._asked_rows
        out[rows] = self.asked.alike(question_terms(text, self.lexicon))[known]
        return out

    @cached_property
    def _asked_rows(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Labels of stored questions that are passages, and the rows of those passages."""
        row = {p.id: i for i, p in enumerate(self.passages)}
        pairs = [(i, row[label]) for i, label in enumerate(self.asked.labels) if label in row]
        return np.asarray([a for a, _ in pairs], dtype=np.int64), np.asarray([b for _, b in pairs], dtype=np.int64)

    def _decided(self, terms: list[str], found: list[tuple[int, float]], limit: int) -> bool:
        if not found:
            return False
        clear = len(found) >= limit and len(near_ties(found[:2])) == 2
        return clear or self.lexical.coverage(terms, found[0][0]) >= DECISIVE

    def _neighbours(self, text: str, allowed: Callable[[Passage], bool], boost: Callable[[Passage], float] | None) -> list[int]:
        """Rows that the vectors find among those allowed, best first; none if the vectors cannot be read."""
        if self.dense is None:
            return []
        places = frozenset(at for at, rows in self._by_place.items() if any(allowed(self.passages[r]) for r in rows))
        try:
            near = self._nearest(self.dense, text, places)
        except IndexUnavailable as error:
            _log.warning("%s 語の一致だけで検索します。", error)
            return []
        merit = {r: c * (boost(self.passages[r]) if boost else 1.0) for r, c in near if allowed(self.passages[r])}
        return sorted(merit, key=lambda r: (-merit[r], r))

    def _nearest(self, dense: DenseIndex, text: str, places: frozenset[str]) -> list[tuple[int, float]]:
        """Row and cosine of what is alike; kept for the next call, as one question is searched once for each thing asked for."""
        asked, near = self._near
        if asked != (text, places):
            alike = [h for h in dense.nearest(text, None, WIDE) if h[1] >= ALIKE]
            near = [h for h in alike if whereabouts(self.passages[h[0]]) in places]
            if len(near) < ENOUGH and len(alike) == WIDE:
                near = [h for h in dense.nearest(text, places, NARROW) if h[1] >= ALIKE]
            self._near = ((text, places), near)
        return near

    @cached_property
    def _rows_of(self) -> dict[str, list[int]]:
        out: dict[str, list[int]] = {}
        for row, passage in enumerate(self.passages):
            out.setdefault(passage.id, []).append(row)
        return out

    @cached_property
    def _by_place(self) -> dict[str, list[int]]:
        out: dict[str, list[int]] = {}
        for row, passage in enumerate(self.passages):
            out.setdefault(whereabouts(passage), []).append(row)
        return out


def open_index(catalogue: Catalogue, settings: Settings) -> SearchIndex:
    """The index of the catalogue, built if there is none of this knowledge, dictionary and embedder yet.

    Raises:
        IndexUnavailable: The folder cannot be written, or the index cannot be built.
    """
    with _LOCK, _unwritable(settings):
        passages = all_passages(catalogue)
        embedder = _embedder(catalogue, settings)
        found = _loaded(index_name(catalogue, settings, embedder), passages, catalogue, settings, embedder)
        return found or _build(passages, catalogue, settings, embedder)


def build_index(catalogue: Catalogue, settings: Settings) -> int:
    """Build the index anew, whatever is there; returns the number of passages.

    Raises:
        IndexUnavailable: The folder cannot be written, or the index cannot be built.
    """
    with _LOCK, _unwritable(settings):
        embedder = _embedder(catalogue, settings)
        return len(_build(all_passages(catalogue), catalogue, settings, embedder, anew=True).passages)


def index_status(catalogue: Catalogue, settings: Settings) -> dict[str, Any]:
    """Whether the index stands, where, for how many passages, and where its vectors are."""
    embedder = _embedder(catalogue, settings)
    name = index_name(catalogue, settings, embedder)
    folder = next(iter(_folders(settings, name)), None)
    here = folder or settings.data_dir / "index" / name
    vectors = None if embedder is None else settings.chroma_url or str(here / CHROMA)
    return {
        "built": folder is not None,
        "folder": str(here),
        "passages": len(all_passages(catalogue)),
        "dictionary": dictionary_version(),
        "embedder": settings.embedder or ("shipped" if embedder else None),
        "vectors": vectors,
    }


def make_lexicon(catalogue: Catalogue) -> Lexicon:
    """The words of the vocabulary as the index uses them."""
    table: dict[str, Any] = catalogue.vocabulary
    return Lexicon(table.get("synonyms") or [], table.get("stop_words") or [])


def index_name(catalogue: Catalogue, settings: Settings, embedder: Embedder | None) -> str:
    """What an index of this knowledge, dictionary, embedder and vector store is called; a folder adds its own ending."""
    made_of = (dictionary_version(), embedder.key if embedder else "", settings.chroma_url or "")
    digest = hashlib.sha256("\0".join(made_of).encode()).hexdigest()[:8]
    return f"{INDEX_FORMAT}-{catalogue.version}-{digest}"


def dictionary_version() -> str:
    """Version of the tokenizer and its dictionary; the words of an index are theirs."""
    try:
        return f"{version('sudachipy')}/{version('sudachidict_small')}"
    except PackageNotFoundError:
        return "unknown"


def _embedder(catalogue: Catalogue, settings: Settings) -> Embedder | None:
    return choose_embedder(settings.embedder, settings.shipped_knowledge / "embedder", lambda: make_lexicon(catalogue))


def _dense(folder: Path, catalogue: Catalogue, settings: Settings, embedder: Embedder | None) -> DenseIndex | None:
    if embedder is None:
        return None
    return DenseIndex(embedder, Place(folder / CHROMA, settings.chroma_url), f"{catalogue.version}-{INDEX_FORMAT}")


def _folders(settings: Settings, name: str) -> list[Path]:
    """Complete folders of an index, newest first."""
    return sorted(
        (f for f in (settings.data_dir / "index").glob(f"{name}.*") if (f / HEAD).is_file()), key=lambda f: (-_made_at(f), f.name)
    )


def _loaded(
    name: str, passages: tuple[Passage, ...], catalogue: Catalogue, settings: Settings, embedder: Embedder | None
) -> SearchIndex | None:
    """The newest index of that name that is whole."""
    for folder in _folders(settings, name):
        with suppress(OSError, ValueError):
            lexical, lexicon, asked, ranking = _read(folder, len(passages), isinstance(embedder, StaticEmbedder))
            return SearchIndex(passages, lexical, lexicon, folder, _dense(folder, catalogue, settings, embedder), asked, ranking)
    return None


def _read(folder: Path, n_passages: int, with_vectors: bool) -> tuple[LexicalIndex, Lexicon, AskedIndex, Ranking]:
    """All but the vector store; OSError or ValueError if it is not whole."""
    try:
        head = json.loads((folder / HEAD).read_bytes())
        lexical, lexicon = LexicalIndex.load(folder), Lexicon.restored(head["lexicon"])
        asked, ranking = AskedIndex.load(folder / ASKED), Ranking.load(folder / RANKING, with_vectors)
    except (ValueError, KeyError, TypeError, EOFError) as error:
        raise ValueError(f"{folder} is broken") from error
    if lexical.n_passages != n_passages:
        raise ValueError(f"{folder} holds {lexical.n_passages} passages, not {n_passages}")
    return lexical, lexicon, asked, ranking


def _build(
    passages: tuple[Passage, ...], catalogue: Catalogue, settings: Settings, embedder: Embedder | None, anew: bool = False
) -> SearchIndex:
    """Write both sides aside, then give the folder its name; what another process finished meanwhile is taken instead."""
    home = settings.data_dir / "index"
    home.mkdir(parents=True, exist_ok=True)
    name = index_name(catalogue, settings, embedder)
    aside = Path(tempfile.mkdtemp(dir=home, prefix=ASIDE))
    folder = home / f"{name}.{aside.name.removeprefix(ASIDE)}"
    try:
        lexicon = make_lexicon(catalogue)
        lexical = LexicalIndex.build(passages, lexicon)
        lexical.save(aside)
        questions = read_questions(catalogue.questions)
        asked = AskedIndex.build(questions, lexicon)
        asked.save(aside / ASKED)
        model = (*embedder.table(), embedder.passages(passages)) if isinstance(embedder, StaticEmbedder) else None
        ranking = Ranking.build(passages, questions, lexicon, model)
        ranking.save(aside / RANKING)
        dense = _dense(aside, catalogue, settings, embedder)
        if dense is not None:
            dense.build(passages)
            dense.close()
        head = {"passages": len(passages), "lexicon": lexicon.tables}
        (aside / HEAD).write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")
        other = None if anew else _loaded(name, passages, catalogue, settings, embedder)
        if other is not None:
            return other
        os.replace(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    _forget_old(folder)
    return SearchIndex(passages, lexical, lexicon, folder, _dense(folder, catalogue, settings, embedder), asked, ranking)


def _forget_old(folder: Path) -> None:
    """Delete what interrupted builds left and all but the newest few of the others; nothing made lately, it may be in use."""
    before = _made_at(folder) - LATELY_SECONDS
    others = sorted((f for f in folder.parent.iterdir() if f != folder), key=_made_at, reverse=True)
    left = [f for f in others if f.name.startswith(ASIDE)]
    indexes = [f for f in others if not f.name.startswith(ASIDE)]
    for old in left + indexes[KEPT:]:
        if _made_at(old) < before:
            shutil.rmtree(old, ignore_errors=True)


def _made_at(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0


@contextmanager
def _unwritable(settings: Settings) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = settings.data_dir / "index"
        why = "空き容量と書き込み権限、SHIRUBE_DATA_DIR を確認してください。"
        raise IndexUnavailable(f"検索索引を {where} に書けません。{why}") from error
