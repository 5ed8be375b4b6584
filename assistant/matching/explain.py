"""The result as the contract shapes it, and its summary in Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from assistant.matching.advice import ask_next, cautions, steps
from assistant.matching.candidates import COMING, LIVE, Candidate
from assistant.matching.dates import window_text, wire_day
from assistant.matching.profile import Profile
from assistant.matching.reasons import Reason
from assistant.rules.conditions import Verdict
from assistant.rules.labels import CAPS, STATE_WORDS
from assistant.rules.load import Catalogue
from assistant.rules.schema import SourceRef
from assistant.rules.values import format_yen

MOST_OTHERS, MOST_REASONS = 5, 4
FIT_WORDS = {"fits": "合いそう", "check": "確認が必要", "no": "対象外"}
_FIRST = {"shuts_out": 0, "raises": 1, "holds_back": 1, "light": 2}
_VERDICTS = {Verdict.NOT_MET: 0, Verdict.UNKNOWN: 2, Verdict.MET: 1}


def wire_candidate(n: int, c: Candidate, profile: Profile, catalogue: Catalogue, today: date) -> dict[str, Any]:
    """One candidate in the shape of the contract."""
    return {
        "rank": n, "programme": c.programme.id, "name": c.programme.name, "edition_id": c.window.edition.id,
        "edition": c.window.label, "frame_id": c.frame.id, "frame": c.frame.label, "fit": c.fit, "window": c.window.state,
        "opens_on": wire_day(c.window.opens.on) if c.window.opens else None,
        "deadline": wire_day(c.window.closes.on) if c.window.closes else None,
        "deadline_text": window_text(c.window, today), "deadline_precision": c.window.precision,
        "amount": wire_amount(c),
        "reasons": [_wire_reason(r, catalogue) for r in sorted_reasons(c)],
        "ask_next": ask_next(c, profile), "todo": steps(c, catalogue, today), "cautions": cautions(c, profile, catalogue, today),
    }  # fmt: skip


def wire_amount(c: Candidate) -> dict[str, Any]:
    """The amount in the shape of the contract; a range where an input is open, nothing where it cannot be told."""
    offered, amount = c.offer, c.offer.amount
    out: dict[str, Any] = {
        "subsidy_yen": None, "subsidy_range_yen": None, "rate": None, "rates": [], "cap_yen": None,
        "eligible_cost_yen": None, "own_funds_yen": None, "steps": [],
    }  # fmt: skip
    if c.undetailed:
        return out
    out["cap_yen"] = offered.cap_yen
    if amount is None or c.fit == "no" or c.untold:
        return out
    rates = [{"rate": r, "on": on} for r, on in offered.rates]
    out |= {
        "rates": rates,
        "rate": "・".join(dict.fromkeys(r for r, _ in offered.rates)) or None,
        "eligible_cost_yen": amount.eligible_cost_yen,
    }
    if not offered.exact:
        return out | {"subsidy_range_yen": [offered.low, offered.high]}
    paid = offered.low or 0
    return out | {"subsidy_yen": paid, "own_funds_yen": amount.spending_yen - paid, "steps": list(amount.steps)}


def sorted_reasons(c: Candidate) -> list[Reason]:
    """The reasons, what decides first."""
    return sorted(c.reasons, key=_order)


def _order(reason: Reason) -> tuple[int, bool, int]:
    idle = reason.rule == "special" and reason.verdict is not Verdict.MET
    return _FIRST[reason.weight], idle, _VERDICTS[reason.verdict]


def _wire_reason(reason: Reason, catalogue: Catalogue) -> dict[str, Any]:
    source = wire_source(reason.source, catalogue)
    return {"rule": reason.rule, "verdict": reason.verdict.value, "text": reason.text, "source": source}


def wire_source(ref: SourceRef | None, catalogue: Catalogue) -> dict[str, Any]:
    """Where something stands; empty if it stands nowhere."""
    if ref is None:
        return {}
    document = catalogue.documents[ref.doc]
    return {"document": document.title, "section": ref.section, "as_of": document.as_of, "url": document.url}


def summary(ranked: tuple[Candidate, ...], profile: Profile, catalogue: Catalogue, today: date) -> str:
    """The result in Markdown: the best one with its figures, the others, what does not fit and why."""
    offered = [c for c in ranked if c.fit != "no"]
    lines = [_lead(offered, today)]
    if offered:
        lines += _detail(offered[0], profile, catalogue, today)
    others = [f"- {_line(c, today)}" for c in offered[1 : MOST_OTHERS + 1]]
    lines += ["", "**ほかの候補**", *others] if others else []
    misses = [f"- {c.programme.short}：{sorted_reasons(c)[0].text}" for c in ranked if c.fit == "no"][:MOST_OTHERS]
    lines += ["", "**対象外のもの**", *misses] if misses else []
    lines += ["", f"資料は{catalogue.as_of}時点です。申請の前に最新の公募要領で確かめてください。"]
    return "\n".join(lines)


def _lead(offered: list[Candidate], today: date) -> str:
    if not offered:
        return "手元の資料の中に、ご計画に合う補助金は見つかりませんでした。"
    best = offered[0]
    if best.fit == "fits" and best.window.state in LIVE:
        return f"**{_name(best)}**が合いそうです。{_when(best, today)}{_figures(best)}"
    if best.fit == "fits" and best.window.state in COMING:
        return f"**{_name(best)}**が合いそうです。受付はこれからです。{_when(best, today)}{_figures(best)}"
    none = "いま申し込めて、条件に合うと言い切れる補助金は、手元の資料にはありません。"
    if best.fit == "fits":
        return f"{none}内容が合うのは**{_name(best)}**ですが、{_not_now(best)}{_when(best, today)}{_figures(best)}"
    return f"{none}条件を確かめれば使える可能性があるのは**{_name(best)}**です。{_when(best, today)}{_figures(best)}"


def _name(c: Candidate) -> str:
    frame = "" if c.frame.label in c.window.label else f" {c.frame.label}"
    return f"{c.programme.short} {c.window.label}{frame}"


def _not_now(c: Candidate) -> str:
    return "受付は終わっています。" if c.window.state == "closed" else "受付の時期は手元の資料では分かりません。"


def _when(c: Candidate, today: date) -> str:
    text = window_text(c.window, today)
    state = STATE_WORDS[c.window.state]
    lead = "申請の締切は" if c.window.state == "open" else ""
    return f"{state}。" if text in ("", state) else f"{state}、{lead}{text}。"


def _figures(c: Candidate) -> str:
    money = wire_amount(c)
    if money["subsidy_yen"]:
        limited = money["cap_yen"] is not None and not c.frame.components
        cap = f"、補助上限額{format_yen(money['cap_yen'])}" if limited else ""
        cost, own = format_yen(money["eligible_cost_yen"]), format_yen(money["own_funds_yen"])
        how = f"対象経費{cost}、補助率{money['rate']}{cap}"
        return f"補助金額は**{format_yen(money['subsidy_yen'])}**の見込みです（{how}）。自己負担は{own}です。"
    if money["subsidy_range_yen"]:
        low, high = money["subsidy_range_yen"]
        return f"補助金額は{format_yen(low)}から{format_yen(high)}の間です（条件で変わります）。"
    most = CAPS.get(c.programme.kind, "補助上限額")
    return f"{most}は{format_yen(money['cap_yen'])}です。" if money["cap_yen"] else ""


def _detail(c: Candidate, profile: Profile, catalogue: Catalogue, today: date) -> Iterator[str]:
    yield ""
    marks = {Verdict.MET: "○", Verdict.NOT_MET: "×", Verdict.UNKNOWN: "？"}
    told = [r for r in sorted_reasons(c) if r.verdict is not Verdict.UNKNOWN or r.weight == "holds_back"]
    for reason in told[:MOST_REASONS]:
        yield f"- {marks[reason.verdict]} {reason.text}"
    question = ask_next(c, profile)
    if question:
        yield f"- 次に知りたいこと：{question}"
    for text in steps(c, catalogue, today)[:2]:
        yield f"- 準備：{text}"
    shown = [r.text for r in told[:MOST_REASONS]]
    fresh = [t for t in cautions(c, profile, catalogue, today) if not any(x.endswith(t.split("：", 1)[-1]) for x in shown)]
    for text in fresh[:3]:
        yield f"- 注意：{text}"


def _line(c: Candidate, today: date) -> str:
    question = sorted_reasons(c)[0].text if c.fit == "check" else ""
    return f"{_name(c)}（{FIT_WORDS[c.fit]}）：{_when(c, today)}{_figures(c)}{question}"
