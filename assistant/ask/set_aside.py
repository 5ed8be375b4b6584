"""Measures that a text says are not to be looked at (原単位は見ない), where one of several would be enough."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LOOKED = (
    r"(見|み|考え|考慮|検討し|使い|使わ|使え|測ら|測れ|測り|狙わ|狙い|当てにし|関係|問わ|算出し|計算し"
    r"|比べ|出さ|出せ|見込ま|見込め|見込み|見込んで|見て)(い|て)?"
)
_ASIDE = re.compile(
    r"(?P<what>[一-龥ァ-ヶー]{2,})(の(ほう|方|改善|条件|要件|話|増加|使用増|伸び))?(では|でも|は|も|を|の)?(今回は?|一切|とりあえず)?"
    rf"({_LOOKED}(な[いくし]|ませ|ず|ん(?![でだ]))|な[しい](?![とら])|無し|ゼロ|抜き|度外視|除い|除外)"
)


def is_set_aside(text: str, names: Iterable[str]) -> bool:
    """Whether a text says of something that one of the names holds that it is not looked at.

    Args:
        text: The question.
        names: What a measure is called in full (エネルギー消費原単位改善率).
    """
    said = {m["what"] for m in _ASIDE.finditer(text)}
    return any(what in name or name in what for what in said for name in names)
