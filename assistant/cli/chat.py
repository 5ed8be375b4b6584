"""`shirube ask` without a question: a chat in the terminal, with a few commands of its own."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from assistant.cli.console import say, warn
from assistant.cli.shown import quoted, read_profile, show_answer, source_line
from assistant.doors import MAX_TURNS, answer_request
from assistant.errors import AssistantError
from assistant.flow import Assistant

LEAVE_WORDS = {"終了", "終わり", "おわり", "終わります", "やめる", "さようなら", "exit", "quit", "bye", "q", ":q", "/exit", "/quit", "/q"}
HELP = """質問を1行で書いてください。前の質問に続けて聞けます（例: 「補助率は？」「じゃあ創業型だと？」）。
  /profile ファイル  事業者の条件（YAML か JSON）を読みます
  /profile           いまの条件を出します
  /sources           直前の答えの根拠と出典を出します
  /history           これまでの質問を出します
  /plain             やさしい日本語で答える・ふつうに戻す
  /clear             これまでの質問を忘れます（条件は残ります）
  /help              この説明を出します
  終了（または exit）  対話を終わります"""
PATIENCE_SECONDS, TICK_SECONDS = 0.6, 0.5


class Chat:
    """A conversation: what was asked, what is known of the firm, and the last answer.

    Args:
        assistant: The knowledge.
        today: The day in Japan.
        profile: What is known of the firm; None if nothing.
        as_json: Write each answer as one JSON line; what the commands say goes to stderr then.
        plain: Answer in plain Japanese.
    """

    def __init__(
        self, assistant: Assistant, today: date, profile: dict[str, Any] | None, as_json: bool, plain: bool = False
    ) -> None:
        self._assistant, self._today, self._profile, self._as_json, self._plain = assistant, today, profile, as_json, plain
        self._history: list[str] = []
        self._last: dict[str, Any] | None = None
        self._tell: Callable[[str], None] = warn if as_json else say
        self._commands: dict[str, Callable[[str], None]] = {
            "help": lambda _: self._tell(HELP), "profile": self._show_profile, "sources": lambda _: self._show_sources(),
            "history": lambda _: self._show_history(), "clear": lambda _: self._clear(), "plain": lambda _: self._toggle_plain(),
        }  # fmt: skip

    def run(self) -> None:
        """Answer line after line until the user leaves."""
        at_terminal = sys.stdin.isatty()
        if at_terminal:
            with suppress(ImportError):
                import readline  # noqa: F401  # arrow keys bring earlier lines back
            self._tell("しるべです。補助金について質問してください（/help で使い方、「終了」で終わります）。")
        for line in typed_lines(at_terminal):
            self.take(line)

    def take(self, line: str) -> None:
        """Answer a question or carry out a command; what is wrong is told, and the chat goes on."""
        try:
            if line[0] in "/／":
                self._command(line[1:])
            else:
                self._answer(line)
        except AssistantError as error:
            warn(" ".join(str(error).split("\n")))

    def _answer(self, line: str) -> None:
        request = {"question": line, "history": self._history[-MAX_TURNS:], "profile": self._profile, "plain": self._plain}
        with progress(sys.stderr):
            answer = answer_request(request, self._assistant, self._today)
        self._history.append(line)
        self._last = answer
        show_answer(answer, self._as_json)

    def _command(self, text: str) -> None:
        name, _, rest = text.strip().partition(" ")
        command = self._commands.get(name.lower())
        if command is None:
            self._tell(f"「/{name[:20]}」という指示はありません。/help で使い方を確認できます。")
        else:
            command(rest.strip().strip("\"'"))

    def _show_profile(self, file: str) -> None:
        if file:
            self._profile = read_profile(Path(file).expanduser())
        if not self._profile:
            self._tell("事業者の条件はまだありません。/profile ファイル で読めます。")
            return
        self._tell("いまの条件:\n" + "\n".join(_profile_lines(self._profile)))

    def _show_sources(self) -> None:
        if self._last is None:
            self._tell("まだ答えがありません。先に質問してください。")
            return
        figures = [f for f in self._last["figures"] if f["source"] or f["steps"]]
        for figure in figures:
            self._tell(f"{figure['text']}: " + (" ⇒ ".join(figure["steps"]) or _place(figure["source"])))
        for source in self._last["sources"]:
            self._tell(source_line(source))
            if source["passage"]:
                self._tell(quoted(source["passage"]))
        if not figures and not self._last["sources"]:
            self._tell("直前の答えには、根拠にした資料がありません。")

    def _show_history(self) -> None:
        lines = [f"{n}. {line}" for n, line in enumerate(self._history, 1)]
        self._tell("\n".join(lines) or "まだ質問がありません。")

    def _toggle_plain(self) -> None:
        self._plain = not self._plain
        self._tell("やさしい日本語で答えます。" if self._plain else "ふつうの日本語で答えます。")

    def _clear(self) -> None:
        self._history.clear()
        self._last = None
        self._tell("これまでの質問を忘れました。")


def typed_lines(at_terminal: bool) -> Iterator[str]:
    """What is typed, line by line, until the end or a word to leave."""
    while True:
        try:
            line = input("\n質問> " if at_terminal else "").strip()
        except (EOFError, KeyboardInterrupt):
            return
        if line.lower().replace("／", "/") in LEAVE_WORDS:
            return
        if line:
            yield line


def _profile_lines(profile: dict[str, Any], indent: str = "  ") -> Iterator[str]:
    for name, value in profile.items():
        if isinstance(value, dict):
            yield f"{indent}{name}:"
            yield from _profile_lines(value, indent + "  ")
        else:
            yield f"{indent}{name}: {'（不明）' if value is None else value}"


def _place(source: dict[str, Any]) -> str:
    return f"{source['document']}「{source['section']}」（{source['as_of']} 時点）"


@contextmanager
def progress(stream: TextIO, patience: float = PATIENCE_SECONDS, tick: float = TICK_SECONDS) -> Iterator[None]:
    """While the work within takes long, a terminal shows that it goes on, and for how many seconds; else nothing.

    Args:
        stream: Where to show it; nothing is shown unless it is a terminal.
        patience: Seconds before anything is shown.
        tick: Seconds between two signs of life.
    """
    if not stream.isatty():
        yield
        return
    done = threading.Event()
    started = time.monotonic()

    def show() -> None:
        if done.wait(patience):
            return
        while True:
            stream.write(f"\r考えています… {time.monotonic() - started:.0f}秒")
            stream.flush()
            if done.wait(tick):
                break
        stream.write("\r" + " " * 30 + "\r")
        stream.flush()

    thread = threading.Thread(target=show, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
