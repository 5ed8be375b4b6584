"""What an amount of money in a sentence is: a cost, a subsidy wished for or received, sales, pay, a cap, what the user expects."""

from __future__ import annotations

import re
from typing import Any

from assistant.ask.own_line import asked_of, is_ours
from assistant.ask.wording import asks
from assistant.ask.years_told import SUM_ASKED, granted_years
from assistant.text.numbers import Quantity

CLAUSE_END = re.compile(r"[。！？!?\n]")
_REACH = 14
_LINK = re.compile(r"(額|合計|総額|が|は|を|の|で|も|[（(][^（）()]{1,8}[）)]|として|ちょうど|丸々|まるまる|満額で?|約|およそ|だいたい)*")
"""What may stand between the word for a subsidy and its amount; else the word is part of a programme's name."""
_FOR_A_THING = re.compile(
    r"(くらい|ぐらい|ほど|程度)?の(うち(?=[、\s]*[0-9０-９])|(?!補助|交付|助成|支給|申請|採択|上限|満額|枠|うち|場合|とき|時|ほか|範囲|残り|中)[一-龥ァ-ヶA-Za-zＡ-Ｚａ-ｚ])"
)
"""What makes an amount with a programme before it the price of the thing after it (補助金で60万円のサイト)."""
_BOUGHT = re.compile(r"^(くらい|ぐらい|ほど)?の[^、。]{1,8}(を|が)?(入れ|買|導入|購入|設置)")
"""What makes an amount the price of a thing that is bought, whatever is said of a cap after it."""
_HOW_MUCH = re.compile(r"いくら|なんぼ|何円|何万|何割|どれ|どのくらい|どの位|の?(場合|ケース)(?=[はの、])")
"""What asks for an amount, or makes one a case: what stands after it speaks of the amount asked for, not of the one before it."""
_WANTED = re.compile(
    r"(の補助金?|の助成金?|の交付)?(を|が|ほど|くらい|ぐらい|ちょうど|きっちり|フルに?|満額|まるまる|[^。、0-9]{0,6}特例(なし|無し|あり|込み)で?)*"
    r"((もらう|貰う|受ける|受け取る|受給する|いただく|交付される|交付を受ける|補助される)[^、。]{0,3}?(計画|予定|見込|つもり|こと)"
    r"|(受け|もら|貰|得|ほし|欲し|確保|引き出)[^。、]{0,5}?(に(は|、|$)|ため|た[いく]|なら|場合|とき|時)|(ほし|欲し)[いく])"
)
"""What makes an amount the subsidy that is wished for or planned."""
_SUBSIDY_OF = re.compile(r"(補助|助成)(金|額|金額)?[はがをで]?(全部で|合計で?|総額で?|あわせて|合わせて|計)?$")
_PLANNED = re.compile(r"(を|の)?(狙|目指|予定|計画|見込|つもり|希望)")
"""What makes an amount right after the word for a subsidy the one that is planned (補助200万円狙い)."""
_GRANT_OF = re.compile(
    r"の(補助|助成)(金額|額|金)(は|って)?、?"
    r"((いくら|なんぼ|何円)(です|でしょ|になり|にな)?[るか]?|[？?。\s]*$)[？?。\s]*$"
)
"""What asks for the subsidy that a cost brings (600万円の補助額は？)."""
_HAD = re.compile(
    r"(満額|まるまる)?(の?(補助金?|助成金?|交付))?[をがは]?(も|まで)?"
    r"(も(らっ|ろう?)(た|て[いるまお]|てる|と[るっ]|とう)|もらいまし|貰っ[たて]|受け取っ(た|て[いる])|受け取りまし|受け?と(っ|る|りま)"
    r"|いただい(た|て)|いただきまし|頂い[たて]|受けた|受けまし|受けて(い|る)|受給し|(支給|交付|補助)され(た|て|まし)|出してもら(った|って|いまし))"
)
"""What makes an amount a subsidy that was received before."""
_LISTED = re.compile(r"円?([と、＋+][0-9０-９,.]+[千万億]*円?)*(の[2-9２-９二三四]回)?")
_ONLY_WHEN = ("去年", "昨年", "もう", "先に", "すでに", "既に")
_GOT = re.compile(r"もら|もろ|貰|受け|受給|交付|補助|助成|支給|いただ|頂|使っ|採択")
"""What makes an amount of the year before a grant."""
_PAST = re.compile(
    r"の[^、。0-9０-９]{1,10}を?(入れ|買っ|導入し|購入し)(て|た(?!ら))[^。0-9０-９]{0,6}[0-9０-９,.]+[万億]?円?[^。0-9０-９]{0,4}(もら|貰|受け|補助|いただ|交付)"
)
"""What makes an amount the cost of an earlier project, for which the next amount was received."""
_EARLIER = re.compile(r"補助|助成|交付|支給|特例|枠|型|持続化|カタログ|前回|前に|以前|これまで|今まで|すでに|既に|去年|昨年|[0-9０-９]回目")
_APPLIED = re.compile(r"(の補助金?)?[でのを]?((補助金?|交付)の?)?申請")
_BARE = re.compile(r"(^|[。、，,！？!?\s）)でに])$")
_IN_BRACKETS = re.compile(r"[（(](上限額?|限度額?|最大|満額|補助額?)?[はが]?[+＋]?(プラス)?(約)?$")
"""What stands right before an amount that explains a name in brackets (インボイス特例（上限100万））."""
_ASIDE = re.compile(r"^[^（(]*[）)](?=.)|[（(][^（）()]*[）)](?=.)")
"""What stands in brackets: its words are of the amount in them, not of the one after it."""
_AS_A_CAP = re.compile(r"[）)]|の?(枠|やつ|補助|助成|制度)|(出|使え|もらえ|補助)")
"""What makes an amount with まで the cap of a scheme, and no cost."""
_ADDED = re.compile(r"(分|ほど|くらい|ぐらい)?を?(足(す|し|せ)|追加|上乗せ|買い足|増や)")
_GUESSED = re.compile(
    r"(くらい|ぐらい)?(かな|かしら|で(足り|合って|いい|よい|良い|OK|ok|大丈夫)|でした(よね|っけ)|ですよね|ですっけ|だ(った)?(よね|っけ)|や(った)?(っけ|んな|んね))"
)
"""What makes an amount the answer that the user expects."""
LEAST_PAY_YEN = 100_000
"""An amount below it beside pay is a wage of an hour or a day, or a raise."""
_FEE = re.compile(r"[一-龥ァ-ヶー](費|代|料|賃)(用)?(が|は|に|で|を)?\s*(約|およそ|ざっと)?$")
"""The name of a cost right before its amount (委託費300万円)."""
_OF_SALES = re.compile(
    r"(売上|売り上げ|年商)高?(の?(見込み?|予定|計画|目標|想定))?額?[はがをも]?、?"
    r"(([1１一]年|年)(あたり|当たり|間)?で?|毎年|税[抜込][きみ]?で?|約|およそ|だいたい|ざっと|\s)*$"
)
"""What stands right before an amount of sales, however far their name."""
_OF_PAY = re.compile(
    r"((給料|給与(支給総額|支給額|総額)?|年収|年俸|月給|月収)(の?(平均|総額|合計))?"
    r"|(平均|(1人|一人|１人|ひとり|１人)(あたり|当たり|頭|につき)?)の?(平均|賃金|支給額|支給総額))"
    r"(が|は|を|も|で|の|いま|今年|今|去年|昨年|現在|だいたい|平均|(1人|一人|１人|ひとり)(あたり|当たり|頭)?|、|年間?|約|\s)*$"
)
"""What stands right before an amount of pay."""
_OF_A_MEASURE = re.compile(r"(特例|上乗せ|加算)分?(の|は|が|で|＋|\+)?$|(コース|区分)の$")
"""What makes an amount, that is no price of a thing, what a special measure adds (賃金引上げ特例の150万円)."""
_MEASURE_AFTER = re.compile(r"円?(の|が)?(上乗せ|加算)")
_PRICE_OF = re.compile(r"円?の(?!上乗せ|加算|増額|枠|特例|上限|補助)[一-龥ァ-ヶ]|円?[をに]?(か[かけ]|払|使|投資)")
_COMES_IN = re.compile(
    r"(収入|収益|売上|売り上げ|協賛金?|参加費|入場料|出店料|チケット代?|寄付金?)(で|が|は|として|の|、|も|合わせて|約|\s)*$"
    r"|(収入|収益|協賛|寄付)[^。、0-9０-９]{0,8}$"
)
_INCOME_OF = re.compile(r"(?<![年月])(収入|協賛金)(額|合計|総額)?[はがで、]?(約)?$")
_IS_INCOME = re.compile(
    r"円?(ほど|くらい|ぐらい|程度)?(の?(収入|売上|売り上げ|収益|協賛)|[がはの]?\s?(入(る|り|って)|集ま|見込|あ[るりっ]|得))"
)
"""What stands around an amount that a project itself brings in."""
_LIST_PRICE = re.compile(r"(定価|元値|通常価格|通常|もともと|当初|値引き前)(の見積もり?)?[はがで、]?(税[抜込別]き?)?$")
_CUT = re.compile(r"円?[^。]{0,16}(値引|割引|値下|引いてもら|まけてもら|安くな|→|から[^。、]{0,6}に)")
"""What tells that an amount is the price before a discount."""
_SOLD = re.compile(r"円?(ほど|くらい|ぐらい|分)?[がはも]?売(れ|り上げ|上)(?!高?の?(設備|機械))")
_GOT_BEFORE = re.compile(
    r"(去年|昨年|前回|前に|以前|[0-9０-９一二三]年前)[^。、0-9０-９]{0,10}(もらった|もろた|受け取った|交付された|受けた|いただいた)(補助金?|助成金?|の)*$"
)
"""What stands right before a subsidy that was received before (去年もらった50万円)."""
_OWN_MONEY = re.compile(
    r"((自社|うち|自分)で(用意|準備|負担)する(の|額|分)[はが]$)|(自己資金|自己負担|手出し|持ち出し|自腹|手元資金)(額|分)?[はがをでの、]*(は|約|\s|残り)*$"
)
_OWN_AFTER = re.compile(r"円?[はが]?(を|の)?(自己資金|自己負担|自腹|手出し|持ち出し)")
_LENT = re.compile(r"円?(ほど|くらい)?(を|は|の)?(借り|融資|借入|つなぎ)")
"""What tells that an amount is the user's own money, or borrowed, and no cost."""
_OF_INCOME = re.compile(r"課税所得額?[がはもの約]*$")
_TOTALLED = re.compile(r"合計|総額|全部|[0-9０-９]")
"""What parts an amount from the subsidy that is asked for after it (3年目6,000万円 合計の補助額)."""
_ANOTHER = re.compile(r"[0-9０-９][千万億]*円")
"""An amount before a word for what is paid out: the word is of that amount."""
_TOTAL_OF = re.compile(r"(補助|助成|交付)(金|額|金額)?[のはが]?(合計|総額)$")
"""A total that is one of subsidies, and no cost."""
_MORE_SALES = re.compile(r"(高|額)?(を|の|が)?(伸|増|上げ|上が|拡|広|回復|取り戻|アップ|向上)")

