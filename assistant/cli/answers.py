"""`shirube ask` and `shirube verify`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.chat import Chat
from assistant.cli.console import Command, read_bytes, read_today, ready_model, run_batch, say, say_json, stop
from assistant.cli.shown import read_profile, show_answer
from assistant.config import read_settings
from assistant.doors import MAX_TURNS, answer_request, verify_request
from assistant.flow import Assistant, open_assistant

VERDICT_WORDS = {"wrong": "誤り", "unsupported": "裏付けなし", "ok": "正しい", "own": "自社の数値", "ignored": "対象外"}

VERIFY_HELP = (
    "文章の中の補助金の数値を1つずつ点検します。点検できれば終了コードは0で、誤りの有無は結果に出ます"
    "（プログラムからは --json の ok を見てください）。"
)
TODAY_HELP = "この日付の時点で答えます（既定は日本の今日）。"
BATCH_HELP = "1行1件のJSONを順に処理します（- は標準入力）。"
Today = Annotated[str | None, typer.Option("--today", metavar="YYYY-MM-DD", help=TODAY_HELP)]
AsJson = Annotated[bool, typer.Option("--json", help="JSONで出します。")]
Batch = Annotated[Path | None, typer.Option("--batch", metavar="FILE.jsonl", help=BATCH_HELP)]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("ask", cls=Command, help="補助金についての質問に、根拠つきで答えます。")(ask)
    app.command("verify", cls=Command, help=VERIFY_HELP)(verify)


def ask(
    context: typer.Context,
    question: Annotated[list[str] | None, typer.Argument(metavar="QUESTION", help="質問の文。なければ対話になります。")] = None,
    as_json: AsJson = False,
    profile: Annotated[
        Path | None, typer.Option("--profile", metavar="FILE", help="事業者の条件のファイル（YAML か JSON）。")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="やさしい日本語で答えます（数値は変わりません）。")] = False,
    batch: Batch = None,
    today: Today = None,
) -> None:
    """Answer one question, a batch, or a chat."""
    day = read_today(today or context.obj)
    if batch is not None and question:
        stop("質問の文と --batch は同時に使えません。どちらかにしてください。", 2)
    known = read_profile(profile) if profile else None
    assistant = open_assistant(read_settings())
    ready_model(assistant)
    if batch is not None:
        run_batch(batch, _Conversations(assistant, day, known, plain).serve)
    elif question:
        answer = answer_request({"question": " ".join(question), "profile": known, "plain": plain}, assistant, day)
        show_answer(answer, as_json)
        if answer["status"] == "failed":
            raise typer.Exit(1)
    else:
        Chat(assistant, day, known, as_json, plain).run()


class _Conversations:
    """A batch: lines of one conversation_id see the earlier questions of the batch, unless they bring a history."""

    def __init__(self, assistant: Assistant, today: date, profile: dict[str, Any] | None, plain: bool = False) -> None:
        self._assistant, self._today, self._profile, self._plain = assistant, today, profile, plain
        self._asked: dict[str, list[str]] = {}

    def serve(self, data: dict[str, Any]) -> dict[str, Any]:
        request = {"profile": self._profile, "plain": self._plain, **data}
        if data.get("conversation_id") is not None:
            asked = self._asked.setdefault(str(data["conversation_id"]), [])
            request["history"] = data.get("history") or asked[-MAX_TURNS:]
            if isinstance(data.get("question"), str):
                asked.append(data["question"])
        return answer_request(request, self._assistant, self._today)


def verify(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="点検する文章（.txt .md .docx、- は標準入力）。")] = None,
    as_json: AsJson = False,
    batch: Batch = None,
    today: Today = None,
) -> None:
    """Check every number of a text or of a batch of texts."""
    day = read_today(today or context.obj)
    if (file is None) == (batch is None):
        stop("点検するファイルか --batch のどちらか1つを指定してください（- は標準入力）。", 2)
    if batch is not None:
        assistant = open_assistant(read_settings())
        run_batch(batch, lambda data: verify_request(data, assistant, day))
        return
    text = read_text(file or Path("-"))
    result = verify_request({"text": text}, open_assistant(read_settings()), day)
    if as_json:
        say_json(result)
    else:
        show_verdicts(result, text)


def read_text(path: Path) -> str:
    """The text of a file or of stdin.

    Raises:
        InputError: It cannot be read.
    """
    from assistant.ingest.read import decode_text, read_document

    return decode_text(read_bytes(path), "標準入力") if str(path) == "-" else read_document(path)


def show_verdicts(result: dict[str, Any], text: str) -> None:
    """Write the numbers that are wrong or unsupported, and a summary."""
    numbers = [n for n in result["numbers"] if n["verdict"] != "ignored"]
    bad = [n for n in numbers if n["verdict"] in ("wrong", "unsupported")]
    for n in bad:
        line = text.count("\n", 0, n["start"]) + 1
        right = f" → 正しくは {'、'.join(n['expected'])}" if n["expected"] else ""
        say(f"{line}行目 「{n['text']}」 {VERDICT_WORDS[n['verdict']]}{right}")
        if n["why"]:
            say(f"    {n['why']}")
        if n["source"]:
            say(f"    出典: {n['source']['document']}「{n['source']['section']}」（{n['source']['as_of']} 時点）")
    checked = len(numbers)
    if not numbers:
        say("点検する数値は見つかりませんでした。")
    elif bad:
        say(f"{checked}個の数値のうち {len(bad)}個に問題があります。")
    else:
        say(f"{checked}個の数値に問題は見つかりませんでした。")
