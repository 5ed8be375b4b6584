"""Caps, rates and floors in words: one sentence where one row applies, a small table where several may."""

from __future__ import annotations

from assistant.ask.compose_dates import place_name
from assistant.ask.evidence import CompareFinding, TableFinding
from assistant.ask.ledger import Ledger
from assistant.ask.prose import passage_text
from assistant.ask.query import Query
from assistant.rules.amounts import Choice, cap_of
from assistant.rules.conditions import Condition
from assistant.rules.labels import CAPS, case_label, condition_label
from assistant.rules.load import Catalogue
from assistant.rules.schema import RateCase, YenCase
from assistant.rules.values import Value

MOST_ROWS = 16
"""Frames and parts in one list; more than the largest programme has."""
ABSENT = "資料に記載なし"
MANY_ROWS = 4
"""Rows of one table from which the highest is told first."""
LONG_ROWS = 10
"""From so many cases on they stand in a table of their own."""
WORDS = {"cap": "補助上限額", "rate": "補助率", "floor": "補助下限額"}


def tables_text(findings: tuple[TableFinding, ...], query: Query, ledger: Ledger, catalogue: Catalogue) -> str:
    """The text of tables of one kind: a sentence for a single decided row, else a list of rows by frame or by case."""
    if len({f.kind for f in findings}) > 1:
        return "\n".join(_by_case(findings, ledger, catalogue))
    lead = _lead(findings, query, ledger, catalogue)
    rest = findings[1:] if lead else findings
    lines = [ledger.label(n, findings[0].source) for n in dict.fromkeys(n for f in findings for n in f.notes if "使えません" in n)]
    lines += [lead] if lead else []
    if rest and not (lead and len(findings) == 1):
        if not lead:
            name = _name(findings[0], catalogue, ledger, frame=False)
            lines.append(f"{name}の{_word(findings[0], catalogue)}は{_most(findings, ledger)}次のとおりです。")
        lines += [_table(f, ledger, catalogue) or _long(f, ledger, catalogue) or _line(f, ledger, catalogue) for f in rest[:MOST_ROWS]]
    doubts = dict.fromkeys(f.doubt for f in findings if f.doubt and not any(c.isdigit() for c in f.doubt))
    lines += [f"（注意：{str(d).rstrip('。')}）" for d in doubts]
    return "\n".join(lines)


def _word(f: TableFinding, catalogue: Catalogue) -> str:
    """What the figure of a table is called: a loan has no subsidy."""
    kind = catalogue.programmes[f.place.edition.programme].kind
    return CAPS.get(kind, WORDS[f.kind]) if f.kind == "cap" else WORDS[f.kind]


def _long(f: TableFinding, ledger: Ledger, catalogue: Catalogue) -> str:
    """A table of its own for many cases of one frame; empty for a few, which one line holds."""
    if len(f.choices) < LONG_ROWS:
        return ""
    lines = [f"\n**{_name(f, catalogue, ledger)}**{ledger.cite(f.source)}\n", f"| 条件 | {_word(f, catalogue)} |", "| --- | --- |"]
    for choice in f.choices:
        lines.append(f"| {ledger.label(choice.label, f.source) or 'それ以外'} | {_shown(f, choice, ledger, adding=False)[0]} |")
    special = _specials(f, ledger)
    return "\n".join([*lines, *(["", special] if special else [])])


def compare_text(finding: CompareFinding, ledger: Ledger, catalogue: Catalogue) -> str:
    """Frames side by side in one table: a row for each, a column for each table asked for and one for the other conditions."""
    facts = any(r.fact for r in finding.rows)
    called = {k: {_word(f, catalogue) for row in finding.rows for f in row.tables if f.kind == k} or {WORDS[k]} for k in finding.kinds}
    head = ["制度・枠", *("・".join(sorted(called[k], reverse=True)) for k in finding.kinds), *(["条件"] if facts else [])]
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    for row in finding.rows:
        first = row.tables[0]
        case = f" {ledger.label(row.case, first.source)}" if row.case else ""
        cells = [_name(first, catalogue, ledger) + case + ledger.cite(first.source)]
        for kind in finding.kinds:
            cells.append(next((_cell(f, ledger) for f in row.tables if f.kind == kind), ABSENT))
        if facts:
            cells.append(passage_text(row.fact.passage, ledger, catalogue, short=True) if row.fact else ABSENT)
        lines.append("| " + " | ".join(cells) + " |")
    specials = [(f, _specials(f, ledger)) for row in finding.rows for f in row.tables]
    notes = [f"- {_name(f, catalogue, ledger)}の{_word(f, catalogue)}{told}" for f, told in specials if told]
    lines += ["", *notes] if notes else []
    doubts = dict.fromkeys(f.doubt for r in finding.rows for f in r.tables if f.doubt and not any(c.isdigit() for c in f.doubt))
    return "\n".join([*lines, *(f"\n（注意：{str(d).rstrip('。')}）" for d in doubts)])


