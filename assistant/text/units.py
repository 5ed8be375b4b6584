"""Units, counters and bound words that stand beside a number, as tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Unit = Literal[
    "yen", "ratio", "percent", "people", "count", "date", "datetime", "years", "months", "weeks", "days",
    "hours", "minutes", "chars", "pages", "kl", "other",
]  # fmt: skip
Bound = Literal["min", "max", "over", "under", "within", "until"]
Tax = Literal["incl", "excl"]

_WORDS: dict[Unit, str] = {
    "yen": "円|yen|JPY",
    "percent": "%ポイント|%|パーセント|ポイント|percent",
    "people": "人月|人日|人|名|people|persons|person|employees|employee|workers|staff",
    "years": "(?:事業|会計|営業)年度|年間|か年|ヶ年|カ年|ヵ年|年|years|year",
    "months": "(?:か|ヶ|カ|ヵ|ケ|箇|ｹ)月間?|months|month|月間",
    "weeks": "週間|weeks|week|週",
    "days": "営業日|日間|日|days|day",
    "hours": "時間|hours|hour",
    "minutes": "分間|分|minutes|minute",
    "chars": "文字|字|characters",
    "pages": "ページ|頁|pages",
    "kl": "kL|kl|KL|kℓ|キロリットル",
    "count": (
        "事業者|事業所|事業場|事業|設備|製品|者|社|件|回|項目|枚|台|店舗|(?:か|ヶ|カ|ヵ|ケ|箇|個)[所国]|拠点|種類|点|部|通|冊|口|個|棟|室|団体|機関|校|施設|"
        "法人|企業|品目|プロセス|機能|ライセンス|アカウント|ID|類型|区分|歳|才|工程|グループ|業種|科目|課題|分野|テーマ|コース|戸|世帯|本|次産業|倍|"
        "つの|行|段落|列|基|両|席|案|軸|ステップ|構成員|要件|画面|期|部門|国|系統|ブロック|市町村?|都道府県|町|村|か条|名様"
    ),
    "other": (
        "kWh|kW|MW|MWh|GJ|MJ|kcal|m2|m3|m²|m³|㎡|km|cm|mm|m|kg|g|t-CO2|t-CO₂|tCO2|t|トン|GB|TB|MB|リットル|L|ℓ|坪|平米|平方メートル|"
        "メートル|ドル|USD|ユーロ|億ドル|℃|度|dB|V|A(?![A-Za-z])|Hz|畳|畝|ha|エーカー"
    ),
}  # fmt: skip
_KANJI_WORDS = (
    "円|人|名|%|パーセント|(?:か|ヶ|カ|ヵ|ケ|箇)月間?|年間|か年|年|週間|日間|営業日|時間|件|社|者|回|文字|枚|台|店舗|項目|ページ|(?:か|ヶ|カ|ヵ|ケ|箇)所|事業者|"
    "事業所|団体|機関|機能|プロセス|拠点|種類|歳|倍|日(?=以内|以上|前|後|まで)|次産業"
)  # fmt: skip
_NOT_AFTER = {
    "人": "三脚|親方|材|件費|事[^業]|気|口|間|生|格|員|手|工知能|類|権",
    "名": "称|前|義|刺|簿|目",
    "年": "度|代[^表]|齢|金|報",
    "日": "本|程|付|常|額|当",
    "月": "額|給|次|商",
    "分": "の|割|野|類|析|社|散|離|岐",
    "時間": "帯|外労働の上限規制",
    "回": "収|答|転|線|復|路|覧",
    "社": "会|員|長|内|名|債",
    "者": "面談",
    "期": "間|限|待|日",
    "点": "検",
    "部": "品|門|署|分|材|長",
    "通": "り|信|知|常|貨|関",
    "口": "座|コミ",
    "本": "人|社|店|格|業|部|市|店|来|当|日|年|書|制|体|事",
    "件": "名",
    "個": "人|別|社",
    "行": "政|為|動|員|い|っ|う",
    "案": "内|件",
    "台": "数[^万]|帳|湾|風",
    "室": "内",
    "課題": "題",
    "市": "場|民|内|販|況|街",
    "町": "内|工場",
    "事業": "計画|年度",
    "機能": "性|強化",
    "字": "幕",
    "t": "[a-z]",
    "m": "[a-z]",
    "g": "[a-z]",
    "L": "[A-Za-z]",
    "V": "[A-Za-z]",
    "度": "外視|合",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnitWord:
    """A unit word found after a number: what it means and where it ends."""

    unit: Unit
    word: str
    end: int


def _pattern(words: str) -> str:
    parts = []
    for word in sorted(_split(words), key=len, reverse=True):
        stop = _NOT_AFTER.get(word)
        tail = "(?![a-z])" if word.isascii() and word.isalpha() and len(word) > 2 else ""
        parts.append(f"{word}(?!{stop})" if stop else word + tail)
    return "|".join(parts)


def _split(words: str) -> list[str]:
    return re.findall(r"(?:\([^)]*\)|\[[^\]]*\]|[^|])+", words)


_WARI = "割(?!引|合|賦|り)"
_UNIT = re.compile(
    r"\s?(?:"
    + "|".join(f"(?P<{unit}>{_pattern(words)})" for unit, words in _WORDS.items())
    + rf"|(?P<wari>{_WARI})|(?P<kiri>つ))"
)
_KANJI_UNIT = re.compile(rf"(?:{_pattern(_KANJI_WORDS)}|{_WARI})")
_EN_SCALE = re.compile(r"\s?(million|billion|thousand|M|k)(?![A-Za-z])")
_EN_SCALES = {"million": 10**6, "billion": 10**9, "thousand": 1000, "M": 10**6, "k": 1000}
_PER = re.compile(r"\s?/\s?(千万円|百万円|億円|万円|年|月|日|人|kWh|時間|kl|kL|t|㎡|m2|台)")


def match_unit(text: str, pos: int) -> UnitWord | None:
    """The unit word that stands at `pos`; `割` is told as the counter of a percent, `つ` as a count."""
    match = _UNIT.match(text, pos)
    if match is None:
        return None
    group = str(match.lastgroup)
    word = match[group]
    names: dict[str, Unit] = {"wari": "percent", "kiri": "count"}
    unit: Unit = names.get(group, group)  # type: ignore[arg-type]
    per = _PER.match(text, match.end()) if unit in ("kl", "other") else None
    if per:
        return UnitWord("other", word + "/" + per[1], per.end())
    return UnitWord(unit, word, match.end())


def may_follow_kanji(text: str, pos: int) -> bool:
    """Whether a numeral in kanji alone that ends at `pos` is a number (十八人) and not part of a word (一般)."""
    return _KANJI_UNIT.match(text, pos) is not None


def match_english_scale(text: str, pos: int) -> tuple[int, int]:
    """The factor and end of an English scale word at `pos` (30 million); factor 1 if there is none."""
    match = _EN_SCALE.match(text, pos)
    return (_EN_SCALES[match[1]], match.end()) if match else (1, pos)


_AFTER_WORDS: dict[Bound, str] = {
    "min": "以上 以降 以後 を下回らない を下限",
    "max": "以下 以前 を超えない を超えません を上回らない を上限 を限度 が上限 が限度",
    "over": "超え 超の 超 を超 を上回 より多 より大き より後 オーバー を越え より上 より高 超過",
    "under": "未満 を下回 より少な より小さ に満たな より前 より低",
    "within": "以内",
    "until": "まで",
}
_AFTER: dict[str, Bound] = {word: bound for bound, words in _AFTER_WORDS.items() for word in words.split()}
_NOT = "ない ません なかった なく ていない ていません ていなかった ていなく てない てません ておらず ていず ず".split()
_AFTER |= {f"{p}超え{n}": "max" for p in ("", "を", "は") for n in _NOT}
_AFTER |= {f"{p}上回っ{n}": "max" for p in ("を", "は") for n in _NOT if n[0] == "て"}
_AFTER |= {f"{p}下回っ{n}": "min" for p in ("を", "は") for n in _NOT if n[0] == "て"}
_AFTER |= {"or more": "min", "or less": "max"}
_TAILS = (
    r"(?:(?<=超)[えゆ]?(?:る|て|た)?|(?<=え)(?:る|て|た)|(?<=[上下]回)(?:る|って|った|り)|(?<=[多高な])い|(?<=き)い)?"
)
_MET = r"(?!(?<=上限|限度)額?(?:[のを]|に(?:引|ひ|当|届|達|か|ぶつ|触|収)))"
_BOUND = re.compile(
    r"[ \u3000]?(?P<word>" + "|".join(sorted(_AFTER, key=len, reverse=True)) + r")(?!学|人)" + _MET + "(?P<tail>" + _TAILS + ")"
)
"""On the line of the number; a limit that an amount only meets (300万円が上限に引っかかる) is told of another one."""
_BEFORE: dict[str, Bound] = {
    "at least": "min", "no less than": "min", "not less than": "min", "up to": "max", "at most": "max", "no more than": "max",
    "not more than": "max", "more than": "over", "over": "over", "less than": "under", "fewer than": "under", "under": "under",
    "within": "within", "by": "until", "until": "until",
}  # fmt: skip
_LEAD = re.compile(r"(?<![A-Za-z])(" + "|".join(sorted(_BEFORE, key=len, reverse=True)) + r")\s(?:¥|JPY\s)?$", re.IGNORECASE)
_TAX_AFTER = re.compile(r"\s?\(?\s?(税込|税抜|税別)(?:み|き|価格|額)?+\s?+(?!約?\s?[¥\d])\)?")
_TAX_BEFORE = re.compile(r"(税込|税抜|税別)(?:み|き|価格|額)?\s?(?:で|の|\(|で、)?\s?(?:合計|総額)?$")


def match_bound(text: str, pos: int) -> tuple[Bound, int] | None:
    """The bound word that follows a number at `pos`, with its end."""
    match = _BOUND.match(text, pos)
    return (_AFTER[match["word"]], match.end()) if match else None


def match_lead(text: str, pos: int) -> tuple[Bound, int] | None:
    """The English bound phrase before a number at `pos`, with its start."""
    match = _LEAD.search(text[max(0, pos - 18) : pos])
    return (_BEFORE[match[1].lower()], max(0, pos - 18) + match.start()) if match else None


def match_tax(text: str, start: int, end: int) -> tuple[Tax | None, int]:
    """Whether an amount at `start`..`end` is told with or without tax, and where the words after it end."""
    after = _TAX_AFTER.match(text, end)
    if after:
        return ("incl" if after[1] == "税込" else "excl"), after.end()
    before = _TAX_BEFORE.search(text[max(0, start - 12) : start])
    return (None if before is None else "incl" if before[1] == "税込" else "excl"), end
