from __future__ import annotations

import pytest

from assistant.errors import MalformedOutput, ModelError, ModelTimeout, ModelUnavailable
from assistant.llm.breaker import Breaker
from assistant.llm.fake import FakeModel


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def fail_times(breaker: Breaker, model: FakeModel, times: int) -> None:
    for _ in range(times):
        with pytest.raises(ModelError):
            breaker.run(lambda: model.complete(()))


def test_three_failures_in_a_row_rest_the_model_for_a_minute() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    model = FakeModel([ModelTimeout("x"), ModelUnavailable("x"), MalformedOutput("x"), "はい"])
    fail_times(breaker, model, 3)
    clock.now += 59.9
    with pytest.raises(ModelUnavailable, match="しばらく"):
        breaker.run(lambda: model.complete(()))
    assert len(model.seen) == 3
    clock.now += 0.2
    assert breaker.run(lambda: model.complete(())) == "はい"


def test_a_success_starts_the_count_anew() -> None:
    breaker = Breaker(Clock())
    model = FakeModel([ModelTimeout("x"), ModelTimeout("x"), "a", ModelTimeout("x"), ModelTimeout("x"), "b"])
    fail_times(breaker, model, 2)
    assert breaker.run(lambda: model.complete(())) == "a"
    fail_times(breaker, model, 2)
    assert breaker.run(lambda: model.complete(())) == "b"


def test_a_failed_trial_rests_the_model_again_and_only_one_trial_is_let_through() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    model = FakeModel([ModelTimeout("x")] * 4)
    fail_times(breaker, model, 3)
    clock.now += 61

    def trial() -> str:
        with pytest.raises(ModelUnavailable):
            breaker.run(lambda: "zweiter")
        return model.complete(())

    with pytest.raises(ModelTimeout):
        breaker.run(trial)
    clock.now += 30
    with pytest.raises(ModelUnavailable):
        breaker.run(lambda: "noch nicht")
