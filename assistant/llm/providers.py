"""Open the chat model that the settings name, of any provider; LangChain is imported only then."""

from __future__ import annotations

import importlib
import importlib.util
import logging
import os
from typing import Any

from assistant.config import Settings
from assistant.errors import BadSetting, ModelUnavailable
from assistant.llm.client import SHAPE_ERRORS, LangChainModel
from assistant.llm.usage import Meter, read_price

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


def open_model(settings: Settings) -> LangChainModel | None:
    """The chat model that SHIRUBE_LLM names (`provider:model`), or None if it is not set.

    Args:
        settings: `llm`, `llm_base_url` (any server that speaks the provider's protocol), `llm_timeout_seconds`, `llm_price`.

    Raises:
        BadSetting: SHIRUBE_LLM does not read as a known provider and a model, or SHIRUBE_LLM_PRICE as a price.
        ModelUnavailable: The extra is not installed, or the provider refuses the settings (a missing key).
    """
    check_model(settings)
    if not settings.llm:
        return None
    provider, _, name = settings.llm.partition(":")
    for logger in _TALKATIVE:  # their debug logs hold what is sent
        logging.getLogger(logger).setLevel(logging.WARNING)
    meter = Meter(settings.llm, settings.data_dir / "logs" / "llm.jsonl", read_price(settings.llm_price))
    client = _init(provider, name.strip(), settings)
    return LangChainModel(settings.llm, client, _error_types(provider), settings.llm_timeout_seconds, meter)


def check_model(settings: Settings) -> None:
    """Whether the settings name a model whose parts are installed; quick, nothing is opened.

    Raises:
        BadSetting: SHIRUBE_LLM does not read as a known provider and a model, or SHIRUBE_LLM_PRICE as a price.
        ModelUnavailable: The extra is not installed.
    """
    if not settings.llm:
        return
    provider, _, name = settings.llm.partition(":")
    if provider not in _EXTRAS or not name.strip():
        raise BadSetting("SHIRUBE_LLM", settings.llm[:80])
    read_price(settings.llm_price)
    if importlib.util.find_spec(_PACKAGES[provider]) is None:
        raise ModelUnavailable(
            f'言語モデル {provider} の部品がありません。pip install "shirube[{_EXTRAS[provider]}]" で入れるか、'
            "SHIRUBE_LLM を消してください（言語モデルなしで動きます）。"
        )


def _init(provider: str, name: str, settings: Settings) -> Any:
    from langchain.chat_models import init_chat_model

    options = _options(provider, settings.llm_timeout_seconds)
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


def _options(provider: str, timeout_seconds: float) -> dict[str, Any]:
    """Retries are ours alone, so that they end with the deadline; Google's client counts tries."""
    if provider == "ollama":
        return {"client_kwargs": {"timeout": timeout_seconds}}
    options: dict[str, Any] = {"timeout": timeout_seconds, "max_retries": 1 if provider == "google_genai" else 0}
    if provider == "openai":
        options["stream_usage"] = True  # off by default at another address than OpenAI's
    return options


def _error_types(provider: str) -> tuple[type[Exception], ...]:
    """The base errors of a provider's client, as far as it is installed, and what an odd response makes it raise."""
    found: list[type[Exception]] = [OSError, RuntimeError, *SHAPE_ERRORS]
    for path in (*_ALWAYS, *_ERRORS[provider]):
        module, _, name = path.partition(":")
        try:
            kind = getattr(importlib.import_module(module), name, None)
        except ImportError:
            continue
        if isinstance(kind, type) and issubclass(kind, Exception):
            found.append(kind)
    return tuple(found)
