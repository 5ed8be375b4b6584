"""Schemes of a place that a text calls by their matter alone (市のIoTの補助金), where it names the place."""

from __future__ import annotations

import re
from collections.abc import Set

from assistant.ask.names import Mention, Target, fold
from assistant.rules.load import Catalogue

_SCHEME = re.compile(r"[市県町]の(?P<matter>[^、。のを]{2,14}?)(の|に関する|関係の)?(補助金|助成金|補助|助成|支援金)")
_BARE = re.compile(r"(?<=[市県町])の(?P<scheme>補助金|助成金|補助|助成|支援金)")
"""The scheme of a place that is not even called by its matter."""
_ALONE = re.compile(r"(?<![一-龥ァ-ヶーA-Za-z])(?P<matter>[一-龥ァ-ヶーA-Za-z]{2,10}?)(の)?(補助金|助成金)")
"""A scheme called by its matter without a word for the place, where no other programme is named."""


def local_mentions(text: str, catalogue: Catalogue, areas: Set[str], known: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The names known, with the only scheme of the areas that has the matter in one of its names, for each that is called so.

    Args:
        text: The text.
        catalogue: For the schemes.
        areas: The areas that the text names.
        known: The names found in it.
    """
    found: list[Mention] = []
    alone = () if any(t.kind in ("programme", "frame") for k in known for t in k.targets) else _ALONE.finditer(text)
    for m in (*_SCHEME.finditer(text), *alone) if areas else ():
        matter = fold(m["matter"]).text
        schemes = [
            p.id for p in catalogue.programmes.values()
            if p.area in areas and any(matter in fold(n).text for n in (p.name, p.short, *p.also))
        ]  # fmt: skip
        taken = any(k.start < m.end() and m.start() < k.end and any(t.kind == "programme" for t in k.targets) for k in known)
        taken = taken or any(f.start < m.end() and m.start() < f.end for f in found)
        if len(schemes) == 1 and not taken:
            start = m.start("matter")
            found.append(Mention(start, m.end(), text[start : m.end()], (Target("programme", schemes[0]),)))
    if areas and not found and not any(t.kind == "programme" for k in known for t in k.targets):
        found += _by_matter_told(text, catalogue, areas)
    if found and not any(t.kind == "programme" for k in known for t in k.targets):
        known = tuple(k for k in known if not _describes(k, catalogue))
    inner = {(k.start, k.end) for k in known for f in found if f.start <= k.start and k.end <= f.end}
    return tuple(sorted((*(k for k in known if (k.start, k.end) not in inner), *found), key=lambda k: k.start))


def _by_matter_told(text: str, catalogue: Catalogue, areas: Set[str]) -> list[Mention]:
    """The scheme of the areas whose matter alone stands in a text that asks for the scheme of the place (市の補助は)."""
    bare, body = _BARE.search(text), fold(text).text.replace("の", "")
    told: dict[str, int] = {}
    for p in catalogue.programmes.values() if bare else ():
        names = (n.split(" ") for n in p.also if p.area in areas)
        matters = [fold(n[1]).text.replace("の", "") for n in names if len(n) == 2 and str(p.area).startswith(n[0])]
        told |= {p.id: max(len(m) for m in matters if m in body)} if any(m in body for m in matters) else {}
    best = [p for p, n in told.items() if n == max(told.values())]
    if bare is None or len(best) != 1:
        return []
    return [Mention(bare.start("scheme"), bare.end(), bare["scheme"], (Target("programme", best[0]),))]


def _describes(mention: Mention, catalogue: Catalogue) -> bool:
    """Whether the name of a frame of no place is a mere word for what is done (高付加価値化), beside a scheme of the place."""
    elsewhere = all(t.kind == "frame" and not catalogue.programmes[t.programme].area for t in mention.targets)
    return elsewhere and not mention.text.endswith(("枠", "型", "コース", "類型"))
