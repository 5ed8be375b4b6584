"""Whether what only some owe (from a headcount, an amount, for a size or trade) is owed in the user's own case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.ask.evidence import ConditionFinding, Finding, ProseFinding, Says
from assistant.ask.gather_conditions import is_named, speaks_of
from assistant.ask.inquiry import Inquiry
from assistant.ask.query import Query
from assistant.ask.told_conditions import read_conditions
from assistant.ask.wording import MUST, asking_part, blanked
from assistant.rules.conditions import ALWAYS, Condition, Decides, Inputs, Verdict
from assistant.rules.schema import Fact, Requirement
from assistant.rules.usual import usual
from assistant.rules.values import Value

_DUTY = re.compile(
    rf"{MUST}|必要|必須|義務|マスト|要(?:る|り(?!ませ))|い(?:る|り(?!ませ))(?:の|ん|か|ます|[？?])|要[？?]"
    r"|かか(?:る|り(?!ませ))|掛か(?:る|り(?!ませ))"
    r"|課(?:さ|せ)れ|求め(?:ら|て)|適用(?:さ|に[なは]|は|、|[？?]|対象)|要件(?:です|でし|だ|に|と|も|は|が|[？?])"
)
"""What asks whether something is owed."""
_FREE = re.compile(
    r"不要|免除|適用外|適用除外|(?:要|い)ら(?:ない|ん(?!と)|へん|ず|ぬ)|(?:要|い)りません"
    r"|な(?:く|う)て(?:も)?(?:いい|よい|良い|ええ|よ[かろ]|大丈夫|OK|ＯＫ|構|かま|済|す[むみ])"
    r"|(?:[んず]|ない)(?:で|に|と)も?(?:いい|よい|良い|ええ|大丈夫|OK|構|かま|済|す[むみ]|出せ|申請)|(?:必要|義務)(?:は|も|が|性は|で|じゃ|では)*(?:な[いしく]|あらへん|あり?ません)"
    r"|(?:掛|か)か(?:らない|らん|らへん|りません)|な(?:し|く)で?も?(?:いい|よい|ええ|大丈夫|OK|出せ|申請)|(?:求め|課さ|適用さ)(?:られ|れ)(?:ない|ません|へん)"
)
"""What asks whether something is not owed."""
_OTHER = re.compile(
    r"いくら|いくつ|なんぼ|いつ|どこ|どれ|どの|どう(?!か|しても)|何(?!か|も)|なに(?!か|も)|なん(?:人|円|で|の)|だれ|誰|教えて|違い|加点(?!の?欄)"
)
"""What asks for more than whether it is owed."""
_CLAUSE_END = re.compile(r"[。！!\n？?]")
_SOME = re.compile(r"場合|とき|いずれか|どちらか|なら[、，]")
"""What makes a requirement that is told without a condition hold for some only."""
SURE_NAME = 4
"""Length of a name from which a question that holds it is about what it names."""
_LINE = re.compile(r"(?:いくら|何円|何万円?|なんぼ|何人|何名)(?:以上|超|を超え|から|より)")
"""What asks from which amount or headcount something is owed."""
_RAISE = re.compile(r"(?:給与|給料|賃金|時給)(?:の|を)?(?:引き?上げ|アップ|上げ)る?")
"""What else people call 賃上げ."""
_A_SPECIAL = "特例"
"""What the full name of a special measure holds."""
OF_A_FIRM = frozenset({"employees", "size", "industry", "is_corporation", "capital_yen", "sales_yen", "founded_months"})
MOST_FILLED = {"size": "sme"}
"""Of whom exceptions do not speak, unless he tells that they do."""
_SHOWN = {"employees": "employees", "subsidy_yen": "subsidy_yen", "trade": "trade_word"}
"""What the verdict repeats of what was told, by the input that decides."""


@dataclass(frozen=True, slots=True)
class _Duty:
    """Something that is owed by whom `when` holds of: its names, and what a question must speak of."""

    item: Fact | Requirement
    edition: str
    label: str
    names: tuple[str, ...]
    when: Condition
    decides: Decides | None = None

    @property
    def figures(self) -> tuple[Value, ...]:
        """The figures of the rule."""
        return tuple(self.item.figures.values())


def owed_findings(asked: Inquiry) -> list[ConditionFinding]:
    """Whether the duty that is asked about is the user's, as far as what he told decides it; nothing where it does not."""
    free = asks_if_owed(asked.query)
    if free is None or not is_named(asked.query):
        return []
    best: tuple[int, list[ConditionFinding]] = (0, [])
    for named, duty in _meant(asked):
        found = _verdict(asked, duty, free) if named > best[0] and _of_this_figure(asked.query, duty) else []
        best = (named, found) if found else best
    return best[1]


def owed_from(asked: Inquiry) -> list[Finding]:
    """The rule on who owes what the question names, where it asks from which amount or headcount that is."""
    text = asked.query.text
    if not (_LINE.search(text) and _DUTY.search(text) and is_named(asked.query)):
        return []
    wanted = "employees" if re.search(r"何[人名]", text) else "subsidy_yen"
    found = max(((n, d) for n, d in _meant(asked) if wanted in d.when.names), key=lambda x: x[0], default=None)
    hits = asked.index.with_ids((f"{found[1].edition}#{found[1].item.id}",)) if found else ()
    return [ProseFinding(hits[:1])] if hits else []


