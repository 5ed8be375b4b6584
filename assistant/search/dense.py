"""Vectors of passages in Chroma: a second opinion where the words alone do not decide.

The embedder is the shipped static model (model2vec, no torch) or a hub model (sentence-transformers, extra `dense`).
Chroma always gets our own vectors; its text functions would try to download a model. Both libraries are imported when
a question first needs them.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from assistant.errors import IndexUnavailable
from assistant.search.lexical import Lexicon, document_terms
from assistant.search.passages import Passage

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

CARD, UNKNOWN = "embedder.json", "[UNK]"
BATCH = 5000
"""Chroma takes at most 5,461 rows a call."""
SPACE = {"hnsw": {"space": "cosine", "ef_search": 200, "num_threads": 1}}
GENERAL, STORE = "general", "chroma.sqlite3"


class Embedder(Protocol):
    """What turns texts into vectors; `key` changes whenever its vectors do."""

    key: str

    def passages(self, passages: Sequence[Passage]) -> NDArray[np.float32]:
        """Vectors of passages: float32 `[n_passages, dim]`, rows unit length, or zero where nothing is known."""

    def query(self, text: str) -> NDArray[np.float32]:
        """Vector of a question: float32 `[dim]`, unit length, or zero where no word is known."""


def joined(terms: Sequence[str]) -> str:
    """Words as the static model's tokenizer reads them: a space between words, none within."""
    return " ".join("_".join(t.split()) for t in terms)


class StaticEmbedder:
    """The static model of a folder that `assistant.search.train` wrote."""

    def __init__(self, folder: Path, make_lexicon: Callable[[], Lexicon]) -> None:
        self.folder, self._make_lexicon = folder, make_lexicon
        digest = hashlib.sha256()
        for name in ("model.safetensors", "tokenizer.json"):
            digest.update((folder / name).read_bytes())
        self.key = digest.hexdigest()[:12]

    @cached_property
    def _lexicon(self) -> Lexicon:
        return self._make_lexicon()

    @cached_property
    def _model(self) -> Any:
        from model2vec import StaticModel

        return StaticModel.from_pretrained(self.folder, normalize=True, force_download=False)

    def passages(self, passages: Sequence[Passage]) -> NDArray[np.float32]:
        """Vectors of passages: float32 `[n_passages, dim]`, rows unit length, or zero where no word is known."""
        stop = self._lexicon.stop
        return self._encode([joined([t for t in document_terms(p, self._lexicon) if t not in stop]) for p in passages])

    def query(self, text: str) -> NDArray[np.float32]:
        """Vector of a question: float32 `[dim]`, unit length, or zero where no word is known."""
        vector: NDArray[np.float32] = self._encode([joined(self._lexicon.telling(text))])[0]
        return vector

    def table(self) -> tuple[list[str], NDArray[np.float32]]:
        """Its words as the lexicon has them (spaces within a word as underscores), and their vectors."""
        return list(self._model.tokens), self._model.embedding

    def _encode(self, texts: list[str]) -> NDArray[np.float32]:
        vectors: NDArray[np.float32] = self._model.encode(texts, max_length=None, use_multiprocessing=False)
        return vectors


class HubEmbedder:
    """A model of the hub, or of a local folder, through sentence-transformers.

    Raises:
        IndexUnavailable: The extra `dense` is not installed, or the model cannot be loaded.
    """

    def __init__(self, name: str) -> None:
        if find_spec("sentence_transformers") is None:
            raise IndexUnavailable(
                f"SHIRUBE_EMBEDDER={name} には追加部品 dense が必要です。"
                'pip install "shirube[dense]" を実行するか、SHIRUBE_EMBEDDER を消してください。'
            )
        self.name, self.key = name, hashlib.sha256(name.encode()).hexdigest()[:12]

    @cached_property
    def _model(self) -> Any:
        from sentence_transformers import SentenceTransformer

        try:
            return SentenceTransformer(self.name)
        except (OSError, ValueError, RuntimeError) as error:
            why = "モデルの名前とネットワークを確認してください。"
            raise IndexUnavailable(f"埋め込みモデル {self.name}（SHIRUBE_EMBEDDER）を読み込めません。{why}") from error

    def passages(self, passages: Sequence[Passage]) -> NDArray[np.float32]:
        """Vectors of passages: float32 `[n_passages, dim]`, rows unit length."""
        texts = ["\n".join(t for t in (p.heading, p.topic, p.text) if t) for p in passages]
        vectors: NDArray[np.float32] = self._model.encode_document(texts, normalize_embeddings=True)
        return vectors

    def query(self, text: str) -> NDArray[np.float32]:
        """Vector of a question: float32 `[dim]`, unit length."""
        vector: NDArray[np.float32] = self._model.encode_query(text, normalize_embeddings=True)
        return vector


