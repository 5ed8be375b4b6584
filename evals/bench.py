"""Speed: catalogue, index, answers in process, the cold command, the verifier. Measured here, never asserted in tests."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from assistant.ask.verify import verify_text
from assistant.config import Settings
from assistant.drafting.draft import draft_document
from assistant.drafting.render_docx import render_docx
from assistant.drafting.render_xlsx import render_xlsx
from assistant.flow import open_assistant
from assistant.matching import match_project
from assistant.rules.load import load_catalogue
from assistant.rules.strict_yaml import read_yaml
from assistant.search.index import build_index
from evals.draft import COMPANIES
from evals.run import load_cases, own_files, run_case

COLD = "持続化補助金の締切はいつですか"


def bench() -> dict[str, Any]:
    """All measurements, in milliseconds unless the name says otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder))
        shipped = settings.shipped_knowledge
        out: dict[str, Any] = {
            "catalogue_yaml_ms": _best(lambda: load_catalogue(shipped), 3),
            "catalogue_first_ms": _best(lambda: load_catalogue(shipped, None, settings.cache_dir), 1),
            "catalogue_cached_ms": _best(lambda: load_catalogue(shipped, None, settings.cache_dir), 5),
        }
        assistant = open_assistant(settings)
        out["index_build_ms"] = _best(lambda: build_index(assistant.catalogue, settings), 1)
        cases = load_cases(own_files(), "open")
        for case in cases[:40]:
            run_case(case, assistant)
        times = sorted(run_case(c, assistant).milliseconds for c in cases)
        out |= {"answers": len(times), "answer_p50_ms": round(median(times), 1), "answer_p95_ms": round(times[int(len(times) * 0.95)], 1)}
        out["verifier_ms_per_sentence"] = _verifier(assistant.catalogue)
        out |= _other_jobs(assistant.catalogue)
        cold = sorted(_cold(folder) for _ in range(5))
        out |= {"cold_ask_best_ms": cold[0], "cold_ask_median_ms": cold[2]}
    return out


def _best(work: Callable[[], object], times: int) -> float:
    found = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        found.append((time.perf_counter() - started) * 1000)
    return round(min(found), 1)


def _verifier(catalogue: Any) -> float:
    text = "持続化補助金の通常枠の補助上限額は50万円です。補助率は2/3です。申請締切は2026年12月15日（火） 17:00です。"
    verify_text(text, catalogue, date(2026, 11, 24))
    return round(_best(lambda: verify_text(text, catalogue, date(2026, 11, 24)), 20) / 3, 3)


def _other_jobs(catalogue: Any) -> dict[str, float]:
    """One match, and one full draft with its docx and xlsx."""
    today = date(2026, 11, 24)
    profile = {"employees": 8, "industry": "製造業その他", "project": {"description": "新しい機械で省力化する", "cost_yen": 5_000_000}}
    company = {k: v for k, v in read_yaml(COMPANIES / "inn.yaml").items() if k != "expect"}

    def whole_draft() -> None:
        made = draft_document(company, today, catalogue)
        render_docx(made)
        render_xlsx(made)

    match_project(profile, today, catalogue)
    return {"match_ms": _best(lambda: match_project(profile, today, catalogue), 10), "draft_ms": _best(whole_draft, 3)}


def _cold(folder: str) -> float:
    environment = {**os.environ, "SHIRUBE_DATA_DIR": folder}
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "assistant", "ask", COLD], env=environment, check=True, capture_output=True)
    return round((time.perf_counter() - started) * 1000, 1)
