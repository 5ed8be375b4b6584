from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.errors import BadFile
from assistant.rules.load import Catalogue
from assistant.rules.values import Value
from assistant.search.passages import all_passages, article_passages, fill


def test_every_kind_of_item_is_a_passage_with_its_place(small: Catalogue) -> None:
    found = {p.id: p for p in all_passages(small)}
    assert found["reiji/2026-r2#quotes"].kind == "cost_rule"
    assert found["reiji/2026-r2#chinage"].frames == ("kihon",)
    assert found["reiji/2026-r2#size"].kind == "requirement"
    assert found["reiji#summary"].edition_id is None
    assert found["article:quotes-howto#0"].programme == "reiji"


def test_figures_stand_in_the_text_that_people_read(small: Catalogue) -> None:
    found = {p.id: p for p in all_passages(small)}
    assert "70万円" in found["reiji/2026-r2#quotes"].text
    assert "{" not in found["article:quotes-howto#0"].text
    assert "70万円" in found["article:quotes-howto#0"].text


def test_the_order_is_stable(small: Catalogue) -> None:
    assert [p.id for p in all_passages(small)] == [p.id for p in all_passages(small)]


def test_a_token_without_figure_stays_as_it_is() -> None:
    assert fill("上限は{cap}です", {}) == "上限は{cap}です"


@pytest.mark.parametrize(
    ("good", "wrong", "named"),
    [("---", "", "見出し情報"), ("{quotes.over}", "{quotes.gone}", "quotes.gone"), ("{quotes.over}", "{nothing}", "nothing")],
)
def test_a_wrong_article_says_where_and_what(small: Catalogue, good: str, wrong: str, named: str) -> None:
    text = small.articles["articles/quotes.md"].replace(good, wrong)
    with pytest.raises(BadFile, match=named) as caught:
        article_passages(small, "articles/x.md", text)
    assert "articles/x.md" in str(caught.value)


def test_the_topic_of_a_section_is_title_and_heading(small: Catalogue) -> None:
    first, second = article_passages(small, "articles/x.md", small.articles["articles/quotes.md"])
    assert (first.topic, second.topic) == ("見積もりの取り方：相見積もり", "見積もりの取り方：事業の期間")


def test_a_passage_is_filled_once_and_keeps_its_template(small: Catalogue) -> None:
    quotes = {p.id: p for p in all_passages(small)}["reiji/2026-r2#quotes"]
    assert quotes.template == "1件{over}の発注では、{n}から見積もりを取ります。"
    assert quotes.text == "1件70万円（税抜）超の発注では、3者以上から見積もりを取ります。"
    assert quotes.text is quotes.text


def test_tokens_are_filled_with_their_bounds_and_others_stay() -> None:
    figures = {"max": Value(people=40, bound="max"), "a.b": Value(yen=500_000)}
    assert fill("従業員{max}、{a.b}、{gone}、{Max}、{ max }", figures) == "従業員40人以下、50万円、{gone}、{Max}、{ max }"
    assert fill("数のない文", figures) == "数のない文"


def test_passages_are_alike_by_what_they_are_made_of(small: Catalogue) -> None:
    one, again = (next(p for p in all_passages(small) if p.item_id == "quotes") for _ in range(2))
    assert one == again and one != replace(one, template="別の文") and replace(one, template="別の文").text == "別の文"


def test_the_text_of_special_limit_and_category_names_them(small: Catalogue) -> None:
    found = {p.id: p for p in all_passages(small)}
    assert found["reiji/2026-r2#chinage"].text == "賃上げ特例：給与支給総額を2.5%以上伸ばすと、上限に30万円が上乗せされます。"
    assert found["reiji/2026-r2#size"].text == "従業員が40人以下の事業者が対象です。"
    assert found["reiji/2026-r2#size"].heading == "例示補助金 第2回"
