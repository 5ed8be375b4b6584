"""The product's own companies: what a draft must compute and name, worked out by hand from the sources."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from assistant.drafting.draft import draft_document
from assistant.rules.load import Catalogue
from assistant.rules.strict_yaml import read_yaml

COMPANIES = Path(__file__).parent / "companies"


def faults(path: Path, catalogue: Catalogue, today: date) -> list[str]:
    """Where a draft differs from what its file expects; empty if it is right."""
    data: dict[str, Any] = read_yaml(path)
    expect = data.pop("expect")
    wire = draft_document(data, today, catalogue).wire()
    told = wire["computed"]
    found = [f"{k}: {told.get(k)} instead of {v}" for k, v in expect["computed"].items() if str(told.get(k)) != str(v)]
    computed = told["value_added"]
    found += [f"value_added {y}: {computed.get(y)}" for y, v in expect.get("value_added", {}).items() if computed.get(y) != v]
    codes = {p["code"] for p in wire["problems"]}
    return found + [f"problem {c}" for c in set(expect["problems"]) ^ codes]
