"""A cap that the user takes for granted because he added up or multiplied: held against what the frame's tables come to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations

from assistant.ask.evidence import ComputedFinding
from assistant.ask.gather_parts import likely_frames
from assistant.ask.inquiry import Inquiry
from assistant.ask.query import Query
from assistant.ask.reckon import Line, Part, Shown, result, yen
from assistant.ask.route import Place
from assistant.rules.amounts import cap_of, choices
from assistant.rules.conditions import Inputs
from assistant.rules.load import Catalogue
from assistant.rules.schema import Edition, Frame, YenCase
from assistant.rules.values import format_yen
from assistant.text.numbers import Quantity

_AS_MOST = re.compile(
    r"(くらい|ぐらい|ほど)?((が|を|に|で)?(補助)?の?(上限|最大|限度|満額)|まで(は|なら)?(出|もら|貰|使|い[けく]|受け|補助|可能|狙|申請)"
    r"|も?(もらえ|貰え|受け取れ|受けられ|出ま|出る|いけ))"
)
_PAID = re.compile(r"(は|なら)?(出|もら|貰|使|い[けく]|受け|補助|可能|狙|申請)")
_MOST_IS = re.compile(r"(上限|最大|限度額?)(額)?[はが]?[^。、0-9０-９]{0,6}$")
_TIMES = re.compile(r"([2-9２-９]|[二三四五])(回|度|件)")
_PLANNED = re.compile(r"(計画|予算|資金繰り|見積)[^。、]{0,8}(組|作|立て|考え)")
MOST_SPECIALS = 3


@dataclass(frozen=True, slots=True)
class _Cap:
    """How a cap was reached, and the greatest one with all special measures of the frame (0: none is greater)."""

    catalogue: Catalogue
    steps: tuple[str, ...]
    most: int = 0


def cap_premise(asked: Inquiry) -> list[ComputedFinding]:
    """Whether a cap that the question takes for granted is right, where it was reached by adding up or over the years."""
    query, inputs, catalogue = asked.query, asked.inputs, asked.catalogue
    claimed = _claimed(query)
    if claimed is None or not (query.confirm or _PLANNED.search(query.text)):
        return []
    terms = [i.yen // i.times for i in query.slots.items if i.yen // i.times != claimed]
    years = query.slots.years or 1
    multiplied = years > 1 or bool(_TIMES.search(query.text))
    if any(t > claimed for t in terms) or not (terms or multiplied):
        return []
    for place in asked.own_places:
        frames = [f for f in likely_frames(query, place, catalogue) if f.cap is not None and not f.components]
        named = [f for f in frames if set(terms) & _amounts(f)] if len(frames) > 1 else frames
        if len(named) == 1 and named[0].cap_shared and query.slots.money.get("received_yen"):
            continue  # what is left of the cap is asked for
        if len(named) != 1 or not _are_terms(terms, claimed, years, place.edition, named[0]):
            continue
        found = _over_years(query, place, named[0], inputs, (claimed, years), catalogue) or _at_once(
            query, place, named[0], inputs, claimed, catalogue
        )
        if found is not None:
            return [found]
    return []


def _claimed(query: Query) -> int | None:
    """The greatest amount that is told as the most there is."""
    found = [int(str(q.value)) for q in query.slots.quantities if q.unit == "yen" and isinstance(q.value, int) and _is_most(query.text, q)]
    return max(found, default=None)


def _is_most(text: str, q: Quantity) -> bool:
    said = q.bound == "max" or (q.bound == "until" and _PAID.match(text, q.end))
    return bool(said or _AS_MOST.match(text, q.end) or _MOST_IS.search(text[: q.start]))


def _amounts(frame: Frame) -> set[int]:
    """The amounts that a frame's cap is made of."""
    cases = {c.yen for c in frame.cap.cases} if frame.cap else set()
    return cases | {s.add_yen for s in frame.specials if s.add_yen} | {x.yen for x in frame.limits if x.yen and x.kind == "cap_subsidy"}


