"""`shirube check --diff`: finds the two editions and writes in plain Japanese what changed between them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.errors import BadFile, InputError, NotFound
from assistant.rules.diff import Change, compare_editions
from assistant.rules.load import Catalogue, explain_pydantic
from assistant.rules.schema import Edition
from assistant.rules.strict_yaml import read_yaml

NEAR = 5
SILENT = "書かれていないだけのこともあります"


def compare_request(catalogue: Catalogue, old: str, new: str) -> dict[str, Any]:
    """The differences of two editions as data.

    Args:
        catalogue: The knowledge.
        old: An edition id, or an edition file.
        new: The same, for the later one.

    Raises:
        NotFound: There is no such edition; similar ids are named.
        InputError: A file cannot be read.
    """
    before, after = find_edition(catalogue, old), find_edition(catalogue, new)
    changes = compare_editions(before, after)
    return {
        "old": {"edition_id": before.id, "edition": _title(before, catalogue)},
        "new": {"edition_id": after.id, "edition": _title(after, catalogue)},
        "same_programme": before.programme == after.programme, "changes": [asdict(c) for c in changes],
    }  # fmt: skip


def find_edition(catalogue: Catalogue, name: str) -> Edition:
    """The edition of that id, or of that file.

    Raises:
        NotFound: There is none; similar ids are named.
        InputError: The file cannot be read as an edition.
    """
    known = catalogue.editions.get(name.strip())
    if known is not None:
        return known
    if name.endswith((".yaml", ".yml")):
        return _edition_file(Path(name))
    near = near_editions(catalogue, name.strip())
    hint = f"（近いもの: {'、'.join(near)}）" if near else "。shirube programmes で制度のIDを確認できます"
    raise NotFound(f"「{name[:60]}」という版はありません{hint}。")


def near_editions(catalogue: Catalogue, name: str) -> list[str]:
    """Ids of editions that look like a name, likest first: those of the programme named, else of a similar name."""
    programme = name.split("/")[0]
    owners = difflib.get_close_matches(programme, list(catalogue.programmes), n=1, cutoff=0.6)
    ids = [e.id for e in catalogue.editions_of(owners[0])] if owners else list(catalogue.editions)
    cutoff = 0.0 if owners else 0.5
    return difflib.get_close_matches(name, ids, n=NEAR, cutoff=cutoff)


def _edition_file(path: Path) -> Edition:
    try:
        return Edition.model_validate(read_yaml(path))
    except OSError as error:
        raise InputError(f"{path}: 開けません。ファイル名と場所を確認してください。") from error
    except BadFile as error:
        raise InputError(str(error)) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(p) for p in first["loc"])
        raise InputError(f"{path} の {where}: {explain_pydantic(first['type'], first['msg'])}") from error


def _title(edition: Edition, catalogue: Catalogue) -> str:
    owner = catalogue.programmes.get(edition.programme)
    return f"{owner.short if owner else edition.programme} {edition.label}"


def diff_lines(result: dict[str, Any]) -> Iterator[str]:
    """The differences as lines for a terminal: what changed, what only one edition has, what is only put differently."""
    old, new = result["old"], result["new"]
    yield f"旧: {old['edition']}（{old['edition_id']}）"
    yield f"新: {new['edition']}（{new['edition_id']}）"
    if not result["same_programme"]:
        yield "（別の制度どうしの比較です）"
    changes = [Change(**c) for c in result["changes"]]
    parts = (
        ("changed", "変わったもの", ""), ("only_new", "新の資料にだけあるもの", f"（旧の資料に{SILENT}）"),
        ("only_old", "旧の資料にだけあるもの", f"（新の資料に{SILENT}）"), ("reworded", "数値は同じで、説明の書き方が違うもの", ""),
    )  # fmt: skip
    for kind, title, note in parts:
        found = [c for c in changes if c.kind == kind]
        if found:
            yield f"\n■ {title}: {len(found)}件{note}"
            yield from _listed(found)
    if not changes:
        yield "\n違いはありません。"


def _listed(changes: list[Change]) -> Iterator[str]:
    section = ""
    order = list(dict.fromkeys(c.section for c in changes))
    for change in sorted(changes, key=lambda c: order.index(c.section)):
        if change.section != section:
            section = change.section
            yield f"【{section}】"
        name = f"{change.item}（{change.what}）" if change.what else change.item
        if change.old is None or change.new is None:
            yield f"  {name}: {change.new or change.old}"
        elif max(len(change.old), len(change.new)) <= 40:
            yield f"  {name}: {change.old} → {change.new}"
        else:
            yield f"  {name}\n    旧: {change.old}\n    新: {change.new}"
