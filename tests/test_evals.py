"""The grader on both sides, and a small run through the real flow."""

import json
from dataclasses import replace

import pytest

from evals import retrieval
from evals.__main__ import main as evals_main
from evals.coverage import case_counts, load_rules, missing_carriers
from evals.coverage import table as coverage_table
from evals.grade import canonical, grade, holds
from evals.html import page
from evals.naive import open_naive
from evals.naive import run_case as run_naive
from evals.report import summary, table
from evals.retrieval import load_questions
from evals.run import load_cases, own_files, run_case
from evals.thresholds import Thresholds, missed, read_thresholds


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


PASSING = {
    "total": 10, "passed": 9, "direct": 9, "refused_right": 2, "refused_wanted": 2, "unproven_numbers": 0, "disputed_numbers": 0,
    "p50_ms": 5.0, "p95_ms": 9.0, "kinds": {"lookup": {"passed": 9, "total": 10}},
    "failures": [{"id": "x", "kind": "lookup", "why": "lacks <b>", "question": "<script>alert(1)</script>"}],
}  # fmt: skip
LIMITS = Thresholds(0.9, 1.0, 0, 0, {"lookup": 0.9})


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({}, ""),
        ({"passed": 8}, "all cases: 8/10"),
        ({"refused_right": 1}, "refusals: 1/2"),
        ({"kinds": {"lookup": {"passed": 8, "total": 10}}}, "lookup: 8/10 = 80.0 %, at least 90.0 %"),
        ({"kinds": {"other": {"passed": 0, "total": 10}}}, ""),
        ({"unproven_numbers": 1}, "unproven_numbers: 1"),
        ({"disputed_numbers": 2}, "disputed_numbers: 2"),
        ({"refused_wanted": 0, "refused_right": 0}, ""),
    ],
)
def test_each_threshold_can_be_missed(change, word):
    found = list(missed({**PASSING, **change}, LIMITS))
    assert len(found) == bool(word) and (not word or word in found[0])


def test_every_kind_of_the_own_cases_has_a_threshold():
    kinds = {c["kind"] for c in load_cases(own_files())}
    assert kinds == set(read_thresholds().kinds)


def test_the_page_holds_everything_and_nothing_from_outside():
    naive = {**PASSING, "kinds": {"lookup": {"passed": 3, "total": 10}}, "passed": 3, "unproven_numbers": 7}
    retrieval = {
        "questions": 2, "passages": 9, "no_shared_word": 0, "apart": {"bm25": None},
        "all": {"bm25": {"recall_at_5": 0.5, "mrr_at_10": 0.25}},
    }  # fmt: skip
    mutations = {
        "open": {"texts": 1, "numbers": 4, "false_alarms": 0, "caught": 7, "mutants": 8, "ms_per_sentence": 0.4,
                 "by_kind": {"step": [3, 4]}},
    }  # fmt: skip
    text = page(PASSING, LIMITS, naive, retrieval, mutations)
    assert "90.0 %" in text and "30.0 %" in text and "<svg" in text and "0.250" in text and "7 / 8" in text and "3 / 4" in text
    assert "<script" not in text and "&lt;script&gt;" in text and "http" not in text and "src=" not in text
    alone = page({**PASSING, "failures": []}, LIMITS)
    assert "None." in alone and "was not run" in alone and "Retrieval" not in alone and "Mutations" not in alone


@pytest.fixture(scope="module")
def naive(assistant):
    return open_naive(assistant)


def test_the_naive_pipeline_answers_with_its_best_passage(naive, assistant):
    question = "チラシの印刷は補助対象になりますか"
    best = naive.answer(question)
    assert best in "".join(f"{p.heading}\n{p.topic}\n{p.text}\n" for p in assistant.index.passages)
    outcome = run_naive({"id": "a", "kind": "cost", "question": question, "must": [[best.split("\n")[0]]]}, naive)
    assert outcome.grade.passed and outcome.status == "answered"
    known = {p.id for p in assistant.index.passages}
    ranked = naive.ranked("チラシの印刷", 10)
    assert len(ranked) == len(set(ranked)) == 10 and set(ranked) <= known
    refuse = {"id": "b", "kind": "unanswerable", "question": "明日の天気は？", "status": "refused"}
    assert not run_naive(refuse, naive).grade.passed


