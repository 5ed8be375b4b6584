"""Names that people type, and what they stand for: programmes, series, frames, special measures.

Exact names are found by longest match over the folded text. Where no programme is named exactly, names that sound or
look alike are tried (typing, conversion and voice-input errors), by `text/slips.py`; so are the frames of the programmes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.ask.wording import blanked
from assistant.rules.load import Catalogue
from assistant.rules.schema import Frame
from assistant.text.slips import SLIP, as_katakana, distance

Kind = Literal["programme", "series", "frame", "special", "component"]
_DROP = set(" 　\t\n・･「」『』（）()【】［］[]<>＜＞〈〉/／&＆-‐―－_,、。!！?？'\"“”")
_SIMPLE = str.maketrans("补业规额级标费续进类经济创设备员贷审项转产范围", "補業規額級標費続進類経済創設備員貸審項転産範囲")
_SIMPLE_EXTRA = str.maketrans({"框": "枠", "制": "制", "发": "発", "办": "弁", "开": "開", "门": "門", "关": "関", "请": "請", "数": "数"})
CORE_LIMIT = 0.34
FUZZY_LIMIT = 0.26
"""Greatest cost a character at which a name still counts as meant; half of it where the words only describe a scheme."""

MOST_SLIPS, SLIPS_A_CHARACTER = 3 * SLIP, 0.1
"""Greatest cost of the name of a frame of the programme, and of each of its characters: slips, one in four of them, none wholly another."""
FRAME = "枠"
SHORTEST_PART = 3
SHORTEST_PIECE = 2
_INNER = frozenset({"frame", "special"})
_BEFORE_FRAME = re.compile(r"(?![のなー])([一-龥々ァ-ヶー・]|上げ|[のな](?=[一-龥々ァ-ヶー]|$))+$")
_TO_FRAME = re.compile(rf"[一-龥々ァ-ヶー・]*{FRAME}")
_WITHIN_WORD = re.compile(r"[一-龥々ァ-ヶー]$")
_AS_A_QUALITY = re.compile(r"な(?!ら|の[かは]|ん)|化|的|企業|人材|市場")
"""What follows an ordinary word that is also the name of a frame (グローバルな取引先)."""
_TRADE = re.compile(
    r"(系)?の(会社|企業|工場|町工場|現場|仕事)(です|で(?!は|も)|だ|や(?!り)|を(?!選|探)|が|は|なん|[、。]|$)|(企業|業)(です|でして|なん|を営)|をしてい"
)
"""What follows a word that tells the trade of the firm (ものづくりの会社です), not the programme of that name."""
_LATIN = re.compile(r"[a-z]+")
SHORT_LATIN = 3
_ENDS = re.compile(r"[。、！？!?\n]")


@dataclass(frozen=True, slots=True)
class Target:
    """What a name stands for; ids are None where the kind has none."""

    kind: Kind
    programme: str
    series: str | None = None
    frame: str | None = None
    special: str | None = None
    component: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text: the span in the original text and everything it may stand for."""

    start: int
    end: int
    text: str
    targets: tuple[Target, ...]
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without spaces and punctuation, lower case, with the original offset of each character."""

    text: str
    offsets: tuple[int, ...]


@lru_cache(maxsize=20_000)
def fold(text: str) -> Folded:
    """Fold a text for comparing names."""
    out: list[str] = []
    offsets: list[int] = []
    for i, char in enumerate(text):
        for c in unicodedata.normalize("NFKC", char).lower().translate(_SIMPLE).translate(_SIMPLE_EXTRA):
            if c not in _DROP:
                out.append("ー" if c in "ｰ–—−" else c)
                offsets.append(i)
    return Folded("".join(out), tuple(offsets))


def bare(area: str) -> str:
    """The name of a city or prefecture without its kind, as people say it (四日市市 is 四日市)."""
    return area[:-1]


def regions_in(text: str, catalogue: Catalogue) -> list[str]:
    """The prefectures that a text names."""
    return [r for r in catalogue.vocabulary.get("regions", ()) if r in text]


class Gazetteer:
    """All names of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._names: dict[str, list[Target]] = {}
        for target, name in _all_names(catalogue):
            key = fold(name).text
            if len(key) >= (3 if re.fullmatch(r"[ぁ-ん]+", key) else 2) and target not in self._names.setdefault(key, []):
                self._names[key].append(target)
        self._by_head: dict[str, list[str]] = {}
        for key in sorted(self._names, key=len, reverse=True):
            self._by_head.setdefault(key[:2], []).append(key)
        local = {p.id: fold(p.name).text for p in catalogue.programmes.values() if p.area}
        areas = tuple({bare(p.area) for p in catalogue.programmes.values() if p.area})
        self._programme_names = [
            k for k, ts in self._names.items()
            if len(_core(k)) >= 3 and "の" not in k[:-1] and not k.isascii()  # with の it describes: one word more is another matter
            and any(t.kind == "programme" for t in ts) and not k.startswith(areas)
        ]  # fmt: skip
        self._descriptive = {
            k for k in self._programme_names
            if "の" in k or all(k not in local.get(t.programme, k) for t in self._names[k] if t.kind == "programme")
        }  # fmt: skip

        self._kin = {p.id: {line.programme for line in p.lineage} for p in catalogue.programmes.values()}
        self._frames: dict[str, tuple[Target, ...]] = {}
        for k, ts in self._names.items():
            own = k.removesuffix(FRAME)
            if framed := tuple(t for t in ts if t.kind == "frame"):
                self._frames[own] = tuple(dict.fromkeys((*self._frames.get(own, ()), *framed)))
        self._pieces: dict[str, list[tuple[str, tuple[tuple[str, int], ...]]]] = {}
        for k, ts in self._names.items():
            for programme in {t.programme for t in ts if t.kind in _INNER and len(k) >= 2 * SHORTEST_PIECE}:
                self._pieces.setdefault(programme, []).append((k, _pieces_of(as_katakana(k))))
        self._letters = {k: frozenset(k) for k in self._programme_names}

    def find(self, text: str) -> tuple[Mention, ...]:
        """All names in a text, longest first at each place, no two overlapping; fuzzy where no programme is exact."""
        folded = fold(text)
        found = list(self._exact(text, folded))
        trades = [m for m in found if _is_trade(text, m)]
        if trades:
            return self.find(blanked(text, tuple((m.start, m.end) for m in trades)))
        found = self._with_misspelt(text, folded, found)
        found += list(self._frames_by_part(text, found))
        if not any(t.kind == "programme" for m in found for t in m.targets):
            guess = self._fuzzy(text, folded)
            if guess is not None and all(m.end <= guess.start or m.start >= guess.end for m in found):
                found = self._with_misspelt(text, folded, [*found, guess])
        return tuple(sorted(found, key=lambda m: m.start))

    def specials_of(self, programmes: tuple[str, ...]) -> tuple[Target, ...]:
        """All special measures of these programmes."""
        found = (t for targets in self._names.values() for t in targets if t.kind == "special" and t.programme in programmes)
        return tuple(dict.fromkeys(found))

    def _exact(self, text: str, folded: Folded) -> Iterable[Mention]:
        i, body = 0, folded.text
        while i < len(body) - 1:
            name = next((k for k in self._by_head.get(body[i : i + 2], ()) if _fits(folded, i, k)), None)
            if name is None:
                i += 1
                continue
            start, end = folded.offsets[i], folded.offsets[i + len(name) - 1] + 1
            if not _AS_A_QUALITY.match(text, end) or any(t.kind not in ("frame", "series") for t in self._names[name]):
                yield Mention(start, end, text[start:end], (*self._names[name], *self._inside(name)))
            i += len(name)

    def _frames_by_part(self, text: str, found: list[Mention]) -> Iterable[Mention]:
        """Frames named by a part of their name, right before the word for a frame (新製品・サービスの枠)."""
        for start, end in unnamed_frames(text, found):
            ends = (start, start - 1) if text[start - 1 : start] == "の" else (start,)
            named = {t.programme for m in found if m.end in ends for t in m.targets if t.kind == "programme"}
            of = named.union(*(self._kin[p] for p in named))
            for begin in (start, *(i + 1 for i in range(start, end) if text[i] == "の")):
                own = re.sub("[のな]", "", fold(text[begin : end - 1]).text)
                fits = {k: len(own) / len(k) for k in self._frames if len(k) <= 2 * len(own) and _is_part(own, k)}
                fits = fits or {k: -cost for k in self._frames if (cost := distance(own, k)) <= FUZZY_LIMIT / 2 * len(k)}
                best = [t for k, share in fits.items() if share == max(fits.values()) for t in self._frames[k]]
                best = [t for t in best if t.programme in of] if of else best
                if best and len(own) >= SHORTEST_PART:
                    yield Mention(begin, end, text[begin:end], tuple(dict.fromkeys(best)), exact=False)
                    break

    def _with_misspelt(self, text: str, folded: Folded, found: list[Mention]) -> list[Mention]:
        """The mentions with the frames and special measures of their programmes that are typed with a slip or two.

        A slip leaves a piece of the name as it is, so only names are tried of which a piece stands in the text. One that
        holds a whole shorter name of a frame is meant instead of it (小基模売り手支援類型 is not 売り手支援類型).
        """
        body, near = as_katakana(folded.text), list[tuple[float, str, int, int]]()
        programmes = sorted({t.programme for m in found for t in m.targets})
        for name, pieces in dict(n for p in programmes for n in self._pieces.get(p, ())).items():
            starts = {at - offset + k for piece, offset in pieces for at in _places_of(body, piece) for k in (-1, 0, 1)}
            ends = ((i, i + len(name) + more) for i in starts if i >= 0 for more in (-1, 0, 1))
            costs = [(distance(body[a:b], name), name, a, b) for a, b in ends if b <= len(body)]
            near += [c for c in costs if 0 < c[0] <= min(MOST_SLIPS, SLIPS_A_CHARACTER * len(name))]
        for _, name, a, b in sorted(near, key=lambda c: (c[0] / len(c[1]), -len(c[1]))):
            start, end = folded.offsets[a], folded.offsets[b - 1] + 1
            within = [m for m in found if m.start < end and start < m.end]
            if all(start <= m.start and m.end <= end and m.exact and len(fold(m.text).text) < len(name) for m in within):
                kept = [m for m in found if m not in within or any(t.kind == "programme" for t in m.targets)]
                targets = tuple(t for t in self._names[name] if t.programme in programmes and t.kind in _INNER)
                found = [*kept, Mention(start, end, text[start:end], targets, exact=False)]
        return found

    def frames_holding(self, part: str, programmes: Collection[str]) -> tuple[Target, ...]:
        """The frames of these programmes whose name holds a part that is at least half of it."""
        own = fold(part).text
        fits = [ts for k, ts in self._frames.items() if len(k) <= 2 * len(own) and own in k]
        return tuple(dict.fromkeys(t for ts in fits for t in ts if t.programme in programmes)) if len(own) >= SHORTEST_PART else ()

    def frames_beginning(self, head: str, programmes: Collection[str]) -> tuple[Target, ...]:
        """The frames of these programmes whose name begins with a head, of any length."""
        found = (t for k, ts in self._frames.items() if k.startswith(fold(head).text) for t in ts)
        return tuple(dict.fromkeys(t for t in found if t.programme in programmes))

    def _inside(self, name: str) -> Iterable[Target]:
        """Series and frames whose names are part of a programme's name (省力化カタログ)."""
        programmes = {t.programme for t in self._names[name] if t.kind == "programme"}
        if not programmes:
            return
        for i in range(len(name) - 1):
            for inner in self._by_head.get(name[i : i + 2], ()):
                if inner != name and name.startswith(inner, i):
                    yield from (t for t in self._names[inner] if t.programme in programmes and t.kind in ("series", "frame"))

    def _fuzzy(self, text: str, folded: Folded) -> Mention | None:
        body = folded.text
        letters = set(body)
        best: tuple[float, int, int, str] | None = None
        for name in self._programme_names:
            if len(self._letters[name] & letters) * 2 < len(self._letters[name]):
                continue  # no window of the text can hold half of its letters
            for i in range(max(0, len(body) - len(name) + 2)):
                window = body[i : i + len(name)]
                if len(window) < len(name) - 1 or len(self._letters[name].intersection(window)) * 2 < len(self._letters[name]):
                    continue
                cost = distance(window, name) / len(name)
                core = _core(name)
                if distance(window[: len(core)], core) / len(core) > CORE_LIMIT and cost > 0:
                    continue
                key = (cost - len(name) * 0.001, i, len(window), name)
                limit = FUZZY_LIMIT / 2 if name in self._descriptive else FUZZY_LIMIT
                ends = _ENDS.search(text, *_place(folded, i, len(window)))
                if cost <= limit and (best is None or key < best) and not ends and _same_letters(name, body, i, i + len(window)):
                    best = key
        if best is None:
            return None
        _, i, length, name = best
        start, end = _place(folded, i, length)
        return Mention(start, end, text[start:end], tuple(self._names[name]), exact=False)


