"""The law's lines between small, medium and larger firms, where programmes leave them to the law."""

from __future__ import annotations

from typing import Literal

from pydantic import StrictStr

from assistant.rules.values import Count, Strict, Yen


class SmeLimit(Strict):
    """The law's line of a medium firm in one industry: it is one if capital or headcount is within its limit."""

    industry: Literal["shogyo_service", "shukuhaku_goraku", "seizo_other"]
    label: StrictStr
    words: tuple[StrictStr, ...] = ()
    """Words of an industry that tell this row from others of the class; none: the row of the rest."""
    max_capital_yen: Yen
    max_people: Count

    def holds(self, employees: int | None, capital_yen: int | None) -> bool | None:
        """Whether a firm is within the line; None if what is told does not say."""
        if employees is not None and employees <= self.max_people:
            return True
        if capital_yen is not None and capital_yen <= self.max_capital_yen:
            return True
        return None if employees is None or capital_yen is None else False
