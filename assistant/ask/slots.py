"""What a sentence tells of the firm and its project: headcounts, amounts by role, industry, yes/no facts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from assistant.ask.paid_times import times_paid
from assistant.ask.staff import read_staff, read_wages
from assistant.ask.wording import blanked
from assistant.rules.load import Catalogue
from assistant.text.dates import PartialDate
from assistant.text.numbers import Quantity, find_quantities
from assistant.text.numerals import small_int

_REACH = 14
_LINK = re.compile(r"(額|合計|総額|が|は|を|の|で|も|[（(][^（）()]{1,8}[）)]|として|ちょうど|丸々|まるまる|満額で?|約|およそ|だいたい)*")
"""What may stand between the word for a subsidy and its amount; else the word is part of a programme's name."""
_DENIAL = re.compile(
    r"[^はがも]{0,6}(こと|期間|時期|年度?|わけ|の)?[はがも]?(一度も|まったく|全く)?((受け|もらっ|使っ)て(い|お)?)?"
    r"(ない|なく|なし|ありませ|ござい?ませ|無い|無く|無し|ません|(受け|使い|使え|もらい|もらえ|取り)ませ|(受け|使わ|もらわ|取ら)な)"
)
_CLAUSE_END = re.compile(r"[。！？!?\n]")
_HOW_MUCH = re.compile(r"いくら|なんぼ|何円|何万|何割|どれ|どのくらい|どの位")
"""What asks for an amount: what stands after it speaks of the amount asked for, not of the one before it."""
_A_LINE = re.compile(r"(を|の)?(超え|上回|以上|以下)|の?(条件|要件|基準|壁)|には?(足り|届|達し|満た)")
"""What makes an amount a line to reach, not a cost."""
_WANTED = re.compile(
    r"(の補助金?|の助成金?)?(を|が|ほど|くらい|ぐらい|ちょうど|きっちり|フルに?|満額|まるまる)*"
    r"((受け|もら|貰|得|ほし|欲し|確保|引き出)[^。、]{0,5}?(に(は|、|$)|ため|た[いく]|なら|場合|とき|時)|(ほし|欲し)[いく])"
)
"""What makes an amount the subsidy that is wished for."""
_HAD = re.compile(
    r"(の?(補助金?|助成金?|交付))?[をがは]?(も|まで)?"
    r"(も(らっ|ろう?)(た|て[いるまお]|てる|と[るっ]|とう)|もらいまし|貰っ[たて]|受け取っ(た|て[いる])|受け取りまし|受け?と(っ|る|りま)"
    r"|いただい(た|て)|いただきまし|頂い[たて]|受けた|受けまし|受けて(い|る)|受給し|(支給|交付|補助)され(た|て|まし)|出してもら(った|って|いまし))"
)
"""What makes an amount a subsidy that was received before."""
_ONLY_WHEN = ("去年", "昨年", "もう", "先に", "すでに", "既に")
_GOT = re.compile(r"もら|もろ|貰|受け|受給|交付|補助|助成|支給|いただ|頂|使っ|採択")
"""What makes an amount of the year before a grant."""
_PAST = re.compile(
    r"の[^、。0-9０-９]{1,10}を?(入れ|買っ|導入し|購入し)(て|た)[^。0-9０-９]{0,6}[0-9０-９,.]+[万億]?円?[^。0-9０-９]{0,4}(もら|貰|受け|補助|いただ|交付)"
)
"""What makes an amount the cost of an earlier project, for which the next amount was received."""
_EARLIER = re.compile(r"補助|助成|交付|支給|持続化|カタログ|前回|前に|以前|これまで|今まで|すでに|既に|去年|昨年|[0-9０-９]回目")
_APPLIED = re.compile(r"(の補助金?)?[でのを]?((補助金?|交付)の?)?申請")
_BARE = re.compile(r"(^|[。、，,！？!?\s）)でに])$")
_IN_BRACKETS = re.compile(r"[（(](上限額?|限度額?|最大|満額|補助額?)?[はが]?[+＋]?(プラス)?(約)?$")
"""What stands right before an amount that explains a name in brackets (インボイス特例（上限100万））."""
_ADDED = re.compile(r"(分|ほど|くらい|ぐらい)?を?(足(す|し|せ)|追加|上乗せ|買い足)")
_GUESSED = re.compile(r"(くらい|ぐらい)?(かな|かしら|で(足り|合って|いい|よい|良い|OK|ok|大丈夫)|ですよね|だよね)")
"""What makes an amount the answer that the user expects."""
HALF_YEAR = 6
"""Months of 半年 and of the 半 behind years."""
SMALLEST_COST_YEN = 3_000
"""An amount below it in a question is an hourly wage, a raise or a price a head, never the cost of a project."""
_BOTH_DENIED = re.compile(r"(でも[^、。でも]{1,10})?でも(ない|なく|ありません|無い)")
_FIRST_TIME = re.compile(
    r"(初めて|はじめて)(の)?(使|申請|利用|申し込|応募)[^、。]{0,4}(ます|たい|予定|つもり|です)"
    r"|(初回|1回目|１回目|一回目)(です|で申|の申請|の交付|なので|として)"
)
_AGAIN = re.compile(
    r"(2回目|２回目|二回目|二度目|2度目)(です|で申|の申請|の交付|の利用|なので|になり|として)"
    r"|(去年|昨年|以前|前に|前回)(に)?も[^。、]{0,12}(使い|使っ|受け|もらい|もらっ)"
)
_FEE = re.compile(r"[一-龥ァ-ヶー](費|代|料|賃)(用)?(が|は|に|で|を)?\s*(約|およそ|ざっと)?$")
"""The name of a cost right before its amount (委託費300万円)."""
_TOTAL = re.compile(r"合計|総額|全部|全体|トータル|合わせ|あわせ|総|計$")
_NO_THING = re.compile(r"(^|[。、，,！？!?\s「（(]|総?合?計|で)(税抜き?|税込み?|約)?$")
"""What stands before an amount that no thing is named for, as a sum among others may."""
_FOUNDED = re.compile(
    r"(創業(?!型|枠|支援|塾|計画)|設立|開業|起業|法人化|立ち上げ|独立|開店"
    r"|(会社|法人|商売|(?<!新)(?<!支)店|(?<![い新])(?<!新規)(?<!補助)事業)を?(作|つく|創|興|起こ|始|はじ|開|出))"
)
_EXPECTED = re.compile(r"(売上|売り上げ)[^。]{0,12}(見込|予定|計画|目標|想定)|(見込|予定|計画|目標|想定)[^。]{0,12}(売上|売り上げ)")
"""Sales of a plan, not those of the firm."""
_OF_SALES = re.compile(
    r"(売上|売り上げ|年商)高?(の?(見込み?|予定|計画|目標|想定))?額?[はがをも]?、?"
    r"(([1１一]年|年)(あたり|当たり|間)?で?|毎年|税[抜込][きみ]?で?|約|およそ|だいたい|ざっと|\s)*$"
)
"""What stands right before an amount of sales, however far their name."""
_OF_INCOME = re.compile(r"課税所得額?[がはもの約]*$")
_TOTALLED = re.compile(r"合計|総額|全部|[0-9０-９]")
"""What parts an amount from the subsidy that is asked for after it (3年目6,000万円 合計の補助額)."""
_MORE_SALES = re.compile(r"(高|額)?(を|の|が)?(伸|増|上げ|上が|拡|広|回復|取り戻|アップ|向上)")
_OF_YEAR = re.compile(r"[0-9０-９一二三四五]年(度)?目")
_NTH_YEAR = re.compile(r"初年度|(?<![0-9０-９一二三四五])(?<![創開起]業)(?<!立して)(?<!開店)(?<!設立)([1-5１-５一二三四五])年(?:度)?目")
_ALONE = re.compile(r"(1|１|一|自)社(単独|だけで|のみで)|単独(で|の)(調査|実証|実施|申請|事業|取り組|行|やる|やり|進め)")
_TOGETHER = re.compile(r"(以上)?の?(企業|会社|事業者)?(間|同士)?(で|が|と|の)?(組[むんみ]|手を組|連携|共同|合同|一緒|協力|グループ|コンソ)")
_TOGETHER_BEFORE = re.compile(r"(構成員|参画|グループ|連携先?|参加)[^、。]{0,6}$")
_SEP = re.compile(r"[、，,。\n]|と(?=[^にはもか])|や|＋|\+|に加え|および|及び")


