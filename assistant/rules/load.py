"""Load the knowledge: strict YAML, validated once, from a cache keyed by the files' content, with an overlay on top."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from assistant.errors import BadFile, UnknownProgramme
from assistant.rules.forms import Form
from assistant.rules.schema import Document, Edition, General, Programme, SourceRef
from assistant.rules.strict_yaml import read_yaml

CACHE_FORMAT = "2"
AMOUNT_ROLES = "amount_roles.json"
M = TypeVar("M", bound=BaseModel)
_DOCUMENTS = TypeAdapter(tuple[Document, ...])


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All knowledge that is data: programmes, their editions, documents, general facts, word tables."""

    programmes: dict[str, Programme]
    editions: dict[str, Edition]
    documents: dict[str, Document]
    general: General
    vocabulary: dict[str, Any]
    messages: dict[str, Any]
    articles: dict[str, str]
    version: str
    forms: dict[str, Form] = field(default_factory=dict)
    """Application forms by edition id."""
    questions: dict[str, str] = field(default_factory=dict)
    """Text of the files of questions that people ask; the search index reads them."""
    amount_roles: str = ""
    """The trained model of what an amount in a question is, as its file; empty where none is shipped."""

    def programme(self, programme_id: str) -> Programme:
        """The programme with that id.

        Raises:
            UnknownProgramme: There is none.
        """
        found = self.programmes.get(programme_id)
        if found is None:
            raise UnknownProgramme(programme_id, tuple(p for p in self.programmes if programme_id in p))
        return found

    def editions_of(self, programme_id: str) -> tuple[Edition, ...]:
        """All editions of a programme in the order of their files."""
        return self._by_programme.get(programme_id, ())

    @cached_property
    def _by_programme(self) -> dict[str, tuple[Edition, ...]]:
        out: dict[str, tuple[Edition, ...]] = {}
        for edition in self.editions.values():
            out[edition.programme] = (*out.get(edition.programme, ()), edition)
        return out

    @cached_property
    def rates(self) -> frozenset[Fraction]:
        """All shares of a cost that some frame pays."""
        frames = [f for e in self.editions.values() for f in e.frames]
        tables = (t for f in frames for t in (f.rate, *(c.rate for c in f.components)) if t is not None)
        return frozenset(Fraction(r) for t in tables for c in t.cases for r in (c.ratio, *(x.ratio for x in c.tiers)) if r)

    @cached_property
    def as_of(self) -> str:
        """The date of the newest document."""
        return max(d.as_of for d in self.documents.values())


def load_catalogue(shipped: Path, overlay: Path | None = None, cache_dir: Path | None = None) -> Catalogue:
    """The catalogue of `shipped` with the files of `overlay` on top (same relative path replaces, new ones add).

    Args:
        shipped: The knowledge folder of the product.
        overlay: A user's own folder of the same layout, or None.
        cache_dir: Where the parsed files are kept, keyed by content; None reads the YAML each time.

    Raises:
        BadFile: A file is malformed, has unknown or missing fields, or points to something that is not there.
    """
    files = _collect(shipped)
    if overlay is not None:
        if not overlay.is_dir():
            raise BadFile(str(overlay), "", "フォルダがありません。SHIRUBE_KNOWLEDGE_DIR を確認してください。")
        files |= _collect(overlay)
    contents = {name: path.read_bytes() for name, path in sorted(files.items())}
    version = _hash(contents)
    questions = {n: _text(files[n], contents.pop(n)) for n in list(contents) if n.startswith("questions/")}
    amount_roles = _text(files[AMOUNT_ROLES], contents.pop(AMOUNT_ROLES)) if AMOUNT_ROLES in contents else ""
    raw = _cached(cache_dir, version)
    if raw is None:
        raw = {n: read_yaml(files[n]) if n.endswith(".yaml") else _text(files[n], contents[n]) for n in contents}
        _keep(cache_dir, version, raw)
    return _build(raw, files, version, questions, amount_roles)


def _collect(root: Path) -> dict[str, Path]:
    parts = ("programme.yaml", "editions/*.yaml", "forms/*.yaml")
    patterns = ("*.yaml", AMOUNT_ROLES, *(f"programmes/*/{p}" for p in parts), "articles/**/*.md", "questions/**/*.md")
    return {p.relative_to(root).as_posix(): p for pattern in patterns for p in sorted(root.glob(pattern))}


def _hash(contents: dict[str, bytes]) -> str:
    digest = hashlib.sha256(CACHE_FORMAT.encode())
    for name, content in contents.items():
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()[:16]


