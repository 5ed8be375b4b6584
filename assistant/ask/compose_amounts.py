"""Computed amounts in words: the amount first, then the steps, what was left out, and that the grant is paid afterwards."""

from __future__ import annotations

import re

from assistant.ask.compose_dates import place_name
from assistant.ask.evidence import AmountFinding, AmountVariant
from assistant.ask.gather_amounts import missing_labels
from assistant.ask.gather_inverse import at_rate, cost_needed
from assistant.ask.ledger import Ledger
from assistant.ask.query import Query
from assistant.ask.results_told import agrees
from assistant.ask.steps import in_short, own_funds_step
from assistant.rules.amounts import Amount, choices
from assistant.rules.conditions import Verdict
from assistant.rules.labels import case_label
from assistant.rules.load import Catalogue
from assistant.rules.schema import Limit, Requirement, SourceRef, YenCase

_AS_CAP = re.compile(r"(の?(枠|上限|区分|満額|コース)|まで(出|もら|使|い))")
"""What follows an amount that is meant as a cap."""
NO_CAP = "（注意：補助上限額は手元の資料に書かれていません。上限があれば、補助額はこれより小さくなります。）"
MOST_CAPS = 6
"""More caps that may hold are no answer to how much there is."""
PAID_LATER = "補助金は後払いなので、当初は全額を立て替える必要があります。"


def amount_text(f: AmountFinding, query: Query, ledger: Ledger, catalogue: Catalogue) -> str:
    """The amount of one frame with its steps."""
    name = _case(f, ledger) + place_name(f.place.window, f.frame.label, catalogue, ledger, _source(f))
    lines = [_excluded(f, ledger)]
    if f.blocked:
        lines.insert(0, f"いいえ、このままでは申請できません。{_filled_limit(f, ledger)}")
        return "\n".join(x for x in lines if x)
    if len(f.variants) > 1 and all(v.amount.blocked for v in f.variants):
        head = f"いいえ、どの場合でもこのままでは申請できません。{name}では次のとおりです{ledger.cite(_source(f))}。"
        lines.insert(0, "\n".join([head, *(_variant(f, v, False, ledger) for v in f.variants)]))
    elif f.missing or not f.variants:
        lines.insert(0, _open(f, name, query.has("own_funds"), ledger))
    elif len(f.variants) == 1:
        lines.insert(0, _one(f, f.variants[0].amount, name, ledger))
    else:
        lines.insert(0, _many(f, name, query.has("own_funds"), ledger))
    if f.claimed_yen is not None and len(f.variants) > 1 and not any(_agrees(f, v.amount) for v in f.variants):
        lines[0] = yes_word(False) + lines[0]  # wrong in every case that is left
    lines.insert(0, _not_ours(f, query, ledger))
    lines += [f"- {ledger.label(n, _source(f))}" for n in f.notes]
    if f.off_total_yen is not None:
        told = ledger.yen(f.off_total_yen, "cost", "from_user")
        lines.append(f"- お書きの合計{told}は、挙げられた費用を足した額と合いません。挙げられた費用で計算しました。")
    rate = f.frame.rate
    if f.frame.cap is None and rate is not None and not (f.frame.components or rate.doubt):
        lines.append(NO_CAP)
    lines += [f"（注意：{d}）" for d in _doubts(f)]
    return "\n".join(x for x in lines if x)


def _case(f: AmountFinding, ledger: Ledger) -> str:
    """What tells an amount from those of the same frame beside it."""
    if f.apart == "course_yen" and f.inputs.get(f.apart) is not None:
        return f"{ledger.yen(int(f.inputs.get(f.apart)), 'course', 'from_user')}コースの場合、"
    if f.apart == "cost_yen":
        return f"対象経費{ledger.yen(f.cost_yen, 'eligible_cost', 'computed', _source(f), (f.tax_step,) if f.tax_step else ())}の場合、"
    return ""


