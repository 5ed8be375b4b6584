"""Follow a text and tell for each number which programme, edition, round and frame is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.ask.verify.contexts import Piece
from assistant.ask.verify.names import NameAt, Named, NameIndex
from assistant.ask.verify.records import Scope
from assistant.text.numbers import Quantity

TELLING = 6
"""Length from which a name of another programme's edition or frame takes the word to that programme."""
SPELLED = 10
"""Length from which the name of a frame is taken for the name of its programme with it."""
_REFERRING = re.compile(r"前者|後者")
_RESPECTIVELY = ("それぞれ", "順に")
_NOW = re.compile(r"(?:(?:いま|今|現在|現行|今回|今年)(?:の|は|で|、)|最新)")
_OTHERS = re.compile(r"(?:ほか|他|残り)の?(?:\d枠|枠|類型|コース)")
_DONE = re.compile(r"(?:を(?:し|行|出し|取)|済みの|した|している|の?(?:宣言)?企業)")
_APART = 12
"""How far apart two frames are named that do not stand together."""
_ASIDE = re.compile(r"の?(?:要件|区分|対象)に(?:属す|該当す|当たる|当てはま)|の分(?:と|も|を)|との?(?:合計|合わせ)")
_DESCRIBES = re.compile(r"(?:で|を|が|に)[^。、\d]{1,8}[うくすつむるた]")
BECAME = re.compile(r"に(?:引き|変|増|拡|縮|緩|改|伸|上が|下が|な)")


@dataclass(frozen=True, slots=True)
class _Topic:
    """What is being spoken of at a place."""

    programmes: frozenset[str] = frozenset()
    editions: frozenset[Named] = frozenset()
    frames: frozenset[Named] = frozenset()
    rounds: frozenset[Named] = frozenset()
    seen: frozenset[str] = frozenset()
    """Every programme that the text has named."""


