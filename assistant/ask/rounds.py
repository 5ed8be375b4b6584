"""Rounds and fiscal years that a question names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from assistant.text.numerals import small_int

_ROUND = re.compile(
    r"第?\s*([0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*(回目の公募|回目|回|次締切|次公募|次)(?!産業|世代|元)"
    r"|第\s*([0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*(期)(?!生)"
)
_STAGE = re.compile(r"第?\s*[1-3一二三]\s*次(審査|選考|面接|試験|補正)")
"""A step of one review, or a budget: no round (一次審査)."""
_OF_A_SCHEME = re.compile(r"(型|枠|金|化)の?$")
_AS_A_ROUND = re.compile(
    r"[、。]|の?(結果|採択|公募|発表)"
    r"|(に|を|へ)(は|も)?(出|申|応募|間に合|逃|見送)|(の|は)?(締切|締め切り|〆切|受付|募集|いつ)"
)
"""What follows the number of a round, and not of a firm's own applications (3回目に出そう, 3回目の締切)."""
_YEAR = re.compile(
    r"(20\d\d|令和\s*[0-9元]+|[rR]\s*[0-9]+)\s*"
    r"(年度|年版|年の?チラシ|年(?![月0-9]|\s*[0-9]+月|間|以内|創業|に創|設立|に設|後))"
)


@dataclass(frozen=True, slots=True)
class RoundMention:
    """A round named by number: 第20回, 23次."""

    number: int
    unit: str
    text: str
    start: int = field(default=0, compare=False)
    """Where it stands in the text."""
    programme: str | None = field(default=None, compare=False)
    """The programme whose name it follows at once, where several are named; None: it may be of any."""


def find_rounds(text: str) -> tuple[RoundMention, ...]:
    """The rounds that a text names (第20回, 23次締切), in order."""
    out = []
    body = unicodedata.normalize("NFKC", text)
    for m in _ROUND.finditer(body):
        if m.group(4):
            out.append(RoundMention(small_int(m.group(3)), "期", m.group(0).strip(), m.start()))
            continue
        unit = "次" if m.group(2).startswith("次") else "回"
        if m.group(2) == "回目" and "第" not in m.group(0) and "公募" not in body[m.end() : m.end() + 5]:
            if not (_OF_A_SCHEME.search(body[: m.start()]) and _AS_A_ROUND.match(body[m.end() :])):
                continue
        called = m.group(2) in ("次締切", "次公募") or re.match(r"の?(公募|締切|締め切り|募集)", body[m.end() :])
        if not m.group(1).isdigit() and "第" not in m.group(0) and not called:
            continue  # 二次会: no round
        if _STAGE.match(m.group(0) + body[m.end() :]):
            continue
        number = small_int(m.group(1))
        if m.group(2) in ("回", "回目") and "第" not in m.group(0) and not re.search(r"(の|・|金|型|枠|化)$", body[: m.start()]):
            continue
        out.append(RoundMention(number, unit, m.group(0).strip(), m.start()))
    return tuple(dict.fromkeys(out))


def names_round(name: str, mention: RoundMention) -> bool:
    """Whether a name of a round (第20回, 2026年 4次) has the number of a mention."""
    m = re.search(r"(\d+)\s*(回|次|期)", name)
    return bool(m and int(m.group(1)) == mention.number)


def find_year(text: str) -> int | None:
    """The fiscal year that a text names (2025年度, R6), None if none."""
    m = _YEAR.search(unicodedata.normalize("NFKC", text))
    if not m:
        return None
    word = m.group(1)
    if word.startswith("20"):
        return int(word)
    number = re.sub(r"\D", "", word)
    return 2018 + (int(number) if number else 1)
