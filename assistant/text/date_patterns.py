"""Find an absolute date or time that starts at a given place of folded text."""

from __future__ import annotations

import re

from assistant.text.dates import PartialDate, era_year, exists
from assistant.text.numerals import small_int

_D = r"(?:\d{1,2}(?!\d)|[一二三四五六七八九十]{1,3})"
_ERA_YEAR = r"(?P<era>令和|平成|昭和|[RHS])\s?(?P<ey>元|\d{1,2}|[一二三四五六七八九十]{1,3})\s?年"
_WESTERN_YEAR = r"(?:西暦\s?)?(?P<y>(?:19|20|21)\d\d|[一二]〇[〇一二三四五六七八九]{2}|'?[2-9]\d(?=年\s?\d{1,2}月))\s?年"
_YEAR = rf"(?:{_ERA_YEAR}|{_WESTERN_YEAR})"
_PART = r"(?:\s?の?(?P<part>上旬|中旬|下旬|初旬|初め|半ば|末日?))?(?:\s?(?P<about>頃|ごろ))?"
_WEEKDAY = r"(?:\s?\(\s?(?P<wd>[月火水木金土日])(?:曜日?)?(?:・?祝日?)?\s?\)|\s?(?P<wd2>[月火水木金土日])曜日?)?"
_HOUR_MINUTE = r"(?P<h>\d{1,2}):(?P<mi>[0-5]\d)(?::\d\d)?(?!\d|\s?[万億千円%人社者名件])"
_HOUR_WORD = r"(?P<h2>\d{1,2}|(?!一時)[一二三四五六七八九十]{1,3})時(?![間代点給短])(?:(?P<mi2>\d{1,2})分|(?P<half>半))?"
_CLOCK = rf"(?P<ampm>午前|午後|AM|PM|夕方の?|夜の?|朝の?)?\s?(?:{_HOUR_MINUTE}|{_HOUR_WORD})"
_TIME = rf"(?:(?:\s|の|,|、)*(?:{_CLOCK}|(?P<noon>正午)))?"

_JAPANESE = re.compile(
    rf"(?:{_YEAR}\s?(?:の\s?)?)?(?P<m>{_D})\s?月\s?(?P<d>{_D})\s?日(?![間目程])(?:\s?(?P<about>頃|ごろ))?{_WEEKDAY}{_TIME}"
)
_MONTH = re.compile(rf"(?:{_YEAR}\s?(?:の\s?)?)?(?P<m>{_D})\s?月(?![間額]){_PART}")
_YEAR_ONLY = re.compile(rf"{_YEAR}(?P<fiscal>度)?(?P<part>末)?(?!前|間)(?:\s?(?P<about>頃|ごろ))?")
_NUMERIC = re.compile(
    r"(?:(?P<era>[RHS])(?P<ey>\d{1,2})|(?P<y>(?:19|20)\d\d))(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)"
    rf"{_WEEKDAY}(?:T(?=\d))?{_TIME}(?:\+09:00)?"
)
_YEAR_MONTH = re.compile(r"(?P<y>(?:19|20)\d\d)[-/](?P<m>0?[1-9]|1[0-2])(?![\d/-])")
_DAY = re.compile(rf"(?P<d>{_D})\s?日(?![間目程本分])(?:{_WEEKDAY}{_TIME})")
_SLASH_PART = re.compile(r"(?:(?P<y>20\d\d)/)?(?P<m>\d{1,2})/(?P<part>上旬|中旬|下旬|末|初旬)")
_TIME_ONLY = re.compile(_CLOCK)
_SLASH = re.compile(rf"(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})(?![\d/]){_WEEKDAY}{_TIME}")
_MONTHS = "January February March April May June July August September October November December".split()
_EN_MONTH = rf"(?P<em>{'|'.join(m[:3] for m in _MONTHS)})[a-z]*\.?"
_ENGLISH = re.compile(
    rf"(?:{_EN_MONTH}\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<y>\d{{4}}))?)(?:,?\s(?:at\s)?{_CLOCK})?"
)
_ENGLISH_DAY_FIRST = re.compile(
    rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s{_EN_MONTH}(?:,?\s(?P<y>\d{{4}}))?(?:,?\s(?:at\s)?{_CLOCK})?"
)
ENGLISH_MONTH_START = rf"(?:{'|'.join(m[:3] for m in _MONTHS)})[a-z]*\.?\s\d"

