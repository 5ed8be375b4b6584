"""Passages: everything of the catalogue and the articles that answers in words, each complete in itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.errors import BadFile
from assistant.rules.load import Catalogue
from assistant.rules.schema import Edition, SourceRef
from assistant.rules.strict_yaml import parse_yaml
from assistant.rules.values import Value

_TOKEN = re.compile(r"\{([a-z0-9-]+(?:\.[a-z0-9-]+)?)\}")


@dataclass(frozen=True, slots=True)
class Passage:
    """One thing the knowledge says: `template` holds figure tokens `{name}`, `figures` their values."""

    id: str
    programme: str | None
    edition_id: str | None
    series: str | None
    frames: tuple[str, ...]
    kind: str
    topic: str
    also: tuple[str, ...]
    template: str
    figures: dict[str, Value]
    source: SourceRef
    item_id: str
    doubt: str | None = None
    corrects: str | None = None
    verdict: str | None = None
    """For cost items: eligible, excluded or conditional."""
    heading: str = field(default="")
    text: str = field(init=False, compare=False)
    """The passage as people read it, figures filled in."""

    def __post_init__(self) -> None:
        """Fill the text once: it is read many times."""
        object.__setattr__(self, "text", fill(self.template, self.figures))


def fill(template: str, figures: dict[str, Value]) -> str:
    """A template with its figures in place; unknown tokens stay."""
    if "{" not in template:
        return template
    return _TOKEN.sub(lambda m: figures[m.group(1)].text() if m.group(1) in figures else m.group(0), template)


def all_passages(catalogue: Catalogue) -> tuple[Passage, ...]:
    """Every passage of the catalogue and the articles, in a stable order.

    Raises:
        BadFile: An article has no front matter or names a figure that does not exist.
    """
    out: list[Passage] = []
    for edition in catalogue.editions.values():
        out += _edition_passages(catalogue, edition)
    for programme in catalogue.programmes.values():
        out.append(
            Passage(
                f"{programme.id}#summary", programme.id, None, None, (), "purpose", f"{programme.short}とは",
                (programme.name, *programme.purposes), programme.summary, {}, programme.summary_source, "summary",
            )
        )  # fmt: skip
        for i, line in enumerate(programme.lineage):
            out.append(
                Passage(
                    f"{programme.id}#lineage-{i}", programme.id, None, None, (), "lineage", "名称や制度の移り変わり",
                    ("旧", "新", "名前", "統合", "変わった"), line.text, line.figures, line.source, f"lineage-{i}", line.doubt,
                )
            )  # fmt: skip
    for fact in catalogue.general.facts:
        out.append(
            Passage(
                f"general#{fact.id}", None, None, None, (), fact.kind, fact.topic, fact.also, fact.text, fact.figures,
                fact.source, fact.id, fact.doubt, fact.corrects,
            )
        )  # fmt: skip
    for path, text in catalogue.articles.items():
        out += article_passages(catalogue, path, text)
    return tuple(out)


def _edition_passages(catalogue: Catalogue, edition: Edition) -> Iterator[Passage]:
    name = catalogue.programmes[edition.programme].short

    def make(
        kind: str, topic: str, also: tuple[str, ...], item: object, text: str, frames: tuple[str, ...], verdict: str | None = None
    ) -> Passage:
        item_id = getattr(item, "id")  # noqa: B009
        return Passage(
            f"{edition.id}#{item_id}", edition.programme, edition.id, edition.series, frames, kind, topic, also, text,
            getattr(item, "figures", {}), getattr(item, "source"), item_id, getattr(item, "doubt", None),  # noqa: B009
            getattr(item, "corrects", None), verdict, f"{name} {edition.label}",
        )  # fmt: skip

    for fact in edition.facts:
        yield make(fact.kind, fact.topic, fact.also, fact, fact.text, fact.frames)
    for cost in edition.costs:
        kind = {"eligible": "eligible_cost", "excluded": "excluded_cost", "conditional": "cost_rule"}[cost.verdict]
        label = next((c.label for c in edition.categories if c.id == cost.category), None)
        text = f"{cost.text}経費区分は「{label}」です。" if label and cost.verdict != "excluded" else cost.text
        yield make(kind, cost.names[0], cost.names, cost, text, cost.frames, cost.verdict)
    for category in edition.categories:
        used = tuple(f.id for f in edition.frames if category.id in f.categories)
        frames = used if len(used) < len(edition.frames) else ()
        yield make("eligible_cost", category.label, category.also, category, f"「{category.label}」：{category.text}", frames)
    for frame in edition.frames:
        for special in frame.specials:
            yield make("special", special.label, special.also, special, f"{special.label}：{special.text}", (frame.id,))
        for limit in frame.limits:
            yield make("limit", limit.text[:16], (), limit, limit.text, (frame.id,))
        for need in frame.requirements:
            yield make("requirement", need.label, need.also, need, need.text, (frame.id,))
        for i, out in enumerate(frame.exclusions):
            item = f"{frame.id}-exclusion-{i}"
            yield Passage(
                f"{edition.id}#{item}", edition.programme, edition.id, edition.series, (frame.id,), "requirement", out.names[0],
                out.names, out.text, {}, out.source, item, heading=f"{name} {edition.label}",
            )  # fmt: skip


def article_passages(catalogue: Catalogue, path: str, text: str) -> tuple[Passage, ...]:
    """The sections of one article, tokens resolved against the article's edition.

    Raises:
        BadFile: Front matter is missing or a token names nothing.
    """
    m = re.match(r"---\n(.*?)\n---\n(.*)", text, re.S)
    if not m:
        raise BadFile(path, "1行目", "--- で囲んだ見出し情報がありません。")
    head = parse_yaml(m.group(1), path)
    edition = catalogue.editions.get(str(head.get("edition")))
    source = SourceRef.model_validate((head.get("sources") or [{"doc": "", "section": ""}])[0])
    figures = _edition_figures(edition) if edition else {}
    figures |= {f"{f.id}.{n}": v for f in catalogue.general.facts for n, v in f.figures.items()}
    out = []
    for i, (heading, body) in enumerate(_sections(m.group(2))):
        wanted = {t: figures.get(t) for t in _TOKEN.findall(body)}
        lost = sorted(t for t, v in wanted.items() if v is None)
        if lost:
            raise BadFile(path, heading, f"数値の記号 {', '.join(lost)} に当たるデータがありません。")
        topic = f"{head['title']}：{heading}" if heading else str(head["title"])
        out.append(
            Passage(
                f"article:{head['id']}#{i}", head.get("programme"), edition.id if edition else None,
                edition.series if edition else None, (), "article", topic, (),
                body, {t: v for t, v in wanted.items() if v is not None}, source, f"{head['id']}-{i}", heading=str(head["title"]),
            )
        )  # fmt: skip
    return tuple(out)


def _sections(body: str) -> Iterator[tuple[str, str]]:
    heading = ""
    lines: list[str] = []
    for line in body.splitlines():
        if line.startswith("#"):
            if "".join(lines).strip():
                yield heading, "\n".join(lines).strip()
            heading, lines = line.lstrip("# ").strip(), []
        else:
            lines.append(line)
    if "".join(lines).strip():
        yield heading, "\n".join(lines).strip()


def _edition_figures(edition: Edition) -> dict[str, Value]:
    out: dict[str, Value] = {}
    owned: list[tuple[str, dict[str, Value]]] = [(i.id, i.figures) for i in edition.facts]
    owned += [(i.id, i.figures) for i in edition.costs] + [(i.id, i.figures) for i in edition.categories]
    for frame in edition.frames:
        owned += [(i.id, i.figures) for i in frame.specials] + [(i.id, i.figures) for i in frame.limits]
        owned += [(i.id, i.figures) for i in frame.requirements]
    for item_id, figures in owned:
        out |= {f"{item_id}.{name}": value for name, value in figures.items()}
    return out
