"""A draft: collect, plan, write. The renderers lay it out, `check` reopens what they made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.drafting.collect import collect_facts
from assistant.drafting.plan import Plan, make_plan
from assistant.drafting.records import Facts, Missing, Problem, Section
from assistant.drafting.rewrite import SectionWriter
from assistant.drafting.write import write_sections
from assistant.rules.load import Catalogue


@dataclass(frozen=True, slots=True)
class Draft:
    """A first draft of a plan: the facts, the one ledger, the sections, and what is open."""

    facts: Facts
    plan: Plan
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...]
    missing: tuple[Missing, ...]
    as_of: str
    knowledge_version: str

    @property
    def title(self) -> str:
        """The title of the document."""
        return f"{self.facts.company.name} 経営計画書"

    def wire(self, out: str | None = None) -> dict[str, Any]:
        """The shape of the contract."""
        return {
            "id": self.facts.id, "out": out, "today": self.facts.today.isoformat(),
            "target": self.plan.place.label if self.plan.place else None,
            "sections": [s.wire() for s in self.sections], "computed": self.plan.computed(),
            "missing": [m.wire() for m in self.missing], "problems": [p.wire() for p in self.problems],
            "notes": list(self.plan.notes), "as_of": self.as_of, "knowledge_version": self.knowledge_version,
        }  # fmt: skip


def draft_document(
    company: Mapping[str, Any], today: date, catalogue: Catalogue, writer: SectionWriter | None = None
) -> Draft:
    """The draft for a company file.

    Args:
        company: The company file as a mapping (`company`, `financials`, `plan`, `target`, `project`, …).
        today: The day in Japan; a `today` of the file beats it.
        catalogue: Programmes, editions, forms.
        writer: A language model that smooths wording; it changes no figure.

    Raises:
        InputError: The file has fields of a wrong type or impossible values, or no name.
    """
    facts = collect_facts(company, today, catalogue)
    plan = make_plan(facts, catalogue)
    sections, missing = write_sections(facts, plan, writer)
    return Draft(facts, plan, sections, plan.problems, missing, catalogue.as_of, catalogue.version)
