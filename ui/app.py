"""The page: widgets and session only. What an answer looks like is in `view`, the API is called by `client`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import draft_page
import match_page
import streamlit as st
from client import ApiError, Client
from match_view import profile_lines
from view import answer_blocks, conversation_label, plain, profile_of

MAX_CHARS = 4000
EXAMPLES = (
    "持続化補助金の通常枠の上限は？",
    "持続化補助金の締切はいつ？",
    "持続化で税抜60万円の冷蔵ショーケースを買うと、いくら出る？",
    "持続化補助金で自動車は買える？",
)
ICON = Path(__file__).with_name("icon.svg")  # of ours: Streamlit fetches a named icon from the net
INDUSTRIES = ("商業・サービス業", "宿泊業・娯楽業", "製造業その他")
STYLE = """<style>
.stMainBlockContainer, .stBottomBlockContainer {max-width: 66rem; margin: 0 auto;}
.stMainBlockContainer {padding-top: 2.5rem;}
h1 {font-size: 2rem !important; padding-bottom: 0.25rem !important;}
[data-testid="InputInstructions"], [data-testid="stStatusWidget"] {display: none;}
.stMarkdown table {font-size: 0.85rem;}
.stMarkdown th, .stMarkdown td {vertical-align: top; padding: 0.35rem 0.6rem !important; min-width: 4.5rem;}
.stMarkdown th {white-space: nowrap;}
[data-testid="stExpander"] .stMarkdown {overflow-x: auto;}
[data-testid="stExpander"] table {min-width: 40rem;}
[data-testid="stFileUploaderDropzoneInstructions"] {display: none;}
[data-testid="stFileUploaderDropzone"] button p, [data-testid="stFileUploaderDropzone"] button span:not([data-testid]) {font-size: 0;}
[data-testid="stFileUploaderDropzone"] button::after {content: "ファイルを選ぶ"; font-size: 0.95rem;}
[data-testid="stExpander"] td:first-child {min-width: 7rem; font-weight: 600;}
</style>"""


@st.cache_resource
def api() -> Client:
    """One client for all sessions."""
    return Client()


def main() -> None:
    """Draw the page that was chosen."""
    st.set_page_config(page_title="しるべ｜補助金の調べもの", page_icon=str(ICON), layout="wide")
    st.html(STYLE)
    pages = [
        st.Page(chat, title="しるべに聞く", icon=":material/chat:", default=True),
        st.Page(find, title="補助金さがし", icon=":material/search:", url_path="match"),
        st.Page(draft, title="計画書づくり", icon=":material/edit_document:", url_path="draft"),
    ]
    st.session_state.match_page = pages[1]
    st.navigation(pages).run()


def find() -> None:
    """Draw the page 「補助金さがし」."""
    match_page.draw(api())


def draft() -> None:
    """Draw the page 「計画書づくり」."""
    draft_page.draw(api())


def chat() -> None:
    """Draw the chat once."""
    state = st.session_state
    state.setdefault("conversation", None)
    state.setdefault("turns", [])
    state.setdefault("pending", None)
    state.setdefault("failure", None)
    open_from_url()
    profile = sidebar()
    st.title("しるべ")
    st.caption("小規模事業者の補助金の調べもの。数値はすべて、出典か計算の根拠つきで示します。")
    if not state.turns and state.pending is None and state.failure is None:
        welcome()
    for number, turn in enumerate(state.turns):
        show_turn(number, turn, last=number == len(state.turns) - 1)
    typed = st.chat_input("補助金について質問してください", max_chars=MAX_CHARS)
    if typed and typed.strip():
        state.pending, state.failure = typed.strip(), None
    if state.failure is not None:
        show_failure()
    elif state.pending is not None:
        answer_pending(profile)


def open_from_url() -> None:
    """Load the conversation that the address names, so that a reload keeps what was said."""
    state, wanted = st.session_state, st.query_params.get("c")
    if wanted is None or wanted == state.conversation:
        return
    try:
        state.turns = api().turns(wanted)
        state.conversation, state.failure = wanted, None
    except ApiError as error:
        if error.status == 404:
            st.query_params.clear()
            st.toast("その会話は見つかりませんでした。新しい会話を始めます。")
        else:
            state.failure = str(error)


def start_over(conversation: str | None = None) -> None:
    """Turn to another conversation, or to a new one."""
    st.session_state.update(conversation=None, turns=[], pending=None, failure=None)
    if conversation is None:
        st.query_params.clear()
    else:
        st.query_params["c"] = conversation


def sidebar() -> dict[str, Any] | None:
    """The sidebar; gives the conditions that the user told."""
    with st.sidebar:
        st.button("新しい会話", icon=":material/add_comment:", width="stretch", on_click=start_over, type="primary")
        st.subheader("事業者の条件")
        st.caption("わかるものだけで構いません。答えと計算に使います。")
        employees = st.number_input("従業員数（人）", min_value=0, max_value=1_000_000, value=None, step=1, placeholder="未入力")
        industry = st.selectbox("業種", INDUSTRIES, index=None, placeholder="選ぶ")
        form = st.selectbox("法人・個人", ("法人", "個人事業"), index=None, placeholder="選ぶ")
        deficit = st.selectbox("直近の決算", ("赤字", "黒字"), index=None, placeholder="選ぶ")
        st.subheader("これまでの会話")
        past_conversations()
    return profile_of(employees, industry, form, deficit)


def past_conversations() -> None:
    """Buttons for past conversations, and the version of the knowledge."""
    try:
        found, health = api().conversations(), api().health()
    except ApiError:
        st.caption("しるべの本体につながらないため表示できません。")
        return
    if not found:
        st.caption("まだありません。")
    for item in found[:20]:
        current = item["id"] == st.session_state.conversation
        st.button(
            conversation_label(item), key=f"past-{item['id']}", width="stretch", disabled=current,
            on_click=start_over, args=(item["id"],),
        )  # fmt: skip
    st.caption(f"知識の版 {health['knowledge_version']}  \n資料は {health['as_of']} 時点・{health['programmes']}制度")
    if health.get("notice"):
        st.caption(plain(str(health["notice"])))


def queue(question: str) -> None:
    """Let the next run ask this."""
    st.session_state.update(pending=question, failure=None)


def welcome() -> None:
    """The empty page: what to do, with examples."""
    st.markdown("下の欄に質問を入れるか、例を選んでください。")
    for column, example in zip(st.columns(2) * 2, EXAMPLES, strict=True):
        column.button(plain(example), key=f"example-{example}", width="stretch", on_click=queue, args=(example,))


def show_turn(number: int, turn: dict[str, Any], last: bool) -> None:
    """A question and its answer with the proofs."""
    with st.chat_message("user", avatar=":material/person:"):
        st.markdown(plain(turn["question"]))
    blocks = answer_blocks(turn["answer"])
    with st.chat_message("assistant", avatar=":material/signpost:"):
        if blocks.notice:
            st.caption(blocks.notice)
        st.markdown(blocks.body)
        if turn["answer"].get("profile"):
            show_profile(number, turn["answer"]["profile"])
        if blocks.ask_for:
            st.markdown("教えてほしいこと：" + "、".join(blocks.ask_for))
        if blocks.proof:
            with st.expander("数値の根拠", icon=":material/fact_check:"):
                st.markdown(blocks.proof)
        if blocks.sources:
            with st.expander("出典", icon=":material/description:"):
                for line in blocks.sources:
                    st.markdown(line)
        st.caption(blocks.footer)
        if last and st.session_state.pending is None:
            show_suggestions(number, blocks.suggestions)


def show_profile(number: int, profile: dict[str, Any]) -> None:
    """What was read of firm and project, and the way to correct it."""
    with st.expander("読み取った条件", icon=":material/edit_note:", expanded=True):
        st.markdown("\n".join(f"- {line}" for line in profile_lines(profile)))
        st.caption("違うところや足りないところは、補助金さがしの画面で直して探し直せます。")
        if st.button("条件を直して探す", key=f"profile-{number}", icon=":material/search:"):
            st.session_state.match_profile = profile
            st.switch_page(st.session_state.match_page)


def show_suggestions(number: int, suggestions: tuple[str, ...]) -> None:
    """What could be asked next, as buttons."""
    for i, text in enumerate(suggestions):
        st.button(plain(text), key=f"next-{number}-{i}", icon=":material/chevron_right:", on_click=queue, args=(text,))


def answer_pending(profile: dict[str, Any] | None) -> None:
    """Ask what waits; on failure it keeps waiting."""
    state = st.session_state
    with st.chat_message("user", avatar=":material/person:"):
        st.markdown(plain(state.pending))
    try:
        with st.chat_message("assistant", avatar=":material/signpost:"), st.spinner("資料を調べています…"):
            conversation = state.conversation or api().new_conversation()
            state.conversation = conversation
            st.query_params["c"] = conversation
            answer = api().ask(state.pending, conversation, profile)
    except ApiError as error:
        state.failure = str(error)
    else:
        state.turns = [*state.turns, {"question": state.pending, "answer": answer}]
        state.pending = None
    st.rerun()


def show_failure() -> None:
    """What went wrong, with the question kept and a way to send it again."""
    state = st.session_state
    if state.pending is not None:
        with st.chat_message("user", avatar=":material/person:"):
            st.markdown(plain(state.pending))
    st.error(plain(state.failure), icon=":material/cloud_off:")
    st.button("もう一度送る", icon=":material/refresh:", on_click=lambda: state.update(failure=None))


main()
