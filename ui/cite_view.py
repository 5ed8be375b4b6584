"""Citations in an answer's text: [1] opens a card with document, section, date and passage. Pure; every text is escaped."""

from __future__ import annotations

import re
from typing import Any

CARD_FIGURES = 8
"""Figures of a place that its card lists at most."""
_CITED = re.compile(r"\[(\d+)\]")
_ESCAPED = re.compile(r"[^\w ]", re.ASCII)


def with_cards(markdown: str, answer: dict[str, Any], kinds: dict[str, str]) -> str:
    """Safe Markdown with each citation as a small button that holds its card.

    Args:
        markdown: An answer's text, already without HTML.
        answer: The answer as the API gives it.
        kinds: Japanese words for the kinds of figures.
    """
    cards = {str(s.get("n")): card(s, answer, kinds) for s in answer.get("sources") or ()}

    def button(match: re.Match[str]) -> str:
        number = match.group(1)
        if number not in cards:
            return match.group(0)
        return (
            f'<span class="sr-cite" tabindex="0" role="button" aria-label="出典{number}を開く">[{number}]'
            f'<span class="sr-card" role="note">{cards[number]}</span></span>'
        )

    return _CITED.sub(button, markdown)


def card(source: dict[str, Any], answer: dict[str, Any], kinds: dict[str, str]) -> str:
    """The inside of a card: where it stands, of when, what it says or which figures were taken from there."""
    lines = [f"<b>{text_only(str(source.get('document') or ''))}</b>"]
    if source.get("section"):
        lines.append(f'<span class="sr-line">「{text_only(str(source["section"]))}」</span>')
    if source.get("as_of"):
        lines.append(f'<span class="sr-when">{text_only(day(source["as_of"]))} 時点</span>')
    if source.get("passage"):
        lines.append(f'<span class="sr-passage">{text_only(str(source["passage"]))}</span>')
    elif figures := figures_of(source, answer, kinds):
        lines.append(f'<span class="sr-passage">ここにある数値：{text_only("、".join(figures))}</span>')
    if source.get("own"):
        lines.append('<span class="sr-when">お手持ちの文書です。しるべは中身を確かめていません。</span>')
    return "".join(lines)


def figures_of(source: dict[str, Any], answer: dict[str, Any], kinds: dict[str, str]) -> tuple[str, ...]:
    """The figures of an answer that stand at a place, each with what it is."""
    place = (source.get("document"), source.get("section"))
    found = []
    for figure in answer.get("figures") or ():
        where = figure.get("source") or {}
        if (where.get("document"), where.get("section")) == place and figure.get("kind") not in ("name", "band"):
            kind = kinds.get(str(figure.get("kind")), "")
            found.append(f"{kind} {figure.get('text')}".strip())
    found = list(dict.fromkeys(found))
    return (*found[:CARD_FIGURES], "ほか") if len(found) > CARD_FIGURES else tuple(found)


def text_only(text: str) -> str:
    """Text in which nothing is markup, neither HTML nor Markdown; line ends become breaks."""
    out = []
    for line in text.split("\n"):
        out.append(_ESCAPED.sub(lambda m: m.group(0) if ord(m.group(0)) > 0x7F else f"&#{ord(m.group(0))};", line).replace("_", "&#95;"))
    return "<br>".join(out)


def day(text: object) -> str:
    """A day as people write it."""
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", str(text))
    return f"{found[1]}年{int(found[2])}月{int(found[3])}日" if found else str(text)
