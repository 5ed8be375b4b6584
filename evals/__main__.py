"""`python -m evals [FILES…]` runs cases; one word runs bench, mutations, coverage, baseline, retrieval, roles or faults.

`faults` tries a misbehaving language model; with `--model provider:model` the cases are answered with that model, and what it
brought in is counted.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.config import Settings
from assistant.flow import Assistant, open_assistant
from evals import naive
from evals.report import summary, table
from evals.run import load_cases, own_files, run_case
from evals.thresholds import FILE, missed, read_thresholds


def main() -> int:
    """Run what is asked for; 1 if the own cases fall below the thresholds."""
    arguments = _parser().parse_args()
    what, *rest = arguments.files or [""]
    jobs: dict[str, Callable[[argparse.Namespace, list[Path]], int]] = {
        "bench": _bench, "mutations": _mutations, "coverage": _coverage, "baseline": _baseline,
        "retrieval": _retrieval, "faults": _with_model, "roles": _roles,
    }  # fmt: skip
    if what in jobs:
        return jobs[what](arguments, [Path(f) for f in rest])
    if arguments.model:
        return _with_model(arguments, [Path(f) for f in arguments.files])
    return _cases(arguments, [Path(f) for f in arguments.files])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    parser.add_argument("files", nargs="*", help="JSON lines, the own ones if none; or a word: bench, mutations, …")
    parser.add_argument("--split", choices=["open", "held", "all"], default="all")
    parser.add_argument("--show", type=int, default=20, help="failures to print")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures to this file")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a report; the naive pipeline runs on the same cases")
    parser.add_argument("--baseline", type=Path, metavar="FILE", help="figures of `baseline --json` for the report, instead of a run")
    parser.add_argument("--retrieval", type=Path, metavar="FILE", help="figures of `retrieval --json` for the report")
    parser.add_argument("--mutations", type=Path, metavar="FILE", help="figures of `mutations --json` for the report")
    parser.add_argument("--model", metavar="PROVIDER:MODEL", help="answer with this language model (SHIRUBE_LLM_BASE_URL counts)")
    parser.add_argument("--cases", type=int, default=40, help="cases for `faults` and `--model`, spread over all")
    parser.add_argument("--thresholds", type=Path, metavar="FILE", help=f"judge any files by these; the own cases by {FILE.name}")
    return parser


def _bench(arguments: argparse.Namespace, _files: list[Path]) -> int:
    from evals.bench import bench

    figures = bench()
    print("\n".join(f"{k:28s} {v}" for k, v in figures.items()))
    return _write(arguments.json, figures)


def _mutations(arguments: argparse.Namespace, files: list[Path]) -> int:
    from evals import mutations

    figures = mutations.run(open_assistant(Settings()).catalogue, files)
    print(mutations.table(figures, arguments.show))
    return _write(arguments.json, figures)


def _roles(arguments: argparse.Namespace, _files: list[Path]) -> int:
    from evals import roles

    figures = roles.run(open_assistant(Settings()).catalogue)
    print("\n".join(f"{k:28s} {v}" for k, v in figures.items()))
    return _write(arguments.json, figures)


def _coverage(arguments: argparse.Namespace, _files: list[Path]) -> int:
    from evals import coverage

    rules = coverage.load_rules()
    print(coverage.table(rules))
    return _write(arguments.json, {"rules": [dataclasses.asdict(r) for r in rules]})


def _with_model(arguments: argparse.Namespace, files: list[Path]) -> int:
    """Cases with a language model: a misbehaving one of ours, or a real one; 1 if a wrong number reached the user."""
    from evals import faults

    with tempfile.TemporaryDirectory() as folder:
        assistant = open_assistant(Settings(data_dir=Path(folder), llm=None))
        every = load_cases(files or own_files(), arguments.split)
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


def _cases(arguments: argparse.Namespace, files: list[Path]) -> int:
    cases = load_cases(files or own_files(), arguments.split)
    limits = read_thresholds(arguments.thresholds or FILE)
    with tempfile.TemporaryDirectory() as folder:
        assistant = open_assistant(Settings(data_dir=Path(folder)))
        figures = summary([run_case(c, assistant) for c in cases]) | {"knowledge_version": assistant.catalogue.version}
        print(table(figures, arguments.show))
        _write(arguments.json, figures)
        if arguments.html is not None:
            _report(arguments, figures, cases, assistant)
    if files and arguments.thresholds is None:
        return 0
    below = list(missed(figures, limits))
    print("\n".join(f"below the thresholds: {line}" for line in below), file=sys.stderr, end="\n" if below else "")
    return int(bool(below))


def _report(arguments: argparse.Namespace, figures: dict[str, Any], cases: list[dict[str, Any]], assistant: Assistant) -> None:
    from evals.html import page

    rival = _read(arguments.baseline)
    if rival is None and naive.available():
        rival = _run_naive(cases, assistant)
    text = page(
        figures, read_thresholds(arguments.thresholds or FILE), rival, _read(arguments.retrieval), _read(arguments.mutations)
    )
    _put(arguments.html, text)


def _run_naive(cases: list[dict[str, Any]], assistant: Assistant) -> dict[str, Any]:
    pipeline = naive.open_naive(assistant)
    return summary([naive.run_case(c, pipeline) for c in cases])


def _baseline(arguments: argparse.Namespace, files: list[Path]) -> int:
    if not naive.available():
        print(naive.MISSING, file=sys.stderr)
        return 1
    figures = _run_naive(load_cases(files or own_files(), arguments.split), open_assistant(Settings()))
    print(table(figures, arguments.show))
    return _write(arguments.json, figures)


def _retrieval(arguments: argparse.Namespace, files: list[Path]) -> int:
    from evals import retrieval

    asked = retrieval.load_questions(files or None, arguments.split)
    if not asked:
        print(f"no questions in {retrieval.QUESTIONS}: pass a file", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        figures = retrieval.run(asked, open_assistant(Settings(data_dir=Path(folder))))
    print(retrieval.table(figures, arguments.show))
    return _write(arguments.json, figures)


def _read(path: Path | None) -> dict[str, Any] | None:
    return None if path is None else dict(json.loads(path.read_text(encoding="utf-8")))


def _write(path: Path | None, figures: dict[str, Any]) -> int:
    if path is not None:
        _put(path, json.dumps(figures, ensure_ascii=False, indent=1))
    return 0


def _put(path: Path, text: str) -> None:
    """Write a file aside and rename it."""
    aside = path.with_name(f".{path.name}.new")
    aside.write_text(text, encoding="utf-8")
    os.replace(aside, path)


if __name__ == "__main__":
    sys.exit(main())
