"""What the page shows for an answer: pure functions from the API's JSON to blocks of safe Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from cite_view import day, figures_of, with_cards

KIND_WORDS = {
    "cap": "補助上限額", "floor": "補助下限額", "rate": "補助率", "tier": "補助率の段階", "special_add": "特例の上乗せ額",
    "special": "特例", "limit": "経費の限度", "requirement": "要件", "band": "従業員数の区分", "size": "小規模事業者の基準",
    "published": "公募要領の公開日", "guideline": "公募要領", "opens": "受付開始", "closes": "申請締切",
    "support_plan": "支援計画書の締切", "interview": "面接", "result": "採択発表", "grant": "交付決定",
    "project_end": "事業実施期限", "report": "実績報告の期限", "other": "日程", "cost": "対象経費", "category": "経費区分",
    "lineage": "制度の移り変わり", "subsidy": "補助金額", "amount": "補助金額", "own_funds": "自己負担額",
    "days_left": "残り日数", "as_of": "資料の時点", "total": "合計",
    "fact:purpose": "目的", "fact:target": "対象者", "fact:requirement": "要件", "fact:eligible_cost": "対象経費",
    "fact:excluded_cost": "対象外の経費", "fact:cost_rule": "経費の決まり", "fact:review": "審査", "fact:bonus": "加点",
    "fact:penalty": "減点", "fact:document": "提出書類", "fact:step": "手続き", "fact:schedule": "日程",
    "fact:period": "期間", "fact:special": "特例", "fact:definition": "定義", "fact:case": "事例", "fact:tip": "書き方",
    "fact:repayment": "返還", "fact:contact": "問い合わせ先", "fact:lineage": "制度の移り変わり", "fact:result": "採択結果",
    "fact:limit": "限度", "fact:wage": "賃金", "fact:form": "様式", "fact:catalogue": "カタログ", "fact:other": "説明",
}  # fmt: skip
VERDICT_WORDS = {"sourced": "資料", "computed": "計算", "from_user": "あなたの数値"}
STATUS_NOTES = {
    "refused": "手元の資料では答えられません",
    "needs_input": "金額や可否を決めるには、次の情報が要ります",
    "failed": "答えを作れませんでした",
}
STATUS_ICONS = {"refused": ":material/block:", "needs_input": ":material/help:", "failed": ":material/error:"}
FALLBACK = ("持続化補助金の通常枠の上限は？", "持続化補助金で対象になる経費は？", "省力化補助金の締切はいつ？")
"""Questions offered after an answer that brings none of its own."""
TOLD_LIKE = (("補助金", "持続化補助金です"), ("従業員", "従業員は3人です"), ("業種", "小売業です"), ("経費", "税抜60万円の機械を買います"))
"""How a user may tell what is asked for, by a word of it."""
PROOF_HEADS = ("数値", "種類", "計算・手順", "出典", "時点", "注意")
DATED = ("days_left",)
"""Kinds of figures of an answer about dates to come."""
NAME = "name"
"""Kind of numbers that belong to a name (第20回); they claim nothing, so they need no proof."""
OPTIONAL_HEADS = ("計算・手順", "注意")
EMPTY = "–"
_BARE_URL = re.compile(r"(?<!\]\()https?://[A-Za-z0-9\-_./?%&=+#:;,@!]*[A-Za-z0-9\-_/=]")
"""An address in a text: of its own letters only, since Japanese text follows without a space."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>:&])")


@dataclass(frozen=True)
class Blocks:
    """The parts of one answer, each Markdown that is safe to render."""

    notice: str | None
    body: str
    proof: str | None
    sources: tuple[str, ...]
    ask_for: tuple[str, ...]
    suggestions: tuple[str, ...]
    how_to_tell: str
    """How to tell what is asked for; empty if nothing is."""
    fallback: tuple[str, ...]
    """Questions to offer if there are no suggestions: after a refusal, or where something is asked for."""
    programmes: tuple[str, ...]
    """Programmes whose dates the answer tells: a calendar file is offered for them."""
    footer: str


def answer_blocks(answer: dict[str, Any]) -> Blocks:
    """The blocks of an answer as the API gives it; absent fields leave their block out."""
    status = str(answer.get("status", "answered"))
    figures = [f for f in answer.get("figures") or () if f.get("kind") != NAME]
    return Blocks(
        notice=STATUS_NOTES.get(status),
        body=with_cards(safe_markdown(str(answer.get("answer") or "")), answer, KIND_WORDS),
        proof=proof_table(with_ranges(figures, str(answer.get("answer") or ""))) if figures else None,
        sources=tuple(source_line(s, figures_of(s, answer, KIND_WORDS)) for s in answer.get("sources") or ()),
        ask_for=tuple(plain(str(x)) for x in answer.get("ask_for") or ()),
        suggestions=tuple(str(x) for x in answer.get("suggestions") or ()),
        how_to_tell=how_to_tell(tuple(answer.get("ask_for") or ())),
        fallback=FALLBACK if status in ("refused", "needs_input") else (),
        programmes=tuple(answer.get("programmes") or ()) if any(f.get("kind") in DATED for f in figures) else (),
        footer=footer(answer),
    )


