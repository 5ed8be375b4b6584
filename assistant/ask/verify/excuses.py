"""Numbers that are no figure of a programme and yet true: days of the writer, of a document, the one of "each", a decade."""

from __future__ import annotations

import re
from datetime import timedelta
from fractions import Fraction

from assistant.ask.verify.answers import answer
from assistant.ask.verify.compared import follows_by_months
from assistant.ask.verify.own import OWNER, UNCLAIMED
from assistant.ask.verify.reading import Reading
from assistant.ask.verify.records import CheckedNumber, Context
from assistant.ask.verify.workings import plain
from assistant.text.dates import PartialDate, resolve
from assistant.text.numbers import Quantity

_TODAY = re.compile(r"今日|本日|現在|時点|きょう")
_OF_DOCUMENT = re.compile(r"\s?(?:付|付け|発行|改訂|改定|版|現在|時点|の?(?:チラシ|リーフレット|資料|ガイド|案内|パンフレット|冊子))")
_WORKS = re.compile(r"[^。、\d]{0,6}(?:稼働|完成|竣工|操業|着工|開店|オープン|納品|納入|リニューアル|移転|開業する|創業する)")
_SUPPOSED = re.compile(r"に[^。、\d]{0,12}(?:なら|場合|とすると|とすれば|とします|(?:した|する)(?:方|人|会社|企業|事業者|法人|店))")
_EVENT = re.compile(r"に[^。、\d]{0,6}(?:効力|発効|施行|交付決定|採択|決算|設立|創業|開業|雇|入社|契約|発注)")
_LEFT = re.compile(r"(?:あと|残り)は?(?:約)?\s?$")
_RELATIVE = re.compile(r"(?:先月|来月|今月|先週|来週|去年|昨年|来年|今年|一昨年|翌年)の?\s?$")
_MEETING = re.compile(r"(?:日時|開催日|面談日?|作成日?|打ち?合わ?せ日?|会議|訪問日?)[^。、]{0,6}[:はに\s]")
_MEETS = re.compile(r"(?:に|から|の)[^。、\d]{0,4}(?:打ち?合わ?せ|面談|会議|訪問|来社|お会い|説明会)")
_ASKED = re.compile(r"(?:資料|書類|見積書?|原稿|返事|ご?連絡|回答)[^。、\d]{0,6}(?:は|を)$")
_HISTORY = re.compile(
    r"(?:に|、|)(?:[^。\d]{0,12}\d+[歳才])*[^。\d]{0,24}?(?:開業|創業|創立|設立|開店|を開[いきくけ]|代替わり|引き継|受け継|継い|法人化|移転|入社|独立|買っ|購入し|導入し|始めた|"
    r"出した|取った|受けた|もらった|雇った|頼んだ|払った|借りた|契約した)"
)
_EACH = re.compile(
    r"(?:(?:1\s?)?(?:取引|発注|回|件|社|者|人|名|事業者|資格|台|か所|店))*(?:あたり|当たり|につき|ごとに?|で|が|は|の|に)?"
    r"(?:の[一-龥ァ-ヴー]{1,6}[がはもで]?)?の?(?:年間?|月|合計|最大|上限|税込|税抜)?(?:では?)?\s?"
)
_SINGLE = re.compile(r"\s?(?:だけ|のみ|単独)")
_NOTHING = re.compile(r"な[しいく]|無料|不要|ゼロ|かから")
_SAME = re.compile(r"同じ\s?$")
_DECADE = re.compile(r"\s?台")


def excuse_date(reading: Reading, context: Context, words: str, claimed: float) -> CheckedNumber | None:
    """The verdict on a day that the catalogue does not tell of the thing: today, that of a document, the writer's own."""
    quantity = context.quantity
    value = quantity.value
    if not isinstance(value, PartialDate):
        return None
    day = resolve(value, reading.today, "past")
    if day and _TODAY.search(words) and (day == reading.today or day.isoformat() in reading.index.as_of):
        return answer(reading, quantity, "ok", "基準の日です。")
    if _OF_DOCUMENT.match(reading.text, quantity.end) and _is_of_document(reading, value):
        return answer(reading, quantity, "ok", "資料の日付です。")
    owner = OWNER.search(context.far + context.before + context.left) is not None
    if quantity.bound in ("until", "max", "within") and owner and _ASKED.search(context.left):
        return answer(reading, quantity, "own", "ご自身の予定として書かれています。")
    if quantity.bound is not None:
        return _day_before(reading, quantity) or _day_left(reading, quantity)
    if follows_by_months(reading, value):
        return answer(reading, quantity, "ok", "本文の日付から数えて合います。")
    if context.firm and claimed < UNCLAIMED and _HISTORY.match(reading.text, quantity.end):
        return answer(reading, quantity, "own", "ご自身の歩みとして書かれています。")
    relative = context.firm and value.year is None and _RELATIVE.search(reading.text, max(0, quantity.start - 6), quantity.start)
    meets = _MEETS.match(reading.text, quantity.end) is not None
    if context.role is None and (relative or meets or _MEETING.search(context.far + context.before + context.left)):
        return answer(reading, quantity, "own", "ご自身の予定として書かれています。")
    supposed = _SUPPOSED.match(reading.text, quantity.end) and _EVENT.match(reading.text, quantity.end)
    if supposed or (_WORKS.match(reading.text, quantity.end) and (owner or context.role is None)):
        return answer(reading, quantity, "own", "ご自身の予定として書かれています。")
    return _day_before(reading, quantity)


