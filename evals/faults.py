"""`python -m evals faults`: wrong numbers injected by a misbehaving model, and how many reached the user (goal 0).

The same cases are asked without a model and with one that misbehaves in one way; whatever number, or number with the words
that it belongs to, the second answer has and the first has not is wrong, unless a tool of ours added it with its proof.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.ask.phrase import Phraser, open_phraser
from assistant.config import Settings
from assistant.flow import Assistant, stream_answer
from assistant.llm.breaker import Breaker
from assistant.llm.client import LangChainModel
from assistant.records import Answer, Question
from assistant.text.numbers import find_quantities
from evals.fault_server import BREAKS, LIE, LIES, PASSING, TOOLS, URL, FaultServer, fault_server
from evals.run import disputed, unproven

KINDS = (*LIES, *PASSING, *TOOLS, *BREAKS)
SLOW = ("stall", "stall_midway", "drip")
SLOW_CASES = 6
SECONDS = 4.0
SLOW_SECONDS = 0.4
_WORD = re.compile(r"[一-龥ァ-ヴー々A-Za-z]+")
_MARKS = (LIE, URL, "HACKED", "九百万", "９００万", "きゅうひゃくまん", "{f:", "{u:", "{n:", "{s:")


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as a user gets it in a stream: its pieces, and the whole."""

    pieces: tuple[str, ...]
    answer: Answer
    milliseconds: float


def ask(question: Question, assistant: Assistant, with_model: bool = True) -> Told:
    """The answer to a question, streamed."""
    started = time.perf_counter()
    items = list(stream_answer(question, assistant, with_model))
    answer = items[-1]
    assert isinstance(answer, Answer)  # noqa: S101  the last item is
    return Told(tuple(x for x in items if isinstance(x, str)), answer, 1000 * (time.perf_counter() - started))


def reached(told: Told, template: Answer, assistant: Assistant, tools: bool) -> tuple[str, ...]:
    """What a user got that is not so: numbers that the template's answer has not, or not beside these words.

    Args:
        told: The answer with a model.
        template: The answer to the same question without one.
        assistant: The knowledge.
        tools: Whether lines of ours, with proven numbers, may have been added.
    """
    answer = told.answer
    marks = [m for m in _MARKS if m in answer.text and m not in template.text]
    if not answer.text.startswith("".join(told.pieces)):
        marks.append("streamed text that is not the answer's")
    if not tools:
        return (*marks, *(_pairs(answer.text) - _pairs(template.text)).elements())
    lost = _pairs(template.text) - _pairs(answer.text)
    loose = Counter(unproven(answer)) - Counter(unproven(template))
    false = Counter(disputed(answer, assistant)) - Counter(disputed(template, assistant))
    return (*marks, *lost.elements(), *loose.elements(), *false.elements())


def _pairs(text: str) -> Counter[str]:
    """Each number with the word before it in its line."""
    out: Counter[str] = Counter()
    for line in text.split("\n"):
        for q in find_quantities(line):
            if not q.ignored:
                words = _WORD.findall(line[: q.start])
                out[f"{words[-1] if words else ''} {q.text}"] += 1
    return out


def with_faults(assistant: Assistant, server: FaultServer, seconds: float = SECONDS) -> Assistant:
    """The assistant with the server as its model."""
    settings = assistant.settings.model_copy(
        update={"llm": "openai:faulty", "llm_base_url": server.url, "llm_timeout_seconds": seconds}
    )
    return with_model(assistant, settings)


def with_model(assistant: Assistant, settings: Settings) -> Assistant:
    """The same knowledge, parser and index, with the model of the settings."""
    other = replace(assistant, settings=settings)
    other.__dict__.update(parser=assistant.parser, index=assistant.index, phraser=open_phraser(settings))
    return other


def untired(assistant: Assistant) -> None:
    """Forget the failures so far: what is measured is the fault, not the rest that the breaker gives."""
    phraser = assistant.phraser
    assert isinstance(phraser, Phraser)  # noqa: S101  it was set
    if isinstance(phraser.model, LangChainModel):
        phraser.model.backoff_seconds = 0.01
    assistant.__dict__["phraser"] = replace(phraser, breaker=Breaker(time.monotonic))


def run(cases: list[dict[str, Any]], assistant: Assistant, kinds: Iterable[str] = KINDS) -> dict[str, Any]:
    """Counts for each kind of fault, and for all."""
    questions = [_question(c) for c in cases]
    templates = [ask(q, assistant, with_model=False).answer for q in questions]
    out: dict[str, Any] = {}
    with fault_server() as server:
        quick, slow = with_faults(assistant, server), with_faults(assistant, server, SLOW_SECONDS)
        for kind in kinds:
            server.mode, server.injected, server.bodies = kind, 0, []
            some = SLOW_CASES if kind in SLOW else len(questions)
            chosen = list(zip(questions, templates, strict=True))[:some]
            out[kind] = _measure(chosen, slow if kind in SLOW else quick, kind in TOOLS)
            out[kind] |= {"requests": len(server.bodies), "injected": server.injected}
    names = ("cases", "requests", "injected", "reached", "phrased")
    return {"kinds": out, "all": {n: sum(k[n] for k in out.values()) for n in names}}


def _measure(chosen: list[tuple[Question, Answer]], assistant: Assistant, tools: bool) -> dict[str, Any]:
    phrased, times, bad = 0, [], []
    for question, template in chosen:
        untired(assistant)
        told = ask(question, assistant)
        phrased += told.answer.engine != "embedded"
        times.append(told.milliseconds)
        bad += [f"{question.text[:30]} → {x}" for x in reached(told, template, assistant, tools)]
        if told.answer.status != template.status and not tools:
            bad.append(f"{question.text[:30]} → {told.answer.status.value}")
    times.sort()
    p95 = round(times[int(0.95 * len(times))]) if times else 0
    return {"cases": len(chosen), "reached": len(bad), "phrased": phrased, "p95_ms": p95, "bad": bad}


def compare(cases: list[dict[str, Any]], assistant: Assistant) -> dict[str, Any]:
    """The same counts for a real model that the settings name: what it brought in that the templates have not."""
    questions = [_question(c) for c in cases]
    pairs = [(q, ask(q, assistant, with_model=False).answer) for q in questions]
    found = _measure(pairs, assistant, tools=True)
    meter = assistant.phraser.model.meter if assistant.phraser and isinstance(assistant.phraser.model, LangChainModel) else None
    spent = {"calls": meter.calls, "tokens_in": meter.total.sent, "tokens_out": meter.total.received} if meter else {}
    return {**found, **spent}


def _question(case: dict[str, Any]) -> Question:
    day = date.fromisoformat(case.get("today", "2026-11-24"))
    return Question(str(case["question"]), day, tuple(case.get("history") or ()), case.get("profile"))


def table(figures: dict[str, Any], show: int) -> str:
    """The figures as text."""
    lines = [f"{'fault':22s} {'cases':>5s} {'requests':>8s} {'injected':>8s} {'reached':>7s} {'phrased':>7s} {'p95 ms':>7s}"]
    for kind, f in figures["kinds"].items():
        lines.append(
            f"{kind:22s} {f['cases']:5d} {f['requests']:8d} {f['injected']:8d} {f['reached']:7d} {f['phrased']:7d} {f['p95_ms']:7d}"
        )
        lines += [f"    {b}" for b in f["bad"][:show]]
    a = figures["all"]
    lines.append(f"wrong numbers injected {a['injected']}, reached the user {a['reached']}")
    lines.append(f"{a['cases']} answers, {a['phrased']} of them in the model's words, {a['requests']} requests")
    return "\n".join(lines)
