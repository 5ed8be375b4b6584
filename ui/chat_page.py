"""The page 「しるべに聞く」: questions and answers with their proofs; widgets and session only."""

from __future__ import annotations

from typing import Any

import streamlit as st
from cite_view import day
from client import ApiError, Client
from match_view import profile_lines
from shell import failure, health_of, model_notice, wait_for
from streamlit.delta_generator import DeltaGenerator
from view import STATUS_ICONS, Blocks, answer_blocks, conversation_label, plain, profile_of

MAX_CHARS = 4000
EXAMPLES = (
    ("上限額・補助率", "持続化補助金の通常枠の上限は？"),
    ("従業員数ごとの表", "省力化補助金の一般型の上限額を従業員数ごとに教えて"),
    ("いくら出るか", "持続化で税抜60万円の冷蔵ショーケースを買うと、いくら出る？"),
    ("使えるか", "持続化補助金で自動車は買える？"),
    ("いつまでか", "持続化補助金の締切はいつ？"),
    ("合う補助金", "従業員3人の小売店です。100万円でホームページと看板を作りたい。合う補助金は？"),
)
OTHER = ("会社と計画に合うものを探す", "経営計画書の下書きを作る", "これからの締切を見る", "手元の要領や資料を取り込む")
"""What the other pages do, in their order."""
INDUSTRIES = ("商業・サービス業", "宿泊業・娯楽業", "製造業その他")
HOLD = """<script>
(() => {
  const until = Date.now() + 2500;
  let used = false, last = -1;
  for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"])
    addEventListener(kind, () => { used = true; }, {once: true, passive: true});
  const timer = setInterval(() => {
    const main = document.querySelector(".stMain");
    if (used || Date.now() > until) clearInterval(timer);
    else if (main.scrollTop === last) PLACE;
    last = main.scrollTop;
  }, 100);
})();
</script>"""
"""Brings the page to a place whenever it rests, for a moment and unless the user moves: Streamlit scrolls a chat to its end."""
TO_QUESTION = HOLD.replace("PLACE", """[...document.querySelectorAll('[data-testid="stChatMessage"]')].at(-2)?.scrollIntoView()""")
"""After an answer the page shows its beginning."""
TO_TITLE = HOLD.replace("PLACE", "main.scrollTo(0, 0)")
"""The empty page begins at its title, also where a window is too low for it."""


def draw(api: Client) -> None:
    """Draw the page once."""
    state = st.session_state
    for name, value in (("conversation", None), ("turns", []), ("pending", None), ("sent", None), ("failure", None), ("told", {})):
        state.setdefault(name, value)
    state.setdefault("plain", st.query_params.get("plain") == "1")
    open_from_url(api)
    health = health_of(api)
    profile = sidebar()
    st.title("しるべ")
    stays = "質問も答えも、この機械の外には送りません。" if health and not health.get("notice") else ""
    st.caption(f"小規模事業者の補助金の調べもの。数値はすべて、出典か計算の根拠つきで示します。{stays}")
    model_notice(health)
    typed = st.chat_input("補助金について質問してください", max_chars=MAX_CHARS)
    if typed and typed.strip():
        queue(typed.strip())
    if not state.turns and state.pending is None and state.failure is None:
        welcome()
    for number, turn in enumerate(state.turns):
        show_turn(api, number, turn)
    if state.failure is not None:
        show_failure()
    elif state.pending is not None:
        answer_pending(api, profile)
    with st.sidebar:
        past(api, health)  # last, so that it names a conversation that has just begun


def open_from_url(api: Client) -> None:
    """Load the conversation that the address names, so that a reload keeps what was said."""
    state, wanted = st.session_state, st.query_params.get("c")
    if wanted is None and state.conversation is not None:
        st.query_params["c"] = state.conversation  # back from another page
    if wanted is None or wanted == state.conversation:
        return
    try:
        state.turns = api.turns(wanted)
        state.conversation, state.failure = wanted, None
    except ApiError as error:
        if error.status == 404:
            st.query_params.clear()
            st.toast("その会話は見つかりませんでした。新しい会話を始めます。")
        else:
            state.failure = str(error)


def start_over(conversation: str | None = None) -> None:
    """Turn to another conversation, or to a new one."""
    st.session_state.update(conversation=None, turns=[], pending=None, sent=None, failure=None)
    if conversation is None:
        st.query_params.clear()
    else:
        st.query_params["c"] = conversation


def sidebar() -> dict[str, Any] | None:
    """The switches of the sidebar; gives the conditions that the user told."""
    with st.sidebar:
        st.button("新しい会話", icon=":material/add_comment:", width="stretch", on_click=start_over, type="primary")
        plain_switch()
        return conditions()


