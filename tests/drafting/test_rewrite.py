"""A model may smooth what the program wrote; figures, the firm's words, gaps and tables do not pass through its hands."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from assistant.drafting.draft import Draft, draft_document
from assistant.drafting.records import Para
from assistant.drafting.render_md import render_md
from assistant.drafting.rewrite import SectionWriter, section_prompt
from assistant.drafting.write import COMPOSERS
from assistant.errors import ModelError, ModelTimeout
from assistant.llm.breaker import Breaker
from assistant.llm.model import Message

TODAY = date(2026, 11, 24)
COMPANY = {
    "company": {"name": "株式会社例示堂", "employees": 4, "industry": "商業・サービス業", "founded": "2015-04-01"},
    "business": {"direction": ["常連を増やす"]},
    "target": {"programme": "jizokuka"},
    "project": {
        "title_draft": "焼き菓子の通信販売", "purpose": "遠くの客に売る",
        "expenses": [
            {"category": "広報費", "description": "チラシ", "yen": 120000},
            {"category": "機械装置等費", "description": "オーブン", "yen": 480000},
        ],
    },
}  # fmt: skip


class Model:
    """A model that answers with a change of the draft it was given."""

    def __init__(self, change: Callable[[str], str]) -> None:
        self.change, self.seen = change, []  # type: ignore[var-annotated]

    def complete(self, messages: tuple[Message, ...]) -> str:
        self.seen.append(messages)
        inside = re.search(r"`{3,}\n(.*?)\n`{3,}", messages[1].text, re.S)
        assert inside
        return self.change(inside.group(1))


def raise_timeout(_: str) -> str:
    raise ModelTimeout("遅い")


def made(assistant, model: Model | None = None) -> Draft:
    writer = SectionWriter(model, Breaker(lambda: 0.0)) if model else None
    return draft_document(COMPANY, TODAY, assistant.catalogue, writer)


def test_smoothed_words_come_in_and_figures_stay(assistant):
    plain = made(assistant)
    smooth = made(assistant, Model(lambda text: text.replace("です。", "でございます。", 1)))
    assert render_md(smooth) != render_md(plain)
    assert smooth.wire()["computed"] == plain.wire()["computed"]
    numbers = re.compile(r"[0-9][0-9,]*")
    assert numbers.findall(render_md(smooth)) == numbers.findall(render_md(plain))


@pytest.mark.parametrize(
    "lie",
    [
        lambda text: text + "\n補助金は必ず採択されます。",
        lambda text: re.sub(r"\{f:\d+\}", "999万円", text, count=1) if "{f:" in text else text + "9",
        lambda text: text.replace("です", "ではありません"),
        lambda text: text + "市場は毎年三割伸びています。",
        lambda text: "https://example.com " + text,
        lambda text: "",
        lambda text: text.replace("{f:0}", "{f:7}") + "{f:99}",
        raise_timeout,
    ],
)
def test_a_lie_leaves_the_composed_text(assistant, lie):
    assert render_md(made(assistant, Model(lie))) == render_md(made(assistant))


def test_the_model_sees_neither_figures_nor_names_nor_the_firms_words(assistant):
    model = Model(lambda text: text)
    draft = made(assistant, model)
    sent = "\n".join(part for m in model.seen for part in re.findall(r"`{3,}\n(.*?)\n`{3,}", m[1].text, re.S))
    assert sent
    assert not re.search(r"[0-9０-９]", re.sub(r"\{[fn]:\d+\}", "", sent))
    for word in ("例示堂", "常連を増やす", "遠くの客に売る", "要記入"):
        assert word not in sent
    assert render_md(draft) == render_md(made(assistant))


def test_what_the_owner_wrote_is_never_sent(assistant):
    model = Model(lambda text: text)
    draft = made(assistant, model)
    owned = [b.text for s in draft.sections for b in s.blocks if isinstance(b, Para) and b.by == "owner"]
    sent = "\n".join(m[1].text for m in model.seen)
    assert not any(text in sent for text in owned)


@pytest.mark.parametrize("composer", sorted(COMPOSERS))
def test_each_prompt_begins_with_the_rules_of_all(composer):
    assert section_prompt(composer).startswith("この決まりは")


def test_errors_of_a_model_are_model_errors():
    assert issubclass(ModelTimeout, ModelError)
