"""Japanese labels of table rows, made from their conditions."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.rules.conditions import Condition, Test
from assistant.rules.labels import case_label, condition_label, range_words
from assistant.rules.schema import Frame, Special, YenCase

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
        ({"cost_yen": {"over": 5000000}}, "500万円超"),
        ({"cost_yen": {"min": 500000, "max": 3500000}}, "50万円～350万円"),
        ({"cost_yen": {"under": 500000}}, "50万円未満"),
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
