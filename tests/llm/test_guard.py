from __future__ import annotations

import random
import re

import pytest

from assistant.llm.guard import find_faults

LEAD = (
    "持続化補助金 一般型 通常枠（第{n:0}回）の補助上限額は{f:0}です{s:0}。"
    "（特例：インボイス特例を使うと＋{f:2}、賃上げ特例を使うと＋{f:3}）"
)
NO = "いいえ、製造業その他・従業員{f:0}の場合、持続化補助金（一般型 通常枠）の対象になりません。"
PROSE = "計画審査では、自社の経営状況分析の妥当性、積算の透明・適切性を採点し、総合評価の高いものから採択します。{s:0}"
TWO = "申請受付は{f:4}から{f:5}までです{s:0}。\n{f:6}が通常枠の上限です。創業型は{f:7}です。"


@pytest.mark.parametrize(
    ("draft", "reply"),
    [
        (LEAD, LEAD),
        (LEAD, LEAD.replace("の補助上限額は{f:0}です", "では、補助上限額が{f:0}となります")),
        (LEAD, LEAD.replace("一般型 通常枠", "の一般型・通常枠")),
        (NO, NO.replace("の場合、", "の場合は、").replace("対象になり", "対象にはなり")),
        (NO, NO.replace("いいえ、", "いいえ。")),
        (PROSE, PROSE.replace("を採点し、", "の点を採点します。そのうえで、").replace("採択します", "採択されます")),
        (TWO, TWO.replace("です{s:0}。", "となっています{s:0}。")),
    ],
)
def test_smoother_wording_passes(draft: str, reply: str) -> None:
    assert find_faults(draft, reply) == ()


@pytest.mark.parametrize(
    "figure",
    ["50万円", "五十万円", "５０万円", "{f:0}円", "{f:0}以上", "約{f:0}", "＋{f:0}", "{f:0}の二倍", "{f:0}{f:0}", "{f:9}",
     "{f:０}", "{f:2}", "{f: 0}", "{s:0}", "ひゃくまんえん", "はんぶん", "①", "Ⅲ", "½", "٣", "1/2", "{n:0}",
     "$50", "", "{f:0}（2026年まで）", "{f:0}をこえるもの"],
)  # fmt: skip
def test_no_other_figure_comes_in(figure: str) -> None:
    assert find_faults(LEAD, LEAD.replace("{f:0}", figure))


@pytest.mark.parametrize(
    ("draft", "old", "new"),
    [
        (LEAD, "上限", "下限"),
        (LEAD, "一般型 通常枠", "創業型"),
        (LEAD, "です{s:0}", "ではありません{s:0}"),
        (LEAD, "です{s:0}", "にはできかねます{s:0}"),
        (LEAD, "です{s:0}", "です"),
        (LEAD, "です{s:0}", "です{s:1}"),
        (LEAD, "です{s:0}", "です{s:0} https://evil.example/x"),
        (LEAD, "です{s:0}", "です{s:0}。evil.jp へ"),
        (LEAD, "です{s:0}", "です<script>x</script>{s:0}"),
        (LEAD, "です{s:0}", "です[ここ](x){s:0}"),
        (LEAD, "です{s:0}", "です\u202e{s:0}"),
        (LEAD, "＋{f:2}", "{f:2}"),
        (LEAD, "持続化補助金", "はい、持続化補助金"),
        (LEAD, "です{s:0}。", "です{s:0}。必ず採択されます。"),
        (LEAD, "（特例：", "\n（特例："),
        (NO, "いいえ、", "はい、"),
        (NO, "いいえ、", ""),
        (NO, "なりません", "なります"),
        (NO, "その他", "以外"),
        (PROSE, "総合評価の高いもの", "総合評価の低いもの"),
        (PROSE, "{s:0}", "ネット申請だけを受け付けます。{s:0}"),
        (TWO, "{f:4}から{f:5}まで", "{f:5}から{f:4}まで"),
        (TWO, "{f:6}が通常枠の上限です。創業型は{f:7}", "{f:6}が創業型の上限です。通常枠は{f:7}"),
        (TWO, "が通常枠の上限です。創業型は", "が通常枠の上限の創業型は"),
    ],
)
def test_a_changed_meaning_is_found(draft: str, old: str, new: str) -> None:
    assert old in draft
    assert find_faults(draft, draft.replace(old, new))


@pytest.mark.parametrize("reply", ["", "   ", LEAD * 4, "申し訳ありませんが、お答えできません。", "OK"])
def test_empty_long_and_foreign_replies_are_found(reply: str) -> None:
    assert find_faults(LEAD, reply)


def test_any_two_figures_exchanged_are_found() -> None:
    rng = random.Random(7)
    draft = "\n".join((LEAD, NO.replace("f:0", "f:8"), TWO))
    tokens = re.findall(r"\{[fn]:\d+\}", draft)
    for _ in range(200):
        a, b = rng.sample(tokens, 2)
        swapped = draft.replace(a, "<>").replace(b, a).replace("<>", b)
        assert find_faults(draft, swapped), (a, b)


def test_reasons_hold_nothing_of_the_reply() -> None:
    faults = " ".join(find_faults(LEAD, LEAD.replace("{f:0}", "987万円、株式会社ヒミツ")))
    assert "987" not in faults and "ヒミツ" not in faults
