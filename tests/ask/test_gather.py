"""The evidence for a question: absent tables refused, older editions where the newer is silent, gaps filled."""

from datetime import date

import pytest

from assistant.ask.evidence import DateFinding, ProseFinding, TableFinding
from assistant.ask.gather import gather_evidence
from assistant.ask.inquiry import default_editions
from assistant.ask.route import choose_route
from assistant.records import Question

TODAY = date(2026, 9, 1)


def evidence(made, text, today=TODAY):
    query = made.parser.parse(Question(text, today))
    return gather_evidence(query, choose_route(query, made.catalogue, today), made.catalogue, made.index, today)


def prose(found):
    return [h.passage.id for f in found.findings if isinstance(f, ProseFinding) for h in (*f.lead, *f.more)]


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("見本保証の補助率は？", ("rate",)),
        ("試作補助金の下限は？", ("floor",)),
        ("試作補助金の利率は？", ("interest",)),
        ("試作補助金の利率は何パーセントですか", ("interest",)),  # other rates in percent are none of interest
    ],
)
def test_a_table_that_there_is_not_is_refused(made, text, unknown):
    found = evidence(made, text)
    assert (found.findings, found.unknown) == ((), unknown)


@pytest.mark.parametrize(
    ("text", "kind"), [("見本保証の上限は？", "cap"), ("例示補助金の下限は？", "floor"), ("試作補助金の補助率は？", "rate")]
)
def test_a_table_that_there_is_is_shown(made, text, kind):
    found = evidence(made, text)
    assert found.findings and all(isinstance(f, TableFinding) and f.kind == kind for f in found.findings) and not found.unknown


def test_an_older_edition_answers_where_the_newer_is_silent(made):
    assert prose(evidence(made, "試作補助金の採択事例でドローン測量はありますか"))[0] == "kokoromi/2025#drone"


def test_an_older_edition_is_not_asked_where_the_newer_speaks(made):
    assert "kokoromi/2025#drone" not in prose(evidence(made, "試作補助金の書類は？"))


def test_an_older_edition_is_not_asked_of_another_round(made):
    assert "kokoromi/2025#drone" not in prose(evidence(made, "試作補助金の第2回の採択事例でドローン測量はありますか"))


def test_words_that_nothing_holds_bring_another_passage(made):
    assert set(prose(evidence(made, "試作補助金の書類と、現地調査の立会いは？"))) == {"kokoromi/2026#books", "kokoromi/2026#visits"}
    assert prose(evidence(made, "試作補助金の書類は？")) == ["kokoromi/2026#books"]


def test_a_gap_beside_a_table_is_filled(made):
    found = evidence(made, "試作補助金の上限と、現地調査の立会いは？")
    assert any(isinstance(f, TableFinding) for f in found.findings) and prose(found) == ["kokoromi/2026#visits"]
    assert prose(evidence(made, "試作補助金の上限は？")) == []


def test_editions_that_answer_on_a_day(made):
    answering = {"kokoromi/2026", "hosho/2026", "mukashi/2024", "reiji/2026-r2", "mihon/2026", "mokusan/2026"}
    assert default_editions(made.catalogue, TODAY) == answering
    assert "kokoromi/2025" in default_editions(made.catalogue, date(2025, 9, 1))


@pytest.mark.parametrize(
    ("text", "attribute", "kind"),
    [
        ("試作補助金の交付決定はいつですか", "grant", "grant"),
        ("試作補助金はいつまでに終わらせないといけませんか", "project_end", "project_end"),
        ("試作補助金の締切は？", "deadline", "closes"),
        ("試作補助金の採択発表はいつ？", "result", "grant"),  # no result is printed: the grant is told instead
        ("例示補助金の採択発表はいつ？", "result", "result"),
    ],
)
def test_events_that_a_round_prints(made, text, attribute, kind):
    found = next(f for f in evidence(made, text).findings if isinstance(f, DateFinding))
    assert found.attribute == attribute and found.event is not None and found.event.kind == kind


@pytest.mark.parametrize("text", ["例示補助金の交付決定はいつですか", "例示補助金はいつまでに終わらせないといけませんか"])
def test_of_a_grant_or_end_that_no_source_prints_no_date_is_made(made, text):
    found = evidence(made, text)
    assert not [f for f in found.findings if isinstance(f, DateFinding) and f.attribute in ("grant", "project_end")]
    assert prose(found)[0] == "reiji/2026-r2#period"


def test_a_deadline_that_no_source_prints_is_said_to_be_open(made):
    (found,) = evidence(made, "見本保証の締切は？").findings
    assert isinstance(found, DateFinding) and found.event is None and found.window.state == "rolling"
