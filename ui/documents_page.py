"""The page 「お手持ちの文書」: take in the user's own documents, list and forget them."""

from __future__ import annotations

from typing import Any

import streamlit as st
from cite_view import day
from client import ApiError, Client
from shell import failure
from view import plain

ENDINGS = ["pdf", "docx", "html", "htm", "txt", "md"]


def draw(api: Client) -> None:
    """Draw the page once."""
    st.title("お手持ちの文書")
    st.caption(
        "公募要領や自社の資料を取り込むと、質問に関係する箇所を、答えの出典に引用で示します。"
        "文書はこの機械の中にだけ置かれ、外には送りません。引用の数値は、しるべが確かめたものではありません。"
    )
    with st.form("documents", border=True, clear_on_submit=True):
        files = st.file_uploader(
            "文書（PDF・Word・HTML・テキスト、1つ20MBまで）", type=ENDINGS, accept_multiple_files=True, key="documents_files"
        )
        sent = st.form_submit_button("取り込む", type="primary", icon=":material/upload_file:", width="stretch")
    if sent:
        take_in(api, files or [])
    try:
        found = api.documents()
    except ApiError as error:
        failure(str(error))
        return
    st.subheader(f"取り込んだ文書（{len(found)}件）", anchor=False)
    if not found:
        st.info("まだありません。上の欄でファイルを選び、「取り込む」を押してください。", icon=":material/folder_open:")
    for item in found:
        show(api, item)


def take_in(api: Client, files: list[Any]) -> None:
    """Send what was chosen, one by one; each failure is told with the name of its file."""
    if not files:
        st.warning("取り込むファイルを選んでください。", icon=":material/upload_file:")
    for file in files:
        try:
            with st.spinner(f"{file.name} を読んでいます…", show_time=True):
                api.add_document(file.name, file.getvalue())
        except ApiError as error:
            st.error(plain(str(error) if file.name in str(error) else f"{file.name}：{error}"), icon=":material/error:")
        else:
            st.success(plain(f"{file.name} を取り込みました。"), icon=":material/check:")


def show(api: Client, item: dict[str, Any]) -> None:
    """One document with its day and the way to forget it."""
    with st.container(border=True):
        told, forget = st.columns([5, 1], vertical_alignment="center")
        told.markdown(f"**{plain(str(item['name']))}**  \n:gray[{plain(day(item.get('as_of') or ''))} 時点・{int(item['passages'])}箇所]")
        if forget.button("消す", key=f"forget-{item['id']}", icon=":material/delete:", width="stretch"):
            try:
                api.forget_document(str(item["id"]))
            except ApiError as error:
                failure(str(error))
            else:
                st.rerun()
