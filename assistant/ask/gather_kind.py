"""A programme in brief, and what is said of a kind of fact (対象経費, 必要書類), for a question that names nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assistant.ask.evidence import Finding, ProseFinding
from assistant.ask.gather_dates import date_findings
from assistant.ask.gather_prose import bare_text, telling_terms
from assistant.ask.gather_tables import table_findings
from assistant.ask.inquiry import Inquiry
from assistant.search.index import Hit

MOST = 7
"""Passages shown, the first of them in the lead."""
_LEFT_OUT = re.compile(r"対象外|対象にならな|(使え|買え|出|認められ|もらえ)な(い|く)|(だめ|ダメ|駄目)な")
"""What asks for that which is not paid for."""


def of_the_kind(asked: Inquiry) -> list[Finding]:
    """The passages of the kind asked for in the places in question: summaries first, then what holds for all frames."""
    tables: Mapping[str, Any] = asked.catalogue.vocabulary.get("listed", {})
    wanted = [a for a in asked.query.attributes if a in tables]
    plain = frozenset(x for word in tables.get("plain", ()) for x in asked.index.lexicon.terms(word))
    if not wanted or not asked.route.places or set(telling_terms(asked, bare_text(asked), asked.query.attributes)) - plain:
        return []
    name = "excluded" if "cost" in wanted and _LEFT_OUT.search(asked.query.text) else wanted[0]
    kinds, topics = list(tables[name]["kinds"]), re.compile(str(tables[name]["topics"]))
    frames = {f.id for p in asked.route.places for f in p.frames}

    def order(hit: Hit) -> tuple[int, bool, bool]:
        passage = hit.passage
        return kinds.index(passage.kind), not topics.search(" ".join((passage.topic, *passage.also))), bool(passage.frames)

    found = asked.index.where(
        lambda p: p.edition_id in asked.route.editions and p.kind in kinds and (not p.frames or bool(frames & set(p.frames)))
    )
    once: dict[str, Hit] = {}
    for hit in sorted(found, key=order):
        once.setdefault(hit.passage.text, hit)
    hits = tuple(once.values())
    return [ProseFinding(hits[:1], hits[1:MOST])] if hits else []


def overview(asked: Inquiry) -> list[Finding]:
    """A programme in brief: what it is for, caps, rates and dates."""
    ids = {f"{p}#summary" for p in asked.route.programmes}
    hits = asked.index.with_ids(ids)
    out: list[Finding] = [ProseFinding(hits[:1])] if hits else []
    out += [f for kind in ("cap", "rate") for place in asked.route.places for f in table_findings(kind, place, asked.inputs)]
    return [*out, *date_findings("deadline", asked)]
