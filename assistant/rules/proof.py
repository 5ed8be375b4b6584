"""Proof of the figures: each stands in its document, under the heading and beside the label that the data name."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from assistant.rules.figures import CatalogueFigure, list_figures
from assistant.rules.load import Catalogue
from assistant.rules.values import COUNTERS, Value

REACHES = (*((0, n) for n in range(2, 43, 2)), *((n, n) for n in range(4, 161, 4)))
"""Characters before and after the label within which a figure counts as standing beside it, the nearest first: tables and
sentences put the figure behind its label."""
SECTION_REACH = 6000
"""Characters after a heading that belong to it."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Outcome for one figure: whether it was found, and whether a neighbour's value would have been found too."""

    figure: CatalogueFigure
    found: bool
    why: str
    weak: bool

    @property
    def corrected(self) -> bool:
        """Whether the source prints it wrongly and the data say so."""
        return not self.found and self.figure.corrects is not None


def prove(catalogue: Catalogue, sources: Path, programme: str | None = None) -> tuple[Proof, ...]:
    """Look up every sourced figure in the original documents.

    Args:
        catalogue: The loaded knowledge.
        sources: Folder that holds the files named in sources.yaml.
        programme: Only this programme's figures (`general` for the general ones); all if None.

    Returns:
        One proof a figure. `weak` tells that another value of the same unit in the same edition would have
        been accepted at the same place: the share of these is the false-proof rate.
    """
    figures = [f for f in list_figures(catalogue) if programme is None or (f.programme or "general") == programme]
    texts = {d.id: document_text(sources / d.file) for d in catalogue.documents.values() if (sources / d.file).is_file()}
    neighbours: dict[tuple[str | None, str], list[Value]] = {}
    for f in figures:
        neighbours.setdefault((f.edition_id, f.value.key), []).append(f.value)
    out = []
    for f in figures:
        text = texts.get(f.source.doc)
        if text is None:
            out.append(Proof(f, False, f"文書 {f.source.doc} がありません", False))
            continue
        others = {v for v in neighbours[(f.edition_id, f.value.key)] if _plain(v) != _plain(f.value)}
        out.append(_proof(f, text, others))
    return tuple(out)


def _proof(figure: CatalogueFigure, text: str, others: set[Value]) -> Proof:
    """One figure looked up in the nearest reach of its label that holds it; `others` are values that would be wrong."""
    windows: list[str] = []
    for reach in REACHES:
        windows = list(_windows(text, figure, reach))
        if windows and stands_in(figure.value, windows):
            return Proof(figure, True, "", any(stands_in(v, windows) for v in others))
    why = f"{figure.value.text()} が目印の近くにありません" if windows else "見出しまたは目印が見つかりません"
    return Proof(figure, False, why, False)


@lru_cache(maxsize=8)
def document_text(path: Path) -> str:
    """A document as the proof compares it: folded width, no white space, no markup."""
    return squeeze(path.read_text(encoding="utf-8"))


def squeeze(text: str) -> str:
    """Text without white space, markup and thousands separators, in NFKC with circled digits kept apart."""
    kept = re.sub(r"[①-⑳]", lambda m: f"({ord(m.group()) - 0x245F})", text)
    kept = re.sub(r"<[^>]{1,60}>", "", kept)
    folded = unicodedata.normalize("NFKC", kept)
    folded = re.sub(r"(?<=[\d%])[\s*_`|]+(?=\d)", "¦", folded)
    folded = re.sub(r"[\s*_`|]+", "", folded)
    folded = re.sub(r"[~〜∼]", "～", folded)
    return re.sub(r"(?<=\d),(?=\d{3})", "", folded)


def _windows(text: str, figure: CatalogueFigure, reach: tuple[int, int]) -> Iterator[str]:
    section = squeeze(figure.source.section)
    near = squeeze(figure.source.near) if figure.source.near else None
    for start in _occurrences(text, section):
        body = text[start : start + SECTION_REACH]
        if near is None:
            yield body[: SECTION_REACH // 2]
            continue
        for at in _occurrences(body, near):
            yield body[max(0, at - reach[0]) : at + len(near) + reach[1]]


def _occurrences(text: str, needle: str) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)


def stands_in(value: Value, windows: list[str]) -> bool:
    """Whether some usual notation of the figure stands in one of the windows, digits not cut in the middle."""
    pattern = re.compile("|".join(_notations(value)))
    return any(pattern.search(w) for w in windows)


def _plain(value: Value) -> str:
    return value.text(bounded=False)


