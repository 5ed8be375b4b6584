"""How many functions and processes words say of a tool: told first, else named."""

import pytest

from assistant.text.tools import functions_told, processes_told

NAMED = {"会計": ("会計", "経理"), "受発注": ("受発注",)}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("会計と受発注のソフト", 2), ("会計ソフト", 1), ("2機能のソフト", 2), ("経理と会計", 1), ("会計の1機能だけ", 1), ("椅子", None),
    ],
)  # fmt: skip
def test_functions(text, count):
    assert functions_told(text, NAMED) == count


@pytest.mark.parametrize(("text", "count"), [("４つのプロセス", 4), ("五工程を一つに", 5), ("会計ソフト", 1), ("看板", None)])
def test_processes(text, count):
    assert processes_told(text, NAMED) == count
