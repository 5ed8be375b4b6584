"""Grade answers against cases: pure functions over text.

Numbers are compared by value: every quantity of answer and expectation is put into one notation first (50万円 and
500,000円 are the same), digits are never cut in the middle. The words @no, @yes, @closed and @unknown stand for any usual
way to deny, affirm, say that a window is over, or say that something is not known.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assistant.text.dates import PartialDate
from assistant.text.numbers import Quantity, find_quantities

MAX_CHARS = 2500
DIRECT_CHARS = 400
LEAD_CHARS = 160
MARKS = {
    "@no": r"ません|ない|なかっ|対象外|除[かき]|不要|いいえ|できず|届か|足り|不可|誤り|違い",
    "@yes": r"はい|できます|できる|なります|対象です|対象にな|可能|使えます|満たします|必要です|ありえ|あり得|認められ|含まれます",
    "@closed": r"締め切|締切ら|終了|終わ|過ぎ|間に合いません|受け付けていません",
    "@unknown": r"記載が|記載なし|ありません|載っていません|わかりません|確認して|公式|事務局|商工会|お答えできません",
}
_SENTENCE = re.compile(r"(?<=[。！？!?\n])")


@dataclass(frozen=True, slots=True)
class Grade:
    """Outcome for one case: passed, why not, and whether the beginning of the answer already says it."""

    passed: bool
    why: str
    direct: bool


def canonical(text: str) -> str:
    """A text in one notation: width folded, no spaces and markup, every quantity by its value."""
    out, at = [], 0
    for quantity in find_quantities(text):
        if quantity.ignored or quantity.start < at:
            continue
        out.append(_plain(text[at : quantity.start]))
        out.append(_value(quantity))
        at = quantity.end
    out.append(_plain(text[at:]))
    return "".join(out)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[\s*_`#>,]+", "", folded).replace("~", "～").replace("〜", "～")


def _value(quantity: Quantity) -> str:
    bound = {"min": "以上", "max": "以下", "over": "超", "under": "未満", "within": "以内", "until": "まで"}.get(quantity.bound or "", "")
    value = quantity.value
    if isinstance(value, PartialDate):
        parts = (value.year, value.month, value.day)
        day = "/".join(str(p) for p in parts if p is not None) + (value.part or "")
        clock = "" if value.hour is None else f" {value.hour}:{value.minute or 0:02d}"
        return f"〔{day}{clock}〕"
    if quantity.unit == "yen":
        return f"〔¥{value}〕{bound}"
    number = value if isinstance(value, int) else Fraction(value or 0)
    unit = {"ratio": "比", "percent": "%", "people": "人", "pages": "枚"}.get(quantity.unit, quantity.counter or quantity.unit)
    return f"〔{number}{unit}〕{bound}"


def holds(text: str, raw: str, needle: str) -> bool:
    """Whether an answer holds a needle, by its words or by its value; `text` is the answer in one notation."""
    if needle in MARKS:
        return re.search(MARKS[needle], raw) is not None
    plain = _plain(needle)
    if plain and re.search(_guarded(plain), _plain(raw)):
        return True
    if _percent_in(needle, raw):
        return True
    wanted = canonical(needle)
    if "〔" not in wanted:
        return False
    if wanted in text or re.sub(r"〕(以上|以下|超|未満|以内|まで)$", "〕", wanted) in text:
        return True
    return _date_in(wanted, text)


def _percent_in(needle: str, raw: str) -> bool:
    """Whether a percentage with decimals stands in the answer, cut or rounded to as many decimals."""
    m = re.fullmatch(r"(\d+)\.(\d+)[%％]", needle.strip())
    if not m:
        return False
    scale = 10 ** len(m.group(2))
    wanted = int(m.group(1) + m.group(2))
    found = [q.value for q in find_quantities(raw) if q.unit == "percent" and isinstance(q.value, int | Fraction)]
    return any(wanted in (int(Fraction(v) * scale), round(Fraction(v) * scale)) for v in found)


def _guarded(plain: str) -> str:
    head = r"(?<![\d.])" if plain[0].isdigit() else ""
    tail = r"(?![\d])" if plain[-1].isdigit() else ""
    return head + re.escape(plain) + tail


def _date_in(wanted: str, text: str) -> bool:
    """A date without its year, or without its hour, matches one that has them."""
    m = re.fullmatch(r"〔([\d/]+)([上中下]旬|頃|末)?〕", wanted)
    return bool(m and "/" in m.group(1) and re.search(rf"〔(\d{{4}}/)?{re.escape(m.group(1))}{m.group(2) or ''}( \d+:\d+)?〕", text))


def grade(case: dict[str, Any], status: str, answer: str) -> Grade:
    """Grade one answer.

    Args:
        case: Fields status, status_also, must, near, first, must_not as in evals/cases.
        status: The answer's status.
        answer: The answer's Markdown.
    """
    why = _why(case, status, answer)
    direct = not why and not _why(case, status, answer[:DIRECT_CHARS])
    return Grade(not why, why, direct)


def _why(case: dict[str, Any], status: str, answer: str) -> str:
    """The first thing that is wrong; empty if nothing is."""
    allowed = [case.get("status") or "answered", *(case.get("status_also") or ())]
    if status not in allowed:
        return f"status {status}, expected {allowed[0]}"
    if len(answer) > MAX_CHARS:
        return f"{len(answer)} characters"
    text = canonical(answer)
    for options in case.get("must") or ():
        if not any(holds(text, answer, o) for o in options):
            return f"lacks {' | '.join(options[:3])}"
    for labels, values in case.get("near") or ():
        if not any(_together(part, labels, values) for part in _parts(answer)):
            return f"not together: {labels[0]} and {values[0]}"
    lead = max("".join(_SENTENCE.split(answer)[:2]), answer[:LEAD_CHARS], key=len)
    for options in case.get("first") or ():
        if not any(holds(canonical(lead), lead, o) for o in options):
            return f"first sentences lack {' | '.join(options[:3])}"
    bad = next((b for b in case.get("must_not") or () if _plain(b) and re.search(_guarded(_plain(b)), _plain(answer))), None)
    return f"contains {bad}" if bad else ""


def _together(part: str, labels: list[str], values: list[str]) -> bool:
    text = canonical(part)
    return any(holds(text, part, x) for x in labels) and any(holds(text, part, v) for v in values)


def _parts(answer: str) -> list[str]:
    """Sentences, lines, and table rows with their heads."""
    out: list[str] = []
    head: list[str] = []
    for line in answer.splitlines():
        if line.startswith("|"):
            cells = [c.strip() for c in line.strip("|").split("|")]
            if not head:
                head = cells
            elif not set(line) <= set("|-: "):
                out += [f"{cells[0]}、{h}、{c}" for h, c in zip(head, cells, strict=False)]
            continue
        head = []
        out += [s for s in re.split(r"[。；]", line) if s]
    return out
