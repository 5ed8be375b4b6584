"""The rate that a subsidy was worked out at, from the cost and the subsidy that are told."""

from __future__ import annotations

import re
from fractions import Fraction

from assistant.ask.evidence import ComputedFinding
from assistant.ask.reckon import Case, Line, Part, result, yen
from assistant.rules.labels import case_label
from assistant.rules.values import Value, format_yen

_WHICH_RATE = re.compile(
    r"(どの|何の|どんな|どっちの|どちらの)(補助)?率|(補助率|率)(って|は|が|を)?[^。0-9０-９]{0,8}(いくつ|いくら|何|なん|どれ|どっち|どちら|どう)"
    r"|何分の(いくつ|何|なん)|何割"
)


def implied_rate(case: Case) -> list[ComputedFinding]:
    """The rate of the frames in question that makes one told amount of another, where the text asks by which it was worked out."""
    money = list(dict.fromkeys(y for q in case.query.slots.quantities if (y := q.whole("yen")) and q.bound is None))
    if not _WHICH_RATE.search(case.query.text) or not 2 <= len(money) <= 3:
        return []
    cost, subsidy = money[0], money[1]
    for place in case.route.places:
        for frame in place.frames:
            for row in frame.rate.cases if frame.rate else ():
                if row.ratio is None or not subsidy < cost or int(Fraction(cost) * Fraction(row.ratio)) != subsidy:
                    continue
                label = case_label(row, frame)
                shown: dict[str, Part] = {"subsidy": yen(subsidy, True), "rate": Value(ratio=row.ratio)}
                shown["label"] = f"（{label}の率）" if label else ""
                lines: list[Line] = [("implied_rate", shown)]
                facts = (f for f in place.edition.facts if {v.yen for v in f.figures.values()} >= {cost, subsidy})
                lines += [("rule", {"text": fact}) for fact in facts][:1]
                step = f"{format_yen(cost)} × {row.ratio} ＝ {format_yen(subsidy)}"
                source = frame.rate.source if frame.rate else None
                return [result(*lines, steps=(step,), source=source, place=place)]
    return []
