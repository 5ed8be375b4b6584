"""Numbers of the reader's own firm and plan, or of a case that is supposed: told as such, or handed in beside the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from assistant.ask.verify.measures import SMALLEST_PRICE, size_of
from assistant.ask.verify.records import Context
from assistant.text.dates import PartialDate
from assistant.text.numbers import Quantity, find_quantities

CLAIMED = 1.3
"""Score from which a number is taken for a claim about the programme although it stands behind a word like 経費."""
UNCLAIMED = 0.6
"""Score below which the catalogue has nothing to say of a place: a text about a firm tells of the firm there."""
_PERSON = re.compile(r"の(?:父|母|親|息子|娘|夫|妻|代表|社長|先代|店主|園長|院長|後継)")
_PERSON_BEFORE = re.compile(r"(?:代表|社長|店主|先代|後継者|父|母|息子|娘|長男|長女|次男|次女|配偶者|妻|夫|私)(?:は|が|の|も|\()?\s?$")
_REST_BEFORE = re.compile(r"(?:残り|残る|残額|自己負担額?|自己資金|手出し|持ち出し)(?:は|が|の|も)?(?:約)?\s?$")
_HOURLY = re.compile(r"(?:時給|時間給|最低賃金)(が|は|を|:)?(?:約)?\s?$")
_WAGES_BEFORE = re.compile(r"(?:時給|時間給|最低賃金|(?:人|名|員|者|トさん|イトさん)の賃金)(?:が|は|を|も)?(?:、|約)?\s?$")
_RAISED_BY = re.compile(r"\s?(?:以上)?(?:ずつ|だけ|ほど)?(?:の)?(?:引き?上げ|上げ|アップ)")
_RAISED = re.compile(r"\s?(?:の|ずつ|だけ|ほど)?[^。、\d]{0,4}(?:上げ|引上げ|引き上げ|アップ|上乗せ|プラス|高)")
_OF_SALES = re.compile(r"(?:売上|売り上げ|利益|粗利|客|注文|生産|残業|時間|コスト|在庫)[^。、\d]{0,8}$")
_YEARS_AWAY = re.compile(r"\s?(?:後|前|ぶり|目)")
_UNITS = frozenset({"yen", "people", "count", "years", "months", "percent", "other", "hours", "minutes", "days", "kl", "weeks"})
OWNER = re.compile(
    r"あなた|当事務所|当所|弊所|御社|貴社|貴店|お客様|当社|弊社|自社|当(?:店|組合|会|法人|団体|工場|事業所)|[わ我]が社|弊店|(?:友人|知人|知り合い)の|"
    r"うちの|うちは|(?<!の)うちで|私|ご相談|ご希望|お見積|の事業者さま"
)
_OWNER_AFTER = re.compile(r"[^。、\d]{0,6}の?(?:当社|弊社|当店|当院|当園|わが社|御社|貴社)")
_SUPPOSED = re.compile(r"^\s*(?:\([^)]*\))?\s*(?:の?場合|なら|だと|とすると|とすれば|では(?!な)|でしたら|ですと|として)")
_SUPPOSED_YEN = re.compile(
    r"^\s*(?:\([^)]*\))?\s*(?:の計画を|規模|の\s?(?:\d+/\d+|\d+分の)|を(?:投資|投じ|かけ|使|充て)|(?:かけ|かか|使)(?:る|う|て|った|り)|"
    r"投じて|で(?:買|購入|導入|入れ|契約|発注|建て)|の[^。、\d]{0,12}(?:設備|機械|経費|投資|見積|工事|ロボット|ソフト|開発|工場|計画(?!が|は)|更新|取組)|"
    r"(?:ほど|くらい|ぐらい)?を?借り|の[^。、\d]{0,10}(?:費|代|料)(?:で|なら|だと|に|を)|[^。、\d]{0,10}なら|[^。、\d]{0,12}(?:買|かけ|かか|投じ|使|払|導入|入れ|申請|契約|建て|購入|充て)[^。、\d]{0,4}(?:ば|たら|と))"
)
_REQUIRED = re.compile(r"(?:の[^。、\d]{0,8}[がは])?(?:必要|要[りるっ]|いり|かかり)")
_OF_THING = re.compile(
    r"(?:\((?:税抜|税込)[^)]*\))?の(?![^。、]{0,6}(?:上限|下限|補助|助成|限度|加算|上乗せ|引|コース|枠|差|範囲|内側|壁|線|部分|賃))"
    r"[^。、\d円]{1,16}(?:を|が|は)"
)
_PART = re.compile(r"の?(?:部分|分)|[がは]\s?\d+(?:/|分の)\d+")
_AIMED = re.compile(r"\s?を(?:受け取る|もらう|得る|使い切る)(?:に|ため|とき)")
_TAXED = re.compile(r"(?:税抜|税込)(?:で|み)?\s?$")
_SHIFT = re.compile(r"(?:正社員|パート|アルバイト|フルタイム|社員)[^。、\d]{0,8}(?:1日|一日|週|月)?\s?$|(?:1日|一日|週)\s?$")
_DERIVED_BEFORE = re.compile(
    r"(?:補助金|補助額|補助金額|助成額|助成金?|自己負担額?|負担額?|自己資金|残り?る?|残額|差額|差し引き|合計|合わせて|総額|計算上|初回|次から|"
    r"支給額|受給額|手出し|持ち出し|補助|分|(?:補助|助成)金として|(?<![一-龥])計)(?:は|が|も|で|を|の)?(?:は|も)?(?:、|約|最大|およそ|計|年|月に?|:|\s)*$|"
    r"(?:掛け|かけ|乗じ)(?:ると|て)(?:、|約|およそ|\s)*$|"
    r"円(?:\([^)]*\))?(?:の[^。、\d]{0,8})?(?:なら|だと|の場合|に対して)[^。\d]{0,8}$|円を?(?:投資|投じ|かけ|使)[^。、\d]{0,4}(?:て|と|ば|たら)、?$"
)
_DERIVED_AFTER = re.compile(
    r"\s?(?:が|を|の|に|は|で|と)?\s?(?:(?:補助|助成|支給|支援|出|戻|受け取|もらえ|払|済|足り|不足|届|用意|まかな|賄|計算|抑え|はみ出|超過|オーバー)|"
    r"の?自己負担|(?:に|と)?なり|(?:に|と)?なる)"
)
_RATE_BEFORE = re.compile(r"(?:成長率|伸び率|増加率|上昇率|年率)(?:は|が|で)?(?:約|およそ|\s)*$")
_OF_FIRM = re.compile(
    r"(?:経費|費用|投資額?|見積額?|購入額?|売上高?|資本金|予算|対象経費|総額|事業費|年商|従業員|従業員数|社員|スタッフ|代金|工事費|付加価値額|"
    r"単価|価格|申請額|申請総額|借入金?|融資|自己資金|来期は|今期は|前期は|前年は|目標は|見込みは|家賃[がは]?月?|計画は|[^\s、。]{1,6}(?:費|料|代))"
    r"(?:が|は|の|に|を|:|\s|=)?\s?(?:[1一](?:人|名|台|件|回|日|か月|か所)(?:あたり|当たり|につき)?)?(?:税抜|税込)?(?:で|\s)?約?$"
)
_LIMITED = re.compile(r"\s*(?:以|まで|が上限|を上限)")
_STAFF_BEFORE = re.compile(r"(?:従業員数?|社員数?|スタッフ|職員|人員)(?:が|は|の|数は|:|\s)?\s?(?:約|計|全員で)?$")
_BECAME = re.compile(r"から\d+[人名]に(?:なり|なっ|増|減)")
_COUPLE = re.compile(r"(?:夫婦|家族|親子|兄弟|組合員|会員|社員|講師を?|招待客|来客は?|参加者は?)\s?$")
_SINCE = re.compile(r"(?:開業|創業|設立|起業|開店|独立)(?:して|から|後)\s?$")
_PASSED = re.compile(r"(?:ほど|余り|あまり|足らず)?(?:に?な[りる]|が?た[ちつ]|が?経[ちつ]|が?過ぎ|です|でし|目[のにで])")
_FIRM_AFTER = re.compile(
    r"(?:で(?:営|経営|運営)|の[^。、\d]{0,8}(?:会社|企業|事業者|店|業|者|所|場|館|屋|院|園|宿|社|ホテル|メーカー|カフェ|サロン|旅館))"
)
_USER_AFTER = re.compile(
    r"(?:を(?:使|消費)[^。、\d]{0,4}|の)[^。、\d]{0,8}(?:工場|会社|企業|事業[者所]|店|ビル|施設|病院|旅館|ホテル|当社|拠点)"
)
_GUIDE = re.compile(r"(?:以上|以下)?[がを]目安")
_AIMS = re.compile(r"逆算|割り戻|(?:上限|限度|満額)額?(?:いっぱい)?[^。、]{0,12}(?:届|達|使い切|受け取|もら)")
_ALONE = re.compile(r"の[^。、\d]{1,10}(?:だけ|のみ|に限)")
"""A rule and no case: 単価100万円の設備だけが対象."""
_LATER = re.compile(r"後に[^。、]{0,6}(?:予定して|計画して|考えて)")
_PLAN_AFTER = re.compile(r"は(?:計算|対象|補助対象)(?:から|外)|\s?(?:を|と)?(?:見込|予定|計画|想定)|目の|たつ|になる(?:当|店|会社)")


@dataclass(frozen=True, slots=True)
class Given:
    """The numbers and days of a mapping of the reader's own figures."""

    numbers: frozenset[Fraction]
    days: frozenset[str]

    def has(self, context: Context) -> bool:
        """Whether a number is one of them and is not told as a figure of the programme."""
        quantity = context.quantity
        if isinstance(quantity.value, PartialDate):
            day = quantity.value.as_date()
            return day is not None and day.isoformat() in self.days
        if context.role is not None or quantity.bound is not None or quantity.unit not in _UNITS:
            return False
        return isinstance(quantity.value, int | Fraction) and Fraction(quantity.value) in self.numbers


