"""Retrieval: which passages a question finds, by words alone, by vectors alone, and as the product searches.

`python -m evals retrieval [FILES]`. A line of `evals/retrieval/*.jsonl`: `id`, `question`, `passages` (ids, any of them
answers), `split`. Results are distinct: one item for several frames, and one text of several editions of a programme, count
once. `product` is what an answer sees: the parsed question, in the editions that it is about. Questions that share no word
with their passages are also counted apart: there the words alone cannot succeed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from assistant.ask.gather_prose import search_prose
from assistant.ask.inquiry import Inquiry
from assistant.ask.route import choose_route
from assistant.flow import Assistant
from assistant.records import Question
from assistant.search.lexical import document_terms
from evals import naive

QUESTIONS = Path(__file__).parent / "retrieval"
TODAY = date(2026, 11, 24)
DEPTH, RECALL_AT = 10, 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the ids of the passages that answer it."""

    id: str
    question: str
    passages: frozenset[str]
    split: str = "open"
    today: date = TODAY


def load_questions(files: Iterable[Path] | None = None, split: str = "all") -> list[Asked]:
    """The questions of the files; of `evals/retrieval` if none are given."""
    out = []
    for path in sorted(QUESTIONS.glob("*.jsonl")) if files is None else files:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                data = json.loads(line)
                today = date.fromisoformat(data["today"]) if data.get("today") else TODAY
                asked = Asked(str(data["id"]), data["question"], frozenset(data.get("passages", ())), data.get("split", "open"), today)
                if split in ("all", asked.split):
                    out.append(asked)
    return out


def searches(assistant: Assistant) -> dict[str, Callable[[Asked], list[str]]]:
    """Each way to search, from a question to passage ids, best first."""
    index, wide = assistant.index, 3 * DEPTH

    def words(asked: Asked) -> list[str]:
        scores = index.lexical.scores(index.terms(asked.question))
        return [index.passages[r].id for r in np.argsort(-scores, kind="stable")[:wide].tolist() if scores[r] > 0]

    def vectors(asked: Asked) -> list[str]:
        near = index.dense.nearest(asked.question, None, wide) if index.dense else []
        return [index.passages[r].id for r, _ in near]

    def hybrid(asked: Asked) -> list[str]:
        return [h.passage.id for h in index.search(asked.question, lambda _: True, limit=wide)]

    def product(asked: Asked) -> list[str]:
        query = assistant.parser.parse(Question(asked.question, asked.today))
        route = choose_route(query, assistant.catalogue, asked.today)
        found = search_prose(Inquiry(query, route, assistant.catalogue, index, asked.today))
        return [h.passage.id for h in found.hits]

    out: dict[str, Callable[[Asked], list[str]]] = {"bm25": words, "dense": vectors, "hybrid": hybrid, "product": product}
    if naive.available():
        pipeline = naive.open_naive(assistant)
        out["naive"] = lambda asked: pipeline.ranked(asked.question, wide)
    return out


def run(asked: list[Asked], assistant: Assistant) -> dict[str, Any]:
    """Recall@5 and MRR@10 of each way to search, over all questions and over those without a shared word.

    Raises:
        SystemExit: A question names a passage that does not exist.
    """
    known = {p.id: row for row, p in enumerate(assistant.index.passages)}
    lost = sorted({p for a in asked for p in a.passages} - set(known))
    if lost:
        raise SystemExit(f"no such passage: {', '.join(lost[:5])} ({len(lost)})")
    same = one_text(assistant)
    ranks = {
        name: [rank(list(dict.fromkeys(same[p] for p in search(a))), frozenset(same[p] for p in a.passages)) for a in asked]
        for name, search in searches(assistant).items()
    }
    apart = [i for i, a in enumerate(asked) if not shares_word(a, assistant, known)]
    return {
        "questions": len(asked), "passages": len(known), "no_shared_word": len(apart),
        "all": {name: figures(r) for name, r in ranks.items()},
        "apart": {name: figures([r[i] for i in apart]) for name, r in ranks.items()},
        "missed": [
            {"id": a.id, "question": a.question, "rank": r}
            for a, r in zip(asked, ranks["product"], strict=True) if (r is None or r > RECALL_AT) and a.split != "held"
        ],
    }  # fmt: skip


def one_text(assistant: Assistant) -> dict[str, str]:
    """For each passage id the first id of its programme with the same text: what reads alike is one result."""
    first: dict[tuple[str | None, str], str] = {}
    out: dict[str, str] = {}
    for passage in assistant.index.passages:
        out.setdefault(passage.id, first.setdefault((passage.programme, passage.text), passage.id))
    return out


def rank(found: list[str], wanted: frozenset[str]) -> int | None:
    """The rank of the first passage that answers, from 1; None if none is found."""
    return next((n for n, id_ in enumerate(found, 1) if id_ in wanted), None)


def figures(ranks: list[int | None]) -> dict[str, float] | None:
    """Recall@5 and MRR@10 of the ranks of the first right passages; None if there are no questions."""
    n = len(ranks)
    if not n:
        return None
    return {
        "recall_at_5": round(sum(r is not None and r <= RECALL_AT for r in ranks) / n, 4),
        "mrr_at_10": round(sum(1 / r for r in ranks if r is not None and r <= DEPTH) / n, 4),
    }


def shares_word(asked: Asked, assistant: Assistant, rows: dict[str, int]) -> bool:
    """Whether a question has an indexed word in common with any of its passages (synonyms count as one word)."""
    index = assistant.index
    mine = set(index.terms(asked.question))
    return any(mine & set(document_terms(index.passages[rows[p]], index.lexicon)) for p in asked.passages)


def table(found: dict[str, Any], show: int) -> str:
    """The figures as text, with at most `show` questions that the product missed."""
    lines = [f"{found['questions']} questions, {found['passages']} passages; no shared word: {found['no_shared_word']}"]
    lines.append(f"{'':10s} recall@5   MRR@10   | no shared word: recall@5   MRR@10")
    for name, f in found["all"].items():
        a = found["apart"][name]
        apart = f"{a['recall_at_5']:24.3f} {a['mrr_at_10']:8.3f}" if a else ""
        lines.append(f"{name:10s} {f['recall_at_5']:8.3f} {f['mrr_at_10']:8.3f}   | {apart}".rstrip())
    lines += [f"- {m['id']} rank {m['rank']} :: {m['question'][:60]}" for m in found["missed"][:show]]
    return "\n".join(lines)
