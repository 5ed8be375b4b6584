from __future__ import annotations

from pathlib import Path

import bm25s
import numpy as np
import pytest

from assistant.rules.load import Catalogue
from assistant.search.index import make_lexicon
from assistant.search.lexical import K1, NO_WORD, B, LexicalIndex, Lexicon, document_terms
from assistant.search.passages import Passage, all_passages


@pytest.fixture(scope="module")
def lexicon(small: Catalogue) -> Lexicon:
    return make_lexicon(small)


@pytest.fixture(scope="module")
def passages(small: Catalogue) -> tuple[Passage, ...]:
    return all_passages(small)


@pytest.fixture(scope="module")
def index(passages: tuple[Passage, ...], lexicon: Lexicon) -> LexicalIndex:
    return LexicalIndex.build(passages, lexicon)


def row(passages: tuple[Passage, ...], item: str) -> int:
    return next(i for i, p in enumerate(passages) if p.id == item)


def test_words_of_one_meaning_are_one_term(lexicon: Lexicon) -> None:
    assert lexicon.terms("期限") == lexicon.terms("締切") != lexicon.terms("期間")


def test_numbers_and_single_kana_do_not_count_and_stop_words_do_not_tell(lexicon: Lexicon) -> None:
    assert lexicon.terms("3は") == []
    assert lexicon.telling("場合の期間") == lexicon.terms("期間")
    assert len(lexicon.terms("場合の期間")) == 2


def test_a_restored_lexicon_splits_alike(lexicon: Lexicon) -> None:
    again = Lexicon.restored(lexicon.tables)
    text = "締切の場合と、申請の期限を過ぎた場合の取扱いについて" * 3
    assert again.terms(text) == lexicon.terms(text)
    assert again.telling(text) == lexicon.telling(text)


def test_the_list_of_terms_is_the_callers_own(lexicon: Lexicon) -> None:
    lexicon.terms("相見積もり").append("x")
    assert "x" not in lexicon.terms("相見積もり")


def test_scores_are_those_of_the_library(index: LexicalIndex, passages: tuple[Passage, ...], lexicon: Lexicon) -> None:
    library = bm25s.BM25(k1=K1, b=B)
    library.index([document_terms(p, lexicon) or [NO_WORD] for p in passages], show_progress=False)
    asked = [t for t in lexicon.terms("相見積もりと期間、期間の報告") if t in library.vocab_dict]
    assert len(asked) > len(set(asked)) > 1
    np.testing.assert_allclose(index.scores(asked), library.get_scores(asked), rtol=1e-6)


def test_a_word_that_no_passage_has_scores_nothing_and_weighs_most(index: LexicalIndex, passages: tuple[Passage, ...]) -> None:
    assert not index.scores(["ぬりかべ"]).any()
    assert index.weight("ぬりかべ") == index.rarest > max(index.weight(t) for t in ("期間", "事業"))
    assert index.scores([]).shape == (len(passages),)


def test_coverage_is_the_share_of_weight_that_stands_in_the_passage(
    index: LexicalIndex, passages: tuple[Passage, ...], lexicon: Lexicon
) -> None:
    quotes = row(passages, "reiji/2026-r2#quotes")
    asked = lexicon.telling("相見積もり")
    assert index.coverage(asked, quotes) == 1.0
    assert index.coverage([], quotes) == 1.0
    assert index.coverage(["ぬりかべ"], quotes) == 0.0
    part = index.coverage([*asked, "ぬりかべ"], quotes)
    assert 0 < part < 1
    assert index.coverage([*asked, *asked, "ぬりかべ"], quotes) == part


def test_saved_and_mapped_it_is_the_same(index: LexicalIndex, lexicon: Lexicon, tmp_path: Path) -> None:
    index.save(tmp_path)
    again = LexicalIndex.load(tmp_path)
    asked = lexicon.terms("相見積もりと期間")
    np.testing.assert_array_equal(again.scores(asked), index.scores(asked))
    assert [again.coverage(asked, r) for r in range(again.n_passages)] == [
        index.coverage(asked, r) for r in range(index.n_passages)
    ]


def test_files_that_do_not_belong_together_are_refused(index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    np.save(tmp_path / "lexical-starts.npy", np.zeros(2, dtype=np.int64))
    with pytest.raises(ValueError, match="belong together"):
        LexicalIndex.load(tmp_path)


def test_no_passages_make_an_empty_index(lexicon: Lexicon, tmp_path: Path) -> None:
    LexicalIndex.build((), lexicon).save(tmp_path)
    assert LexicalIndex.load(tmp_path).scores(["期間"]).shape == (0,)
