"""Mutation benchmark of the verifier: true texts with one number changed at a time, by class of change.

`python -m evals mutations`. The texts (`evals/mutations/*.jsonl`: id, text, today, split) are true and written from the
sources alone. A change is caught if a number on the changed span is `wrong` or `unsupported`; an alarm on an untouched
text is false.

Three changes make no false text and are left out, counted as `skipped`: the same amount written otherwise (30%以上 for
３０％以上, 1/4 for 4分の1まで); a headcount of the writer's own that stays in its row of a table (12人 for 11人); and a figure
of the writer's own with which the text does not reckon (今期の売上は6,400万円): no reader could know it. An own figure from
which another follows is changed. Which figures are the writer's own is the verifier's verdict on the true text.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from assistant.ask.verify import Verification, verify_text
from assistant.ask.verify.measures import SENSES, measure_of, same
from assistant.rules.figures import list_figures
from assistant.rules.load import Catalogue
from assistant.text.dates import PartialDate
from assistant.text.numbers import Quantity, find_quantities

TEXTS = Path(__file__).parent / "mutations"
SEED = 20261124
NEIGHBOURS = 2
"""Figures of the same unit, of other frames and editions of the programmes that a text names, tried for each number."""
_FLIPS = (("以上", "以下"), ("以下", "以上"), ("超", "未満"), ("未満", "以上"), ("以内", "以上"))
_RATES = ("1/2", "2/3", "3/4", "1/3", "4/5")
_BAD = ("wrong", "unsupported")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A text with one number changed."""

    kind: str
    text: str
    start: int
    end: int
    was: str
    now: str


def mutants(text: str, catalogue: Catalogue, rng: random.Random) -> Iterator[Mutant]:
    """The changes of every number of a text, unit by unit."""
    pool = _neighbours(text, catalogue)
    for found in find_quantities(text):
        if found.ignored:
            continue
        for kind, now in _changes(found, pool, rng):
            if now != found.text:
                changed = text[: found.start] + now + text[found.end :]
                yield Mutant(kind, changed, found.start, found.start + len(now), found.text, now)


def is_same(mutant: Mutant) -> bool:
    """Whether a change only writes the amount in another way, with the same bound word or none."""
    was, now = find_quantities(mutant.was), find_quantities(mutant.now)
    if len(was) != 1 or len(now) != 1 or not same(measure_of(was[0]), measure_of(now[0])):
        return False
    return now[0].bound is None or (was[0].bound is not None and SENSES[was[0].bound] == SENSES[now[0].bound])


def _rooms(checked: Verification) -> dict[int, tuple[Fraction | None, Fraction | None]]:
    """Between which counts the writer's headcounts may move within the row of the table that the text applies to them."""
    return {n.start: n.room for n in checked.numbers if n.verdict == "own" and n.room is not None}


def _stays(mutant: Mutant, rooms: dict[int, tuple[Fraction | None, Fraction | None]]) -> bool:
    """Whether a headcount of the writer's own stays in its row: 12人 for 11人 where the row is 6～20人."""
    now = find_quantities(mutant.now)
    number = measure_of(now[0]).number if len(now) == 1 and now[0].bound is None else None
    if mutant.start not in rooms or number is None:
        return False
    low, high = rooms[mutant.start]
    return (low is None or low <= number) and (high is None or number <= high)


def _free(checked: Verification) -> set[int]:
    """Where the writer's own figures stand with which the text does not reckon."""
    return {n.start for n in checked.numbers if n.verdict == "own" and not n.tied}


def _changes(found: Quantity, pool: dict[str, tuple[str, ...]], rng: random.Random) -> Iterator[tuple[str, str]]:
    for old, new in _FLIPS:
        if found.bound and found.text.endswith(old):
            yield "bound", found.text.removesuffix(old) + new
            break
    if isinstance(found.value, PartialDate):
        yield from _date_changes(found)
    elif found.unit == "ratio":
        near = [r for r in _RATES if r not in found.text.replace("分の", "/")]
        yield "rate", re.sub(r"\d+/\d+|\d+分の\d+", rng.choice(near), found.text)
    else:
        yield from _number_changes(found.text, found.unit)
    others = [t for t in pool.get(found.unit, ()) if t not in found.text and found.text not in t]
    for other in rng.sample(others, min(NEIGHBOURS, len(others))):
        yield "neighbour", other


def _number_changes(text: str, unit: str) -> Iterator[tuple[str, str]]:
    m = re.search(r"\d[\d,]*(\.\d+)?", text)
    if m is None:
        return
    plain = m.group(0).replace(",", "")

    def put(number: str) -> str:
        return text[: m.start()] + number + text[m.end() :]

    if "." in plain:
        value = float(plain)
        yield "step", put(f"{value + 0.5:.1f}")
        yield "tenfold", put(f"{value * 10:.1f}")
        return
    value = int(plain)
    yield "tenfold", put(f"{value * 10:,}")
    if value % 10 == 0 and value >= 10:
        yield "tenth", put(f"{value // 10:,}")
    if unit != "yen":
        yield "step", put(str(value + 1))
        if value > 1:
            yield "step", put(str(value - 1))
    if len(plain) >= 2 and plain[0] != plain[1] and plain[1] != "0":
        yield "swap", put(plain[1] + plain[0] + plain[2:])


