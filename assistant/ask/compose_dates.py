"""Deadlines and other dates in words: what is open, how many days are left, what comes next."""

from __future__ import annotations

from datetime import date

from assistant.ask.evidence import DateFinding
from assistant.ask.gather_dates import lacks_hour
from assistant.ask.ledger import Ledger
from assistant.ask.query import Query
from assistant.ask.wording import COUNTS_DAYS
from assistant.rules.editions import Window, event_of
from assistant.rules.load import Catalogue
from assistant.rules.schema import Event, SourceRef
from assistant.rules.values import moment_of
from assistant.text.dates import PartialDate

_EVENT_WORDS = {
    "deadline": "申請締切", "opens": "受付開始日", "result": "採択発表の日", "support_plan": "支援計画書の締切",
    "project_end": "補助事業の期限", "grant": "交付決定の日", "interview": "面接審査の日",
}  # fmt: skip
_NO_HOUR = "締切の時刻は手元の資料に記載がありません。事務局の公式サイトで確認してください。"
_NEXT_UNKNOWN = "次の公募の日程は手元の資料にありません。事務局の公式サイトで確認してください。"


def date_text(findings: tuple[DateFinding, ...], query: Query, ledger: Ledger, catalogue: Catalogue, today: date) -> str:
    """The dates asked for, one paragraph for each round, the open or next one first."""
    order = {"open": 0, "rolling": 1, "upcoming": 2, "closed": 3, "unknown": 4}
    ranked = sorted(findings, key=lambda f: order[f.window.state])
    if not query.rounds and len(ranked) > 1 and ranked[0].window.state in ("open", "upcoming", "rolling"):
        told = [f for f in ranked if f.window.state != "unknown" or f.window.closes]
        known = {f.window.edition.programme for f in told}
        asked = set(query.named_programmes) - known  # a programme that is asked for by name is not passed over in silence
        ranked = [f for f in ranked if f in told or f.window.edition.programme in asked]
    lines = [_one(f, query, ledger, catalogue, today) for f in ranked[:4]]
    return "\n\n".join(x for x in dict.fromkeys(lines) if x)


def _one(finding: DateFinding, query: Query, ledger: Ledger, catalogue: Catalogue, today: date) -> str:
    window = finding.window
    name = _name(window, catalogue, ledger)
    if window.state == "rolling" and finding.attribute in ("deadline", "opens"):
        return f"{name}は随時受付です。締切日は設けられておらず、いつでも申請できます。" + _round_note(window)
    if finding.event is None:
        return _no_event(finding, name, ledger)
    if finding.attribute == "deadline":
        return _deadline(finding, query, name, ledger, today)
    return _event(finding, name, ledger, today) + _opening(finding, ledger)


def _round_note(window: Window) -> str:
    return f"\n{window.round.note}" if window.round.note and not any(c.isdigit() for c in window.round.note) else ""


def place_name(window: Window, frame_label: str, catalogue: Catalogue, ledger: Ledger, ref: SourceRef | None = None) -> str:
    """Programme, frame and round in one name (持続化補助金 一般型 通常枠（第20回）), no word said twice."""
    short = catalogue.programmes[window.edition.programme].short
    frame = "" if frame_label.startswith(short) else frame_label
    round_ = window.label
    for word in frame.split():
        round_ = round_.replace(word, "").strip(" （）") if word in round_ else round_
    round_ = round_ if round_.count("（") == round_.count("）") else round_.replace("（", " ").replace("）", "").strip()
    name = " ".join(x for x in (short, frame) if x)
    return ledger.label(f"{name}（{round_}）" if round_ else name, ref)


def _name(window: Window, catalogue: Catalogue, ledger: Ledger) -> str:
    programme = catalogue.programmes[window.edition.programme]
    series = next((s.label for s in programme.series if s.id == window.edition.series), "")
    return place_name(window, series, catalogue, ledger)


def day(event: Event, window: Window, ledger: Ledger) -> str:
    """A token for an event's date, with its doubt."""
    place = (window.edition.programme, window.edition.id, None)
    return ledger.value(event.on, event.kind, event.source, place, event.doubt)


def _deadline(finding: DateFinding, query: Query, name: str, ledger: Ledger, today: date) -> str:
    window, event = finding.window, finding.event
    if event is None:
        return ""
    shown = day(event, window, ledger)
    start = _NO_HOUR if lacks_hour(finding, query) else _no(finding, query)
    cite = ledger.cite(event.source)
    if window.state == "open":
        text = f"{start}{name}の申請締切は{shown}です{cite}。{_left(window.days_left, ledger)}受付中です。"
    elif window.state == "upcoming":
        to_go, to_wait = (_to_go(e, today, ledger) if COUNTS_DAYS.search(query.text) else "" for e in (event, window.opens))
        opens = f"受付開始は{day(window.opens, window, ledger)}{to_wait}" if window.opens else ""
        text = f"{start}{name}の申請締切は{shown}です{to_go}{cite}。{opens}で、まだ始まっていません。"
    elif window.state == "unknown":
        text = f"{start}{name}の申請締切は{shown}です{cite}。受付開始の日は手元の資料に記載がありません。"
    else:
        text = f"{start}{name}の申請締切は{shown}で、受付を終了しています{cite}。"
        if window.opens and any(w in query.text for w in ("いつから", "期間", "始ま")):
            text += f"受付開始は{day(window.opens, window, ledger)}でした。"
        text += _after(finding, ledger)
    plan = event_of(window.round, "support_plan")
    if plan and window.state in ("open", "upcoming"):
        end = moment_of(plan.on, end_of_day=True).date()
        token = day(plan, window, ledger)
        text += f"\n- 商工会・商工会議所が発行する事業支援計画書の受付は{token}までです" + ("（終了しました）。" if end < today else "。")
    return text + _doubt(event)