def _are_terms(terms: list[int], claimed: int, years: int, edition: Edition, frame: Frame) -> bool:
    """Whether the amounts beside the cap are what it was made of, and no costs."""
    parts = _amounts(frame) | {s.add_yen for f in edition.frames for s in f.specials if s.add_yen}
    whole = sum(terms) == claimed or any(t * n == claimed for t in terms for n in (years, 12 * years))
    return whole or all(t in parts for t in terms)


def _over_years(
    query: Query, place: Place, frame: Frame, inputs: Inputs, told: tuple[int, int], catalogue: Catalogue
) -> ComputedFinding | None:
    """The cap of several years, where a frame caps each of them."""
    claimed, years = told
    if years < 2 or frame.cap is None:
        return None
    by_year, whole = (choices(frame.cap, inputs.with_(year_no=n), frame) for n in (1, 0))
    each = by_year[0].case if by_year and not by_year[0].waits_for else None
    total = whole[0].case if whole and not whole[0].waits_for else None
    if not isinstance(each, YenCase) or not isinstance(total, YenCase):
        return None
    apart, most = total is not each, _most_years(place.edition, frame)
    if not (apart or (frame.cap_each_year and most)):
        return None
    counted = years if apart else min(years, most)
    right = min(each.yen * counted, total.yen) if apart else each.yen * counted
    steps = [f"{format_yen(each.yen)} × {counted}年 ＝ {format_yen(each.yen * counted)}"]
    if apart:
        steps.append(f"全期間の上限：{format_yen(total.yen)}")
    return _told(query, place, frame, (claimed, right), _Cap(catalogue, tuple(steps)))


def _most_years(edition: Edition, frame: Frame) -> int:
    """For how many years at most a frame pays, where its costs say so; 0 if they do not."""
    spans = [c.figures[c.at_most].years or 0 for c in edition.costs if c.at_most and frame.id in c.frames]
    return max(spans, default=0)


def _at_once(
    query: Query, place: Place, frame: Frame, inputs: Inputs, claimed: int, catalogue: Catalogue
) -> ComputedFinding | None:
    """The cap with the special measures that are named and that the frame has; None where the headcount leaves it open."""
    named = set(inputs.specials)
    usable = tuple(s.id for s in frame.specials if s.id in named)
    found = cap_of(frame, inputs.with_(specials=usable))
    if found is None or frame.cap_each_year:
        return None
    ids = [s.id for s in frame.specials][:MOST_SPECIALS]
    sets = [c for n in range(len(ids) + 1) for c in combinations(ids, n)]
    caps = {cap[0] for c in sets if (cap := cap_of(frame, inputs.with_(specials=c))) is not None}
    if claimed in caps and (claimed != found[0] or not query.slots.items):
        return None  # right with a measure that the question does not name, or not what it asks
    return _told(query, place, frame, (claimed, found[0]), _Cap(catalogue, found[2], max(caps)))


def _told(query: Query, place: Place, frame: Frame, amounts: tuple[int, int], found: _Cap) -> ComputedFinding:
    claimed, right = amounts
    programme = found.catalogue.programmes[place.edition.programme]
    name = f"{programme.short}の{frame.label}"
    shown: dict[str, Part] = {"name": name, "right": yen(right), "claimed": Shown(format_yen(claimed), claimed, "yen", True)}
    lines: list[Line] = [("cap_premise_yes" if claimed == right else "cap_premise_no", shown)]
    if found.most > right != claimed:
        lines.append(("cap_premise_most", {"most": yen(found.most)}))
    own = {s.id for s in frame.specials}
    others = {
        s.label: f.label
        for e in found.catalogue.editions_of(programme.id) for f in e.frames for s in f.specials
        if s.id in (query.slots.inputs.get("specials") or ()) and s.id not in own
    }  # fmt: skip
    lines += [("cap_premise_other", {"special": s, "frame": f, "name": frame.label}) for s, f in others.items()]
    if frame.cap_shared and claimed != right:
        lines.append(("cap_premise_shared", {}))
    source = frame.cap.source if frame.cap else None
    return result(*lines, steps=found.steps, source=source, verdict=claimed == right, place=place)
