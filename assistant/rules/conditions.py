"""Three-valued conditions over what is known of an applicant and his project.

Data files write a condition as a mapping from an input to a test, for example
``{employees: {min: 6, max: 20}, specials: {has: [chinage]}}``; all entries must hold. ``any`` takes a list of
conditions of which one must hold. An input that nobody told is unknown, and so is what depends on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, StrictBool, StrictInt, StrictStr, model_validator

from assistant.rules.values import DecimalText, Strict


class Verdict(StrEnum):
    """Outcome of a test."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


InputName = Literal[
    "employees", "industry", "size", "is_corporation", "founded_months", "sales_yen", "capital_yen",
    "taxable_income_yen", "deficit", "revival", "invoice_registered", "was_tax_exempt", "founded_on",
    "has_100oku_declaration", "prefecture", "city", "cost_yen", "machine_cost_yen", "subsidy_yen", "investment_yen",
    "processes", "functions", "members", "specials", "option", "course_yen", "workers", "workplace_wage_yen",
    "office_workers", "repeat", "per_capita_growth_pct", "payroll_growth_pct", "min_wage_raise_yen",
    "min_wage_margin_yen", "value_added_growth_pct", "productivity_growth_pct", "representative_age",
    "near_minimum_wage", "profit_rate_fell", "year_no", "is_deemed_large", "cost_categories", "planned_sales_yen",
    "head_in_area", "main_in_area", "lab_in_area", "office_in_area", "area_staff_share", "bought_in_area", "made_in_area",
    "held_abroad", "applies_alone", "step_done", "kin_degree", "handover_on", "handover_months", "plan_months", "raised_before", "frame",
    "told_so", "trade",
]  # fmt: skip
"""Everything a rule may ask about; units are in the names (yen, pct = percent points, months)."""

INPUT_NAMES: tuple[str, ...] = get_args(InputName)

INPUT_LABELS: dict[str, str] = {
    "employees": "従業員数", "industry": "業種", "size": "事業者の規模（小規模・中小など）",
    "is_corporation": "法人か個人事業か", "founded_months": "創業からの期間", "founded_on": "創業日",
    "sales_yen": "売上高", "capital_yen": "資本金", "taxable_income_yen": "課税所得", "deficit": "赤字かどうか",
    "revival": "再生事業者かどうか", "invoice_registered": "インボイス登録の有無",
    "was_tax_exempt": "免税事業者だった時期の有無", "has_100oku_declaration": "100億宣言の有無",
    "prefecture": "都道府県", "city": "市区町村", "cost_yen": "対象経費の額（税抜）",
    "machine_cost_yen": "機械装置の額", "subsidy_yen": "申請する補助金額", "investment_yen": "投資額",
    "processes": "ITツールのプロセス数", "functions": "会計・受発注・決済の機能数", "members": "グループ構成員数",
    "specials": "使う特例", "option": "類型・コース", "course_yen": "賃上げコース", "workers": "賃上げする人数",
    "workplace_wage_yen": "事業場内最低賃金", "office_workers": "事業場の労働者数", "repeat": "申請の回数",
    "per_capita_growth_pct": "1人あたり給与支給総額の伸び率", "payroll_growth_pct": "給与支給総額の伸び率",
    "min_wage_raise_yen": "事業場内最低賃金の引上げ額", "min_wage_margin_yen": "地域別最低賃金との差額",
    "value_added_growth_pct": "付加価値額の年平均成長率", "productivity_growth_pct": "労働生産性の年平均成長率",
    "representative_age": "代表者の年齢", "near_minimum_wage": "最低賃金近傍の事業者かどうか",
    "profit_rate_fell": "利益率が下がったかどうか",
    "year_no": "何年目か", "is_deemed_large": "みなし大企業かどうか", "cost_categories": "経費区分",
    "planned_sales_yen": "計画期間の年間売上高見込み（税抜）", "head_in_area": "本店のある所", "main_in_area": "主たる事業所のある所",
    "lab_in_area": "研究所のある所", "office_in_area": "事業所のある所", "area_staff_share": "地域内で働く従業員の割合",
    "bought_in_area": "買う店のある所", "made_in_area": "作られた所", "held_abroad": "開かれる国", "applies_alone": "だれが申請するか",
    "step_done": "先に要る手続きが済んだかどうか", "kin_degree": "発注先との親等", "handover_on": "承継の予定日",
    "handover_months": "承継までの期間", "plan_months": "計画や事業の年数", "raised_before": "賃金を引き上げる日", "frame": "申請する枠",
    "told_so": "お聞きの事情", "trade": "医療・介護・学校などの事業かどうか",
}  # fmt: skip


