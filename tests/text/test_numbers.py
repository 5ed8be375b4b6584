"""Every notation of a number, with unit, value and bound, and digits that are no figures."""

from __future__ import annotations

import time
from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.rules.values import Value, format_yen
from assistant.text.dates import PartialDate as D
from assistant.text.numbers import find_quantities


def figures(text):
    return [q for q in find_quantities(text) if not q.ignored]


def one(text):
    found = figures(text)
    assert len(found) == 1, [(q.text, q.unit) for q in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "yen"),
    [
        ("50万円", 500_000), ("５０万円", 500_000), ("500,000円", 500_000), ("５００，０００円", 500_000),
        ("¥500,000", 500_000),
        ("￥500,000", 500_000), ("500千円", 500_000), ("五十万円", 500_000), ("1億2,000万円", 120_000_000),
        ("1.2億円", 120_000_000), ("6百万円", 6_000_000), ("六百万円", 6_000_000), ("30 million yen", 30_000_000),
        ("約1,300万です", 13_000_000), ("2億5千万円", 250_000_000), ("1千万円", 10_000_000), ("2万5千円", 25_000),
        ("3億", 300_000_000), ("一億円", 100_000_000), ("月6万円", 60_000), ("500000円", 500_000), ("百万円", 1_000_000),
        ("千円", 1_000), ("JPY 500,000", 500_000), ("500,000 JPY", 500_000), ("1億 2,000万円", 120_000_000),
        ("壱拾万円", 100_000),
        ("三千円", 3_000), ("2500万円", 25_000_000), ("50 万円", 500_000), ("50万補助", 500_000),
    ],
)  # fmt: skip
def test_yen(text, yen):
    found = one(text)
    assert (found.unit, found.value) == ("yen", yen)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("5時間半", "hours", F(11, 2)), ("四時間半", "hours", F(9, 2)), ("5時間半分", "hours", 5), ("1年半", "months", 18),
        ("3年半", "months", 42), ("2年半期", "years", 2), ("2か月半", "months", F(5, 2)), ("10か月", "months", 10),
    ],
)  # fmt: skip
def test_half_a_unit_of_time_more(text, unit, value):
    found = one(text)
    assert (found.unit, found.value) == (unit, value)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("補助率2/3", "ratio", F(2, 3)), ("3分の2", "ratio", F(2, 3)), ("三分の二", "ratio", F(2, 3)), ("⅔", "ratio", F(2, 3)),
        ("1/2以内", "ratio", F(1, 2)), ("２／３", "ratio", F(2, 3)), ("四分の三", "ratio", F(3, 4)),
        ("対象経費の1/4", "ratio", F(1, 4)),
        ("2割", "percent", F(20)), ("3割5分", "percent", F(35)), ("二割", "percent", F(20)), ("3.0%", "percent", F(3)),
        ("３％", "percent", F(3)), ("3パーセント", "percent", F(3)), ("+3.5%", "percent", F(7, 2)),
        ("0.45%", "percent", F(9, 20)),
    ],
)  # fmt: skip
def test_shares(text, unit, value):
    found = one(text)
    assert (found.unit, found.value) == (unit, value)


