"""What the facts that a user told decide: a special measure earned, a firm too large, eligibility."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from assistant.ask.costs_told import sort_costs
from assistant.ask.evidence import AmountFinding, EligibilityFinding, Finding, ProseFinding, SpecialFinding
from assistant.ask.gather_prose import telling_terms
from assistant.ask.inquiry import Inquiry
from assistant.ask.own_line import asks_line
from assistant.ask.query import Query
from assistant.ask.verdicts import asks_if_not, asks_leave
from assistant.ask.wording import asking_part, asks, blanked
from assistant.rules.conditions import Inputs, Verdict
from assistant.rules.eligibility import Eligibility, judge
from assistant.rules.eligibility import Finding as Found
from assistant.rules.load import Catalogue
from assistant.rules.schema import CostItem, Exclusion, Frame

RARELY_HELD = frozenset({"repeat", "founded_months", "founded_on", "representative_age", "is_deemed_large"})
"""Facts of a firm that are told only where they are to be judged; few frames look at them."""
OF_A_FIRM = frozenset({"sales_yen", "capital_yen", "employees", "founded_months", "founded_on", "representative_age"})
"""Facts of a firm on which schemes draw lines."""
_DECIDED = (Verdict.MET, Verdict.NOT_MET)

_WHERE = re.compile(r"本社|本店|支店|支社|営業所|出張所")
"""Told by who asks whether the place where the firm is lets it apply."""
_ALONE = (
    r"[^。、？?とや＋+・&]{0,6}?(だけ(?!れ?ど)|のみ|単独)[^。？?]{0,12}"
    r"(申請|出せ|出す|使え|いけ|通|応募|OK|大丈夫|対象|でき|ダメ|だめ|可能)"
)
"""What follows a cost that is to be applied for alone."""
_NOT_BESIDE = r"(?<![とや＋+・&])"


_SUFFICES = re.compile(r"(満た(す|し|せ)|足り|クリア|届)[^。]{0,8}[？?か]")
"""What asks whether something that is told suffices."""


def special_verdict(asked: Inquiry) -> list[Finding]:
    """Whether the one special measure that is asked about can be used, where what was told decides it."""
    query = asked.query
    wanted = {t.special for t in query.named("special")}
    if len(wanted) != 1 or not (query.has("eligibility") or query.confirm or _SUFFICES.search(query.text)):
        return []
    for place in asked.own_places:
        for frame in place.frames:
            for special in frame.specials:
                verdict = special.requires.check(asked.inputs)
                told = any(query.slots.inputs.get(n) is not None for n in special.requires.names)
                if special.id in wanted and told and verdict is not Verdict.UNKNOWN:
                    return [SpecialFinding(place, frame, special, verdict is Verdict.MET)]
    return []


_NOT_ONLY = r"(?!(で|じゃ)(は|も)?(な[くい]|ありません|約?[0-9,.億万千]+円(かか|に(な|上)|する|します|を超|ほど|、|です|ある)))"


def alone(asked: Inquiry) -> list[Finding]:
    """That an application with one category of costs alone is not possible, where the question asks for just that (チラシだけで)."""
    query = asked.query
    for place in asked.own_places if not query.slots.items else ():
        names = {c.id: (c.label, *c.also) for c in place.edition.categories}
        for frame in place.frames:
            for limit in frame.limits if query.has("eligibility", "cost") or query.confirm or asks(query.text) else ():
                found = [n for c in limit.categories for n in names.get(c, ()) if len(n) > 1 and n in query.text]
                if limit.kind == "not_alone" and any(re.search(_NOT_BESIDE + re.escape(n) + _ALONE, query.text) for n in found):
                    return [AmountFinding(place, frame, asked.inputs, (), blocked=limit.text)]
    return []


def told_out(asked: Inquiry) -> list[Finding]:
    """That the firm is too large, where it asks for a cap or rate of a frame that it named and told its headcount."""
    query = asked.query
    named = any(p.framed for p in asked.route.places) and query.slots.inputs.get("employees") is not None
    if not named or not query.has("cap", "rate", "amount") or query.slots.inputs.get("employees_now") is not None:
        return []
    return shut_out(asked, ("size",))


def cost_shut_out(asked: Inquiry) -> list[Finding]:
    """The passages that shut out all costs told, where the question asks if they are paid for and not how much."""
    query, items = asked.query, asked.query.slots.items
    if not items or not (asks_leave(query) or query.confirm) or query.has_word("money_words") or asks_if_not(query):
        return []
    for place in asked.own_places:
        by_frame = [sort_costs(items, place.edition, f, asked.catalogue, Fraction(1)).excluded for f in place.frames]
        named = [[c for _, _, c in left if isinstance(c, CostItem) and c.verdict == "excluded"] for left in by_frame]
        if named and all(len(costs) == len(items) for costs in named):
            ids = {f"{place.edition.id}#{c.id}" for costs in named for c in costs}
            return [ProseFinding(asked.index.with_ids(ids)[:2])]
    return []


def sized_verdict(asked: Inquiry, structured: Sequence[Finding]) -> list[Finding]:
    """Whether a firm whose headcount was told may apply, where nothing else is asked; a statement describes the firm, and asks nothing."""
    lines = _line_verdict(asked)
    wanted = set(asked.query.attributes)
    if lines or not wanted or not wanted <= {"size", "eligibility"} or asked.inputs.get("employees") is None:
        return lines
    sized: list[Finding] = [f for f in structured if isinstance(f, EligibilityFinding)]
    spans = tuple((m.start, m.end) for m in asked.query.mentions)
    if not sized and not telling_terms(asked, blanked(asking_part(asked.query.text), spans)):
        sized = [f for f in eligibility(asked) if isinstance(f, EligibilityFinding)]
    return list(sized)


def _line_verdict(asked: Inquiry) -> list[Finding]:
    """Whether the firm keeps the line that the question asks for, by a number of its own that stands beside (売上何億から？うち8億円)."""
    told = _told(asked.query) & OF_A_FIRM
    if not told or not asks_line(asked.query.text) or asked.query.has("cap", "rate", "amount", "floor", "deadline", "opens", "result"):
        return []
    for found in eligibility(asked):
        if not isinstance(found, EligibilityFinding):
            continue
        held = tuple(x for x in found.result.findings if x.requirement.test and x.requirement.test.names & told and x.verdict in _DECIDED)
        if held and found.result.verdict is not Verdict.UNKNOWN:
            return [found]
        if held:
            return [replace(found, result=Eligibility(held[0].verdict, held, None))]
    return []


def _named(query: Query) -> bool:
    """Whether the programme is named, and not only guessed from a special measure that many have."""
    return bool(query.named_programmes) or any(t.kind in ("frame", "series") for t in query.targets) or query.carried


def shut_out(asked: Inquiry, kinds: tuple[str, ...] = ()) -> list[Finding]:
    """That the firm cannot apply, where it asks whether it can and a fact that it told shuts it out of every frame.

    With `kinds` only requirements of these kinds count, whatever is asked.
    """
    query = asked.query
    asked_so = asks_leave(query) or asks_if_not(query)
    if not _named(query) or not (kinds or query.has("eligibility") or (asked_so and not query.has("cap", "rate", "amount"))):
        return []
    told = _told(query)
    found = []
    for place in asked.own_places:
        for frame in place.frames:
            result = judge(frame, asked.inputs_at(place))
            failed = [f for f in result.findings if f.verdict is Verdict.NOT_MET and f.requirement.decisive and f.requirement.test]
            failed = [f for f in failed if not kinds or f.requirement.kind in kinds]
            if not any(f.requirement.test and f.requirement.test.names & told for f in failed):
                return []
            found.append(EligibilityFinding(place, frame, result, asked.inputs))
    return list(found[:1])


def excluded_projects(asked: Inquiry) -> list[Finding]:
    """The kinds of project that the frames do not support and the question names, where it asks whether it may apply."""
    if not (asked.query.has("eligibility") or asked.query.confirm or asks_leave(asked.query)):
        return []
    ids = {
        f"{p.edition.id}#{f.id}-exclusion-{i}"
        for p in asked.route.places
        for f in p.frames
        for i, kind in enumerate(f.exclusions)
        if _tells(asked.query.text, kind)
    }
    hits = asked.index.with_ids(ids)
    return [ProseFinding(hits[:2])] if hits else []


def barred_project(asked: Inquiry) -> list[Finding]:
    """That every frame in question shuts out the whole project as it is told, where an amount for it is asked about."""
    query = asked.query
    if not query.slots.items or not (asks(query.text) or query.confirm):
        return []
    frames = [(p, f) for p in asked.own_places for f in p.frames]
    out = [next((x for x in f.exclusions if x.blocks and _tells(query.text, x)), None) for _, f in frames]
    if not out or out[0] is None or None in out:
        return []
    place, frame = frames[0]
    return [AmountFinding(place, frame, asked.inputs, (), blocked=out[0].text)]


def _tells(text: str, kind: Exclusion) -> bool:
    """Whether a text names a kind of project, and does not say that it is more than that (買うだけでなく)."""
    return any(re.search(re.escape(n) + _NOT_ONLY, text) for n in kind.names)


def where_it_must_be(asked: Inquiry) -> list[Finding]:
    """What a scheme demands of where a firm is, to who tells where his is: without a verdict, since which is the main one is open."""
    if not asked.query.has("eligibility") or not _WHERE.search(asked.query.text):
        return []
    here = {p.edition.id for p in asked.own_places if any(r.kind == "place" for f in p.frames for r in f.requirements)}
    hits = asked.index.where(lambda p: p.kind in ("requirement", "target") and p.edition_id in here and "市内" in p.text)
    return [ProseFinding(tuple(sorted(hits, key=lambda h: "主たる" not in h.passage.text))[:1])] if hits else []


def eligibility(asked: Inquiry) -> list[Finding]:
    """Eligibility of the frames in question: of one that shuts the firm out and of one that does not.

    Where a fact was told that no requirement of the frame looks at, there is no verdict: it might be the very thing asked.
    """
    query = asked.query
    if not _named(query):
        return []
    sure = {p.edition.id: _sure_size(query, asked.inputs_at(p), asked.catalogue) for p in asked.own_places}
    found = [EligibilityFinding(p, f, judge(f, sure[p.edition.id]), asked.inputs) for p in asked.own_places for f in p.frames]
    found = [f for f in found if any(x.requirement.test is not None for x in f.result.findings)]
    out = [f for f in found if f.result.verdict is Verdict.NOT_MET]
    left = [f for f in found if f not in out and any(is_about(x, query) for x in f.result.findings)]
    unheld = {n for n in RARELY_HELD & set(query.slots.inputs) if query.slots.inputs[n] is not False}
    if not out:
        left = [f for f in left if unheld <= _looked_at(f.frame)]
    return [*left[:1], *out[:1]]


def is_about(found: Found, query: Query) -> bool:
    """Whether a requirement that decides is still open, or looks at something that the user told."""
    test = found.requirement.test
    if not found.requirement.decisive or test is None:
        return False
    return found.verdict is Verdict.UNKNOWN or bool(test.names & _told(query)) or found.requirement.kind == "size"


def _told(query: Query) -> set[str]:
    """The inputs of rules that the user told, with those that follow from them."""
    told = set(query.slots.inputs)
    return told | {new for old, new in (("employees", "size"), ("founded_on", "founded_months")) if old in told}


def _looked_at(frame: Frame) -> frozenset[str]:
    """The inputs that the deciding requirements of a frame look at."""
    return frozenset(n for r in frame.requirements if r.decisive and r.test is not None for n in r.test.names)


def _sure_size(query: Query, inputs: Inputs, catalogue: Catalogue) -> Inputs:
    """Inputs whose size is told or follows for sure: a firm beyond a line of the law is left open."""
    if query.slots.inputs.get("size") or inputs.get("size") == "small":
        return inputs
    told = (inputs.get("employees"), inputs.get("capital_yen"))
    within = all(x.holds(*told) for x in catalogue.general.sme_limits if inputs.get("industry") in (None, x.industry))
    return Inputs({**inputs.known, "size": "sme" if within else None})
