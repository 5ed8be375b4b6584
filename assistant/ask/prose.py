"""Passages and eligibility in words, their figures as tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from assistant.ask.evidence import ConditionFinding, EligibilityFinding, SpecialFinding
from assistant.ask.gather_judged import is_about
from assistant.ask.ledger import Ledger
from assistant.ask.query import Query
from assistant.ask.verdicts import asks_if_not
from assistant.rules.conditions import INPUT_LABELS, Verdict
from assistant.rules.eligibility import Finding
from assistant.rules.labels import INDUSTRY_WORDS
from assistant.rules.load import Catalogue
from assistant.search.passages import Passage

UNSURE = "資料の記載に不明な点があるため、事務局に確認してください。"
_DIGIT = re.compile(r"[0-9０-９]")
_TOKEN = re.compile(r"\{([a-z0-9-]+(?:\.[a-z0-9-]+)?)\}")


def _with_tokens(passage: Passage, ledger: Ledger) -> str:
    """A passage whose figures are tokens of the ledger."""
    place = (passage.programme, passage.edition_id, passage.frames[0] if len(passage.frames) == 1 else None)

    def replace(m: re.Match[str]) -> str:
        value = passage.figures.get(m.group(1))
        return m.group(0) if value is None else ledger.value(value, passage.kind, passage.source, place, passage.doubt)

    return _TOKEN.sub(replace, passage.template)


def passage_text(passage: Passage, ledger: Ledger, catalogue: Catalogue, short: bool = False) -> str:
    """A passage with figure tokens, citation, and what is doubtful or corrected about it.

    Args:
        passage: The passage.
        ledger: Where its figures and source are entered.
        catalogue: For the labels of frames.
        short: Leave out the heading and notes (for lists of further passages).
    """
    text = _with_tokens(passage, ledger)
    if passage.kind == "article" and short:
        text = re.split(r"(?<=。)", text.replace("\n", " "))[0]
    if not short and passage.edition_id and passage.heading:
        edition = catalogue.editions[passage.edition_id]
        label = ledger.label(f"{catalogue.programmes[edition.programme].short} {edition.label}", passage.source)
        text = text if label.split()[0] in text else f"【{label}】{text}"
    text += ledger.cite(passage.source, passage.text[:200])
    ledger.label(_TOKEN.sub("　", passage.template), passage.source)
    if short:
        return text
    if passage.corrects and not _DIGIT.search(passage.corrects):
        text += f"\n（資料の訂正：{_bare(passage.corrects)}）"
    return text + doubt_note(passage.doubt)


def doubt_note(doubt: str | None) -> str:
    """What is not sure, on a line of its own; in general words where it would show a number that no figure backs."""
    if not doubt:
        return ""
    return f"\n（注意：{_bare(doubt)}）" if not _DIGIT.search(doubt) else f"\n（注意：{UNSURE}）"


def _bare(note: str) -> str:
    return note.rstrip("。")


def eligibility_text(finding: EligibilityFinding, query: Query, ledger: Ledger, catalogue: Catalogue) -> str:
    """Whether the applicant may apply, with the deciding requirement and what the user told."""
    edition = finding.place.edition
    programme = catalogue.programmes[edition.programme]
    name = f"{programme.short}（{finding.frame.label}）" if finding.frame.label not in programme.short else programme.short
    deciding = [f for f in finding.result.findings if f.requirement.decisive and f.requirement.test is not None]
    failed = [f for f in deciding if f.verdict is Verdict.NOT_MET]
    open_ = [f for f in deciding if f.verdict is Verdict.UNKNOWN]
    if failed:
        body = "\n".join(_need(f, finding, ledger) for f in failed[:2])
        told = _told(finding, failed[:2], ledger)
        return f"{'' if asks_if_not(query) else 'いいえ、'}{told}{name}の対象になりません。\n{body}"
    met = sorted((f for f in deciding if f.verdict is Verdict.MET and is_about(f, query)), key=_weight)
    open_size = [f for f in open_ if f.requirement.kind == "size"]
    if open_ and (open_size or not met):
        open_ = open_size if met else open_
        missing = "、".join(dict.fromkeys(INPUT_LABELS.get(n, n) for f in open_ for n in f.waits_for))
        body = "\n".join(_need(f, finding, ledger) for f in open_[:2])
        return f"{name}の対象になるかどうかは、{missing}で決まります。教えてください。\n{body}"
    body = _need(met[0], finding, ledger)
    what, told = f"「{met[0].requirement.label}」の要件を満たします", _told(finding, met[:1], ledger)
    return f"{'' if asks_if_not(query) else 'はい、'}{told}{name}の{what}（ほかの要件も満たせば申請できます）。\n{body}"


def special_text(finding: SpecialFinding, ledger: Ledger, catalogue: Catalogue) -> str:
    """Whether a special measure can be used with what was told, and what it demands."""
    edition, special = finding.place.edition, finding.special
    name = f"{catalogue.programmes[edition.programme].short}（{finding.frame.label}）の{special.label}"
    head = f"はい、お聞きした条件なら{name}を使えます。" if finding.met else f"いいえ、お聞きした条件では{name}は使えません。"
    text = ledger.told(special, "special", (edition.programme, edition.id, finding.frame.id))
    return f"{head}\n- {text}" + ledger.cite(special.source)


def condition_text(finding: ConditionFinding, ledger: Ledger, catalogue: Catalogue) -> str:
    """Whether the user's case meets a condition, the share that was worked out, and the passage that tells the condition."""
    messages = catalogue.messages["condition"]
    case = str(messages["told"]).replace("{case}", "・".join(_input(n, v, ledger) for n, v in finding.told)) if finding.told else ""
    text = str(messages[finding.says]).replace("{label}", finding.label).replace("{told}", case)
    if finding.share:
        part, whole = finding.share
        shown = {n: ledger.plain(f"{v}人", v, "people", "employees", "from_user") for n, v in (("part", part), ("whole", whole))}
        ratio = str(Fraction(part, whole))
        shown["share"] = ledger.plain(ratio, ratio, "ratio", "share", "computed", (f"{part} ÷ {whole} ＝ {ratio}",))
        line = str(messages["share"])
        for name, value in shown.items():
            line = line.replace("{" + name + "}", value)
        text += line
    return f"{text}\n{passage_text(finding.hit.passage, ledger, catalogue)}"


