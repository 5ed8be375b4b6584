"""Schemes that a text tells only by what they pay for (市で就職フェアのブース代を出してくれるやつ, a raise of wages)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from functools import cached_property

from assistant.ask.names import Mention, Target, bare, fold
from assistant.ask.query import Query
from assistant.ask.slots import Slots
from assistant.rules.load import Catalogue
from assistant.rules.schema import Programme
from assistant.text.words import words

ENOUGH, CLEARLY = 2.0, 1.25
"""Least weight of the words that tell a scheme (two letters that no other scheme of the place has), and how far it leads."""
SURELY = 3.0
"""Least weight where nothing is said of a scheme of the place: 機械 is a word of one of them, and of many others of the country."""
LONGEST = 3
"""How many nouns may stand together as one."""
_ENDINGS = frozenset("市料費代会")
"""What makes one word of the noun before it (見本市, 出展料)."""
_GIVES = re.compile(
    r"やつ|(?<!各種)制度|[市県](から|が|は|も|の方で)[^。？?]{0,24}(出|補助|助成|支援|もら|援助)"
    r"|(出し|払っ|負担し|補助し|助成し|支援し|援助し|持っ)て(くれ|もら|る)"
    r"|(補助|助成|支援|援助)金?(って|は|が|も)?(する|してる|ある|あり|あった|出)"
    r"|(補助金?|支援) |[市県] (補助|支援)"
)
"""What asks for something that a place gives."""
_AMOUNT = re.compile(r"[0-9０-９千百十]\s*(万|千|億|円)")
_WHICH = re.compile(
    r"合う|あう|向いて|使える|なにか|何か|なんか|おすすめ|お勧め|どれ|どの|どんな"
    r"|ある[？?か]|ありますか|ない[？?か]|ありませんか|ほか|他に"
)
"""What asks for schemes of any kind, and not for what one of a place pays."""
_GRANT = re.compile(r"補助|助成|支援|お金")
_POINTS = re.compile(r"(この|その|あの|さっきの|今の|いまの|上の|同じ)(やつ|制度|補助|助成|枠)")
"""What asks about the scheme that was talked about."""
_HERE = re.compile(
    r"(市|県)?内?(の|にある|にいる|で(やって|営|経営))[^、。]{0,6}(会社|店|企業|業者|法人|工場|個人|旅館|ホテル|者|屋)(?!街)"
)
"""A place that only tells where a firm is."""
_HIRAGANA = re.compile(r"[ぁ-ん]+")
"""A noun of a name that alone tells nothing of it (づくり)."""
_MONEY = ("cap", "rate", "floor", "amount", "own_funds")
"""What is asked of one scheme, and of none in general."""
_UP_TO = re.compile(
    r"[0-9０-９.,，億万千百]+円?まで(出|もら|使|いけ|補助|助成)?[^、。？?]{0,4}(ほう|方|やつ|補助金|助成金|制度)(は|の|って|だと|なら|[？?])"
)
"""An amount that tells a programme by its cap."""
_PARTS = re.compile(r"[の・、，（）()\s]|への|など")
_NEW_TOPIC = re.compile(
    r"^.{0,12}?(話(は|が|も)?(変わ|かわ|飛)|別(の話|件|の質問)|(違う|ちがう|ちゃう|別な|べつの)(話|件)"
    r"|(置い|おい)(といて|とくとして|ておいて)|さておき|ところで|それはそうと|そういえば|by the way|another question)",
    re.I,
)


def new_topic(text: str) -> bool:
    """Whether a text says that it turns to another matter."""
    return bool(_NEW_TOPIC.match(text))


def by_wages(text: str, slots: Slots, known: Iterable[Mention], catalogue: Catalogue) -> tuple[str, ...]:
    """The programmes that pay by the raise of an hourly wage, where a text tells one with a cost, asks for money and names none.

    Args:
        text: The text.
        slots: What it tells.
        known: The names found in it.
        catalogue: The knowledge.
    """
    named = any(t.kind in ("programme", "series", "frame") for m in known for t in m.targets)
    told = {"course_yen", "workplace_wage_yen"} <= set(slots.inputs) and slots.items
    asks_money = _GRANT.search(text) or any(w in text for w in catalogue.vocabulary.get("money_words", ()))
    if named or not told or not asks_money:
        return ()
    tables = ((e.programme, f.cap) for e in catalogue.editions.values() for f in e.frames if f.cap is not None)
    return tuple(dict.fromkeys(p for p, cap in tables if any("course_yen" in c.when.tests for c in cap.cases)))


def told_apart(text: str, slots: Slots, known: Iterable[Mention], catalogue: Catalogue) -> tuple[str, ...]:
    """The one programme of the country that a text tells by its cap (50億まで出るほう), or, on a new topic, by what it demands.

    Args:
        text: The text.
        slots: What it tells.
        known: The names found in it; with a programme or frame among them nothing is told so.
        catalogue: The knowledge.
    """
    if any(t.kind in ("programme", "series", "frame") for m in known for t in m.targets):
        return ()
    caps = {q.value for q in slots.quantities if q.unit == "yen" and _UP_TO.match(text, q.start)}
    weight: Counter[str] = Counter()
    for programme in (p for p in catalogue.programmes.values() if not p.area):
        editions = [e for e in catalogue.editions_of(programme.id) if e.frames]
        newest = [f for e in editions if e.year == max(x.year for x in editions) for f in e.frames]
        if any(max(c.yen for c in f.cap.cases) in caps for f in newest if f.cap is not None and f.cap.cases):
            weight[programme.id] += 1
        if not caps and new_topic(text):
            weight[programme.id] += sum(map(len, {w for f in newest for r in f.requirements for w in r.told_by if w in text}))
    (first, best), (_, second) = [*weight.most_common(2), ("", 0), ("", 0)][:2]
    return (first,) if best > second else ()


class Described:
    """The schemes of places by the things that they pay for, as the catalogue calls them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        table = catalogue.vocabulary
        asked = (str(n) for names in table.get("attributes", {}).values() for n in names)
        self._stop = frozenset((*asked, *(w for t in ("stop_words", "programme_endings", "money_words") for w in table.get(t, ()))))

    def find(self, text: str, areas: Set[str], known: Iterable[Mention]) -> tuple[Mention, ...]:
        """The one scheme of the areas that a text tells, standing at the name of its place; empty if none or several fit.

        Args:
            text: The text.
            areas: The areas that the text names.
            known: The names found in it; a programme or frame among them is what is meant.
        """
        if any(t.kind in ("programme", "frame") for m in known for t in m.targets) or _POINTS.search(text):
            return ()
        paid = _AMOUNT.search(text) and not _WHICH.search(text)
        if not (new_topic(text) or _GIVES.search(text) or paid):
            return ()
        spots = [m for a in areas for m in re.finditer(re.escape(bare(a)), text) if not _HERE.match(text, m.end())]
        best = self._best(text, areas) if spots else None
        return (Mention(spots[0].start(), spots[0].end(), spots[0].group(), (Target("programme", best),)),) if best else ()

    def told(self, query: Query) -> Query:
        """A turn that asks for money and names no programme, with the one scheme of the place that it tells, else with the turns before it.

        Args:
            query: The turn with what it takes from those before it.
        """
        if not query.carried or query.programmes or query.unknown_names or not query.has(*_MONEY):
            return query
        said, turn = "", query
        while turn.areas and not turn.programmes:
            said = f"{turn.text} {said}"
            if best := self._best(said, query.areas, SURELY):
                return replace(query, programmes=(best,))
            if turn.before is None:
                break
            turn = turn.before
        return query

    def _best(self, text: str, areas: Set[str], enough: float = ENOUGH) -> str | None:
        body, said = fold(text).text, frozenset(fold(x).text for x in _nouns(text))
        here = {p: names for p, names in self._terms.items() if self._catalogue.programmes[p].area in areas}
        shared = Counter(t for names in here.values() for t in names)
        ranked = sorted(((self._weight(names, body, said, shared), p) for p, names in here.items()), reverse=True)
        ranked.append((0.0, ""))
        (first, best), (second, _) = ranked[:2]
        return best if first >= enough and first >= CLEARLY * second else None

    def _weight(self, names: Mapping[str, bool], body: str, said: Set[str], shared: Mapping[str, int]) -> float:
        """The letters of a text that are words of a scheme, each shared with the schemes that have the word too."""
        weight, left = 0.0, body
        for name in sorted(names, key=len, reverse=True):
            if name in left if names[name] else name in said and name in left:
                weight += len(name) / shared[name]
                left = left.replace(name, " ")
        return weight

    @cached_property
    def _terms(self) -> dict[str, dict[str, bool]]:
        """For each local scheme its words: True for names as they are written, False for the nouns in them."""
        return {p.id: self._terms_of(p) for p in self._catalogue.programmes.values() if p.area}

    def _terms_of(self, programme: Programme) -> dict[str, bool]:
        names = list(programme.also)
        for edition in self._catalogue.editions_of(programme.id):
            names += [n for c in edition.costs if c.verdict != "excluded" for n in c.names]
            names += [n for c in edition.categories for n in (c.label, *c.also)]
            names += [n for f in edition.facts if f.kind == "purpose" for n in (f.topic, *f.also)]
        area = str(programme.area)
        parts = {x for n in names for x in _PARTS.split(n.replace(area, " ").replace(bare(area), " "))}
        nouns = {n for x in parts for n in _nouns(x)}
        kept = {fold(x).text: x in parts for x in nouns | parts if x not in self._stop and (x in parts or not _HIRAGANA.fullmatch(x))}
        return {x: whole for x, whole in kept.items() if len(x) >= 2}


def _nouns(text: str) -> set[str]:
    """The nouns of a text, and those that stand together as one (海外, 見本市 and both of 海外見本市)."""
    found = [w for w in words(text) if w.noun or w.content and text[w.start : w.end] in _ENDINGS]
    out: set[str] = set()
    for i, first in enumerate(found):
        for last in found[i : i + LONGEST]:
            if first.noun and last.end - first.start == sum(w.end - w.start for w in found[i:] if w.end <= last.end):
                out.add(text[first.start : last.end])
    return out
