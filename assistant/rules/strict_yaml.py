"""YAML that cannot surprise: only null, true/false and plain decimal integers are read, the rest stays text."""

from __future__ import annotations

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import BadFile

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Base):  # type: ignore[misc]
    """Knows null, booleans and integers only; refuses duplicate keys."""

    yaml_implicit_resolvers: dict[str, Any] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"キー {key} が二度あります", key_node.start_mark)
            seen.add(key)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return mapping


for _tag, _pattern, _first in (
    ("null", r"^(null|~)?$", ["n", "~", ""]),
    ("bool", r"^(true|false)$", ["t", "f"]),
    ("int", r"^(0|-?[1-9][0-9]*)$", list("-0123456789")),
):
    _StrictLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


def parse_yaml(text: str, path: str) -> Any:
    """The data of a YAML text; `path` names it in errors.

    Raises:
        BadFile: The text is not YAML, or a key stands twice; the message gives line and way out.
    """
    try:
        return yaml.load(text, Loader=_StrictLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{mark.line + 1}行目" if mark else ""
        twice = "二度" in str(error.problem)
        way_out = "どちらかを消してください。" if twice else "字下げと引用符を確認してください。"
        raise BadFile(path, where, f"YAMLとして読めません（{error.problem}）。{way_out}") from error
    except yaml.YAMLError as error:
        raise BadFile(path, "", f"YAMLとして読めません（{error}）。") from error


def read_yaml(path: Path) -> Any:
    """The data of a YAML file in UTF-8.

    Raises:
        BadFile: The file is missing, not UTF-8, not YAML, or has a duplicate key.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadFile(str(path), "", "UTF-8で保存し直してください。") from error
    except OSError as error:
        raise BadFile(str(path), "", f"読めません（{error.strerror}）。") from error
    return parse_yaml(text, str(path))
