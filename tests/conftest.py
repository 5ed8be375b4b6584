"""What all tests share: no network, a data folder of their own, a fixed day, the shipped knowledge opened once."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import pytest_socket

from assistant.config import Settings
from assistant.flow import Assistant, open_assistant

UNSET = ("LLM", "LLM_BASE_URL", "DATABASE_URL", "KNOWLEDGE_DIR", "CHROMA_URL", "EMBEDDER", "API_URL", "TODAY", "HOST")

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "ui"))  # the page imports its parts as plain modules


def pytest_runtest_setup() -> None:
    """Sockets reach this machine and nothing else."""
    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of this run, so that the knowledge is parsed once."""
    return tmp_path_factory.mktemp("shirube")


@pytest.fixture(autouse=True)
def own_settings(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings of the developer's machine do not reach a test."""
    for name in UNSET:
        monkeypatch.delenv(f"SHIRUBE_{name}", raising=False)
    monkeypatch.setenv("SHIRUBE_DATA_DIR", str(data_dir))
    yield


@pytest.fixture(scope="session")
def today() -> date:
    """The day of all tests that name none."""
    return date(2026, 11, 24)


@pytest.fixture(scope="session")
def assistant(data_dir: Path) -> Assistant:
    """The assistant on the shipped knowledge."""
    return open_assistant(Settings(data_dir=data_dir))


@pytest.fixture
def own(assistant: Assistant, tmp_path: Path) -> Assistant:
    """An assistant with a data folder of its own and the index that is already built."""
    mine = dataclasses.replace(assistant, settings=Settings(data_dir=tmp_path))
    mine.__dict__["index"] = assistant.index
    return mine
