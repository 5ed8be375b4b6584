"""What lies between two turns of a conversation: the amount or cap of each computed anew, and the difference."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.ask.evidence import ComputedFinding
from assistant.ask.gather_amounts import amount_finding, usable_specials
from assistant.ask.gather_gaps import gap_finding
from assistant.ask.gather_parts import likely_frames
from assistant.ask.inquiry import Inquiry
from assistant.ask.query import Query
from assistant.ask.route import Place, choose_route
from assistant.ask.steps import in_short
from assistant.ask.wording import HOW_MUCH_MORE
from assistant.rules.amounts import cap_of
from assistant.rules.conditions import INPUT_LABELS, Inputs
from assistant.rules.load import Catalogue
from assistant.rules.schema import Frame
from assistant.rules.values import format_yen

SUBSIDY, CAP = "補助額", "補助上限額"
SIZES = {"small": "小規模事業者", "sme": "中小企業", "large": "大企業"}
UNITS = {"employees": "人", "workers": "人", "processes": "", "functions": "", "members": "者", "year_no": "年目"}


@dataclass(frozen=True, slots=True)
class _Case:
    """What one turn comes to."""

    place: Place
    frame: Frame
    inputs: Inputs
    what: str
    yen: int
    cost: int
    steps: tuple[str, ...]
    cap: int | None = None


def between_turns(asked: Inquiry) -> list[ComputedFinding]:
    """The difference that a turn asks for: to the turn before where it changes something, else between the two before it."""
    query, before = asked.query, asked.query.before
    if before is None or not HOW_MUCH_MORE.search(query.text) or query.has("own_funds", "rate", "floor"):
        return []
    pair = (before, query) if _is_new(query, before) else (before.before, before)
    cases = [_case(turn, asked) for turn in pair if turn is not None]
    one, two = (cases[0], cases[1]) if len(cases) == 2 else (None, None)
    if one is None or two is None or one.what != two.what:
        return []
    labels = _label(one, two, asked.catalogue), _label(two, one, asked.catalogue)
    if labels[0] == labels[1]:
        return []  # the same case twice: what changes was not understood
    steps = (f"{labels[0]}：{'、'.join(one.steps)}", f"{labels[1]}：{'、'.join(two.steps)}")
    below = one.cap if one.cost == two.cost and one.inputs.specials != two.inputs.specials else None
    found = gap_finding(one.what, (one.yen, two.yen), labels, steps, two.place, two.frame, below)
    if one.frame.id == two.frame.id and one.place.edition.id == two.place.edition.id:
        return [found]
    alike = one.place.edition.programme == two.place.edition.programme
    return [replace(found, values={**found.values, "frame": ""}, place=two.place if alike else None)]


def _is_new(query: Query, before: Query) -> bool:
    """Whether a turn tells something that the one before it did not."""
    return bool(query.mentions or query.slots.quantities) or query.slots.inputs != before.slots.inputs


def _case(turn: Query, asked: Inquiry) -> _Case | None:
    """The one amount, or else the one cap, that a turn comes to; None where it is open or of several frames."""
    alone = replace(asked, query=turn, route=choose_route(turn, asked.catalogue, asked.today))
    places = alone.own_places if alone.route.way == "answer" else ()
    frames = [(p, f) for p in places for f in likely_frames(turn, p, asked.catalogue)]
    if len(frames) != 1:
        return None
    place, frame = frames[0]
    if turn.slots.items:
        found = amount_finding(turn, place, frame, alone.inputs, asked.catalogue)
        if found.blocked or found.missing or len(found.variants) != 1:
            return None
        amount = found.variants[0].amount
        return _Case(place, frame, found.inputs, SUBSIDY, amount.subsidy_yen, found.cost_yen, (in_short(amount.steps),), amount.cap_yen)
    ready = usable_specials(frame, alone.inputs)[0]
    cap = cap_of(frame, ready)
    return _Case(place, frame, ready, CAP, cap[0], 0, cap[2]) if cap is not None else None


def _label(case: _Case, other: _Case, catalogue: Catalogue) -> str:
    """What tells a case from the other one: its programme and frame, else the inputs that differ."""
    if case.place.edition.programme != other.place.edition.programme:
        return f"{catalogue.programmes[case.place.edition.programme].short} {case.frame.label}"
    if case.frame.id != other.frame.id or case.place.edition.id != other.place.edition.id:
        return case.frame.label
    names = [n for n in (*case.inputs.known, *other.inputs.known) if case.inputs.get(n) != other.inputs.get(n)]
    parts = [_told(n, case) for n in dict.fromkeys(names) if n not in ("office_workers", "industry", "industry_word")]
    if case.inputs.specials != other.inputs.specials and "specials" not in names:
        parts.append(_told("specials", case))
    if case.cost != other.cost:
        parts.append(f"対象経費{format_yen(case.cost)}")
    return "・".join(dict.fromkeys(parts))


def _told(name: str, case: _Case) -> str:
    value = case.inputs.get(name)
    if name == "specials":
        used = [s.label for s in case.frame.specials if s.id in case.inputs.specials]
        return "・".join(used) or "特例なし"
    if name == "size":
        return SIZES.get(str(value), str(value))
    if isinstance(value, bool) or value is None:
        label = INPUT_LABELS.get(name, name).removesuffix("かどうか")
        return label if value else f"{label}でない"
    if name.endswith("_yen"):
        return f"{INPUT_LABELS.get(name, name)}{format_yen(int(value))}"
    return f"{INPUT_LABELS.get(name, name)}{value}{UNITS.get(name, '')}"
