"""Fine-tune word vectors so that a question lies near the passage that answers it (extra `dense`: torch).

Contrastive: within a batch each stored question shall be nearer to its own passage, and to another question of that
passage, than to those of all others. Passages of one item or one topic are no counter-examples of each other. All words
move by one linear map, and each by a step of its own that is held short, so that thousands of examples do not unlearn
what the whole text taught.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexUnavailable

if TYPE_CHECKING:
    from torch import Tensor

EPOCHS, BATCH, RATE, TEMPERATURE = 8, 512, 1e-3, 0.07
DROPPED = 0.15
"""Share of a question's words that are left out each time."""
SHORT, STEADY = 0.25, 0.01
"""Price of a word's own step, and of a change of its length."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Questions with the passages that answer them.

    Args:
        passages: Words of each passage, by number.
        groups: For each passage what it must not be set against its like in: item, topic, text.
        questions: Passage, and words by number, of each question; no question is empty.
    """

    passages: Sequence[Sequence[int]]
    groups: Sequence[tuple[str, ...]]
    questions: Sequence[tuple[int, Sequence[int]]]


def tuned(vectors: NDArray[np.float32], examples: Examples) -> NDArray[np.float32]:
    """Word vectors after training, same shape and order; the same input gives the same vectors on the same machine.

    Raises:
        IndexUnavailable: torch is not installed.
    """
    if not examples.questions:
        return vectors
    try:
        import torch
    except ImportError as error:
        raise IndexUnavailable('学習には追加部品 dense が必要です。pip install "shirube[dense]" で入ります。') from error
    before = torch.get_num_threads()
    torch.set_num_threads(1)  # sums in one order; the batches are too small to share
    try:
        return _Tuner(vectors, examples).run()
    finally:
        torch.set_num_threads(before)


class _Tuner:
    """The parameters and the batches of one training."""

    def __init__(self, vectors: NDArray[np.float32], examples: Examples) -> None:
        import torch

        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        self._units = torch.from_numpy(np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0))
        self._first = torch.from_numpy(np.log(np.maximum(lengths.ravel() / lengths.mean(), 1e-3)).astype(np.float32))
        self._map = torch.eye(vectors.shape[1]).requires_grad_()
        self._steps = torch.zeros(vectors.shape).requires_grad_()
        self._lengths = self._first.clone().requires_grad_()
        self._examples, self._random = examples, np.random.default_rng(0)
        self._groups = [torch.from_numpy(np.unique(column, return_inverse=True)[1]) for column in zip(*examples.groups, strict=True)]
        self._asked: dict[int, list[int]] = {}
        for number, (passage, _) in enumerate(examples.questions):
            self._asked.setdefault(passage, []).append(number)

    def run(self) -> NDArray[np.float32]:
        import torch

        step = torch.optim.Adam([{"params": [self._map], "lr": RATE / 3}, {"params": [self._steps, self._lengths], "lr": RATE}])
        for _ in range(EPOCHS):
            order = self._random.permutation(len(self._examples.questions))
            for at in range(0, len(order), BATCH):
                loss = self._loss(order[at : at + BATCH].tolist())
                step.zero_grad()
                loss.backward()
                step.step()
        with torch.no_grad():
            out: NDArray[np.float32] = self._words().numpy()
        return np.ascontiguousarray(out)

    def _words(self) -> Tensor:
        return (self._units @ self._map + self._steps) * self._lengths.exp()[:, None]

    def _loss(self, batch: list[int]) -> Any:
        import torch
        from torch.nn.functional import cross_entropy

        words, found = self._words(), self._examples.questions
        owners = [found[n][0] for n in batch]
        asked = self._means(words, [self._dropped(found[n][1]) for n in batch])
        like = self._means(words, [self._sibling(n) for n in batch])
        passages = self._means(words, [self._examples.passages[p] for p in owners])
        rows, own = torch.tensor(owners), torch.arange(len(batch))
        same = torch.zeros(len(batch), len(batch), dtype=torch.bool)
        for group in self._groups:
            same |= group[rows][:, None] == group[rows]
        same.fill_diagonal_(False)
        loss = SHORT * (self._steps**2).sum(1).mean() + STEADY * ((self._lengths - self._first) ** 2).mean()
        for other in (passages, like):
            loss = loss + cross_entropy((asked @ other.T / TEMPERATURE).masked_fill(same, -1e4), own)
        return loss

    def _means(self, words: Tensor, rows: Sequence[Sequence[int]]) -> Tensor:
        """Texts by their words: unit length."""
        import torch
        from torch.nn.functional import embedding_bag, normalize

        flat = torch.tensor([w for row in rows for w in row])
        starts = torch.tensor(np.cumsum([0, *(len(r) for r in rows[:-1])]))
        return normalize(embedding_bag(flat, words, starts, mode="mean"), dim=1)

    def _dropped(self, row: Sequence[int]) -> Sequence[int]:
        kept = [w for w, chance in zip(row, self._random.random(len(row)), strict=True) if chance > DROPPED]
        return kept or row

    def _sibling(self, number: int) -> Sequence[int]:
        """The words of another question of the same passage; of the passage if there is none."""
        passage = self._examples.questions[number][0]
        others = [n for n in self._asked[passage] if n != number]
        return self._examples.questions[self._random.choice(others)][1] if others else self._examples.passages[passage]
