"""Train the static embedder on our own knowledge: `python -m assistant.search.train OUT` (extra `dense`).

Words that keep the same company get like vectors: co-occurrence counts within a window, positive pointwise mutual
information, a truncated SVD, unit length, times idf. A text is the mean of its words. Then the vectors are tuned with the
stored questions (`tune`), so that a question lies near the passage that answers it. The result is a folder that
sentence-transformers loads as a StaticEmbedding and model2vec reads without torch. The same knowledge gives the same
files on the same machine.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assistant.config import read_settings
from assistant.errors import AssistantError, IndexUnavailable
from assistant.rules.load import load_catalogue
from assistant.search.asked import read_questions
from assistant.search.dense import CARD, UNKNOWN, joined
from assistant.search.lexical import Lexicon, document_terms
from assistant.search.passages import Passage, all_passages
from assistant.search.tune import Examples, tuned

if TYPE_CHECKING:
    from assistant.rules.load import Catalogue

DIMENSIONS = 128
WINDOW = 5
CONTEXT_POWER = 0.75
"""Damps the contexts that are everywhere."""
FORMAT = 2


def rows_of(passages: Sequence[Passage], lexicon: Lexicon) -> list[list[str]]:
    """The telling words of each passage, topic and other names first and repeated as the index counts them."""
    return [[t for t in document_terms(p, lexicon) if t not in lexicon.stop] for p in passages]


def examples_of(
    passages: Sequence[Passage], texts: Sequence[Sequence[str]], questions: Mapping[str, Sequence[Sequence[str]]], words: Sequence[str]
) -> Examples:
    """What to tune with.

    Args:
        passages: The passages.
        texts: The telling words of each.
        questions: The telling words of questions by passage id.
        words: All words, in the order of their vectors.
    """
    number = {w: i for i, w in enumerate(words)}
    row = {p.id: i for i, p in reversed(list(enumerate(passages)))}
    asked = [
        (row[label], [number[t] for t in terms])
        for label, found in questions.items() if label in row and texts[row[label]]
        for terms in found if terms
    ]  # fmt: skip
    groups = [(p.item_id, p.topic, p.text) for p in passages]
    return Examples([[number[t] for t in dict.fromkeys(r)] for r in texts], groups, asked)


def word_vectors(sentences: Sequence[Sequence[str]], dimensions: int = DIMENSIONS) -> tuple[list[str], NDArray[np.float32]]:
    """Words and their vectors.

    Args:
        sentences: Rows of words.
        dimensions: Length of a vector; fewer if there are few words.

    Returns:
        The words in order of their code points, and float32 `[n_words, dimensions]` in the same order, rows as long as their idf.
    """
    words = sorted({w for s in sentences for w in s})
    number = {w: i for i, w in enumerate(words)}
    rows = [[number[w] for w in s] for s in sentences]
    vectors = _factors(_informative(_counted(rows, len(words))), min(dimensions, len(words) - 1))
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return words, np.ascontiguousarray(units * _idf(rows, len(words))[:, None], dtype=np.float32)


def _counted(rows: Sequence[Sequence[int]], n_words: int) -> Any:
    """Symmetric co-occurrence counts, a neighbour at distance d counting 1/d: scipy csr float64 `[n_words, n_words]`."""
    from scipy.sparse import coo_matrix

    left: list[int] = []
    right: list[int] = []
    weight: list[float] = []
    for row in rows:
        for i, word in enumerate(row):
            for distance, other in enumerate(row[i + 1 : i + 1 + WINDOW], 1):
                left += (word, other)
                right += (other, word)
                weight += (1 / distance, 1 / distance)
    return coo_matrix((weight, (left, right)), shape=(n_words, n_words)).tocsr()


def _informative(counts: Any) -> Any:
    """Positive pointwise mutual information of counts, same shape."""
    table = counts.tocoo()
    totals = np.asarray(counts.sum(axis=1)).ravel()
    damped = totals**CONTEXT_POWER
    expected = totals[table.row] * damped[table.col] / damped.sum()
    table.data = np.maximum(np.log(table.data / expected), 0.0)
    table = table.tocsr()
    table.eliminate_zeros()
    return table


def _factors(table: Any, dimensions: int) -> NDArray[np.float64]:
    """Left singular vectors times the root of their values, strongest first, signs fixed: float64 `[n_words, dimensions]`."""
    from scipy.sparse.linalg import svds

    start = np.random.default_rng(0).standard_normal(table.shape[0])
    left, strength, _ = svds(table, k=dimensions, v0=start)
    order = np.argsort(-strength)
    left, strength = left[:, order], strength[order]
    signs = np.sign(left[np.abs(left).argmax(axis=0), np.arange(left.shape[1])])
    factors: NDArray[np.float64] = left * signs * np.sqrt(strength)
    return factors


def _idf(rows: Sequence[Sequence[int]], n_words: int) -> NDArray[np.float64]:
    """How telling each word is, float64 `[n_words]`."""
    held = np.zeros(n_words)
    for row in rows:
        held[list(set(row))] += 1
    return np.log(1 + (len(rows) - held + 0.5) / (held + 0.5))


def save_embedder(words: Sequence[str], vectors: NDArray[np.float32], folder: Path, knowledge_version: str) -> None:
    """Write a StaticEmbedding folder, replacing what is there.

    Args:
        words: Words of the lexicon.
        vectors: float32 `[n_words, dimensions]`, in the order of `words`.
        folder: Where to write; made if absent.
        knowledge_version: What the vectors were learnt from, for the card.

    Raises:
        IndexUnavailable: sentence-transformers is not installed.
        OSError: The folder cannot be written, or holds other files.
    """
    try:
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer.modules import StaticEmbedding
        from tokenizers import Tokenizer
        from tokenizers.models import WordLevel
        from tokenizers.pre_tokenizers import WhitespaceSplit
    except ImportError as error:
        raise IndexUnavailable('学習には追加部品 dense が必要です。pip install "shirube[dense]" で入ります。') from error
    tokenizer = Tokenizer(WordLevel({UNKNOWN: 0} | {joined([w]): i for i, w in enumerate(words, 1)}, unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    weights = np.ascontiguousarray(np.vstack([np.zeros((1, vectors.shape[1]), dtype=np.float32), vectors]))
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu")
    card = {"format": FORMAT, "words": len(words), "dimensions": int(vectors.shape[1]), "trained_on": knowledge_version}
    make_room(folder)
    with tempfile.TemporaryDirectory() as aside:
        model.save(aside, create_model_card=False)
        for old in folder.iterdir():
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        for file in sorted(Path(aside).rglob("*")):
            target = folder / file.relative_to(aside)
            if file.is_dir():
                target.mkdir()
            else:
                target.write_bytes(file.read_bytes())
    (folder / CARD).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def make_room(folder: Path) -> None:
    """Make the folder; FileExistsError if it holds anything but an embedder of ours."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()) and not (folder / CARD).is_file():
        raise FileExistsError(f"{folder} には別のファイルがあります。空のフォルダか、前に学習したフォルダを指定してください。")


def train(catalogue: Catalogue, lexicon: Lexicon, folder: Path) -> int:
    """Train on a catalogue and write the folder; returns the number of words."""
    make_room(folder)
    passages = all_passages(catalogue)
    texts = rows_of(passages, lexicon)
    questions = {k: [lexicon.telling(q) for q in found] for k, found in read_questions(catalogue.questions).items()}
    words, vectors = word_vectors([*texts, *(q for found in questions.values() for q in found)])
    vectors = tuned(vectors, examples_of(passages, texts, questions, words))
    save_embedder(words, vectors, folder, catalogue.version)
    return len(words)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command: train on the shipped knowledge (with the user's overlay) and write to OUT."""
    from assistant.search.index import make_lexicon

    reader = argparse.ArgumentParser(prog="python -m assistant.search.train", description=__doc__)
    reader.add_argument("out", type=Path, help="folder to write; its content is replaced")
    out: Path = reader.parse_args(arguments).out
    try:
        settings = read_settings()
        catalogue = load_catalogue(settings.shipped_knowledge, settings.knowledge_dir)
        count = train(catalogue, make_lexicon(catalogue), out)
    except (AssistantError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{count:,}語を学習し、{out} に書きました。\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
