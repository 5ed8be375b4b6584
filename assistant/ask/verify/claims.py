"""The figures of the catalogue as claims, with the words that surround them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from assistant.ask.verify.grams import grams_of, put
from assistant.ask.verify.measures import measure_of, measure_of_value
from assistant.ask.verify.records import Claim, Measure, Need, Told
from assistant.ask.verify.roles import role_around, role_of_kind
from assistant.rules.figures import CatalogueFigure, list_figures
from assistant.rules.load import Catalogue
from assistant.rules.schema import Frame, Special
from assistant.rules.values import Value
from assistant.text.normalize import normalize
from assistant.text.numbers import Quantity, find_quantities
from assistant.text.units import Bound

_TOKEN = re.compile(r"\{([a-z0-9][a-z0-9-]*)\}")
Key = tuple[str | None, str | None, str, str]


def list_claims(catalogue: Catalogue) -> tuple[tuple[Claim, ...], tuple[tuple[CatalogueFigure, Need], ...]]:
    """All claims of a catalogue, and all ranges that it tells, each with a figure that says where it holds."""
    texts = dict(_item_texts(catalogue))
    figures = list_figures(catalogue)
    drafts = [c for f in figures for c in _claims_of(f, texts)]
    drafts += _sums(catalogue, figures)
    drafts = [c for c in drafts if c.figure.kind != "band"] + list(_rows(drafts))
    drafts += _years(catalogue)
    drafts += _literals(figures, texts)
    claims = tuple(replace(c, index=i) for i, c in enumerate(drafts))
    return claims, tuple(_ranges(claims, texts))


def _item_texts(catalogue: Catalogue) -> Iterator[tuple[Key, str]]:
    """The text in which each item tells its figures, by edition, frame, kind and item id."""
    for edition in catalogue.editions.values():
        for frame in edition.frames:
            yield from (((edition.id, frame.id, "special", s.id), s.text) for s in frame.specials)
            yield from (((edition.id, frame.id, "limit", m.id), m.text) for m in frame.limits)
            yield from (((edition.id, frame.id, "requirement", r.id), r.text) for r in frame.requirements)
        yield from (((edition.id, None, "category", c.id), c.text) for c in edition.categories)
        yield from (((edition.id, None, "cost", c.id), c.text) for c in edition.costs)
        yield from (((edition.id, None, f"fact:{f.kind}", f.id), f.text) for f in edition.facts)
    for programme in catalogue.programmes.values():
        for i, line in enumerate(programme.lineage):
            yield (programme.id, None, "lineage", f"lineage-{i}"), line.text
    for fact in catalogue.general.facts:
        yield (None, None, f"fact:{fact.kind}", fact.id), fact.text


def _claims_of(figure: CatalogueFigure, texts: dict[Key, str]) -> Iterator[Claim]:
    measure = measure_of_value(figure.value)
    if measure is None:
        return
    base: dict[str, float] = {}
    put(base, normalize(figure.label).text, 0.7)
    for word in figure.words:
        put(base, normalize(word).text, 0.6)
    conditional = figure.kind in ("cap", "floor", "rate", "tier", "special_add")
    label = normalize(figure.label).text if conditional else ""
    rounds = tuple(normalize(w).text for w in figure.words[1:]) if "." in figure.item_id and role_of_kind(figure.kind) else ()
    known: frozenset[Bound | None] = frozenset({figure.value.bound})
    blank = Claim(
        0, figure, measure, known, role_of_kind(figure.kind), base, grams_of(label), _needs(label), rounds,
        plain_label=frozenset(g for g in grams_of(label) if not any(c.isdigit() for c in g)),
        is_rest=any(w in label for w in ("原則", "以外", "でない", "その他")),
    )
    owner = figure.edition_id or figure.programme
    text = texts.get((owner, figure.frame_id, figure.kind, figure.item_id)) if figure.name else None
    if text is None:
        yield blank
        return
    item = f"{owner}/{figure.frame_id}/{figure.kind}/{figure.item_id}"
    for place, left, right, before, sentence, told in _places(text, figure.name, figure.value):
        grams = dict(base)
        put(grams, _TOKEN.sub(" ", text), 0.3)
        put(grams, sentence, 0.5)
        put(grams, left, 1.0)
        put(grams, right, 0.9)
        role = role_around(told.text if told else "", left, right, before, measure.family)
        extra = {told.bound} if told else set()
        yield replace(
            blank, grams=grams, role=blank.role or role, bounds=known | extra, item=item, place=place,
            sentence=grams_of(sentence), nth=_count(before + left),
        )  # fmt: skip


def _count(text: str) -> int:
    return sum(not q.ignored for q in find_quantities(text))


def _places(text: str, name: str, value: Value) -> Iterator[tuple[int, str, str, str, str, Quantity | None]]:
    """Each place of a token: words to its left and right, all words before, its sentence, and how the number reads there."""
    for place, match in enumerate(_TOKEN.finditer(text)):
        if match[1] != name:
            continue
        begin = max(text.rfind("。", 0, match.start()) + 1, 0)
        end = text.find("。", match.end())
        end = len(text) if end < 0 else end
        left_from = max([begin, *(m.end() for m in _TOKEN.finditer(text, begin, match.start()))])
        following = _TOKEN.search(text, match.end(), end)
        right_to = following.start() if following else end
        right = text[match.end() : right_to]
        shown = value.text()
        told = next((q for q in find_quantities(shown + right[:12]) if q.start == 0), None)
        sentence = _TOKEN.sub(" ", text[begin:end])
        before = _TOKEN.sub("9人", text[begin:left_from])
        left = text[left_from : match.start()]
        yield place, normalize(left).text, normalize(right).text, normalize(before).text, normalize(sentence).text, told


def _needs(label: str) -> tuple[Need, ...]:
    """The numbers that a row label asks for."""
    return tuple(t.need for t in told_spans(find_quantities(label)))


def told_spans(quantities: Sequence[Quantity]) -> Iterator[Told]:
    """Numbers as spans: 6～20人 from 6 to 20, 51人以上 from 51 up, 12人 as itself. Dates and ignored numbers are left out."""
    start: Measure | None = None
    begin = 0
    for quantity in quantities:
        if quantity.ignored or not isinstance(quantity.value, int | Fraction):
            continue
        measure = measure_of(quantity)
        if quantity.side == "from":
            start, begin = measure, quantity.start
        elif quantity.side == "to" and start is not None:
            yield Told(Need(measure.family, measure.counter, start.number, measure.number), begin)
            start = None
        else:
            yield Told(Need(measure.family, measure.counter, *_limits(quantity, measure)), quantity.start)


def _limits(quantity: Quantity, measure: Measure) -> tuple[Fraction | None, Fraction | None]:
    number = measure.number or Fraction(0)
    if quantity.bound in ("min", "over"):
        return number + (quantity.bound == "over"), None
    if quantity.bound in ("max", "within", "until", "under"):
        return None, number - (quantity.bound == "under")
    return number, number


def _ranges(claims: tuple[Claim, ...], texts: dict[Key, str]) -> Iterator[tuple[CatalogueFigure, Need]]:
    """All ranges that row labels and item texts tell, each with a figure that says where it holds."""
    seen: set[tuple[object, ...]] = set()
    figures: dict[Key, dict[str, CatalogueFigure]] = {}
    for claim in claims:
        figure = claim.figure
        key = (figure.edition_id or figure.programme, figure.frame_id, figure.kind, figure.item_id)
        figures.setdefault(key, {})[figure.name] = figure
        for need in claim.needs:
            mark = (key, need)
            if need.low is not None and need.high is not None and need.low != need.high and mark not in seen:
                seen.add(mark)
                yield figure, need
    for key, text in texts.items():
        known = figures.get(key)
        if known:
            shown = _filled(text, known)
            for told in told_spans([q for q in find_quantities(shown) if q.side]):
                yield next(iter(known.values())), told.need


def _sums(catalogue: Catalogue, figures: tuple[CatalogueFigure, ...]) -> Iterator[Claim]:
    """Caps with the additions of special measures, as they are told (50万円 and 150万円 make 200万円)."""
    caps: dict[tuple[str, str], list[CatalogueFigure]] = {}
    for figure in figures:
        if figure.kind == "cap" and figure.edition_id and figure.frame_id:
            caps.setdefault((figure.edition_id, figure.frame_id), []).append(figure)
    for (edition_id, frame_id), rows in caps.items():
        frame = catalogue.editions[edition_id].frame(frame_id)
        for chosen in _groups(frame):
            added = sum(s.add_yen or 0 for s in chosen)
            labels = "・".join(s.label for s in chosen)
            for row in rows:
                if row.item_id != frame_id:
                    continue
                value = Value(yen=(row.value.yen or 0) + added)
                words = (*row.words, *(w for s in chosen for w in (s.label, *s.also)))
                told = replace(row, value=value, label="・".join(x for x in (row.label, labels) if x), words=words)
                yield from (replace(c, sum_of=len(chosen)) for c in _claims_of(told, {}))


def _groups(frame: Frame) -> Iterator[tuple[Special, ...]]:
    """Special measures that may be used together and add to the cap."""
    adding = [s for s in frame.specials if s.add_yen]
    for size in range(1, len(adding) + 1):
        for chosen in combinations(adding, size):
            ids = {s.id for s in chosen}
            if not any(ids & set(s.excludes) for s in chosen):
                yield chosen


def _literals(figures: tuple[CatalogueFigure, ...], texts: dict[Key, str]) -> Iterator[Claim]:
    """Numbers that stand in an item's own words (3か月ごと, 5軸): counts and durations only, never amounts, rates or dates."""
    owners: dict[Key, CatalogueFigure] = {}
    for figure in figures:
        owners.setdefault((figure.edition_id or figure.programme, figure.frame_id, figure.kind, figure.item_id), figure)
    for key, text in texts.items():
        owner = owners.get(key) or next((f for k, f in owners.items() if k[0] == key[0]), None)
        plain = normalize(_TOKEN.sub(" ", text)).text
        for quantity in find_quantities(plain):
            measure = measure_of(quantity)
            if owner is None or quantity.ignored or not _may_be_literal(measure):
                continue
            grams: dict[str, float] = {}
            for word in (owner.label, *owner.words) if owner.item_id == key[3] else ():
                put(grams, normalize(word).text, 0.6)
            put(grams, plain, 0.5)
            put(grams, plain[max(0, quantity.start - 12) : quantity.end + 10], 1.0)
            yield Claim(0, owner, measure, frozenset({quantity.bound}), None, grams, frozenset(), (), ())