def _left(days_left: int | None, ledger: Ledger) -> str:
    if days_left is None:
        return ""
    if days_left == 0:
        return "今日が締切日です。"
    return "あと" + ledger.plain(f"{days_left}日", days_left, "days", "days_left", "computed", (f"締切日 － 今日 ＝ {days_left}日",)) + "、"


def _after(finding: DateFinding, ledger: Ledger) -> str:
    """What comes after a closed round: the open or next one, else that the sources do not say."""
    for other in finding.others:
        if other.state in ("open", "upcoming") and other.closes:
            word = "受付中" if other.state == "open" else "受付前"
            own = other.edition.programme == finding.window.edition.programme
            label = ledger.label(other.label, None) if own else "後継の" + _name(other, ledger.catalogue, ledger)
            return f"次は{label}で、締切は{day(other.closes, other, ledger)}です（{word}）。"
    return (finding.window.round.note or "") if _plain_note(finding.window) else _NEXT_UNKNOWN


def _plain_note(window: Window) -> bool:
    return bool(window.round.note) and not any(c.isdigit() for c in window.round.note or "")


def _event(finding: DateFinding, name: str, ledger: Ledger, today: date) -> str:
    window, event = finding.window, finding.event
    if event is None:
        return ""
    shown, cite = day(event, window, ledger), ledger.cite(event.source)
    end = moment_of(event.on, end_of_day=True).date()
    label = event.label
    if finding.attribute == "support_plan":
        left = (end - today).days
        if left < 0:
            return f"{name}の事業支援計画書の受付は{shown}で締め切られました{cite}。すでに終了しており、間に合いません。"
        count = ledger.plain(f"{left}日", left, "days", "days_left", "computed", (f"受付締切 － 今日 ＝ {left}日",))
        return f"{name}の事業支援計画書の発行受付は{shown}までです{cite}。あと{count}、受け付けています。"
    if finding.attribute == "opens":
        ahead = f"です（まだ始まっていません{_to_go(event, today, ledger, '、{}')}）"
        word = ahead if window.state == "upcoming" else "に始まりました" if window.state != "unknown" else "です"
        return f"{name}の{label}は{shown}{word}{cite}。" if "です" in word else f"{name}の申請受付は{shown}{word}{cite}。"
    if event.planned:
        word = "の予定です" if end >= today else "の予定でした（結果の公表は資料で確認できません）"
    else:
        word = "でした" if end < today else "です"
    return f"{name}の{label}は{shown}{word}{_to_go(event, today, ledger)}{cite}。" + _doubt(event)


def _to_go(event: Event | None, today: date, ledger: Ledger, within: str = "（{}）") -> str:
    """The days from today to a day to come; empty where it is over or no day is fixed."""
    left = (date.fromisoformat(event.on.date) - today).days if event and event.on.date else 0
    if left <= 0:
        return ""
    shown = ledger.plain(f"{left}日", left, "days", "days_left", "computed", (f"その日 － 今日 ＝ {left}日",))
    return within.format(f"あと{shown}")


def _opening(finding: DateFinding, ledger: Ledger) -> str:
    """For a question about the opening: the closing too, and whether it is over."""
    if finding.attribute != "opens" or finding.window.closes is None:
        return ""
    closes = day(finding.window.closes, finding.window, ledger)
    if finding.window.state == "closed":
        return f"申請締切は{closes}で、受付は終了しています。{_after(finding, ledger)}"
    return f"申請締切は{closes}です。" + ("現在受付中です。" if finding.window.state == "open" else "")


def _doubt(event: Event) -> str:
    if event.doubt and not any(c.isdigit() for c in event.doubt):
        return f"\n（注意：{event.doubt.rstrip('。')}）"
    return ""


def _no_event(finding: DateFinding, name: str, ledger: Ledger) -> str:
    what = _EVENT_WORDS[finding.attribute]
    if finding.attribute == "support_plan":
        return ""
    text = f"{name}の{what}は手元の資料に記載がありません。事務局の公式サイトで確認してください。"
    closes = finding.window.closes
    if closes is not None and finding.attribute != "deadline":
        text += f"なお申請締切は{day(closes, finding.window, ledger)}です。"
    return text


def _no(finding: DateFinding, query: Query) -> str:
    """「いいえ」 where the question takes another date for granted."""
    if not query.confirm or finding.event is None or finding.event.on.date is None:
        return ""
    claimed = [q.value for q in query.slots.quantities if isinstance(q.value, PartialDate) and q.value.month and q.value.day]
    if not claimed:
        return ""
    right = date.fromisoformat(finding.event.on.date)
    return "" if any(c.month == right.month and c.day == right.day for c in claimed) else "いいえ、"


def state_line(window: Window, ledger: Ledger, catalogue: Catalogue) -> str:
    """One line on the window of the edition that the answer speaks of."""
    label = _name(window, catalogue, ledger)
    if window.state == "rolling":
        return f"受付状況：{label}は随時受付中です。"
    if window.closes is None:
        return f"参照した資料：{label}。"
    shown = day(window.closes, window, ledger)
    if window.state == "open":
        return f"受付状況：{label}は受付中です（締切 {shown}）。"
    if window.state == "upcoming":
        opens = day(window.opens, window, ledger) if window.opens else ""
        return f"受付状況：{label}は{opens}受付開始です（締切 {shown}）。"
    if window.state == "unknown":
        return f"受付状況：{label}の申請締切は{shown}です（受付開始の日は手元の資料にありません）。"
    return f"受付状況：{label}は受付を終了しています（申請締切 {shown}）。"
