"""The amount beside a sum or a verdict that was worked out, where the question asks for that too."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.ask.evidence import AmountFinding, ComputedFinding, Evidence, Finding
from assistant.ask.gather_asked import amounts_of
from assistant.ask.gather_prose import Prose
from assistant.ask.inquiry import Inquiry
from assistant.ask.wording import asks


def learned_from(evidence: Evidence) -> dict[str, Any]:
    """The inputs of rules that a sum worked out (how many workers count), for the amounts that follow from it."""
    found = (f.values.get("learned") for f in evidence.findings if isinstance(f, ComputedFinding))
    return next((learned for learned in found if isinstance(learned, dict)), {})


def with_amount(computed: Evidence, asked: Inquiry) -> Evidence:
    """What was worked out, and the amount beside it where the question names a cost and asks for that too."""
    slots, learned = asked.query.slots, learned_from(computed)
    of_rate = bool({"near_minimum_wage", "specials"} & set(learned)) and not _amount_beside(computed)  # they decide on a rate or a measure
    amount, money = asked.query.has("amount", "own_funds"), asked.query.has_word("money_words")
    wants = of_rate or (money or not asks(asked.query.text) if learned.get("workers") else amount)
    wants = wants and bool(of_rate or learned.get("workers") or all(_is_met(f) for f in computed.findings))
    if not slots.items or not (wants or _amount_beside(computed)):
        return computed
    known = replace(asked, query=replace(asked.query, slots=replace(slots, inputs={**slots.inputs, **learned})))
    amounts = tuple(f for f in amounts_of(known, Prose((), (), 0)).findings if isinstance(f, AmountFinding))
    first = of_rate and (slots.claimed or money or amount)  # what was asked for, then its reason
    return replace(computed, findings=(*amounts, *computed.findings) if first else (*computed.findings, *amounts))


def _amount_beside(computed: Evidence) -> bool:
    """Whether what was worked out changes the amount that the question is about."""
    return any(isinstance(f, ComputedFinding) and f.values.get("amount_beside") is True for f in computed.findings)


def _is_met(found: Finding) -> bool:
    """Whether a finding only says that the costs of a question meet a demand: what they bring is left to say."""
    of_costs = isinstance(found, ComputedFinding) and (found.kind == "requirement" or found.values.get("of_costs") is True)
    return of_costs and isinstance(found, ComputedFinding) and found.verdict is True
