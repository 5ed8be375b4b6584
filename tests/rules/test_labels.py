"""Japanese labels of table rows, made from their conditions."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.rules.conditions import Condition, Test
from assistant.rules.labels import cap_rows, case_label, condition_label, range_words, rate_rows
from assistant.rules.schema import Frame, RateTable, Special, YenCase, YenTable

SOURCE = {"doc": "d", "section": "s"}
SPECIAL = Special.model_validate({"id": "chinage", "label": "賃上げ特例", "text": "t", "source": SOURCE})
FRAME = Frame(id="f", label="枠", specials=(SPECIAL,))


@pytest.mark.parametrize(
    ("condition", "label"),
    [
        ({}, ""),
        ({"employees": {"max": 5}}, "従業員5人以下"),
        ({"employees": {"min": 6, "max": 20}}, "従業員6～20人"),
        ({"employees": {"min": 101}}, "従業員101人以上"),
        ({"processes": {"min": 4}}, "プロセス数4プロセス以上"),
        ({"functions": {"is": 1}}, "機能数1機能"),
        ({"year_no": {"min": 2, "max": 2}}, "2年目"),
        ({"cost_yen": {"over": 5000000}}, "対象経費の額500万円超"),
        ({"cost_yen": {"min": 500000, "max": 3500000}}, "対象経費の額50万円～350万円"),
        ({"cost_yen": {"under": 500000}}, "対象経費の額50万円未満"),
        ({"taxable_income_yen": {"over": 1500000000}}, "課税所得15億円超"),
        ({"size": {"is": "small"}}, "小規模事業者"),
        ({"size": {"in": ["small", "sme"]}}, "小規模事業者・中小企業"),
        ({"industry": {"is": "seizo_other"}}, "製造業その他"),
        ({"deficit": {"is": True}}, "赤字の事業者"),
        ({"revival": {"is": False}}, "再生事業者以外"),
        ({"specials": {"has": ["chinage"]}, "employees": {"max": 5}}, "賃上げ特例あり・従業員5人以下"),
        ({"specials": {"lacks": ["chinage"]}}, ""),
        ({"any": [{"size": {"is": "small"}}, {"revival": {"is": True}}]}, "小規模事業者または再生事業者"),
    ],
)
def test_condition_label(condition: dict[str, Any], label: str) -> None:
    assert condition_label(Condition.model_validate(condition), FRAME) == label


def test_a_label_of_its_own_wins() -> None:
    when = Condition.model_validate({"employees": {"max": 5}})
    assert case_label(YenCase(when=when, yen=1, label="小さな会社"), FRAME) == "小さな会社"
    assert case_label(YenCase(when=when, yen=1), FRAME) == "従業員5人以下"


def test_range_of_nothing_is_empty() -> None:
    assert range_words(Test.model_validate({"in": ["a"]}), "人") == ""


def test_the_row_of_all_other_cases_is_named_so() -> None:
    cases = [{"when": {"size": {"is": "small"}}, "yen": 2000000}, {"yen": 1000000}]
    table = YenTable.model_validate({"source": SOURCE, "cases": cases})
    assert cap_rows(table, FRAME) == ["小規模事業者 200万円", "それ以外 100万円"]
    assert cap_rows(YenTable.model_validate({"source": SOURCE, "cases": [{"yen": 1000000}]}), FRAME) == ["100万円"]
    rates = [{"when": {"taxable_income_yen": {"over": 1500000000}}, "ratio": "1/2"}, {"ratio": "2/3"}]
    shown = ["課税所得15億円超 1/2", "それ以外 2/3"]
    assert rate_rows(RateTable.model_validate({"source": SOURCE, "cases": rates}), FRAME) == shown
    assert cap_rows(None, FRAME) == []