def _most(findings: tuple[TableFinding, ...], ledger: Ledger) -> str:
    """The highest of many caps of one frame, to stand before them."""
    first = findings[0]
    yen = [c.case.yen for c in first.choices if isinstance(c.case, YenCase) and not c.case.per]
    if first.kind != "cap" or len(findings) > 1 or len(yen) < MANY_ROWS or len(yen) != len(first.choices):
        return ""
    top = ledger.yen(max(yen), "cap", "sourced", first.source, (), _place(first), first.doubt)
    return f"最大{top}で、条件ごとに"


def same_cases(a: TableFinding, b: TableFinding) -> bool:
    """Whether two tables of a frame, of two kinds, have the same rows: they are told case by case."""
    labels = [[c.label for c in f.choices] for f in (a, b)]
    return a.kind != b.kind and _place(a) == _place(b) and a.part == b.part and labels[0] == labels[1] and len(labels[0]) > 1


def _by_case(findings: tuple[TableFinding, ...], ledger: Ledger, catalogue: Catalogue) -> list[str]:
    first = findings[0]
    words = "と".join(WORDS[f.kind] for f in findings)
    lines = [f"{_name(first, catalogue, ledger)}の{words}は次のとおりです{ledger.cite(first.source)}。"]
    for i, choice in enumerate(first.choices):
        label = ledger.label(choice.label, first.source) or "それ以外"
        lines.append(f"- {label}：" + "、".join(f"{WORDS[f.kind]}は{_shown(f, f.choices[i], ledger, adding=False)[0]}" for f in findings))
    return lines


def _place(f: TableFinding) -> tuple[str, str, str]:
    return (f.place.edition.programme, f.place.edition.id, f.frame.id)


def _name(f: TableFinding, catalogue: Catalogue, ledger: Ledger, frame: bool = True) -> str:
    label = f.frame.label + (f"・{f.part}" if f.part else "") if frame else ""
    return place_name(f.place.window, label, catalogue, ledger, f.source)


def _lead(findings: tuple[TableFinding, ...], query: Query, ledger: Ledger, catalogue: Catalogue) -> str:
    first = findings[0]
    if len(first.choices) != 1 or first.choices[0].waits_for or (len(findings) > 1 and not first.place.framed and len(findings) > 2):
        return ""
    choice = first.choices[0]
    shown, extra = _shown(first, choice, ledger)
    label = f"（{ledger.label(choice.label, first.source)}）" if choice.label else ""
    no = "" if _told_of_another(findings, query) else _no(first, choice, query)
    text = f"{no}{_name(first, catalogue, ledger)}の{_word(first, catalogue)}は{label}{shown}です{ledger.cite(first.source)}。{extra}"
    return text + _specials(first, ledger)


def _shown(f: TableFinding, choice: Choice, ledger: Ledger, adding: bool = True) -> tuple[str, str]:
    """The figure of a row as tokens, and how it was put together (with additions of special measures if `adding`)."""
    if isinstance(choice.case, YenCase):
        if f.kind == "cap" and adding:
            cap = cap_of(f.frame, f.inputs) if f.part is None else None
            if cap is not None and cap[0] != choice.case.yen:
                total = ledger.yen(cap[0], "cap", "computed", f.source, cap[2], _place(f), f.doubt)
                adds = [s for s in f.frame.specials if s.add_yen is not None and s.id in f.inputs.specials]
                base = ledger.yen(cap[1], "cap", "sourced", f.source, (), _place(f), f.doubt)
                terms = " ＋ ".join([base, *(_add(f, s.add_yen or 0, ledger) + f"（{s.label}）" for s in adds)])
                return total, f"内訳は {terms} です。"
        per = "×人数・者数" if choice.case.per else ""
        return ledger.yen(choice.case.yen, f.kind, "sourced", f.source, (), _place(f), f.doubt) + per, ""
    return _rate(f, choice.case, ledger), ""


def _add(f: TableFinding, yen: int, ledger: Ledger) -> str:
    return ledger.yen(yen, "special_add", "sourced", f.source, (), _place(f))


def _rate(f: TableFinding, case: RateCase, ledger: Ledger) -> str:
    if case.fixed:
        return "定額（全額）"
    if case.ratio is not None:
        return ledger.value(Value(ratio=case.ratio), "rate", f.source, _place(f), f.doubt)
    parts, below = [], 0
    for tier in case.tiers:
        ratio = ledger.value(Value(ratio=tier.ratio), "rate", f.source, _place(f), f.doubt)
        bound = tier.up_to_yen or below
        limit = ledger.yen(bound, "tier", "sourced", f.source, (), _place(f))
        parts.append(f"補助額{limit}までの部分は{ratio}" if tier.up_to_yen else f"{limit}を超える部分は{ratio}")
        below = bound
    return "、".join(parts)


