"""The text of a user's file: plain text, Markdown and Word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from assistant.errors import InputError

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

KINDS = (".txt", ".md", ".docx")
MAX_BYTES = 20_000_000


def read_document(path: Path) -> str:
    """The text of a file; offsets that the verifier gives are those of this text.

    Args:
        path: A .txt, .md (UTF-8, or Shift_JIS as older Windows programs save) or .docx file.

    Returns:
        The text. For .docx: paragraphs and table rows in the order of the page, one a line, cells parted by a tab.

    Raises:
        InputError: The file is missing, too large, of another kind, or cannot be read.
    """
    if path.suffix.lower() not in KINDS:
        raise InputError(f"{path.name}: この種類のファイルは読めません。{'・'.join(KINDS)} のどれかで保存してください。")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path.name}: ファイルが大きすぎます（上限 {MAX_BYTES // 1_000_000}MB）。分けて渡してください。")
        return _read_docx(path) if path.suffix.lower() == ".docx" else decode_text(path.read_bytes(), path.name)
    except OSError as error:
        raise InputError(f"{path}: 開けません。ファイル名と場所を確認してください。") from error


def decode_text(content: bytes, name: str) -> str:
    """Bytes as text: UTF-8 (with or without BOM), else Shift_JIS.

    Raises:
        InputError: They are neither.
    """
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(f"{name}: 文字コードを読めません。UTF-8で保存し直してください。")


def _read_docx(path: Path) -> str:
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        if not path.exists():
            raise FileNotFoundError(path) from error
        raise InputError(f"{path.name}: Word文書として読めません。Wordで開いて .docx で保存し直してください。") from error
    return "\n".join(_lines(document))


def _lines(container: Document | _Cell) -> Iterator[str]:
    from docx.table import Table

    for block in container.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield block.text


def block_text(block: Paragraph | Table) -> str:
    """The text of a paragraph, or the rows of a table, one a line."""
    from docx.table import Table

    return "\n".join(_rows(block)) if isinstance(block, Table) else block.text


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        seen: list[object] = []
        cells = []
        for cell in row.cells:
            if cell._tc not in seen:  # a merged cell is listed once a column
                seen.append(cell._tc)
                cells.append(" ".join(_lines(cell)))
        yield "\t".join(cells)
