"""The user's documents: kept, cut, found, replaced, forgotten."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import IndexUnavailable, NotFound
from assistant.records import OwnPart
from assistant.search.lexical import Lexicon
from assistant.search.library import CHUNK, Library, cut

DAY = date(2026, 11, 24)


def library(folder: Path) -> Library:
    return Library(folder / "documents", lambda: Lexicon([["締切", "期限"]], ["補助金", "する"]), "test")


def add(to: Library, name: str, *texts: str) -> str:
    return to.add(name, f"/{name}", [OwnPart("見出し", n, t) for n, t in enumerate(texts, 1)], date(2026, 4, 1), DAY).id


def even(_word: str) -> float:
    return 1.0


def test_a_document_is_found_by_what_it_says(tmp_path: Path) -> None:
    kept = library(tmp_path)
    assert kept.empty and kept.search("窓口", even) == []
    add(kept, "a.pdf", "空き店舗の改装の期限は春です。", "窓口は商工課です。")
    add(kept, "b.txt", "有給休暇は半年で付きます。")
    (best, *_) = kept.search("空き店舗を改装する締切", even)
    assert (best.document.name, best.part.page, best.part.text) == ("a.pdf", 1, "空き店舗の改装の期限は春です。")
    assert best.coverage == 1.0 and best.shared >= 3
    assert kept.search("天気", even) == []
    again = library(tmp_path)
    assert [d.name for d in again.documents()] == ["a.pdf", "b.txt"] and again.documents()[0].pages == 2
    assert [h.part for h in again.search("窓口", even)] == [OwnPart("見出し", 2, "窓口は商工課です。")]


def test_a_document_that_another_process_added_or_removed_is_seen(tmp_path: Path) -> None:
    one, other = library(tmp_path), library(tmp_path)
    add(one, "a.txt", "窓口は商工課です。")
    assert one.search("窓口", even)
    id_ = add(other, "b.txt", "商工課の窓口の電話です。")
    assert {h.document.name for h in one.search("窓口", even)} == {"a.txt", "b.txt"}
    other.remove(id_)
    assert {h.document.name for h in one.search("窓口", even)} == {"a.txt"}
    assert len(list((tmp_path / "documents" / "index").iterdir())) == 1


def test_the_same_file_again_replaces_the_older(tmp_path: Path) -> None:
    kept = library(tmp_path)
    assert add(kept, "a.txt", "古い窓口です。") == add(kept, "a.txt", "新しい窓口です。")
    assert [h.part.text for h in kept.search("窓口", even)] == ["新しい窓口です。"]


def test_the_same_text_twice_is_shown_once(tmp_path: Path) -> None:
    kept = library(tmp_path)
    add(kept, "a.txt", "窓口は商工課です。")
    add(kept, "b.txt", "窓口は商工課です。")
    assert len(kept.search("窓口", even)) == 1


def test_what_is_not_there_cannot_be_removed(tmp_path: Path) -> None:
    for wrong in ("0" * 16, "../secret", ""):
        with pytest.raises(NotFound):
            library(tmp_path).remove(wrong)


def test_a_broken_file_is_left_out(tmp_path: Path) -> None:
    kept = library(tmp_path)
    add(kept, "a.txt", "窓口は商工課です。")
    (kept.folder / f"{'0' * 16}.json").write_text("{", encoding="utf-8")
    (kept.folder / f"{'1' * 16}.json").write_text(json.dumps({"format": "0"}), encoding="utf-8")
    assert len(kept.documents()) == 1 and len(kept.search("窓口", even)) == 1


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "documents").write_text("")
    with pytest.raises(IndexUnavailable, match="SHIRUBE_DATA_DIR"):
        add(library(tmp_path), "a.txt", "本文")


def test_passages_are_short_and_lose_nothing() -> None:
    text = "\n".join(["一行目です。" * 30, "短い行", "切れ目のない" * 200, "終わり。"])
    chunks = [c.text for c in cut(OwnPart("節", 3, text))]
    assert all(0 < len(c) <= CHUNK for c in chunks)
    assert "".join("".join(chunks).split()) == "".join(text.split())
