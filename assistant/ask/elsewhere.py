"""Schemes of a city or prefecture that the knowledge does not hold: never answered with those of another one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.ask.names import bare
from assistant.ask.query import Query
from assistant.ask.told_place import PURCHASE, area_names
from assistant.rules.load import Catalogue
from assistant.rules.schema import Programme
from assistant.text.words import places

_KINDS, _CITIES = "市町村区県都府", "市町村区"
_FUNDING = r"(?P<what>補助金?|助成金?|支援金|奨励金|給付金|支援制度|制度|上乗せ)"
_WHOSE = r"(?:会社|店|企業|業者|法人|工場|個人|旅館|ホテル|(?<![創起開])業|国)"
_OWN = re.compile(
    rf"(?<![一-龥])(?P<place>(?!各|当|同|本|都市|自治|地区|市区)[一-龥]{{1,5}}[{_KINDS}])"
    rf"(?:[がでの]?独自(?:[^。？?\n]){{0,16}}?|にも(?:(?!{_WHOSE})[^。？?\n]){{0,14}}?|(?:がや|でや|が出し)って[^。？?\n]{{0,14}}?){_FUNDING}"
)
"""A municipality with a scheme of its own (○○市が独自にやっている補助金), whether its name is known or not."""
_GIVEN = re.compile(
    rf"(?P<kind>[{_KINDS}]|(?<=北海)道)(?:独自)?(?:の|から|が|で|分の)(?:創業|起業|開業|(?!{_WHOSE})[^。、？?\n]){{0,14}}?{_FUNDING}"
)
"""What a municipality gives, named in full (○○市の補助) or by its kind alone (市の補助)."""

_IN_LATIN = re.compile(r"\b(?P<place>[A-Z][a-z]{2,}) ?(?P<kind>[市県町村])[^。.、,？?！!\n]{0,24}?補助")
"""What a municipality gives that is written in Latin letters (Suzuka 市): of ours, the words are known."""


def away(query: Query, texts: Sequence[str], catalogue: Catalogue) -> Query:
    """A query without the local programmes of our areas where it is about a place outside of them.

    Args:
        query: The parsed question.
        texts: What the user said, oldest first; the last text that names a place tells where he is.
        catalogue: The knowledge with its areas.
    """
    areas = {p.area for p in catalogue.programmes.values() if p.area}
    own = tuple(f"{m['place']}の{m['what']}" for m in _OWN.finditer(query.text) if m["place"] not in areas)
    here = _last_places(texts)
    outside = {a: _outside(a, here, query.text, catalogue) for a in areas}
    asked = {k: m["what"] for m in _GIVEN.finditer(query.text) for k in m["kind"]}
    given = tuple(f"{_of_kind(k, here)}の{what}" for k, what in asked.items() if _away_from(k, here, outside))
    if abroad := _IN_LATIN.search(query.text):
        here = (f"{abroad['place']}{abroad['kind']}",)
        given = (f"{here[0]}の補助金",)
    local = [p for p in query.programmes if catalogue.programmes[p].area]
    in_full = any(_of_place(m.text, catalogue.programmes[p]) for m in query.mentions for p in local)
    guessed = bool(local) and len(local) == len(query.programmes) and not in_full
    if guessed and all(outside[str(catalogue.programmes[p].area)] for p in local):
        given = given or (f"{here[-1]}の補助金",)
    unknown = tuple(dict.fromkeys((*query.unknown_names, *own, *given)))
    if not given:
        return replace(query, unknown_names=unknown)
    others = {p for p in query.programmes if _only_within(query, p) or _only_described(query, catalogue.programmes[p])}
    kept = tuple(p for p in query.programmes if p not in local and p not in others)
    targets = tuple(t for t in query.targets if t.programme in kept)
    named = tuple(p for p in query.named_programmes if p in kept)
    return replace(query, unknown_names=unknown, programmes=kept, named_programmes=named, targets=targets, elsewhere=here[-1])


def _of_place(name: str, programme: Programme) -> bool:
    """Whether a name is that of a scheme in full, or of a thing that bears the name of its place (萬古焼 of 四日市萬古焼)."""
    place = bare(str(programme.area))
    own = [n.removeprefix(place) for n in programme.also if re.match(rf"{place}[^市県のa-z ]", n)]
    return name in (programme.name, programme.short) or any(thing in name for thing in own)


def _only_within(query: Query, programme: str) -> bool:
    """Whether a programme is named only within a longer name (新あいち創造研究開発補助金): that of another scheme."""
    own = [m for m in query.mentions if any(t.programme == programme for t in m.targets)]
    return bool(own) and all(re.search(r"[一-龥ァ-ヶー]$", query.text[: m.start]) for m in own)


def _only_described(query: Query, programme: Programme) -> bool:
    """Whether a programme is only meant by words for its matter, right after a place (桑名市の省エネ設備の補助金): that of the place."""
    own = [m for m in query.mentions if any(t.programme == programme.id for t in m.targets)]
    named = programme.name + programme.short
    return bool(own) and all(
        re.search(rf"[{_KINDS}]の$", query.text[: m.start]) and ("の" in m.text or re.sub("補助金?|助成金?", "", m.text) not in named)
        for m in own
    )


def _last_places(texts: Sequence[str]) -> tuple[str, ...]:
    """The places of the last text that names one; where something is bought is not where the user is."""
    return next((found for text in reversed(texts) if (found := places(PURCHASE.sub("", text)))), ())


def _outside(area: str, here: tuple[str, ...], text: str, catalogue: Catalogue) -> bool:
    """Whether all places told lie outside of an area: they are neither its name nor a municipality of it."""
    names = area_names(area, catalogue)
    return bool(here) and not any(n in text for n in names) and not any(p in names or p.rstrip(_KINDS) in names for p in here)


def _away_from(kind: str, here: tuple[str, ...], outside: Mapping[str, bool]) -> bool:
    """Whether what a city (市) or a prefecture (県) gives is asked for, and no area of that kind holds the places told."""
    ours = [a for a in outside if (a[-1] in _CITIES) == (kind in _CITIES)]
    return bool(here) and all(outside[a] for a in ours)


def _of_kind(kind: str, here: tuple[str, ...]) -> str:
    """Who gives it: the place of that kind that was told, else the 市 or 県 of the place told last."""
    return next((p for p in here if p.endswith(kind)), f"{here[-1]}の{kind}")
