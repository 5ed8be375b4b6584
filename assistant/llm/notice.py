"""What leaves the machine when a language model is set, said once to the user."""

from __future__ import annotations

import hashlib
import threading
from urllib.parse import urlsplit

from assistant.config import Settings

_HOSTS = {"openai": "OpenAI", "anthropic": "Anthropic", "google_genai": "Google"}
_told: set[str] = set()
_lock = threading.Lock()


def notice_text(settings: Settings) -> str | None:
    """Who gets what, in Japanese; None if no model is set and nothing leaves the machine."""
    if not settings.llm:
        return None
    return (
        f"言語モデル（{settings.llm}）を使う設定です。質問の文と、しるべが作った答えや下書きの文章を{_receiver(settings)}に送ります。"
        "数値は記号に置きかえ、見つけた会社名・人名・連絡先は伏せます（すべては見つけられないので、秘密は書かないでください）。"
        "計算・表・出典・保存した会話・取り込んだ書類は送りません。やめるには SHIRUBE_LLM を消します。"
    )


def take_notice(settings: Settings) -> str | None:
    """The notice, the first time for this model and address with this data folder; None after that."""
    text = notice_text(settings)
    if text is None:
        return None
    key = hashlib.sha256(f"{settings.data_dir} {settings.llm} {settings.llm_base_url}".encode()).hexdigest()[:16]
    mark = settings.data_dir / "notices" / f"llm-{key}"
    with _lock:
        if key in _told or mark.is_file():
            return None
        _told.add(key)
        try:
            mark.parent.mkdir(parents=True, exist_ok=True)
            mark.write_text(text, encoding="utf-8")
        except OSError:
            return text  # once for this process, then
    return text


def _receiver(settings: Settings) -> str:
    host = urlsplit(settings.llm_base_url or "").hostname
    provider = settings.llm.partition(":")[0] if settings.llm else ""
    if host in ("127.0.0.1", "localhost", "::1"):
        return "このパソコンの中で動くモデル"
    if host is None and provider == "ollama":
        return " Ollama（OLLAMA_HOST を変えていなければこのパソコンの中）"
    return f" {host or _HOSTS.get(provider, provider)} "
