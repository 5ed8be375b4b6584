"""Small computations in words: growth, target pay, the cost that a subsidy needs, requirements held against own numbers."""

from __future__ import annotations

from collections.abc import Callable

from assistant.ask.compose_amounts import PAID_LATER, yes_word
from assistant.ask.compose_dates import place_name
from assistant.ask.compose_reckoned import reckoned_text
from assistant.ask.evidence import ComputedFinding
from assistant.ask.gather_checks import Margin
from assistant.ask.gather_inverse import CostNeeded
from assistant.ask.ledger import Ledger
from assistant.ask.query import Query
from assistant.rules.schema import Limit
from assistant.rules.values import Value


def computed_text(f: ComputedFinding, query: Query, ledger: Ledger) -> str:
    """A small computation in words, with its steps."""
    text = reckoned_text(f, query, ledger) if f.kind == "reckoned" else _WRITERS[f.kind](f, ledger)
    return text + "\n\n計算：\n\n" + "\n".join(f"- {s}" for s in f.steps) if f.steps else text


def _number(f: ComputedFinding, name: str) -> int:
    value = f.values[name]
    return value if isinstance(value, int) else int(str(value))


def _growth(f: ComputedFinding, ledger: Ledger) -> str:
    percent = ledger.plain(f"{f.values['percent']}%", str(f.values["percent"]), "percent", "growth", "computed", f.steps)
    for name in ("start", "end"):
        ledger.yen(_number(f, name), "value_added", "from_user")
    ledger.plain(f"{f.values['years']}年", _number(f, "years"), "years", "years", "from_user")
    wanted = f.values.get("wanted")
    if not isinstance(wanted, Value):
        return f"年平均成長率（複利）は{percent}です。"
    need = ledger.value(wanted, "requirement", f.source)
    word, end = ("はい、満たします", "に届いています") if f.verdict else ("いいえ、満たしません", "に届きません")
    return f"{word}。年平均成長率（複利）は{percent}で、要件の{need}{end}{ledger.cite(f.source)}。"


def _required(f: ComputedFinding, ledger: Ledger) -> str:
    goal = ledger.yen(_number(f, "goal"), "required_value", "computed", f.source, f.steps)
    ledger.yen(_number(f, "base"), "value_added", "from_user")
    ledger.plain(f"{f.values['percent']}%", str(f.values["percent"]), "percent", "growth", "from_user")
    return f"目標額は{goal}以上です{ledger.cite(f.source)}。"


def _target_pay(f: ComputedFinding, ledger: Ledger) -> str:
    goal = ledger.yen(_number(f, "goal"), "target_pay", "computed", f.source, f.steps)
    ledger.yen(_number(f, "base"), "pay", "from_user")
    percent = f.values["percent"]
    shown = ledger.value(percent, "requirement", f.source) if isinstance(percent, Value) else ""
    return f"{f.values['label']}の目標値は{goal}以上です（{shown}の引上げ）{ledger.cite(f.source)}。"


def _fte(f: ComputedFinding, ledger: Ledger) -> str:
    total = ledger.plain(f"{f.values['total']}人", str(f.values["total"]), "people", "fte", "computed", f.steps)
    return f"{yes_word(f.verdict)}正社員に換算すると{total}です。"


def _own_rule(f: ComputedFinding, ledger: Ledger) -> str:
    subsidy = ledger.yen(_number(f, "subsidy"), "subsidy", "computed", None, f.steps)
    own = ledger.yen(_number(f, "own"), "own_funds", "computed", None, f.steps)
    cost = ledger.yen(_number(f, "cost"), "cost", "from_user")
    cap = ledger.yen(_number(f, "cap"), "cap", "from_user")
    start = yes_word(f.verdict)
    limit = f"上限の{cap}が適用されるため、" if _number(f, "raw") > _number(f, "cap") else ""
    return f"{start}{limit}補助額は{subsidy}です。費用{cost}はいったん全額を自分で支払い、最後に残る自己負担は{own}です。{PAID_LATER}"


def _share_room(f: ComputedFinding, ledger: Ledger) -> str:
    room = ledger.yen(_number(f, "room"), "subsidy", "computed", f.source, f.steps)
    ledger.yen(_number(f, "base"), "subsidy", "from_user")
    ratio = ledger.value(Value(ratio=str(f.values["ratio"])), "limit", f.source)
    text = f"{f.values['label']}に積める補助金は最大{room}です。割合は補助金の合計額に対する{ratio}で数えます{ledger.cite(f.source)}。"
    if "cost" in f.values:
        cost = ledger.yen(_number(f, "cost"), "cost_needed", "computed", f.source, f.steps)
        text += f"補助に反映される経費（税抜）は{cost}までです。"
    if "rest" in f.values:
        rest = ledger.yen(_number(f, "rest"), "cost_needed", "computed", f.source, f.steps)
        text += f"それ以外の経費（税抜）は{rest}以上が必要です。"
    return text


