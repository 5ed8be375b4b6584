"""The text of a PDF, page by page."""

from __future__ import annotations

import re
import threading
from datetime import date
from typing import Any

from assistant.errors import InputError
from assistant.records import OwnPart, Reading

_PASSWORD = 4
"""PDFium's code for a document that wants a password."""
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_LOCK = threading.Lock()
"""PDFium serves one thread at a time."""


def pdf_parts(name: str, content: bytes) -> Reading:
    """The pages of a PDF that hold text, with the date that the file tells of itself.

    Raises:
        InputError: It wants a password, or is no PDF.
    """
    import pypdfium2
    from pypdfium2 import PdfiumError

    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(content)
        except PdfiumError as error:
            if getattr(error, "err_code", None) == _PASSWORD:
                why = "パスワードで保護されています。保護を外したPDFを渡してください。"
                raise InputError(f"{name}: {why}") from error
            raise InputError(f"{name}: PDFとして読めません。壊れていないか、開けるか確認してください。") from error
        try:
            pages = tuple(OwnPart("", n, _page_text(document, n - 1)) for n in range(1, len(document) + 1))
            return Reading(pages, _own_date(document.get_metadata_dict()))
        finally:
            document.close()


def _page_text(document: Any, number: int) -> str:
    """The text of a page; a page that is broken is empty."""
    from pypdfium2 import PdfiumError

    try:
        page = document[number]
    except PdfiumError:
        return ""
    text = page.get_textpage()
    try:
        return str(text.get_text_bounded())
    finally:
        text.close()
        page.close()


def _own_date(told: dict[str, str]) -> date | None:
    """The day of the last change, else of the making."""
    for name in ("ModDate", "CreationDate"):
        m = _DATE.match(told.get(name) or "")
        if m:
            try:
                return date(*(int(x) for x in m.groups()))
            except ValueError:
                continue
    return None
