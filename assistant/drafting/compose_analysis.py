"""Composers of the planning chain: overview, market, SWOT, cross SWOT, 3C and Ansoff, from the firm's own facts alone."""

from __future__ import annotations

from assistant.drafting.compose_finance import loss_sentence, record_sentence
from assistant.drafting.ink import Ink, table
from assistant.drafting.records import Block, Para
from assistant.drafting.topics import leaves_room

_STATISTICS = "e-Stat（政府統計）やRESAS（地域経済分析システム）、市町村・業界団体の統計で調べ、出典と年を書く"
_ASK_CUSTOMERS = "アンケート、口コミ、予約・販売の記録から拾う"
_PER_CELL = 4


def overview(ink: Ink) -> tuple[Block, ...]:
    """事業概要: a table of the firm, what it does, its history, its plain facts."""
    blocks: list[Block] = [table(("項目", "内容"), _outline_rows(ink), widths=(28, 72), caption="事業者の概要")]
    blocks += description_blocks(ink)
    if ink.facts.company.history:
        blocks += [Para("沿革は次のとおりです。"), ink.points(ink.facts.company.history)]
    else:
        blocks.append(Para(ink.gap("company.history", "沿革（創業から今までの主な出来事と年）", "登記簿、社内の記録で確かめる")))
    rest = [s for s in ink.facts.facts if s not in ink.topic("accounting")]
    if rest:
        blocks += [Para("事業の現状を示す事実は次のとおりです。"), ink.points(rest)]
    return tuple(blocks)


def _outline_rows(ink: Ink) -> list[tuple[str, str]]:
    c = ink.facts.company
    place = "".join(x for x in (c.prefecture, c.city) if x)
    trade = "／".join(x for x in (c.industry, c.industry_detail) if x)
    founded = f"{c.founded.year}年{c.founded.month}月{c.founded.day}日" if c.founded else None
    told: list[tuple[str, str, str | None, str]] = [
        ("名称", "company.name", c.name, ""),
        ("所在地", "company.city", place or None, "都道府県と市区町村"),
        ("業種", "company.industry", trade or None, "主な事業の業種"),
        ("法人・個人", "company.legal_form", c.legal_form or (None if c.is_corporation is None else "法人" if c.is_corporation else "個人事業"), "法人か個人事業か"),
        ("設立・開業", "company.founded", founded, "登記簿か開業届の日付"),
        ("従業員数", "company.employees", _people(ink), "常時使用する従業員の数"),
        ("決算月", "company.fiscal_year_end", f"{c.fiscal_year_end}月" if c.fiscal_year_end else None, "決算の月"),
        ("支援機関", "company.chamber", c.chamber, "支援を受ける商工会・商工会議所"),
    ]
    if ink.facts.corporation:
        told.insert(5, ("資本金", "company.capital_yen", f"{c.capital_yen:,}円" if c.capital_yen is not None else None, "登記簿の資本金"))
    if c.url:
        told.append(("ホームページ", "company.url", c.url, ""))
    return [(name, ink.own(value) if value else ink.gap(field, what, "会社の資料で確かめる")) for name, field, value, what in told]


def _people(ink: Ink) -> str | None:
    c = ink.facts.company
    if c.employees is None:
        return None
    return f"{c.employees}人" + (f"（{c.employees_detail}）" if c.employees_detail else "")


def description_blocks(ink: Ink) -> list[Block]:
    """What the firm does, in its own words, or the gap."""
    if ink.facts.description:
        return [Para(ink.own(ink.facts.description), "owner")]
    c = ink.facts.company
    place, trade = "".join(x for x in (c.prefecture, c.city) if x), c.industry_detail or c.industry
    first = f"{ink.own(c.name)}は、" + (f"{ink.own(place)}で" if place else "") + (f"{ink.own(trade)}を営んでいます。" if trade else "事業を営んでいます。")
    gap = ink.gap("business.description", "主な商品・サービスと、売上の多いもの・利益の出ているもの", "売上台帳や商品別の集計で確かめる")
    return [Para(first), Para(gap)]


def market(ink: Ink) -> tuple[Block, ...]:
    """市場動向と顧客ニーズ: good and bad sides, told facts first; no market figure is made up."""
    good = [*ink.facts.opportunities, *(s for s in ink.topic("market") if s not in ink.topic("weakness", "competitor"))]
    bad = [*ink.facts.threats, *(s for s in ink.topic("market") if s in ink.topic("weakness"))]
    needs = [*ink.facts.customers, *ink.facts.reviews, *(s for s in ink.topic("customer") if s not in ink.topic("weakness"))]
    unmet = [s for s in ink.topic("customer") if s in ink.topic("weakness")]
    rows = [
        ("市場動向", _cell(ink, good, "opportunities", "追い風となる市場の動き"), _cell(ink, bad, "threats", "逆風となる市場の動き")),
        ("顧客ニーズ", _cell(ink, needs, "customers", "客が求めているもの", True), _cell(ink, unmet, "customers", "応えきれていない要望", True)),
    ]
    head = ("", "自社にとって良い点", "自社にとって注意する点")
    note = "市場の規模や伸びの数字は、出典を確かめてから書きます。この下書きは、会社ファイルにない市場の数字を作りません。"
    return (table(head, rows, widths=(14, 43, 43), caption="市場動向と顧客ニーズ（各5項目を目安に書き足す）"), Para(note))


