"""What changed between two editions, figure by figure: pure, from the two files alone.

Both editions become lists of entries (one a figure, one a text); entries of the same place are compared. An item that only
one edition has may be missing because its documents are silent: `only_old` and `only_new` say no more than that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from assistant.rules.conditions import INPUT_LABELS, Condition, Test
from assistant.rules.labels import INDUSTRY_WORDS, SIZE_WORDS, case_label
from assistant.rules.schema import Component, Edition, Frame, RateCase
from assistant.rules.values import BOUND_WORDS, Value, format_yen

Kind = Literal["changed", "reworded", "only_old", "only_new"]
Place = tuple[str, ...]
CONTEXT = 12
"""Characters shown on each side of a figure that changed within a text."""
_TOKEN = re.compile(r"\{([a-z0-9-]+)\}")
_ZEROS = re.compile(r"(\d\.\d*?)0+(?!\d)")
_VERDICTS = {"eligible": "対象", "excluded": "対象外", "conditional": "条件つき"}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; `old` and `new` are as people read them, None where an edition has nothing there."""

    section: str
    item: str
    what: str
    kind: Kind
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class _Entry:
    """A value of an edition: where it stands, what it is called, the value; `bare` is a text without its figures."""

    section: str
    item: str
    what: str
    text: str
    bare: str | None = None


def compare_editions(old: Edition, new: Edition) -> tuple[Change, ...]:
    """The differences of two editions: dates, tables, special measures, limits, requirements, costs, facts.

    Args:
        old: The edition to start from.
        new: The edition to arrive at; frames and items are matched by id, then by label.
    """
    before = _Reader(old, {}).entries()
    after = _Reader(new, _renamed(old, new)).entries()
    items_before, items_after = _items(before), _items(after)
    out: list[Change] = []
    for item in dict.fromkeys((*items_before, *items_after)):
        mine, theirs = items_before.get(item, {}), items_after.get(item, {})
        if mine and theirs:
            out += _within(mine, theirs)
        else:
            out += _alone(mine or theirs, "only_old" if mine else "only_new")
    return tuple(out)


def _items(entries: Mapping[Place, _Entry]) -> dict[Place, dict[str, _Entry]]:
    """Entries by the item that they belong to, then by their name within it."""
    out: dict[Place, dict[str, _Entry]] = {}
    for place, entry in entries.items():
        out.setdefault(place[:-1], {})[place[-1]] = entry
    return out


def _within(old: dict[str, _Entry], new: dict[str, _Entry]) -> Iterator[Change]:
    """The differences of an item that both editions have."""
    text_old, text_new = old.get("text"), new.get("text")
    if text_old and text_new and text_old.bare != text_new.bare:
        kind: Kind = "reworded" if _values(old) == _values(new) else "changed"
        yield Change(text_new.section, text_new.item, text_new.what, kind, text_old.text, text_new.text)
        if kind == "changed":
            yield from _values_changed(text_new, Counter(_values(old)), Counter(_values(new)))
        names = [n for n in dict.fromkeys((*old, *new)) if not n.startswith("figure:") and n != "text"]
    else:
        names = [n for n in dict.fromkeys((*old, *new)) if n != "text"]
    for name in names:
        a, b = old.get(name), new.get(name)
        shown = b or a
        if shown is not None and (a is None or b is None or _plain(a.text) != _plain(b.text)):
            kind = "changed" if a and b else "only_old" if a else "only_new"
            yield Change(shown.section, shown.item, shown.what, kind, a.text if a else None, b.text if b else None)


def _values_changed(at: _Entry, old: Counter[str], new: Counter[str]) -> Iterator[Change]:
    """The figures that a reworded text lost and gained."""
    lost, gained = (list((a - b).elements()) for a, b in ((old, new), (new, old)))
    kind: Kind = "changed" if lost and gained else "only_old" if lost else "only_new"
    yield Change(at.section, at.item, "数値", kind, "、".join(lost) or None, "、".join(gained) or None)


def _values(entries: dict[str, _Entry]) -> list[str]:
    return sorted(_plain(e.text) for n, e in entries.items() if n.startswith("figure:"))


