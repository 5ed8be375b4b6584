"""The hand-copied cases guard the catalogue: any other amount, rate, tier or band in a table makes one of them fail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_rule_cases import CASES, KNOWLEDGE, Case, check_case

from assistant.rules.conditions import INPUT_NAMES
from assistant.rules.load import load_catalogue
from assistant.rules.schema import Edition
from assistant.rules.strict_yaml import read_yaml

CATALOGUE = load_catalogue(KNOWLEDGE)
BY_EDITION: dict[str, list[Case]] = {}
for _path in sorted(Path(CASES).glob("*.yaml")):
    for _case in read_yaml(_path):
        BY_EDITION.setdefault(_case["edition"], []).append(_case)
TABLES = ("cap", "floor", "rate")
BOUNDS = ("min", "max", "over", "under")


def other_value(key: str, value: Any) -> Any:
    if key == "ratio":
        top, bottom = (int(x) for x in value.split("/"))
        return f"{top}/{bottom + 1}"
    if key in ("max", "under"):
        return value - 1  # a headcount that falls between two bands
    return value + (10 if key == "up_to_yen" else 1)  # a yen more may vanish in the rounding of two tiers


def table_values(node: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Where the numbers of a dumped table stand: (path to the mapping, key)."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("yen", "ratio", "up_to_yen") and value is not None:
                yield path, key
            elif key in INPUT_NAMES and isinstance(value, dict):
                yield from (((*path, key), bound) for bound in BOUNDS if isinstance(value.get(bound), int))
            else:
                yield from table_values(value, (*path, key))
    elif isinstance(node, list | tuple):
        for i, value in enumerate(node):
            yield from table_values(value, (*path, i))


def mutants() -> Iterator[Any]:
    for edition_id, edition in sorted(CATALOGUE.editions.items()):
        whole = edition.model_dump(by_alias=True, exclude_none=True)
        for i, frame in enumerate(whole["frames"]):
            owners = [("frames", i)] + [("frames", i, "components", k) for k in range(len(frame["components"]))]
            for owner in owners:
                holder: Any = whole
                for step in owner:
                    holder = holder[step]
                for table in TABLES:
                    for path, key in table_values(holder.get(table), (*owner, table)):
                        name = f"{edition_id} {frame['id']} {'.'.join(map(str, path[2:]))}.{key}"
                        yield pytest.param(edition_id, path, key, id=name)


def thaw(node: Any) -> Any:
    """A copy whose tuples are lists, so that a value deep inside can be changed."""
    if isinstance(node, dict):
        return {k: thaw(v) for k, v in node.items()}
    return [thaw(v) for v in node] if isinstance(node, list | tuple) else node


@pytest.mark.parametrize(("edition_id", "path", "key"), list(mutants()))
def test_another_value_makes_a_case_fail(edition_id: str, path: tuple[Any, ...], key: str) -> None:
    whole = thaw(CATALOGUE.editions[edition_id].model_dump(by_alias=True, exclude_none=True))
    holder = whole
    for step in path:
        holder = holder[step]
    holder[key] = other_value(key, holder[key])
    if {"min", "max"} <= set(holder) and holder["min"] > holder["max"]:
        holder["min"] = holder["max"] = holder[key]  # a band of one number moves as a whole
    changed = Edition.model_validate(whole)
    frame_id = whole["frames"][path[1]]["id"]
    told = [c for c in BY_EDITION.get(edition_id, []) if c.get("frame") == frame_id]
    for case in told:
        try:
            check_case(case, changed)
        except (AssertionError, StopIteration):
            return
    pytest.fail(f"none of {len(told)} cases notices {key} = {holder[key]}")
