"""The catalogue as doors show it: one entry a programme, and one programme whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from assistant.errors import NoEdition, UnknownProgramme
from assistant.rules.editions import Window, default_window, editions_in, series_of, windows_on
from assistant.rules.labels import STATE_WORDS, cap_rows, rate_rows, short_date
from assistant.rules.load import Catalogue
from assistant.rules.schema import Frame, Programme
from assistant.rules.values import Value, format_yen

KIND_WORDS = {
    "subsidy": "補助金", "grant": "助成金", "loan": "融資", "guarantee": "信用保証", "support": "支援", "tax": "税制",
    "declaration": "宣言",
}  # fmt: skip
MOST_CASES = 6
"""Caps of a frame that stand in a list one by one."""


def find_programme(catalogue: Catalogue, name: str) -> Programme:
    """The programme of that id, or of exactly that name.

    Raises:
        UnknownProgramme: There is none; similar ids are named.
    """
    wanted = name.strip()
    for programme in catalogue.programmes.values():
        if wanted in (programme.id, programme.name, programme.short, *programme.also):
            return programme
    near = tuple(p.id for p in catalogue.programmes.values() if wanted and (wanted in p.id or wanted in p.name))
    raise UnknownProgramme(wanted[:40], near[:5])


def list_programmes(catalogue: Catalogue, today: date) -> list[dict[str, Any]]:
    """One entry a programme: names, the edition that answers today for each series, its window, caps and rates."""
    return [programme_entry(catalogue, p, today) for p in catalogue.programmes.values()]


def programme_entry(catalogue: Catalogue, programme: Programme, today: date) -> dict[str, Any]:
    """The entry of one programme; `windows` has one part a series, best first."""
    labels = {s.id: s.label for s in programme.series}
    windows = [
        {"series": labels.get(series), **window_entry(window)}
        for series in series_of(catalogue, programme.id)
        if (window := _window(catalogue, programme.id, series, today)) is not None
    ]
    return {
        "programme": programme.id, "name": programme.name, "short": programme.short, "kind": programme.kind,
        "kind_label": KIND_WORDS[programme.kind], "area": programme.area, "summary": programme.summary,
        "office": programme.office.model_dump(), "windows": windows,
    }  # fmt: skip


def whole_programme(catalogue: Catalogue, programme: Programme, today: date) -> dict[str, Any]:
    """Everything the knowledge holds of one programme: the entry, all rounds with their state, all editions as data."""
    windows = windows_on(catalogue.editions_of(programme.id), today)
    editions = [e.model_dump(mode="json", exclude_none=True) for e in catalogue.editions_of(programme.id)]
    docs = {d for e in catalogue.editions_of(programme.id) for d in e.docs}
    return {
        **programme_entry(catalogue, programme, today),
        "also": list(programme.also),
        "lineage": [
            {"programme": x.programme, "relation": x.relation, "text": fill(x.text, x.figures)} for x in programme.lineage
        ],
        "rounds": [window_entry(w) for w in windows],
        "editions": editions,
        "documents": [catalogue.documents[d].model_dump(exclude={"file"}) for d in sorted(docs)],
    }


def window_entry(window: Window) -> dict[str, Any]:
    """A round on a day: ids, state, opening, deadline, and the frames' caps and rates."""
    return {
        "edition_id": window.edition.id, "edition": window.label, "round": window.round.id,
        "window": window.state, "window_label": STATE_WORDS[window.state],
        "opens_on": _wire(window.opens.on) if window.opens else None,
        "deadline": _wire(window.closes.on) if window.closes else None,
        "deadline_text": deadline_text(window), "deadline_precision": window.precision, "days_left": window.days_left,
        "published_on": window.edition.published_on,
        "frames": [frame_entry(f) for f in window.edition.frames],
    }  # fmt: skip


def deadline_text(window: Window) -> str:
    """The window in words: 12月15日(火) 17:00まで（あと21日）; empty if the sources give no date."""
    if window.state == "upcoming" and window.opens:
        closes = f"、締切 {short_date(window.closes.on)}" if window.closes else ""
        return f"{short_date(window.opens.on)}から（あと{window.days_until_open}日）{closes}"
    if window.closes is None:
        return ""
    left = "" if window.days_left is None else "（本日締切）" if window.days_left == 0 else f"（あと{window.days_left}日）"
    return f"{short_date(window.closes.on)}まで{left}"