def _plain(text: str) -> str:
    """A text whose decimals have no trailing zeros: 3.0% and 3% are one value."""
    return _ZEROS.sub(lambda m: m.group(1).rstrip("."), text)


def _alone(entries: dict[str, _Entry], kind: Kind) -> Iterator[Change]:
    """An item of one edition: its text alone if it has one, else each value."""
    shown = [entries["text"]] if "text" in entries else list(entries.values())
    for e in shown:
        yield Change(e.section, e.item, e.what, kind, e.text if kind == "only_old" else None, e.text if kind == "only_new" else None)


class _Reader:
    """Reads an edition into entries; `renamed` gives frames and items the ids that the other edition has for them."""

    def __init__(self, edition: Edition, renamed: dict[str, str]) -> None:
        self._edition, self._renamed = edition, renamed
        self._out: dict[Place, _Entry] = {}

    def entries(self) -> dict[Place, _Entry]:
        self._dates()
        for frame in self._edition.frames:
            self._frame(frame)
        for category in self._edition.categories:
            self._worded("経費区分", category.label, ("category", category.id), category)
        for cost in self._edition.costs:
            place = ("cost", cost.id)
            self._worded("経費", cost.names[0], place, cost)
            self._add((*place, "verdict"), "経費", cost.names[0], "扱い", _VERDICTS[cost.verdict])
        for fact in self._edition.facts:
            self._worded("説明", fact.topic, ("fact", fact.id), fact)
        return self._out

    def _add(self, place: Place, section: str, item: str, what: str, text: str, bare: str | None = None) -> None:
        known = tuple(self._renamed.get("/".join(place[:2]), p) if i == 1 else p for i, p in enumerate(place))
        while known in self._out:
            known = (*known[:-1], known[-1] + "+")
        self._out[known] = _Entry(section, item, what, text, bare)

    def _dates(self) -> None:
        single = len(self._edition.rounds) == 1
        for round_ in self._edition.rounds:
            name = "" if single else round_.label
            for event in round_.events:
                text = event.on.text() + ("（予定）" if event.planned else "")
                self._add(("date", name, event.kind, "on"), "日程", f"{name} {event.label}".strip(), "", text)

    def _frame(self, frame: Frame) -> None:
        self._tables(frame, frame, ())
        for part in frame.components:
            self._tables(frame, part, (part.id,))
        for special in frame.specials:
            place = ("frame", frame.id, "special", special.id)
            self._worded(frame.label, special.label, place, special)
            self._condition((*place, "requires"), frame, special.label, special.requires)
            if special.add_yen is not None:
                self._add((*place, "add"), frame.label, special.label, "上限の上乗せ", format_yen(special.add_yen))
        for limit in frame.limits:
            self._worded(frame.label, "経費の限度", ("frame", frame.id, "limit", limit.id), limit)
        for need in frame.requirements:
            place = ("frame", frame.id, "requirement", need.id)
            self._worded(frame.label, f"要件「{need.label}」", place, need)
            if need.test is not None:
                self._condition((*place, "test"), frame, f"要件「{need.label}」", need.test)

    def _tables(self, frame: Frame, owner: Frame | Component, part: Place) -> None:
        head = f"{owner.label} " if part else ""
        for name, label, table in (("cap", "上限額", owner.cap), ("floor", "下限額", getattr(owner, "floor", None))):
            for row in table.cases if table else ():
                what, place = case_label(row, frame), ("frame", frame.id, *part, name)
                self._add((*place, what), frame.label, head + label, what, format_yen(row.yen))
        for case in owner.rate.cases if owner.rate else ():
            what = case_label(case, frame)
            self._add(("frame", frame.id, *part, "rate", what), frame.label, f"{head}補助率", what, rate_words(case))

    def _condition(self, place: Place, frame: Frame, item: str, condition: Condition) -> None:
        words = condition_words(condition)
        if words:
            self._add(place, frame.label, item, "判定の条件", words)

    def _worded(self, section: str, item: str, place: Place, holder: Any) -> None:
        """A text and its figures."""
        text, figures = str(holder.text), dict(holder.figures)
        self._add((*place, "text"), section, item, "", _filled(text, figures), _TOKEN.sub("○", text))
        for name, value in figures.items():
            self._add((*place, f"figure:{name}"), section, item, _around(text, name, figures), value.text())


