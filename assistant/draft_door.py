"""The request of a draft as every door takes it, and the drafts that the API keeps in the data folder."""

from __future__ import annotations

import json
import os
import re
import tempfile
import uuid
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from assistant.drafting.check import check_docx, check_xlsx
from assistant.drafting.draft import Draft, draft_document
from assistant.drafting.render_docx import render_docx
from assistant.drafting.render_md import render_md
from assistant.drafting.render_xlsx import render_xlsx
from assistant.errors import BadFile, InputError, NotFound
from assistant.flow import Assistant
from assistant.rules.strict_yaml import parse_yaml

FORMATS = ("docx", "xlsx", "md")
_ID = re.compile(r"[0-9a-f]{32}")


def company_of(text: str) -> dict[str, Any]:
    """A company file as a mapping.

    Raises:
        InputError: The text is no YAML (the line is named), or holds no mapping.
    """
    try:
        data = parse_yaml(text, "会社のファイル")
    except BadFile as error:
        raise InputError(str(error)) from error
    if not isinstance(data, dict):
        raise InputError("会社のファイルは「company:」などの項目で書いてください。")
    return data


def render_all(made: Draft) -> dict[str, bytes]:
    """The draft as docx, xlsx and Markdown, each reopened and checked against the ledger.

    Raises:
        DraftError: A file does not show what the ledger says.
    """
    files = {"docx": render_docx(made), "xlsx": render_xlsx(made), "md": render_md(made).encode("utf-8")}
    check_docx(files["docx"], made)
    check_xlsx(files["xlsx"], made)
    return files


def keep_draft(data: Mapping[str, Any], assistant: Assistant, today: date) -> dict[str, Any]:
    """Write a draft, keep its files, and return its wire form with its id.

    Args:
        data: The company file as a mapping.
        assistant: The knowledge and where data live.
        today: The day at the door; a `today` of the file beats it.

    Raises:
        InputError: The file cannot be read, or the folder not written.
    """
    made = draft_document(data, today, assistant.catalogue, assistant.writer)
    files = render_all(made)
    draft_id = uuid.uuid4().hex
    home = _home(assistant)
    try:
        home.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=home, prefix=".new-"))
        for ending, content in files.items():
            (aside / f"plan.{ending}").write_bytes(content)
        wire = {**made.wire(f"/v1/drafts/{draft_id}/plan.docx"), "draft_id": draft_id, "markdown": files["md"].decode("utf-8")}
        (aside / "draft.json").write_text(json.dumps(wire, ensure_ascii=False), encoding="utf-8")
        os.replace(aside, home / draft_id)
    except OSError as error:
        raise InputError(f"下書きを {home} に書けません（{error.strerror}）。SHIRUBE_DATA_DIR を確認してください。") from error
    return wire


def draft_file(draft_id: str, ending: str, assistant: Assistant) -> bytes:
    """A file of a kept draft.

    Raises:
        NotFound: There is no such draft or format.
    """
    path = _home(assistant) / draft_id / f"plan.{ending}"
    if not _ID.fullmatch(draft_id) or ending not in FORMATS or not path.is_file():
        raise NotFound(f"下書き {draft_id[:40]} の plan.{ending[:10]} はありません。")
    return path.read_bytes()


def _home(assistant: Assistant) -> Path:
    return assistant.settings.data_dir / "drafts"
