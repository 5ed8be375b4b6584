"""What a word or a frame is, asked in a few words: the passage that defines it leads, no cap and no case."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.ask.gather_defined import KINDS, defined
from assistant.ask.inquiry import Inquiry
from assistant.ask.route import choose_route
from assistant.flow import Assistant, answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)
ENDINGS = ("って何", "とは？", "って何ですか", "ってどういう意味")


def first(assistant: Assistant, text: str) -> str:
    return answer_question(Question(text, TODAY), assistant).text.split("\n")[0]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    ("word", "tells"),
    [
        ("交付決定", "額が認められること"),
        ("採択", "候補に選ばれること"),
        ("GビズID", "アカウント"),
        ("認定支援機関", "国の認定"),
        ("みなし大企業", "深く結び付いている"),
        ("付加価値額", "減価償却費の合計"),
        ("事業場内最低賃金", "最も低い時間給"),
        ("収益納付", "納める決まり"),
        ("概算払い", "後から払う"),
        ("加点", "上乗せ"),
        ("補助率", "割合"),
        ("補助金", "費用の一部"),
        ("創業型", "創業間もない"),
        ("廃業枠", "廃業等を行う人"),
        ("カタログ注文型", "「カタログ」から選んで"),
        ("グローバル枠", "海外市場の開拓"),
        ("セキュリティ対策推進枠", "サイバー事故"),
    ],
)
def test_what_defines_it_leads(assistant: Assistant, word: str, tells: str, ending: str) -> None:
    assert tells in first(assistant, word + ending)


def test_every_frame_that_a_passage_defines_is_told_by_it(assistant: Assistant) -> None:
    """Of each place of today: where a passage is called 「…とは」 of a frame, its name and an ending bring that passage."""
    lost = []
    for passage in assistant.index.passages:
        label = passage.topic.removesuffix("とは")
        if passage.kind not in KINDS or label == passage.topic or len(passage.frames) != 1 or passage.edition_id is None:
            continue
        edition = assistant.catalogue.editions[passage.edition_id]
        short = assistant.catalogue.programmes[edition.programme].short
        if label.startswith(short):
            continue  # the programme itself
        query = assistant.parser.parse(Question(short + "の" + label + "って何", TODAY))
        route = choose_route(query, assistant.catalogue, TODAY)
        if edition.id not in route.editions or not query.named("frame"):
            continue
        found = defined(Inquiry(query, route, assistant.catalogue, assistant.index, TODAY))
        if not found or not any(p.passage.text == passage.text for p in found[0].lead):
            lost.append((edition.id, label))
    assert lost == []


@pytest.mark.parametrize("text", ["創業型の上限は何円", "持続化補助金とは", "交付決定は何月", "通常枠の補助率は何"])
def test_what_asks_more_is_no_definition(assistant: Assistant, text: str) -> None:
    query = assistant.parser.parse(Question(text, TODAY))
    route = choose_route(query, assistant.catalogue, TODAY)
    assert defined(Inquiry(query, route, assistant.catalogue, assistant.index, TODAY)) == []


def test_who_may_apply_is_not_denied_to_whom_the_passage_does_not_shut_out(assistant: Assistant) -> None:
    assert not first(assistant, "業務改善助成金は個人事業主も使える？").startswith("いいえ")
    assert "大企業は対象外" in first(assistant, "業務改善助成金は大企業も使える？")


@pytest.mark.parametrize("text", ["ものづくり補助金と省力化補助金の違いは", "持続化補助金と業務改善助成金はどう違うの？"])
def test_two_programmes_are_told_apart_by_what_they_are_for(assistant: Assistant, text: str) -> None:
    query = assistant.parser.parse(Question(text, TODAY))
    told = answer_question(Question(text, TODAY), assistant).text
    for programme in choose_route(query, assistant.catalogue, TODAY).programmes:
        assert assistant.catalogue.programmes[programme].summary[:-1] in told


@pytest.mark.parametrize("text", ["マル経はどこに申し込む", "業務改善助成金の申請先"])
def test_where_to_apply_is_told(assistant: Assistant, text: str) -> None:
    assert "先は" in first(assistant, text)


def test_who_may_apply_asks_for_no_date(assistant: Assistant) -> None:
    assert "deadline" not in assistant.parser.parse(Question("Go-Techは誰が応募できる", TODAY)).attributes
    assert "deadline" in assistant.parser.parse(Question("Go-Techはまだ応募できる", TODAY)).attributes
