"""Let a language model smooth a composed answer, and take its lines only if nothing but the wording changed.

The model gets the sentences, one a line, with figures, sources, other numbers and names as tokens; calculations, tables and the
list of sources never leave. Each line that it writes is checked in code and by the verifier before it counts; one repair, and
then the template's sentences stand. It may ask for more through typed tools (`ask.consult`).
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from assistant.ask.compose import Composed
from assistant.ask.consult import Desk
from assistant.ask.ledger import Ledger
from assistant.ask.verify import verify_text
from assistant.config import Settings
from assistant.errors import ModelError, UnknownToken
from assistant.llm.breaker import Breaker
from assistant.llm.guard import MARKUP
from assistant.llm.mask import TOKEN, Masker
from assistant.llm.model import ChatModel, ToolCall
from assistant.llm.providers import open_model
from assistant.llm.rewrite import fenced
from assistant.llm.stream import Job, rewrite_stream
from assistant.llm.tools import BadCall, list_tools, read_call
from assistant.rules.load import Catalogue

Check = Callable[[str, str], bool]
"""Whether a whole text may go out in place of another one (tokens not filled), such as the verifier's judgement."""

MAX_QUESTION_CHARS = 600
MAX_TOKENS_A_LINE = 12
_FROZEN = re.compile(r"^(?:出典：|受付状況：|計算：|（資料の訂正)")
_END = re.compile(r"\n\n(?:受付状況|出典)：")
_MARKER = re.compile(r"^(?:[-*・] )?(?:【[^】]*】)?")
_SENTENCE_END = re.compile(r"(?<=。)(?=[^」』）)\s{])(?![^（）]*）)")
"""Between two sentences; a citation stays with the one before it, and brackets stay whole."""
_CONTROL = re.compile(r"[^\S\n]+|[\x00-\x09\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Phrased:
    """An answer on its way: the sentences that are settled, or, at the end, all of them."""

    composed: Composed
    whole: bool
    by_model: bool
    """Whether a line of it is in the model's words."""


@dataclass
class _Writing:
    """One composed answer with the sentences that a model may smooth; what it does not smooth stays."""

    composed: Composed
    question: str
    check: Check
    desk: Desk | None
    masker: Masker = field(default_factory=Masker)
    taken: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    by_model: bool = False

    def __post_init__(self) -> None:
        self.question = self.masker.hide_question(_CONTROL.sub(" ", self.question)[:MAX_QUESTION_CHARS])
        self._cut()

    def _cut(self) -> None:
        """The text as pieces: those that stay, and sentences that the model may smooth."""
        self.pieces: list[str] = []
        self.places: list[int] = []
        lines = self.composed.text.split("\n")
        prose = set(_prose_lines(lines))
        for i, line in enumerate(lines):
            if i:
                self.pieces.append("\n")
            marker = _MARKER.match(line)[0] if i in prose else line  # type: ignore[index]
            self.pieces.append(marker)
            for sentence in _SENTENCE_END.split(line[len(marker) :]) if i in prose else ():
                self.places.append(len(self.pieces))
                self.pieces.append(sentence)
        self.hidden[:] = [self.masker.hide(self.pieces[i]) for i in self.places]

    def user(self) -> str:
        """Question and draft as data."""
        draft = "\n".join(self.hidden)
        parts = [("質問（データ）", self.question)]
        if not draft:
            return fenced(tuple(parts), "下書きはまだありません。答えに要る事を道具で調べてください。")
        return fenced((*parts, (f"下書き（データ、一文一行、{len(self.hidden)}行）", draft)), "下書きを整えてください。")

    def holds(self, line: str) -> bool:
        """Whether the whole text, with a line of the model after those taken so far, may go out."""
        return self.check(self._put([*self.taken, self.masker.restore(line)]), self.composed.text)

    def take(self, line: str | None) -> None:
        """Let a line of the model stand, or ours where it is None."""
        self.by_model |= line is not None
        self.taken.append(self.pieces[self.places[len(self.taken)]] if line is None else self.masker.restore(line))

    def settled(self) -> Composed:
        """The text up to the next sentence that the model has still to write."""
        n = len(self.taken)
        return replace(self.composed, text=self._put(self.taken, self.places[n] if n < len(self.places) else None))

    def whole(self) -> Composed:
        """All lines, the composed ones where the model has written none."""
        return replace(self.composed, text=self._put(self.taken))

    def serve(self, call: ToolCall) -> str:
        """Do a call of the model; what it finds is added to the composed text, before the list of sources."""
        try:
            arguments = read_call(call)
            if self.desk is None:
                raise BadCall("道具は使えません。")
            block = self.desk.block(arguments, self.composed, self.masker)
        except BadCall as error:
            return str(error)
        if not self._add(block):
            return "それは下書きに既にあるか、確かめられません。"
        return "見つかりました。下書きに加えました。"

    def _add(self, block: str) -> bool:
        """Add the lines of a block that are new and to which the verifier does not object; whether there are any."""
        fill, text = self.composed.ledger.fill, self.composed.text
        old = {line.strip() for line in fill(text).split("\n")}
        end = _END.search(text)
        head, tail = (text[: end.start()], text[end.start() :]) if end else (text, "")
        kept: list[str] = []
        for line in block.split("\n"):
            added = "\n".join([*kept, line])
            if fill(line).strip() not in old - {""} and self.check(f"{head}\n\n{added}{tail}", text):
                kept.append(line)
        if not "".join(kept).strip():
            return False
        added = "\n".join(kept).strip()
        self.composed = replace(self.composed, text=f"{head}\n\n{added}{tail}".strip("\n"))
        self._cut()
        return True

    def _put(self, texts: list[str], end: int | None = None) -> str:
        out = list(self.pieces)
        for i, text in zip(self.places, texts, strict=False):
            out[i] = text
        return "".join(out[:end])


@dataclass(frozen=True)
class Phraser:
    """A model with its circuit breaker, shared by all questions of a process."""

    model: ChatModel
    breaker: Breaker
    clock: Callable[[], float] = time.monotonic
    seconds: float = 20.0
    """The time that the model has for one answer."""

    def write(self, composed: Composed, question: str, check: Check, desk: Desk | None = None) -> Iterator[Phrased]:
        """The answer as its sentences are settled, and at last whole; where the model fails the composed ones stand.

        Args:
            composed: Markdown with tokens `{f:n}` and `{s:n}`; other numbers may stand in it, they are hidden.
            question: What the user wrote; sent as data, without names and numbers.
            check: Whether a text may go out in place of the composed one.
            desk: Where the model may look things up; no tools if None.
        """
        writing = _Writing(composed, question, check, desk)
        if writing.hidden or desk is not None:
            try:
                with self.breaker.watch():
                    for line in rewrite_stream(self.model, self._job(writing)):
                        writing.take(line)
                        yield Phrased(writing.settled(), False, writing.by_model)
            except ModelError:
                pass  # fluency is lost, nothing else
        yield Phrased(writing.whole(), True, writing.by_model or bool(desk and desk.found))

    def _job(self, writing: _Writing) -> Job:
        ends = self.clock() + self.seconds
        system = _prompt("phrase") if writing.desk is None else f"{_prompt('phrase')}\n{_prompt('tools')}"
        return Job(
            system, writing.user(), writing.hidden, writing.holds,
            lambda: ends - self.clock(), list_tools() if writing.desk is not None else (), writing.serve,
        )  # fmt: skip


def open_phraser(settings: Settings, clock: Callable[[], float] = time.monotonic) -> Phraser | None:
    """The phraser of the model that SHIRUBE_LLM names; None if it is not set.

    Raises:
        BadSetting: SHIRUBE_LLM does not read as provider:model.
        ModelUnavailable: The extra is not installed, or the provider refuses the settings.
    """
    model = open_model(settings)
    return None if model is None else Phraser(model, Breaker(clock), clock, settings.llm_timeout_seconds)


def holds(ledger: Ledger, catalogue: Catalogue, today: date) -> Check:
    """A check of texts with this ledger: the verifier, reading each alone, objects to nothing that it does not in the other one."""
    objections = lru_cache(maxsize=2)(lambda template: _errors(ledger.fill(template), catalogue, today))

    def check(text: str, template: str) -> bool:
        try:
            found = _errors(ledger.fill(text), catalogue, today)
        except UnknownToken:
            return False
        return not found or not found - objections(template)

    return check


def _errors(text: str, catalogue: Catalogue, today: date) -> Counter[str]:
    found = verify_text(text, catalogue, today).numbers
    return Counter(f"{n.verdict} {n.text}" for n in found if n.verdict in ("wrong", "unsupported"))


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


@cache
def _prompt(name: str) -> str:
    folder = Path(__file__).resolve().parent.parent / "llm" / "prompts"
    return (folder / f"{name}.md").read_text("utf-8")
