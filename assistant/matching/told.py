"""A profile from a free sentence about a firm and its project: shown to the user, who may change it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assistant.ask.slots import Slots, read_slots
from assistant.matching.inputs import industry_of
from assistant.matching.profile import INDUSTRIES
from assistant.rules.load import Catalogue

PARTICLES = "をはがにでとへのもや、 "
_PREFECTURE = re.compile(r"北海道|東京都|京都府|大阪府|[一-龥]{2,3}県")
_FACTS = (
    "is_corporation", "invoice_registered", "was_tax_exempt", "deficit", "has_100oku_declaration", "sales_yen", "capital_yen",
)  # fmt: skip
_WAGES = ("min_wage_raise_yen", "payroll_growth_pct", "per_capita_growth_pct")


def profile_from_text(text: str, catalogue: Catalogue) -> dict[str, Any]:
    """The profile that a sentence tells, in the shape of the contract; what it does not tell is absent."""
    slots = read_slots(text, catalogue)
    known = slots.inputs
    out: dict[str, Any] = {n: known[n] for n in ("employees", *_FACTS) if n in known}
    industry, word = industry_of(text, catalogue)
    words = {v: k for k, v in INDUSTRIES.items()}
    if industry is not None:
        out |= {"industry": words[industry], "industry_detail": word}
    place = _PREFECTURE.search(text)
    if place:
        out["prefecture"] = place.group()
    wages = {n: known[n] for n in _WAGES if n in known}
    if wages:
        out["wage_plan"] = wages
    return {**out, "project": _project(text, slots)}


def _project(text: str, slots: Slots) -> dict[str, Any]:
    project: dict[str, Any] = {"description": text}
    total = sum(i.yen for i in slots.items)
    if total:
        project["cost_yen"] = slots.total_yen or total
        if len(slots.items) > 1:
            items = [(i.label.rstrip(PARTICLES), i.yen) for i in slots.items]
            project["cost_items"] = [{"category": None, "description": label, "yen": yen} for label, yen in items]
    if slots.tax == "incl":
        project["tax"] = "税込"
    return project


def fill_from_text(profile: Mapping[str, Any], text: str, catalogue: Catalogue) -> dict[str, Any]:
    """A profile with what it leaves open filled from a sentence; what the profile tells stays."""
    told = profile_from_text(text, catalogue)
    out = dict(profile)
    for name, value in told.items():
        if name in ("project", "wage_plan"):
            own = out.get(name)
            if own is None:
                out[name] = value
            elif name == "wage_plan" and isinstance(own, dict):
                out[name] = {**value, **{k: v for k, v in own.items() if v is not None}}
        elif out.get(name) is None and not (name == "industry_detail" and out.get("industry")):
            out[name] = value
    return out
