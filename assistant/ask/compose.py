"""Write the answer from the evidence: the answer first, then conditions, a small table, the sources. Tokens, no digits."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.ask.compose_amounts import amount_text
from assistant.ask.compose_computed import computed_text
from assistant.ask.compose_dates import date_text, state_line
from assistant.ask.compose_tables import compare_text, same_cases, tables_text
from assistant.ask.evidence import (
    OF_DUTIES,
    AmountFinding,
    CompareFinding,
    ComputedFinding,
    ConditionFinding,
    DateFinding,
    EligibilityFinding,
    Evidence,
    Finding,
    ProseFinding,
    SpecialFinding,
    TableFinding,
)
from assistant.ask.ledger import Ledger
from assistant.ask.prose import condition_text, eligibility_text, passage_text, special_text
from assistant.ask.query import Query
from assistant.ask.route import Place, Route
from assistant.ask.verdicts import asks_if_not, held_against, held_word, lead_word, taken_for_granted
from assistant.rules.editions import editions_in
from assistant.rules.load import Catalogue
from assistant.search.index import Hit

MAX_CHARS = 2300
MORE_CHARS = 900
"""Room for further passages beside the one that leads."""

ALSO = "関連する内容："
ONE_LINE = 18
"""A line with fewer characters than this may stand twice (a figure of a list, a heading)."""
_YES_NO = re.compile(r"^(はい|いいえ)、", re.M)
_LEAD = re.compile(r"^(- )?(【[^】]*】)?(はい、|いいえ、)?")


@dataclass(frozen=True, slots=True)
class Composed:
    """A text with tokens, and the ledger that fills them."""

    text: str
    ledger: Ledger
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a text: what it says, where it points, what answers it."""

    query: Query
    route: Route
    evidence: Evidence


def compose_parts(asked: tuple[Part, ...], catalogue: Catalogue, today: date, gaps: tuple[str, ...] = ()) -> Composed:
    """The answer to several questions of one text, in their order; `gaps` are the sentences on what is not known."""
    ledger = Ledger(catalogue)
    parts: list[str] = []
    named = _cases_named(asked)
    for part in named:
        told = [p for p in _part(part, ledger, catalogue, today) if p not in parts]
        if len(asked) > 1 and all(p.startswith(ALSO) for p in told):  # all there is on this question: it stands in its place
            told = [p.removeprefix(ALSO).strip() for p in told]
        parts += told
    parts = _one_list(_once(parts, ledger), 1 if named != asked else 2) + list(gaps)
    states = dict.fromkeys(n for part in asked for n in _window_notes(part.evidence, part.route, ledger))
    dated = any(isinstance(f, DateFinding) for part in asked for f in part.evidence.findings)
    parts += [] if dated and len(asked) > 1 else list(states)
    needs = tuple(dict.fromkeys(n for part in asked for n in part.evidence.ask_for))
    return Composed(_join(parts, ledger), ledger, needs)


