from __future__ import annotations

import gc
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.errors import IndexUnavailable
from assistant.rules.load import Catalogue
from assistant.search import index as module
from assistant.search.index import SearchIndex, build_index, index_status, open_index


def anything(_: object) -> bool:
    return True


def found(index: SearchIndex, text: str) -> list[tuple[str, float]]:
    return [(h.passage.id, round(h.score, 5)) for h in index.search(text, anything)]


def folders(settings: Settings) -> set[str]:
    return {f.name for f in (settings.data_dir / "index").iterdir()}


def test_first_use_builds_both_sides_and_says_so(small: Catalogue, at_home: Settings) -> None:
    assert index_status(small, at_home)["built"] is False
    index = open_index(small, at_home)
    status = index_status(small, at_home)
    assert status["built"] is True
    assert status["passages"] == len(index.passages)
    assert (Path(str(status["vectors"])) / "chroma.sqlite3").is_file()
    assert not any(n.startswith(module.ASIDE) for n in folders(at_home))


def test_reopened_it_is_not_built_again_and_answers_alike(
    small: Catalogue, at_home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = ("相見積もりが要る金額", "業者への発注と報告と広告の媒体", "給与アップの特例")
    before = [found(open_index(small, at_home), q) for q in questions]
    monkeypatch.setattr(module, "_build", lambda *_: pytest.fail("built again"))
    assert [found(open_index(small, at_home), q) for q in questions] == before


def test_the_best_passage_comes_first_and_only_the_allowed_ones_come(small: Catalogue, at_home: Settings) -> None:
    index = open_index(small, at_home)
    hits = index.search("相見積もりが要る金額", anything)
    assert hits[0].passage.item_id == "quotes"
    assert hits[0].coverage == 1.0
    only = index.search("相見積もりが要る金額", lambda p: p.programme == "mihon")
    assert {h.passage.programme for h in only} <= {"mihon"}
    assert len(index.search("補助事業の期間", anything, limit=2)) == 2


def test_a_boost_moves_a_passage_and_stands_in_its_score(small: Catalogue, at_home: Settings) -> None:
    index = open_index(small, at_home)
    plain = {h.passage.id: h.score for h in index.search("補助事業の期間", anything)}
    raised = {
        h.passage.id: h.score for h in index.search("補助事業の期間", anything, lambda p: 3.0 if p.kind == "period" else 1.0)
    }
    assert raised["reiji/2026-r2#period"] == pytest.approx(3 * plain["reiji/2026-r2#period"])


def test_what_reads_alike_in_one_place_comes_once(small: Catalogue, at_home: Settings) -> None:
    hits = open_index(small, at_home).search("補助事業の期間", anything, limit=100)
    texts = [(h.passage.edition_id or h.passage.programme, h.passage.text) for h in hits]
    assert len(set(texts)) == len(texts)


def test_what_only_the_vectors_know_has_a_small_score(small: Catalogue, at_home: Settings) -> None:
    index = open_index(small, at_home)
    hits = index.search("昇給", anything)
    assert not index.lexical.scores(index.terms("昇給")).any()
    assert all(0 < h.score <= 0.01 for h in hits)


def test_words_that_nobody_knows_find_nothing(small: Catalogue, at_home: Settings) -> None:
    assert open_index(small, at_home).search("ぬりかべ", anything) == []
    assert open_index(small, at_home).search("", anything) == []


@pytest.mark.parametrize("what", ["knowledge", "dictionary", "embedder"])
def test_a_change_makes_another_index(
    small: Catalogue, at_home: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    open_index(small, at_home)
    before = folders(at_home)
    if what == "knowledge":
        small = replace(small, version="another")
    elif what == "dictionary":
        monkeypatch.setattr(module, "dictionary_version", lambda: "0.7.0/20990101")
    else:
        other = tmp_path / "embedder"
        other.mkdir()
        for file in (at_home.shipped_knowledge / "embedder").iterdir():
            (other / file.name).write_bytes(file.read_bytes())
        with (other / "tokenizer.json").open("a", encoding="utf-8") as tokenizer:
            tokenizer.write("\n")
        at_home = Settings(data_dir=at_home.data_dir, embedder=str(other))
    assert index_status(small, at_home)["built"] is False
    open_index(small, at_home)
    assert len(folders(at_home) - before) == 1
    assert before < folders(at_home)


def test_of_old_indexes_only_the_newest_few_stay_and_nothing_made_lately_goes(small: Catalogue, at_home: Settings) -> None:
    made = [open_index(replace(small, version=f"v{i}"), at_home).folder for i in range(module.KEPT + 2)]
    assert all(f.exists() for f in made)
    for i, folder in enumerate(made):
        os.utime(folder, (i, i))
    open_index(small, at_home)
    assert [f.exists() for f in made] == [False, False, *[True] * module.KEPT]


@pytest.mark.parametrize("broken", ["lexical.json", "lexical-data.npy", "index.json", "ranking/vectors.json"])
def test_a_broken_index_is_built_anew(small: Catalogue, at_home: Settings, broken: str) -> None:
    index = open_index(small, at_home)
    before = found(index, "相見積もりが要る金額")
    (index.folder / broken).write_bytes(b"")
    assert found(open_index(small, at_home), "相見積もりが要る金額") == before


def test_lost_vectors_cost_the_second_opinion_alone(
    small: Catalogue, at_home: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    index = open_index(replace(small, version="lost"), at_home)
    (index.folder / "chroma" / "chroma.sqlite3").unlink()
    assert found(index, "業者への発注と報告と広告の媒体")
    assert "shirube index build" in caplog.text


def test_what_an_interrupted_build_left_is_swept_up(small: Catalogue, at_home: Settings) -> None:
    fresh, stale = (at_home.data_dir / "index" / f"{module.ASIDE}{n}" for n in ("fresh", "stale"))
    fresh.mkdir(parents=True)
    stale.mkdir()
    os.utime(stale, (0, 0))
    open_index(small, at_home)
    assert fresh.exists()
    assert not stale.exists()


def test_a_forced_build_makes_a_newer_one_that_is_read_from_then_on(small: Catalogue, at_home: Settings) -> None:
    old = open_index(small, at_home)
    os.utime(old.folder, (0, 0))
    assert build_index(small, at_home) == len(old.passages)
    assert open_index(small, at_home).folder != old.folder


def test_an_open_index_goes_on_when_another_process_builds_it_anew(small: Catalogue, at_home: Settings) -> None:
    index = open_index(small, at_home)
    assert index.dense is not None
    before = index.dense.nearest("補助事業の期間", None, 3)
    build_index(small, at_home)
    assert index.dense.nearest("補助事業の期間", None, 3) == before


def test_a_folder_that_cannot_be_written_is_named_in_japanese(small: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(IndexUnavailable, match="書けません.*SHIRUBE_DATA_DIR"):
        open_index(small, Settings(data_dir=tmp_path / "file"))


def test_a_pack_without_embedder_searches_by_words(small: Catalogue, at_home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_embedder", lambda *_: None)
    index = open_index(small, at_home)
    assert index.dense is None
    assert index.search("相見積もりが要る金額", anything)[0].passage.item_id == "quotes"
    assert index_status(small, at_home)["vectors"] is None


OPEN = """
import sys
from pathlib import Path
from assistant.config import Settings
from assistant.rules.load import load_catalogue
from assistant.search.index import build_index, open_index
catalogue, settings = load_catalogue(Path(sys.argv[1])), Settings(data_dir=Path(sys.argv[2]))
if sys.argv[3] == "anew":
    build_index(catalogue, settings)
index = open_index(catalogue, settings)
hits = index.search('業者への発注と報告と広告の媒体', lambda p: True)
print([(h.passage.id, round(h.score, 4)) for h in hits], index.dense.nearest('期間', None, 3))
"""


def test_processes_that_start_at_once_do_not_break_each_other(tmp_path: Path) -> None:
    knowledge, root = Path(__file__).parents[1] / "data" / "knowledge", Path(__file__).parents[2]
    started = [
        subprocess.Popen([sys.executable, "-c", OPEN, knowledge, tmp_path, how], cwd=root, stdout=subprocess.PIPE, text=True)
        for how in ("open", "open", "anew", "open")
    ]
    answers = [p.communicate(timeout=120)[0] for p in started]
    assert [p.returncode for p in started] == [0, 0, 0, 0]
    assert len(set(answers)) == 1
    assert not [f for f in (tmp_path / "index").iterdir() if f.name.startswith(module.ASIDE)]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of a Chroma server on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    chroma = Path(sys.executable).with_name("chroma")
    command = [chroma, "run", "--path", tmp_path / "server", "--host", "127.0.0.1", "--port", str(port)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(150):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(timeout=20)


def connections(address: str) -> int:
    """How many sockets of this process still lead there."""
    port = int(address.rpartition(":")[2])
    sockets = [o for o in gc.get_objects() if type(o) is socket.socket and o.fileno() != -1 and o.family == socket.AF_INET]
    return sum(s.getsockname()[1] != port and s.getpeername()[1] == port for s in sockets if s.type == socket.SOCK_STREAM)


@pytest.mark.server
def test_a_chroma_server_holds_the_vectors_as_well_as_a_folder(small: Catalogue, at_home: Settings, server: str) -> None:
    afar = Settings(data_dir=at_home.data_dir / "afar", chroma_url=server)
    near, far = open_index(small, at_home), open_index(small, afar)
    text = "業者への発注と報告と広告の媒体"
    assert index_status(small, afar)["vectors"] == server
    assert not (far.folder / "chroma").exists()
    assert near.dense is not None
    assert far.dense is not None
    assert far.dense.nearest(text, {"mihon"}, 3)[0][0] == near.dense.nearest(text, {"mihon"}, 3)[0][0]
    again = open_index(small, afar)
    assert found(again, text) == found(near, text)
    assert again.dense is not None
    far.dense.close()
    assert found(again, text) == found(near, text), "closing one leaves the other open"
    again.dense.close()
    near.dense.close()
    assert connections(server) == 0


def test_an_index_whose_server_is_gone_cannot_be_built(small: Catalogue, at_home: Settings) -> None:
    with pytest.raises(IndexUnavailable, match="http://127.0.0.1:9（SHIRUBE_CHROMA_URL）"):
        open_index(small, Settings(data_dir=at_home.data_dir, chroma_url="http://127.0.0.1:9"))


def test_passages_come_by_their_ids_in_the_order_of_the_knowledge(small: Catalogue, at_home: Settings) -> None:
    index = open_index(small, at_home)
    second, first = index.passages[5].id, index.passages[2].id
    assert [h.passage.id for h in index.with_ids((second, "nothing#here", first))] == [first, second]
    assert index.with_ids(()) == ()
