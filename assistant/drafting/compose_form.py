"""Composers of the application form's fields; what the chain has composed already is laid out anew, never told twice over."""

from __future__ import annotations

from assistant.drafting.compose_analysis import description_blocks, swot_lists
from assistant.drafting.compose_finance import loss_sentence, record_sentence, years_table
from assistant.drafting.finance import PAST_YEARS
from assistant.drafting.ink import Ink, table
from assistant.drafting.records import Block, Bullets, Para

_BOOKS = "決算書・売上台帳で確かめる"
_PLAN = "誰が・いつ・何をするかを決めて書く"


def company_outline(ink: Ink) -> tuple[Block, ...]:
    """自社の概要: what the firm is and does."""
    c = ink.facts.company
    parts = []
    if c.founded:
        parts.append(f"{c.founded.year}年に{'設立' if ink.facts.corporation else '開業'}しました。")
    if ink.has("employees"):
        parts.append(f"従業員は{ink.fig('employees')}です。")
    blocks = description_blocks(ink)
    blocks += [Para("".join(parts))] if parts else []
    told = [s for s in ink.topic("operation", "strength", "price", "staff") if s not in ink.topic("competitor", "weakness")]
    return (*blocks, ink.points(told)) if told else tuple(blocks)


def sales_profit(ink: Ink) -> tuple[Block, ...]:
    """現在の売上・利益の状況: the last years in short, and what stands behind them."""
    past = [v for v in ink.plan.years if v.past][-PAST_YEARS:]
    if not past:
        return (Para(ink.gap("financials", "直近の売上高・売上総利益・経常利益と、その理由", _BOOKS)),)
    short = years_table(past, "売上と利益の推移（単位：円）")
    rows = tuple(r for r in short.rows if r[0] in ("売上高", "売上総利益", "営業利益", "経常利益"))
    blocks: list[Block] = [table(short.head, rows, numeric=short.numeric, widths=short.widths, caption=short.caption)]
    text = "".join(t for t in (record_sentence(ink, past), loss_sentence(ink, past)) if t)
    blocks += [Para(text)] if text else []
    blocks.append(Para(ink.gap("financials.reason", "売上・利益が動いた理由と、売上の多い商品・利益の多い商品", _BOOKS)))
    return tuple(blocks)


def issues(ink: Ink) -> tuple[Block, ...]:
    """経営課題: what the owner named, else what his facts show."""
    told = [*ink.facts.issues, *ink.facts.weaknesses] or list(ink.topic("weakness"))
    past = [v for v in ink.plan.years if v.past]
    loss = loss_sentence(ink, past) if past else ""
    blocks: list[Block] = [ink.points(told)] if told else []
    if "赤字" in loss:
        blocks.append(Para(loss + "売上総利益を増やし、黒字に戻すことが課題です。"))
    if not ink.facts.issues:
        blocks.append(Para(ink.gap("business.issues", "経営課題と、その原因", "売上・客数・作業時間の記録から、数で示す")))
    return tuple(blocks)


def market_trend(ink: Ink) -> tuple[Block, ...]:
    """市場動向: told facts on market and competitors, and the gap for public figures."""
    told = list(dict.fromkeys([*ink.facts.opportunities, *ink.facts.threats, *ink.topic("market"), *ink.facts.competitors, *ink.topic("competitor")]))
    gap = ink.gap("opportunities", "商圏の人口・客数・需要の推移と見通し", "e-Stat、RESAS、市町村や業界団体の統計。出典と年を書く")
    return (ink.points(told), Para(gap)) if told else (Para(gap),)


def customer_needs(ink: Ink) -> tuple[Block, ...]:
    """顧客ニーズ: what customers want and say."""
    told = list(dict.fromkeys([*ink.facts.customers, *ink.facts.reviews, *ink.topic("customer")]))
    blocks: tuple[Block, ...] = (ink.points(told),) if told else ()
    if ink.facts.customers or ink.facts.reviews:
        return blocks
    gap = ink.gap("customers", "客が求めているものと、その裏付けとなる声や件数", "アンケート、口コミ、問合せの記録")
    return (*blocks, Para(gap))


