"""What a user tells of his own case beside places: kin he orders from, a plan's length, when he hands over or raises wages."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.ask.query import Query
from assistant.ask.wording import made
from assistant.rules.conditions import Condition, Inputs
from assistant.text.dates import PartialDate
from assistant.text.numbers import Quantity

_AGE = re.compile(
    r"(?:代表者?|代表取締役|社長|店主|経営者|事業主|私|わたし|自分)"
    r"[^。？?0-9]{0,10}([0-9]{2})[歳才](?!以上|以下|未満|から|まで)"
)
"""The age of the one who runs the firm."""
_SENTENCE = re.compile(r"[。？?！!\n]")
_ORDERED_FROM = re.compile(
    r"(?!(?:さん)?の(?:紹介|知り合い|友|同級|代|頃|ころ))[^。？?！!\n]{0,30}?"
    r"(?:[にへ][^。、？?]{0,18}(?:頼(?!ま|り)|発注|依頼|外注|注文|お願い|委託|作っても|つくっても|やっても|してもら|していただ)"
    r"|から[^。、？?]{0,14}(?:買|購入|仕入|調達)|への(?:発注|依頼|支払|外注|委託|注文))"
)
"""What follows a relative from whom something is ordered, or whose firm it is."""
_NOT_OURS = re.compile(
    r"(?:従業員|社員|スタッフ|パート|職員|友人|友達|友だち|知人|知り合い|取引先|お?客|業者|先輩|後輩|同級生|近所|隣)(?:さん|の人)?(?:の[^。、？?]{0,6})?の$"
)
_HANDS_OVER = re.compile(r"継[ぐいがげ]|引き?継|承継(?!・M|促進)|譲[るりっろ]|交代|バトン|代替わり|世代交代|後を任せ")
_RAISES = re.compile(r"(?:時給|賃金|給料|給与|日給|月給)[^。、？?]{0,10}[上あ]げ|引き?上げ|賃上げ|昇給|アップ(?:す|し|を)")
_TAKES_EFFECT = r"発効|適用|施行|改定|改正|始ま|はじま|スタート|変わ|かわ|上が|あが|切り替わ|新しくな"
_LOWEST = r"最低賃金|最賃"
_ON_THE_DAY = re.compile(
    rf"(?:{_TAKES_EFFECT})[^。、？?]{{0,6}}(?:当日|同じ日|同日|と同時|その日|日に(?!間)|日から|(?:日)?(?:の|より|した|された|て)?(?:後|あと|翌日|翌月|以降|すぎ|過ぎ))"
    r"|当日(?:に|の|で|から)|その日(?:から|に|付)|同じ日(?:に|から|付)|同日(?:に|から|付)"
)
_THE_DAY_BEFORE = re.compile(rf"(?:{_TAKES_EFFECT})[^。、？?]{{0,6}}(?:前日|より前|の?前に|の?前まで|までに)|前日まで")
_AHEAD = re.compile(r"(?:ほど|くらい|ぐらい|ちょっと)?、?(?:後|先|あと)")
_HALF_A_YEAR = 6
_IS_LENGTH = re.compile(
    r"(?:間|がかり|越し|ほど|くらい|ぐらい|程度)*(?:で(?:終|完了|済|仕上|やり切|片付|片づけ|できる|出来る)|のみ?の?(?:[^、。？?はがを]{0,6})?"
    r"(?:計画|事業|開発|研究|プロジェクト|試作|実証|案件|取組|取り組み)|の?計画|がかり|かけ|かか|掛か|短期|だけ"
    r"|(?:で|に|に?し(?:て|た)(?:場合)?)?[もは]?(?:いい|よい|良い|ええ|大丈夫|OK|ＯＫ|だめ|ダメ|無理|出せ|申請|作っ|立て|組[んむ]))"
)
"""What follows the length of a plan or of the work."""
_LENGTH_OF = re.compile(
    r"(?:(?:計画|事業|開発|研究)(?:期間)?|試作|実証|期間|プロジェクト|取組|取り組み)[はをがも、]?(?:約|だいたい|たった)?$"
)
"""What stands before it."""
_NO_LENGTH = re.compile(r"^(?:以?[前内]|後|目|以降|ぶり|度|生|[はも]?経|たっ|経っ|続|も?やっ|働|勤)")
_OLD = re.compile(r"(?:創業|設立|開業|起業|過去|直近|入社|昨|去|法人化)(?:して|から|後|し|に)?(?:約|もう|まだ)?$")
"""Years since something are no length of a plan."""


def read_case(query: Query, test: Condition, programme: str, vocabulary: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs of a condition on kin, a handover, a time, the day of a raise, a rate of growth or the frame that a question tells.

    Args:
        query: The question.
        test: The condition; only what it looks at is read.
        programme: The programme that has the condition.
        vocabulary: For the degrees of kinship.
    """
    out: dict[str, Any] = {}
    if "kin_degree" in test.names:
        out["kin_degree"] = kin_degree(query.text, vocabulary.get("kinship", ()))
    if "handover_on" in test.names:
        out["handover_on"] = _handover(query, test)
    if "handover_months" in test.names:
        out["handover_months"] = _months_ahead(query)
    if "plan_months" in test.names:
        out["plan_months"] = plan_months(query.text, query.slots.quantities)
    if "raised_before" in test.names:
        out["raised_before"] = raised_before(query.text, query.slots.quantities)
    if "productivity_growth_pct" in test.names:
        percents = [q.exact for q in query.slots.quantities if q.unit == "percent" and q.exact is not None]
        out["productivity_growth_pct"] = percents[0] if len(percents) == 1 and "生産性" in query.text else None
    if "representative_age" in test.names:
        out["representative_age"] = _age(query)
    if "frame" in test.names:
        frames = {t.frame for t in query.named("frame") if t.programme == programme}
        out["frame"] = frames.pop() if len(frames) == 1 else None
    return {name: value for name, value in out.items() if value is not None}


