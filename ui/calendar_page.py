"""The page 「公募の日程」: what is due next, and a file for the user's own calendar."""

from __future__ import annotations

import streamlit as st
from calendar_view import coming, loose, programmes, table
from cite_view import day
from client import ApiError, Client
from shell import failure

ALL = "すべての制度"


def draw(api: Client) -> None:
    """Draw the page once."""
    st.title("公募の日程")
    st.caption("これから来る締切などを、近い順に示します。カレンダーのファイル（.ics）にして、お使いのカレンダーに入れられます。")
    try:
        whole = api.calendar()
        names = programmes([*coming(whole["events"]), *loose(whole["events"], whole["today"])])
        chosen = st.selectbox("制度", [None, *names], format_func=lambda i: ALL if i is None else names[i], key="calendar_programme")
        content = api.calendar_file(chosen)
    except ApiError as error:
        failure(str(error))
        return
    events = [e for e in whole["events"] if chosen in (None, e["programme"])]
    found, open_ended = coming(events), loose(events, whole["today"])
    if found:
        st.markdown(table(found))
        st.download_button(
            "カレンダーに入れる（.ics）", content, file_name="shirube.ics", mime="text/calendar", icon=":material/event:",
            type="primary", on_click="ignore",
        )  # fmt: skip
    else:
        st.info("手元の資料に、これからの日程はありません。公式サイトか事務局で確かめてください。", icon=":material/event_busy:")
    if open_ended:
        st.subheader("日が決まっていないもの", anchor=False)
        st.caption("「上旬」などと公表されているものです。カレンダーのファイルには入りません。")
        st.markdown(table(open_ended))
    st.caption(f"{day(whole['today'])}の時点で、{day(whole['as_of'])}時点の資料から示しています。申請の前に最新の公募要領で確かめてください。")
