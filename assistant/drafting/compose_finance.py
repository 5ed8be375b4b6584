"""Composers of figures: past and planned years, expenses, grant, funding, pay. They only lay out what the ledger holds."""

from __future__ import annotations

from assistant.drafting.costs import Line
from assistant.drafting.finance import PAST_YEARS, PLAN_YEARS, YearView
from assistant.drafting.ink import Ink, table, yen
from assistant.drafting.records import Block, Bullets, Para, Table
from assistant.rules.limits import head

_BOOKS = "決算書（損益計算書・貸借対照表）から転記"
_BLANK = "－"


def financial_record(ink: Ink) -> tuple[Block, ...]:
    """財務実績: the last years as they were, and how they moved."""
    past = [v for v in ink.plan.years if v.past][-PAST_YEARS:]
    if not past:
        return (Para(ink.gap("financials", f"直近{PAST_YEARS}期の売上高・利益・人件費・減価償却費", _BOOKS)),)
    blocks: list[Block] = [years_table(past, "財務実績（単位：円）"), Para(value_added_note(ink))]
    blocks += [Para(t) for t in (record_sentence(ink, past), loss_sentence(ink, past)) if t]
    if len(past) < PAST_YEARS:
        blocks.append(Para(ink.gap("financials", f"直近{PAST_YEARS}期のうち足りない期の数値", _BOOKS)))
    blocks += _lacking(ink, past, "financials")
    return tuple(blocks)


def financial_plan(ink: Ink) -> tuple[Block, ...]:
    """財務計画: from the last past year on, with growth as compound yearly rate."""
    plan = [v for v in ink.plan.years if not v.past]
    past = [v for v in ink.plan.years if v.past][-1:]
    if not plan:
        where = "売上は客数×単価、費用は増やす人員と設備から積み上げる"
        return (Para(ink.gap("plan", f"今後{PLAN_YEARS}年間の売上高・利益・人件費・減価償却費の計画", where)),)
    blocks: list[Block] = [years_table([*past, *plan], "財務計画（単位：円）")]
    growth = ink.plan.growth
    if growth is not None and ink.has("va-cagr"):
        first, last = f"year:{growth.base_year}", f"year:{growth.end_year}"
        text = (
            f"付加価値額は、{ink.fig(first)}の{ink.fig(f'va:{growth.base_year}')}から{ink.fig(last)}の"
            f"{ink.fig(f'va:{growth.end_year}')}へ、年平均{ink.fig('va-cagr')}（複利）の成長を計画しています。"
        )
        blocks.append(Para(text))
    if growth is not None and ink.has("sales-cagr"):
        sales = (
            f"売上高は{ink.fig(f'sales:{growth.base_year}')}から{ink.fig(f'sales:{growth.end_year}')}へ、"
            f"年平均{ink.fig('sales-cagr')}（複利）です。基準は実績の最終年度です。"
        )
        blocks.append(Para(sales))
    if len(plan) < PLAN_YEARS:
        why = f"計画は{len(plan)}年分です。{PLAN_YEARS}年の計画を求める制度では、残りの年度を書き足してください。"
        blocks.append(Para(why))
    blocks += _lacking(ink, plan, "plan")
    blocks.append(Para(ink.gap("plan.basis", "売上計画の根拠（客数×単価×日数など）", "顧客台帳、予約記録、見積・引合いの記録")))
    return tuple(blocks)


def years_table(years: list[YearView], caption: str) -> Table:
    """Nine items by year; what nobody told is a dash."""
    items = (
        ("売上高", [v.year.sales_yen for v in years]), ("売上総利益", [v.gross_profit_yen for v in years]),
        ("営業利益", [v.year.operating_profit_yen for v in years]), ("経常利益", [v.year.ordinary_profit_yen for v in years]),
        ("人件費", [v.personnel_yen for v in years]), ("減価償却費", [v.year.depreciation_yen for v in years]),
        ("付加価値額", [v.value_added_yen for v in years]), ("借入金（期末）", [v.year.borrowings_yen for v in years]),
        ("純資産（期末）", [v.year.net_assets_yen for v in years]),
    )  # fmt: skip
    rows = [(name, *(_BLANK if x is None else f"{x:,}" for x in values)) for name, values in items]
    head = ("項目", *(v.label for v in years))
    return table(
        head, rows, numeric=tuple(range(1, len(head))), strong=(6,), widths=(11, *([12] * len(years))), caption=caption
    )


def value_added_note(ink: Ink) -> str:
    """How value added is summed up for this kind of firm."""
    if ink.facts.corporation:
        return "付加価値額＝営業利益＋人件費（役員報酬、給与・賞与、福利厚生費）＋減価償却費。"
    return "付加価値額（個人事業）＝差引金額＋利子割引料＋減価償却費＋給料賃金＋福利厚生費。"


