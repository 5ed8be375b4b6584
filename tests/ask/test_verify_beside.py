"""Numbers held against those told beside them: each mechanism from both sides on a small fictitious catalogue."""

from __future__ import annotations

import pytest

from assistant.ask.verify.beside import equal_ends
from assistant.ask.verify.index import index_of
from assistant.ask.verify.lists import Lists
from assistant.ask.verify.measures import measure_of
from assistant.text.numbers import find_quantities

PAIRS = [
    # a rate and the amount told with it are of one row, or one gives the other
    ("見本助成金は1/3・90万円までです。例示補助金の成長枠は2/3です。", "90万円", "400万円"),
    ("例示補助金の基本枠は1/2で80万円まで出る。", "1/2", "2/3"),
    ("例示補助金の成長枠で300万円の機械を買うと、2/3で200万円になる。", "200万円", "400万円"),
    # the rate is one of the table of the frame that is named, and its condition is told
    ("例示補助金の成長枠の補助率は2/3です。", "2/3", "1/2"),
    ("例示補助金の基本枠の補助率は1/2です。", "1/2", "3/4"),
    # another case has another rate
    ("例示補助金の基本枠の補助率は1/2で、小規模事業者は3/4です。", "3/4", "1/2"),
    # the money of a plan comes to its cost
    ("例示補助金の基本枠で120万円の設備を導入し、補助金60万円、自己資金60万円を充てる。", "自己資金60万円", "自己資金30万円"),
    # a cost that an amount takes follows from the rate
    ("例示補助金の成長枠は補助率2/3、上限は従業員10人以下で400万円です。満額には600万円の投資が要ります。", "600万円", "400万円"),
    # a case that misses the rule it stands for
    ("例示補助金では、税抜75万円の機械を買うときは3者以上から見積もりを取ります。", "3者", "5者"),
    # brackets tell another figure
    ("例示補助金の基本枠の上限は80万円（賃上げ特例で110万円）です。", "110万円", "80万円"),
    # a limit that an amount only meets is told of another one
    ("従業員8人の会社が成長枠（例示補助金）で900万円かけると、2/3の600万円が上限に引っかかり、400万円になる。", "900万円", "800万円"),
    # the cost at which a limit is reached follows from the rate
    ("例示補助金の成長枠は2/3、10人以下の上限は400万円。上限まで使い切る経費は600万円になります。", "経費は600万円", "経費は900万円"),
    # so many times what one costs
    ("例示補助金の基本枠で1台20万円の機械を3台入れると60万円、1/2の30万円が出ます。", "3台", "4台"),
    ("例示補助金の基本枠で月2万円の広告を2年使うと48万円です。", "48万円", "24万円"),
    # part-timers as full-time staff
    ("・パートは1日6時間、正社員は1日8時間働く。換算すると0.75人になる（例示補助金）。", "6時間", "4時間"),
    # bare numbers of a calculation are those that were told
    ("例示補助金の会社です。正社員が1日8時間、パートが1日5時間なら、5÷8=0.625です。", "1日5時間", "1日6時間"),
    # an amount with its share is that share of something told
    ("当社の売上は8億円で、例示補助金では新しい売上を8,000万円（10%）にする計画です。", "8,000万円", "6,000万円"),
    # the rows of two cases, from one to the other
    ("例示補助金の基本枠の上限は、賃上げ特例を使うと80万円→110万円です。", "110万円", "90万円"),
    # half of an amount, and what a limit leaves of it
    ("例示補助金の基本枠で経費260万円の半分は130万円。130万円は上限80万円を上回るため、80万円しか出ません。", "経費260万円", "経費200万円"),
    # a rule that holds for one thing alone is no case
    ("例示補助金では税抜70万円超の発注だけ3者以上から見積もりを取ります。", "70万円超", "7万円超"),
    # what is told as half, as a sum or as a change comes out
    ("例示補助金の基本枠で100万円の設備を入れると、半額は50万円です。", "半額は50万円", "半額は70万円"),
    ("例示補助金の基本枠です。当社は機械60万円、工事30万円を合わせた90万円を投じます。", "工事30万円", "工事40万円"),
    ("例示補助金の基本枠で、1年目の20万円、2年目の30万円、3年目の10万円と組むと計60万円です。", "計60万円", "計70万円"),
    # a special measure that is told not to be used picks no row
    ("例示補助金の基本枠で賃上げ特例を使わない会社の上限は80万円です。", "80万円", "110万円"),
    # quotients in words
    ("例示補助金では5÷8は0.625ですが、小数第3位を切り捨てて0.62人と数えます。", "0.625", "0.725"),
]


@pytest.mark.parametrize(("text", "right", "wrong"), PAIRS)
def test_true_text_stands_and_the_change_is_found(text, right, wrong, bad):
    assert right in text
    assert bad(text) == []
    assert bad(text.replace(right, wrong, 1))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("30万円から30万円", 2), ("30万円から100万円", 0), ("50万円ではなく50万円", 2), ("50万円が50万円になる", 2),
        ("50万円が50万円より", 0),
        ("5.0%以上(同5.0%以上)", 2), ("1/2で、小規模事業者は1/2", 2), ("1/2で、別の枠も1/2", 0), ("50万円、50万円", 0),
    ],
)  # fmt: skip
def test_two_numbers_that_must_differ(text, count):
    assert len(equal_ends(text, find_quantities(text))) == count


def test_pairs_of_a_frame(fictitious):
    lists: Lists = index_of(fictitious).lists
    half, third = (measure_of(q).number for q in find_quantities("1/2と1/3"))
    cap = measure_of(find_quantities("90万円")[0]).number
    assert lists.pairs(third, cap, {"mihon"})
    assert not lists.pairs(half, cap, {"mihon"})
    assert not lists.pairs(third, cap, {"reiji"})


def test_what_stands_between(fictitious):
    lists: Lists = index_of(fictitious).lists
    first, last = (measure_of(q) for q in find_quantities("2.5%と70万円"))
    assert lists.between(first, last, frozenset({"reiji"})) == []


def test_counts_of_times_are_no_rounds(fictitious):
    names = index_of(fictitious).names
    assert [n.end - n.start for n in names.find("第2回の締切")] == [3]
    assert [t for n in names.find("年に2回ずつ") for t in n.targets if t.kind != "programme"] == []
