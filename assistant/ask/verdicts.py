"""What stands before a passage that answers a yes/no question: 「いいえ」 or 「はい」, and the user's number held against a bound.

Both only where the passage plainly decides: it forbids or allows in so many words, or its one bounded figure has the user's unit.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistant.ask.query import Query
from assistant.ask.wording import asking_part, blanked
from assistant.rules.values import Value, format_yen
from assistant.search.index import Hit
from assistant.search.passages import Passage
from assistant.text.numbers import Quantity

HALF_SURE = 0.3
"""The same where the user says outright that what the passage demands is not so."""
SURE = 0.5
"""Share of the telling words, or likeness to a stored question, from which a passage is taken to decide."""
PLAIN, SOME = 30.0, 0.3
"""Score, and share of the telling words with it, from which a passage is taken to speak of the user's number."""
_ASKS_LEAVE = re.compile(
    r"(対象|ええ|使え|使って|買え|でき|出来|いい|良い|よい|大丈夫|ＯＫ|OK|ok|通る|通り|入れ|入り|含め|もらえ|貰え|出ます|出る|出せ|受けられ|認め"
    r"|借りられ|おり|下り|狙え|取れ|間に合|済む|済み|足り|行け|いける|なる|なり|される|されます|付く|付き|つきます|つく|構わ|構い|かまわ|かまい|差し支え)"
    r"[^。？?]{0,10}(か|の|ん|よね|でしょう?|かな|かね|[？?])[。\s？?]*$"
)
_NEGATIVE = re.compile(
    r"((?<!構わ)(?<!かまわ)(?<!差し支え)ない(?![一-龥ァ-ヶ]|(ん|の)?(です|や|だ)?(が|けど|けれど)|から|ので(?!す)|のに|まま)|なく(?!ても)|アウト|(?<!構い)(?<!かまい)(?<!差し支えあり)ません(?!が|けど|けれど|ので(?!す))|不要|だめ|ダメ|無理|いらん|いらない|除外|対象外|外れ|引っかか|あかん|へん(?!けど|が))[^。？?]{0,8}(か|の|ん|よね|でしょう?|[？?])*[。\s？?]*$"
)
_REQUEST = re.compile(r"(もらえ|貰え|いただけ|頂け|くれ|くださ(い|り)|願え)(ません|ない|へん)[^。？?]{0,6}[。？?\s]*$")
"""A polite request asks nothing by its denial (教えてもらえませんか)."""
_ALL_RIGHT = re.compile(r"(問題|間違い|まちがい|差し支え|不都合)(は|も|が)?(ない|ありません|なし|ございません)")
"""A denial that says that something is right (これで間違いない？)."""
_HOPES = re.compile(
    r"(だけ|のみ|先に|このまま|なんとか)[^。？?]{0,14}(め|え|け|れ|せ|げ|べ|て|ね|でき|出来)(へん|ません|ない)(か|の|かな|やろか)*[？?。\s]*$"
)
"""A hopeful question asks for leave by its denial (先に申し込めへん？)."""
_WHAT = re.compile(r"何|なに|なん(?!で)|どの|どう|どこ|どれ|どっち|どちら|いつ|誰|だれ|いくら|いくつ")
"""Who asks what, how or how much, asks no leave."""
_FORBIDS = re.compile(
    r"(対象外|対象になりません|対象とはなりません|申請できません|使えません|認められません|できません|なりません|含みません|含まれません|不可)"
    r"(です)?。?$"
)
_ALONE = re.compile(r"(だけ|のみ)(?=の|で|による|では|を|は)")
"""What is forbidden by itself is forbidden to who asks for it by itself."""
_SCHEME = re.compile(r"[一-龥ァ-ヶーA-Za-z](補助金|助成金)")
"""The name of a programme."""
_LACKING = re.compile(r"(ない|いない)[^、。は]{1,8}は[^、。は]*$")
_LACKS = re.compile(r"ない|なし|無い|無し|ません|なく|外の|外に|外で|県外|市外|国外|海外")
"""What a passage shuts out for lack of something, and what tells that it is lacking."""
_EXCEPT = re.compile(r"(例外|除き|除いて|場合を除|以外|だけ|限り|のみ|ただし|場合[は、]|ときは)")
_CONDITION = re.compile(r"なら[、，]|であれば|うえで|条件")
_WITHOUT = re.compile(r"(わない|しない|せず|なし)(で|に|の)|(わ|せ)ずに")
"""The user leaves something out: what a passage allows on a condition is then not simply allowed."""
_TOLD_UNITS = {"adoption_rate": ("percent",), "interest": ("percent",), "period": ("years", "months")}
"""Units of the figures that answer an attribute in words."""
DEMANDING = ("bonus", "requirement", "special")
"""Kinds of passages whose one bound must be met."""
_REQUIRES = re.compile(r"(必要(が)?(です|あります)|条件です|要件です|対象です|限ります|限られます|こと(です)?)$")
_TELLING_KINDS = ("result", "period", "limit", "other", "eligible_cost")
_NOUN = re.compile(r"[一-龥々]{2,6}|[ァ-ヶー]{3,10}")
LEAST_NOUN = 2
_DEMANDS = re.compile(r"(だけ|のみ|に限|ことが(必要|条件)|が(必要|条件)です|ものが(補助)?対象|である必要)")
_NOT_SO = (
    r"[^はがも、。？?]{0,7}((を|に)?(し|受け|取|取っ|入|入っ|結|組)(て(い)?|ん|ら|ば)?(ない|ません|なく)"
    r"|(の|が)?(ない|なし|無し|無い)(?!と|で)|してない|外の|以外の)"
)
"""Said of a word: it is not so."""
_SILENT = re.compile(
    r"資料(（[^。]{0,24}現在）)?(に|から|で)は?[^。]{0,12}(載っていません|ありません|記載がありません|書かれていません|示されていません|読み取れません|分かりません)"
)
_SUFFICES = re.compile(r"(満た|クリア|借りら|借りたい|借入|届|いけま)[^。、？?]{0,8}(か|かな|の|よね)?[？?。\s]*$")
"""What asks for a verdict on a number beside what asks for leave."""
_LINES = ("limit", "period")
"""Kinds of passages whose one bound is all that they tell."""
_MOST = re.compile(r"限度額|上限")
_INDEX = re.compile(r"[A-Z]{3,4}[はがを：:]?([0-9]\.[0-9]+)")
"""A value of an index without a unit (BEI0.65)."""
_FIRMS = {"社", "者", "企業", "事業者"}
_KEEPS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "min": operator.ge, "max": operator.le, "within": operator.le, "over": operator.gt, "under": operator.lt,
}  # fmt: skip
_BOUNDS = tuple(_KEEPS)


