"""How well each passage answers a question, seen from several sides at once.

Its words (BM25), its words together with those of the questions that it answers, its short strings of characters (they see
through inflection, spelling and compounds that are cut differently), its vector, the mean vector of the questions that it
answers, and that of the nearest of them. The weights were chosen on stored questions that were held out, and on the open
questions of `evals/retrieval`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log, sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.search.lexical import LexicalIndex, Lexicon, document_terms, indexed
from assistant.search.passages import Passage
from assistant.search.vectors import Vectors

WORDS, EXPANDED, CHARACTERS, VECTOR, ASKED_MEAN, ASKED_NEAREST = 0.5, 0.5, 60.0, 30.0, 15.0, 5.0
"""What BM25 of the words, BM25 of the words with the questions, and four cosines weigh."""
STRINGS = (1, 2, 3)
"""Lengths of the strings of characters."""
ALIKE = 0.35
"""Cosine below which a neighbour without a word in common is none."""
_APART = re.compile(r"[\s、。，．・,.?？!！「」『』（）()：:]+")
PARTS = "expanded", "characters"


class Ranking:
    """What ranks passages, kept on disk beside the index of their words.

    Args:
        expanded: Passages by their words and those of their questions.
        characters: Passages by their strings; a score is the weight of a string in the passage, rows unit length.
        vectors: Passages and questions by a static model; None if there is none.
    """

    def __init__(self, expanded: LexicalIndex, characters: LexicalIndex, vectors: Vectors | None) -> None:
        self._expanded, self._characters, self._vectors = expanded, characters, vectors

    @classmethod
    def build(
        cls,
        passages: Sequence[Passage],
        questions: Mapping[str, Sequence[str]],
        lexicon: Lexicon,
        model: tuple[list[str], NDArray[np.float32], NDArray[np.float32]] | None = None,
    ) -> Ranking:
        """Index passages with the questions by passage id.

        Args:
            passages: The passages.
            questions: Questions by passage id; other labels are passed over.
            lexicon: The words that count.
            model: Words of a static model, their vectors, and the vectors of the passages.
        """
        row = {p.id: i for i, p in reversed(list(enumerate(passages)))}
        asked = [(row[label], lexicon.telling(q)) for label, found in questions.items() if label in row for q in found]
        documents = [document_terms(p, lexicon) for p in passages]
        for owner, terms in asked:
            documents[owner] += terms
        characters = by_strings([" ".join((p.topic, *p.also, p.text)) for p in passages])
        return cls(indexed(documents), characters, None if model is None else Vectors.build(*model, asked))

    def merit(self, text: str, terms: list[str], words: NDArray[np.float32]) -> NDArray[np.float32]:
        """How well each passage answers a text: float32 `[n_passages]`, 0 where nothing speaks for it.

        Args:
            text: The question.
            terms: Its telling words.
            words: BM25 of these words in each passage.
        """
        expanded = self._expanded.scores(terms)
        merit = WORDS * words + EXPANDED * expanded
        found = expanded > 0
        if self._vectors is not None:
            near, mean, nearest = self._vectors.near(terms)
            merit += VECTOR * near + ASKED_MEAN * mean + ASKED_NEAREST * nearest
            found |= np.maximum(near, nearest) >= ALIKE
        merit += CHARACTERS * self._likeness(text)
        return np.where(found, np.maximum(merit, 0), 0).astype(np.float32)

    def _likeness(self, text: str) -> NDArray[np.float32]:
        """Cosine of a text and each passage over strings of characters: float32 `[n_passages]`."""
        counted = Counter(strings(text))
        weight = {x: (1 + log(n)) * self._characters.weight(x) for x, n in counted.items()}
        length = sqrt(sum(w * w for w in weight.values()))
        return self._characters.weighed({x: w / length for x, w in weight.items()}) if length else self._characters.scores([])

    def save(self, folder: Path) -> None:
        """Write the ranking to a folder, which is made."""
        for name, index in zip(PARTS, (self._expanded, self._characters), strict=True):
            (folder / name).mkdir(parents=True)
            index.save(folder / name)
        if self._vectors is not None:
            self._vectors.save(folder)

    @classmethod
    def load(cls, folder: Path, with_vectors: bool) -> Ranking:
        """Read a ranking from a folder.

        Raises:
            OSError: There is none.
            ValueError: Its files do not belong together.
        """
        expanded, characters = (LexicalIndex.load(folder / name) for name in PARTS)
        return cls(expanded, characters, Vectors.load(folder) if with_vectors else None)


def strings(text: str) -> list[str]:
    """The strings of one to three characters of a text, width and case aside, signs left out."""
    plain = _APART.sub("", unicodedata.normalize("NFKC", text).lower())
    return [plain[i : i + n] for n in STRINGS for i in range(len(plain) - n + 1)]


def by_strings(texts: Sequence[str]) -> LexicalIndex:
    """Texts by their strings of characters, damped counts times idf, each text unit length."""
    held: dict[str, list[tuple[int, float]]] = {}
    for number, text in enumerate(texts):
        for string, count in Counter(strings(text)).items():
            held.setdefault(string, []).append((number, 1 + float(np.log(count))))
    names = list(held)
    starts = np.cumsum([0, *(len(held[n]) for n in names)], dtype=np.int64)
    rows = np.asarray([r for n in names for r, _ in held[n]], dtype=np.int32)
    plain = LexicalIndex(np.ones(len(rows), dtype=np.float32), rows, starts, names, len(texts))
    data = np.asarray([c for n in names for _, c in held[n]]) * np.repeat([plain.weight(n) for n in names], np.diff(starts))
    lengths = np.sqrt(np.bincount(rows, weights=data**2, minlength=len(texts)))
    return LexicalIndex((data / lengths[rows]).astype(np.float32), rows, starts, names, len(texts))
