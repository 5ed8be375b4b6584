"""What to ask, do and mind next: the one question that decides most, steps with their dates, cautions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from assistant.matching.amounts import offer_with
from assistant.matching.candidates import COMING, Candidate
from assistant.matching.dates import short_day, window_text
from assistant.matching.profile import Profile
from assistant.matching.purposes import fold
from assistant.rules.conditions import INPUT_LABELS, Verdict
from assistant.rules.costs import categories_told
from assistant.rules.editions import editions_in, windows_on
from assistant.rules.load import Catalogue
from assistant.rules.schema import Fact
from assistant.rules.usual import UNUSUAL, presumed
from assistant.rules.values import format_yen, moment_of
from assistant.search.passages import fill

MOST_STEPS = 3


def ask_next(c: Candidate, profile: Profile) -> str | None:
    """The one question whose answer decides most: first whether it fits, then the amount, then a better one."""
    if c.fit == "no":
        return None
    open_facts = Counter(n for r in c.reasons if r.weight == "holds_back" for n in r.waits_for)
    if open_facts:
        return f"{_label(open_facts.most_common(1)[0][0], c)}を教えてください。対象になるかどうかが決まります。"
    if not profile.has_project:
        return "何に使う計画か（目的と、経費の区分・内容・金額）を教えてください。合うかどうかと補助金額が決まります。"
    if profile.cost_yen is None:
        return "かかる経費の区分・内容・金額（税抜）を教えてください。補助金額が決まります。"
    if c.offer.waits_for:
        return f"{_label(c.offer.waits_for[0], c)}を教えてください。補助金額が決まります。"
    if any(r.weight == "raises" for r in c.reasons):
        return "賃上げなどの計画を要件の水準まで引き上げられるか教えてください。申請できるかどうかが決まります。"
    return _ask_for_special(c) or _ask_for_promise(c)


def _label(name: str, c: Candidate) -> str:
    """What to ask for; the size of a firm is asked for by what tells it."""
    if name == "size":
        name = next((n for n in ("employees", "industry", "capital_yen") if c.inputs.get(n) is None), name)
    return INPUT_LABELS.get(name, name)


def _ask_for_special(c: Candidate) -> str | None:
    """A question about a special measure that would bring more."""
    if c.undetailed:
        return None
    best: tuple[int, str] | None = None
    used = {s.id for s in c.offer.specials}
    for special, reason in zip(c.frame.specials, [r for r in c.reasons if r.rule == "special"], strict=True):
        if special.id in used or reason.verdict is not Verdict.UNKNOWN or not reason.waits_for or used & set(special.excludes):
            continue
        more = (offer_with(c.frame, c.inputs, c.offer.raw, (*c.offer.specials, special)).low or 0) - (c.offer.low or 0)
        if more > 0 and (best is None or more > best[0]):
            then = f"{special.label}を使えると補助金額が{format_yen(more)}増えます。"
            best = (more, f"{_label(reason.waits_for[0], c)}を教えてください。{then}")
    return best[1] if best else None


def _ask_for_promise(c: Candidate) -> str | None:
    waits = Counter(n for r in c.reasons if r.verdict is Verdict.UNKNOWN and r.rule != "special" for n in r.waits_for)
    waits = Counter({n: k for n, k in waits.items() if n not in UNUSUAL})
    return f"{_label(waits.most_common(1)[0][0], c)}の計画を教えてください。要件を満たすかどうかが決まります。" if waits else None


def steps(c: Candidate, catalogue: Catalogue, today: date) -> list[str]:
    """What to do, with dates where the sources give them."""
    if c.fit == "no":
        return []
    if c.window.state not in COMING:
        return [f"次の公募があるかどうかを{c.programme.office.name}か公式サイトで確かめる"]
    out = [*_dated(c, today), *_preparations(c, catalogue)]
    out += [f"{r.label}を準備する" for r in c.frame.requirements if r.kind == "declaration" and _applies(c, r.id)][:2]
    return out


def _applies(c: Candidate, requirement_id: str) -> bool:
    need = next(r for r in c.frame.requirements if r.id == requirement_id)
    given = c.inputs.with_(specials=tuple(s.id for s in c.offer.specials))
    if c.offer.amount is not None:
        given = given.with_(subsidy_yen=c.offer.amount.subsidy_yen)
    return need.applies_when.check(given) is Verdict.MET


def _dated(c: Candidate, today: date) -> Iterator[str]:
    for event in c.window.round.events:
        if event.kind != "support_plan" or (event.frames and c.frame.id not in event.frames):
            continue
        left = (moment_of(event.on, end_of_day=True).date() - today).days
        if left >= 0:
            yield f"{event.label}は{short_day(event.on, today)}（あと{left}日）。それまでに{c.programme.office.name}へ頼む"


def _preparations(c: Candidate, catalogue: Catalogue) -> list[str]:
    """The preparations that the edition names, those of the word table first."""
    words = [fold(w) for w in catalogue.vocabulary.get("matching", {}).get("first_steps", ())]
    found: list[tuple[int, str]] = []
    for fact in c.edition.facts:
        if fact.kind != "step" or (fact.frames and c.frame.id not in fact.frames):
            continue
        rank = next((i for i, w in enumerate(words) if w in fold(fact.topic)), None)
        if rank is not None and all(rank != r for r, _ in found):
            found.append((rank, _sentence(fact)))
    return [text for _, text in sorted(found)[:MOST_STEPS]]


def _sentence(fact: Fact) -> str:
    return fill(fact.text, fact.figures).split("。")[0] + "。"


def cautions(c: Candidate, profile: Profile, catalogue: Catalogue, today: date) -> list[str]:
    """What to mind: time, what is not paid, paying first, duties, what was taken as given."""
    if c.fit == "no":
        return []
    return [x for x in (*_of_time(c, catalogue, today), *_of_money(c, profile, catalogue), *_of_duties(c), *_of_doubt(c)) if x]


def _of_time(c: Candidate, catalogue: Catalogue, today: date) -> Iterator[str]:
    if c.window.state == "closed":
        coming = _announced(c, catalogue, today) or "次の公募は手元の資料にありません。"
        yield f"{c.window.label}の受付は終わっています（{window_text(c.window, today)}）。{coming}"
    if c.undetailed:
        yield f"{c.window.label}の上限額や補助率は手元の資料にないため、金額は示していません。公募要領で確かめてください。"
    if c.window.state == "unknown":
        note = c.window.round.note
        yield note or "受付の時期は手元の資料では分かりません。事務局か公式サイトで確かめてください。"


def _announced(c: Candidate, catalogue: Catalogue, today: date) -> str | None:
    """What is known of a round of the same series that is announced without dates."""
    windows = windows_on(editions_in(catalogue, c.programme.id, c.edition.series), today)
    later = next((w.round for w in windows if w.state == "unknown" and w.round.note), None)
    return f"{later.label}：{later.note}" if later else None


def _of_money(c: Candidate, profile: Profile, catalogue: Catalogue) -> Iterator[str]:
    left = c.offer.costs.left
    if left:
        names = "、".join(f"「{x.label}」{format_yen(x.yen)}" for x in left[:5])
        yield f"{names}は補助の対象に入れず、全額を自己負担としています。"
    spending = profile.cost_yen
    for fact in catalogue.general.facts:
        if fact.id in catalogue.vocabulary.get("matching", {}).get("always", ()):
            first = f"この計画では、先に{format_yen(spending)}の支払いが要ります。" if spending else ""
            yield f"{_sentence(fact)}{first}"
    if spending and not profile.items:
        yield "経費の内訳が分からないため、全額を対象経費として計算しました。"
        named = categories_told("\n".join((profile.description, *profile.purposes)), c.edition)
        shares = (x for x in c.frame.limits if x.kind == "share_of_subsidy" and named & set(x.categories) and c.offer.exact)
        yield from (fill(x.text, x.figures) for x in shares)


def _of_duties(c: Candidate) -> Iterator[str]:
    duties = [r.label for r in c.frame.requirements if r.repay and _applies(c, r.id)]
    if duties:
        yield f"達成できないと補助金の返還がある要件：{'、'.join(duties)}"
    for special in c.offer.specials:
        yield f"{special.label}：{fill(special.text, special.figures)}"


def _of_doubt(c: Candidate) -> Iterator[str]:
    tables = [c.frame.cap, c.frame.rate, *([c.frame.floor] if c.offer.amount and c.offer.amount.floor_yen else [])]
    yield from dict.fromkeys(t.doubt for t in tables if t is not None and t.doubt)
    assumed = presumed(c.frame, c.inputs)
    if assumed:
        yield f"{'、'.join(INPUT_LABELS[n] for n in assumed)}は、当てはまらない（初めての申請など）ものとして計算しました。"
