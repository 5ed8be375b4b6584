"""Digits that are no figures: names, ordinals, list and citation numbers, telephone numbers, addresses, idioms."""

from __future__ import annotations

import re

from assistant.text.units import match_unit

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⓪❶❷❸❹❺❻❼❽❾❿㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚"
_N = r"(?:\d[\d,]*|[一二三四五六七八九十百]+)"

_AT: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("URL・メールアドレス", re.compile(r"(?:https?://|www\.)[^\s、。)」』】>|]+")),
    ("項番", re.compile(rf"[{CIRCLED}]")),
    ("電話番号", re.compile(r"0\d{1,4}[-ー]\d{1,4}[-ー]\d{3,4}(?!\d)|0\d{9,10}(?!\d)|0\d{1,4}\(\d{1,4}\)\d{3,4}")),
    ("回・号などの名前", re.compile(rf"第\s?{_N}(?:四半期|次?(?:公募|締切|募集)|[ⅠⅡⅢ]?[^\s\d、。,.()]?)")),
    ("予算の名前", re.compile(r"(?:令和|平成|[RHS])?(?:元|\d{1,4}|[一二三四五六七八九十]+)(?:年度?)?(?:補正|当初|予備費)")),
    ("予算の名前", re.compile(r"[RHS]\d{1,2}(?![\d.年/-])(?:年度)?")),
    ("制度の名前", re.compile(r"[\d,]+億(?:円)?(?:宣言|企業|を目指す(?:中小)?(?:宣言|企業))")),
    ("制度の名前", re.compile(r"\d割特例")),
    ("順序の名前", re.compile(r"\d+次(?:締切|〆切|公募|募集|受付|採択)?")),
    (
        "順序の名前",
        re.compile(
            r"\d+(?:回目|番目?|位|号[館室]?|期生|丁目|番地|級|類|階|代目|等|合目|限目|日目|人目|件目|社目|つ目|版|章|節|条|"
            r"項(?!目)|巻|世代|速)"
        ),
    ),
    (
        "概数や慣用の語",
        re.compile(rf"\d+大(?=[^型幅])|\d+代(?=[のは、・])|{_N}?数[十百千万]*[人名社件円回台日年]|24時間365日|\d+半期"),
    ),
    (
        "単位当たりの語",
        re.compile(
            r"(?:1|一)\s?[^\s\d、。]{1,4}?(?:当たり|当り|あたり|につき|ごと|毎に)|1日(?=\s?\d)"
            r"|(?:1|一)(?:人|名|社|者|件|台|回|個|泊|枚|本|食)(?=\s?約?\d)|1(?:年|か月)(?=\s?約?[\d,.]+[億万千]{0,2}円)"
        ),
    ),
    ("端数の語", re.compile(r"(?:1,?000|100|10|1|千|百|十|一)円未満(?=の?(?:端数|切|は切|を切|四捨))")),
    ("個数の語", re.compile(r"\d+つ(?:目)?(?!\s?(?:~|～|から|以))|\d枠")),
    ("回・号などの名前", re.compile(r"\d{1,2}月号")),
    ("年を含む名前", re.compile(r"(?<=補助金|助成金)20\d\d(?![\d年,./-])")),
    ("名前の一部", re.compile(r"\d+(?:st|nd|rd|th)(?![a-z])|\d+(?:[CPSDGKFQ]|on1|D[A-Z]+|in1|way)(?![A-Za-z])")),
)  # fmt: skip
_ADDRESS = re.compile(r"\d+(?:-\d+){2,}|(?<=[市区町村])\d+-\d+(?!\s?[人名社件年月日円%])")
_ANY = re.compile("|".join(f"(?P<n{i}>{pattern.pattern})" for i, (_, pattern) in enumerate(_AT)))
_CITATION = re.compile(r"\[\s?\d+\s?\]|\(\d{1,2}\)|【\d{1,2}】|〔\d+〕|<\d+>")
_LINE_DIGIT = re.compile(r"\d{1,2}(?:[.-]\d{1,2})*[.)、:](?!\d)")
_HEADING_DIGIT = re.compile(r"\d{1,2}(?:[.-]\d{1,2})*[.)、:]?\s")
_SECTION_DIGIT = re.compile(r"\d{1,2}(?:[.-]\d{1,2})+\s+(?=[一-龥ァ-ヴA-Z](?:(?!億|万|円)[^\d。\n])+$)", re.MULTILINE)
"""The number of a heading without any mark (4-3 数値計画): nothing but its words stands on the line."""
_CELL_DIGIT = re.compile(r"\d{1,2}\s*\|")
_LEAD = re.compile(
    r"(?:様式|議題|議案|論点|別紙|別表|別添|別記|表|図|資料|参考|添付|問|例|注|※|脚注|ステップ|STEP\s?|Step\s?|手順|フェーズ|Phase\s?|Scope\s?|スコープ|レベル|パターン|"
    r"ケース|ver\.?\s?|Ver\.?\s?|バージョン|No\.?\s?|NO\.?\s?|№|p\.\s?|P\.\s?|pp\.\s?|Windows\s?|ISO\s?|JIS\s?|Office\s?|Part\s?|パート|#|"
    r"タイプ|プラン|類型|その|〒\s?|コード|番号|TEL:?\s?|Tel:?\s?|FAX:?\s?|電話:?\s?|ランク|A列|グレード)第?$"
)
_LATIN_BEFORE = re.compile(r"[A-Za-z_][A-Za-z_.-]*$")
_LEAD_NUMBER = re.compile(r"[\d\-.,]*\d[A-Za-z]?|[一二三四五六七八九十]+")
_MONEY_LATIN = ("JPY", "jpy", "to", "least", "than")


