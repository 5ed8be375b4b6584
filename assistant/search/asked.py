"""Questions that people ask, each with the passage that answers it: a new question is answered by what answers its like.

The files are `knowledge/questions/**/*.md`: `# <edition id>` (or `# general`, `# attribute`), `## <item id>`, and a line
`- question` each, written in our own words without the programme's name. Likeness is Dice's coefficient over the words
that two questions share, each word weighed by how telling it is among all questions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import BadFile
from assistant.search.lexical import LexicalIndex, Lexicon


def read_questions(files: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Questions by passage id (`<edition id>#<item id>`), in the order of the files.

    Args:
        files: Text of each file by its name.

    Raises:
        BadFile: A line stands outside an item, or is neither a heading nor a question.
    """
    out: dict[str, list[str]] = {}
    for name, text in files.items():
        for owner, question in _lines(name, text):
            out.setdefault(owner, []).append(question)
    return {owner: tuple(dict.fromkeys(found)) for owner, found in out.items()}


def _lines(name: str, text: str) -> Iterator[tuple[str, str]]:
    edition, item = "", ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("## "):
            item = line[3:].strip()
        elif line.startswith("# "):
            edition, item = line[2:].strip(), ""
        elif line.startswith("- ") and edition and item:
            yield f"{edition}#{item}", line[2:].strip()
        elif line.strip():
            raise BadFile(name, f"{number}行目", "「# 版」「## 項目」「- 質問」のどれかで書いてください。")


class AskedIndex:
    """Stored questions by their words, kept on disk beside the passages.

    Args:
        labels: What the questions belong to: passage ids, attributes.
        owner: int32 `[n_questions]`, the label of each question.
        totals: float32 `[n_questions]`, the weight of all words of each question.
        words: The questions by word; a score is the weight of the words shared.
    """

    def __init__(
        self, labels: list[str], owner: NDArray[np.int32], totals: NDArray[np.float32], words: LexicalIndex
    ) -> None:
        self.labels, self._owner, self._totals, self._words = labels, owner, totals, words

    @classmethod
    def build(cls, questions: Mapping[str, Sequence[str]], lexicon: Lexicon) -> AskedIndex:
        """Index the questions."""
        labels = list(questions)
        owner: list[int] = []
        terms: list[list[str]] = []
        for number, label in enumerate(labels):
            for question in questions[label]:
                owner.append(number)
                terms.append(list(dict.fromkeys(question_terms(question, lexicon))))
        words = _by_word(terms)
        totals = np.asarray([sum(words.weight(t) for t in row) for row in terms], dtype=np.float32)
        return cls(labels, np.asarray(owner, dtype=np.int32), totals, words)

    def alike(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """How alike the nearest question of each label is to a question of these words: float32 `[n_labels]`, 0..1."""
        out = np.zeros(len(self.labels), dtype=np.float32)
        distinct = list(dict.fromkeys(terms))
        mine = sum(self._words.weight(t) for t in distinct)
        if not mine or not len(self._owner):
            return out
        np.maximum.at(out, self._owner, 2 * self._words.scores(distinct) / (self._totals + np.float32(mine)))
        return out

    def save(self, folder: Path) -> None:
        """Write the index to a folder, which is made."""
        folder.mkdir()
        self._words.save(folder)
        np.save(folder / "owner.npy", self._owner)
        np.save(folder / "totals.npy", self._totals)
        (folder / "labels.json").write_text(json.dumps(self.labels, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> AskedIndex:
        """Read an index from a folder.

        Raises:
            OSError: There is none.
            ValueError: Its files do not belong together.
        """
        labels = json.loads((folder / "labels.json").read_bytes())
        owner, totals = np.load(folder / "owner.npy"), np.load(folder / "totals.npy")
        words = LexicalIndex.load(folder)
        if len(owner) != len(totals) or len(owner) != words.n_passages or (len(owner) and owner.max() >= len(labels)):
            raise ValueError(f"{folder}: the files do not belong together")
        return cls(labels, owner, totals, words)


def question_terms(text: str, lexicon: Lexicon) -> list[str]:
    """The words of a question that count for its likeness to others."""
    return lexicon.telling(text)


def _by_word(rows: Sequence[Sequence[str]]) -> LexicalIndex:
    """Rows of distinct words as an index whose scores are the weights of the words shared."""
    held: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        for term in row:
            held.setdefault(term, []).append(number)
    words = list(held)
    starts = np.cumsum([0, *(len(held[w]) for w in words)], dtype=np.int64)
    at = np.asarray([n for w in words for n in held[w]], dtype=np.int32)
    plain = LexicalIndex(np.ones(len(at), dtype=np.float32), at, starts, words, len(rows))
    data = np.asarray([plain.weight(w) for w in words for _ in held[w]], dtype=np.float32)
    return LexicalIndex(data, at, starts, words, len(rows))