def safe_markdown(text: str) -> str:
    """An answer's Markdown that can only be text: no HTML, pictures, formulas, strike-through or colour directives."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace("![", "!\\[")
    text = re.sub(r"(?<!\\)([$~])", r"\\\1", text)
    text = re.sub(r"(\[\d+\])\(", r"\1\\(", text)  # a citation before a bracket is no link
    text = re.sub(r":(?=[a-z-]+\[)", r"\\:", text)
    return _BARE_URL.sub(lambda m: f"[{plain(m.group(0))}]({m.group(0)})", text)


def plain(text: str) -> str:
    """Text that Markdown shows as it was typed, line ends kept."""
    return _SPECIAL.sub(r"\\\1", text).replace("\n", "  \n")


def proof_table(figures: list[dict[str, Any]]) -> str:
    """The proof of each number as a Markdown table; columns that would be empty (steps, cautions) are left out."""
    found = list(dict.fromkeys(proof_row(f) for f in figures))
    kept = [i for i, head in enumerate(PROOF_HEADS) if head not in OPTIONAL_HEADS or any(row[i] != EMPTY for row in found)]
    rows = [PROOF_HEADS, ("---",) * len(PROOF_HEADS), *found]
    return "\n".join("| " + " | ".join(row[i] for i in kept) + " |" for row in rows)


def with_ranges(figures: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """The figures with both ends of a range of the text (6～20人) as one."""
    told = {str(f.get("text") or "") for f in figures}
    found = re.findall(r"(?<![0-9,])([0-9,]+)～([0-9,]+[^\s|、。・（）()／～]*)", text)
    pairs = [(start, end) for start, rest in dict.fromkeys(found) for end in told if start in told and end and rest.startswith(end)]
    out = []
    for figure in figures:
        own = str(figure.get("text") or "")
        out += [{**figure, "text": f"{start}～{end}"} for start, end in pairs if end == own]
        if not any(own == start or own == end and not re.search(rf"(?<![0-9,～]){re.escape(own)}", text) for start, end in pairs):
            out.append(figure)
    return out


def proof_row(figure: dict[str, Any]) -> tuple[str, ...]:
    """One row: the number, what it is, how it came about, where it stands, of when, what to mind."""
    source = figure.get("source") or {}
    verdict = VERDICT_WORDS.get(str(figure.get("verdict")), "")
    kind = KIND_WORDS.get(str(figure.get("kind")), "")
    place = " ".join(x for x in (str(source.get("document") or ""), _quoted(source.get("section"))) if x)
    cells = (
        str(figure.get("text") or ""),
        f"{kind}（{verdict}）" if kind and verdict else kind or verdict,
        " ⇒ ".join(str(s) for s in figure.get("steps") or ()),
        place,
        day(source["as_of"]) if source.get("as_of") else "",
        str(figure.get("doubt") or ""),
    )
    return tuple(plain(c.replace("\n", " ")) or EMPTY for c in cells)


def source_line(source: dict[str, Any], figures: tuple[str, ...] = ()) -> str:
    """One source with its number, document, section, date, and its passage, or the figures that stand there."""
    text = f"［{source.get('n', '')}］ **{plain(str(source.get('document') or ''))}** {plain(_quoted(source.get('section')))}"
    if source.get("as_of"):
        text += f"（{plain(day(source['as_of']))} 時点）"
    url = str(source.get("url") or "")
    if re.fullmatch(r"https?://[^\s()<>\[\]]+", url):
        text += f" [開く]({url})"
    if source.get("passage"):
        text += "\n\n> " + plain(str(source["passage"])).replace("\n", "\n> ")
    elif figures:
        text += "\n\n> ここにある数値：" + plain("、".join(figures))
    return text


def how_to_tell(ask_for: tuple[str, ...]) -> str:
    """A sentence that a user could write next, made of what is asked for."""
    said = [words for key, words in TOLD_LIKE if any(key in x for x in ask_for)]
    if not ask_for:
        return ""
    example = f"（例：「{'。'.join(said)}」）" if said else ""
    return plain(f"下の欄に続けて書いてください{example}。わかるものだけで構いません。")


def footer(answer: dict[str, Any]) -> str:
    """How old the knowledge is, and where to confirm."""
    as_of, today = answer.get("as_of"), answer.get("today")
    parts = [f"資料は {day(as_of)} 時点"] if as_of else []
    parts += [f"回答日 {day(today)}"] if today else []
    if "公募要領で確認" not in str(answer.get("answer")):
        parts.append("最新の公募要領で確認してください")
    if str(answer.get("engine") or "embedded") != "embedded":
        parts.append(f"文章は言語モデル {answer['engine']} が整えました（数値は、しるべが入れたものです）")
    return plain("・".join(parts))


def profile_of(employees: int | None, industry: str | None, form: str | None, deficit: str | None) -> dict[str, Any] | None:
    """The profile that the sidebar tells, None if nothing is told."""
    told: dict[str, Any] = {}
    if employees is not None:
        told["employees"] = int(employees)
    if industry is not None:
        told["industry"] = industry
    if form is not None:
        told["is_corporation"] = form == "法人"
    if deficit is not None:
        told["deficit"] = deficit == "赤字"
    return told or None


def conversation_label(conversation: dict[str, Any], most: int = 40) -> str:
    """The title of a past conversation, short enough for a button."""
    title = " ".join(str(conversation.get("title") or "（題なし）").split())
    return plain(title if len(title) <= most else title[: most - 1] + "…")


def _quoted(section: object) -> str:
    return f"「{section}」" if section else ""
