"""Short turns of a conversation that ask something of their own, though no word of the vocabulary says what."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.ask.query import Query
from assistant.ask.wording import asks
from assistant.rules.costs import FEE_END
from assistant.rules.load import Catalogue

_LEAD = r"^(?:じゃあ?|では|で|ほな|なら|ほんなら|あと|それと|ちなみに|この場合|その場合|、)*"
_MAY = r"(?:(?:入れ|使っ|買っ|含め|足し|計上し|払っ)て)?も?(?:いい|ええ|良い|よい|OK|オッケー|大丈夫|だめ|ダメ|あかん)"
_COUNTS = (
    r"(?:補助|助成)?(?:対象|経費)(?:に(?:な|入|で)|外|か|です|や|なん|[？?]|$)[^、。？?]{0,6}"
    r"|(?:入る|入れられ|使え|買え|含め(?:られ)?|落とせ|認められ)[^、。？?]{0,4}"
)
_END = r"[？?。]*\s*$"
_LEAVE = re.compile(
    rf"{_LEAD}(?P<thing>[^、。？?]{{1,14}}?)(?:も|は|って|を|に)(?:{_MAY}|{_COUNTS})(?:る|の|ん|です|ます|か|な|や)*{_END}"
)
"""A turn that asks whether a thing counts (建物も入れていいの, パソコンもいい)."""
_BARE = re.compile(rf"{_LEAD}(?:[^、。？?]{{2,16}}(?:だと|なら|では))?(?P<thing>[^、。？?]{{1,10}}?)(?:は|って|も){_END}")
_NO_THING = re.compile(
    r"[0-9０-９]|賃上げ|うち|それ|これ|ここ|今|いま|後|前|先|から|まで|[一-龥]年|回"
    r"|(者|主|人|法人|会社|ほう|方|やつ|もの|経費|費用|何)$|どちら|どっち|どれ"
)
"""Words of who, when and how many, which are no thing that is paid for."""
_OF_COSTS = frozenset({"cost", "eligibility"})
_ASKS_WHAT = re.compile(
    rf"{_LEAD}[^、。？?]*[一-龥ァ-ヶー]{{2,}}[^、。？?]*(?:何|なに|なん)を(?!すれば|したら)[^、。？?]{{1,10}}{_END}"
)
"""A turn that asks what is done by or to somebody whom it names (商工会には何を頼むの)."""

_GRANT_ASKED = re.compile(
    r"(?:補助|助成|支給|交付)(?:金|額|金額)?(?:の?(?:見込み?|目安|合計|総額|金額|額|試算))*"
    r"(?:[とや、]+[^。、？?]{0,16})?(?:は|も|を|、)?(?:それぞれ|合計で?|全部で)?"
    r"(?:(?:教え|おしえ|知り|しり|計算|試算|出し|算出|示し|お願い|頼)[^。、？?]{0,10}|だけ[^。、？?]{0,10}|どうな[^。、？?]{0,6})?[？?。\s]*$"
)
"""What asks for the grant that told costs bring, without a word for how much (補助と自己負担を教えて, 補助は？)."""


def with_amount_asked(query: Query) -> Query:
    """A question that tells costs and asks for nothing but the grant, or that only tells them, as one that asks for the amount."""
    bare = bool(query.slots.items and query.programmes) and not query.attributes and not query.confirm
    if not bare or not (_GRANT_ASKED.search(query.text) or not asks(query.text)):
        return query
    return replace(query, attributes=("amount",))


def of_its_own(current: Query) -> bool:
    """Whether a turn asks what is done by or to somebody, or, as read by `with_cost_asked`, whether a thing counts as a cost."""
    if not current.attributes:
        return bool(_ASKS_WHAT.match(current.text))
    return current.attributes == ("cost",) and any(_thing(p, current.text) for p in (_LEAVE, _BARE))


def with_cost_asked(alone: Query, programmes: tuple[str, ...], catalogue: Catalogue) -> Query:
    """A turn that only asks whether a thing counts, in so many words or by the name of a cost, as one that asks for costs.

    Args:
        alone: The turn by itself.
        programmes: The programmes talked about.
        catalogue: For the names of their costs.
    """
    if alone.slots.items or alone.slots.quantities or not set(alone.attributes) <= _OF_COSTS:
        return alone
    bare = "" if alone.attributes else FEE_END.sub("", _thing(_BARE, alone.text))
    asked = _thing(_LEAVE, alone.text) or (bare and bare in _costs(programmes, catalogue))
    return replace(alone, attributes=("cost",)) if asked else alone


def _thing(pattern: re.Pattern[str], text: str) -> str:
    """The thing that a turn asks about; empty if it is of another form, or asks who, when or how many."""
    found = pattern.match(text)
    return found["thing"] if found and not _NO_THING.search(found["thing"]) else ""


def _costs(programmes: tuple[str, ...], catalogue: Catalogue) -> set[str]:
    """How the costs of programmes are called, without the last word for money."""
    editions = [e for p in programmes for e in catalogue.editions_of(p)]
    things = [n for e in editions for c in e.costs for n in c.names]
    kinds = [n for e in editions for c in e.categories for n in (c.label, *c.also)]
    return {FEE_END.sub("", n) for n in (*things, *kinds)}
