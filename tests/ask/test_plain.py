"""やさしい日本語: everyday words and short sentences, and never another number."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

import pytest

from assistant.ask.plain import say_plainly
from assistant.flow import Assistant, answer_question
from assistant.records import Answer, Question
from assistant.text.numbers import find_quantities

QUESTIONS = (
    "持続化補助金の通常枠の上限は？",
    "持続化補助金の申請の流れと提出書類と審査のポイントを全部教えて",
    "持続化補助金で自動車は買える？",
    "持続化で税抜60万円の冷蔵ショーケースを買うと、いくら出る？ 従業員3人の小売店です",
    "省力化補助金の一般型の上限額を従業員数ごとに教えて",
    "デジタル化・AI導入補助金の補助率と締切は？",
    "ものづくり補助金の要件は？",
    "東京都の創業助成金の上限は？",
    "今日の天気は？",
    "いくら補助されますか",
    "三重県で従業員8人の旅館です。赤字です。240万円で客室を改装したい。うちに合う補助金は？",
)
NUMBERS = re.compile(r"[0-9０-９一二三四五六七八九十百千万億兆]|以上|以下|未満|超|以内|半分|倍|まで|約|(?<!だ)から")


def ask(text: str, assistant: Assistant, today: date, plain: bool) -> Answer:
    return answer_question(Question(text, today, plain=plain), assistant)


def numbers(text: str) -> list[tuple[str, str]]:
    bare = re.sub(r"\[\d+\]", "", text)
    return [(q.text, q.unit) for q in find_quantities(bare) if not q.ignored]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_words_change_and_nothing_else(question: str, assistant: Assistant, today: date) -> None:
    usual, plain = (ask(question, assistant, today, p) for p in (False, True))
    assert plain.text != usual.text or "|" in usual.text
    assert numbers(plain.text) == numbers(usual.text)
    assert set(plain.figures) == set(usual.figures) and plain.sources == usual.sources
    assert (plain.status, plain.reason, plain.suggestions) == (usual.status, usual.reason, usual.suggestions)
    assert set(re.findall(r"\[\d+\]", plain.text)) == set(re.findall(r"\[\d+\]", usual.text))
    assert "\x00" not in plain.text and not re.search(r"\{[fs]:\d+\}", plain.text)


def test_a_word_is_explained_once_and_names_stay_whole(assistant: Assistant) -> None:
    said = say_plainly("採択の後に交付決定です。交付決定日と小規模事業者持続化補助金と「採択」。", assistant.catalogue)
    assert said.count("交付決定（お金を出すことが決まった知らせ）") == 1 and said.count("採択（") == 1
    assert "交付決定日" in said and "小規模事業者持続化補助金" in said and "「採択」" in said


def test_long_sentences_end_sooner_and_keep_their_citation(assistant: Assistant) -> None:
    said = say_plainly("車両は補助対象外ですが、{f:0}の例が載っています{s:2}。あとで確認してください。", assistant.catalogue)
    assert said.split("  \n") == [
        "車両は補助金を使えません{s:2}。",
        "ただし、{f:0}の例が載っています{s:2}。",
        "あとで確かめてください。",
    ]
    assert say_plainly("- 税込です。[1]", assistant.catalogue) == "- 税込（消費税を入れた額）です。[1]"
    assert say_plainly("- あ。[1]い。", assistant.catalogue) == "- あ。[1]  \n  い。"


@pytest.mark.parametrize("line", ["| 採択 | 補助率 |", "出典：公募要領（2026年7月6日時点）。", "計算：補助率", ""])
def test_tables_sources_and_calculations_stay(line: str, assistant: Assistant) -> None:
    assert say_plainly(line, assistant.catalogue) == line


def test_brackets_are_not_filled_with_brackets(assistant: Assistant) -> None:
    assert say_plainly("額は{f:0}です（特例：{f:1}、採択）。", assistant.catalogue) == "額は{f:0}です（特例：{f:1}、採択）。"


def test_a_table_that_would_change_a_number_changes_nothing(assistant: Assistant) -> None:
    wrong = {"plain": {"phrases": {"以上": "2人より上", "を超え": "以上で"}, "words": {"枠": "50万円"}, "breaks": {}}}
    catalogue = dataclasses.replace(assistant.catalogue, vocabulary={**assistant.catalogue.vocabulary, **wrong})
    for text in ("従業員が5人以上です。", "枠は広いです。", "従業員が5人を超える会社。"):
        assert say_plainly(text, catalogue) == text


def test_without_a_table_nothing_changes(assistant: Assistant) -> None:
    catalogue = dataclasses.replace(assistant.catalogue, vocabulary={})
    assert say_plainly("採択。", catalogue) == "採択。"


def test_the_table_holds_words_only(assistant: Assistant) -> None:
    table = assistant.catalogue.vocabulary["plain"]
    assert set(table) == {"phrases", "words", "breaks"}
    for part in table.values():
        for key, value in part.items():
            assert not NUMBERS.search(key + value), (key, value)
    assert all(v.count("。") == 1 for v in table["breaks"].values())