def _line(f: TableFinding, ledger: Ledger, catalogue: Catalogue) -> str:
    """All rows of one frame in one line of a list."""
    return f"- {_name(f, catalogue, ledger)}{ledger.cite(f.source)}：{_cell(f, ledger)}{_specials(f, ledger)}"


def _cell(f: TableFinding, ledger: Ledger) -> str:
    """All rows of one frame."""
    rows = []
    for choice in f.choices:
        shown, _ = _shown(f, choice, ledger, adding=len(f.choices) == 1)
        label = ledger.label(choice.label, f.source) or ("それ以外" if len(f.choices) > 1 else "")
        rows.append(f"{label}：{shown}" if label else shown)
    return "、".join(rows)


def _table(f: TableFinding, ledger: Ledger, catalogue: Catalogue) -> str:
    """Caps by headcount as a Markdown table, one column more for the special measure that lifts them; else empty."""
    bands = [c for c in f.choices if "employees" in c.case.when.tests]
    if f.kind != "cap" or len(bands) < 2 or len(bands) != len(f.choices):
        return ""
    lifted = {id(c): next((r for _, r in f.special_rows if _band(r) == _band(c)), None) for c in bands}
    special = f.special_rows[0][0].label if f.special_rows and any(lifted.values()) else ""
    used = "・".join(x.label for x in f.frame.specials if x.id in f.inputs.specials)
    head = ["従業員数", f"補助上限額（{used}）" if used else "補助上限額", *([f"{special}を使う場合"] if special else [])]
    lines = [f"\n**{_name(f, catalogue, ledger)}**{ledger.cite(f.source)}", ""]
    lines += ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    for choice in bands:
        label = ledger.label(condition_label(Condition(tests={"employees": choice.case.when.tests["employees"]}), f.frame), f.source)
        cells = [label.removeprefix("従業員"), _shown(f, choice, ledger, adding=False)[0]]
        if special:
            up = lifted[id(choice)]
            cells.append(_shown(f, up, ledger, adding=False)[0] if up else ABSENT)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join([*lines, ""])


def _band(choice: Choice) -> object:
    return choice.case.when.tests.get("employees")


def _specials(f: TableFinding, ledger: Ledger) -> str:
    """What special measures would change, in one sentence."""
    parts = []
    for special, choice in f.special_rows[:6]:
        shown, _ = _shown(f, Choice(choice.label, choice.case, ()), ledger, adding=False)
        label = ledger.label(case_label(choice.case, f.frame) or special.label, f.source)
        parts.append(f"{label}は{shown}")
    whole = f.kind == "cap" and f.part is None
    adding = [s for s in f.frame.specials if whole and s.add_yen is not None and s.id not in f.inputs.specials]
    parts += [f"{s.label}を使うと＋{_add(f, s.add_yen or 0, ledger)}" for s in adding]
    if adding and len(f.choices) == 1 and not any(s.excludes for s in adding):
        most = cap_of(f.frame, f.inputs.with_(specials=tuple(sorted({*f.inputs.specials, *(s.id for s in adding)}))))
        if most is not None:
            total = ledger.yen(most[0], "cap", "computed", f.source, most[2], _place(f), f.doubt)
            parts[-1] += f"で{total}" if len(adding) == 1 else f"、全部使うと{total}"
    return ("（特例：" + "、".join(dict.fromkeys(parts)) + "）") if parts else ""


def _told_of_another(findings: tuple[TableFinding, ...], query: Query) -> bool:
    """Whether a rate that is taken for granted is not that of the first frame but of another one that is shown, and none is named."""
    if query.named("frame"):
        return False
    rates = [{c.case.ratio for c in f.choices if isinstance(c.case, RateCase) and c.case.ratio} for f in findings]
    told = {str(r) for r in query.slots.ratios}
    return bool(told) and not told & rates[0] and any(told & others for others in rates[1:])


def _no(f: TableFinding, choice: Choice, query: Query) -> str:
    """「いいえ」 or 「はい」 where the question takes a figure for granted."""
    if not query.confirm:
        return ""
    if isinstance(choice.case, RateCase) and query.slots.ratios:
        right = [choice.case.ratio] if choice.case.ratio else [t.ratio for t in choice.case.tiers]
        return "はい、" if str(query.slots.ratios[0]) in right and len(right) == 1 else "いいえ、"
    if isinstance(choice.case, YenCase) and query.slots.claimed:
        cap = cap_of(f.frame, f.inputs)
        right_yen = cap[0] if f.kind == "cap" and cap else choice.case.yen
        return "はい、" if query.slots.claimed_yen == right_yen else "いいえ、"
    return ""
