"""Understand a question without a model: names, attributes, inputs, and what earlier turns carry over. No I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from assistant.ask.aside import without_asides, without_goods
from assistant.ask.attributes import Attributes
from assistant.ask.carry import FIRM_FACTS, carry, is_vague, own_part, pointed, referred
from assistant.ask.decided import asked_again
from assistant.ask.described import Described, by_wages, new_topic, told_apart
from assistant.ask.elsewhere import away
from assistant.ask.kana import Readings, is_narrow, spoken_words
from assistant.ask.letters import Letters
from assistant.ask.local import local_mentions
from assistant.ask.misheard import Misheard
from assistant.ask.names import FRAME, SHORTEST_PART, Gazetteer, Mention, Target, bare, resolve, unnamed_frames
from assistant.ask.other_finance import split_off
from assistant.ask.own_question import with_amount_asked, with_cost_asked
from assistant.ask.pointing import spelled_out, with_frame_beside, within_talk
from assistant.ask.query import Query
from assistant.ask.rounds import RoundMention, find_rounds, find_year, names_round, past_year, year_of_name
from assistant.ask.slots import Slots, in_wage_talk, read_slots
from assistant.ask.specials_told import both_ways, specials_off, told_of_firm, used_and_denied
from assistant.ask.split import name_first, questions_of
from assistant.ask.split_cases import cases_of
from assistant.ask.told_firm import orders_first, profile_inputs
from assistant.ask.wording import asking_part, asks_how_much, blanked, clean, falsifies, is_english, own_words, quoted_in, without_dictation
from assistant.records import Question
from assistant.rules.load import Catalogue
from assistant.text.dates import PartialDate
from assistant.text.numbers import Quantity

ROUND_GAP = 4
"""Characters between a name and the round that is its own (補助金の第4回)."""
_RATE_TOLD = re.compile(r"補助率[はがも]?\s*([0-9０-９]+[/／][0-9０-９]+|[一二三四五2-5]分の[一二三四1-4])")
"""A rate that is told beside a cost is not asked for."""
_TYPE = re.compile(r"(?<=\w)-type\b", re.I)
_NOUN_BEFORE = re.compile(r"[一-龥ァ-ヶー]*$")
_STAFF = re.compile(r"(?<![\d.])(\d{1,5})\s+(?:[a-z-]+\s+)?(?:employees|staff|workers|people)\b", re.I)
_ROUND = re.compile(r"(?<![\d.])(\d{1,3})(?:st|nd|rd|th)\s+(?:round|call)\b|\bround\s+(\d{1,3})\b", re.I)
_SAME_ASKED = re.compile(r"^.{2,24}(のほう|の方)?(は|だと|なら|だったら)(何[%％割])?([？?。]*$|[？?][^。？?]*[だすたい]。?$)")
"""Another programme for the same question (持続化のほうは？)."""
_NO_COST_NEEDED = re.compile(r"(締め?切り?|〆切|期限|期日|日)から(逆算|さかのぼ)|投資額?(は|って|の)?、?最低(いくら)?|最低(の|でも)?投資")
"""Days are counted back from a day, or the least to invest is asked for, which is a requirement: no cost is worked out."""


class Parser:
    """Parses questions against one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._words: dict[str, Any] = catalogue.vocabulary
        self._names = Gazetteer(catalogue)
        self._described = Described(catalogue)
        self._readings = Readings(catalogue)
        known = "".join(f.topic + f.text for e in catalogue.editions.values() for f in e.facts)
        self._known = known
        latin: dict[str, str] = self._words.get("latin", {})
        self._latin = {word.lower(): said for word, said in latin.items()}
        foreign = "|".join(re.escape(word) for word in sorted(latin, key=len, reverse=True))
        self._foreign = re.compile(rf"(?<![A-Za-z])(?:{foreign})(?![A-Za-z])", re.I)
        stop = "|".join(map(re.escape, self._words.get("english_stop", ())))
        self._english_stop = re.compile(rf"(?<![A-Za-z])(?:{stop})(?![A-Za-z])\s*", re.I)
        spoken = tuple(dict.fromkeys(spoken_words(catalogue)))
        self._misheard = Misheard(spoken, "\n".join(spoken) + known)
        self._letters = Letters((*spoken, *(f.topic + f.text for e in catalogue.editions.values() for f in e.facts)))
        self.attributes = Attributes(self._words, known)
        self._orders = tuple(self._words.get("unsafe", {}).get("order", ("$^",)))

    def spelled_out(self, question: Question) -> Question:
        """The question with what it and the turns before it point back at in so many words named."""

        def read(turns: Sequence[str]) -> tuple[Query, ...]:
            return self._understood(turns, question.today)

        text, history = spelled_out(question.text, question.history, read, self._catalogue)
        return replace(question, text=text, history=history)

    def _understood(self, turns: Sequence[str], today: date) -> tuple[Query, ...]:
        """Turns that follow one another, each with what it takes from those before it."""
        out: list[Query] = []
        for turn in turns:
            out.append(self._merged(out[-1] if out else None, self._in_year(turn, today)))
        return tuple(out)

    def parse(self, question: Question) -> Query:
        """The query of a question, with what earlier turns said carried over."""
        turns = self._understood(question.history[-8:], question.today)
        previous = turns[-1] if turns else None
        alone = self._in_year(question.text, question.today)
        meant = referred(alone.text, turns) if not alone.named_programmes else ()
        query = replace(pointed(alone, meant, turns[-1]), before=previous) if meant else self._merged(previous, alone)
        if is_vague(alone, turns):
            query = replace(query, programmes=(), targets=(), vague=True)
        if query.confirm and query.slots.ratios and not query.slots.items:
            query = replace(query, attributes=("rate", *(a for a in query.attributes if a not in ("amount", "rate"))))
        if query.confirm and not query.attributes[1:] and _asks_about_a_moment(query, self._words.get("confirm", ())):
            query = replace(query, attributes=("deadline",))  # a date or hour taken for granted
        if query.slots.items and _RATE_TOLD.search(query.text):
            query = replace(query, attributes=tuple(a for a in query.attributes if a != "rate"))
        if query.has("cap", "rate", "floor", "deadline") and not query.slots.items:
            cap_too = set(query.attributes) <= {"amount", "rate", "floor", "deadline"} and asks_how_much(query.text)
            query = replace(query, attributes=(*(("cap",) if cap_too else ()), *(a for a in query.attributes if a != "amount")))
        query = with_amount_asked(query)
        query = away(query, (*question.history, question.text), self._catalogue)
        profile = {k: v for k, v in (question.profile or {}).items() if v is not None}
        if profile:
            known = {**profile_inputs(profile), **query.slots.inputs}
            query = replace(query, slots=replace(query.slots, inputs=known))
        return query

    def parse_parts(self, question: Question, whole: Query) -> tuple[Query, ...]:
        """One query for each question of a text, in order; what earlier ones told holds for the later, not what they asked.

        Args:
            question: The text with what was said before.
            whole: What `parse` made of it; returned as it is where the text asks one thing.
        """
        parts = questions_of(name_first(own_words(question.text), self._names.find), bool(whole.programmes))
        if len(parts) < 2:
            return (whole,)
        if parts == cases_of(own_words(question.text)):
            return tuple(self.parse(replace(question, text=part)) for part in parts)  # each is told whole: nothing is carried
        out: list[Query] = []
        for i, part in enumerate(parts):
            before = (*question.history, *parts[:i])
            query = self.parse(replace(question, text=part, history=before))
            alone = self._parse_one(part)
            if i and out[0].unknown_names and not (alone.mentions or alone.unknown_names):
                query = replace(query, unknown_names=out[0].unknown_names)  # still of the scheme that we do not have
            out.append(own_part(query, alone) if i else query)
        return tuple(out)

    def _in_year(self, raw: str, today: date) -> Query:
        """One turn as it is meant on its day: last year's rules are those of a year."""
        query = self._parse_one(raw)
        spans = tuple((m.start, m.end) for m in query.mentions if any(t.kind != "special" for t in m.targets))
        past = None if query.year or query.rounds else past_year(query.text, spans, today)
        return replace(query, year=query.year or past, of_year=past or year_of_name(query.text, spans))

    def _parse_one(self, raw: str) -> Query:
        heard = self._letters.restore(self._readings.restore(clean(own_words(raw)), is_narrow(raw)))
        text = self._translate(self._misheard.restore(heard))
        honest = self._without_orders(text)
        if honest:
            return replace(self._parse_one(honest), dictated=True)
        dictated = bool(re.search(r"(\d|」)[^。]{0,8}(" + "|".join(self._orders) + r")(?!ます|まし|い[たるまい]|る|(?<=て)[てたも])", text))
        text = without_dictation(text, self._orders) if dictated else text
        areas = self._areas(text)
        found = local_mentions(text, self._catalogue, areas, without_goods(text, self._names.find(text)))
        found, others = split_off(text, (*found, *self._described.find(text, areas, found)), self._catalogue)
        mentions, aside = without_asides(text, found)
        asked = blanked(text, aside)
        named, programmes, targets = resolve(mentions)
        targets = self._most_specific(mentions, targets)
        rounds = find_rounds(asking_part(asked)) or find_rounds(asked)
        rounds = _bound(rounds, mentions) if len(programmes) > 1 and asking_part(asked) == asked else rounds
        programmes = programmes or self._by_round(rounds)
        spans = (*((m.start, m.end) for m in mentions), *aside)
        no_cost = tuple((m.start, m.end) for m in mentions if any(t.kind in ("programme", "special") for t in m.targets))
        slots = read_slots(text, self._catalogue, spans, no_cost)
        off = specials_off(text, mentions, self._words)
        frames = tuple(self._unknown_frames(text, mentions, bool(slots.items)))
        if frames or (off and slots.items and all(t.kind == "special" for m in mentions for t in m.targets)):
            named, programmes, targets = (), (), ()  # a measure that many have, and that is not used, means none of them
        raising = by_wages(text, slots, found, self._catalogue) if not frames else ()
        programmes, named, targets = (raising, (), ()) if raising else (programmes, named, targets)
        if apart := told_apart(text, slots, found, self._catalogue):
            programmes, named, targets = apart, apart, tuple(t for t in targets if t.programme in apart)
        slots = replace(slots, inputs={**slots.inputs, **self._specials(text, mentions, programmes, slots)})
        return Query(
            text, mentions, programmes, named, targets, rounds, find_year(asked), self.attributes.find(asked, mentions), slots,
            specials_off=off, specials_denied=used_and_denied(text, mentions, self._words)[1], quoted=quoted_in(raw),
            both_ways=self._any("both_ways", text) or both_ways(text) or told_of_firm(text, mentions, slots.inputs),
            confirm=self._any("confirm", text),
            small_talk=self._small_talk(text, mentions), unsafe=self._unsafe(text) or (dictated and not mentions),
            dictated=dictated, done_first=orders_first(text), procedure=self._procedure(text),
            out_of_scope=self._out_of_scope(text, mentions),
            unknown_names=tuple(dict.fromkeys((*others, *self._unknown_names(text, spans), *frames))), areas=areas,
            words=frozenset(t for t in ("cost_needed", "money_words", "adverse") if self._any(t, _NO_COST_NEEDED.sub("", text))),
        )  # fmt: skip

    def _without_orders(self, text: str) -> str:
        """The clauses of a text that do not ask for our instructions, where it has such and the rest asks about a programme; else empty."""
        words = self._words.get("unsafe", {}).get("secret", ())
        if not any(w in text.lower() for w in words) or falsifies(text, self._words):
            return ""
        rest = "".join(c for c in re.split(r"(?<=[。？?！!\n、])", text) if not any(w in c.lower() for w in words))
        mentions = self._names.find(rest)
        return rest if mentions and self.attributes.find(rest, mentions) else ""

    def _most_specific(self, mentions: tuple[Mention, ...], targets: tuple[Target, ...]) -> tuple[Target, ...]:
        """Frames named outright: a name of several frames, or the head of a frame's label, gives way to a narrower name."""
        frames = {t for t in targets if t.kind == "frame"}
        if len(frames) < 2:
            return targets
        by_text = {m.text: {t for t in m.targets if t in frames} for m in mentions}
        lost: set[Target] = set()
        for text, found in by_text.items():
            narrower = set().union(*(others for others in by_text.values() if others < found))
            lost |= found - narrower if narrower else set()
            for other_text, others in by_text.items():
                if text == other_text:
                    continue
                for other in others - found:
                    label = self._frame_label(other)
                    if text in label and not re.search(rf"\w{re.escape(text)}", label):
                        lost |= found  # else the whole name of one frame is the end of the other's (売り手支援類型, 小規模売り手支援類型)
        return tuple(t for t in targets if t not in lost)

    def _by_round(self, rounds: tuple[RoundMention, ...]) -> tuple[str, ...]:
        """The programme that alone has a round of that name (第23次), where the text names no programme."""
        for mention in rounds:
            named = {
                e.programme
                for e in self._catalogue.editions.values()
                for r in e.rounds
                if any(mention.unit in n and names_round(n, mention) for n in (r.label, *r.also))
            }
            if len(named) == 1:
                return tuple(named)
        return ()

    def _frame_label(self, target: Target) -> str:
        for edition in self._catalogue.editions_of(target.programme):
            for frame in edition.frames:
                if frame.id == target.frame and edition.series == target.series:
                    return frame.label
        return ""

    def _translate(self, text: str) -> str:
        """Foreign words as the knowledge says them (invoice枠 → インボイス枠); the longest at each place."""
        english = is_english(text)
        text = _STAFF.sub(lambda m: f"従業員{m.group(1)}人", text)
        text = _ROUND.sub(lambda m: f"第{m.group(1) or m.group(2)}回", text)
        text = self._foreign.sub(lambda m: self._latin[m.group().lower()], text)
        text = _TYPE.sub("型", self._english_stop.sub("", text)) if english else _TYPE.sub("型", text)
        return re.sub(r"(\d+)-(?=(person|people|employee|staff)\b)", r"\1 ", text)

    def _any(self, table: str, text: str) -> bool:
        return any(w in text for w in self._words.get(table, ()))

    def _procedure(self, text: str) -> str:
        """The knowledge's words for the steps that a text asks about as people speak (何を出したらお金もらえる)."""
        return " ".join(str(p["words"]) for p in self._words.get("procedures", ()) if re.search(p["said"], text))

    def _specials(self, text: str, mentions: tuple[Mention, ...], programmes: tuple[str, ...], slots: Slots) -> dict[str, Any]:
        """Special measures that the text says are used: those named and not denied in the same clause."""
        if specials_off(text, mentions, self._words):
            return {}
        used, _ = used_and_denied(text, mentions, self._words, slots.inputs)
        ids = {str(t.special) for t in used if t.programme in programmes}
        if self._any("all_specials", text):
            ids |= {t.special for t in self._names.specials_of(programmes) if t.special}
        return {"specials": tuple(sorted(ids))} if ids else {}

    def _small_talk(self, text: str, mentions: tuple[Mention, ...]) -> str | None:
        if mentions or len(text) > 40:
            return None
        if any(a for a in self.attributes.find(text, ()) if a not in ("cost",)):
            return "who" if any(w in text for w in self._words.get("small_talk", {}).get("who", ())) else None
        for kind, names in self._words.get("small_talk", {}).items():
            if any(re.search(rf"(?<![a-z]){re.escape(n)}(?![a-z])", text.lower()) for n in names):
                return str(kind)
        return None

    def _unsafe(self, text: str) -> bool:
        tables = self._words.get("unsafe", {})
        return falsifies(text, self._words) or any(w in text.lower() for w in tables.get("secret", ()))

    def _out_of_scope(self, text: str, mentions: tuple[Mention, ...]) -> bool:
        tables = self._words.get("out_of_scope", {})
        about_us = re.search(r"補助|助成|経費|費に|申請|加点|特例|公募|枠", text)
        return not mentions and not about_us and any(w in text for names in tables.values() for w in names)

    def _unknown_names(self, text: str, spans: tuple[tuple[int, int], ...]) -> tuple[str, ...]:
        endings = "|".join(self._words.get("programme_endings", ()))
        others = "|".join(self._words.get("endings_of_others", ("$^",)))
        all_generic = "|".join(map(re.escape, sorted(self._words.get("generic_names", ()), key=len, reverse=True)))
        out = []
        word = "一-龥々ァ-ヶー"
        pattern = rf"「([^「」]{{4,40}}(?:{endings}))」|([{word}A-Za-z0-9・]{{2,24}}?(?:{endings}))|([{word}]{{2,12}}の(?:{others}))"
        for m in re.finditer(pattern, text):
            name = m.group(1) or m.group(2) or m.group(3)
            if any(m.start() < b and a < m.end() for a, b in spans) or re.fullmatch(rf"(?:{all_generic}|・)+", name):
                continue
            if any(g in name for g in ("対象外", "対象経費", "小規模事業者")) or re.match(r"^(国|県|市|町|都|道|府|区)?(の|から)", name):
                continue
            out.append(name)
        return tuple(dict.fromkeys(out))

    def _unknown_frames(self, text: str, mentions: tuple[Mention, ...], paid: bool) -> Iterator[str]:
        """Frames that a text names of which we know nothing: right after a programme's name, or where no other name stands.

        With の before the word for a frame it may only describe one, unless an amount is asked for (`paid`).
        """
        alone = all(t.kind == "special" for m in mentions for t in m.targets)
        after = {m.end for m in mentions if any(t.kind == "programme" for t in m.targets)}
        generic = "|".join(map(re.escape, self._words.get("no_frames", ())))
        for start, end in unnamed_frames(text, mentions):
            name = text[start:end]
            beside = start in after or (start - 1 in after and text[start - 1] == "の")
            called = not name.endswith("の" + FRAME) or (alone and paid)
            if (alone or beside) and called and len(name) > SHORTEST_PART + 1 and not re.search(generic, name) and name not in self._known:
                yield name
        yield from self._frames_of_others(text, mentions)

    def _frames_of_others(self, text: str, mentions: tuple[Mention, ...]) -> Iterator[str]:
        """Frames told as those of a programme that has none of that name, before or after a change of its name (持続化の先進枠)."""
        called = (m for m in mentions if m.text.endswith(FRAME) and not m.text.endswith("の" + FRAME))
        for m in (m for m in called if any(t.kind == "frame" for t in m.targets)):
            floor = max((p.end for p in mentions if p.end <= m.start), default=0)
            start = m.start - len(_NOUN_BEFORE.search(text[floor : m.start]).group())  # type: ignore[union-attr]
            before = [p for p in mentions if p.end == start or (p.end == start - 1 and text[p.end] == "の")]
            told = {t.programme for p in before for t in p.targets if t.kind == "programme"}
            kin = told | {x.programme for p in told for x in self._catalogue.programmes[p].lineage}
            if told and not kin & {t.programme for t in m.targets}:
                yield text[before[0].start : m.end]

    def _areas(self, text: str) -> frozenset[str]:
        """The areas with schemes of their own that a text names, with or without 市 and 県."""
        return frozenset(p.area for p in self._catalogue.programmes.values() if p.area and bare(p.area) in text)

    def _merged(self, previous: Query | None, current: Query) -> Query:
        """The current turn with what it takes from the turns before it; what it asks again is what its inputs decide."""
        if previous is not None and "course_yen" in previous.slots.inputs:
            slots = in_wage_talk(current.slots, current.text, previous.slots.inputs, self._words)
            current = replace(current, slots=slots)
        merged = self._described.told(replace(self._merge(previous, current), before=previous))
        return asked_again(merged, current, self._catalogue) if merged.carried else merged

    def _merge(self, previous: Query | None, current: Query) -> Query:
        """Carry over what the current turn leans on: the programme and inputs unless it names another one."""
        if previous is None or current.small_talk or current.unsafe:
            return current
        current = with_cost_asked(within_talk(current, previous.programmes, self._names), previous.programmes, self._catalogue)
        if previous.programmes and not (current.mentions or current.named_programmes):  # a round alone (8次は？) is of the talk
            current = replace(current, programmes=())
        if previous.programmes and not current.attributes and self._only_declares(current):
            current = replace(current, programmes=(), named_programmes=(), targets=(), mentions=())
        named = set(current.named_programmes) or {t.programme for t in current.named("frame")}
        switched = bool(named) and named.isdisjoint(previous.programmes)
        if switched or (new_topic(current.text) and (current.mentions or current.areas)):
            kept = {k: v for k, v in previous.slots.inputs.items() if k in FIRM_FACTS}
            if _SAME_ASKED.search(current.text) and not current.attributes:
                current = replace(current, attributes=previous.attributes)
            first = not previous.programmes and not new_topic(current.text) and current.has("amount", "own_funds")
            items = current.slots.items or (previous.slots.items if first else ())  # told before the programme had a name
            return replace(current, slots=replace(current.slots, inputs={**kept, **current.slots.inputs}, items=items))
        return carry(previous, with_frame_beside(self._within(current, previous.programmes), previous.programmes, self._names))

    def _only_declares(self, current: Query) -> bool:
        """Whether a turn names nothing but a declaration that the firm has made: a fact told, no other matter."""
        kinds = {self._catalogue.programmes[p].kind for p in current.programmes}
        return kinds == {"declaration"} and "has_100oku_declaration" in current.slots.inputs

    def _within(self, current: Query, programmes: tuple[str, ...]) -> Query:
        """The current turn read within the programmes talked about, where it names none outright and fits them."""
        if current.named_programmes or not programmes or not (current.mentions or self._any("all_specials", current.text)):
            return current
        targets = tuple(
            dict.fromkeys(t for m in current.mentions for t in m.targets if t.programme in programmes and t.kind != "programme")
        )
        only_specials = all(t.kind == "special" for m in current.mentions for t in m.targets)
        if not targets and not only_specials:
            return current
        kept = tuple(p for p in programmes if any(t.programme == p for t in targets)) or programmes
        inputs = {k: v for k, v in current.slots.inputs.items() if k != "specials"}
        inputs |= self._specials(current.text, current.mentions, kept, current.slots)
        return replace(current, programmes=kept, targets=targets, slots=replace(current.slots, inputs=inputs))