def _cases_named(asked: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts, each amount with what tells it from those that other parts compute for the same frame."""
    found = [f for part in asked for f in part.evidence.findings if isinstance(f, AmountFinding)]
    told: dict[tuple[str, str], dict[str, set[object]]] = {}
    for f in found:
        values = told.setdefault((f.place.edition.id, f.frame.id), {"cost_yen": set(), "course_yen": set()})
        values["cost_yen"].add(f.cost_yen)
        values["course_yen"].add(f.inputs.get("course_yen"))
    apart = {frame: next((n for n, v in values.items() if len(v) > 1), "") for frame, values in told.items()}
    return tuple(replace(p, evidence=replace(p.evidence, findings=tuple(_named(f, apart) for f in p.evidence.findings))) for p in asked)


def _named(finding: Finding, apart: dict[tuple[str, str], str]) -> Finding:
    """A finding with what tells it from those of the same frame, where it is an amount."""
    if not isinstance(finding, AmountFinding):
        return finding
    return replace(finding, apart=apart[finding.place.edition.id, finding.frame.id])


def _once(parts: list[str], ledger: Ledger) -> list[str]:
    """The paragraphs with every line said once, a heading only where something is left under it."""
    said: set[str] = set()
    out = []
    for text in parts:
        lines = []
        for line in text.split("\n"):
            key = _LEAD.sub("", ledger.fill(line))
            if len(key) < ONE_LINE or key not in said:
                lines.append(line)
            said.add(key)
        kept = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
        if kept and kept != ALSO:
            out.append(kept)
    return out


def _one_list(parts: list[str], least: int) -> list[str]:
    """The paragraphs with what is merely related in one list at their end, where so many have one."""
    related = [p for p in parts if p.startswith(ALSO)]
    if len(related) < least:
        return parts
    items = "\n".join(p.removeprefix(ALSO).strip() for p in related)
    return [*(p for p in parts if p not in related), f"{ALSO}\n\n{items}"]


def _part(part: Part, ledger: Ledger, catalogue: Catalogue, today: date) -> list[str]:
    query, route, evidence = part.query, part.route, part.evidence
    parts: list[str] = []
    for group in _groups(evidence.findings):
        text = _finding_text(group, query, ledger, catalogue, today)
        if asks_if_not(query) and not _weighs_denial(group[0]):
            text = _YES_NO.sub("", text)
        if text:
            parts.append(text)
    renamed = _renamed(route, ledger, catalogue)
    if renamed:
        parts.insert(0 if query.has("name", "change") else 1, renamed)
    parts[1:1] = _gone(query, route, ledger, catalogue)
    if query.has("name") and route.places:
        parts.insert(0, f"正式名称は「{catalogue.programmes[route.places[0].edition.programme].name}」です。")
    return parts + _unknown_names(query)


def _weighs_denial(finding: Finding) -> bool:
    """Whether the 「はい」 or 「いいえ」 of a finding is already that to a question which denies (要りませんよね)."""
    if isinstance(finding, ComputedFinding):
        return bool(finding.values.get("weighs_denial"))
    return isinstance(finding, ConditionFinding) and finding.says in OF_DUTIES


def _groups(findings: tuple[Finding, ...]) -> list[tuple[Finding, ...]]:
    """Neighbouring table findings of one kind make one table, as do those of one frame that tell the same cases apart."""
    out: list[list[Finding]] = []
    for finding in findings:
        last = out[-1][-1] if out else None
        same = False
        if isinstance(finding, TableFinding) and isinstance(last, TableFinding):
            same = last.kind == finding.kind or (len(out[-1]) == 1 and same_cases(last, finding))
        dates = isinstance(finding, DateFinding) and isinstance(last, DateFinding) and last.attribute == finding.attribute
        if same or dates:
            out[-1].append(finding)
        else:
            out.append([finding])
    return [tuple(g) for g in out]


def _finding_text(group: tuple[Finding, ...], query: Query, ledger: Ledger, catalogue: Catalogue, today: date) -> str:
    first = group[0]
    if isinstance(first, TableFinding):
        return tables_text(tuple(f for f in group if isinstance(f, TableFinding)), query, ledger, catalogue)
    if isinstance(first, CompareFinding):
        return compare_text(first, ledger, catalogue)
    if isinstance(first, DateFinding):
        return date_text(tuple(f for f in group if isinstance(f, DateFinding)), query, ledger, catalogue, today)
    if isinstance(first, AmountFinding):
        return amount_text(first, query, ledger, catalogue)
    if isinstance(first, ComputedFinding):
        return computed_text(first, query, ledger)
    if isinstance(first, EligibilityFinding):
        return eligibility_text(first, query, ledger, catalogue)
    if isinstance(first, SpecialFinding):
        return special_text(first, ledger, catalogue)
    if isinstance(first, ConditionFinding):
        return condition_text(first, ledger, catalogue)
    return _prose(first, query, ledger, catalogue)


def _prose(finding: ProseFinding, query: Query, ledger: Ledger, catalogue: Catalogue) -> str:
    lines: list[str] = [passage_text(h.passage, ledger, catalogue) for h in finding.lead]
    if finding.lead:
        head, bracket, rest = lines[0].rpartition("】") if lines[0].startswith("【") else ("", "", lines[0])
        lines[0] = head + bracket + _verdict(finding.lead[0], query, ledger, catalogue) + rest
    said = {h.passage.text[:40] for h in finding.lead}
    more = [h for h in finding.more if h.passage.text[:40] not in said and (h.passage.kind != "article" or not finding.lead)]
    items: list[str] = []
    room = MORE_CHARS
    told = frozenset(h.passage.programme for h in (*finding.lead, *more) if h.passage.programme)
    own = frozenset(query.named_programmes or (h.passage.programme for h in finding.lead))
    apart = told if len(own) > 1 else told - own if len(told) > 1 else frozenset()
    for hit in _distinct(more):
        room -= len(hit.passage.text)
        if room >= 0 or not items:
            items.append(f"- {_whose(hit, apart, catalogue)}{passage_text(hit.passage, ledger, catalogue, short=True)}")
    if items:
        lines.append(("" if lines else f"{ALSO}\n\n") + "\n".join(items))
    return "\n\n".join(lines)


def _whose(hit: Hit, apart: frozenset[str], catalogue: Catalogue) -> str:
    """The name of a passage's programme where it is one to be told apart and the text of the passage names it nowhere."""
    programme = catalogue.programmes.get(hit.passage.programme or "")
    if programme is None or programme.id not in apart:
        return ""
    names = (programme.short, programme.short.removesuffix("補助金"), programme.name)
    return "" if any(n in hit.passage.text for n in names) or any(c.isdigit() for c in programme.short) else f"{programme.short}："


def _verdict(hit: Hit, query: Query, ledger: Ledger, catalogue: Catalogue) -> str:
    """What stands before the leading passage: the user's number held against its bound, or a yes or no."""
    held = held_against(query, hit)
    if held is None:
        return taken_for_granted(query, hit) or lead_word(query, hit, catalogue.vocabulary.get("contrary", {}))
    place = (hit.passage.programme, hit.passage.edition_id, None)
    bound = ledger.value(held.bound, hit.passage.kind, hit.passage.source, place, hit.passage.doubt)
    told = ledger.plain(held.told, held.told, held.bound.unit, "told", "from_user") if held.bound.of == "" else held.told
    return f"{held_word(query, hit, held)}お聞きの{told}は、資料の「{bound}」に当た{'ります' if held.met else 'りません'}。\n"


def _distinct(hits: list[Hit]) -> list[Hit]:
    seen: dict[str, Hit] = {}
    for hit in hits:
        seen.setdefault(hit.passage.text[:40], hit)
    return list(seen.values())


def _renamed(route: Route, ledger: Ledger, catalogue: Catalogue) -> str:
    lines = []
    for old, new in route.renamed:
        line = next((x for x in catalogue.programmes[old].lineage if x.programme == new), None)
        if line is None:
            continue
        lines.append(ledger.told(line, "lineage", (old, None, None)) + ledger.cite(line.source))
    return "\n".join(lines)


def _gone(query: Query, route: Route, ledger: Ledger, catalogue: Catalogue) -> list[str]:
    """Of frames that only an older edition has: that today's has none of that name."""
    lines: dict[str, None] = {}
    for place in (p for p in route.places if p.framed and not (query.rounds or query.year)):
        newest = max(editions_in(catalogue, place.edition.programme, place.edition.series), key=lambda e: e.year)
        if newest.year > place.edition.year and not {f.id for f in place.frames} & {f.id for f in newest.frames}:
            name = catalogue.programmes[newest.programme].short
            then, now = (ledger.label(e.label, None) for e in (place.edition, newest))
            lines[f"「{place.frames[0].label}」は{name} {then}の枠で、{now}の資料にこの名の枠はありません。"] = None
    return list(lines)


def _unknown_names(query: Query) -> list[str]:
    if not query.unknown_names:
        return []
    names = "、".join(f"「{n}」" for n in query.unknown_names)
    return [f"{names}は手元の資料にないため、お答えできません。実施する自治体や事務局の公式サイトで確認してください。"]


def _window_notes(evidence: Evidence, route: Route, ledger: Ledger) -> list[str]:
    """One line on what is open, unless the answer is about dates anyway."""
    if any(isinstance(f, DateFinding) for f in evidence.findings) or not evidence.findings:
        return []
    places: list[Place] = []
    for place in route.places:
        if all(p.edition.id != place.edition.id for p in places):
            places.append(place)
    return [state_line(p.window, ledger, ledger.catalogue) for p in places[:1]]


def _join(parts: list[str], ledger: Ledger) -> str:
    body = "\n\n".join(p for p in parts if p.strip())
    while len(ledger.fill(body)) > MAX_CHARS and len(parts) > 1:
        parts.pop(-1)
        body = "\n\n".join(p for p in parts if p.strip())
    if not ledger.sources:
        return body
    dates = sorted({s.as_of for s in ledger.sources})
    newest = date.fromisoformat(dates[-1])
    as_of = ledger.plain(f"{newest.year}年{newest.month}月{newest.day}日", newest.isoformat(), "date", "as_of", "sourced")
    names = "、".join(dict.fromkeys(s.document for s in ledger.sources))
    body += f"\n\n出典：{names}（{as_of}時点）。申請前に最新の公募要領で確認してください。"
    return body
