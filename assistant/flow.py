"""The flows of the product, readable top to bottom."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant.ask.back import back_up, with_names
from assistant.ask.compose import Composed, Part, compose_parts
from assistant.ask.explain import explain_missing, explain_route, say, suggestions
from assistant.ask.gather import gather_evidence
from assistant.ask.match_answer import match_answer, wants_match
from assistant.ask.own import point_to_own
from assistant.ask.parse import Parser
from assistant.ask.phrase import Phraser, open_phraser
from assistant.ask.plain import say_plainly
from assistant.ask.query import Query
from assistant.ask.route import Route, choose_route
from assistant.config import Settings
from assistant.errors import ModelError
from assistant.records import Answer, Question, Status
from assistant.rules.load import Catalogue, load_catalogue
from assistant.search.index import SearchIndex, dictionary_version, make_lexicon, open_index
from assistant.search.library import Library

if TYPE_CHECKING:
    from assistant.ask.verify import Verification
    from assistant.drafting.rewrite import SectionWriter

MAX_QUESTION_CHARS = 4000


@dataclass(frozen=True)
class Assistant:
    """What every flow needs, opened once at a door; parser and index are made on first use."""

    catalogue: Catalogue
    settings: Settings

    @cached_property
    def parser(self) -> Parser:
        """The parser of questions."""
        return Parser(self.catalogue)

    @cached_property
    def phraser(self) -> Phraser | None:
        """The language model that smooths answers; None if SHIRUBE_LLM is not set."""
        return open_phraser(self.settings)

    @cached_property
    def writer(self) -> SectionWriter | None:
        """The language model that smooths the sections of drafts; None if SHIRUBE_LLM is not set."""
        from assistant.drafting.rewrite import open_writer

        return open_writer(self.settings)

    @cached_property
    def index(self) -> SearchIndex:
        """The search index, built if there is none yet."""
        return open_index(self.catalogue, self.settings)

    @cached_property
    def library(self) -> Library:
        """The user's own documents."""
        return Library(self.settings.data_dir / "documents", lambda: make_lexicon(self.catalogue), dictionary_version())


def open_assistant(settings: Settings | None = None) -> Assistant:
    """The assistant on the shipped knowledge with the user's overlay.

    Raises:
        BadFile: A knowledge file is wrong.
    """
    settings = settings or Settings()
    catalogue = load_catalogue(settings.shipped_knowledge, settings.knowledge_dir, settings.cache_dir)
    return Assistant(catalogue, settings)


def answer_question(question: Question, assistant: Assistant) -> Answer:
    """The answer to one question: parse, route, gather, compose, verify.

    Args:
        question: What was asked, with the day and what was said before.
        assistant: The knowledge, parser and index.

    Returns:
        An answer in every case: answered, refused, needs_input or failed, each with its reason.
    """
    started = time.perf_counter()
    answer = _answer(question, assistant)
    if not assistant.library.empty:
        answer = point_to_own(answer, question.text, assistant.library, assistant.index)
    return replace(
        answer, id=question.id, as_of=assistant.catalogue.as_of, knowledge_version=assistant.catalogue.version,
        elapsed_ms=round((time.perf_counter() - started) * 1000),
    )  # fmt: skip


def _answer(question: Question, assistant: Assistant) -> Answer:
    catalogue, today = assistant.catalogue, question.today
    if not question.text.strip():
        return Answer(Status.NEEDS_INPUT, say("empty", catalogue), today, "missing_input", ask_for=("質問",))
    if len(question.text) > MAX_QUESTION_CHARS:
        return Answer(Status.NEEDS_INPUT, say("too_long", catalogue), today, "missing_input", ask_for=("短い質問",))
    query = assistant.parser.parse(question)
    route = choose_route(query, catalogue, today)
    if route.way != "answer":
        return _in_words(explain_route(question, query, route, catalogue), question, catalogue)
    if wants_match(query, catalogue):
        matched = match_answer(question, catalogue)
        if matched is not None:
            matched = _in_words(matched, question, catalogue)
            return replace(matched, suggestions=suggestions(query, route, catalogue, matched.programmes))
    parts, gaps = _parts(question, query, route, assistant)
    if not parts:
        return _in_words(gaps[0], question, catalogue)
    composed = compose_parts(parts, catalogue, today, tuple(g.text for g in gaps))
    composed, engine = _smooth(composed, question, assistant)
    if question.plain:
        composed = replace(composed, text=say_plainly(composed.text, catalogue))
    answer = back_up(composed, query, parts, catalogue, today)
    return replace(answer, engine=engine, suggestions=suggestions(query, route, catalogue))


def _in_words(answer: Answer, question: Question, catalogue: Catalogue) -> Answer:
    """An answer that is already finished, in plain words if they are wanted, its names' numbers entered."""
    text = say_plainly(answer.text, catalogue) if question.plain else answer.text
    return with_names(replace(answer, text=text))


def _parts(question: Question, whole: Query, route: Route, assistant: Assistant) -> tuple[tuple[Part, ...], list[Answer]]:
    """The questions of a text with what answers each, and refusals for those that nothing answers (never both empty)."""
    catalogue, today = assistant.catalogue, question.today
    queries = assistant.parser.parse_parts(question, whole)
    parts: list[Part] = []
    gaps: list[Answer] = []
    for query in queries:
        way = route if query is whole else choose_route(query, catalogue, today)
        if way.way != "answer":
            continue
        evidence = gather_evidence(query, way, catalogue, assistant.index, today)
        if evidence.findings:
            parts.append(Part(query, way, evidence))
        else:
            gaps.append(with_names(explain_missing(question, query, way, evidence, catalogue, ())))
    if parts or gaps:
        return tuple(parts), [g for g in gaps if g.status is Status.REFUSED] if parts else gaps
    evidence = gather_evidence(whole, route, catalogue, assistant.index, today)
    if evidence.findings:
        return (Part(whole, route, evidence),), []
    return (), [with_names(explain_missing(question, whole, route, evidence, catalogue, ()))]


def _smooth(composed: Composed, question: Question, assistant: Assistant) -> tuple[Composed, str]:
    """The composed text in a model's wording, if one is set and its text holds; else as it is. Tokens stay tokens."""
    try:
        if assistant.phraser is None:
            return composed, "embedded"
        text = assistant.phraser.phrase(composed, question.text, assistant.catalogue, question.today)
        return replace(composed, text=text), str(assistant.settings.llm)
    except ModelError:
        return composed, "embedded"


def verify_text(text: str, today: date, assistant: Assistant, own: Mapping[str, Any] | None = None) -> Verification:
    """Every number of a text checked against the knowledge, from the text alone.

    Args:
        text: Any Japanese text.
        today: The day in Japan.
        assistant: The knowledge.
        own: The writer's own figures, if he gave them.
    """
    from assistant.ask.verify import verify_text as check_text

    return check_text(text, assistant.catalogue, today, own)
