"""What changes with one more employee, a special measure or another cost: both cases computed, and the difference."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.ask.evidence import ComputedFinding
from assistant.ask.gather_amounts import amount_finding, assumptions
from assistant.ask.gather_frames import costs_by_name
from assistant.ask.gather_parts import likely_frames
from assistant.ask.query import Query
from assistant.ask.route import Place
from assistant.ask.steps import in_short, less_step
from assistant.ask.wording import HOW_MUCH_MORE
from assistant.rules.amounts import Amount, cap_of, subsidy_amount
from assistant.rules.conditions import Inputs
from assistant.rules.load import Catalogue
from assistant.rules.schema import Frame
from assistant.rules.values import format_yen

_WHICH = re.compile(
    r"(どっち|どちら|いずれ)[^。？?]{0,14}(多|得(?!意)|高|大き|有利)|(多|得|高|大き|有利)[^。、？?]{0,10}(どっち|どちら)"
)
"""What asks which of two frames pays more."""
_HOW = re.compile(r"どう(変わ|違|な[るり])")
"""What asks for a difference where two headcounts or courses are told."""
_ALSO_WITH = re.compile(r"(場合|とき|時|あり|有り|込み?|使(う|った)(場合)?)(で)?[もは]|あわせて|合わせて|併せて|両方|それぞれ")
"""What asks for the case with a special measure beside the one without."""
MOST_GAPS = 6
_BRACKETED = re.compile(r"（([^（）]+)）$")
"""What tells a frame from others of the same name (更新, 新設)."""
_OR = re.compile(r"[^0-9０-９]{0,8}(と|から|か|→)[^0-9０-９一-龥ァ-ヶ]{0,4}$")


def gaps(query: Query, places: tuple[Place, ...], inputs: Inputs, catalogue: Catalogue) -> list[ComputedFinding]:
    """The difference that a question asks for, for the first frame where both cases can be computed, or for all if none is named.

    Args:
        query: The question.
        places: Editions and frames in question.
        inputs: What is known of the firm.
        catalogue: For the names of programmes and the tax in a price.
    """
    told_two = {"employees_now", "workers_now", "course_now"} & set(query.slots.inputs)
    if query.has("requirement") or len(query.rounds) > 1:
        return []
    which = bool(_WHICH.search(query.text))
    if not which and not HOW_MUCH_MORE.search(query.text) and not (told_two and _HOW.search(query.text)):
        return []
    between = _frames(query, places, inputs, catalogue, which)
    if between is not None or which:
        return [between] if between else []
    found = [f for p in places for frame in p.frames for f in _of_frame(query, p, frame, inputs, catalogue)]
    first = [f for f in found if found and (f.place, f.values["frame"]) == (found[0].place, found[0].values["frame"])]
    return found[:MOST_GAPS] if all(f.place and not f.place.framed for f in found) and told_two else first


def _of_frame(query: Query, place: Place, frame: Frame, inputs: Inputs, catalogue: Catalogue) -> list[ComputedFinding]:
    """The difference of one frame; of two headcounts both without and with a special measure where the question wants that too."""
    costs = _costs(query, place, frame, inputs)
    if costs is not None:
        return [costs]
    given = [inputs]
    if inputs.get("employees_now") is not None and _ALSO_WITH.search(query.text) and (inputs.specials or query.both_ways):
        used = tuple(inputs.specials) or tuple(s.id for s in frame.specials[:1])
        given = [inputs.with_(specials=s) for s in dict.fromkeys(((), used))]
    return [f for each in given for f in _cases(query, place, frame, each, catalogue)]


def _frames(query: Query, places: tuple[Place, ...], inputs: Inputs, catalogue: Catalogue, which: bool) -> ComputedFinding | None:
    """The costs in the two frames that are named or told, and which of them pays more where that is asked."""
    told = [(p, p.frames if p.framed else likely_frames(query, p, catalogue)) for p in places]
    named = _alternatives(query, [(p, f) for p, frames in told if p.framed or len(frames) == 1 for f in frames])
    if len(named) != 2 or not query.slots.items:
        return None
    shares = costs_by_name(query, places)
    found = []
    for p, f in named:
        items = shares.get((p.edition.id, f.id), query.slots.items)
        found.append(amount_finding(replace(query, slots=replace(query.slots, items=items)), p, f, inputs, catalogue))
    amounts = [f.variants[0].amount if len(f.variants) == 1 and not (f.missing or f.blocked) else None for f in found]
    one, two = (None if a is None or a.blocked else a for a in amounts)
    several = named[0][0].edition.programme != named[1][0].edition.programme
    short = [f"{catalogue.programmes[p.edition.programme].short} " if several else "" for p, _ in named]
    labels = (short[0] + named[0][1].label, short[1] + named[1][1].label)
    gap = _paid_gap(query, (one, two), labels, labels, named[0][0], named[0][1])
    return replace(gap, values={**gap.values, "frame": "", "several": several, "which": which}) if gap else None


def _alternatives(query: Query, named: list[tuple[Place, Frame]]) -> list[tuple[Place, Frame]]:
    """The two frames that are named; where they are not two, those of one of their names that the text tells apart (更新, 新設)."""
    heads = {(p.edition.id, _BRACKETED.sub("", f.label)): p for p, f in named}
    same = [(p, f, f.label.removeprefix(head)) for (_, head), p in heads.items() for f in p.edition.frames if f.label.startswith(head)]
    told = [(p, f, m) for p, f, rest in same if (m := _BRACKETED.fullmatch(rest))]
    return named if len(named) == 2 else [(p, f) for p, f, m in told if m.group(1) in query.text]


def _costs(query: Query, place: Place, frame: Frame, inputs: Inputs) -> ComputedFinding | None:
    """Two costs told as two cases (500万円と501万円で)."""
    items = query.slots.items
    if len(items) != 2 or not _OR.match(query.text[items[0].end : items[1].start]):
        return None
    one, two = (_amount(frame, inputs, i.yen) for i in items)
    costs = (format_yen(items[0].yen), format_yen(items[1].yen))
    return _paid_gap(query, (one, two), (f"対象経費{costs[0]}", f"対象経費{costs[1]}"), costs, place, frame)


def _amount(frame: Frame, inputs: Inputs, cost: int) -> Amount | None:
    """The subsidy for a cost; None where it cannot be computed so or nothing is paid."""
    found = subsidy_amount(frame, inputs.with_(cost_yen=cost), cost) if frame.rate is not None and not frame.components else None
    return None if found is None or found.blocked else found


def _paid_gap(
    query: Query, amounts: tuple[Amount | None, Amount | None], labels: tuple[str, str], heads: tuple[str, str], place: Place, frame: Frame,
    below: int | None = None,
) -> ComputedFinding | None:
    """What lies between two subsidies, `heads` before the steps of each; None if one of them is not known.

    What stays to be paid is among the steps where the question asks for it.
    """
    one, two = amounts
    if one is None or two is None:
        return None
    whole = query.has("own_funds")
    steps = tuple(f"{head}：{'、'.join(a.steps) if whole else in_short(a.steps)}" for head, a in zip(heads, (one, two), strict=True))
    return gap_finding("補助額", (one.subsidy_yen, two.subsidy_yen), labels, steps, place, frame, below)


def _cases(query: Query, place: Place, frame: Frame, inputs: Inputs, catalogue: Catalogue) -> list[ComputedFinding]:
    """Before and after: with another headcount or wage course, or with a special measure that is named; the subsidy if a cost is told."""
    named = [s for s in frame.specials if s.id in {t.special for t in query.named("special") if t.frame == frame.id}]
    now = {n: inputs.get(f"{n}_now") for n in ("course", "workers", "employees")}
    if now["course"] is not None:
        pair = (inputs.with_(course_yen=now["course"]), inputs)
        labels = (f"{now['course']}円コース", f"{inputs.get('course_yen')}円コース")
    elif now["workers"] is not None:
        pair = (inputs.with_(workers=now["workers"]), inputs)
        labels = (f"引上げ労働者{now['workers']}人", f"引上げ労働者{inputs.get('workers')}人")
    elif now["employees"] is not None and inputs.get("employees") is not None:
        pair = (inputs.with_(employees=now["employees"], office_workers=now["employees"]), inputs)
        used = "・".join(s.label for s in frame.specials if s.id in inputs.specials)
        used = f"（{used}）" if used else ""
        labels = (f"従業員{now['employees']}人{used}", f"従業員{inputs.get('employees')}人{used}")
    elif len(named) == 1:
        without = tuple(i for i in inputs.specials if i != named[0].id)
        unearned = {n: False for n, test in named[0].requires.tests.items() if test.is_ is True}
        pair = (inputs.with_(specials=without, **unearned), inputs.with_(specials=(*without, named[0].id)))
        labels = ("特例なし", named[0].label)
    else:
        return []
    paid = None if query.has("cap") else _paid(query, place, frame, pair, labels, catalogue)
    if paid is None and len(named) == 1 and query.slots.items and not query.has("cap"):
        return _open(query, place, frame, pair, labels, catalogue)
    found = paid or _caps(place, frame, pair, labels)
    return [found] if found else []


def _open(
    query: Query, place: Place, frame: Frame, pair: tuple[Inputs, Inputs], labels: tuple[str, str], catalogue: Catalogue
) -> list[ComputedFinding]:
    """The difference of the subsidies for each case of what is not told of the firm."""
    cases = [(row, (labels[0], f"{labels[1]}（{label}）")) for row, label in assumptions(frame, pair[1]) if label]
    return [f for row, both in cases if (f := _paid(query, place, frame, (pair[0], row), both, catalogue)) is not None]


def _paid(
    query: Query, place: Place, frame: Frame, pair: tuple[Inputs, Inputs], labels: tuple[str, str], catalogue: Catalogue
) -> ComputedFinding | None:
    """The subsidies of two cases for the costs that are told; a special measure may change nothing below the cap."""
    if not query.slots.items:
        return None
    plain = replace(query, both_ways=False)
    found = [amount_finding(plain, place, frame, given, catalogue) for given in pair]
    one, two = (f.variants[0].amount if len(f.variants) == 1 and not (f.missing or f.blocked) else None for f in found)
    one, two = (None if a is None or a.blocked else a for a in (one, two))
    below = one.cap_yen if one and pair[0].specials != pair[1].specials else None
    return _paid_gap(query, (one, two), labels, labels, place, frame, below)


def _caps(place: Place, frame: Frame, pair: tuple[Inputs, Inputs], labels: tuple[str, str]) -> ComputedFinding | None:
    """The caps of two cases."""
    caps = [cap_of(frame, given) for given in pair]
    if caps[0] is None or caps[1] is None:
        return None
    return gap_finding("補助上限額", (caps[0][0], caps[1][0]), labels, (*caps[0][2], *caps[1][2]), place, frame)


def gap_finding(
    what: str, amounts: tuple[int, int], labels: tuple[str, str], steps: tuple[str, ...], place: Place, frame: Frame,
    below: int | None = None,
) -> ComputedFinding:
    """Two amounts of a place's frame, each with its label, and what lies between them.

    With `below`, the cap of the first case, equal amounts that stay under it say that they do: a special measure lifts it in vain.
    """
    low, high = sorted(amounts)
    more = (*steps, less_step(high, low)) if high > low else steps
    table = frame.cap if what == "補助上限額" else frame.rate
    values: dict[str, object] = {"what": what, "one": amounts[0], "two": amounts[1], "labels": labels, "frame": frame.label}
    if below is not None and low == high < below:
        values["cap"] = below
    return ComputedFinding("difference", values, more, table.source if table else None, None, place)