def _cost_needed(f: ComputedFinding, ledger: Ledger) -> str:
    cases = f.values["cases"]
    rows = [(str(label), n) for label, n in cases if isinstance(n, CostNeeded)] if isinstance(cases, tuple) else []
    name = place_name(f.place.window, str(f.values["frame"]), ledger.catalogue, ledger, f.source) if f.place else ""
    costs = [ledger.yen(n.cost_yen, "cost_needed", "computed", f.source, n.steps) for _, n in rows]
    if f.values["beyond"] is not None:
        beyond = ledger.yen(_number(f, "beyond"), "subsidy", "from_user")
        cap = ledger.yen(rows[0][1].wanted_yen, "cap", "computed", f.source, rows[0][1].steps)
        text = f"いいえ、補助額{beyond}は受けられません。{name}の補助上限額が{cap}です。"
        text += f"上限額を受けるには、対象経費（税抜）が{costs[0]}必要です{ledger.cite(f.source)}。"
        lifted = zip(rows[1:], costs[1:], strict=True)
        more = [f"- {ledger.label(label, f.source)}：{cost}（{'、'.join(n.steps)}）" for (label, n), cost in lifted]
        but = f"ただし、特例を使うなら{beyond}を受けられます。必要な対象経費（税抜）は次のとおりです。"
        return "\n".join((text, but, *more)) if more else text
    wanted = [ledger.yen(n.wanted_yen, "subsidy", "computed", f.source, n.steps) for _, n in rows]
    start = yes_word(f.verdict)
    if len(rows) == 1 and not rows[0][0]:
        text = f"{start}{name}で補助額{wanted[0]}を受けるには、対象経費（税抜）が{costs[0]}必要です{ledger.cite(f.source)}。"
        return text + (_rest(f, ledger) if "rest" in f.values else "")
    lines = [f"{start}{name}で必要な対象経費（税抜）は、場合ごとに次のとおりです{ledger.cite(f.source)}。"]
    for (label, needed), cost, money in zip(rows, costs, wanted, strict=True):
        lines.append(f"- {ledger.label(label, f.source)}：補助額{money}には{cost}（{'、'.join(needed.steps)}）")
    return "\n".join(lines)


def _rest(f: ComputedFinding, ledger: Ledger) -> str:
    """What is left to spend beside a part that is fixed, and the limit that the fixed part breaks."""
    fixed = ledger.yen(_number(f, "fixed"), "cost", "from_user")
    rest = ledger.yen(_number(f, "rest"), "cost_needed", "computed", f.source, f.steps)
    broken = f.values["broken"]
    more = f"ただし、{ledger.told(broken, 'limit')}{ledger.cite(broken.source)}" if isinstance(broken, Limit) else ""
    return f"そのうち{fixed}が決まっているなら、残りは{rest}です。{more}"


def _share_of_sales(f: ComputedFinding, ledger: Ledger) -> str:
    goal = ledger.yen(_number(f, "goal"), "required_value", "computed", f.source, f.steps)
    base = ledger.yen(_number(f, "base"), "sales", "from_user")
    percent = f.values["percent"]
    shown = ledger.value(percent, "requirement", f.source) if isinstance(percent, Value) else ""
    return f"必要な額は{goal}以上です。売上高{base}の{shown}にあたります{ledger.cite(f.source)}。"


def _several(f: ComputedFinding, ledger: Ledger) -> str:
    total = ledger.yen(_number(f, "total"), "price", "computed", f.source, f.steps)
    count = ledger.plain(f"{f.values['count']}{f.values['unit']}", _number(f, "count"), "count", "total", "from_user")
    return f"{count}なら{total}です{ledger.cite(f.source)}。"


def _counted(f: ComputedFinding, ledger: Ledger) -> str:
    limit, unit = f.values["limit"], str(f.values["unit"])
    shown = ledger.value(limit, "limit", f.source, bounded=False) if isinstance(limit, Value) else ""
    total = ledger.plain(f"{f.values['total']}{unit}", _number(f, "total"), "count", "total", "computed", f.steps)
    over = _number(f, "over")
    if over <= 0:
        return f"合計は{total}で、目安の{shown}に収まっています{ledger.cite(f.source)}。"
    more = ledger.plain(f"{over}{unit}", over, "count", "total", "computed", f.steps)
    return f"合計は{total}で、目安の{shown}を{more}超えています{ledger.cite(f.source)}。"


