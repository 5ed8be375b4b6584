"""Eligibility in three values, and the one question that would decide it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from assistant.rules.conditions import Inputs, Verdict
from assistant.rules.schema import Frame, Requirement, SizeClass


@dataclass(frozen=True, slots=True)
class Finding:
    """One requirement judged: the verdict, and the unknown inputs it waits for."""

    requirement: Requirement
    verdict: Verdict
    waits_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Eligibility:
    """All requirements of a frame judged, and the verdict of the decisive ones together."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    ask_next: str | None
    """The unknown input that decides most of the open requirements."""


def judge(frame: Frame, inputs: Inputs) -> Eligibility:
    """Whether an applicant meets a frame's requirements as far as they are told.

    Requirements without a test (duties, declarations) stay out of the verdict; those that do not apply are skipped.
    """
    findings = tuple(_finding(r, inputs) for r in frame.requirements if r.applies_when.check(inputs) is not Verdict.NOT_MET)
    deciding = [f for f in findings if f.requirement.decisive and f.requirement.test is not None]
    verdicts = {f.verdict for f in deciding}
    if Verdict.NOT_MET in verdicts:
        total = Verdict.NOT_MET
    else:
        total = Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.MET
    waits = Counter(name for f in deciding for name in f.waits_for)
    return Eligibility(total, findings, waits.most_common(1)[0][0] if waits else None)


def _finding(requirement: Requirement, inputs: Inputs) -> Finding:
    if requirement.test is None:
        return Finding(requirement, Verdict.UNKNOWN, ())
    return Finding(requirement, requirement.test.check(inputs), requirement.test.missing(inputs))


def size_of(inputs: Inputs, classes: tuple[SizeClass, ...]) -> str | None:
    """`small` or `sme` by industry class and headcount (小規模事業者 up to the class's limit); None if unknown."""
    told = inputs.get("size")
    if told:
        return str(told)
    employees, industry = inputs.get("employees"), inputs.get("industry")
    if employees is None:
        return None
    limits = [c.small_max_people for c in classes if industry in (None, c.industry)]
    if not limits:
        return None
    if employees > max(limits):
        return "sme"
    return "small" if employees <= min(limits) else None


def with_size(inputs: Inputs, classes: tuple[SizeClass, ...]) -> Inputs:
    """Inputs with the size class filled in where industry and headcount tell it."""
    return inputs.with_(size=size_of(inputs, classes))
