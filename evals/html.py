"""One self-contained HTML page of a run: no script, no file or address beside it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from assistant.rules.values import JST
from evals.thresholds import Thresholds

TEMPLATE = Path(__file__).with_name("report.html")
BAR, ROW, LEFT, WIDE = 11, 34, 130, 640
OURS, THEIRS, LIMIT = "#2471a3", "#b3bcc2", "#b03a2e"
NONE = "—"


def page(
    run: dict[str, Any],
    thresholds: Thresholds,
    naive: dict[str, Any] | None = None,
    retrieval: dict[str, Any] | None = None,
    mutations: dict[str, Any] | None = None,
) -> str:
    """The page.

    Args:
        run: Figures of `evals.report.summary`.
        thresholds: What the run must reach.
        naive: The same figures of the naive pipeline on the same cases.
        retrieval: Figures of `evals.retrieval.run`.
        mutations: Figures of `evals.mutations.run`.
    """
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    kinds = [_kind(kind, run, naive, thresholds) for kind in run["kinds"]]
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8")).render(
        run={"knowledge_version": None, "numbers": [], **run}, naive=naive, retrieval=retrieval, mutations=mutations,
        made_on=datetime.now(JST).strftime("%Y-%m-%d %H:%M"), cards=_cards(run), kinds=kinds, sides=_sides(run, naive),
        bars=Markup(bars(run["kinds"], naive["kinds"] if naive else {}, thresholds)),  # drawn from numbers and escaped labels
        mutation_kinds=sorted({k for f in (mutations or {}).values() for k in f["by_kind"]}),
    )  # fmt: skip


def _share(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f} %" if whole else NONE


def _kind(kind: str, run: dict[str, Any], naive: dict[str, Any] | None, thresholds: Thresholds) -> dict[str, Any]:
    found, limit = run["kinds"][kind], thresholds.kinds.get(kind)
    other = naive["kinds"].get(kind) if naive else None
    return {
        "kind": kind, "total": found["total"], "share": _share(found["passed"], found["total"]),
        "below": limit is not None and found["passed"] < limit * found["total"],
        "threshold": NONE if limit is None else f"{100 * limit:.0f} %",
        "naive": _share(other["passed"], other["total"]) if other else NONE,
    }  # fmt: skip


def _cards(run: dict[str, Any]) -> list[dict[str, str]]:
    def share(title: str, part: str, whole: str) -> dict[str, str]:
        a, b = run[part], run[whole]
        return {"title": title, "value": _share(a, b), "note": f"{a} / {b}", "tone": ""}

    def count(title: str, name: str, note: str) -> dict[str, str]:
        return {"title": title, "value": str(run[name]), "note": note, "tone": "bad" if run[name] else "good"}

    return [
        share("answered rightly", "passed", "total"), share("in 400 characters", "direct", "total"),
        share("rightly refused", "refused_right", "refused_wanted"),
        count("numbers without proof", "unproven_numbers", "of all numbers shown"),
        count("numbers disputed", "disputed_numbers", "by the verifier, reading the text alone"),
        {"title": "latency p50 / p95", "value": f"{run['p50_ms']} / {run['p95_ms']}", "note": "milliseconds", "tone": ""},
    ]  # fmt: skip


def _sides(run: dict[str, Any], naive: dict[str, Any] | None) -> list[tuple[str, str, str]]:
    def both(title: str, show: Any) -> tuple[str, str, str]:
        return title, show(run), show(naive) if naive else NONE

    return [
        both("answered rightly", lambda f: _share(f["passed"], f["total"])),
        both("the answer stands in the first 400 characters", lambda f: _share(f["direct"], f["total"])),
        both("unanswerable, refused", lambda f: _share(f["refused_right"], f["refused_wanted"])),
        both("numbers shown without an entry that proves them", lambda f: str(f["unproven_numbers"])),
        both("latency p50, ms", lambda f: str(f["p50_ms"])),
        both("latency p95, ms", lambda f: str(f["p95_ms"])),
    ]


def bars(kinds: dict[str, Any], others: dict[str, Any], thresholds: Thresholds) -> str:
    """A bar chart as SVG: for each kind our share, the naive pipeline's, and a line at the threshold."""
    from html import escape

    parts = []
    for i, (kind, found) in enumerate(kinds.items()):
        top = i * ROW + 6
        parts.append(f'<text x="{LEFT - 8}" y="{top + 14}" text-anchor="end">{escape(kind)}</text>')
        for n, (figures, colour) in enumerate(((found, OURS), (others.get(kind), THEIRS))):
            if figures and figures["total"]:
                share = figures["passed"] / figures["total"]
                y = top + n * BAR
                parts.append(f'<rect x="{LEFT}" y="{y}" width="{share * WIDE:.1f}" height="{BAR - 1}" fill="{colour}"/>')
                parts.append(f'<text x="{LEFT + share * WIDE + 6:.1f}" y="{y + 9}">{100 * share:.0f} %</text>')
        if kind in thresholds.kinds:
            x = LEFT + thresholds.kinds[kind] * WIDE
            parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top - 2}" y2="{top + 2 * BAR + 2}" stroke="{LIMIT}"/>')
    height = len(kinds) * ROW + 8
    label = "share of cases answered rightly, by kind: Shirube above, naive pipeline below, threshold as a line"
    return f'<svg role="img" aria-label="{label}" viewBox="0 0 {LEFT + WIDE + 60} {height}" width="100%">{"".join(parts)}</svg>'
