"""The flows of the product, readable top to bottom."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant.ask.amount_beside import learned_from
from assistant.ask.back import back_up, backed_only, with_names
from assistant.ask.compose import Composed, Part, compose_parts
from assistant.ask.consult import Desk, Found
from assistant.ask.correct import settled
from assistant.ask.evidence import Evidence
from assistant.ask.explain import explain_missing, explain_route, say, suggestions, with_neighbours
from assistant.ask.gather import gather_evidence, rules_broken
from assistant.ask.gather_dates import date_findings
from assistant.ask.inquiry import Inquiry
from assistant.ask.ledger import Ledger
from assistant.ask.match_answer import match_answer, wants_match
from assistant.ask.own import point_to_own
from assistant.ask.parse import Parser
from assistant.ask.phrase import Check, Phraser, holds, open_phraser
from assistant.ask.plain import say_plainly
from assistant.ask.query import Query
from assistant.ask.quote import with_passage
from assistant.ask.rambling import asked_at_end
from assistant.ask.route import Route, choose_route
from assistant.ask.wording import falsifies
from assistant.config import Settings
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


def answer_question(question: Question, assistant: Assistant, with_model: bool = True) -> Answer:
    """The answer to one question: parse, route, gather, compose, verify.

    Args:
        question: What was asked, with the day and what was said before.
        assistant: The knowledge, parser and index.
        with_model: Whether a language model that is set may phrase it.

    Returns:
        An answer in every case: answered, refused, needs_input or failed, each with its reason.

    Raises:
        BadSetting: SHIRUBE_LLM cannot be read.
        ModelUnavailable: The model that it names cannot be opened (a part or key is missing).
    """
    *_, answer = stream_answer(question, assistant, with_model)
    assert isinstance(answer, Answer)  # noqa: S101  the last item is
    return answer


def stream_answer(question: Question, assistant: Assistant, with_model: bool = True) -> Iterator[str | Answer]:
    """The beginning of the answer's text, piece by piece as it is verified, and at last the answer; see `answer_question`.

    Where no model phrases the text there are no pieces: the answer is verified whole, and is all that comes.
    """
    started = time.perf_counter()
    for item in _answer(question, assistant, assistant.phraser if with_model else None):
        if isinstance(item, Answer):
            if not assistant.library.empty:
                item = point_to_own(item, question.text, assistant.library, assistant.index)
            # after the pointer, which asks whether the answer speaks of prose
            sources = tuple(with_passage(s, item.figures, assistant.catalogue) for s in item.sources)
            item = replace(
                item, sources=sources, id=question.id, as_of=assistant.catalogue.as_of, knowledge_version=assistant.catalogue.version,
                elapsed_ms=round((time.perf_counter() - started) * 1000),
            )  # fmt: skip
        yield item


def _answer(question: Question, assistant: Assistant, phraser: Phraser | None) -> Iterator[str | Answer]:
    catalogue, today = assistant.catalogue, question.today
    if not question.text.strip():
        yield Answer(Status.NEEDS_INPUT, say("empty", catalogue), today, "missing_input", ask_for=("質問",))
        return
    if len(question.text) > MAX_QUESTION_CHARS:
        yield Answer(Status.NEEDS_INPUT, say("too_long", catalogue), today, "missing_input", ask_for=("短い質問",))
        return
    text, history = settled(question.text, question.history)
    question = assistant.parser.spelled_out(replace(question, text=text, history=history))
    query = assistant.parser.parse(question)
    route = choose_route(query, catalogue, today)
    if route.way != "answer" and not _answers_a_part(question, query, route, assistant):
        yield _in_words(_no_way(question, query, route, assistant), question, catalogue)
        return
    if wants_match(query, catalogue) and (matched := match_answer(question, catalogue)) is not None:
        matched = _in_words(matched, question, catalogue)
        yield replace(matched, suggestions=suggestions(query, route, catalogue, matched.programmes))
        return
    parts, gaps = _parts(question, query, route, assistant)
    if parts:
        notes = (say("dictated", catalogue),) if query.dictated else ()
        composed = compose_parts(parts, catalogue, today, (*(g.text for g in gaps), *notes))
        if question.plain:
            composed = replace(composed, text=say_plainly(composed.text, catalogue))
        if composed.text.strip():
            yield from _finish(Found(query, route, parts, composed), question, assistant, phraser)
            return
        gaps = [explain_missing(question, query, route, Evidence(), catalogue, ())]
    missing = _in_words(gaps[0], question, catalogue)
    yield from _consult(missing, question, assistant, phraser)


def _no_way(question: Question, query: Query, route: Route, assistant: Assistant) -> Answer:
    """The answer for a route that leads nowhere; with the last round known, or the rules that false papers would break."""
    catalogue = assistant.catalogue
    answer = explain_route(question, query, route, catalogue)
    if route.way == "unknown_round":
        return _with_last_round(answer, query, assistant, question.today)
    if route.way != "unsafe" or not falsifies(query.text, catalogue.vocabulary):
        return answer
    rules = rules_broken(query, catalogue, assistant.index, question.today)
    return with_neighbours(answer, rules, catalogue) if rules else answer


def _with_last_round(answer: Answer, query: Query, assistant: Assistant, today: date) -> Answer:
    """That a round is not known, with the last one that is; where another programme took the place of this one, that answers."""
    catalogue = assistant.catalogue
    later = replace(query, rounds=(), year=None, attributes=("deadline",))
    asked = Inquiry(later, choose_route(later, catalogue, today), catalogue, assistant.index, today)
    dates = tuple(f for f in date_findings("deadline", asked) if not f.silent)[:2]
    if asked.route.way != "answer" or not dates:
        return answer
    parts = (Part(later, asked.route, Evidence(dates)),)
    known = back_up(compose_parts(parts, catalogue, today), later, parts, catalogue, today)
    merged = any(x.relation == "successor" for p in query.programmes for x in catalogue.programmes[p].lineage)
    status = Status.ANSWERED if merged else answer.status
    return replace(known, text=f"{answer.text}\n\n{known.text}", status=status, reason=None if merged else answer.reason)


def _answers_a_part(question: Question, query: Query, route: Route, assistant: Assistant) -> bool:
    """Whether a text that names something unknown also asks a question that names only what is known."""
    if route.way not in ("unknown_round", "unknown_name"):
        return False
    parts = assistant.parser.parse_parts(question, query)
    return len(parts) > 1 and any(choose_route(p, assistant.catalogue, question.today).way == "answer" for p in parts)


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
    learned: dict[str, Any] = {}
    for query in queries:
        if learned:
            query = replace(query, slots=replace(query.slots, inputs={**query.slots.inputs, **learned}))
        way = route if query is whole else choose_route(query, catalogue, today)
        if way.way in ("unknown_round", "unknown_name") or way.missing_round:
            gaps.append(with_names(explain_route(question, query, way, catalogue)))
        if way.way != "answer":
            continue
        evidence = gather_evidence(query, way, catalogue, assistant.index, today)
        end = asked_at_end(query, assistant.parser.attributes) if not evidence.findings else None
        if end is not None and (said := gather_evidence(end, way, catalogue, assistant.index, today)).findings:
            query, evidence = end, said
        learned |= learned_from(evidence)
        if evidence.findings:
            parts.append(Part(query, way, evidence))
        else:
            part = query.text if len(queries) > 1 else ""
            gaps.append(with_names(explain_missing(question, query, way, evidence, catalogue, evidence.near, part)))
    if parts or gaps:
        return tuple(parts), [g for g in gaps if g.status is Status.REFUSED] if parts else gaps
    evidence = gather_evidence(whole, route, catalogue, assistant.index, today)
    if evidence.findings:
        return (Part(whole, route, evidence),), []
    return (), [with_names(explain_missing(question, whole, route, evidence, catalogue, evidence.near))]


def _finish(found: Found, question: Question, assistant: Assistant, phraser: Phraser | None) -> Iterator[str | Answer]:
    """A composed text, in a model's wording if one is set, sentence by sentence; then the answer, every number backed."""
    catalogue, today, engine, sent = assistant.catalogue, question.today, "embedded", ""
    composed = found.composed
    if phraser is not None:
        composed = backed_only(composed, found.query)
        check = _check(composed.ledger, found.query, assistant, today)
        for part in phraser.write(composed, question.text, check, _desk(question, assistant)):
            composed = part.composed
            if part.whole:
                engine = str(assistant.settings.llm) if part.by_model else "embedded"
                break
            text = composed.ledger.fill(composed.text)
            yield text[len(sent) :]
            sent = text
    answer = back_up(composed, found.query, found.parts, catalogue, today)
    yield replace(answer, engine=engine, suggestions=suggestions(found.query, found.route, catalogue))


