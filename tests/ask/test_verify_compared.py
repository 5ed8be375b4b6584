"""What a text compares of its own numbers, and what is told of a firm: each mechanism from both sides on the fictitious catalogue."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.ask.verify import verify_text

COMPARED = [
    # how many times: exact, rounded with a decimal, more than
    ("例示補助金の成長枠は10人以下で400万円、基本枠の80万円の5倍です。", "5倍", "6倍"),
    ("例示補助金の基本枠の上限は80万円（賃上げ特例で110万円）で、約1.4倍です。", "1.4倍", "1.6倍"),
    ("例示補助金の成長枠は10人以下で400万円、基本枠は80万円なので5倍以上です。", "5倍以上", "6倍以上"),
    # how far two amounts and two shares are apart
    ("例示補助金の基本枠の上限は80万円、特例なら110万円で、30万円も違います。", "30万円も", "45万円も"),
    ("例示補助金の話です。率は34.1%から36.6%へ、2.5ポイントの改善です。", "2.5ポイント", "1.5ポイント"),
    ("例示補助金の話です。見積は300万円が330万円になり、1割高くなりました。", "1割", "3割"),
    # an amount shared out to years, and to months
    ("例示補助金の話です。3年で900万円、平均すれば300万円です。", "300万円", "350万円"),
    ("例示補助金の話です。年に600万円を月にすると50万円です。", "50万円", "60万円"),
    # days between two days with the first one counted, and from a day to that of reading
    ("例示補助金の話です。工事は10月1日から10月31日まで、31日間です。", "31日間", "41日間"),
    ("例示補助金の話です。7月1日の説明会から62日たちました。", "62日た", "72日た"),
    # so many months after a day of the writer's own
    ("例示補助金で2027年1月15日に契約したら、10か月で、2027年11月14日が期限です。", "2027年11月14日", "2027年12月14日"),
    # a raise leads from one hourly wage to another
    ("例示補助金の話です。時給1,090円を70円上げて、1,160円に引き上げる。", "1,160円", "1,260円"),
]
HELD = [
    # what is left is no limit, though a limit was spoken of
    ("例示補助金の基本枠で当社の経費150万円は1/2で75万円、残りの75万円は自己資金です。", "残りの75万円", "残りの80万円"),
    # a rate and what it brings of the case of the sentence
    ("例示補助金の基本枠で150万円の機械なら、1/2で75万円です。", "75万円", "80万円"),
    # the parts of a total
    ("例示補助金の当社の計画は、建物費200万円、機械費150万円、外注費30万円、合計380万円です。", "150万円", "100万円"),
    # pay of an hour is no price
    ("例示補助金の当社の時給1,040円は変えません。", "1,040円", "104,000円"),
]


def _verdict(text, part, fictitious):
    numbers = verify_text(text, fictitious, date(2026, 9, 1)).numbers
    at = text.index(part)
    return next(n.verdict for n in numbers if n.end > at)


@pytest.mark.parametrize(("text", "right", "wrong"), COMPARED)
def test_what_two_numbers_come_to(text, right, wrong, fictitious):
    assert _verdict(text, right, fictitious) == "ok"
    assert _verdict(text.replace(right, wrong, 1), wrong, fictitious) in ("wrong", "unsupported")


@pytest.mark.parametrize(("text", "right", "wrong"), HELD)
def test_true_text_stands_and_the_change_is_found(text, right, wrong, bad):
    assert bad(text) == []
    assert bad(text.replace(right, wrong, 1))


@pytest.mark.parametrize(
    "text",
    [
        "当店は令和6年4月に開業した焼き菓子店で、例示補助金を考えています。",
        "社長（61歳）から長女（34歳）へ引き継ぐ会社です。例示補助金を使います。",
        "当社の毎月の来客は420人です。例示補助金を考えています。",
        "日時：2026年11月24日 14時\n議題1 例示補助金\n議題2 資金",
        "2024年5月に開業した方は、例示補助金を見てください。",
    ],
)
def test_what_is_told_of_a_firm_and_its_people_stands(text, bad):
    assert bad(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "例示補助金の対象は35歳以下の代表です。",  # a limit of ages is no person
        "例示補助金は2024年5月に始まりました。",  # a day of the programme is none of a firm
        "例示補助金の99円コースなら80万円です。",  # a course that the programme does not have
        "例示補助金の上限は80万円、うち広告費は80万円です。",  # a part is less than the whole
    ],
)
def test_a_rule_is_not_taken_for_the_firms_own(text, bad):
    assert bad(text)
