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
from assistant.errors import UnknownToken
from assistant.llm.breaker import Breaker
from assistant.llm.guard import MARKUP
from assistant.llm.mask import TOKEN, Masker
from assistant.llm.model import ChatModel
from assistant.llm.providers import open_model
from assistant.llm.rewrite import fenced, rewrite_lines
from assistant.rules.load import Catalogue

Check = Callable[[str], bool]

MAX_QUESTION_CHARS = 600
MAX_TOKENS_A_LINE = 12
_FROZEN = re.compile(r"^(?:出典：|受付状況：|計算：|（資料の訂正)")
_MARKER = re.compile(r"^(?:[-*・] )?(?:【[^】]*】)?")
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


    def done(rewrite: list[str]) -> str:
        return _put_back(lines, places, markers, [masker.restore(t) for t in rewrite])

    texts = rewrite_lines(
        model, _prompt(), _request(question, draft), draft, (lambda r: accept(done(r))) if accept is not None else None
    )
    return done(texts)


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
    """Question and draft as data."""
    count = draft.count("\n") + 1
    return fenced((("質問（データ）", question), (f"下書き（データ、{count}行）", draft)), "下書きを整えてください。")


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
