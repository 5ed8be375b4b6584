"""Documents as parts: each kind, and what cannot be read in one Japanese line."""

from __future__ import annotations

import os
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from samples import PAGE, pdf, word

from assistant.errors import InputError
from assistant.ingest import parts as module
from assistant.ingest.parts import read_file, read_parts
from assistant.records import OwnPart


def test_a_pdf_is_read_page_by_page_with_its_date() -> None:
    reading = read_parts("要領.pdf", pdf("補助上限額は五十万円です", "窓口は商工課です"))
    assert reading.parts == (OwnPart("", 1, "補助上限額は五十万円です"), OwnPart("", 2, "窓口は商工課です"))
    assert reading.as_of == date(2026, 4, 1)
    assert read_parts("x.pdf", pdf("文字", changed="D:20269901")).as_of is None


def test_a_word_file_is_read_by_heading() -> None:
    reading = read_parts("計画.docx", word())
    assert reading.parts == (OwnPart("審査のポイント", None, "計画の妥当性が見られます。"), OwnPart("窓口", None, "申請先\t商工課"))
    assert reading.as_of is not None


def test_a_page_is_read_by_heading_without_scripts() -> None:
    for name, content in (("a.html", PAGE.encode()), ("a.htm", PAGE.replace("utf-8", "shift_jis").encode("cp932"))):
        found = read_parts(name, content).parts
        assert [p.section for p in found] == ["", "対象の経費"]
        assert found[0].text == "はじめに" and found[1].text == "改装費が\n対象です。\n\t窓口\t商工課&観光課".replace("\n\t", "\n")
        assert "盗む" not in str(found) and "color" not in str(found) and "題" not in str(found)


def test_markdown_is_read_by_heading_and_text_whole() -> None:
    text = "前書き\n# 一\n本文\n## 二 ##\n続き\n"
    assert read_parts("a.md", text.encode()).parts == (
        OwnPart("", None, "前書き"), OwnPart("一", None, "本文"), OwnPart("二", None, "続き"),
    )  # fmt: skip
    assert read_parts("a.txt", text.encode("cp932")).parts == (OwnPart("", None, text.strip()),)


def test_codes_of_terminals_and_reversed_writing_are_dropped() -> None:
    (part,) = read_parts("a.txt", "安全\x1b[31m赤\u202e逆\u200b\x00\ud7ff終わり".encode()).parts
    assert part.text == "安全[31m赤逆終わり"


def zipped(size: int) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"0" * size)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.exe", b"MZ", ".pdf"),
        ("noending", b"x", ".docx"),
        ("a.xlsx", b"PK", ".pdf"),
        ("a.txt", b"", "空"),
        ("a.pdf", b" \n", "空"),
        ("a.pdf", b"hello", "PDFとして"),
        ("a.pdf", pdf("文字")[:200], "PDFとして"),
        ("a.pdf", pdf("秘密", encrypted=True), "パスワード"),
        ("a.pdf", pdf(" "), "OCR"),
        ("a.docx", b"\xd0\xcf\x11\xe0 encrypted", "パスワード"),
        ("a.docx", b"PK\x03\x04", "Word"),
        ("a.docx", zipped(10), "Word"),
        ("a.txt", b"\x81\xff\xff", "UTF-8"),
        ("a.md", b"***\n---", "文字がありません"),
        ("a.txt", b"x" * 20_000_001, "大きすぎ"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_with_the_name(name: str, content: bytes, word: str) -> None:
    with pytest.raises(InputError) as error:
        read_parts(name, content)
    assert name in str(error.value) and word in str(error.value) and "\n" not in str(error.value)


def test_a_word_file_that_would_fill_the_memory_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_UNPACKED", 1000)
    with pytest.raises(InputError, match="展開"):
        read_parts("bomb.docx", zipped(2000))


def test_a_file_without_a_date_of_its_own_has_that_of_its_last_change(tmp_path: Path) -> None:
    path = tmp_path / "memo.txt"
    path.write_text("本文", encoding="utf-8")
    os.utime(path, (1_780_242_000, 1_780_242_000))  # 2026-06-01 00:40 in Japan, still May elsewhere
    assert read_file(path).as_of == date(2026, 6, 1)
    with pytest.raises(InputError, match=r"no\.txt"):
        read_file(tmp_path / "no.txt")
