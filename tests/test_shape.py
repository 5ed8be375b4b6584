"""The shape of the tree: who may import whom, how long a module is, and that no programme's figure stands in code."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "assistant"
MODULES = sorted(PACKAGE.rglob("*.py"))
MAX_LINES = 400

BASE = {"records", "errors", "config", "text"}
TOOLS = {"rules", "search", "llm", "store", "ingest"}
STEPS = {"ask", "matching", "drafting"}
FLOW = {"flow"}
DOORS = {
    "api", "api_calendar", "api_docs", "api_documents", "api_draft", "api_match", "calendar_door", "cli", "diff_door", "documents_door",
    "doors", "draft_door", "listing", "match_door", "wire", "__main__", "__init__",
}  # fmt: skip
MAY_IMPORT = {
    "text": {"text"}, "errors": set(), "records": set(), "config": {"errors"},
    "rules": {"rules", "errors"},
    "search": {"search", "rules", "text", "errors", "records", "config"},
    "llm": {"llm", "text", "errors", "records", "config"},
    "store": {"store", "errors", "records", "config"}, "ingest": {"ingest", "errors", "records", "config", "text"},
    **dict.fromkeys(STEPS, STEPS | TOOLS | BASE), "flow": STEPS | TOOLS | BASE,
    **dict.fromkeys(DOORS, DOORS | FLOW | STEPS | TOOLS | BASE),
}  # fmt: skip
"""The ownership map of README.md: a part on the left imports only parts on the right."""

AT_A_DOOR_ONLY = {("rules/proof.py", "config")}  # `python -m assistant.rules.proof` reads the settings inside main()
LIBRARIES = {"rules": {"pydantic", "yaml"}, "text": {"sudachipy", "rapidfuzz"}}
"""Third-party packages of the parts that run without model, index and network."""

TOP_LEVEL = {
    ".ci", ".dockerignore", ".git", ".gitattributes", ".gitignore", ".python-version", ".streamlit", "Dockerfile", "LICENSE",
    "MANIFEST.in", "README.ja.md", "README.md", "assistant", "compose.yaml", "constraints.txt", "evals", "knowledge",
    "pyproject.toml", "tests", "ui",
}  # fmt: skip

LARGE = {
    "text/normalize.py": "code points of Unicode",
    "text/words.py": "sizes of caches and inputs",
    "ask/names.py": "size of a cache",
    "ask/verify/grams.py": "size of a cache",
    "doors.py": "the longest text that a door takes, in characters",
    "api.py": "the largest body that the API takes, in bytes",
    "ingest/parts.py": "the largest Word document unpacked, in bytes",
    "ingest/read.py": "the largest file that is read, in bytes",
}
"""Modules with an integer of 10,000 or more that is no power of ten (万, 億) or two, and what it is."""


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}: relative import"
            yield str(node.module)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def parts_imported(path: Path) -> set[str]:
    return {m.split(".")[1] for m in imported(path) if m.startswith("assistant.")}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_one_way(path: Path) -> None:
    allowed = MAY_IMPORT[part_of(path)]
    wrong = {p for p in parts_imported(path) - allowed if (name_of(path), p) not in AT_A_DOOR_ONLY}
    assert not wrong, f"{name_of(path)} may not import {', '.join(sorted(wrong))}"
    assert not {m.split(".")[0] for m in imported(path)} & {"ui", "evals", "tests"}


@pytest.mark.parametrize("part", sorted(LIBRARIES))
def test_rules_and_text_need_no_framework(part: str) -> None:
    import sys

    for path in sorted((PACKAGE / part).rglob("*.py")):
        foreign = {m.split(".")[0] for m in imported(path)} - set(sys.stdlib_module_names) - {"assistant"}
        assert foreign <= LIBRARIES[part], f"{name_of(path)} imports {foreign - LIBRARIES[part]}"


@pytest.mark.parametrize("path", [*MODULES, *sorted(ROOT.glob("ui/*.py")), *sorted(ROOT.glob("evals/**/*.py"))], ids=str)
def test_a_module_is_read_in_one_sitting(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MAX_LINES, f"{lines} lines"


def test_public_names_are_sorted() -> None:
    for path in MODULES:
        for node in tree_of(path).body:
            if isinstance(node, ast.Assign) and [t.id for t in node.targets if isinstance(t, ast.Name)] == ["__all__"]:
                names = ast.literal_eval(node.value)
                assert names == sorted(names), name_of(path)


def constants(path: Path) -> Iterator[ast.Constant]:
    """Constants of a module that are not docstrings."""
    tree = tree_of(path)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    yield from (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in told)


def is_scale(number: int) -> bool:
    """Powers of ten (万, 億, limits) and of two (buffers) are nobody's figure."""
    return str(number).strip("0") == "1" or number & (number - 1) == 0


