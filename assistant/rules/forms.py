"""Forms: what an application asks the firm to write, as data beside the edition it belongs to."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool, StrictStr, model_validator

from assistant.rules.schema import Id, Names, Sourced, Text
from assistant.rules.values import Count, Strict, Value


class FormSection(Sourced):
    """One field of a form: its heading, what belongs into it in our own words, and who composes it.

    `composer` names a composer of assistant/drafting; `needs` are the facts of a company file that the field lives on.
    """

    id: Id
    part: Text
    title: Text
    composer: Id
    guidance: Text
    needs: Names = ()
    required: StrictBool = True
    max_chars: Count | None = None
    figures: dict[Id, Value] = Field(default_factory=dict)


class Form(Strict):
    """The form of one edition: its parts in their order."""

    id: Annotated[StrictStr, Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
    """Id of the edition that the form belongs to."""
    title: Text
    note: Text | None = None
    max_pages: Count | None = None
    sections: Annotated[tuple[FormSection, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _ids_unique(self) -> Form:
        ids = [s.id for s in self.sections]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"section ids are used twice: {', '.join(twice)}")
        return self

    def section(self, section_id: str) -> FormSection | None:
        """The section with that id, None if the form has none."""
        return next((s for s in self.sections if s.id == section_id), None)
