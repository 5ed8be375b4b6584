"""Split a text into sentences, headings and table cells, and tell for each number what is said around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.text.numbers import Quantity

_HEADING = re.compile(r"^\s*(?:#{1,6}\s*\S|【[^】]*】\s*$|[■◆●▼□◇○]\s*\S|\*\*[^*]+\*\*[::]?\s*$)")
_LEAD_IN = re.compile(r"[::]\s*$")
_ITEM = re.compile(r"^\s*(?:[-・●○]|\*(?!\*)|\d{1,2}[.)]|\(\d{1,2}\))\s*\S")
_LEADS = re.compile(r"(?:とおり|通り|以下)[^。、]{0,4}。?\s*$|[::]\s*$")
_RULE = re.compile(r"^[\s|:-]+$")
_VALUE = re.compile(r"[\s約最大]*[\d,.]+\s?(?:/\d|分の|[%円億万千年か月日人者件])")
"""A cell that is a figure itself and so no head of the cells behind it."""
_STOP = re.compile(r"[。!?！？]")
_CLAUSE = re.compile(r"[、,，。;；|(「『:\n]")
_RIGHT_END = re.compile(r"[、。;；|「\n]")
_TOLD_AFTER = ("のは", "となるのが", "になるのが")


@dataclass(slots=True)
class Piece:
    """A sentence, a heading or a cell of a table, with the heads above and beside it."""

    start: int
    end: int
    kind: str
    heads: tuple[tuple[int, int], ...] = ()
    headings: tuple[tuple[int, int], ...] = ()
    paragraph: int = 0
    indent: int = -1
    """Of the first sentence of an item of a list: how far it stands in; -1 of anything else."""
    listed: bool = False
    """Whether it stands in an item of a list."""
    line: int = -1
    """Of a cell: where its row begins."""
    quantities: list[Quantity] = field(default_factory=list)
    row: list[Quantity] = field(default_factory=list)
    """Of a cell: the numbers of its row and of the head of its column."""
    column: int = -1
    """Of a cell: which of its row it is."""
    table: int = -1
    """Of a cell: where its table begins."""
    above: list[Quantity] = field(default_factory=list)
    """Of a cell: the numbers above it in its column."""


def split(text: str, quantities: tuple[Quantity, ...]) -> list[Piece]:
    """The pieces of folded text in order, with the numbers that stand in each."""
    pieces: list[Piece] = []
    headings: list[tuple[int, int, int]] = []
    columns: list[tuple[int, int]] = []
    paragraph, pos = 0, 0
    protected = [(q.start, q.end) for q in quantities]
    for line in text.split("\n"):
        start, end = pos, pos + len(line)
        pos = end + 1
        if not line.strip():
            paragraph += 1
            columns = []
            continue
        if _is_row(line):
            if _RULE.match(line):
                continue
            cells = _cells(text, start, end)
            if not columns:
                columns = cells
            pieces += _row(text, cells, columns, tuple((a, b) for _, a, b in headings), paragraph)
            continue
        columns = []
        if _HEADING.match(line):
            level = len(line) - len(line.lstrip("# "))
            headings = [h for h in headings if h[0] < level] + [(level, start, end)]
            pieces.append(Piece(start, end, "heading", (), tuple((a, b) for _, a, b in headings[:-1]), paragraph))
            continue
        told = list(_sentences(text, start, end, protected, tuple((a, b) for _, a, b in headings), paragraph))
        if told and _ITEM.match(line):
            told[0].indent = len(line) - len(line.lstrip())
            for piece in told:
                piece.listed = True
        pieces += told
    _assign(pieces, quantities)
    return pieces


def is_item(line: str) -> bool:
    """Whether a piece is an item of a list that is no sentence (・51人以上:2,500万円)."""
    return _ITEM.match(line) is not None and "。" not in line


def leads(line: str) -> bool:
    """Whether a piece announces a list (補助率は次のとおりです。)."""
    return _LEADS.search(line) is not None


def is_column_head(text: str, piece: Piece) -> bool:
    """Whether a cell stands in the first row of its table and tells more than a number."""
    first = piece.kind == "cell" and piece.line == piece.table
    return first and not any(q.text == text[piece.start : piece.end].strip() for q in piece.quantities)


def _is_row(line: str) -> bool:
    return line.count("|") >= 2 or line.count("\t") >= 2


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    mark = "|" if "|" in text[start:end] else "\t"
    cells, pos = [], start
    for part in text[start:end].split(mark):
        cells.append((pos, pos + len(part)))
        pos += len(part) + 1
    if mark == "|":
        line = text[start:end].strip()
        cells = cells[1 if line.startswith("|") else 0 : -1 if line.endswith("|") else None]
    return cells


def _row(
    text: str, cells: list[tuple[int, int]], columns: list[tuple[int, int]], headings: tuple[tuple[int, int], ...], paragraph: int
) -> Iterator[Piece]:
    for i, (start, end) in enumerate(cells):
        heads = [cells[j] for j in range(min(i, 2)) if j == 0 or not _VALUE.match(text, *cells[j])]
        if columns is not cells and i < len(columns):
            heads.append(columns[i])
        yield Piece(start, end, "cell", tuple(heads), headings, paragraph, line=cells[0][0], column=i, table=columns[0][0])


def _sentences(
    text: str, start: int, end: int, protected: list[tuple[int, int]], headings: tuple[tuple[int, int], ...], paragraph: int
) -> Iterator[Piece]:
    begin = start
    depth = 0
    for i in range(start, end):
        char = text[i]
        depth = max(0, depth + (char in "(「") - (char in ")」"))
        if _STOP.match(char) and depth <= 0:
            yield Piece(begin, i + 1, "sentence", (), headings, paragraph)
            begin = i + 1
    if text[begin:end].strip():
        kind = "lead" if _LEAD_IN.search(text[begin:end]) else "sentence"
        yield Piece(begin, end, kind, (), headings, paragraph)


def _assign(pieces: list[Piece], quantities: tuple[Quantity, ...]) -> None:
    i = 0
    for quantity in quantities:
        while i < len(pieces) - 1 and pieces[i].end <= quantity.start:
            i += 1
        if pieces:
            pieces[i].quantities.append(quantity)
    cells = [p for p in pieces if p.kind == "cell"]
    for piece in cells:
        piece.row = [q for p in cells if p.line == piece.line or (p.start, p.end) in piece.heads for q in p.quantities]
        same = (p for p in cells if p.table == piece.table and p.column == piece.column and piece.table < p.line < piece.line)
        piece.above = [q for p in same for q in p.quantities]


def around(text: str, piece: Piece, k: int) -> tuple[str, str, str, str, str]:
    """The words around the k-th number of a piece.

    Returns:
        Its clause to the left, the rest back to the number before, what follows it, all farther left, all farther right.
    """
    found = piece.quantities
    here = found[k]
    left_from = next((q.end for q in found[k - 1 :: -1] if not q.ignored), piece.start) if k else piece.start
    right_to = next((q.start for q in found[k + 1 :] if not q.ignored), piece.end)
    stretch = text[left_from : here.start]
    cuts = [m.end() for m in _CLAUSE.finditer(stretch)]
    cut = cuts[-1] if cuts else 0
    follow = text[here.end : right_to]
    if follow.startswith("("):
        close = follow.find(")")
        follow = follow[1:close] if close > 0 else ""
    else:
        stop = _RIGHT_END.search(follow)
        if stop and not follow[: stop.start()].endswith(_TOLD_AFTER):
            follow = follow[: stop.start()]
    return stretch[cut:], stretch[:cut], follow, text[piece.start : left_from], text[right_to : piece.end]
