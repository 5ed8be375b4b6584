"""The answer to 「どの補助金が合う？」 in the chat: the match of the firm and project that the sentences tell."""

from __future__ import annotations

import re
from typing import Any

from assistant.ask.back import name_figures
from assistant.ask.query import Query
from assistant.matching import match_project
from assistant.matching.purposes import described_in, purpose_table
from assistant.records import Answer, Figure, Question, Source, Status
from assistant.rules.load import Catalogue
from assistant.text.numbers import Quantity, find_quantities

_PLAN = re.compile(r"たい|予定|考えて|検討|ため|つもり|に使え|を使って|に出|しよう|始め|増や|減ら|替え|変え|買")
"""Words that tell what a firm is about to do; who tells none of them has told no plan."""


def wants_match(query: Query, catalogue: Catalogue) -> bool:
    """Whether a question asks for a programme that fits, naming none."""
    words = catalogue.vocabulary.get("which_programme", ())
    return not query.programmes and any(w in query.text for w in words)


def match_answer(question: Question, catalogue: Catalogue) -> Answer | None:
    """The best fitting programmes for what was told; None if nothing of firm or project was told."""
    told = "\n".join((*question.history, question.text))
    result = match_project(dict(question.profile or {}), question.today, catalogue, question=told)
    profile: dict[str, Any] = result.get("profile") or {}
    if not set(profile) - {"project"} and not (profile.get("project") or {}).get("cost_yen"):
        return None
    candidates: list[dict[str, Any]] = result["candidates"]
    purposes = (profile.get("project") or {}).get("purposes") or described_in(told, purpose_table(catalogue))
    if not purposes and not _PLAN.search(told):
        text = str(catalogue.messages["which_plan"])
        return Answer(Status.NEEDS_INPUT, text, question.today, "missing_input", ask_for=("取組の内容", "経費の額"), profile=profile)
    text = str(result["answer"])
    figures = tuple(dict.fromkeys((*_figures(text, candidates), *name_figures(text))))
    sources = tuple(dict.fromkeys(_source(r["source"]) for c in candidates for r in c["reasons"] if r.get("source")))
    shown = tuple(s for s in sources if any(f.source == s for f in figures)) or sources[:3]
    programmes = tuple(dict.fromkeys(c["programme"] for c in candidates if c["fit"] != "no"))
    return Answer(Status.ANSWERED, text, question.today, None, figures, shown, programmes, profile=profile)


def _source(wire: dict[str, Any]) -> Source:
    return Source(wire["document"], wire["section"], wire["as_of"], wire.get("url"))


def _figures(text: str, candidates: list[dict[str, Any]]) -> list[Figure]:
    """An entry for every number of the text: a computed amount with its steps, or a reason with its source."""
    out = []
    for quantity in find_quantities(text):
        if not quantity.ignored:
            out.append(_figure(quantity, candidates))
    return out


def _figure(quantity: Quantity, candidates: list[dict[str, Any]]) -> Figure:
    for candidate in candidates:
        amount = candidate.get("amount") or {}
        steps = tuple(amount.get("steps") or ())
        where = (candidate["programme"], candidate["edition_id"], candidate["frame_id"])
        if quantity.unit == "yen" and quantity.value in (amount.get("subsidy_yen"), amount.get("own_funds_yen")):
            return Figure(quantity.text, quantity.wire, quantity.unit, "computed", "subsidy", *where, steps=steps)
        reason = next((r for r in candidate["reasons"] if quantity.text in r["text"] and r.get("source")), None)
        if reason is not None:
            return Figure(quantity.text, quantity.wire, quantity.unit, "sourced", "requirement", *where, source=_source(reason["source"]))
    return Figure(quantity.text, quantity.wire, quantity.unit, "computed", "match", steps=_all_steps(candidates))


def _all_steps(candidates: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple((candidates[0].get("amount") or {}).get("steps") or ()) if candidates else ()
