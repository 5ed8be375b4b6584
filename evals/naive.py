"""The pipeline that many would build: the same passages, cut by LangChain, embedded, in Chroma, the best one as the answer.

It has what the product has (the passages with their figures filled in, the shipped embedder, the same machine) and none of
its ideas: no parsing, no rules, no words beside the vectors, no refusals. It runs on the same cases under the same grader.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable
from importlib.util import find_spec
from typing import Any

from langchain_core.embeddings import Embeddings

from assistant.flow import Assistant
from assistant.search.dense import Embedder, choose_embedder
from assistant.search.index import make_lexicon
from assistant.search.passages import Passage, all_passages
from assistant.text.numbers import find_quantities
from evals.grade import grade
from evals.run import Outcome

CHUNK, OVERLAP = 400, 50
SEPARATORS = ["\n\n", "\n", "。", "、", ""]
BATCH = 2000
MISSING = "langchain-chroma and langchain-text-splitters are not installed: pip install -e '.[test]'"


def available() -> bool:
    """Whether LangChain's splitter and its Chroma store are installed (extra `test`)."""
    return find_spec("langchain_chroma") is not None and find_spec("langchain_text_splitters") is not None


class ShippedEmbeddings(Embeddings):
    """The product's embedder as LangChain wants it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector for each text."""
        return [self.embed_query(t) for t in texts]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a text."""
        return [float(x) for x in self._embedder.query(text)]


class Naive:
    """The pipeline over the passages of a knowledge."""

    def __init__(self, passages: Iterable[Passage], embedder: Embedder) -> None:
        import chromadb
        from langchain_chroma import Chroma
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(separators=SEPARATORS, chunk_size=CHUNK, chunk_overlap=OVERLAP)
        texts: list[str] = []
        owners: list[dict[str, Any]] = []
        for passage in passages:
            whole = "\n".join(t for t in (passage.heading, passage.topic, passage.text) if t)
            for piece in splitter.split_text(whole):
                texts.append(piece)
                owners.append({"passage": passage.id})
        client = chromadb.EphemeralClient(chromadb.config.Settings(anonymized_telemetry=False))
        self._store = Chroma(
            f"naive-{uuid.uuid4().hex}", ShippedEmbeddings(embedder), client=client, collection_metadata={"hnsw:space": "cosine"}
        )
        for at in range(0, len(texts), BATCH):
            self._store.add_texts(texts[at : at + BATCH], owners[at : at + BATCH])

    def answer(self, question: str) -> str:
        """The best passage for a question."""
        found = self._store.similarity_search(question, k=1)
        return str(found[0].page_content) if found else ""

    def ranked(self, question: str, limit: int) -> list[str]:
        """Ids of the best passages, best first, each once."""
        found = self._store.similarity_search(question, k=limit * 3)
        return list(dict.fromkeys(str(d.metadata["passage"]) for d in found))[:limit]


def open_naive(assistant: Assistant) -> Naive:
    """The pipeline over the knowledge of an assistant, with the embedder of its settings."""
    catalogue, settings = assistant.catalogue, assistant.settings
    shipped = settings.shipped_knowledge / "embedder"
    embedder = choose_embedder(settings.embedder, shipped, lambda: make_lexicon(catalogue))
    if embedder is None:
        raise SystemExit(f"no embedder in {shipped}")
    return Naive(all_passages(catalogue), embedder)


def run_case(case: dict[str, Any], naive: Naive) -> Outcome:
    """One case: the best passage is the answer; every number of it goes out without an entry that proves it."""
    question = " ".join([*(case.get("history") or ()), str(case["question"])])
    started = time.perf_counter()
    text = naive.answer(question)
    took = (time.perf_counter() - started) * 1000
    loose = tuple(q.text for q in find_quantities(text) if not q.ignored)
    return Outcome(case, "answered", grade(case, "answered", text), took, loose, ())