_YEARS_AGO = re.compile(r"(去年|昨年|一昨年|おととし|(?:[0-9０-９一二三四五]|数|何)年前|以前|昔|むかし)[^。！!？?\n]*$")
_SPENT = re.compile(
    r"[^。！!？?\n、]{0,10}?(かか|掛か|かけ|払|使|買|入れ|直し|作|建て|し)(い|っ|り|まし)?(た|まして|てしま|ちゃ)(?!ら|い)[^。！!？?\n、]*(?P<end>[。！!\n、])"
)
"""What follows the cost of a thing that was done in an earlier year and told on the way to the question."""


_OF_A_FIRM = ("sales_yen", "capital_yen")
"""The roles of an amount that a firm tells as its own beside a question for their line (売上いくらの会社から？うち9億円)."""


def is_spent(text: str, q: Quantity) -> bool:
    """Whether an amount was spent in an earlier year, told in a statement before the question (去年リフォームに380万円かかりました。)."""
    after = _SPENT.match(text, q.end)
    return bool(after and text[after.end() :].strip() and _YEARS_AGO.search(text[: q.start]) and not asks(after.group()))


def role_of(text: str, q: Quantity, found: tuple[Quantity, ...], nameless: str, roles: dict[str, Any]) -> str:
    """The role of an amount (a key of `money_roles` of the word tables, or one that its surroundings alone tell).

    Args:
        text: The text.
        q: The amount.
        found: All numbers of the text.
        nameless: The text with the names of programmes and measures blanked.
        roles: The word table.
    """
    if any(q.start == granted.start for granted in granted_years(text, found).values()):
        return "granted_yen"
    if is_ours(text, q.start):
        for role in _OF_A_FIRM:
            if asked_of(text, roles.get(role, {}).get("before") or ()):
                return role
    return _by_wish(text, q) or _applied(text, q, found) or _by_words(text[: q.end] + nameless[q.end :], q, roles)


