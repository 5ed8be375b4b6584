"""The options (類型・区分) that the tables of a frame know, and which of them a text tells."""

from __future__ import annotations

import re

from assistant.ask.query import Query
from assistant.ask.slots import denied
from assistant.rules.conditions import Inputs
from assistant.rules.load import Catalogue
from assistant.rules.schema import Frame

OTHER = "それ以外"
"""An option that no table names."""
_NOT = r"(?<!じゃ)(ない|なし|ません|へん|ずに)(?!と|なら|場合|か|[？?])"
_TRADES = {
    "小売業": "小売|(八百|花|本|魚|肉|米|酒|靴|菓子|服|古着|雑貨|文具|呉服)屋|(雑貨|洋品|書|鮮魚|精肉|青果|生花|文具|酒販)店|物販",
}
"""How people name a shop of a trade that an option is for."""


def with_option(query: Query, frame: Frame, inputs: Inputs) -> Inputs:
    """Inputs with the option (類型・区分) whose words stand in the question, where the frame's tables know options."""
    if inputs.get("option") is not None:
        return inputs
    options = options_of(frame)
    told = next((o for o in options if names_option(o, query.text)), None)
    shut_out = not told and any(w in query.text for o in options if "か" not in o for w in _words(o))
    return inputs.with_(option=OTHER if shut_out else told)


def of_a_firm(frame: Frame, inputs: Inputs, catalogue: Catalogue) -> Inputs:
    """Inputs with the other options ruled out where all of them are for bodies that are no firm, and a firm's size is told."""
    words, options = catalogue.vocabulary.get("no_firms", ()), options_of(frame)
    ruled_out = bool(options) and all(any(w in o for w in words) for o in options)
    a_firm = inputs.get("size") or inputs.get("taxable_income_yen") is not None
    return inputs.with_(option=OTHER) if ruled_out and a_firm and inputs.get("option") is None else inputs


def options_of(frame: Frame) -> tuple[str, ...]:
    """The options (類型・区分) that the tables of a frame know."""
    tables = [t for t in (frame.cap, frame.rate, *(c.rate for c in frame.components), *(c.cap for c in frame.components)) if t]
    found = [case.when.tests["option"].is_ for t in tables for case in t.cases if "option" in case.when.tests]
    return tuple(dict.fromkeys(str(o) for o in found if o))


def names_option(option: str, text: str) -> bool:
    """Whether a text names an option; one of a trade in certain places (商店街か郊外住宅団地の小売業) by the trade and a place."""
    places, _, trade = option.rpartition("の")
    if "か" in places:
        told = re.search(_TRADES.get(trade, trade.removesuffix("業")), text)
        return told is not None and any(p in text.replace("の", "") for p in places.split("か"))
    return any(w in text and not _ruled_out(text, w) for w in _words(option))


def _words(option: str) -> list[str]:
    return [w for w in re.split(r"[・と（）]", option.removesuffix("業")) if len(w) > 1]


def _ruled_out(text: str, word: str) -> bool:
    """Whether a text says that what a word names has no part in it (学生との共催ではない)."""
    return denied(text, word) or bool(re.search(rf"{re.escape(word)}[^、。？?]{{0,12}}{_NOT}", text))
