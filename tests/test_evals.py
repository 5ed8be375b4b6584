"""The grader on both sides, and a small run through the real flow."""

import pytest

from evals.coverage import case_counts, load_rules, missing_carriers
from evals.coverage import table as coverage_table
from evals.grade import canonical, grade, holds
from evals.report import summary, table
from evals.run import run_case


@pytest.mark.parametrize(
    ("answer", "needle", "found"),
    [
        ("上限は500,000円です", "50万円", True),
        ("上限は1,500万円です", "500万円", False),
        ("補助率は三分の二", "2/3", True),
        ("締切は2026年12月15日（火） 17:00です", "12月15日", True),
        ("締切は2026年12月16日です", "12月15日", False),
        ("5人以下が対象", "5人以下", True),
        ("15人以下が対象", "5人以下", False),
        ("3.0%以上", "3%", True),
        ("対象外です", "@no", True),
        ("対象です", "@no", False),
    ],
)
def test_needles_are_found_by_value(answer, needle, found):
    assert holds(canonical(answer), answer, needle) is found


def test_a_case_passes_only_with_everything_right():
    case = {"must": [["50万円"]], "near": [[["通常枠"], ["50万円"]]], "first": [["50万円"]], "must_not": ["上限は200万円"]}
    right = "通常枠の上限は50万円です。創業型は200万円です。"
    assert grade(case, "answered", right).passed
    assert not grade(case, "refused", right).passed
    assert "together" in grade({**case, "near": [[["創業型"], ["50万円"]]]}, "answered", right).why
    assert "contains" in grade(case, "answered", "通常枠の上限は50万円です。創業型の上限は200万円です。").why
    assert "characters" in grade(case, "answered", right + "あ" * 2600).why


def test_rows_of_a_table_carry_their_heads():
    case = {"near": [[["6～20人"], ["500万円"]]]}
    rows = "| 従業員 | 上限 |\n| --- | --- |\n| 6～20人 | 500万円 |"
    assert grade(case, "answered", rows).passed


def test_a_small_run(assistant):
    cases = [
        {"id": "a", "kind": "lookup", "question": "持続化の通常枠の上限は？", "must": [["50万円"]]},
        {"id": "b", "kind": "unanswerable", "question": "持続化の第30回の締切は？", "status": "refused", "must": [["@unknown"]]},
        {"id": "c", "kind": "lookup", "question": "持続化の通常枠の上限は？", "must": [["70万円"]]},
    ]
    figures = summary([run_case(c, assistant) for c in cases])
    assert (figures["passed"], figures["total"], figures["unproven_numbers"]) == (2, 3, 0)
    assert figures["refused_right"] == 1 and [f["id"] for f in figures["failures"]] == ["c"]
    assert "2/3" in table(figures, 5)


def test_every_rule_of_the_sources_has_a_case_and_a_carrier(assistant):
    rules = load_rules()
    assert [r.id for r in rules if not r.cases] == []
    assert missing_carriers(rules, assistant.catalogue) == []
    assert set(case_counts()) == {r.id for r in rules} and len({r.id for r in rules}) == len(rules)
    assert coverage_table(rules).splitlines()[-1] == f"{len(rules)} rules, {len(rules)} with cases, without: none"
