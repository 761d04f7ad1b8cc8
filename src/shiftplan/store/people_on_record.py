"""Who of a plan is who on record: by id, or else by name, and whatever they were called before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..facts import Person
from ..facts.names import canonical
from ..publication import free_name


class KnownPerson(NamedTuple):
    """What is noted about somebody whose name alone does not say who they are."""

    key: str
    """What stands for them wherever rows on record name a person; it never changes."""
    id: str
    """The id the plan last gave them, empty if it gave none."""
    name: str
    """What they were last called."""
    first: str
    """What they were called when this was noted; no two have the same."""


@dataclass(frozen=True)
class PeopleOnRecord:
    """The names people of a plan are read by, and the keys they are kept by."""

    keys: Mapping[str, str]
    """By name, of everybody in the plan."""
    ids: Mapping[str, str]
    """By key, the id of those who have one."""
    also: Mapping[str, str]
    """Keys of people by names that were kept as keys, too: before the plan gave them their id."""
    first: Mapping[str, str]
    """By key, what people were first called, where it may be another name."""
    news: tuple[KnownPerson, ...]
    """What is to be noted once something is written."""
    _names: Mapping[str, str]
    """By key, where the name is another."""
    _left: Mapping[str, str]
    """The same of those who are in the plan no more, by name."""

    def key(self, name: str) -> str:
        """Return what is kept for *name*."""
        return self.keys.get(name) or self._left.get(name, name)

    def name(self, key: str) -> str:
        """Return what is read for *key*: somebody's name in the plan, or else their last one."""
        return self._names.get(self.whose(key), key)

    def whose(self, kept: str) -> str:
        """Return the key of whoever something is *kept* for, which may be by a name of theirs."""
        if kept in self._names:
            return kept
        # Names that an older program kept may have other blanks, or letters taken apart.
        same = canonical(kept)
        if same in self.also:
            return self.also[same]
        return same if same in self._names else kept

    def kept(self, name: str) -> tuple[str, ...]:
        """Return everything by which something may be kept for the person called *name*."""
        key = self.key(name)
        return (key, *(other for other, whose in self.also.items() if whose == key))


def people_on_record(
    people: Sequence[Person], known: Iterable[KnownPerson], on_record: Callable[[str], bool]
) -> PeopleOnRecord:
    """Return who *people* are, by what is *known* and by the keys that are *on_record*."""
    noted = {one.key: one for one in known}
    keys = _Keys(people, noted, on_record).found()
    left = _left(keys, noted)
    names = {key: name for name, key in (*keys.items(), *left.items())}
    ids = {one.key: one.id for one in noted.values() if one.id}
    first = _first(people, keys, noted, on_record)
    news = tuple(_news(people, keys, noted, first))
    return PeopleOnRecord(keys, ids, _also(keys, noted), first, news, names, left)


