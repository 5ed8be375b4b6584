"""How much of a subsidy is lost where what it hangs on is missed: all of it or a part, where the question takes it for either."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.ask.evidence import ConditionFinding, Says
from assistant.ask.gather_conditions import condition_finding, is_named, speaks_of
from assistant.ask.gather_owed import SURE_NAME, asks_if_owed
from assistant.ask.inquiry import Inquiry
from assistant.ask.wording import MUST
from assistant.rules.conditions import Decides
from assistant.rules.schema import Fact

_MISSED = re.compile(
    r"未達|達成(?:でき|しな|せ[ずん])|届か|満た(?:せ|さ|し(?:て|ませ))(?!ば)|クリア(?:でき|し(?:な|て(?:い)?な))|守れ(?!ば)|下回"
)
_LOST = re.compile(r"返[すさしせ還金納]|もら[えわ]|貰え|交付|なくな|没収|減額")
_WHOLE = re.compile(r"全額|全部|ぜんぶ|丸(?:ごと|々|まる)|まる(?:ごと|まる)|全て|すべて|そっくり|ゼロ")
_ONLY_PART = re.compile(r"だけ|のみ|分で(?:いい|よい|済)|一部|で済")
_SPARED = re.compile(r"天災|災害|地震|台風|水害|赤字|責任")
"""What may spare one from giving back."""
_DUTY = re.compile(rf"返[^。、？?]{{0,6}}(?:必要|義務|対象|{MUST}|(?:す|され|に)?(?:る|なる|なり|られ|ます)[^。、？?]{{0,4}}(?:[？?か]|$))")


def returned_findings(asked: Inquiry) -> list[ConditionFinding]:
    """Whether all of the subsidy is lost, or only a part, where something is missed and the question asks that."""
    text = asked.query.text
    if not (is_named(asked.query) and _MISSED.search(text) and _LOST.search(text)) or _SPARED.search(text) or asks_if_owed(asked.query):
        return []
    for fact, edition, decides in _rules(asked):
        says = _says(text, decides)
        if says is not None:
            return condition_finding(asked, fact, edition, says)
    return _of_requirement(asked)


def _rules(asked: Inquiry) -> Iterator[tuple[Fact, str, Decides]]:
    """The facts that tell how much is lost, those first that speak of what the question names (a special measure)."""
    found = [(f, p.edition.id, f.decides) for p in asked.own_places for f in p.edition.facts if f.decides and f.decides.back]
    named = [x for x in found if speaks_of(asked.query, x[2].about)]
    yield from sorted(named, key=lambda x: not x[2].about)


def _says(text: str, decides: Decides) -> Says | None:
    """What is said of the part that the question asks about; None where it asks about none that the rule decides."""
    part = any(w in text for w in decides.same) and _ONLY_PART.search(text)
    if part or (_ONLY_PART.search(text) and decides.back == "all" and not _WHOLE.search(text)):
        return "part_back" if part else "not_part_back"
    if not _WHOLE.search(text):
        return None
    whole: dict[str, Says] = {"all": "all_back", "part": "not_all_back"}
    return whole.get(str(decides.back), "back_untold")


def _of_requirement(asked: Inquiry) -> list[ConditionFinding]:
    """That a missed requirement brings a duty to give back, where the question asks it of one that it names and that does."""
    text = asked.query.text
    if not _DUTY.search(text) or asked.query.named("special"):
        return []
    told = {(q.unit, q.exact) for q in asked.query.slots.quantities if q.exact is not None}
    best: tuple[int, list[ConditionFinding]] = (0, [])
    for place in asked.own_places:
        for need in (r for f in place.frames for r in f.requirements):
            named = max((len(n) for n in (need.label, *need.also) if len(n) > 1 and n in text), default=0)
            named += SURE_NAME * any((v.unit, v.exact) in told for v in need.figures.values())
            if named > best[0]:
                hits = asked.index.with_ids((f"{place.edition.id}#{need.id}",)) if need.repay else ()
                best = (named, [ConditionFinding(hits[0], "gives_back", need.label)] if hits else [])
    return best[1]
