"""Train the model that tells what an amount of money in a question is: `python -m evals roles`.

The texts (`evals/roles/*.jsonl`: q, asked) are questions with a tag around each amount that says its role, written blind to
the code. `test.jsonl` is never trained on: role and cost figures on it, of the rules alone and of the model, are printed.
The model goes to `knowledge/amount_roles.json`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from assistant.ask.amount_features import Features, features
from assistant.ask.amount_roles import COSTS, KEEPS, RoleModel
from assistant.ask.money_told import PLAIN, SMALLEST_COST_YEN, Told, by_rules, surroundings
from assistant.ask.parse import Parser
from assistant.ask.wording import blanked
from assistant.config import Settings
from assistant.records import Question
from assistant.rules.load import AMOUNT_ROLES, Catalogue
from assistant.text.numbers import find_quantities

TEXTS = Path(__file__).parent / "roles"
TEST = "test.jsonl"
TODAY = date(2026, 11, 24)
LABELS = {"unit": "cost", "floor": "line", "profit": "books"}
"""Tags that the model does not tell apart from another role."""
STRENGTH = 1.0
"""Inverse of the regularisation."""
LEAST_SEEN, LEAST_WEIGHT = 2, 0.02
"""Features seen less often, and weights below, are left out of the file."""
_TAG = re.compile(r"<(/?)([a-z]+)>")


@dataclass(frozen=True, slots=True)
class Example:
    """An amount of a labelled question."""

    text: int
    """The number of its question."""
    features: Features
    role: str
    rule: str
    """The role that the rules give."""
    yen: int


def read_examples(files: Iterable[Path], catalogue: Catalogue) -> list[Example]:
    """The amounts of labelled questions as the parser of the product finds them; one that it misses is left out."""
    parser = Parser(catalogue)
    words = {name: re.compile(p) for name, p in catalogue.vocabulary["amount_words"].items()}
    lines = [line for f in sorted(files) for line in f.read_text("utf-8").splitlines() if line.strip()]
    return [x for i, line in enumerate(lines) for x in _examples(i, json.loads(line)["q"], parser, words, catalogue)]


def _examples(number: int, tagged: str, parser: Parser, words: dict[str, re.Pattern[str]], catalogue: Catalogue) -> list[Example]:
    text, labels = untagged(tagged)
    mentions = parser.parse(Question(text, TODAY)).mentions
    named = tuple((m.start, m.end) for m in mentions if any(t.kind in ("programme", "special") for t in m.targets))
    spans = tuple((m.start, m.end) for m in mentions)
    found = tuple(q for q in find_quantities(text) if not q.ignored and not any(a <= q.start and q.end <= b for a, b in spans))
    told = Told(text, blanked(text, named), blanked(text, spans), found)
    around = surroundings(told, by_rules(told, catalogue))
    out = []
    for x, f in zip(around.amounts, features(around, words, catalogue.rates), strict=True):
        role = next((r for a, b, r in labels if a - 1 <= x.q.start < b), None)
        if role is not None:
            out.append(Example(number, f, LABELS.get(role, role), x.role, x.yen))
    return out


def untagged(tagged: str) -> tuple[str, list[tuple[int, int, str]]]:
    """A question without its tags, with the places of what they stood around and their roles."""
    text, labels, at, opened = "", [], 0, 0
    for m in _TAG.finditer(tagged):
        text += tagged[at : m.start()]
        at = m.end()
        if m.group(1):
            labels.append((opened, len(text), m.group(2)))
        else:
            opened = len(text)
    return text + tagged[at:], labels


def train(examples: list[Example]) -> dict[str, Any]:
    """The model as its file holds it: roles, bias by role, weights by feature and role."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([x.features for x in examples])
    fitted = LogisticRegression(C=STRENGTH, max_iter=1000).fit(matrix, [x.role for x in examples])
    roles = [str(r) for r in fitted.classes_]
    seen = np.asarray((matrix != 0).sum(axis=0)).ravel()
    weights: dict[str, dict[str, float]] = {}
    for name, column, times in zip(vectorizer.feature_names_, fitted.coef_.T, seen, strict=True):
        kept = {r: round(float(w), 3) for r, w in zip(roles, column, strict=True) if abs(w) >= LEAST_WEIGHT}
        if times >= LEAST_SEEN and kept:
            weights[name] = kept
    return {"roles": roles, "bias": [round(float(b), 3) for b in fitted.intercept_], "weights": weights}


def figures(examples: list[Example], model: RoleModel) -> dict[str, float]:
    """Shares that are right on labelled amounts: roles, costs, questions all of whose costs are; of the rules and of the model.

    A sum beside its parts is right as a cost and as none, as is an amount too small for a cost. Roles that only the model has a
    name for count as what they are without it, so that the rules are not held to them.
    """
    out = {"amounts": float(len(examples))}
    for who in ("rules", "model"):
        told = [x.rule if who == "rules" else model.role(x.rule, x.features) for x in examples]
        roles = [PLAIN.get(t, t) in {PLAIN.get(k, k) for k in KEEPS[x.role]} for t, x in zip(told, examples, strict=True)]
        costs = [_is_right(t in COSTS, x) for t, x in zip(told, examples, strict=True)]
        texts = {x.text: True for x in examples}
        for ok, x in zip(costs, examples, strict=True):
            texts[x.text] &= ok
        shares = {"roles": roles, "costs": costs, "questions": list(texts.values())}
        out |= {f"{who}: {name}": round(float(np.mean(right)), 3) for name, right in shares.items()}
    return out


def _is_right(counted: bool, x: Example) -> bool:
    return x.role == "total" or x.yen < SMALLEST_COST_YEN or counted == (x.role == "cost")


def run(catalogue: Catalogue, target: Path | None = None) -> dict[str, float]:
    """Train on all texts but the test, write the model, and give its figures on the test.

    Args:
        catalogue: The word tables and names with which the texts are read.
        target: The file of the model, by default the shipped one.
    """
    files = [f for f in TEXTS.glob("*.jsonl") if f.name != TEST]
    data = train(read_examples(files, catalogue))
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    target = target or Settings().shipped_knowledge / AMOUNT_ROLES
    aside = target.with_suffix(".new")
    aside.write_text(content, "utf-8")
    aside.replace(target)
    model = RoleModel.read(content, catalogue.vocabulary["amount_words"])
    return {"weights": float(len(data["weights"])), **figures(read_examples([TEXTS / TEST], catalogue), model)}
