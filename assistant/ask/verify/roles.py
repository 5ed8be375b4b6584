"""Roles of figures (cap, rate, closing …): the words that name them, whatever the programme."""

from __future__ import annotations

import re

from assistant.ask.verify.records import Context

_CUES: dict[str, str] = {
    "plan": "支援計画書|様式4|計画書の発行",
    "end": "実施期限|終了予定日|事業終了|事業の終了|完了期限|事業期間|実施期間|事業完了|事業の完了",
    "floor": "下限|最低額|最低補助|最小額|最少額|申請できる最低",
    "rate": "補助率|助成率|補助割合|補助の割合|負担割合|(?<![一-龥])率(?=[はも:])",
    "add": "上乗せ|加算|増額|(?<!に)引き上げられ|プラス",
    "cap": "上限|限度|最大|最高|満額|まで補助|天井|頭打ち|頭を打",
    "result": "採択発表|採択結果|結果発表|採択日|採択の日|採択は|採択予定|採択[がの]?[^。、]{0,4}発表",
    "grant": "交付決定",
    "report": "実績報告",
    "opens": "受付開始|申請開始|開始日|募集開始|受付が始|から受付|受け付けを開始|始ま|(?<!公募)開始",
    "published": "公開|公表",
    "closes": "最終受付|受付最終|締切|締め切|〆切|必着|最終日|申請期限|期限|受付終了|に終了し|で終了し|[にで]終わ",
}  # fmt: skip
_CUE = re.compile("|".join(f"(?P<{role}>{words})" for role, words in _CUES.items()))
_SIZES = {
    "small": re.compile(r"小規模(?:事業者|企業)|小規模"),
    "medium": re.compile(r"中小企業(?!新事業|省力化|成長|投資|生産)"),
    "large": re.compile(r"大企業|(?<!小)規模の大きい"),
    "upper": re.compile(r"中堅企業"),
}
_MET = re.compile(
    r"(?:上限|限度|満額|天井)額?(?:いっぱい)?(?:の?約?[\d,]+[億万千]*円)?(?:に|を|まで)(?:引|ひっ?か|当|届|達|か|ぶつ|触|収|超|越|上回|使い切|受け|もら|得)"
)
_UP_TO = re.compile(r"(?:上限|限度|満額|天井)額?(?:まで|には|に)(?:は|あと)?$")
"""What stands before how far an amount is from a limit (上限まで20万円余る)."""
_OF_NEXT = re.compile(rf"(?:{'|'.join(_CUES.values())})(?:額|日)?[はがのをも:]?\s?(?:最大|最高|約)?$")
_OF_COST = re.compile(r"(?:経費|費用|投資額?|事業費|代金|見積額?|売上高?)(?:の合計|総額|額)?[はがもで]\s?(?:約|およそ|税抜|税込)*$")
_ADDED = re.compile(r"\s?(?:が|を|だけ|ずつ)?\s?(?:上乗せ|加算|増額|プラス|増え|足さ|加わ|積み増|積み上)")
_ADDED_UP = re.compile(
    r"(?:上乗せ|加算|プラス|足|加わ|加え|積み増)[^。、\d]{0,4}(?:て|ると|れば|り)、?(?:合計で?|合わせて|最大|計)?$|(?:両方|併用)[^。、\d]{0,6}$"
)
_OF_FIRM = re.compile(r"に[^。、\d]{0,8}(?:開業|創業|設立|開店|独立|法人化|代替わり|入社)")
_SHARE_OF = re.compile(r"(?:経費|費用|代金|[一-龥]{2}費|料)の$")
_SHORT = re.compile(r"に(?:届か|満た|達し)な")
_OF_KIND = {
    "cap": "cap", "floor": "floor", "rate": "rate", "special_add": "add", "opens": "opens", "closes": "closes",
    "support_plan": "plan", "result": "result", "published": "published", "guideline": "published", "grant": "grant",
    "project_end": "end", "report": "report",
}  # fmt: skip
_DATED = frozenset({"plan", "end", "result", "grant", "report", "opens", "published", "closes"})
_BOUNDS = frozenset({"cap", "floor", "add"})
_SUBJECT = re.compile(r"[一-龥ァ-ヴー]{2}(?:は|が)")
_PREDICATE = re.compile(r"\s?(?:に|から|まで|より|で)")
_COMPATIBLE = frozenset({
    frozenset({"cap", "add"}), frozenset({"closes", "plan"}), frozenset({"closes", "end"}), frozenset({"opens", "published"}),
    frozenset({"closes", "report"}),
})  # fmt: skip


