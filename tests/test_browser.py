"""The real command, the real page, a real browser."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
START_SECONDS = 120
pytestmark = pytest.mark.browser


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def start(data: Path, api_port: int, ui_port: int) -> tuple[subprocess.Popen[str], list[str]]:
    """The running command and what it printed until the page was there."""
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "--today", "2026-11-24"], stdout=subprocess.PIPE, text=True, encoding="utf-8",
        env={
            **os.environ, "SHIRUBE_DATA_DIR": str(data), "SHIRUBE_API_PORT": str(api_port), "SHIRUBE_UI_PORT": str(ui_port),
            "PYTHONIOENCODING": "utf-8",
        },
    )  # fmt: skip
    printed: list[str] = []
    give_up = time.monotonic() + START_SECONDS
    assert process.stdout is not None
    while not any("しるべを開きました" in line for line in printed):
        assert process.poll() is None and time.monotonic() < give_up, printed
        printed.append(process.stdout.readline())
    return process, printed


def stop(process: subprocess.Popen[str], number: int) -> str:
    process.send_signal(number)
    rest = process.communicate(timeout=30)[0]
    assert process.returncode == 0
    return rest


def accepts(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    process, _ = start(tmp_path_factory.mktemp("browser"), free_port(), port)
    yield f"http://127.0.0.1:{port}"
    stop(process, signal.SIGTERM)


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    if not shutil.which(CHROMIUM):
        reason = f"Chromium is missing at {CHROMIUM}"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        outside: list[str] = []
        page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else outside.append(r.url))
        page.goto(address)
        page.get_by_role("heading", name="しるべ").wait_for()
        yield page
        browser.close()
    assert outside == []


def test_an_answer_shows_its_proof_and_survives_a_reload(page: Page) -> None:
    from playwright.sync_api import expect

    box = page.get_by_placeholder("補助金について質問してください")
    box.fill("持続化補助金の通常枠の上限は？")
    box.press("Enter")
    answer = page.get_by_test_id("stChatMessage").nth(1)
    expect(answer).to_contain_text("50万円", timeout=20_000)
    answer.get_by_text("数値の根拠").click()
    row = answer.get_by_role("row").filter(has_text="50万円").first
    expect(row).to_contain_text("補助上限額")
    page.reload()
    expect(page.get_by_test_id("stChatMessage").nth(1)).to_contain_text("50万円", timeout=20_000)
    expect(page.get_by_test_id("stChatMessage")).to_have_count(2)


def test_markup_in_a_question_stays_text(page: Page) -> None:
    from playwright.sync_api import expect

    box = page.get_by_placeholder("補助金について質問してください")
    box.fill('<img src=x onerror="document.title=1"> **持続化** $1$ の上限は？')
    box.press("Enter")
    question = page.get_by_test_id("stChatMessage").nth(0)
    expect(question).to_contain_text('<img src=x onerror="document.title=1"> **持続化** $1$ の上限は？', timeout=20_000)
    expect(page.get_by_test_id("stChatMessage")).to_have_count(2, timeout=20_000)
    assert page.title() != "1" and question.locator("img[src=x]").count() == 0


@pytest.mark.server
def test_taken_ports_are_left_and_ctrl_c_stops_everything(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as first, socket.create_server(("127.0.0.1", 0)) as second:
        taken = [int(s.getsockname()[1]) for s in (first, second)]
        process, printed = start(tmp_path, *taken)
        text = "".join(printed)
        assert all(f"ポート {port} は使われているため" in text for port in taken)
        used = int(text.rsplit(":", 1)[1])
        assert used not in taken and accepts(used)
        assert "終わりました" in stop(process, signal.SIGINT)
        assert not accepts(used)
