"""BM25 over Sudachi's normalised words, with headings counted more and synonym groups of the vocabulary."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.search.passages import Passage
from assistant.text.words import Word, words

K1, B = 0.9, 0.4
TOPIC_WEIGHT, ALSO_WEIGHT = 3, 2


class Lexicon:
    """Words as the index counts them: synonyms become one word, single kana are dropped."""

    def __init__(self, synonyms: list[list[str]], stop_words: list[str]) -> None:
        self._same: dict[str, str] = {}
        for group in synonyms:
            forms = [self._forms(w) for w in group]
            head = "+".join(forms[0])
            for form in forms:
                if len(form) == 1:
                    self._same[form[0]] = head
        self.stop = {f for w in stop_words for f in self._forms(w)}

    @staticmethod
    def _forms(word: str) -> list[str]:
        return [w.form for w in words(word)]

    def terms(self, text: str) -> list[str]:
        """The words of a text that the index counts, in order."""
        return [self._same.get(w.form, w.form) for w in words(text) if counts(w)]

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
    """A BM25 index of passages, kept on disk."""

    def __init__(self, retriever: Any, documents: list[list[str]]) -> None:
        self._retriever = retriever
        self.documents = [frozenset(d) for d in documents]
        counted: dict[str, int] = {}
        for document in self.documents:
            for term in document:
                counted[term] = counted.get(term, 0) + 1
        n = max(1, len(documents))
        self.idf = {t: math.log(1 + (n - c + 0.5) / (c + 0.5)) for t, c in counted.items()}
        self.rarest = math.log(1 + (n + 0.5) / 0.5)

    @classmethod
    def build(cls, passages: tuple[Passage, ...], lexicon: Lexicon) -> LexicalIndex:
        """Index passages; a few seconds for some thousands."""
        import bm25s

        documents = [document_terms(p, lexicon) or ["_"] for p in passages]
        retriever = bm25s.BM25(k1=K1, b=B)
        retriever.index(documents, show_progress=False)
        return cls(retriever, documents)

    def save(self, folder: Path) -> None:
        """Write the index to a folder."""
        self._retriever.save(str(folder / "bm25"))
        (folder / "terms.json").write_text(json.dumps([sorted(d) for d in self.documents], ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Read an index from a folder; OSError if there is none."""
        import bm25s

        retriever = bm25s.BM25.load(str(folder / "bm25"), mmap=False)
        return cls(retriever, json.loads((folder / "terms.json").read_text(encoding="utf-8")))

    def scores(self, terms: list[str]) -> NDArray[np.float32]:
        """BM25 scores, float32 `[n_passages]`, in the order of the passages."""
        known = [t for t in terms if t in self.idf]
        if not known:
            return np.zeros(len(self.documents), dtype=np.float32)
        scores: NDArray[np.float32] = self._retriever.get_scores(known)
        return scores

    def weight(self, term: str) -> float:
        """How much a word tells (idf); a word that no passage has weighs most."""
        return self.idf.get(term, self.rarest)

    def coverage(self, terms: list[str], row: int) -> float:
        """Share of the weight of `terms` that a passage contains, 0..1; 1 for no terms."""
        distinct = set(terms)
        total = sum(self.weight(t) for t in distinct)
        if not total:
            return 1.0
        have = self.documents[row]
        return sum(self.weight(t) for t in distinct if t in have) / total