def sizes_in(text: str) -> frozenset[str]:
    """The classes of firms that a text names."""
    return frozenset(group for group, words in _SIZES.items() if words.search(text))


def without_met(text: str) -> str:
    """A text without the limits that an amount only meets (上限に引っかかる, 上限350万円に届く): they name no role of it."""
    return _MET.sub(" ", text)


def own_words(right: str) -> str:
    """What follows a number without the cue at its end that names the role of the next number (投じると上限の, 5億円)."""
    return _OF_NEXT.sub("", right)


def is_cost(left: str) -> bool:
    """Whether an amount is told as a cost, whatever roles stand elsewhere (上限まで使い切る経費は)."""
    return _OF_COST.search(left) is not None


def role_of_kind(kind: str) -> str | None:
    """The role of a kind of catalogue figure; None where its own words tell it."""
    return _OF_KIND.get(kind)


def role_in(text: str, family: str) -> str | None:
    """The role that the last cue of a text names, of those that a family of units can play."""
    fitting = [m.lastgroup for m in _CUE.finditer(text) if _plays(m.lastgroup, family)]
    if not fitting:
        return None
    if "plan" in fitting and fitting[-1] == "closes":
        return "plan"
    return fitting[-1]


def role_around(number: str, left: str, right: str, before: str, family: str) -> str | None:
    """The role of a number: told in its own words (が上限), else by its clause, what follows, and what came before."""
    own = "cap" if family not in ("date", "share") and ("上限" in number or "限度" in number) else None
    if family == "yen" and _ADDED.match(right):
        return "add"
    if family == "yen" and _ADDED_UP.search(left):
        return "cap"  # 50万円上乗せされて100万円まで
    if family == "date" and _PREDICATE.match(right):  # 4月3日に締め切られ: what precedes is the predicate of another day
        own = first_role_in(_first_clause(right), family)
    if family == "yen" and _SHORT.match(right) and role_in(left, family) is None:
        return "floor"
    near = own or role_in(left, family) or first_role_in(right, family)
    if near is None and family == "share" and _SHARE_OF.search(left):
        return "rate"
    if near is None and family == "date" and (_SUBJECT.search(left) or _OF_FIRM.match(right)):
        return None  # プレゼン審査が10月中旬: a subject of its own, whatever was told before
    return near or (role_in(before, family) if family in ("yen", "share", "date") else None)


def is_limit(context: Context) -> bool:
    """Whether the words right beside an amount tell it as a limit of a programme."""
    left = _UP_TO.sub(" ", without_met(context.left))
    return role_around(context.quantity.text, left, own_words(without_met(context.right)), "", "yen") in ("cap", "floor")


def _first_clause(text: str) -> str:
    return re.split(r"[、。,]", text, maxsplit=1)[0][:16]


def _plays(role: str | None, family: str) -> bool:
    """Whether a family of units can play a role: days open and close, shares are rates, the rest are caps and floors."""
    if family == "date":
        return role in _DATED
    if family == "share":
        return role == "rate"
    return role in _BOUNDS


def first_role_in(text: str, family: str) -> str | None:
    """The role that the first cue of a text names."""
    return next((m.lastgroup for m in _CUE.finditer(text) if _plays(m.lastgroup, family)), None)


def agreement(told: str | None, known: str | None) -> float:
    """How well the role of a number and of a figure agree: 1 same, 0 not told, -1 contrary."""
    if told is None or known is None:
        return 0.0
    if told == known:
        return 1.0
    return 0.0 if frozenset({told, known}) in _COMPATIBLE else -1.0
