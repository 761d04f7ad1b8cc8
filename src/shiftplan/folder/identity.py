"""Tables and rules that name people by their ids, turned to names: that is what all else knows."""

from __future__ import annotations

from collections.abc import Iterable

from ..facts import Frozen, Person, RotaWeek
from ..rules import Rule
from ..rules.packs import PackEntry
from .draft import Draft, Placed
from .sections import TABLES, WorkedLine


class Ids:
    """Who is meant by a name or an id."""

    def __init__(self, people: Iterable[Person]) -> None:
        """Take the ids of *people*; where a name and an id are the same, the name counts."""
        known = tuple(people)
        names = {person.name for person in known}
        self._named = {p.id: p.name for p in known if p.id and p.id not in names}
        self._by_key = {p.key: p.name for p in known}
        self._without_id = {p.name for p in known if not p.id}

    def name(self, word: str) -> str:
        """Return the name of whoever is called *word* or has it as their id, else *word*."""
        return self._named.get(word, word)

    def of_line(self, person: str, id: str) -> str:
        """Return the name of whoever a line of a roster is about; the id decides, if it has one.

        Of somebody who is not in the plan, it is no name that anybody in the plan has.
        """
        if not id:
            return self.name(person)
        known = self._by_key.get(id)
        if known is not None:
            return known
        # The plan may have had ids once: then the name is all there is.
        return person if person in self._without_id else f"{person} ({id})"

    # -- what was read ---------------------------------------------------------------------------

    def rows(self, rows: Iterable[Placed]) -> list[Placed]:
        """Return the *rows* of a table with people by their names."""
        return [(self._row(row), place) for row, place in rows]

    def _row(self, row: Frozen) -> Frozen:
        if isinstance(row, RotaWeek):
            people = self._names(row.people)
            return row if people == row.people else row.model_copy(update={"people": people})
        written: str = getattr(row, "person", "")
        id = row.id if isinstance(row, WorkedLine) else ""
        name = self.of_line(written, id)
        return row if name == written else row.model_copy(update={"person": name})

    def rule(self, entry: Rule | PackEntry) -> Rule | PackEntry:
        """Return a rule or a pack that applies to people by their names."""
        changed: dict[str, object] = {}
        names = self._names(entry.whom.names)
        if names != entry.whom.names:
            changed["whom"] = entry.whom.model_copy(update={"names": names})
        # Of rules about certain people together.
        if "who" in type(entry).model_fields:
            changed["who"] = self._names(getattr(entry, "who"))  # noqa: B009
        return entry.model_copy(update=changed) if changed else entry

    def _names(self, words: Iterable[str]) -> tuple[str, ...]:
        # Somebody may be named twice, by name and by id.
        return tuple(dict.fromkeys(map(self.name, words)))


def turn_to_names(draft: Draft) -> None:
    """Let everything in *draft* that is about people name them by their names."""
    ids = Ids(person for person, _ in draft.table("people"))
    for section, columns in TABLES.items():
        if {"person", "people"} & columns.row.model_fields.keys():
            draft.rows[section] = [ids.rows(rows) for rows in draft.rows.get(section, [])]
    draft.rules = [(ids.rule(entry), place) for entry, place in draft.rules]
