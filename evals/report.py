"""Tables and JSON of a run."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from evals.run import Outcome


def summary(outcomes: list[Outcome]) -> dict[str, Any]:
    """The figures of a run: by kind, refusals, numbers, latency in milliseconds, failures."""
    kinds: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for o in outcomes:
        kinds[str(o.case.get("kind", "other"))][0] += o.grade.passed
        kinds[str(o.case.get("kind", "other"))][1] += 1
    times = sorted(o.milliseconds for o in outcomes)
    refused = [o for o in outcomes if o.case.get("status") == "refused"]
    return {
        "total": len(outcomes),
        "passed": sum(o.grade.passed for o in outcomes),
        "direct": sum(o.grade.direct for o in outcomes),
        "refused_right": sum(o.status == "refused" for o in refused),
        "refused_wanted": len(refused),
        "unproven_numbers": sum(len(o.unproven) for o in outcomes),
        "disputed_numbers": sum(len(o.disputed) for o in outcomes),
        "p50_ms": round(times[len(times) // 2], 1) if times else 0,
        "p95_ms": round(times[int(len(times) * 0.95)], 1) if times else 0,
        "kinds": {k: {"passed": p, "total": n} for k, (p, n) in sorted(kinds.items())},
        "failures": [
            {"id": o.case.get("id"), "kind": o.case.get("kind"), "why": o.grade.why, "question": o.case["question"]}
            for o in outcomes
            if not o.grade.passed and o.case.get("split") != "held"
        ],
        "numbers": [
            {"id": o.case.get("id"), "unproven": list(o.unproven), "disputed": list(o.disputed)}
            for o in outcomes
            if (o.unproven or o.disputed) and o.case.get("split") != "held"
        ],
    }


def table(figures: dict[str, Any], show: int) -> str:
    """A run's figures as text, with at most `show` failures (held cases are only counted)."""
    lines = [f"{k:14s} {v['passed']:4d}/{v['total']}" for k, v in figures["kinds"].items()]
    total = max(1, figures["total"])
    lines += [
        f"answered rightly   {figures['passed']}/{figures['total']} = {100 * figures['passed'] / total:.1f} %",
        f"in 400 characters  {figures['direct']}/{figures['total']}",
        f"rightly refused    {figures['refused_right']}/{figures['refused_wanted']}",
        f"unproven numbers   {figures['unproven_numbers']}",
        f"disputed by the verifier  {figures['disputed_numbers']}",
        f"latency p50 {figures['p50_ms']} ms, p95 {figures['p95_ms']} ms",
    ]
    lines += [f"- {f['id']} [{f['kind']}] {f['why']} :: {f['question'][:60]}" for f in figures["failures"][:show]]
    return "\n".join(lines)
