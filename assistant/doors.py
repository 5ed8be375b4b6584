"""What all doors share: the clock, cleaning of what users type, and the requests of the contract as dictionaries."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from assistant.errors import InputError, TooLong
from assistant.flow import MAX_QUESTION_CHARS, Assistant, answer_question, stream_answer
from assistant.llm.notice import take_notice
from assistant.records import Answer, Question
from assistant.rules.values import JST

MAX_TEXT_CHARS = 500_000
MAX_TURNS = 30
"""Earlier turns that are handed on; older ones do not change an answer."""

_NUMBER_FIELDS = ("start", "end", "text", "verdict", "expected", "why", "source")
_KEPT_CONTROLS = "\n\t"


def today_in_japan() -> date:
    """The day in Japan now; the only place that reads the clock for answers."""
    return datetime.now(JST).date()


def read_day(text: str | None, default: date) -> date:
    """The day written as YYYY-MM-DD, `default` if there is none.

    Raises:
        InputError: It is not a day.
    """
    if text is None or text == "":
        return default
    try:
        return date.fromisoformat(str(text).strip())
    except ValueError as error:
        raise InputError(f"日付「{str(text)[:40]}」を読めません。2026-11-24 のように 年-月-日 で書いてください。") from error


def clean_text(text: str) -> str:
    """A text without control characters and broken code points; each line end is one newline."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in _KEPT_CONTROLS or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def clean_question(text: object) -> str:
    """The question as it is handed on.

    Raises:
        InputError: It is no text, empty, or too long (TooLong).
    """
    if not isinstance(text, str):
        raise InputError("question がありません。質問の文を文字列で入れてください。")
    if len(text) > MAX_QUESTION_CHARS:
        raise TooLong("質問", len(text), MAX_QUESTION_CHARS, "要点を短くするか、文章の数値の点検なら verify を使ってください。")
    cleaned = clean_text(text)
    if not any(unicodedata.category(c)[0] in "LNSPM" for c in cleaned):
        raise InputError("質問が空です。知りたいことを文で入れてください（例: 持続化補助金の締切はいつ？）。")
    return cleaned


def read_question(data: Mapping[str, Any], today: date) -> Question:
    """The question of a request with the fields of the contract; unknown fields are left alone.

    Args:
        data: Fields of the request.
        today: The day at the door; a `today` of the request beats it.

    Raises:
        InputError: A field cannot be read; the message names it.
    """
    history = data.get("history") or []
    if not isinstance(history, list) or not all(isinstance(h, str) for h in history):
        raise InputError("history は、これまでの質問の文を古い順に並べた一覧にしてください。")
    profile = data.get("profile")
    if profile is not None and not isinstance(profile, dict):
        raise InputError("profile は、項目名と値の組にしてください（例: {\"employees\": 5}）。")
    plain = data.get("plain") or False
    if not isinstance(plain, bool):
        raise InputError("plain は true か false にしてください（true なら、やさしい日本語で答えます）。")
    earlier = [clean_text(h)[:MAX_QUESTION_CHARS] for h in history[-MAX_TURNS:]]
    conversation = data.get("conversation_id")
    return Question(
        text=clean_question(data.get("question")),
        today=read_day(data.get("today"), today),
        history=tuple(h for h in earlier if h),
        profile=profile,
        id=None if data.get("id") is None else str(data["id"]),
        conversation_id=None if conversation is None else str(conversation),
        plain=plain,
    )


def answer_request(data: Mapping[str, Any], assistant: Assistant, today: date) -> dict[str, Any]:
    """The answer to a request, in the shape of the contract; `id` comes back as it was sent.

    Raises:
        InputError: The request cannot be read.
    """
    question = read_question(data, today)
    notice = take_notice(assistant.settings)
    return _wire(answer_question(question, assistant), data, notice)


def answer_stream(data: Mapping[str, Any], assistant: Assistant, today: date) -> Iterator[str | dict[str, Any]]:
    """The answer to a request: pieces of its text as they are verified, at last all of it in the shape of the contract.

    Raises:
        InputError: The request cannot be read.
    """
    question = read_question(data, today)
    notice = take_notice(assistant.settings)
    for item in stream_answer(question, assistant):
        yield item if isinstance(item, str) else _wire(item, data, notice)


def _wire(answer: Answer, data: Mapping[str, Any], notice: str | None) -> dict[str, Any]:
    """The contract's shape, with `notice` where it is due: what leaves the machine, said once."""
    return {**answer.wire(), "id": data.get("id"), **({"notice": notice} if notice else {})}


def warm_up(assistant: Assistant, today: date) -> None:
    """Make what the first answer would make (parser, search index, verifier), once, before many ask at the same time.

    A language model that is set is opened, but nothing is sent to it.

    Raises:
        BadSetting: SHIRUBE_LLM cannot be read.
        ModelUnavailable: The model that it names cannot be opened (a part or key is missing).
    """
    name = next(iter(assistant.catalogue.programmes.values())).name
    answer_question(Question(f"{name}の上限額は？", today), assistant, with_model=False)
    _ = assistant.phraser


def verify_request(data: Mapping[str, Any], assistant: Assistant, today: date) -> dict[str, Any]:
    """The verdict on every number of a text, in the shape of the contract; offsets are those of `text`.

    Raises:
        InputError: The request cannot be read.
    """
    from assistant.ask.verify import verify_text

    text, facts = data.get("text"), data.get("facts")
    if not isinstance(text, str):
        raise InputError("text がありません。点検する文章を文字列で入れてください。")
    if len(text) > MAX_TEXT_CHARS:
        raise TooLong("文章", len(text), MAX_TEXT_CHARS, "章ごとに分けて点検してください。")
    if facts is not None and not isinstance(facts, dict):
        raise InputError("facts は、項目名と値の組にしてください。")
    readable = "".join("\ufffd" if unicodedata.category(c) == "Cs" else c for c in text)
    verdict = verify_text(readable, assistant.catalogue, read_day(data.get("today"), today), facts)
    numbers = [{name: getattr(n, name) for name in _NUMBER_FIELDS} for n in verdict.numbers]
    return {"id": data.get("id"), "ok": verdict.ok, "numbers": numbers}
