"""The user's own case against a condition: no and yes where what he told decides it, neither where it stays open."""

from datetime import date

import pytest

from assistant.flow import answer_question
from assistant.records import Question

TODAY = date(2026, 11, 24)
SKILL = "四日市市の人材スキルアップ支援事業費補助金。"


def word(assistant, text, history=()):
    answer = answer_question(Question(text, TODAY, history), assistant).text
    said = answer[answer.index("】") + 1 :] if answer.startswith("【") else answer
    return "no" if said.startswith("いいえ") else "yes" if said.startswith("はい") else ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{SKILL}本店は津市、従業員20人のうち9人が四日市の工場です。対象になりますか", "no"),
        (f"{SKILL}本店は津市、従業員20人のうち10人が四日市の工場です。対象になりますか", "yes"),
        (f"{SKILL}本店が津市で四日市に営業所がある会社です。対象になりますか", ""),
        (f"{SKILL}本店は四日市ですが市税を滞納しています。対象になりますか", "no"),
        (f"{SKILL}本店は四日市です。会場までの交通費も対象ですか", "no"),
        ("四日市の働きやすい職場づくりの補助、主たる事業所は鈴鹿市です。使えますか", "no"),
        ("四日市の海外販路開拓の補助、台湾の商談会でも使えますか", "yes"),
        ("四日市の海外販路開拓の補助、大阪の展示会でも使えますか", "no"),
        ("萬古焼でおもてなしの補助、岐阜の店で買った器でも対象ですか", "no"),
        ("四日市の窯元の土鍋を市内の店で買います。萬古焼の補助の対象ですか", "yes"),
        ("三重県のエネルギー価格高騰の補助、本社は大阪で亀山に事業所があります。対象ですか", ""),
    ],
)
def test_places(assistant, text, said):
    assert word(assistant, text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("持続化の共同・協業型、うちの店単独で申し込めますか", "no"),
        ("商工会です。9事業者を集めて持続化の共同・協業型に申請できますか", "no"),
        ("商工会です。10事業者を集めて持続化の共同・協業型に申請できますか", "yes"),
        ("デジタル化・AI導入補助金、支援事業者に頼まず自社だけで申請できますか", "no"),
        ("Go-Techで、うちだけが費用を負担しても大丈夫ですか", ""),
        ("持続化補助金の一般型は自分の店だけで申し込めますか", ""),
    ],
)
def test_who_applies(assistant, text, said):
    assert word(assistant, text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("省エネ診断の伴走支援、診断はまだ受けていません。申し込めますか", "no"),
        ("去年省エネ診断は受けました。伴走支援は申し込めますか", "yes"),
        ("省エネ診断の伴走支援は誰でも申し込めますか", ""),
        ("ITオフィスの開設経費の補助を使わずに、賃貸料の補助だけもらえますか", "no"),
        ("ITオフィスの開設経費の補助を去年もらいました。賃貸料の補助も使えますか", "yes"),
    ],
)
def test_what_has_to_be_done_before(assistant, text, said):
    assert word(assistant, text) == said


def test_what_is_the_same_and_what_is_not(assistant):
    history = ("事業承継・M&A補助金の廃業・再チャレンジ枠の加点は？",)
    assert word(assistant, "その賃上げは地域別最低賃金+30円と同じ意味ですか", history) == "no"
    assert word(assistant, "事業場内最低賃金と事業所内最低賃金は同じ意味ですか") == "yes"


def test_two_measures_that_exclude_each_other(assistant):
    text = answer_question(Question("省力化の一般型で大幅賃上げ特例と最低賃金引上げ特例を両方使えますか", TODAY), assistant).text
    assert text.startswith("いいえ、")
    assert "併用できます" not in text


def test_the_share_is_shown_with_the_headcounts_told(assistant):
    text = f"{SKILL}本店は津市、従業員20人のうち9人が四日市の工場です。対象になりますか"
    assert "20人のうち9人で、割合は9/20です" in answer_question(Question(text, TODAY), assistant).text


def test_a_rate_taken_for_granted_of_a_frame_that_is_named(assistant):
    assert word(assistant, "小規模事業者なら新事業進出枠も補助率2/3になると聞きました。4人なのでそれで計算して") == "no"