@pytest.mark.parametrize(
    ("text", "unit", "value", "counter"),
    [
        ("十八人", "people", 18, "人"), ("20名", "people", 20, "名"), ("8枚", "count", 8, "枚"),
        ("30文字", "chars", 30, "文字"),
        ("12か月", "months", 12, "か月"), ("12ヶ月", "months", 12, "ヶ月"), ("12カ月", "months", 12, "カ月"),
        ("12ヵ月", "months", 12, "ヵ月"), ("十二か月", "months", 12, "か月"), ("2年間", "years", 2, "年間"),
        ("14日間", "days", 14, "日間"),
        ("2週間", "weeks", 2, "週間"), ("三年以内", "years", 3, "年"), ("あと21日", "days", 21, "日"),
        ("24時間", "hours", 24, "時間"),
        ("30分", "minutes", 30, "分"), ("5ページ", "pages", 5, "ページ"), ("60歳以上", "count", 60, "歳"),
        ("3者", "count", 3, "者"),
        ("2社から", "count", 2, "社"), ("5項目", "count", 5, "項目"), ("2,500kL", "kl", 2500, "kL"),
        ("80kl/千万円", "other", 80, "kl/千万円"),
        ("500㎡", "other", 500, "㎡"), ("1.5倍", "other", F(3, 2), "倍"), ("最大3回", "count", 3, "回"),
        ("従業員数10人", "people", 10, "人"),
        ("10日前", "days", 10, "日"), ("14日以内", "days", 14, "日"), ("2プロセス", "count", 2, "プロセス"),
        ("3か所", "count", 3, "か所"),
        ("3,000", "other", 3000, ""), ("20 people", "people", 20, "people"), ("5 years", "years", 5, "years"),
    ],
)  # fmt: skip
def test_counts(text, unit, value, counter):
    found = one(text)
    assert (found.unit, found.value, found.counter) == (unit, value, counter)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026年12月15日", D(2026, 12, 15)), ("令和8年12月15日", D(2026, 12, 15)), ("R8.12.15", D(2026, 12, 15)),
        ("R8/12/15", D(2026, 12, 15)), ("2026-12-15", D(2026, 12, 15)), ("2026/12/15", D(2026, 12, 15)),
        ("令和八年十二月十五日", D(2026, 12, 15)), ("平成30年4月1日", D(2018, 4, 1)), ("令和元年5月1日", D(2019, 5, 1)),
        ("12月15日", D(None, 12, 15)), ("12/15締切", D(None, 12, 15)), ("2026年7月下旬", D(2026, 7, None, "下旬")),
        ("7月頃", D(None, 7, None, "頃")), ("3月末", D(None, 3, None, "末")), ("2026年度", D(2026)), ("2026年", D(2026)),
        ("8/下旬", D(None, 8, None, "下旬")), ("令和8年度", D(2026)), ("2026年12月", D(2026, 12)),
        ("15日(火)", D(None, None, 15)),
        ("毎月10日まで", D(None, None, 10)), ("締切は2/3です", D(None, 2, 3)), ("December 15, 2026", D(2026, 12, 15)),
        ("17:00", D(hour=17, minute=0)), ("17時", D(hour=17, minute=0)), ("午後5時", D(hour=17, minute=0)),
        ("17時30分", D(hour=17, minute=30)), ("12月15日17時", D(None, 12, 15, None, 17, 0)),
        ("12月15日（火）正午", D(None, 12, 15, None, 12, 0)), ("7/31(金)17:00", D(None, 7, 31, None, 17, 0)),
    ],
)  # fmt: skip
def test_dates(text, value):
    found = one(text)
    assert found.value == value
    assert found.unit == ("datetime" if value.hour is not None else "date")


def test_date_weekday_time_and_bound_are_one_number():
    text = "締切は2026年12月15日(火) 17:00までです"
    found = one(text)
    assert found.text == "2026年12月15日(火) 17:00まで"
    assert found.value == D(2026, 12, 15, None, 17, 0)
    assert (found.value.weekday, found.bound) == ("火", "until")


@pytest.mark.parametrize(
    ("text", "bound", "covered"),
    [
        ("5人以下です", "max", "5人以下"), ("5人を超える", "over", "5人を超える"), ("5人超の", "over", "5人超の"),
        ("6人以上が", "min", "6人以上"),
        ("3,000万円未満は", "under", "3,000万円未満"), ("2/3以内の", "within", "2/3以内"),
        ("20人より多い", "over", "20人より多い"),
        ("3年を超えない", "max", "3年を超えない"), ("3年は超えていません", "max", "3年は超えていません"),
        ("5万円を下回っておらず", "min", "5万円を下回っておらず"), ("5万円を超えて", "over", "5万円を超えて"),
        ("12月15日以降に", "min", "12月15日以降"),
        ("50万円（税込）超", "over", "50万円（税込）超"),
        ("50万円まで", "until", "50万円まで"), ("5人に満たない", "under", "5人に満たない"),
        ("50万円を上回る", "over", "50万円を上回る"),
        ("up to 5 years", "max", "up to 5 years"), ("at least 20 people", "min", "at least 20 people"),
        ("5人です", None, "5人"),
    ],
)  # fmt: skip
def test_bounds(text, bound, covered):
    found = one(text)
    assert (found.bound, found.text) == (bound, covered)


