"""What special measures demand of those who use them, side by side for every programme in question."""

from __future__ import annotations

import re

from assistant.ask.evidence import Finding, ProseFinding
from assistant.ask.inquiry import Inquiry
from assistant.search.index import Hit

_DEMANDED = re.compile(
    r"(引き?上げ|上げ)[るの]?(幅|額)|伸び|水準|求められ|何(円|[%％]|パー)[^。？?]{0,8}(上げ|引|増や|必要|以上)"
    r"|(いくら|なんぼ|どれ(だけ|くらい|ぐらい)|どのくらい)[^。？?]{0,8}(上げ|引|増や|高く)"
    r"|(条件|要件|基準)[^。？?]{0,8}(比べ|並べ|対比|違[いうっ]|表に|一覧)|(条件|要件)(は|って|を)"
)
"""What asks how far wages must rise and the like, not what is paid."""

_BESIDE = frozenset({"special", "compare", "requirement", "min_wage"})
"""What may be asked for: a question for anything else is not for the conditions alone."""


def special_demands(asked: Inquiry) -> list[Finding]:
    """The conditions of the special measures that a question names, one passage for each place that has them.

    Args:
        asked: A question that tells no figures of its own: those are judged, not looked up.

    Returns:
        Nothing where anything else is asked for, or no condition is.
    """
    query = asked.query
    wanted = {t.special for t in query.named("special")}
    told = [q for q in query.slots.quantities if q.unit in ("yen", "percent")]
    if not wanted or told or not set(query.attributes) <= _BESIDE or not _DEMANDED.search(query.text):
        return []
    hits: dict[str, Hit] = {}
    for place in asked.own_places:
        labels = {(place.edition.id, s.label) for f in place.frames for s in f.specials if s.id in wanted}
        for hit in asked.index.where(lambda p: p.kind == "special"):
            if (hit.passage.edition_id, hit.passage.topic) in labels:
                hits.setdefault(hit.passage.text, hit)
    return [ProseFinding(tuple(hits.values()))] if hits else []