def record_sentence(ink: Ink, past: list[YearView]) -> str:
    """How sales moved over the years shown; empty if they are not told."""
    first, last = past[0].year, past[-1].year
    if first.sales_yen is None or last.sales_yen is None or len(past) < 2:
        return ""
    names = [ink.fig(f"sales:{y.fiscal_year}") for y in (first, last)]
    went = "増えて" if last.sales_yen > first.sales_yen else "減って" if last.sales_yen < first.sales_yen else "変わらずに推移して"
    text = f"売上高は、{ink.fig(f'year:{first.fiscal_year}')}の{names[0]}から{ink.fig(f'year:{last.fiscal_year}')}の{names[1]}へ{went}います"
    if not ink.has("past-sales-cagr"):
        return f"{text}。"
    rate = ink.fig("past-sales-cagr")
    return f"{text}（前年度からの増減率 {rate}）。" if last.fiscal_year - first.fiscal_year == 1 else f"{text}（年平均{rate}、複利）。"


def loss_sentence(ink: Ink, past: list[YearView]) -> str:
    """How operating profit stands: losses in a row, or the last result; empty if it is not told."""
    profits = [v.year.operating_profit_yen for v in past]
    if any(p is None for p in profits):
        return ""
    last = past[-1].year
    shown = ink.fig(f"op:{last.fiscal_year}")
    losses = next((i for i, p in enumerate(reversed(profits)) if p is not None and p >= 0), len(profits))
    if losses:
        better = len(profits) > 1 and (profits[-1] or 0) > (profits[0] or 0)
        run = f"{losses}期続けて営業赤字です" if losses > 1 else "直近の期は営業赤字です"
        return f"{run}（直近は{shown}）。" + ("赤字の幅は縮まっています。" if better and losses > 1 else "")
    return f"直近の営業利益は{shown}です。"


def _lacking(ink: Ink, years: list[YearView], part: str) -> list[Block]:
    """A gap for the items that a year does not tell."""
    names = {
        "sales_yen": "売上高", "operating_profit_yen": "営業利益", "ordinary_profit_yen": "経常利益",
        "salaries_bonus_yen": "給与・賞与", "welfare_yen": "福利厚生費", "depreciation_yen": "減価償却費",
        "borrowings_yen": "借入金（期末）", "net_assets_yen": "純資産（期末）",
    }  # fmt: skip
    if ink.facts.corporation:
        names["officer_compensation_yen"] = "役員報酬"
    lacking = [label for name, label in names.items() if any(getattr(v.year, name) is None for v in years)]
    lacking += ["売上総利益"] if any(v.gross_profit_yen is None for v in years) else []
    where = _BOOKS if part == "financials" else "過去の実績と今後の方針から見積もる"
    return [Para(ink.gap(part, f"表で「{_BLANK}」の項目（{'、'.join(lacking)}）", where))] if lacking else []


def expense_table(ink: Ink) -> tuple[Block, ...]:
    """経費明細表 and how the grant comes about."""
    plan = ink.plan
    if not plan.lines:
        return (Para(ink.gap("project.expenses", "経費の区分・内容・金額（税抜）", "見積書を取り、1件ずつ書く")),)
    rows = []
    for i, x in enumerate(plan.lines):
        price, times = x.expense.unit_price_yen, x.expense.quantity or 1
        how = f"{price:,}円×{times:,}" if price is not None else _BLANK
        rows.append((x.category_label, ink.own(x.expense.label), how, ink.fig(f"line:{i}"), _counted(x)))
    rows.append(("合計", "", "", ink.fig("spending"), yen(plan.eligible_yen)))
    head = ("経費区分", "内容", "単価×数量", "支出額", "補助対象経費")
    blocks: list[Block] = [
        table(head, rows, numeric=(3, 4), strong=(len(rows) - 1,), widths=(16, 34, 18, 15, 17), caption="経費明細"),
    ]
    if any(e.yen is None for e in ink.facts.expenses):
        blocks.append(Para(ink.gap("project.expenses", "金額のない経費の見積額（税抜）", "仕入先・工事業者の見積書")))
    blocks += grant_blocks(ink)
    return tuple(blocks)


def _counted(line: Line) -> str:
    """What of an expense the grant is computed on."""
    if not line.eligible:
        return "対象外"
    return _BLANK if line.expense.yen is None else yen(line.yen)


def grant_blocks(ink: Ink) -> list[Block]:
    """The grant with its derivation, and the table of the form where a part is limited."""
    grant = ink.plan.grant
    if grant is None or grant.subsidy_yen is None:
        if ink.plan.place is None:
            gap = ink.gap("target.programme", "申請する補助金・枠・公募回", "shirube match や商工会・商工会議所の相談で決める")
        else:
            why = "、".join(m.why for m in ink.plan.missing) or "対象となる経費がありません。"
            gap = f"補助金額は計算できません。{why}"
        return [Para(gap)]
    rows = _share_rows(ink)
    rows += [("補助対象経費の合計", ink.fig("eligible")), ("補助率", ink.fig("rate") if ink.has("rate") else _BLANK)]
    rows += [("補助上限額", ink.fig("cap") if ink.has("cap") else _BLANK), ("補助金の申請額", ink.fig("subsidy"))]
    caption = "補助金額の計算"
    blocks: list[Block] = [table(("項目", "金額・率"), rows, numeric=(1,), strong=(len(rows) - 1,), widths=(60, 40), caption=caption)]
    blocks.append(Bullets(tuple(f"計算：{_with_categories(s, ink)}" for s in grant.steps)))
    return blocks


