"""The tools that a model may use: typed, and nothing else. A tool takes names and tokens, never a number that the model types.

What a tool gives back are lines of ours with tokens; the model never sees a value and cannot run code.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from assistant.llm.mask import blank_tokens, is_digit
from assistant.llm.model import Tool, ToolCall
from assistant.text.numbers import find_quantities

What = Literal[
    "上限額", "下限額", "補助率", "締切", "受付開始日", "採択発表", "補助事業の期間", "要件", "対象者", "対象経費", "必要書類",
    "審査項目", "加点", "特例", "手続きの流れ", "併用", "問い合わせ先",
]  # fmt: skip


class BadCall(Exception):
    """A call that is not served; its message tells the model why, without repeating what it wrote."""


def _no_digits(text: str) -> str:
    bare = blank_tokens(text)
    if any(is_digit(c) for c in bare) or any(not q.ignored for q in find_quantities(bare)) or "\n" in text:
        raise ValueError("a number")
    return text


Name = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_no_digits)]
Told = Annotated[str, Field(pattern=r"^\{u:\d{1,3}\}$", description="質問の中の値の記号。例: {u:0}")]


class _Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    programme: Name = Field(description="制度の名前。数字は書かない")
    edition: Name | None = Field(None, description="回や版の名前。下書きの記号（{n:0} など）で書く")


class LookUpFigure(_Arguments):
    """Look up a figure or rule."""

    what: What
    frame: Name | None = Field(None, description="枠や類型の名前")


class ComputeAmount(_Arguments):
    """Compute a subsidy."""

    cost: Told
    frame: Name | None = Field(None, description="枠や類型の名前")
    employees: Told | None = None
    tax: Literal["税抜", "税込"] | None = None
    specials: list[Name] = Field(default_factory=list, max_length=3, description="使う特例の名前")


class CheckEligibility(_Arguments):
    """Judge who may apply."""

    employees: Told | None = None
    industry: Literal["商業・サービス業", "宿泊業・娯楽業", "製造業その他"] | None = None
    frame: Name | None = Field(None, description="枠や類型の名前")


class ListDeadlines(_Arguments):
    """List the dates of a programme."""


Arguments = LookUpFigure | ComputeAmount | CheckEligibility | ListDeadlines
_TOOLS: dict[str, tuple[type[Arguments], str]] = {
    "look_up_figure": (LookUpFigure, "制度の値や決まりを調べる。"),
    "compute_amount": (ComputeAmount, "経費から補助額を計算する。"),
    "check_eligibility": (CheckEligibility, "申請できる事業者かどうかを調べる。"),
    "list_deadlines": (ListDeadlines, "制度の受付の開始と締切を並べる。"),
}


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema()
    return {k: v for k, v in schema.items() if k not in ("title", "description")}


def list_tools() -> tuple[Tool, ...]:
    """All tools, as a model is told of them."""
    return tuple(Tool(name, told, _schema(model)) for name, (model, told) in _TOOLS.items())


def read_call(call: ToolCall) -> Arguments:
    """The arguments of a call, checked.

    Raises:
        BadCall: There is no such tool, or its arguments are not what it takes.
    """
    if call.name not in _TOOLS:
        raise BadCall(f"その道具はありません。使えるのは {'、'.join(_TOOLS)} だけです。")
    model = _TOOLS[call.name][0]
    if call.arguments is None:
        raise BadCall("引数がJSONとして読めません。")
    try:
        return model.model_validate(dict(call.arguments))
    except ValidationError as error:
        known = set(model.model_fields)
        wrong = [str(e["loc"][0]) for e in error.errors(include_url=False, include_input=False) if e["loc"]]
        names = dict.fromkeys(w if w in known else "知らない引数" for w in wrong)
        raise BadCall(f"引数が正しくありません: {'、'.join(names)}。値は記号で、名前は数字を使わずに書いてください。") from None
