"""What leads the answer: a passage that plainly is what was asked for, else the tables, dates and passages of a kind."""

from __future__ import annotations

from dataclasses import replace

from assistant.ask.beneath import MORE, beneath
from assistant.ask.evidence import CompareFinding, DateFinding, Evidence, Finding, ProseFinding, TableFinding
from assistant.ask.gather_computed import against_passage
from assistant.ask.gather_prose import Prose
from assistant.ask.gather_tables import TABLES
from assistant.ask.gather_worded import HARD, WORDED
from assistant.ask.leading import LIKE_QUESTION, SAME_QUESTION, led_by, of_another_special
from assistant.ask.query import Query
from assistant.ask.verdicts import forbids, forbids_asked, taken_for_granted
from assistant.ask.wording import COUNTS_DAYS
from assistant.rules.schema import YenCase
from assistant.search.passages import Passage

ENOUGH, SOME = 0.5, 0.4
"""Share of the telling words that a passage must hold to lead the answer."""
LITTLE = 0.25
"""Below this share nothing in the knowledge speaks of what was asked."""
UNKNOWN = 0.55
"""Where this share of the telling words stands nowhere in the knowledge, it does not speak of the thing."""
GOOD_SCORE = 20.0
FAINT = 0.5
"""A passage below this score shares no word with the question (found by vectors alone): it never leads."""
ANY_SCORE = 7.0
"""A passage of this score speaks of the question whatever words it lacks."""


def arrange(query: Query, prose: Prose, structured: list[Finding], worded: list[Finding], fallback: list[Finding]) -> Evidence:
    """Put what answers first: a passage that holds the telling words, else the tables, dates and passages asked for."""
    strong = is_strong(prose, bool(structured) and not query.inherited)
    leading = _contradicting_first(query, prose)
    lead: tuple[Finding, ...] = (ProseFinding(leading.hits[:1], beneath(query, leading.hits)),)
    by_round = worded and query.rounds and query.has(*HARD)
    if prose.firm >= 2 and not structured and not by_round:
        parts = ProseFinding(prose.hits[: prose.firm], prose.hits[prose.firm : prose.firm + MORE])
        return Evidence((parts,), covered=prose.coverage)
    counted = against_passage(query, prose.hits)
    if counted is not None:
        return Evidence((counted, *lead), covered=prose.coverage)
    limit = _telling_limit(prose, structured)
    specials = _special_passages(query, prose) if worded and query.has("bonus", "compare") else ()
    if structured and isinstance(structured[0], CompareFinding):
        return Evidence((structured[0], *worded[:2], *structured[1:4], *beside(prose)), covered=prose.coverage)
    if worded and (specials or _decides(query, worded) or not (strong and prose.telling)):
        worded = [*specials, *worded]
        tail = () if query.has(*HARD) and query.rounds else beside(prose)
        tables_first = bool(query.named("frame")) and set(query.attributes[:1]) <= set(TABLES) and not _decides(query, worded)
        both = (*structured[:4], *worded[:3]) if tables_first else (*worded[:3], *structured[:4])
        return Evidence((*limit, *both, *tail), covered=prose.coverage)
    plain = not query.inherited and _plain(query, prose, structured)
    if structured and (plain or not (strong and prose.telling)):
        first, last = ((), limit) if plain else (limit, ())
        return Evidence((*first, *structured, *worded[:2], *last, *beside(prose)), covered=prose.coverage)
    if strong:
        return Evidence((*lead, *structured[:4]), covered=prose.coverage)
    return _faint(query, prose, lead, fallback)


def _faint(query: Query, prose: Prose, lead: tuple[Finding, ...], fallback: list[Finding]) -> Evidence:
    """What answers where nothing plainly does: the best passage if it speaks of the thing, or what stands in for it."""
    if prose.telling and prose.hits and prose.hits[0].score >= GOOD_SCORE:
        return Evidence((*lead, *fallback[:1]), covered=prose.coverage)
    told_no = bool(prose.hits) and forbids(prose.hits[0].passage.text) and forbids_asked(query, prose.hits[0])
    if (told_no or query.has("cost", "requirement", "special", "compare", "definition", "change")) and speaks_of(prose):
        return Evidence(lead, covered=prose.coverage)
    if fallback:
        return Evidence((*fallback, *beside(prose)), covered=prose.coverage)
    if speaks_of(prose):
        return Evidence(lead, covered=prose.coverage)
    return Evidence(covered=prose.coverage, unknown=prose.telling)


def _decides(query: Query, worded: list[Finding]) -> bool:
    """Whether the first passage of its kind answers whatever else was found: hard facts, a time, or a figure taken for granted."""
    first = worded[0].lead[:1] if isinstance(worded[0], ProseFinding) else ()
    timed = query.has("project_end") and any(h.passage.kind == "period" for h in first)
    return timed or query.has("combine", *HARD) or any(taken_for_granted(query, h) for h in first)


