"""Questions that name an area with schemes of its own: what shares with them nothing but the place does not answer."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.ask.gather_prose import Prose, without_places
from assistant.ask.inquiry import Inquiry
from assistant.ask.leading import led_by
from assistant.ask.names import bare

_OF_THE_PLACE = re.compile(r"[市県町村](独自)?(の|から|が|に)[^。、？?]{0,14}(補助|助成|支援|制度|奨励)")
"""What asks for a scheme of the place itself."""


def asks_of_the_place(text: str) -> bool:
    """Whether a text asks for what a place itself gives, and not only says where the user is."""
    return bool(_OF_THE_PLACE.search(text))


def of_the_matter(asked: Inquiry, prose: Prose) -> Prose | None:
    """The passages led by one that shares more with the question than the place; None if there are only others.

    Nothing changes where no area is named, a programme is in question, or nothing but the place is told.
    """
    matter = without_places(asked, prose.telling)
    matter = tuple(t for t in matter if not any(bare(a) in t or t in a for a in asked.query.areas))
    if not asked.query.areas or asked.route.places or not matter or not prose.hits:
        return prose
    about = [h for h in prose.hits if asked.index.lexical.coverage(list(matter), h.row) > 0 or h.alike >= 0.5]
    if not about:
        return None
    return prose if prose.hits[0] in about else replace(prose, hits=led_by(about[0], prose.hits))


def of_the_country(asked: Inquiry) -> Inquiry:
    """The inquiry without the place: what holds for the whole country is left to answer."""
    text = asked.query.text
    for area in asked.query.areas:
        for name in (area, bare(area)):
            text = text.replace(name, "　" * len(name))
    return replace(asked, query=replace(asked.query, text=text, areas=frozenset()))
