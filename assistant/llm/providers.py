"""Chat models of all providers, through LangChain, which is imported only when a model is opened."""

from __future__ import annotations

import importlib
import importlib.util
import logging
import os
import re
import threading
from collections.abc import Callable
from typing import Any

from assistant.config import Settings
from assistant.errors import BadSetting, MalformedOutput, ModelError, ModelTimeout, ModelUnavailable
from assistant.llm.model import ChatModel, Message

MAX_RETRIES = 1
_EXTRAS = {"openai": "openai", "anthropic": "anthropic", "google_genai": "google", "ollama": "ollama"}
_PACKAGES = {p: f"langchain_{p}" for p in _EXTRAS}
_ERRORS = {
    "openai": ("openai:OpenAIError",),
    "anthropic": ("anthropic:AnthropicError",),
    "google_genai": (
        "langchain_google_genai.chat_models:ChatGoogleGenerativeAIError",
        "langchain_google_genai._common:GoogleGenerativeAIError",
        "google.genai.errors:APIError",
        "google.api_core.exceptions:GoogleAPIError",
    ),
    "ollama": ("ollama:ResponseError", "ollama:RequestError"),
}
_ALWAYS = ("httpx:HTTPError", "httpx:InvalidURL", "langchain_core.exceptions:LangChainException")
_TALKATIVE = ("openai", "anthropic", "httpx", "httpcore", "google_genai", "langchain")
_SHAPE = (ValueError, TypeError, KeyError, IndexError, AttributeError)
_THOUGHTS = re.compile(r"<think>.*?</think>", re.DOTALL)


def open_model(settings: Settings) -> ChatModel | None:
    """The chat model that SHIRUBE_LLM names (`provider:model`), or None if it is not set.

    Args:
        settings: `llm`, `llm_base_url` (any server that speaks the provider's protocol), `llm_timeout_seconds`.

    Raises:
        BadSetting: SHIRUBE_LLM does not read as a known provider and a model.
        ModelUnavailable: The extra is not installed, or the provider refuses the settings (a missing key).
    """
    if not settings.llm:
        return None
    provider, _, name = settings.llm.partition(":")
    if provider not in _EXTRAS or not name.strip():
        raise BadSetting("SHIRUBE_LLM", settings.llm[:80])
    if importlib.util.find_spec(_PACKAGES[provider]) is None:
        raise ModelUnavailable(
            f'言語モデル {provider} の部品がありません。pip install "shirube[{_EXTRAS[provider]}]" で入れてください。'
        )
    for logger in _TALKATIVE:  # their debug logs hold what is sent
        logging.getLogger(logger).setLevel(logging.WARNING)
    return _LangChainModel(settings.llm, _init(provider, name.strip(), settings), settings.llm_timeout_seconds)


def _init(provider: str, name: str, settings: Settings) -> Any:
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {"timeout": settings.llm_timeout_seconds, "max_retries": MAX_RETRIES}
    if provider == "ollama":
        options = {"client_kwargs": {"timeout": settings.llm_timeout_seconds}}
    if settings.llm_base_url:
        options["base_url"] = settings.llm_base_url
        if provider == "openai" and not os.environ.get("OPENAI_API_KEY"):
            options["api_key"] = "none"  # local servers ask for no key, the client does
    expected: tuple[type[Exception], ...] = (*_error_types(provider), ImportError)
    try:
        return init_chat_model(name, model_provider=provider, **options)
    except expected as error:
        kind = type(error).__name__
    raise ModelUnavailable(f"言語モデル {provider}:{name} を開けません（{kind}）。API キーと SHIRUBE_LLM を確認してください。")


def _error_types(provider: str) -> tuple[type[Exception], ...]:
    """The base errors of a provider's client, as far as it is installed, and what an odd response makes it raise."""
    found: list[type[Exception]] = [OSError, RuntimeError, *_SHAPE]
    for path in (*_ALWAYS, *_ERRORS[provider]):
        module, _, name = path.partition(":")
        try:
            kind = getattr(importlib.import_module(module), name, None)
        except ImportError:
            continue
        if isinstance(kind, type) and issubclass(kind, Exception):
            found.append(kind)
    return tuple(found)


class _LangChainModel:
    """A LangChain chat model with a deadline for the whole call, retries and waits included."""

    def __init__(self, label: str, client: Any, timeout_seconds: float) -> None:
        self._label, self._client, self._timeout_seconds = label, client, timeout_seconds
        self._errors = _error_types(label.partition(":")[0])

    def complete(self, messages: tuple[Message, ...]) -> str:
        """The reply; see `ChatModel.complete`."""
        outcome: list[str | ModelError] = []
        thread = threading.Thread(target=self._work, args=(messages, outcome.append), name="shirube-llm", daemon=True)
        thread.start()
        thread.join(self._timeout_seconds)
        if not outcome:
            raise ModelTimeout(f"言語モデル {self._label} が {self._timeout_seconds:g} 秒以内に応答しません。")
        if isinstance(outcome[0], ModelError):
            raise outcome[0]
        return outcome[0]

    def _work(self, messages: tuple[Message, ...], report: Callable[[str | ModelError], None]) -> None:
        try:
            report(self._invoke(messages))
        except ModelError as error:
            report(error)

    def _invoke(self, messages: tuple[Message, ...]) -> str:
        from langsmith import tracing_context

        turns = [(m.role, m.text) for m in messages]
        try:
            with tracing_context(enabled=False):  # nothing goes to a third party, whatever the environment says
                reply = self._client.invoke(turns)
                text = str(reply.text)
                cut_off = reply.response_metadata.get("finish_reason") == "length"
        except self._errors as error:
            failure = self._failure(error)
        else:
            text = _THOUGHTS.sub("", text).strip()
            if text and not cut_off:
                return text
            failure = MalformedOutput(f"言語モデル {self._label} の返答が空か、途中で切れています。")
        raise failure

    def _failure(self, error: Exception) -> ModelError:
        """Our error for a client's; the client's own text may hold what was sent and is left out."""
        kind = type(error).__name__
        if isinstance(error, TimeoutError) or "Timeout" in kind or "DeadlineExceeded" in kind:
            return ModelTimeout(f"言語モデル {self._label} の応答が時間切れです（{kind}）。")
        status = getattr(error, "status_code", None)
        unreadable = isinstance(error, _SHAPE) or "ResponseValidation" in kind or "OutputParser" in kind
        if unreadable and status is None:
            return MalformedOutput(f"言語モデル {self._label} の返答を読めません（{kind}）。")
        code = f"、HTTP {status}" if isinstance(status, int) else ""
        return ModelUnavailable(f"言語モデル {self._label} を利用できません（{kind}{code}）。")
