"""`shirube ingest` and `shirube index`: the user's own documents, and the search index."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.answers import AsJson, Today
from assistant.cli.console import Command, Group, read_today, say, say_json, stop, warn
from assistant.config import read_settings
from assistant.errors import NotFound
from assistant.flow import Assistant, open_assistant

REMOVE_HELP = "取り込んだ文書を消します（index status で出るIDかファイル名）。"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("ingest", cls=Command, help="お手持ちの文書（PDF・Word・HTML・テキスト）を取り込みます。")(ingest)
    index = typer.Typer(cls=Group, rich_markup_mode=None, help="検索索引を作り、状態を見ます。")
    index.command("build", cls=Command, help="検索索引を作り直します。")(index_build)
    index.command("status", cls=Command, help="検索索引と、取り込んだ文書の状態を出します。")(index_state)
    app.add_typer(index, name="index")


def ingest(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH", help="取り込むファイルかフォルダ。")] = None,
    remove: Annotated[list[str] | None, typer.Option("--remove", metavar="ID", help=REMOVE_HELP)] = None,
    as_json: AsJson = False,
    today: Today = None,
) -> None:
    """Take in documents one after the other; a bad one is told and the rest goes on."""
    from assistant.documents_door import ingest_paths

    day = read_today(today or context.obj)
    if not paths and not remove:
        stop("取り込むファイルかフォルダを指定してください（例: shirube ingest 要領.pdf）。", 2)
    assistant = open_assistant(read_settings())
    for name in remove or ():
        _forget(name, assistant)
    kept: list[dict[str, Any]] = []
    failed = 0
    for found in ingest_paths(paths or (), assistant, day):
        if "error" in found:
            failed += 1
            warn(" ".join(found["error"].split("\n")))
            continue
        kept.append(found)
        if not as_json:
            say(f"取り込みました: {_shown(found)}")
    assistant.library.build()
    if as_json:
        say_json(kept, indent=2)
    if failed and not kept:
        raise typer.Exit(1)


def _forget(name: str, assistant: Assistant) -> None:
    """Remove the documents of that id or name.

    Raises:
        NotFound: There is none.
    """
    found = [d for d in assistant.library.documents() if name in (d.id, d.name)]
    if not found:
        raise NotFound(f"「{name[:60]}」という文書は取り込まれていません。shirube index status で確認できます。")
    for document in found:
        assistant.library.remove(document.id)
        warn(f"消しました: {document.name}（{document.id}）")


def _shown(document: dict[str, Any]) -> str:
    pages = f"{document['pages']}ページ・" if document["pages"] else ""
    return f"{document['name']}（{pages}{document['passages']:,}件の文章、文書の日付 {document['as_of']}、ID {document['id']}）"


def index_build(context: typer.Context, today: Today = None) -> None:
    """Build the search index anew."""
    from assistant.search.index import build_index

    read_today(today or context.obj)
    assistant = open_assistant(read_settings())
    say(f"検索索引を作りました（{build_index(assistant.catalogue, assistant.settings):,}件）。")
    own = assistant.library.build()
    if own:
        say(f"お手持ちの文書の索引もあります（{own:,}件）。")


def index_state(context: typer.Context, as_json: AsJson = False, today: Today = None) -> None:
    """Show the state of the search index, and the user's own documents."""
    from assistant.documents_door import listed
    from assistant.search.index import index_status

    read_today(today or context.obj)
    assistant = open_assistant(read_settings())
    status = {**index_status(assistant.catalogue, assistant.settings), "documents": listed(assistant)}
    if as_json:
        say_json(status, indent=2)
        return
    say("検索索引は" + ("できています。" if status["built"] else "まだありません（最初の検索のときに自動で作られます）。"))
    say(f"対象の文章: {status['passages']:,}件\n場所: {status['folder']}")
    say(f"お手持ちの文書: {len(status['documents'])}件")
    for document in status["documents"]:
        say(f"  {_shown(document)}")