def _age(query: Query) -> int | None:
    """How old the representative is; None where no age or several are told."""
    ages = {int(m[1]) for m in _AGE.finditer(unicodedata.normalize("NFKC", query.text))}
    return ages.pop() if len(ages) == 1 else None


def kin_degree(text: str, degrees: Sequence[Mapping[str, Any]]) -> int | None:
    """The degree of kinship of the one who is to be ordered from; kin of a spouse count like one's own (妻の兄: that of a brother).

    Args:
        text: What the user says.
        degrees: Words for relatives with their degree; a spouse has 0.
    """
    degree = {str(w): int(d["degree"]) for d in degrees for w in d["words"]}
    word = "|".join(map(re.escape, sorted(degree, key=len, reverse=True)))
    if not word:
        return None
    for m in made(rf"(?:義理の)?(?:{word})(?:さん)?(?:の(?:義理の)?(?:{word})(?:さん)?)*").finditer(text):
        if _ORDERED_FROM.match(text, m.end()) and not _NOT_OURS.search(text[: m.start()]):
            return sum(degree[w] for w in re.findall(word, m.group()))
    return None


def _handover(query: Query, test: Condition) -> int | None:
    """The day of the handover as yyyymmdd; None where the year or month told leaves open whether the condition holds."""
    found = {q.value for q in _beside(query, _HANDS_OVER) if isinstance(q.value, PartialDate) and q.value.year is not None}
    if len(found) != 1:
        return None
    (told,) = found
    first, last = (_day(told, end) for end in (False, True))
    verdicts = {test.check(Inputs({"handover_on": day})) for day in (first, last)}
    return last if len(verdicts) == 1 else None


def leaves_open(query: Query, test: Condition) -> bool:
    """Whether a question tells a time of the handover that does not decide whether the condition holds (2031年に譲る)."""
    told = "handover_on" in test.names and any(isinstance(q.value, PartialDate) for q in _beside(query, _HANDS_OVER))
    return told and _handover(query, test) is None


def _months_ahead(query: Query) -> int | None:
    """How many months ahead the handover is (8年後, 10年先)."""
    ahead = [
        q for q in _beside(query, _HANDS_OVER)
        if q.bound is None and q.unit in ("years", "months") and _AHEAD.match(query.text, q.end)
    ]  # fmt: skip
    if len(ahead) != 1 or ahead[0].exact is None:
        return None
    return int(ahead[0].exact * (12 if ahead[0].unit == "years" else 1))