def strengths_weaknesses(ink: Ink) -> tuple[Block, ...]:
    """強み・弱み of the firm and what it sells."""
    lists = swot_lists(ink)
    rows = []
    for key, name, field, what in (("S", "強み", "strengths", "他社より優れ、客に評価されている点"), ("W", "弱み", "weaknesses", "足りない点、改めたい点")):
        cell = "\n".join(f"・{ink.own(s)}" for s in lists[key])
        rows.append((name, cell or ink.gap(field, what, "客の声、設備、人、技術から拾う")))
    return (table(("区分", "内容"), rows, widths=(16, 84)),)


def policy_goals(ink: Ink) -> tuple[Block, ...]:
    """経営方針・目標: the owner's direction, and the plan's figures as goals."""
    blocks: list[Block] = [ink.points(ink.facts.direction)] if ink.facts.direction else []
    if ink.facts.purpose:
        blocks.append(Para(f"今回の取組のねらいは、{ink.quote([ink.facts.purpose])}です。"))
    if not ink.facts.direction:
        blocks.append(Para(ink.gap("business.direction", "これからの経営方針（誰に、何を、どう提供するか）", "経営者の考えを書く")))
    planned = [v for v in ink.plan.years if not v.past]
    base = [v for v in ink.plan.years if v.past][-1:]
    if planned:
        short = years_table([*base, *planned], "目標（単位：円）")
        rows = tuple(r for r in short.rows if r[0] in ("売上高", "売上総利益", "営業利益", "付加価値額") and any(c != "－" for c in r[1:]))
        blocks.append(table(short.head, rows, numeric=short.numeric, widths=short.widths, caption=short.caption))
    else:
        blocks.append(Para(ink.gap("plan", "売上高・売上総利益の目標（年度ごと）", "客数×単価で積み上げる")))
    return tuple(blocks)


def future_plan(ink: Ink) -> tuple[Block, ...]:
    """今後のプラン: the steps with time and deed."""
    done = [x.expense.label for x in ink.plan.lines if x.eligible]
    rows = [(ink.gap("project.schedule", "実施の時期", "補助事業の期間の中で決める"), ink.own(label)) for label in done]
    if not rows:
        return (Para(ink.gap("project.schedule", "いつ、何をするかの予定", _PLAN)),)
    end = f"{ink.fig('project-end')}です。" if ink.has("project-end") else ""
    return (Para(f"今回の取組で行うことと時期は次のとおりです。{end}"), table(("時期", "行うこと"), rows, widths=(40, 60)))


def project_title(ink: Ink) -> tuple[Block, ...]:
    """事業名, with its length against the limit of the form."""
    if not ink.facts.title:
        return (Para(ink.gap("project.title_draft", "補助事業で行う事業名", "取組と効果が一目で分かる短い名前を付ける")),)
    return (Para(ink.own(ink.facts.title), "owner"), Para(f"（{len(ink.facts.title)}文字）"))


def project_summary(ink: Ink) -> tuple[Block, ...]:
    """事業の概要: aim, means and money in a few sentences."""
    f, out = ink.facts, list[str]()
    if f.title:
        out.append(f"補助事業名は{ink.quote([f.title])}です。")
    if f.purpose:
        out.append(f"ねらいは{ink.quote([f.purpose])}です。")
    things = [x.expense.label for x in ink.plan.lines if x.eligible]
    if things:
        out.append(f"そのために、{ink.quote(things)}に取り組みます。")
    if ink.has("subsidy") and ink.plan.lines:
        out.append(f"補助対象経費は{ink.fig('eligible')}、補助金の申請額は{ink.fig('subsidy')}、自己負担は{ink.fig('own')}です。")
    blocks = (Para("".join(out)),) if out else ()
    if things and f.purpose:
        return blocks
    return (*blocks, Para(ink.gap("project", "何を、誰に、どうやって行い、何が変わるか", _PLAN)))


