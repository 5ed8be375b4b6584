"""The chat of the terminal, driven by scripted lines."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.cli.chat import LEAVE_WORDS, progress

CAP, RATE = "持続化補助金の通常枠の上限は？", "補助率は？"


def chat(*typed: str, arguments: tuple[str, ...] = ()) -> tuple[str, str]:
    """What a chat wrote to stdout and stderr for the lines typed."""
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "ask", "--today", "2026-11-24", *arguments], input="\n".join(typed).encode(),
        capture_output=True, timeout=90, check=False, env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.returncode == 0 and b"Traceback" not in done.stderr
    return done.stdout.decode(), done.stderr.decode()


def test_history_sources_and_clear() -> None:
    out, err = chat("/history", "/sources", CAP, RATE, "/history", "/sources", "/clear", "/history", "/sources")
    assert err == "" and out.index("50万円") < out.index("2/3")
    assert "1. 持続化補助金の通常枠の上限は？\n2. 補助率は？" in out
    assert "2/3: 補助金活用セミナー資料" in out and "［出典1］" in out
    assert out.count("まだ質問がありません。") == 2 and out.count("まだ答えがありません") == 2 and "忘れました" in out


def test_after_clear_an_earlier_question_counts_no_more() -> None:
    kept = [json.loads(line) for line in chat(CAP, RATE, arguments=("--json",))[0].splitlines()]
    cleared = [json.loads(line) for line in chat(CAP, "/clear", RATE, arguments=("--json",))[0].splitlines()]
    assert kept[1]["programmes"] == ["jizokuka"] and cleared[1]["programmes"] != ["jizokuka"]


def test_a_profile_is_read_shown_and_used(tmp_path: Path) -> None:
    file = tmp_path / "会社 メモ.yaml"
    file.write_text("employees: 4\nindustry: 商業・サービス業\nproject: {cost_yen: null}\n", encoding="utf-8")
    question = "持続化補助金の対象になりますか"
    out, err = chat("/profile", f"/profile {file}", "/profile", question, f"/profile {tmp_path / 'no.yaml'}", RATE)
    assert "条件はまだありません" in out and out.count("  employees: 4") == 2 and "    cost_yen: （不明）" in out
    assert "no.yaml" in err and err.count("\n") == 1
    told = chat(question, arguments=("--json", "--profile", str(file)))[0]
    assert json.loads(told)["answer"] in out and "従業員4人" in told


def test_plain_japanese_is_switched_on_and_off() -> None:
    out, _ = chat("/plain", CAP, "/plain", CAP)
    assert out.count("いちばん高い額") == 1 and "ふつうの日本語で答えます" in out


def test_help_names_every_command_and_wrong_ones_are_told() -> None:
    out, _ = chat("／help", "/nothing", "/")
    assert all(c in out for c in ("/profile", "/sources", "/history", "/clear", "終了"))
    assert "「/nothing」という指示はありません" in out and out.count("/help で使い方") == 2


@pytest.mark.parametrize("word", ["終了", "EXIT", "／quit", ":q"])
def test_words_to_leave(word: str) -> None:
    assert chat("/history", word, "/history")[0].count("まだ質問がありません。") == 1 and len(LEAVE_WORDS) > 5


def test_what_cannot_be_answered_does_not_end_the_chat() -> None:
    out, err = chat("あ" * 5000, CAP)
    assert "長すぎます" in err and err.count("\n") == 1 and "50万円" in out


def test_with_json_only_answers_reach_stdout() -> None:
    out, err = chat("/help", CAP, "/sources", "/history", "/profile", arguments=("--json",))
    assert len(out.splitlines()) == 1 and json.loads(out)["status"] == "answered"
    assert "/profile ファイル" in err and "［出典1］" in err


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_that_work_goes_on_and_cleans_up() -> None:
    slow, quick, pipe = Terminal(), Terminal(), io.StringIO()
    with progress(slow, patience=0.01, tick=0.01):
        time.sleep(0.2)
    assert "考えています… 0秒" in slow.getvalue() and slow.getvalue().endswith(" \r")
    with progress(quick, patience=30):
        pass
    with progress(pipe, patience=0.0):
        time.sleep(0.05)
    assert quick.getvalue() == pipe.getvalue() == ""


def test_progress_ends_with_what_goes_wrong() -> None:
    stream = Terminal()
    with pytest.raises(ValueError, match="wrong"), progress(stream, patience=0.0, tick=0.01):
        time.sleep(0.05)
        raise ValueError("wrong")
    assert stream.getvalue().endswith(" \r")
