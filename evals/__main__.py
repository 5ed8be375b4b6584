"""`python -m evals [FILES…]` runs cases.

`bench` measures speed, `mutations` the verifier, `coverage` counts cases by rule, `faults` tries a misbehaving language model.
With `--model provider:model` the cases are answered with that language model, and what it brought in is counted.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from assistant.config import Settings
from assistant.flow import open_assistant
from evals.report import summary, table
from evals.run import load_cases, own_files, run_case

THRESHOLDS = Path(__file__).parent / "thresholds.toml"


def main() -> int:
    """Run the cases or the benchmark; 1 if the own cases fall below the thresholds."""
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    parser.add_argument("files", nargs="*", help="case files (JSON lines), the own ones if none; or bench, mutations, coverage, faults")
    parser.add_argument("--split", choices=["open", "held", "all"], default="all")
    parser.add_argument("--model", metavar="PROVIDER:MODEL", help="answer with this language model (SHIRUBE_LLM_BASE_URL counts)")
    parser.add_argument("--cases", type=int, default=40, help="cases for `faults` and `--model`, spread over all")
    parser.add_argument("--show", type=int, default=20, help="failures to print")
    parser.add_argument("--json", type=Path, help="write everything to this file")
    arguments = parser.parse_args()
    if arguments.files == ["faults"] or arguments.model:
        return _with_model(arguments)
    if arguments.files in (["bench"], ["mutations"], ["coverage"]):
        return _of_one_part(arguments)
    with tempfile.TemporaryDirectory() as folder:
        assistant = open_assistant(Settings(data_dir=Path(folder)))
        files = [Path(f) for f in arguments.files] or own_files()
        outcomes = [run_case(c, assistant) for c in load_cases(files, arguments.split)]
    figures = summary(outcomes)
    print(table(figures, arguments.show))
    _write(arguments.json, figures)
    return 0 if arguments.files else _below(figures)


def _of_one_part(arguments: argparse.Namespace) -> int:
    """Speed, the verifier, or what the cases cover."""
    if arguments.files == ["bench"]:
        from evals.bench import bench

        figures = bench()
        print("\n".join(f"{k:28s} {v}" for k, v in figures.items()))
        return _write(arguments.json, figures)
    if arguments.files == ["mutations"]:
        from evals import mutations

        figures = mutations.run(open_assistant(Settings()).catalogue)
        print(mutations.table(figures, arguments.show))
        return _write(arguments.json, figures)
    from evals import coverage

    rules = coverage.load_rules()
    print(coverage.table(rules))
    return _write(arguments.json, {"rules": [dataclasses.asdict(r) for r in rules]})


def _with_model(arguments: argparse.Namespace) -> int:
    """Cases with a language model: a misbehaving one of ours, or a real one; 1 if a wrong number reached the user."""
    from evals import faults

    with tempfile.TemporaryDirectory() as folder:
        assistant = open_assistant(Settings(data_dir=Path(folder), llm=None))
        files = [Path(f) for f in arguments.files if f != "faults"] or own_files()
        every = load_cases(files, arguments.split)
        cases = every[:: max(1, len(every) // max(1, arguments.cases))]
        if arguments.model:
            named = faults.with_model(assistant, Settings(data_dir=Path(folder), llm=arguments.model))
            figures = faults.compare(cases, named)
            print("\n".join(f"{k:12s} {v}" for k, v in figures.items() if k != "bad"))
            print("\n".join(figures["bad"][: arguments.show]))
            bad = figures["reached"]
        else:
            figures = faults.run(cases, assistant)
            print(faults.table(figures, arguments.show))
            bad = figures["all"]["reached"]
    _write(arguments.json, figures)
    return int(bad > 0)


def _write(path: Path | None, figures: dict[str, Any]) -> int:
    if path is not None:
        path.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


def _below(figures: dict[str, Any]) -> int:
    """1 if a share is below its threshold or a count above it."""
    limits = tomllib.loads(THRESHOLDS.read_text(encoding="utf-8"))
    share = figures["passed"] / max(1, figures["total"])
    bad = share < limits["answered_share"] or figures["unproven_numbers"] > limits["unproven_numbers"]
    if bad:
        print(f"below the thresholds of {THRESHOLDS.name}", file=sys.stderr)
    return int(bad)


if __name__ == "__main__":
    sys.exit(main())