def _notations(value: Value) -> Iterator[str]:
    key = value.key
    if key == "yen":
        yield from _yen_notations(int(value.yen or 0))
    elif key == "ratio":
        n, d = str(value.ratio).split("/")
        yield rf"(?<!\d){n}/{d}(?!\d)"
        yield rf"{d}分の{n}"
        if 100 % int(d) == 0:
            yield rf"(?<![\d.]){100 * int(n) // int(d)}(%|パーセント)"
        yield re.escape("定額")
    elif key == "percent":
        number = str(value.percent)
        short = number.rstrip("0").rstrip(".") if "." in number else number
        yield rf"(?<![\d.]){re.escape(short)}(\.0+)?0*(%|パーセント|割)"
    elif key in ("date", "month", "year"):
        yield from _date_notations(value)
    elif key == "number":
        yield rf"(?<![\d.]){re.escape(str(value.number))}(?![\d.])"
    else:
        number = str(getattr(value, key))
        unit = value.of if key == "count" else COUNTERS[key]
        yield rf"(?<![\d.]){number}\.?0?(?!\d)\s*({_counter(key, unit or '')})"


def _counter(key: str, unit: str) -> str:
    words = {
        "people": "人|名|者|社", "months": "か月|ヶ月|カ月|ヵ月|ケ月|箇月|か年|月", "years": "年|か年|カ年|ヶ年|ヵ年|期",
        "chars": "文字|字", "pages": "枚|ページ|頁", "days": "日", "kl": "kl|kL|キロ",
    }.get(key, re.escape(unit))  # fmt: skip
    return f"{words}|[^\\d.]|$"


def _yen_notations(yen: int) -> Iterator[str]:
    forms = {f"{yen}円", f"{yen}(?=[^\\d])"}
    if yen % 1000 == 0:
        forms.add(f"{yen // 1000}千円")
        forms.add(f"{yen // 1000}(?=[^\\d万億])")
    if yen % 10_000_000 == 0:
        forms.add(f"{yen // 10_000_000}千万")
    if yen % 10_000 == 0:
        oku, man = divmod(yen // 10_000, 10_000)
        if oku:
            forms.add(f"{oku}億{f'{man}万' if man else ''}")
            if man and man % 1000 == 0:
                forms.add(f"{oku}億{man // 1000}千万")
            decimal = f"{yen / 10**8:.4f}".rstrip("0").rstrip(".")
            forms.add(f"{re.escape(decimal)}億")
        forms.add(f"{yen // 10_000}万")
        forms.add(f"{yen // 10_000}(?=[～~(/・/])")
    for form in forms:
        yield rf"(?<![\d.]){form}"


def _date_notations(value: Value) -> Iterator[str]:
    if value.key == "year":
        year = int(value.year or 0)
        yield rf"(?<!\d){year}(?!\d)"
        yield rf"(令和|R){year - 2018}(?!\d)"
        return
    if value.month is not None:
        year, month = (int(x) for x in value.month.split("-"))
        yield rf"{year}年{month}月"
        yield rf"(?<!\d){month}[月/]"
        yield rf"(令和|R){year - 2018}年{month}月"
        return
    day = date.fromisoformat(str(value.date))
    yield rf"(?<!\d){day.month}月{day.day}日"
    yield rf"(?<!\d){day.month}/{day.day}(?!\d)"
    yield rf"{day.year}[./-]0?{day.month}[./-]0?{day.day}(?!\d)"
    yield rf"(?<!\d){day.month}月\(?{day.day}\)?日"


def main() -> int:
    """Print the proofs that fail: `python -m assistant.rules.proof [PROGRAMME]` with SHIRUBE_SOURCES set."""
    from assistant.config import Settings
    from assistant.rules.load import load_catalogue

    settings = Settings()
    sources = settings.sources or Path("../shared/sources")
    proofs = prove(load_catalogue(settings.shipped_knowledge), sources, sys.argv[1] if len(sys.argv) > 1 else None)
    bad = [p for p in proofs if not p.found and not p.corrected]
    corrected = sum(p.corrected for p in proofs)
    for p in bad:
        f = p.figure
        place = f"{f.edition_id or f.programme or 'general'} {f.item_id}.{f.name}"
        sys.stdout.write(f"{place} {f.value.text()} [{f.source.section} / {f.source.near}] {p.why}\n")
    weak = sum(p.weak for p in proofs)
    proven = sum(p.found for p in proofs)
    sys.stdout.write(f"{proven} of {len(proofs)} figures proven, {corrected} misprints corrected, {weak} weak proofs\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