def _doubts(f: AmountFinding) -> tuple[str, ...]:
    """What the document leaves open of a cap that cuts an amount; a sentence with figures is left to the figure's own entry."""
    cut = [(f.frame.cap, v.amount.subsidy_yen == v.amount.cap_yen) for v in f.variants]
    cut += [(c.cap, any(s.startswith(f"{c.label}：上限") for s in v.amount.steps)) for v in f.variants for c in f.frame.components]
    found = (table.doubt for table, hit in cut if table is not None and hit and table.doubt)
    return tuple(dict.fromkeys(d.rstrip("。") for d in found if not any(x.isdigit() for x in d)))


def _not_ours(f: AmountFinding, query: Query, ledger: Ledger) -> str:
    """That a cap which the user names is of a case that his does not fall under (a band for special firms)."""
    told = (q for q in query.slots.quantities if q in query.slots.claimed or _AS_CAP.match(query.text, q.end))
    named = {q.whole("yen") for q in told}
    given = {y for v in f.variants for y in (v.amount.cap_yen, v.amount.subsidy_yen)}
    table = f.frame.cap
    for case in table.cases if table and f.variants and not f.missing else ():
        if table and case.yen in named - given and case.when.check(f.inputs) is Verdict.NOT_MET:
            cap = ledger.yen(case.yen, "cap", "sourced", table.source, (), _place(f), table.doubt)
            label = ledger.label(case_label(case, f.frame), table.source)
            return f"いいえ、上限{cap}は「{label}」のときの額で、お聞きした条件では使えません。{ledger.cite(table.source)}\n"
    return ""


def _place(f: AmountFinding) -> tuple[str, str, str]:
    return (f.place.edition.programme, f.place.edition.id, f.frame.id)


def _source(f: AmountFinding) -> SourceRef | None:
    table = f.frame.rate or (f.frame.components[0].rate if f.frame.components else f.frame.cap)
    return table.source if table else None


def _steps(f: AmountFinding, amount: Amount) -> tuple[str, ...]:
    return (f.tax_step, *amount.steps) if f.tax_step else amount.steps


def _one(f: AmountFinding, amount: Amount, name: str, ledger: Ledger) -> str:
    steps, source = _steps(f, amount), _source(f)
    if amount.blocked:
        return _below_floor(f, amount, name, ledger)
    subsidy = ledger.yen(amount.subsidy_yen, "subsidy", "computed", source, steps, _place(f), amount.doubt)
    own = _own_funds(f, amount, ledger)
    start = yes_word(_agrees(f, amount))
    cite = ledger.cite(source)
    text = f"{start}{name}の補助額は{subsidy}です（自己負担は{own}）{cite}。{PAID_LATER}"
    return text + "\n\n計算：\n\n" + "\n".join(f"- {s}" for s in steps)


def _agrees(f: AmountFinding, amount: Amount) -> bool | None:
    """Whether what the user expects is right: the subsidy, to the digits that he gives of it, else what stays to be paid."""
    if f.claimed_yen is None:
        return None if f.claimed_own_yen is None else f.claimed_own_yen == amount.own_funds_yen
    return agrees(f.claimed_yen, amount.subsidy_yen)


def _own_funds(f: AmountFinding, amount: Amount, ledger: Ledger) -> str:
    """What stays to be paid; of a price with consumption tax both without and with it."""
    own = ledger.yen(amount.own_funds_yen, "own_funds", "computed", _source(f), _steps(f, amount), _place(f))
    if f.paid_yen is None:
        return own
    step = own_funds_step(f.paid_yen, amount.subsidy_yen)
    taxed = ledger.yen(f.paid_yen - amount.subsidy_yen, "own_funds", "computed", _source(f), (step,), _place(f))
    return f"税抜で{own}、消費税を含めた支払いでは{taxed}"


