"""Where the money comes from: what the firm told against what the project costs and what the grant pays."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.drafting.records import Facts, Problem
from assistant.rules.values import format_yen


@dataclass(frozen=True, slots=True)
class Balance:
    """The funding table. Money in whole yen; `gap_yen` > 0 lacks, < 0 is too much, None if nothing was told."""

    spending_yen: int
    subsidy_yen: int
    self_yen: int | None
    bank_yen: int | None
    other_yen: int | None
    bridge_yen: int | None
    expected_yen: int
    """Part of `other_yen` that is the firm's expectation of the grant itself."""
    gap_yen: int | None

    @property
    def own_funds_yen(self) -> int:
        """All spending minus the grant."""
        return self.spending_yen - self.subsidy_yen


def balance(facts: Facts, spending_yen: int, subsidy_yen: int) -> tuple[Balance, tuple[Problem, ...], tuple[str, ...]]:
    """The funding table, its contradictions (at most one problem), and what to mind."""
    told = facts.funding
    own, bank, other, bridge = (told.get(k) for k in ("self_yen", "bank_yen", "other_yen", "bank_bridge_yen"))
    claimed = facts.claimed_subsidy_yen
    if not told:
        found = Balance(spending_yen, subsidy_yen, None, None, None, None, 0, None)
        wrong = _claim(claimed, subsidy_yen, spending_yen)
        return found, (wrong,) if wrong else (), ()
    hoped = claimed if claimed is not None or not _speaks_of_grant(facts.funding_note) else other
    expected = _expected(other, hoped, subsidy_yen, (own or 0) + (bank or 0), spending_yen)
    sources = (own or 0) + (bank or 0) + (other or 0) - expected
    gap = spending_yen - subsidy_yen - sources
    found = Balance(spending_yen, subsidy_yen, own, bank, other, bridge, expected, gap)
    problem = _problem(found, claimed) or (_claim(claimed, subsidy_yen, spending_yen) if gap else None)
    notes = () if problem else _notes(found, sources)
    return found, (problem,) if problem else (), notes


def _expected(other: int | None, claimed: int | None, subsidy: int, rest: int, spending: int) -> int:
    """The part of the other sources that is the grant itself: what is claimed, or what fills the whole spending."""
    if not other:
        return 0
    if claimed is not None and other == claimed:
        return other
    return other if other == subsidy and rest + other == spending else 0


def _speaks_of_grant(note: str | None) -> bool:
    """Whether the firm's note says that a source is the grant itself."""
    return note is not None and "補助金" in note and any(w in note for w in ("見込", "入金", "予定"))


def _problem(found: Balance, claimed: int | None) -> Problem | None:
    """The one contradiction of the table: money that lacks, is counted twice, or a bridge that does not fit."""
    gap = found.gap_yen or 0
    where = "project.claimed_subsidy_yen" if claimed is not None and claimed != found.subsidy_yen else "funding"
    if gap > 0:
        claim = f"見込みの補助金{format_yen(claimed)}に対し計算した補助金は{format_yen(found.subsidy_yen)}で、" if where != "funding" and claimed else ""
        text = (
            f"{claim}支出{format_yen(found.spending_yen)}から補助金を引いた{format_yen(found.own_funds_yen)}に対して、"
            f"手当てした資金が{format_yen(gap)}足りません。"
        )
        return Problem("funding_mismatch", text, where)
    if gap < 0 and -gap != found.subsidy_yen:
        text = f"資金の合計が、支出{format_yen(found.spending_yen)}から補助金を引いた額を{format_yen(-gap)}上回っています。"
        return Problem("funding_mismatch", text, where)
    if gap < 0 and found.bridge_yen:
        text = "支出の全額を手当てしたうえで、補助金が入るまでの借入も計上しています。どちらかに直してください。"
        return Problem("funding_mismatch", text, "funding.bank_bridge_yen")
    if gap == 0 and found.bridge_yen and found.bridge_yen != found.subsidy_yen:
        text = f"補助金が入るまでの借入{format_yen(found.bridge_yen)}が、補助金{format_yen(found.subsidy_yen)}と合いません。"
        return Problem("funding_mismatch", text, "funding.bank_bridge_yen")
    return None


def _claim(claimed: int | None, subsidy: int, spending: int) -> Problem | None:
    """A grant that the firm expects and does not get."""
    if claimed is None or claimed == subsidy:
        return None
    text = (
        f"見込みの補助金{format_yen(claimed)}が、計算した補助金{format_yen(subsidy)}と合いません"
        f"（自己負担は{format_yen(spending - subsidy)}）。"
    )
    return Problem("funding_mismatch", text, "project.claimed_subsidy_yen")


def _notes(found: Balance, sources: int) -> tuple[str, ...]:
    if found.subsidy_yen and not found.bridge_yen and sources < found.spending_yen:
        text = f"補助金は後払いです。入金までの{format_yen(found.subsidy_yen)}の立替をどう手当てするかを決めてください。"
        return (text,)
    return ()
