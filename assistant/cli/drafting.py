"""`shirube draft`: the first draft of a plan as docx, xlsx and Markdown."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.answers import AsJson, Today
from assistant.cli.console import Command, read_today, say, say_json, stop
from assistant.config import read_settings
from assistant.errors import InputError
from assistant.flow import open_assistant


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("draft", cls=Command, help="会社のファイルから、経営計画書の下書きを作ります。")(draft)


def draft(
    context: typer.Context,
    company: Annotated[Path, typer.Option("--company", metavar="FILE.yaml", help="会社のファイル（YAML）。")],
    out: Annotated[Path, typer.Option("--out", metavar="PLAN.docx", help="下書きを書き出す先（Word）。")],
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="PLAN.xlsx", help="計算表を書き出す先（Excel）。")] = None,
    md: Annotated[Path | None, typer.Option("--md", metavar="PLAN.md", help="本文を書き出す先（Markdown）。")] = None,
    as_json: AsJson = False,
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
        made = draft_document(data, day, open_assistant(read_settings()).catalogue)
    except InputError as error:
        stop(str(error))
    rendered = render_all(made)
    files = {path: rendered[ending] for path, ending in ((out, "docx"), (xlsx, "xlsx"), (md, "md")) if path is not None}
    for path, content in files.items():
        write_aside(path, content)
    show_draft(made.wire(str(out)), as_json)


def read_text(path: Path) -> str:
    """The text of a company file in UTF-8; stops with a sentence if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        stop(f"{path}: UTF-8で保存し直してください。")
    except OSError as error:
        stop(f"{path}: 読めません（{error.strerror}）。")


def write_aside(path: Path, content: bytes) -> None:
    """Write a file aside and rename it, so that no half-written file is left."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=path.suffix, delete=False) as aside:
            aside.write(content)
        os.replace(aside.name, path)
    except OSError as error:
        stop(f"{path}: 書き込めません（{error.strerror}）。フォルダの権限を確認してください。")


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
