"""What a word or a frame is (創業型って何, 交付決定とは), where a question asks nothing else: the passage that defines it leads."""

from __future__ import annotations

import re

from assistant.ask.evidence import Finding, ProseFinding
from assistant.ask.gather_prose import search_prose
from assistant.ask.inquiry import Inquiry
from assistant.ask.names import fold
from assistant.ask.wording import blanked
from assistant.search.index import Hit
from assistant.search.passages import Passage

_ASKED = re.compile(
    r"^\s*の?(?P<term>[^、。？?\s]{2,24}?)(?:とは|(?:と|って|っていう|という|ていう)?の?(?:は|って|意味は)?)[、\s]*"
    r"(?:(?:いったい|一体)?(?:何|なに|なん)(?:の(?:こと|枠))?|(?:どんな|どういう)(?:もの|枠|類型|型|コース|意味|こと|言葉|特例|診断))?"
    r"(?:です|なん|な|や|でしょう|だ|っけ|の|か|ん|を教えて|教えて|ください)*[\s。？?！!]*$"
)
"""The word, and around it no more than what asks for its meaning."""
_APART = re.compile(
    r"^[\sと、や・]*[のはって]*[、\s]*(違い|差|違う点|どう違う|何が違う|どこが違う)[^、。一-龥]{0,8}(教えて[くださいほし]*)?[\s。？?]*$"
)
"""What asks how programmes differ and nothing else, their names left out."""
KINDS = ("definition", "purpose", "target", "step", "special", "requirement")
"""Kinds of passages that say what something is, the plainest first."""
MORE = 3
_GLOSSARY, _HEADWORDS = "用語", re.compile(r"[と、・（）]")
"""The articles that explain words, and what stands between the words of a heading."""
_FOR_WHOM = re.compile(r"^[^。]{4,}人が対象です")


def defined(asked: Inquiry) -> list[Finding]:
    """The passage that says what the word or frame of a question is, with what else is said of it."""
    query = asked.query
    spans = tuple((m.start, m.end) for m in query.mentions if any(t.kind == "programme" for t in m.targets))
    found = _ASKED.match(blanked(query.text, spans))
    if found is None or not query.has("definition") or (set(query.attributes) - {"definition", "special"} and asked.route.places):
        return []
    term = found["term"]
    whole = (asked.catalogue.programmes[p] for p in asked.route.programmes)
    if fold(term).text in {fold(n).text for p in whole for n in (p.name, p.short, *p.also)}:
        return []
    framed = any(t.kind in ("frame", "series") for m in query.mentions if m.text in term for t in m.targets)
    own = [part for p in asked.route.places for f in p.frames for part in (f.label, *f.label.split()[::-1])]
    own = own if framed and len(asked.route.programmes) == 1 else []
    best = next((h for t in dict.fromkeys((term, *own)) if (h := what_is(t, asked, framed))), None) or (_for_whom(asked) if own else None)
    if best is None:
        return []
    more = tuple(h for h in search_prose(asked).hits[: MORE + 1] if h.row != best.row)
    return [ProseFinding((best,), more[:MORE])]


def told_apart(asked: Inquiry) -> list[Finding]:
    """What each of several programmes is for, where a question names them and asks for no more than the difference."""
    query = asked.query
    rest = blanked(query.text, tuple((m.start, m.end) for m in query.mentions if any(t.kind == "programme" for t in m.targets)))
    if len(asked.route.programmes) < 2 or not _APART.match(rest):
        return []
    hits = asked.index.with_ids({f"{p}#summary" for p in asked.route.programmes})
    return [ProseFinding(tuple(hits))] if len(hits) > 1 else []


def what_is(term: str, asked: Inquiry, of_frame: bool) -> Hit | None:
    """The passage that says what a term is, of the places in question; of subsidies in general before one programme's own word.

    Args:
        term: The word or the name of the frame.
        asked: The question and the knowledge.
        of_frame: Whether the term names a frame: for whom it is, and what it demands, then tells what it is.
    """
    name, editions = fold(term).text, asked.route.editions or asked.editions
    frames = {f.id for p in asked.route.places for f in p.frames} if of_frame else set()
    begins = re.compile(rf"{re.escape(name)}(は|とは|：|（[^）]*）は)")

    def rank(p: Passage) -> int | None:
        if fold(term + "とは").text in {fold(n).text for n in (p.topic, *p.also)}:
            return 0
        if p.kind == "article" and p.programme is None and _GLOSSARY in p.topic:
            return 0 if name in {fold(w).text for w in _HEADWORDS.split(p.topic.rsplit("：", 1)[-1])} else None
        if p.kind not in KINDS or not begins.match(fold(p.text[: len(term) + 40]).text):
            return None
        if p.kind in ("definition", "purpose") or (p.kind in ("step", "special") and fold(p.topic).text == name):
            return 1
        return 2 if of_frame and p.kind in ("target", "requirement") else None

    def fits(p: Passage) -> bool:
        own = p.edition_id in editions or (p.programme is None and not of_frame)
        return own and p.kind != "case" and (not frames or not p.frames or bool(frames & set(p.frames))) and rank(p) is not None

    def order(hit: Hit) -> tuple[int, bool, int]:
        p = hit.passage
        return rank(p) or 0, p.programme is not None, KINDS.index(p.kind) if p.kind in KINDS else len(KINDS)

    return min(asked.index.where(fits), key=order, default=None)


def _for_whom(asked: Inquiry) -> Hit | None:
    """The passage that says for whom the frames in question are, and no other frame."""
    frames = {f.id for p in asked.route.places for f in p.frames}

    def fits(p: Passage) -> bool:
        return p.edition_id in asked.route.editions and bool(p.frames) and set(p.frames) <= frames and bool(_FOR_WHOM.match(p.text))

    return next(iter(asked.index.where(fits)), None)
