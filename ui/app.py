"""The page: its parts, its look. Each part is a module; what an answer looks like is in `view`, the API is called by `client`."""

from __future__ import annotations

from pathlib import Path

import calendar_page
import chat_page
import documents_page
import draft_page
import match_page
import streamlit as st
from client import Client

FOLDER = Path(__file__).parent
ICON = FOLDER / "icon.svg"  # of ours: Streamlit fetches a named icon from the net


@st.cache_resource
def api() -> Client:
    """One client for all sessions."""
    return Client()


def main() -> None:
    """Draw the page that was chosen."""
    st.set_page_config(page_title="しるべ｜補助金の調べもの", page_icon=str(ICON), layout="wide")
    st.html(FOLDER / "style.css")
    st.html((FOLDER / "words.js").read_text(encoding="utf-8"), unsafe_allow_javascript=True)
    pages = [
        st.Page(chat, title="しるべに聞く", icon=":material/chat:", default=True),
        st.Page(find, title="補助金さがし", icon=":material/search:", url_path="match"),
        st.Page(draft, title="計画書づくり", icon=":material/edit_document:", url_path="draft"),
        st.Page(dates, title="公募の日程", icon=":material/event:", url_path="calendar"),
        st.Page(documents, title="お手持ちの文書", icon=":material/folder_open:", url_path="documents"),
    ]
    st.session_state.update(match_page=pages[1], other_pages=pages[1:])
    st.navigation(pages).run()


def chat() -> None:
    """Draw the page 「しるべに聞く」."""
    chat_page.draw(api())


def find() -> None:
    """Draw the page 「補助金さがし」."""
    match_page.draw(api())


def draft() -> None:
    """Draw the page 「計画書づくり」."""
    draft_page.draw(api())


def dates() -> None:
    """Draw the page 「公募の日程」."""
    calendar_page.draw(api())


def documents() -> None:
    """Draw the page 「お手持ちの文書」."""
    documents_page.draw(api())


main()
