"""Let a language model smooth a composed answer, and take its text only if nothing but the wording changed.

The model gets the prose lines with figures, sources, other numbers and names as tokens; calculations, tables and the list of
sources never leave. What it writes is checked in code, repaired once, and else dropped for the template's text.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path

from assistant.ask.compose import Composed
from assistant.ask.verify import verify_text
from assistant.config import Settings
from assistant.errors import MalformedOutput, UnknownToken
from assistant.llm.breaker import Breaker
from assistant.llm.guard import MARKUP, find_faults
from assistant.llm.mask import TOKEN, Masker
from assistant.llm.model import ChatModel, Message
from assistant.llm.providers import open_model
from assistant.rules.load import Catalogue

Check = Callable[[str], bool]

MAX_QUESTION_CHARS = 600
MAX_TOKENS_A_LINE = 12
_FROZEN = re.compile(r"^(?:出典：|受付状況：|計算：|（資料の訂正)")
_MARKER = re.compile(r"^(?:[-*・] )?(?:【[^】]*】)?")
_FENCED = re.compile(r"^`{3,}\w*\n(.*?)\n?`{3,}$", re.DOTALL)
_CONTROL = re.compile(r"[^\S\n]+|[\x00-\x09\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def phrase(composed_text: str, question_text: str, model: ChatModel, accept: Check | None = None) -> str:
    """The composed text in smoother words, its tokens untouched.

    Args:
        composed_text: Markdown with tokens `{f:n}` and `{s:n}`; other numbers may stand in it, they are hidden.
        question_text: What the user wrote; sent as data, without names and numbers.
        model: The chat model.
        accept: A last judgement on the finished text (tokens not filled), such as the verifier's.

    Returns:
        A text with the same tokens in the same lines; the composed text itself if it holds no prose.

    Raises:
        ModelTimeout: The model did not answer in time.
        ModelUnavailable: The model cannot be reached.
        MalformedOutput: The rewrite was unfit, and so was its repair.
    """
    lines = composed_text.split("\n")
    places = _prose_lines(lines)
    if not places:
        return composed_text
    masker = Masker()
    question = masker.hide_question(_CONTROL.sub(" ", question_text)[:MAX_QUESTION_CHARS])
    markers = [_MARKER.match(lines[i])[0] for i in places]  # type: ignore[index]
    draft = "\n".join(masker.hide(lines[i][len(m) :]) for i, m in zip(places, markers, strict=True))
    messages = [Message("system", _prompt()), Message("user", _request(question, draft))]
    faults: tuple[str, ...] = ()
    for _ in range(2):
        reply = model.complete(tuple(messages))
        rewrite = _plain_lines(reply)
        faults = find_faults(draft, rewrite)
        if not faults:
            texts = [masker.restore(t) for t in rewrite.split("\n")]
            done = _put_back(lines, places, markers, texts)
            if accept is None or accept(done):
                return done
            faults = ("値と、それを説明する言葉の組み合わせが、下書きと変わっている",)
        messages += [Message("assistant", reply[: 2 * len(draft) + 100]), Message("user", _repair(faults))]
    raise MalformedOutput(f"言語モデルの文面を使えません（{'、'.join(faults)}）。")


@dataclass(frozen=True)
class Phraser:
    """A model with its circuit breaker, shared by all questions of a process."""

    model: ChatModel
    breaker: Breaker

    def phrase(self, composed: Composed, question_text: str, catalogue: Catalogue, today: date) -> str:
        """The smoothed text of a composed answer, in which the verifier finds no error that the template's has not.

        Raises:
            ModelError: The template's text has to do: no reply, an unfit one, or the model is being left alone.
        """
        accept = partial(_no_new_errors, composed, catalogue, today)
        return self.breaker.run(lambda: phrase(composed.text, question_text, self.model, accept))


def open_phraser(settings: Settings, clock: Callable[[], float] = time.monotonic) -> Phraser | None:
    """The phraser of the model that SHIRUBE_LLM names; None if it is not set.

    Raises:
        BadSetting: SHIRUBE_LLM does not read as provider:model.
        ModelUnavailable: The extra is not installed, or the provider refuses the settings.
    """
    model = open_model(settings)
    return None if model is None else Phraser(model, Breaker(clock))


def _prose_lines(lines: list[str]) -> list[int]:
    """The lines worth smoothing: no calculation, table, list of sources, or row of figures."""
    places, calculation = [], False
    for i, line in enumerate(lines):
        calculation = line.startswith("計算：") or (calculation and line.startswith("- "))
        rows = len(TOKEN.findall(line)) > MAX_TOKENS_A_LINE
        fixed = calculation or rows or _FROZEN.match(line) or MARKUP.search(line)
        if not fixed and re.search(r"[ぁ-ゖ]", line):
            places.append(i)
    return places


def _put_back(lines: list[str], places: list[int], markers: list[str], texts: list[str]) -> str:
    out = list(lines)
    for i, marker, text in zip(places, markers, texts, strict=True):
        out[i] = marker + text
    return "\n".join(out)


@cache
def _prompt() -> str:
    folder = Path(__file__).resolve().parent.parent / "llm" / "prompts"
    return (folder / "phrase.md").read_text("utf-8")


def _request(question: str, draft: str) -> str:
    """Question and draft as data; the fence is longer than any in them."""
    longest = max((len(m) for m in re.findall(r"`+", question + draft)), default=0)
    fence = "`" * max(3, longest + 1)
    count = draft.count("\n") + 1
    data = (("質問（データ）", question), (f"下書き（データ、{count}行）", draft))
    return "\n\n".join([*(f"{title}\n{fence}\n{text}\n{fence}" for title, text in data), "下書きを整えてください。"])


def _repair(faults: tuple[str, ...]) -> str:
    reasons = "\n".join(f"- {f}" for f in faults[:8])
    return f"次の点が決まりに反しています。\n{reasons}\n\n直した本文だけを、下書きと同じ行数で出力してください。"


def _plain_lines(reply: str) -> str:
    """The reply without a fence around it, blank lines and list markers."""
    text = reply.strip().replace("\r\n", "\n")
    fenced = _FENCED.match(text)
    lines = (fenced[1] if fenced else text).split("\n")
    return "\n".join(re.sub(r"^[-*・] ", "", line.strip()) for line in lines if line.strip())


def _no_new_errors(composed: Composed, catalogue: Catalogue, today: date, text: str) -> bool:
    """Whether the verifier, reading the filled text alone, objects to nothing but what it says of the template's text."""
    try:
        filled = composed.ledger.fill(text)
    except UnknownToken:
        return False
    return not _errors(filled, catalogue, today) - _errors(composed.ledger.fill(composed.text), catalogue, today)


def _errors(text: str, catalogue: Catalogue, today: date) -> Counter[str]:
    found = verify_text(text, catalogue, today).numbers
    return Counter(f"{n.verdict} {n.text}" for n in found if n.verdict in ("wrong", "unsupported"))
