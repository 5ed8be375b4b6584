"""Where things of a user's case are, inside an area or out of it: his offices and staff, the shop he buys in, the fair he goes to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assistant.rules.load import Catalogue
from assistant.text.numbers import Quantity
from assistant.text.words import countries, places

CLAUSE = re.compile(r"[、。，,？?！!\n]|けれど|けど|(?<=[すんだたや])が(?=[一-龥ぁ-んァ-ヶ、])|(?<=[たるい])し(?=、)")
_OUT = r"市外|県外|他県|他市|(?:よそ|別|隣|となり|近隣|ほか|他)の(?:市|県|町|街)|海外|国外"
_KINDS = "市町村区県都府"
_ROLES = {
    "head_in_area": r"本店|本社|登記",
    "main_in_area": r"本拠|主たる事業所|主な事業所|(?:メイン|主力|中心|一番大きい|いちばん大きい)の?(?:事業所|工場|店|営業所|拠点)",
    "lab_in_area": r"研究所|研究施設",
}
_FIRM = r"会社|企業|法人|工場|製作所|事業者|業者|製造業|メーカー|商店|店|旅館|ホテル|[一-龥]屋"
_BASE = r"事業所|営業所|事務所|拠点|支店|本店|本社|工場|店|会社|倉庫"
_IS = r"(?:です|でし|だ|や|なん|なの|で(?=[、\s]|$)|やけど|やねん|として)"
_BASED = re.compile(rf"(?:の|に(?:は|も|ある)?|で|にて)?[^、。]{{0,10}}?(?:{_BASE}|{_FIRM})")
_NONE_THERE = re.compile(rf"に[はも]?[^、。]{{0,14}}?(?:{_BASE})[^、。]{{0,10}}?(?:ない|ありませ|無い|なく|なし|あらへん)")
_RUNS = re.compile(r"で[^、。]{0,12}(?:営|創業|開業|商売|やって)")
_PAID = re.compile(r"買|購入|取り寄せ|仕入|頼|発注|依頼|委託|払")
"""What is done with a shop or a supplier, not with one's own place of work."""
_OTHERS = re.compile(
    r"(?:取引先|仕入先|発注先|依頼先|委託先|業者|客|相手|講師|会場|販売店|メーカー|従業員|社員|[割人名]|[一-龥ァ-ヶー]{2,}会社)(?:は|が|も)[^、。]*$"
)
_FIRM_OF = re.compile(
    rf"[{_KINDS}]?(?:の|にある|で)[^、。]{{0,10}}?(?:{_FIRM}){_IS}|[{_KINDS}]?(?:の|にある)[^、。]{{0,10}}?(?:{_FIRM})$"
)
_LIES = re.compile(rf"[{_KINDS}]?(?:{_IS}|にあ)")
_FIRM_IS = re.compile(r"(?:うち|当社|弊社|会社|店|工場|所在地)(?:は|が)$")
_NOT = re.compile(r"[^、。]{0,8}?(?:ない|ありませ|無い|なく|なし|あらへん|ではな|じゃな|以外)")
_BOUGHT = (
    r"(?:で|から|より|にて)(?:[^、。？?でか]{0,14})(?:買[うっいお]|購入|取り寄せ|仕入|注文|調達)(?!わ?ず|しない|しませ|わな|わへん)"
)
_BUYS, PURCHASE = re.compile(_BOUGHT), re.compile(rf"[^、。？?！!\n]*{_BOUGHT}")
"""The words that say where something is bought, alone and with all that stands before them in their clause."""
_MADE = re.compile(r"(?:窯元|窯|工房|職人)|で(?:作|つく|焼)(?:られ|った|いた)")
_WARE = re.compile(r"([一-龥]{2,3})焼(?!き|肉|酎|け)")
_EVENT = re.compile(r"見本市|展示会|商談会|展覧会|物産展|フェア|ブース|[一-龥ァ-ヶ]展(?=[にへでを])")
_WHOLE = re.compile(r"(?:全|全部で|全体[でのは]*|全社で?|合計|総数[はが]?|全員で?|会社全体[でのは]*|計)$")
_PART = re.compile(r"(?:の|いて、?|いますが、?|おって、?|で、?)?(?:うち|中|内|その(?:うち|中))(?:の|で|、|は|[^、。0-9０-９]{0,14})?$")
_STAFF = re.compile(r"従業員|社員|スタッフ|職員|人員|働く人|働いて")
_REST = re.compile(r"(?:残り|ほか|他|あと)(?:は|が)")
_HALF = Fraction(1, 2)
_ONLY_BRANCH = re.compile(
    r"[^。、]{0,14}?(?:営業所|出張所|支店|支社|支所|分室|倉庫|駐在所|サテライト|小さい?な?店|事務所|拠点)[^。、]{0,6}(?:だけ|のみ|しか)"
)
HALF = re.compile(r"(?:半分|半数)(?:以上|より多)|過半数?|大半|ほとんど")


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place named in a text, and whether it lies in the area."""

    start: int
    end: int
    inside: bool


def read_places(text: str, area: str, people: tuple[Quantity, ...], catalogue: Catalogue) -> dict[str, Any]:
    """What a text tells of where things are, held against an area; what it does not tell is absent.

    Args:
        text: What the user says, the names of programmes blanked.
        area: A city or a prefecture with a scheme of its own.
        people: The headcounts and shares of the text.
        catalogue: For the names of prefectures and municipalities.

    Returns:
        Inputs of rules: `head_in_area`, `main_in_area`, `lab_in_area`, `office_in_area`, `bought_in_area`, `made_in_area`
        as yes or no, `area_staff_share` as a Fraction.
    """
    spots = _spots(text, area, catalogue)
    out: dict[str, Any] = {}
    for name, words in _ROLES.items():
        found = {v for m in re.finditer(words, text) if (v := _beside(text, m, spots)) is not None}
        out |= {name: found.pop()} if len(found) == 1 else {}
    share = _share(text, people, spots)
    out |= {"area_staff_share": share} if share is not None else {}
    main = _main(text, spots, out)
    out |= {"main_in_area": main} if main is not None else {}
    office = _office(text, spots)
    if any(out.get(n) for n in _ROLES) or out.get("area_staff_share"):
        office = True
    if office is not None:
        out["office_in_area"] = office
        out |= {} if office else dict.fromkeys(_ROLES, False) | {"area_staff_share": Fraction(0)}
    bought, made = _of_verb(text, _BUYS, spots), _made(text, spots)
    out |= {"bought_in_area": bought} if bought is not None else {}
    return out | ({"made_in_area": made} if made is not None else {})


def _main(text: str, spots: list[_Spot], told: dict[str, Any]) -> bool | None:
    """Whether the main place of work is in the area, where it is not named: by the head office and what else is told beside it."""
    head, share = told.get("head_in_area"), told.get("area_staff_share")
    if head is None and any(not s.inside and _FIRM_OF.match(text[s.end : _clause_of(text, s.start)[1]]) for s in spots):
        head = False  # a firm of another place
    if "main_in_area" in told or head is None:
        return None
    if head:
        return True if share is None or share >= _HALF else None
    less = share is not None and share < _HALF
    branch = any(s.inside and _ONLY_BRANCH.match(text[s.end : _clause_of(text, s.start)[1]]) for s in spots)
    return False if less or branch else None


def held_abroad(text: str, catalogue: Catalogue) -> bool | None:
    """Whether the fair that a text speaks of is held in another country; None if it names no place, or several kinds."""
    event = _EVENT.search(text)
    if event is None:
        return None
    words = catalogue.vocabulary["fair_places"]
    known = catalogue.vocabulary.get("regions", ())
    named = [*countries(text), *(p for p in places(text) if re.fullmatch(r"[ァ-ヶー]+", p))]
    abroad = any(w in text for w in (*words["abroad"], *named))
    at_home = any(w in text for w in (*words["at_home"], *known))
    return abroad if abroad != at_home else None


def area_names(area: str, catalogue: Catalogue) -> frozenset[str]:
    """The area, and the municipalities in it, with and without 市 or 県 where that leaves two characters."""
    within = (area, *catalogue.vocabulary.get("municipalities", {}).get(area, ()))
    return frozenset(n for w in within for n in (w, w[:-1]) if len(n) > 1)


def _spots(text: str, area: str, catalogue: Catalogue) -> list[_Spot]:
    inside = area_names(area, catalogue)
    vocabulary = catalogue.vocabulary
    towns = {n for ws in vocabulary.get("municipalities", {}).values() for w in ws for n in (w, w[:-1]) if len(n) > 1}
    around = {n for a, ws in vocabulary.get("municipalities", {}).items() if area in ws for n in (a, a[:-1])}
    known = {*inside, *towns, *vocabulary.get("regions", ()), *places(text)} - around
    names = sorted((n for n in known if len(n) > 1), key=len, reverse=True)
    own = f"{area[-1]}内" if area[-1] in "市県町村区" else area
    pattern = re.compile(f"(?P<out>{_OUT})|(?P<own>{own})|(?P<name>{'|'.join(map(re.escape, names))})[{_KINDS}]?(?P<in>内)?")
    return [
        _Spot(m.start(), m.end(), m["own"] is not None or bool({m["name"], (m["name"] or "").rstrip(_KINDS)} & inside))
        for m in pattern.finditer(text)
    ]


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for m in CLAUSE.finditer(text):
        yield start, m.start()
        start = m.end()
    yield start, len(text)


def _clause_of(text: str, at: int) -> tuple[int, int]:
    return next(((a, b) for a, b in _clauses(text) if a <= at < b), (0, len(text)))


def _beside(text: str, role: re.Match[str], spots: list[_Spot]) -> bool | None:
    """Whether what a word names is in the area: by the place after it in its clause, else by the one before it."""
    a, b = _clause_of(text, role.start())
    after = next((s for s in spots if role.end() <= s.start < b), None)
    before = next((s for s in reversed(spots) if a <= s.start and s.end <= role.start()), None)
    linked = before is not None and re.fullmatch(r"(?:市|県)?(?:内)?[にのがは]{1,2}[^、。]{0,4}", text[before.end : role.start()])
    spot = before if before is not None and linked else after
    if spot is None:
        return None
    end = max(spot.end, role.end())
    return spot.inside != bool(_NOT.match(text[end:b]))


def _office(text: str, spots: list[_Spot]) -> bool | None:
    """Whether the firm has a place of work in the area: told so or denied outright, or it is one of another place."""
    found = {v for s in spots if (v := _office_at(text, s)) is not None}
    return found.pop() if len(found) == 1 else None


def _office_at(text: str, spot: _Spot) -> bool | None:
    """What one place named tells of the firm's places of work; None where it is that of a shop, a supplier or a customer."""
    start, end = _clause_of(text, spot.start)
    before, rest = text[start : spot.start], text[spot.end : end]
    if not spot.inside:
        return False if not _OTHERS.search(before) and (_FIRM_OF.match(rest) or (_FIRM_IS.search(before) and _LIES.match(rest))) else None
    if _NONE_THERE.match(rest):
        return False
    return True if (_BASED.match(rest) and not _PAID.search(rest)) or _RUNS.match(rest) else None