def _date_changes(found: Quantity) -> Iterator[tuple[str, str]]:
    for unit, kind in (("日", "day"), ("月", "month"), ("年", "year"), ("時", "hour")):
        m = re.search(rf"(\d+){unit}", found.text)
        if m is None:
            continue
        value, top = int(m.group(1)), {"日": 28, "月": 12, "時": 23}.get(unit, 9999)
        new = value + 1 if value < top else value - 1
        text = re.sub(r"[（(][月火水木金土日][)）]", "", found.text)
        yield kind, text.replace(f"{value}{unit}", f"{new}{unit}", 1)


def _neighbours(text: str, catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Figures of the programmes that a text names, by unit."""
    named = {p.id for p in catalogue.programmes.values() if any(n in text for n in (p.name, p.short, *p.also))}
    out: dict[str, dict[str, None]] = {}
    for figure in list_figures(catalogue):
        if figure.programme in named and figure.value.unit not in ("date", "datetime"):
            out.setdefault(figure.value.unit, {})[figure.value.text()] = None
    return {unit: tuple(texts) for unit, texts in out.items()}


def run(catalogue: Catalogue, files: list[Path] | None = None) -> dict[str, Any]:
    """Counts for open and held texts: numbers, false alarms, changes and how many were caught by class, time a sentence."""
    out: dict[str, Any] = {}
    cases = [json.loads(x) for f in files or sorted(TEXTS.glob("*.jsonl")) for x in f.read_text("utf-8").splitlines() if x.strip()]
    for split in ("open", "held"):
        chosen = [c for c in cases if c.get("split", "open") == split]
        if chosen:
            out[split] = _measure(chosen, catalogue)
    return out


def _measure(cases: list[dict[str, Any]], catalogue: Catalogue) -> dict[str, Any]:
    rng = random.Random(SEED)  # noqa: S311  repeatable, not secret
    numbers, alarms, sentences, spent = 0, [], 0, 0.0
    tried: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    missed = []
    skipped = 0
    verify_text("", catalogue, date(2026, 11, 24))  # builds the index, which a program does once
    for case in cases:
        day, text = date.fromisoformat(case.get("today", "2026-11-24")), case["text"]
        started = time.perf_counter()
        checked = verify_text(text, catalogue, day)
        spent += time.perf_counter() - started
        sentences += max(1, len(re.findall(r"[。\n]", text)))
        numbers += sum(n.verdict != "ignored" for n in checked.numbers)
        alarms += [(case["id"], n.text, n.verdict, list(n.expected)) for n in checked.numbers if n.verdict in _BAD]
        free, rooms = _free(checked), _rooms(checked)
        for mutant in mutants(text, catalogue, rng):
            if mutant.start in free or is_same(mutant) or _stays(mutant, rooms):
                skipped += 1
                continue
            tried[mutant.kind] += 1
            if _caught(verify_text(mutant.text, catalogue, day), mutant):
                caught[mutant.kind] += 1
            else:
                missed.append((case["id"], mutant.kind, mutant.was, mutant.now))
    return {
        "texts": len(cases), "numbers": numbers, "false_alarms": len(alarms), "mutants": sum(tried.values()), "skipped": skipped,
        "caught": sum(caught.values()), "by_kind": {k: [caught[k], n] for k, n in sorted(tried.items())},
        "ms_per_sentence": round(1000 * spent / max(1, sentences), 3), "alarms": alarms, "missed": missed,
    }  # fmt: skip


def _caught(checked: Verification, mutant: Mutant) -> bool:
    return any(n.verdict in _BAD and n.start < mutant.end and mutant.start < n.end for n in checked.numbers)


def table(figures: dict[str, Any], show: int) -> str:
    """The figures as text; of held texts only the counts."""
    lines = []
    for split, f in figures.items():
        share = 100 * f["caught"] / max(1, f["mutants"])
        lines.append(f"{split}: {f['texts']} texts, {f['numbers']} numbers, false alarms {f['false_alarms']}, ")
        lines[-1] += f"caught {f['caught']}/{f['mutants']} = {share:.2f} % ({f['skipped']} skipped), {f['ms_per_sentence']} ms a sentence"
        lines += [f"  {kind:10s} {got}/{n}" for kind, (got, n) in f["by_kind"].items()]
        if split != "held":
            lines += [f"  alarm {a}" for a in f["alarms"][:show]] + [f"  missed {m}" for m in f["missed"][:show]]
    return "\n".join(lines)
