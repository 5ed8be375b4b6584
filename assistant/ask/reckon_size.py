"""Whether a firm counts as small by trade and headcount, where the question names no programme."""

from __future__ import annotations

import re

from assistant.ask.evidence import ComputedFinding
from assistant.ask.reckon import Case, Line, Part, people, result
from assistant.rules.values import Value

_SMALL_ASKED = re.compile(
    r"小規模(?:企業|事業)者(?:(?:の定義|に|って|とは?|と?して|扱い)[^。]{0,30}(?:入|な[るれり]|当た|該当|言え|いえ|扱|数え|認め|か[？?]|扱い[？?])"
    r"|(?:です|でしょう|なの|なん(?:です)?)?か?[？?])"
)
"""What asks whether a firm is a small one."""


def small_by_trade(case: Case) -> list[ComputedFinding]:
    """Whether the headcount told is within the line of a small firm in the trade told; both sides where the trade is open."""
    query, heads = case.query, case.inputs.get("employees")
    if query.programmes or heads is None or not _SMALL_ASKED.search(query.text) or query.slots.items:
        return []
    trade = query.slots.inputs.get("industry")
    classes = [c for c in case.catalogue.general.size_classes if trade in (None, c.industry)]
    lines: tuple[Line, ...] = tuple(
        ("small_line", {"trade": c.label, "line": Value(people=c.small_max_people, bound="max")}) for c in classes
    )  # fmt: skip
    within = {heads <= c.small_max_people for c in classes}
    told: dict[str, Part] = {"heads": people(heads, True)}
    if len(within) > 1:
        return [result(("small_open", told), *lines, source=classes[0].source)]
    met = within.pop()
    return [result(("small_met" if met else "small_not_met", told), *lines, source=classes[0].source, verdict=met)]