@dataclass(frozen=True, slots=True)
class Item:
    """An amount of money with the words that say what it pays for."""

    label: str
    yen: int
    """All of it: what is paid each time, as often as it is paid."""
    tax: str | None
    start: int
    end: int
    times: int = 1
    """How often it is paid: months of a rent, people of a fee."""
    every: str = ""
    """What it is paid for each time, as a unit: months, years or people; empty where it is paid once."""


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
    inputs |= _flags(text, vocabulary) | _industry(text, catalogue) | _size(text, vocabulary)
    wages, spent = read_wages(text, everything)
    inputs |= read_staff(text, found, vocabulary, "course_yen" in wages) | wages
    nameless = blanked(text, spans)
    money, items, claimed, total = _money(text, tuple(q for q in found if q not in spent), vocabulary, (blanked(text, named), nameless))
    for role in ("min_wage_raise_yen", "sales_yen", "capital_yen", "taxable_income_yen"):
        if money.get(role):
            inputs[role] = money[role][0]
    planned = _planned_sales(text, found, money.get("sales_yen", ()))
    inputs |= {"planned_sales_yen": planned} if planned is not None else {}
    inputs |= _growth(text, found) | _founded(text, found) | _year_no(text) | _repeat(text) | _members(text, found)
    ratios = tuple(q.exact for q in found if q.unit == "ratio" and q.exact is not None)
    percents = tuple(q.exact for q in found if q.unit == "percent" and q.exact is not None)
    years = next((y for q in found if (y := q.whole("years")) is not None), None)
    tax = next((q.tax for q in found if q.unit == "yen" and q.tax), None) or _tax(text, vocabulary)
    return Slots(inputs, items, money, claimed, found, years, percents, ratios, tax, total)