def _wage_line(f: ComputedFinding, ledger: Ledger) -> str:
    goal = ledger.yen(_number(f, "goal"), "min_wage", "computed", f.source, f.steps)
    wage = ledger.yen(_number(f, "wage"), "min_wage", "sourced", f.source)
    margin = ledger.yen(_number(f, "margin"), "min_wage", "from_user")
    return f"時給{goal}以上が必要です。地域別最低賃金{wage}に{margin}を足した額です{ledger.cite(f.source)}。"


def _requirement(f: ComputedFinding, ledger: Ledger) -> str:
    """Whether a requirement is met by what was worked out, and what it demands."""
    value = f.values["value"]
    if isinstance(value, int):
        shown = ledger.yen(value, "investment", "computed", f.source, f.steps)
    else:
        shown = "年平均" + ledger.plain(str(f.values["shown"]), str(value), "percent", "growth", "computed", f.steps)
    text, figures = str(f.values["text"]), f.values["figures"]
    for name, value in figures.items() if isinstance(figures, dict) else ():
        text = text.replace("{" + name + "}", ledger.value(value, "requirement", f.source))
    head = "はい、要件を満たします" if f.verdict else "いいえ、要件を満たしません"
    told = f"計算すると{shown}です" if f.steps else f"お聞きの額は{shown}です"
    return f"{head}（{f.values['label']}）。{told}。\n- {text}{ledger.cite(f.source)}"


def _wage_held(f: ComputedFinding, ledger: Ledger) -> str:
    goal = ledger.yen(_number(f, "goal"), "min_wage", "computed", f.source, f.steps)
    wage = ledger.yen(_number(f, "wage"), "min_wage", "sourced", f.source)
    mine = ledger.yen(_number(f, "mine"), "min_wage", "from_user")
    if not _number(f, "margin"):
        least = f"{f.values['area']}の{wage}"
        gap = "" if f.verdict else ledger.yen(_number(f, "gap"), "min_wage", "computed", f.source, f.steps)
        said = f"{mine}は{least}以上なので、最低賃金の条件を満たします" if f.verdict else f"{mine}は{least}に{gap}足りません"
        return f"{yes_word(bool(f.verdict))}{said}{ledger.cite(f.source)}。"
    margin = _margin(f, ledger)
    line = f"{f.values['area']}は{wage}なので、{margin}を足すと{goal}です{ledger.cite(f.source)}。"
    if f.verdict:
        return f"{yes_word(True) if f.values['judged'] else ''}{mine}は{goal}以上なので、最低賃金の条件を満たします。{line}"
    gap = ledger.yen(_number(f, "gap"), "min_wage", "computed", f.source, f.steps)
    return f"{yes_word(False) if f.values['judged'] else ''}{mine}は＋{margin}の水準の{goal}に{gap}足りません。{line}"


def _margin(f: ComputedFinding, ledger: Ledger) -> str:
    """The margin over the regional minimum: the programme's, else the user's."""
    of = f.values.get("margin_of")
    return ledger.value(of.value, "requirement", of.source, bounded=False) if isinstance(of, Margin) else ledger.yen(
        _number(f, "margin"), "min_wage", "from_user"
    )


def _wage_open(f: ComputedFinding, ledger: Ledger) -> str:
    margin, mine = _margin(f, ledger), ledger.yen(_number(f, "mine"), "min_wage", "from_user")
    line = f"地域別最低賃金に{margin}を足した額以上なら満たします"
    return f"{mine}で満たすかどうかは、都道府県で決まります。{line}。最低賃金が高い都道府県ほど線も上がるので、都道府県を教えてください。"


def _left(f: ComputedFinding, ledger: Ledger) -> str:
    left = ledger.yen(_number(f, "left"), "cap", "computed", f.source, f.steps)
    cap = ledger.yen(_number(f, "cap"), "cap", "sourced", f.source)
    mine = ledger.yen(_number(f, "mine"), "own", "from_user")
    start = "いいえ、別枠ではありません。" if f.verdict is False else ""
    return f"{start}新しく使えるのは{left}までです。いまある分{mine}と合計で{cap}が上限だからです{ledger.cite(f.source)}。"