def _filled(text: str, figures: dict[str, CatalogueFigure]) -> str:
    return _TOKEN.sub(lambda m: figures[m[1]].value.text() if m[1] in figures else m[0], text)


def _may_be_literal(measure: Measure) -> bool:
    if measure.day is not None:
        return measure.day.month is None and measure.day.day is None
    return measure.family not in ("yen", "share")


def _rows(claims: list[Claim]) -> Iterator[Claim]:
    """The numbers of row labels as figures of their own: 1～3プロセス may be told as 3プロセス以下."""
    seen: set[tuple[str | None, str | None, Need]] = set()
    for claim in claims:
        for need in claim.needs:
            mark = (claim.figure.edition_id, claim.figure.frame_id, need)
            if mark in seen:
                continue
            seen.add(mark)
            ends: tuple[tuple[Fraction | None, Bound | None], ...] = ((need.low, "min"), (need.high, "max"))
            if need.low == need.high:
                ends = ((need.low, None),)  # a row of one value (a course of 50 yen) has no bound
            for number, bound in ends:
                if number is not None:
                    measure = Measure(need.family, number, None, need.counter)
                    yield replace(
                        claim, figure=replace(claim.figure, kind="row"), measure=measure, bounds=frozenset({bound, None}),
                        role=None, needs=(), label=frozenset(), plain_label=frozenset(), grams=dict.fromkeys(grams_of("従業員の場合"), 0.7),
                    )  # fmt: skip


def _years(catalogue: Catalogue) -> Iterator[Claim]:
    """The year of an edition as something that may be told."""
    for edition in catalogue.editions.values():
        source = next((e.source for r in edition.rounds for e in r.events), None)
        if source is None:
            continue
        words = (edition.label, *edition.also)
        figure = CatalogueFigure(
            edition.programme, edition.id, None, "year", edition.label, Value(year=edition.year), "year", words, source
        )
        yield from _claims_of(figure, {})
