"""Step 5: reopen what was made. A document that lost a heading, kept a token or tells another figure never goes out."""

from __future__ import annotations

import re
from io import BytesIO

from docx import Document
from openpyxl import load_workbook

from assistant.drafting.draft import Draft
from assistant.drafting.ink import TOKEN, yen
from assistant.drafting.layout import CHECK_TITLE, DRAFT_MARK
from assistant.errors import DraftError


def docx_text(data: bytes) -> str:
    """All words of a .docx, paragraphs and tables."""
    document = Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def check_docx(data: bytes, draft: Draft) -> None:
    """Reopen the Word document.

    Raises:
        DraftError: A token is left, a heading lacks, or a total is not the ledger's.
    """
    document = Document(BytesIO(data))
    heads = {s.style_id for s in document.styles if str(s.name).startswith("Heading")}
    headings = {p.text for p in document.paragraphs if p._p.style in heads}
    check_text(docx_text(data), draft, "Word")
    lost = [s.title for s in draft.sections if s.title not in headings]
    if lost or CHECK_TITLE not in headings:
        raise DraftError("Word", f"見出しがありません（{'、'.join(lost) or CHECK_TITLE}）")


def check_text(text: str, draft: Draft, what: str) -> None:
    """The words of a rendering.

    Raises:
        DraftError: A token is left, the draft mark lacks, or a total is not the ledger's.
    """
    if TOKEN.search(text) or re.search(r"\{\{|\}\}|\{%", text):
        raise DraftError(what, "埋まっていない記号が残っています")
    if DRAFT_MARK not in text:
        raise DraftError(what, f"「{DRAFT_MARK}」の表示がありません")
    plan = draft.plan
    totals = [plan.spending_yen, plan.balance.own_funds_yen] if plan.spending_yen else []
    totals += [plan.subsidy_yen] if plan.subsidy_yen is not None else []
    for total in totals:
        if yen(total) not in text:
            raise DraftError(what, f"合計 {yen(total)} が本文にありません")


def check_xlsx(data: bytes, draft: Draft) -> None:
    """Reopen the workbook: every value added and total is a formula, and no text of the firm became one.

    Raises:
        DraftError: A computed cell is no formula, or a text cell is one.
    """
    book = load_workbook(BytesIO(data))
    labels = {e.label for e in draft.facts.expenses}
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f" and str(cell.value) in labels:
                    raise DraftError("Excel", f"{page.title} {cell.coordinate} の文が数式になっています")
    if draft.plan.subsidy_yen is not None and "補助金" not in book.sheetnames:
        raise DraftError("Excel", "補助金のシートがありません")
