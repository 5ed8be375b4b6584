"""What a question asks for (上限, 締切, 加点 …), by the words of the vocabulary and by sound."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assistant.ask.names import Mention
from assistant.ask.wording import asking_part, blanked
from assistant.text.words import sound_alike

_OTHER_RATES = re.compile(
    r"何割(を|くらいを)?(占め|減|増|下が|上が)"
    r"|(賃上げ|引き?上げ|上昇|増加|伸び|成長)の?率|(賃上げ|賃金|給料|給与|昇給)(額|総額)?[はがをのって]{0,3}(毎年|年平均|年率|年)?(何|なん)([%％]|パーセント)"
    r"|[料択益長び加少ネ税比善昇算働収効能確倍利年減障職良品格用動返着荷就]率|(採択|利益|成長|伸び|増加|減少|省エネ|税|比|達成|改善|上昇|換算|加入|稼働|回収)率"
)
"""Rates that are not the share of the cost that is paid."""
_SHARE_OF = re.compile(r"(補助|助成)(金|額|金額)(全体)?の(総額|合計|全体)?の?(うち)?の?何(分の|割|%|％|パー)")
"""A part of the subsidy, which is the base and not what is asked for."""
_ASKS_NOTHING = re.compile(
    r"[（(][^（）()]*[0-9０-９]月[^（）()]*[)）]|固定金利|電話[がをも]?(来|きた|かかって|もら)|電話[^。、]{0,4}(勧誘|営業)"
)
"""A date in brackets beside a name asks for no date, a call that came for no number, a loan at a fixed rate for no rate."""
_NO_DATE = re.compile(
    r"(応募|申請|申し込み|エントリー)でき(た|まし)|(申し込め|申込め|申請でき|応募でき|出せ)る(人数|規模|大きさ|サイズ|会社|業種)"
    r"|(誰|だれ|どんな[^、。？?]{1,6})[がは][^、。？?]{0,4}(応募|申し?込み?|申請|エントリー)(でき|める|め)"
)
"""What was possible once, or for whom it is, asks for no date either."""
_WHO_HAS = re.compile(r"([0-9]/[0-9]|分の[0-9一二三])(に|が|の)?[^、。]{0,8}(どんな|どういう|だれ|誰|どこ|条件|場合)")
"""For whom a rate is."""
_TOO_LATE = re.compile(
    r"(買っ|払っ|支払っ|発注し|注文し|契約し|購入し|導入し|始め|着工し|着手し|届い|雇っ|上げ)(た|ちゃった|てしまった|て)(あと|後|から|もの|分|の)"
)
_WITH_DEADLINE = re.compile(r"(締切|締め切り|〆切|しめきり)(で|に|分|の(回|分))[^。？?いつ]{0,12}(出|申|応募|エントリー)")
_DATE_ASKED = re.compile(r"締切|締め切|〆切|期限|いつ|何日|何月|受付")
_INVESTED = re.compile(
    r"最低(いくら)?(の|を)?[^、。？?]{0,4}投資|投資額?の?(下限|最低)|投資(額|規模)?(は|が|って)、?(最低|いくらから|何億から)"
)
_PLAN_PAPER = re.compile(
    r"(商工会議所|商工会|会議所)(さん)?((に|から|で|へ)[^。、]{0,8}?(もら|書い|出し|作っ|つくっ|頼|発行|お願い)[^。、]{0,6}|の)"
    r"(紙|書類|書面|やつ|もの|もん|用紙|様式|証明|計画書)"
)
"""The paper that the chamber of commerce issues, by whatever it is called."""
_BOTH_DATES = re.compile(r"(締め?切り?|〆切|期限)日?(と|・|、)、?[^。]{0,12}$")
"""What asks for the deadline of the application too, right before that paper."""
_PAPER_LACKS = re.compile(
    r"(書類|資料|添付)(一式)?(に|が|を|の)?(1|１|一|ひと|何か)?(つ|枚|部)?(だけ|でも)?(に|が|を|の)?(足り(な|ま)|足らん|抜け|漏れ|不足|欠け|不備|(出し|付け|つけ|入れ)?忘れ|そろ(わ|って(い)?な))"
)
"""A paper that is not handed in: what follows from it is asked for, not which papers there are."""
_IN_TIME = re.compile(r"間に合|まだ(頼|もら|出し|いけ|大丈夫)")
"""What asks whether there is time left."""
_SEEN = re.compile(r"(どこ|サイト|ネット|ホームページ|HP)(で|に|から)[^。？?]{0,8}見ら?れ")
_FINISH = re.compile(
    r"(いつ|何日|何月|どの時期|どこ)まで(に|で)?、?(?![^。？?]{0,14}(申請|応募|申し?込|手続|入力|エントリー|提出|計画書))"
    r"[^。？?いつ]{0,14}(終え|おえ|終わ(ら|り|っ|る)|おわ(ら|り|っ|る)|完了|済ま|すま|やり切|やりき|仕上げ|片付け)"
    r"|(?<!申請を)(?<!応募を)(?<!入力を)(?<!提出を)(?<!手続を)(?<!手続きを)(?<!申し込みを)"
    r"(終え|おえ|終わ[らる]|おわ[らる]|完了|済ませ|すませ|やり切|やりき|仕上げ)[^。、？?]{0,6}(期限|期日|締切|締め切り|時期|リミット)"
    r"|(事業|工事|設備|納品|導入|取組|取り組み)(の|を)?(完了|終了|終わり)(の|日|時期)*(は|って)[^。、？?]{0,4}(いつ|何月|何日)(まで)?"
)
"""By when a project is to be finished, whatever stands between."""
_WITH_IT = re.compile(
    r"要件[もをは、]*(付け|つけ|足し|足せ|乗せ|使[っう]|クリア|満たし|満たせ|満たす)[^。、？?]{0,3}(たら|れば|ると|るなら|場合|て)"
)
"""A measure that is to be used, called by what it demands (賃上げ要件もつけたら)."""
_LIFTS_CAP = re.compile(r"上限額?[がをの]?(引き?上が|引き?上げ|上が|増え|上乗せ)([^、。？?]{0,8}(特例|措置|制度)|る(?=\s{2}))")
"""A special measure called by what it does to the cap."""
_BOTH_TOLD = re.compile(r"両方(?:とも)?(?=の?(?:額|金額|数字|場合|ケース|率|補助率|上限)|で[。？?\s]*$|を?(?:知り|教え|確認|聞き|答え))")
"""Two things of which each is asked about, none that are to be used at once."""
_CAP_THEN = re.compile(r"円(まで|が?(補助)?(上限|限度)額?)(だっ|でし|やっ|と(書|なっ|あっ|載))[^？?]{0,16}?(今|いま|現在)")
"""A cap of the past beside which that of today is asked for."""
_THEN_AND_NOW = re.compile(
    r"(前|以前|昔|去年|昨年|当時)は[^。？?]{0,30}(だっ|でし|やっ)た[^？?]{0,12}?(今|いま|現在)(は|の|だと)"
    r"|(増えた|増えている|加わった|でき(た|ている)|(新設|追加)され(た|ている))(枠|類型|経費|設備|特例|条件|要件|加点|項目)(?!場合)"
)
"""What was so once, and how it is today, or what is new today."""
_BARE_HOW_MUCH = re.compile(r"いくら[？?]?\s*$")
"""A text that ends by asking how much and names nothing else that it asks for."""
_OF_SALES = r"(売上|売り上げ|年商|資本金)高?(が|は|の|って)?、?いくら(から|まで|以上|以下)([^、。？?]{0,3}いくら(まで|以下))?"
"""What asks between which bounds the books of a firm must lie."""
_MOST_OF_TIME = re.compile(
    rf"{_OF_SALES}|"
    r"(最大|最長|上限)(って)?で?[はが]?(何|なん)(年|か月|ヶ月|ヵ月|カ月|日|回|人|名|件|社)|(従業員|社員)数?の(上限|限度)(?![^。？?]{0,6}(額|円|万))"
)
"""A span or a count that is asked for, no amount."""

_STILL = re.compile(r"(まだ|もう|今から|いまから|今でも)[^。、？?]{0,4}(出せ|出し|申請|申し込|申込|応募|エントリー|間に合)|間に合(う|い)")
"""What asks whether a call is still open."""
_WHEN_CALLED = re.compile(
    r"(公募|募集|受け?付け?|申し?込み?|応募|エントリー|(?<!交付)申請)(期間|時期|日程)?(は|って|が|の?(時期|期間|日程)は?)?[^。、？?]{0,6}(いつ|何月|何日|なんがつ)"
    r"|(いつ|何月|何日)[^。、？?]{0,8}(始ま|開始|公募|募集|受け?付け|申し込め|応募でき|(?<!交付)申請でき)"
)
"""What asks when a call begins or ends, in whatever words."""
_OF_A_FIRM = re.compile(r"開業|創業|設立|起業|従業員|社員|[0-9０-９]\s*(人|名|歳)|うち|当社|弊社|わたし|私")
_MEANS_OTHER = {
    "rate": _OTHER_RATES, "deadline": _NO_DATE, "cap": _MOST_OF_TIME, "floor": re.compile(_OF_SALES), "combine": _BOTH_TOLD,
}  # fmt: skip
"""Where the words of an attribute stand for something else."""
_MEANT_INSTEAD = {"price": ("amount",), "live": ("amount", "remaining"), "average": ("amount",)}
"""What is not asked for beside another attribute: not the firm's own subsidy, but a price, what is left of a budget, a mean of all."""
DATED = frozenset({"deadline", "opens", "result", "support_plan", "grant", "project_end", "interview"})
"""Attributes that ask for a day."""


