"""The user's own documents: kept in the data folder as passages, found by their words, never mixed with the knowledge.

A document is one JSON file, written aside and renamed. The index over all of them is made when a search first needs it
and named by what it was made of, so a document that another process added is found by the next question.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import IndexUnavailable, NotFound
from assistant.records import OwnPart
from assistant.rules.schema import SourceRef
from assistant.search.lexical import LexicalIndex, Lexicon
from assistant.search.passages import Passage

FORMAT = "1"
CHUNK = 450
"""Most characters of a passage; longer parts are cut at lines, then at sentences."""
CANDIDATES = 40
HEAD = "library.json"
_REF = SourceRef(doc="own", section="own")
_ID = re.compile(r"[0-9a-f]{16}")
_SENTENCE = re.compile(r"(?<=[。！？])")


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """A document that the user added, without its text; `as_of` is its own date, `added_on` the day it came."""

    id: str
    name: str
    as_of: str
    added_on: str
    passages: int
    pages: int | None


@dataclass(frozen=True, slots=True)
class OwnHit:
    """A passage of a user's document: its BM25 score, and its share of the question's telling words (0..1)."""

    document: OwnDocument
    part: OwnPart
    score: float
    coverage: float
    shared: int


class Library:
    """The documents of one data folder.

    Args:
        folder: Where they are; made when the first one is added.
        make_lexicon: Gives the words of the vocabulary; called on first use.
        key: What the words of an index depend on (version of tokenizer and dictionary).
    """

    def __init__(self, folder: Path, make_lexicon: Callable[[], Lexicon], key: str) -> None:
        self.folder, self._key = folder, key
        self._lexicon = lru_cache(maxsize=1)(make_lexicon)
        self._lock = threading.Lock()
        self._opened: tuple[str, _Index] | None = None

    def add(self, name: str, origin: str, parts: Sequence[OwnPart], as_of: date, today: date) -> OwnDocument:
        """Keep a document; one of the same origin is replaced.

        Raises:
            IndexUnavailable: The folder cannot be written.
        """
        chunks = [c for p in parts for c in cut(p)]
        pages = max((p.page or 0 for p in parts), default=0)
        document = OwnDocument(_digest(origin), name, as_of.isoformat(), today.isoformat(), len(chunks), pages or None)
        content = {"format": FORMAT, **asdict(document), "parts": [asdict(c) for c in chunks]}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=self.folder, suffix=".new", delete=False, encoding="utf-8") as aside:
                json.dump(content, aside, ensure_ascii=False)
            os.replace(aside.name, self.folder / f"{document.id}.json")
        except OSError as error:
            raise self._unwritable() from error
        return document

    def remove(self, document_id: str) -> None:
        """Forget a document.

        Raises:
            NotFound: There is none of that id.
            IndexUnavailable: The folder cannot be written.
        """
        path = self.folder / f"{document_id}.json"
        if not _ID.fullmatch(document_id) or not path.is_file():
            raise NotFound(f"文書 {document_id[:40]} はありません。shirube index status で取り込んだ文書を確認できます。")
        try:
            path.unlink()
        except OSError as error:
            raise self._unwritable() from error

    @property
    def empty(self) -> bool:
        """Whether there is no document at all."""
        return not self._files()

    def documents(self) -> tuple[OwnDocument, ...]:
        """All documents, by name."""
        found = [_head(data) for f in self._files() if (data := _read(f)) is not None]
        return tuple(sorted(found, key=lambda d: (d.name, d.id)))

    def search(self, text: str, weigh: Callable[[str], float], limit: int = 3) -> list[OwnHit]:
        """The passages that hold most of what a text tells, best first; each text once.

        Args:
            text: The question.
            weigh: How much a word tells (its idf among the passages of the knowledge).
            limit: How many to return.
        """
        files = self._files()
        if not files:
            return []
        index = self._index(files)
        terms = list(dict.fromkeys(self._lexicon().telling(text)))
        scores = index.words.scores(terms)
        found = np.flatnonzero(scores > 0)
        if len(found) > CANDIDATES:
            found = np.sort(found[np.argpartition(-scores[found], CANDIDATES)[:CANDIDATES]])
        best = found[np.argsort(-scores[found], kind="stable")]
        total = sum(weigh(t) for t in terms) or 1.0
        out: dict[str, OwnHit] = {}
        for row in best.tolist():
            held = [t for t in terms if index.words.has(t, row)]
            at = index.part(row)
            if at is not None:
                coverage = sum(weigh(t) for t in held) / total
                out.setdefault(at[1].text, OwnHit(*at, float(scores[row]), coverage, len(held)))
        return sorted(out.values(), key=lambda h: (-round(h.coverage, 2), -h.score))[:limit]

    def build(self) -> int:
        """Make the index now; returns the number of passages."""
        files = self._files()
        return self._index(files).words.n_passages if files else 0

    def _files(self) -> list[Path]:
        try:
            return sorted(Path(e.path) for e in os.scandir(self.folder) if _ID.fullmatch(e.name.removesuffix(".json")) and e.is_file())
        except FileNotFoundError:
            return []
        except OSError as error:
            raise self._unwritable() from error

    def _index(self, files: list[Path]) -> _Index:
        """The index over the documents as they are now."""
        marks = [f"{f.name} {f.stat().st_mtime_ns} {f.stat().st_size}" for f in files if f.exists()]
        name = _digest("\n".join([FORMAT, self._key, repr(self._lexicon().tables), *marks]))
        with self._lock:
            if self._opened is None or self._opened[0] != name:
                home = self.folder / "index"
                try:
                    self._opened = name, _loaded(home / name, self.folder) or _made(home / name, files, self._lexicon())
                except OSError as error:
                    raise self._unwritable() from error
            return self._opened[1]

    def _unwritable(self) -> IndexUnavailable:
        why = "空き容量と権限、SHIRUBE_DATA_DIR を確認してください。"
        return IndexUnavailable(f"取り込んだ文書を {self.folder} に書けないか、読めません。{why}")


class _Index:
    """The words of all passages, and where each passage stands; texts are read when they are shown."""

    def __init__(self, words: LexicalIndex, documents: list[tuple[str, int]], folder: Path) -> None:
        self.words, self._documents = words, documents
        self._ends = np.cumsum([n for _, n in documents])
        self._document = lru_cache(maxsize=64)(lambda id_: _read(folder / f"{id_}.json"))

    def part(self, row: int) -> tuple[OwnDocument, OwnPart] | None:
        """The document and part of a row; None if the document went away."""
        at = int(np.searchsorted(self._ends, row, side="right"))
        id_, count = self._documents[at]
        data = self._document(id_)
        if data is None or len(data["parts"]) != count:
            return None
        return _head(data), OwnPart(**data["parts"][row - int(self._ends[at]) + count])


def cut(part: OwnPart) -> Iterator[OwnPart]:
    """A part in passages of at most CHUNK characters, cut at lines, else sentences, else anywhere."""
    held = ""
    for piece in _pieces(part.text):
        if held and len(held) + len(piece) > CHUNK:
            yield OwnPart(part.section, part.page, held.strip())
            held = ""
        held += piece
    if held.strip():
        yield OwnPart(part.section, part.page, held.strip())


def _pieces(text: str) -> Iterator[str]:
    for line in text.splitlines(keepends=True):
        for sentence in [line] if len(line) <= CHUNK else _SENTENCE.split(line):
            yield from (sentence[i : i + CHUNK] for i in range(0, len(sentence), CHUNK))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()[:16]


def _read(path: Path) -> dict[str, Any] | None:
    """A document file; None if it went away or is not ours."""
    try:
        data = json.loads(path.read_bytes())
        return data if isinstance(data, dict) and data.get("format") == FORMAT else None
    except (OSError, ValueError):
        return None


def _head(data: dict[str, Any]) -> OwnDocument:
    return OwnDocument(**{k: data[k] for k in OwnDocument.__slots__})


def _loaded(place: Path, folder: Path) -> _Index | None:
    with suppress(OSError, ValueError, KeyError, TypeError):
        head = json.loads((place / HEAD).read_bytes())
        return _Index(LexicalIndex.load(place), [(str(i), int(n)) for i, n in head["documents"]], folder)
    return None


def _made(place: Path, files: Sequence[Path], lexicon: Lexicon) -> _Index:
    """Write the index aside and rename it; older ones are deleted."""
    documents, passages = list[tuple[str, int]](), list[Passage]()
    for file in files:
        data = _read(file)
        if data is not None:
            documents.append((str(data["id"]), len(data["parts"])))
            passages += [_passage(str(data["name"]), OwnPart(**p)) for p in data["parts"]]
    words = LexicalIndex.build(passages, lexicon)
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=place.parent, prefix=".new-"))
    try:
        words.save(aside)
        (aside / HEAD).write_text(json.dumps({"documents": documents}), encoding="utf-8")
        with suppress(OSError):  # another process was faster
            os.replace(aside, place)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    for old in place.parent.iterdir():
        if old != place and not old.name.startswith(".new-"):
            shutil.rmtree(old, ignore_errors=True)
    return _Index(words, documents, place.parent.parent)


def _passage(name: str, part: OwnPart) -> Passage:
    topic = f"{Path(name).stem} {part.section}".strip()
    return Passage("own", None, None, None, (), "own", topic, (), part.text, {}, _REF, "own")