_MONEY_AFTER = re.compile(r"[\d,，.]+\s*(万|億|千万|百万|千)?円|[\d,，.]+\s*(万|億)(?![a-zA-Z])")
"""What makes digits after Latin letters an amount (PC16万円), not a part of a name."""


def match_name(text: str, pos: int) -> tuple[str, int] | None:
    """Why what starts at `pos` is the form of a name (第20回, 3次締切, URL), with its end; None if it is not."""
    match = _ANY.match(text, pos)
    return (_AT[int(str(match.lastgroup)[1:])][0], match.end()) if match else None


def match_numbering(text: str, pos: int) -> tuple[str, int] | None:
    """Why the digits at `pos` are a number of a list, form, note, address or name (様式2, [1], A4), with their end."""
    if not text[pos].isdigit():
        return None
    return _after_lead(text, pos) or _in_brackets(text, pos) or _at_line_start(text, pos)


def _after_lead(text: str, pos: int) -> tuple[str, int] | None:
    before = text[max(0, pos - 12) : pos]
    number = _LEAD_NUMBER.match(text, pos)
    if not before or number is None:
        return None
    if before.rstrip().endswith("〒"):
        return "郵便番号", number.end()
    if _LEAD.search(before) and not _has_unit_after(text, number.end()):
        return "番号・名前の一部", number.end()
    latin = _LATIN_BEFORE.search(before)
    if latin and not latin[0].endswith(_MONEY_LATIN) and not _MONEY_AFTER.match(text, pos):
        return "名前の一部", number.end()
    return None


def _has_unit_after(text: str, pos: int) -> bool:
    return text[pos : pos + 1] in tuple("万億千百/～割") or text.startswith("分の", pos) or match_unit(text, pos) is not None


def _in_brackets(text: str, pos: int) -> tuple[str, int] | None:
    if text[pos - 1 : pos] in tuple("[(【〔<"):
        cited = _CITATION.match(text, pos - 1)
        if cited:
            return "項番・出典番号", cited.end() - 1
    address = _ADDRESS.match(text, pos)
    return ("番地・番号", address.end()) if address else None


def _at_line_start(text: str, pos: int) -> tuple[str, int] | None:
    before = text[text.rfind("\n", 0, pos) + 1 : pos]
    section = _SECTION_DIGIT.match(text, pos) if not before or before[-1].isspace() else None
    if section:
        return "項番", section.end()
    if before.strip(" \t-*・>#(|"):
        return None
    pattern = _HEADING_DIGIT if "#" in before else _CELL_DIGIT if "|" in before else _LINE_DIGIT
    numbered = pattern.match(text, pos)
    return ("項番", numbered.end() - ("|" in before)) if numbered else None
