"""Kinds of true numbers that are no figure of a programme, and sentences of the catalogue word for word."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from assistant.ask.verify import verify_text
from assistant.ask.verify.contexts import is_item, leads
from assistant.ask.verify.grams import without_exceptions
from assistant.ask.verify.verbatim import bare, changed, shape
from assistant.ask.verify.workings import read_workings
from assistant.rules.load import load_catalogue
from assistant.text.numbers import find_quantities

TODAY = date(2026, 9, 1)
KNOWLEDGE = Path(__file__).parents[1] / "data" / "knowledge"


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue(KNOWLEDGE)


def verdicts(text, catalogue):
    return {n.text: n.verdict for n in verify_text(text, catalogue, TODAY).numbers}


def test_a_product_in_words_proves_its_rounded_result():
    text = "基準を400万円とすると、400万円×1.045の3乗で、約456万5千円になります。"
    assert any(read_workings(text, find_quantities(text)).results.values())
    wrong = text.replace("456万5千円", "546万5千円")
    assert not any(read_workings(wrong, find_quantities(wrong)).results.values())
    assert Fraction(4_565_000) in {n for _, n in read_workings(text, find_quantities(text)).amounts}


@pytest.mark.parametrize("day", ["2027年9月の稼働を目標に当社は準備する。", "当社は2027年4月に完成する予定です。"])
def test_days_of_the_firm_are_its_own(day, catalogue):
    assert list(verdicts(day, catalogue).values()) == ["own"]


def test_the_last_day_before_a_supposed_one_follows(catalogue):
    found = verdicts("改定が10月1日に効力を持つなら、9月30日までに済ませてください。", catalogue)
    assert found["10月1日"] == "own"
    assert found["9月30日まで"] == "ok"
    assert verdicts("改定が10月1日に効力を持つなら、9月20日までに済ませてください。", catalogue)["9月20日まで"] != "ok"


def test_decades_hold_the_shares_of_the_text(catalogue):
    assert verdicts("率は三割台で、33.6%と34.1%でした。", catalogue)["三割"] == "ok"
    assert verdicts("率は四割台で、33.6%と34.1%でした。", catalogue)["四割"] != "ok"


def test_exceptions_in_brackets_are_not_spoken_of():
    assert "宿泊" not in without_exceptions("サービス業(宿泊業を除く)")
    assert without_exceptions("上限(税抜)") == "上限(税抜)"


def test_items_of_lists_are_no_sentences():
    assert is_item("・51人以上:2,500万円")
    assert not is_item("- 上限は50万円です。")
    assert not is_item("上限は50万円です")


def test_a_copied_sentence_with_another_number_is_found():
    model = "上限は50万円で、期間は10か月です"
    assert bare("- " + model + "。[1]".replace("[1]", "")) == model
    told = model.replace("10", "14")
    assert shape(told) == shape(model)
    assert list(changed(told, [model]).values()) == ["10"]
    assert changed(model, [told, model]) == {}


def test_only_an_announcing_sentence_leads_a_list():
    assert leads("補助率は次のとおりです。")
    assert leads("上限額:")
    assert not leads("補助率は1/2です。")