@pytest.mark.parametrize(
    ("text", "tax"),
    [("50万円（税込）", "incl"), ("税抜50万円以上", "excl"), ("33万円(税抜)", "excl"), ("税込みで50万円", "incl"),
    ("50万円", None)],
)
def test_tax(text, tax):
    assert one(text).tax == tax


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("100~500万円", [("yen", 1_000_000), ("yen", 5_000_000)]), ("5万円～150万円", [("yen", 50_000), ("yen", 1_500_000)]),
        ("6～20人", [("people", 6), ("people", 20)]), ("3〜5年", [("years", 3), ("years", 5)]), ("2～3割", [("percent", 20),
        ("percent", 30)]),
        ("1,500万円〜2億5千万円", [("yen", 15_000_000), ("yen", 250_000_000)]), ("50～100億円", [("yen", 5 * 10**9),
        ("yen", 10**10)]),
        ("7～9月", [("date", D(None, 7)), ("date", D(None, 9))]), ("1-5人", [("people", 1), ("people", 5)]),
        ("2人から20人まで", [("people", 2), ("people", 20)]), ("1/2～2/3", [("ratio", F(1, 2)), ("ratio", F(2, 3))]),
        ("11月5日〜12月15日", [("date", D(None, 11, 5)), ("date", D(None, 12, 15))]),
        ("2026年11月5日～12月15日", [("date", D(2026, 11, 5)), ("date", D(2026, 12, 15))]),
        ("2026年12月5日から1月15日", [("date", D(2026, 12, 5)), ("date", D(2027, 1, 15))]),
        ("12月5日～15日", [("date", D(None, 12, 5)), ("date", D(None, 12, 15))]),
    ],
)  # fmt: skip
def test_ranges_pass_unit_scale_year_and_month(text, rows):
    found = figures(text)
    assert [(q.unit, q.value) for q in found] == rows
    assert [q.side for q in found] == ["from", "to"]


def test_sums_and_lists_stay_apart():
    assert [q.value for q in figures("50万+50万＝100万円")] == [500_000, 500_000, 1_000_000]
    assert [(q.unit, q.value) for q in figures("5・20人")] == [("people", 5), ("people", 20)]
    assert [q.value for q in figures("3億 1億円超")] == [300_000_000, 100_000_000]
    assert [q.value for q in figures("補助率は2/3、締切は2/3です")] == [F(2, 3), D(None, 2, 3)]


@pytest.mark.parametrize(
    "text",
    [
        "第20回公募",
        "23次", "3次締切", "様式2", "①", "3C分析", "4P", "100億宣言", "100億企業", "GX", "R6補正", "令和6年度補正予算",
        "03-1234-5678",
        "〒510-0001", "https://example.com/1/2", "1. 概要", "[1]", "1つ", "一番", "一般", "一部", "第三者", "三重県",
        "四日市",
        "八百屋", "二重", "一人親方", "県内一円", "十分な", "万が一", "売上高100億円を目指す宣言", "様式第2号", "A4", "CO2",
        "ISO9001",
        "5G", "第3章", "2代目", "1人あたり", "一人当たり", "千葉県", "百貨店", "六本木", "九州", "一律", "二人三脚の",
        "０５０－３８２１ー７０１３",
        "Windows11", "【1】", "(1)", "※1", "単位：千円", "数十人", "20数名", "日商2級", "同一人", "R7年度当初",
    ],
)  # fmt: skip
def test_names_are_no_figures(text):
    assert figures(text) == []


@pytest.mark.parametrize("text", ["①50万円",
"1. 50万円", "**50万円**", "補助上限50万円", "最大50万円", "（50万円）", "|50万円|", "・50万円"])
def test_names_beside_figures(text):
    assert one(text).value == 500_000


