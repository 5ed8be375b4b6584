"""Which of the passages that were found leads: what answers the very question, forbids what is asked, or holds the value wanted."""

from __future__ import annotations

import re

from assistant.ask.names import fold
from assistant.ask.query import Query
from assistant.ask.route import Route
from assistant.ask.verdicts import asks_leave, forbids, is_silent
from assistant.ask.wanted import holds_wanted, wanted_in
from assistant.ask.wording import blanked
from assistant.search.index import Hit
from assistant.search.passages import Passage

HALF = 0.5
"""Share of the telling words that a further passage must hold."""
COMPARABLE = 0.4
"""Share of the best score that another programme's passage must have to stand beside it."""
AMONG, FAR, AHEAD = 3, 2.0, 1.3
"""Among so many first hits, one of so many times the score of the first leads; of fewer times, where it is the thing asked for."""
OWN = 0.5
"""Share of the score of a passage on several programmes at which one of the programme that is named goes before it."""
SAME_QUESTION = 0.95
"""Likeness to a stored question from which it is the same question in other particles."""
LIKE_QUESTION, MUCH_MORE, FURTHER = 0.7, 0.3, 10
"""Likeness to a stored question from which one of so many first hits leads, and how far above that of the first it must be."""
OF_FRAME = 0.2
"""How much less of the words it may hold where it is of the frame that is named, and the first is not."""
SECONDS, FULLER = 7, 0.1
"""How many of the first hits may lead where they forbid what is asked, and how much more of the words they must hold."""
_TOO_EARLY, _DECISION, _OWNED = "交付決定前", "交付決定", "みなし大企業"
"""What the knowledge calls an order before the decision, that decision, and a firm that a large one owns."""
_SPECIAL = "特例"
"""What the full name of a special measure holds."""
_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2,}-?[0-9]{2,}[A-Z0-9-]*")
"""The code of a product."""
_SPOKEN_OF = r"(代|費|料|の費用|の代金|の購入|の料金)?(だけ|のみ)?(も|は|が|を|って|だけ|のみ)"
_ASKED_FOR = _SPOKEN_OF + r".{0,3}?(出|対象|使|買|認め|含め|補助|経費|入れ|払|計上|(いい|ええ|良い|よい|OK)[？?で]?)"


def best_first(query: Query, route: Route, hits: tuple[Hit, ...], known: str) -> tuple[Hit, ...]:
    """The hits, the one that answers in front.

    Args:
        query: The question.
        route: Its places.
        hits: What the search found, best first, graded by the telling words.
        known: Everything that the knowledge says, in one text.
    """
    hits = _meaning_first(query, _own_first(query, _plainest_first(hits, leave_asked_for(query))))
    hits = _silent_first(query, _wanted_first(query, _forbidding_first(query, route, hits)), known)
    return _special_first(query, _owner_first(query, _too_early_first(query, hits)))


