"""`shirube match`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.answers import AsJson, Batch, Today
from assistant.cli.console import Command, read_today, run_batch, say, say_json, stop
from assistant.cli.shown import Sample, read_profile
from assistant.config import read_settings
from assistant.flow import open_assistant
from assistant.match_door import match_request


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    help_ = "事業者と計画の条件から、合う補助金を探します。条件のファイルの書き方は --sample で出ます。"
    app.command("match", cls=Command, help=help_)(match)


def match(
    context: typer.Context,
    profile: Annotated[
        Path | None,
        typer.Option("--profile", metavar="FILE", help="事業者と計画の条件のファイル（YAML か JSON、- は標準入力）。"),
    ] = None,
    as_json: AsJson = False,
    batch: Batch = None,
    sample: Sample = False,
    today: Today = None,
) -> None:
    """Find the subsidies that fit one profile or a batch of them."""
    day = read_today(today or context.obj)
    if (profile is None) == (batch is None):
        stop("--profile か --batch のどちらか1つを指定してください（- は標準入力）。", 2)
    if batch is not None:
        assistant = open_assistant(read_settings())
        run_batch(batch, lambda data: match_request(data, assistant, day))
        return
    known = read_profile(profile or Path("-"))
    result = match_request({"profile": known, "today": known.pop("today", None)}, open_assistant(read_settings()), day)
    if as_json:
        say_json(result)
    else:
        show_match(result)


def show_match(result: dict[str, Any]) -> None:
    """Write a match for a reader: what could not be read first, then the summary."""
    for problem in result["problems"]:
        say(f"［入力］{problem['text']}")
    say(result["answer"])
