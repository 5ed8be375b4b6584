"""Serve the tools that a language model asks for: each call is a question of ours to the same steps that answer users.

What comes back is added to the answer being written: lines of templates with tokens, whose names say what they are about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.ask.compose import Composed, Part
from assistant.ask.query import Query
from assistant.ask.route import Route
from assistant.llm.mask import TOKEN, Masker
from assistant.llm.tools import Arguments, BadCall, CheckEligibility, ComputeAmount, ListDeadlines, LookUpFigure
from assistant.text.numbers import find_quantities

MAX_ADDED_CHARS = 700
_LEFT_OUT = ("出典：", "受付状況：")
_ASKED = {
    "受付開始日": "の受付はいつからですか？", "締切": "の締切はいつですか？", "採択発表": "の採択発表はいつですか？",
    "要件": "の要件は何ですか？", "対象経費": "の対象になる経費は何ですか？", "併用": "は他の補助金と併用できますか？",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """What the steps of the flow found and composed for a question."""

    query: Query
    route: Route
    parts: tuple[Part, ...]
    composed: Composed


LookUp = Callable[[str], Found | None]


@dataclass
class Desk:
    """Looks things up for a model while one answer is being written."""

    look_up: LookUp
    found: list[Found] = field(default_factory=list)
    """What was looked up, in order."""

    def block(self, arguments: Arguments, composed: Composed, masker: Masker) -> str:
        """Lines to add to the composed text, with tokens of its ledger; its figures are entered there.

        Raises:
            BadCall: Nothing can be looked up so; the message says why.
        """
        found = self.look_up(_question(arguments, masker))
        left_out = _LEFT_OUT if composed.text else ()
        kept = [] if found is None or found.query.unknown_names else _kept_lines(found.composed.text, left_out)
        if found is None or not kept:
            raise BadCall("それは手元の資料では分かりません。")
        if found.composed.needs:
            raise BadCall("それには足りない情報があります。")
        self.found.append(found)
        return composed.ledger.absorb(found.composed.ledger, "\n".join(kept))


def _question(arguments: Arguments, masker: Masker) -> str:
    """A call as a question in our own words; only names and the user's own numbers come from outside."""
    place = _place(arguments, masker)
    if isinstance(arguments, LookUpFigure):
        return place + _ASKED.get(arguments.what, f"の{arguments.what}は？")
    if isinstance(arguments, CheckEligibility):
        return f"{_people(arguments.employees, masker)}{arguments.industry or ''}の事業者は、{place}に申請できますか？"
    if isinstance(arguments, ComputeAmount):
        cost = _of_unit(arguments.cost, "yen", masker)
        specials = "、".join(masker.restore(s) for s in arguments.specials)
        with_specials = f"{specials}を使います。" if specials else ""
        return f"{_people(arguments.employees, masker)}{with_specials}{place}で{arguments.tax or ''}{cost}使うと補助額はいくらですか？"
    return f"{place}の締切はいつですか？"


def _place(arguments: Arguments, masker: Masker) -> str:
    """The names of a call; a token among them stands for the number of a round or nothing."""
    names = [arguments.programme, arguments.edition, None if isinstance(arguments, ListDeadlines) else arguments.frame]
    texts = [masker.restore(n) for n in names if n]
    if any(TOKEN.search(t) for t in texts) or any(not q.ignored and q.unit != "date" for t in texts for q in find_quantities(t)):
        raise BadCall("名前に使えない記号か数量があります。")
    return "の".join(["".join(texts[:2] if arguments.edition else texts[:1]), *texts[2 if arguments.edition else 1 :]])


def _people(token: str | None, masker: Masker) -> str:
    return f"従業員{_of_unit(token, 'people', masker)}です。" if token else ""


def _of_unit(token: str, unit: str, masker: Masker) -> str:
    text = masker.restore(token)
    found = find_quantities(text)
    if len(found) != 1 or found[0].unit != unit or found[0].text != text:
        raise BadCall("その記号の値は、この引数に使えません。")
    return text


def _kept_lines(text: str, left_out: tuple[str, ...]) -> list[str]:
    """The lines that tell what was looked up, as far as there is room; the list of sources where there is none yet."""
    out: list[str] = []
    room = MAX_ADDED_CHARS
    for line in text.split("\n"):
        if not line.startswith(_LEFT_OUT):
            room -= len(line)
        if room >= 0 or line.startswith(_LEFT_OUT):
            out += [] if left_out and line.startswith(left_out) else [line]
    while out and not out[-1].strip():
        out.pop()
    return out