@dataclass(frozen=True, slots=True)
class Held:
    """A number of the user held against a bound of a passage."""

    told: str
    bound: Value
    met: bool


def asks_leave(query: Query) -> bool:
    """Whether a question asks if something is allowed, counts or suffices (and not whether it is not)."""
    text = asking_part(query.text).strip()
    last = re.split(r"[。！!\n]", text.rstrip("。！!？? "))[-1]
    return bool(_ASKS_LEAVE.search(text)) and not _NEGATIVE.search(text) and not _WHAT.search(last)


def asks_if_not(query: Query) -> bool:
    """Whether a question asks if something is not so (出せなくなりますか, もう無理？): 「はい」 and 「いいえ」 would mislead."""
    asked = query.text[: max(map(query.text.rfind, "？?")) + 1] or query.text  # what stands after it asks nothing
    text = _ALL_RIGHT.sub("", asking_part(asked)).strip()
    return bool(_NEGATIVE.search(text)) and not _REQUEST.search(text) and not _HOPES.search(text)


def forbids(text: str) -> bool:
    """Whether a passage begins by forbidding, in so many words."""
    return bool(_FORBIDS.search(text.split("。")[0]))


def is_silent(text: str) -> bool:
    """Whether a passage begins by saying that the sources do not tell."""
    return bool(_SILENT.search(text.split("。")[0]))


def leaves_open(text: str) -> bool:
    """Whether some sentence of a passage says that the sources do not tell what it speaks of."""
    return bool(_SILENT.search(text))


def lacks_condition(query: Query, text: str, contrary: Mapping[str, Sequence[str]]) -> bool:
    """Whether the user says that what a passage demands is not so with him (登録のある業者だけ: 登録していない業者).

    Args:
        query: The question.
        text: The passage.
        contrary: Words of a demand with words that say its contrary (市内: 市外).
    """
    demand = next((s for s in text.split("。")[:2] if _DEMANDS.search(s)), "")
    if any(word in demand and any(c in query.text for c in others) for word, others in contrary.items()):
        return True
    named = [w for w in _NOUN.findall(demand) if len(w) >= 2]
    return any(re.search(re.escape(w) + _NOT_SO, query.text) for w in named)