_AMONG: dict[str, tuple[str, ...]] = {"workers": ("office_workers", "employees")}
"""Counts of people who are some of others: those whose pay rises are among those of the workplace, and of the firm."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is known of applicant and project; a missing name is unknown, never a default."""

    known: dict[str, Any] = field(default_factory=dict)

    def get(self, name: str) -> Any:
        """The value told for `name`, None if unknown."""
        return self.known.get(name)

    def with_(self, **more: Any) -> Inputs:
        """A copy with `more` known; None leaves a name unknown."""
        return replace(self, known={**self.known, **{k: v for k, v in more.items() if v is not None}})

    def most(self, name: str) -> int | None:
        """The most that an unknown count of people can be by those told among whom they are; None if nothing bounds it."""
        told = [int(self.known[n]) for n in _AMONG.get(name, ()) if self.known.get(n)]
        return min(told) if told and self.get(name) is None else None

    @property
    def specials(self) -> frozenset[str]:
        """Ids of the special measures that the user wants to use; none unless told."""
        return frozenset(self.known.get("specials") or ())


class Test(Strict):
    """A test of one input: bounds for numbers, `is` for yes/no and words, `in`/`has`/`lacks` for sets."""

    __test__ = False  # not a pytest class

    min: StrictInt | DecimalText | None = None
    max: StrictInt | DecimalText | None = None
    over: StrictInt | DecimalText | None = None
    under: StrictInt | DecimalText | None = None
    is_: StrictBool | StrictInt | StrictStr | None = Field(default=None, alias="is")
    in_: tuple[StrictStr, ...] | None = Field(default=None, alias="in")
    not_in: tuple[StrictStr, ...] | None = None
    has: tuple[StrictStr, ...] | None = None
    lacks: tuple[StrictStr, ...] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Test:
        if all(v is None for v in self.__dict__.values()):
            raise ValueError("条件が空です。min、max、is などを書いてください。")
        if self.min is not None and self.max is not None and Fraction(self.min) > Fraction(self.max):
            raise ValueError("条件の min が max より大きくなっています。")
        return self

    def check(self, value: Any) -> Verdict:
        """Whether `value` passes; unknown if it is None."""
        if self.has is not None or self.lacks is not None:
            have = frozenset(value or ())
            good = set(self.has or ()) <= have and not set(self.lacks or ()) & have
            return Verdict.MET if good else Verdict.NOT_MET
        if value is None:
            return Verdict.UNKNOWN
        return Verdict.MET if self._in_bounds(value) and self._matches(value) else Verdict.NOT_MET

    def _in_bounds(self, value: Any) -> bool:
        if self.min is None and self.max is None and self.over is None and self.under is None:
            return True
        v = _exact(value)
        return (
            (self.min is None or v >= _exact(self.min))
            and (self.max is None or v <= _exact(self.max))
            and (self.over is None or v > _exact(self.over))
            and (self.under is None or v < _exact(self.under))
        )

    def _matches(self, value: Any) -> bool:
        return (
            (self.is_ is None or value == self.is_)
            and (self.in_ is None or value in self.in_)
            and (self.not_in is None or value not in self.not_in)
        )


