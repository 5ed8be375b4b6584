"""BM25 over Sudachi's normalised words, with headings counted more and synonym groups of the vocabulary.

The library bm25s computes the scores when the index is built. Reading needs only its sparse matrix (one column a word),
which numpy maps from disk in milliseconds; importing bm25s with scipy would cost every question a quarter of a second.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.search.passages import Passage
from assistant.text.words import Word, words

K1, B = 0.9, 0.4
TOPIC_WEIGHT, ALSO_WEIGHT = 3, 2
CACHED_CHARS, CACHED_TEXTS = 40, 8192
"""Names and word tables are split again for every question; longer texts are not kept."""
NO_WORD = "_"
"""Stands in a passage without a single indexed word."""


class Lexicon:
    """Words as the index counts them: synonyms become one word, single kana are dropped."""

    def __init__(self, synonyms: Sequence[Sequence[str]], stop_words: Sequence[str]) -> None:
        same: dict[str, str] = {}
        for group in synonyms:
            forms = [self._forms(w) for w in group]
            head = "+".join(forms[0])
            for form in forms:
                if len(form) == 1:
                    same[form[0]] = head
        self._fill(same, frozenset(f for w in stop_words for f in self._forms(w)))

    def _fill(self, same: dict[str, str], stop: frozenset[str]) -> None:
        self._same, self.stop = same, stop
        self._short = lru_cache(maxsize=CACHED_TEXTS)(self._split)

    @classmethod
    def restored(cls, tables: dict[str, Any]) -> Lexicon:
        """A lexicon from what `tables` gave."""
        new = cls.__new__(cls)
        new._fill(dict(tables["same"]), frozenset(tables["stop"]))
        return new

    @property
    def tables(self) -> dict[str, Any]:
        """What the lexicon knows, as JSON can hold it."""
        return {"same": self._same, "stop": sorted(self.stop)}

    @staticmethod
    def _forms(word: str) -> list[str]:
        return [w.form for w in words(word)]

    def _split(self, text: str) -> tuple[str, ...]:
        return tuple(self.term(w) for w in words(text) if counts(w))

    def terms(self, text: str) -> list[str]:
        """The words of a text that the index counts, in order."""
        return list(self._short(text) if len(text) <= CACHED_CHARS else self._split(text))

    def telling(self, text: str) -> list[str]:
        """The words of a text without stop words, in order."""
        return [t for t in self.terms(text) if t not in self.stop]

    def term(self, word: Word) -> str:
        """One word as the index counts it."""
        return self._same.get(word.form, word.form)


def counts(word: Word) -> bool:
    """Whether a word is indexed: content words other than bare numbers and single kana."""
    return word.content and not word.number and not (len(word.form) == 1 and "ぁ" <= word.form <= "ヿ")


def document_terms(passage: Passage, lexicon: Lexicon) -> list[str]:
    """The words of a passage, topic and other names repeated by their weight."""
    head = lexicon.terms(passage.topic) * TOPIC_WEIGHT
    also = [t for name in passage.also for t in lexicon.terms(name)] * ALSO_WEIGHT
    return head + also + lexicon.terms(passage.text) + lexicon.terms(passage.heading)


class LexicalIndex:
    """A BM25 index of passages, kept on disk.

    Args:
        data: float32 `[n_entries]`, the score of a word in a passage, word by word.
        rows: int32 `[n_entries]`, the passage of each score, rising within a word.
        starts: int64 `[n_words + 1]`, where each word's entries begin.
        words: The words in the order of `starts`.
        n_passages: Number of passages.
    """

    def __init__(
        self,
        data: NDArray[np.float32],
        rows: NDArray[np.int32],
        starts: NDArray[np.int64],
        words: list[str],
        n_passages: int,
    ) -> None:
        # plain arrays: an index into a mapped file costs ten times as much
        self._data, self._rows, self._starts = np.asarray(data), np.asarray(rows), np.asarray(starts)
        self._words, self.n_passages = words, n_passages
        self._column = {w: i for i, w in enumerate(words)}
        counted = np.diff(starts)
        n = max(1, n_passages)
        self._idf: NDArray[np.float64] = np.log(1 + (n - counted + 0.5) / (counted + 0.5))
        self.rarest = float(np.log(1 + (n + 0.5) / 0.5))

    @classmethod
    def build(cls, passages: Sequence[Passage], lexicon: Lexicon) -> LexicalIndex:
        """Index passages; about a second for some thousands."""
        return indexed([document_terms(p, lexicon) for p in passages])

    def save(self, folder: Path) -> None:
        """Write the index to a folder that exists."""
        for name, array in (("data", self._data), ("rows", self._rows), ("starts", self._starts)):
            np.save(folder / f"lexical-{name}.npy", array)
        head = {"passages": self.n_passages, "words": self._words}
        (folder / "lexical.json").write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Map an index from a folder.

        Raises:
            OSError: There is none.
            ValueError: Its files do not belong together.
        """
        head = json.loads((folder / "lexical.json").read_bytes())
        data, rows, starts = (np.load(folder / f"lexical-{n}.npy", mmap_mode="r") for n in ("data", "rows", "starts"))
        if len(starts) != len(head["words"]) + 1 or len(data) != len(rows) or starts[-1] != len(rows):
            raise ValueError(f"{folder}: the files do not belong together")
        return cls(data, rows, starts, head["words"], head["passages"])

    def scores(self, terms: list[str]) -> NDArray[np.float32]:
        """BM25 scores, float32 `[n_passages]`, in the order of the passages; a repeated term counts again."""
        return self.weighed(Counter(terms))

    def weighed(self, terms: Mapping[str, float]) -> NDArray[np.float32]:
        """Scores of terms that count as much as is said, float32 `[n_passages]`."""
        scores = np.zeros(self.n_passages, dtype=np.float32)
        for term, factor in terms.items():
            column = self._column.get(term)
            if column is not None:
                start, end = self._starts[column : column + 2]
                scores[self._rows[start:end]] += np.float32(factor) * self._data[start:end]
        return scores

    def weight(self, term: str) -> float:
        """How much a word tells (idf); a word that no passage has weighs most."""
        column = self._column.get(term)
        return self.rarest if column is None else float(self._idf[column])

    def has(self, term: str, row: int) -> bool:
        """Whether a passage holds a word."""
        column = self._column.get(term)
        if column is None:
            return False
        rows = self._rows[self._starts[column] : self._starts[column + 1]]
        at = int(np.searchsorted(rows, row))
        return at < len(rows) and int(rows[at]) == row

    def coverage(self, terms: list[str], row: int) -> float:
        """Share of the weight of `terms` that a passage contains, 0..1; 1 for no terms."""
        return float(self.coverages(terms)[row])

    def coverages(self, terms: list[str]) -> NDArray[np.float64]:
        """`coverage` of every passage: float64 `[n_passages]`."""
        held, total = np.zeros(self.n_passages), 0.0
        for term in dict.fromkeys(terms):
            weight = self.weight(term)
            total += weight
            column = self._column.get(term)
            if column is not None:
                held[self._rows[self._starts[column] : self._starts[column + 1]]] += weight
        return held / total if total else np.ones(self.n_passages)


def indexed(documents: Sequence[Sequence[str]]) -> LexicalIndex:
    """A BM25 index of documents that are already words."""
    import bm25s

    if not documents:
        nothing = np.zeros(0)
        return LexicalIndex(nothing.astype(np.float32), nothing.astype(np.int32), np.zeros(1, dtype=np.int64), [], 0)
    retriever = bm25s.BM25(k1=K1, b=B)
    retriever.index([list(d) or [NO_WORD] for d in documents], show_progress=False)
    scores = retriever.scores
    known = {column: word for word, column in retriever.vocab_dict.items()}
    starts = np.asarray(scores["indptr"], dtype=np.int64)
    rows, data = np.asarray(scores["indices"], dtype=np.int32), np.asarray(scores["data"], dtype=np.float32)
    order = np.lexsort((rows, np.repeat(np.arange(len(starts) - 1), np.diff(starts))))
    return LexicalIndex(data[order], rows[order], starts, [known[i] for i in range(len(starts) - 1)], len(documents))