def test_ignored_numbers_are_told_with_their_reason():
    found = {q.text: q.ignored for q in find_quantities("第20回公募の3C、様式2、[1]")}
    assert set(found) == {"第20回公", "3C", "2", "1"} or all(found.values())


def test_offsets_are_of_the_original_text():
    text = "①ﾃﾞｼﾞﾀﾙ化は５０万円（税込）超、㈱例は２０人以下"
    for found in find_quantities(text):
        assert text[found.start : found.end] == found.text
    assert [q.text for q in figures(text)] == ["５０万円（税込）超", "２０人以下"]


@given(st.integers(0, 10**13))
def test_every_amount_reads_back(yen):
    assert one(f"上限は{format_yen(yen)}です").value == yen


@given(st.integers(1, 10**7), st.sampled_from(["min", "max", "over", "under", "within", "until", None]))
def test_every_headcount_reads_back(people, bound):
    found = one(Value(people=people, bound=bound).text())
    assert (found.unit, found.value, found.bound) == ("people", people, bound)


@given(st.integers(1, 9), st.integers(2, 10))
def test_every_rate_reads_back(upper, lower):
    assert one(f"補助率は{upper}/{lower}です").value == F(upper, lower)


@given(st.dates(), st.sampled_from(["17:00", None]))
def test_every_date_reads_back(day, clock):
    if day.year < 1900 or day.year > 2099:
        return
    found = one(Value(date=day.isoformat(), time=clock).text())
    value = found.value
    assert (value.year, value.month, value.day, value.hour) == (day.year, day.month, day.day, 17 if clock else None)


@given(st.text(max_size=80))
@settings(max_examples=300)
def test_any_text_gives_sorted_spans_without_overlap(text):
    end = 0
    for found in find_quantities(text):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        end = found.end


@given(st.text(alphabet="0123456789万億千百十円人年月日/%～〜-.,、一二三分のR令和第回税込超以下()（）１２３①", max_size=40))
@settings(max_examples=500)
def test_number_like_text_never_fails(text):
    spans = [(q.start, q.end) for q in find_quantities(text)]
    assert spans == sorted(spans)


def test_speed_of_a_sentence():
    text = "補助上限は50万円、補助率は2/3です。申請は2026年11月5日から2026年12月15日(火)17:00までで、5人以下が対象です。"
    find_quantities(text)
    best = min(_timed(text) for _ in range(20))
    assert best < 0.001


def _timed(text):
    begin = time.perf_counter()
    find_quantities(text)
    return time.perf_counter() - begin


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("800万 DD", ["yen"]),
        ("800万 kWh", ["other"]),
        ("800万kWh", ["other"]),
        ("800万DD", ["other"]),
        ("800万 t", ["other"]),
        ("800万 tax", ["yen"]),
    ],
)
def test_a_latin_word_after_a_space_is_a_unit_only_if_it_is_one(text, units):
    assert [q.unit for q in find_quantities(text)] == units


@pytest.mark.parametrize(
    ("text", "units"), [("プロセス数3：30万円", ["other", "yen"]), ("締切3:30", ["datetime"]), ("数は3：30%", ["other", "percent"])]
)
def test_a_colon_before_an_amount_makes_no_time(text, units):
    assert [q.unit for q in find_quantities(text)] == units


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("率は1/2\n以上です", ["1/2"]), ("50万円 以上", ["50万円 以上"]),
        ("300万円が上限に引っかかる", ["300万円"]), ("300万円が上限になる", ["300万円が上限"]),
        ("900万円が限度額の750万円", ["900万円", "750万円"]), ("900万円が限度です", ["900万円が限度"]),
        ("1/2から1/3に下がる", ["1/2", "1/3"]), ("2設備と12製品", ["2設備", "12製品"]),
    ],
)
def test_a_bound_word_belongs_to_the_number_on_its_line(text, told):
    assert [q.text for q in find_quantities(text)] == told
    assert all(q.unit != "date" for q in find_quantities(text))
