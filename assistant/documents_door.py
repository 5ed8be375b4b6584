"""The user's own documents as every door takes them: files of this machine, or bytes that came over the wire."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from assistant.errors import InputError
from assistant.flow import Assistant
from assistant.ingest.parts import READERS, read_file, read_parts
from assistant.records import Reading

MAX_NAME = 200


def ingest_paths(paths: Iterable[Path], assistant: Assistant, today: date) -> Iterator[dict[str, Any]]:
    """Take in files, and all readable files of folders, one after the other.

    Returns:
        For each file its document, or `{"name", "error"}` with one sentence; a bad file does not stop the rest.
    """
    for path in paths:
        files = _files(path)
        if not files:
            yield {"name": str(path), "error": f"{path}: 取り込めるファイルがありません（{'・'.join(READERS)}）。"}
        for file in files:
            try:
                reading = read_file(file)
                yield _keep(file.name, str(file.resolve()), reading, assistant, today)
            except InputError as error:
                yield {"name": str(file), "error": str(error)}


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(f for f in path.rglob("*") if f.suffix.lower() in READERS and f.is_file() and not f.name.startswith(("~$", ".")))


def ingest_bytes(name: str, content: bytes, assistant: Assistant, today: date) -> dict[str, Any]:
    """Take in one document that came over the wire; one of the same name is replaced.

    Raises:
        InputError: It cannot be read.
    """
    plain = file_name(name)
    return _keep(plain, f"upload:{plain}", read_parts(plain, content), assistant, today)


def ingest_json(data: Mapping[str, Any], assistant: Assistant, today: date) -> dict[str, Any]:
    """Take in one document of a JSON body: `name` with `text`, or with `content_base64`.

    Raises:
        InputError: A field is missing or cannot be read.
    """
    name, text, coded = data.get("name"), data.get("text"), data.get("content_base64")
    if not isinstance(name, str) or not name.strip():
        raise InputError("name がありません。ファイル名を文字列で入れてください（例: 要領.pdf）。")
    if isinstance(text, str) and coded is None:
        return ingest_bytes(name, text.encode("utf-8", errors="replace"), assistant, today)
    if not isinstance(coded, str) or text is not None:
        raise InputError("text（文字）か content_base64（ファイルの中身）のどちらか1つを文字列で入れてください。")
    try:
        content = base64.b64decode(coded, validate=True)
    except ValueError as error:
        raise InputError("content_base64 を読めません。ファイルの中身をBase64にして入れてください。") from error
    return ingest_bytes(name, content, assistant, today)


def file_name(name: str) -> str:
    """The last part of a path as a browser may send it, without what a file name cannot hold."""
    last = PurePosixPath(PureWindowsPath(name).name).name
    return "".join(c for c in last if c.isprintable())[-MAX_NAME:] or "document"


def _keep(name: str, origin: str, reading: Reading, assistant: Assistant, today: date) -> dict[str, Any]:
    document = assistant.library.add(file_name(name), origin, reading.parts, reading.as_of or today, today)
    return asdict(document)


def listed(assistant: Assistant) -> list[dict[str, Any]]:
    """All documents, by name."""
    return [asdict(d) for d in assistant.library.documents()]
