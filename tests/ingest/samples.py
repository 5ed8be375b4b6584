"""Documents of each kind, made by hand: a PDF needs no program that writes PDFs."""

from __future__ import annotations

from io import BytesIO

import docx

HEAD = b"%PDF-1.4\n"


def pdf(*pages: str, encrypted: bool = False, changed: str = "D:20260401090000+09'00'") -> bytes:
    """A PDF with a line a page, in a Japanese font that is not embedded; `encrypted` wants a password that nobody knows."""
    kids = " ".join(f"{10 + 2 * i} 0 R" for i in range(len(pages)))
    objects: dict[int, bytes] = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        3: b"<</Type/Font/Subtype/Type0/BaseFont/Ryumin-Light/Encoding/UniJIS-UCS2-H/DescendantFonts[4 0 R]>>",
        4: b"<</Type/Font/Subtype/CIDFontType0/BaseFont/Ryumin-Light/DW 1000"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>>>",
        5: f"<</ModDate({changed})>>".encode(),
        6: f"<</Filter/Standard/V 1/R 2/P -4/O<{'00' * 32}>/U<{'11' * 32}>>>".encode(),
    }
    for i, text in enumerate(pages):
        stream = b"BT /F1 12 Tf 50 700 Td <" + text.encode("utf-16-be").hex().encode() + b"> Tj ET"
        objects[10 + 2 * i] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {11 + 2 * i} 0 R/Resources<</Font<</F1 3 0 R>>>>>>".encode()
        )
        objects[11 + 2 * i] = f"<</Length {len(stream)}>>\nstream\n".encode() + stream + b"\nendstream"
    out, at = bytearray(HEAD), dict[int, int]()
    for number, body in sorted(objects.items()):
        at[number] = len(out)
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    size, xref = max(objects) + 1, len(out)
    rows = [f"{at[n]:010d} 00000 n \n" if n in at else "0000000000 65535 f \n" for n in range(size)]
    lock = f"/Encrypt 6 0 R/ID[<{'22' * 16}><{'22' * 16}>]" if encrypted else ""
    out += f"xref\n0 {size}\n{''.join(rows)}trailer<</Size {size}/Root 1 0 R/Info 5 0 R{lock}>>\nstartxref\n{xref}\n%%EOF".encode()
    return bytes(out)


def word() -> bytes:
    """A Word document with two headings, a paragraph and a table."""
    document = docx.Document()
    document.add_heading("審査のポイント", 1)
    document.add_paragraph("計画の妥当性が見られます。")
    document.add_heading("窓口", 1)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "申請先", "商工課"
    held = BytesIO()
    document.save(held)
    return held.getvalue()


PAGE = """<!doctype html><html><head><title>題</title><meta charset="utf-8"><style>p{color:red}</style></head><body>
<p>はじめに</p><h2>対象の<b>経費</b></h2><p>改装費が<br>対象です。</p><script>alert("盗む")</script>
<table><tr><td>窓口</td><td>商工課&amp;観光課</td></tr></table></body></html>"""
