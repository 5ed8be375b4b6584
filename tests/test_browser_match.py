"""The page 「補助金さがし」 in a real browser, on the real command."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from test_browser import address, page  # noqa: F401  fixtures

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def fill_number(page: Page, label: str, value: str) -> None:  # noqa: F811
    page.get_by_label(label).fill(value)
    page.get_by_label(label).press("Tab")


def choose(page: Page, label: str, option: str) -> None:  # noqa: F811
    """Choose from a list; one that the page closed by drawing itself anew is opened again, as a user would."""
    from playwright.sync_api import TimeoutError as TooLate

    settled(page)
    wanted = page.get_by_role("option", name=option, exact=True)
    page.get_by_label(label).first.click()
    try:
        wanted.click(timeout=5_000)
    except TooLate:
        page.get_by_label(label).first.click()
        wanted.click()


def settled(page: Page) -> None:  # noqa: F811
    """Wait until the page has drawn what was last told to it."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def test_a_form_finds_the_subsidy_with_amount_own_funds_and_deadline(page: Page) -> None:  # noqa: F811
    from playwright.sync_api import expect

    page.get_by_role("link", name="補助金さがし").click()
    expect(page.get_by_role("heading", name="補助金さがし")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("上の欄に計画の内容と経費を入れて")).to_be_visible()
    page.get_by_label("どんな計画ですか").fill("売場を改装し、チラシで新しい顧客を増やす")
    choose(page, "目的", "販路開拓")
    page.keyboard.press("Escape")
    fill_number(page, "経費の合計（万円）", "240")
    choose(page, "業種の区分", "宿泊業・娯楽業")
    fill_number(page, "従業員数（人）", "18")
    choose(page, "直近の決算", "赤字")
    fill_number(page, "1人あたり給与の伸び（年％）", "3.2")
    page.get_by_role("button", name="合う補助金を探す").click()
    card = page.get_by_text("小規模事業者持続化補助金").first
    expect(card).to_be_visible(timeout=20_000)
    expect(page.get_by_text("合いそうなもの 1件")).to_be_visible()
    for text in ("180万円", "60万円", "3/4", "200万円", "12月15日 17:00", "12月4日"):
        expect(page.get_by_test_id("stMain")).to_contain_text(text)
    if shot := os.environ.get("SHIRUBE_SHOTS"):
        page.set_viewport_size({"width": 1280, "height": 3000})
        page.wait_for_timeout(500)
        page.screenshot(path=f"{shot}/match.png")
    page.get_by_text("理由と出典").first.click()
    expect(page.get_by_text("出典：").first).to_be_visible()


def test_a_sentence_in_the_chat_becomes_a_profile_that_can_be_corrected(page: Page) -> None:  # noqa: F811
    from playwright.sync_api import expect

    page.get_by_placeholder("補助金について質問してください").fill(
        "三重県で従業員8人の旅館です。赤字です。240万円でチラシと客室改装をして新しい客を増やしたい。うちに合う補助金は？"
    )
    page.keyboard.press("Enter")
    expect(page.get_by_text("読み取った条件")).to_be_visible(timeout=20_000)
    for line in ("業種の区分：宿泊業・娯楽業", "従業員数（人）：8", "直近の決算：赤字", "経費の合計：240万円"):
        expect(page.locator("body")).to_contain_text(line)
    if shot := os.environ.get("SHIRUBE_SHOTS"):
        page.screenshot(path=f"{shot}/chat-profile.png", full_page=True)
    page.get_by_role("button", name="条件を直して探す").click()
    expect(page.get_by_role("heading", name="補助金さがし")).to_be_visible(timeout=20_000)
    expect(page.get_by_label("従業員数（人）")).to_have_value("8")
    fill_number(page, "従業員数（人）", "25")
    page.get_by_role("button", name="合う補助金を探す").click()
    expect(page.get_by_text("対象外のもの")).to_be_visible(timeout=20_000)
    expect(page.get_by_label("従業員数（人）")).to_have_value("25")
