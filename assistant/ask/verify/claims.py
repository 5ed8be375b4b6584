"""The figures of the catalogue as claims, with the words that surround them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from math import ceil

from assistant.ask.verify.grams import grams_of, put, without_exceptions
from assistant.ask.verify.measures import measure_of, measure_of_value
from assistant.ask.verify.names import NameIndex
from assistant.ask.verify.records import Claim, Measure, Need
from assistant.ask.verify.roles import own_words, role_around, role_of_kind, sizes_in
from assistant.ask.verify.rows import as_rows, grouped, mark_extremes, mark_parts, row_figures, with_aside, with_mates
from assistant.ask.verify.spans import needs_in, told_spans
from assistant.ask.verify.tellings import TOKEN, Key, Telling, fill, item_texts, tellings
from assistant.rules.figures import CatalogueFigure, list_figures
from assistant.rules.labels import case_label
from assistant.rules.load import Catalogue
from assistant.rules.schema import Frame, Special
from assistant.rules.values import Value
from assistant.text.normalize import normalize
from assistant.text.numbers import find_quantities

_TO = ("～", "から", "〜", "-")
_MOST = ("最大", "最長", "最高")
_REST = ("原則", "以外", "でない", "その他")
_SPECIAL = re.compile(r"特例|賃上げ|引上げ|引き上げ")
_CLAUSE_END = re.compile(r"[、。;|「]")
_BESIDE = 0.8
"""What the words of a sentence before the clause of a figure are worth beside those of its clause."""
_AMOUNTS = frozenset({"yen", "share"})


def list_claims(catalogue: Catalogue, names: NameIndex) -> tuple[tuple[Claim, ...], tuple[tuple[CatalogueFigure, Need], ...]]:
    """All claims of a catalogue, and all ranges that it tells, each with a figure that says where it holds."""
    texts = dict(item_texts(catalogue))
    figures = list_figures(catalogue)
    items = _items(figures)
    tables = _tables_of(figures)
    spoken = _words_of_frames(catalogue)
    drafts = [_spoken_of(c, spoken) for f in figures for c in _claims_of(f, texts, items, names, tables)]
    drafts = list(mark_extremes(with_aside(mark_parts(drafts))))
    drafts += _sums(catalogue, figures)
    drafts = [c for c in drafts if c.figure.kind != "band"] + list(row_figures(drafts))
    drafts += _years(catalogue)
    drafts += _edges(catalogue, figures)
    drafts += _literals(figures, texts)
    claims = tuple(replace(c, index=i) for i, c in enumerate(with_mates(drafts)))
    return tuple(grouped(as_rows(claims))), tuple(_ranges(claims, texts, items))


def _words_of_frames(catalogue: Catalogue) -> dict[tuple[str, str], str]:
    """By edition and frame: what is bought with it and with no other frame of the edition (家賃 for one, 改装 for the other)."""
    out: dict[tuple[str, str], str] = {}
    for edition in catalogue.editions.values():
        for cost in edition.costs:
            if cost.verdict == "eligible" and len(cost.frames) == 1 and len(edition.frames) > 1:
                key = (edition.id, cost.frames[0])
                out[key] = normalize(" ".join((out.get(key, ""), *cost.names, TOKEN.sub(" ", cost.text)))).text
    return out


def _spoken_of(claim: Claim, spoken: dict[tuple[str, str], str]) -> Claim:
    """A claim of one frame with the words of what that frame pays for."""
    frames = {claim.figure.frame_id, *claim.figure.frames} - {None}
    words = spoken.get((claim.figure.edition_id or "", next(iter(frames)) or "")) if len(frames) == 1 else None
    if not words:
        return claim
    grams = dict(claim.grams)
    put(grams, words, 0.4)
    return replace(claim, grams=grams)


def _items(figures: tuple[CatalogueFigure, ...]) -> dict[Key, dict[str, Value]]:
    """The figures of each item by name."""
    out: dict[Key, dict[str, Value]] = {}
    for figure in figures:
        if figure.name:
            out.setdefault(_key(figure), {})[figure.name] = figure.value
    return out


def _key(figure: CatalogueFigure) -> Key:
    return (figure.edition_id or figure.programme, figure.frame_id, figure.kind, figure.item_id)


def _claims_of(
    figure: CatalogueFigure,
    texts: dict[Key, str],
    items: dict[Key, dict[str, Value]],
    names: NameIndex,
    tables: dict[str, set[tuple[str, Value]]],
) -> Iterator[Claim]:
    blank = _blank(figure)
    key = _key(figure)
    text = texts.get(key) if figure.name else None
    if blank is None or text is None:
        yield from () if blank is None else (blank,)
        return
    wide = dict(blank.grams)
    put(wide, normalize(TOKEN.sub(" ", text)).text, 0.3)
    for telling in tellings(text, figure.name, items[key], names):
        for owner in _owners(figure, telling, tables):
            yield _told_claim(replace(blank, figure=owner, item="/".join(map(str, key))), telling, wide)


def _blank(figure: CatalogueFigure) -> Claim | None:
    """A figure as a claim by its label and words alone."""
    measure = measure_of_value(figure.value)
    if measure is None:
        return None
    base: dict[str, float] = {}
    put(base, normalize(figure.label).text, 0.7)
    for word in figure.words:
        put(base, normalize(word).text, 0.6)
    conditional = figure.kind in ("cap", "floor", "rate", "tier", "special_add")
    label = normalize(figure.label).text if conditional else ""
    rounds = tuple(normalize(w).text for w in figure.words[1:]) if "." in figure.item_id and role_of_kind(figure.kind) else ()
    needs = tuple(n for n in needs_in(label) if (n.family, n.low, n.high) != (measure.family, measure.number, measure.number))
    return Claim(
        0, figure, measure, frozenset({figure.value.bound}), role_of_kind(figure.kind), base, grams_of(label), needs, rounds,
        plain_label=frozenset(g for g in grams_of(label) if not any(c.isdigit() for c in g)),
        is_rest=any(w in label for w in _REST), is_special=_SPECIAL.search(label) is not None,
        sizes=sizes_in(label), unit=figure.value.unit, is_general=figure.programme is None,
    )  # fmt: skip


def _owners(figure: CatalogueFigure, telling: Telling, tables: dict[str, set[tuple[str, Value]]]) -> Iterator[CatalogueFigure]:
    """Of whom a figure is told: what is told in general may be said of one programme, what an edition tells of one frame."""
    if figure.programme is None and figure.kind.startswith("fact:"):
        yield from (replace(figure, programme=p) for p in telling.programmes)
        if telling.programmes:
            return
    frames = tuple(f.split("/")[1] for f in telling.frames if f.split("/")[0] == figure.programme)
    if figure.edition_id and not figure.frame_id and frames and (not figure.frames or set(frames) < set(figure.frames)):
        having = {frame for frame, value in tables.get(figure.edition_id, ()) if value == figure.value}
        if not having or having & set(frames):  # else the name beside it is that of another frame
            figure = replace(figure, frames=frames)
    yield figure


def _tables_of(figures: tuple[CatalogueFigure, ...]) -> dict[str, set[tuple[str, Value]]]:
    """The frames of each edition with the caps, floors and rates of their tables."""
    out: dict[str, set[tuple[str, Value]]] = {}
    for figure in figures:
        if figure.edition_id and figure.frame_id and figure.kind in ("cap", "floor", "rate"):
            out.setdefault(figure.edition_id, set()).add((figure.frame_id, figure.value))
    return out


def _told_claim(blank: Claim, telling: Telling, wide: dict[str, float]) -> Claim:
    clause = _CLAUSE_END.split(telling.right, maxsplit=1)[0]
    near: dict[str, float] = {}
    own = telling.left[_clause_start(telling.left) :]
    put(near, without_exceptions(own), 1.0)
    put(near, without_exceptions(telling.left), _BESIDE)
    put(near, clause, 0.9)
    grams = dict(wide)
    put(grams, telling.sentence, 0.5)
    told = telling.told
    family = blank.measure.family
    own_right = clause if clause != telling.right else own_words(clause)
    role = role_around(told.text if told else "", telling.left, own_right, telling.before, family)
    needs = tuple(t.need for t in told_spans(find_quantities(telling.since)) if t.need.family == "people")
    bounds = blank.bounds | ({told.bound} if told else set())
    if family in ("months", "days") and (telling.left.endswith("過去") or telling.right.startswith(("間", "の間", "を経過していない"))):
        bounds |= {"within"}
    if family == "months" and telling.right.startswith("を経過していない"):
        bounds |= {"under"}
    if family == "yen" and telling.right.startswith(("足した額以内", "を足した額以内", "加えた額以内", "を加えた額以内")):
        bounds |= {"within"}
    if telling.left.endswith(_MOST):
        bounds |= {"max", "until", "within"}
    if family == "yen" and telling.right.startswith(_TO):
        bounds |= {"min"}
    if family == "yen" and telling.left.endswith(_TO):
        bounds |= {"max", "until"}
    return replace(
        blank, grams=grams, near=near, role=blank.role or role, bounds=bounds,
        place=telling.place, sentence=grams_of(telling.sentence), nth=_count(telling.before + telling.left),
        needs=blank.needs or (tuple(n for n in needs if n.low != n.high) if family in _AMOUNTS else ()),
        sizes=blank.sizes or sizes_in(telling.left),
    )  # fmt: skip


def _clause_start(text: str) -> int:
    """Where the last clause of a text begins."""
    return max((m.end() for m in _CLAUSE_END.finditer(text)), default=0)


def _edges(catalogue: Catalogue, figures: tuple[CatalogueFigure, ...]) -> Iterator[Claim]:
    """The cost at which a marginal rate changes, where the table tells the subsidy: 1,500万円 at 1/2 is a cost of 3,000万円."""
    rows = {(f.edition_id, f.frame_id, f.item_id, f.label, f.value.ratio): f for f in figures if f.kind == "rate"}
    for edition in catalogue.editions.values():
        for frame in edition.frames:
            tables = [(frame.id, frame.rate), *((f"{frame.id}.{c.id}", c.rate) for c in frame.components)]
            for item_id, table in tables:
                for case in table.cases if table is not None and table.tier_on == "subsidy" else ():
                    edge, paid = Fraction(0), 0
                    for tier in case.tiers:
                        row = rows.get((edition.id, frame.id, item_id, case_label(case, frame), tier.ratio))
                        if tier.up_to_yen is None or row is None:
                            break
                        edge += (tier.up_to_yen - paid) / Fraction(tier.ratio)
                        paid = tier.up_to_yen
                        for yen in {int(edge), ceil(edge)}:  # both ways of rounding are told
                            claim = _blank(replace(row, kind="tier", value=Value(yen=yen), words=(*row.words, "までの部分")))
                            if claim is None:
                                continue
                            near = dict.fromkeys(grams_of("対象経費の部分"), 1.0)
                            yield replace(claim, bounds=frozenset({None, "until", "max", "over"}), near=near, is_edge=True)


def _count(text: str) -> int:
    return sum(not q.ignored for q in find_quantities(text))


def _ranges(claims: tuple[Claim, ...], texts: dict[Key, str], items: dict[Key, dict[str, Value]]) -> Iterator[tuple[CatalogueFigure, Need]]:
    """All ranges that row labels and item texts tell, each with a figure that says where it holds."""
    seen: set[tuple[object, ...]] = set()
    owners: dict[Key, CatalogueFigure] = {}
    for claim in claims:
        key = _key(claim.figure)
        owners.setdefault(key, claim.figure)
        for need in claim.needs:
            mark = (key, need)
            if need.low is not None and need.high is not None and need.low != need.high and mark not in seen:
                seen.add(mark)
                yield claim.figure, need
    for key, text in texts.items():
        if key in owners and key in items:
            for told in told_spans([q for q in find_quantities(fill(text, items[key])) if q.side]):
                yield owners[key], told.need


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
                claim = _blank(told)
                yield from () if claim is None else (replace(claim, sum_of=len(chosen)),)


def _groups(frame: Frame) -> Iterator[tuple[Special, ...]]:
    """Special measures that may be used together and add to the cap."""
    adding = [s for s in frame.specials if s.add_yen]
    for size in range(1, len(adding) + 1):
        for chosen in combinations(adding, size):
            ids = {s.id for s in chosen}
            if not any(ids & set(s.excludes) for s in chosen):
                yield chosen


def _literals(figures: tuple[CatalogueFigure, ...], texts: dict[Key, str]) -> Iterator[Claim]:
    """Numbers that stand in an item's own words (3か月ごと, 5軸): counts, durations and dates, never amounts or rates."""
    owners: dict[Key, CatalogueFigure] = {}
    for figure in figures:
        owners.setdefault((figure.edition_id or figure.programme, figure.frame_id, figure.kind, figure.item_id), figure)
    for key, text in texts.items():
        owner = owners.get(key)
        if owner is None:
            first = next((f for k, f in owners.items() if k[0] == key[0]), None)
            owner = first and replace(first, frame_id=key[1], kind=key[2], item_id=key[3], label="", words=(), frames=())
        plain = normalize(TOKEN.sub(" ", text)).text
        for quantity in find_quantities(plain):
            measure = measure_of(quantity)
            if owner is None or quantity.ignored or not _may_be_literal(measure):
                continue
            grams: dict[str, float] = {}
            for word in (owner.label, *owner.words) if owner.item_id == key[3] else ():
                put(grams, normalize(word).text, 0.6)
            put(grams, plain, 0.5)
            near: dict[str, float] = {}
            put(near, plain[max(0, quantity.start - 12) : quantity.end + 10], 1.0)
            yield Claim(0, owner, measure, frozenset({quantity.bound}), None, grams, frozenset(), (), (), near=near)


def _may_be_literal(measure: Measure) -> bool:
    return measure.family not in ("yen", "share")


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
        claim = _blank(figure)
        if claim is not None:
            yield claim
