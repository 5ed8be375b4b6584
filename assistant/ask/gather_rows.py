"""Which rows of a table lie above or below a value that a question tells (採択率が60%を超えた回, 伸び率が4%以上の県)."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import partial

from assistant.ask.beneath import are_rows
from assistant.ask.evidence import Finding, ProseFinding
from assistant.ask.gather_conditions import is_named
from assistant.ask.gather_prose import search_prose
from assistant.ask.inquiry import Inquiry
from assistant.search.index import Hit
from assistant.search.passages import Passage

_ASKS_WHICH = re.compile(
    r"どこ(?![にへで])|どれ|どの(県|都道府県|回|次|設備|機械|業種)|(第何|何)(次|回)|どんな(設備|機械)"
    r"|(県|都道府県|回|次|設備|機械)(は|って|を(全部|すべて|挙げ|教え|並べ))"
)
_LINE = re.compile(
    r"([0-9]+(?:\.[0-9]+)?)\s*(?:%|％|パーセント)"
    r"(以上|以下|未満|を?超|を?上回|より(?:も)?(?:高|上|大)|を?下回|を?切|より(?:も)?(?:低|下|小))"
)
_HIGH = ("以上", "超", "上回", "高", "上", "大")
_HELD = ("以上", "以下")
_OWN = re.compile(r"うち[のはが、]|当社|弊社|自社|わが社")
LEAST_ROWS, MOST_SHOWN, LOOKED_AT = 5, 12, 12
"""Fewer rows are no table to choose from; more than can be listed name nothing; hits among which a row is looked for."""


def rows_beyond(asked: Inquiry) -> list[Finding]:
    """The rows of the table that a question is about whose percentage lies on the told side of the told value, highest first.

    Args:
        asked: The question and the knowledge.

    Returns:
        Nothing where a question tells no such line, asks of a firm of its own, or no table has a row there.
    """
    query = asked.query
    line = _LINE.search(query.text)
    if line is None or not _ASKS_WHICH.search(query.text) or not is_named(query) or query.slots.items or _OWN.search(query.text):
        return []
    table = _table(asked)
    if not table:
        return []
    column = _column(table[0].passage, query.text)
    valued = [(Fraction(str(h.passage.figures[column].percent)), h) for h in table]
    rows = sorted((r for r in valued if _lies(r[0], Fraction(line[1]), line[2])), key=lambda r: -r[0])
    return [ProseFinding(tuple(h for _, h in rows))] if 0 < len(rows) <= MOST_SHOWN else []


def _table(asked: Inquiry) -> tuple[Hit, ...]:
    """All rows of the table that the best passage with a percentage is a row of; empty if none is."""
    found = (h for a in ((), tuple(asked.query.attributes)) for h in search_prose(asked, a).hits[:LOOKED_AT])
    for hit in found:
        first = hit.passage
        if not _columns(first) or first.programme not in asked.query.programmes:
            continue
        rows = asked.index.where(partial(_beside, first))
        if len(rows) >= LEAST_ROWS:
            return rows
    return ()


def _beside(first: Passage, other: Passage) -> bool:
    """Whether a passage is a row of the same table, itself included."""
    same = (first.edition_id, first.kind) == (other.edition_id, other.kind)
    return same and set(_columns(first)) <= set(_columns(other)) and are_rows(first, other)


def _columns(row: Passage) -> list[str]:
    """The percentages of a row in their order; a bound (10%以上) is what is demanded, no value of a row."""
    names = (m[1] for m in re.finditer(r"\{([a-z0-9-]+)\}", row.template))
    return [n for n in names if (v := row.figures.get(n)) is not None and v.percent is not None and v.bound is None]


def _column(row: Passage, text: str) -> str:
    """The percentage of a row that a question names (省エネ率), or the first."""
    names = _columns(row)
    titled = (n for n in names if (t := re.search(rf"([一-龥ァ-ヶー]{{2,}})[はがも]?\{{{n}\}}", row.template)) and t[1] in text)
    return next(titled, names[0])


def _lies(value: Fraction, line: Fraction, word: str) -> bool:
    """Whether a value lies on the side of a line that its word tells."""
    if value == line:
        return word in _HELD
    return (value > line) == word.endswith(_HIGH)
