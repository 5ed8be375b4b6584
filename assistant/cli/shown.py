"""What several commands show or read alike: an answer, a source, a quotation, a profile."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.console import read_bytes, say, say_json
from assistant.config import read_settings
from assistant.errors import BadFile, InputError
from assistant.rules.strict_yaml import parse_yaml


def read_profile(path: Path) -> dict[str, Any]:
    """The profile of a YAML or JSON file.

    Raises:
        InputError: The file cannot be read, or is no mapping.
    """
    try:
        text = read_bytes(path).decode("utf-8-sig")
        data = json.loads(text) if text.lstrip().startswith("{") else parse_yaml(text, str(path))
    except BadFile as error:
        raise InputError(str(error)) from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: 読めません。UTF-8のYAMLかJSONで書いてください。") from error
    if not isinstance(data, dict):
        raise InputError(f"{path}: 「employees: 5」のような項目名と値の組で書いてください。")
    return data


def print_sample(wanted: bool) -> None:
    """Write the sample of a company file and end the command, if that was asked for."""
    if wanted:
        say((read_settings().shipped_knowledge / "company.yaml").read_text(encoding="utf-8").rstrip())
        raise typer.Exit()


SAMPLE_HELP = "会社のファイルの見本（match と draft に共通）を出して終わります。"
Sample = Annotated[bool, typer.Option("--sample", is_eager=True, callback=print_sample, help=SAMPLE_HELP)]


def show_answer(answer: dict[str, Any], as_json: bool) -> None:
    """Write an answer for a reader or a program."""
    if as_json:
        say_json(answer)
        return
    say(answer["answer"])
    for source in answer["sources"]:
        say(source_line(source))
        if source.get("own"):
            say(quoted(source["passage"]))
    if answer["suggestions"]:
        say("続けて聞けること: " + " / ".join(answer["suggestions"]))


def source_line(source: dict[str, Any]) -> str:
    """A source with its number, document, section and date."""
    return f"［出典{source['n']}］{source['document']}「{source['section']}」（{source['as_of']} 時点）"


def quoted(text: str) -> str:
    """A passage as a quotation, each line marked."""
    return "\n".join(f"    > {line}" for line in text.splitlines())
