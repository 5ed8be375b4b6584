"""What a form allows: how long a title may be, how many pages are left, how many bonus items of which kind may be picked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.ask.evidence import ComputedFinding
from assistant.ask.reckon import Case, Line, Part, Shown, result
from assistant.ask.verdicts import asks_leave
from assistant.rules.schema import Edition, Fact
from assistant.rules.values import Value

_LENGTH = re.compile(r"文字|字数|[0-9０-９]字|何字|オーバー|長すぎ|収ま|おさま|はみ出")
_PAGES_LEFT = re.compile(r"(あと|残り|何)[^。、]{0,6}(枚|ページ|頁)[^。、？?]{0,8}(まで|使|書|残|余|いけ|OK|？|\?)")
_COUNTER = re.compile(r"(つ|個|種類|項目|件)")
_PICKED = re.compile(r"選[べびん]|もらえ|とれ|取れ|使え|重ね|付[きけ]|つ[きけ]|両方|全部|すべて|全て|(いくつ|何個|何種類|何項目|何件)")
_STEM = re.compile(r"(（[^）]*）|(策定)?加点$|等?に伴う|[・、])")
LEAST_STEM = 3
"""A name of a bonus with fewer characters than this is a word of every day."""


def title_length(case: Case) -> list[ComputedFinding]:
    """Whether a title that is quoted, or a length that is told, keeps to the characters that the form allows."""
    if not _LENGTH.search(case.text):
        return []
    for edition, fact in _form_facts(case):
        limit = next((v for v in fact.figures.values() if v.chars and v.bound in ("within", "max")), None)
        if limit is None or not any(w in case.text for w in (*fact.also, *case.table.get("titles", ()))):
            continue
        count, mine = _length(case, limit)
        if count is None:
            return []
        over = count - (limit.chars or 0)
        shown: dict[str, Part] = {
            "count": Shown(f"{count}文字", count, "chars", mine), "limit": limit, "gap": Shown(f"{abs(over)}文字", abs(over), "chars"),
        }  # fmt: skip
        key = "title_over" if over > 0 else "title_fits"
        steps = (f"{count}文字 － {limit.chars}文字 ＝ {over}文字",) if over > 0 else ()
        lines: tuple[Line, ...] = ((key, shown), ("rule", {"text": fact}))
        return [result(*lines, steps=steps, source=fact.source, verdict=over <= 0, place=case.place_of(edition))]
    return []


def _length(case: Case, limit: Value) -> tuple[int | None, bool]:
    """The length of the title, and whether the user tells it himself: the last quotation, else a count of characters."""
    before = case.query.before
    quoted = case.query.quoted or (before.quoted if before is not None else ())
    if quoted:
        return len(quoted[-1]), False
    told = [q.value for q in case.quantities if q.unit == "chars" and q.bound is None and isinstance(q.value, int)]
    other = [n for n in told if n != limit.chars] or told
    return (other[0], True) if len(set(other)) == 1 else (None, False)


def _form_facts(case: Case) -> list[tuple[Edition, Fact]]:
    return [(p.edition, f) for p in case.route.places for f in p.edition.facts if f.kind == "form"]


def pages_left(case: Case) -> list[ComputedFinding]:
    """How many pages are left beside those of one part of a plan."""
    told = [q.value for q in case.quantities if q.bound is None and isinstance(q.value, int) and (q.unit == "pages" or q.counter == "枚")]
    if len(told) != 1 or not _PAGES_LEFT.search(case.query.text):
        return []
    for edition, fact in _form_facts(case):
        limit = next((v for v in fact.figures.values() if v.pages or (v.count and v.of == "枚")), None)
        if limit is None or not isinstance(told[0], int):
            continue
        most, unit = limit.pages or limit.count or 0, limit.of or "ページ"
        left = max(0, most - told[0])
        shown: dict[str, Part] = {"left": Shown(f"{left}{unit}", left, limit.unit), "limit": limit}
        step = f"{most}{unit} － {told[0]}{unit} ＝ {left}{unit}"
        return [result(("pages_left", shown), ("rule", {"text": fact}), steps=(step,), source=fact.source, place=case.place_of(edition))]
    return []


@dataclass(frozen=True, slots=True)
class _Picks:
    """How many bonus items may be picked: in all, and of each kind."""

    edition: Edition
    fact: Fact
    each: Value
    most: Value
    kinds: tuple[str, ...]


def picks(case: Case) -> list[ComputedFinding]:
    """Whether the bonus items that are named, or told by their number, may all be picked, and how many of them at most."""
    if "加点" not in case.text or not (asks_leave(case.query) or case.query.confirm or _PICKED.search(case.query.text)):
        return []
    rule = next((r for p in case.route.places if (r := _rule(p.edition)) is not None), None)
    named = _named(case, rule) if rule else {}
    count = sum(n for n, _ in named.values())
    if rule is None or count < 2:
        return []
    each, most = rule.each.count or 0, rule.most.count or 0
    allowed = min(most, sum(min(each, n) for n, _ in named.values()))
    unit = str(rule.most.of)
    shown: dict[str, Part] = {
        "count": Shown(f"{count}{unit}", count, "count", True), "allowed": Shown(f"{allowed}{unit}", allowed, "count"),
        "most": rule.most, "each": rule.each,
    }  # fmt: skip
    lines: list[Line] = [("picks_all" if allowed == count else "picks_fewer", shown)]
    lines += [("picks_kind", {"kind": k, "names": "、".join(names)}) for k, (_, names) in named.items() if names]
    lines.append(("rule", {"text": rule.fact}))
    place = case.place_of(rule.edition)
    return [result(*lines, source=rule.fact.source, verdict=allowed == count, place=place)]


def _rule(edition: Edition) -> _Picks | None:
    """The rule on how many bonus items of each kind may be picked, where an edition has one; kinds are named by their lists."""
    lists = [f for f in edition.facts if f.kind == "bonus" and f.topic.endswith("の一覧")]
    for fact in edition.facts:
        if fact.kind == "bonus" and {"each", "n"} <= set(fact.figures) and lists:
            kinds = tuple(f.topic.removesuffix("の一覧") for f in lists)
            return _Picks(edition, fact, fact.figures["each"], fact.figures["n"], kinds)
    return None


def _named(case: Case, rule: _Picks) -> dict[str, tuple[int, tuple[str, ...]]]:
    """By kind how many items the text has, and their names; of two items that a word may mean the one whose own name it is."""
    out: dict[str, tuple[int, tuple[str, ...]]] = {}
    text = case.text
    for kind in sorted(rule.kinds, key=len, reverse=True):
        told = re.search(rf"{kind}(の中から|から|を|が|は)?([0-9０-９一二三四五])(?={_COUNTER.pattern})", text)
        if told:
            out[kind] = (int("0一二三四五".find(told[2]) if told[2] in "一二三四五" else told[2]), ())
        text = text.replace(kind, "＿")
    if out:
        return out
    for fact in (f for f in rule.edition.facts if f.kind == "bonus" and not f.topic.endswith("の一覧")):
        kind = next((k for k in rule.kinds if k in fact.also), "")
        stem = next((s for s in _STEM.sub(" ", fact.topic).split() if len(s) >= LEAST_STEM and s in text), "")
        if kind and stem:
            text = text.replace(stem, "＿")
            count, names = out.get(kind, (0, ()))
            out[kind] = (count + 1, (*names, fact.topic))
    return out
