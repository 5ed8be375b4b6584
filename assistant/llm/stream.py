"""Let a model rewrite a draft line by line as it streams: each line is judged when it is whole.

At the first line that does not hold the model is asked once to repair the rest; what does not hold then stays as it was.

The model may first ask for more lines through tools; what it gets are lines of ours, with tokens, added to the draft.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field

from assistant.errors import MalformedOutput
from assistant.llm.guard import line_faults
from assistant.llm.model import ChatModel, Message, Tool, ToolCall
from assistant.llm.rewrite import CHANGED, fenced

MAX_ROUNDS = 2
"""How often a model may ask for tools before it has to write."""
MAX_CALLS = 4
"""Calls of tools that are served in one round."""
MISSING = ("行の数が下書きと違う",)
_FENCE = re.compile(r"^`{3,}\w*$")


@dataclass
class Job:
    """What a model is asked to do."""

    system: str
    user: str
    draft: list[str]
    """Lines that it may smooth: every figure and name a token; `serve` may add to them."""
    accept: Callable[[str], bool]
    """A last judgement on the next line, which the guard lets pass, such as the verifier's."""
    seconds_left: Callable[[], float]
    tools: tuple[Tool, ...] = ()
    serve: Callable[[ToolCall], str] | None = None
    """Does a call and tells the model the outcome; a call that is no good is told as such, never raised."""


@dataclass
class _Talk:
    """The conversation so far, and what of it can still be done."""

    messages: list[Message]
    done: int = 0
    held: int = 0
    rounds: int = 0
    repaired: bool = False
    said: list[str] = field(default_factory=list)
    calls: list[ToolCall] = field(default_factory=list)
    faults: tuple[str, ...] = ()


def rewrite_stream(model: ChatModel, job: Job) -> Iterator[str | None]:
    """The model's lines for the draft, in order, each as soon as it is whole and holds; None for one that is to stay.

    Raises:
        ModelTimeout: The time is up; the lines given so far stand.
        ModelUnavailable: The model cannot be reached or broke off.
        MalformedOutput: Lines are missing, or none held, after the repair too.
    """
    talk = _Talk([Message("system", job.system), Message("user", job.user)])
    while True:
        tools = job.tools if talk.rounds < MAX_ROUNDS and not talk.done and not talk.repaired else ()
        yield from _one_reply(model, job, talk, tools)
        if talk.calls and tools and not talk.done:
            _serve(job, talk)
            continue
        if talk.done >= len(job.draft) and (talk.held or not job.draft):
            return
        faults = talk.faults or MISSING
        if talk.repaired:
            raise MalformedOutput(f"言語モデルの文面を使えません（{'、'.join(faults)}）。")
        talk.repaired = True
        said = "\n".join(talk.said)[: 2 * sum(map(len, job.draft)) + 100]
        talk.messages += [Message("assistant", said or "（なし）"), Message("user", _repair(faults, job.draft[talk.done :]))]


def _one_reply(model: ChatModel, job: Job, talk: _Talk, tools: tuple[Tool, ...]) -> Iterator[str | None]:
    """The lines of one reply that hold, in a first reply up to the one that does not; calls of tools may follow that one."""
    talk.said, talk.calls, talk.faults = [], [], ()
    room = 2 * sum(map(len, job.draft)) + 400
    with closing(whole_lines(model.stream(tuple(talk.messages), tools, max(0.0, job.seconds_left())))) as items:
        for item in items:
            if isinstance(item, ToolCall):
                talk.calls.append(item)
                continue
            talk.said.append(item)
            room -= len(item)
            if (talk.faults and not talk.repaired) or talk.done >= len(job.draft) or room < 0:
                if room > 0 and tools and not talk.done:
                    continue
                return
            yield from _judged(job, talk, item)


def _judged(job: Job, talk: _Talk, line: str) -> Iterator[str | None]:
    """The line if it holds; None if it does not and the repair is past."""
    talk.faults = line_faults(job.draft[talk.done], line, first=talk.done == 0)
    if not talk.faults and not job.accept(line):
        talk.faults = (CHANGED,)
    if talk.faults and not talk.repaired:
        return
    talk.done += 1
    talk.held += not talk.faults
    yield None if talk.faults else line


def _serve(job: Job, talk: _Talk) -> None:
    """Do the calls, and tell the model what came of them."""
    talk.rounds += 1
    talk.messages.append(Message("assistant", "", tuple(talk.calls)))
    for n, call in enumerate(talk.calls):
        told = job.serve(call) if job.serve and n < MAX_CALLS else "道具は一度に使いすぎです。この呼び出しはしていません。"
        talk.messages.append(Message("tool", told, answers=call.id))
    draft = "\n".join(job.draft)
    what = ((f"下書き（データ、{len(job.draft)}行）", draft),)
    talk.messages.append(Message("user", fenced(what, "この下書きの全部の行を整えてください。") if draft else "下書きがありません。"))


def whole_lines(pieces: Iterator[str | ToolCall]) -> Generator[str | ToolCall, None, None]:
    """Whole lines without fences, blank ones and list markers, and calls of tools; the last line only if the reply ends well."""
    rest = ""
    for piece in pieces:
        if isinstance(piece, ToolCall):
            yield piece
            continue
        *whole, rest = (rest + piece).replace("\r\n", "\n").split("\n")
        yield from filter(None, map(_plain, whole))
    yield from filter(None, [_plain(rest)])


def _plain(line: str) -> str:
    text = line.strip()
    return "" if _FENCE.match(text) else re.sub(r"^[-*・] ", "", text)


def _repair(faults: tuple[str, ...], rest: list[str]) -> str:
    reasons = "\n".join(f"- {f}" for f in faults[:8])
    head = f"次の点が決まりに反しています。\n{reasons}"
    left = ((f"残りの下書き（データ、{len(rest)}行）", "\n".join(rest)),)
    return f"{head}\n\n" + fenced(left, "この行だけを整え、同じ行数で出力してください。")