def _check(ledger: Ledger, query: Query, assistant: Assistant, today: date) -> Check:
    """What each text has to stand before a sentence of it is shown: the verifier, and an entry for every number."""
    verified = holds(ledger, assistant.catalogue, today)

    def check(text: str, template: str) -> bool:
        return verified(text, template) and backed_only(Composed(text, ledger), query).text == text

    return check


def _consult(missing: Answer, question: Question, assistant: Assistant, phraser: Phraser | None) -> Iterator[str | Answer]:
    """What a model's tools find for a question in which we found no programme; else the answer that asks back."""
    if phraser is not None and missing.reason == "missing_input":
        empty, desk = Composed("", Ledger(assistant.catalogue)), _desk(question, assistant)
        check = _check(empty.ledger, assistant.parser.parse(question), assistant, question.today)
        *_, part = phraser.write(empty, question.text, check, desk)
        if desk.found and part.composed.text.strip():
            found = replace(desk.found[0], composed=part.composed)
            *_, answer = _finish(found, question, assistant, None)
            assert isinstance(answer, Answer)  # noqa: S101  the last item is
            yield replace(answer, engine=str(assistant.settings.llm))
            return
    yield missing


def _desk(question: Question, assistant: Assistant) -> Desk:
    """Where a model may look things up for this question."""

    def look_up(text: str) -> Found | None:
        asked = replace(question, text=text, history=())
        query = assistant.parser.parse(asked)
        route = choose_route(query, assistant.catalogue, question.today)
        if route.way != "answer":
            return None
        evidence = gather_evidence(query, route, assistant.catalogue, assistant.index, question.today)
        if not evidence.findings:
            return None
        parts = (Part(query, route, evidence),)
        return Found(query, route, parts, compose_parts(parts, assistant.catalogue, question.today))

    return Desk(look_up)


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
