from __future__ import annotations

import numpy as np
import pytest

from assistant.search.tune import Examples, tuned

pytest.importorskip("torch")
WORDS = np.eye(6, 4, dtype=np.float32) + np.float32(0.1)
EXAMPLES = Examples(
    passages=[[0, 1], [2, 3]],
    groups=[("a", "x", "1"), ("b", "y", "2")],
    questions=[(0, [4]), (0, [4, 0]), (1, [5]), (1, [5, 2])],
)


def cosine(vectors: np.ndarray, left: list[int], right: list[int]) -> float:
    a, b = vectors[left].mean(axis=0), vectors[right].mean(axis=0)
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def test_a_question_comes_nearer_to_its_passage_than_to_another() -> None:
    after = tuned(WORDS, EXAMPLES)
    assert after.shape == WORDS.shape
    assert after.dtype == np.float32

    def lead(vectors: np.ndarray) -> float:
        return cosine(vectors, [4], [0, 1]) - cosine(vectors, [4], [2, 3])

    assert lead(after) > lead(WORDS)


def test_the_same_examples_give_the_same_vectors() -> None:
    np.testing.assert_array_equal(tuned(WORDS, EXAMPLES), tuned(WORDS, EXAMPLES))


def test_without_questions_nothing_moves() -> None:
    assert tuned(WORDS, Examples([[0]], [("a", "x", "1")], [])) is WORDS