class ScopeReader:
    """Reads the pieces of one text in order."""

    def __init__(self, index: NameIndex, text: str, quantities: tuple[Quantity, ...], today: date) -> None:
        self._index, self._text, self._today = index, text, today
        named = [n for n in index.find(text) if not _inside_number(n, quantities)]
        self.names = sorted([*named, *_referring(text, named)], key=lambda n: n.start)
        named_whole = any(t.kind == "programme" for n in named for t in n.targets)
        hinted = set() if named_whole else {p for name, p in index.hints.items() if name in text}
        self._section = _Topic(frozenset(hinted) if len(hinted) == 1 else frozenset())
        self._topic = replace(self._section, programmes=self._section.programmes or _only(named))
        self._lead = self._topic
        """What was spoken of before a list, and how far its items stand in."""
        self._indent = -1
        self._paragraph = -1
        self._next = 0

    @property
    def is_named(self) -> bool:
        """Whether the text names a programme or what only one programme has."""
        return bool(self._topic.programmes) or any(len({t.programme for t in n.targets}) == 1 for n in self.names)

    def suppose(self, programme: str) -> None:
        """Take the text to be about a programme that it does not name."""
        self._topic = self._section = replace(self._section, programmes=frozenset({programme}))

    def read(self, piece: Piece) -> list[Scope]:
        """The scope of each number of a piece."""
        if piece.kind == "heading":
            self._topic = replace(self._section, editions=frozenset(), frames=frozenset(), rounds=frozenset())
        elif piece.paragraph != self._paragraph:
            self._topic = replace(self._section, programmes=self._topic.programmes, seen=self._topic.seen)
        self._paragraph = piece.paragraph
        if 0 <= piece.indent <= self._indent:  # each item is told of what the list is told of
            self._topic = replace(self._lead, programmes=self._lead.programmes or self._topic.programmes, seen=self._topic.seen)
        names = [n for n in self.names if piece.start <= n.start < piece.end]
        scopes = self._cell(piece, names) if piece.kind == "cell" else self._sentence(piece, names)
        if piece.kind == "heading":
            self._section = self._topic
        if not piece.listed:
            self._lead, self._indent = self._topic, -1
        elif self._indent < 0:
            self._indent = piece.indent
        return scopes

    @property
    def seen(self) -> frozenset[str]:
        """Every programme that the text has named so far."""
        return self._topic.seen

    def scope(self) -> Scope:
        """What is spoken of at the end of the piece that was read last."""
        return self._scope(self._topic)

    def _cell(self, piece: Piece, names: list[NameAt]) -> list[Scope]:
        heads = [n for a, b in piece.heads for n in self.names if a <= n.start < b]
        topic = _take(_take(self._topic, heads), names)
        return [self._scope(topic) for _ in piece.quantities]

    def _sentence(self, piece: Piece, names: list[NameAt]) -> list[Scope]:
        topic = self._topic
        names = [n for n in names if not self._is_condition(n, topic)]
        if not names and any(w in self._text[piece.start : piece.end] for w in _RESPECTIVELY):
            topic = replace(topic, rounds=frozenset())  # shared out to all that were named before
        scopes: list[Scope] = []
        taken = 0
        first = next((n for n in names if any(t.kind == "programme" for t in n.targets) and not self._is_cited(n, topic)), None)
        if first is not None:
            topic = replace(self._section, programmes=topic.programmes, seen=topic.seen)
            if not topic.programmes:  # 3人の賃金を上げるなら、A補助金の上限は…: what precedes the only name is said of it
                topic = _take(topic, [first])
        shared = self._respectively(piece, names)
        asides = [(n, end) for n in names if (end := self._aside_until(n, piece))]
        for k, quantity in enumerate(piece.quantities):
            until = next((i for i, n in enumerate(names) if n.start >= quantity.end or n.end > quantity.end), len(names))
            run, taken = names[taken : max(until, taken)], max(until, taken)
            inside = [n for n, until in asides if n.start < quantity.start < until]
            run = [n for n in run if all(n is not a for a, _ in asides)]
            told = max((q.end for q in piece.quantities[:k] if not q.ignored), default=piece.start)
            if _OTHERS.search(self._text[told : quantity.start]):
                topic = replace(topic, frames=frozenset())
            topic = _take(topic if not self._says_now(piece, k) else _without_edition(topic), run)
            modified = self._modified(quantity, names)
            here = _take(topic, [modified]) if modified else topic
            here = _take(topic, [shared[k]]) if k < len(shared) else self._in_brackets(_take(here, inside), quantity, names, bool(run))
            scopes.append(self._scope(self._beside_aside(here, quantity, asides)))
        self._topic = _take(topic, [n for n in names[taken:] if all(n is not a for a, _ in asides)])
        return scopes

    def _is_cited(self, name: NameAt, topic: _Topic) -> bool:
        """Whether the programme that is spoken of is named once more in brackets: what else is spoken of stays."""
        bracketed = self._text[name.start - 1 : name.start] == "(" and self._text.startswith(")", name.end)
        return bracketed and all(t.programme in topic.programmes for t in name.targets)

    def _modified(self, quantity: Quantity, names: list[NameAt]) -> NameAt | None:
        """The frame that a number describes from in front of it: 10者以上で組む複数社連携枠."""
        then = next((n for n in names if n.start >= quantity.end), None)
        if then is None or any(t.kind == "programme" for t in then.targets):
            return None
        return then if _DESCRIBES.fullmatch(self._text[quantity.end : then.start]) else None

    def _aside_until(self, name: NameAt, piece: Piece) -> int:
        """Where the brackets close in which a frame is named with a number of its own (100億宣言企業は15億円以上); 0 if in none."""
        opened = self._text.rfind("(", piece.start, name.start)
        closed = self._text.find(")", name.end, piece.end)
        if opened < 0 or closed < 0 or ")" in self._text[opened : name.start] or any(t.kind == "programme" for t in name.targets):
            return 0
        return closed if any(name.end <= q.start < closed and not q.ignored for q in piece.quantities) else 0

    def _is_condition(self, name: NameAt, topic: _Topic) -> bool:
        """Whether another programme is named only as what a firm has done (100億宣言をした会社), or a frame as what costs come under."""
        if topic.frames and all(t.kind == "frame" for t in name.targets) and _ASIDE.match(self._text, name.end):
            return True
        others = frozenset(t.programme for t in name.targets if t.kind == "programme")
        return bool(topic.programmes and others and not others & topic.programmes) and _DONE.match(self._text, name.end) is not None

    def _beside_aside(self, topic: _Topic, quantity: Quantity, asides: list[tuple[NameAt, int]]) -> _Topic:
        """The topic without the frame that brackets right behind a number set against it: 500万円(グローバル枠は1,000万円)."""
        for name, _ in asides:
            frames = {t.id for t in name.targets}
            if self._text[quantity.end : name.start] == "(" and frames & {t.id for t in topic.frames}:
                return replace(topic, frames=frozenset(t for t in topic.frames if t.id not in frames))
        return topic

    def _says_now(self, piece: Piece, k: int) -> bool:
        """Whether a number is told of today (いまは…) or as what a former one became (…から…に引き上げられた)."""
        start = piece.quantities[k - 1].end if k else piece.start
        before = self._text[start : piece.quantities[k].start]
        became = k > 0 and before.strip() == "から" and BECAME.match(self._text, piece.quantities[k].end) is not None
        return became or _NOW.search(before) is not None

    def _respectively(self, piece: Piece, names: list[NameAt]) -> list[NameAt]:
        """The frames that are told first and shared out to as many numbers (通常枠と創業型はそれぞれ…)."""
        if not piece.quantities or not any(w in self._text[piece.start : piece.end] for w in _RESPECTIVELY):
            return []
        first = piece.quantities[0].start
        frames = [n for n in names if n.end <= first and any(t.kind in ("frame", "series") for t in n.targets)]
        return frames if len(frames) == len([q for q in piece.quantities if not q.ignored]) else []

    def _in_brackets(self, topic: _Topic, quantity: Quantity, names: list[NameAt], told: bool) -> _Topic:
        """The topic with a name that stands in brackets right behind the number: 50万円（通常枠）."""
        if told or self._text[quantity.end : quantity.end + 1] not in ("(", "（"):
            return topic
        close = self._text.find(")", quantity.end)
        return _take(topic, [n for n in names if quantity.end <= n.start and n.end <= close])

    def _scope(self, topic: _Topic) -> Scope:
        programmes = topic.programmes or frozenset(t.programme for t in topic.frames)
        frames = frozenset(t.id for t in topic.frames if t.kind == "frame")
        editions: set[str] = set()
        background: set[str] = set()
        for programme in programmes:
            background |= self._index.default_editions(programme, self._today, None, None)
            background |= {str(t.edition) for t in self._section.editions if t.programme == programme}
            named = {str(t.edition) for t in topic.editions if t.programme == programme} or self._of_rounds(programme, topic)
            editions |= named
            if not named or (frames and not any(self._index.has_frame(e, frames) for e in named)):
                editions |= self._default(programme, topic)
        rounds = frozenset(t.id for t in topic.rounds)
        related = frozenset(p for p in self._section.programmes - programmes if self._index.kin(p) & programmes)
        for programme in related:
            named = {str(t.edition) for t in self._section.editions if t.programme == programme}
            editions |= named or self._default(programme, self._section)
        others = frozenset(background - editions)
        return Scope(programmes | related, frozenset(editions), frames, rounds, bool(topic.editions), others, related)

    def _of_rounds(self, programme: str, topic: _Topic) -> set[str]:
        """The editions whose rounds are named, where the one that answers by default has no such round."""
        having = {str(t.edition) for t in topic.rounds if t.programme == programme}
        return set() if having & self._default(programme, topic) else having

    def _default(self, programme: str, topic: _Topic) -> set[str]:
        chosen: set[str] = set()
        for target in topic.frames:
            if target.programme == programme:
                series, frame = (target.id, None) if target.kind == "series" else (None, target.id)
                chosen |= self._index.default_editions(programme, self._today, series, frame)
        return chosen or set(self._index.default_editions(programme, self._today, None, None))


