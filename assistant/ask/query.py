"""What a question says, as data: the record that parsing makes and every later step reads."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.ask.names import Mention, Target
from assistant.ask.rounds import RoundMention
from assistant.ask.slots import Slots


@dataclass(frozen=True, slots=True)
class Query:
    """What a question says, as data."""

    text: str
    mentions: tuple[Mention, ...] = ()
    programmes: tuple[str, ...] = ()
    named_programmes: tuple[str, ...] = ()
    """Programmes named outright, not only implied by a frame's name."""
    targets: tuple[Target, ...] = ()
    """Series, frames, special measures and components named, within `programmes`."""
    rounds: tuple[RoundMention, ...] = ()
    year: int | None = None
    attributes: tuple[str, ...] = ()
    slots: Slots = field(default_factory=Slots)
    of_year: int | None = None
    """The year that is said of a programme itself (2024年の持続化, 去年の創業型), not of something else in the text."""
    specials_off: bool = False
    specials_denied: frozenset[str] = frozenset()
    """Ids of the special measures that the text names and says are not used."""
    both_ways: bool = False
    confirm: bool = False
    small_talk: str | None = None
    unsafe: bool = False
    dictated: bool = False
    """Whether the text dictates what is to be answered; that is left out of it."""
    done_first: bool = False
    """Whether something was ordered, bought or paid before the application."""
    procedure: str = ""
    """What the knowledge calls the steps of the procedure that the text asks about in everyday words."""
    out_of_scope: bool = False
    unknown_names: tuple[str, ...] = ()
    elsewhere: str = ""
    """The place outside of the areas of our local programmes whose own schemes are asked for."""
    carried: bool = False
    inherited: bool = False
    """Whether what it asks is what the turn before asked, though its own words may ask something else (上限は？ 担保は？)."""
    leans_on: str = ""
    """What the turn before said, where this one names neither what it asks nor what it is about."""
    vague: bool = False
    """Whether it only asks how much, and nothing that was said before names a programme or a cost."""
    before: Query | None = None
    """The turn before, as it was understood."""
    areas: frozenset[str] = frozenset()
    """Areas with schemes of their own that the text names, or the turns that it leans on."""
    quoted: tuple[str, ...] = ()
    """What the user put in 「」, letter by letter as he typed it."""
    words: frozenset[str] = frozenset()
    """Names of the word tables of which the text holds a word (cost_needed, money_words)."""

    def named(self, kind: str) -> tuple[Target, ...]:
        """The targets of one kind."""
        return tuple(t for t in self.targets if t.kind == kind)

    def has_word(self, table: str) -> bool:
        """Whether the text holds a word of that table."""
        return table in self.words

    def has(self, *attributes: str) -> bool:
        """Whether one of the attributes is asked for."""
        return any(a in self.attributes for a in attributes)
