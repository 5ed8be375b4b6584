"""A turn that points back at topics of the conversation (さっきの承継の話に戻ると, 後者, その二つ), spelled out as if it named them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from assistant.ask.carry import ENDS_OPEN
from assistant.ask.names import FRAME, Gazetteer, Mention, fold
from assistant.ask.query import Query
from assistant.ask.wording import blanked
from assistant.rules.editions import editions_in, series_of
from assistant.rules.load import Catalogue
from assistant.text.numerals import small_int

_BACK = re.compile(
    r"^[^。、？?]{0,6}?(?P<lead>(もう一度|また|さっき|先ほど|先程|最初|はじめ|初め|前)に?(聞いた|言った|言うた|話した|出た|の)*)?"
    r"(?P<name>[^。、？?]{1,20}?)((の|って|という|っていう)(話|件|こと|ほう|方|やつ|質問|相談)(の(話|件|ほう|方))?|(?=に話を?(戻|もど)))"
    r"([にへも]?、?話?[をも]?(戻|もど)[^。、？?！!]{0,8}?(けどな?|けれども?|が|と|わ|(?=[。、！!？?\s]|$))"
    r"|(?P<bare>(やけど|だけど|ですが|ですけど|なん(です|や)(が|けど)|やねんけど))(?=[。、！!\s]|$))[。、！!？?\s]*"
)
"""A first clause that goes back to a topic; without a word for going back (`bare`) it says that there was one (`lead`), or names it."""
_CUT = r"(…+|‥+|・・+|\.\.+|～|〜)"
_LED_BACK = re.compile(
    rf"^[^。、？?]{{0,6}}?(?P<lead>(さっき|先ほど|先程|最初|はじめ|初め|前に)の?(聞いた|言った|言うた|話した|出た|の)*)?(?P<name>[^。、？?]{{1,20}}?)"
    rf"(?(lead)|{_CUT})(の|って|という|っていう)(話|件|こと|ほう|方|やつ|質問|相談)(なん(です|だ|や)?(が|けど|けれど)?|です(が|けど)|[にへ]?(戻|もど)[^。、？?]{{0,8}})?(?P<bare>)[、，はもがでの]"
)
"""A first clause that takes up a topic talked about before, without a word for going back, or by a name cut short (持続…のほう)."""
_CLAUSE = r"(?P<before>^|[。、，,！？!?\s]|(じゃあ?|では|で|ほんで|ほな|やっぱり?|それで|なら)、?)"
_END = r"(?=[はがのをもにでだや、，]|なら|って|、)"
_KINDS = r"(ほう|方(?!法|針|向)|制度|補助金|助成金|枠|類型)"
_SAID = r"(聞いた|聞きました|言った|言うた|話した|質問した|挙げた|出した)"
_FIRST = re.compile(
    _CLAUSE + rf"(?P<pick>前者|(一番|いちばん)?(最初|はじめ|初め|先|前)に?{_SAID}の?({_KINDS}|やつ)"
    rf"|(最初|はじめ|初め|先|前)の{_KINDS})" + _END
)
_SECOND = re.compile(
    _CLAUSE + rf"(?P<pick>後者|(最後|後|あと)[にで]?{_SAID}の?({_KINDS}|やつ)|(最後|後|あと)の{_KINDS})" + _END
)
_NTH = re.compile(_CLAUSE + rf"(?P<pick>(?P<n>[1-4１-４一二三四])(番目|つ目|個目)(に{_SAID}|の)の?({_KINDS}|やつ))" + _END)
_NTH_FRAME = re.compile(
    r"(?P<before>^|[。、，,！？!?\s]|(じゃあ?|では|で|ほんで|ほな|それで|なら)、?)(さっきの?|その|上の|今の|表の)?"
    r"(?P<pick>(?P<n>[1-9１-９一二三四五六七八九])(番目|つ目|個目|番)の?(枠|類型|コース|型|やつ|の))" + _END
)
"""What picks a frame by its place in the list of those that a programme has."""
_OTHER = re.compile(_CLAUSE + rf"(?P<pick>もう(一つ|ひとつ|1つ|１つ|一方|片方)の?({_KINDS}|やつ))" + _END)
"""What picks the one of two topics that is not talked about now."""
_POINTS = (_BACK, _LED_BACK, _FIRST, _SECOND, _NTH, _NTH_FRAME, _OTHER)
_OLDEST = re.compile(r"最初|はじめ|初め")
"""What picks the first topic of all, not of the last two."""
_THOSE_TWO = re.compile(r"(その|この|それらの?|これらの?|さっきの|今の|いまの)、?(2つ|２つ|二つ|ふたつ|2点|２点|二点|両方)")
_SPLIT = re.compile(r"[のなとや・]|について|関する")
_RUN = re.compile(r"[一-龥々]{2,}|[ァ-ヶー]{2,}|[A-Za-z]{2,}")
_ASKING = re.compile(r"[？?]|(です|ます|ません|でしょう)か|いくら|なんぼ|何[%％割年日]|どう|教えて")
_BESIDE = re.compile(r"([一-龥々ァ-ヶー・]{3,})の(ほう|方(?!法|針)|やつ)")
"""What is set beside the thing talked about."""
_BESIDE_SHORT = re.compile(r"(?:じゃあ?|では|で|ほな|、)*([一-龥々ァ-ヶー]{2,6})(?:コース|枠|型)?の(?:ほう|方)(?:[はも？?。]|だと|なら|$)")
_HEAD = re.compile(r"(?:じゃあ?|ほな|では|、)*([一-龥々ァ-ヶー]{2,})(?:の(?:ほう|方))?(?:[やだ]と|なら|(?:や|だ)ったら|は)[？?。\s]*$")
"""The head of a name that is all that a turn says (大型だと？)."""
_NEAR = 2
"""Characters between two names that are one (持続化の創業型)."""


@dataclass(frozen=True, slots=True)
class _Topic:
    """A run of turns about the same thing."""

    start: int
    end: int
    name: str


def spelled_out(
    text: str, history: Sequence[str], read: Callable[[Sequence[str]], Sequence[Query]], catalogue: Catalogue
) -> tuple[str, tuple[str, ...]]:
    """What is asked and what was said before it, the turns of the topic that a turn goes back to moved before that turn.

    Args:
        text: The current turn.
        history: The turns before it, oldest first.
        read: Gives turns as they are understood after one another.
        catalogue: For the names of programmes and frames.
    """
    if not any(p.search(t) for t in (*history[1:], text) for p in (*_POINTS, _THOSE_TWO)):
        return text, tuple(history)
    turns: list[str] = []
    for turn in (*history, text):
        turns = [*_spelled(turn, turns, read, catalogue)] if turns else [turn]
    return turns[-1], tuple(turns[:-1])


def _spelled(turn: str, before: Sequence[str], read: Callable[[Sequence[str]], Sequence[Query]], catalogue: Catalogue) -> Sequence[str]:
    """The turns with this one as the last, spelled out if it points back."""
    if not any(p.search(turn) for p in (*_POINTS, _THOSE_TWO)):
        return (*before, turn)
    *said, alone = (*read(before), *read((turn,)))
    topics = _topics(said)
    framed = _with_nth_frame(turn, alone, said, catalogue)
    if framed:
        return (*before, framed)
    again = _asked_of_another(turn, alone, said, topics)
    if again:
        return (*before, again)
    turn, topic = _picked(_with_other(turn, alone, said, topics), alone, said, topics)
    back = _BACK.match(turn) or _LED_BACK.match(turn)
    if back and (back["lead"] or not back["bare"] or not _naming(alone)):
        found = topic or _named(back["name"], said, topics, catalogue, bool(back["lead"] or not back["bare"]))
        if found is None and not back["bare"] and len(topics) == 2 and not _naming(alone):
            found = topics[0]  # the one that is not talked about now, whatever it is called
        rest = turn[back.end() :].strip()
        if found:
            names_more = any(m.end <= back.end() and not _known(m, said[found.start : found.end]) for m in _naming(alone))
            topic, turn = found, turn if names_more or not rest else rest
    if topic is None or topic.end == len(before):
        return (*before, turn)
    return (*before[: topic.start], *before[topic.end :], *before[topic.start : topic.end], turn)


def with_frame_beside(current: Query, programmes: Collection[str], names: Gazetteer) -> Query:
    """The current turn with the frame of the programmes talked about that it sets beside the one before (革新的新製品のほう).

    Args:
        current: The turn by itself.
        programmes: What the turns before it are about.
        names: All names.
    """
    if current.named_programmes or current.named("frame"):
        return current
    beside, head = _BESIDE.search(current.text), _HEAD.match(current.text)
    frames = names.frames_holding(beside.group(1), programmes) if beside else ()
    if not frames and head and not (current.slots.inputs or current.slots.quantities):
        frames = names.frames_beginning(head.group(1), programmes)
    return replace(current, targets=(*current.targets, *frames)) if len(frames) == 1 else current


def within_talk(current: Query, programmes: Collection[str], names: Gazetteer) -> Query:
    """The current turn with the frame of the programmes talked about that it sets beside another one by the beginning of its name.

    What other programmes call so is not meant (一般のほう, where a 一般コース is among what is talked about).
    """
    beside = _BESIDE_SHORT.match(current.text)
    if beside is None or current.named_programmes or any(t.programme in programmes for t in current.targets):
        return current
    frames = names.frames_beginning(beside.group(1), programmes)
    return replace(current, programmes=(), mentions=(), targets=frames) if len(frames) == 1 else current


def _naming(turn: Query) -> list[Mention]:
    """The names of programmes, series and frames in a turn, in order."""
    return [m for m in turn.mentions if any(t.kind in ("programme", "series", "frame") for t in m.targets)]


def _known(mention: Mention, turns: Sequence[Query]) -> bool:
    """Whether some of these turns is about what a name stands for."""
    return any(
        t.programme in turn.programmes and (t.kind == "programme" or t in turn.targets) for turn in turns for t in mention.targets
    )


def _topics(said: Sequence[Query]) -> list[_Topic]:
    """The runs of turns that are about the same programmes and frames, oldest first."""
    out: list[_Topic] = []
    last: object = None
    for i, turn in enumerate(said):
        if not turn.programmes:
            continue
        about = frozenset(turn.programmes), frozenset(t for t in turn.targets if t.kind in ("frame", "series"))
        if out and about == last:
            out[-1] = _Topic(out[-1].start, i + 1, out[-1].name)
        else:
            out.append(_Topic(i, i + 1, _name_of(turn)))
        last = about
    return [_Topic(t.start, out[k + 1].start if k + 1 < len(out) else len(said), t.name) for k, t in enumerate(out)]


def _name_of(turn: Query) -> str:
    """What a turn calls its topic: its first name with those that belong to it (持続化の創業型)."""
    groups = _groups(turn)
    return turn.text[groups[0][0].start : _with_round(turn, groups[0][-1].end)] if groups else ""


def _with_round(turn: Query, end: int) -> int:
    """Where a name ends with the round that follows it at once (持続化の第20回)."""
    return next((r.start + len(r.text) for r in turn.rounds if 0 <= r.start - end <= _NEAR), end)


def _groups(turn: Query) -> list[list[Mention]]:
    """The names of a turn, those that stand together as one thing in one group."""
    out: list[list[Mention]] = []
    for mention in _naming(turn):
        programmes = {t.programme for t in mention.targets}
        last = out[-1][-1] if out else None
        one = last is not None and mention.start - last.end <= _NEAR and turn.text[last.end : mention.start] in ("", "の", "・", "（", "、")
        if last is not None and one and {t.programme for t in last.targets} & programmes:
            out[-1].append(mention)
        else:
            out.append([mention])
    return out


def _picked(turn: str, alone: Query, said: Sequence[Query], topics: Sequence[_Topic]) -> tuple[str, _Topic | None]:
    """The turn with the name of the topic that it picks in the place of 前者 or 後者, and that topic unless one turn named both."""
    first, nth = _FIRST.search(turn), _NTH.search(turn)
    pick = first or _SECOND.search(turn) or nth
    if pick is None or _naming(alone) or not (alone.attributes or ENDS_OPEN.search(turn) or _ASKING.search(turn) or _BACK.match(turn)):
        return turn, None
    start, end = pick.span("pick")
    oldest = bool(first and _OLDEST.search(pick["pick"]))
    place = int(small_int(nth["n"]) or 1) - 1 if nth else 0 if first else 1
    namer = next((t for t in reversed(said) if len(_groups(t)) == 2), None)
    if namer and len(topics) < 3 and place < 2 and not (oldest and len(topics) > 1):
        group = _groups(namer)[place]
        return turn[:start] + namer.text[group[0].start : group[-1].end] + turn[end:], None
    among = topics if nth or oldest else topics[-2:]
    if len(topics) < 2 or place >= len(among) or not among[place].name:
        return turn, None
    return turn[:start] + among[place].name + turn[end:], among[place]


def _with_other(turn: str, alone: Query, said: Sequence[Query], topics: Sequence[_Topic]) -> str:
    """The turn with the name of the other one of two things talked about, of which the last turn is about one."""
    pick = _OTHER.search(turn)
    if pick is None or _naming(alone):
        return turn
    namer = next((t for t in reversed(said) if len(_groups(t)) == 2), None)
    if namer:
        names = [namer.text[g[0].start : g[-1].end] for g in _groups(namer) if not all(_known(m, said[-1:]) for m in g)]
    else:
        names = sorted({t.name for t in topics} - {topics[-1].name}) if topics else []
    start, end = pick.span("pick")
    return turn[:start] + names[0] + turn[end:] if len(names) == 1 and names[0] else turn


def _with_nth_frame(turn: str, alone: Query, said: Sequence[Query], catalogue: Catalogue) -> str:
    """The turn with the frame that it picks from the list of those of the programme talked about; empty if it picks none.

    A list in which several rows are of one frame (専門家活用枠 …) may be counted by rows or frames: where both do not make the same,
    all frames are meant.
    """
    pick, last = _NTH_FRAME.search(turn), said[-1]
    whole = any(t.programmes == last.programmes and not t.named("frame") and not t.named("series") for t in said)
    one_topic = not any(len(_groups(t)) > 1 or (t.programmes and t.programmes != last.programmes) for t in said)
    if pick is None or _naming(alone) or len(last.programmes) != 1 or not whole or not one_topic:
        return ""
    editions = [e for s in series_of(catalogue, last.programmes[0]) for e in editions_in(catalogue, last.programmes[0], s) if e.frames]
    newest = max((e.year for e in editions), default=0)
    rows = list(dict.fromkeys(f.label for e in editions if e.year == newest for f in e.frames))
    heads = [re.split(r"[\s（]", r)[0] for r in rows]
    place = int(small_int(pick["n"]) or 0) - 1
    sure = 0 <= place < len(rows) and len(set(heads[: place + 1])) > place and heads.count(heads[place]) == 1
    start, end = pick.span("pick")
    return turn[:start] + (rows[place] if sure else FRAME) + turn[end:]


def _named(part: str, said: Sequence[Query], topics: Sequence[_Topic], catalogue: Catalogue, surely: bool) -> _Topic | None:
    """The latest topic of which a part of a name is told (承継の話); else, if it surely is one, the latest whose turns hold the words."""
    words = fold(part).text
    generic = {fold(n).text for t in ("programme_endings", "generic_names") for n in catalogue.vocabulary.get(t, ())}
    parts = {fold(p).text for p in (*_SPLIT.split(part), *_RUN.findall(part))} - generic
    best, best_length = None, 1
    for topic in reversed(topics):
        names = [fold(n).text for turn in said[topic.start : topic.end] for n in _names(turn, catalogue)]
        length = max((len(p) for p in parts for n in names if _holds(n, p)), default=0)
        if length > best_length:
            best, best_length = topic, length
    if best is not None:
        return best
    return next((t for t in reversed(topics) if surely and any(words in fold(x.text).text for x in said[t.start : t.end])), None)


def _holds(name: str, part: str) -> bool:
    """Whether a name holds a part of one; Latin letters only as a word (M&A)."""
    return bool(re.search(rf"(?<![a-z]){re.escape(part)}(?![a-z])", name)) if part.isascii() else part in name


def _names(turn: Query, catalogue: Catalogue) -> list[str]:
    """All names of what a turn is about."""
    out = [m.text for m in _naming(turn)]
    for programme in (catalogue.programmes[p] for p in turn.programmes):
        out += (programme.name, programme.short, *programme.also)
        frames = {(t.series, t.frame) for t in turn.targets if t.programme == programme.id and t.kind == "frame"}
        out += [f.label for e in catalogue.editions_of(programme.id) for f in e.frames if (e.series, f.id) in frames]
    return out


def _asked_of_another(turn: str, alone: Query, said: Sequence[Query], topics: Sequence[_Topic]) -> str:
    """What the last two questions of the last topic asked (その二つ), asked of what this turn names; empty if it asks no such thing."""
    names = _groups(alone)
    if not _THOSE_TWO.search(turn) or len(names) != 1 or not topics:
        return ""
    last = said[topics[-1].start : topics[-1].end]
    asking = [t for t in last if t.attributes or _ASKING.search(t.text)][-2:]
    if len(asking) < 2 and not (asking and len(asking[0].attributes) > 1):
        return ""
    if all(_known(m, last) for m in names[0]):
        return ""
    start, end = names[0][0].start, _with_round(alone, names[0][-1].end)
    lead = re.split(r"(?<=[。、])", turn[:start])
    return "".join(lead[:-1]) + "\n".join(_with_name(t, turn[start:end]) for t in asking)


def _with_name(turn: Query, name: str) -> str:
    """A turn asked of something else: with its name in the place of the one that the turn names, or before it."""
    groups = _groups(turn)
    asking = [g for g in groups if _ASKING.search(re.split(r"(?<=[。？?！!])", turn.text[g[0].start :])[0])]
    main = (asking or groups or [[]])[0]
    own = {t.programme for m in main for t in m.targets}
    lost = [(m.start, m.end) for g in groups if g is not main for m in g if {t.programme for t in m.targets} <= own]
    lost += [(r.start, r.start + len(r.text)) for r in turn.rounds if turn.text.startswith(r.text, r.start)]
    text = blanked(turn.text, tuple(lost))
    text = text[: main[0].start] + name + text[main[-1].end :] if main else f"{name}、{text}"
    last = re.split(r"(?<=[。？?！!])", text.strip())
    return text + ("？" if _ASKING.search(last[-1]) else "。" if last[-1] else "")