def _bound(rounds: tuple[RoundMention, ...], mentions: tuple[Mention, ...]) -> tuple[RoundMention, ...]:
    """The rounds, each with the programme whose name stands right before it (持続化と、新事業進出の第4回)."""
    out = []
    for mention in rounds:
        before = [m for m in mentions if 0 <= mention.start - m.end <= ROUND_GAP and any(t.kind == "programme" for t in m.targets)]
        own = {t.programme for t in before[-1].targets if t.kind == "programme"} if before else set()
        out.append(replace(mention, programme=own.pop()) if len(own) == 1 else mention)
    return tuple(out)


def _asks_about_a_moment(query: Query, held: Sequence[str]) -> bool:
    """Whether a day or hour stands in a sentence that asks: the last one, or one with a word (`held`) that takes it for granted."""
    *told, last = [s for s in re.split(r"(?<=[。！？!?\n])", query.text) if s.strip()]
    asking = [s for s in told if any(w in s for w in held)] + [last]
    return any(_is_moment(q) and any(q.text in s for s in asking) for q in query.slots.quantities)


def _is_moment(quantity: Quantity) -> bool:
    """Whether a quantity is a day of a month or an hour."""
    value = quantity.value
    return quantity.unit in ("date", "datetime") and isinstance(value, PartialDate) and (bool(value.day) or value.hour is not None)
