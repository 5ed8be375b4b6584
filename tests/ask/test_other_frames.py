"""Names of frames that are none of the programme named, none of today's edition, or only things and other words."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question, Status

TODAY = date(2026, 11, 24)


def query(assistant, text):
    return assistant.parser.parse(Question(text, TODAY))


def answer(assistant, text):
    return answer_question(Question(text, TODAY), assistant)


@pytest.mark.parametrize(
    ("text", "programmes"),
    [
        ("持続化の通常枠で、展示会に45万円、カタログ印刷に20万円使います", ("jizokuka",)),
        ("持続化補助金 カタログとチラシで80万円", ("jizokuka",)),
        ("持続化補助金でグローバルサイトに30万円、展示会に60万円", ("jizokuka",)),
        ("持続化とカタログで80万円の券売機を入れるならどっちがいい", ("jizokuka", "shoryokuka")),
        ("持続化か、カタログの型で80万円の券売機", ("jizokuka", "shoryokuka")),
        ("デジタル化補助金とカタログの違いは", ("digital-ai", "shoryokuka")),
        ("カタログで80万円の券売機を入れる", ("shoryokuka",)),
    ],
)
def test_a_thing_beside_a_programme_is_no_frame_of_another(assistant, text, programmes):
    assert set(query(assistant, text).programmes) == set(programmes)


def test_what_is_printed_is_among_the_costs(assistant):
    got = answer(assistant, "持続化の通常枠で、展示会に45万、カタログ印刷に20万、ホームページ直しに30万使うと補助は？")
    assert [f.value for f in got.figures if f.kind == "subsidy"] == [500_000]
    assert "カタログ注文型" not in got.text


@pytest.mark.parametrize(
    "text",
    ["持続化の賃金引上げ枠の補助率は", "持続化のグローバル枠はありますか", "事業承継・引継ぎ補助金の経営革新枠で600万円だと"],
)
def test_a_frame_that_the_programme_does_not_have_is_refused(assistant, text):
    got = answer(assistant, text)
    assert got.status is Status.REFUSED
    assert not [f for f in got.figures if f.kind in ("subsidy", "cap", "rate")]


@pytest.mark.parametrize("text", ["ものづくりの新事業進出枠の補助率は", "IT導入補助金のセキュリティ対策推進枠の補助率は"])
def test_a_frame_of_the_successor_is_not(assistant, text):
    assert answer(assistant, text).status is Status.ANSWERED


def test_a_frame_that_only_an_older_edition_has_is_answered_with_its_figures(assistant):
    got = answer(assistant, "Go-Techの出資獲得枠で、1年目1.2億円、2年目1億円、3年目6,000万円を使うと補助額の合計は？")
    assert [f.value for f in got.figures if f.kind == "subsidy"][0] == 186_666_666  # 8,000万 + 66,666,666 + 4,000万; each year up to 1億
    got = answer(assistant, "Go-Tech 出資獲得枠の上限は？")
    assert "1億円" in got.text and "4,500万円" not in got.text
    assert "「出資獲得枠」はGo-Tech事業 2025年度の枠で、2026年の資料にこの名の枠はありません。" in got.text
    assert "この名の枠はありません" not in answer(assistant, "Go-Tech 2025年度の出資獲得枠の上限は？").text
    assert "大型研究開発枠" in answer(assistant, "出資獲得枠は今のGo-Techではどの枠？").text


def test_a_short_latin_word_with_another_letter_is_another_word(assistant):
    assert query(assistant, "IT導人補助金の上限は").programmes == ("it-donyu",)
    assert "it-donyu" not in query(assistant, "工場にIoT導入、450万円のシステム").programmes
    assert "IoT等活用促進事業補助金" in answer(assistant, "四日市の製造業でIoT導入、450万円のシステム。補助額は？").text


@pytest.mark.parametrize("text", ["省エネのトップ性能枠", "省エネ GX設備単位型 メーカー強化枠はありますか"])
def test_a_frame_named_alone_is_told_in_brief(assistant, text):
    assert {"cap", "rate"} <= {f.kind for f in answer(assistant, text).figures}
