"""Numbers told under a name, in the notations that people use."""

from datetime import date
from fractions import Fraction

import pytest

from assistant.ask.numbers_told import becomes, read_told
from assistant.records import Question

INPUTS = {
    "profit": {"unit": "yen", "names": ["営業利益"], "minus": ["営業損失"]},
    "salary": {"unit": "yen", "names": ["給与", "賞与"]},
    "total": {"unit": "yen", "names": ["給与総額"]},
    "energy": {"unit": "kl", "names": ["使用量"]},
    "rate": {"unit": ["percent"], "names": ["利益率"]},
    "staff": {"unit": "people", "names": ["従業員", "従業員数"]},
}


def told(made, text, history=()):
    return read_told(made.parser.parse(Question(text, date(2026, 9, 1), tuple(history))), INPUTS)


@pytest.mark.parametrize(
    ("text", "key", "values"),
    [
        ("営業利益500万円、賞与80万円", "profit", [5_000_000]),
        ("営業利益は５００万円です", "profit", [5_000_000]),
        ("営業利益（税引前）が、約五百万円", "profit", [5_000_000]),
        ("500万円の営業利益", "profit", [5_000_000]),
        ("営業利益▲200万円", "profit", [-2_000_000]),
        ("営業利益はマイナス200万円", "profit", [-2_000_000]),
        ("営業損失200万円", "profit", [-2_000_000]),
        ("営業利益は200万円の赤字", "profit", [-2_000_000]),
        ("営業利益なし", "profit", [0]),
        ("営業利益はゼロです", "profit", [0]),
        ("給与300万円と賞与50万円", "salary", [3_000_000, 500_000]),
        ("給与総額900万円", "total", [9_000_000]),
        ("給与総額900万円", "salary", []),  # the longer name wins
        ("営業利益が500万円から600万円に", "profit", [5_000_000, 6_000_000]),
        ("営業利益が500万円から3年後に600万円", "profit", [5_000_000, 6_000_000]),
        ("営業利益が昨年500万円で今年600万円", "profit", [5_000_000, 6_000_000]),
        ("営業利益500万円、設備600万円", "profit", [5_000_000]),
        ("使用量100klを85klに", "energy", [100, 85]),
        ("利益率が7.1%", "rate", [Fraction(71, 10)]),
        ("従業員数は8人", "staff", [8]),
        ("8人の従業員", "staff", [8]),
        ("従業員8人", "profit", []),  # the unit decides
        ("営業利益の話です。500万円の機械を買います", "profit", []),  # another sentence
        ("営業利益を増やすために新しく入れる大きな機械は500万円", "profit", []),  # too far away
    ],
)
def test_numbers_under_a_name(made, text, key, values):
    assert [n.value for n in told(made, text).all(key)] == values


def test_a_later_turn_adds_and_corrects(made):
    found = told(made, "従業員は8人です", ["営業利益は500万円、従業員7人。労働生産性は？"])
    assert (found.get("profit"), found.get("staff")) == (5_000_000, 8)


@pytest.mark.parametrize(
    ("between", "is_so"),
    [
        ("から", True),
        ("を", True),
        ("→", True),
        ("から3年後に", True),
        ("、", False),
        ("と", False),
        ("。それから", False),
        ("で電気代が年", False),
        ("を入れて電気代が", False),
        ("の人を", True),
        ("の使用量を、更新後は", True),
        ("かかるのが1日", True),
        ("かかるのが", True),
        ("、3年後は", False),
        ("が1人、", False),
    ],
)
def test_what_becomes_what(between, is_so):
    assert becomes(between) is is_so