def _cell(ink: Ink, told: list[str], field: str, what: str, customers: bool = False) -> str:
    """Facts of a cell as points, or the gap."""
    unique = list(dict.fromkeys(told))
    if not unique:
        return ink.gap(field, what, _ASK_CUSTOMERS if customers else _STATISTICS)
    return "\n".join(f"・{ink.own(s)}" for s in unique)


def swot_lists(ink: Ink) -> dict[str, list[str]]:
    """The four lists: what the firm listed, else what its plain facts say of themselves."""
    f = ink.facts
    strong = [s for s in ink.topic("strength") if s not in ink.topic("weakness", "competitor")]
    weak = [s for s in ink.topic("weakness") if s not in ink.topic("competitor")]
    rivals = list(dict.fromkeys([*f.competitors, *ink.topic("competitor")]))
    chance = [s for s in ink.topic("market") if s not in ink.topic("weakness", "strength", "competitor")]
    chance += [s for s in rivals if leaves_room(s)]
    return {
        "S": list(f.strengths) or strong, "W": [*(f.weaknesses or tuple(weak))],
        "O": list(f.opportunities) or chance, "T": list(f.threats) or rivals,
    }  # fmt: skip


_SWOT = (
    ("S", "強み", "strengths", "自社が他社より優れている点と、客に評価されている点", "リピート客の声、受賞、資格、設備から拾う"),
    ("W", "弱み", "weaknesses", "足りない設備・人・知名度などの課題", "断った注文、待ち時間、取りこぼしの記録から拾う"),
    ("O", "機会", "opportunities", "客の変化や地域の動きなど、追い風になる外部の変化", _STATISTICS),
    ("T", "脅威", "threats", "競合や値上がりなど、逆風になる外部の変化", _STATISTICS),
)  # fmt: skip


def swot(ink: Ink) -> tuple[Block, ...]:
    """SWOT: inside and outside, good and bad."""
    lists = swot_lists(ink)
    past = [v for v in ink.plan.years if v.past]
    rows = []
    for key, name, field, what, where in _SWOT:
        cells = [f"・{ink.own(s)}" for s in lists[key][: _PER_CELL + 4]]
        if key == "W" and past and (loss := loss_sentence(ink, past)) and "赤字" in loss:
            cells.append(f"・{loss}")
        rows.append((f"{key} {name}", "\n".join(cells) or ink.gap(field, what, where)))
    told = [n for _, n, field, _, _ in _SWOT if not getattr(ink.facts, field) and lists[_key(n)]]
    blocks: list[Block] = [table(("区分", "内容"), rows, widths=(16, 84), caption="SWOT分析")]
    if told:
        blocks.append(Para(f"{'・'.join(told)}は、会社ファイルの事実（facts）から語をもとに振り分けました。位置が違うものは動かしてください。"))
    return tuple(blocks)


def _key(name: str) -> str:
    return next(k for k, n, *_ in _SWOT if n == name)


def cross_swot(ink: Ink) -> tuple[Block, ...]:
    """クロスSWOT: what each pair asks for, and the measure of this project where there is one."""
    lists = swot_lists(ink)
    pairs = (
        ("S×O（伸ばす）", "S", "O", "強み{0}を生かして、機会{1}をつかみます。", "strengths", "強みを機会に向ける具体策"),
        ("W×O（補う）", "W", "O", "弱み{0}を改めて、機会{1}を逃さないようにします。", "weaknesses", "弱みを補って機会を逃さない具体策"),
        ("S×T（差をつける）", "S", "T", "強み{0}で、脅威{1}との違いを出します。", "strengths", "強みで脅威を避ける具体策"),
        ("W×T（守る）", "W", "T", "弱み{0}と脅威{1}が重なる所の損失を抑えます。", "weaknesses", "弱みと脅威が重なる所での守り方"),
    )
    rows = []
    for label, left, right, shape, field, what in pairs:
        words = [ink.quote(lists[k][:2]) for k in (left, right)]
        pair = shape.format(*words) if all(words) else ""
        measure = ink.gap(f"direction.{left}{right}", what, "誰が、いつまでに、何をするかを書く")
        rows.append((label, pair or ink.gap(field, "この組合せのもとになる強み・弱み・機会・脅威", "SWOTの表を先に埋める"), measure))
    blocks: list[Block] = [table(("組合せ", "方向", "具体策"), rows, widths=(16, 50, 34), caption="クロスSWOT分析")]
    if ink.facts.purpose or ink.facts.title:
        blocks.append(Para(f"今回の取組{ink.quote([ink.facts.title or ink.facts.purpose or ''])}が、この表のどの方向に当たるかを確かめ、具体策の欄に書き足してください。"))
    if ink.facts.direction:
        blocks += [Para("経営者が考えている方向は次のとおりです。"), ink.points(ink.facts.direction)]
    return tuple(blocks)


