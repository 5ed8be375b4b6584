"""Headcounts and hourly wages that a text tells: of the firm, of those whose pay rises, one more than now."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from assistant.rules.conditions import Inputs
from assistant.rules.schema import Frame
from assistant.text.numbers import Quantity
from assistant.text.numerals import small_int

_PAST = re.compile(
    r"(昔|むかし|以前|かつて|去年|昨年|一昨年|おととし|前年|元々|もともと|元は|当初|当時|ピーク|最盛期|全盛期|一時は?|バブル|コロナ(前|まで)"
    r"|[0-9０-９一二三四五六七八九十数]年前|先代|(創業|開業|設立)時|の頃|のころ|時代)(?!から|より|と同|に比)[はのにも、まで]*[^。、0-9０-９]{0,16}$"
)
_WAS = re.compile(r"(くらい|ぐらい|ほど)?[がもは]?(おっ|い)?(た|まし(た|て))|(でし|だっ)た")
"""A headcount that was, where another is told to be (60人いた従業員も今は12人)."""
_NOW = re.compile(r"(今|いま|現在|現状|今年|直近)[^。、0-9０-９]{0,16}$")
_OTHERS = re.compile(
    r"(親会社|グループ|取引先|得意先|仕入先|元請け?|競合|同業|他社|ライバル|競争相手|知り合い|友人|友達"
    r"|(隣|となり|向かい|近所|よそ)(?=の(会社|店|工場|家|旅館|ホテル|人)|[はがも])|(別|ほか|他)の(会社|店|工場)"
    r"|(孫|子ども|子供|こども|兄弟|姉妹)(?=[がはもにと]?(全部で|合わせて)?$)|(集まり|集会|会合|講習会?|セミナー)(?=[にでは])"
    r"|同級生|住民|人口|参加者|出席者|お?客(さん|様|数)?|来客|来店|利用者|患者|生徒|会員)[^。、人名]{0,8}$"
)
"""Words of people who are not of the firm."""
_OTHERS_AFTER = re.compile(r"の(お?客|来客|来店|利用者|患者|生徒|会員|参加者|出席者|住民)")
"""The same words where they follow their number (8人の来客)."""
_OURS = re.compile(
    r"(うち|当社|弊社|自社|[我わ]が社|こちら|わしら?|私(ら|たち)?)(の(会社|店|工場|社員|従業員))?[はがも、][^。、0-9０-９]{0,10}$"
)
_ANOTHERS = re.compile(r"の(会社|店|工場|企業|旅館|ホテル|法人)(には|[はがも])[^。、0-9０-９]{0,8}$")
"""A headcount of the user's own firm in so many words, and one of the firm of somebody (弟の会社は30人、うちは7人)."""
_HIMSELF = re.compile(r"社長|親方|起業|法人(?!で?従業員)")
"""What makes a headcount the owner himself, who is none of his staff (一人社長)."""
_GONE = re.compile(r"(が|ほど|も)?[^。、0-9０-９]{0,6}(辞め|やめ|退職|抜け|定年)")
_ONLY = re.compile(r"しか|だけ")
_PLANNED = re.compile(r"(来年|来期|来春|来月|将来|ゆくゆく|いずれ|そのうち)[^。]{0,12}$")
_PLAN = re.compile(r"[^。、？?]{0,14}(計画|予定|つもり)")
_SUPPOSED = re.compile(r"[^。、？?]{0,10}(たら|れば|なら|場合|と(?=[、上い]))")
"""A change of the headcount that is asked about, not only planned."""
_FIRMS = re.compile(r"(?<![0-9,.])([0-9]{1,3})(?:社|者|店舗?|軒|企業|事業者)(?!から|目|以上|以内|まで|の?見積|に見積)")
"""Firms that are counted, where they act together."""
_MORE = re.compile(r"(もう|あと|さらに|プラス|追加で|新しく|新たに|[+＋])$")
_ADDED = re.compile(r"(増え|増や|多[くい]|追加|雇っ|雇う|雇い入れ|採用し|採ると|採れば|入れたら|入社し)")
_NTH_HIRED = re.compile(r"([0-9]{1,3})人目[のをが]?(従業員|社員|人|スタッフ)?[をが]?、?(雇|採用|採|入|来)")
"""Who is hired next, by which of the staff he is."""
_GROWS = re.compile(r"(ほど|くらい|ぐらい)?増")
_SHRINKS = re.compile(r"(ほど|くらい|ぐらい|が)?(減|辞め|やめ|抜け|退職)[^。、]{0,4}(たら|ると|れば|るなら|た場合|る場合)")
"""What makes a headcount alone that of those who come or leave (2人増えたら)."""
_RAISED = re.compile(
    r"(分|ぶん|だけ|のみ)?[のをに]?[一気全員まとめてに]{0,5}([0-9０-９,]+円)?"
    r"(賃金|時給|給料|給与|賃上げ|引き?上げ|上げ|アップ)"
)
_RAISED_OF = re.compile(r"(の(賃金|時給|給料|給与)を[^。、]{0,8}|を[^。、]{0,4}[0-9０-９,]+円)(引き?上げ|上げ|アップ)")
_RAISED_BEFORE = re.compile(r"(引き?上げ(る|た|対象)?|賃上げ(する)?|上げる|対象)(労働者|従業員|人数|人|者|の)?[はがを]?[^、。]{0,2}$")
_RAISING = re.compile(r"(引き?上げ(る|た|対象)?|賃上げ(する)?|上げる)(労働者|従業員|人数|人|者)[のはがを]?[^、。]{0,2}$")
"""A headcount of those whose pay rises, in so many words (引き上げる労働者は4人)."""
_FIRM_BEFORE = re.compile(
    r"(従業員|社員|スタッフ|常時|職員|人員|労働者|事業場|会社|店|全部で|全体で)[^。、人名]{0,5}$|[場社店所屋院宿館堂園塾室][（(]$"
)
_COUNTED_BEFORE = re.compile(
    r"[0-9０-９一二三四五六七八九十百]\s*[人名](以上|以下|未満)?(の|いる|規模の)?(会社|事業場|店|工場|職場)[でのはが、うち]*$"
)
"""A firm whose headcount stands before it (28人の事業場で5人上げる)."""
_FIRM_AFTER = re.compile(
    r"(の|いる|規模の)?(会社|事業場|店|工場|職場|企業|事業者|法人|所帯|規模)(?![員長主])"
    r"|(の|いる|規模の|でやって(い?る|ます))[^、。？?0-9０-９人名のをがはにで]{0,8}"
    r"(会社|工場|店|企業|旅館|ホテル|宿|食堂|製作所|事務所|医院|クリニック|農園|牧場|酒蔵|メーカー|サロン|美容[室院]|スーパー|業者|施設)"
    r"(?![員長主])"
)
"""What after a headcount makes it a firm's: the word for one, alone or with its trade (8人の食品工場)."""
_EACH = re.compile(r"(分|ぶん)(の|は|で|だ|[、？?]|$)|(だけ)?(は|で|だと)?(いくら|なんぼ|何円|何万)")
"""What makes a single head the measure of an amount (1人いくら, 1人分の上限)."""
_WAGE = re.compile(
    r"((最低賃金|最賃|時給|賃金)[^。、]{0,8}|(一番|いちばん|最も|もっとも|最)(低|安)[いくの][^。、0-9０-９]{0,8}|最低の?(人|者|方|社員|パート|従業員)[^。、0-9０-９]{0,4})$"
)
_ONLY_THIS = r"(管理)?(の)?(IT)?(ソフト|システム|ツール|機能|アプリ)?(ウェア)?(1本|一本|1つ|一つ)?(だけ|のみ|単体|単独|専用)"
"""What makes a named function of a tool its only one (会計ソフトだけ)."""
_RAISED_TO = re.compile(r"(ちょうど)?(に|まで|へ)[^。、]{0,6}(上げ|引き?上げ|アップ)")
_FROM_TO = re.compile(r"(です)?(から|→|⇒|を|～|〜)、?(時給|最低賃金)?")
"""What stands between a wage and the one that it is raised to."""
_LOWEST, _HIGHEST = 500, 5000
"""An amount in yen within this range is an hourly wage where the words speak of one."""
_ONE_MAN = re.compile(r"の?(会社|社長|親方|法人|経営|事業主)")
"""What follows the one man who runs a firm by himself (一人会社)."""


