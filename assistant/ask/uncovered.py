"""Matters that the sources never speak of (tax, what comes after a withdrawal): told by their words, refused with who knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from assistant.rules.load import Catalogue
from assistant.search.passages import Passage


def uncovered_topic(text: str, named: bool, best: Iterable[Passage], catalogue: Catalogue) -> Mapping[str, Any] | None:
    """The first matter that a text is about and none of the best passages speaks of; None if there is none.

    Args:
        text: What the user asks.
        named: Whether it names a programme: some matters are only uncovered where none is named (`alone`).
        best: The passages that would answer.
        catalogue: For the table of such matters, `not_covered`.
    """
    passages = tuple(best)
    for topic in catalogue.vocabulary.get("not_covered", {}).values():
        said = _said(text, topic) if not (named and topic.get("alone")) else []
        if said and not any(w in held for p in passages for held in (p.topic, *p.also, p.text) for w in said):
            return dict(topic)
    return None


def _said(text: str, topic: Mapping[str, Any]) -> list[str]:
    """The words of a matter that stand in a text, and the parts of it that have one of its `forms`."""
    told = re.search(str(topic["when"]), text) if "when" in topic else True
    words = [w for w in topic.get("words", ()) if told and w in text]
    aside = topic.get("unless")
    if aside and re.search(str(aside), text):
        return words
    return [*words, *(m.group(0) for form in topic.get("forms", ()) if (m := re.search(str(form), text)))]
