"""Step 4b: the workbook. Inputs are values, everything computed is a live formula that gives the ledger's figure."""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.numbers import FORMAT_PERCENTAGE_00
from openpyxl.utils import get_column_letter

from assistant.drafting.draft import Draft
from assistant.drafting.finance import YearView
from assistant.drafting.labels import field_label
from assistant.drafting.layout import CHECK_TITLE, DRAFT_MARK

FONT = "Noto Sans CJK JP"
YEN, PERCENT, PEOPLE = "#,##0", FORMAT_PERCENTAGE_00, "0.00"
COSTS, GRANT, FUNDS, YEARS, PAY = "経費明細", "補助金", "資金調達", "財務", "賃上げ"
_EDGE = Side(style="thin", color="B8C4C3")
_LINE = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_HEAD = PatternFill("solid", fgColor="E8F0EF")
_NUDGE = "0.0000001"
"""Added before cutting: a spreadsheet holds 1/3 as a binary number that may fall just short."""


class Sheet:
    """One sheet, written row by row."""

    def __init__(self, book: Workbook, title: str, widths: tuple[int, ...]) -> None:
        self.page: Any = book.create_sheet(title)
        self.row = 0
        for i, width in enumerate(widths, 1):
            self.page.column_dimensions[get_column_letter(i)].width = width
        self.page.page_setup.orientation, self.page.page_setup.paperSize = "landscape", self.page.PAPERSIZE_A4
        self.page.page_setup.fitToHeight = 0
        self.page.sheet_properties.pageSetUpPr.fitToPage = True

    def add(self, cells: list[Any], form: str = YEN, head: bool = False) -> int:
        """Write a row; text is text even if it looks like a formula, formulas are `Formula`. Gives the row's number."""
        self.row += 1
        for i, value in enumerate(cells, 1):
            cell = self.page.cell(self.row, i)
            if value is None:
                cell.value = None
            elif isinstance(value, Formula):
                cell.value, cell.number_format = f"={value.text}", value.form or form
            elif isinstance(value, str):
                cell.value, cell.data_type = value, "s"
            else:
                cell.value, cell.number_format = value, form
            cell.font = Font(name=FONT, size=10, bold=head)
            cell.border = _LINE
            cell.alignment = Alignment(wrap_text=isinstance(value, str), vertical="top")
            if head:
                cell.fill = _HEAD
        return self.row

    def skip(self) -> None:
        """Leave a row empty."""
        self.row += 1


class Formula:
    """A live formula and its number format."""

    def __init__(self, text: str, form: str | None = None) -> None:
        self.text, self.form = text, form


def render_xlsx(draft: Draft) -> bytes:
    """The draft's figures as a workbook."""
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    book.properties.title, book.properties.creator = f"{draft.title}（{DRAFT_MARK}）", draft.facts.company.name
    total, eligible = _costs(book, draft)
    subsidy = _grant(book, draft, eligible)
    _funds(book, draft, total, subsidy)
    _years(book, draft)
    if draft.plan.pay.headcount is not None:
        _pay(book, draft)
    _check(book, draft)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _costs(book: Workbook, draft: Draft) -> tuple[str, str]:
    """The expenses; gives the cells of spending and eligible cost."""
    sheet = Sheet(book, COSTS, (20, 42, 14, 8, 16, 10, 18))
    sheet.add(["経費区分", "内容", "単価", "数量", "支出額", "対象", "補助対象経費"], head=True)
    first = sheet.row + 1
    divide = draft.facts.tax == "incl"
    for x in draft.plan.lines:
        e, n = x.expense, sheet.row + 1
        price = e.unit_price_yen
        multiplies = price is not None and e.yen == price * (e.quantity or 1)
        spent: Any = Formula(f"C{n}*D{n}") if multiplies else x.spent_yen
        base: Any = Formula(f'IF(F{n}="対象",{_untaxed(f"E{n}", x.spent_yen, x.yen) if divide else f"E{n}"},0)')
        sheet.add([x.category_label, e.label, price, e.quantity or (1 if multiplies else None), spent, "対象" if x.eligible else "対象外", base])
    last = max(sheet.row, first)
    row = sheet.add(["合計", "", None, None, Formula(f"SUM(E{first}:E{last})"), "", Formula(f"SUM(G{first}:G{last})")], head=True)
    return f"{COSTS}!E{row}", f"{COSTS}!G{row}"


def _untaxed(cell: str, spent: int, bare: int) -> str:
    """The formula that takes tax out; the divisor is the one of the ledger."""
    ratio = Fraction(spent, bare).limit_denominator(100) if bare else Fraction(1)
    return f"INT({cell}*{ratio.denominator}/{ratio.numerator}+{_NUDGE})"


