"""The page 「補助金さがし」: a form about firm and project, and the subsidies that fit as cards."""

from __future__ import annotations

import os
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st
from client import ApiError, Client
from match_view import Card, cards, form_of_profile, headline, misses, problem_lines, profile_of_form
from view import plain

INDUSTRIES = ("商業・サービス業", "宿泊業・娯楽業", "製造業その他")
PURPOSES = (
    "販路開拓", "省力化", "人手不足", "業務効率化", "IT導入", "インボイス対応", "セキュリティ", "設備投資", "新製品開発",
    "新事業進出", "海外展開", "創業", "事業承継", "省エネ", "研究開発", "賃上げ",
)  # fmt: skip
COLUMNS = {  # so narrow that the amount is seen on a phone; a wide window stretches them
    "category": st.column_config.TextColumn("区分", width=70),
    "description": st.column_config.TextColumn("内容", width=96),
    "man": st.column_config.NumberColumn("金額（万円）", width=122, min_value=0.0, step=0.1, format="localized"),
}


def draw(api: Client) -> None:
    """Draw the page once."""
    st.title("補助金さがし")
    st.caption("事業者と計画を入れると、合う補助金・補助金額・自己負担・締切を、根拠つきで示します。わかるものだけで構いません。")
    state = st.session_state
    state.setdefault("match_result", None)
    state.setdefault("match_failure", None)
    state.setdefault("match_rows", [])
    take_over(state.pop("match_profile", None))
    with st.form("match", border=True):
        form = {**project_fields(), **firm_fields()}
        rows = cost_rows()
        sent = st.form_submit_button("合う補助金を探す", type="primary", icon=":material/search:", width="stretch")
    if sent:
        search(api, profile_of_form(form, rows))
    if state.match_failure:
        st.error(plain(state.match_failure), icon=":material/cloud_off:")
    elif state.match_result is None:
        st.info("上の欄に計画の内容と経費を入れて「合う補助金を探す」を押してください。", icon=":material/signpost:")
    else:
        show_result(state.match_result)


def take_over(profile: dict[str, Any] | None) -> None:
    """Fill the form with what the chat read, for the user to correct."""
    if profile is None:
        return
    form, rows = form_of_profile(profile)
    form["purposes"] = [p for p in form.get("purposes", ()) if p in PURPOSES]
    st.session_state.update({f"match_{name}": value for name, value in form.items()})
    st.session_state.update(match_rows=rows, match_result=None, match_failure=None)


def project_fields() -> dict[str, Any]:
    """The fields of the project."""
    st.subheader("計画", anchor=False)
    form: dict[str, Any] = {}
    form["description"] = st.text_area(
        "どんな計画ですか",
        max_chars=2000,
        height=110,
        placeholder="例：売場を改装し、チラシと展示会で新しい顧客を増やす",
        key="match_description",
    )
    form["purposes"] = st.multiselect("目的", PURPOSES, placeholder="選ぶ（いくつでも）", key="match_purposes")
    left, middle, right = st.columns(3)
    for column, name, label in ((left, "cost_man", "経費の合計（万円）"), (right, "planned_sales_man", "計画の年間売上高（税抜・万円）")):
        form[name] = column.number_input(
            label, min_value=0.0, value=None, step=1.0, format="%g", placeholder="未入力", key=f"match_{name}"
        )
    form["tax"] = middle.selectbox("経費の金額は", ("税抜", "税込"), key="match_tax")
    return form