def three_c(ink: Ink) -> tuple[Block, ...]:
    """3C: customers, competitors, the firm itself, and what follows."""
    f = ink.facts
    customers = list(dict.fromkeys([*f.customers, *f.reviews, *ink.topic("customer", "market")]))
    rivals = list(dict.fromkeys([*f.competitors, *ink.topic("competitor")]))
    own = list(dict.fromkeys([*f.strengths, *(s for s in ink.topic("strength", "operation") if s not in (*rivals, *ink.topic("weakness")))]))
    past = [v for v in ink.plan.years if v.past]
    figures = [s for s in (record_sentence(ink, past), loss_sentence(ink, past)) if s] if past else []
    company = "\n".join([*(f"・{ink.own(s)}" for s in own), *(f"・{s}" for s in figures)])
    rows = [
        ("Customer\n市場・顧客", _cell(ink, customers, "customers", "主な客層・商圏・客が求めるもの", True)),
        ("Competitor\n競合", _cell(ink, rivals, "competitors", "近くの競合の数・特徴・価格と、自社との違い")),
        ("Company\n自社", company or ink.gap("strengths", "自社の強みと資源", "設備・人・技術・立地から拾う")),
    ]
    blocks: list[Block] = [table(("視点", "分析"), rows, widths=(18, 82), caption="3C分析")]
    if f.customers and f.competitors and f.strengths:
        text = f"まとめると、客は{ink.quote(f.customers[:1])}、競合は{ink.quote(f.competitors[:1])}、自社の強みは{ink.quote(f.strengths[:1])}です。"
        blocks.append(Para(text))
    blocks.append(Para(ink.gap("direction.3c", "3つの視点から導く、勝てる領域のまとめ", "誰に、何を、どう提供するかを一文で書く")))
    return tuple(blocks)


def ansoff(ink: Ink) -> tuple[Block, ...]:
    """アンゾフ: four strategies; the project stands where its words put it, the rest are questions to the owner."""
    here = _quadrant((ink.facts.title or "") + (ink.facts.purpose or ""))
    asks = (
        ("市場浸透", "今の客に、今の商品をさらに", "今の商品・サービスを、今の客にもっと多く・たびたび使ってもらう案"),
        ("新市場開拓", "新しい客に、今の商品を", "今の商品・サービスを、まだ来ていない客層・地域に届ける案"),
        ("新商品・サービス開発", "今の客に、新しい商品を", "今の客の困りごとに応える新しい商品・サービスの案"),
        ("多角化", "新しい客に、新しい商品を", "自社の技術・設備・立地を別の客と商品に使う案"),
    )
    rows = []
    for name, meaning, ask in asks:
        cells = []
        if name == here:
            things = ink.quote([x.expense.label for x in ink.plan.lines if x.eligible][:_PER_CELL])
            cells.append(f"・今回の取組{ink.quote([ink.facts.title or ink.facts.purpose or ''])}" + (f"（{things}）" if things else ""))
        cells.append(ink.gap(f"direction.{name}", f"{ask}（3つ以上）と、そのための活動", "批判せず、数を多く出してから選ぶ"))
        rows.append((f"{name}\n（{meaning}）", "\n".join(cells)))
    note = "今回の取組の位置は、事業名と目的の語から置きました。違うときは動かしてください。" if here else ""
    blocks: list[Block] = [table(("戦略", "事業のアイデアと活動"), rows, widths=(28, 72), caption="アンゾフの成長マトリックス")]
    return (*blocks, Para(note)) if note else tuple(blocks)


def _quadrant(words: str) -> str | None:
    """Where the words of a project put it; None without words."""
    if not words:
        return None
    new_thing = any(w in words for w in ("新設", "新商品", "新サービス", "新製品", "新メニュー", "導入", "開発", "始める", "開始"))
    new_market = any(w in words for w in ("新規", "開拓", "取り込", "県外", "海外", "域外", "新たな客", "通販", "EC"))
    return {(True, True): "多角化", (True, False): "新商品・サービス開発", (False, True): "新市場開拓"}.get((new_thing, new_market), "市場浸透")
