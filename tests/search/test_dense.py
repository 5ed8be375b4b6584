from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from assistant.config import Settings
from assistant.errors import IndexUnavailable
from assistant.rules.load import Catalogue
from assistant.search import dense as module
from assistant.search.dense import DenseIndex, HubEmbedder, Place, StaticEmbedder, choose_embedder, joined, whereabouts
from assistant.search.index import make_lexicon
from assistant.search.passages import all_passages

SHIPPED = Settings().shipped_knowledge / "embedder"


@pytest.fixture(scope="module")
def embedder(small: Catalogue) -> StaticEmbedder:
    return StaticEmbedder(SHIPPED, lambda: make_lexicon(small))


@pytest.fixture
def built(embedder: StaticEmbedder, small: Catalogue, tmp_path: Path) -> Iterator[DenseIndex]:
    index = DenseIndex(embedder, Place(tmp_path / "chroma"), "v1")
    index.build(all_passages(small))
    yield index
    index.close()


def test_vectors_have_unit_length_and_are_the_same_each_time(embedder: StaticEmbedder, small: Catalogue) -> None:
    vectors = embedder.passages(all_passages(small))
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    other = StaticEmbedder(SHIPPED, lambda: make_lexicon(small))
    assert other.key == embedder.key
    np.testing.assert_array_equal(other.passages(all_passages(small)), vectors)


def test_a_text_without_known_words_has_no_direction_and_no_neighbours(built: DenseIndex) -> None:
    assert not built.embedder.query("ぬりかべ").any()
    assert not built.embedder.query("").any()
    assert built.nearest("ぬりかべ", None, 5) == []


def test_a_word_with_a_space_is_one_word_for_the_tokenizer() -> None:
    assert joined(["google workspace", "審査"]) == "google_workspace 審査"


def test_the_nearest_of_a_passages_own_topic_is_the_passage(built: DenseIndex, small: Catalogue) -> None:
    passages = all_passages(small)
    found = built.nearest("相見積もりが要る金額", None, 3)
    assert passages[found[0][0]].item_id in ("quotes", "quotes-howto-0")
    assert 1.01 > found[0][1] >= found[1][1] >= found[2][1]


def test_only_the_places_named_answer(built: DenseIndex, small: Catalogue) -> None:
    passages = all_passages(small)
    found = built.nearest("相見積もりが要る金額", {"mihon"}, 5)
    assert {whereabouts(passages[r]) for r, _ in found} == {"mihon"}
    assert built.nearest("相見積もりが要る金額", set(), 5) == []


def test_reopened_it_answers_alike(built: DenseIndex, embedder: StaticEmbedder, tmp_path: Path) -> None:
    before = built.nearest("補助事業の期間", None, 5)
    built.close()
    again = DenseIndex(embedder, Place(tmp_path / "chroma"), "v1")
    assert again.nearest("補助事業の期間", None, 5) == before
    again.close()


def test_what_was_never_built_is_an_error_with_the_way_out(embedder: StaticEmbedder, tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="shirube index build"):
        DenseIndex(embedder, Place(tmp_path / "none"), "v2").nearest("期間", None, 5)


def test_a_server_that_does_not_answer_is_named(embedder: StaticEmbedder, tmp_path: Path) -> None:
    gone = DenseIndex(embedder, Place(tmp_path, "http://127.0.0.1:9"), "v1")
    with pytest.raises(IndexUnavailable, match="SHIRUBE_CHROMA_URL"):
        gone.nearest("期間", None, 5)


def test_a_hub_model_without_the_extra_names_the_extra(small: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    with pytest.raises(IndexUnavailable, match=r"追加部品 dense .*shirube\[dense\]"):
        choose_embedder("cl-nagoya/ruri-v3-30m", SHIPPED, lambda: make_lexicon(small))


def test_the_setting_chooses_the_embedder(small: Catalogue, tmp_path: Path) -> None:
    lexicon = partial(make_lexicon, small)

    assert isinstance(choose_embedder(None, SHIPPED, lexicon), StaticEmbedder)
    assert isinstance(choose_embedder(str(SHIPPED), tmp_path, lexicon), StaticEmbedder)
    assert isinstance(choose_embedder("some/model", SHIPPED, lexicon), HubEmbedder)
    assert choose_embedder(None, tmp_path, lexicon) is None


def test_the_shipped_model_is_small_readable_and_knows_the_words_of_the_knowledge() -> None:
    from assistant.rules.load import load_catalogue

    assert sum(f.stat().st_size for f in SHIPPED.iterdir()) <= 6_000_000
    assert all(f.stat().st_mode & 0o044 == 0o044 for f in SHIPPED.iterdir())
    catalogue = load_catalogue(Settings().shipped_knowledge)
    shipped = StaticEmbedder(SHIPPED, lambda: make_lexicon(catalogue))
    known = np.abs(shipped.passages(all_passages(catalogue))).sum(axis=1) > 0
    assert known.mean() > 0.98, "train it again: python -m assistant.search.train knowledge/embedder"


BUILD = """
import sys
from pathlib import Path
from assistant.config import Settings
from assistant.rules.load import load_catalogue
from assistant.search.index import open_index
catalogue = load_catalogue(Path(sys.argv[1]))
settings = Settings(data_dir=Path(sys.argv[2]))
open_index(catalogue, settings)
"""
ASK = """
import sys
from pathlib import Path
from assistant.config import Settings
from assistant.rules.load import load_catalogue
from assistant.search.index import open_index
index = open_index(load_catalogue(Path(sys.argv[1])), Settings(data_dir=Path(sys.argv[2])))
index.search('相見積もりが要る金額', lambda p: True)
print(sorted({'chromadb', 'model2vec', 'bm25s', 'scipy', 'torch'} & set(sys.modules)))
index.search('業者への発注と報告と広告の媒体', lambda p: p.programme == 'mihon')
print(sorted({'chromadb', 'model2vec', 'torch', 'sentence_transformers'} & set(sys.modules)))
"""


def test_words_that_decide_import_nothing_heavy_and_vectors_never_import_torch(tmp_path: Path) -> None:
    knowledge = Path(__file__).parents[1] / "data" / "knowledge"
    run = [sys.executable, "-c"]
    root = Path(__file__).parents[2]
    subprocess.run([*run, BUILD, knowledge, tmp_path], check=True, cwd=root)
    out = subprocess.run([*run, ASK, knowledge, tmp_path], check=True, cwd=root, capture_output=True, text=True).stdout
    assert out.splitlines() == ["[]", "['chromadb', 'model2vec']"]