def _only(named: list[NameAt]) -> frozenset[str]:
    """The programme that a text names, if it names no other: it is spoken of from the first line, wherever its name stands."""
    programmes = {frozenset(t.programme for t in n.targets if t.kind == "programme") for n in named} - {frozenset()}
    return next(iter(programmes)) if len(programmes) == 1 else frozenset()


def _referring(text: str, names: list[NameAt]) -> Iterator[NameAt]:
    """前者 and 後者 as names of what they stand for: the first and second of the last two programmes or frames named apart."""
    for m in _REFERRING.finditer(text):
        named = [n for n in names if n.end <= m.start() and any(t.kind in ("programme", "frame", "series") for t in n.targets)]
        kind = "frame" if named and all(t.kind != "programme" for t in named[-1].targets) else "programme"
        pair: list[NameAt] = []
        for name in reversed(named):
            if any(t.kind == kind for t in name.targets) and all(name.targets != p.targets for p in pair):
                pair.append(name)
        if len(pair) >= 2:
            yield NameAt(m.start(), m.end(), pair[1 if m[0] == "前者" else 0].targets)


def _inside_number(name: NameAt, quantities: tuple[Quantity, ...]) -> bool:
    """Whether a name such as 2026年 is only a part of a date."""
    return any(
        q.start <= name.start and name.end <= q.end and name.end - name.start < q.end - q.start and not q.ignored
        for q in quantities
        if q.start < name.end and name.start < q.end
    )