def read_given(own: Mapping[str, Any]) -> Given:
    """All numbers and days in a mapping of any nesting."""
    leaves = list(_leaves(own))
    numbers: set[Fraction] = set()
    for leaf in leaves:
        if isinstance(leaf, int | float | Fraction) and not isinstance(leaf, bool):
            numbers.add(Fraction(str(leaf)) if isinstance(leaf, float) else Fraction(leaf))
        elif isinstance(leaf, str):
            numbers |= {Fraction(q.value) for q in find_quantities(leaf) if isinstance(q.value, int | Fraction)}
    days = {leaf.isoformat() if isinstance(leaf, date) else leaf for leaf in leaves if isinstance(leaf, date | str)}
    return Given(frozenset(numbers), frozenset(days))


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _leaves(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _leaves(part)
    else:
        yield value


def is_told_as_own(text: str, context: Context, claimed: float) -> bool:
    """Whether the words around a number say that it is the reader's, or that of a case (当社の, 経費が120万円の場合).

    Args:
        text: The folded text.
        context: The number in its context.
        claimed: How well the best claim of the catalogue fits the place, apart from the numbers told before.
    """
    quantity = context.quantity
    if quantity.bound is not None or quantity.side is not None or quantity.unit not in _UNITS or is_part_time(quantity):
        return False
    after = text[quantity.end : quantity.end + 24]
    reach = context.left if quantity.unit == "yen" and context.scope.programmes and claimed >= CLAIMED else context.reach
    owner = OWNER.search(reach) is not None or _OWNER_AFTER.match(after) is not None
    if context.role in ("cap", "floor", "add", "rate") and quantity.unit in ("yen", "percent"):
        return OWNER.search(context.reach) is not None and OWNER.search(context.left) is not None
    if is_supposed(text, quantity):
        return True
    if quantity.unit == "yen" and _REQUIRED.match(after):
        return False
    if context.reckonable and is_derived(text, quantity):
        return False
    unclaimed = claimed < CLAIMED or not context.scope.programmes
    planned = _LATER.match(after) is not None or (unclaimed and _PLAN_AFTER.match(after) is not None)
    before = text[max(0, quantity.start - 14) : quantity.start]
    if quantity.unit == "yen" and context.role is None and _TAXED.search(before):
        return True
    if quantity.unit == "hours" and unclaimed and _SHIFT.search(before):
        return True
    before = text[max(0, quantity.start - 14) : quantity.start]
    if context.firm and context.role is None and (_SINCE if quantity.unit in ("months", "years") else _COUPLE).search(before[-8:]):
        return True
    of_business = context.firm and claimed < UNCLAIMED and _is_of_business(text, context)
    if of_business or _has_passed(context, before, after) or _is_age(text, quantity):
        return True
    owner = owner and not (quantity.unit == "percent" and claimed >= CLAIMED)
    return owner or planned or is_case(text, quantity) or (unclaimed and _is_of_firm(text, context, quantity, after))


def _has_passed(context: Context, before: str, after: str) -> bool:
    """Whether a time is told as what has passed since a firm was founded (開業して1年半になります)."""
    told = context.quantity.unit in ("months", "years") and context.role is None
    return told and _SINCE.search(before[-8:]) is not None and _PASSED.match(after) is not None


def _is_age(text: str, quantity: Quantity) -> bool:
    """Whether an age is that of a person who is told of (62歳の父, 代表58歳), and no limit of ages."""
    before = text[max(0, quantity.start - 6) : quantity.start]
    return quantity.counter in ("歳", "才") and (_PERSON.match(text, quantity.end) or _PERSON_BEFORE.search(before)) is not None


def _is_of_business(text: str, context: Context) -> bool:
    """Whether a number is one of those that a firm tells of its days: what it sells and makes, people that come, years ahead."""
    quantity = context.quantity
    if context.role is not None or quantity.counter in ("者", "社", "事業者"):
        return False
    if quantity.unit == "percent":
        return _OF_SALES.search(context.left) is not None
    return quantity.unit in ("people", "count") or (quantity.unit == "years" and _YEARS_AWAY.match(text, quantity.end) is not None)


def is_required(text: str, quantity: Quantity) -> bool:
    """Whether an amount is told as the cost that something takes (満額には10億円の投資が要る)."""
    return quantity.unit == "yen" and quantity.bound is None and _REQUIRED.match(text, quantity.end) is not None


def is_supposed(text: str, quantity: Quantity) -> bool:
    """Whether a number is supposed (120万円の場合, 900万円の開発なら, 8億円を投じる)."""
    after = text[quantity.end : quantity.end + 24]
    if quantity.bound is not None or quantity.unit in ("percent", "other", "ratio") or _REQUIRED.match(after) or _ALONE.match(after):
        return False
    if quantity.unit != "yen":
        return _SUPPOSED.match(after) is not None
    return any(p.match(after) for p in (_SUPPOSED, _SUPPOSED_YEN)) or (_is_price(quantity) and _OF_THING.match(after) is not None)


def _is_price(quantity: Quantity) -> bool:
    """Whether an amount is of the size of a purchase and not of an hourly wage."""
    return isinstance(quantity.value, int) and quantity.value >= SMALLEST_PRICE


def is_no_wage(text: str, quantity: Quantity) -> bool:
    """Whether an amount is told as the pay of an hour, and is none: as much as a price, or as little as a raise."""
    told = _HOURLY.search(text, max(0, quantity.start - 10), quantity.start)
    if quantity.unit != "yen" or told is None or _RAISED.match(text, quantity.end):
        return False
    size = size_of(Fraction(quantity.value or 0))  # type: ignore[arg-type]
    return size > 1 or (size == 0 and told[1] != "を")


def is_no_raise(text: str, quantity: Quantity) -> bool:
    """Whether an amount is told as what an hourly wage is raised by, and is far more than a raise."""
    if quantity.unit != "yen" or _RAISED_BY.match(text, quantity.end) is None:
        return False
    told = _WAGES_BEFORE.search(text, max(0, quantity.start - 10), quantity.start)
    return told is not None and size_of(Fraction(quantity.value or 0)) > 0  # type: ignore[arg-type]


def tells_rest(text: str, quantity: Quantity) -> bool:
    """Whether an amount is told as what is left to pay (残りの40万円, 自己負担は80万円), whatever limit was spoken of before."""
    if quantity.unit != "yen" or quantity.bound is not None:
        return False
    return _REST_BEFORE.search(text, max(0, quantity.start - 8), quantity.start) is not None


def is_computed(text: str, quantity: Quantity) -> bool:
    """Whether an amount stands where the firm's or a computed one is told, whatever bound word follows it."""
    if quantity.unit != "yen" or quantity.bound in ("min", "over", "under") or _PART.match(text, quantity.end):
        return False
    before = text[max(0, quantity.start - 16) : quantity.start]
    return is_derived(text, quantity) or _DERIVED_BEFORE.search(before[2:]) is not None or _tells_firm(text, quantity)


def has_case(text: str, quantities: Iterable[Quantity]) -> bool:
    """Whether a text supposes an amount or tells one of the firm, from which it may reckon."""
    return any(q.unit == "yen" and (is_supposed(text, q) or _tells_firm(text, q)) for q in quantities)


def _tells_firm(text: str, quantity: Quantity) -> bool:
    return quantity.bound is None and _OF_FIRM.search(text[max(0, quantity.start - 16) : quantity.start]) is not None


def is_derived(text: str, quantity: Quantity) -> bool:
    """Whether a number is told as something computed: a subsidy, what is left, a total, a growth rate."""
    if quantity.unit == "percent":
        return quantity.bound is None and _RATE_BEFORE.search(text[max(0, quantity.start - 10) : quantity.start]) is not None
    if quantity.unit != "yen" or quantity.bound is not None:
        return False
    before = text[max(0, quantity.start - 14) : quantity.start]
    if _AIMED.match(text, quantity.end):
        return False
    return _DERIVED_BEFORE.search(before) is not None or _DERIVED_AFTER.match(text, quantity.end) is not None


def is_case(text: str, quantity: Quantity) -> bool:
    """Whether a headcount or a use of energy describes a firm (従業員48人の会社, 800klの工場) and is no rule."""
    became = quantity.side == "from" and _BECAME.match(text, quantity.end) is not None
    if quantity.unit == "kl" and quantity.bound is None and quantity.side is None:
        return _USER_AFTER.match(text, quantity.end) is not None
    if quantity.unit != "people" or quantity.bound is not None or (quantity.side is not None and not became):
        return False
    before = text[max(0, quantity.start - 10) : quantity.start]
    return _STAFF_BEFORE.search(before) is not None or _FIRM_AFTER.match(text, quantity.end) is not None


def _is_of_firm(text: str, context: Context, quantity: Quantity, after: str) -> bool:
    if quantity.unit == "percent" or (quantity.unit != "yen" and context.role is not None):
        return False
    if quantity.unit == "yen" and (_GUIDE.match(after) or _AIMS.search(text, text.rfind("。", 0, quantity.start) + 1, quantity.start)):
        return False  # told as what the figures come to
    before = text[max(0, quantity.start - 16) : quantity.start]
    return _OF_FIRM.search(before) is not None and _LIMITED.match(after) is None


def is_part_time(quantity: Quantity) -> bool:
    """Whether people are counted in fractions, which only a calculation gives (0.62人)."""
    return quantity.unit == "people" and isinstance(quantity.value, Fraction) and quantity.value.denominator > 1
