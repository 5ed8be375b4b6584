"""Grade matches against our own profiles: `python -m evals.match [CASES.jsonl]` from the repository's folder.

A case: `today`, `profile`, `expect`. `expect` names the programme, frame, fit and window of rank 1 and its figures (yen, rate,
deadline day), `excluded` (names of costs left out), `ask` (a word of the question that decides), `not_fit` (programmes that
must not be offered), `none_fits` (nothing is offered as `fits`). The figures were worked out by hand from the sources.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from assistant.flow import open_assistant
from assistant.matching import match_project

CASES = tuple(Path(__file__).parent / "cases" / name for name in ("match_own.jsonl", "match_blind.jsonl"))
_FIGURES = ("subsidy_yen", "cap_yen", "own_funds_yen", "eligible_cost_yen", "rate")


def load_cases(*paths: Path) -> list[dict[str, Any]]:
    """The cases of files, of our own ones if none is named."""
    lines = [line for path in paths or CASES for line in path.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines if line.strip()]


def faults(expect: dict[str, Any], result: dict[str, Any]) -> Iterator[str]:
    """What of a result is not as expected."""
    found = result["candidates"]
    offered = [c for c in found if c["fit"] != "no"]
    for programme in expect.get("not_fit", ()):
        if any(c["programme"] == programme for c in offered):
            yield f"{programme} is offered"
    if expect.get("none_fits") and any(c["fit"] == "fits" for c in found):
        yield f"fits: {[c['programme'] for c in found if c['fit'] == 'fits']}"
    if "programme" in expect:
        yield from _first(expect, found[0])


def _first(expect: dict[str, Any], first: dict[str, Any]) -> Iterator[str]:
    told = {"programme": first["programme"], "frame": first["frame_id"], "fit": first["fit"], "window": first["window"]}
    told |= {n: first["amount"][n] for n in _FIGURES} | {"deadline": (first["deadline"] or "")[:10]}
    for name, wanted in expect.items():
        if name in told and told[name] != wanted:
            yield f"{name}: {told[name]}, expected {wanted}"
    text = " ".join(r["text"] for r in first["reasons"] if r["rule"] == "cost")
    for name in expect.get("excluded", ()):
        if name not in text:
            yield f"{name} is not named as left out"
    if "ask" in expect and expect["ask"] not in (first["ask_next"] or ""):
        yield f"asks {first['ask_next']}, expected {expect['ask']}"


def main() -> int:
    """Print what is wrong and how long a match took."""
    cases = load_cases(*map(Path, sys.argv[1:]))
    catalogue = open_assistant().catalogue
    bad, spent = 0, []
    for case in cases:
        started = time.perf_counter()
        result = match_project(case["profile"], date.fromisoformat(case["today"]), catalogue, case.get("question"))
        spent.append((time.perf_counter() - started) * 1000)
        wrong = list(faults(case["expect"], result))
        bad += bool(wrong)
        for line in wrong:
            print(f"{case['id']}: {line}")
    spent.sort()
    print(f"{len(cases) - bad} of {len(cases)} right; median {spent[len(spent) // 2]:.1f} ms, longest {spent[-1]:.1f} ms")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
