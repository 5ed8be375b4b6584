"""The role of each amount of money in a question, told by a small linear model that is trained on labelled questions.

Rules (`money_roles`, `results_told`) give every amount a first role from single words. Users put the same thing in ever new
words, so a model weighs all that stands around the amount, the rules' own view and whether it follows from other amounts;
where it is sure, its role holds. `python -m evals roles` trains it from `evals/roles/` and writes `knowledge/amount_roles.json`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from assistant.ask.amount_features import Features, Surroundings, features
from assistant.ask.results_told import Amount
from assistant.rules.load import Catalogue

SURE, LIKELY = 0.8, 0.4
"""The probability from which the model's role replaces that of the rules, and that of a cost from which the rules' cost is one.

The rules say cost of all that they know nothing better of, so little is needed to doubt it.
"""
COSTS = ("cost_yen", "unit_price_yen")
TOTAL, WISHED = "total_yen", "wished_yen"
"""What the rules have no name for: a sum of costs that are told too, a subsidy from which the cost is asked."""
KEEPS: Mapping[str, tuple[str, ...]] = {
    "cost": COSTS,
    "total": (TOTAL,),
    "claim": ("claimed_yen", "subsidy_yen"),
    "wish": (WISHED,),
    "own": ("own_yen", "other_yen"),
    "cap": ("cap_yen", "claimed_yen"),
    "line": ("line_yen",),
    "past": ("received_yen", "granted_yen"),
    "pastcost": ("past_cost_yen",),
    "sales": ("sales_yen",),
    "books": ("other_yen", "value_added_yen", "taxable_income_yen", "income_yen"),
    "pay": ("pay_yen",),
    "wage": ("wage_yen", "cost_yen"),
    "raise": ("min_wage_raise_yen", "raise_yen"),
    "capital": ("capital_yen",),
    "other": ("other_yen", "income_yen", "list_price_yen"),
}
"""The roles of the model, each with the roles of the rules that agree with it; the first stands where they do not."""


@lru_cache(maxsize=4)
def open_role_model(catalogue: Catalogue) -> RoleModel | None:
    """The model of a catalogue, read once; None where it ships none."""
    words: dict[str, str] = catalogue.vocabulary.get("amount_words", {})
    return RoleModel.read(catalogue.amount_roles, words) if catalogue.amount_roles else None


class RoleModel:
    """A multinomial logistic regression over features of the surroundings."""

    def __init__(
        self, roles: tuple[str, ...], bias: tuple[float, ...], weights: Mapping[str, Mapping[str, float]], words: Mapping[str, str]
    ) -> None:
        self._roles, self._bias, self._weights = roles, bias, weights
        self._words = {name: re.compile(pattern) for name, pattern in words.items()}

    @classmethod
    def read(cls, text: str, words: Mapping[str, str]) -> RoleModel:
        """The model of a file that `evals` wrote.

        Args:
            text: The content of the file.
            words: Groups of words that tell roles (`amount_words` of the word tables).
        """
        data = json.loads(text)
        return cls(tuple(data["roles"]), tuple(data["bias"]), data["weights"], words)

    def reread(self, told: Surroundings, rates: frozenset[Fraction]) -> list[Amount]:
        """The amounts with the model's roles where it is sure of them.

        Args:
            told: The amounts of a text with the roles that rules gave.
            rates: The rates that subsidies have.
        """
        found = features(told, self._words, rates)
        return [replace(x, role=self.role(x.role, f)) for x, f in zip(told.amounts, found, strict=True)]

    def probabilities(self, found: Features) -> dict[str, float]:
        """How likely each role is, from 0 to 1, by the features of an amount."""
        scores = dict(zip(self._roles, self._bias, strict=True))
        for name, value in found.items():
            for role, weight in self._weights.get(name, {}).items():
                scores[role] += weight * value
        top = max(scores.values())
        shares = {role: math.exp(score - top) for role, score in scores.items()}
        return {role: share / sum(shares.values()) for role, share in shares.items()}

    def role(self, rule: str, found: Features) -> str:
        """The role of an amount by its features: the model's where it is sure and does not agree with that of the rules.

        Args:
            rule: The role that the rules give.
            found: Its features.
        """
        likely = self.probabilities(found)
        best = max(likely, key=lambda role: likely[role])
        if rule in COSTS:
            doubted = likely.get("cost", 0) + likely.get("total", 0) < LIKELY
            best = max(likely.keys() - {"cost", "total"}, key=lambda role: likely[role]) if doubted else best
            enough = doubted or best == "total"
        else:
            enough = likely[best] >= SURE
        return KEEPS[best][0] if enough and rule not in KEEPS[best] else rule