class Attributes:
    """Finds the attributes that texts ask for."""

    def __init__(self, vocabulary: Mapping[str, Any], known_text: str) -> None:
        """Read the word tables; words that stand in `known_text` are themselves and sound like nothing else."""
        self._words = vocabulary
        self._known_text = known_text
        tables: dict[str, Any] = vocabulary.get("attributes", {})
        self._lowered = {a: [str(n).lower() for n in names] for a, names in tables.items()}
        self._kanji_words = [
            (a, n) for a in ("cap", "rate", "floor", "amount", "deadline") for n in tables.get(a, ())
            if len(n) >= 2 and all("一" <= c <= "鿿" for c in n)
        ]  # fmt: skip

    def find(self, text: str, mentions: tuple[Mention, ...]) -> tuple[str, ...]:
        """The attributes in the order in which the text asks for them; what it states, and what names say, counts for nothing."""
        bare = blanked(asking_part(text, self._words.get("confirm", ())), tuple((m.start, m.end) for m in mentions))
        bare = _ASKS_NOTHING.sub(lambda m: " " * len(m.group(0)), bare)
        found: dict[str, int] = {}
        for attribute, names in self._lowered.items():
            other = _MEANS_OTHER.get(attribute)
            where = blanked(bare, tuple(m.span() for m in other.finditer(text))) if other else bare
            where = _LIFTS_CAP.sub(lambda m: " " * len(m.group(0)), where) if attribute == "cap" else where
            where = _FINISH.sub(lambda m: " " * len(m.group(0)), where) if attribute == "deadline" else where
            where = where.lower()
            places = [where.find(n) for n in names if n in where]
            if places:
                found[attribute] = min(places)
        finish = _FINISH.search(bare)
        if finish:
            found["project_end"] = min(finish.start(), found.get("project_end", len(bare)))
        found |= {"cap": 0} if _CAP_THEN.search(text) else {}
        found |= {"change": -1} if _THEN_AND_NOW.search(text) else {}
        if _WITH_IT.search(text):
            found.pop("requirement", None)
        called = _WHEN_CALLED.search(bare)
        if called and not set(found) & DATED:
            found["deadline"] = called.start()
        if not found and (bare_ask := _BARE_HOW_MUCH.search(bare)):
            found["amount"] = bare_ask.start()
        found = _of_plan_paper(text, _of_whom(bare, self._sounding_like(bare) | found))
        found = self._settled(found, text)
        return tuple(sorted(found, key=lambda a: found[a]))

    def _settled(self, found: dict[str, int], text: str) -> dict[str, int]:
        """The attributes found, without those whose words mean something else beside the others."""
        found = _without_shares(found, text)
        found = _of_review(found, text)
        if "project_end" in found and found["project_end"] == found.get("deadline"):
            del found["deadline"]  # by when to finish, not by when to apply
        if 0 <= found.get("period", -1) - found.get("deadline", 10_000) <= len("申請"):
            del found["period"]  # 申請期間 is when to apply
        if "deadline" in found and any(w in text for w in self._words.get("attributes", {}).get("support_plan", ())):
            found["support_plan"] = -1  # told in a statement (支援計画書を頼みに行きます。まだ間に合う？)
        if "document" in found and _PAPER_LACKS.search(text):
            found = {"penalty": found["document"], **{a: i for a, i in found.items() if a != "document"}}
        if "deadline" in found and _STILL.search(text):
            found = _if_still(found, text)
        if _is_no_deadline(found, text):
            found.pop("deadline", None)
        found = {a: i for a, i in found.items() if not any(a in _MEANT_INSTEAD.get(b, ()) for b in found)}
        if "interest" in found:
            found = {a: i for a, i in found.items() if a not in ("rate", "floor")}
        return found

    def _sounding_like(self, text: str) -> dict[str, int]:
        """Attributes whose words sound like something in the text (conversion errors of voice input)."""
        found: dict[str, int] = {}
        for attribute, name in self._kanji_words:
            starts = {at - k for k, c in enumerate(name) for at in _places(text, c)}  # one character is typed right
            for i in sorted(s for s in starts if 0 <= s <= len(text) - len(name)):
                window = text[i : i + len(name)]
                if all(sound_alike(a, b) for a, b in zip(window, name, strict=True)) and window not in self._known_text:
                    found.setdefault(attribute, i)
        return found