def _meant(asked: Inquiry) -> list[tuple[int, _Duty]]:
    """The duties that a question names, each with the length of the name: of the short ones only the longest."""
    texts = {of_special: _without_names(asked.query, of_special) for of_special in (False, True)}
    named = [(_named(d, texts[isinstance(d.item, Fact)]), d) for d in _duties(asked)]
    longest = max((n for n, _ in named), default=0)
    return [(n, d) for n, d in named if n and (n >= SURE_NAME or n == longest)]


def asks_if_owed(query: Query) -> bool | None:
    """False where a question asks if something is owed, True where it asks if it is not; None where it asks anything else."""
    last = [s for s in _CLAUSE_END.split(asking_part(query.text)) if s.strip()][-1:]
    if not last or _OTHER.search(last[0]):
        return None
    if _FREE.search(last[0]):
        return True
    return False if _DUTY.search(last[0] + "？") else None


def _duties(asked: Inquiry) -> Iterator[_Duty]:
    """The duties of the places in question; of a frame that is named, its own."""
    for place in asked.own_places:
        edition = place.edition
        for fact in edition.facts:
            decides = fact.decides
            if decides is not None and decides.owed and speaks_of(asked.query, decides.about):
                yield _Duty(fact, edition.id, decides.label, (fact.topic, *fact.also, *decides.about), decides.test, decides)
        of_all = set.intersection(*({r.id for r in f.requirements} for f in place.frames)) if place.frames else set()
        for frame in place.frames:
            for need in frame.requirements:
                for_all = need.kind in ("declaration", "plan") and need.id in of_all and not _SOME.search(need.text)
                if need.applies_when != ALWAYS or for_all:
                    yield _Duty(need, edition.id, need.label, (need.label, *need.also), need.applies_when)


def _verdict(asked: Inquiry, duty: _Duty, free: bool) -> list[ConditionFinding]:
    """The verdict on a duty, if what was told decides it."""
    told = _told(asked, duty)
    inputs = asked.inputs.with_(**told)
    if duty.when == ALWAYS:
        owed = Verdict.MET if set(told) & OF_A_FIRM else Verdict.UNKNOWN
    elif not duty.when.names & set(told):
        owed = Verdict.UNKNOWN
    else:
        owed = duty.when.check(usual(_filled(inputs)))
    if owed is Verdict.UNKNOWN:
        return []
    hits = asked.index.with_ids((f"{duty.edition}#{duty.item.id}",))
    return [ConditionFinding(hits[0], _says(owed is Verdict.MET, free), duty.label, told=_shown(duty.when, told))] if hits else []


def _shown(when: Condition, told: Mapping[str, Any]) -> tuple[tuple[str, int | str], ...]:
    """What was told that decides: what fails the condition, if anything does."""
    names = when.names or OF_A_FIRM
    failed = {n for n, test in when.tests.items() if told.get(n) is not None and test.check(told[n]) is Verdict.NOT_MET}
    return tuple((n, told[word]) for n, word in _SHOWN.items() if n in (failed or names) and told.get(word) is not None)


def _says(owed: bool, free: bool) -> Says:
    if free:
        return "owed_after_all" if owed else "spared_so"
    return "owed" if owed else "spared"


def _filled(inputs: Inputs) -> Inputs:
    return inputs.with_(**{n: v for n, v in MOST_FILLED.items() if inputs.get(n) is None})


def _told(asked: Inquiry, duty: _Duty) -> dict[str, Any]:
    """The inputs that the question tells, those that its words give a condition of a passage with them."""
    query = asked.query
    told: dict[str, Any] = {n: v for n, v in query.slots.inputs.items() if n != "specials" and v is not None}
    if asked.inputs.get("size") is not None:
        told["size"] = asked.inputs.get("size")
    subsidies = {*query.slots.money.get("subsidy_yen", ()), *query.slots.money.get("claimed_yen", ())}
    if len(subsidies) == 1:
        told["subsidy_yen"] = subsidies.pop()
    used, denied = set(query.slots.inputs.get("specials") or ()), set(query.specials_denied)
    test = duty.when.tests.get("specials")
    of_this = {*(test.has or ()), *(test.lacks or ())} if test else set()
    if of_this & (used | denied) or query.specials_off:
        told["specials"] = tuple(sorted(used - denied))
    return told | (read_conditions(query, duty.edition.split("/")[0], duty.decides, asked.catalogue) if duty.decides else {})


def _without_names(query: Query, with_specials: bool) -> str:
    """The question without what it tells of the user's trade and without names of programmes; those of special measures may stay."""
    specials = {m for m in query.mentions if all(t.kind == "special" for t in m.targets)}
    gone = (m for m in query.mentions if m not in specials or (not with_specials and _A_SPECIAL in m.text))
    text = blanked(query.text, tuple((m.start, m.end) for m in gone))
    for name in ("industry_word", "trade_word"):
        text = text.replace(str(query.slots.inputs.get(name) or "\n"), " ")
    return _RAISE.sub("賃上げ", text)


def _named(duty: _Duty, text: str) -> int:
    """Length of the longest name of a duty in a text."""
    return max((len(n) for n in duty.names if len(n) > 1 and n in text), default=0)


def _of_this_figure(query: Query, duty: _Duty) -> bool:
    """Whether no number of the question is of another rule: what is no amount told of the case stands in this one."""
    told = {y for values in query.slots.money.values() for y in values} - set(query.slots.money.get("min_wage_raise_yen", ()))
    printed = {(v.unit, v.exact) for v in duty.figures}
    units = {v.unit for v in duty.figures} & {"yen", "percent"}
    numbers = [q for q in query.slots.quantities if q.unit in units and q.exact is not None and q.exact not in told]
    return all((q.unit, q.exact) in printed for q in numbers)
