"""What 「補助金さがし」 shows: pure functions from the form to a profile and from the API's JSON to safe Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from view import plain

FIT_WORDS = {"fits": "合いそう", "check": "確認が必要", "no": "対象外"}
FIT_COLOURS = {"fits": "green", "check": "orange", "no": "gray"}
WINDOW_WORDS = {"open": "受付中", "upcoming": "受付前", "closed": "受付終了", "rolling": "随時受付", "unknown": "時期未確認"}
WINDOW_COLOURS = {"open": "blue", "rolling": "blue", "upcoming": "violet", "closed": "gray", "unknown": "gray"}
VERDICT_MARKS = {"met": "○", "not_met": "×", "unknown": "？"}
YES_NO = {"はい": True, "いいえ": False, "赤字": True, "黒字": False, "法人": True, "個人事業": False}
MAN = 10_000


@dataclass(frozen=True)
class Card:
    """One candidate as the page draws it; texts are Markdown that is safe to render."""

    title: str
    badges: tuple[tuple[str, str], ...]
    """(text, colour)"""
    when: str
    figures: tuple[tuple[str, str], ...]
    """(label, value)"""
    note: str | None
    ask_next: str | None
    reasons: tuple[str, ...]
    steps: tuple[str, ...]
    todo: tuple[str, ...]
    cautions: tuple[str, ...]


def yen_words(yen: int | None) -> str:
    """Yen as people read it: 180万円, 1億2,000万円, 866,666円."""
    if yen is None:
        return "–"
    if yen == 0 or yen % MAN:
        return f"{yen:,}円"
    oku, man = divmod(yen // MAN, MAN)
    return (f"{oku:,}億" if oku else "") + (f"{man:,}万" if man else "") + "円"


def profile_of_form(form: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The profile that the form tells; what is left empty is absent.

    Args:
        form: Values by field of the profile; amounts in 万円 under their names with `_man`, yes/no as words.
        rows: The cost table: category, description, man (万円).
    """
    told = {n: form[n] for n in ("name", "prefecture", "industry", "industry_detail") if form.get(n)}
    told |= {n: form[n] for n in ("employees",) if form.get(n) is not None}
    if form.get("capital_man") is not None:
        told["capital_yen"] = yen_of(form["capital_man"])
    for name in ("is_corporation", "deficit", "invoice_registered", "was_tax_exempt", "has_100oku_declaration"):
        if form.get(name) is not None:
            told[name] = YES_NO[form[name]]
    if isinstance(form.get("founded"), date):
        told["founded"] = form["founded"].isoformat()
    wages = {n: round(form[n], 2) for n in ("per_capita_growth_pct", "payroll_growth_pct") if form.get(n) is not None}
    if form.get("min_wage_raise_yen") is not None:
        wages["min_wage_raise_yen"] = int(form["min_wage_raise_yen"])
    if wages:
        told["wage_plan"] = wages
    project = project_of_form(form, rows)
    return {**told, "project": project} if project else told


