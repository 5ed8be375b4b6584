"""The terminal: what is written where, in which encoding, and how errors read; all that the command prints passes here."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from assistant.config import Settings
from assistant.doors import read_day, today_in_japan
from assistant.errors import AssistantError, InputError
from assistant.flow import Assistant
from assistant.llm.notice import take_notice
from assistant.wire import json_bytes

UsageError: type[Exception] = typer.BadParameter.__bases__[0]
"""Typer's base of all wrong usage; typer brings its own copy of click, which has no public name for it."""

_HELP_WORDS = {
    "Usage:": "使い方:", "Options:": "オプション:", "Commands:": "コマンド:", "Arguments:": "引数:",
    "[OPTIONS]": "[オプション]", "COMMAND [ARGS]...": "[コマンド] …", "Show this message and exit.": "この説明を表示します。",
}  # fmt: skip


class Group(TyperGroup):
    """A group of commands whose help is in Japanese."""

    def get_help(self, ctx: Any) -> str:
        """The help with its fixed words in Japanese."""
        return _japanese_help(super().get_help(ctx))


class Command(TyperCommand):
    """A command whose help is in Japanese."""

    def get_help(self, ctx: Any) -> str:
        """The help with its fixed words in Japanese."""
        return _japanese_help(super().get_help(ctx))


def _japanese_help(text: str) -> str:
    for english, japanese in _HELP_WORDS.items():
        text = text.replace(english, japanese)
    return text


def prepare_streams() -> None:
    """Let no character stop the program: a console that cannot show one (cp932) shows a substitute."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def say(text: str = "") -> None:
    """A line for the user."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def say_json(data: object, indent: int | None = None) -> None:
    """One JSON document on stdout, in UTF-8 whatever the console's encoding."""
    say_bytes(json_bytes(data, indent) + b"\n")


def say_bytes(content: bytes) -> None:
    """UTF-8 bytes on stdout as they are; on a terminal, text."""
    buffer: BinaryIO | None = getattr(sys.stdout, "buffer", None)
    if buffer is None or sys.stdout.isatty():
        say(content.decode("utf-8").rstrip("\n"))
        return
    sys.stdout.flush()
    buffer.write(content)
    buffer.flush()


def warn(text: str) -> None:
    """A line on stderr."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def ready_model(assistant: Assistant) -> None:
    """Open the language model if one is set, and say once what leaves the machine, before anything does.

    Raises:
        BadSetting: SHIRUBE_LLM cannot be read.
        ModelUnavailable: The model that it names cannot be opened (a part or key is missing).
    """
    if assistant.phraser is not None and (notice := take_notice(assistant.settings)):
        warn(notice)


def stop(message: str, code: int = 1) -> NoReturn:
    """End the command with one Japanese line on stderr."""
    warn(" ".join(message.split("\n")))
    raise typer.Exit(code)


def read_today(text: str | None) -> date:
    """The day of `--today`, today in Japan without it; a wrong one is wrong usage."""
    try:
        return read_day(text, today_in_japan())
    except InputError as error:
        stop(f"--today: {error}", 2)


def read_bytes(path: Path) -> bytes:
    """The content of a file, `-` for stdin.

    Raises:
        InputError: It cannot be opened.
    """
    try:
        return sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: 開けません。ファイル名と場所を確認してください。") from error


def run_batch(path: Path, serve: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Serve each line of a JSONL file (`-`: stdin, line by line) and write one line each, in order.

    Args:
        path: The file.
        serve: From a request to its result; an AssistantError becomes that line's `error`.

    Raises:
        InputError: The file cannot be opened.
    """
    try:
        stream = sys.stdin.buffer if str(path) == "-" else path.open("rb")
    except OSError as error:
        raise InputError(f"{path}: 開けません。ファイル名と場所を確認してください。") from error
    with stream:
        for number, line in enumerate(stream, 1):
            text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if text.strip():
                say_json(_serve_line(text, number, serve))


def _serve_line(line: bytes, number: int, serve: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    try:
        data = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return {"id": None, "error": f"{number}行目: UTF-8ではない文字があります。UTF-8で保存し直してください。"}
    except (ValueError, RecursionError):
        return {"id": None, "error": f"{number}行目: JSONとして読めません。1行に1つのJSONを書いてください。"}
    if not isinstance(data, dict):
        return {"id": None, "error": f"{number}行目: {{…}} の形のJSONにしてください。"}
    try:
        return serve(data)
    except AssistantError as error:
        return {"id": data.get("id"), "error": str(error)}


def usage_message(error: Exception) -> str:
    """Wrong usage in Japanese, with the way out."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "shirube"
    return f"{_usage_reason(error)} {command} --help で使い方を確認できます。"


def _usage_reason(error: Exception) -> str:
    option, param = getattr(error, "option_name", None), getattr(error, "param", None)
    name = (param.opts or [param.name])[0].lstrip("-").upper() if param is not None and param.opts else ""
    kind, message = type(error).__name__, str(getattr(error, "message", ""))
    if kind == "NoSuchOption":
        return f"「{option}」というオプションはありません。"
    if kind == "BadOptionUsage":
        return f"「{option}」には値が要ります。"
    if kind == "MissingParameter":
        return f"{name} を指定してください。"
    if kind == "BadParameter":
        return f"{name} の値が正しくありません。"
    if message.startswith("No such command"):
        return f"「{message.split(chr(39))[1]}」というコマンドはありません。" if "'" in message else "そのコマンドはありません。"
    return "引数が多すぎるか、足りません。"


def install_last_resort(settings: Settings) -> None:
    """A fault of ours ends in one Japanese line; where it happened goes to a log file, without what was asked."""

    def last_resort(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        where = "".join(_frames(kind, trace))
        log = settings.data_dir / "logs" / "error.log"
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            log.write_text(where, encoding="utf-8")
        except OSError:
            warn("しるべの内部で誤りが起きました。同じ操作で繰り返すときは開発元へ知らせてください。")
            return
        warn(f"しるべの内部で誤りが起きました。同じ操作で繰り返すときは {log} を添えて開発元へ知らせてください。")

    sys.excepthook = last_resort


def _frames(kind: type[BaseException], trace: TracebackType | None) -> Iterator[str]:
    yield f"{kind.__name__}\n"
    yield from traceback.format_tb(trace)


def drop_stdout() -> None:
    """After the reader of a pipe went away: let the interpreter's last flush go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