def read_staff(text: str, found: tuple[Quantity, ...], vocabulary: dict[str, Any], course: bool) -> dict[str, Any]:
    """Headcounts and counts of a tool's parts as inputs of the rules.

    Args:
        text: The user's sentence(s).
        found: Its quantities.
        vocabulary: Word tables.
        course: Whether a wage course is named, so that a bare headcount is of those whose pay rises.

    Returns:
        employees, office_workers, workers, processes, functions; `employees_now` or `workers_now` beside them where the text
        tells two cases, `employees_more` where it does not say more than how many.
    """
    out: dict[str, Any] = {}
    more = 0
    people = _of_today(text, [q for q in found if q.whole("people") is not None])
    firm = {q.start: _is_firms(text[max(0, q.start - 12) : q.start], text[q.end : q.end + 8]) for q in people}
    raised = _raise_compared(text, people)
    pair = raised or _compared(text, people)
    for q in people:
        before, after = text[max(0, q.start - 12) : q.start], text[q.end : q.end + 18]
        each = q.value == 1 and _EACH.match(after) and not (firm[q.start] or _is_raised(before, after, False))
        if q in pair or each:
            continue
        change = _change(before, after, len(people) > 1) if q.bound is None and not raised else 0
        if change:
            more = change * _heads(q)
        elif _is_raised(before, after, firm[q.start]) or (course and not firm[q.start] and "workers" not in out):
            out |= _raised_of_all(out, _heads(q))
        elif not _of_part(before, after, "employees" in out) and ("employees" not in out or firm[q.start]):
            out["employees"] = _bounded(q)
    alone = [q for q in people if _heads(q) == 1 and _ONE_MAN.match(text, q.end)]
    counted = any(firm[q.start] and _heads(q) and q not in alone and not _PAST.search(text[max(0, q.start - 24) : q.start]) for q in people)
    if not counted and any(w in text for w in vocabulary.get("no_employees", ())):
        out["employees"] = 0
    out = _with_the_next(text) | out
    if pair:
        who = "workers" if raised else "employees"
        out |= {f"{who}_now": _heads(pair[0]), who: _heads(pair[1])}
    if more:
        out |= with_more(out, more)
    if "employees" in out:
        out["office_workers"] = out["employees"]
    return out | _parts(text, found, vocabulary.get("matching", {}).get("functions", {}))


