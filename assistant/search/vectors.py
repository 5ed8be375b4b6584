"""Vectors of a static model in plain arrays: passages and stored questions near a question, in a fraction of a millisecond.

A static model is a table of word vectors, and a text is the mean of its words. The index keeps the table beside the
vectors of its texts, so that a question needs neither a model library nor a vector store.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ARRAYS = ("table", "passages", "means", "questions", "owner")


class Vectors:
    """Word vectors, and the vectors of passages and of the questions that they answer.

    Args:
        words: Words of the model, in the order of `table`.
        table: float32 `[n_words, dim]`, as long as the word tells.
        passages: float32 `[n_passages, dim]`, rows unit length or zero.
        means: float32 `[n_passages, dim]`, of the questions that each answers, rows unit length or zero.
        questions: float32 `[n_questions, dim]`, rows unit length or zero.
        owner: int32 `[n_questions]`, the row of the passage that answers each question.
    """

    def __init__(
        self,
        words: list[str],
        table: NDArray[np.float32],
        passages: NDArray[np.float32],
        means: NDArray[np.float32],
        questions: NDArray[np.float32],
        owner: NDArray[np.int32],
    ) -> None:
        self._words, self._table, self._passages, self._means = words, table, passages, means
        self._questions, self._owner = questions, owner
        self._row = {w: i for i, w in enumerate(words)}

    @classmethod
    def build(
        cls,
        words: list[str],
        table: NDArray[np.float32],
        passages: NDArray[np.float32],
        questions: Sequence[tuple[int, Sequence[str]]],
    ) -> Vectors:
        """From a model, the vectors of passages, and rows of passages with the words of a question each answers."""
        owner = np.asarray([row for row, _ in questions], dtype=np.int32)
        asked = np.zeros((len(owner), table.shape[1]), dtype=np.float32)
        plain = cls(words, table, passages, np.zeros_like(passages), asked, owner)
        for number, (_, terms) in enumerate(questions):
            asked[number] = plain.vector(terms)
        np.add.at(plain._means, owner, asked)
        lengths = np.linalg.norm(plain._means, axis=1, keepdims=True)
        np.divide(plain._means, lengths, out=plain._means, where=lengths > 0)
        return plain

    def vector(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """The vector of a text from its words: float32 `[dim]`, unit length, or zero where no word is known."""
        rows = [self._row[t] for t in terms if t in self._row]
        mean: NDArray[np.float32] = self._table[rows].sum(axis=0, dtype=np.float32)
        length = float(np.linalg.norm(mean))
        return mean / np.float32(length) if length else mean

    def near(self, terms: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """Cosine of each passage, of the mean of its questions, of the nearest (0 if there is none): float32 `[n_passages]`."""
        vector = self.vector(terms)
        nearest = np.zeros(len(self._passages), dtype=np.float32)
        if not vector.any():
            return nearest, nearest, nearest
        # not `@`: BLAS shares so small a product among threads, which wait for one another where cores are busy
        np.maximum.at(nearest, self._owner, np.vecdot(self._questions, vector))
        return np.vecdot(self._passages, vector), np.vecdot(self._means, vector), nearest

    def save(self, folder: Path) -> None:
        """Write the vectors to a folder that exists."""
        for name, array in zip(ARRAYS, (self._table, self._passages, self._means, self._questions, self._owner), strict=True):
            np.save(folder / f"vectors-{name}.npy", array)
        (folder / "vectors.json").write_text(json.dumps(self._words, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Vectors:
        """Map vectors from a folder.

        Raises:
            OSError: There are none.
            ValueError: Its files do not belong together.
        """
        words = json.loads((folder / "vectors.json").read_bytes())
        table, passages, means, questions, owner = (np.load(folder / f"vectors-{n}.npy", mmap_mode="r") for n in ARRAYS)
        whole = len(words) == len(table) and len(questions) == len(owner) and len(means) == len(passages)
        if not whole or (len(owner) and owner.max() >= len(passages)):
            raise ValueError(f"{folder}: the files do not belong together")
        # plain arrays: an index into a mapped file costs ten times as much
        arrays = (np.asarray(a) for a in (table, passages, means, questions, owner))
        return cls(words, *arrays)