def _same_letters(name: str, body: str, start: int, end: int) -> bool:
    """Whether the short Latin words of a name stand as they are where it is guessed: one letter more is another word (IT, IoT)."""
    heard = {m.group() for m in _LATIN.finditer(body) if m.start() < end and start < m.end()}
    return all(len(w) > SHORT_LATIN or w in heard for w in _LATIN.findall(name))


def unnamed_frames(text: str, found: Collection[Mention]) -> Iterable[tuple[int, int]]:
    """Where a text speaks of a frame by a name that is none of the mentions, nor the end of one that is of another programme."""
    named = {t.programme for m in found for t in m.targets if t.kind == "programme" and not m.text.endswith(FRAME)}
    ends = {m.end for m in found}
    taken = [
        (m.start, m.end) for m in found
        if not named or named & {t.programme for t in m.targets}
        or (m.start in ends or not _WITHIN_WORD.search(text[: m.start])) and not _TO_FRAME.match(text, m.end)
    ]  # fmt: skip
    for at in (i for i, char in enumerate(text) if char == FRAME and not any(a <= i < b for a, b in taken)):
        floor = max((b for _, b in taken if b <= at), default=0)
        called = _BEFORE_FRAME.search(text[floor:at])
        if called and len(called.group()) >= SHORTEST_PART:
            yield floor + called.start(), at + 1


