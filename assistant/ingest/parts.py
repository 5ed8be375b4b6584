"""A user's own document as parts: PDF by page, Word, HTML, Markdown and text by heading; nothing in it is ever executed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path, PurePath
from typing import Any
from zipfile import BadZipFile, ZipFile
from zoneinfo import ZoneInfo

from assistant.errors import InputError
from assistant.ingest.html import html_parts
from assistant.ingest.pdf import pdf_parts
from assistant.ingest.read import MAX_BYTES, block_text, decode_text
from assistant.records import OwnPart, Reading

MOST = f"{MAX_BYTES // 1_000_000}MB"
JAPAN = ZoneInfo("Asia/Tokyo")
MAX_UNPACKED = 200_000_000
_HEADING = re.compile(r"#{1,6}\s+(.+?)\s*#*$")
_KEPT = "\n\t"


def read_file(path: Path) -> Reading:
    """The parts of a file.

    Raises:
        InputError: It is missing, too large, of another kind, encrypted, broken, or holds no text.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path.name}: ファイルが大きすぎます（上限 {MOST}）。分けて渡してください。")
        changed = datetime.fromtimestamp(path.stat().st_mtime, JAPAN).date()
        reading = read_parts(path.name, path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: 開けません。ファイル名と場所を確認してください。") from error
    return Reading(reading.parts, reading.as_of or changed)


def read_parts(name: str, content: bytes) -> Reading:
    """The parts of a document with its own date, if it tells one.

    Args:
        name: Its file name; the ending tells the kind.
        content: Its bytes.

    Returns:
        Parts that hold text, in order; `section` is the heading above, `page` counts from 1 (PDF alone).

    Raises:
        InputError: It is too large, of another kind, encrypted, broken, or holds no text.
    """
    reader = READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise InputError(f"{name}: この種類のファイルは取り込めません。{'・'.join(READERS)} のどれかにしてください。")
    if len(content) > MAX_BYTES:
        raise InputError(f"{name}: ファイルが大きすぎます（上限 {MOST}）。分けて渡してください。")
    if not content.strip():
        raise InputError(f"{name}: ファイルが空です。内容のあるファイルを渡してください。")
    reading = reader(name, content)
    parts = [OwnPart(clean(p.section).replace("\n", " "), p.page, clean(p.text)) for p in reading.parts]
    kept = tuple(p for p in parts if any(c.isalnum() for c in p.text))
    if not kept:
        raise InputError(f"{name}: 文字がありません。画像だけの文書は、文字を読み取ったもの（OCR済み）を渡してください。")
    return Reading(kept, reading.as_of)


def clean(text: str) -> str:
    """A text without control, formatting and broken code points (terminal codes, reversed writing), blank lines folded."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    kept = "".join(c for c in lines if c in _KEPT or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t\u3000]+\n", "\n", kept)).strip()


def _text(name: str, content: bytes) -> Reading:
    return Reading((OwnPart("", None, decode_text(content, name)),))


def _markdown(name: str, content: bytes) -> Reading:
    return Reading(tuple(_by_heading(decode_text(content, name).splitlines(), _markdown_heading)))


def _markdown_heading(line: str) -> str | None:
    m = _HEADING.match(line)
    return m.group(1) if m else None


def _by_heading(lines: list[str], heading_of: Callable[[str], str | None]) -> Iterator[OwnPart]:
    section, body = "", list[str]()
    for line in lines:
        heading = heading_of(line)
        if heading is None:
            body.append(line)
            continue
        yield OwnPart(section, None, "\n".join(body))
        section, body = heading, []
    yield OwnPart(section, None, "\n".join(body))


def _html(name: str, content: bytes) -> Reading:
    return Reading(html_parts(content, name))


def _word(name: str, content: bytes) -> Reading:
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        with ZipFile(BytesIO(content)) as packed:
            if sum(f.file_size for f in packed.infolist()) > MAX_UNPACKED:
                raise InputError(f"{name}: 展開すると大きすぎます（上限 {MAX_UNPACKED // 1_000_000}MB）。分けて渡してください。")
        document = docx.Document(BytesIO(content))
        parts = tuple(_word_parts(document))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, SyntaxError) as error:  # lxml's errors are SyntaxErrors
        why = "Word文書として読めません（暗号化されているか、壊れています）。パスワードを外し、.docx で保存し直してください。"
        raise InputError(f"{name}: {why}") from error
    return Reading(parts, _word_date(document))


def _word_date(document: Any) -> date | None:
    modified = document.core_properties.modified
    return modified.date() if isinstance(modified, datetime) else None


def _word_parts(document: Any) -> Iterator[OwnPart]:
    section, body = "", list[str]()
    for block in document.iter_inner_content():
        style = getattr(getattr(block, "style", None), "name", "") or ""
        if style.startswith(("Heading", "見出し", "Title")) and hasattr(block, "runs"):
            yield OwnPart(section, None, "\n".join(body))
            section, body = block.text, []
        else:
            body.append(block_text(block))
    yield OwnPart(section, None, "\n".join(body))


READERS: dict[str, Callable[[str, bytes], Reading]] = {
    ".pdf": pdf_parts, ".docx": _word, ".html": _html, ".htm": _html, ".txt": _text, ".md": _markdown,
}  # fmt: skip
"""The reader of each kind of file."""
