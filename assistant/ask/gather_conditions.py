"""What the user tells of his own case, held against the conditions that passages tell: met, not met, or left open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from assistant.ask.evidence import ConditionFinding, Says
from assistant.ask.inquiry import Inquiry
from assistant.ask.query import Query
from assistant.ask.told_case import leaves_open
from assistant.ask.told_conditions import asks_alone, asks_same, read_conditions
from assistant.ask.told_place import CLAUSE
from assistant.ask.verdicts import asks_if_not, asks_leave
from assistant.ask.wording import blanked
from assistant.rules.conditions import Decides, Verdict
from assistant.rules.eligibility import judge
from assistant.rules.schema import Fact, Special

_ASKS = re.compile(
    r"(?:対象|該当|使え|申請|申し込|応募|出せ|もらえ|受けられ|いけ|買[うっ]|ええ|いい|よい|よろし|大丈夫|出[るま]|でる|補助|数え|加点|付[くき]|つ[くき]|間に合|増や|上乗せ|クリア|満た|[見み]て(?:くれ|もら))"
    r"[^。？?]{0,14}(?:か|の|ん|ろ|やろ|かな|かね|よね|でしょう?|へん|[？?])[。\s？?]*$"
    r"|(?:枠|型|特例|加点|補助金|助成金)は[？?]\s*$"
)
_TOGETHER = re.compile(r"両方|同時|一緒|併用|どちらも|どっちも|ダブル|合わせ|重ね|二つとも|2つとも")
"""What says that two measures are to be used at once."""
_SUBJECT = re.compile(r"([一-龥ァ-ヶーA-Za-z]{2,})(?:は|も|を|が|でも|に)")
_AFTER_ASKING = re.compile(r"(?<=[？?])[^？?]*$")
"""What is said after the last question asks nothing."""
_GENERAL = (
    "補助", "助成", "対象", "申請", "会社", "当社", "弊社", "自社", "制度", "事業", "支援", "場合", "条件", "市", "県", "管内", "集め",
    "同時", "一緒", "加点",
)  # fmt: skip
"""Subjects that ask of the user's case itself."""
_SAYS: dict[tuple[bool, bool], Says] = {
    (True, False): "met", (False, False): "not_met", (True, True): "free", (False, True): "barred",
}  # fmt: skip
"""What is said of a case, by whether it meets the condition and whether the question asks if it is shut out."""
_SUM = re.compile(r"(?:補助金?|助成金?|交付|支給|金)額(?:は|も|を|が)|自己負担|手出し|いくら|なんぼ|何円")
"""What asks for a sum, which no verdict answers."""
_OTHER = re.compile(r"どっち|どちら(?!も)|いくら|いくつ|なんぼ|いつ|どこ|どの|どれ|どう(?!か)|何|なに|だれ|誰|教えて|計算")


def condition_findings(asked: Inquiry) -> list[ConditionFinding]:
    """The condition that the user's case decides, if it decides one: one not met before one that is met."""
    query = asked.query
    if asks_same(query):
        return _same(asked)
    exclusive = _exclusive(asked)
    if exclusive or not (asks_if_allowed(query) and is_named(query)):
        return exclusive
    if _SUM.search(query.text) and not asks_leave(query):
        return []
    met: list[ConditionFinding] = []
    left_open = False
    for fact, edition in _deciding(asked):
        decides = fact.decides or Decides(label=fact.topic)
        told = {**query.slots.inputs, **read_conditions(query, edition.split("/")[0], decides, asked.catalogue)}
        verdict = decides.test.check(asked.inputs.with_(**told))
        left_open = left_open or leaves_open(query, decides.test)
        open_side = {Verdict.MET: "no", Verdict.NOT_MET: "yes"}.get(verdict)
        if verdict is Verdict.UNKNOWN or decides.owed or not decides.test.names & set(told) or decides.only == open_side:
            continue
        says = _SAYS[verdict is Verdict.MET, asks_if_not(query)]
        found = condition_finding(asked, fact, edition, says, _share(query, decides, told))
        if verdict is Verdict.NOT_MET:
            return found
        met += found if _asks_of_this(query, fact, decides) else []
    return met[:1] if met and not left_open and not query.slots.items and not _shut_out(asked) else []


