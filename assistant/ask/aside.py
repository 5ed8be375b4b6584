"""What a long text says by the way of other programmes: had, dropped or heard of before; not what it asks about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.ask.names import Mention
from assistant.text.numbers import find_quantities

_CLAUSE = re.compile(r"[、。，！!？?\n]")
_ONCE = re.compile(
    r"去年|昨年|一昨年|おととし|[0-9０-９一二三]年前|昔|むかし|以前|前に|前回|かつて|友達|友人|知り合い|知人|隣の|よその|同業者"
)
_PAST = re.compile(
    r"やめ|諦め|あきらめ|落ち(て|た|まし)|見送|断念|考えた(けど|が|ん|こと|もの)|検討した(けど|が|ん|こと|もの)"
    r"|迷って|迷った|悩んで|悩んだ|(通|受か)った|もらった|貰った"
    r"|(使|やった)った(こと|けど|んで)|使った|入れた|調べた|聞いた|聞いて|終わって|終わった|関係な|(も|は)やったし|のに通"
)
_SETS_BESIDE = re.compile(r"違|比べ|比較|両方|併用|同時|一緒|どちら|どっち|変わ|差[はがを額]|今と|以前と|重複|かぶ|二重|2回|もう一度|また")
"""What asks for two programmes together, or for one beside what was had before."""
_NOT_THIS = re.compile(r"(のほう|の方)?(じゃ|では|で|や)なく(?!て?も)|(のほう|の方)?(じゃ|や)の?うて|(のほう|の方)?とちごう?て")
"""What follows the name that is not meant where another one is (創業型じゃなくて通常枠)."""
_KINDS = ("programme", "series", "frame")
_AS_FRAME = re.compile(r"枠|型|コース|(事業|特例|企業|支援|要件)$")
"""What stands in names that only a frame has."""
_FRAME_AFTER = re.compile(r"の?([一-龥ァ-ヶー]{0,6}(枠|型|コース)|ほう|方)")
_NOUN_GOES_ON = re.compile(r"[一-龥ァ-ヶー]")
_BESIDE = re.compile(r"\s*(と|や|か|または|、|・|とか|より|vs)\s*")


def without_asides(text: str, mentions: Sequence[Mention]) -> tuple[tuple[Mention, ...], tuple[tuple[int, int], ...]]:
    """The names that a text asks about, and the places of the names, rounds and amounts that it tells by the way.

    Only what a later clause leaves behind is left out: one that names another programme and sets the two not side by side.

    Args:
        text: The text.
        mentions: All names in it.
    """
    denied = [m for m in mentions[:-1] if _NOT_THIS.match(text, m.end) and any(t.kind in _KINDS for t in m.targets)]
    if denied:
        rest, spans = without_asides(text, [m for m in mentions if m not in denied])
        inner = [t for m in denied if all(t.kind != "programme" for t in m.targets) for t in m.targets]
        rest = tuple(_of_programmes(m, {t.programme for t in inner}) for m in rest)  # frames of one programme are set apart
        return rest, tuple(sorted({*spans, *((m.start, m.end) for m in denied)}))
    kept = tuple(mentions)
    places = [m for m in mentions if any(t.kind in _KINDS for t in m.targets)]
    if not places:
        return kept, ()
    clauses = _clauses(text)
    last = next(c for c in clauses if c[0] <= places[-1].start < c[1])
    if _SETS_BESIDE.search(text[last[0] :]):
        return kept, ()
    meant = {t.programme for m in places if last[0] <= m.start for t in m.targets}
    asides = [c for c in clauses if c[1] <= last[0] and _by_the_way(text, c, clauses, [m for m in places if c[0] <= m.start < c[1]])]
    asides = [c for c in asides if not _of_one(meant, [m for m in places if c[0] <= m.start < c[1]])]
    kept = tuple(m for m in mentions if not any(a <= m.start < b for a, b in asides))
    gone = [(m.start, m.end) for m in mentions if m not in kept]
    amounts = [(q.start, q.end) for q in find_quantities(text) if any(a <= q.start < b for a, b in asides) and q.unit != "people"]
    return kept, tuple(sorted({*gone, *amounts}))


def _of_programmes(mention: Mention, programmes: set[str]) -> Mention:
    """A name as one of these programmes, if it is one of theirs."""
    return replace(mention, targets=tuple(t for t in mention.targets if t.programme in programmes) or mention.targets)


def _clauses(text: str) -> list[tuple[int, int]]:
    ends = [*(m.end() for m in _CLAUSE.finditer(text)), len(text)]
    return list(zip([0, *ends], ends, strict=False))


def _by_the_way(text: str, clause: tuple[int, int], clauses: list[tuple[int, int]], places: list[Mention]) -> bool:
    """Whether a clause with a name tells of what was: in itself, or in the short one before or after it."""
    if not places:
        return False
    at = clauses.index(clause)
    before = text[clauses[at - 1][0] : clauses[at - 1][1]] if at and clauses[at - 1][1] - clauses[at - 1][0] <= 8 else ""
    return bool(_ONCE.search(before + text[clause[0] : places[0].start]) or _PAST.search(text[places[-1].end : clause[1]]))


def _of_one(meant: set[str], places: list[Mention]) -> bool:
    """Whether what a clause names is the very programme that is asked about later, and no other."""
    return all({t.programme for t in m.targets} == meant for m in places)


def without_goods(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The names of a text without those that are things beside a programme named outright (持続化でカタログ印刷に20万円).

    Such a name is an everyday word for a frame of another programme. It is a thing where a longer noun goes on with it,
    or where its clause tells what it costs; set beside the programme (持続化とカタログ) it is a frame.

    Args:
        text: The text.
        mentions: All names in it.
    """
    named = [m for m in mentions if any(t.kind == "programme" for t in m.targets)]
    own = {t.programme for m in named for t in m.targets if t.kind == "programme"}
    return tuple(m for m in mentions if not own or {t.programme for t in m.targets} & own or not _is_thing(text, m, named))


def _is_thing(text: str, mention: Mention, named: Sequence[Mention]) -> bool:
    everyday = all(t.kind in ("series", "frame") for t in mention.targets) and not _AS_FRAME.search(mention.text)
    if not everyday or _FRAME_AFTER.match(text, mention.end):
        return False
    if _NOUN_GOES_ON.match(text, mention.end):
        return True
    beside = any(_BESIDE.fullmatch(text, m.end, mention.start) for m in named)
    clause = next(c for c in _clauses(text) if c[0] <= mention.start < c[1])
    costs = any(q.unit == "yen" and mention.end <= q.start < clause[1] for q in find_quantities(text))
    return costs and not beside