def _change(before: str, after: str, others: bool) -> int:
    """1 where a headcount is of those who are added, -1 of those who leave, 0 of those who are there; `others` are told beside it."""
    if (_MORE.search(before) and not _ONLY.match(after)) or (_ADDED.match(after) and (others or _GROWS.match(after))):
        return 1
    return -1 if not others and _SHRINKS.match(after) else 0


def _with_the_next(text: str) -> dict[str, Any]:
    """The headcount with the one who is hired next, where a text says by which of the staff he is (6人目を雇う)."""
    nth = _NTH_HIRED.search(unicodedata.normalize("NFKC", text))
    return {"employees": small_int(nth.group(1))} if nth else {}


def _of_today(text: str, people: list[Quantity]) -> list[Quantity]:
    """The headcounts without those of others, and of the past, of plans and of leavers where any are left; present ones first."""
    staff = [q for q in people if not _HIMSELF.match(text, q.end)]
    ours = [q for q in staff if not (_OTHERS.search(text[max(0, q.start - 16) : q.start]) or _OTHERS_AFTER.match(text, q.end))]
    named = [q for q in ours if _OURS.search(text[max(0, q.start - 24) : q.start])]
    ours = [q for q in ours if not named or q in named or not _ANOTHERS.search(text[max(0, q.start - 24) : q.start])]
    now = [q for q in ours if _NOW.search(text[max(0, q.start - 20) : q.start])]

    def is_past(q: Quantity) -> bool:
        return bool(_PAST.search(text[max(0, q.start - 24) : q.start]) or (now and _WAS.match(text, q.end)))

    def is_later(q: Quantity) -> bool:
        planned = _PLANNED.search(text[max(0, q.start - 20) : q.start]) or (now and _PLAN.match(text, q.end))
        return bool(planned) and not _SUPPOSED.match(text, q.end)

    ours = _left_of(text, ours)
    rest = [q for q in ours if q in now or not (is_past(q) or is_later(q) or (len(ours) > 1 and _GONE.match(text, q.end)))]
    return sorted(rest or ours, key=lambda q: q not in now)


def _left_of(text: str, told: list[Quantity]) -> list[Quantity]:
    """Headcounts without the one before some left and those who left, where what remains is told too (6人のうち2人が辞めて4人)."""
    for i, gone in enumerate(told[1:-1], 1):
        counts = [q.whole("people") for q in (told[i - 1], gone, told[i + 1])]
        if None not in counts and counts[0] - counts[1] == counts[2] and _GONE.match(text, gone.end):  # type: ignore[operator]
            return [*told[: i - 1], *told[i + 1 :]]
    return told


