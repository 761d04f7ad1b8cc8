"""The store's calendar links: made, listed, revoked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..facts import Facts
from .access import StoreAccess
from .calendar_link import DEFAULT, CalendarLink, LinkChoices, LinkKind
from .people_on_record import PeopleOnRecord

ALIKE: Mapping[LinkKind, LinkChoices] = {}
"""All kinds of calendars look as they do by default."""


class LinkStore:
    """Who may see which calendar."""

    def __init__(self, access: StoreAccess) -> None:
        self._access = access

    def make(
        self,
        facts: Facts,
        wanted: Iterable[tuple[LinkKind, str]],
        revoke: Iterable[int] = (),
        choices: Mapping[LinkKind, LinkChoices] = ALIKE,
    ) -> list[tuple[CalendarLink, str]]:
        """Make links, each a kind and a subject; return each with its secret, shown this once.

        *choices* says for each kind how its calendars look. The links numbered *revoke* lead
        nowhere from then on. All of it happens, or nothing.
        """
        database = self._access.to_write()
        from . import link_rows

        with database.at_once():
            people = self._access.people_to_write(facts)
            links: list[tuple[LinkKind, str, LinkChoices]] = []
            for kind, subject in wanted:
                links.append((kind, _kept(kind, subject, people), choices.get(kind, DEFAULT)))
            made = link_rows.make(database, facts.team.name, links, list(revoke))
        return [(_read(link, people), secret) for link, secret in made]

    def choose(self, choices: Mapping[int, LinkChoices]) -> None:
        """Have the calendars of links look otherwise from now on, by the links' numbers."""
        database = self._access.to_write()
        from . import link_rows

        link_rows.choose(database, choices)

    def revoke(self, facts: Facts, numbers: Iterable[int]) -> None:
        """Revoke the links of these *numbers*: they lead nowhere from then on."""
        self.make(facts, (), numbers)

    def all(self, facts: Facts) -> tuple[CalendarLink, ...]:
        """Return every link of the team in the order they were made, revoked ones too."""
        database = self._access.to_read()
        if database is None:
            return ()
        from . import link_rows

        people = self._access.people(facts)
        found = link_rows.links(database, self._access.team(facts))
        return tuple(_read(link, people) for link in found)

    def live(self, facts: Facts) -> tuple[CalendarLink, ...]:
        """Return the links that were not revoked, in the order they were made."""
        return tuple(link for link in self.all(facts) if link.revoked_at is None)


def _kept(kind: LinkKind, subject: str, people: PeopleOnRecord) -> str:
    """Return what is kept as the subject of a link: a person may be called otherwise later."""
    return people.key(subject) if kind == "person" else subject


def _read(link: CalendarLink, people: PeopleOnRecord) -> CalendarLink:
    if link.kind != "person":
        return link
    person = people.whose(link.subject)
    return replace(link, subject=people.name(link.subject), person=person)
