"""The match from end to end: read the profile, judge every frame, rank, explain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.matching.candidates import all_candidates
from assistant.matching.company import as_profile
from assistant.matching.explain import summary, wire_candidate
from assistant.matching.fields import Problem
from assistant.matching.inputs import read_firm
from assistant.matching.profile import read_profile
from assistant.matching.purposes import purpose_table, read_aims
from assistant.matching.rank import rank
from assistant.matching.told import fill_from_text
from assistant.rules.load import Catalogue


def match_project(profile: Mapping[str, Any], today: date, catalogue: Catalogue, question: str | None = None) -> dict[str, Any]:
    """Which subsidies fit a firm and its project on a day, in the shape of the contract.

    Args:
        profile: The fields of the contract, each of which may be absent, or a company file of `draft`; what cannot be read
            is named in `problems`.
        today: The day in Japan.
        catalogue: All knowledge.
        question: What was asked in words; with the project's description it fills fields that the profile leaves open.

    Returns:
        `today`, `answer` (Markdown), `problems`, `candidates` best first, and `profile` as it was understood.
    """
    profile, read_so = as_profile(profile, catalogue)
    understood = fill_from_text(profile, question, _description(profile), catalogue)
    told = read_profile(understood, catalogue, today)
    firm = read_firm(told, catalogue)
    table = purpose_table(catalogue)
    ranked = rank(all_candidates(told, firm, read_aims(told, table), table, catalogue, today))
    problems = [*read_so, *told.problems]
    if firm.industry_read is not None:
        text = f"業種の区分は「{firm.industry_read}」から判断しました。違う場合は industry を選び直してください。"
        problems.append(Problem("assumed", text, "industry"))
    return {
        "today": today.isoformat(), "answer": summary(ranked, told, catalogue, today), "problems": [p.wire() for p in problems],
        "candidates": [wire_candidate(n, c, told, catalogue, today) for n, c in enumerate(ranked, 1)],
        "profile": understood,
    }  # fmt: skip


def _description(profile: Mapping[str, Any]) -> str | None:
    """What the profile says of its project in words, None if nothing readable."""
    project = profile.get("project")
    words = project.get("description") if isinstance(project, Mapping) else None
    return words if isinstance(words, str) else None