def _raised_of_all(told: dict[str, Any], heads: int) -> dict[str, Any]:
    """Those whose pay rises; a greater bare headcount before them, taken for theirs, is of the whole staff (12人、2人を70円上げる)."""
    before = told.get("workers", 0)
    return {"workers": heads, **({"employees": before} if before > heads and "employees" not in told else {})}


def _is_raised(before: str, after: str, firms: bool) -> bool:
    """Whether a headcount is of those whose pay rises; one told as the firm's is only where its pay is named beside it."""
    return bool(_RAISED_OF.match(after) or (not firms and (_RAISED.match(after) or _RAISED_BEFORE.search(before))))


def _compared(text: str, people: list[Quantity]) -> tuple[Quantity, ...]:
    """Two headcounts that are told as two cases of the firm (28人の場合と35人の場合)."""
    for one, two in zip(people, people[1:], strict=False):
        beside = one.bound is None and two.bound is None and _BESIDE.fullmatch(text[one.end : two.start]) and _AS_CASE.match(text, two.end)
        if beside and re.search(r"違|ちが|差|比べ|比較|変わ|ひらき|開き", text):
            return one, two
    case = re.compile(r"の?(場合|とき|時|だと|なら|と(?=[0-9０-９]))|から(?=[0-9０-９])|が(?=[0-9０-９]+人(に|へ))|(になっ|に増|に減)")
    cases = tuple(q for q in people if case.match(text[q.end : q.end + 6]))
    if len(cases) != 2 or not re.search(r"違|差|比べ|比較|変わ|それぞれ|場合|下が|上が|増え|減", text):
        return ()
    return cases


_BESIDE = re.compile(r"(の(会社|企業|場合|とき|ところ|店|規模))?(と|か|→|vs\.?|対)")
_AS_CASE = re.compile(r"(か?で|なら|だと|って|とで|の(会社|企業|場合|とき|ところ|店|規模|差|違い|間))")
"""What stands after the second of two headcounts that are two cases of a firm (20人と21人で)."""


def _raise_compared(text: str, people: list[Quantity]) -> tuple[Quantity, ...]:
    """Two headcounts of those whose pay rises, told as a change (引き上げるのを3人から4人に)."""
    for one, two in zip(people, people[1:], strict=False):
        if not re.fullmatch(r"(だったの|の予定)?(から|→|を)、?", text[one.end : two.start]):
            continue
        if _RAISED_BEFORE.search(text[max(0, one.start - 14) : one.start]) or _RAISED.match(text[two.end : two.end + 18]):
            return one, two
    return ()


def with_more(told: dict[str, Any], more: int) -> dict[str, Any]:
    """Inputs for `more` people than `told`; what the change is alone where no headcount is known yet."""
    if "employees" not in told:
        return {"employees_more": more}
    total = max(0, told["employees"] + more)
    return {"employees_now": told["employees"], "employees": total, "office_workers": total}


def with_heads(paid_for: set[int], frame: Frame, inputs: Inputs) -> Inputs:
    """Inputs with the people for whom the costs are paid, where the frame's cap counts once for each of them.

    Args:
        paid_for: For how many people each of the costs is paid, 0 for one that is not paid by heads.
        frame: Where the costs are to be paid from.
        inputs: What is known.
    """
    counted = frame.cap is not None and any(c.per == "workers" for c in frame.cap.cases)
    return inputs.with_(workers=max(paid_for)) if counted and len(paid_for) == 1 and max(paid_for) else inputs


def _is_firms(before: str, after: str) -> bool:
    """Whether the words around a headcount say that it is the firm's."""
    firms = _FIRM_BEFORE.search(before) and not _RAISING.search(before) and not _COUNTED_BEFORE.search(before)
    return bool(firms or _FIRM_AFTER.match(after))


def _of_part(before: str, after: str, known: bool) -> bool:
    """Whether a headcount is of a part of the staff, or denied."""
    part = re.search(r"(辞め|辞めたことに|パート|アルバイト|引き上げ|上げる)[^、。]{0,4}$", before)
    return bool(part and known) or bool(re.match(r"(じゃ|では)な", after))


def _heads(q: Quantity) -> int:
    return q.whole("people") or 0


def _bounded(q: Quantity) -> int:
    value = _heads(q)
    return value + 1 if q.bound == "over" else value - 1 if q.bound == "under" else value