def _yearly(f: ComputedFinding, ledger: Ledger) -> str:
    total = ledger.yen(_number(f, "total"), "subsidy", "computed", f.source, f.steps)
    own = ledger.yen(_number(f, "own"), "own_funds", "computed", f.source, f.steps)
    others = f.values["others"] if isinstance(f.values["others"], dict) else {}
    text = f"{yes_word(f.verdict)}{f.values['label']}の補助額は、{_of_years(f.values['each'], f, ledger)}、全部の年度の合計で{total}です"
    text += f"（自己負担は{own}）{ledger.cite(f.source)}。"
    return text + "".join(f"{option}なら、{_of_years(each, f, ledger)}です。" for option, each in others.items()) + PAID_LATER


def _of_years(each: object, f: ComputedFinding, ledger: Ledger) -> str:
    amounts = each if isinstance(each, tuple) else ()
    return "、".join(f"{n}年目が{ledger.yen(y, 'subsidy', 'computed', f.source, f.steps)}" for n, y in enumerate(amounts, 1))


def _together(f: ComputedFinding, ledger: Ledger) -> str:
    total = ledger.yen(_number(f, "total"), "subsidy", "computed", f.source, f.steps)
    own = ledger.yen(_number(f, "own"), "own_funds", "computed", f.source, f.steps)
    of_one = ledger.catalogue.programmes.get(str(f.values["programme"]))
    name = f"{of_one.short}の補助額は、それぞれの枠を" if of_one else "補助額は、それぞれの補助金を"
    return f"{name}あわせて{total}です（自己負担は{own}）{ledger.cite(f.source)}。{PAID_LATER}"


def _left_open(f: ComputedFinding, ledger: Ledger) -> str:
    cap = ledger.yen(_number(f, "cap"), "cap", "sourced", f.source)
    text = f"あといくら使えるかは、{f.values['of']}で決まります。合計で{cap}が上限なので、その額を教えてください"
    return text + ledger.cite(f.source) + "。"


def _share_of_base(f: ComputedFinding, ledger: Ledger) -> str:
    room = ledger.yen(_number(f, "room"), "subsidy", "computed", f.source, f.steps)
    text, figures = str(f.values["text"]), f.values["figures"]
    for name, value in figures.items() if isinstance(figures, dict) else ():
        text = text.replace("{" + name + "}", ledger.value(value, "limit", f.source))
    return f"{f.values['label']}は{room}までです。{text}{ledger.cite(f.source)}"


def _difference(f: ComputedFinding, ledger: Ledger) -> str:
    """Two cases and what lies between them."""
    one, two = _number(f, "one"), _number(f, "two")
    shown = [ledger.yen(y, "cap", "computed", f.source, f.steps) for y in (one, two)]
    labels = f.values["labels"]
    names = [ledger.label(str(n), f.source) for n in labels] if isinstance(labels, tuple) else ["", ""]
    programmes = ledger.catalogue.programmes
    programme = f"{programmes[f.place.edition.programme].short} " if f.place and not f.values.get("several") else ""
    name = ledger.label((programme + str(f.values["frame"])).strip(), f.source)
    head = f"{name}{'の' if name else ''}{f.values['what']}は、{names[0]}で{shown[0]}、{names[1]}で{shown[1]}です"
    if one == two:
        below = "cap" in f.values
        why = f"補助上限額の{ledger.yen(_number(f, 'cap'), 'cap', 'computed', f.source, f.steps)}に届いていないためです。" if below else ""
        return f"{'いいえ、' if below else ''}{head}。変わりません{ledger.cite(f.source)}。{why}"
    gap = ledger.yen(abs(two - one), "gap", "computed", f.source, f.steps)
    if f.values.get("which"):
        return f"{names[0] if one > two else names[1]}のほうが{gap}多くなります。{head}{ledger.cite(f.source)}。"
    return f"{head}。差は{gap}です{ledger.cite(f.source)}。"


def _gap(f: ComputedFinding, ledger: Ledger) -> str:
    gap = ledger.plain(f"{f.values['gap']}ポイント", str(f.values["gap"]), "percent", "gap", "computed", f.steps)
    return f"{ledger.label(str(f.values['labels']), f.source)}の差は{gap}です{ledger.cite(f.source)}。"


_WRITERS: dict[str, Callable[[ComputedFinding, Ledger], str]] = {
    "growth": _growth, "required": _required, "target_pay": _target_pay, "fte": _fte, "own_rule": _own_rule,
    "share_room": _share_room, "cost_needed": _cost_needed,
    "share_of_sales": _share_of_sales, "counted": _counted, "several": _several, "wage_line": _wage_line,
    "gap": _gap, "requirement": _requirement, "wage_held": _wage_held, "wage_open": _wage_open, "left": _left, "left_open": _left_open,
    "difference": _difference, "share_of_base": _share_of_base, "yearly": _yearly, "together": _together,
}  # fmt: skip
