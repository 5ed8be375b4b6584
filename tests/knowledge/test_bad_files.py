"""One defect a file: loading names the file and the place, and says in Japanese what is wrong and how to mend it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from assistant.errors import BadFile
from assistant.rules.load import load_catalogue

TINY = Path(__file__).parents[1] / "data" / "knowledge"
BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))


def head(text: str, key: str) -> list[str]:
    return re.findall(rf"^# {key}: (.+)$", text, re.MULTILINE)


@pytest.mark.parametrize("path", BAD, ids=lambda p: p.stem)
def test_the_defect_is_named(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    knowledge = Path(shutil.copytree(TINY, tmp_path / "knowledge"))
    load_catalogue(knowledge)
    (name,), says = head(text, "file"), head(text, "says")
    (knowledge / name).write_text(text, encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        load_catalogue(knowledge)
    message = str(caught.value)
    assert says and all(word in message for word in says), message
    assert re.search(r"[ぁ-ん]", message) and "\n" not in message
    assert "Value error" not in message and "Input should" not in message and "should match" not in message


def test_a_file_of_another_encoding_is_named(tmp_path: Path) -> None:
    knowledge = Path(shutil.copytree(TINY, tmp_path / "knowledge"))
    (knowledge / "articles").mkdir()
    for name in ("articles/a.md", "programmes/mihon/programme.yaml"):
        path = knowledge / name
        kept = path.read_bytes() if path.exists() else None
        path.write_bytes("id: 見本".encode("cp932"))
        with pytest.raises(BadFile, match="UTF-8で保存し直して"):
            load_catalogue(knowledge)
        path.unlink() if kept is None else path.write_bytes(kept)


def test_an_empty_folder_is_no_knowledge(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"general\.yaml"):
        load_catalogue(tmp_path)
