"""Whether the lowest wage of a workplace is below a regional minimum that the sources do not tell yet."""

from __future__ import annotations

from assistant.ask.evidence import ComputedFinding
from assistant.ask.names import regions_in
from assistant.ask.reckon import Case, Line, result, yen
from assistant.rules.schema import Requirement


def below_regional(case: Case) -> list[ComputedFinding]:
    """That the wage told cannot be held against the coming minimum wage, with the one that the sources have for the prefecture."""
    query = case.query
    wage, asked = query.slots.inputs.get("workplace_wage_yen"), case.judged and not query.slots.items
    if wage is None or not asked or query.slots.inputs.get("course_yen") is not None or query.has("amount", "cap", "rate"):
        return []
    in_question = {p.edition.id for p in case.route.places}
    needs = ((e, n) for e, _, n in case.needs() if e.id in in_question and isinstance(n, Requirement))
    found = next(((e, n) for e, n in needs if n.kind == "min_wage" and n.test is None), None)
    if found is None:
        return []
    edition, need = found
    lines: list[Line] = [("below_regional_open", {"wage": yen(int(wage), True)}), ("rule", {"text": need})]
    regions = regions_in(query.text, case.catalogue)
    told = [f for f in case.catalogue.general.facts if f.kind == "wage" and "wage" in f.figures and any(r in f.topic for r in regions)]
    lines += [("rule", {"text": f}) for f in told[:1]]
    return [result(*lines, source=need.source, place=case.place_of(edition))]
