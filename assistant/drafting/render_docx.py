"""Step 4a: the Word document. A4, one font for Japanese and Latin letters, tables that fit the page."""

from __future__ import annotations

from io import BytesIO
from itertools import groupby
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from assistant.drafting.draft import Draft
from assistant.drafting.ink import GAP
from assistant.drafting.layout import CHECK_TITLE, DRAFT_MARK, GUIDE, SUMMARY_TITLE, check_blocks, cover_lines, cover_note, summary_table
from assistant.drafting.records import Block, Bullets, Para, Section, Table

FONT = "Noto Sans CJK JP"
INK, PALE, ACCENT = RGBColor(0x1D, 0x2B, 0x2A), "E8F0EF", RGBColor(0x1F, 0x6F, 0x78)
GAP_COLOR, GUIDE_COLOR = RGBColor(0xB3, 0x3A, 0x1E), RGBColor(0x6B, 0x77, 0x76)
PAGE_MM, MARGIN_MM = (210, 297), (20, 18)
KEEP_ROWS, KEEP_TALL, TALL_CHARS = 12, 2, 36
"""Rows at the end of a table that stay together: many where they are one line high, few where a cell is long."""
WIDTH_MM = PAGE_MM[0] - 2 * MARGIN_MM[1]


def render_docx(draft: Draft) -> bytes:
    """The draft as a .docx."""
    document = Document()
    _prepare(document, draft)
    _cover(document, draft)
    for part, sections in groupby(draft.sections, key=lambda s: s.part):
        document.add_heading(part, 1)
        for section in sections:
            _section(document, section)
    document.add_heading(CHECK_TITLE, 1)
    for block in check_blocks(draft):
        _block(document, block)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _prepare(document: Any, draft: Draft) -> None:
    """Page, fonts, footer and properties."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(PAGE_MM[0]), Mm(PAGE_MM[1])
    page.top_margin = page.bottom_margin = Mm(MARGIN_MM[0])
    page.left_margin = page.right_margin = Mm(MARGIN_MM[1])
    styles = document.styles
    _font(styles["Normal"], 10, INK)
    styles["Normal"].paragraph_format.space_after = Pt(5)
    styles["Normal"].paragraph_format.line_spacing = 1.25
    for level, size in ((1, 15), (2, 11.5)):
        style = styles[f"Heading {level}"]
        _font(style, size, ACCENT if level == 1 else INK)
        style.font.bold = True
        style.paragraph_format.space_before = Pt(16 if level == 1 else 10)
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.keep_with_next = True
    _font(styles["Title"], 22, INK)
    _font(styles["List Bullet"], 10, INK)
    cell = styles.add_style("Cell", WD_STYLE_TYPE.PARAGRAPH)
    _font(cell, 9, INK)
    cell.paragraph_format.space_after = Pt(1)
    cell.paragraph_format.line_spacing = 1.1
    properties = document.core_properties
    properties.title, properties.author, properties.subject = draft.title, draft.facts.company.name, DRAFT_MARK
    properties.comments = ""
    _footer(page, draft)


def _font(style: Any, size: float, color: RGBColor) -> None:
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), color
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), FONT)
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)


def _footer(page: Any, draft: Draft) -> None:
    paragraph = page.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(f"{DRAFT_MARK}　{draft.facts.company.name}　")
    run.font.size = Pt(8)
    number = paragraph.add_run()
    number.font.size = Pt(8)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        number._r.append(element)


def _cover(document: Any, draft: Draft) -> None:
    """Draft mark, title, target, what the document is, and the figures at a glance."""
    mark = document.add_paragraph()
    run = mark.add_run(f"【{DRAFT_MARK}】")
    run.bold, run.font.size, run.font.color.rgb = True, Pt(14), GAP_COLOR
    title = document.add_paragraph()
    words = title.add_run(draft.title)
    words.bold, words.font.size = True, Pt(20)
    for line in cover_lines(draft):
        paragraph = document.add_paragraph(line)
        paragraph.paragraph_format.space_after = Pt(1)
    note = document.add_paragraph()
    note.paragraph_format.space_before = Pt(6)
    _words(note, cover_note(), GUIDE_COLOR)
    document.add_heading(SUMMARY_TITLE, 2)
    _table(document, summary_table(draft))
    count = f"入力の矛盾 {len(draft.problems)}件、足りない事実 {len(draft.missing)}件（最後の「{CHECK_TITLE}」に一覧があります）"
    document.add_paragraph(count).paragraph_format.space_before = Pt(4)


def _section(document: Any, section: Section) -> None:
    document.add_heading(section.title, 2)
    if section.guidance:
        limit = f"（{section.max_chars}文字以内）" if section.max_chars else ""
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        run = paragraph.add_run(f"{GUIDE}{section.guidance}{limit}")
        run.italic, run.font.size, run.font.color.rgb = False, Pt(8.5), GUIDE_COLOR
    for block, after in zip(section.blocks, (*section.blocks[1:], None), strict=True):
        _block(document, block, section.title, after)


def _block(document: Any, block: Block, title: str = "", after: Block | None = None) -> None:
    """A block; a paragraph and a table that follow each other stay on one page as far as they can."""
    if isinstance(block, Para):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = isinstance(after, Table)
        _words(paragraph, block.text)
    elif isinstance(block, Bullets):
        for item in block.items:
            paragraph = document.add_paragraph(style="List Bullet")
            paragraph.paragraph_format.space_after = Pt(1)
            _words(paragraph, item)
    else:
        _table(document, block, title, isinstance(after, Para))


def _words(paragraph: Any, text: str, color: RGBColor | None = None) -> None:
    """Text into a paragraph; gaps in their own colour."""
    rest = text
    while rest:
        start = rest.find(GAP)
        end = rest.find("】", start) + 1 if start >= 0 else 0
        plain, gap, rest = (rest[:start], rest[start:end], rest[end:]) if start >= 0 and end else (rest, "", "")
        if plain:
            run = paragraph.add_run(plain)
            if color is not None:
                run.font.color.rgb = color
        if gap:
            run = paragraph.add_run(gap)
            run.font.color.rgb = GAP_COLOR


def _table(document: Any, table: Table, title: str = "", with_next: bool = False) -> None:
    if table.caption and table.caption != title:
        caption = document.add_paragraph(style="Cell")
        caption.paragraph_format.keep_with_next = True
        caption.paragraph_format.space_before = Pt(4)
        caption.add_run(table.caption).bold = True
    grid = document.add_table(rows=0, cols=len(table.head), style="Table Grid")
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    widths = table.widths or (1,) * len(table.head)
    sizes = [Mm(WIDTH_MM * w / sum(widths)) for w in widths]
    for column, size in zip(grid.columns, sizes, strict=True):
        column.width = size  # LibreOffice reads the grid, Word the cells
    tall = any(len(cell) > TALL_CHARS for row in table.rows for cell in row)
    least, keep = 0 if with_next else 1, KEEP_TALL if tall else KEEP_ROWS
    for index, row in enumerate((table.head, *table.rows)):
        cells = grid.add_row().cells
        for column, (cell, text) in enumerate(zip(cells, row, strict=True)):
            cell.width = sizes[column]
            strong = index == 0 or index - 1 in table.strong
            _cell(cell, text, strong, right=column in table.numeric)
            if index == 0 or least <= len(table.rows) - index < keep:  # the head with its first row, the last rows together
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.keep_with_next = True
            if index == 0:
                _shade(cell)
    _repeat_head(grid)
    after = document.add_paragraph(style="Cell")
    after.paragraph_format.line_spacing = 0.6
    after.paragraph_format.keep_with_next = with_next


def _cell(cell: Any, text: str, strong: bool, right: bool) -> None:
    """A cell's lines, each a paragraph."""
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph._p.style = "Cell"  # by id: python-docx looks a name up in all styles each time
        if right and GAP not in line:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _words(paragraph, line)
        for run in paragraph.runs:
            run.bold = strong


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), PALE)
    cell._tc.get_or_add_tcPr().append(shade)


def _repeat_head(grid: Any) -> None:
    """The head row again on each page; no row is torn over two pages."""
    for index, row in enumerate(grid.rows):
        properties = row._tr.get_or_add_trPr()
        for name in (("w:tblHeader", "w:cantSplit") if index == 0 else ("w:cantSplit",)):
            element = OxmlElement(name)
            element.set(qn("w:val"), "true")
            properties.append(element)