def income_told(text: str, q: Quantity) -> int | None:
    """The taxable income that an amount tells, an amount on the right side of the line where it tells one (15億円以下); None if none."""
    amount = q.whole("yen")
    if amount is None or not (_OF_INCOME.search(text[: q.start]) or text.startswith("の課税所得", q.end)):
        return None
    return amount + {"over": 1, "under": -1}.get(q.bound or "", 0)


def _by_wish(text: str, q: Quantity) -> str | None:
    """The role of an amount that the user wants to receive, has received, adds, expects or earns; None if it is none."""
    if _PAST.match(text, q.end) and _EARLIER.search(text[: q.start]):
        return "past_cost_yen"
    if _WANTED.match(text, q.end) or (_SUBSIDY_OF.search(text[: q.start]) and _PLANNED.match(text, q.end)):
        return "subsidy_yen"
    if _HAD.match(text, _listed_end(text, q.end)) and (_EARLIER.search(text[: q.end + 12]) or re.search("返|未達|届か", text)):
        return "received_yen"
    if (role := _not_paid(text, q)) is not None:
        return role
    if q.bound is None and _GRANT_OF.match(text, q.end):
        return "cost_yen"
    if q.bound == "until" and _AS_A_CAP.match(text, q.end):
        return "cap_yen"
    if _ADDED.match(text, q.end):
        return "cost_yen"
    return "claimed_yen" if _GUESSED.match(text, q.end) else None


