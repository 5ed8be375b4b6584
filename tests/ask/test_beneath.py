"""What stands under the passage that leads: no other row of its table, no other firm of the cases."""

import pytest

from assistant.ask.beneath import MORE, beneath
from assistant.ask.query import Query
from assistant.rules.schema import SourceRef
from assistant.search.index import Hit
from assistant.search.passages import Passage

SOURCE = SourceRef(doc="guide", section="表")
ROW = "年度の{}の採択率は{{r}}で、申請した件数のうち採択された件数の割合です。"


def hit(name, text, also=(), kind="result", frames=(), edition="a/2026"):
    return Hit(Passage(f"a#{name}", "a", edition, None, frames, kind, name, tuple(also), text, {}, SOURCE, name), 1.0, 1.0, 0)


def left(question, *hits, leans_on=""):
    return [h.passage.topic for h in beneath(Query(question, leans_on=leans_on), hits)]


BOILER = hit("ボイラーの実績", ROW.format("ボイラー"), ["ボイラー", "採択率"])
PUMP = hit("ポンプの実績", ROW.format("ポンプ"), ["揚水ポンプ", "採択率"])


def test_another_row_of_the_table_is_left_out():
    assert left("ボイラーの採択率", BOILER, PUMP) == []


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("ボイラーと揚水ポンプの採択率", PUMP),  # the other row is named too
        ("あの設備の割合", PUMP),  # no row is named
        ("ボイラーの採択率", hit("ポンプの実績", ROW.format("ポンプ"), ["揚水ポンプ"], kind="limit")),  # of another kind
        ("ボイラーの採択率", hit("ポンプの実績", ROW.format("ポンプ"), ["揚水ポンプ"], edition="a/2025")),  # another edition
        ("ボイラーの採択率", hit("ポンプの実績", ROW.format("ポンプ"), ["揚水ポンプ"], frames=("x",))),  # of another frame
        ("ボイラーの採択率", hit("申請のしかた", "電子申請の入口から、計画書と見積書を添えて送ります。")),  # no row at all
    ],
)
def test_what_is_no_neighbour_stays(question, other):
    assert left(question, BOILER, other) == [other.passage.topic]


FIRM = hit("例の店", "例の店株式会社（三重県）は、窓の工事で客を増やしました。", ["窓の工事"], kind="case")
LATER = hit("例の店の後", "例の店は翌年に二号店を出しました。", kind="case")
OTHER = hit("別の店", "別の店は、看板で客を増やしました。", ["看板の工事"], kind="case")


def test_of_the_cases_only_those_of_the_firm_that_leads_stay():
    assert left("窓の工事をした店", FIRM, LATER, OTHER) == ["例の店の後"]
    assert left("窓の工事をした店と看板の工事をした店", FIRM, LATER, OTHER) == ["例の店の後", "別の店"]
    assert left("いつのこと", FIRM, OTHER, leans_on="窓の工事をした店は") == []  # the turn before names it


def test_what_is_left_out_makes_room():
    more = [hit(f"話{i}", f"話題の{i}つ目は、ほかとは似ていない文です。") for i in range(MORE + 1)]
    assert left("ボイラーの採択率", BOILER, PUMP, *more) == [f"話{i}" for i in range(MORE)]
    assert beneath(Query("何か"), ()) == ()
