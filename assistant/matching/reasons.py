"""Why a frame fits or not: every requirement judged in three values, the project's aim, its costs, its special measures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from assistant.matching.amounts import Offer
from assistant.matching.costs import Sorted
from assistant.matching.inputs import COMMITMENTS, check_with_raise
from assistant.matching.profile import Profile
from assistant.matching.purposes import PurposeMatch, fold
from assistant.rules.conditions import INPUT_LABELS, Condition, Inputs, Verdict
from assistant.rules.labels import INDUSTRY_WORDS, SIZE_WORDS
from assistant.rules.schema import Edition, Frame, Programme, Requirement, SourceRef
from assistant.rules.usual import UNUSUAL, usual
from assistant.rules.values import format_yen
from assistant.search.passages import fill

Weight = Literal["shuts_out", "holds_back", "raises", "light"]
"""What a reason means for the fit: no, check, check because a promise is too low, nothing."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for or against: what rule, the verdict, in words, and what the fit makes of it."""

    rule: str
    verdict: Verdict
    text: str
    source: SourceRef | None
    weight: Weight = "light"
    waits_for: tuple[str, ...] = ()


def frame_reasons(
    profile: Profile, edition: Edition, programme: Programme, frame: Frame, inputs: Inputs, match: PurposeMatch, offered: Offer
) -> tuple[Reason, ...]:
    """All reasons for or against a frame, in the order in which people ask: the firm, the project, the money."""
    given = inputs.with_(specials=tuple(s.id for s in offered.specials))
    if offered.amount is not None:
        given = given.with_(subsidy_yen=offered.amount.subsidy_yen)
    out = [_requirement(r, given, profile) for r in frame.requirements if r.applies_when.check(usual(given)) is Verdict.MET]
    out += _place(programme, frame, given)
    out += [r for r in (_aim(match, profile, frame, programme), *_exclusions(profile, frame)) if r is not None]
    out += _costs(offered.costs, edition, frame, profile)
    out += _money(offered, frame)
    out += _specials(frame, given, offered)
    return tuple(out)


def as_demanded(match: PurposeMatch, frame: Frame, profile: Profile) -> PurposeMatch:
    """The match of the aims for a scheme that pays for a named thing: met also where all that it demands of a plan is told."""
    needs = [r for r in frame.requirements if r.kind == "plan" and r.decisive and r.test is None and r.told_by]
    met = needs and all(_untested(r, "", profile).verdict is Verdict.MET for r in needs)
    return replace(match, verdict=Verdict.MET, labels=tuple(r.label for r in needs)) if met and match.verdict is not Verdict.MET else match


def _requirement(need: Requirement, inputs: Inputs, profile: Profile) -> Reason:
    text = fill(need.text, need.figures)
    if need.test is None:
        return _untested(need, text, profile)
    verdict = check_with_raise(need.test, inputs)
    waits = need.test.missing(inputs) if verdict is Verdict.UNKNOWN else ()
    shown = f"{_told(need.test, inputs)}{text}"
    if not need.decisive or verdict is Verdict.MET:
        return Reason(need.kind, verdict, shown, need.source)
    if verdict is Verdict.UNKNOWN:
        presumed = check_with_raise(need.test, usual(inputs)) is Verdict.MET
        held = not presumed and not set(waits) <= COMMITMENTS | set(UNUSUAL)
        return Reason(need.kind, verdict, shown, need.source, "holds_back" if held else "light", waits)
    return Reason(need.kind, verdict, shown, need.source, "raises" if _is_promise(need.test, inputs) else "shuts_out")


def _place(programme: Programme, frame: Frame, inputs: Inputs) -> Iterator[Reason]:
    """Local schemes are for firms of the area, also where no requirement of the frame says so in so many words."""
    if programme.area is None or any(r.test and {"prefecture", "city"} & set(r.test.names) for r in frame.requirements):
        return
    name = "prefecture" if programme.area.endswith(("都", "道", "府", "県")) else "city"
    told, text = inputs.get(name), f"{programme.area}の制度です。"
    if told is None:
        yield Reason("place", Verdict.UNKNOWN, text, programme.summary_source, "holds_back", (name,))
    elif str(told) == programme.area:
        yield Reason("place", Verdict.MET, f"【{told}】{text}", programme.summary_source)
    else:
        yield Reason("place", Verdict.NOT_MET, f"【{told}】{text}区域の外の会社は対象外です。", programme.summary_source, "shuts_out")