def _below_floor(f: AmountFinding, amount: Amount, name: str, ledger: Ledger) -> str:
    floor = ledger.yen(amount.floor_yen or 0, "floor", "sourced", f.frame.floor.source if f.frame.floor else None, (), _place(f))
    raw = ledger.yen(amount.before_cap_yen, "subsidy", "computed", _source(f), _steps(f, amount), _place(f))
    text = f"いいえ、このままでは申請できません。{name}の補助下限額は{floor}で、計算上の補助額{raw}は下限に届きません。"
    needed = cost_needed(f.frame, f.inputs, amount.floor_yen)
    if needed is None and len(amount.rates) == 1 and amount.floor_yen:
        needed = at_rate(amount.rates[0][0], amount.floor_yen)
    if needed is not None:
        cost = ledger.yen(needed.cost_yen, "cost_needed", "computed", _source(f), needed.steps, _place(f))
        text += f"下限に届くには対象経費が{cost}以上必要です（{'、'.join(needed.steps)}）。"
    return text + ledger.cite(_source(f))


def _many(f: AmountFinding, name: str, own: bool, ledger: Ledger) -> str:
    lines = [f"{name}の補助額は、場合ごとに次のとおりです{ledger.cite(_source(f))}。"]
    lines += [_variant(f, v, own, ledger) for v in f.variants]
    return "\n".join([*lines, PAID_LATER])


def _variant(f: AmountFinding, variant: AmountVariant, own: bool, ledger: Ledger) -> str:
    amount, steps = variant.amount, _steps(f, variant.amount)
    if amount.blocked:
        ledger.yen(amount.before_cap_yen, "subsidy", "computed", _source(f), steps, _place(f))
        return f"- {ledger.label(variant.label, _source(f))}：{amount.blocked}"
    subsidy = ledger.yen(amount.subsidy_yen, "subsidy", "computed", _source(f), steps, _place(f), amount.doubt)
    rest = f"、自己負担は{ledger.yen(amount.own_funds_yen, 'own_funds', 'computed', _source(f), steps, _place(f))}" if own else ""
    return f"- {ledger.label(variant.label, _source(f)) or '計算'}：{subsidy}{rest}（{in_short(steps)}）"


def _open(f: AmountFinding, name: str, own: bool, ledger: Ledger) -> str:
    wanted = "、".join(missing_labels(f.missing)) or "くわしい条件"
    text = f"{name}の補助額は、{wanted}によって変わります。教えていただければ計算します。"
    if f.variants:
        rows = [_variant(f, v, own, ledger) for v in f.variants]
        text += "\n".join([f"場合ごとの補助額は次のとおりです{ledger.cite(_source(f))}。", *rows])
    elif f.frame.cap is not None and len(cases := choices(f.frame.cap, f.inputs, f.frame)) <= MOST_CAPS:
        rows = []
        for case in (c.case for c in cases if isinstance(c.case, YenCase)):
            yen = ledger.yen(case.yen, "cap", "sourced", f.frame.cap.source, (), _place(f), f.frame.cap.doubt)
            label = ledger.label(case_label(case, f.frame), f.frame.cap.source)
            rows.append(f"- 上限（{label or '特例なし'}）：{yen}")
        text += "\n" + "\n".join(rows) + ledger.cite(f.frame.cap.source)
    return text


def _excluded(f: AmountFinding, ledger: Ledger) -> str:
    lines = []
    for label, yen, cost in f.excluded:
        money, rule = ledger.yen(yen, "excluded_cost", "from_user"), cost or (*f.place.edition.categories, *f.place.edition.costs)[0]
        why = ledger.told(cost, "cost", _place(f)) if cost else f"{f.frame.label}が対象に挙げる経費に見当たりません。"
        lines.append(f"- 「{ledger.label(label, None)}」{money}は計算から除きました。{why}{ledger.cite(rule.source)}")
    return "\n".join(lines)


def _filled_limit(f: AmountFinding, ledger: Ledger) -> str:
    rules: tuple[Limit | Requirement, ...] = (*f.frame.limits, *f.frame.requirements)
    for rule in rules:
        if rule.text == f.blocked:
            return ledger.told(rule, "limit", _place(f)) + ledger.cite(rule.source)
    return f.blocked or ""


def yes_word(verdict: bool | None) -> str:
    """What stands before an answer to what the user takes for granted; nothing where that is not judged."""
    return {True: "はい、", False: "いいえ、", None: ""}[verdict]
