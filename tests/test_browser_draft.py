"""The page 「計画書づくり」 in a real browser, on the real command."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from test_browser import address, page  # noqa: F401  fixtures

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

YAML = """company: {name: 合同会社つばめ菓子, industry: 商業・サービス業, employees: 2}
target: {programme: jizokuka, frame: 一般型 通常枠}
project:
  title_draft: 焼き菓子の店頭販売
  tax: 税抜
  expenses: [{category: 機械装置等費, description: 小型オーブン, yen: 300000}]
"""


def test_a_pasted_company_file_becomes_a_draft_with_downloads(page: Page) -> None:  # noqa: F811
    from playwright.sync_api import expect

    page.get_by_role("link", name="計画書づくり").click()
    expect(page.get_by_role("heading", name="計画書づくり")).to_be_visible(timeout=20_000)
    page.get_by_role("tab", name="会社のファイルから").click()
    page.get_by_label("またはここに貼り付け").fill(YAML)
    page.get_by_role("tabpanel", name="会社のファイルから").get_by_role("button", name="下書きを作る").click()
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("200,000円", timeout=30_000)  # 300,000 x 2/3
    expect(main).to_contain_text("合同会社つばめ菓子")
    for label in ("Word（docx）", "計算表（xlsx）", "本文（md）"):
        expect(page.get_by_role("button", name=label)).to_be_visible()
    if shot := os.environ.get("SHIRUBE_SHOTS"):
        page.screenshot(path=f"{shot}/draft.png")
    with page.expect_download() as download:
        page.get_by_role("button", name="Word（docx）").click()
    assert download.value.suggested_filename == "plan.docx"


def test_a_broken_file_is_explained_and_nothing_is_lost(page: Page) -> None:  # noqa: F811
    from playwright.sync_api import expect

    page.get_by_role("link", name="計画書づくり").click()
    page.get_by_role("tab", name="会社のファイルから").click()
    page.get_by_label("またはここに貼り付け").fill("company: {name: A\n")
    page.get_by_role("tabpanel", name="会社のファイルから").get_by_role("button", name="下書きを作る").click()
    expect(page.get_by_test_id("stMain")).to_contain_text("YAMLとして読めません", timeout=20_000)
    expect(page.get_by_label("またはここに貼り付け")).to_have_value("company: {name: A\n")


def test_the_main_fields_alone_make_a_draft(page: Page) -> None:  # noqa: F811
    from playwright.sync_api import expect

    page.get_by_role("link", name="計画書づくり").click()
    form = page.get_by_role("tabpanel", name="主な項目から")
    form.get_by_role("button", name="下書きを作る").click()
    expect(page.get_by_test_id("stMain")).to_contain_text("会社名を入れてください", timeout=20_000)
    form.get_by_label("会社名・屋号").fill("青空ベーカリー")
    form.get_by_label("補助事業で行う事業名").fill("焼き菓子の店頭販売")
    form.get_by_role("button", name="下書きを作る").click()
    expect(page.get_by_test_id("stMain")).to_contain_text("青空ベーカリー 経営計画書", timeout=30_000)
    expect(page.get_by_test_id("stMain")).not_to_contain_text("None")
