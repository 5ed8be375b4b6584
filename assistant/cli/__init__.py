"""The command `shirube`: one module a group of commands, assembled here."""

from __future__ import annotations

import sys

import typer

from assistant.cli import answers, documents, drafting, knowledge, matching, servers
from assistant.cli.console import (
    Group,
    UsageError,
    drop_stdout,
    install_last_resort,
    prepare_streams,
    read_today,
    usage_message,
    warn,
)
from assistant.config import read_settings
from assistant.errors import AssistantError

__all__ = ["app", "main"]

app = typer.Typer(
    name="shirube", cls=Group, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="しるべ: 小規模事業者の補助金の調べものを、根拠つきの数値で手伝います。コマンドなしで画面が開きます。",
)  # fmt: skip


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    today: answers.Today = None,
) -> None:
    """Start the API and the page; a command given runs instead."""
    context.obj = today
    if context.invoked_subcommand is None:
        if today is not None:
            read_today(today)
        servers.run_both(read_settings(), today)


answers.register(app)
matching.register(app)
drafting.register(app)
knowledge.register(app)
documents.register(app)
servers.register(app)


def main() -> None:
    """Run the command; exit 0 done, 1 not served, 2 wrong usage."""
    prepare_streams()
    sys.exit(_run())


def _run() -> int:
    try:
        install_last_resort(read_settings())
        code = typer.main.get_command(app)(standalone_mode=False)  # app() would put typer's own excepthook in place
    except UsageError as error:
        warn(usage_message(error))
        return 2
    except AssistantError as error:
        warn(" ".join(str(error).split("\n")))
        return 1
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        drop_stdout()
        return 1
    except OSError as error:
        warn(f"{error.filename or '入出力'}: 読み書きできません。場所と権限、空き容量、SHIRUBE_DATA_DIR を確認してください。")
        return 1
    return code if isinstance(code, int) else 0