def _asks_of_this(query: Query, fact: Fact, decides: Decides) -> bool:
    """Whether the question asks nothing but what the condition decides: its last clause has no subject of its own."""
    if ("applies_alone" not in decides.test.names and asks_alone(query.text)) or query.has_word("adverse"):
        return False
    spans = tuple((m.start, m.end) for m in query.mentions)
    clauses = [c for c in CLAUSE.split(blanked(query.text, spans)) if c.strip()]
    subjects = [m.group(1) for m in _SUBJECT.finditer(clauses[-1])] if clauses else []
    known = (*_GENERAL, *fact.also, *decides.about, *decides.step)
    return all(s in fact.text or any(k in s for k in known) for s in subjects)


def asks_if_allowed(query: Query) -> bool:
    """Whether a question asks if the user's case is allowed, in whatever words, and nothing else."""
    text = _AFTER_ASKING.sub("", query.text)
    last = re.split(r"[。！!\n]", text.rstrip("。！!？? "))[-1]
    return bool(asks_leave(replace(query, text=text)) or (_ASKS.search(text) and not _OTHER.search(last)) or query.confirm)


def is_named(query: Query) -> bool:
    """Whether a question names a programme, frame or series, or leans on one that was."""
    return bool(query.named_programmes) or any(t.kind in ("frame", "series") for t in query.targets) or query.carried


def _deciding(asked: Inquiry) -> Iterator[tuple[Fact, str]]:
    """The facts with a condition of the places in question; where frames are named, those of these frames or of all."""
    named = {t.frame for t in asked.query.named("frame")}
    for place in asked.own_places:
        for fact in place.edition.facts:
            about = fact.decides.about if fact.decides else ()
            fits = not fact.frames or not named or bool(named & set(fact.frames))
            of_frame = fact.decides is not None and "frame" in fact.decides.test.names
            if fact.decides is not None and (fits or of_frame) and speaks_of(asked.query, about):
                yield fact, place.edition.id


def speaks_of(query: Query, words: tuple[str, ...]) -> bool:
    """Whether a question, or the turn that it leans on, holds one of these words; true if there are none."""
    before = query.before.text if query.before and query.carried else ""
    said = f"{query.leans_on} {before} {query.text}"
    return not words or any(w in said for w in words)


def _shut_out(asked: Inquiry) -> bool:
    """Whether another requirement that the rules can check is not met in any frame."""
    frames = [f for p in asked.own_places for f in p.frames]
    return bool(frames) and all(judge(f, asked.inputs).verdict is Verdict.NOT_MET for f in frames)


def condition_finding(
    asked: Inquiry, item: Fact | Special, edition: str, says: Says, share: tuple[int, int] | None = None, label: str = ""
) -> list[ConditionFinding]:
    """The finding that a passage decides the user's case: what it says of it, the share worked out, and the condition's name."""
    hits = asked.index.with_ids((f"{edition}#{item.id}",))
    decides = item.decides if isinstance(item, Fact) else None
    return [ConditionFinding(hits[0], says, label or (decides.label if decides else ""), share)] if hits else []


def _share(query: Query, decides: Decides, told: dict[str, Any]) -> tuple[int, int] | None:
    """The two headcounts that make a share which the condition looks at."""
    share = told.get("area_staff_share")
    if "area_staff_share" not in decides.test.names or not share:
        return None
    counts = [n for q in query.slots.quantities if (n := q.whole("people")) is not None]
    return next(((a, b) for b in counts for a in counts if b and a <= b and Fraction(a, b) == share), None)


def _same(asked: Inquiry) -> list[ConditionFinding]:
    """Whether the subject of a passage is the same as what the question holds it against."""
    facts = [*_deciding(asked), *((f, "general") for f in asked.catalogue.general.facts if f.decides)]
    for fact, edition in facts:
        decides = fact.decides
        if decides is None or not speaks_of(asked.query, decides.about):
            continue
        sides: tuple[tuple[tuple[str, ...], Says], ...] = ((decides.unlike, "unlike"), (decides.same, "same"))
        for names, says in sides:
            if any(n in asked.query.text for n in names):
                return condition_finding(asked, fact, edition, says)
    return []


def _exclusive(asked: Inquiry) -> list[ConditionFinding]:
    """That two special measures of a frame exclude each other, where the question would use both."""
    query = asked.query
    wanted = set(query.slots.inputs.get("specials") or ())
    by_name = {t.special for t in query.named("special")} & wanted
    for place in asked.own_places if len(wanted) == 2 and len(by_name) != 1 and not query.specials_off else ():
        for frame in place.frames:
            named = [s for s in frame.specials if s.id in wanted]
            for special in named if len(named) == 2 and _TOGETHER.search(query.text) else ():
                other = next((s for s in named if s.id in special.excludes), None)
                if other is not None:
                    return condition_finding(asked, special, place.edition.id, "pair", label=f"{other.label}と{special.label}")
    return []

