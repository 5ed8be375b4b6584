"""Rounds and fiscal years that a question names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from assistant.text.numerals import small_int

_ROUND = re.compile(
    r"第?\s*([0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*(回目の公募|回目|回|次締切|次公募|次)(?!産業|世代|元)"
    r"|第\s*([0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*(期)(?!生)"
)
BEFORE_REIWA = 2018
"""The year before the first of Reiwa."""
_STAGE = re.compile(r"第?\s*[1-3一二三]\s*次(審査|選考|面接|試験|補正)")
"""A step of one review, or a budget: no round (一次審査)."""
_OF_A_SCHEME = re.compile(r"(型|枠|金|化)の?$")
_AS_A_ROUND = re.compile(
    r"[、。]|の?(結果|採択|公募|発表)"
    r"|(に|を|へ)(は|も)?(出|申|応募|間に合|逃|見送)|(の|は)?(締切|締め切り|〆切|受付|募集|いつ)"
)
"""What follows the number of a round, and not of a firm's own applications (3回目に出そう, 3回目の締切)."""
_YEAR = re.compile(
    r"(?<!設立は)(?<!創業は)(?<!開業は)(20\d\d|令和\s*[0-9元]+|[rR]\s*[0-9]+)\s*"
    r"(年度|年版|年の?チラシ|年(?![月0-9]|\s*[0-9]+月|間|以内|後|に?(?:創業|設立|開業|起業|開店|独立|法人化)))"
    r"|(?<=[金型枠])\s?(20\d\d)(?![0-9年/.-])"
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


_NOT_MEANT = re.compile(r"の?(公募|ほう|方)?(じゃ|では|や)な(く|い(?=[。、]))")
"""What stands behind a round that is told apart from the one that is meant (21次じゃなくて23次)."""


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
        if _STAGE.match(m.group(0) + body[m.end() :]) or _NOT_MEANT.match(body, m.end()):
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
    """The year that a text names (2025年度, R6), None if none; a supplementary budget is spent in the year after its own."""
    body = unicodedata.normalize("NFKC", text)
    m = _YEAR.search(body)
    return _year(m, body) if m else None


def year_of_name(text: str, spans: tuple[tuple[int, int], ...]) -> int | None:
    """The year that a text says of a programme, at once before its name or after it (2024年の持続化, 持続化の2024年度), else None."""
    body = "".join(unicodedata.normalize("NFKC", char)[:1] for char in text)
    for m in _YEAR.finditer(body):
        before = any(a - m.end() in (0, 1) and body[m.end() : a] in ("", "の") for a, _ in spans)
        after = any(m.start() - b in (0, 1) and body[b : m.start()] in ("", "の") for _, b in spans)
        if before or after:
            return _year(m, body)
    return None


def _year(m: re.Match[str], body: str) -> int:
    word, later = m.group(1) or m.group(3), int(body.startswith("補正", m.end()))
    if word.startswith("20"):
        return int(word) + later
    number = re.sub(r"\D", "", word)
    return BEFORE_REIWA + (int(number) if number else 1) + later


_LAST_YEAR = re.compile(r"(?P<before>一昨年|おととし)?(?P<last>去年|昨年|前年)?度?の(時点の|当時の)?")
_NOW = re.compile(r"今|いま|現在|最新|違|変わ|比べ|較べ|同じ|新し|次[のは回]|また|これから|[12][0-9]{3}年")
"""What makes a question with last year in it one about this year, or about both."""
_ASKED_OF_IT = re.compile(r"上限|下限|補助率|率|締切|締め切り|〆切|公募|条件|要件|対象|第?[0-9０-９]+[次回]")
_HAD_THEN = re.compile(r"[でにを][^。、]{0,14}(もら|貰|受け|使っ|使い|採択|落ち|出し|通っ|買っ|入れ)")
_SPAN = 8


def past_year(text: str, spans: tuple[tuple[int, int], ...], today: date) -> int | None:
    """The year whose rules a text asks for as last year's (去年の創業型, 廃業枠の去年の上限), None if it tells only of the firm.

    Args:
        text: The text.
        spans: Places of the names of programmes, series and frames.
        today: The day on which it is asked.
    """
    if _NOW.search(text):
        return None
    for m in _LAST_YEAR.finditer(text):
        if not (m.group("before") or m.group("last")):
            continue
        named = next((b for a, b in spans if m.end() <= a <= m.end() + _SPAN and not re.search(r"[。、]", text[m.end() : a])), None)
        of_it = any(0 <= m.start() - b <= 2 for _, b in spans) and _ASKED_OF_IT.match(text, m.end())
        if (named is not None and not _HAD_THEN.match(text, named)) or of_it:
            return today.year - (2 if m.group("before") else 1)
    return None