def _listed_end(text: str, end: int) -> int:
    """Where an amount ends with those that are listed after it and how often (90万円と60万円の二度)."""
    more = _LISTED.match(text, end)
    return more.end() if more else end


def _not_paid(text: str, q: Quantity) -> str | None:
    """The role of an amount that is no price: the user's own or borrowed money, what comes in, what a measure adds, a price cut since."""
    before = text[: q.start]
    if _SOLD.match(text, q.end):
        return "sales_yen"
    if _GOT_BEFORE.search(before):
        return "received_yen"
    if _OWN_MONEY.search(before) or _OWN_AFTER.match(text, q.end):
        return "own_yen"
    if _LENT.match(text, q.end):
        return "other_yen"
    if (_IS_INCOME.match(text, q.end) and _COMES_IN.search(before)) or _INCOME_OF.search(before):
        return "income_yen"
    if _LIST_PRICE.search(before) and _CUT.match(text, q.end):
        return "list_price_yen"
    of_measure = _OF_A_MEASURE.search(before) and not _PRICE_OF.match(text, q.end)
    return "cap_yen" if of_measure or _MEASURE_AFTER.match(text, q.end) else None


def _applied(text: str, q: Quantity, found: tuple[Quantity, ...]) -> str | None:
    """That an amount is the subsidy that is applied for: a bare one beside a greater amount (経費280万円で140万円の申請)."""
    greater = any(x.unit == "yen" and isinstance(x.value, int) and x.value > int(str(q.value)) for x in found)
    return "claimed_yen" if greater and _APPLIED.match(text, q.end) and _BARE.search(text[: q.start]) else None


