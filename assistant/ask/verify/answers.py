"""What is said of a number: verdict, reason, what would be right, source."""

from __future__ import annotations

from assistant.ask.verify.measures import measure_of
from assistant.ask.verify.reading import Reading
from assistant.ask.verify.records import CheckedNumber, Claim, Context, Verdict
from assistant.ask.verify.score import Ranked
from assistant.ask.verify.weights import W
from assistant.text.dates import PartialDate, resolve, weekday_of
from assistant.text.numbers import Quantity

KNOWN = 1.1
"""Score from which the catalogue is taken to tell of the very thing, so that another number is wrong and not only unsupported."""


def answer(
    reading: Reading, quantity: Quantity, verdict: Verdict, why: str, expected: tuple[str, ...] = (), claim: Claim | None = None
) -> CheckedNumber:
    """A verdict with the place of the number in the text as given, and the source of the figure that backs or corrects it."""
    start, end = reading.norm.span(quantity.start, quantity.end)
    source = None
    if claim is not None:
        ref = claim.figure.source
        document = reading.catalogue.documents.get(ref.doc)
        source = {
            "document": document.title if document else ref.doc, "section": ref.section,
            "as_of": document.as_of if document else None, "url": document.url if document else None,
        }  # fmt: skip
    return CheckedNumber(start, end, reading.original[start:end], verdict, expected, why, source, quantity.value, quantity.unit)


def refuse(reading: Reading, context: Context, ranked: Ranked) -> CheckedNumber:
    """The verdict on a number that nothing backs: wrong where the catalogue tells of the thing, else unsupported."""
    quantity = context.quantity
    if ranked.top < (KNOWN if context.scope.programmes else W.unnamed):
        return answer(reading, quantity, "unsupported", "この数字の根拠がカタログにありません。")
    near = [c for s, c in ranked.claims[:12] if s >= ranked.top - 0.3 and c.index not in ranked.equal]
    if context.scope.frames:  # neither another frame's figure nor one of a table across programmes is what is right here
        frames, programmes = context.scope.frames | {None}, context.scope.programmes
        near = [c for c in near if c.figure.frame_id in frames and c.figure.programme in programmes] or near
    expected = tuple(dict.fromkeys(c.figure.value.text() for c in near))[:3]
    why = "カタログの数字と違います。"
    if ranked.match is not None:
        why = f"この数字は別の項目（{ranked.match[1].figure.label or '本則'}）のものです。"
    elif owner := _elsewhere(reading, quantity):
        why = f"この数字は{owner}のものです。"
    return answer(reading, quantity, "wrong", why, expected, near[0] if near else None)


def _elsewhere(reading: Reading, quantity: Quantity) -> str:
    """The edition whose figure a wrong number is."""
    for claim in reading.index.matching(measure_of(quantity), quantity.bound):
        if claim.figure.edition_id:
            edition = reading.catalogue.editions[claim.figure.edition_id]
            return f"{reading.catalogue.programmes[edition.programme].short} {edition.label}"
    return ""


def wrong_weekday(reading: Reading, quantity: Quantity) -> CheckedNumber:
    """The verdict on a date whose weekday is not that of the day."""
    value = quantity.value
    day = resolve(value, reading.today) if isinstance(value, PartialDate) else None
    right = f"{weekday_of(day)}曜日" if day else ""
    return answer(reading, quantity, "wrong", "日付と曜日が合いません。", (right,) if right else ())