def _pieces_of(name: str) -> tuple[tuple[str, int], ...]:
    """A name cut in two, a longer one in three, each piece with its place."""
    n = 2 if len(name) < 3 * SHORTEST_PIECE else 3
    cuts = [len(name) * k // n for k in range(n + 1)]
    return tuple((name[a:b], a) for a, b in zip(cuts, cuts[1:], strict=False))


def _places_of(body: str, piece: str) -> Iterable[int]:
    at = body.find(piece)
    while at >= 0:
        yield at
        at = body.find(piece, at + 1)


def _is_part(part: str, name: str) -> bool:
    """Whether the characters of a part stand in a name in the same order."""
    rest = iter(name)
    return all(char in rest for char in part)


def _is_trade(text: str, mention: Mention) -> bool:
    """Whether a name without the ending of a programme's only tells what the firm does."""
    of_programme = any(t.kind == "programme" for t in mention.targets)
    return of_programme and _core(mention.text) == mention.text and bool(_TRADE.match(text, mention.end))


def _place(folded: Folded, i: int, length: int) -> tuple[int, int]:
    """Where a piece of a folded text stands in the original."""
    return folded.offsets[i], folded.offsets[min(i + length, len(folded.text)) - 1] + 1


def _core(name: str) -> str:
    """The part of a name that tells it from others: without the ending that all share."""
    for ending in ("補助金", "助成金", "補助事業", "支援事業", "補助"):
        if name.endswith(ending):
            return name.removesuffix(ending)
    return name


def _fits(folded: Folded, at: int, name: str) -> bool:
    """Whether `name` stands at `at` and is not a part of a longer Latin word."""
    body, end = folded.text, at + len(name)
    if not body.startswith(name, at):
        return False
    return not name.isascii() or not (_joined(folded, at - 1) or _joined(folded, end - 1))


def _joined(folded: Folded, at: int) -> bool:
    """Whether the characters at `at` and after it are Latin and stand together in the original text."""
    if at < 0 or at + 1 >= len(folded.text):
        return False
    both = folded.text[at : at + 2]
    return both.isascii() and both.isalnum() and folded.offsets[at + 1] - folded.offsets[at] <= 1


def _all_names(catalogue: Catalogue) -> Iterable[tuple[Target, str]]:
    common = _common_costs(catalogue)
    for programme in catalogue.programmes.values():
        target = Target("programme", programme.id)
        yield from ((target, n) for n in (programme.id, programme.name, programme.short, *programme.also, *programme.readings))
        for series in programme.series:
            yield from ((Target("series", programme.id, series.id), n) for n in (series.label, *series.also))
        for edition in catalogue.editions_of(programme.id):
            for frame in edition.frames:
                yield from _frame_names((programme.id, edition.series, frame.id), frame, common)


def _common_costs(catalogue: Catalogue) -> frozenset[str]:
    """The names that several programmes give a category of costs (謝金, 旅費): none of the programmes is meant by one."""
    users: dict[str, set[str]] = {}
    for edition in catalogue.editions.values():
        for category in edition.categories:
            for name in (category.label, *category.also):
                users.setdefault(name, set()).add(edition.programme)
    return frozenset(name for name, programmes in users.items() if len(programmes) > 2)


def _with_no(names: tuple[str, ...], ending: str) -> Iterable[str]:
    """Names, also with の before the word that they end in (海外展開の枠, 最低賃金の特例)."""
    yield from names
    yield from (f"{n.removesuffix(ending)}の{ending}" for n in names if n.endswith(ending) and not n.endswith(f"の{ending}"))


def _frame_names(here: tuple[str, str, str], frame: Frame, common: frozenset[str]) -> Iterable[tuple[Target, str]]:
    yield from ((Target("frame", *here), n) for n in _with_no((frame.label, *frame.also), FRAME))
    for special in frame.specials:
        yield from ((Target("special", *here, special.id), n) for n in _with_no((special.label, *special.also), "特例"))
    for part in frame.components:
        yield from ((Target("component", *here, None, part.id), n) for n in (part.label, *part.also) if n not in common)


def resolve(mentions: tuple[Mention, ...]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Target, ...]]:
    """Programmes named, programmes meant, and the targets within them.

    Where only frames or series are named, those programmes are meant that fit most of the names.

    Args:
        mentions: The names of a text.
    """
    named = tuple(dict.fromkeys(t.programme for m in mentions for t in m.targets if t.kind == "programme"))
    inner = [t for m in mentions for t in m.targets if t.kind != "programme"]
    if named:
        apart = [m for m in mentions if len(m.text) >= 4 and not {t.programme for t in m.targets} & set(named)]
        others = (t.programme for m in apart for t in m.targets if t.kind in ("series", "frame"))
        programmes = tuple(dict.fromkeys((*named, *others)))
    else:
        votes: dict[str, int] = {}
        for m in mentions:
            if all(t.kind == "component" for t in m.targets) and len(m.text) < 3:
                continue
            kinds = {t.kind for t in m.targets}
            weight = 1 if kinds == {"special"} else 2 if kinds == {"component"} else 3
            for p in dict.fromkeys(t.programme for t in m.targets):
                votes[p] = votes.get(p, 0) + weight
        top = max(votes.values(), default=0)
        programmes = tuple(p for p, v in votes.items() if v == top)
    targets = tuple(dict.fromkeys(t for t in inner if t.programme in programmes))
    return named, programmes, targets