def frame_entry(frame: Frame) -> dict[str, Any]:
    """A frame with its cap and rate in words, and those of its parts where each part has its own."""
    caps = [c.yen for c in frame.cap.cases] if frame.cap else []
    parts = [
        {"label": p.label, "cap": "、".join(cap_rows(p.cap, frame)) or None, "rate": "、".join(rate_rows(p.rate, frame))}
        for p in frame.components
    ]
    return {
        "frame_id": frame.id, "frame": frame.label, "cap": "、".join(cap_rows(frame.cap, frame)) or None,
        "rate": "、".join(rate_rows(frame.rate, frame)) or None, "cap_max_yen": max(caps, default=None),
        "cap_min_yen": min(caps, default=None), "cap_cases": len(caps), "components": parts,
    }  # fmt: skip


def fill(text: str, figures: dict[str, Value]) -> str:
    """A text of the knowledge with its figure tokens filled."""
    for name, value in figures.items():
        text = text.replace("{" + name + "}", value.text())
    return text


def programme_lines(entry: dict[str, Any]) -> Iterator[str]:
    """The entry of a programme as lines for a terminal."""
    area = f"、{entry['area']}" if entry["area"] else ""
    yield f"■ {entry['name']}（{entry['programme']}、{entry['kind_label']}{area}）"
    if not entry["windows"]:
        yield "  この日に使える公募回の資料がありません。"
    for w in entry["windows"]:
        series = f"{w['series']} " if w["series"] else ""
        yield f"  {series}{w['edition']}：{w['window_label']}" + (f"　{w['deadline_text']}" if w["deadline_text"] else "")
        for frame in w["frames"]:
            told = _cap_and_rate(frame)
            yield f"    ・{frame['frame']}" + (f"：{told}" if told else "")
            yield from (f"      {part['label']}：{_cap_and_rate(part)}" for part in frame["components"])


def _cap_and_rate(entry: dict[str, Any]) -> str:
    """Cap and rate of a frame or a part of it; caps of many cases as their range."""
    cap = entry["cap"] and f"上限 {entry['cap']}"
    if entry.get("cap_cases", 0) > MOST_CASES:
        least, most = format_yen(entry["cap_min_yen"]), format_yen(entry["cap_max_yen"])
        cap = f"上限 {least}～{most}（条件ごとに{entry['cap_cases']}とおり）"
    return "／".join(x for x in (cap, entry["rate"] and f"補助率 {entry['rate']}") if x)


def whole_lines(catalogue: Catalogue, programme: Programme, today: date) -> Iterator[str]:
    """One programme whole as lines for a terminal."""
    yield from programme_lines(programme_entry(catalogue, programme, today))
    yield f"  {programme.summary}"
    for line in programme.lineage:
        yield f"  {fill(line.text, line.figures)}"
    for window in windows_on(catalogue.editions_of(programme.id), today):
        yield f"\n◇ {window.label}（{STATE_WORDS[window.state]}）"
        for event in window.round.events:
            yield f"  {event.label}：{short_date(event.on)}" + ("（予定）" if event.planned else "")
    for edition in catalogue.editions_of(programme.id):
        yield f"\n◇ {edition.label} の内容"
        for frame in edition.frames:
            yield from _frame_lines(frame)
        for category in edition.categories:
            yield f"  経費・{category.label}：{fill(category.text, category.figures)}"
        for cost in edition.costs:
            yield f"  経費・{cost.names[0]}：{fill(cost.text, cost.figures)}"
        for fact in edition.facts:
            yield f"  {fact.topic}：{fill(fact.text, fact.figures)}"
        titles = [catalogue.documents[d] for d in edition.docs]
        yield "  出典：" + "、".join(f"{d.title}（{d.as_of} 時点）" for d in titles)
    yield f"\n問い合わせ先：{programme.office.name}" + (f" {programme.office.url}" if programme.office.url else "")


def _frame_lines(frame: Frame) -> Iterator[str]:
    yield f"  【{frame.label}】"
    tables = (("上限", cap_rows(frame.cap, frame)), ("補助率", rate_rows(frame.rate, frame)), ("下限", cap_rows(frame.floor, frame)))
    for title, rows in tables:
        yield from (f"    {title}：{row}" for row in rows)
    for part in frame_entry(frame)["components"]:
        yield f"    {part['label']}：{_cap_and_rate(part)}"
    for special in frame.specials:
        add = f"（上限 ＋{format_yen(special.add_yen)}）" if special.add_yen is not None else ""
        yield f"    {special.label}{add}：{fill(special.text, special.figures)}"
    for limit in frame.limits:
        yield f"    経費の限度：{fill(limit.text, limit.figures)}"
    for need in frame.requirements:
        yield f"    {need.label}：{fill(need.text, need.figures)}"


def _window(catalogue: Catalogue, programme_id: str, series: str, today: date) -> Window | None:
    try:
        return default_window(editions_in(catalogue, programme_id, series), today)
    except NoEdition:
        return None


def _wire(value: Value) -> str:
    return value.month + (f" {value.part}" if value.part else "") if value.month else str(value.wire)