def condition_words(condition: Condition) -> str:
    """What a rule checks, in words: each input with what it must be; alternatives in brackets."""
    parts = [f"{INPUT_LABELS.get(name, name)}は{_test_words(name, test)}" for name, test in condition.tests.items()]
    if condition.any:
        parts.append("［" + "、または ".join(condition_words(c) or "条件なし" for c in condition.any) + "］")
    return "、".join(parts)


def _test_words(name: str, test: Test) -> str:
    words = {**INDUSTRY_WORDS, **SIZE_WORDS}
    parts = [_amount(name, v) + BOUND_WORDS[b] for b, v in _bounds(test)]
    if test.is_ is not None:
        parts.append({True: "はい", False: "いいえ"}[test.is_] if isinstance(test.is_, bool) else words.get(str(test.is_), str(test.is_)))
    for listed, tail in ((test.in_, "のどれか"), (test.not_in, "以外"), (test.has, "あり"), (test.lacks, "なし")):
        if listed is not None:
            parts.append("・".join(words.get(x, x) for x in listed) + tail)
    return "・".join(parts)


def _bounds(test: Test) -> Iterator[tuple[str, int | str]]:
    for bound in ("min", "max", "over", "under"):
        value = getattr(test, bound)
        if value is not None:
            yield bound, value


def _amount(name: str, value: int | str) -> str:
    if name.endswith("_yen"):
        return format_yen(int(value))
    if name.endswith("_on"):
        return f"{str(value)[:4]}-{str(value)[4:6]}-{str(value)[6:]}"
    return f"{value}" + ("%" if name.endswith("_pct") else "か月" if name.endswith("_months") else "")


def rate_words(case: RateCase) -> str:
    """A rate row in words: 2/3, 定額, or its tiers."""
    if case.fixed or case.ratio is not None:
        return case.ratio or "定額"
    tiers = [f"{format_yen(t.up_to_yen)}まで{t.ratio}" if t.up_to_yen is not None else f"超える部分{t.ratio}" for t in case.tiers]
    return "・".join(tiers)


def _filled(text: str, figures: dict[str, Value]) -> str:
    return _TOKEN.sub(lambda m: figures[m.group(1)].text() if m.group(1) in figures else m.group(0), text)


def _around(text: str, name: str, figures: dict[str, Value]) -> str:
    """The words around a figure of a text, the figure itself as ○; empty if it is the only one."""
    at = text.find("{" + name + "}")
    if len(figures) == 1 or at < 0:
        return ""
    before, after = _TOKEN.sub("…", text[:at]), _TOKEN.sub("…", text[at + len(name) + 2 :])
    return f"{before[-CONTEXT:]}○{after[:CONTEXT]}"


def _renamed(old: Edition, new: Edition) -> dict[str, str]:
    """Ids that frames, categories, costs and facts of the new edition have in the old one, by "kind/id"."""
    out: dict[str, str] = {}
    out |= _paired("frame", [(f.id, f.label) for f in old.frames], [(f.id, f.label) for f in new.frames])
    out |= _paired("category", [(c.id, c.label) for c in old.categories], [(c.id, c.label) for c in new.categories])
    out |= _paired("cost", [(c.id, c.names[0]) for c in old.costs], [(c.id, c.names[0]) for c in new.costs])
    return out | _paired("fact", [(f.id, f.topic) for f in old.facts], [(f.id, f.topic) for f in new.facts])


def _paired(kind: str, old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]) -> dict[str, str]:
    before, after = list(old), list(new)
    ids_before, ids_after = {i for i, _ in before}, {i for i, _ in after}
    free = {label: i for i, label in before if i not in ids_after}
    out = {f"{kind}/{i}": free[label] for i, label in after if i not in ids_before and label in free}
    if kind == "frame" and len(before) == len(after) == 1:
        out = {f"{kind}/{after[0][0]}": before[0][0]}
    return out