def past(api: Client, health: dict[str, Any] | None) -> None:
    """The end of the sidebar: past conversations, and how old the sources are."""
    st.subheader("これまでの会話", anchor=False)
    if health is None:
        wait_for(api)
        return
    past_conversations(api)
    version = str(health["knowledge_version"])[:8]
    st.caption(f"資料は {day(health['as_of'])} 時点・{health['programmes']}制度  \n知識の版 {version}")


def plain_switch() -> None:
    """The switch to plain Japanese; the address keeps it over a reload."""
    state = st.session_state
    state.plain = st.toggle(
        "やさしい日本語", value=state.plain, help="役所のことばをふだんのことばに直し、文を短くします。数値は変わりません。"
    )
    if state.plain:
        st.query_params["plain"] = "1"
    else:
        st.query_params.pop("plain", None)


def conditions() -> dict[str, Any] | None:
    """What the user tells of the firm, kept while other pages are open."""
    told: dict[str, Any] = st.session_state.told
    count = sum(v is not None for v in told.values())

    def pick(label: str, options: tuple[str, ...]) -> str | None:
        index = options.index(told[label]) if told.get(label) in options else None
        told[label] = chosen = st.selectbox(label, options, index=index, placeholder="選ぶ")
        return chosen

    with st.expander(f"事業者の条件（{count}件）" if count else "事業者の条件", icon=":material/storefront:", expanded=bool(count)):
        st.caption("わかるものだけで構いません。答えと計算に使います。")
        told["従業員数"] = st.number_input(
            "従業員数（人）", min_value=0, max_value=1_000_000, value=told.get("従業員数"), step=1, placeholder="未入力"
        )
        industry = pick("業種", INDUSTRIES)
        form = pick("法人・個人", ("法人", "個人事業"))
        deficit = pick("直近の決算", ("赤字", "黒字"))
    return profile_of(told["従業員数"], industry, form, deficit)


def past_conversations(api: Client) -> None:
    """Buttons for past conversations."""
    try:
        found = api.conversations()
    except ApiError as error:
        st.caption(plain(str(error)))
        return
    if not found:
        st.caption("まだありません。")
    with st.container(key="past"):
        for item in found[:20]:
            current = item["id"] == st.session_state.conversation
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.button(
                    conversation_label(item), key=f"past-{item['id']}", width="stretch", disabled=current, type="tertiary",
                    on_click=start_over, args=(item["id"],),
                )  # fmt: skip
                if st.button("消す", key=f"delete-{item['id']}", type="tertiary"):
                    confirm_deletion(api, item)


@st.dialog("この会話を消しますか")
def confirm_deletion(api: Client, item: dict[str, Any]) -> None:
    """Ask before a conversation is deleted, since it cannot be brought back."""
    st.markdown(f"「{conversation_label(item)}」の質問と答えをすべて消します。元には戻せません。")
    delete, keep = st.columns(2)
    if keep.button("やめる", width="stretch"):
        st.rerun()
    if not delete.button("消す", key="delete-confirmed", icon=":material/delete:", type="primary", width="stretch"):
        return
    try:
        api.delete_conversation(str(item["id"]))
    except ApiError as error:
        failure(str(error))
        return
    if item["id"] == st.session_state.conversation:
        start_over()
    st.rerun()


def queue(question: str) -> None:
    """Let the next run ask this."""
    st.session_state.update(pending=question, failure=None)


def welcome() -> None:
    """The empty page: what to do, with examples."""
    st.html(TO_TITLE, unsafe_allow_javascript=True)
    st.markdown("下の欄に質問を入れるか、例を選んでください。続けて「じゃあ創業型だと？」のようにも聞けます。")
    examples()
    st.markdown("**ほかにできること**")
    left, right = st.columns(2)
    for place, (page, label) in enumerate(zip(st.session_state.get("other_pages", ()), OTHER, strict=False)):
        (left if place % 2 == 0 else right).page_link(page, label=label)


def examples() -> None:
    """Questions to begin with, by what they ask for."""
    with st.container(key="examples"):
        for row in range(0, len(EXAMPLES), 2):
            for column, (kind, example) in zip(st.columns(2), EXAMPLES[row : row + 2], strict=True):
                label = f":gray[{kind}]  \n{plain(example)}"
                column.button(label, key=f"example-{example}", width="stretch", on_click=queue, args=(example,))


def show_question(text: str) -> None:
    """What the user asked."""
    with st.chat_message("user", avatar=":material/person:"):
        st.markdown(plain(text))


def answer_place() -> tuple[DeltaGenerator, DeltaGenerator]:
    """The message that holds an answer, and the place in it that a spinner takes meanwhile."""
    message = st.chat_message("assistant", avatar=":material/signpost:")
    return message, message.empty()


def show_turn(api: Client, number: int, turn: dict[str, Any]) -> None:
    """A question and its answer."""
    show_question(turn["question"])
    message, _ = answer_place()
    with message:
        show_answer(api, number, turn)