def _of_verb(text: str, verb: re.Pattern[str], spots: list[_Spot]) -> bool | None:
    """Whether something is done in the area, by the place that stands nearest before the verb in its clause."""
    found = set()
    for m in verb.finditer(text):
        a, _ = _clause_of(text, m.start())
        before = [s for s in spots if a <= s.start and s.end <= m.start() + 1]
        found |= {before[-1].inside} if before else set()
    return found.pop() if len(found) == 1 else None


def _made(text: str, spots: list[_Spot]) -> bool | None:
    """Whether ware is made in the area: by the place before the kiln or the verb, or by that in its name (美濃焼)."""
    found = _of_verb(text, _MADE, spots)
    wares = {m.group(1) for m in _WARE.finditer(text)}
    names = [w for w in wares if any(p.startswith(w) for p in places(f"{w}の"))]
    return False if found is None and names and len(names) == len(wares) else found


def _share(text: str, people: tuple[Quantity, ...], spots: list[_Spot]) -> Fraction | None:
    """The share of the staff that works in the area, from two headcounts or a share told."""
    counts = [q for q in people if q.unit == "people" and q.exact is not None]
    for part in counts:
        for whole in counts:
            if whole is part or not _is_part(text, whole, part) or not part.exact or not whole.exact or part.exact > whole.exact:
                continue
            there = _place_of(text, part, whole, spots)
            if there is not None:
                return _told_share(text, Fraction(part.exact) / Fraction(whole.exact), there, part.end, spots)
    for q in people:
        if q.unit in ("percent", "ratio") and q.exact is not None and _STAFF.search(text):
            there = _place_of(text, q, q, spots)
            share = Fraction(q.exact) / (100 if q.unit == "percent" else 1)
            told = None if there is None else _told_share(text, share, there, q.end, spots)
            if told is not None:
                return told
    half = HALF.search(text)
    if half and _STAFF.search(text):
        a, b = _clause_of(text, half.start())
        near = [s for s in spots if a <= s.start < b]
        return Fraction(1, 2) if near and all(s.inside for s in near) else None
    return None


