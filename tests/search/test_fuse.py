from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.search.fuse import FOUND_BY_VECTOR, NEAR, fuse, near_ties

SCORES = st.lists(st.floats(0.02, 60, allow_nan=False), max_size=20).map(lambda s: sorted(s, reverse=True))
ROWS = st.lists(st.integers(0, 40), unique=True, max_size=30)


def test_a_clearly_best_hit_of_the_words_stays_first() -> None:
    assert fuse([(7, 20.0), (3, 10.0)], [3, 9, 7], 5)[0] == (7, 20.0)


def test_a_near_tie_goes_to_what_the_vectors_prefer() -> None:
    assert fuse([(7, 20.0), (3, 19.5)], [3], 5) == [(3, 19.5), (7, 20.0)]


def test_far_down_in_the_vectors_settles_less_than_a_rank_of_the_words() -> None:
    assert [r for r, _ in fuse([(7, 20.0), (3, 20.0)], [7, *range(100, 160), 3], 2)] == [7, 3]


def test_what_only_the_vectors_found_follows_with_a_small_score() -> None:
    found = fuse([(7, 20.0)], [9, 7, 8], 5)
    assert [r for r, _ in found] == [7, 9, 8]
    assert 20.0 > FOUND_BY_VECTOR >= found[1][1] > found[2][1] > 0


def test_nothing_found_by_words_leaves_the_vectors() -> None:
    assert [r for r, _ in fuse([], [4, 2], 5)] == [4, 2]
    assert fuse([], [], 5) == []


def test_groups_are_measured_from_their_first() -> None:
    assert near_ties([(1, 10.0), (2, 9.5), (3, 8.9), (4, 8.1)]) == [[(1, 10.0), (2, 9.5)], [(3, 8.9), (4, 8.1)]]


@given(SCORES, ROWS, st.integers(1, 25))
def test_scores_stay_and_no_hit_passes_one_that_is_clearly_better(scores: list[float], dense: list[int], limit: int) -> None:
    lexical = list(enumerate(scores))
    found = fuse(lexical, dense, limit)
    assert len(found) == min(limit, len({r for r, _ in lexical} | set(dense)))
    assert len({r for r, _ in found}) == len(found)
    before = dict(lexical)
    kept = [(r, s) for r, s in found if r in before]
    assert all(before[r] == s for r, s in kept)
    assert [r for r, _ in found[: len(kept)]] == [r for r, _ in kept]
    for i, (_, score) in enumerate(kept):
        assert all(score >= NEAR * later for _, later in kept[i + 1 :])
    assert all(0 < s <= FOUND_BY_VECTOR for r, s in found if r not in before)