class _Keys:
    """Finds the key of each person, no key for two."""

    def __init__(
        self,
        people: Sequence[Person],
        noted: Mapping[str, KnownPerson],
        on_record: Callable[[str], bool],
    ) -> None:
        self._people = people
        self._noted = noted
        self._on_record = on_record
        self._by_id = {one.id: one.key for one in noted.values() if one.id}
        self._ids = {person.id for person in people if person.id}
        self._keys: dict[str, str] = {}

    def found(self) -> dict[str, str]:
        """Return the key of everybody, by name."""
        # Whoever is known by their id comes first: no name takes their key from them.
        for person in self._people:
            # Without an id the name is one, also of somebody who had another name for a while.
            if person.key in self._by_id:
                self._keys[person.name] = self._by_id[person.key]
        for person in self._people:
            if person.name not in self._keys:
                self._keys[person.name] = (
                    self._by_id_anew(person) if person.id else self._by_name(person)
                )
        return {person.name: self._keys[person.name] for person in self._people}

    def _by_id_anew(self, person: Person) -> str:
        """Return the key of somebody whose id is on record nowhere as an id."""
        # The id is the name they were on record by: they are called otherwise now.
        if self._free(person.id) and self._on_record(person.id):
            return person.id
        # Their name is on record without an id: it is they, and this is their id from now on.
        # But where that name is somebody's id, it is they who were called so.
        if person.name in self._ids - {person.id}:
            return self._new(person.id)
        if key := self._known_by_name(person, lambda one: not one.id):
            return key
        if self._free(person.name) and self._on_record(person.name):
            return person.name
        return self._new(person.id)

    def _by_name(self, person: Person) -> str:
        """Return the key of somebody without an id."""
        # The name is still theirs if only the id was taken out of the plan.
        if key := self._known_by_name(person, lambda one: one.id not in self._ids):
            return key
        return self._new(person.name)

    def _known_by_name(self, person: Person, may_be: Callable[[KnownPerson], bool]) -> str:
        taken = {*self._keys.values()}
        for one in self._noted.values():
            if one.name == person.name and one.key not in taken and may_be(one):
                return one.key
        return ""

    def _new(self, wanted: str) -> str:
        """Return *wanted*, or the like of it if that is somebody else's."""
        key, number = wanted, 1
        while not self._free(key):
            number += 1
            key = f"{wanted}/{number}"
        return key

    def _free(self, key: str) -> bool:
        """Say whether *key* is nobody's who is known by an id, and nobody's in the plan."""
        owner = self._noted.get(key)
        return key not in self._keys.values() and (owner is None or not owner.id)


def _left(keys: Mapping[str, str], noted: Mapping[str, KnownPerson]) -> dict[str, str]:
    """Return the keys of those who are not in the plan and are not read as they are kept, by name.

    A name that is now somebody else's is told apart.
    """
    here = {*keys.values()}
    found: dict[str, str] = {}
    gone = {key: one.name for key, one in noted.items() if key not in here}
    for key, name in sorted(gone.items()):
        found[free_name(name, {*keys, *found})] = key
    return found


def _also(keys: Mapping[str, str], noted: Mapping[str, KnownPerson]) -> dict[str, str]:
    """Return the names under which people may be on record besides their keys.

    Somebody is called otherwise, a draft is kept, and only then the plan says who it is: what is on
    record by the name alone is theirs, unless it is known to be somebody else's.
    """
    others = {*keys.values(), *noted}
    return {name: key for name, key in keys.items() if name not in others}


def _first(
    people: Sequence[Person],
    keys: Mapping[str, str],
    noted: Mapping[str, KnownPerson],
    on_record: Callable[[str], bool],
) -> dict[str, str]:
    """Return what each person was first called, by key, no two the same and no id among them."""
    found = {one.key: one.first for one in noted.values()}
    taken = {*found.values()}
    unknown = {keys[p.name]: p for p in people if keys[p.name] not in noted}
    # What is on record by a key without a note was kept by that name.
    by_id = {
        key for key, p in unknown.items() if key == p.id and key != p.name and not on_record(key)
    }
    # Whoever has been on record by a name keeps it, before others who have it now.
    for key in sorted(unknown, key=lambda key: key in by_id):
        wanted = unknown[key].name if key in by_id else key
        found[key] = _unlike(wanted, taken)
        taken.add(found[key])
    return found


def _unlike(wanted: str, taken: Collection[str]) -> str:
    """Return *wanted*, or the like of it that is none of those *taken*."""
    made, number = wanted, 1
    while made in taken:
        number += 1
        made = f"{wanted}/{number}"
    return made


def _news(
    people: Sequence[Person],
    keys: Mapping[str, str],
    noted: Mapping[str, KnownPerson],
    first: Mapping[str, str],
) -> Iterable[KnownPerson]:
    for person in people:
        key = keys[person.name]
        before = noted.get(key)
        # A name that is its own key needs no note, unless somebody else was called so first.
        if before is None and not person.id and key == person.name == first[key]:
            continue
        id = person.id or (before.id if before is not None else "")
        now = KnownPerson(key, id, person.name, first[key])
        if now != before:
            yield now
