"""Run cases through `answer_question` and collect what matters of each answer."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.ask.verify import verify_text
from assistant.flow import Assistant, answer_question
from assistant.records import Answer, Question
from assistant.text.numbers import find_quantities
from evals.grade import Grade, grade

CASES = Path(__file__).parent / "cases"
OWN = (
    "lookup", "compute", "dates_editions", "costs", "robust", "fineprint", "variants", "rules_words",
    "blind_a", "blind_b", "blind_c", "blind_d", "blind_e", "blind_f",
    "blind_g", "blind_h", "blind_i", "blind_j", "blind_k",
    "blind_l", "blind_m", "blind_n", "blind_o", "blind_p", "blind_q", "blind_r", "blind_s", "blind_t",
    "blind_u", "blind_v", "blind_w", "blind_x", "blind_y", "blind_za", "blind_zb", "blind_zc", "blind_zd", "blind_ze",
    "blind_zf", "blind_zg", "blind_zh", "blind_zi", "blind_zj", "blind_zk", "blind_zl", "blind_zm", "blind_zn",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case run: its grade, the time it took, numbers without an entry, numbers that the verifier calls wrong."""

    case: dict[str, Any]
    status: str
    grade: Grade
    milliseconds: float
    unproven: tuple[str, ...]
    disputed: tuple[str, ...]


def load_cases(files: Iterable[Path], split: str = "all") -> list[dict[str, Any]]:
    """The cases of the files, one JSON object a line, those of one split only if it is not "all"."""
    out = []
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                case = json.loads(line)
                if "question" in case and split in ("all", case.get("split", "open")):
                    out.append(case)
    return out


def own_files() -> list[Path]:
    """The product's own case files."""
    return [CASES / f"{name}.jsonl" for name in OWN if (CASES / f"{name}.jsonl").is_file()]


def run_case(case: dict[str, Any], assistant: Assistant) -> Outcome:
    """One case, through the same code path as every door."""
    question = Question(
        str(case["question"]), date.fromisoformat(case.get("today", "2026-11-24")), tuple(case.get("history") or ()),
        case.get("profile"), case.get("id"),
    )  # fmt: skip
    started = time.perf_counter()
    answer = answer_question(question, assistant)
    took = (time.perf_counter() - started) * 1000
    return Outcome(
        case, answer.status.value, grade(case, answer.status.value, answer.text), took, unproven(answer), disputed(answer, assistant)
    )


def unproven(answer: Answer) -> tuple[str, ...]:
    """Numbers of an answer that no figure and no step carries."""
    have = [f.text for f in answer.figures] + [s for f in answer.figures for s in f.steps]
    bare = [h.replace(" ", "") for h in have]
    out = []
    for quantity in find_quantities(answer.text):
        text = quantity.text.replace(" ", "")
        if not quantity.ignored and not any(h in text or text in h for h in bare if h):
            out.append(quantity.text)
    return tuple(out)


def disputed(answer: Answer, assistant: Assistant) -> tuple[str, ...]:
    """Numbers taken from the catalogue that the independent verifier, reading the text alone, calls wrong."""
    mine = [f.text for f in answer.figures if f.verdict != "sourced"] + [s for f in answer.figures for s in f.steps]
    found = verify_text(answer.text, assistant.catalogue, answer.today)
    return tuple(n.text for n in found.numbers if n.verdict == "wrong" and not any(n.text in m for m in mine))