def _grant(book: Workbook, draft: Draft, eligible: str) -> str | None:
    """How the grant comes about; gives its cell, None if there is none."""
    grant = draft.plan.grant
    if grant is None or grant.amount is None or grant.subsidy_yen is None:
        return None
    sheet = Sheet(book, GRANT, (52, 20))
    sheet.add(["項目", "値"], head=True)
    whole = sheet.add(["補助対象経費の合計", Formula(eligible)])
    if grant.rate is None or "/" not in grant.rate or "・" in grant.rate or grant.counted_yen != draft.plan.eligible_yen:
        before = sheet.add(["上限の前の補助額（計算の手順は下）", grant.amount.before_cap_yen])
    else:
        before = _by_rate(sheet, draft, whole)
    cap = sheet.add(["補助上限額", grant.cap_yen]) if grant.cap_yen is not None else None
    able = sheet.add(["申請できるか（できる＝1、できない＝0）", int(grant.subsidy_yen > 0 or grant.amount.before_cap_yen == 0)])
    capped = f"MIN(B{before},B{cap})" if cap else f"B{before}"
    row = sheet.add(["補助金の申請額", Formula(f"{capped}*B{able}")], head=True)
    sheet.skip()
    for step in grant.steps:
        sheet.add([f"計算：{step}"])
    return f"{GRANT}!B{row}"


def _by_rate(sheet: Sheet, draft: Draft, whole: int) -> int:
    """Cost x rate, cut to the unit of the edition, with the part that is limited to a share of the whole."""
    grant, place = draft.plan.grant, draft.plan.place
    if grant is None or grant.rate is None or place is None or place.frame is None:
        raise ValueError("a grant without a frame")
    top, bottom = grant.rate.split("/")
    unit = 1000 if place.frame.rounding == "down_thousand" else 1
    rate = sheet.add(["補助率（分子）", int(top)]), sheet.add(["補助率（分母）", int(bottom)])

    def cut(cell: str) -> str:
        return f"INT({cell}*B{rate[0]}/B{rate[1]}/{unit}+{_NUDGE})*{unit}"

    share = grant.share
    if share is None or not share.cost_yen:
        return sheet.add(["補助対象経費×補助率（端数切捨て）", Formula(cut(f"B{whole}"))])
    labels = [c.label for c in place.edition.categories if c.id in share.limit.categories]
    last = len(draft.plan.lines) + 1
    sums = "+".join(f'SUMIF({COSTS}!A2:A{last},"{label}",{COSTS}!G2:G{last})' for label in labels)
    part = sheet.add([f"{'・'.join(labels)}の補助対象経費", Formula(sums)])
    main = sheet.add(["それ以外の補助金（端数切捨て）", Formula(cut(f"(B{whole}-B{part})"))])
    limit = Fraction(share.limit.ratio or "1")
    room = limit / (1 - limit)
    most_of = f"B{main}*{room.numerator}/{room.denominator}"
    if grant.cap_yen is not None:  # what is applied for is never more than the cap, and the share is measured on it
        most_of = f"MIN({most_of},{grant.cap_yen}*{limit.numerator}/{limit.denominator})"
    most = sheet.add([f"{'・'.join(labels)}の補助金の上限（全体の{share.limit.ratio}）", Formula(f"INT({most_of}+{_NUDGE})")])
    kept = sheet.add([f"{'・'.join(labels)}の補助金", Formula(f"MIN({cut(f'B{part}')},B{most})")])
    return sheet.add(["補助率を掛けた額の合計", Formula(f"B{main}+B{kept}")])


def _funds(book: Workbook, draft: Draft, total: str, subsidy: str | None) -> None:
    sheet, b = Sheet(book, FUNDS, (40, 20)), draft.plan.balance
    sheet.add(["区分", "金額"], head=True)
    spending = sheet.add(["支出の総額", Formula(total)])
    grant = sheet.add(["補助金", Formula(subsidy) if subsidy else b.subsidy_yen])
    own = sheet.add(["自己負担（支出－補助金）", Formula(f"B{spending}-B{grant}")], head=True)
    others = None if b.other_yen is None else b.other_yen - b.expected_yen
    rows = [sheet.add([name, value]) for name, value in (("自己資金", b.self_yen), ("金融機関からの借入金", b.bank_yen), ("その他", others))]
    sheet.add(["不足（＋）・過剰（－）", Formula(f"B{own}-SUM(B{rows[0]}:B{rows[-1]})")])
    sheet.add(["補助金が入るまでのつなぎ借入", b.bridge_yen])


