from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.search.vectors import Vectors

TABLE = np.asarray([[2, 0], [0, 1], [1, 1]], dtype=np.float32)
PASSAGES = np.asarray([[1, 0], [0, 1], [0, 0]], dtype=np.float32)


@pytest.fixture
def vectors() -> Vectors:
    return Vectors.build(["車", "店", "船"], TABLE, PASSAGES, [(0, ["車"]), (1, ["店"]), (1, ["車"])])


def test_a_text_is_the_mean_of_its_words(vectors: Vectors) -> None:
    np.testing.assert_allclose(vectors.vector(["店"]), [0, 1])
    assert np.linalg.norm(vectors.vector(["車", "店", "空"])) == pytest.approx(1)
    assert not vectors.vector(["空"]).any()
    assert not vectors.vector([]).any()


def test_near_tells_passages_their_questions_together_and_the_nearest(vectors: Vectors) -> None:
    near, mean, nearest = vectors.near(["車"])
    np.testing.assert_allclose(near, [1, 0, 0])
    np.testing.assert_allclose(mean, [1, np.sqrt(0.5), 0], atol=1e-6)
    np.testing.assert_allclose(nearest, [1, 1, 0])
    assert not any(x.any() for x in vectors.near(["空"]))


def test_a_saved_table_gives_the_same(vectors: Vectors, tmp_path: Path) -> None:
    vectors.save(tmp_path)
    for a, b in zip(Vectors.load(tmp_path).near(["船"]), vectors.near(["船"]), strict=True):
        np.testing.assert_array_equal(a, b)


def test_files_that_do_not_belong_together_are_told(vectors: Vectors, tmp_path: Path) -> None:
    vectors.save(tmp_path)
    np.save(tmp_path / "vectors-owner.npy", np.zeros(1, dtype=np.int32))
    with pytest.raises(ValueError, match="do not belong together"):
        Vectors.load(tmp_path)
