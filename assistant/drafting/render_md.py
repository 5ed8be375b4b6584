"""Step 4c: the same document as Markdown."""

from __future__ import annotations

import re
from itertools import groupby

from assistant.drafting.draft import Draft
from assistant.drafting.layout import CHECK_TITLE, DRAFT_MARK, GUIDE, SUMMARY_TITLE, check_blocks, cover_lines, cover_note, summary_table
from assistant.drafting.records import Block, Bullets, Para, Section, Table

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def render_md(draft: Draft) -> str:
    """The draft as Markdown; the firm's words cannot become markup."""
    lines = [f"# 【{DRAFT_MARK}】{_plain(draft.title)}", "", *(f"- {_plain(x)}" for x in cover_lines(draft)), "", cover_note(), ""]
    lines += [f"## {SUMMARY_TITLE}", "", *_table(summary_table(draft)), ""]
    for part, sections in groupby(draft.sections, key=lambda s: s.part):
        lines += [f"## {part}", ""]
        for section in sections:
            lines += _section(section)
    lines += [f"## {CHECK_TITLE}", ""]
    for block in check_blocks(draft):
        lines += [*_block(block), ""]
    return "\n".join(lines).rstrip() + "\n"


def _section(section: Section) -> list[str]:
    limit = f"（{section.max_chars}文字以内）" if section.max_chars else ""
    guide = [f"*{GUIDE}{_plain(section.guidance)}{limit}*", ""] if section.guidance else []
    out = [f"### {_plain(section.title)}", "", *guide]
    for block in section.blocks:
        out += [*_block(block, section.title), ""]
    return out


def _block(block: Block, title: str = "") -> list[str]:
    if isinstance(block, Para):
        return [_plain(block.text)]
    if isinstance(block, Bullets):
        return [f"- {_plain(i)}" for i in block.items]
    return _table(block, title)


def _table(table: Table, title: str = "") -> list[str]:
    marks = ["---:" if i in table.numeric else "---" for i in range(len(table.head))]
    rows = ["| " + " | ".join(_plain(c).replace("\n", "<br>") for c in row) + " |" for row in (table.head, *table.rows)]
    caption = [f"**{_plain(table.caption)}**", ""] if table.caption and table.caption != title else []
    return [*caption, rows[0], "| " + " | ".join(marks) + " |", *rows[1:]]


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