def led_by(first: Hit | None, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The hits with one of them before the others; as they are if it is None."""
    return hits if first is None else (first, *(h for h in hits if h is not first))


def _too_early_first(query: Query, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Who ordered or paid before the decision and asks leave is told first what comes of that, not whether the thing is a cost."""
    if not query.done_first or not (asks_leave(query) or query.confirm):
        return hits
    early = [h for h in hits if any(_TOO_EARLY in n for n in (h.passage.topic, *h.passage.also))]
    if hits and _DECISION in hits[0].passage.text:
        return hits
    return led_by(next((h for h in early if h.passage.programme), next(iter(early), None)), hits)


def _owner_first(query: Query, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Who tells that a large firm owns his is told first what speaks of that."""
    if not query.slots.inputs.get("is_deemed_large"):
        return hits
    of_owned = [h for h in hits if _OWNED in h.passage.text]
    return led_by(next((h for h in of_owned if h.passage.programme), next(iter(of_owned), None)), hits)


def _special_first(query: Query, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Who names one special measure is told first what is of it, not of another one."""
    if not hits or not of_another_special(query, hits[0].passage):
        return hits
    return led_by(next((h for h in hits[1:SECONDS] if _special_named(query) in _special_head(h.passage)), None), hits)


def of_another_special(query: Query, passage: Passage) -> bool:
    """Whether a passage is of a special measure that is not the one which the question names."""
    name, head = _special_named(query), _special_head(passage)
    return bool(name) and name not in head and re.search(rf"[一-龥ぁ-んァ-ヶー]{{2,12}}{_SPECIAL}", head) is not None


def _special_head(passage: Passage) -> str:
    """What a passage is of: its topic and the subject of its text."""
    return _special_name(passage.topic + re.split("[はで：、。]", passage.text)[0])


def _special_named(query: Query) -> str:
    """The one special measure that a question names in full; empty where it names none or several."""
    named = {_special_name(m.text) for m in query.mentions if _SPECIAL in m.text and any(t.kind == "special" for t in m.targets)}
    return named.pop() if len(named) == 1 else ""


def _special_name(text: str) -> str:
    """A text with the names of special measures written one way."""
    return text.replace("引き上げ", "引上げ").replace("大幅な", "大幅")


def _own_first(query: Query, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Where one programme is named, a passage of its own that is nearly as good leads before what holds of several."""
    if len(query.named_programmes) != 1 or not hits or hits[0].passage.programme or hits[0].alike >= SAME_QUESTION:
        return hits
    mine = (h for h in hits[1:AMONG] if h.passage.programme == query.named_programmes[0] and h.passage.kind != "article")
    own = next((h for h in mine if h.score >= OWN * hits[0].score and h.coverage >= hits[0].coverage), None)
    return led_by(own, hits)


def _meaning_first(query: Query, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Who asks only what a thing is gets first the passage that says so, before one that shuts something out."""
    if query.attributes != ("definition",) or not hits or hits[0].passage.verdict != "excluded":
        return hits
    says = (h for h in hits[1:SECONDS] if h.passage.kind in ("definition", "purpose") and h.coverage >= hits[0].coverage)
    return led_by(next(says, None), hits)


def _plainest_first(hits: tuple[Hit, ...], folded: str) -> tuple[Hit, ...]:
    """The hits with one of the first led to the front.

    It answers the very question that is stored for it, is the cost that `folded` asks leave for in so many words (宿泊費も出ますか),
    scores far more (less far, if it is a cost that `folded` names), or holds the telling words of which the first holds none.
    """
    if not hits:
        return hits
    same = next((h for h in hits[:AMONG] if h.alike >= SAME_QUESTION), None) or _most_alike(hits)
    thing = next((h for h in hits[:AMONG] if is_thing(h.passage, folded, _ASKED_FOR)), None)
    asked = thing if same is None or (thing and same.coverage < thing.coverage) else same
    first = asked or max(hits[:AMONG], key=lambda h: h.score)
    if first is not asked and first.score < (AHEAD if is_thing(first.passage, folded) else FAR) * hits[0].score:
        own = (h for h in hits[1:AMONG] if h.passage.programme and h.passage.kind != "article")
        telling = (h for h in own if h.coverage >= HALF and h.score >= HALF * hits[0].score)
        first = next(telling, hits[0]) if not hits[0].coverage else hits[0]
    return led_by(first, hits)


def _most_alike(hits: tuple[Hit, ...]) -> Hit | None:
    """The passage that is stored for a question much more like the one asked than those of the first passage, if there is one."""
    best = max(hits[:FURTHER], key=lambda h: h.alike)
    return best if best.alike >= max(LIKE_QUESTION, hits[0].alike + MUCH_MORE) else None


def _forbidding_first(query: Query, route: Route, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Who asks leave is told first what forbids it: a passage of the editions that holds more of the words, or is of the frame named."""
    if not hits or not (asks_leave(query) or query.confirm) or forbids(hits[0].passage.text):
        return hits
    here, named = route.editions, route.named_frames
    of_frame = bool(named & set(hits[0].passage.frames))
    first = next(
        (
            h for h in hits[1:SECONDS] if h.passage.edition_id in here and forbids(h.passage.text)
            and h.score >= COMPARABLE * hits[0].score
            and h.coverage >= hits[0].coverage + (FULLER if of_frame or not named & set(h.passage.frames) else -OF_FRAME)
        ),
        None,
    )  # fmt: skip
    return led_by(first, hits)


def _wanted_first(query: Query, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Who asks for a value of a kind (何社以上, 何分) is told first the passage near the best that holds one, and no fewer of the words."""
    wanted = wanted_in(query.text)
    if not hits or holds_wanted(wanted, hits[0].passage.text):
        return hits
    best = hits[0]
    near = [h for h in hits[1:SECONDS] if h.passage.edition_id == best.passage.edition_id and h.score >= COMPARABLE * best.score]
    full = [h for h in near if h.coverage >= HALF * best.coverage]
    first = next((h for w in wanted for h in full if w.search(h.passage.text)), None)
    return led_by(first, hits)


def _silent_first(query: Query, hits: tuple[Hit, ...], known: str) -> tuple[Hit, ...]:
    """Who asks about one product by its code is told first that the sources do not tell of it, where a passage near says so."""
    code = _CODE.search(query.text)
    if code is None or code.group(0) in known:
        return hits
    first = next((h for h in hits[:SECONDS] if is_silent(h.passage.text)), None)
    return led_by(first, hits)


def leave_asked_for(query: Query) -> str:
    """The folded sentence that asks leave, and what is spoken of alone before it (ロッカーだけ買いたい); else empty.

    What a statement before the question tells by the way is not what leave is asked for.
    """
    if not asks_leave(query):
        return ""
    alone = re.search(r"だけ|のみ", query.text)  # what is bought alone is not simply that thing: it stays beside its programme
    names = () if alone else tuple((m.start, m.end) for m in query.mentions if all(t.kind == "programme" for t in m.targets))
    text = blanked(query.text, names)
    *before, last = [s for s in re.split(r"[。！!\n]", text) if s.strip()] or [""]
    return fold("".join(s for s in before if re.search(r"だけ|のみ", s)) + last).text


def is_thing(passage: Passage, folded: str, spoken_of: str = _SPOKEN_OF) -> bool:
    """Whether a name of a cost is what the question speaks of (ホテル代も, ロッカーだけ買う), and not said by the way."""
    if passage.verdict is None:
        return False
    names = (fold(n).text for n in (passage.topic, *passage.also))
    return any(len(n) >= 2 and n in folded and re.search(re.escape(n) + spoken_of, folded) for n in names)
