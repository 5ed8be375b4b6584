"""The page: what an answer looks like (pure), the client's errors, and one run of the app itself."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
import view
from client import ApiError, Client
from streamlit.testing.v1 import AppTest

from assistant.api import create_app
from assistant.config import Settings
from assistant.flow import Assistant

PAGE = str(Path(__file__).resolve().parent.parent / "ui" / "app.py")
SOURCE = {"document": "公募要領", "section": "補助上限額", "as_of": "2026-07-06", "url": None}
FIGURE = {
    "text": "50万円", "value": 500000, "unit": "yen", "verdict": "sourced", "doubt": None, "kind": "cap", "steps": [],
    "source": SOURCE,
}  # fmt: skip


def answer(**more: Any) -> dict[str, Any]:
    told = {"status": "answered", "answer": "上限は50万円です。", "figures": [FIGURE]}
    return {**told, "as_of": "2026-07-06", "today": "2026-11-24", **more}


def test_proof_table_has_a_row_for_each_figure() -> None:
    steps = ["60万円 × 2/3 ＝ 40万円"]
    computed = {**FIGURE, "text": "40万円", "verdict": "computed", "kind": "subsidy", "steps": steps, "doubt": "端数|注意"}
    rows = (view.answer_blocks(answer(figures=[FIGURE, computed, FIGURE])).proof or "").splitlines()
    assert rows[0] == "| 数値 | 種類 | 計算・手順 | 出典 | 時点 | 注意 |"
    assert rows[2] == "| 50万円 | 補助上限額（資料） | – | 公募要領 「補助上限額」 | 2026年7月6日 | – |"
    assert "補助金額（計算）" in rows[3] and "60万円 × 2/3 ＝ 40万円" in rows[3] and "端数\\|注意" in rows[3]
    assert len(rows) == 4
    assert view.answer_blocks(answer(figures=[{**FIGURE, "kind": "name"}])).proof is None
    assert (view.answer_blocks(answer()).proof or "").splitlines()[0] == "| 数値 | 種類 | 出典 | 時点 |"


def test_absent_parts_leave_no_block() -> None:
    blocks = view.answer_blocks({"status": "refused", "answer": "わかりません。"})
    assert (blocks.proof, blocks.sources, blocks.suggestions, blocks.ask_for) == (None, (), (), ())
    assert blocks.notice == "手元の資料では答えられません" and blocks.footer == "最新の公募要領で確認してください"
    assert view.answer_blocks(answer()).notice is None
    footer = "資料は 2026年7月6日 時点・回答日 2026年11月24日・最新の公募要領で確認してください"
    assert view.answer_blocks(answer()).footer == footer


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("![x](http://example.com/p.png)", "!\\[x](http://example.com/p.png)"),
        ("1~5人、6~20人", "1\\~5人、6\\~20人"),
        ("$100$", "\\$100\\$"),
        ("50万円[1](通常枠)", "50万円[1]\\(通常枠)"),
        (":red[赤]", "\\:red[赤]"),
        ("**50万円**\n- 17:00まで", "**50万円**\n- 17:00まで"),
    ],
)
def test_an_answer_can_only_be_text(text: str, shown: str) -> None:
    assert view.safe_markdown(text) == shown


def test_what_a_user_typed_is_shown_as_typed() -> None:
    assert view.plain("*a* <b> [c](d)\n# e | f") == "\\*a\\* \\<b\\> \\[c\\]\\(d\\)  \n\\# e \\| f"


def test_sources_show_passage_and_only_web_addresses() -> None:
    line = view.source_line({"n": 1, **SOURCE, "passage": "一行目\n二行目", "url": "https://example.jp/a"})
    assert line.startswith("［1］ **公募要領** 「補助上限額」（2026年7月6日 時点） [開く](https://example.jp/a)")
    assert "> 一行目" in line
    assert "開く" not in view.source_line({"n": 2, **SOURCE, "url": "javascript:alert(1)"})


def test_a_citation_holds_a_card_in_which_nothing_is_markup() -> None:
    source = {"n": 1, **SOURCE, "document": "要領<b>*x*", "passage": "一行目 <script> [a](b)\n`二`$行$目|"}
    body = view.answer_blocks(answer(answer="上限は50万円です[1]。別[2]と<i>[1](x)", sources=[source])).body
    assert body.count('class="sr-cite"') == 2 and "別[2]" in body and "&lt;i>" in body
    card = body.split('<span class="sr-card" role="note">')[1].split("</span></span>")[0]
    assert "要領&#60;b&#62;&#42;x&#42;" in card and "2026年7月6日 時点" in card and "「補助上限額」" in card
    assert "一行目 &#60;script&#62; &#91;a&#93;&#40;b&#41;<br>&#96;二&#96;&#36;行&#36;目&#124;" in card
    bare = view.answer_blocks(answer(answer="上限は50万円です[1]。", sources=[{"n": 1, **SOURCE}]))
    assert "ここにある数値：補助上限額 50万円" in bare.body and "補助上限額 50万円" in bare.sources[0]


def test_own_documents_are_told_apart_in_their_card() -> None:
    own = {"n": 1, **SOURCE, "passage": "社内の数字", "own": True}
    assert "お手持ちの文書です" in view.answer_blocks(answer(answer="あります[1]。", sources=[own])).body


def test_what_is_asked_for_comes_with_an_example_sentence() -> None:
    blocks = view.answer_blocks(answer(status="needs_input", ask_for=["補助金の名前", "従業員数"]))
    assert "持続化補助金です。従業員は3人です" in blocks.how_to_tell and blocks.fallback
    assert view.answer_blocks(answer()).how_to_tell == "" and view.answer_blocks(answer()).fallback == ()


def test_dates_of_an_answer_offer_a_calendar_and_a_model_is_named() -> None:
    dated = answer(programmes=["a"], figures=[{**FIGURE, "kind": "days_left"}])
    assert view.answer_blocks(dated).programmes == ("a",) and view.answer_blocks(answer(programmes=["a"])).programmes == ()
    assert "openai\\:x が整えました" in view.answer_blocks(answer(engine="openai:x")).footer
    assert "最新" not in view.answer_blocks(answer(answer="申請前に最新の公募要領で確認してください。")).footer


def test_the_calendar_shows_what_is_to_come(assistant: Assistant, today: date) -> None:
    import calendar_view

    from assistant.calendar_door import calendar_request

    events = calendar_request(assistant.catalogue, today)["events"]
    coming, loose = calendar_view.coming(events), calendar_view.loose(events, today.isoformat())
    assert coming and all(e["days_left"] >= 0 for e in coming) and set(calendar_view.programmes(list(coming))) >= {"jizokuka"}
    assert "あと21日" in calendar_view.table(coming).replace("\\", "")
    early = {"precision": "third", "on": "2026-11", "part": "上旬"}
    assert calendar_view.loose([early, {**early, "part": "末"}, {**early, "on": "2026-12"}], "2026-11-24") == (
        {**early, "part": "末"}, {**early, "on": "2026-12"},
    )  # fmt: skip
    assert all(e["precision"] not in ("day", "minute") for e in loose)


def test_profile_holds_what_was_told() -> None:
    assert view.profile_of(None, None, None, None) is None
    assert view.profile_of(0, "製造業その他", "個人事業", "赤字") == {
        "employees": 0, "industry": "製造業その他", "is_corporation": False, "deficit": True,
    }  # fmt: skip


def test_labels_of_conversations_are_short() -> None:
    assert view.conversation_label({"title": "あ" * 50}) == "あ" * 39 + "…"
    assert view.conversation_label({"title": ""}) == "（題なし）"


def test_every_kind_of_figure_has_a_japanese_name(assistant: Assistant) -> None:
    from assistant.rules.figures import list_figures

    assert {f.kind for f in list_figures(assistant.catalogue)} <= set(view.KIND_WORDS)


def refusing(status: int, body: str) -> Client:
    return Client("http://127.0.0.1:1", httpx.MockTransport(lambda _: httpx.Response(status, text=body)))


def test_streamlit_still_says_the_words_that_the_page_puts_right() -> None:
    """A version with other words would show them in English: they go into words.js then."""
    import streamlit

    script = (Path(PAGE).parent / "words.js").read_text(encoding="utf-8")
    table = script.split("const words = {")[1].split("};")[0]
    bundle = "".join(p.read_text(encoding="utf-8") for p in (Path(streamlit.__file__).parent / "static").rglob("*.js"))
    words = re.findall(r'"([^"]+)": "', table)
    assert len(words) > 20
    joined = "The page that you have requested does not seem to exist. Running the app's main page."  # of two pieces
    pieces = [*(w for w in words if w != joined), joined.split(".")[0]]
    assert [w for w in pieces if not any(f"{mark}{w}{mark}" in bundle for mark in "`'\"")] == []
    for start in (". Running the app's main page.", "Streamlit server is not responding", "Is Streamlit still running", "Remove "):
        assert start in bundle, start


def test_client_errors_are_sentences() -> None:
    with pytest.raises(ApiError, match="つながりません") as down:
        Client("http://127.0.0.1:1").health()
    assert down.value.status is None
    with pytest.raises(ApiError, match="見つかりません") as lost:
        refusing(404, '{"detail": "その会話は見つかりません。"}').turns("../x")
    assert lost.value.status == 404
    with pytest.raises(ApiError, match="つながりません"):
        refusing(502, "<html>Bad Gateway</html>").health()


@pytest.fixture(scope="module")
def api_url(assistant: Assistant, today: date, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real API on this machine."""
    own = Assistant(assistant.catalogue, Settings(data_dir=tmp_path_factory.mktemp("page"), database_url=None))
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(own, today), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture
def page(api_url: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The app, on that API."""
    import streamlit as st

    monkeypatch.setenv("SHIRUBE_API_URL", api_url)
    st.cache_resource.clear()
    return AppTest.from_file(PAGE, default_timeout=30)


def test_a_question_is_answered_with_its_proof_and_survives_a_reload(page: AppTest) -> None:
    page.run()
    assert [t.value for t in page.title] == ["しるべ"] and len(page.chat_message) == 0
    page.chat_input[0].set_value("持続化補助金の通常枠の上限は？").run()
    shown = " ".join(m.value for m in page.markdown)
    assert not page.exception and len(page.chat_message) == 2 and "50万円" in shown and "| 数値 |" in shown
    conversation = page.query_params["c"]
    again = AppTest.from_file(PAGE, default_timeout=30)
    again.query_params["c"] = conversation
    again.run()
    assert len(again.chat_message) == 2 and "50万円" in " ".join(m.value for m in again.markdown)
    assert any("持続化補助金の通常枠" in b.label for b in again.sidebar.button)


def test_an_example_and_a_suggestion_are_asked_by_a_click(page: AppTest) -> None:
    page.run()
    next(b for b in page.main.button if "通常枠" in b.label).click().run()
    assert len(page.chat_message) == 2
    suggestions = [b for b in page.main.button if str(b.key).startswith("next-")]
    assert suggestions
    suggestions[0].click().run()
    assert len(page.chat_message) == 4 and not page.exception


def test_a_new_conversation_starts_empty(page: AppTest) -> None:
    page.run()
    page.chat_input[0].set_value("持続化補助金の締切は？").run()
    next(b for b in page.sidebar.button if b.label == "新しい会話").click().run()
    assert len(page.chat_message) == 0 and "c" not in page.query_params


def test_an_unknown_conversation_starts_a_new_one(page: AppTest) -> None:
    page.query_params["c"] = "nothing"
    page.run()
    assert not page.exception and "c" not in page.query_params and "見つかりません" in page.toast[0].value


def test_a_lost_api_keeps_the_question_and_tries_again(page: AppTest, api_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import streamlit as st

    monkeypatch.setenv("SHIRUBE_API_URL", "http://127.0.0.1:1")
    page.run()
    page.chat_input[0].set_value("持続化補助金の通常枠の上限は？").run()
    assert not page.exception and "つながりません" in page.error[0].value
    assert "通常枠の上限" in page.chat_message[0].markdown[0].value
    monkeypatch.setenv("SHIRUBE_API_URL", api_url)
    st.cache_resource.clear()
    next(b for b in page.main.button if b.label == "もう一度送る").click().run()
    assert not page.error and "50万円" in " ".join(m.value for m in page.markdown)


def test_an_address_ends_where_its_letters_end() -> None:
    shown = view.safe_markdown("公式サイト（https://example.jp/a_b?x=1）に載っています。https://example.jp/c。")
    assert "（[https\\://example\\.jp/a\\_b?x=1](https://example.jp/a_b?x=1)）に載っています。" in shown
    assert shown.endswith("](https://example.jp/c)。") and view.safe_markdown("[開く](https://a.jp/)") == "[開く](https://a.jp/)"


def test_a_range_is_one_row_of_the_proof() -> None:
    def band(text: str) -> dict[str, Any]:
        return {**FIGURE, "text": text, "kind": "band", "unit": "people"}

    figures = [band(x) for x in ("5人以下", "6", "20人", "21", "50人")]
    told = answer(answer="| 5人以下 | 6～20人 | 21～50人 |\n20人以上、16日", figures=figures)
    rows = [r.split(" | ")[0].strip("| ") for r in (view.answer_blocks(told).proof or "").splitlines()[2:]]
    assert rows == ["5人以下", "6～20人", "20人", "21～50人"]
    apart = answer(answer="6人と20人", figures=[band("6人"), band("20人")])
    assert len((view.answer_blocks(apart).proof or "").splitlines()) == 4