def _with_categories(step: str, ink: Ink) -> str:
    """A step of the computation with the categories of a limit instead of the beginning of its text."""
    place = ink.plan.place
    for limit in place.frame.limits if place and place.frame else ():
        labels = [c.label for c in place.edition.categories if c.id in (limit.categories or limit.except_categories)] if place else []
        name = "・".join(labels) + ("以外" if limit.except_categories else "")
        step = step.replace(f"（{head(limit)}）", f"（{name}）")
    return step


def _limited_name(ink: Ink) -> str:
    """The categories whose part of the grant is limited, as the form names them."""
    share, place = ink.plan.grant.share if ink.plan.grant else None, ink.plan.place
    if share is None or place is None:
        return ""
    return "・".join(c.label for c in place.edition.categories if c.id in share.limit.categories)


def _share_rows(ink: Ink) -> list[tuple[str, str]]:
    share = ink.plan.grant.share if ink.plan.grant else None
    if share is None or not share.cost_yen:
        return []
    name = _limited_name(ink)
    rows = [
        (f"補助対象経費（{name}を除く）", yen(share.main_cost_yen)), (f"同じく補助金（{name}を除く）", yen(share.main_yen)),
        (f"{name}の補助対象経費", yen(share.cost_yen)), (f"{name}の補助金（割合の上限まで）", yen(share.kept_yen)),
    ]  # fmt: skip
    return [*rows, (f"{name}の補助金が全体に占める割合", ink.fig("share"))] if ink.has("share") else rows


def funding_table(ink: Ink) -> tuple[Block, ...]:
    """資金調達方法: who pays what, and how the time until the grant arrives is bridged."""
    b = ink.plan.balance
    told = b.self_yen is not None or b.bank_yen is not None or b.other_yen is not None
    others = (b.other_yen or 0) - b.expected_yen
    rows = [
        ("自己資金", _amount(b.self_yen)), ("補助金", _amount(ink.plan.subsidy_yen)), ("金融機関からの借入金", _amount(b.bank_yen)),
        ("その他", _amount(others if b.other_yen is not None else None)),
        ("合計", yen((b.self_yen or 0) + b.subsidy_yen + (b.bank_yen or 0) + others) if told else _BLANK),
        ("支出の総額", ink.fig("spending") if ink.plan.spending_yen else _BLANK),
        ("自己負担（支出－補助金）", ink.fig("own") if ink.plan.spending_yen else _BLANK),
    ]  # fmt: skip
    blocks: list[Block] = [table(("区分", "金額"), rows, numeric=(1,), strong=(4, 6), widths=(60, 40), caption="資金の調達")]
    if not told:
        blocks.append(Para(ink.gap("funding", "自己資金・借入金・その他の額", "預金残高と金融機関の見込みを確かめる")))
    bridge = b.bridge_yen
    if bridge:
        text = f"補助金は後払いのため、入金までの{yen(bridge)}は金融機関からのつなぎ借入で立て替えます。"
    else:
        text = ink.gap("funding.bank_bridge_yen", "補助金が入るまでの立替の手当て（自己資金か、つなぎ借入か）", "取引金融機関に相談")
    return (*blocks, Para(text))


def _amount(value: int | None) -> str:
    return _BLANK if value is None else yen(value)


def wage_target(ink: Ink) -> tuple[Block, ...]:
    """賃上げの目標: headcount converted, base, target and what the plan reaches."""
    pay = ink.plan.pay
    if pay.target_yen is None or pay.base_year is None:
        why = pay.missing[0].why if pay.missing else "従業員の人数と労働時間、給与・賞与の計画が要ります"
        return (Para(ink.gap("wage_plan", "1人あたり給与支給総額の目標", why.rstrip("。"))),)
    rows = [
        ("換算した従業員数", ink.fig("fte")),
        (f"基準（{pay.base_year}年度の1人あたり給与支給総額）", ink.fig("pay-base")),
        (f"目標（{pay.required_percent}%以上の増加）", ink.fig("pay-target")),
    ]
    if ink.has("pay-end"):
        rows.append((f"計画（{pay.end_year}年度の1人あたり給与支給総額）", f"{ink.fig('pay-end')}（{ink.fig('pay-growth')}増）"))
    blocks: list[Block] = [table(("項目", "値"), rows, numeric=(1,), strong=(2,), widths=(60, 40), caption="賃上げの目標")]
    steps = (*(pay.headcount.steps if pay.headcount else ()), *pay.steps)
    blocks.append(Bullets(tuple(f"計算：{s}" for s in steps)))
    blocks.append(Para("給与・賞与だけで計算し、役員報酬と福利厚生費は含めていません。"))
    return tuple(blocks)
