"""Costs that were ordered, bought or paid before the decision: which of those told, each by the words of its own."""

from __future__ import annotations

import re

from assistant.ask.money_told import Item
from assistant.ask.query import Query
from assistant.rules.schema import CostItem, Edition

_DONE = re.compile(
    r"(購入|発注|契約|支払い?|払い?込み?|注文|導入|納品)済|(?<!い)(買っ|発注し|注文し|契約し|購入し|支払っ|払っ|頼ん|納品され)(て(い)?(しま|ま)|ちゃ|た|だ)"
    r"|(買い|発注し|注文し|契約し|購入し|支払い|払い|頼み|申し込み|申込み)まし|申し込んだ|申し込みずみ|申込済|済んで(い)?(る|ま)|(買|支払|払)い終"
)
_NOT_YET = re.compile(r"交付決定(が出て|の?(後|あと|てから)|を(受け|待))|これから|まだ|予定|つもり|来月|今後")
_APPLIED = re.compile(r"申し込|申込")
_FAIR = re.compile(r"展示会|出展|見本市|商談会|小間")
_BILLED = re.compile(
    r"(支払い?|払い?込?み?)済|払(っ|いま)"
    r"|請求(書)?[はがも]?[^。②-⑳]{0,8}(届い[^て]|来た|来まし|来て(い)?(る|ま)|もらった|もらいまし)"
)
_BILLED_LATER = re.compile(
    r"請求(書)?[^。②-⑳]{0,12}交付決定[^。②-⑳]{0,6}(後|あと|以後|以降)"
    r"|交付決定[^。②-⑳]{0,6}(後|あと|以後|以降)[^。②-⑳]{0,10}請求"
)
_END = re.compile(r"[。！？!?\n①-⑳]")
_BREAK = re.compile(r"[。、，！？!?\n①-⑳]")


def done_before(query: Query, edition: Edition) -> tuple[CostItem, tuple[Item, ...]] | None:
    """The costs of a question that came too early, with the rule that leaves them out; None unless only some of them did.

    A place at a fair that was applied for early counts all the same, unless its bill has come.

    Args:
        query: The question.
        edition: The edition that answers.
    """
    rule = next((c for c in edition.costs if c.verdict == "excluded" and any("発注済" in n for n in c.names)), None)
    items = tuple(i for i in query.slots.items if any(q.start == i.start for q in query.slots.quantities))
    if rule is None or len(items) < 2 or len(items) < len(query.slots.items):
        return None
    words = {i.start: _own_words(query.text, i, items) for i in items}
    done = tuple(i for i in items if _is_done(words[i.start]))
    return (rule, done) if 0 < len(done) < len(items) else None


def _is_done(words: str) -> bool:
    if _FAIR.search(words) and _APPLIED.search(words):
        return bool(_BILLED.search(words))
    return bool(_DONE.search(words)) and not _NOT_YET.search(_BILLED_LATER.sub("", words))


def _own_words(text: str, item: Item, items: tuple[Item, ...]) -> str:
    """The words on one cost: from the break before it to that before the next one, or the end of its sentence."""
    before = max((i.end for i in items if i.end <= item.start), default=0)
    after = min((i.start for i in items if i.start >= item.end), default=len(text))
    starts = [m.end() for m in _BREAK.finditer(text, before, item.start)]
    first_end = next((m.start() for m in _END.finditer(text, item.end)), len(text))
    breaks = [m.start() for m in _BREAK.finditer(text, item.end, after)]
    end = first_end if first_end < after or not breaks or after == len(text) else breaks[-1]
    start = starts[-1] if starts and before else starts[-1] if starts and _END.match(text, starts[-1] - 1) else before if before else 0
    return text[start:end]
