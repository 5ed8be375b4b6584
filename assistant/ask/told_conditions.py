"""What a user's case is, for the conditions that passages tell: who applies, what is done already, where things are."""

from __future__ import annotations

import re
from typing import Any

from assistant.ask.query import Query
from assistant.ask.told_case import read_case
from assistant.ask.told_place import held_abroad, read_places
from assistant.ask.wording import blanked, made
from assistant.rules.conditions import Decides
from assistant.rules.load import Catalogue

_SELF = r"(?:うち|自分|自社|当社|弊社|自店|わたし|私)(?:の(?:店|会社|ところ|とこ))?"
_ALONE = re.compile(
    rf"単独(?!の枠|で(?:支援|補助|買))|{_SELF}[^、。？?でがは]{{0,8}}(?:だけ|のみ|ひとり|一人)(?![がにをの])"
    rf"|(?:{_SELF}|自力|直接)で?(?:直接)?[^、。？?]{{0,3}}(?:申請|申し込|申込|応募|出せ|出す)"
    r"|(?:[1１一](?:社|軒|店|者|企業)|店|会社)[^、。？?]{0,2}(?:だけ|のみ)(?![がにをのど]|れど)|(?:通さ|頼ま|組ま|介さ)(?:ず|ない|んと|んで)"
)
_TOGETHER = re.compile(r"組ん|組む|共同(?!・|体|型|申請が)|一緒に|連携|通し|頼ん|集め|共に|ともに|合同")
_GATHERED = re.compile(r"(?:を|が|は)?(?:集め|参加|参画|集ま)")
_AS_APPLICANT = r"(?:です|だ|として|なん|が申請|が集め|で申請|が[^、。]{0,10}集めて|が代表)"
_NOT_DONE = re.compile(
    r"[^、。？?]{0,10}?(?:まだ|未)(?!定)"
    r"|[^、。？?]{0,8}?(?:受け|し|使わ|使っ|もらっ|取っ|やっ|済ん|終わっ|出し)(?:て|で)?(?:い|お)?(?:な[いく]|ませ|へん|まへん|ひん|ず|んと|んまま)"
    r"|(?:を|は|が|も)?(?:なし|無し|なく|抜き|せず|しないで|の?前に?)"
)
_DONE = re.compile(
    r"[^、。？?]{0,12}?(?:受けた(?![いくら])|受けま(?!せ)|受けて(?:い|お|る|あ)|受診(?:済|し)|受講(?:済|し)|済み?|済ん|終え|終わ"
    r"|しました|した(?![いら])|もらった|もらいま|もらって(?:い|お|る)|使った|使いま|使って(?:い|お|る)|取った|取りま)"
    r"|(?:も|と)(?:同時|一緒|併せ|合わせ|あわせ)"
)
_TAKEN_BACK = re.compile(
    r"[^、。？?]{0,8}?(?:(?:て|で)い?(?:ない|ませ|へん)|ありませ|(?:では|じゃ|で)な[いく]|こと[はが]?な"
    r"|(?:が|は|も)い(?:な[いけ]|ませ)|を除|以外|なければ)"
)
"""What denies what was just said, or leaves it out (解雇した人がいなければ, 入社した人を除いて)."""
_SAME = re.compile(
    r"(?:同じ|おなじ|一緒)(?:意味|もの|こと|やつ|話|です|だ|なん|か|や|と|で|[？?0-9０-９])|イコール|違い(?:は|って)?(?:ない|なし)|同義|変わ(?:ら|り)(?:ない|へん|ませ)|まま(?:です|で(?:いい|よい|ええ|大丈夫)|や|か)"
)


def read_conditions(query: Query, programme: str, decides: Decides, catalogue: Catalogue) -> dict[str, Any]:
    """The inputs for the condition of a programme's passage that a question tells; what it does not tell is absent."""
    area = catalogue.programmes[programme].area
    spans = tuple((m.start, m.end) for m in query.mentions if any(t.kind == "programme" for t in m.targets))
    text = blanked(query.text, spans)
    out: dict[str, Any] = {}
    names = decides.test.names
    if area and any(n.endswith("_in_area") or n == "area_staff_share" for n in names):
        out |= read_places(_without_scheme(text, area, catalogue), area, query.slots.quantities, catalogue)
    out |= read_case(query, decides.test, programme, catalogue.vocabulary)
    if "held_abroad" in names:
        abroad = held_abroad(text, catalogue)
        out |= {"held_abroad": abroad} if abroad is not None else {}
    if "applies_alone" in names:
        out |= _applicant(text, decides)
    if "members" in names:
        out |= _members(query)
    told_so = _told_so(text, decides)
    out |= {"told_so": told_so} if told_so is not None else {}
    done = _step(query.text, decides.step)
    return out | ({"step_done": done} if done is not None else {})


def asks_same(query: Query) -> bool:
    """Whether a question asks if two things are the same."""
    return bool(_SAME.search(query.text))


def asks_alone(text: str) -> bool:
    """Whether a text tells that the user applies by himself."""
    return bool(_ALONE.search(text))


def _without_scheme(text: str, area: str, catalogue: Catalogue) -> str:
    """A text without the area's name where it only says whose scheme is meant (四日市の…補助)."""
    names = "|".join(map(re.escape, sorted({area, area[:-1]}, key=len, reverse=True)))
    scheme = re.compile(rf"(?:{names})(?:の|独自の)?[^、。，,？?がはでにをへやと]{{0,22}}?(?:補助|助成|支援|事業費|制度|奨励)")
    return blanked(text, tuple(m.span() for m in scheme.finditer(text)))


def _applicant(text: str, decides: Decides) -> dict[str, Any]:
    """Whether the user applies by himself, or is (or has) the one that applies."""
    if any(re.search(re.escape(w) + _AS_APPLICANT, text) for w in decides.applicant):
        return {"applies_alone": False}
    if _ALONE.search(text):
        return {"applies_alone": True}
    return {"applies_alone": False} if _TOGETHER.search(text) and not decides.applicant else {}


def _members(query: Query) -> dict[str, Any]:
    """How many firms are gathered."""
    firms = [
        n for q in query.slots.quantities
        if q.counter in ("社", "者", "企業", "事業者", "店") and _GATHERED.match(query.text, q.end) and (n := q.whole("count")) is not None
    ]  # fmt: skip
    return {"members": firms[0]} if len(firms) == 1 else {}


def _holds(pattern: str, text: str) -> bool:
    """Whether a pattern is found in a text and what it finds is not taken back right after."""
    return any(not _TAKEN_BACK.match(text, m.end()) for m in made(pattern).finditer(text))


def _told_so(text: str, decides: Decides) -> bool | None:
    """Whether a text tells that the condition is met, or missed, in words of its own; None where it tells neither or both."""
    met, missed = (any(_holds(p, text) for p in patterns) for patterns in (decides.yes, decides.no))
    return met if met != missed else None


def _step(text: str, words: tuple[str, ...]) -> bool | None:
    """Whether a step is done, or not done yet, as the words after its name say; None where they say neither."""
    found: set[bool] = set()
    for word in words:
        for m in re.finditer(re.escape(word), text):
            denied, done = _NOT_DONE.match(text, m.end()), _DONE.match(text, m.end())
            if denied and not (done and done.end() < denied.end()):
                found.add(False)
            elif done:
                found.add(True)
    return found.pop() if len(found) == 1 else None


