from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.rules.load import Catalogue
from assistant.search.index import make_lexicon
from assistant.search.passages import all_passages
from assistant.search.train import examples_of, rows_of, word_vectors

pytest.importorskip("scipy")
SENTENCES = [
    ["看板", "広告", "店"],
    ["看板", "広告", "店"],
    ["返還", "期限", "報告"],
    ["返還", "期限", "報告"],
    ["店", "広告", "チラシ"],
]


def test_the_same_rows_give_the_same_vectors_as_long_as_the_idf() -> None:
    words, vectors = word_vectors(SENTENCES, 4)
    again = word_vectors(SENTENCES, 4)
    assert words == sorted(words) == again[0]
    np.testing.assert_array_equal(vectors, again[1])
    assert vectors.dtype == np.float32
    assert vectors.shape == (7, 4)
    length = dict(zip(words, np.linalg.norm(vectors, axis=1), strict=True))
    assert length["チラシ"] > length["広告"] > 0


def test_words_of_like_company_are_near() -> None:
    words, vectors = word_vectors(SENTENCES, 4)
    unit = dict(zip(words, vectors / np.linalg.norm(vectors, axis=1, keepdims=True), strict=True))
    assert unit["看板"] @ unit["チラシ"] > unit["看板"] @ unit["返還"]


def test_rows_hold_names_and_text_and_no_stop_words(small: Catalogue) -> None:
    lexicon = make_lexicon(small)
    passages = all_passages(small)
    rows = rows_of(passages, lexicon)
    assert len(rows) == len(passages)
    assert any("見積もり" in "".join(r) for r in rows)
    assert not {t for r in rows for t in r} & lexicon.stop


def test_examples_pair_a_question_with_its_passage_and_leave_out_what_says_nothing(small: Catalogue) -> None:
    passages = all_passages(small)
    texts = rows_of(passages, make_lexicon(small))
    words = sorted({t for r in texts for t in r})
    row = next(i for i, t in enumerate(texts) if t)
    label = passages[row].id
    found = examples_of(passages, texts, {label: [texts[row][:1], []], "nowhere#x": [texts[row][:1]]}, words)
    assert [(passages[p].id, [words[w] for w in q]) for p, q in found.questions] == [(label, texts[row][:1])]
    assert len(found.passages) == len(found.groups) == len(passages)


READ = """
import sys
import numpy as np
from model2vec import StaticModel
from sentence_transformers import SentenceTransformer
texts = ['審査 採点', '加点 賃上げ ぬりかべ']
served = StaticModel.from_pretrained(sys.argv[1], normalize=True, force_download=False).encode(texts)
hub = SentenceTransformer(sys.argv[1], device='cpu', local_files_only=True).encode(texts, normalize_embeddings=True)
assert served.shape == (2, 128) and np.abs(served - hub).max() < 1e-6
"""


def test_the_command_writes_a_folder_that_both_libraries_read_alike(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers")
    out, root = tmp_path / "embedder", Path(__file__).parents[2]
    subprocess.run([sys.executable, "-m", "assistant.search.train", out], check=True, cwd=root)
    assert json.loads((out / "embedder.json").read_text())["dimensions"] == 128
    assert sum(f.stat().st_size for f in out.rglob("*")) <= 6_000_000
    subprocess.run([sys.executable, "-c", READ, out], check=True, cwd=root, env={"HF_HUB_OFFLINE": "1", "PATH": "/usr/bin:/bin"})


def test_a_folder_with_other_files_is_not_emptied(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers")
    (tmp_path / "thesis.txt").write_text("mine")
    run = [sys.executable, "-m", "assistant.search.train", str(tmp_path)]
    done = subprocess.run(run, cwd=Path(__file__).parents[2], capture_output=True, text=True)
    assert done.returncode == 1
    assert "別のファイル" in done.stderr
    assert (tmp_path / "thesis.txt").read_text() == "mine"