def _tax(text: str, vocabulary: dict[str, Any]) -> str | None:
    words = vocabulary.get("tax_words", {})
    return next((kind for kind in ("incl", "excl") if any(w in text for w in words.get(kind, ()))), None)


def _flags(text: str, vocabulary: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, table in vocabulary.get("flags", {}).items():
        said = [w for w in table.get("yes") or () if w in text]
        if any(w in text for w in table.get("no") or ()) or (said and all(denied(text, w) for w in said)):
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


def _industry(text: str, catalogue: Catalogue) -> dict[str, Any]:
    best: tuple[int, int, str] | None = None
    for size in catalogue.general.size_classes:
        for word in size.words:
            for m in re.finditer(re.escape(word), text):
                if re.match(r"(では|じゃ|で)(な|あり)|[代費]", text[m.end() : m.end() + 5]):
                    continue
                key = (len(word), m.start(), size.industry)
                if best is None or key[0] > best[0] or (key[0] == best[0] and key[1] > best[1]):
                    best = key
    return {"industry": best[2], "industry_word": text[best[1] : best[1] + best[0]]} if best else {}


def _size(text: str, vocabulary: dict[str, Any]) -> dict[str, Any]:
    negations = tuple(vocabulary.get("size_negation", ()))
    for size, names in vocabulary.get("sizes", {}).items():
        for name in names:
            at = text.find(name)
            while at >= 0:
                after = text[at + len(name) : at + len(name) + 6]
                if any(n in after for n in negations) or _BOTH_DENIED.match(text, at + len(name)):
                    return {"size": "sme"} if size == "small" else {}
                longer = any(len(n) > len(name) and text.startswith(n, at) for n in names)
                if not longer and not re.match(r"(持続化|になる|に当たる|に該当|の定義|とは|の要件)", after):
                    return {"size": size}
                at = text.find(name, at + 1)
    return {"size": "sme"} if re.search(r"中小企業(?!省力化|新事業|成長加速|診断士|庁|等?経営)", text) else {}


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


def _founded(text: str, found: tuple[Quantity, ...]) -> dict[str, Any]:
    """When the firm was founded: a date as yyyymmdd, or months since then (創業2年目: a month of the second year)."""
    for q in found:
        before, after = re.split(r"[。、]", text[max(0, q.start - 10) : q.start])[-1], text[q.end : q.end + 8]
        if not _FOUNDED.search(after[:5]) and not _FOUNDED.search(before):
            continue
        if isinstance(q.value, PartialDate) and q.value.year:
            return {"founded_on": q.value.year * 10_000 + (q.value.month or 1) * 100 + (q.value.day or 1)}
        if q.whole("months", "years") is not None and not q.bound:
            spent = _months(q, text, found)
            return {"founded_months": spent - (12 if q.unit == "years" else 1) + 1 if after.startswith("目") else spent}
    if any(_FOUNDED.search(clause) for clause in re.findall(r"([^。、]{0,10})半年(?!以|未)", text)):
        return {"founded_months": HALF_YEAR}
    m = re.search(r"((?:19|20)[0-9]{2})年(?:に|の)?" + _FOUNDED.pattern, text)
    return {"founded_on": int(m.group(1)) * 10_000 + 101} if m else {}


def _months(q: Quantity, text: str, found: tuple[Quantity, ...]) -> int:
    """A span in months: years, what is told of months right after them (1年2か月), half a year more (1年半)."""
    if q.unit == "months":
        return q.whole("months") or 0
    more = next((m.whole("months") or 0 for m in found if m.unit == "months" and 0 <= m.start - q.end <= 1), 0)
    return (q.whole("years") or 0) * 12 + (HALF_YEAR if text.startswith("半", q.end) else more)


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
        firms = q.whole("count") if q.counter in ("社", "者", "企業", "事業者") else None
        if firms is not None and (_TOGETHER_BEFORE.search(text[: q.start]) or _TOGETHER.match(text, q.end)):
            return {"members": firms}
    return {}


def _money(
    text: str, found: tuple[Quantity, ...], vocabulary: dict[str, Any], without: tuple[str, str]
) -> tuple[dict[str, tuple[int, ...]], tuple[Item, ...], tuple[Quantity, ...], int | None]:
    roles: dict[str, Any] = vocabulary.get("money_roles", {})
    money: dict[str, tuple[int, ...]] = {}
    items: list[Item] = []
    claimed: list[Quantity] = []
    things, nameless = without
    for q in found:
        amount = q.whole("yen")
        if amount is None:
            continue
        if q.bound in ("over", "under", "min", "max") or _A_LINE.match(text, q.end):
            continue
        role = _by_wish(text, q) or _applied(text, q, found) or money_role(text[: q.end] + nameless[q.end :], q, roles)
        money[role] = (*money.get(role, ()), amount)
        if role == "claimed_yen":
            claimed.append(q)
        elif role in ("cost_yen", "unit_price_yen") and amount >= SMALLEST_COST_YEN:
            times, every = times_paid(text, q, found)
            items.append(Item(_label(things, q, found), amount * times, q.tax, q.start, q.end, times, every))
    total = None
    if len(items) > 2:
        for i, item in enumerate(items):
            bare = i in (0, len(items) - 1) and _NO_THING.search(text[: item.start])
            others = sum(x.yen for j, x in enumerate(items) if j != i)
            if (bare or _TOTAL.search(item.label)) and not _OF_YEAR.search(item.label) and item.yen == others:
                total = item.yen
                items.pop(i)
                break
    if len(items) > 1 and items[-1].label.startswith(("合計", "総額", "総計", "計")):
        total = items.pop().yen
    return money, tuple(items), tuple(claimed), total


def _by_wish(text: str, q: Quantity) -> str | None:
    """The role of an amount that the user wants to receive, has received, adds, expects or earns; None if it is none."""
    if _OF_INCOME.search(text[: q.start]) or text.startswith("の課税所得", q.end):
        return "taxable_income_yen"
    if _PAST.match(text, q.end) and _EARLIER.search(text[: q.start]):
        return "past_cost_yen"
    if _WANTED.match(text, q.end):
        return "subsidy_yen"
    if _HAD.match(text, q.end) and _EARLIER.search(text[: q.end + 12]):
        return "received_yen"
    if _ADDED.match(text, q.end):
        return "cost_yen"
    return "claimed_yen" if _GUESSED.match(text, q.end) else None


def _applied(text: str, q: Quantity, found: tuple[Quantity, ...]) -> str | None:
    """That an amount is the subsidy that is applied for: a bare one beside a greater amount (経費280万円で140万円の申請)."""
    greater = any(x.unit == "yen" and isinstance(x.value, int) and x.value > int(str(q.value)) for x in found)
    return "claimed_yen" if greater and _APPLIED.match(text, q.end) and _BARE.search(text[: q.start]) else None


def money_role(text: str, q: Quantity, roles: dict[str, Any]) -> str:
    """The role of an amount: that of the nearest role word in its clause, cost if there is none."""
    before, after = text[max(0, q.start - _REACH) : q.start], text[q.end : q.end + _REACH]
    before = _CLAUSE_END.split(before)[-1]
    if _OF_SALES.search(_CLAUSE_END.split(text[: q.start])[-1]):
        return "sales_yen"
    after = _HOW_MUCH.split(_CLAUSE_END.split(after)[0])[0]
    if (note := _IN_BRACKETS.search(before)) and (len(note.group(0)) > 1 or re.search(r"(特例|上乗せ|加算)[（(]$", before)):
        return "cap_yen"
    best: tuple[float, int, str] = (99.0, 0, "cost_yen")
    if re.search(r"(分の[0-9０-９一二三四五]+|[/／][0-9０-９])(で|の|なら)$", before):
        return "claimed_yen"
    for order, (role, words) in enumerate(roles.items()):
        if words.get("need") and not any(w in before for w in words["need"]):
            continue
        for word in words.get("before") or ():
            at = before.rfind(word)
            if at >= 0 and not _is_no_role(role, (before, after), at, word):
                gap = len(before) - at - len(word)
                comma = 6 if "、" in before[at + len(word) :] else 0
                best = min(best, (gap + comma - len(word) * 0.2, order, role))
        for word in words.get("after") or ():
            at = after.find(word)
            if at >= 0 and (role != "subsidy_yen" or not _TOTALLED.search(after[:at])):
                comma = 6 if "、" in after[:at] else 0
                best = min(best, (at + comma - len(word) * 0.1, order, role))
    return "cost_yen" if best[2] == "subsidy_yen" and _FEE.search(before) else best[2]


def _planned_sales(text: str, found: tuple[Quantity, ...], sales: tuple[int, ...]) -> int | None:
    """The sales that a plan expects, None if none or several are told; beside those of the firm its clause has to say so."""
    told = [q for q in found if q.whole("yen") in sales]
    if len(told) > 1:
        told = [q for q in told if _EXPECTED.search(_clause(text, q))]
    return told[0].whole("yen") if len(told) == 1 and _EXPECTED.search(text) else None


def _clause(text: str, q: Quantity) -> str:
    """The words around an amount up to the nearest comma or full stop on either side."""
    return re.split(r"[。、，！？!?\n]", text[: q.start])[-1] + q.text + re.split(r"[。、，！？!?\n]", text[q.end :])[0]


def _is_no_role(role: str, around: tuple[str, str], at: int, word: str) -> bool:
    """Whether a role word says something else: a programme's name, not what it pays; what a cost is for; a year, no grant of it."""
    before, after = around
    end = at + len(word)
    if role == "received_yen" and word in _ONLY_WHEN and not _GOT.search(after):
        return True
    named = role == "subsidy_yen" and not _LINK.fullmatch(before[end:])
    return named or (role == "sales_yen" and _MORE_SALES.match(before, end) is not None)


def _label(text: str, q: Quantity, found: tuple[Quantity, ...]) -> str:
    """The words that say what an amount pays for: those before it in its clause, else those after it; no other amount."""
    start = max((x.end for x in found if x.unit == "yen" and x.end <= q.start), default=0)
    before = _SEP.split(_CLAUSE_END.split(text[max(start, q.start - 30) : q.start])[-1])[-1]
    after = _SEP.split(_CLAUSE_END.split(text[q.end : q.end + 16])[0])[0]
    joined = f"{before} {after}" if re.match(r"(の|分の|で)", after) else before or after
    return joined.strip()