_RATE_AFTER = re.compile(
    r"\s?(?:補助|助成|以内|以上|以下|未満|超|を?上限|の額|の補助|相当|を乗|負担|[=×x*・]|に引|へ引|から\d/\d{1,2}[にへ]|\()"
)
_DATE_AFTER = re.compile(
    r"\s?(?:まで|締|〆|必着|消印|開始|に?(?:公募|受付|申請|発表|スタート)|から|以降|時点|\(?[月火水木金土日]\)|\d{1,2}:\d)"
)
_RATE_LINK = re.compile(r"\d/\d{1,2}\s?(?:から|～|-|と|か|または|又は|・|、)\s?$")
_MAY_BE_DATE = re.compile(r".{1,6}?[年月日時:./-]|[A-Z']|.{1,4}[A-Z]|正午", re.DOTALL)
_CUE = re.compile(
    r"(?P<rate>率|割合|補助額|負担割合)|"
    r"(?P<date>締切|〆切|期限|期日|受付|開始|公開|公募期間|発表|日程|予定|スケジュール|いつ|本日|今日)"
)


def match_date(text: str, pos: int) -> tuple[int, PartialDate, bool] | None:
    """The longest date or time that starts at `pos`.

    Returns:
        Its end, the date and whether it is a fiscal year; None if there is none.
    """
    if not _MAY_BE_DATE.match(text, pos):
        return None
    for pattern in (_JAPANESE, _NUMERIC, _MONTH, _YEAR_ONLY, _SLASH_PART, _YEAR_MONTH, _ENGLISH, _ENGLISH_DAY_FIRST, _TIME_ONLY):
        match = pattern.match(text, pos)
        if match is not None:
            found = _partial(match.groupdict())
            if found is not None:
                return match.end(), found, bool(match.groupdict().get("fiscal"))
    return None


def match_day(text: str, pos: int) -> tuple[int, PartialDate] | None:
    """A day of a month that is not told (15日), which only stands where it is not a length of time."""
    match = _DAY.match(text, pos)
    found = _partial(match.groupdict()) if match else None
    return (match.end(), found) if match and found else None


def match_slash(text: str, pos: int) -> tuple[int, PartialDate] | None:
    """A date such as 12/15 if its surroundings speak of a date rather than of a rate."""
    match = _SLASH.match(text, pos)
    if match is None:
        return None
    found = _partial(match.groupdict())
    if found is None or not _reads_as_date(text, match, found):
        return None
    return match.end(), found


def _reads_as_date(text: str, match: re.Match[str], found: PartialDate) -> bool:
    if found.weekday or found.has_time:
        return True
    month, day = found.month or 0, found.day or 0
    after = text[match.end() : match.end() + 8]
    before = text[max(0, match.start() - 14) : match.start()]
    if _RATE_AFTER.match(after):
        return False
    cues = [m.lastgroup == "date" for m in _CUE.finditer(before)]
    small = month < day <= 10
    if small and (_RATE_LINK.search(before) or before.rstrip().endswith("の") or (cues and not cues[-1])):
        return False
    if _DATE_AFTER.match(after):
        return True
    return cues[-1] if cues else not small


def _partial(groups: dict[str, str | None]) -> PartialDate | None:
    year = _year(groups)
    month = _month(groups)
    day = small_int(str(groups["d"])) if groups.get("d") else None
    hour, minute = _clock(groups)
    if day is not None and not exists(month or 1, day, year):
        return None
    if month is not None and not 1 <= month <= 12:
        return None
    if hour is not None and (hour > 24 or (minute or 0) > 59):
        return None
    part = {"初旬": "上旬", "初め": "上旬", "半ば": "中旬", "末日": "末"}.get(groups.get("part") or "", groups.get("part"))
    part = part or ("頃" if groups.get("about") else None)
    return PartialDate(year, month, day, part, hour, minute, groups.get("wd") or groups.get("wd2"))


def _year(groups: dict[str, str | None]) -> int | None:
    era, era_number, western = groups.get("era"), groups.get("ey"), groups.get("y")
    if era and era_number:
        return era_year(era, small_int(era_number))
    if not western:
        return None
    western = western.lstrip("'")
    if western.isascii():
        return int(western) + (2000 if len(western) == 2 else 0)
    return int("".join(str("〇一二三四五六七八九".index(c)) for c in western))


def _month(groups: dict[str, str | None]) -> int | None:
    if groups.get("em"):
        return next(i for i, m in enumerate(_MONTHS, 1) if m.startswith(str(groups["em"])))
    return small_int(str(groups["m"])) if groups.get("m") else None


def _clock(groups: dict[str, str | None]) -> tuple[int | None, int | None]:
    if groups.get("noon"):
        return 12, 0
    written = groups.get("h") or groups.get("h2")
    if not written:
        return None, None
    hour = small_int(written)
    if (groups.get("ampm") or "")[:2] in ("午後", "PM", "夕方", "夜", "夜の") and hour < 12:
        hour += 12
    minute = 30 if groups.get("half") else int(groups.get("mi") or groups.get("mi2") or 0)
    return hour, minute
