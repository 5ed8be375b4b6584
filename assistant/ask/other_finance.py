"""Schemes whose name begins like one of ours and ends in another kind of finance (事業承継税制): they are others."""

from __future__ import annotations

import re

from assistant.ask.names import Mention
from assistant.rules.load import Catalogue


def split_off(text: str, mentions: tuple[Mention, ...], catalogue: Catalogue) -> tuple[tuple[Mention, ...], tuple[str, ...]]:
    """The names that are of our programmes, and those that another kind of finance right after them makes names of other schemes.

    Args:
        text: The text.
        mentions: The names found in it.
        catalogue: For the programmes' full names, and the words for kinds of finance (`other_finance`).
    """
    tail = re.compile(str(catalogue.vocabulary.get("other_finance", "$^")))
    kept: list[Mention] = []
    others: list[str] = []
    for mention in mentions:
        within = (m for m in tail.finditer(text, mention.start + 1) if not mention.exact and m.start() < mention.end <= m.end())
        after = tail.match(text, mention.end) or next(within, None)  # a name of a slip may have swallowed it (セーフティネット4号)
        programmes = [catalogue.programmes[t.programme] for t in mention.targets if t.kind == "programme"]
        own = after is not None and any(after["kind"] in n for p in programmes for n in (p.name, *p.also))
        if after is None or own or not programmes or len(programmes) < len(mention.targets):
            kept.append(mention)
        else:
            others.append(text[mention.start : after.end()])
    return tuple(kept), tuple(others)
