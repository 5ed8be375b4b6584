"""Points to passages of the user's own documents beside an answer; nothing that stands in them enters the answer.

The passage goes out among the sources, as a quotation; the answer says only that it exists. So neither a number nor an
order that somebody wrote into a document can change what is said, and no language model ever reads it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.ask.back import with_names
from assistant.errors import IndexUnavailable
from assistant.records import Answer, Figure, Source, Status
from assistant.search.index import SearchIndex
from assistant.search.library import Library, OwnHit
from assistant.text.numbers import find_quantities

ENOUGH, SHARED = 0.5, 2
"""Share of the question's telling words that a passage must hold, and how many of them at least."""
SHOWN = 2
MAX_NAME = 60
MAX_CHARS = 2500
"""An answer is never longer; then the sources alone point to the documents."""
_MARKUP = str.maketrans("<>[]|*`\\", "＜＞［］｜＊｀＼")
_YEAR = re.compile(r"(19|20)\d\d年?度?")
_ABOUT_OWN = ("not_in_sources", "out_of_scope", "missing_input")


def point_to_own(answer: Answer, question: str, library: Library, index: SearchIndex) -> Answer:
    """The answer, with a pointer to the user's own documents where they speak of what was asked.

    Args:
        answer: A finished answer; its words, figures and status stay.
        question: What was asked.
        library: The user's documents.
        index: The index of the knowledge, which tells how much a word says.
    """
    if not _wants_prose(answer):
        return answer
    try:
        hits = library.search(question, index.lexical.weight, SHOWN)
    except IndexUnavailable:
        return answer
    near = [h for h in hits if h.coverage >= ENOUGH and h.shared >= SHARED]
    if not near:
        return answer
    first = len(answer.sources) + 1
    lines = [f"- お手持ちの文書{_named(h)}に関連する箇所があります[{first + i}]。" for i, h in enumerate(near)]
    note = "お手持ちの文書の内容は、しるべが確かめたものではありません。出典の引用をご自身で確かめてください。"
    text = "\n".join([answer.text, "", *lines, "", note])
    if len(text) > MAX_CHARS:
        text = answer.text
    years = tuple(Figure(q.text, q.text, "other", "sourced", "name") for h in near for q in find_quantities(_named(h)) if not q.ignored)
    sources = (*answer.sources, *(_source(h) for h in near))
    return with_names(replace(answer, text=text, sources=sources, figures=(*answer.figures, *years)))


def _wants_prose(answer: Answer) -> bool:
    """Whether an answer speaks of prose, or had nothing to say; figures and small talk need no passage."""
    if answer.status is Status.ANSWERED:
        return any(s.passage for s in answer.sources)
    return answer.reason in _ABOUT_OWN


def _named(hit: OwnHit) -> str:
    """The name of a document in quotes; empty where it holds a number that a reader could take for a figure."""
    name = hit.document.name.translate(_MARKUP)[:MAX_NAME]
    loose = [q for q in find_quantities(name) if not q.ignored]
    return f"「{name}」" if all(_YEAR.fullmatch(q.text) for q in loose) else ""


def _source(hit: OwnHit) -> Source:
    page = f"{hit.part.page}ページ" if hit.part.page else ""
    section = "・".join(p for p in (page, hit.part.section) if p) or "本文"
    return Source(f"お手持ちの文書「{hit.document.name}」", section, hit.document.as_of, None, hit.part.text, own=True)
