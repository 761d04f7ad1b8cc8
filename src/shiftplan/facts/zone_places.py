"""Places by name, and the time zones they are in: countries, cities of zones, large cities."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from ..clock import zone_names
from ..errors import plain_letters
from .zone_words import COUNTRIES, WORDS

Zones = tuple[str, ...]

_LARGE = 8
"""One in so many of the cities listed of a zone, the largest, is very large."""


def plain(text: str) -> str:
    """Return a name in small letters, with blanks for all that may stand between words."""
    return " ".join(plain_letters(re.sub(r"[_\-.,'’()&]+", " ", text)).split())


def squeezed(text: str) -> str:
    """Return a name in small letters and nothing between them: ``New-York`` is ``newyork``."""
    return plain(text).replace(" ", "")


@cache
def listed() -> Mapping[str, frozenset[str]]:
    """Return the zones in use with the codes of the countries of each."""
    found: dict[str, frozenset[str]] = {}
    for line in _lines("tzdata.zoneinfo", "zone.tab"):
        code, _, zone, *_ = line.split("\t")
        found[zone] = found.get(zone, frozenset()) | {code}
    return found


@cache
def regions() -> frozenset[str]:
    """Return what zones are named after before their city: ``europe``."""
    return frozenset(plain(zone.partition("/")[0]) for zone in listed())


@cache
def by_whole_name() -> Mapping[str, Zones]:
    """Return each zone by its name, older names too."""
    return _by_name((zone, _in_use(zone)) for zone in zone_names())


@cache
def parts_of_the_world() -> Mapping[str, Zones]:
    """Return the zones of states and of words for zones, by name."""
    return {squeezed(word): zones for word, zones in WORDS.items()}


@cache
def countries() -> Mapping[str, Zones]:
    """Return the zones of countries by name: first those that many large cities share."""
    codes: dict[str, Zones] = {}
    for key, name in _other_names():
        if "/" not in key:
            codes[squeezed(name)] = (key,)
    for line in _lines("tzdata.zoneinfo", "iso3166.tab"):
        code, name = line.split("\t")
        codes[squeezed(name)] = (code,)
    codes |= {squeezed(name): given for name, given in COUNTRIES.items()}
    zones_of = {code: _of_country(code) for given in codes.values() for code in given}
    return {name: sum((zones_of[code] for code in given), ()) for name, given in codes.items()}


def _of_country(code: str) -> Zones:
    large = _large_cities_by_zone()
    zones = [zone for zone, codes in listed().items() if code in codes]
    shared = [zone for zone in zones if large[zone]] or zones
    return tuple(sorted(shared, key=lambda zone: -large[zone]))


@cache
def _large_cities_by_zone() -> Counter[str]:
    return Counter(zone for zones in cities().values() for zone in zones)


@cache
def zone_cities() -> Mapping[str, Zones]:
    """Return the zones by their own cities, in other languages too."""
    in_use = [(_city(zone), zone) for zone in listed()]
    older = [(_city(zone), _in_use(zone)) for zone in zone_names() - set(listed())]
    known = _by_name(in_use)
    others = _by_name((name, key) for key, name in _other_names() if "/" in key)
    return {**_by_name(older), **others, **known}


@cache
def cities() -> Mapping[str, Zones]:
    """Return the zones of large cities that no zone is called after, by name."""
    return _by_name((name, zone) for zone, names in _city_lines() for name in names)


@cache
def very_large_cities() -> Mapping[str, Zones]:
    """Return those of ``cities`` that a misspelled name may well mean."""
    large = {
        squeezed(name) for _, names in _city_lines() for name in names[: -(-len(names) // _LARGE)]
    }
    return {name: cities()[name] for name in large}


def _city(zone: str) -> str:
    return zone.rpartition("/")[2]


@cache
def _links() -> Mapping[str, str]:
    rows = [line.split() for line in _lines("tzdata.zoneinfo", "tzdata.zi")]
    return {row[2]: row[1] for row in rows if row[0] == "L"}


def _in_use(zone: str) -> str:
    """Return the name that is in use now for an older name of a zone."""
    now = zone if zone in listed() else _links().get(zone, zone)
    return now if now in zone_names() else zone


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, Zones]:
    found: dict[str, set[str]] = {}
    for name, zone in pairs:
        found.setdefault(squeezed(name.replace("/", " ")), set()).add(zone)
    return {name: tuple(sorted(zones)) for name, zones in found.items()}


@cache
def _city_lines() -> tuple[tuple[str, list[str]], ...]:
    return tuple(
        (zone, names.split(", "))
        for zone, _, names in (
            line.partition(": ") for line in _lines("shiftplan.facts", "cities.txt")
        )
    )


@cache
def _other_names() -> tuple[tuple[str, str], ...]:
    """Return codes of countries and zones, each with a name of it in another language."""
    return tuple(
        (key, name)
        for key, _, names in (
            line.partition(": ") for line in _lines("shiftplan.facts", "other_names.txt")
        )
        for name in names.split(", ")
    )


def _lines(package: str, name: str) -> list[str]:
    text = (files(package) / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