def _text(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadFile(str(path), "", "UTF-8で保存し直してください。") from error


def _cached(cache_dir: Path | None, version: str) -> dict[str, Any] | None:
    if cache_dir is None:
        return None
    try:
        data: dict[str, Any] = json.loads((cache_dir / f"knowledge-{version}.json").read_bytes())
    except (OSError, ValueError):
        return None
    return data


def _keep(cache_dir: Path | None, version: str, raw: dict[str, Any]) -> None:
    """Write the cache aside and rename it; a folder that cannot be written only costs time."""
    if cache_dir is None:
        return
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
        for old in cache_dir.glob("knowledge-*.json"):
            old.unlink(missing_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=cache_dir, delete=False, encoding="utf-8") as aside:
            json.dump(raw, aside, ensure_ascii=False)
        os.replace(aside.name, cache_dir / f"knowledge-{version}.json")
    except OSError:
        return


def _build(
    raw: dict[str, Any], files: dict[str, Path], version: str, questions: dict[str, str], amount_roles: str
) -> Catalogue:
    documents = {d.id: d for d in _documents(raw, files)}
    programmes: dict[str, Programme] = {}
    editions: dict[str, Edition] = {}
    forms: dict[str, Form] = {}
    for name, data in raw.items():
        path = str(files.get(name, name))
        if name.endswith("/programme.yaml"):
            programme = _model(Programme, data, path)
            programmes[programme.id] = programme
        elif "/editions/" in name:
            edition = _model(Edition, data, path)
            if edition.id in editions:
                raise BadFile(path, "id", f"{edition.id} は別のファイルでも使われています。")
            editions[edition.id] = edition
        elif "/forms/" in name:
            form = _model(Form, data, path)
            forms[form.id] = form
    catalogue = Catalogue(
        programmes, editions, documents, _model(General, raw.get("general.yaml"), "general.yaml"),
        raw.get("vocabulary.yaml") or {}, raw.get("messages.yaml") or {},
        {n: t for n, t in raw.items() if n.startswith("articles/")}, version, forms, questions, amount_roles,
    )  # fmt: skip
    check_references(catalogue)
    return catalogue


def _documents(raw: dict[str, Any], files: dict[str, Path]) -> tuple[Document, ...]:
    try:
        return _DOCUMENTS.validate_python(raw.get("sources.yaml") or ())
    except ValidationError as error:
        raise _bad(error, str(files.get("sources.yaml", "sources.yaml"))) from error


def _model(model: type[M], data: Any, path: str) -> M:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise _bad(error, path) from error


def _bad(error: ValidationError, path: str) -> BadFile:
    first = error.errors(include_url=False)[0]
    where = ".".join(str(p) for p in first["loc"])
    value = first.get("input")
    shown = f"（値: {str(value)[:60]}）" if not isinstance(value, dict | list) else ""
    return BadFile(path, where, f"{explain_pydantic(first['type'], first['msg'])}{shown}")


def explain_pydantic(kind: str, message: str) -> str:
    """A validation message in Japanese with the way out."""
    known = {
        "extra_forbidden": "この項目名はありません。つづりを確認するか、消してください。",
        "missing": "必須の項目がありません。書き足してください。",
        "int_type": "整数で書いてください（円は1の位まで、引用符なし）。",
        "string_type": "文字列で書いてください（小数・日付・分数は引用符で囲みます）。",
        "bool_type": "true か false で書いてください。",
        "greater_than_equal": "0以上の値にしてください。",
        "string_too_short": "空にできません。内容を書いてください。",
        "too_short": "一つ以上書いてください。",
        "string_too_long": "長すぎます。短くしてください。",
        "tuple_type": "一覧（- で始まる行か [ ]）で書いてください。",
        "dict_type": "項目: 値 の形で書いてください。",
        "model_type": "項目: 値 の形で書いてください。",
        "model_attributes_type": "項目: 値 の形で書いてください。",
        "literal_error": f"決まった語のどれかにしてください（{message.removeprefix('Input should be ')}）。",
        "string_pattern_mismatch": f"書式が違います（{message.removeprefix('String should match pattern ')} の形）。",
    }
    return known.get(kind, message.removeprefix("Value error, "))


def check_references(catalogue: Catalogue) -> None:
    """Raise BadFile if something names a programme, series, document or edition that does not exist."""
    for programme in catalogue.programmes.values():
        _check_documents(source_docs(programme), programme.id, catalogue)
        for line in programme.lineage:
            if line.programme not in catalogue.programmes:
                raise BadFile(programme.id, "lineage", f"{line.programme} という制度がありません。")
    for edition in catalogue.editions.values():
        _check_edition(edition, catalogue)
    _check_documents(source_docs(catalogue.general), "general.yaml", catalogue)
    for form in catalogue.forms.values():
        if form.id not in catalogue.editions:
            raise BadFile(form.id, "id", "様式の版が editions にありません。")
        _check_documents(source_docs(form), form.id, catalogue)


def _check_edition(edition: Edition, catalogue: Catalogue) -> None:
    owner = catalogue.programmes.get(edition.programme)
    if owner is None:
        raise BadFile(edition.id, "id", f"{edition.programme} の programme.yaml がありません。")
    if edition.series != "main" and edition.series not in {s.id for s in owner.series}:
        raise BadFile(edition.id, "series", f"{edition.series} が programme.yaml の series にありません。")
    if edition.supersedes and edition.supersedes not in catalogue.editions:
        raise BadFile(edition.id, "supersedes", f"{edition.supersedes} がありません。")
    for cost in edition.costs:
        if cost.at_most and (cost.at_most not in cost.figures or not cost.figures[cost.at_most].years):
            raise BadFile(edition.id, "costs", f"{cost.id} の at_most の {cost.at_most} にあたる年数が figures にありません。")
    _check_documents((*edition.docs, *source_docs(edition)), edition.id, catalogue)


def _check_documents(docs: Iterable[str], owner: str, catalogue: Catalogue) -> None:
    lost = sorted(set(docs) - set(catalogue.documents))
    if lost:
        raise BadFile(owner, "source.doc", f"{lost[0]} が sources.yaml にありません。")


def source_docs(model: BaseModel) -> Iterator[str]:
    """Ids of all documents that a model's parts name as source."""
    for _, value in model:
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, SourceRef):
                yield part.doc
            elif isinstance(part, BaseModel):
                yield from source_docs(part)