def choose_embedder(name: str | None, shipped: Path, make_lexicon: Callable[[], Lexicon]) -> Embedder | None:
    """The embedder of the settings: a folder that we trained, a hub model, or the shipped one; None if none is shipped.

    Raises:
        IndexUnavailable: A hub model is asked for without the extra `dense`.
    """
    folder = Path(name) if name else shipped
    if (folder / CARD).is_file():
        return StaticEmbedder(folder, make_lexicon)
    return HubEmbedder(name) if name else None


@dataclass(frozen=True, slots=True)
class Place:
    """Where vectors live: a folder, or a Chroma server if `url` is set."""

    folder: Path
    url: str | None = None


class DenseIndex:
    """The vectors of one knowledge by one embedder, in a collection of their own."""

    def __init__(self, embedder: Embedder, place: Place, version: str) -> None:
        self.embedder, self._place = embedder, place
        self.name = f"shirube-{version}-{embedder.key}"
        self._lock = threading.Lock()
        self._client: Any = None
        self._collection: Any = None

    def build(self, passages: Sequence[Passage]) -> None:
        """Write the vectors of all passages; rows that are there are written again.

        Raises:
            IndexUnavailable: The store cannot be reached or written, or the embedder cannot be loaded.
        """
        import numpy as np

        vectors = self.embedder.passages(passages)
        rows = [int(r) for r in np.flatnonzero(np.abs(vectors).sum(axis=1))] if len(passages) else []
        with self._lock, _chroma_errors(self._place):
            self._client = self._client or _client(self._place)
            collection = self._client.get_or_create_collection(
                self.name, embedding_function=None, configuration=SPACE, metadata={"rows": len(rows)}
            )
            for at in range(0, len(rows), BATCH):
                part = rows[at : at + BATCH]
                collection.upsert(
                    ids=[str(r) for r in part],
                    embeddings=vectors[part],
                    metadatas=[{"at": whereabouts(passages[r])} for r in part],
                )
            self._collection = collection

    def close(self) -> None:
        """Let go of the files and of the connections."""
        with self._lock:
            if self._client is not None:
                _close(self._client)
            self._client = self._collection = None

    def nearest(self, text: str, among: Collection[str] | None, limit: int) -> list[tuple[int, float]]:
        """The nearest passages to a text.

        Args:
            text: The question.
            among: Whereabouts (edition, programme or "general") that may answer; None for all.
            limit: How many to return.

        Returns:
            Row and cosine of each passage, nearest first; none if no word is known.

        Raises:
            IndexUnavailable: The store cannot be read, or does not hold all passages.
        """
        if among is not None and not among:
            return []
        vector = self.embedder.query(text)
        if not vector.any():
            return []
        where = None if among is None else {"at": {"$in": sorted(among)}}
        try:
            found = self._query(vector, where, limit)
        except IndexUnavailable:  # a server that was started again
            self.close()
            found = self._query(vector, where, limit)
        return [(int(i), 1.0 - float(d)) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)]

    def _query(self, vector: NDArray[np.float32], where: dict[str, Any] | None, limit: int) -> Any:
        with _chroma_errors(self._place):
            return self._opened().query(query_embeddings=[vector], n_results=limit, where=where, include=["distances"])

    def _opened(self) -> Any:
        with self._lock:
            if self._collection is None:
                if self._place.url is None and not (self._place.folder / STORE).is_file():
                    raise FileNotFoundError(self._place.folder)  # Chroma would make an empty store
                self._client = self._client or _client(self._place)
                collection = self._client.get_collection(self.name, embedding_function=None)
                if collection.count() != (collection.metadata or {}).get("rows"):
                    raise ValueError(f"{self.name} is not complete")
                self._collection = collection
            return self._collection


def whereabouts(passage: Passage) -> str:
    """What a passage belongs to: its edition, else its programme, else the general part."""
    return passage.edition_id or passage.programme or GENERAL


def _client(place: Place) -> Any:
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if place.url is None:
        return chromadb.PersistentClient(path=str(place.folder), settings=settings)
    url = urlsplit(place.url)
    secure = url.scheme == "https"
    return chromadb.HttpClient(
        host=url.hostname or "localhost", port=url.port or (443 if secure else 8000), ssl=secure, settings=settings
    )


def _close(client: Any) -> None:
    """Close a client, and its connections to a server, which Chroma 1.5 leaves open: its own and those of its administrator."""
    sessions = [getattr(c._server, "_session", None) for c in (client, client._admin_client)]
    client.close()
    for session in sessions:
        if session is not None:
            session.close()


@contextmanager
def _chroma_errors(place: Place) -> Iterator[None]:
    """What Chroma raises, as one error that names the way out."""
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, httpx.HTTPError, OSError, ValueError, RuntimeError, AttributeError) as error:
        # AttributeError: Chroma 1.5 trips over its own clean-up when a store does not open
        if place.url:
            what, way_out = f"Chroma サーバー {place.url}（SHIRUBE_CHROMA_URL）", "動いているか確かめ、"
        else:
            what, way_out = f"ベクトル索引 {place.folder}", ""
        raise IndexUnavailable(f"{what} を使えません。{way_out}shirube index build で作り直してください。") from error
