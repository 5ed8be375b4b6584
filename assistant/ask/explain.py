"""Outcomes that are not an answer, in words: each a typed status with its reason and the way on."""

from __future__ import annotations

from dataclasses import replace

from assistant.ask.evidence import Evidence
from assistant.ask.ledger import Ledger
from assistant.ask.prose import passage_text
from assistant.ask.query import Query
from assistant.ask.route import Route
from assistant.ask.uncovered import uncovered_topic
from assistant.ask.wording import falsifies
from assistant.records import Answer, Question, Status
from assistant.rules.load import Catalogue
from assistant.search.index import Hit

NAMED_CHARS = 40
"""A question of at most this length, without figures, is named in its refusal."""


def say(key: str, catalogue: Catalogue, **words: str) -> str:
    """A message of the knowledge with its blanks filled."""
    text = str(catalogue.messages.get(key, ""))
    for name, word in words.items():
        text = text.replace("{" + name + "}", word)
    return text


def explain_route(question: Question, query: Query, route: Route, catalogue: Catalogue) -> Answer:
    """The answer for a route that leads nowhere: small talk, misuse, unknown names and rounds."""
    if route.way == "small_talk":
        return Answer(Status.ANSWERED, say(query.small_talk or "who", catalogue), question.today)
    if route.way == "unsafe":
        key = "falsify" if falsifies(query.text, catalogue.vocabulary) else "secret"
        return Answer(Status.REFUSED, say(key, catalogue), question.today, reason="unsafe")
    if route.way == "out_of_scope":
        return Answer(Status.REFUSED, say("out_of_scope", catalogue), question.today, reason="out_of_scope")
    if route.way == "unknown_name":
        names = "、".join(f"「{n}」" for n in query.unknown_names)
        key = "elsewhere" if query.elsewhere else "unknown_name"
        return Answer(Status.REFUSED, say(key, catalogue, names=names, place=query.elsewhere), question.today, reason="not_in_sources")
    programme = catalogue.programmes[query.programmes[0]]
    labels = {s.id: s.label for s in programme.series}
    series = {labels[t.series] for t in query.named("series") if t.programme == programme.id and t.series in labels}
    name = f"{programme.short} {series.pop()}" if len(series) == 1 else programme.short
    text = say(
        "unknown_round", catalogue, programme=name, round=route.missing_round or "", office=programme.office.name
    )
    return Answer(Status.REFUSED, text, question.today, reason="not_in_sources", programmes=query.programmes)


def explain_missing(
    question: Question, query: Query, route: Route, evidence: Evidence, catalogue: Catalogue, near: tuple[Hit, ...], part: str = ""
) -> Answer:
    """The answer where the knowledge holds nothing on what was asked: refused, or asked back where nothing was said.

    `part` is the one question of several that it is about; the refusal names it.
    """
    if not query.programmes and not evidence.unknown:
        ask_for = ("補助金の名前", "従業員数", "業種", "使いたい経費の内容と金額")
        return Answer(Status.NEEDS_INPUT, say("which_programme", catalogue), question.today, "missing_input", ask_for=ask_for)
    office = "商工会・商工会議所や制度の事務局"
    if route.places:
        office = catalogue.programmes[route.places[0].edition.programme].office.name
    ledger = Ledger(catalogue)
    named = part.strip().rstrip("。？?") if len(part) <= NAMED_CHARS and not any(c.isdigit() for c in part) else ""
    text = say("not_in_sources_of" if named else "not_in_sources", catalogue, office=office, part=named)
    if topic := uncovered_topic(query.text, bool(query.named_programmes), (), catalogue):
        text = say("not_covered", catalogue, what=str(topic["what"]), office=str(topic.get("ask", office)))
    answer = Answer(Status.REFUSED, ledger.fill(text), question.today, "not_in_sources", programmes=query.programmes)
    return with_neighbours(answer, near, catalogue) if near else answer


def with_neighbours(answer: Answer, hits: tuple[Hit, ...], catalogue: Catalogue) -> Answer:
    """A refusal with neighbouring facts, told as such."""
    ledger = Ledger(catalogue)
    lines = [f"- {passage_text(h.passage, ledger, catalogue, short=True)}" for h in hits]
    text = answer.text + "\n\n" + say("neighbour", catalogue) + "\n" + "\n".join(lines)
    return replace(answer, text=ledger.fill(text), figures=tuple(ledger.figures), sources=tuple(ledger.sources))


def suggestions(query: Query, route: Route, catalogue: Catalogue, matched: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Three questions that may come next, none of them just asked.

    Args:
        query: The question just answered.
        route: Its places.
        catalogue: The knowledge.
        matched: Programmes that the answer spoke of, where the question named none.
    """
    if not route.places:
        usual = [p for p in catalogue.vocabulary.get("suggested", ()) if p in catalogue.programmes]
        names = [catalogue.programmes[p].short for p in (*matched, *usual)]
        return tuple(n + say("suggest_cap", catalogue) for n in dict.fromkeys(names))[:3]
    name = catalogue.programmes[route.places[0].edition.programme].short
    keys = [("cap", "suggest_cap"), ("deadline", "suggest_deadline"), ("cost", "suggest_cost"), ("amount", "suggest_amount")]
    keys.append(("bonus", "suggest_bonus"))
    return tuple(name + say(key, catalogue) for attribute, key in keys if not query.has(attribute))[:3]