def test_retrieval_measures_each_way_to_search(assistant, tmp_path):
    lines = [
        {"id": "r1", "question": "持続化補助金で店舗の改装はできますか", "passages": ["jizokuka/2026-r20#renovation"], "split": "open"},
        {"id": "r2", "question": "ぬるぽ", "passages": ["jizokuka/2026-r20#flyers", "jizokuka/2026-r20#exhibition-fee"], "split": "held"},
    ]
    file = tmp_path / "q.jsonl"
    file.write_text("\n".join(json.dumps(x, ensure_ascii=False) for x in lines) + "\n\n", encoding="utf-8")
    asked = load_questions([file])
    assert [a.id for a in load_questions([file], "held")] == ["r2"]
    found = retrieval.run(asked, assistant)
    assert set(found["all"]) == {"bm25", "dense", "hybrid", "product", "naive"}
    assert found["questions"] == 2 and found["no_shared_word"] == 1 and found["missed"] == []
    assert found["all"]["product"] == {"recall_at_5": 0.5, "mrr_at_10": 0.5} and found["apart"]["bm25"]["mrr_at_10"] == 0
    assert "product" in retrieval.table(found, 5) and "no shared word: 1" in retrieval.table(found, 5)
    with pytest.raises(SystemExit, match="no such passage"):
        retrieval.run([replace(asked[0], passages=frozenset({"nothing"}))], assistant)


def test_ranks_and_their_figures():
    assert retrieval.rank(["a", "b", "c"], frozenset({"c", "b"})) == 2 and retrieval.rank(["a"], frozenset({"z"})) is None
    assert retrieval.figures([1, 6, None, 2]) == {"recall_at_5": 0.5, "mrr_at_10": round((1 + 1 / 6 + 1 / 2) / 4, 4)}
    assert retrieval.figures([]) is None


def test_the_command_writes_the_report_and_fails_below_its_thresholds(tmp_path, monkeypatch, capsys):
    cases, limits = tmp_path / "c.jsonl", tmp_path / "t.toml"
    case = {"id": "c", "kind": "lookup", "question": "持続化の通常枠の上限は？", "must": [["70万円"]]}
    cases.write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
    limits.write_text("answered_share = 0.5\nrefused_share = 1.0\nunproven_numbers = 0\ndisputed_numbers = 9\n[kinds]\n", encoding="utf-8")
    (tmp_path / "base.json").write_text(json.dumps(PASSING), encoding="utf-8")

    def evals(*arguments):
        monkeypatch.setattr("sys.argv", ["evals", *map(str, arguments)])
        return evals_main()

    report = tmp_path / "r.html"
    assert evals(cases, "--html", report, "--baseline", tmp_path / "base.json") == 0
    assert "持続化の通常枠の上限は？" in report.read_text(encoding="utf-8") and [f.name for f in tmp_path.glob(".*")] == []
    assert evals(cases, "--thresholds", limits) == 1
    assert "all cases: 0/1" in capsys.readouterr().err
    assert evals("retrieval", tmp_path / "c.jsonl", "--split", "held") == 1 and "no questions" in capsys.readouterr().err


def test_every_rule_of_the_sources_has_a_case_and_a_carrier(assistant):
    rules = load_rules()
    assert [r.id for r in rules if not r.cases] == []
    assert missing_carriers(rules, assistant.catalogue) == []
    assert set(case_counts()) == {r.id for r in rules} and len({r.id for r in rules}) == len(rules)
    assert coverage_table(rules).splitlines()[-1] == f"{len(rules)} rules, {len(rules)} with cases, without: none"