def project_of_form(form: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The project of the form; rows without an amount are left out."""
    items = [
        {"category": r.get("category") or None, "description": r.get("description") or None, "yen": yen_of(r["man"])}
        for r in rows
        if r.get("man")
    ]
    project: dict[str, Any] = {}
    if form.get("description"):
        project["description"] = form["description"]
    if form.get("purposes"):
        project["purposes"] = list(form["purposes"])
    if items:
        project["cost_items"] = items
    if form.get("cost_man"):
        project["cost_yen"] = yen_of(form["cost_man"])
    if project and form.get("tax"):
        project["tax"] = form["tax"]
    return project


def yen_of(man: float) -> int:
    """Whole yen of an amount in 万円."""
    return round(man * MAN)


def cards(result: dict[str, Any], fits: tuple[str, ...] = ("fits", "check")) -> tuple[Card, ...]:
    """The candidates of those fits as cards, in the order of the result."""
    return tuple(card(c) for c in result.get("candidates", ()) if c.get("fit") in fits)


def card(c: dict[str, Any]) -> Card:
    """One candidate as a card."""
    frame = "" if str(c["frame"]) in str(c["edition"]) else f" {c['frame']}"
    fit, window = str(c["fit"]), str(c["window"])
    when = str(c.get("deadline_text") or "")
    return Card(
        title=plain(str(c["name"])) + "  \n" + plain(f"{c['edition']}{frame}"),
        badges=((FIT_WORDS[fit], FIT_COLOURS[fit]), (WINDOW_WORDS[window], WINDOW_COLOURS[window])),
        when=plain(when if when != WINDOW_WORDS[window] else ""),
        figures=figures(c.get("amount") or {}),
        note=None if (c.get("amount") or {}).get("subsidy_yen") is not None else amount_note(c.get("amount") or {}),
        ask_next=plain(str(c["ask_next"])) if c.get("ask_next") else None,
        reasons=tuple(reason_line(r) for r in c.get("reasons") or ()),
        steps=tuple(plain(str(s)) for s in (c.get("amount") or {}).get("steps") or ()),
        todo=tuple(plain(str(t)) for t in c.get("todo") or ()),
        cautions=tuple(plain(str(t)) for t in c.get("cautions") or ()),
    )  # fmt: skip


def figures(amount: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """The figures of a card: subsidy, own funds, rate, cap; those that are not known are left out."""
    out = []
    span = amount.get("subsidy_range_yen")
    if amount.get("subsidy_yen") is not None:
        out.append(("補助金額", yen_words(amount["subsidy_yen"])))
        out.append(("自己負担", yen_words(amount.get("own_funds_yen"))))
    elif span:
        out.append(("補助金額", f"{yen_words(span[0])}～{yen_words(span[1])}"))
    if amount.get("rate"):
        out.append(("補助率", str(amount["rate"])))
    if amount.get("cap_yen") is not None:
        out.append(("補助上限額", yen_words(amount["cap_yen"])))
    return tuple(out)


def amount_note(amount: dict[str, Any]) -> str:
    """Why there is no single amount."""
    if amount.get("subsidy_range_yen"):
        return "足りない条件によって、補助金額がこの範囲で変わります。"
    return "補助金額は、経費や条件が分かると計算できます。"


def reason_line(reason: dict[str, Any]) -> str:
    """One reason with its verdict and source."""
    source = reason.get("source") or {}
    place = f"{source['document']}「{source['section']}」（{source['as_of']} 時点）" if source.get("document") else ""
    line = f"{VERDICT_MARKS.get(str(reason.get('verdict')), '？')} {plain(str(reason.get('text') or ''))}"
    return line + (f"  \n:gray[出典：{plain(place)}]" if place else "")


def misses(result: dict[str, Any]) -> tuple[str, ...]:
    """What was looked at and does not fit, each with its deciding reason."""
    return tuple(
        f"**{plain(str(c['name']))}**：{plain(str((c.get('reasons') or [{}])[0].get('text') or ''))}"
        for c in result.get("candidates", ())
        if c.get("fit") == "no"
    )


def headline(result: dict[str, Any]) -> str:
    """The first sentence of the result: how many fit, may fit."""
    found = [c.get("fit") for c in result.get("candidates", ())]
    fits, checks = found.count("fits"), found.count("check")
    if not fits and not checks:
        return "手元の資料の中に、ご計画に合う補助金は見つかりませんでした。"
    parts = [f"合いそうなもの {fits}件"] if fits else []
    return "、".join(parts + ([f"確認が必要なもの {checks}件"] if checks else []))


def problem_lines(result: dict[str, Any]) -> tuple[str, ...]:
    """What of the input was not used, or does not add up."""
    return tuple(plain(str(p.get("text") or "")) for p in result.get("problems") or ())
