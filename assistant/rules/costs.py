"""What category of costs a name stands for, by the names that an edition gives its categories and costs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

from assistant.rules.schema import Edition, Frame

_EXCEPTED = re.compile(r"[一-龥ァ-ヶーA-Za-z]+(?=(関連)?(費|経費)?(以外|を除|のほか))")
"""What a label says that an amount does not pay for (ウェブ以外の経費)."""
_MACHINERY = "機械"
_MACHINE = re.compile(
    r"(?<!広告)(?<!電話)(機|機械|機器|器|器具|工具|治具|金型|装置|設備|ロボット|ライン|台車|コンベ[アヤ]ー?|[1１一]台)(?=[をのにはがもで0-9０-９\s]|$)"
)
"""A word of a label that names a machine, whatever machine it is."""
_LATIN = re.compile(r"[a-z0-9&]", re.ASCII)
_ALONE = re.compile(
    r"(の?(制作|製作|作成|構築|開発|開設|改修|更新|新設|リニューアル|作り|づくり|費用?|代金?|分)|を?(作る|つくる|直す|頼む)|[0-9,.]+[千万億]*円?)*"
    r"(を|に|で|の(申請|経費|計画)?)?(だけ|のみ|ばかり|単独|単体)"
)
"""What says behind a thing that nothing else is paid for."""
_ELSEWHERE = re.compile(r"(公式|官公庁|事務局|補助金|御社|貴社|こちら)の?$")
_READ = re.compile(
    r"(に|で|を|から|の[^、。]{0,8}[にでを])?"
    r"(見[たてる]|見ま|読[んみ]|載|掲載され|書[いか]|よる|よれ|あ[っる]|確認|調べ|ダウンロード|申し?込|探)"
)
"""What says beside a name that it is something to read, not to be paid for."""
_DENIED = re.compile(
    r"(関連)?(費用?|経費)?(は|も|を|が|に|には)?"
    r"(な[いくし]|無[いくし]|ありませ|ございませ|入って(い?な|い?ませ|おり?ませ)|入れ(な|ませ)|含[まみ](な|ず|ませ|んで(い?な|い?ませ))"
    r"|(使い|使わ|やり|やら|作り|作ら|つくり|つくら|頼み|頼ま|含め|し)(な[いく]|ませ|ず)|不要|抜き|要らな|いらな|(もう|すでに|既に)あ)"
)
"""What says behind a name that it is not wanted, or is there already."""


_DEED = re.compile(r"の(制作|製作|作成|構築|開発|設計|改修|更新|導入|新設|開設)(費用?|代金?|料金?)?")
"""What is done to a thing: the cost is of the thing (ECの開発費), whatever category is named after the deed."""
FEE_END = re.compile(r"(?<=[一-龥ァ-ヶー]{2})[費代料]$")
"""What ends the name of a cost without saying of what it is (旅費, 出店料)."""
_A_COST = "費用"
"""What stands in the name of a special measure that is for a cost, and not for what a firm does."""


def fold_label(text: str) -> str:
    """Text as the names of costs are compared: one width, one case."""
    return unicodedata.normalize("NFKC", text).casefold()


def without_deed(folded: str) -> str:
    """A folded label without what is done to the thing that it names."""
    return _DEED.sub("", folded)


def find_name(name: str, text: str) -> int:
    """Where a folded name stands last in a folded text, -1 if nowhere; a Latin one (EC, HP) is no part of a longer word."""
    at = text.rfind(name)
    while at >= 0:
        around = (text[at - 1 : at], name[0]), (text[at + len(name) : at + len(name) + 1], name[-1])
        if not any(_LATIN.match(beside) and _LATIN.match(edge) for beside, edge in around):
            return at
        at = text.rfind(name, 0, at + len(name) - 1)
    return -1


def category_of(label: str, edition: Edition) -> str | None:
    """The id of the cost category whose name stands in a label and is not excepted there, the longest one; else machinery by its end."""
    bare = _EXCEPTED.sub("", label)
    text = fold_label(bare)
    found = _longest(without_deed(text), edition) or _longest(text, edition)
    if found is None and _MACHINE.search(bare):
        return next((c.id for c in edition.categories if _MACHINERY in c.label), None)
    return found


def _longest(text: str, edition: Edition) -> str | None:
    best: tuple[int, str] | None = None
    for category in edition.categories:
        names = (fold_label(n) for n in (category.label, *category.also))
        length = max((len(n) for n in names if len(n) > 1 and find_name(n, text) >= 0), default=0)
        if length and (best is None or length > best[0]):
            best = (length, category.id)
    return best[1] if best else None


def categories_told(text: str, edition: Edition) -> frozenset[str]:
    """The categories of all things to be paid for that a free text names; that of the one of which it says `only`, if it does."""
    found = list(_named(fold_label(_EXCEPTED.sub("", text)), edition))
    alone = frozenset(c for c, _, is_alone in found if is_alone)
    return alone or frozenset(c for c, _, _ in found)


def says_alone(text: str, categories: Collection[str], edition: Edition) -> bool:
    """Whether a free text says of things of these categories that nothing else is to be paid for, or speaks of nothing else."""
    folded = fold_label(_EXCEPTED.sub("", text))
    if any(is_alone for c, _, is_alone in _named(folded, edition) if c in categories):
        return True
    clauses = [c for c in re.split(r"[、。,，！!？?\n]", folded) if c.strip()]
    return bool(clauses) and all(any(c in categories for c, _, _ in _named(clause, edition)) for clause in clauses)


def specials_of_costs(frame: Frame, labels: Iterable[str]) -> tuple[str, ...]:
    """Ids of the special measures that lift the cap for applying for a cost (DD費用), where such a cost is among the labels."""
    folded = [fold_label(label) for label in labels]
    lifting = (s for s in frame.specials if s.add_yen and not s.requires.names and _A_COST in s.label)
    return tuple(s.id for s in lifting if any(find_name(fold_label(n), x) >= 0 for n in (s.label, *s.also) for x in folded))


def _named(text: str, edition: Edition) -> Iterator[tuple[str, int, bool]]:
    """Category, place and `only` of each thing that a folded text names; of names that overlap the longest one."""
    taken: list[tuple[int, int]] = []
    for name, category in sorted(_names(edition), key=lambda n: -len(n[0])):
        for m in re.finditer(re.escape(name), text) if name in text else ():
            at, end = m.span()
            if find_name(name, text[max(0, at - 1) : end + 1]) < 0 or any(a < end and at < b for a, b in taken):
                continue
            taken.append((at, end))
            if not (_ELSEWHERE.search(text[:at]) or _READ.match(text, end) or _DENIED.match(text, end)):
                yield category, at, _ALONE.match(text, end) is not None


def _names(edition: Edition) -> Iterable[tuple[str, str]]:
    for category in edition.categories:
        yield from ((fold_label(n), category.id) for n in (category.label, *category.also) if len(n) > 1)
    for cost in edition.costs:
        if cost.category and cost.verdict != "excluded":
            yield from ((fold_label(n), cost.category) for n in cost.names if len(n) > 1)