def _without_edition(topic: _Topic) -> _Topic:
    return replace(topic, editions=frozenset(), rounds=frozenset())


def _forward(names: list[NameAt]) -> list[NameAt]:
    """The names with each edition that belongs to the programme right behind it (第17回の持続化補助金) told after that one."""
    out = list(names)
    for i in range(len(out) - 1):
        first, then = out[i], out[i + 1]
        follows = any(t.kind == "programme" for t in then.targets) and then.start - first.end <= 1
        if follows and not any(t.kind == "programme" for t in first.targets):
            out[i], out[i + 1] = then, first
    return out


def _narrowest(names: list[NameAt]) -> list[NameAt]:
    """The names without those of a group of frames of which another names one (専門家活用枠 の 買い手支援類型)."""
    frames = [frozenset(t for t in n.targets if t.kind == "frame") for n in names]
    return [n for n, own in zip(names, frames, strict=True) if len(own) < 2 or not any(f and f < own for f in frames)]


def _take(topic: _Topic, names: list[NameAt]) -> _Topic:
    """The topic after some names were told in a run: names of one kind in a run stand together."""
    fresh_programmes: frozenset[str] = frozenset()
    frames: frozenset[Named] = frozenset()
    editions: frozenset[Named] = frozenset()
    rounds: frozenset[Named] = frozenset()
    last = 0
    for name in _narrowest(_forward(names)):
        of_programme = frozenset(t.programme for t in name.targets if t.kind == "programme")
        of_programme = of_programme or _spelled_out(name, fresh_programmes or topic.programmes)
        if of_programme:
            if not of_programme & topic.programmes:
                topic = _Topic(of_programme, seen=topic.seen)
            fresh_programmes |= of_programme
            frames |= frozenset(t for t in name.targets if t.kind in ("frame", "series"))
            last = name.end
            continue
        targets = _known(name, fresh_programmes or topic.programmes, topic.seen)
        told = frozenset(t for t in targets if t.kind in ("frame", "series"))
        if told and frames and name.start - last > _APART:
            frames = frozenset()  # インボイス枠には二つの類型があり、…なら電子取引類型: the later one is spoken of
        frames |= told
        last = name.end if told else last
        editions |= frozenset(t for t in targets if t.kind == "edition")
        rounds |= frozenset(t for t in targets if t.kind == "round")
    programmes = fresh_programmes or topic.programmes
    frames = frames if programmes else _together(frames)
    told = frames | editions
    if told and not any(t.programme in programmes for t in told):
        programmes = frozenset(t.programme for t in told)
    seen = topic.seen | programmes
    return _Topic(programmes, editions or topic.editions, frames or topic.frames, rounds or topic.rounds, seen)


def _together(frames: frozenset[Named]) -> frozenset[Named]:
    """Frames told in a run where no programme is named: those of the programme that has most of the names."""
    names: dict[str, set[str]] = {}
    for frame in frames:
        names.setdefault(frame.programme, set()).add(frame.id)
    most = max(map(len, names.values()), default=0)
    return frozenset(f for f in frames if len(names[f.programme]) == most)


def _spelled_out(name: NameAt, programmes: frozenset[str]) -> frozenset[str]:
    """The programme that the long name of a frame names with it (デジタル化・AI導入補助金 通常枠), if another was spoken of."""
    named = frozenset(t.programme for t in name.targets)
    return named if len(named) == 1 and name.end - name.start >= SPELLED and not named & programmes else frozenset()


def _known(name: NameAt, programmes: frozenset[str], seen: frozenset[str]) -> tuple[Named, ...]:
    """What a name stands for: of the programme spoken of, else of one that the text has named, if the name is telling."""
    own = tuple(t for t in name.targets if t.programme in programmes)
    if own:
        return own
    if not programmes:
        return tuple(t for t in name.targets if t.kind in ("frame", "series"))
    telling = name.end - name.start >= TELLING
    if not telling:
        return ()
    known = tuple(t for t in name.targets if t.programme in seen and t.kind in ("edition", "frame"))
    alone = len({t.programme for t in name.targets}) == 1
    return known or (tuple(t for t in name.targets if t.kind == "frame") if alone else ())
