"""Settings, read once at a door from the environment; nothing is read or made at import."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import BadSetting

_PACKAGE = Path(__file__).resolve().parent


def shipped_dir(name: str) -> Path:
    """The folder of shipped data: inside the installed wheel, else beside the package in a checkout."""
    packed = _PACKAGE / f"_{name}"
    return packed if packed.is_dir() else _PACKAGE.parent / name


class Settings(BaseSettings):
    """What a user may set, all by environment variables with the prefix SHIRUBE_."""

    model_config = SettingsConfigDict(env_prefix="SHIRUBE_", env_ignore_empty=True, extra="ignore")

    knowledge_dir: Path | None = None
    """An adviser's own programmes and corrections, read on top of the shipped ones (overlay)."""
    data_dir: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("shirube", appauthor=False)))
    """Where caches, the search index and the database live."""
    database_url: str | None = None
    """SQLAlchemy URL; a SQLite file in `data_dir` if absent."""
    chroma_url: str | None = None
    """A Chroma server; an embedded store in `data_dir` if absent."""
    embedder: str | None = None
    """A hub model for sentence-transformers (extra `dense`); the shipped static model if absent."""
    llm: str | None = None
    """provider:model for LangChain; off if absent."""
    llm_base_url: str | None = None
    llm_timeout_seconds: float = Field(20.0, gt=0)
    """The time that a model has for an answer, repairs and retries included."""
    llm_price: str | None = None
    """Price of a million tokens sent and received, as `0.15/0.60`, for the cost in the log."""
    host: str = "127.0.0.1"
    api_port: int = 8000
    ui_port: int = 8501
    api_url: str | None = None
    """Where the UI finds the API, if not on `host:api_port`."""
    sources: Path | None = None
    """Folder of the original documents, for the proof test alone."""

    @property
    def shipped_knowledge(self) -> Path:
        """The knowledge folder that ships with the product."""
        return shipped_dir("knowledge")

    @property
    def cache_dir(self) -> Path:
        """Folder for caches that can be thrown away."""
        return self.data_dir / "cache"

    @property
    def database(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'shirube.db').as_posix()}"


def read_settings() -> Settings:
    """The settings of the environment.

    Raises:
        BadSetting: A variable cannot be read.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise BadSetting(f"SHIRUBE_{str(first['loc'][0]).upper()}", str(first["input"])[:80]) from error