_ITEMS = (
    ("売上高", "sales_yen"), ("売上総利益", ""), ("営業利益", "operating_profit_yen"), ("経常利益", "ordinary_profit_yen"),
    ("役員報酬", "officer_compensation_yen"), ("給与・賞与", "salaries_bonus_yen"), ("福利厚生費", "welfare_yen"),
    ("人件費", "="), ("減価償却費", "depreciation_yen"), ("利子割引料（個人）", "interest_yen"), ("付加価値額", "="),
    ("借入金（期末）", "borrowings_yen"), ("純資産（期末）", "net_assets_yen"), ("従業員数", "employees"),
)  # fmt: skip


def _years(book: Workbook, draft: Draft) -> None:
    """Past and planned years; personnel cost, value added and growth are formulas."""
    years = draft.plan.years
    sheet = Sheet(book, YEARS, (26, *([16] * max(1, len(years)))))
    sheet.add(["項目（円）", *(v.label for v in years)], head=True)
    corporation = draft.facts.corporation
    for name, source in _ITEMS:
        cells: list[Any] = [_year_cell(v, name, source, get_column_letter(i), corporation) for i, v in enumerate(years, 2)]
        sheet.add([name, *cells], head=name == "付加価値額")
    sheet.skip()
    growth = draft.plan.growth
    if growth is None:
        return
    at = {v.year.fiscal_year: get_column_letter(i) for i, v in enumerate(years, 2)}
    first, last, span = at[growth.base_year], at[growth.end_year], growth.end_year - growth.base_year
    for name, row, value in (("付加価値額", 12, growth.value_added_pct), ("売上高", 2, growth.sales_pct)):
        if value is not None:
            text = f"ROUND(({last}{row}/{first}{row})^(1/{span})-1,4)"
            sheet.add([f"{name}の年平均成長率（{growth.base_year}→{growth.end_year}年度、複利）", Formula(text, PERCENT)])


def _year_cell(v: YearView, name: str, source: str, column: str, corporation: bool) -> Any:
    if name == "売上総利益":
        return v.gross_profit_yen
    if name == "人件費":
        return None if v.personnel_yen is None else Formula(f"SUM({column}{6 if corporation else 7}:{column}8)")
    if name == "付加価値額":
        extra = "" if corporation else f"+{column}11"
        return None if v.value_added_yen is None else Formula(f"{column}4+{column}9+{column}10{extra}")
    return getattr(v.year, source)


def _pay(book: Workbook, draft: Draft) -> None:
    """Pay per employee: base, target and plan as formulas."""
    pay, sheet = draft.plan.pay, Sheet(book, PAY, (60, 20))
    if pay.headcount is None:
        return
    sheet.add(["項目", "値"], head=True)
    heads = sheet.add(["換算した従業員数", Formula(str(pay.headcount.total), PEOPLE)])
    columns = {v.year.fiscal_year: get_column_letter(i) for i, v in enumerate(draft.plan.years, 2)}

    def per_head(year: int) -> str:
        return f"{YEARS}!{columns[year]}7/B{heads}"

    if pay.latest_yen is not None and pay.latest_year is not None:
        sheet.add([f"{pay.latest_year}年度の実績（1人あたり給与支給総額）", Formula(f"INT({per_head(pay.latest_year)}+{_NUDGE})")])
    if pay.base_yen is None or pay.base_year is None or pay.target_yen is None or pay.required_percent is None:
        return
    sheet.add([f"{pay.base_year}年度（基準）", Formula(f"INT({per_head(pay.base_year)}+{_NUDGE})")])
    span = max(1, (pay.end_year or pay.base_year + 1) - pay.base_year)
    rate = sheet.add(["求められる増加率", Formula(f"{pay.required_percent}/100", PERCENT)])
    sheet.add(["目標（切上げ）", Formula(f"ROUNDUP({per_head(pay.base_year)}*(1+B{rate})^{span}-{_NUDGE},0)")], head=True)
    if pay.end_yen is not None and pay.end_year is not None:
        sheet.add([f"{pay.end_year}年度（計画）", Formula(f"INT({per_head(pay.end_year)}+{_NUDGE})")])


def _check(book: Workbook, draft: Draft) -> None:
    sheet = Sheet(book, CHECK_TITLE, (24, 90))
    sheet.add(["項目", "内容"], head=True)
    for p in draft.problems:
        sheet.add([field_label(p.where, draft.facts), p.text])
    for m in draft.missing:
        sheet.add([field_label(m.field, draft.facts), f"足りない事実：{m.why}"])
