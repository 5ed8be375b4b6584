"""Where things of a user's case are: told inside an area, told outside, or left open."""

from fractions import Fraction

import pytest

from assistant.ask.told_place import held_abroad, read_places
from assistant.text.numbers import find_quantities

CITY = "四日市市"


def places(assistant, text, area=CITY):
    people = tuple(q for q in find_quantities(text) if not q.ignored)
    return read_places(text, area, people, assistant.catalogue)


@pytest.mark.parametrize(
    ("text", "name", "inside"),
    [
        ("四日市市に本店があります", "head_in_area", True),
        ("本店は鈴鹿市、四日市の営業所です", "head_in_area", False),
        ("本店は四日市ではなく川越町です", "head_in_area", False),
        ("本店が四日市、登記は津市です", "head_in_area", None),
        ("主たる事業所は市内です", "main_in_area", True),
        ("メインの工場は桑名", "main_in_area", False),
        ("四日市に研究所がある", "lab_in_area", True),
        ("市内の工場です", "office_in_area", True),
        ("桑名の会社ですが", "office_in_area", False),
        ("うちは津市です", "office_in_area", False),
        ("取引先は名古屋の会社です", "office_in_area", None),
        ("桑名の会社で、四日市に工場があります", "office_in_area", None),
        ("市内の業者に頼みます", "office_in_area", None),
        ("京都の店で買った器", "bought_in_area", False),
        ("他県の通販から取り寄せる器", "bought_in_area", False),
        ("四日市の店で買った器", "bought_in_area", True),
        ("見本市の店で買った器", "bought_in_area", None),
        ("市内の店で買うか京都の店で買うか、どちらか", "bought_in_area", None),
        ("京都の会社ですが器は対象ですか", "bought_in_area", None),
        ("京都の店では買わない", "bought_in_area", None),
        ("市内の窯元の器", "made_in_area", True),
        ("菰野の窯元の器", "made_in_area", False),
        ("器は美濃焼です", "made_in_area", False),
        ("器は萬古焼です", "made_in_area", None),
    ],
)
def test_what_is_told_of_a_place(assistant, text, name, inside):
    assert places(assistant, text).get(name) is inside


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("四日市の工場に25人中15人おる", Fraction(3, 5)),
        ("四日市の事業所は30人のうち12人だけ", Fraction(2, 5)),
        ("従業員は全部で20名、四日市の営業所に10名です", Fraction(1, 2)),
        ("従業員40人のうち桑名が21人、残りは四日市です", Fraction(19, 40)),
        ("従業員40人のうち桑名が21人です", None),
        ("従業員の6割は市内の工場です", Fraction(3, 5)),
        ("従業員の6割は鈴鹿の工場です", None),
        ("従業員は半数以上が四日市です", Fraction(1, 2)),
        ("従業員20人、四日市の店です", None),
    ],
)
def test_the_share_of_the_staff_in_the_area(assistant, text, share):
    assert places(assistant, text).get("area_staff_share") == share


def test_an_area_that_is_a_prefecture_holds_its_municipalities(assistant):
    assert places(assistant, "本社は鈴鹿市です", "三重県")["head_in_area"] is True
    assert places(assistant, "愛知県の会社で三重に工場も事務所もない", "三重県")["office_in_area"] is False


@pytest.mark.parametrize(
    ("text", "abroad"),
    [
        ("台湾の商談会に出ます", True),
        ("ドイツの見本市に出ます", True),
        ("東京の展示会に出ます", False),
        ("シンガポールと東京の展示会に出ます", None),
        ("展示会に出ます", None),
        ("ドイツから機械を買います", None),
    ],
)
def test_where_a_fair_is_held(assistant, text, abroad):
    assert held_abroad(text, assistant.catalogue) is abroad