def _untested(need: Requirement, text: str, profile: Profile) -> Reason:
    """A requirement without a test: told by a word of the description, else open; open facts hold a fit back."""
    if not need.told_by:
        return Reason(need.kind, Verdict.UNKNOWN, text, need.source)
    told = fold("\n".join((profile.text, *profile.purposes, profile.industry_detail or "")))
    if any(fold(w) in told for w in need.told_by):
        late = _too_late(need, profile)
        if late is not None:
            return Reason(need.kind, Verdict.NOT_MET, f"計画では「{late}」です。{text}", need.source, "shuts_out")
        return Reason(need.kind, Verdict.MET, text, need.source)
    weight: Weight = "holds_back" if need.decisive else "light"
    return Reason(need.kind, Verdict.UNKNOWN, text, need.source, weight, (f"「{need.label}」に当たるか",))


def _too_late(need: Requirement, profile: Profile) -> str | None:
    """A time in years, told beside what the requirement is about, that is beyond its bound (10年後 for 5年以内)."""
    within = [v.years for v in need.figures.values() if v.years is not None and v.bound in ("within", "max")]
    if not within:
        return None
    words = tuple(fold(w) for w in need.told_by)
    for sentence in re.split(r"[。\n]", fold(profile.text).replace("、", "")):
        later = re.search(r"([0-9]{1,2})年(?:くらい|ほど)?(?:後|先|以上先|を目途|をめど|を目処)", sentence)
        if later and int(later.group(1)) > max(within) and any(w in sentence for w in words):
            return later.group()
    return None


def _is_promise(condition: Condition, inputs: Inputs) -> bool:
    """Whether a failed condition fails by promises alone, so that a higher one would pass."""
    freed = Inputs({k: v for k, v in inputs.known.items() if k not in COMMITMENTS})
    return condition.check(freed) is not Verdict.NOT_MET


def _told(condition: Condition, inputs: Inputs) -> str:
    """What was told of the inputs that a condition looks at, as a lead: 「従業員18人、宿泊業・娯楽業。」."""
    names = set(condition.names)
    if "min_wage_margin_yen" in names and inputs.get("min_wage_margin_yen") is None:
        names.add("min_wage_raise_yen")
    parts = [_word(n, inputs.get(n)) for n in INPUT_LABELS if n in names and inputs.get(n) is not None]
    return f"【{'、'.join(p for p in parts if p)}】" if any(parts) else ""


def _word(name: str, value: object) -> str:
    if name == "employees":
        return f"従業員{value}人"
    if name == "industry":
        return INDUSTRY_WORDS.get(str(value), str(value))
    if name == "size":
        return SIZE_WORDS.get(str(value), str(value))
    if name == "founded_months":
        months = int(Fraction(str(value)))
        return f"創業から{months // 12}年{months % 12}か月" if months >= 12 else f"創業から{months}か月"
    if name.endswith("_pct"):
        return f"{INPUT_LABELS[name]} {value}%"
    if name.endswith("_yen"):
        return f"{INPUT_LABELS[name]} {format_yen(int(str(value)))}"
    if isinstance(value, bool):
        return f"{INPUT_LABELS[name]}：{'はい' if value else 'いいえ'}"
    return str(value) if name in ("prefecture", "city") else ""


def _aim(match: PurposeMatch, profile: Profile, frame: Frame, programme: Programme) -> Reason:
    served = "・".join((frame.purposes or programme.purposes)[:5])
    source = programme.summary_source
    if match.verdict is Verdict.MET:
        text = f"計画の目的（{'・'.join(match.labels)}）は、{frame.label}が支える取組に合います。"
        return Reason("purpose", Verdict.MET, text, source)
    if match.verdict is Verdict.UNKNOWN:
        told = f"計画のうち合うのは{'・'.join(match.labels)}だけです。" if match.labels else "計画の目的が読み取れません。"
        return Reason("purpose", Verdict.UNKNOWN, f"{told}{frame.label}は{served}などの取組が対象です。", source, "holds_back")
    aims = "・".join(profile.purposes[:4]) or "ご計画の内容"
    text = f"{aims}は、{frame.label}が支える取組（{served}など）に当たりません。対象外です。"
    return Reason("purpose", Verdict.NOT_MET, text, source, "shuts_out")


