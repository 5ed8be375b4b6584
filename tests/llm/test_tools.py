"""The tools of a model: what it may pass, what it gets, and that nothing of its own comes into the answer."""

from __future__ import annotations

import json
from datetime import date

import pytest

from assistant.ask.phrase import Phraser
from assistant.config import Settings
from assistant.flow import Assistant, answer_question
from assistant.llm.breaker import Breaker
from assistant.llm.fake import Entry, FakeModel
from assistant.llm.model import ToolCall
from assistant.llm.tools import BadCall, list_tools, read_call
from assistant.records import Answer, Question, Status
from evals.run import unproven

CALL = {"programme": "持続化補助金", "what": "補助率"}


def call(name: str = "look_up_figure", arguments: dict[str, object] | None = None) -> ToolCall:
    return ToolCall("c1", name, CALL if arguments is None else arguments)


def asked(assistant: Assistant, today: date, question: str, replies: list[Entry]) -> tuple[Answer, FakeModel]:
    model = FakeModel(replies)
    other = Assistant(assistant.catalogue, Settings(data_dir=assistant.settings.data_dir, llm="openai:test"))
    phraser = Phraser(model, Breaker(lambda: 0.0), lambda: 0.0)
    other.__dict__.update(parser=assistant.parser, index=assistant.index, phraser=phraser)
    return answer_question(Question(question, today), other), model


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("run_python", {"code": "1"}),
        ("look_up_figure", {}),
        ("look_up_figure", {**CALL, "what": "勝率"}),
        ("look_up_figure", {**CALL, "value": "900万円"}),
        ("look_up_figure", {**CALL, "programme": "900万円の補助金"}),
        ("look_up_figure", {**CALL, "frame": "九百万円の枠"}),
        ("look_up_figure", {**CALL, "programme": "あ" * 99}),
        ("look_up_figure", {**CALL, "programme": 7}),
        ("compute_amount", {"programme": "持続化補助金", "cost": 9_000_000}),
        ("compute_amount", {"programme": "持続化補助金", "cost": "900万円"}),
        ("compute_amount", {"programme": "持続化補助金", "cost": "{f:0}"}),
        ("check_eligibility", {"programme": "持続化補助金", "employees": "5人"}),
        ("list_deadlines", {}),
    ],
)
def test_a_bad_call_is_refused_without_repeating_it(name: str, arguments: dict[str, object]) -> None:
    with pytest.raises(BadCall) as caught:
        read_call(call(name, arguments))
    assert "900" not in str(caught.value) and "九百" not in str(caught.value)


def test_a_call_without_arguments_is_refused() -> None:
    with pytest.raises(BadCall, match="JSON"):
        read_call(ToolCall("c", "look_up_figure", None))


def test_the_tools_are_four_and_typed() -> None:
    tools = list_tools()
    assert [t.name for t in tools] == ["look_up_figure", "compute_amount", "check_eligibility", "list_deadlines"]
    for tool in tools:
        assert tool.parameters["additionalProperties"] is False and "programme" in tool.parameters["required"]
    assert not any(c.isdigit() for c in json.dumps([t.description for t in tools], ensure_ascii=False))


QUESTION = "持続化補助金の通常枠の締切は？"


def test_what_a_tool_finds_is_a_line_of_ours_with_its_proof(assistant: Assistant, today: date) -> None:
    plain, _ = asked(assistant, today, QUESTION, [])
    answer, model = asked(assistant, today, QUESTION, [(call(),), "嘘", "嘘"])
    assert "補助率は2/3" not in plain.text and "2/3" in answer.text
    assert unproven(answer) == ()
    assert all(line in answer.text for line in plain.text.split("\n"))
    told = [m.text for m in model.seen[1] if m.role == "tool"]
    assert told == ["見つかりました。下書きに加えました。"] and "2/3" not in "".join(m.text for m in model.seen[1])


def test_the_users_own_numbers_are_passed_as_tokens(assistant: Assistant, today: date) -> None:
    arguments: dict[str, object] = {"programme": "持続化補助金", "frame": "通常枠", "cost": "{u:0}", "tax": "税抜"}
    question = "持続化補助金の通常枠の上限は？ちなみに経費は60万円です"
    answer, model = asked(assistant, today, question, [(call("compute_amount", arguments),), "嘘", "嘘"])
    assert "60万円" not in "".join(m.text for m in model.seen[0])
    assert "40万円" in answer.text or model.seen[1][-2].text != "見つかりました。下書きに加えました。"
    assert unproven(answer) == ()


@pytest.mark.parametrize(
    "arguments",
    [
        {**CALL, "programme": "夢の補助金"},
        {**CALL, "edition": "{n:9}"},
        {**CALL, "edition": "{f:0}"},
        {**CALL, "frame": "幻の特別応援枠補助金"},
    ],
)
def test_what_is_not_there_adds_nothing_of_the_models_words(assistant: Assistant, today: date, arguments: dict[str, object]) -> None:
    answer, model = asked(assistant, today, QUESTION, [(call(arguments=arguments),), "嘘", "嘘"])
    assert "夢の" not in answer.text and "幻の" not in answer.text
    assert unproven(answer) == ()
    assert len(model.seen) == 3


def test_a_model_that_only_calls_has_to_write_in_the_end(assistant: Assistant, today: date) -> None:
    plain, _ = asked(assistant, today, QUESTION, [])
    answer, model = asked(assistant, today, QUESTION, [(call("run_python", {}),)] * 9)
    assert answer.text == plain.text
    assert [bool(t) for t in model.offered] == [True, True, False, False]


def test_a_question_that_we_do_not_understand_may_be_understood(assistant: Assistant, today: date) -> None:
    question = "うちみたいな店でも何か使える？"
    plain, _ = asked(assistant, today, question, [])
    assert plain.status is Status.NEEDS_INPUT
    answer, _ = asked(assistant, today, question, [(call(),), "嘘", "嘘"])
    assert answer.status is Status.ANSWERED and "2/3" in answer.text and "出典：" in answer.text
    assert answer.engine == "openai:test" and unproven(answer) == ()
    kept, _ = asked(assistant, today, question, ["上限は900万円です。"])
    assert kept.text == plain.text
