"""Loading the knowledge: cache, overlay, references."""

from __future__ import annotations

import json
import shutil
from dataclasses import fields
from pathlib import Path

import pytest
from test_rule_cases import KNOWLEDGE

from assistant.errors import BadFile, UnknownProgramme
from assistant.rules.load import Catalogue, load_catalogue, source_docs

TINY = Path(__file__).parents[1] / "data" / "knowledge"


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "knowledge"))


def cap(catalogue: Catalogue) -> int:
    table = catalogue.editions["reiji/2026-r2"].frame("kihon").cap
    assert table is not None
    return table.cases[0].yen


def same(one: Catalogue, other: Catalogue) -> bool:
    """Whether two catalogues hold the same (catalogues themselves are compared by identity)."""
    return all(getattr(one, f.name) == getattr(other, f.name) for f in fields(Catalogue))


def cache_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("knowledge-*.json"))


def test_the_cache_is_used_while_the_files_are_the_same(tiny: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = load_catalogue(tiny, None, cache)
    (kept,) = cache_files(cache)
    raw = json.loads(kept.read_bytes())
    raw["programmes/reiji/editions/2026-r2.yaml"]["frames"][0]["cap"]["cases"][0]["yen"] = 1
    kept.write_text(json.dumps(raw), encoding="utf-8")
    second = load_catalogue(tiny, None, cache)
    assert cap(first) == 800_000 and cap(second) == 1, "the second load reads the cache, not the files"
    assert first.version == second.version and same(load_catalogue(tiny), first)


def test_a_changed_file_makes_a_new_version_and_replaces_the_cache(tiny: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = load_catalogue(tiny, None, cache)
    path = tiny / "programmes/reiji/editions/2026-r2.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("yen: 800000", "yen: 810000"), encoding="utf-8")
    second = load_catalogue(tiny, None, cache)
    assert cap(second) == 810_000 and second.version != first.version
    assert [p.name for p in cache_files(cache)] == [f"knowledge-{second.version}.json"]


@pytest.mark.parametrize("content", [b"", b"{not json", b"\xff\xfe"])
def test_a_broken_cache_is_rebuilt(tiny: Path, tmp_path: Path, content: bytes) -> None:
    cache = tmp_path / "cache"
    load_catalogue(tiny, None, cache)
    (kept,) = cache_files(cache)
    kept.write_bytes(content)
    assert cap(load_catalogue(tiny, None, cache)) == 800_000
    assert json.loads(kept.read_bytes())


def test_a_cache_that_cannot_be_written_only_costs_time(tiny: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    assert cap(load_catalogue(tiny, None, blocked / "cache")) == 800_000
    assert blocked.read_text(encoding="utf-8") == "not a folder"


def test_an_overlay_replaces_and_adds(tiny: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "programmes/reiji/editions").mkdir(parents=True)
    shipped = (tiny / "programmes/reiji/editions/2026-r2.yaml").read_text(encoding="utf-8")
    (own / "programmes/reiji/editions/2026-r2.yaml").write_text(shipped.replace("yen: 800000", "yen: 820000"), encoding="utf-8")
    (own / "programmes/watashi/editions").mkdir(parents=True)
    mine = (tiny / "programmes/mihon/programme.yaml").read_text(encoding="utf-8").replace("id: mihon", "id: watashi")
    (own / "programmes/watashi/programme.yaml").write_text(mine, encoding="utf-8")
    both = load_catalogue(tiny, own)
    assert cap(both) == 820_000 and set(both.programmes) == {"mihon", "reiji", "watashi"}
    assert cap(load_catalogue(tiny)) == 800_000 and both.version != load_catalogue(tiny).version


def test_an_overlay_that_is_not_there_is_named(tiny: Path, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="SHIRUBE_KNOWLEDGE_DIR"):
        load_catalogue(tiny, tmp_path / "nowhere")


def test_catalogue_answers_for_programmes_and_dates(tiny: Path) -> None:
    catalogue = load_catalogue(tiny)
    assert catalogue.programme("reiji").short == "例示補助金" and catalogue.as_of == "2026-06-30"
    assert [e.id for e in catalogue.editions_of("reiji")] == ["reiji/2025-r1", "reiji/2026-r2"]
    with pytest.raises(UnknownProgramme, match="reiji"):
        catalogue.programme("rei")
    with pytest.raises(KeyError):
        catalogue.editions["reiji/2026-r2"].frame("nothing")


def test_every_source_is_walked(tiny: Path) -> None:
    edition = load_catalogue(tiny).editions["reiji/2026-r2"]
    assert set(source_docs(edition)) == {"reiji-guide"} and len(list(source_docs(edition))) >= 10


def test_the_shipped_knowledge_loads_fast_from_its_cache(tmp_path: Path) -> None:
    first = load_catalogue(KNOWLEDGE, None, tmp_path)
    assert same(load_catalogue(KNOWLEDGE, None, tmp_path), first)
