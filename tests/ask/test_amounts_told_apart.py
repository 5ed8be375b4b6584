"""Amounts that the same words could make another sum: costs by year, sites of a diagnosis, a rent of a year, a cap that specials lift."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question


def said(assistant, text):
    return answer_question(Question(text, date(2026, 11, 24), ()), assistant).text.split("計算：")[0]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("四日市の商店街の空き店舗で本屋。1年目は180万円、2年目は広告と電気代で30万円。いくら？", ("1年目が135万円", "2年目が15万円")),
        ("四日市の空き店舗で喫茶店。改装90万円（1年目）、光熱水費50万円（2年目）。補助はいくら？", ("1年目が45万円", "2年目が20万円")),
        ("持続化、インボイスは元から課税。従業員2人の花屋で冷蔵庫150万円。いくら？", ("補助額は50万円",)),
        ("持続化、免税からインボイス登録した。従業員2人の花屋で冷蔵庫150万円。いくら？", ("補助額は100万円",)),
        ("省エネ診断の300klのプランを工場3か所で受けるといくら？", ("48,048円",)),
        ("四日市のITオフィスの通信回線の補助、月25万円だと年間いくら？", ("補助額は120万円",)),
        ("デジタル化・AI導入の通常枠、2プロセス、最低賃金近傍の事業者、210万円。いくら？", ("補助額は140万円",)),
        ("持続化で200万円もらいたい。いくら使えばいい？", ("300万円", "2,666,667円")),
        ("持続化の特例なしで200万円もらいたい。いくら使えばいい？", ("補助額200万円は受けられません",)),
        ("新事業進出補助金第4回で費用1,400万円。もらえる？", ("申請できません", "700万円")),
    ],
)
def test_amount(assistant, text, amounts):
    answer = said(assistant, text)
    assert all(a in answer for a in amounts), answer