def _is_part(text: str, whole: Quantity, part: Quantity) -> bool:
    """Whether one headcount is part of another: 25人中15人, or 全部で20名 with 10名 beside it."""
    if whole.end <= part.start:
        between = text[whole.end : part.start]
        if "。" not in between and _PART.search(between):
            return True
    return bool(_WHOLE.search(text[: whole.start]))


def _place_of(text: str, part: Quantity, whole: Quantity, spots: list[_Spot]) -> bool | None:
    """Where the part works: the place nearest to it in its clause, after it or before the whole."""
    a, b = _clause_of(text, part.start)
    if part is not whole and whole.end <= part.start and "。" not in text[whole.end : part.start]:
        a = min(a, _clause_of(text, whole.start)[0])
    after = [s for s in spots if part.end <= s.start < b and re.fullmatch(r"(?:だけ|のみ|ほど)?[がは、]?", text[part.end : s.start])]
    before = [s for s in spots if a <= s.start and s.end <= part.start]
    near = after[:1] or before[-1:]
    return near[0].inside if near else None


def _told_share(text: str, share: Fraction, there: bool, end: int, spots: list[_Spot]) -> Fraction | None:
    """The share in the area; of one told for another place only where the rest is said to be in the area."""
    if there:
        return share
    rest = _REST.search(text, end)
    spot = next((s for s in spots if rest and s.start >= rest.end()), None)
    return 1 - share if rest and spot is not None and spot.inside and spot.start - rest.end() < 4 else None