def _by_words(text: str, q: Quantity, roles: dict[str, Any]) -> str:
    """The role of an amount by the words beside it: that of the nearest role word in its clause, cost if there is none."""
    before = _ASIDE.sub("", CLAUSE_END.split(text[max(0, q.start - _REACH) : q.start])[-1])
    after = "" if SUM_ASKED.match(text, q.end) else _HOW_MUCH.split(CLAUSE_END.split(text[q.end : q.end + _REACH])[0])[0]
    plain = "cap_yen" if after.startswith("上限の") else _plain_role(before, CLAUSE_END.split(text[: q.start])[-1], q)
    if plain:
        return plain
    best: tuple[float, int, str] = (99.0, 0, "cost_yen")
    for order, (role, words) in enumerate(roles.items()):
        if words.get("need") and not any(w in before for w in words["need"]):
            continue
        if role == "min_wage_raise_yen" and int(str(q.value)) >= LEAST_PAY_YEN:
            continue
        for word in words.get("before") or ():
            at = before.rfind(word)
            if at >= 0 and not _is_no_role(role, (before, after), at, word):
                gap = len(before) - at - len(word)
                comma = 6 if "、" in before[at + len(word) :] else 0
                best = min(best, (gap + comma - len(word) * 0.2, order, role))
        for word in words.get("after") or ():
            at = after.find(word)
            priced = "、" in after[:at] and _FOR_A_THING.match(after)  # 90万円の看板で、持続化の補助は
            other = _ANOTHER if role == "claimed_yen" else _BOUGHT if role == "cap_yen" else None
            if other is not None and at > 0 and other.search(after[:at]):
                continue
            if at >= 0 and (role != "subsidy_yen" or not (priced or re.search(rf"{_TOTALLED.pattern}|、特例", after[:at]))):
                comma = 6 if "、" in after[:at] else 0
                best = min(best, (at + comma - len(word) * 0.1, order, role))
    return "cost_yen" if best[2] == "subsidy_yen" and _FEE.search(before) else best[2]


def _plain_role(before: str, clause: str, q: Quantity) -> str | None:
    """The role of an amount by what stands right before it: sales, pay, a note in brackets, a result; None if that tells none."""
    if _OF_SALES.search(clause):
        return "sales_yen"
    if isinstance(q.value, int) and q.value >= LEAST_PAY_YEN and _OF_PAY.search(clause):
        return "pay_yen"
    if (note := _IN_BRACKETS.search(before)) and (len(note.group(0)) > 1 or re.search(r"(特例|上乗せ|加算)[（(]$", before)):
        return "cap_yen"
    return "claimed_yen" if re.search(r"(分の[0-9０-９一二三四五]+|[/／][0-9０-９])(で|の|なら)$", before) else None


def _is_no_role(role: str, around: tuple[str, str], at: int, word: str) -> bool:
    """Whether a role word says something else: a name, not what it pays; what a cost is for; a year, no grant of it."""
    before, after = around
    end = at + len(word)
    if role == "received_yen" and word in _ONLY_WHEN and not _GOT.search(after):
        return True
    link = before[end:]
    if link.startswith("化") or (role == "cost_yen" and _TOTAL_OF.search(before[:end])):
        return True  # a frame's name (高付加価値化枠), a total of subsidies
    bought = link.startswith("で") and _FOR_A_THING.match(after) is not None
    named = role == "subsidy_yen" and (not _LINK.fullmatch(link) or bought)
    return named or (role == "sales_yen" and _MORE_SALES.match(before, end) is not None)
