"""Whether a question wants a computed amount, and the amounts of the frames in question with what else the text asks."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.ask.arrange import ENOUGH, GOOD_SCORE, arrange, is_strong
from assistant.ask.carry import ENDS_OPEN, ONLY_THINGS
from assistant.ask.evidence import AmountFinding, ComputedFinding, Evidence, Finding, ProseFinding
from assistant.ask.gather_amounts import amount_finding, missing_labels
from assistant.ask.gather_frames import frames_together
from assistant.ask.gather_parts import likely_frames, yearly_finding
from assistant.ask.gather_prose import Prose, search_prose
from assistant.ask.gather_worded import WORDED
from assistant.ask.inquiry import Inquiry
from assistant.ask.query import Query
from assistant.ask.verdicts import asks_if_not, asks_leave, forbids_asked
from assistant.ask.wording import asks
from assistant.search.index import Hit

_COST_TOLD = re.compile(r"(費|費用|経費|購入|代)[はがで、：:]?(約|およそ|税[抜込]き?)?[0-9０-９]")
"""A word for costs that names an amount asks for no rule on costs."""
_SUBSIDY_IS = re.compile(r"(補助|助成|交付)(金|額)?(は|って)[？?。\s]*$")
_WITH_COST = re.compile(r"[円万億](の[^。、0-9]{1,10}|[^。、0-9]{0,6})?で(も|は)?、?(申請|応募|出せ|いけ|申し込)")
"""What asks whether one may apply with a cost of this size."""


def amounts_asked(asked: Inquiry, prose: Prose) -> Evidence | None:
    """The amounts, where the question wants them or asks whether it may apply with a cost that a floor decides on; else None."""
    query = asked.query
    outright = _wants_amount(query, prose)
    if not asked.route.places or not (outright or (query.slots.items and query.has("eligibility") and not query.has("floor"))):
        return None
    evidence = amounts_of(asked, prose)
    if outright:
        return evidence
    cases = [v.amount for f in evidence.findings if isinstance(f, AmountFinding) for v in f.variants]
    below = bool(cases) and all(a.blocked for a in cases)
    above = bool(cases) and all(a.floor_yen and not a.blocked for a in cases) and _WITH_COST.search(query.text)
    return evidence if below or above else None


def _wants_amount(query: Query, prose: Prose) -> bool:
    """Whether the question wants a computed amount: it names costs and asks for money or nothing, or asks for money alone."""
    if query.slots.items:
        told = not query.has("cost") or _COST_TOLD.search(query.text)
        if told and not asks(query.text) and not query.has("eligibility", "requirement", "compare"):
            return True  # a cost told without a question: what it brings
        if _SUBSIDY_IS.search(query.text):
            return True
        if set(query.attributes) <= ONLY_THINGS - {"eligibility"} and ENDS_OPEN.search(query.text.rstrip("。？? ")):
            return True  # the same cost under another condition
        asked = query.has_word("money_words") or query.has_word("cost_needed") or query.has("amount", "own_funds")
        if query.has("floor"):
            return asked or not query.confirm
        if {"cap", "rate"} <= set(query.attributes) and not asked and not query.slots.claimed:
            return False  # the table is asked for, whatever the cost
        allowed = query.slots.ratios or not any(forbids_asked(query, h) for h in prose.hits[:3])
        held = bool(query.slots.claimed) or (query.confirm and bool(allowed))
        if held and not (asked or query.slots.claimed) and _asks_about_a_rule(query, prose):
            return False
        return asked or (held and not query.has(*WORDED)) or (not query.attributes and not is_strong(prose, False))
    return query.has("amount", "own_funds") and not query.has("cap", *WORDED) and not prose.telling


def _asks_about_a_rule(query: Query, prose: Prose) -> bool:
    """Whether a question asks if a payment is allowed, of which the best passage speaks: it forbids, or sets a bound in money."""
    if len(query.slots.items) != 1 or not (asks_leave(query) or asks_if_not(query)) or not prose.hits or prose.hits[0].score < GOOD_SCORE:
        return False
    best = prose.hits[0].passage
    return best.kind == "excluded_cost" or (best.kind == "cost_rule" and any(v.bound and v.yen for v in best.figures.values()))


def amounts_of(asked: Inquiry, prose: Prose) -> Evidence:
    """The amounts of the frames in question; what else the text asks stands beside them."""
    query, inputs, catalogue = asked.query, asked.inputs, asked.catalogue
    findings: list[Finding] = []
    for place in asked.own_places:
        together = frames_together(query, place, inputs, catalogue)
        if together:
            return Evidence(tuple(together))
        for frame in likely_frames(query, place, catalogue):
            if frame.rate is None and not frame.components:
                continue
            findings.append(yearly_finding(query, place, frame, inputs) or amount_finding(query, place, frame, inputs, catalogue))
    if findings and isinstance(findings[0], ComputedFinding):
        return Evidence(tuple(findings[:1]))
    amounts = [f for f in findings if isinstance(f, AmountFinding)]
    shut = _all_shut_out(query, amounts, prose)
    if shut:
        return Evidence((ProseFinding(shut[:1], shut[1:3]),))
    decided = [f for f in amounts if f.variants and not f.missing or f.blocked]
    if not amounts:
        return arrange(query, prose, [], [], [])
    missing = tuple(dict.fromkeys(n for f in amounts for n in f.missing))
    ask_for = () if decided or any(f.variants for f in amounts) else missing_labels(missing)
    more = tuple(h for h in prose.hits[:2] if h.coverage >= ENOUGH and prose.telling)
    tail: tuple[Finding, ...] = (ProseFinding((), more),) if more else ()
    asides = asides_of(asked)
    most = max((v.amount.subsidy_yen for f in decided for v in f.variants), default=0)
    shown = [f for f in amounts if f in decided or (f.variants and (f.place.framed or _may_pay_more(f, most)))] if decided else amounts
    return Evidence((*shown[:3], *(asides or tail)), ask_for=ask_for)


def _may_pay_more(open_: AmountFinding, most_yen: int) -> bool:
    """Whether a frame that is not decided may pay more than those that are: to leave it out would hide it."""
    return any(v.amount.subsidy_yen > most_yen for v in open_.variants)


def _all_shut_out(query: Query, amounts: list[AmountFinding], prose: Prose) -> tuple[Hit, ...]:
    """The passages that shut out the costs told, where none of them is paid for: no amount is left to ask about."""
    left = [f for f in amounts if f.variants or len(f.excluded) < len(query.slots.items)]
    return () if left or not query.slots.items else tuple(h for h in prose.hits if h.passage.verdict == "excluded")


def asides_of(asked: Inquiry) -> tuple[ProseFinding, ...]:
    """Passages for further questions of the same text: the sentences after the first that ask something of their own."""
    query = asked.query
    sentences = [s for s in re.split(r"(?<=[。？?！!\n])", query.text) if s.strip()]
    asks_too = [s for s in sentences if re.search(r"[？?]|か[。\s]*$|教えて|知りたい", s)]
    out: list[ProseFinding] = []
    for sentence in asks_too[1:3]:
        part = replace(query, text=sentence, mentions=(), slots=replace(query.slots, quantities=()))
        found = search_prose(replace(asked, query=part))
        if found.hits and ((found.telling and found.coverage >= ENOUGH) or found.named >= 3):
            out.append(ProseFinding((), found.hits[:2]))
    return tuple(out)
