"""Whether a question wants a computed amount, and the amounts of the frames in question with what else the text asks."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.ask.arrange import ENOUGH, GOOD_SCORE, arrange, is_strong
from assistant.ask.carry import ENDS_OPEN, ONLY_THINGS
from assistant.ask.evidence import AmountFinding, ComputedFinding, Evidence, Finding, ProseFinding
from assistant.ask.gather_amounts import amount_finding, missing_labels
from assistant.ask.gather_frames import costs_by_name, frames_together, summed_up
from assistant.ask.gather_parts import likely_frames, yearly_finding
from assistant.ask.gather_prose import Prose, search_prose
from assistant.ask.gather_worded import WORDED
from assistant.ask.inquiry import Inquiry
from assistant.ask.query import Query
from assistant.ask.verdicts import asks_if_not, asks_leave, forbids_asked
from assistant.ask.wording import asks
from assistant.search.index import Hit

_COST_TOLD = re.compile(
    r"(費|費用|経費|購入|代)[はがで、：:]?(約|およそ|税[抜込]き?)?[0-9０-９]|[円万億](程度|ほど)?の(補助)?(対象)?(経費|費用|投資|設備)"
)
"""A word for costs that names an amount asks for no rule on costs."""
_SUBSIDY_IS = re.compile(
    r"((補助|助成|交付)(金|額)?(の?(合計|総額))?|[。、](合計|総額))(は|って)[？?。\s]*$|(?<=[。、])(補助|助成|交付)(金|額)?[？?。\s]*$"
)
_PERCENT = r"(何|なん|どれ(くらい|ぐらい))(%|％|パー|ポイント|割)"
_GROWTHS = {
    "wage": re.compile(rf"(賃上げ|賃金|給料|給与)[^。？?]{{0,16}}{_PERCENT}|{_PERCENT}[^。？?]{{0,6}}(の)?(賃上げ|給料|給与|賃金)"),
    "growth": re.compile(rf"(生産性|付加価値)[^。？?]{{0,16}}{_PERCENT}"),
}
"""What asks for the yearly rise that a plan must reach, by the kind of requirement."""
_ALL_OF_IT = re.compile(r"合計|合わせ|あわせ|全部で|トータル|総額")
_MOST_GROWTHS = 2
_WITH_COST = re.compile(r"[円万億](の[^。、0-9]{1,10}|[^。、0-9]{0,6})?で(も|は)?、?(申請|応募|出せ|いけ|申し込)")
"""What asks whether one may apply with a cost of this size."""
_GETS = re.compile(r"(もらえ|貰え|受けられ|受け取れ|いただけ)(る|ます|るん|るの)?(です|でしょう)?か?[？?。\s]*$")
"""What asks whether the grant is paid at all."""


def amounts_asked(asked: Inquiry, prose: Prose) -> Evidence | None:
    """The amounts, where the question wants them or asks whether it may apply with a cost that a floor decides on; else None."""
    query = asked.query
    outright = _wants_amount(query, prose)
    if not asked.route.places or not (outright or (query.slots.items and _asks_to_apply(query) and not query.has("floor"))):
        return None
    evidence = amounts_of(asked, prose)
    if outright:
        return evidence
    amounts = [f for f in evidence.findings if isinstance(f, AmountFinding)]
    cases = [v.amount for f in amounts for v in f.variants]
    below = bool(amounts) and all(f.blocked or (f.variants and all(v.amount.blocked for v in f.variants)) for f in amounts)
    above = bool(cases) and all(a.floor_yen and not a.blocked for a in cases) and _WITH_COST.search(query.text)
    return evidence if below or above else None


def _asks_to_apply(query: Query) -> bool:
    return query.has("eligibility") or (not query.attributes and asks_leave(query)) or bool(_GETS.search(query.text))


_ASKS_LEAVE = re.compile(
    r"(足し|含め|入れ|合算し|カウントし|数え)ても?(い|よ|ええ|構|かま|大丈夫)|(大丈夫|問題な[いし]|セーフ|平気)(です|や|なん(です|や))?(よ?ね|か|やろ)[？?。]*$"
)
"""What asks leave to do something, or to count it in."""


def _wants_amount(query: Query, prose: Prose) -> bool:
    """Whether the question wants a computed amount: it names costs and asks for money or nothing, or asks for money alone."""
    if query.slots.items:
        of_money = query.has_word("money_words") or query.has("amount", "own_funds") or query.slots.claimed
        if _ASKS_LEAVE.search(query.text) and not of_money:
            return False  # whether something is allowed or counts, not what it brings
        told = not query.has("cost") or _COST_TOLD.search(query.text)
        if told and not asks(query.text) and not query.has("eligibility", "requirement", "compare"):
            return True  # a cost told without a question: what it brings
        if _SUBSIDY_IS.search(query.text):
            return True
        if set(query.attributes) <= ONLY_THINGS - {"eligibility"} and ENDS_OPEN.search(query.text.rstrip("。？? ")):
            return True  # the same cost under another condition
        asked = query.has_word("money_words") or query.has_word("cost_needed") or query.has("amount", "own_funds")
        if query.has("floor"):
            return asked or not query.confirm
        own = query.slots.money.get("own_yen") and (query.confirm or asks_leave(query))
        if asked or own or query.slots.claimed:
            return True
        if {"cap", "rate"} <= set(query.attributes):
            return False  # the table is asked for, whatever the cost
        allowed = query.slots.ratios or not any(forbids_asked(query, h) for h in prose.hits[:3])
        held = query.confirm and bool(allowed)
        if held and _asks_about_a_rule(query, prose):
            return False
        return (held and not query.has(*WORDED)) or (not query.attributes and not is_strong(prose, False))
    return query.has("amount", "own_funds") and not query.has("cap", *WORDED) and not prose.telling


def _asks_about_a_rule(query: Query, prose: Prose) -> bool:
    """Whether a question asks if a payment is allowed, of which the best passage speaks: it forbids, or sets a bound in money."""
    if len(query.slots.items) != 1 or not (asks_leave(query) or asks_if_not(query)) or not prose.hits or prose.hits[0].score < GOOD_SCORE:
        return False
    best = prose.hits[0].passage
    ruled = best.kind == "cost_rule" or "単価" in query.text
    return best.kind == "excluded_cost" or (ruled and any(v.bound and v.yen for v in best.figures.values()))


def amounts_of(asked: Inquiry, prose: Prose) -> Evidence:
    """The amounts of the frames in question; what else the text asks stands beside them."""
    query, inputs, catalogue = asked.query, asked.inputs, asked.catalogue
    findings: list[Finding] = []
    shares = costs_by_name(query, asked.own_places)
    for place in asked.own_places:
        together = [] if shares else frames_together(query, place, inputs, catalogue)
        if together:
            return Evidence(tuple(together))
        for frame in likely_frames(query, place, catalogue):
            costs = shares.get((place.edition.id, frame.id), () if shares else query.slots.items)
            if (frame.rate is None and not frame.components) or (shares and not costs):
                continue
            part = replace(query, slots=replace(query.slots, items=costs))
            findings.append(yearly_finding(part, place, frame, inputs, catalogue) or amount_finding(part, place, frame, inputs, catalogue))
    if findings and isinstance(findings[0], ComputedFinding):
        return Evidence(tuple(findings[:1]))
    amounts = [f for f in findings if isinstance(f, AmountFinding)]
    shut = _all_shut_out(query, amounts, prose)
    if shut:
        return Evidence((ProseFinding(shut[:1], shut[1:3]),))
    decided = [f for f in amounts if f.variants and not f.missing or f.blocked]
    if not amounts:
        return arrange(query, prose, [], [], [])
    missing = tuple(dict.fromkeys(n for f in amounts for n in f.missing))
    ask_for = () if decided or any(f.variants for f in amounts) else missing_labels(missing)
    more = tuple(h for h in prose.hits[:2] if h.coverage >= ENOUGH and prose.telling)
    tail: tuple[Finding, ...] = (ProseFinding((), more),) if more else ()
    asides = asides_of(asked)
    most = max((v.amount.subsidy_yen for f in decided for v in f.variants), default=0)
    shown = [f for f in amounts if f in decided or (f.variants and (f.place.framed or _may_pay_more(f, most)))] if decided else amounts
    asides = (*growths_asked(asked, shown), *asides)
    whole = summed_up(shown) if shares and (_ALL_OF_IT.search(query.text) or len({f.place.edition.id for f in shown}) == 1) else None
    return Evidence((*([whole] if whole else ()), *shown[:3], *(asides or tail)), ask_for=ask_for)


def _may_pay_more(open_: AmountFinding, most_yen: int) -> bool:
    """Whether a frame that is not decided may pay more than those that are: to leave it out would hide it."""
    return any(v.amount.subsidy_yen > most_yen for v in open_.variants)


def _all_shut_out(query: Query, amounts: list[AmountFinding], prose: Prose) -> tuple[Hit, ...]:
    """The passages that shut out the costs told, where none of them is paid for: no amount is left to ask about."""
    left = [f for f in amounts if f.variants or len(f.excluded) < len(query.slots.items)]
    return () if left or not query.slots.items else tuple(h for h in prose.hits if h.passage.verdict == "excluded")


def growths_asked(asked: Inquiry, amounts: list[AmountFinding]) -> tuple[ProseFinding, ...]:
    """What the frames computed require of pay, productivity or value added by a percentage, where the question asks for it."""
    kinds = {kind for kind, words in _GROWTHS.items() if words.search(asked.query.text)}
    wanted = {
        (f.place.edition.id, f.frame.id, need.label)
        for f in amounts for need in f.frame.requirements
        if need.kind in kinds and any(v.percent is not None for v in need.figures.values())
    }  # fmt: skip
    hits = asked.index.where(lambda p: p.kind == "requirement" and any((p.edition_id, i, p.topic) in wanted for i in p.frames))
    return tuple(ProseFinding((h,), ()) for h in hits[:_MOST_GROWTHS])


def asides_of(asked: Inquiry) -> tuple[ProseFinding, ...]:
    """Passages for further questions of the same text: the sentences after the first that ask something of their own."""
    query = asked.query
    sentences = [s for s in re.split(r"(?<=[。？?！!\n])", query.text) if s.strip()]
    asks_too = [s for s in sentences if re.search(r"[？?]|か[。\s]*$|教えて|知りたい", s)]
    out: list[ProseFinding] = []
    for sentence in asks_too[1:3]:
        part = replace(query, text=sentence, mentions=(), slots=replace(query.slots, quantities=()))
        found = search_prose(replace(asked, query=part))
        if found.hits and ((found.telling and found.coverage >= ENOUGH) or found.named >= 3):
            out.append(ProseFinding((), found.hits[:2]))
    return tuple(out)
