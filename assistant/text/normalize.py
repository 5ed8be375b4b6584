"""Fold the width and variant forms of Japanese text, remembering where each character came from."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_WAVES = "〜～~∼∿〰"
_DASHES = "‐‑‒–—―−－﹣⁃─━"
_VARIANT_PAIRS = (
    "补補 业業 额額 费費 请請 续続 續続 创創 规規 进進 发発 發発 开開 机機 设設 备備 资資 贷貸 员員 报報 务務 经経 "
    "营営 计計 划画 东東 时時 间間 问問 对対 對対 缔締 变変 變変 动動 转転 轉転 换換 节節 电電 數数 码碼 导導 产産 "
    "优優 劳労 勞労 值値 价価 價価 稅税 萬万 亿億 圓円 圆円 廳庁 厅庁 县県 縣県 區区 國国 团団 團団 实実 實実 與与 "
    "应応 應応 當当 框枠 废廃 廢廃 继継 繼継 并併 购購 买買 贩販 网網 络絡 壹一 壱一 弐二 貳二 髙高 﨑崎 齋斎 赁賃 "
    "类類 单単 單単 总総 總総 际際 收収 给給 组組 织織 职職 热熱 环環 减減 碳炭 诊診 斷断 认認 证証 證証 评評 审審 "
    "检検 檢検 则則 图図 圖図 归帰 选選 择択 擇択 术術 极極 标標 样様 樣様 气気 氣気 济済 濟済 點点 现現 确確 稱称 "
    "绩績 联連 聯連 药薬 观観 觀観 订訂 训訓 记記 许許 说説 调調 质質 赛賛 车車 软軟 较較 输輸 边辺 达達 还還 这這 "
    "远遠 适適 递逓 邮郵 释釈 针針 钱銭 铁鉄 鐵鉄 销銷 错錯 长長 门門 闭閉 队隊 阶階 险険 險険 难難 须須 预予 领領 "
    "题題 风風 馆館 驗験 验験 "
)
_VARIANTS = {pair[0]: pair[1] for pair in _VARIANT_PAIRS.split()}
_KEEP = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⓪❶❷❸❹❺❻❼❽❾❿㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚²³¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉…‥㎡㎥㎢㎠")
_VOICING = frozenset("ﾞﾟ゙゚")


def _one_to_one() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {ord(c): "～" for c in _WAVES} | {ord(c): "-" for c in _DASHES}
    table |= {ord(c): v for c, v in _VARIANTS.items()}
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


@lru_cache(maxsize=8192)
def _changes(char: str) -> bool:
    return _folded(char) != char


def normalize(text: str) -> Normalized:
    """Fold widths, dashes, waves and variant characters; circled digits stay as they are.

    Args:
        text: Any text.

    Returns:
        The folded text with its map back to `text`. ASCII stands for its full-width forms, `～` for all waves, `-`
        for all dashes but the long vowel mark.
    """
    once = text.translate(_TABLE)
    if not any(_changes(c) for c in set(once)):
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