def show_answer(api: Client, number: int, turn: dict[str, Any]) -> None:
    """An answer with its proofs; after the last one, what can be done next."""
    state, blocks = st.session_state, answer_blocks(turn["answer"])
    if blocks.notice:
        st.markdown(f"{STATUS_ICONS[turn['answer']['status']]} **{blocks.notice}**")
    st.markdown(blocks.body, unsafe_allow_html=True)
    if turn["answer"].get("profile"):
        show_profile(number, turn["answer"]["profile"])
    if blocks.ask_for:
        st.info("教えてほしいこと：" + "、".join(blocks.ask_for) + "  \n" + blocks.how_to_tell, icon=":material/edit:")
    show_proofs(blocks)
    st.caption(blocks.footer)
    if number == len(state.turns) - 1 and state.pending is None:
        offer_calendar(api, number, blocks.programmes)
        show_suggestions(number, turn, blocks)


def show_proofs(blocks: Blocks) -> None:
    """The proof of the figures and the sources, folded."""
    if blocks.proof:
        with st.expander("数値の根拠", icon=":material/fact_check:"):
            st.markdown(blocks.proof)
    if blocks.sources:
        with st.expander(f"出典（{len(blocks.sources)}件）", icon=":material/description:"):
            for line in blocks.sources:
                st.markdown(line)


def show_profile(number: int, profile: dict[str, Any]) -> None:
    """What was read of firm and project, and the way to correct it."""
    with st.expander("読み取った条件", icon=":material/edit_note:", expanded=True):
        st.markdown("\n".join(f"- {line}" for line in profile_lines(profile)))
        st.caption("違うところや足りないところは、補助金さがしの画面で直して探し直せます。")
        if st.button("条件を直して探す", key=f"profile-{number}", icon=":material/search:"):
            st.session_state.match_profile = profile
            st.switch_page(st.session_state.match_page)


def offer_calendar(api: Client, number: int, programmes: tuple[str, ...]) -> None:
    """The dates of the first programme that the answer speaks of, for the user's own calendar."""
    if not programmes:
        return
    try:
        content = api.calendar_file(programmes[0])
    except ApiError:
        return
    if b"BEGIN:VEVENT" in content:
        st.download_button(
            "これからの日程をカレンダーに入れる（.ics）", content, file_name="shirube.ics", mime="text/calendar", key=f"ics-{number}",
            icon=":material/event:", on_click="ignore",
        )  # fmt: skip


def show_suggestions(number: int, turn: dict[str, Any], blocks: Blocks) -> None:
    """What could be asked next, as buttons; examples where an answer has none."""
    with st.container(key="suggestions"):
        if blocks.suggestions:
            st.caption("続けて聞けること")
        elif turn["answer"].get("status") != "answered":
            st.caption("たとえば、こう聞けます")
        for i, text in enumerate(blocks.suggestions or blocks.fallback):
            st.button(plain(text), key=f"next-{number}-{i}", icon=":material/chevron_right:", on_click=queue, args=(text,))


def answer_pending(api: Client, profile: dict[str, Any] | None) -> None:
    """Ask what waits, and show the answer where it will stay; on failure it keeps waiting.

    Without `st.rerun`: Streamlit loses a click on another page that falls together with one.
    """
    state = st.session_state
    show_question(state.pending)
    message, place = answer_place()
    with message:
        try:
            with place, st.spinner("資料を調べています…", show_time=True):
                turns = asked(api, profile)
        except ApiError as error:
            state.failure = str(error)
            show_retry()
            return
        state.update(turns=turns, pending=None, sent=None)
        show_answer(api, len(turns) - 1, turns[-1])
    st.html(TO_QUESTION, unsafe_allow_javascript=True)


def asked(api: Client, profile: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The conversation with the answer to what waits; it may have come while the user was on another page.

    Raises:
        ApiError: No answer was to be had.
    """
    state = st.session_state
    conversation = state.conversation or api.new_conversation()
    state.conversation = conversation
    st.query_params["c"] = conversation
    if state.sent == state.pending and len(kept := api.turns(conversation)) > len(state.turns):
        return kept
    state.sent = state.pending
    answer = api.ask(state.pending, conversation, profile, state.plain)
    return [*state.turns, {"question": state.pending, "answer": answer}]


def show_failure() -> None:
    """What waits for an answer, and what went wrong."""
    if st.session_state.pending is not None:
        show_question(st.session_state.pending)
    message, _ = answer_place()
    with message:
        show_retry()


def show_retry() -> None:
    """What went wrong, and a way to send the question again."""
    state = st.session_state
    failure(state.failure)
    st.button("もう一度送る", icon=":material/refresh:", on_click=lambda: state.update(failure=None))