def plan_months(text: str, found: Sequence[Quantity]) -> int | None:
    """How many months a plan or the work takes that a text tells (1年で終わる試作, 計画は6年); None where it tells none or several.

    Args:
        text: What the user says.
        found: Its quantities.
    """
    spans = [(q.start, q.end, int(q.exact * (12 if q.unit == "years" else 1))) for q in found if _is_span(q) and q.exact is not None]
    spans += [(m.start(), m.end(), _HALF_A_YEAR) for m in re.finditer("(?<![0-9０-９一二三四五])半年", text)]
    told = {
        months for start, end, months in spans
        if not _NO_LENGTH.match(text[end:]) and not _OLD.search(text[:start])
        and (_IS_LENGTH.match(text, end) or _LENGTH_OF.search(text[:start]))
    }  # fmt: skip
    return told.pop() if len(told) == 1 else None


def _is_span(q: Quantity) -> bool:
    """Whether a quantity is a time in years or months, without a bound."""
    return q.bound is None and q.unit in ("years", "months")


def _beside(query: Query, words: re.Pattern[str]) -> list[Quantity]:
    """The quantities in sentences that hold one of the words."""
    out = []
    for q in query.slots.quantities:
        start = max((m.end() for m in _SENTENCE.finditer(query.text[: q.start])), default=0)
        end = _SENTENCE.search(query.text, q.end)
        out += [q] if words.search(query.text[start : end.start() if end else len(query.text)]) else []
    return out


def _day(told: PartialDate, end: bool) -> int:
    """The first or last day of what is told, as yyyymmdd."""
    year, month = told.year or 0, told.month or (12 if end else 1)
    return year * 10_000 + month * 100 + (told.day or (calendar.monthrange(year, month)[1] if end else 1))


_RAISED_ON = re.compile(r"[^。？?]{0,24}?(?:[上あ]げ|昇給|アップ)")
_RAISED_BEFORE = re.compile(r"(?:賃上げ|引き?上げ|昇給|ベースアップ)(?:の日)?[はもをが、]{0,2}$")
"""What stands behind or before the day on which wages rise."""


def raised_before(text: str, found: Sequence[Quantity]) -> bool | None:
    """Whether wages rise before the day from which a new minimum wage applies: by two days told, else in so many words.

    Args:
        text: What the user says.
        found: Its quantities.
    """
    if not _RAISES.search(text):
        return None
    dates = [q for q in found if isinstance(q.value, PartialDate) and q.value.month and q.value.day]
    new = [q for q in dates if _takes_effect(text, q) and _is_of_minimum(text, q)]
    raised = [q for q in dates if q not in new[:1] and (_RAISED_ON.match(text, q.end) or _RAISED_BEFORE.search(text[: q.start]))]
    if new and raised and isinstance(new[0].value, PartialDate) and isinstance(raised[-1].value, PartialDate):
        return _is_earlier(raised[-1].value, new[0].value)
    late, early = _ON_THE_DAY.search(text), _THE_DAY_BEFORE.search(text)
    if bool(late) == bool(early) or not re.search(rf"{_LOWEST}|発効", text):
        return None
    return early is not None


def _takes_effect(text: str, q: Quantity) -> bool:
    """Whether something takes effect on a day, by the words after it or those that it is told of."""
    after = re.match(rf"[^。？?]{{0,20}}?(?:{_TAKES_EFFECT})(?!げ)", text[q.end :])
    return bool(after or re.search(r"(?:発効|適用|施行|改定)日?[はが][^。？?]{0,8}$", text[: q.start]))


def _is_of_minimum(text: str, q: Quantity) -> bool:
    """Whether a day is that of a minimum wage, not of the firm's own wage."""
    before = re.search(rf"(?:{_LOWEST}|発効)[^。？?]*$", text[: q.start])
    return bool(before or re.match(rf"[^。？?]{{0,12}}(?:{_LOWEST}|発効)", text[q.end :]))


def _is_earlier(one: PartialDate, other: PartialDate) -> bool:
    """Whether a day of the year is before another one; more than half a year apart they are of two years."""
    months = (one.month or 0) - (other.month or 0)
    if one.year is None or other.year is None or one.year == other.year:
        if abs(months) > _HALF_A_YEAR:
            return months > 0
        return (one.month or 0, one.day or 0) < (other.month or 0, other.day or 0)
    return one.year < other.year
