"""Which time zone somebody may have meant by a word that names none."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..errors import edits_between
from .zone_places import (
    Zones,
    by_whole_name,
    cities,
    countries,
    parts_of_the_world,
    plain,
    regions,
    squeezed,
    very_large_cities,
    zone_cities,
)
from .zone_words import ABBREVIATIONS

HOW = "Zones are named after one large city of a country, as Europe/Dublin is."
"""What is said where nothing is near."""
OFFSET = "An offset does not say when clocks change. Name a place, as Europe/Dublin."
_MOST = 4
"""Zones of one country that are named."""
_SHORTEST = 5
"""Letters of the shortest name that is looked for by its spelling: a shorter one is soon another
place.
"""
_LONG = 8
"""Letters of a name in which two may be wrong, not only one."""

_OFFSET = re.compile(r"(etc/)?(utc|gmt|z)?\s*[+-−]\s*\d{1,2}(:?\d{2})?", re.IGNORECASE)
_UTC = {"utc", "gmt", "z", "zulu", "uct", "universal", "greenwich", "gmt0", "etcutc", "etcgmt"}
_BETWEEN = re.compile(r"[/\\|:;,]+")
_OF_A_CLOCK = re.compile(r"( (standard|daylight|summer))?( time)?( zone)?( us( and)? canada)?$")
"""What may follow a word for a zone: Eastern, Eastern Time, Eastern Standard Time."""
_NORTH_AMERICA = {"", "us", "usa", "canada", "america", "north america", "pacific"}


def zone_advice(word: str) -> str:
    """Return what to write instead of *word*, which is no name of a zone."""
    parts = [part for part in map(plain, _BETWEEN.split(word)) if part]
    name = " ".join(parts)
    if name.replace(" ", "") in _UTC:
        return _did_you_mean(["UTC"])
    if _OFFSET.fullmatch(word.strip()):
        return OFFSET
    if name in ABBREVIATIONS:
        return _of_abbreviation(word.strip(), ABBREVIATIONS[name])
    found = _meant(parts)[:_MOST] if parts else ()
    return _did_you_mean(found) if found else HOW


def _did_you_mean(zones: Iterable[str]) -> str:
    *most, last = (f"'{zone}'" for zone in zones)
    return f"Did you mean {', '.join(most)} or {last}?" if most else f"Did you mean {last}?"


def _of_abbreviation(word: str, zones: Zones) -> str:
    if len(zones) == 1:
        return f"{word} is what clocks show for a part of a year. {_did_you_mean(zones)}"
    *most, last = zones
    return f"{word} is used in several places. Name one: {', '.join(most)} or {last}."


def _meant(parts: list[str]) -> Zones:
    """Return the zones that *parts* of a name mean, in whatever order and with any separator."""
    whole = by_whole_name()
    found = whole.get(squeezed(" ".join(parts))) or whole.get(squeezed(" ".join(parts[::-1])))
    if found:
        return found
    if len(parts) == 1:
        return _called(parts[0], "") or _in_words(parts[0].split()) or _near(parts[0], "")
    clock = parts_of_the_world().get(squeezed(" ".join(parts)))
    return clock or _in_region(*_in_order(parts[0], parts[-1]))


def _in_words(words: list[str]) -> Zones:
    """Return the zones of a name that has its region before or after it: ``Dublin Ireland``."""
    for region, rest in ((words[-1], words[:-1]), (words[0], words[1:])):
        name = " ".join(rest)
        if name and region in regions():
            return _in_region(region, name)
        # Lebanon is a country, and a town in Ohio.
        found = set(_called(name, region)) & set(_place(region, ""))
        if found:
            return tuple(sorted(found))
    return ()


def _in_order(first: str, last: str) -> tuple[str, str]:
    """Return the region and the name of two parts: ``Zurich/Europe`` has them the other way."""
    if first in regions():
        return first, last
    if last in regions():
        return last, first
    outer, inner = _place(last, ""), _place(first, "")
    # USA/Texas has the larger first; Lebanon, Ohio is in Ohio.
    return (last, first) if outer and not set(outer) < set(inner) else (first, last)


def _in_region(region: str, name: str) -> Zones:
    """Return the zones of *name* in a part of the world, or in a country or state."""
    found = _called(name, region)
    around = () if region in regions() else _place(region, "")
    if around:
        return tuple(zone for zone in found if zone in around) or around
    # A region that is misspelled, or not that of the city, is no reason to offer nothing.
    return tuple(zone for zone in found if _is_in(zone, region)) or found or _near(name, region)


def _is_in(zone: str, region: str) -> bool:
    return not region or plain(zone.partition("/")[0]) == region


def _called(name: str, region: str) -> Zones:
    """Return the zones of what is called so, but for case, accents and language."""
    key = squeezed(name)
    found = _place(name, region) or zone_cities().get(key) or cities().get(key, ())
    if key in parts_of_the_world():
        # Eastern is a town as well, which nobody means who writes Europe/Eastern.
        return tuple(zone for zone in found if _is_in(zone, region) or region not in regions())
    return found


def _place(name: str, region: str) -> Zones:
    """Return the zones of a country or state, or of what clocks there go by."""
    key = squeezed(name)
    words = parts_of_the_world()
    clock = words.get(key) or words.get(squeezed(_OF_A_CLOCK.sub("", name)), ())
    # Eastern and Central are parts of other continents, too.
    here = clock if region in _NORTH_AMERICA or any(_is_in(zone, region) for zone in clock) else ()
    return tuple(dict.fromkeys((*countries().get(key, ()), *here)))


def _near(name: str, region: str) -> Zones:
    """Return the zones of what is spelled nearly so, if nothing else is spelled as nearly."""
    wanted = squeezed(name)
    found: dict[int, set[Zones]] = {}
    for known in (zone_cities(), very_large_cities(), countries(), parts_of_the_world()):
        for other, zones in known.items():
            edits = _slips(wanted, other)
            here = tuple(zone for zone in zones if _is_in(zone, region)) if edits else ()
            if edits and here:
                found.setdefault(edits, set()).add(here)
    best = found[min(found)] if found else set()
    return best.pop() if len(best) == 1 else ()


def _slips(one: str, other: str) -> int | None:
    """Return how many letters are wrong, None if too many for names as long as these."""
    shorter = min(len(one), len(other))
    # People rarely miss the first letter.
    if shorter < _SHORTEST or one[0] != other[0]:
        return None
    edits = edits_between(one, other)
    most = 2 if shorter >= _LONG else 1
    return edits if edits is not None and edits <= most else None
