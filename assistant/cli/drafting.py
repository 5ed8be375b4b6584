"""`shirube draft`: the first draft of a plan as docx, xlsx and Markdown."""

from __future__ import annotations

import errno
import os
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.answers import AsJson, Today
from assistant.cli.console import Command, read_today, ready_model, say, say_json, stop
from assistant.cli.shown import Sample
from assistant.config import read_settings
from assistant.errors import InputError
from assistant.flow import open_assistant

_REASONS = {
    errno.ENOENT: "見つかりません", errno.EACCES: "権限がありません", errno.EPERM: "権限がありません",
    errno.EROFS: "書き込みのできない場所です", errno.ENOSPC: "空き容量がありません", errno.EISDIR: "同じ名前のフォルダがあります",
}  # fmt: skip


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno or 0, "入出力の誤りです")


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    help_ = "会社のファイルから、経営計画書の下書きを作ります。ファイルの書き方は --sample で出ます。"
    app.command("draft", cls=Command, help=help_)(draft)


def draft(
    context: typer.Context,
    company: Annotated[Path, typer.Option("--company", metavar="FILE.yaml", help="会社のファイル（YAML）。")],
    out: Annotated[Path, typer.Option("--out", metavar="PLAN.docx", help="下書きを書き出す先（Word）。")],
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="PLAN.xlsx", help="計算表を書き出す先（Excel）。")] = None,
    md: Annotated[Path | None, typer.Option("--md", metavar="PLAN.md", help="本文を書き出す先（Markdown）。")] = None,
    as_json: AsJson = False,
    sample: Sample = False,
    today: Today = None,
) -> None:
    """Write the draft of one company file."""
    from assistant.draft_door import company_of, render_all
    from assistant.drafting.draft import draft_document

    day = read_today(today or context.obj)
    try:
        data = company_of(read_text(company))
    except InputError as error:
        stop(str(error))
    for path in (out, xlsx, md):
        if path is not None and not path.parent.is_dir():
            stop(f"{path.parent}: フォルダがありません。先に作るか、別の場所を指定してください。")
    try:
        assistant = open_assistant(read_settings())
        ready_model(assistant)
        made = draft_document(data, day, assistant.catalogue, assistant.writer)
    except InputError as error:
        stop(str(error))
    rendered = render_all(made)
    files = {path: rendered[ending] for path, ending in ((out, "docx"), (xlsx, "xlsx"), (md, "md")) if path is not None}
    write_together(files)
    show_draft(made.wire(str(out)), as_json)


def read_text(path: Path) -> str:
    """The text of a company file in UTF-8; stops with a sentence if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        stop(f"{path}: UTF-8で保存し直してください。")
    except OSError as error:
        stop(f"{path}: 読めません（{_reason(error)}）。")


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write all files aside, then rename them: none is half-written, and a folder that refuses one gets none."""
    asides: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in files.items():
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, "")
            asides[path] = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
            asides[path].write_bytes(content)
        for path, aside in asides.items():
            os.replace(aside, path)
    except OSError as error:
        for aside in asides.values():
            aside.unlink(missing_ok=True)
        stop(f"{path}: 書き込めません（{_reason(error)}）。場所、フォルダの権限、空き容量を確認してください。")


def show_draft(wire: dict[str, Any], as_json: bool) -> None:
    """The result of a draft for a program or for a reader."""
    if as_json:
        say_json(wire)
        return
    say(f"下書きを {wire['out']} に書き出しました。")
    for problem in wire["problems"]:
        say(f"［確認］{problem['text']}")
    if wire["missing"]:
        say(f"足りない事実が {len(wire['missing'])}件あります（本文の【要記入】）。")
