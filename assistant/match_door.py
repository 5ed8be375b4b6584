"""The request of a match as every door takes it: command, batch line, HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.doors import clean_text, read_day
from assistant.errors import InputError, TooLong
from assistant.flow import MAX_QUESTION_CHARS, Assistant
from assistant.matching import match_project


def match_request(data: Mapping[str, Any], assistant: Assistant, today: date) -> dict[str, Any]:
    """Which subsidies fit, in the shape of the contract; `id` comes back as it was sent.

    Args:
        data: `profile` and, optionally, `id`, `today`, `question`; other fields are left alone.
        assistant: The knowledge.
        today: The day at the door; a `today` of the request beats it.

    Raises:
        InputError: There is neither a profile nor a question, or they cannot be read.
    """
    profile, question = data.get("profile"), data.get("question")
    if question is not None and not isinstance(question, str):
        raise InputError("question は、文字列で入れてください。")
    if question and len(question) > MAX_QUESTION_CHARS:
        raise TooLong("質問", len(question), MAX_QUESTION_CHARS, "要点を短くしてください。")
    if profile is None and not (question and clean_text(question)):
        raise InputError('profile がありません。事業者と計画の条件を、項目名と値の組で入れてください（例: {"employees": 5}）。')
    if profile is not None and not isinstance(profile, dict):
        raise InputError('profile は、項目名と値の組にしてください（例: {"employees": 5}）。')
    day = read_day(data.get("today"), today)
    asked = clean_text(question) if question else None
    return {"id": data.get("id"), **match_project(profile or {}, day, assistant.catalogue, asked or None)}