def _input(name: str, value: int | str, ledger: Ledger) -> str:
    """What the user told of his case, by the name of the input; of his trade, the word that he used."""
    if isinstance(value, str):
        return f"事業（{value}）"
    if name == "employees":
        return "従業員" + ledger.plain(f"{value}人", value, "people", name, "from_user")
    return "補助額" + ledger.yen(value, name, "from_user")


def _weight(finding: Finding) -> int:
    """Of what is met, the age of the firm is told before its size, and that before the rest."""
    return ("age", "size").index(finding.requirement.kind) if finding.requirement.kind in ("age", "size") else 2


def _told(finding: EligibilityFinding, held: Sequence[Finding], ledger: Ledger) -> str:
    """What the user told of the firm that the requirements held against it look at."""
    looked_at = {n for f in held if f.requirement.test for n in f.requirement.test.names}
    looked_at |= {"industry", "employees"} if "size" in looked_at else set()
    inputs, parts = finding.inputs, []
    if "industry" in looked_at and inputs.get("industry"):
        parts.append(INDUSTRY_WORDS[inputs.get("industry")])
    employees, months = inputs.get("employees"), inputs.get("founded_months")
    if "employees" in looked_at and employees is not None:
        parts.append("従業員" + ledger.plain(f"{employees}人", employees, "people", "employees", "from_user"))
    if "founded_months" in looked_at and months is not None:
        parts.append("創業から" + ledger.plain(_span(months), months, "months", "founded", "from_user"))
    return "・".join(parts) + ("の場合、" if parts else "")


def _span(months: int) -> str:
    return f"{months}か月" if months % 12 or not months else f"{months // 12}年"


def _need(found: Finding, finding: EligibilityFinding, ledger: Ledger) -> str:
    need, edition = found.requirement, finding.place.edition
    text = ledger.told(need, "requirement", (edition.programme, edition.id, finding.frame.id))
    return f"- {text}" + ledger.cite(need.source) + doubt_note(need.doubt)
