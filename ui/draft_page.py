"""The page 「計画書づくり」: a company file or the main fields in, a first draft with its open points out."""

from __future__ import annotations

from typing import Any

import streamlit as st
from client import ApiError, Client
from shell import failure, health_of, model_notice
from view import plain

EXAMPLE = """company:
  name: 株式会社れい
  industry: 商業・サービス業      # 商業・サービス業 | 宿泊業・娯楽業 | 製造業その他
  employees: 3
target: {programme: jizokuka, frame: 一般型 通常枠}
project:
  title_draft: 店頭販売の開始
  purpose: 近隣の新しい客を増やす
  tax: 税抜
  expenses:
    - {category: 機械装置等費, description: 冷蔵ショーケース, yen: 450000}
    - {category: 広報費, description: チラシ, yen: 120000}
"""
INDUSTRIES = ("商業・サービス業", "宿泊業・娯楽業", "製造業その他")
COSTS = {  # so narrow that the amount is seen on a phone; a wide window stretches them
    "category": st.column_config.TextColumn("区分", width=70),
    "description": st.column_config.TextColumn("内容", width=105),
    "yen": st.column_config.NumberColumn("金額（円）", width=112, min_value=0, step=1, format="localized"),
}
FILES = (("docx", "Word（docx）"), ("xlsx", "計算表（xlsx）"), ("md", "本文（md）"))


def draw(api: Client) -> None:
    """Draw the page once."""
    st.title("計画書づくり")
    st.caption(
        "会社の事実から、小規模事業者持続化補助金などの経営計画書の下書きを作ります。"
        "数値は計算し、分からないところは【要記入】として残します。"
    )
    model_notice(health_of(api))
    state = st.session_state
    state.setdefault("draft_result", None)
    state.setdefault("draft_failure", None)
    by_form, by_file = st.tabs(["主な項目から", "会社のファイルから"])
    with by_form:
        from_form(api)
    with by_file:
        from_file(api)
    if state.draft_failure:
        st.error(plain(state.draft_failure), icon=":material/error:")
    elif state.draft_result is None:
        st.info("主な項目を入れるか、会社のファイルを選んで「下書きを作る」を押してください。", icon=":material/signpost:")
    else:
        show_draft(api, state.draft_result)


def from_file(api: Client) -> None:
    """The form that takes a YAML file."""
    with st.form("draft-file", border=True):
        st.caption("会社の事実を下のような形（YAML）で書いたファイルがあれば、主な項目より詳しい下書きになります。")
        upload = st.file_uploader("会社のファイル（YAML）", type=["yaml", "yml"])
        text = st.text_area("またはここに貼り付け", placeholder=EXAMPLE, height=300)
        if st.form_submit_button("下書きを作る", type="primary", width="stretch"):
            content = upload.getvalue().decode("utf-8", errors="replace") if upload else text
            if content.strip():
                make(api, {"yaml": content})
            else:
                st.session_state.draft_failure = "会社のファイルを選ぶか、中身を貼り付けてください。"


def from_form(api: Client) -> None:
    """The form with the main fields."""
    with st.form("draft-form", border=True):
        name = st.text_input("会社名・屋号", placeholder="例：株式会社れい")
        left, right = st.columns(2)
        industry = left.selectbox("業種の区分", INDUSTRIES, index=None, placeholder="選ぶ")
        employees = right.number_input("従業員数（人）", min_value=0, value=None, step=1, placeholder="未入力")
        title = st.text_input("補助事業で行う事業名", placeholder="例：店頭販売の開始")
        purpose = st.text_area(
            "何のために、何をするか", height=90, placeholder="例：店頭に冷蔵ショーケースを置き、近隣の新しい客を増やす"
        )
        st.markdown("**かかる費用**（税抜。経費区分は分かれば）")
        rows = st.data_editor(
            [{name: None for name in COSTS}] * 3, column_config=COSTS, num_rows="dynamic", hide_index=True, width="stretch",
            placeholder="", key="draft-costs",
        )  # fmt: skip
        st.caption("申請先は、小規模事業者持続化補助金 一般型 通常枠です。ほかの枠は、会社のファイルの target で選べます。")
        if st.form_submit_button("下書きを作る", type="primary", width="stretch"):
            if name.strip():
                make(api, {"company_file": company_of_form(name, industry, employees, title, purpose, rows)})
            else:
                st.session_state.draft_failure = "会社名を入れてください。"


def company_of_form(
    name: str, industry: str | None, employees: int | None, title: str, purpose: str, rows: list[dict[str, Any]]
) -> dict[str, Any]:
    """The company file that a filled form stands for; what was left empty is absent."""
    company = {"name": name.strip(), "industry": industry, "employees": employees}
    expenses = [
        {"category": r.get("category") or None, "description": r.get("description") or None, "yen": int(r["yen"])}
        for r in rows
        if r.get("yen")
    ]
    project = {"title_draft": title.strip() or None, "purpose": purpose.strip() or None, "expenses": expenses or None, "tax": "税抜"}
    return {
        "company": {k: v for k, v in company.items() if v is not None},
        "target": {"programme": "jizokuka", "frame": "一般型 通常枠"},
        "project": {k: v for k, v in project.items() if v is not None},
    }


def make(api: Client, body: dict[str, Any]) -> None:
    """Ask the API for a draft and keep what came."""
    state = st.session_state
    try:
        with st.spinner("下書きを作っています…"):
            state.draft_result, state.draft_failure = api.draft(body), None
    except ApiError as error:
        state.draft_failure = str(error)


def show_draft(api: Client, result: dict[str, Any]) -> None:
    """The draft: its figures, what to mend, what lacks, the downloads, the text."""
    computed = result["computed"]
    cells = st.columns(3)
    shown = (("補助金額", "subsidy_yen"), ("自己負担", "own_funds_yen"), ("補助上限額", "cap_yen"))
    for cell, (label, key) in zip(cells, shown, strict=True):
        value = computed.get(key)
        cell.metric(label, f"{value:,}円" if isinstance(value, int) else "計算できません")
    for problem in result["problems"]:
        st.warning(plain(problem["text"]), icon=":material/rule:")
    show_files(api, str(result["draft_id"]))
    if result["missing"]:
        with st.expander(f"足りない事実（{len(result['missing'])}件）", icon=":material/edit_note:"):
            st.caption("会社のファイルに書き足すと、下書きの【要記入】が減ります。")
            st.markdown("\n".join(f"- `{item['field'].replace('`', '')}`：{plain(item['why'])}" for item in result["missing"]))
    with st.container(border=True, key="draft-text"):
        st.markdown(result["markdown"], unsafe_allow_html=True)  # line breaks in cells; words of the firm are escaped by the API


def show_files(api: Client, draft_id: str) -> None:
    """The draft as files to download."""
    columns = st.columns(len(FILES))
    for column, (ending, label) in zip(columns, FILES, strict=True):
        try:
            content = api.draft_file(draft_id, ending)
        except ApiError as error:
            failure(str(error))
            return
        column.download_button(
            label, content, file_name=f"plan.{ending}", width="stretch", icon=":material/download:", on_click="ignore"
        )
