"""A question with all that its evidence is gathered from."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from math import ceil, floor

from assistant.ask.query import Query
from assistant.ask.route import Place, Route
from assistant.ask.staff import with_members
from assistant.rules.conditions import Inputs
from assistant.rules.editions import default_window, editions_in, series_of, windows_on
from assistant.rules.eligibility import with_size
from assistant.rules.load import Catalogue
from assistant.search.index import SearchIndex
from assistant.text.dates import months_between

ASSUMED = {"revival": False, "near_minimum_wage": False, "is_deemed_large": False}
"""Taken as given unless told: rare states that the answer's conditions name anyway."""


@dataclass(frozen=True)
class Inquiry:
    """What is asked, where it points, and the knowledge that answers on a day."""

    query: Query
    route: Route
    catalogue: Catalogue
    index: SearchIndex
    today: date

    @cached_property
    def inputs(self) -> Inputs:
        """What is known of the firm, its size class worked out where that is certain."""
        told = with_size(Inputs({**self._assumed(), **self.query.slots.inputs}), self.catalogue.general.size_classes)
        return with_members(self.query.text, (f for p in self.route.places for f in p.frames), told)

    def inputs_at(self, place: Place) -> Inputs:
        """The inputs with the firm's age at the deadline of a round, or today where none is ahead, if its founding was told.

        Where only the year or the month was told, the age is left open unless the whole of it is in one year of age.
        """
        told = self.inputs.get("founded_on")
        if told is None or self.inputs.get("founded_months") is not None:
            return self.inputs
        window = place.window
        ahead = window.closes_at is not None and window.state in ("open", "upcoming")
        day = window.closes_at.date() if ahead and window.closes_at else self.today
        oldest, youngest = (months_between(d, day) for d in _founding_days(int(told)))
        same = floor(oldest / 12) == floor(youngest / 12) and ceil(oldest / 12) == ceil(youngest / 12)
        return self.inputs.with_(founded_months=oldest) if same else self.inputs

    def _assumed(self) -> dict[str, bool]:
        """What is taken as given: rare states do not hold, but for those that a special needs which is to be used for a cost.

        Nothing is of a state that the question speaks of beside a cost.
        """
        slots, flags = self.query.slots, self.catalogue.vocabulary.get("flags", {})
        open_ = {n for n in ASSUMED if slots.items and any(w in self.query.text for w in flags.get(n, {}).get("about", ()))}
        used = set(slots.inputs.get("specials") or ()) if slots.items else set()
        needed = {
            name
            for p in self.route.places for f in p.frames for s in f.specials if s.id in used
            for name, test in s.requires.tests.items() if test.is_ is True
        }  # fmt: skip
        return {name: name in needed or usual for name, usual in ASSUMED.items() if name in needed or name not in open_}

    @property
    def editions(self) -> frozenset[str]:
        """The editions that answer where the question names no programme."""
        return default_editions(self.catalogue, self.today)

    @property
    def own_places(self) -> tuple[Place, ...]:
        """The places for a question about one's own case: the default series of a programme if none was named."""
        named = {(t.programme, t.series) for t in self.query.targets if t.kind in ("series", "frame", "component")}
        out = []
        for place in self.route.places:
            programme, series = place.edition.programme, place.edition.series
            default = self.catalogue.programmes[programme].default_series
            if default is None or series == default or (programme, series) in named:
                out.append(place)
        return tuple(out)


def _founding_days(told: int) -> tuple[date, date]:
    """The first and the last day that a founding told as yyyymmdd may mean: 01 of a month or year stands for all of it."""
    year, month, day = told // 10_000, told // 100 % 100, told % 100
    if day > 1:
        return date(year, month, day), date(year, month, day)
    last = 12 if month == 1 else month
    return date(year, month, 1), date(year, last, monthrange(year, last)[1])


@lru_cache(maxsize=64)
def default_editions(catalogue: Catalogue, today: date) -> frozenset[str]:
    """The edition of every series that answers on a day where the question names none."""
    out = set()
    for programme in catalogue.programmes:
        for series in series_of(catalogue, programme):
            editions = editions_in(catalogue, programme, series)
            if windows_on(editions, today):
                out.add(default_window(editions, today).edition.id)
    return frozenset(out)
