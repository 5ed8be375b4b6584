"""The built wheel, installed into an environment outside the checkout, finds its knowledge and answers."""

from __future__ import annotations

import importlib.util
import json
import os
import site
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
QUESTION = "持続化補助金の通常枠の上限は？"
pytestmark = pytest.mark.wheel


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("SHIRUBE_", "PYTHONPATH", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [str(c) for c in command], cwd=cwd, capture_output=True, timeout=300, check=False, text=True, encoding="utf-8",
        env={**inherited, "PYTHONIOENCODING": "utf-8", **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if importlib.util.find_spec("hatchling") is None or importlib.util.find_spec("build") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("hatchling and build are part of the extra `test`")
        pytest.skip("hatchling or build is not installed (pip install -e '.[test]')")
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, cwd=ROOT)
    (built,) = out.glob("shirube-*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel alone and sees the libraries of this one behind it, without its checkout."""
    folder = tmp_path_factory.mktemp("venv")
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=folder)
    (own,) = folder.glob("lib/python*/site-packages") if os.name != "nt" else [folder / "Lib" / "site-packages"]
    # A plain path, not site.addsitedir: .pth files there (an editable install) would lead back to the checkout.
    (own / "libraries.pth").write_text("\n".join(site.getsitepackages()) + "\n", encoding="utf-8")
    return python


def test_the_wheel_carries_knowledge_page_and_licence(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for path in (ROOT / "knowledge").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert f"assistant/_knowledge/{path.relative_to(ROOT / 'knowledge').as_posix()}" in names
    assert "assistant/_ui/app.py" in names and any(n.endswith("LICENSE") for n in names)
    assert not any(n.startswith(("tests/", "evals/")) or "__pycache__" in n for n in names)


def test_the_installed_package_finds_its_own_knowledge(python: Path, tmp_path: Path) -> None:
    code = "import assistant.config as c; print(c.__file__); print(c.Settings().shipped_knowledge)"
    where, knowledge = run(python, "-c", code, cwd=tmp_path).splitlines()
    inside = python.parent.parent.resolve()
    assert Path(where).resolve().is_relative_to(inside) and Path(knowledge).resolve().is_relative_to(inside)
    assert Path(knowledge).name == "_knowledge" and not Path(knowledge).resolve().is_relative_to(ROOT)


def test_the_installed_command_answers_elsewhere(python: Path, tmp_path: Path) -> None:
    command = python.with_name("shirube.exe" if os.name == "nt" else "shirube")
    data = {"SHIRUBE_DATA_DIR": str(tmp_path / "data")}
    out = run(command, "ask", QUESTION, "--json", "--today", "2026-11-24", cwd=tmp_path, **data)
    answer = json.loads(out)
    assert answer["status"] == "answered" and "50万円" in answer["answer"]
    assert any((f["text"], f["kind"], f["edition_id"]) == ("50万円", "cap", "jizokuka/2026-r20") for f in answer["figures"])
    assert "知識ファイルに誤りはありません" in run(command, "check", cwd=tmp_path, **data)
    assert (tmp_path / "data").is_dir()
