"""Which time zone somebody may have meant by a word that names none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from ..clock import zone_names
from ..errors import edits_between, plain_letters

HOW = "Zones are named after one large city of a country, as Europe/Dublin is."
"""What is said where nothing is near."""
OFFSET = "An offset does not say when clocks change. Name a place, as Europe/Dublin."
_MOST = 4
"""Zones of one country that are named."""

_OFFSET = re.compile(r"(etc/)?(utc|gmt|z)?\s*[+-−]\s*\d{1,2}(:?\d{2})?", re.IGNORECASE)
_UTC = {"utc", "gmt", "z", "zulu", "uct", "universal", "greenwich", "gmt0", "etc/utc", "etc/gmt"}

ABBREVIATIONS: Mapping[str, tuple[str, ...]] = {
    "acst": ("Australia/Adelaide", "Australia/Darwin"),
    "aest": ("Australia/Sydney", "Australia/Brisbane"),
    "aedt": ("Australia/Sydney",),
    "akst": ("America/Anchorage",),
    "akdt": ("America/Anchorage",),
    "art": ("America/Argentina/Buenos_Aires",),
    "ast": ("America/Halifax", "America/Puerto_Rico", "Asia/Riyadh"),
    "adt": ("America/Halifax",),
    "awst": ("Australia/Perth",),
    "brt": ("America/Sao_Paulo",),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "cat": ("Africa/Johannesburg", "Africa/Maputo"),
    "cet": ("Europe/Berlin", "Europe/Paris", "Europe/Warsaw"),
    "cest": ("Europe/Berlin", "Europe/Paris", "Europe/Warsaw"),
    "cst": ("America/Chicago", "America/Mexico_City", "Asia/Shanghai", "America/Havana"),
    "cdt": ("America/Chicago", "America/Havana"),
    "cst6cdt": ("America/Chicago",),
    "eat": ("Africa/Nairobi",),
    "eet": ("Europe/Athens", "Europe/Helsinki", "Africa/Cairo"),
    "eest": ("Europe/Athens", "Europe/Helsinki", "Africa/Cairo"),
    "est": ("America/New_York", "America/Panama"),
    "edt": ("America/New_York",),
    "est5edt": ("America/New_York",),
    "et": ("America/New_York",),
    "gst": ("Asia/Dubai",),
    "hkt": ("Asia/Hong_Kong",),
    "hst": ("Pacific/Honolulu",),
    "ict": ("Asia/Bangkok", "Asia/Ho_Chi_Minh"),
    "idt": ("Asia/Jerusalem",),
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "jst": ("Asia/Tokyo",),
    "kst": ("Asia/Seoul",),
    "met": ("Europe/Berlin", "Europe/Paris"),
    "mez": ("Europe/Berlin", "Europe/Vienna", "Europe/Zurich"),
    "mesz": ("Europe/Berlin", "Europe/Vienna", "Europe/Zurich"),
    "msk": ("Europe/Moscow",),
    "mst": ("America/Denver", "America/Phoenix"),
    "mdt": ("America/Denver",),
    "mst7mdt": ("America/Denver",),
    "mt": ("America/Denver",),
    "nst": ("America/St_Johns",),
    "ndt": ("America/St_Johns",),
    "nzst": ("Pacific/Auckland",),
    "nzdt": ("Pacific/Auckland",),
    "pht": ("Asia/Manila",),
    "pkt": ("Asia/Karachi",),
    "pst": ("America/Los_Angeles", "Asia/Manila"),
    "pdt": ("America/Los_Angeles",),
    "pst8pdt": ("America/Los_Angeles",),
    "pt": ("America/Los_Angeles",),
    "sast": ("Africa/Johannesburg",),
    "sgt": ("Asia/Singapore",),
    "trt": ("Europe/Istanbul",),
    "wat": ("Africa/Lagos",),
    "wet": ("Europe/Lisbon",),
    "west": ("Europe/Lisbon",),
    "wib": ("Asia/Jakarta",),
}
"""Where clocks show what is abbreviated so; the first is the one most people mean."""

_OTHER_COUNTRIES = {
    "uk": "GB",
    "great britain": "GB",
    "united kingdom": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "usa": "US",
    "united states of america": "US",
    "south korea": "KR",
    "czechia": "CZ",
    "holland": "NL",
    "the netherlands": "NL",
    "uae": "AE",
    "turkiye": "TR",
    "burma": "MM",
    "ivory coast": "CI",
}
"""Countries by names that the list of countries does not use."""


def zone_advice(word: str) -> str:
    """Return what to write instead of *word*, which is no name of a zone."""
    wanted = _plain(word)
    if wanted.replace(" ", "") in _UTC:
        return _did_you_mean(["UTC"])
    if _OFFSET.fullmatch(word.strip()):
        return OFFSET
    if wanted in ABBREVIATIONS:
        return _of_abbreviation(word.strip(), ABBREVIATIONS[wanted])
    region, _, city = wanted.rpartition("/")
    found = _exact(wanted, region, city) or _of_country(city) or _near(region, city)
    return _did_you_mean(found) if found else HOW


def _did_you_mean(zones: Iterable[str]) -> str:
    *most, last = (f"'{zone}'" for zone in zones)
    return f"Did you mean {', '.join(most)} or {last}?" if most else f"Did you mean {last}?"


def _of_abbreviation(word: str, zones: tuple[str, ...]) -> str:
    if len(zones) == 1:
        return f"{word} is what clocks show for a part of a year. {_did_you_mean(zones)}"
    *most, last = zones
    return f"{word} is used in several places. Name one: {', '.join(most)} or {last}."


def _exact(wanted: str, region: str, city: str) -> list[str]:
    """Return the zones of what is called so, but for case, accents and the region."""
    for zone in sorted(zone_names()):
        if _plain(zone) == wanted:
            return [zone]
    named = [zone for zone in _listed() if _city(zone) == city]
    return _in_region(named, region) or _in_region(_cities().get(city, ()), region)


def _in_region(zones: Iterable[str], region: str) -> list[str]:
    """Return those of *zones* in *region*, or all of them if none is."""
    found = list(zones)
    return [zone for zone in found if _plain(zone).startswith(f"{region}/")] or found


def _of_country(word: str) -> list[str]:
    """Return the zones of a country: those that most of its large cities share."""
    code = _countries().get(word)
    zones = [zone for zone, codes in _listed().items() if code in codes] if code else []
    cities = Counter(zone for found in _cities().values() for zone in found)
    shared = [zone for zone in zones if cities[zone]] or zones
    return sorted(shared, key=lambda zone: -cities[zone])[:_MOST]


def _near(region: str, city: str) -> list[str]:
    """Return the zone of the city in *region* that is spelled nearly so."""
    found: list[tuple[int, bool, str, list[str]]] = []
    for other, zones in (*_zone_cities().items(), *_cities().items()):
        here = [zone for zone in zones if not region or _plain(zone).startswith(f"{region}/")]
        # One of four letters is soon another place.
        edits = edits_between(city, other) if here and len(city) > 4 else None
        if edits is not None:
            found.append((edits, other[:1] != city[:1], other, here))
    if found:
        return min(found)[3]
    regions = {name.split("/")[0] for name in zone_names() if "/" in name}
    known = [one for one in regions if edits_between(region, one.lower()) is not None]
    # The region alone is misspelled.
    return [zone for zone in _zone_cities().get(city, ()) if zone.split("/")[0] in known]


# -- what is known ---------------------------------------------------------------------------------


def _plain(text: str) -> str:
    """Return a name in small letters, with blanks for all that may stand between words."""
    return " ".join(plain_letters(re.sub(r"[_\-.,']+", " ", text)).split()).replace(" /", "/")


def _city(zone: str) -> str:
    return _plain(zone.rpartition("/")[2])


@cache
def _listed() -> Mapping[str, frozenset[str]]:
    """Return the zones in use with the codes of the countries of each."""
    found: dict[str, frozenset[str]] = {}
    for line in _lines("tzdata.zoneinfo", "zone.tab"):
        code, _, zone, *_ = line.split("\t")
        found[zone] = found.get(zone, frozenset()) | {code}
    return found


@cache
def _countries() -> Mapping[str, str]:
    """Return the codes of countries by name."""
    found = dict(_OTHER_COUNTRIES)
    for line in _lines("tzdata.zoneinfo", "iso3166.tab"):
        code, name = line.split("\t")
        found[_plain(name)] = code
    return found


@cache
def _zone_cities() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for zone in _listed():
        found.setdefault(_city(zone), []).append(zone)
    return found


@cache
def _cities() -> Mapping[str, list[str]]:
    """Return the zones of large cities that no zone is called after, by name."""
    found: dict[str, list[str]] = {}
    for line in _lines("shiftplan.facts", "cities.txt"):
        zone, _, names = line.partition(": ")
        for name in names.split(", "):
            found.setdefault(_plain(name), []).append(zone)
    return found


def _lines(package: str, name: str) -> list[str]:
    text = (files(package) / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
