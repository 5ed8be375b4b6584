"""YAML that cannot surprise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.errors import BadFile
from assistant.rules.strict_yaml import parse_yaml, read_yaml


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("17:00", "17:00"), ("no", "no"), ("yes", "yes"), ("on", "on"), ("0123", "0123"), ("0x10", "0x10"), ("1_000", "1_000"),
        ("0.667", "0.667"), ("500000.0", "500000.0"), ("1e3", "1e3"), ("2026-12-15", "2026-12-15"), (".inf", ".inf"),
        ("0", 0), ("-5", -5), ("500000", 500000), ("true", True), ("false", False), ("True", "True"), ("null", None), ("~", None),
        ("''", ""), ("'5'", "5"), ("2/3", "2/3"), ("a: ", {"a": None}), ("a: [x, 1]", {"a": ["x", 1]}),
        ("a: &x {b: 1}\nc: *x", {"a": {"b": 1}, "c": {"b": 1}}),
    ],
)  # fmt: skip
def test_only_null_booleans_and_plain_integers_are_read(text: str, data: Any) -> None:
    found = parse_yaml(text, "x.yaml")
    assert found == data and type(found) is type(data)


def test_a_duplicate_key_is_named_with_its_line() -> None:
    with pytest.raises(BadFile, match="x.yaml の 3行目: .*キー yen が二度あります"):
        parse_yaml("label: 枠\nyen: 1\nyen: 2\n", "x.yaml")


def test_a_nested_duplicate_key_is_found() -> None:
    with pytest.raises(BadFile, match="二度"):
        parse_yaml("a: {b: {c: 1, c: 2}}", "x.yaml")


def test_broken_yaml_names_the_line() -> None:
    with pytest.raises(BadFile, match=r"x\.yaml の \d行目: YAMLとして読めません"):
        parse_yaml("a: [1, 2\nb: 3\n", "x.yaml")


def test_files_must_be_utf8_and_there(tmp_path: Path) -> None:
    path = tmp_path / "cp932.yaml"
    path.write_bytes("名前: 補助金".encode("cp932"))
    with pytest.raises(BadFile, match="UTF-8で保存し直して"):
        read_yaml(path)
    with pytest.raises(BadFile, match="読めません"):
        read_yaml(tmp_path / "nothing.yaml")


def test_no_python_objects() -> None:
    with pytest.raises(BadFile, match="読めません"):
        parse_yaml("!!python/object/apply:os.system ['true']", "x.yaml")
