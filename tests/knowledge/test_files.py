"""The shipped knowledge: it loads, its ids are unique, its figures stand in the sources, its texts hold no loose numbers."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from assistant.flow import Assistant
from assistant.rules.figures import list_figures
from assistant.rules.load import Catalogue, load_catalogue
from assistant.rules.proof import prove
from assistant.rules.strict_yaml import read_yaml
from assistant.text.numbers import find_quantities

ROOT = Path(__file__).parents[2]
KNOWLEDGE = ROOT / "knowledge"
BESIDE = ROOT.parent / "shared" / "sources"

NAMES = re.compile(
    r"20\d\d年(度)?"  # a year that names an edition
    r"|令和(元|\d+)年(度)?"  # a disaster or budget by its year
    r"|\d軸"  # a machine by its axes
    r"|1万者"  # the name of the export programme
    r"|一(人|件|か月)|二(回|か所)|0人"  # words of everyday language
    r"|20\d\d年\d+月"  # a month as the heading of a calendar
    r"|100億円(超|を超える)?"  # what the declaration is named after
    r"|[123]年(間)?"  # a span that a ceiling is given for, or the year of a shop it is about
    r"|1[企会]?[業社]"  # one firm alone
    r"|2か年"  # a plan over two years
)
LOOSE = {
    "9:30": 6, "17:30": 6,  # office hours: a time without a date has no unit in the data
    "10:00": 1, "17:00": 1, "9時30分": 1, "15時30分まで": 1,
    "1": 3, "2": 3, "3": 3, "365": 2,  # product names in cases; kinds numbered by the source; the 1 of a growth formula
    "3割": 1,  # a share that the doubt of the item is about
    "38": 1,  # how many names the list after it holds
    "3プロセス以下": 1, "4プロセス以上": 1, "1機能": 1, "1円": 1,  # the bands of a table whose amounts are tokens
    "2022": 1, "2025": 1,  # names of past programmes and awards
}  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(KNOWLEDGE)


def test_every_file_is_read(catalogue: Catalogue) -> None:
    """A file in the wrong folder would be passed over in silence."""
    yaml = {p.relative_to(KNOWLEDGE).as_posix() for p in KNOWLEDGE.rglob("*.yaml")}
    top = {"general.yaml", "sources.yaml", "vocabulary.yaml", "messages.yaml", "company.yaml"}  # the last is the sample of --sample
    programmes = {f"programmes/{p}/programme.yaml" for p in catalogue.programmes}
    editions = {p for p in yaml if re.fullmatch(r"programmes/[a-z0-9-]+/editions/[a-z0-9-]+\.yaml", p)}
    forms = {p for p in yaml if re.fullmatch(r"(programmes/[a-z0-9-]+/)?forms/[a-z0-9-]+\.yaml", p)}
    assert yaml == top | programmes | editions | forms
    assert len(editions) == len(catalogue.editions)
    prose = {p.relative_to(KNOWLEDGE).as_posix() for p in KNOWLEDGE.rglob("*.md")}
    assert prose - {"CHANGES.md"} == {*catalogue.articles, *catalogue.questions}


def test_ids_are_those_of_the_files(catalogue: Catalogue) -> None:
    for path in KNOWLEDGE.glob("programmes/*/editions/*.yaml"):
        programme = path.parts[-3]
        assert read_yaml(path)["id"] == f"{programme}/{path.stem}", path.name
    for path in KNOWLEDGE.glob("programmes/*/programme.yaml"):
        assert read_yaml(path)["id"] == path.parts[-2]


def test_ids_are_unique(catalogue: Catalogue) -> None:
    for edition in catalogue.editions.values():
        items = [("frame", f.id) for f in edition.frames] + [("item", x.id) for x in (*edition.facts, *edition.costs)]
        items += [(f.id, x.id) for f in edition.frames for x in f.limits]
        assert [i for i, n in Counter(items).items() if n > 1] == [], edition.id
    facts = [f.id for f in catalogue.general.facts]
    assert len(facts) == len(set(facts))
    documents = [d["id"] for d in read_yaml(KNOWLEDGE / "sources.yaml")]
    assert len(documents) == len(set(documents)) == len(catalogue.documents)


def test_specials_that_exclude_each_other_say_so_both_ways(catalogue: Catalogue) -> None:
    for edition in catalogue.editions.values():
        for frame in edition.frames:
            pairs = {(s.id, other) for s in frame.specials for other in s.excludes}
            assert pairs == {(b, a) for a, b in pairs}, f"{edition.id} {frame.id}"


def test_rows_that_name_a_special_name_one_of_the_frame(catalogue: Catalogue) -> None:
    for edition in catalogue.editions.values():
        for frame in edition.frames:
            known = {s.id for s in frame.specials}
            for table in (frame.cap, frame.rate, frame.floor):
                for row in table.cases if table else ():
                    test = row.when.tests.get("specials")
                    assert test is None or {*(test.has or ()), *(test.lacks or ())} <= known, f"{edition.id} {frame.id}"


def sources() -> Path:
    """The folder of the originals; skips with a reason where it is not at hand."""
    told = os.environ.get("SHIRUBE_SOURCES")
    if told:
        return Path(told)
    if os.environ.get("CI") == "true" and BESIDE.is_dir():
        pytest.fail("SHIRUBE_SOURCES is not set although the originals are at hand")
    pytest.skip("the originals are not at hand (set SHIRUBE_SOURCES to their folder)")


def test_every_figure_stands_in_its_source(catalogue: Catalogue) -> None:
    proofs = prove(catalogue, sources())
    bad = [p for p in proofs if not p.found and not p.corrected]
    lost = [f"{p.figure.edition_id} {p.figure.item_id} {p.figure.value.text()}: {p.why}" for p in bad]
    assert len(proofs) == len(list_figures(catalogue)) and lost == []


def own_texts(catalogue: Catalogue) -> Iterator[str]:
    for edition in catalogue.editions.values():
        for item in (*edition.facts, *edition.costs, *edition.categories):
            yield item.text
        for frame in edition.frames:
            for part in (*frame.specials, *frame.limits, *frame.requirements):
                yield part.text
    for fact in catalogue.general.facts:
        yield fact.text
    for programme in catalogue.programmes.values():
        yield from (programme.summary, *(x.text for x in programme.lineage))
    for article in catalogue.articles.values():
        yield article.split("---", 2)[-1]


def test_numbers_in_texts_are_tokens(catalogue: Catalogue) -> None:
    """A figure stands in one place, as a token's value; what is written out is a name, or counted here with its reason."""
    found: Counter[str] = Counter()
    for text in own_texts(catalogue):
        for quantity in find_quantities(re.sub(r"\{[^{}]*\}|\d+円コース", "□", text)):
            if not quantity.ignored and not NAMES.fullmatch(quantity.text):
                found[quantity.text] += 1
    assert dict(found) == LOOSE


def test_no_unit_stands_twice(assistant: Assistant) -> None:
    """A token brings its unit with it (15区分): the text around must not say it again."""
    twice = re.compile(r"[0-9](つつ|([^\d\s、。（）「」]{1,3})\2)")
    assert [(p.id, m.group()) for p in assistant.index.passages for m in twice.finditer(p.text)] == []


@pytest.mark.parametrize("path", sorted(KNOWLEDGE.glob("*.yaml")), ids=lambda p: p.name)
def test_the_loader_without_libyaml_reads_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert yaml.load(text, Loader=yaml.SafeLoader) == yaml.load(text, Loader=yaml.CSafeLoader)