def _exclusions(profile: Profile, frame: Frame) -> Iterator[Reason]:
    told = fold(profile.text + "\n" + "\n".join(profile.purposes))
    for bad in frame.exclusions:
        hit = next((n for n in bad.names if fold(n) in told), None)
        if hit is not None:
            text = f"計画に「{hit}」があります。{bad.text}" + (f"（{bad.doubt}）" if bad.doubt else "")
            yield Reason("exclusion", Verdict.NOT_MET, text, bad.source, "shuts_out")


def _costs(costs: Sorted, edition: Edition, frame: Frame, profile: Profile) -> Iterator[Reason]:
    for left in costs.left:
        text = f"「{left.label}」{format_yen(left.yen)}は補助の対象に入れていません。{left.why}"
        yield Reason("cost", Verdict.NOT_MET, text, left.source)
    needed = [c for c in edition.categories if c.required and (not frame.categories or c.id in frame.categories)]
    for category in needed:
        if costs.by_category.get(category.id):
            yield Reason("cost", Verdict.MET, f"必須の「{category.label}」が経費にあります。", category.source)
        elif profile.items and not costs.unclear:
            text = f"必須の「{category.label}」が経費にありません。{fill(category.text, category.figures)}"
            yield Reason("cost", Verdict.NOT_MET, text, category.source, "shuts_out")
    if costs.open_limit is not None:
        text = f"経費の内訳が分かりません。{fill(costs.open_limit.text, costs.open_limit.figures)}"
        yield Reason("cost", Verdict.UNKNOWN, text, costs.open_limit.source, "holds_back", ("経費の内訳",))
    if profile.items and not costs.eligible_yen:
        yield Reason("cost", Verdict.NOT_MET, "補助の対象になる経費が見当たりません。", _first_source(edition), "shuts_out")
    if frame.listed_only and not profile.items and not costs.listed:
        text = "対象製品の一覧にある製品を導入する計画かどうか分かりません。"
        yield Reason("cost", Verdict.UNKNOWN, text, _first_source(edition), "holds_back", ("導入する製品の名前",))
    if costs.unclear:
        names = "、".join(f"「{n}」" for n in costs.unclear[:4])
        text = f"{names}がどの経費区分に入るかは、公募要領で確かめてください。"
        mostly = costs.known_yen * 2 < sum(i.yen for i, _ in costs.items)
        waits = ("経費の区分",) if mostly else ()
        yield Reason("cost", Verdict.UNKNOWN, text, _first_source(edition), "holds_back" if mostly else "light", waits)


def _money(offered: Offer, frame: Frame) -> Iterator[Reason]:
    shut = offered.costs.blocked
    if shut is not None:
        yield Reason("cost", Verdict.NOT_MET, fill(shut.text, shut.figures), shut.source, "shuts_out")
    elif offered.amount is not None and offered.amount.blocked:
        source = frame.floor.source if frame.floor else None
        yield Reason("floor", Verdict.NOT_MET, f"{offered.amount.blocked}。", source, "shuts_out")


def _specials(frame: Frame, inputs: Inputs, offered: Offer) -> Iterator[Reason]:
    used = {s.id for s in offered.specials}
    for special in frame.specials:
        text = fill(special.text, special.figures)
        if special.id in used:
            lead = f"{special.label}を使う前提で計算しました。{_told(special.requires, inputs)}"
            yield Reason("special", Verdict.MET, f"{lead}{text}", special.source)
            continue
        verdict = check_with_raise(special.requires, usual(inputs)) if special.requires.names else Verdict.UNKNOWN
        waits = special.requires.missing(usual(inputs)) if verdict is Verdict.UNKNOWN else ()
        lead = {
            Verdict.MET: f"{special.label}の条件を満たす計画ですが、補助金額が増えないので使っていません。",
            Verdict.NOT_MET: f"{special.label}は使えません。",
            Verdict.UNKNOWN: f"{special.label}を使えるかどうかは分かりません。",
        }[verdict]  # fmt: skip
        yield Reason("special", verdict, f"{lead}{_told(special.requires, inputs)}{text}", special.source, "light", waits)


def _first_source(edition: Edition) -> SourceRef | None:
    """What to point to for the costs as a whole."""
    items = (*edition.categories, *edition.costs, *edition.facts)
    return items[0].source if items else None