def project_background(ink: Ink) -> tuple[Block, ...]:
    """背景・目的: issues and chances that lead to the project."""
    told = list(dict.fromkeys([*ink.facts.issues, *ink.topic("weakness"), *ink.topic("market")]))
    blocks: list[Block] = [Para("取組の背景には、次の事実があります。"), ink.points(told)] if told else []
    if ink.facts.purpose:
        blocks.append(Para(f"これを踏まえ、{ink.quote([ink.facts.purpose])}ことを目的とします。"))
    else:
        blocks.append(Para(ink.gap("project.purpose", "この取組の目的", "どの課題を、どう変えるのかを書く")))
    return tuple(blocks)


def activity_summary(ink: Ink) -> tuple[Block, ...]:
    """取組内容（概要）: one line for each thing that is paid for."""
    things = [(x.category_label, x.expense.label) for x in ink.plan.lines if x.eligible]
    if not things:
        return (Para(ink.gap("project.expenses", "取組の内容（何を、どのような方法で行うか）", _PLAN)),)
    return (Bullets(tuple(f"{ink.own(label)}（{category}）" for category, label in things)),)


def activity_detail(ink: Ink) -> tuple[Block, ...]:
    """取組内容（詳細）: each expense with its place in the work; how and why is the owner's to tell."""
    paid = [(i, x) for i, x in enumerate(ink.plan.lines) if x.eligible]
    if not paid:
        return (Para(ink.gap("project.expenses", "取組の詳しい内容", _PLAN)),)
    rows = []
    for number, (i, x) in enumerate(paid, 1):
        why = ink.gap(f"{x.expense.where}.detail", "なぜ必要か、どう使い、これまでや他社と何が違うか", "仕様書・見積書と現場の課題から書く")
        rows.append((str(number), ink.own(x.expense.label), ink.fig(f"line:{i}"), why))
    head = ("番号", "行うこと", "支出額", "内容と必要な理由")
    return (table(head, rows, numeric=(2,), widths=(8, 32, 18, 42)),)


def efficiency(ink: Ink) -> tuple[Block, ...]:
    """業務効率化: optional; only the owner knows whether there is any."""
    return (Para(ink.gap("project.efficiency", "業務効率化（生産性向上）の取組の有無と内容（任意）", "なければ空欄のまま出す")),)


def effects(ink: Ink) -> tuple[Block, ...]:
    """取組の効果: aim and planned figures; the causal link is the owner's to argue."""
    blocks: list[Block] = []
    if ink.facts.purpose:
        blocks.append(Para(f"この取組により、{ink.quote([ink.facts.purpose])}ことを見込みます。"))
    growth = ink.plan.growth
    if growth is not None and ink.has("sales-cagr"):
        blocks.append(
            Para(
                f"売上高は、{ink.fig(f'year:{growth.base_year}')}の{ink.fig(f'sales:{growth.base_year}')}から"
                f"{ink.fig(f'year:{growth.end_year}')}に{ink.fig(f'sales:{growth.end_year}')}となる計画です（年平均{ink.fig('sales-cagr')}、複利）。"
            )
        )
    blocks.append(Para(ink.gap("project.effects", "取組が客数・単価・作業時間にどう効くか、その理由", "試行の結果、問合せの件数、似た例を根拠にする")))
    return tuple(blocks)


def effect_estimate(ink: Ink) -> tuple[Block, ...]:
    """効果の試算: growth by year as planned, and the gap for customers times price."""
    years = [v for v in ink.plan.years if v.year.sales_yen is not None]
    base = [v for v in years if v.past][-1:]
    planned = [v for v in years if not v.past]
    blocks: list[Block] = []
    if base and planned:
        start = base[0].year.sales_yen or 0
        rows = [(f"{v.year.fiscal_year}年度", f"{v.year.sales_yen:,}", f"{(v.year.sales_yen or 0) - start:+,}") for v in planned]
        head = ("年度", "売上高（円）", f"{base[0].year.fiscal_year}年度との差（円）")
        blocks.append(table(head, rows, numeric=(1, 2), caption="売上高の見込み"))
    blocks.append(Para(ink.gap("project.estimate", "増える客数×単価×日数の内訳と、売上総利益の増え方", "予約・販売の記録と価格表から計算する")))
    return tuple(blocks)