class Condition(Strict):
    """All of `tests` hold, and one of `any` if there is such a list."""

    tests: dict[InputName, Test] = Field(default_factory=dict)
    any: tuple[Condition, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, data: object) -> object:
        if isinstance(data, dict) and "tests" not in data:
            return {"tests": {k: v for k, v in data.items() if k != "any"}, "any": data.get("any", ())}
        return data

    def check(self, inputs: Inputs) -> Verdict:
        """Whether the condition holds for `inputs`: unknown only if no known input decides it."""
        verdicts = [_checked(name, test, inputs) for name, test in self.tests.items()]
        if self.any:
            verdicts.append(_any_of(part.check(inputs) for part in self.any))
        if Verdict.NOT_MET in verdicts:
            return Verdict.NOT_MET
        return Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.MET

    def missing(self, inputs: Inputs) -> tuple[str, ...]:
        """Names of unknown inputs that the verdict waits for, in the order of the file."""
        if self.check(inputs) is not Verdict.UNKNOWN:
            return ()
        names: list[str] = [n for n, t in self.tests.items() if _checked(n, t, inputs) is Verdict.UNKNOWN]
        for part in self.any:
            names += [n for n in part.missing(inputs) if n not in names]
        return tuple(names)

    @property
    def names(self) -> frozenset[str]:
        """All inputs that the condition looks at."""
        return frozenset(self.tests) | frozenset(n for part in self.any for n in part.names)


ALWAYS = Condition()


class Decides(Strict):
    """What of a user's own case decides whether he meets the condition that a passage tells.

    `label` names the condition (no figures: the passage tells them). `only` is the one side on which it decides where
    the source leaves the other open. `about` are words of which a question must hold one; `step` names what has to be
    done before, `applicant` who applies, `unlike` and `same` what the passage's subject is not, or is, the same as.
    `yes` and `no` are patterns of what a user tells where he meets, or misses, the condition: they give `told_so`.
    `owed`: the passage tells a duty, which is owed by whom `test` holds of (`label` names the duty).
    `back`: how much is given back, or not paid, where what the passage speaks of is missed (`same` are words for that part).
    `closed`: the passage lists what is paid for, all of it (what it does not name is not) or, if false, some of it.
    """

    label: Annotated[StrictStr, Field(min_length=1)]
    test: Condition = ALWAYS
    only: Literal["yes", "no"] | None = None
    about: tuple[StrictStr, ...] = ()
    step: tuple[StrictStr, ...] = ()
    applicant: tuple[StrictStr, ...] = ()
    unlike: tuple[StrictStr, ...] = ()
    same: tuple[StrictStr, ...] = ()
    yes: tuple[StrictStr, ...] = ()
    no: tuple[StrictStr, ...] = ()
    closed: StrictBool | None = None
    owed: StrictBool = False
    back: Literal["all", "part", "untold"] | None = None

    @model_validator(mode="after")
    def _patterns_are_read(self) -> Decides:
        for pattern in (*self.yes, *self.no):
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"yes・no の「{pattern}」を正規表現として読めません。括弧などを直してください。") from error
        if bool(self.yes or self.no) != ("told_so" in self.test.names):
            raise ValueError("yes・no は test の told_so と一緒に書いてください。")
        return self


def _checked(name: str, test: Test, inputs: Inputs) -> Verdict:
    """A test of an input; an unknown count fails where it cannot be as high as the test demands."""
    most = inputs.most(name)
    if most is not None and test.min is not None and _exact(test.min) > most:
        return Verdict.NOT_MET
    return test.check(inputs.get(name))


def _exact(value: Any) -> int | Fraction:
    """A number for comparing; whole ones stay as they are, which is faster by far."""
    return value if isinstance(value, int) else Fraction(value)


def _any_of(verdicts: Iterable[Verdict]) -> Verdict:
    found = list(verdicts)
    if Verdict.MET in found:
        return Verdict.MET
    return Verdict.UNKNOWN if Verdict.UNKNOWN in found else Verdict.NOT_MET
