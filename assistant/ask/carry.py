"""What a turn of a conversation takes from the turns before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.ask.money_told import Item
from assistant.ask.names import Target
from assistant.ask.own_question import of_its_own
from assistant.ask.paid_times import for_each
from assistant.ask.query import Query
from assistant.ask.slots import with_head_pay
from assistant.ask.split import OF_ITS_OWN
from assistant.ask.staff import with_more
from assistant.ask.wording import HOW_MUCH_MORE

FIRM_FACTS = (
    "employees", "industry", "industry_word", "trade", "trade_word", "size", "is_corporation", "deficit", "invoice_registered",
    "was_tax_exempt", "sales_yen", "planned_sales_yen", "capital_yen", "revival", "is_deemed_large", "has_100oku_declaration",
)  # fmt: skip
OF_STAFF = ("employees", "office_workers")
OF_ONE_TURN = ("employees_now", "employees_more", "workers_now", "course_now")
PLAIN = frozenset({"cap", "rate", "floor", "amount", "own_funds", "deadline", "opens", "result", "support_plan"})
"""What is asked of tables and dates: the programme talked about is enough."""
DATES = frozenset({"deadline", "opens", "result", "support_plan", "grant", "project_end"})
OF_A_KIND = frozenset({"document", "step", "review", "bonus", "penalty", "contact", "form", "repayment", "case", "target"})
"""What passages of one kind answer: the words of the turn before would draw others."""
LEANING_CHARS, SHORT_CHARS = 40, 12
"""A turn of at most this length that names nothing is read with the words of the turn before it: if it asks nothing, in any case."""
_BOTH = re.compile(
    r"(さっき|先ほど|先程|今まで|いままで|これまで|前|上|今|その|この|それら|これら)[^。、]{0,6}(2つ|２つ|二つ|ふたつ|両方|両者|二者|どっちも)"
    r"|^\s*(2つ|２つ|二つ|ふたつ|両方|両者|二者)(の|を|で|は|って)?(表|一覧|並べ)?[にでて]?(違|差|比べ|比較|どう違|どこが違)"
    r"|^\s*(その|この)?(補助率|率|上限額?|補助額|下限額?)の(差|違い)"
    r"|^\s*(どっち|どちら|どれ)(の(ほう|方))?[がは](一番)?(得|多|高|有利|お得|いい|良い)"
)
_ADDS = re.compile(
    r"(もう|あと)[^。、]{0,10}増や|足(す|し|せ)|追加|加え|上乗せ|さらに|プラス|合わせ|あわせて|合計|全部で|両方で"
    r"|円も([。、！!？?\s]|$|かか|要|入れ|入る|買|使|払)"
)
_CHANGES = re.compile(r"増や|減ら|下げ|上げ|変え|変更|訂正|修正|直し|にする|にした|なら|だったら|場合|案")
_NO_MORE = (
    r"(代|費|費用|の分)?(は|を|が|も)?、?(全部|やっぱり?|もう)?(やめ|なし|無し|いら(ない|ん)|要ら|外(し|す|さ|れ)|抜(い|き|く)|除(い|き|く|け)|カット|見送|取り?(やめ|止め)|中止|買わ(ない|ん|へん))"
)
"""What follows a thing that is not paid for after all."""
_HEADS = (
    (
        re.compile(r"(?:じゃあ|では|ほな|やっぱり?|もし|仮に|それが?|を|全部で|合計で?|、)*"),
        re.compile(r"(分|です|や|だ|で|と|に|なら|ったら|いくら|、)*[。？?！!\s]*$"),
    ),
    (re.compile(r"[^0-9０-９。]{0,16}"), re.compile(r"(分を?|に|が|とも|全員|、)*[^、。]{0,6}(受け|取|とら|とる|参加|通わ|行か|学)")),
)
"""What stands before and behind a headcount of those for whom the price a head was told before: nothing, or that they take the course."""
_ALSO_PAID = re.compile(r"[^と]も(、|約|税込み?|税抜き?)?$")
"""What stands before the amount of a thing that is paid for beside those told before (廃業費も200万)."""
_WHOLE = re.compile(r"[にと]な(る|り|っ)|(円)?(に|まで)(増や|上げ)")
"""What makes an amount the sum after a change, not what is added."""
_IN_ALL = re.compile(r"^(?!.*(もう|あと|足|追加|加え|上乗せ|さらに|プラス)).*(合計|総額|全部で)[はで]?$")
ENDS_OPEN = re.compile(
    r"(たら|なら|だと|やと|の?(場合|とき|時)は?|とすると|としたら|に(したら|すると|すれば))、?(どう(な(る|ります)|です|や)[^。？?]{0,4})?([？?。]|\s*$)"
)
"""What ends a text that names a case and leaves the question to what was asked before it."""
_DAYS_LEFT = re.compile(
    r"^[^。、]{0,6}(あと|残り|今日から)[^。、]{0,4}(何|なん)日[^。、]{0,8}[。？?]?\s*$|^(で|じゃあ|ほな|、)*(それ|その)の?(期限|締め?切り?|日)"
)
"""A turn that asks for the days that are left of what the turn before is about, or for its day."""
_AFTER_ALL = re.compile(
    r"^(もし|もしも|仮に|じゃあ|ほな|では|それを|それ|逆に|、)*(やる|する|使う|付ける|つける|やった|使った|した)(と|な|場合|ら|方|ほう)"
)
"""A turn that supposes that what was just denied is done after all (もしやるとしたら)."""
_SO_MANY = re.compile(r"[0-9０-９一二三四五六七八九十](つ|台|個|件|回|か所|設備)([なだやので][^、。]{0,4})?、?(いくら|なんぼ)")
"""A number of things, and nothing of what they are, in a turn that asks for money."""
_ASKED = frozenset({"money_words", "cost_needed"})
ONLY_THINGS = frozenset({"cost", "price", "size", "change", "compare", "special", "eligibility"})
"""Attributes whose words only say what is told (利用料, 経費, 小規模事業者だったら)."""
_NEXT_ONE = re.compile(r"(で|じゃあ?|では|ほな|、)*(その)?次(の?(回|公募|募集))?(は|って)?(いつ(ですか|や)?)?[？?。]*")
"""A turn that asks for the round after the one talked about."""
_AMONG = re.compile(
    r"^[^。、]{0,4}(その|この|それらの?|これらの?|今の|いまの)(中|なか|うち|内)(で|に|の|から|だ|、)[^。？?]*(どれ|何|なに|もの|やつ)"
)
"""A turn that picks from what the turn before asked for (その中で…のはどれ): its other words say which."""
_OF_SEVERAL = frozenset({"compare", "change", "definition"})
"""What sets several things beside each other, or asks what they are; an amount is not asked so."""
_LISTS = frozenset({"cost", "usage", "document", "requirement", "bonus", "review", "special", "target"})
"""What is answered by a list."""
_NOUN = re.compile(r"[一-龥]{2,}|[ァ-ヶー]{2,}")
_LEANS = re.compile(r"^[①-⑥\s]*(それ(?!と|から)|その|これ|この|そこ|じゃあ|なら|(だめ|ダメ|駄目|無理|できない)なら|別の|他の|ほかの)")
_ALSO = re.compile(r"(ほう|方)も|^(?!それと|それから|あと|また|ついでに).*も(教え|知りた|お願い|聞き)")
"""What asks the same of something else (お父さんのほうも)."""



def is_vague(alone: Query, turns: Sequence[Query]) -> bool:
    """Whether a turn only asks how much, and no turn before it named a programme, a frame or a cost.

    Args:
        alone: The turn by itself.
        turns: The turns before it as they were understood.
    """
    asks_money = alone.has_word("money_words") or alone.has("amount", "own_funds")
    said = (alone, *turns)
    placed = any(t.named_programmes or t.areas or t.rounds or any(x.kind != "component" for x in t.targets) for t in said)
    only_money = set(alone.attributes) <= {"amount", "own_funds"} and not alone.slots.quantities
    return bool(turns) and asks_money and only_money and not placed and not any(t.slots.items for t in said)


def referred(text: str, turns: Sequence[Query]) -> tuple[Query, ...]:
    """The two earlier turns that a text points at in so many words (さっきの2つ), oldest first.

    Args:
        text: What the current turn says.
        turns: The turns before it as they were understood, oldest first.
    """
    about: list[Query] = []
    for turn in turns:
        if turn.programmes and (not about or _subject(turn) != _subject(about[-1])):
            about.append(turn)
    return tuple(about[-2:]) if _BOTH.search(text) and len(about) >= 2 else ()


def _subject(turn: Query) -> tuple[frozenset[str], frozenset[object]]:
    """What a turn is about: its programmes and the frames and series of them."""
    return frozenset(turn.programmes), frozenset(t for t in turn.targets if t.kind in ("frame", "series"))


def pointed(current: Query, turns: tuple[Query, ...], last: Query) -> Query:
    """The current turn about the programmes of the turns that it points at; what they asked, if it only compares.

    Args:
        current: The turn by itself.
        turns: The turns that it points at, oldest first.
        last: The turn before it, with all that was told of the firm.
    """
    programmes = tuple(dict.fromkeys(p for t in turns for p in t.programmes))
    targets = tuple(dict.fromkeys(x for t in turns for x in t.targets))
    asked = tuple(dict.fromkeys(a for t in turns for a in t.attributes if a not in ("definition", "what")))
    bare = set(current.attributes) <= {"compare", "change", "combine"}
    attributes = tuple(dict.fromkeys((*(asked or ("cap", "rate")), "compare"))) if bare else current.attributes
    if not current.slots.items:
        told = {*(t.slots.items for t in (*turns, last) if t.slots.items)}
        items = told.pop() if len(told) == 1 else ()  # else each has its own
        current = replace(current, slots=replace(current.slots, inputs={**last.slots.inputs, **current.slots.inputs}, items=items))
    return replace(current, programmes=programmes, named_programmes=programmes, targets=targets, attributes=attributes, carried=True)


def own_part(query: Query, alone: Query) -> Query:
    """A later question of a text: what it asks is its own; costs told before count only where it asks for money."""
    about_money = alone.slots.items or alone.has_word("money_words") or alone.has("amount", "own_funds") or HOW_MUCH_MORE.search(alone.text)
    slots = query.slots if about_money else replace(query.slots, items=(), claimed=())
    leans = alone.named_programmes or alone.confirm or alone.slots.quantities or _LEANS.search(alone.text) or _ALSO.search(alone.text)
    own = not leans and len(re.sub(r"[\s。、？?！!①-⑥]", "", alone.text)) >= OF_ITS_OWN
    attributes = alone.attributes or (() if own else query.attributes)
    return replace(query, attributes=attributes, slots=slots, leans_on="" if own else query.leans_on)


def _costs(previous: Query, current: Query) -> tuple[Item, ...]:
    """The costs that hold now: those told now, beside those told before if they are added, in their place if they change."""
    old, new = previous.slots.items, current.slots.items
    heads = {o.times for o in old if o.every == "people"}
    if len(heads) == 1:  # as many as before, where a price a head tells no other number
        each = [not i.every and for_each(current.text, i.start, i.end) for i in new]
        n = max(heads)
        new = tuple(replace(i, yen=i.yen * n, times=n, every="people") if e else i for i, e in zip(new, each, strict=True))
    if not new and (n := _heads_now(current)):
        each = [o.every == "people" or (o.times == 1 and for_each(_told_in(previous, o), o.start, o.end)) for o in old]
        return tuple(replace(o, yen=o.yen // o.times * n, times=n, every="people") if e else o for o, e in zip(old, each, strict=True))
    kept = tuple(o for o in old if not _left_out(o.label, current.text))
    if len(old) > 1 and len(kept) < len(old):
        return (*(k for k in kept if not any(_same_thing(k.label, n.label) for n in new)), *new)
    if not old or not new:
        return new or old
    in_all = len(new) == 1 and bool(_IN_ALL.search(current.text[: new[0].start]))
    told_whole = in_all or any(_WHOLE.match(current.text, i.end) for i in new)
    beside = all(_ALSO_PAID.search(current.text[: n.start]) and not any(_same_thing(n.label, o.label) for o in old) for n in new)
    if (beside or _ADDS.search(current.text)) and not told_whole:
        return (*old, *new)
    places = [next((k for k, o in enumerate(old) if _same_thing(o.label, n.label)), None) for n in new]
    if len(old) > 1 and _CHANGES.search(current.text) and all(p is not None for p in places):
        changed = dict(zip(places, new, strict=True))
        return tuple(replace(changed[k], label=o.label) if k in changed else o for k, o in enumerate(old))
    return new


def _heads_now(current: Query) -> int:
    """For how many people a turn says that a price a head told before is paid; 0 if it says no such thing."""
    people = [q for q in current.slots.quantities if q.unit == "people" and isinstance(q.value, int)]
    if len(people) != 1:
        return 0
    q, text = people[0], current.text
    return int(str(q.value)) if any(b.fullmatch(text[: q.start]) and a.match(text, q.end) for b, a in _HEADS) else 0


def _told_in(turn: Query, item: Item) -> str:
    """What the turn says that told a cost which holds since."""
    while turn.before is not None and item in turn.before.slots.items:
        turn = turn.before
    return turn.text


def _left_out(label: str, text: str) -> bool:
    """Whether a text says that the thing of a cost told before is left out (チラシはやめる)."""
    return any(re.search(re.escape(n) + _NO_MORE, text) for n in _NOUN.findall(label))


def _same_thing(one: str, two: str) -> bool:
    return bool(set(_NOUN.findall(one)) & set(_NOUN.findall(two)))


def _about(previous: Query, current: Query) -> tuple[tuple[str, ...], tuple[Target, ...]]:
    """The programmes that a turn is about and what it names of them: its own, unless it only fits those talked about before."""
    programmes, targets = current.programmes or previous.programmes, current.targets
    if current.named_programmes or not previous.programmes:
        return programmes, targets
    wanted = tuple(p for p in current.programmes if p in previous.programmes)
    if not wanted and targets and all(t.kind == "component" for t in targets):
        return previous.programmes, ()  # a cost that another programme pays for names no programme
    programmes = wanted or programmes
    targets = tuple(t for t in targets if t.programme in programmes) or targets
    frames, told = ({t for t in x if t.kind == "frame"} for x in (targets, previous.targets))
    group = any(frames <= set(m.targets) for m in current.mentions)
    if group and told and told < frames and set(current.attributes) & PLAIN and not current.has("compare"):
        targets = tuple(t for t in targets if t not in frames - told)  # the name of all, where the one of the firm is known
    return programmes, targets


def _specials(previous: Query, current: Query) -> tuple[str, ...]:
    """The special measures that hold now: those told now or before, without those that this turn denies, by name or all.

    What the turn before denied holds where this one only supposes that it is done after all.
    """
    before, now = (set(t.slots.inputs.get("specials", ())) for t in (previous, current))
    before |= previous.specials_denied if _AFTER_ALL.search(current.text) else set()
    all_denied = current.specials_off and not current.specials_denied
    return tuple(sorted(now if all_denied else now | (before - current.specials_denied)))


def _of_the_series(previous: Query, current: Query) -> Query:
    """The current turn with what it asks where it picks from what the turn before listed, tells a firm, or goes on to the next round."""
    if _NEXT_ONE.fullmatch(current.text.strip()) and set(previous.attributes) & DATES:
        return replace(current, attributes=("opens",))
    compared = previous.has("compare") and set(previous.attributes) <= _OF_SEVERAL
    if compared and "employees" in current.slots.inputs and not (current.attributes or current.mentions or current.slots.items):
        return replace(current, attributes=("cap", "rate", "compare"))  # what sets them apart for the firm that is told
    listed = tuple(a for a in previous.attributes if a in _LISTS) if _AMONG.search(current.text) else ()
    return replace(current, attributes=listed) if listed else current


def _still_named(previous: Query, current: Query, targets: Sequence[Target]) -> tuple[Target, ...]:
    """What the turn before named that still holds: no frame beside a new one, no measure where this turn asks something of its own."""
    framed = any(t.kind in ("series", "frame") for t in targets) and not current.has("compare")
    own = of_its_own(current)
    return tuple(t for t in previous.targets if not (own if t.kind == "special" else framed))


def carry(previous: Query, current: Query) -> Query:
    """The current turn with the programme, inputs and, where it asks nothing of its own, the attributes of the turn before."""
    current = _of_the_series(previous, current)
    programmes, targets = _about(previous, current)
    own = of_its_own(current)
    places = tuple(t for t in _still_named(previous, current, targets) if t.programme in programmes)
    before = {k: v for k, v in previous.slots.inputs.items() if k not in OF_ONE_TURN}
    inputs = {**before, **current.slots.inputs}
    if inputs.get("employees_more") is not None:
        inputs |= with_more(before, inputs["employees_more"])
    used = _specials(previous, current)
    inputs = {**inputs, "specials": used} if used else {k: v for k, v in inputs.items() if k != "specials"}
    if "industry" in current.slots.inputs or "employees" in current.slots.inputs:
        if "size" not in current.slots.inputs:
            inputs.pop("size", None)
    items = _costs(previous, current)
    if not current.slots.items and items != previous.slots.items and _heads_now(current):  # the headcount is no size of the firm
        inputs = {k: v for k, v in inputs.items() if k not in OF_STAFF} | {k: v for k, v in before.items() if k in OF_STAFF}
    slots = replace(
        current.slots, inputs=inputs, items=items,
        money={**previous.slots.money, **current.slots.money}, years=current.slots.years or previous.slots.years,
    )  # fmt: skip
    slots = with_head_pay(slots, current.text, previous.text)
    asks_cost = current.has_word("cost_needed") and not slots.items
    vague = not own and not asks_cost and not [a for a in current.attributes if a not in ("eligibility", "definition", "special")]
    attributes = tuple(dict.fromkeys((*current.attributes, *previous.attributes))) if vague else current.attributes
    told = current.slots.inputs or current.slots.quantities or current.mentions or current.targets or current.rounds
    own_words = not (told or ENDS_OPEN.search(current.text)) or previous.inherited
    if set(current.attributes) <= {"change", "compare"} and (current.slots.inputs or current.targets) and previous.attributes:
        attributes = previous.attributes  # another input or frame for the same question (30人になったらどう変わる)
    if set(current.attributes) == {"amount"} and previous.has("cap") and not slots.items and (current.slots.inputs or current.targets):
        attributes = previous.attributes  # how much there is, asked again of another frame or firm
    again = set(current.attributes) <= ONLY_THINGS and bool(ENDS_OPEN.search(current.text))
    if again and (current.slots.inputs or current.slots.items or current.targets):
        paid = current.slots.items if previous.attributes else slots.items
        tables_only = bool(paid) and set(previous.attributes) <= {"cap", "rate", "floor", *_OF_SEVERAL}
        attributes = ("amount",) if tables_only else previous.attributes or current.attributes  # what a cost comes to by them
    plain = bool(set(current.attributes) & (PLAIN | OF_A_KIND)) and bool(programmes or not previous.areas)
    plain = plain and not (current.attributes == ("amount",) and _SO_MANY.search(current.text))
    if current.attributes == ("deadline",) and _DAYS_LEFT.search(current.text):
        attributes = tuple(a for a in previous.attributes if a in DATES) or attributes  # until the day asked for before
    same = not previous.programmes or not set(programmes).isdisjoint(previous.programmes)
    spoken = bool(previous.programmes or previous.attributes or previous.areas)  # else the turn before was about nothing
    plain = plain or own
    short = not current.mentions and not plain and len(current.text) <= (LEANING_CHARS if vague else SHORT_CHARS if spoken else 0)
    off = (current.specials_off or previous.specials_off) and "specials" not in inputs
    return replace(
        current, programmes=programmes, targets=tuple(dict.fromkeys((*targets, *places))), slots=slots, attributes=attributes,
        leans_on=f"{previous.text} {previous.leans_on}".strip()[: 3 * LEANING_CHARS] if short else "",
        rounds=current.rounds or (previous.rounds if same and not current.named_programmes else ()), year=current.year or previous.year,
        areas=current.areas or previous.areas, carried=True, inherited=vague and own_words,
        words=current.words | (previous.words & _ASKED if again else frozenset()),
        specials_off=off,
    )  # fmt: skip
