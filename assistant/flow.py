"""The flows of the product, readable top to bottom."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import date

from assistant.config import Settings
from assistant.records import Answer, Question, Status
from assistant.rules.load import Catalogue, load_catalogue


@dataclass(frozen=True)
class Assistant:
    """What every flow needs: the knowledge and the settings; opened once at a door."""

    catalogue: Catalogue
    settings: Settings


def open_assistant(settings: Settings | None = None) -> Assistant:
    """The assistant on the shipped knowledge with the user's overlay.

    Raises:
        BadFile: A knowledge file is wrong.
    """
    settings = settings or Settings()
    catalogue = load_catalogue(settings.shipped_knowledge, settings.knowledge_dir, settings.cache_dir)
    return Assistant(catalogue, settings)


def answer_question(question: Question, assistant: Assistant) -> Answer:
    """The answer to one question; never raises for what a user can type."""
    started = time.perf_counter()
    answer = Answer(Status.FAILED, "準備中です。", question.today, reason="error")
    return replace(
        answer, id=question.id, as_of=assistant.catalogue.as_of, knowledge_version=assistant.catalogue.version,
        elapsed_ms=round((time.perf_counter() - started) * 1000),
    )  # fmt: skip


def verify_text(text: str, today: date, assistant: Assistant) -> None:
    """Placeholder until ask.verify stands; replaced in the same change set."""