def _parts(text: str, found: tuple[Quantity, ...], functions: dict[str, list[str]]) -> dict[str, Any]:
    """Processes and functions of a tool."""
    out: dict[str, Any] = {}
    for q in found:
        count = q.whole("count") if q.counter in ("プロセス", "機能") else None
        if count is not None:
            out["processes" if q.counter == "プロセス" else "functions"] = count
    counted = re.search(r"機能(?:数)?[はが]?[^。、0-9一二三]{0,10}([一二三1-3１-３])つ", text)
    if counted and "functions" not in out:
        out["functions"] = small_int(counted.group(1))
    named = {n for n, words in functions.items() if any(w in text for w in words)}
    only = any(re.search(re.escape(w) + _ONLY_THIS, text) for n in named for w in functions[n])
    if "functions" not in out and (len(named) > 1 or only):
        out["functions"] = len(named)
    process = re.search(r"プロセス(?:数)?(?:は|が|数は)?([一二三四五六七1-7１-７])つ", text)
    if process:
        out["processes"] = small_int(process.group(1))
    return out


def _becomes(q: Quantity, wages: list[int], text: str) -> bool:
    """Whether an amount is the wage to which the one before it is raised (1,020円の3人を1,090円に上げて)."""
    if not wages:
        return False
    raised = _RAISED_TO.match(text, q.end - 2 if q.bound == "until" else q.end)
    return bool(re.search(r"(から|→|～|〜)$", text[: q.start]) or ((q.whole("yen") or 0) > wages[-1] and raised))


def read_wages(text: str, found: tuple[Quantity, ...], about_wages: bool) -> tuple[dict[str, Any], tuple[Quantity, ...]]:
    """The wage course and the lowest hourly wage of the workplace, and the amounts that say so (they are no costs).

    Where the talk is `about_wages`, any amount of the size of a course or of an hourly wage is one.
    Two hourly wages (1,040円から1,130円に) give the wage before and, as their difference, the course. Of two courses the
    first is `course_now`.
    """
    out: dict[str, Any] = {}
    spent: list[Quantity] = []
    wages: list[int] = []
    told: list[Quantity] = []
    courses: list[int] = []
    for q in found:
        amount = q.whole("yen")
        if amount is None:
            continue
        before, after = text[max(0, q.start - 14) : q.start], text[q.end : q.end + 6]
        raised = amount < _LOWEST and re.match(r"(以上)?(ずつ)?の?(賃?引?き?上げ|アップ)", after)
        bare = about_wages and amount < _LOWEST and not re.match(r"(以上|以下|超|未満)", after)
        if raised or bare or re.match(r"の?(賃上げ)?コース", after):
            courses.append(amount)
            if raised and _WAGE.search(before):
                out["min_wage_raise_yen"] = amount
            spent.append(q)
        elif _LOWEST <= amount <= _HIGHEST and (about_wages or _WAGE.search(before) or _becomes(q, wages, text)):
            wages.append(amount)
            told.append(q)
            spent.append(q)
    if courses:
        out["course_yen"] = courses[-1]
    if len(courses) == 2 and courses[0] != courses[1]:
        out["course_now"] = courses[0]
    if wages:
        out["workplace_wage_yen"] = wages[0]
    return out | _course_reached(text, told, out), tuple(spent)


def _course_reached(text: str, told: list[Quantity], known: dict[str, Any]) -> dict[str, Any]:
    """The course that two hourly wages come to where none is named, or where the one named is out of their reach."""
    wages = [q.whole("yen") or 0 for q in told]
    if len(set(wages)) != 2 or wages[1] <= wages[0]:  # of three it is not told which becomes which
        return {}
    rise = wages[1] - wages[0]
    beyond = known.get("course_yen", 0) > rise and "course_now" not in known and len(told) == 2
    raised = beyond and _FROM_TO.fullmatch(text[told[0].end : told[1].start])
    return {"course_yen": rise} if raised or "course_yen" not in known else {}


def with_members(text: str, frames: Iterable[Frame], inputs: Inputs) -> Inputs:
    """Inputs with the number of firms that a text tells (12店で組んで), where a part of a frame has a cap that counts them."""
    tables = (c.cap for f in frames for c in f.components if c.cap is not None)
    if inputs.get("members") is not None or not any(case.per == "members" for t in tables for case in t.cases):
        return inputs
    firms = {int(n) for n in _FIRMS.findall(unicodedata.normalize("NFKC", text))}
    return inputs.with_(members=firms.pop()) if len(firms) == 1 else inputs
