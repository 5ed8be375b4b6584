"""What several pages share: failures, what leaves the machine, waiting for the API."""

from __future__ import annotations

from typing import Any

import streamlit as st
from client import ApiError, Client
from view import plain

POLL_SECONDS = 3


def failure(text: str) -> None:
    """A failure in words; while the API cannot be reached, the page comes back by itself."""
    st.error(plain(text), icon=":material/cloud_off:")


def wait_for(api: Client) -> None:
    """A line that looks for the API until it answers, then draws the page anew."""

    @st.fragment(run_every=POLL_SECONDS)
    def look() -> None:
        try:
            api.health()
        except ApiError:
            st.caption("しるべの本体（API）の起動を待っています…  \nつながると、自動で表示します。")
        else:
            st.rerun()

    look()


def model_notice(health: dict[str, Any] | None) -> None:
    """What leaves the machine, if a language model is set."""
    if health and health.get("notice"):
        st.info(plain(str(health["notice"])), icon=":material/outgoing_mail:")


def health_of(api: Client) -> dict[str, Any] | None:
    """The state of the API, None if it cannot be reached."""
    try:
        return api.health()
    except ApiError:
        return None
