"""What a sentence tells of the firm and its project: headcounts, amounts by role, industry, yes/no facts."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from assistant.ask.money_roles import LEAST_PAY_YEN
from assistant.ask.money_told import Item, Told, read_money
from assistant.ask.staff import read_staff, read_wages
from assistant.ask.told_firm import founded, profit_rate
from assistant.ask.trades import read_trade
from assistant.ask.wording import blanked
from assistant.rules.load import Catalogue
from assistant.text.numbers import Quantity, find_quantities
from assistant.text.numerals import small_int

_DENIAL = re.compile(
    r"[^はがも]{0,6}(こと|期間|時期|年度?|わけ|の)?[はがも]?(一度も|まったく|全く)?((受け|もらっ|使っ)て(い|お)?)?"
    r"(ない|なく|なし|なかっ|ありませ|ござい?ませ|無い|無く|無し|無かっ|ません|あらへん|ちゃう(?![^、。]{0,3}[?？])|ゼロ"
    r"|(受け|受けられ|使い|使え|もらい|もらえ|取り|取れ|通り|該当し|当たり|当てはまり)ませ"
    r"|(受け|受けられ|使わ|使え|もらわ|もらえ|取ら|取れ|し|該当し|当たら|当てはまら)(な|へん|ひん|ん(?![でだ])|ず))"
)
_OF_A_HEAD = re.compile(r"(?<![0-9０-９])([1１一]人|ひとり)(あたり|当たり|当り|頭|につき)?(平均)?[でがはの、]{0,2}(今|いま|現在)?$")
_FOR_WORK = re.compile(r"研修|講習|受講|費|料")
_ABOUT_PAY = re.compile(r"賃金|賃上げ|給与|給料|年収")
_PAY_TOLD = re.compile(
    r"(給与|給料|年収|賃金)(支給)?(総額|合計|の合計|の総額)?[はがでを、]{0,2}([0-9０-９]+[人名](で|に|の|分)?)?(計|合計|総額|あわせて)?[はがで]?$"
)
_BOTH_DENIED = re.compile(
    r"(でも[^、。でも]{1,10})?でも(ない|なく|ありません|無い)"
    r"|(等|など|事業者|企業)*(にも|とか|や|か|または|も)[^、。]{1,10}?(に|には|にも)(該当し|当たら|あたら|当てはまら|当てはまり|当たり|入ら|入り|なら|なり)(な|ませ|ず|ん)"
)
"""What follows one of several things that are denied together."""
_FIRST_TIME = re.compile(
    r"(初めて|はじめて)(の)?(使|申請|利用|申し込|応募)[^、。]{0,4}(ます|たい|予定|つもり|です)"
    r"|(初回|1回目|１回目|一回目)(です|で申|の申請|の交付|なので|として|で[、,]?(?=[^。]{0,12}[0-9０-９]))"
)
_AGAIN = re.compile(
    r"([2-9２-９二三四](回|度)目)(です|で申|の申請|の交付|の利用|なので|になり|として|で[、,]?(?=[^。]{0,12}[0-9０-９]))"
    r"|[2-9２-９二三](台|つ)目を?(申請|申し込|応募|出)"
    r"|(去年|昨年|おととし|一昨年|以前|前に|前回|過去)(に|の回)?も?[^。、]{0,12}(使い|使っ|受け|もらい|もらっ|採択され|通っ)(?!てい?な)"
)
_MEDIUM = re.compile(
    r"中小企業(?!省力化|新事業|成長加速|診断士|庁|等?経営)|中小(?=[、。，,？?\s]|$|で[、すは]|です|や[、っ]|なら|だ|[0-9０-９]+[人名]|の(会社|場合))"
)
_SIZE_NAME = r"(?:小規模(?:事業者|企業者?)?|中小(?:企業)?者?|大企業)(?:等|など)?(?:の場合|だと|では|なら|の(?:とき|時))?"
_SIZES_BESIDE = re.compile(rf"{_SIZE_NAME}(?:と|や|・|、|／|/){_SIZE_NAME}(?!で(?:す|し|も)|の(?:うち|会社)|が対象)")
_OWN_SIZE = re.compile(r"(?:うち|当社|弊社|自社|わが社|我が社)(?:の会社)?[はがも](小規模|中小|大企業)(?!.{0,8}(?:では|じゃ)な)")
_OWN_SIZES = {"小規模": "small", "中小": "sme", "大企業": "large"}
_BOTH_ASKED = re.compile(r"違|それぞれ|両方|どちらも|どっちも|比べ|比較|変わ|差[はがを]|の場合で|ずつ")
"""Sizes set beside each other, where each is asked about: none is told to be the user's own."""
_BOTH_SIDES = re.compile(
    r"[0-9０-９]+[人名](?:未満|以下)[^。、？?]{0,8}[とや、・か](?:(?:[0-9０-９]+[人名]|それ)以上|(?:それ)?以外|そう(?:で|じゃ)ない)"
    r"|[0-9０-９]+[人名]以上[^。、？?]{0,8}[とや、・か](?:(?:[0-9０-９]+[人名]|それ)(?:未満|以下)|(?:それ)?以外|そう(?:で|じゃ)ない)"
)
"""Both sides of a line of headcount: neither is told to be the user's own."""
_EXPECTED = re.compile(r"(売上|売り上げ)[^。]{0,12}(見込|予定|計画|目標|想定)|(見込|予定|計画|目標|想定)[^。]{0,12}(売上|売り上げ)")
"""Sales of a plan, not those of the firm."""
_YEARS_ON = re.compile(r"([1-9１-９一二三四五])(?:か|カ|ヶ)?(?:事業|会計|営業|決算)?(?:年度|期|年)(?:後|先)")
"""How many years on a figure is to be reached (3事業年度後)."""
_NTH_YEAR = re.compile(
    r"初年度|単年度|(?<![0-9０-９一二三四五])(?<![創開起]業)(?<!立して)(?<!開店)(?<!設立)([1-5１-５一二三四五])年(?:度)?目"
)
_ALONE = re.compile(r"(1|１|一|自)社(単独|だけ|のみ)|単独(で|の)(調査|実証|実施|申請|事業|取り組|行|やる|やり|進め)")
_TOGETHER = re.compile(r"(以上)?の?(企業|会社|事業者)?(間|同士)?(で|が|と|の)?(組[むんみ]|手を組|連携|共同|合同|一緒|協力|グループ|コンソ)")
_TOGETHER_BEFORE = re.compile(r"(構成員|参画|グループ|連携先?|参加)[^、。]{0,6}$")
_OURS = re.compile(r"(うち|当社|弊社|自社|わが社|我が社)(の(店|会社))?(は|が|も)[^。、]{0,4}[0-9０-９]+[人名](?!(を|だけ|分))")
"""A headcount of the user's own firm."""
@dataclass(frozen=True, slots=True)
class Slots:
    """Inputs for the rules, amounts by role, and the numbers that the user claims."""

    inputs: dict[str, Any] = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    money: dict[str, tuple[int, ...]] = field(default_factory=dict)
    claimed: tuple[Quantity, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    years: int | None = None
    percents: tuple[Fraction, ...] = ()
    ratios: tuple[Fraction, ...] = ()
    tax: str | None = None
    total_yen: int | None = None
    off_total_yen: int | None = None
    """A sum of the costs that the text tells and that they do not come to."""

    @property
    def claimed_yen(self) -> int | None:
        """What the user expects in the end: the last amount that he claims."""
        return self.claimed[-1].whole("yen") if self.claimed else None


def read_slots(
    text: str, catalogue: Catalogue, spans: tuple[tuple[int, int], ...] = (), named: tuple[tuple[int, int], ...] = ()
) -> Slots:
    """Everything a text tells that a rule may ask about.

    Args:
        text: The user's sentence(s), original notation.
        catalogue: For its word tables (industries, roles of money, yes/no facts).
        spans: Places of names (programmes, frames): numbers inside them are no amounts.
        named: Places of names that are of no cost (programmes, special measures): their words describe no amount.

    Returns:
        Slots; a thing not told is absent.
    """
    vocabulary = catalogue.vocabulary
    everything = tuple(q for q in find_quantities(text) if not q.ignored)
    found = tuple(q for q in everything if not any(a <= q.start and q.end <= b for a, b in spans))
    inputs: dict[str, Any] = {}
    inputs |= _flags(text, vocabulary) | read_trade(text, catalogue) | _size(text, vocabulary)
    wages, spent = read_wages(text, everything, "業務改善" in text)
    inputs |= read_staff(text, found, vocabulary, "course_yen" in wages) | wages
    if _BOTH_SIDES.search(text):
        inputs = {k: v for k, v in inputs.items() if k not in ("employees", "office_workers")}
    priced = tuple(q for q in found if q not in spent)
    read = read_money(Told(text, blanked(text, named), blanked(text, spans), priced), catalogue)
    money, items = read.by_role, read.items
    for role in ("min_wage_raise_yen", "sales_yen", "capital_yen", "taxable_income_yen"):
        if money.get(role):
            inputs[role] = money[role][0]
    planned = _planned_sales(text, found, money.get("sales_yen", ()))
    inputs |= {"planned_sales_yen": planned} if planned is not None else {}
    inputs |= _growth(text, found) | profit_rate(text, found) | founded(text, found) | _year_no(text) | _repeat(text)
    inputs |= _members(text, found)
    ratios = tuple(q.exact for q in found if q.unit == "ratio" and q.exact is not None)
    percents = tuple(q.exact for q in found if q.unit == "percent" and q.exact is not None)
    on = _YEARS_ON.search(text)
    lasting = (q.whole("years") for q in found if not q.text.endswith("年度"))
    years = small_int(on.group(1)) if on else next((y for y in lasting if y is not None), None)
    told = (*(i.tax for i in items), *(q.tax for q in found if q.unit == "yen"), _tax(text, vocabulary))
    tax = next((t for t in told if t), None)
    off = read.total_yen if read.total_yen is not None and read.total_yen != sum(i.yen for i in items) else None
    slots = Slots(inputs, items, money, read.claimed, found, years, percents, ratios, tax, read.total_yen, off)
    return with_head_pay(slots, text, "" if _FOR_WORK.search(text) else text)


def in_wage_talk(slots: Slots, text: str, known: Mapping[str, Any], vocabulary: dict[str, Any]) -> Slots:
    """Slots of a turn in a talk about raising wages: a small amount is a course, a bare headcount of those whose pay rises.

    Args:
        slots: What the turn tells by itself.
        text: The turn.
        known: The inputs told before it.
        vocabulary: Word tables.
    """
    wages, _ = read_wages(text, slots.quantities, True)
    staff = read_staff(text, slots.quantities, vocabulary, not _OURS.search(text))
    if staff.get("workers", 0) > known.get("employees", math.inf) and "employees" not in staff:
        heads = staff.pop("workers")  # more than work there: the staff of another workplace
        staff |= {"employees": heads, "office_workers": heads}
    apart = ("employees", "office_workers", "workers", "workers_now", "employees_now", "employees_more")
    return replace(slots, inputs={k: v for k, v in slots.inputs.items() if k not in apart} | staff | wages)


def _tax(text: str, vocabulary: dict[str, Any]) -> str | None:
    words = vocabulary.get("tax_words", {})
    return next((kind for kind in ("incl", "excl") if any(w in text for w in words.get(kind, ()))), None)


def _flags(text: str, vocabulary: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, table in vocabulary.get("flags", {}).items():
        said = [w for w in table.get("yes") or () if w in text]
        said += [m.group(0) for m in re.finditer(table.get("yes_like", "$^"), text)]
        denied_outright = any(w in text for w in table.get("no") or ()) or re.search(table.get("no_like", "$^"), text)
        if denied_outright or (said and all(denied(text, w) for w in said)):
            out[name] = False
        elif said:
            out[name] = True
    if out.get("was_tax_exempt") is not None and "インボイス" in text and "登録" in text:
        out.setdefault("invoice_registered", True)
    return out


def denied(text: str, word: str) -> bool:
    """Whether what a word says is denied in the same clause (免税事業者だった期間は一度もなく)."""
    clause = re.split(r"[、。，,！？!?\n]", text[text.find(word) + len(word) :])[0]
    return bool(_DENIAL.match(clause))


_OWNED = re.compile(
    r"(の|グループの)?([0-9０-９]+[%％]|完全|連結)?(子会社|孫会社|関連会社|関係会社|グループ会社|系列|傘下|グループ)"
    r"|(が|は)(うちの|当社の)?(親会社|株主|全株|株式|株を|[0-9０-９一-龥]{0,4}出資)|(から|の)出資"
)
_SIZE_ASKED = re.compile(
    r"持続化|にな[るれり]|に当た[るり]|に該当|に入[るりれ]|の定義|とは|の要件|扱い|って[言い]え|として(?:扱|認|数)|(?:です|でしょう|なの|なん(?:です)?)?か?[？?]"
)
"""What follows a size that a question asks about: it is not told."""
_OWNER = re.compile(r"(みなし|(親会社|親|株主)(は|が|も)、?)$")
"""What belongs to a large firm, or has it for an owner, is not told to be large itself."""


def _size(text: str, vocabulary: dict[str, Any]) -> dict[str, Any]:
    negations = tuple(vocabulary.get("size_negation", ()))
    own = _OWN_SIZE.search(text)
    if own and not _BOTH_DENIED.match(text, own.end()):
        return {"size": _OWN_SIZES[own.group(1)]}
    if _SIZES_BESIDE.search(text) and _BOTH_ASKED.search(text):
        return {}
    for size, names in vocabulary.get("sizes", {}).items():
        for name in names:
            at = text.find(name)
            while at >= 0:
                after = text[at + len(name) : at + len(name) + 6]
                if any(n in after for n in negations) or _BOTH_DENIED.match(text, at + len(name)):
                    return {"size": "sme"} if size == "small" else {}
                longer = any(len(n) > len(name) and text.startswith(n, at) for n in names)
                of_owner = size == "large" and (_OWNED.match(text, at + len(name)) or _OWNER.search(text[:at]))
                if not longer and not of_owner and not _SIZE_ASKED.match(after):
                    return {"size": size}
                at = text.find(name, at + 1)
    return {"size": "sme"} if _MEDIUM.search(text) else {}


def _growth(text: str, found: tuple[Quantity, ...]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for q in found:
        if q.unit != "percent" or q.exact is None:
            continue
        before = text[max(0, q.start - 24) : q.start]
        value = str(int(q.exact)) if q.exact.denominator == 1 else str(float(q.exact))
        if re.search(r"(1人|一人|１人)(あたり|当たり)[^。]*$", before):
            out["per_capita_growth_pct"] = value
        elif re.search(r"(給与支給総額|給与総額|賃上げ|給料|賃金)[^。]*$", before):
            out["payroll_growth_pct"] = value
    return out


def _year_no(text: str) -> dict[str, Any]:
    """The year of a project that a text speaks of, where it speaks of one alone (初年度, 2年目)."""
    said = {"1" if m.group(1) is None else unicodedata.normalize("NFKC", m.group(1)) for m in _NTH_YEAR.finditer(text)}
    number = said.pop() if len(said) == 1 else ""
    return {"year_no": small_int(number)} if number else {}


def _repeat(text: str) -> dict[str, Any]:
    """Whether the firm gets the grant for the first time or again, where it says so."""
    if _FIRST_TIME.search(text):
        return {"repeat": 1}
    return {"repeat": 2} if _AGAIN.search(text) else {}


def _members(text: str, found: tuple[Quantity, ...]) -> dict[str, Any]:
    """How many firms act together (3社で組んで, 1社単独)."""
    if _ALONE.search(text):
        return {"members": 1}
    for q in found:
        shops = re.compile("店舗?|軒").match(text, q.end)
        firms = q.whole("count") if q.counter in ("社", "者", "企業", "事業者") else q.whole("other") if shops else None
        if firms is not None and (_TOGETHER_BEFORE.search(text[: q.start]) or _TOGETHER.match(text, shops.end() if shops else q.end)):
            return {"members": firms}
    return {}


def with_head_pay(slots: Slots, text: str, about: str) -> Slots:
    """Slots of a text whose amounts of pay (給与は6人で1,800万) are no costs, those for one head where `about` speaks of it.

    Args:
        slots: What the text tells.
        text: The text.
        about: The text itself, or the turn before it.
    """
    paid = [i for i in slots.items if i.times == 1 and i.yen >= LEAST_PAY_YEN and _OF_A_HEAD.search(text[: i.start])]
    paid = paid if _ABOUT_PAY.search(about) else []
    paid += [i for i in slots.items if i not in paid and _PAY_TOLD.search(text[: i.start])]
    if not paid:
        return slots
    yen = tuple(i.yen for i in paid)
    money = {**slots.money, "pay_yen": (*slots.money.get("pay_yen", ()), *yen)}
    return replace(slots, items=tuple(i for i in slots.items if i not in paid), money=money)


def _planned_sales(text: str, found: tuple[Quantity, ...], sales: tuple[int, ...]) -> int | None:
    """The sales that a plan expects, None if none or several are told; beside those of the firm its clause has to say so."""
    told = [q for q in found if q.whole("yen") in sales]
    if len(told) > 1:
        told = [q for q in told if _EXPECTED.search(_clause(text, q))]
    return told[0].whole("yen") if len(told) == 1 and _EXPECTED.search(text) else None


def _clause(text: str, q: Quantity) -> str:
    """The words around an amount up to the nearest comma or full stop on either side."""
    return re.split(r"[。、，！？!?\n]", text[: q.start])[-1] + q.text + re.split(r"[。、，！？!?\n]", text[q.end :])[0]