def _if_still(found: dict[str, int], text: str) -> dict[str, int]:
    """The attributes of what asks if it is too late: whether the call is open, or, of a firm told, whether that may and by when."""
    if not _OF_A_FIRM.search(text):
        return {a: i for a, i in found.items() if a != "eligibility"}
    return found if _DATE_ASKED.search(text) else {"eligibility": found["deadline"], **found}


def _without_shares(found: dict[str, int], text: str) -> dict[str, int]:
    """The attributes found, where a part of the subsidy is asked for without the subsidy, and the least to invest is no floor."""
    if _SHARE_OF.search(text):
        return {"cost": 0, **{a: i for a, i in found.items() if a not in ("amount", "rate")}}
    return {a: i for a, i in found.items() if a != "floor"} if _INVESTED.search(text) else found


def _of_review(found: dict[str, int], text: str) -> dict[str, int]:
    """The attributes found, without papers that only decide, and without a review of which the day or place is asked."""
    if "review" in found and found["review"] == found.get("document"):
        found = {a: i for a, i in found.items() if a != "document"}
    aside = _SEEN.search(text) or ("interview" in found and _DATE_ASKED.search(text))
    return {a: i for a, i in found.items() if a != "review"} if aside else found


def _is_no_deadline(found: dict[str, int], text: str) -> bool:
    """Whether a word for a deadline asks for none: of what was done before, or the one that was met, of which the result is asked."""
    too_late = bool(_TOO_LATE.search(text)) and not _DATE_ASKED.search(text)
    return too_late or ("result" in found and bool(_WITH_DEADLINE.search(text)))


def _of_whom(text: str, found: dict[str, int]) -> dict[str, int]:
    """The attributes found, with the rate where it is asked for by telling it (2/3になるのはどんな会社)."""
    told = _WHO_HAS.search(text)
    return {"rate": told.start(), **{a: i for a, i in found.items() if a != "case"}} if told else found


def _of_plan_paper(text: str, found: dict[str, int]) -> dict[str, int]:
    """The attributes found, with the paper of the chamber of commerce where the time that is asked for is that for the paper."""
    paper = _PLAN_PAPER.search(text)
    if paper is None or not (_DATE_ASKED.search(text) or _IN_TIME.search(text)):
        return found
    both = _BOTH_DATES.search(text[: paper.start()])
    lost = ("document",) if both else ("document", "deadline")
    return {"support_plan": paper.start(), **{a: i for a, i in found.items() if a not in lost}}


def _places(text: str, char: str) -> list[int]:
    """Where a character stands."""
    return [i for i, c in enumerate(text) if c == char]
