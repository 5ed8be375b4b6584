"""Which planned expenses the frame pays for: by the thing that is bought, not by any word in its description.

Japanese puts the thing last (送迎用のいす is a chair): a name of the edition's cost list counts where it stands at the end
of a part of the description, or where it is a deed that was done (老朽化した, 発注済み).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from assistant.drafting.records import Expense
from assistant.rules.costs import category_of
from assistant.rules.schema import Category, CostItem, Edition, Frame, SourceRef
from assistant.rules.values import Value

_PARENTHESES = re.compile(r"[（(［\[【][^（）()［］\[\]【】]*[）)］\]】]")
_PARTS = re.compile(r"[・、，,／/＋+\n]|及び|および|並びに|ならびに|と(?=[^うくけきぎ])")
_TAIL = re.compile(
    r"(の?(購入|導入|取得|調達|仕入れ?|支払い?|制作|製作|作成|新設|設置|一式|一台|他|など|等|代金?|費用?|料金?|レンタル|リース|中古|新車|新品|"
    r"[0-9]+[台個枚本式冊点セット]*))+$"
)
_DEED = re.compile(r"(改造|改装|改修|配布|設置|施工|工事|搬入|据付|印刷|撮影|編集|登録|整備|架装|運搬|更新|加工)[工事作業]*")
_DONE = r"(した|する|して|され|済|による|により|に伴|のため)"
_WHOLE = 1
"""Names of one character count only if they are the whole thing (車, not 台車)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One expense judged: what it costs without tax, where it is booked, and why it is left out if it is."""

    expense: Expense
    yen: int
    """Without tax where tax is not paid for."""
    spent_yen: int
    """What the firm pays."""
    category: Category | None
    eligible: bool
    why: str | None = None
    source: SourceRef | None = None

    @property
    def category_label(self) -> str:
        """The category as the form prints it, else as told."""
        return self.category.label if self.category else self.expense.category or "（区分未記入）"


def judge_expenses(
    expenses: tuple[Expense, ...], edition: Edition | None, frame: Frame | None, divide: Fraction
) -> tuple[Line, ...]:
    """Every expense with an amount, judged by the edition; without an edition all count.

    Args:
        expenses: As told.
        edition: The edition with its cost list.
        frame: The frame; its own categories beat the edition's.
        divide: What a price is divided by to take out consumption tax (1 if it stays in).
    """
    lines = []
    for expense in expenses:
        spent = expense.yen or 0
        yen = int(Fraction(spent) / divide)
        if edition is None or frame is None:
            lines.append(Line(expense, yen, spent, None, True))
            continue
        lines.append(_judge(expense, (yen, spent), edition, frame))
    return tuple(lines)


def _judge(expense: Expense, money: tuple[int, int], edition: Edition, frame: Frame) -> Line:
    allowed = [c for c in edition.categories if not frame.categories or c.id in frame.categories]
    named = _named_category(expense.category, allowed)
    bad = _excluded(expense, edition, frame, named)
    if bad is not None:
        return Line(expense, *money, named, False, fill(bad.text, bad.figures), bad.source)
    if named is None and expense.category and edition.categories:
        guess = _item_category(expense, edition, frame, allowed)
        if guess is None:
            labels = "、".join(c.label for c in allowed)
            return Line(expense, *money, None, False, f"経費区分「{expense.category}」は、対象経費の区分（{labels}）にありません。")
        named = guess
    thing = _item_category(expense, edition, frame, allowed)
    limited = {c for x in frame.limits if x.kind == "share_of_subsidy" for c in x.categories}
    # A share limit is on the thing, whatever it is booked as.
    return Line(expense, *money, thing if thing and (named is None or thing.id in limited) else named, True)


def fill(text: str, figures: dict[str, Value]) -> str:
    """A text of the catalogue with its figures."""
    for name, value in figures.items():
        text = text.replace("{" + name + "}", value.text())
    return text


def _named_category(word: str, categories: list[Category]) -> Category | None:
    key = _plain(re.sub(r"^[①-⑳0-9]+[.．、]?", "", word))
    if not key:
        return None
    exact = next((c for c in categories if key == _plain(c.label)), None)
    if exact is not None:
        return exact
    names = [(len(n), c) for c in categories for n in (c.label, *c.also) if key in (_plain(n), _plain(n) + "費") or _plain(c.label) in key]
    return max(names, key=lambda x: x[0])[1] if names else None


def _excluded(expense: Expense, edition: Edition, frame: Frame, named: Category | None) -> CostItem | None:
    """The item of the cost list that shuts the expense out: every part of it is such a thing, or its category is."""
    items = [c for c in edition.costs if not c.frames or frame.id in c.frames]
    if named is None:
        by_category = _match(_head(expense.category), items)
        if by_category is not None and by_category.verdict == "excluded":
            return by_category
    done = next((c for c in items if c.verdict == "excluded" and any(_is_done(n, expense.description) for n in c.names)), None)
    if done is not None:
        return done
    found = [_match(part, items, named) for part in _things(expense.description)]
    bad = [c for c in found if c is not None and c.verdict == "excluded"]
    return bad[0] if bad and len(bad) == len(found) else None


def _item_category(expense: Expense, edition: Edition, frame: Frame, allowed: list[Category]) -> Category | None:
    items = [c for c in edition.costs if (not c.frames or frame.id in c.frames) and c.category]
    for part in _things(expense.description):
        item = _match(part, items)
        if item is not None and item.verdict != "excluded":
            return next((c for c in allowed if c.id == item.category), None)
    told = None if expense.category else category_of(expense.description, edition)
    return next((c for c in allowed if c.id == told), None)


def _things(text: str) -> list[str]:
    """The things that a description lists, each without deed words and counters at its end."""
    bare = _PARENTHESES.sub("", unicodedata.normalize("NFKC", text))
    things = [thing for part in _PARTS.split(bare) if (thing := _head(part))]
    return [t for i, t in enumerate(things) if i == 0 or not _DEED.fullmatch(t)]


def _head(part: str) -> str:
    part = unicodedata.normalize("NFKC", part).strip(" 　。のを")
    return _TAIL.sub("", part) or part


def _match(thing: str, items: list[CostItem], booked: Category | None = None) -> CostItem | None:
    """The item with the longest name that ends the thing; a deed that the booked category pays for is no reason against."""
    best: tuple[int, CostItem] | None = None
    for item in items:
        for name in _names(item):
            if booked is not None and item.verdict == "excluded" and name in booked.text:
                continue
            whole = thing == name
            if (whole or (len(name) > _WHOLE and thing.endswith(name))) and (best is None or len(name) > best[0]):
                best = (len(name), item)
    return best[1] if best else None


def _names(item: CostItem) -> Iterator[str]:
    for name in item.names:
        plain = unicodedata.normalize("NFKC", name)
        yield plain
        head = _head(plain)
        if len(head) > _WHOLE and head != plain:
            yield head


def _is_done(name: str, text: str) -> bool:
    return len(name) >= 3 and re.search(re.escape(name) + _DONE, text) is not None


def _plain(text: str) -> str:
    return re.sub(r"[\s・()（）]", "", unicodedata.normalize("NFKC", text))