def test_no_amount_of_a_programme_stands_in_code() -> None:
    found = {
        (name_of(path), node.value)
        for path in MODULES
        for node in constants(path)
        if type(node.value) is int and abs(node.value) >= 10_000 and not is_scale(node.value)
    }
    assert {name for name, _ in found} <= set(LARGE), sorted(f for f in found if f[0] not in LARGE)


def test_no_figure_of_a_programme_stands_in_words() -> None:
    figure = re.compile(r"\d万円|\d億円|(?<![\d/.])[1-9]/[2-9](?![\d/])|\d分の\d|\d[%％]|[2-9]\d人|20\d\d年")
    found = [
        f"{name_of(path)}:{node.lineno} {node.value[:60]!r}"
        for path in MODULES
        for node in constants(path)
        if isinstance(node.value, str) and figure.search(node.value)
    ]
    assert found == []


def test_no_name_of_a_programme_decides_in_code() -> None:
    """A special case for a programme belongs into its data."""
    ids = {p.name for p in (ROOT / "knowledge" / "programmes").iterdir() if p.is_dir()}
    found = [
        f"{name_of(path)}:{node.lineno} {node.value}"
        for path in MODULES
        for node in constants(path)
        if isinstance(node.value, str) and node.value.split("/")[0] in ids
    ]
    assert found == []


def test_the_top_level_is_fixed() -> None:
    """A new file at the top is a decision; what tools leave behind is in .gitignore."""
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split() if line]
    found = {p.name for p in ROOT.iterdir() if not any(Path(p.name).match(pattern) for pattern in ignored)}
    assert found <= TOP_LEVEL, sorted(found - TOP_LEVEL)


def test_knowledge_is_data_only() -> None:
    endings = {p.suffix for p in (ROOT / "knowledge").rglob("*") if p.is_file()}
    assert endings <= {".yaml", ".md", ".docx", ".json", ".safetensors"}


def test_no_path_of_a_machine_stands_in_the_tree() -> None:
    pattern = re.compile(r"(?<![A-Za-z0-9_.])/(work|farm|root|home|opt)/")
    kept = [*MODULES, *ROOT.glob("*.md"), *ROOT.glob("*.txt"), *ROOT.glob("*.toml"), *ROOT.glob("ui/*.py"), ROOT / ".ci" / "run"]
    for folder in ("knowledge", "tests", "evals"):
        kept += [p for p in (ROOT / folder).rglob("*") if p.suffix in {".py", ".md", ".yaml", ".jsonl"} and p != Path(__file__)]
    assert [p.relative_to(ROOT).as_posix() for p in kept if p.is_file() and pattern.search(p.read_text(encoding="utf-8"))] == []


def test_the_readme_and_the_ci_share_their_command() -> None:
    install = 'pip install -q -c constraints.txt -e ".[test]"'
    assert install.replace(" -q", "") in (ROOT / "README.md").read_text(encoding="utf-8")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert install.replace("pip ", 'pip" ') in script and script.rstrip().splitlines()[-1].endswith('pytest"')


@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_every_install_of_the_readme_takes_the_tried_versions(name: str) -> None:
    installs = re.findall(r"pip install [^`&]*", (ROOT / name).read_text(encoding="utf-8"))
    assert len(installs) >= 3 and [i for i in installs if not i.startswith("pip install -c constraints.txt ")] == []


def test_constraints_cover_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["test"], *extras["dense"], *extras["openai"]]
    pinned = {
        line.split("==")[0].lower().replace("_", "-")
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    }
    names = {re.split(r"[\[<>=;~! ]", w)[0].lower().replace("_", "-") for w in wanted} - {"shirube", "tzdata"}
    assert names <= pinned, names - pinned
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "+cpu" not in text and "file:" not in text and "://" not in text
