"""What the chat offers beside an answer, in a real browser: citations, plain words, dates, documents, narrow windows, failures."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_browser import CHROMIUM, FLAGS, START_SECONDS, address, free_port, page, start, stop  # noqa: F401  fixtures

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser
WAIT = 20_000


def ask(page: Page, question: str) -> Locator:  # noqa: F811
    """Ask; the answer, once it is there."""
    from playwright.sync_api import expect

    messages = page.get_by_test_id("stChatMessage")
    before = messages.count()
    box = page.get_by_placeholder("補助金について質問してください")
    box.fill(question)
    box.press("Enter")
    expect(messages).to_have_count(before + 2, timeout=WAIT)
    expect(messages.last).to_contain_text("資料は", timeout=WAIT)
    return messages.last


def test_a_citation_opens_document_section_date_and_passage(page: Page) -> None:  # noqa: F811
    from playwright.sync_api import expect

    answer = ask(page, "持続化補助金の上限は？ それから自動車は買える？")
    first, last = answer.locator(".sr-cite").first, answer.locator(".sr-cite").last
    expect(first.locator(".sr-card")).to_be_hidden()
    first.click()
    card = first.locator(".sr-card")
    expect(card).to_be_visible()
    for text in ("補助金活用セミナー資料", "小規模事業者持続化補助金", "2026年7月6日 時点", "補助上限額：50万円"):
        expect(card).to_contain_text(text)
    last.focus()
    expect(card).to_be_hidden()
    expect(last.locator(".sr-passage")).to_be_visible()
    page.get_by_role("heading", name="しるべ").click()
    expect(last.locator(".sr-card")).to_be_hidden()


def test_a_card_opens_beside_its_number(page: Page) -> None:  # noqa: F811
    from playwright.sync_api import expect

    page.set_viewport_size({"width": 400, "height": 800})
    cited = ask(page, "省力化補助金の一般型の上限額を従業員数ごとに教えて").locator(".sr-cite").first
    cited.click()
    expect(cited.locator(".sr-card")).to_be_visible()
    beside = """() => {  // once the page stands still: it scrolls to the question after an answer
      const number = document.querySelector(".sr-cite"), card = number.querySelector(".sr-card").getBoundingClientRect();
      const at = number.getBoundingClientRect();
      const gap = Math.min(Math.abs(card.top - at.bottom), Math.abs(at.top - card.bottom));
      return gap < 30 && card.left >= 0 && card.right <= 400;
    }"""
    page.wait_for_function(beside, timeout=WAIT)


def test_a_low_window_begins_at_the_title(page: Page, address: str) -> None:  # noqa: F811
    from playwright.sync_api import expect

    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    title = page.get_by_role("heading", name="しるべ")
    title.wait_for(timeout=WAIT)
    page.wait_for_timeout(1500)
    expect(title).to_be_in_viewport()


def test_a_long_answer_is_shown_from_its_question(page: Page) -> None:  # noqa: F811
    from playwright.sync_api import expect

    ask(page, "持続化補助金の申請の流れと提出書類と審査のポイントを全部教えて")
    expect(page.get_by_test_id("stChatMessage").first).to_be_in_viewport(timeout=WAIT)
    page.wait_for_timeout(1000)
    expect(page.get_by_test_id("stChatMessage").first).to_be_in_viewport()


def test_plain_words_are_a_switch_that_survives_a_reload(page: Page) -> None:  # noqa: F811
    from playwright.sync_api import expect

    page.get_by_text("やさしい日本語").click()
    page.wait_for_url("**plain=1**")
    answer = ask(page, "持続化補助金の通常枠の上限は？")
    expect(answer).to_contain_text("補助金のいちばん高い額")
    expect(answer).to_contain_text("50万円")
    page.reload()
    expect(page.get_by_test_id("stChatMessage").last).to_contain_text("いちばん高い額", timeout=WAIT)
    expect(page.get_by_role("checkbox", name="やさしい日本語").or_(page.get_by_role("switch", name="やさしい日本語"))).to_be_checked()


def test_a_suggestion_asks_once_and_other_pages_keep_the_conversation(page: Page) -> None:  # noqa: F811
    """Also where the user goes to another page before the answer is there."""
    from playwright.sync_api import expect

    answer = ask(page, "持続化補助金の通常枠の上限は？")
    answer.get_by_role("button", name="締切はいつ").click()
    page.get_by_role("link", name="公募の日程").click()
    expect(page.get_by_role("heading", name="公募の日程")).to_be_visible(timeout=WAIT)
    page.get_by_role("link", name="しるべに聞く").click()
    expect(page.get_by_test_id("stChatMessage")).to_have_count(4, timeout=WAIT)
    page.wait_for_url("**c=**")
    page.reload()
    expect(page.get_by_test_id("stChatMessage")).to_have_count(4, timeout=WAIT)


def test_what_is_asked_for_can_be_told_and_a_refusal_offers_questions(page: Page) -> None:  # noqa: F811
    from playwright.sync_api import expect

    answer = ask(page, "いくら補助されますか")
    expect(answer).to_contain_text("教えてほしいこと：補助金の名前")
    expect(answer).to_contain_text("下の欄に続けて書いてください")
    refused = ask(page, "東京都の創業助成金の上限は？")
    expect(refused).to_contain_text("手元の資料では答えられません")
    expect(refused.get_by_role("button", name="通常枠の上限")).to_be_visible()


def test_a_conversation_is_deleted_after_a_second_click(page: Page) -> None:  # noqa: F811
    from playwright.sync_api import expect

    ask(page, "持続化補助金の共同・協業型の上限は？")
    page.get_by_role("button", name="新しい会話").click()
    expect(page.get_by_test_id("stChatMessage")).to_have_count(0, timeout=WAIT)
    ask(page, "省エネ診断の自己負担はいくら")
    past = page.locator(".st-key-past")
    first = past.get_by_role("button", name="共同・協業型の上限")
    row = past.get_by_test_id("stHorizontalBlock").filter(has=page.get_by_role("button", name="共同・協業型の上限"))
    row.get_by_role("button", name="消す").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("共同・協業型の上限は？」の質問と答えをすべて消します")
    dialog.get_by_role("button", name="やめる").click()
    expect(dialog).to_be_hidden()
    expect(first).to_be_visible()
    row.get_by_role("button", name="消す").click()
    dialog.get_by_role("button", name="消す").click()
    expect(first).to_have_count(0, timeout=WAIT)
    expect(page.get_by_test_id("stChatMessage")).to_have_count(2)
    past.get_by_role("button", name="消す").first.click()
    dialog.get_by_role("button", name="消す").click()
    expect(page.get_by_test_id("stChatMessage")).to_have_count(0, timeout=WAIT)
    page.reload()
    expect(page.get_by_role("heading", name="しるべ")).to_be_visible(timeout=WAIT)
    expect(page.get_by_test_id("stChatMessage")).to_have_count(0)


def test_dates_are_listed_and_downloaded_as_a_calendar(page: Page) -> None:  # noqa: F811
    from playwright.sync_api import expect

    answer = ask(page, "持続化補助金の締切はいつ？")
    with page.expect_download() as download:
        answer.get_by_role("button", name="カレンダーに入れる").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert download.value.suggested_filename == "shirube.ics" and "BEGIN:VEVENT" in text and "20261215T170000" in text
    assert "DTSTART;VALUE=DATE:2025" not in text
    page.get_by_role("link", name="公募の日程").click()
    row = page.get_by_role("row").filter(has_text="2026年12月15日").first
    expect(row).to_contain_text("あと21日", timeout=WAIT)
    with page.expect_download() as download:
        page.get_by_role("button", name="カレンダーに入れる").click()
    assert Path(download.value.path()).read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_own_documents_are_taken_in_quoted_and_forgotten(page: Page) -> None:  # noqa: F811
    from playwright.sync_api import expect

    page.get_by_role("link", name="お手持ちの文書").click()
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("まだありません", timeout=WAIT)
    note = "当店の移動販売車は毎週火曜に駅前で惣菜を売ります。自動車の購入は見送りました。"
    files = (("計画メモ.txt", "text/plain", note.encode()), ("壊れた.pdf", "application/pdf", b"nothing"))
    page.locator("input[type=file]").set_input_files([{"name": n, "mimeType": m, "buffer": b} for n, m, b in files])
    expect(page.get_by_test_id("stFileChip")).to_have_count(2)
    page.get_by_role("button", name="取り込む").click()
    expect(main).to_contain_text("計画メモ.txt を取り込みました", timeout=WAIT)
    expect(main).to_contain_text("壊れた.pdf: PDFとして読めません")
    page.get_by_role("link", name="しるべに聞く").click()
    answer = ask(page, "持続化補助金で自動車の移動販売車は買える？")
    answer.locator(".sr-cite").last.click()
    expect(answer.locator(".sr-card").last).to_contain_text("自動車の購入は見送りました")
    expect(answer.locator(".sr-card").last).to_contain_text("しるべは中身を確かめていません")
    page.get_by_role("link", name="お手持ちの文書").click()
    main.get_by_role("button", name="消す").click()
    expect(main).to_contain_text("取り込んだ文書（0件）", timeout=WAIT)


@pytest.mark.parametrize("place", ["", "match", "draft", "calendar", "documents"])
def test_a_narrow_window_holds_every_page(page: Page, address: str, place: str) -> None:  # noqa: F811
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto(f"{address}/{place}")
    page.get_by_role("heading", level=1).wait_for(timeout=WAIT)
    if not place:
        ask(page, "省力化補助金の一般型の上限額を従業員数ごとに教えて")
    page.wait_for_timeout(500)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 400
    assert page.locator(".stMain").evaluate("e => e.scrollWidth - e.clientWidth") <= 2


def test_words_of_the_frame_are_japanese(page: Page, address: str) -> None:  # noqa: F811
    from playwright.sync_api import expect

    page.goto(f"{address}/nothing")
    expect(page.get_by_role("dialog")).to_contain_text("そのページはありません", timeout=WAIT)
    page.goto(f"{address}/documents")
    expect(page.get_by_test_id("stFileUploader")).to_contain_text("ファイルを選ぶ", timeout=WAIT)
    expect(page.get_by_test_id("stFileUploader")).not_to_contain_text("Upload")


def test_words_that_are_not_known_stay_as_they_are(page: Page) -> None:  # noqa: F811
    told = ("Close", "Words of a later version", "constructor", "__proto__")
    shown = page.evaluate(
        """async (told) => {
          const own = document.createElement("div"), other = document.createElement("div");
          own.setAttribute("role", "tooltip");
          for (const place of [own, other]) {
            for (const text of told) place.append(Object.assign(document.createElement("p"), {textContent: text}));
            document.body.append(place);
          }
          await new Promise((done) => setTimeout(done, 200));
          return [own, other].map((place) => [...place.children].map((part) => part.textContent));
        }""",
        told,
    )
    assert shown == [["閉じる", *told[1:]], [*told]]


@pytest.mark.server
def test_the_page_waits_for_an_api_that_is_down_and_comes_back(tmp_path: Path) -> None:
    from playwright.sync_api import expect, sync_playwright

    api_port, ui_port = free_port(), free_port()
    environment = {
        **os.environ, "SHIRUBE_DATA_DIR": str(tmp_path), "SHIRUBE_API_URL": f"http://127.0.0.1:{api_port}",
        "SHIRUBE_API_PORT": str(api_port), "SHIRUBE_UI_PORT": str(ui_port), "PYTHONIOENCODING": "utf-8",
    }  # fmt: skip
    command = [sys.executable, "-m", "assistant", "--today", "2026-11-24"]
    ui = subprocess.Popen([*command, "ui"], env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    served: list[subprocess.Popen[str]] = [ui]
    try:
        assert ui.stdout is not None and "しるべを開きました" in ui.stdout.readline()
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            page = browser.new_page()  # noqa: F811
            page.goto(f"http://127.0.0.1:{ui_port}")
            expect(page.get_by_text("起動を待っています")).to_be_visible(timeout=WAIT)
            box = page.get_by_placeholder("補助金について質問してください")
            box.fill("持続化補助金の通常枠の上限は？")
            box.press("Enter")
            expect(page.get_by_text("つながりません")).to_be_visible(timeout=WAIT)
            served.append(subprocess.Popen([*command, "serve"], env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8"))
            expect(page.get_by_text("知識の版")).to_be_visible(timeout=START_SECONDS * 1000)
            page.get_by_role("button", name="もう一度送る").click()
            expect(page.get_by_test_id("stChatMessage").last).to_contain_text("50万円", timeout=WAIT)
            browser.close()
    finally:
        for process in served:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)


@pytest.mark.server
def test_a_language_model_is_announced_before_anything_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from playwright.sync_api import expect, sync_playwright

    monkeypatch.setenv("SHIRUBE_LLM", "openai:rei-model")
    monkeypatch.setenv("SHIRUBE_LLM_BASE_URL", f"http://127.0.0.1:{free_port()}/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    port = free_port()
    process, _ = start(tmp_path, free_port(), port)
    try:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            page = browser.new_page()  # noqa: F811
            page.goto(f"http://127.0.0.1:{port}")
            notice = page.get_by_test_id("stAlert")
            expect(notice).to_contain_text("言語モデル（openai:rei-model）を使う設定です", timeout=WAIT)
            expect(notice).to_contain_text("会社名・人名・連絡先は伏せ")
            expect(page.get_by_text("外には送りません。")).to_have_count(0)
            expect(ask(page, "持続化補助金の通常枠の上限は？")).to_contain_text("50万円")
            page.get_by_role("link", name="計画書づくり").click()
            expect(page.get_by_test_id("stAlert").first).to_contain_text("言語モデル", timeout=WAIT)
            browser.close()
    finally:
        stop(process, signal.SIGTERM)
