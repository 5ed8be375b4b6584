"""Ask a model to rewrite lines, and take its lines only if they hold: one repair, else an error."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.errors import MalformedOutput
from assistant.llm.guard import find_faults
from assistant.llm.model import ChatModel, Message

Accept = Callable[[list[str]], bool]

CHANGED = "値と、それを説明する言葉の組み合わせが、下書きと変わっている"
_FENCED = re.compile(r"^`{3,}\w*\n(.*?)\n?`{3,}$", re.DOTALL)


def rewrite_lines(model: ChatModel, system: str, user: str, draft: str, accept: Accept | None = None) -> list[str]:
    """The model's lines for a draft, one for each of its lines, every token in its place.

    Args:
        model: The chat model.
        system: What it is told to do.
        user: The draft as data, with what else it needs.
        draft: The lines that it may smooth: every figure and name a token.
        accept: A last judgement on its lines.

    Raises:
        ModelTimeout: The model did not answer in time.
        ModelUnavailable: The model cannot be reached.
        MalformedOutput: The rewrite was unfit, and so was its repair.
    """
    messages = [Message("system", system), Message("user", user)]
    faults: tuple[str, ...] = ()
    for _ in range(2):
        reply = model.complete(tuple(messages))
        rewrite = _plain_lines(reply)
        faults = find_faults(draft, rewrite)
        if not faults:
            lines = rewrite.split("\n")
            if accept is None or accept(lines):
                return lines
            faults = (CHANGED,)
        messages += [Message("assistant", reply[: 2 * len(draft) + 100]), Message("user", _repair(faults))]
    raise MalformedOutput(f"言語モデルの文面を使えません（{'、'.join(faults)}）。")


def fenced(parts: tuple[tuple[str, str], ...], last: str) -> str:
    """Titled texts as data; the fence is longer than any in them."""
    longest = max((len(m) for _, text in parts for m in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n\n".join([*(f"{title}\n{fence}\n{text}\n{fence}" for title, text in parts), last])


def _repair(faults: tuple[str, ...]) -> str:
    reasons = "\n".join(f"- {f}" for f in faults[:8])
    return f"次の点が決まりに反しています。\n{reasons}\n\n直した本文だけを、下書きと同じ行数で出力してください。"


def _plain_lines(reply: str) -> str:
    """The reply without a fence around it, blank lines and list markers."""
    text = reply.strip().replace("\r\n", "\n")
    inside = _FENCED.match(text)
    lines = (inside[1] if inside else text).split("\n")
    return "\n".join(re.sub(r"^[-*・] ", "", line.strip()) for line in lines if line.strip())
