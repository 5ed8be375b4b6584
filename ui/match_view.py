"""What 「補助金さがし」 shows: pure functions from the form to a profile and from the API's JSON to safe Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from cite_view import day
from view import plain

FIT_WORDS = {"fits": "合いそう", "check": "確認が必要", "no": "対象外"}
FIT_COLOURS = {"fits": "green", "check": "orange", "no": "gray"}
WINDOW_WORDS = {"open": "受付中", "upcoming": "受付前", "closed": "受付終了", "rolling": "随時受付", "unknown": "時期未確認"}
WINDOW_COLOURS = {"open": "blue", "rolling": "blue", "upcoming": "violet", "closed": "gray", "unknown": "gray"}
VERDICT_MARKS = {"met": "○", "not_met": "×", "unknown": "？"}
YES_NO = {"はい": True, "いいえ": False, "赤字": True, "黒字": False, "法人": True, "個人事業": False}
YES_NO_WORDS = {
    "is_corporation": ("法人", "個人事業"), "deficit": ("赤字", "黒字"), "invoice_registered": ("はい", "いいえ"),
    "was_tax_exempt": ("はい", "いいえ"),
}  # fmt: skip
FIELD_LABELS = {
    "industry": "業種の区分", "industry_detail": "業種", "employees": "従業員数（人）", "is_corporation": "法人・個人",
    "capital_man": "資本金", "founded": "創業・設立した日", "deficit": "直近の決算", "invoice_registered": "インボイスの登録",
    "was_tax_exempt": "免税事業者だった時期", "per_capita_growth_pct": "1人あたり給与の伸び（年％）",
    "payroll_growth_pct": "給与支給総額の伸び（年％）", "min_wage_raise_yen": "事業場内最低賃金の引上げ（円）", "prefecture": "都道府県",
    "city": "市区町村",
    "purposes": "目的", "cost_man": "経費の合計", "planned_sales_man": "計画の年間売上高",
}  # fmt: skip
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
    told = {n: form[n] for n in ("name", "prefecture", "city", "industry", "industry_detail") if form.get(n)}
    told |= {n: form[n] for n in ("employees",) if form.get(n) is not None}
    for name in ("capital", "planned_sales"):
        if form.get(f"{name}_man") is not None:
            told[f"{name}_yen"] = yen_of(form[f"{name}_man"])
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


def form_of_profile(profile: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The form and the rows of its cost table that tell a profile: what `profile_of_form` makes a profile of.

    Fields that the form does not know are left out.
    """
    project, wages = profile.get("project") or {}, profile.get("wage_plan") or {}
    form = {n: profile[n] for n in ("prefecture", "city", "industry", "industry_detail", "employees") if profile.get(n) is not None}
    for name, (yes, no) in YES_NO_WORDS.items():
        if profile.get(name) is not None:
            form[name] = yes if profile[name] else no
    if profile.get("founded"):
        form["founded"] = date.fromisoformat(str(profile["founded"])[:10])
    form |= {n: float(wages[n]) for n in ("per_capita_growth_pct", "payroll_growth_pct") if wages.get(n) is not None}
    if wages.get("min_wage_raise_yen") is not None:
        form["min_wage_raise_yen"] = int(wages["min_wage_raise_yen"])
    for name, owner in (("capital", profile), ("planned_sales", profile), ("cost", project)):
        if owner.get(f"{name}_yen") is not None:
            form[f"{name}_man"] = owner[f"{name}_yen"] / MAN
    form |= {n: project[n] for n in ("description", "purposes", "tax") if project.get(n)}
    rows = [
        {"category": i.get("category"), "description": i.get("description"), "man": i["yen"] / MAN}
        for i in project.get("cost_items") or ()
        if i.get("yen") is not None
    ]
    return form, rows


def profile_lines(profile: dict[str, Any]) -> tuple[str, ...]:
    """What was read of firm and project, a line a field, safe to render."""
    form, rows = form_of_profile(profile)
    out = []
    for name, label in FIELD_LABELS.items():
        if form.get(name) is None or form[name] == []:
            continue
        told = form[name]
        if name.endswith("_man"):
            told = yen_words(yen_of(told))
        elif isinstance(told, list):
            told = "、".join(told)
        out.append(f"{label}：{plain(str(told))}")
    return tuple(out + [f"経費：{plain(str(r['description'] or r['category'] or ''))} {yen_words(yen_of(r['man']))}" for r in rows])


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
    place = f"{source['document']}「{source['section']}」（{day(source['as_of'])} 時点）" if source.get("document") else ""
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