def firm_fields() -> dict[str, Any]:
    """The fields of the firm, row by row, so that a narrow window keeps their order."""
    st.subheader("事業者", anchor=False)
    form: dict[str, Any] = {}

    def pick(column: Any, name: str, label: str, options: tuple[str, ...]) -> None:
        form[name] = column.selectbox(label, options, index=None, placeholder="選ぶ", key=f"match_{name}")

    def number(column: Any, name: str, label: str, step: float, hint: str = "未入力", **bounds: float) -> None:
        shown = "%d" if isinstance(step, int) else "%g"
        form[name] = column.number_input(
            label, value=None, step=step, format=shown, placeholder=hint, key=f"match_{name}", **bounds
        )

    a, b, c = st.columns(3)
    pick(a, "industry", "業種の区分", INDUSTRIES)
    form["industry_detail"] = b.text_input("業種（くわしく）", max_chars=100, placeholder="例：美容室", key="match_industry_detail")
    number(c, "employees", "従業員数（人）", 1, min_value=0, max_value=1_000_000)
    a, b, c = st.columns(3)
    pick(a, "is_corporation", "法人・個人", ("法人", "個人事業"))
    number(b, "capital_man", "資本金（万円）", 1.0, min_value=0.0)
    form["founded"] = c.date_input(
        "創業・設立した日", value=None, min_value=date(1800, 1, 1), max_value=today(), format="YYYY/MM/DD", key="match_founded"
    )
    a, b, c = st.columns(3)
    pick(a, "deficit", "直近の決算", ("赤字", "黒字"))
    form["prefecture"] = b.text_input("都道府県", max_chars=8, placeholder="例：三重県", key="match_prefecture")
    form["city"] = c.text_input("市区町村", max_chars=20, placeholder="例：四日市市", key="match_city")
    st.markdown("**賃上げとインボイス**（分かれば）")
    a, b, c = st.columns(3)
    number(a, "per_capita_growth_pct", "1人あたり給与の伸び（年％）", 0.1, "計画があれば")
    number(b, "payroll_growth_pct", "給与支給総額の伸び（年％）", 0.1, "計画があれば")
    number(c, "min_wage_raise_yen", "事業場内最低賃金の引上げ（円）", 1, "計画があれば", min_value=0)
    a, b, _ = st.columns(3)
    pick(a, "invoice_registered", "インボイスの登録", ("はい", "いいえ"))
    pick(b, "was_tax_exempt", "免税事業者だった時期", ("はい", "いいえ"))
    return form


def today() -> date:
    """The last day that a date of the past may have."""
    fixed = os.environ.get("SHIRUBE_TODAY")
    return date.fromisoformat(fixed) if fixed else datetime.now(ZoneInfo("Asia/Tokyo")).date()


def cost_rows() -> list[dict[str, Any]]:
    """The table of costs."""
    st.subheader("経費の内訳", anchor=False)
    st.caption("内訳があると、対象外の経費や枠ごとの限度まで計算できます。経費区分は分かれば入れてください。")
    told = st.session_state.match_rows
    empty = [{"category": None, "description": None, "man": None} for _ in range(max(0, 3 - len(told)))]
    rows: list[dict[str, Any]] = st.data_editor(
        [*told, *empty], column_config=COLUMNS, num_rows="dynamic", hide_index=True, width="stretch", placeholder="", key="match_costs"
    )
    return rows


def search(api: Client, profile: dict[str, Any]) -> None:
    """Ask the API; what was found before goes."""
    state = st.session_state
    try:
        with st.spinner("資料を調べています…"):
            state.match_result, state.match_failure = api.match(profile), None
    except ApiError as error:
        state.match_result, state.match_failure = None, str(error)


def show_result(result: dict[str, Any]) -> None:
    """The cards, what does not fit, what of the input was not used."""
    for line in problem_lines(result):
        st.warning(line, icon=":material/edit_note:")
    st.subheader(headline(result), anchor=False)
    for number, found in enumerate(cards(result)):
        show_card(found, first=number == 0)
    lost = misses(result)
    if lost:
        with st.expander(f"対象外のもの（{len(lost)}件）とその理由", icon=":material/block:"):
            for line in lost:
                st.markdown(f"- {line}")
    st.caption(f"{plain(result['today'])} 時点で探しました。申請の前に最新の公募要領で確認してください。")


def show_card(found: Card, first: bool) -> None:
    """One candidate; the first one tells more at once."""
    with st.container(border=True):
        badges = " ".join(f":{colour}-badge[{text}]" for text, colour in found.badges)
        st.markdown(f"#### {found.title}\n{badges} {found.when}")
        if found.figures:
            for column, (label, value) in zip(st.columns(len(found.figures)), found.figures, strict=True):
                column.metric(label, value)
        if found.note:
            st.caption(found.note)
        if found.ask_next:
            st.info(f"次に知りたいこと：{found.ask_next}", icon=":material/help:")
        parts = [
            ("やること", ":material/checklist:", found.todo, True),
            ("注意", ":material/warning:", found.cautions, True),
            ("理由と出典", ":material/fact_check:", found.reasons, False),
            ("計算", ":material/calculate:", found.steps, False),
        ]
        if first:
            for title, icon, lines, opened in parts:
                if lines:
                    with st.expander(title, icon=icon, expanded=opened):
                        st.markdown("\n".join(f"- {line}" for line in lines))
            return
        told = [f"**{title}**\n\n" + "\n".join(f"- {line}" for line in lines) for title, _, lines, _ in parts if lines]
        if told:
            with st.expander("くわしく（やること・注意・理由と出典・計算）", icon=":material/expand_content:"):
                st.markdown("\n\n".join(told))
