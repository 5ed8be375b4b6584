"""`shirube` (API and page together), `shirube serve` and `shirube ui`."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import IO, Annotated

import typer

from assistant.cli.answers import Today
from assistant.cli.console import Command, read_today, ready_model, say, stop
from assistant.config import Settings, read_settings, shipped_dir
from assistant.llm.providers import check_model

START_SECONDS = 60.0
STOP_SECONDS = 8.0
PORTS_TRIED = 50
FONT = "'Noto Sans JP', 'Noto Sans CJK JP', 'Hiragino Sans', 'Yu Gothic UI', Meiryo, sans-serif"
PAGE_FLAGS = {
    "server.headless": "true", "server.maxUploadSize": "25", "server.fileWatcherType": "none", "browser.gatherUsageStats": "false",
    "client.toolbarMode": "minimal", "client.showErrorDetails": "none", "client.showErrorLinks": "false",
    "global.developmentMode": "false", "logger.hideWelcomeMessage": "true", "runner.magicEnabled": "false",
    "theme.base": "light",
    "theme.primaryColor": "#1f6f78", "theme.backgroundColor": "#ffffff", "theme.secondaryBackgroundColor": "#f3f6f5",
    "theme.textColor": "#1d2b2a", "theme.baseFontSize": "17", "theme.font": FONT, "theme.headingFont": FONT,
    "theme.baseRadius": "medium",
}  # fmt: skip

Host = Annotated[str | None, typer.Option("--host", help="待ち受けるアドレス（既定は 127.0.0.1、この機械だけ）。")]
Port = Annotated[int | None, typer.Option("--port", help="待ち受けるポート。")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("serve", cls=Command, help="APIだけを動かします。")(serve)
    app.command("ui", cls=Command, help="画面だけを動かします（APIの場所は SHIRUBE_API_URL）。")(ui)


def run_both(settings: Settings, today: str | None) -> None:
    """Start API and page, print the address once both answer, wait, and stop both."""
    check_model(settings)
    host = _reachable(settings.host)
    api_port = free_port(settings.host, settings.api_port)
    ui_port = free_port(settings.host, settings.ui_port, taken=api_port)
    for wanted, got in ((settings.api_port, api_port), (settings.ui_port, ui_port)):
        if wanted != got:
            say(f"ポート {wanted} は使われているため、{got} を使います。")
    api_url, page_url = f"http://{host}:{api_port}", f"http://{host}:{ui_port}"
    environment = {**os.environ, "SHIRUBE_API_URL": api_url, "SHIRUBE_HOST": settings.host, "PYTHONIOENCODING": "utf-8"}
    logs = settings.data_dir / "logs"
    day = ["--today", today] if today else []
    api = [sys.executable, "-m", "assistant", "serve", "--port", str(api_port), *day]
    with ExitStack() as stack:
        stack.enter_context(_stop_on_signals())
        children = {
            "API": stack.enter_context(_child(api, environment, logs / "api.log")),
            "画面": stack.enter_context(_child(page_command(settings.host, ui_port), environment, logs / "ui.log")),
        }
        say("しるべを始めています（初めてのときは20秒ほどかかることがあります）…")
        _wait_until_healthy(children, (f"{api_url}/v1/health", f"{page_url}/_stcore/health"), logs)
        say(f"しるべを開きました: {page_url}")
        say(f"（API: {api_url}、終わるには Ctrl-C）")
        _watch(children, logs)


def serve(context: typer.Context, host: Host = None, port: Port = None, today: Today = None) -> None:
    """Run the API alone."""
    import uvicorn

    from assistant.api import create_app
    from assistant.flow import open_assistant

    settings = read_settings()
    fixed = today or context.obj
    day = read_today(fixed) if fixed else None
    address, number = host or settings.host, port or settings.api_port
    _insist_on_port(address, number)
    assistant = open_assistant(settings)
    ready_model(assistant)
    application = create_app(assistant, day)
    say(f"API: http://{_reachable(address)}:{number}（説明は /docs、終わるには Ctrl-C）")
    uvicorn.run(application, host=address, port=number, log_level="warning", access_log=False)


def ui(context: typer.Context, host: Host = None, port: Port = None, today: Today = None) -> None:
    """Run the page alone; SHIRUBE_API_URL tells where the API is."""
    settings = read_settings()
    fixed = today or context.obj
    address, number = host or settings.host, port or settings.ui_port
    _insist_on_port(address, number)
    api_url = settings.api_url or f"http://{_reachable(settings.host)}:{settings.api_port}"
    environment = {**os.environ, "SHIRUBE_API_URL": api_url}
    if fixed:
        environment["SHIRUBE_TODAY"] = read_today(fixed).isoformat()
    page_url = f"http://{_reachable(address)}:{number}"
    logs = settings.data_dir / "logs"
    with ExitStack() as stack:
        stack.enter_context(_stop_on_signals())
        children = {"画面": stack.enter_context(_child(page_command(address, number), environment, logs / "ui.log"))}
        _wait_until_healthy(children, (f"{page_url}/_stcore/health",), logs)
        say(f"しるべを開きました: {page_url}（API: {api_url}、終わるには Ctrl-C）")
        _watch(children, logs)


def page_command(host: str, port: int) -> list[str]:
    """The command line that shows the page."""
    flags = {"server.address": host, "server.port": str(port), **PAGE_FLAGS}
    script = str(shipped_dir("ui") / "app.py")
    return [sys.executable, "-m", "streamlit", "run", script, *(f"--{name}={value}" for name, value in flags.items())]


def free_port(host: str, wanted: int, taken: int | None = None) -> int:
    """The first free port from `wanted` on, another than `taken`."""
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        if port != taken and _is_free(host, port):
            return port
    last = wanted + PORTS_TRIED - 1
    stop(f"ポート {wanted}〜{last} はすべて使われています。SHIRUBE_API_PORT・SHIRUBE_UI_PORT を変えてください。")


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _insist_on_port(host: str, port: int) -> None:
    if not _is_free(host, port):
        stop(f"{host} のポート {port} は使えません（使用中か、許されていません）。--port で別の番号を指定してください。")


def _reachable(host: str) -> str:
    """The name under which a browser on this machine finds a listening address."""
    if host in ("0.0.0.0", "::"):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


@contextmanager
def _child(command: list[str], environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A child process, ended when the block is left."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = _start(command, environment, output)
        try:
            yield process
        finally:
            _end(process)


def _start(command: list[str], environment: dict[str, str], output: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, so that Ctrl-C reaches it through us alone."""
    return subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def _stop_on_signals() -> Iterator[None]:
    """SIGTERM and a closed terminal end the block like Ctrl-C does; a second one cannot interrupt the tidying up."""
    numbers = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in numbers}
    try:
        yield
    except KeyboardInterrupt:
        say("しるべを終わりました。")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _wait_until_healthy(children: dict[str, subprocess.Popen[bytes]], urls: tuple[str, ...], logs: Path) -> None:
    give_up = time.monotonic() + START_SECONDS
    waiting = list(urls)
    while waiting:
        _complain_if_ended(children, logs)
        waiting = [url for url in waiting if not _answers(url)]
        if waiting and time.monotonic() > give_up:
            stop(f"{START_SECONDS:.0f}秒待っても起動しませんでした。{logs} の記録を確認してください。")
        if waiting:
            time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        with _DIRECT.open(url, timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError):
        return False


_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Loopback is asked directly, also where a proxy is set for the network."""


def _watch(children: dict[str, subprocess.Popen[bytes]], logs: Path) -> None:
    """Wait until a child ends by itself, which is a fault."""
    while True:
        _complain_if_ended(children, logs)
        time.sleep(0.5)


def _complain_if_ended(children: dict[str, subprocess.Popen[bytes]], logs: Path) -> None:
    for name, process in children.items():
        if process.poll() is not None:
            reason = last_line(logs / ("api.log" if name == "API" else "ui.log"))
            stop(f"{name}が止まりました（{reason}）。詳しくは {logs} の記録を確認してください。")


def last_line(log: Path) -> str:
    """The last line of a log, short."""
    lines = [x for x in log.read_text(encoding="utf-8", errors="replace").splitlines() if x.strip()]
    return lines[-1][:200] if lines else "記録なし"
