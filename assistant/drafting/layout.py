"""What every rendering shows around the sections: the head of the document and the last page, as the same records."""

from __future__ import annotations

from assistant.drafting.draft import Draft
from assistant.drafting.ink import yen
from assistant.drafting.labels import field_label, grouped
from assistant.drafting.records import Block, Bullets, Para, Table
from assistant.rules.values import format_date

DRAFT_MARK = "下書き"
CHECK_TITLE = "確認事項"
SUMMARY_TITLE = "計算のまとめ"
GUIDE = "書くこと："


def cover_lines(draft: Draft) -> tuple[str, ...]:
    """The lines under the title: target, day, deadline, state of the knowledge."""
    place, out = draft.plan.place, []
    if place is not None:
        out.append(f"申請先：{place.label}")
        closes = place.window.closes
        if closes is not None:
            out.append(f"申請の締切：{closes.on.text()}")
        out += [f"{e.label}：{e.on.text()}" for e in (*place.events("support_plan"), *place.events("project_end"))]
    out.append(f"作成日：{format_date(draft.facts.today)}（資料は{draft.as_of}時点。最新の公募要領で確認してください）")
    return tuple(out)


def _where(field: str, draft: Draft) -> str:
    """A field in Japanese with its path in the company file below."""
    label = field_label(field, draft.facts)
    return field if label == field else f"{label}\n（{field}）"


def cover_note() -> str:
    """What the document is and is not."""
    return (
        "この文書は、会社ファイルの事実と公募資料の計算から機械が組み立てた下書きです。申請書は申請者自身が作るものです。"
        "【要記入】を埋め、内容を確かめ、自分の言葉に直してから使ってください。"
    )


def summary_table(draft: Draft) -> Table:
    """The figures of the ledger at a glance."""
    plan, c = draft.plan, draft.plan.computed()
    spent = (yen(plan.spending_yen), yen(plan.eligible_yen)) if plan.spending_yen else ("経費が未記入", "－")
    rows = [("支出の総額", spent[0]), ("うち補助対象経費", spent[1])]
    if plan.excluded_yen:
        rows.append(("うち対象外", yen(plan.excluded_yen)))
    if plan.subsidy_yen is not None:
        rows += [("補助率", str(c["rate"] or "－")), ("補助上限額", yen(c["cap_yen"]) if c["cap_yen"] is not None else "－")]
        rows += [("補助金の申請額", yen(plan.subsidy_yen)), ("自己負担", yen(plan.balance.own_funds_yen))]
    growth, pay = plan.growth, plan.pay
    if growth is not None and growth.value_added_pct is not None:
        rows.append((f"付加価値額の年平均成長率（{growth.base_year}→{growth.end_year}年度）", f"{growth.value_added_pct}%"))
    if growth is not None and growth.sales_pct is not None:
        rows.append((f"売上高の年平均成長率（{growth.base_year}→{growth.end_year}年度）", f"{growth.sales_pct}%"))
    if pay.target_yen is not None:
        rows.append(("1人あたり給与支給総額の目標", yen(pay.target_yen)))
    return Table(("項目", "値"), tuple(rows), numeric=(1,), widths=(62, 38))


def check_blocks(draft: Draft) -> tuple[Block, ...]:
    """The last page: contradictions, what lacks, what to mind."""
    blocks: list[Block] = []
    if draft.problems:
        rows = tuple((str(i), p.text, _where(p.where, draft)) for i, p in enumerate(draft.problems, 1))
        blocks.append(Table(("番号", "内容", "会社ファイルの項目"), rows, widths=(8, 66, 26), caption="直してほしいこと（入力の矛盾）"))
    else:
        blocks.append(Para("入力の矛盾は見つかりませんでした。"))
    if draft.missing:
        lacking = grouped(draft.missing, draft.facts)
        blocks.append(Table(("項目", "何を、どこで"), lacking, widths=(28, 72), caption="足りない事実（本文の【要記入】）"))
    notes = list(draft.plan.notes)
    form = draft.plan.form
    if form is not None and form.max_pages is not None:
        notes.append(f"様式の枚数の目安は最大{form.max_pages}ページ程度です（経費明細表と資金調達方法を除く）。{form.note or ''}")
    authors = [b.by for s in draft.sections for b in s.blocks if not isinstance(b, Table)]
    notes.append(f"本文の段落・箇条書き{len(authors)}個のうち、{authors.count('owner')}個は会社ファイルの文のまま、残りは機械が組み立てた文です。")
    blocks.append(Bullets(tuple(notes)))
    return tuple(blocks)