def _is_of_document(reading: Reading, value: PartialDate) -> bool:
    """Whether a document of the catalogue is of that day or month."""
    if value.year is None or value.month is None:
        return False
    start = f"{value.year:04}-{value.month:02}" + (f"-{value.day:02}" if value.day else "")
    return any(day.startswith(start) for day in reading.index.as_of)


def _day_before(reading: Reading, quantity: Quantity) -> CheckedNumber | None:
    """The verdict on the last day before one that the text tells."""
    day = resolve(quantity.value, reading.today) if isinstance(quantity.value, PartialDate) and quantity.value.day else None
    told = [resolve(d, reading.today) for d in reading.settled.days if d.day is not None]
    if day is not None and quantity.bound in ("until", "max", "within") and day + timedelta(days=1) in told:
        return answer(reading, quantity, "ok", "前日です。")
    return None


def _day_left(reading: Reading, quantity: Quantity) -> CheckedNumber | None:
    """The verdict on the last day of the days that are told as left (あと21日、12月15日まで)."""
    day = resolve(quantity.value, reading.today) if isinstance(quantity.value, PartialDate) and quantity.value.day else None
    before = reading.quantities[: reading.order[quantity.start]][-1:]
    left = [q for q in before if q.unit == "days" and _LEFT.search(reading.text, max(0, q.start - 6), q.start)]
    if day is not None and any(reading.today + timedelta(days=int(q.value)) == day for q in left):  # type: ignore[arg-type]
        return answer(reading, quantity, "ok", "本文の日付から数えて合います。")
    return None


def continues_years(reading: Reading, quantity: Quantity) -> bool:
    """Whether a year of a plan (2年目) follows on the one told before it (初年度, 1年目), or opens a row of them."""
    if quantity.unit != "years" or not isinstance(quantity.value, int) or not reading.text.startswith("目", quantity.end):
        return False
    before = reading.text[: quantity.start]
    if quantity.value == 1:
        return "2年目" in reading.text[quantity.end :]
    return (quantity.value == 2 and "初年度" in before) or f"{quantity.value - 1}年目" in before


def tells_nothing(reading: Reading, context: Context) -> bool:
    """Whether an amount of 0 stands for what is not there (なし: 0円, 自己負担はなく0円)."""
    words = "".join((*context.heads, context.before, context.left))
    return context.quantity.unit == "yen" and context.quantity.value == 0 and _NOTHING.search(words) is not None


def tells_single(reading: Reading, quantity: Quantity) -> bool:
    """Whether a one tells only that there is no other (1社だけの調査, 1店舗のみ)."""
    return quantity.value == 1 and quantity.bound is None and _SINGLE.match(reading.text, quantity.end) is not None


def tells_each(reading: Reading, quantity: Quantity) -> bool:
    """Whether a one only tells of what an amount is told (1取引10万円, 発注1件が50万円)."""
    place = reading.order[quantity.start] + 1
    if quantity.value != 1 or quantity.unit not in ("count", "other", "people", "years", "months", "days") or quantity.bound is not None:
        return False
    while place < len(reading.quantities) and reading.quantities[place].ignored:  # 1資格1人3万円
        place += 1
    if place >= len(reading.quantities) or reading.quantities[place].unit != "yen":
        return False
    return _EACH.fullmatch(reading.text[quantity.end : reading.quantities[place].start]) is not None


def is_decade(reading: Reading, context: Context) -> bool:
    """Whether a number tells in which ten (or one) shares of the text lie (三割台: 33.6% and 34.1%)."""
    number = plain(context.quantity)
    if number is None or context.quantity.unit not in ("percent", "ratio") or not _DECADE.match(reading.text, context.quantity.end):
        return False
    width = Fraction(1, 10) if number * 10 == int(number * 10) and number > 0 else Fraction(1, 100)
    others = [plain(q) for q in reading.quantities if q.unit == "percent" and q.start != context.quantity.start]
    return any(n is not None and number <= n < number + width for n in others)


def is_same_again(reading: Reading, context: Context) -> bool:
    """Whether a number only announces one that the text tells again (同じ50万円でも意味が違う)."""
    quantity = context.quantity
    again = any(q.value == quantity.value and q.unit == quantity.unit for q in reading.quantities if q.start != quantity.start)
    return again and _SAME.search(context.left) is not None