def forbids_asked(query: Query, hit: Hit) -> bool:
    """Whether a passage forbids what the question takes as allowed: it has its name, or a word of it that no other sentence has."""
    if not (query.confirm or asks_leave(query)) or asks_if_not(query):
        return False
    sentences = [s for s in hit.passage.text.split("。") if s]
    forbidding = [s for s in sentences if _FORBIDS.search(s)]
    rest = "。".join(s for s in sentences if s not in forbidding) + hit.passage.topic
    names = (hit.passage.topic, *hit.passage.also)
    least = LEAST_NOUN if hit.passage.verdict == "excluded" else LEAST_NOUN + 1
    if sentences[:1] == forbidding[:1] and any(len(n) >= least and n in query.text for n in names):
        return True
    own = blanked(query.text, tuple((m.start, m.end) for m in query.mentions if any(t.kind == "programme" for t in m.targets)))
    nouns = {m.group() for m in _NOUN.finditer(own)}
    return any(n in s and n not in rest for s in forbidding for n in nouns if len(n) >= LEAST_NOUN)


def _of_another(query: Query, passage: Passage) -> bool:
    """Whether a passage on several programmes begins with the rule of others than the one that the question names."""
    if passage.programme or not query.named_programmes:
        return False
    first = passage.text.split("。")[0]
    named = [m.text.removesuffix("補助金").removesuffix("助成金") for m in query.mentions if any(t.kind == "programme" for t in m.targets)]
    return bool(_SCHEME.search(first)) and not any(n in first for n in named)


def lead_word(query: Query, hit: Hit, contrary: Mapping[str, Sequence[str]] | None = None) -> str:
    """「いいえ、」 where the passage forbids what the question asks leave for, 「はい、」 where it pays for it, else nothing.

    Args:
        query: The question.
        hit: The passage that leads the answer.
        contrary: Words of a condition, and those that say its contrary.
    """
    if _of_another(query, hit.passage) or _of_other_frames(query, hit) or (hit.passage.kind == "bonus" and not query.has("bonus")):
        return ""
    limited = any(_EXCEPT.search(s) for s in hit.passage.text.split("。") if _FORBIDS.search(s))
    if (asks_leave(query) or query.confirm) and _allowed_in_named(query, hit.passage.text):
        return "はい、"
    if query.confirm and not limited and forbids_asked(query, hit) and _within_bounds(query, hit):
        return "いいえ、"
    if not asks_leave(query):
        return ""
    text = hit.passage.text
    if max(hit.coverage, hit.alike) >= HALF_SURE and lacks_condition(query, text, contrary or {}):
        return "いいえ、"
    if max(hit.coverage, hit.alike) < SURE:
        return ""
    first = text.split("。")[0]
    first = _ALONE.sub("", first) if _ALONE.search(query.text) or "だけ" in query.text else first
    if _FORBIDS.search(first) and not _EXCEPT.search(first):
        if _LACKING.search(first) and not _LACKS.search(query.text):
            return ""
        if len(hit.passage.frames) == 1 and "枠" in first and not query.named("frame") and query.named_programmes:
            return ""  # another frame may allow it
        return "いいえ、" if _is_said(query, hit) else ""
    unmet = _CONDITION.search(text) and _WITHOUT.search(query.text)
    plain = not unmet and not _EXCEPT.search(text) and not any(_FORBIDS.search(s) for s in text.split("。"))
    return "はい、" if hit.passage.verdict == "eligible" and plain else ""


def _of_other_frames(query: Query, hit: Hit) -> bool:
    """Whether a passage is of other frames than the ones that a question names."""
    named = {t.frame for t in query.named("frame")}
    return bool(hit.passage.frames and named) and not named & set(hit.passage.frames)


def _allowed_in_named(query: Query, text: str) -> bool:
    """Whether a passage that forbids something in some frames allows it in the one that the question names (新事業進出枠では対象ですが)."""
    allowed, but, forbidden = text.split("。")[0].partition("ですが、")
    named = {m.text for m in query.mentions if any(t.kind == "frame" for t in m.targets)}
    return bool(but and _FORBIDS.search(forbidden) and not _FORBIDS.search(allowed)) and any(n in allowed for n in named) and not any(
        n in forbidden for n in named
    )


_COST_ASKED = re.compile(r"([一-龥ァ-ヶー]{2,8})(費|代|料)(?:は|も|って)")
"""A cost that a question asks about."""
_WHO = re.compile(
    r"(店|会社|社|業|者|事業主|法人|組合)(です|だ|なん(です|だ))?(が|けど|けれど)[、，]?[^。？?]{0,16}(いけ|申請|出せ|対象|使え)"
    r"|(会社|事業主|法人|組合|団体)(は|も|でも)[^。？?]{0,24}(申請|申し込|応募|出せ|使え)"
)
"""What asks whether a firm of some kind may apply."""


