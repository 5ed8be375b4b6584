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
_OF_FIRM = re.compile(
    r"(従業員|社員|スタッフ|職員)(数)?[はが]?[0-9０-９]+(人|名)(?!の(採用|増員|募集))|[0-9０-９]+(人|名)の(会社|店|工場|企業|事業者|旅館|法人)|家族だけ|一人で"
)
"""A headcount told as the whole firm's."""
_FACTS = (
    "is_corporation", "invoice_registered", "was_tax_exempt", "deficit", "has_100oku_declaration", "is_deemed_large", "revival",
    "sales_yen", "planned_sales_yen", "capital_yen", "workers", "course_yen", "workplace_wage_yen",
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
    out |= _place(text, catalogue)
    wages = {n: known[n] for n in _WAGES if n in known}
    if wages:
        out["wage_plan"] = wages
    return {**out, "project": _project(text, slots)}


def _place(text: str, catalogue: Catalogue) -> dict[str, str]:
    """The prefecture that is named in full, and a city that has schemes of its own."""
    out: dict[str, str] = {}
    for region in catalogue.vocabulary.get("regions", ()):
        found = re.search(f"{region}[都道府県]" if region != "北海道" else region, text)
        if found:
            out["prefecture"] = found.group()
            break
    areas = {p.area for p in catalogue.programmes.values() if p.area and p.area.endswith(("市", "区", "町", "村"))}
    city = next((a for a in sorted(areas) if a[:-1] in text), None)
    return out | ({"city": city} if city else {})


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


def fill_from_text(profile: Mapping[str, Any], question: str | None, description: str | None, catalogue: Catalogue) -> dict[str, Any]:
    """A profile with what it leaves open filled from the question and the project's description; what it tells stays.

    A description speaks of people to hire or to relieve as well: a headcount of it counts only where it is told as the firm's.
    """
    words = "\n".join(w for w in (question, description) if w)
    told = profile_from_text(words, catalogue) if words else {}
    asked = profile_from_text(question, catalogue) if question and "employees" in told else {}
    if "employees" in told and "employees" not in asked and not _OF_FIRM.search(description or ""):
        told.pop("employees")
    out = dict(profile)
    for name, value in told.items():
        if name in ("project", "wage_plan"):
            out[name] = _filled(name, out.get(name), value)
        elif out.get(name) is None and not (name == "industry_detail" and out.get("industry")):
            out[name] = value
    return out


def _filled(name: str, own: Any, told: dict[str, Any]) -> Any:
    """A part of the profile with what it leaves open; a project's description and items are its own where it has any."""
    if own is None or not isinstance(own, dict):
        return told if own is None else own
    if name == "project" and (own.get("cost_yen") is not None or own.get("cost_items")):
        told = {}
    elif name == "project":
        told = {k: v for k, v in told.items() if k != "description" or not own.get("description")}
    return {**told, **{k: v for k, v in own.items() if v is not None}}
