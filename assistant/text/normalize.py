"""Fold the width and variant forms of Japanese text, remembering where each character came from."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_WAVES = "〜～~∼∿〰"
_DASHES = "‐‑‒–—―−－﹣⁃─━"
_VARIANTS = {
    "补": "補", "業": "業", "业": "業", "额": "額", "费": "費", "请": "請", "续": "続", "續": "続", "创": "創", "规": "規",
    "进": "進", "进": "進", "发": "発", "发": "発", "發": "発", "开": "開", "机": "機", "设": "設", "备": "備", "资": "資",
    "贷": "貸", "员": "員", "报": "報", "务": "務", "经": "経", "营": "営", "计": "計", "划": "画", "们": "們", "东": "東",
    "时": "時", "间": "間", "问": "問", "对": "対", "对": "対", "象": "象", "条": "条", "缔": "締", "截": "截", "变": "変",
    "动": "動", "转": "転", "轉": "転", "换": "換", "节": "節", "电": "電", "数": "数", "數": "数", "码": "碼", "导": "導",
    "产": "産", "产": "産", "优": "優", "务": "務", "劳": "労", "勞": "労", "値": "値", "值": "値", "价": "価", "價": "価",
    "税": "税", "稅": "税", "万": "万", "萬": "万", "億": "億", "亿": "億", "圓": "円", "圆": "円", "廳": "庁", "厅": "庁",
    "县": "県", "縣": "県", "区": "区", "區": "区", "国": "国", "國": "国", "団": "団", "团": "団", "团": "団", "实": "実",
    "實": "実", "与": "与", "與": "与", "应": "応", "應": "応", "当": "当", "當": "当", "框": "枠", "廃": "廃", "废": "廃",
    "继": "継", "繼": "継", "并": "併", "購": "購", "购": "購", "买": "買", "售": "售", "贩": "販", "网": "網", "络": "絡",
    "壹": "一", "壱": "一", "弐": "二", "貳": "二", "参": "参", "拾": "拾", "髙": "高", "﨑": "崎", "齋": "斎", "賃": "賃",
    "赁": "賃", "募": "募", "类": "類", "类": "類", "型": "型", "单": "単", "單": "単", "总": "総", "總": "総", "际": "際",
    "收": "収", "给": "給", "组": "組", "织": "織", "职": "職", "热": "熱", "环": "環", "减": "減", "碳": "炭", "诊": "診",
    "断": "断", "斷": "断", "认": "認", "证": "証", "證": "証", "评": "評", "审": "審", "审": "審", "检": "検", "檢": "検",
}  # fmt: skip
_KEEP = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⓪❶❷❸❹❺❻❼❽❾❿㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚²³¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉…‥：")
_VOICING = frozenset("ﾞﾟ゙゚")


def _one_to_one() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {ord(c): "～" for c in _WAVES} | {ord(c): "-" for c in _DASHES}
    table |= {ord(c): v for c, v in _VARIANTS.items() if c != v}
    table |= {0x3000: " ", 0xA0: " ", 0x2009: " ", 0x202F: " ", ord("￥"): "¥", ord("⁄"): "/", ord("∕"): "/", ord("\t"): " "}
    table |= {c: unicodedata.normalize("NFKC", chr(c)) for c in range(0x2E80, 0x2FE0) if unicodedata.name(chr(c), "")}
    table |= {c: unicodedata.normalize("NFKC", chr(c)) for c in range(0xF900, 0xFAD0) if unicodedata.name(chr(c), "")}
    return {k: v for k, v in table.items() if len(v) == 1}


_TABLE = _one_to_one()


@dataclass(frozen=True, slots=True)
class Normalized:
    """Folded text; `offsets[i]` is where its i-th character stands in the original (one more for the end)."""

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span of the folded span `start`..`end`; empty spans stay empty."""
        if end <= start:
            return self.offsets[start], self.offsets[start]
        last = self.offsets[end - 1]
        return self.offsets[start], max(self.offsets[end], last + 1)


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    """What a single character that the table leaves alone folds to."""
    if char in _KEEP or char in "～¥":
        return char
    folded = unicodedata.normalize("NFKC", char).replace("⁄", "/")
    return char if not folded or folded.isspace() else folded.translate(_TABLE)


def normalize(text: str) -> Normalized:
    """Fold widths, dashes, waves and variant characters; circled digits stay as they are.

    Args:
        text: Any text.

    Returns:
        The folded text with its map back to `text`. ASCII stands for its full-width forms, `～` for all waves, `-`
        for all dashes but the long vowel mark.
    """
    once = text.translate(_TABLE)
    if all(_folded(c) == c for c in set(once)):
        return Normalized(once, range(len(text) + 1))
    chars: list[str] = []
    offsets: list[int] = []
    for index, char in enumerate(once):
        if char in _VOICING and chars:
            joined = unicodedata.normalize("NFKC", chars[-1] + unicodedata.normalize("NFKC", char).strip())
            if len(joined) == 1:
                chars[-1] = joined
                continue
        for part in _folded(char):
            chars.append(part)
            offsets.append(index)
    return Normalized("".join(chars), (*offsets, len(text)))


def fold(text: str) -> str:
    """Text for matching names: folded, lower case, without white space; long vowel marks stay."""
    return "".join(normalize(text).text.lower().split())
