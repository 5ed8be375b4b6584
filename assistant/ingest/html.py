"""The text of a web page by heading; scripts, styles and what else is not read by people are left out."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from assistant.ingest.read import decode_text
from assistant.records import OwnPart

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
SILENT = {"script", "style", "noscript", "template", "svg", "head"}
BLOCKS = {"p", "div", "li", "tr", "br", "table", "section", "article", "ul", "ol", "dl", "dt", "dd", "pre", "blockquote"}
CELLS = {"td", "th"}
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)


def html_parts(content: bytes, name: str) -> tuple[OwnPart, ...]:
    """The sections of a page.

    Raises:
        InputError: Its encoding cannot be read.
    """
    reader = _Page()
    reader.feed(_decoded(content, name))
    reader.close()
    return reader.parts()


def _decoded(content: bytes, name: str) -> str:
    told = _CHARSET.search(content[:2048])
    try:
        return content.decode(told.group(1).decode("ascii")) if told else decode_text(content, name)
    except (LookupError, UnicodeDecodeError):
        return decode_text(content, name)


class _Page(HTMLParser):
    """Collects the text of a page, a part for each heading."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found: list[OwnPart] = []
        self._section, self._body = "", list[str]()
        self._heading: list[str] | None = None
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a heading, a line, or a part that is not read."""
        if tag in SILENT:
            self._silent += 1
        elif tag in HEADINGS:
            self._end_part()
            self._heading = []
        elif tag in BLOCKS:
            self._body.append("\n")
        elif tag in CELLS:
            self._body.append("\t")

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened."""
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in HEADINGS and self._heading is not None:
            self._section, self._heading = " ".join("".join(self._heading).split()), None
        elif tag == "body":
            self._silent = 0
        elif tag in BLOCKS:
            self._body.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep what people read."""
        if not self._silent:
            (self._body if self._heading is None else self._heading).append(re.sub(r"\s+", " ", data))

    def _end_part(self) -> None:
        self._found.append(OwnPart(self._section, None, re.sub(r"[ \t]*\n[ \t\n]*", "\n", "".join(self._body))))
        self._body = []

    def parts(self) -> tuple[OwnPart, ...]:
        """All parts, in order."""
        self._end_part()
        return tuple(self._found)