_ALLOWED_ELSE = re.compile(r"のは[^。]*で、([^、。は]{2,24})は[^、。は]*$")
"""Who may apply, and in the same sentence who may not."""


def _is_said(query: Query, hit: Hit) -> bool:
    """Whether a question speaks of what a passage shuts out: a cost where it asks not who may apply, a kind of firm it names."""
    if hit.passage.kind not in ("requirement", "target"):
        return not _WHO.search(query.text) and _names_cost(query, hit)
    first = hit.passage.text.split("。")[0]
    apart = _ALLOWED_ELSE.search(first)
    if apart:  # it begins with who may apply: only who is named after that is shut out
        return any(n in query.text for n in _NOUN.findall(apart[1]))
    subject = first.split("は")[0]
    names = (hit.passage.topic, *hit.passage.also, *_NOUN.findall(subject))
    return hit.alike >= SURE or any(len(n) >= 2 and n in query.text for n in names)


def _names_cost(query: Query, hit: Hit) -> bool:
    """Whether a passage has a word for the cost that the question asks about (運搬費は), where it asks about one."""
    asked = _COST_ASKED.findall(query.text)
    said = "\n".join((hit.passage.text, hit.passage.topic, *hit.passage.also))
    return not asked or any(re.search(rf"{stem}(?:{end}(?!だけ|のみ)|(?![一-龥ァ-ヶー]))", said) for stem, end in asked)


_GRANTED = re.compile(
    r"(間|分)?(なん)?(です|だ)?(よね|よな|でしょう?)|(間|分)?(のまま)?(で(も)?|って)(いい|よい|良い|合って|大丈夫|問題|よろし|間違)"
)
"""What follows the number that a question takes for granted."""
_NO_RULES = ("case", "article", "result")


def _figure_granted(query: Query, hit: Hit) -> str:
    """「はい、」 or 「いいえ、」 where a question ends with the number of a rule and the passage has one figure of its kind."""
    if max(hit.coverage, hit.alike) < SURE or hit.passage.kind in _NO_RULES or not hit.passage.programme:
        return ""
    told = [q for q in query.slots.quantities if _GRANTED.match(query.text, q.end) and (q.unit in _PLAIN_UNITS or q.bound)]
    if len(told) != 1 or told[0].exact is None:
        return ""
    spans = ("years", "months")
    units = spans if told[0].unit in spans else (told[0].unit,)
    printed = {_number(v) for v in hit.passage.figures.values() if v.unit in units}
    mine = told[0].exact * (12 if told[0].unit == "years" else 1)
    return "" if len(printed) != 1 or None in printed else "はい、" if mine in printed else "いいえ、"


_PLAIN_UNITS = ("percent", "years", "months", "days")
"""Units of which a number at the end of a question is that of a rule; any other needs a bound beside it."""


def taken_for_granted(query: Query, hit: Hit) -> str:
    """「はい、」 or 「いいえ、」 where the user takes a figure for granted that the passage tells (a rate of adoption, a time)."""
    if found := _figure_granted(query, hit):
        return found
    units = {u for a, of in _TOLD_UNITS.items() if query.has(a) for u in of}
    if not query.confirm or not units or hit.passage.kind not in _TELLING_KINDS:
        return ""
    for unit in sorted(units):
        printed = {_number(v) for v in hit.passage.figures.values() if v.unit == unit and v.bound is None}
        told = {q.exact for q in query.slots.quantities if q.unit == unit and q.exact is not None}
        told = {12 * t for t in told} if unit == "years" else told
        if printed and told and None not in printed:
            return "いいえ、" if not told & printed else "はい、" if told == printed else ""
    return ""


def held_word(query: Query, hit: Hit, held: Held) -> str:
    """「いいえ、」 where the sentence of the bound forbids what the user's number meets, or demands what it does not meet.

    What holds of one frame only is no answer where none is named.
    """
    if not (asks_leave(query) or _SUFFICES.search(query.text)) or (hit.passage.frames and not query.named("frame")):
        return ""
    said = next((s for s in hit.passage.text.split("。") if held.bound.text() in s), "")
    plain = hit.passage.kind in _LINES or held.bound.of == ""
    if held.met:
        return "いいえ、" if _FORBIDS.search(said) else "はい、" if plain and not asks_if_not(query) else ""
    demanded = hit.passage.kind in (*DEMANDING, *_LINES) or _DEMANDS.search(said) or _REQUIRES.search(said)
    return "いいえ、" if demanded and not _FORBIDS.search(said) else ""


