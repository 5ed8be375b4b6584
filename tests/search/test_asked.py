from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.errors import BadFile
from assistant.rules.load import Catalogue, load_catalogue
from assistant.search.asked import AskedIndex, question_terms, read_questions
from assistant.search.index import make_lexicon
from assistant.search.lexical import Lexicon
from assistant.search.passages import all_passages

TEXT = """# reiji/r1
## estimate
- 相見積もりは要りますか
- 二社から見積もりを取りますか
## van
- 車は買えますか

# general
## pay
- 前払いですか
"""


@pytest.fixture(scope="module")
def lexicon(small: Catalogue) -> Lexicon:
    return make_lexicon(small)


@pytest.fixture(scope="module")
def index(lexicon: Lexicon) -> AskedIndex:
    return AskedIndex.build(read_questions({"a.md": TEXT}), lexicon)


def test_questions_belong_to_an_item_of_an_edition() -> None:
    assert read_questions({"a.md": TEXT}) == {
        "reiji/r1#estimate": ("相見積もりは要りますか", "二社から見積もりを取りますか"),
        "reiji/r1#van": ("車は買えますか",),
        "general#pay": ("前払いですか",),
    }


@pytest.mark.parametrize("text", ["- 質問", "# a/b\n- 質問", "# a/b\n## c\n質問", "# a/b\n## c\n- 質問\n### d"])
def test_a_line_outside_the_form_is_named(text: str) -> None:
    with pytest.raises(BadFile, match=f"{len(text.splitlines())}行目"):
        read_questions({"questions/a.md": text})


def test_the_same_question_is_wholly_alike_and_another_is_not(index: AskedIndex, lexicon: Lexicon) -> None:
    near = index.alike(question_terms("車は買えますか", lexicon))
    assert near[index.labels.index("reiji/r1#van")] == pytest.approx(1.0)
    assert near[index.labels.index("general#pay")] == 0


def test_the_nearest_question_of_an_item_counts(index: AskedIndex, lexicon: Lexicon) -> None:
    one = index.alike(question_terms("二社から見積もりを取りますか", lexicon))
    assert one[index.labels.index("reiji/r1#estimate")] == pytest.approx(1.0)


def test_words_that_no_question_has_make_it_less_alike(index: AskedIndex, lexicon: Lexicon) -> None:
    van = index.labels.index("reiji/r1#van")
    bare = index.alike(question_terms("車は買えますか", lexicon))[van]
    assert index.alike(question_terms("沖縄の車は買えますか", lexicon))[van] < bare


def test_no_words_are_like_nothing(index: AskedIndex, lexicon: Lexicon) -> None:
    assert not index.alike([]).any()
    assert not AskedIndex.build({}, lexicon).alike(["車"]).any()


def test_a_saved_index_gives_the_same(index: AskedIndex, lexicon: Lexicon, tmp_path: Path) -> None:
    index.save(tmp_path / "asked")
    again = AskedIndex.load(tmp_path / "asked")
    terms = question_terms("見積もりは何社から取りますか", lexicon)
    assert again.labels == index.labels
    np.testing.assert_array_equal(again.alike(terms), index.alike(terms))


def test_files_that_do_not_belong_together_are_told(index: AskedIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "asked")
    np.save(tmp_path / "asked" / "owner.npy", np.zeros(2, dtype=np.int32))
    with pytest.raises(ValueError, match="do not belong together"):
        AskedIndex.load(tmp_path / "asked")


def test_every_shipped_question_belongs_to_a_passage() -> None:
    catalogue = load_catalogue(Path(__file__).parents[2] / "knowledge")
    known = {p.id for p in all_passages(catalogue)}
    lost = [x for x in read_questions(catalogue.questions) if x not in known]
    assert not lost