def _contradicting_first(query: Query, prose: Prose) -> Prose:
    """Led by the passage that forbids what the question takes as allowed, if it is near the first and of the same programme."""
    if not prose.hits or prose.firm or forbids_asked(query, prose.hits[0]):
        return prose
    same = (h for h in prose.hits[1:5] if h.passage.programme == prose.hits[0].passage.programme and h.passage.kind != "case")
    best = next((h for h in same if forbids_asked(query, h) and not of_another_special(query, h.passage)), None)
    return replace(prose, hits=led_by(best, prose.hits))


def _telling_limit(prose: Prose, structured: list[Finding]) -> tuple[Finding, ...]:
    """The best passage where it is a limit of the frames tabled and says more than their tables (a day's rate, all years)."""
    tables = [f for f in structured if isinstance(f, TableFinding)]
    best = prose.hits[0].passage if prose.hits else None
    if best is None or best.kind != "limit" or not any(_of_table(best, f) for f in tables):
        return ()
    shown = {c.case.yen for f in tables for c in f.choices if isinstance(c.case, YenCase)}
    more = any(v.unit in ("years", "months", "days") or (v.yen is not None and v.yen not in shown) for v in best.figures.values())
    return (ProseFinding(prose.hits[:1]),) if more else ()


def _of_table(passage: Passage, table: TableFinding) -> bool:
    same = passage.edition_id == table.place.edition.id
    whole = not passage.frames and not table.place.framed  # what is said of all frames tells nothing of the one that is named
    return same and (table.frame.id in passage.frames or whole)


def _special_passages(query: Query, prose: Prose) -> tuple[Finding, ...]:
    """The passages of special measures that a comparison names beside something else."""
    wanted = {t.special for t in query.named("special")}
    hits = [h for h in prose.hits if h.passage.item_id in wanted and h.passage.kind == "special"]
    return (ProseFinding(tuple(hits[:1])),) if hits else ()


def is_strong(prose: Prose, beside_tables: bool) -> bool:
    """Whether the best passage plainly is what was asked for."""
    if not prose.hits or prose.hits[0].score < FAINT:
        return False
    if beside_tables and prose.hits[0].passage.item_id == "summary":
        return False  # what a programme is for tells no table
    if beside_tables:
        sure = prose.coverage >= ENOUGH and (len(prose.telling) >= 2 or prose.named >= 5)
        return sure or (prose.named >= 4 and prose.hits[0].score >= GOOD_SCORE)
    if prose.hits[0].alike >= SAME_QUESTION:
        return True
    if not prose.telling and prose.hits[0].alike >= LIKE_QUESTION:
        return True
    some = prose.named >= 3 or prose.hits[0].score >= GOOD_SCORE
    return (prose.coverage >= ENOUGH and bool(prose.telling)) or (some and prose.coverage >= LITTLE)


def speaks_of(prose: Prose) -> bool:
    """Whether the best passage speaks of what was asked at all."""
    if not prose.hits or (prose.unknown >= UNKNOWN and prose.coverage < ENOUGH):
        return False
    return prose.coverage >= LITTLE or prose.named >= 3 or prose.hits[0].score >= ANY_SCORE


def beside(prose: Prose) -> tuple[Finding, ...]:
    """Passages that hold the telling words, to stand beside what leads."""
    good = tuple(h for h in prose.hits[:2] if prose.telling and h.coverage >= ENOUGH)
    return (ProseFinding((), good),) if good else ()


def _plain(query: Query, prose: Prose, structured: list[Finding]) -> bool:
    """Whether the question is a plain look-up: of a table whose frame or headcount was told, of a date by its name."""
    if query.has(*WORDED):
        return False
    if query.has("project_end") and any(isinstance(f, DateFinding) and f.attribute == "project_end" and f.event for f in structured):
        return True
    if COUNTS_DAYS.search(query.text) and any(isinstance(f, DateFinding) and f.event is not None for f in structured):
        return True
    tells_a_day = any(v.unit in ("date", "datetime") for h in prose.hits[:1] for v in h.passage.figures.values())
    asks_dates = query.confirm or (set(query.attributes) <= {"deadline", "opens", "eligibility"} and not tells_a_day)
    if query.has("deadline", "opens") and (query.has("support_plan") or (query.rounds and asks_dates)):
        return True
    if query.confirm and query.slots.claimed and query.has("cap", "floor"):
        return True
    told = query.slots.inputs.get("employees") is not None or bool(query.named("frame"))
    return query.has("cap", "rate", "floor", "amount") and told