def held_against(query: Query, hit: Hit) -> Held | None:
    """The user's number of the unit of the passage's only bounded figure, or of the one that the question speaks of, held to its bound."""
    asked = asks_leave(query) or query.confirm or query.has("eligibility", "requirement") or _SUFFICES.search(query.text)
    if not asked or _of_other_frames(query, hit):
        return None
    if max(hit.coverage, hit.alike) < SURE and (hit.score < PLAIN or hit.coverage < SOME):
        return None
    bounded = _bounded(query, hit.passage)
    if bounded is None:
        return None
    told, limit = _told(query, bounded), _number(bounded)
    if told is None or limit is None:
        return None
    value, text = told
    return Held(text, bounded, _KEEPS[str(bounded.bound)](value, limit))


def _bounded(query: Query, passage: Passage) -> Value | None:
    """The only bounded figure of a passage; of several of one unit the one whose own words stand in the question (ホテルは…、事務所は…).

    A limit of a loan that is told as a bare amount is the most that is lent. Of two lines of a range the number may keep one and miss the
    other: then there is none.
    """
    figures = list(passage.figures.values())
    if passage.kind == "limit" and len(figures) == 1 and figures[0].yen and figures[0].bound is None and _MOST.search(passage.topic):
        return figures[0].model_copy(update={"bound": "max"})
    bounded = [v for v in figures if v.bound in _BOUNDS and _number(v) is not None]
    if len(bounded) == 1 and not any(v is not bounded[0] and v.unit == bounded[0].unit for v in figures):
        return bounded[0]
    return _spoken_of(query, passage.text, bounded) if len({(v.unit, v.bound) for v in bounded}) == 1 else None


def _spoken_of(query: Query, text: str, bounded: list[Value]) -> Value | None:
    """The one of several figures before which the passage has words of the question that it has before no other."""
    ends = sorted((text.find(v.text()), i) for i, v in enumerate(bounded))
    words, at = dict[int, set[str]](), text.find("は、") + 1  # what stands before is said of all of them
    for end, i in ends:
        if end < 0:
            return None
        words[i] = {w for w in re.split(r"[はがのにをでも、。・（）]|など|なら", text[at:end]) if len(w) > 1 and w in query.text}
        at = end
    own = {i: w - set().union(*(o for j, o in words.items() if j != i)) for i, w in words.items()}
    named = [i for i, w in own.items() if w]
    return bounded[named[0]] if len(named) == 1 else None


def _within_bounds(query: Query, hit: Hit) -> bool:
    """Whether what a passage says holds for the user: it names no bound, or his number lies within the only one."""
    bounded = [v for v in hit.passage.figures.values() if v.bound in _BOUNDS and _number(v) is not None]
    if not bounded:
        return True
    told, limit = _told(query, bounded[0]), _number(bounded[0])
    return len(bounded) == 1 and told is not None and limit is not None and _KEEPS[str(bounded[0].bound)](told[0], limit)


def _number(value: Value) -> Fraction | None:
    """A figure as a number, years in months; None for dates and ratios."""
    if value.ratio is not None or value.exact is None:
        return None
    return value.exact * 12 if value.years is not None else value.exact


def _told(query: Query, bound: Value) -> tuple[Fraction, str] | None:
    """The one number of the user that has the bound's unit; a span of years and months is one number."""
    if bound.unit in ("years", "months"):
        return _span(query)
    index = _INDEX.search(query.text) if bound.of == "" else None
    if index is not None:
        return Fraction(index[1]), index[1]
    if bound.tax and query.slots.tax and bound.tax != query.slots.tax:
        return None  # a price with tax against a bound without
    mine = [
        q for q in query.slots.quantities
        if (q.unit == bound.unit or (bound.unit == "other" and q.unit == "count"))
        and q.bound is None and q.exact is not None and _same_counter(q, bound)
    ]  # fmt: skip
    if len(mine) != 1 or mine[0].exact is None:
        return None
    amount = mine[0].whole("yen")
    return mine[0].exact, mine[0].text if amount is None else format_yen(amount)


def _same_counter(q: Quantity, bound: Value) -> bool:
    of, counter = bound.of or "", q.counter or ""
    return bound.unit not in ("count", "other") or of == counter or {of, counter} <= _FIRMS


def _span(query: Query) -> tuple[Fraction, str] | None:
    parts = [q for q in query.slots.quantities if q.whole("years", "months") is not None and q.bound is None]
    if not parts or len(parts) > 2 or (len(parts) == 2 and parts[1].start - parts[0].end > 2):
        return None
    months = sum((q.whole("years") or 0) * 12 + (q.whole("months") or 0) for q in parts)
    return Fraction(months), query.text[parts[0].start : parts[-1].end]
