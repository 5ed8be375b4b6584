from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.rules.load import Catalogue
from assistant.search.index import make_lexicon
from assistant.search.lexical import LexicalIndex
from assistant.search.passages import all_passages
from assistant.search.ranking import Ranking, by_strings, strings

QUESTIONS = {"reiji/2026-r2#quotes": ["値段の紙は何枚いりますか"], "nowhere#x": ["知らない"]}


def merit(small: Catalogue, text: str, ranking: Ranking) -> dict[str, float]:
    lexicon, passages = make_lexicon(small), all_passages(small)
    terms = lexicon.telling(text)
    found = ranking.merit(text, terms, LexicalIndex.build(passages, lexicon).scores(terms))
    return {p.id: float(m) for p, m in zip(passages, found, strict=True) if m > 0}


@pytest.fixture(scope="module")
def ranking(small: Catalogue) -> Ranking:
    return Ranking.build(all_passages(small), QUESTIONS, make_lexicon(small))


def test_strings_see_neither_signs_nor_width() -> None:
    assert strings("Ａ、b c") == ["a", "b", "c", "ab", "bc", "abc"]
    assert strings("") == []


def test_a_text_is_wholly_like_itself() -> None:
    index = by_strings(["相見積もり", "事業の期間", ""])
    weight = {x: index.weight(x) for x in strings("相見積もり")}
    length = np.sqrt(sum(w * w for w in weight.values()))
    scores = index.weighed({x: w / length for x, w in weight.items()})
    assert scores[0] == pytest.approx(1, abs=1e-5)
    assert scores[1] < 0.5
    assert scores[2] == 0


def test_the_words_of_a_stored_question_find_its_passage(small: Catalogue, ranking: Ranking) -> None:
    found = merit(small, "値段の紙の枚数", ranking)
    assert max(found, key=lambda k: found[k]) == "reiji/2026-r2#quotes"


def test_what_nothing_speaks_for_has_no_merit(small: Catalogue, ranking: Ranking) -> None:
    assert merit(small, "ぬりかべ", ranking) == {}
    assert merit(small, "", ranking) == {}


def test_a_saved_ranking_gives_the_same(small: Catalogue, ranking: Ranking, tmp_path: Path) -> None:
    ranking.save(tmp_path / "ranking")
    again = Ranking.load(tmp_path / "ranking", with_vectors=False)
    assert merit(small, "相見積もりの枚数", again) == merit(small, "相見積もりの枚数", ranking)
    with pytest.raises(OSError, match="vectors"):
        Ranking.load(tmp_path / "ranking", with_vectors=True)
