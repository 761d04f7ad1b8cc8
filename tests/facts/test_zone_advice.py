"""What is offered for a word that is no time zone: what is near, and else nothing wrong."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest

from shiftplan.clock import zone_names
from shiftplan.errors import edits_between
from shiftplan.facts.zone_advice import HOW, OFFSET, zone_advice
from shiftplan.facts.zone_places import (
    cities,
    countries,
    listed,
    parts_of_the_world,
    very_large_cities,
    zone_cities,
)
from shiftplan.facts.zone_words import ABBREVIATIONS, COUNTRIES


@pytest.mark.parametrize(
    ("word", "zones"),
    [
        # A city that no zone is called after, in its country's zone.
        ("Europe/Krakow", "Europe/Warsaw"),
        ("Europe/Kraków", "Europe/Warsaw"),
        ("Europe/München", "Europe/Berlin"),
        ("Munich", "Europe/Berlin"),
        ("Asia/Mumbai", "Asia/Kolkata"),
        ("Asia/Bangalore", "Asia/Kolkata"),
        ("Asia/Beijing", "Asia/Shanghai"),
        ("America/San_Francisco", "America/Los_Angeles"),
        ("America/Boston", "America/New_York"),
        ("Europe/Galway", "Europe/Dublin"),
        ("Europe/Geneva", "Europe/Zurich"),
        ("Asia/Osaka", "Asia/Tokyo"),
        ("Africa/Cape_Town", "Africa/Johannesburg"),
        # Cities of one name are told apart by the region.
        ("Europe/Birmingham", "Europe/London"),
        ("America/Birmingham", "America/Chicago"),
        # A zone in another region, without its region, in other letters.
        ("Europe/New_York", "America/New_York"),
        ("Berlin", "Europe/Berlin"),
        ("europe/dublin", "Europe/Dublin"),
        ("America/New York", "America/New_York"),
        # A country.
        ("Poland", "Europe/Warsaw"),
        ("Europe/Poland", "Europe/Warsaw"),
        ("Germany", "Europe/Berlin"),
        ("UK", "Europe/London"),
        # A slip of a letter.
        ("Europe/Dublyn", "Europe/Dublin"),
        ("Europe/Krakov", "Europe/Warsaw"),
        ("America/Los_Angelos", "America/Los_Angeles"),
        ("Eurpe/Dublin", "Europe/Dublin"),
        ("GMT", "UTC"),
        # A country, or a city, in another language or by a shorter name.
        ("Irland", "Europe/Dublin"),
        ("Korea", "Asia/Seoul"),
        ("Kosovo", "Europe/Belgrade"),
        ("Deutschland", "Europe/Berlin"),
        ("Österreich", "Europe/Vienna"),
        ("Schweiz", "Europe/Zurich"),
        ("Italia", "Europe/Rome"),
        ("Le Caire", "Africa/Cairo"),
        ("Nizza", "Europe/Paris"),
        ("Moskau", "Europe/Moscow"),
        ("Londres", "Europe/London"),
        ("Mailand", "Europe/Rome"),
        ("Rom", "Europe/Rome"),
        ("Genf", "Europe/Zurich"),
        ("Kopenhagen", "Europe/Copenhagen"),
        ("Warschau", "Europe/Warsaw"),
        ("Europe/Prag", "Europe/Prague"),
        ("asia/katmandu", "Asia/Kathmandu"),
        # What clocks go by in North America, and its states.
        ("Eastern", "America/New_York"),
        ("US Eastern", "America/New_York"),
        ("Eastern Time (US & Canada)", "America/New_York"),
        ("Central", "America/Chicago"),
        ("Mountain Standard Time", "America/Denver"),
        ("Pacific Time", "America/Los_Angeles"),
        ("Atlantic", "America/Halifax"),
        ("Alaska", "America/Anchorage"),
        ("Hawaii", "Pacific/Honolulu"),
        ("Texas", "America/Chicago"),
        ("US/Texas", "America/Chicago"),
        ("California", "America/Los_Angeles"),
        ("Virginia", "America/New_York"),
        ("Maine", "America/New_York"),
        ("America/Georgia", "America/New_York"),
        # Any separator, any order, any case; the country or state beside the city.
        ("europe dublin", "Europe/Dublin"),
        ("Europe-Dublin", "Europe/Dublin"),
        ("Europe\\Dublin", "Europe/Dublin"),
        ("Zurich/Europe", "Europe/Zurich"),
        ("Dublin, Ireland", "Europe/Dublin"),
        ("Ireland/Bray", "Europe/Dublin"),
        ("Lebanon, Ohio", "America/New_York"),
        ("Paris, Texas", "America/Chicago"),
        ("NewYork", "America/New_York"),
        ("Melborne", "Australia/Melbourne"),
        ("Nethrlands", "Europe/Amsterdam"),
    ],
)
def test_a_place_is_offered_its_zone(word: str, zones: str) -> None:
    assert zone_advice(word) == f"Did you mean '{zones}'?"


@pytest.mark.parametrize(
    "word",
    [
        "Europe/Nowhere",
        "Mars/Phobos",
        "Europe/",
        "",
        "Europe/Bray",
        "Europe/Eastern",
        "Nigera",
        "/",
    ],
)
def test_nothing_is_offered_for_what_is_near_nothing(word: str) -> None:
    assert zone_advice(word) == HOW


@pytest.mark.parametrize("word", ["Europe/Eastern", "Nigera", "Lebanon Ohio", "Nzza"])
def test_nothing_is_offered_where_it_would_be_a_guess(word: str) -> None:
    assert zone_advice(word) == HOW


def test_several_are_offered_where_several_may_be_meant() -> None:
    assert zone_advice("Asia/Hyderabad") == "Did you mean 'Asia/Karachi' or 'Asia/Kolkata'?"
    assert zone_advice("USA") == (
        "Did you mean 'America/New_York', 'America/Los_Angeles', 'America/Chicago' or "
        "'America/Denver'?"
    )
    assert zone_advice("Tennessee") == "Did you mean 'America/New_York' or 'America/Chicago'?"
    assert zone_advice("Georgia") == "Did you mean 'Asia/Tbilisi' or 'America/New_York'?"
    assert zone_advice("Congo") == (
        "Did you mean 'Africa/Kinshasa', 'Africa/Brazzaville' or 'Africa/Lubumbashi'?"
    )


@pytest.mark.parametrize("word", ["UTC+1", "GMT-5", "+01:00", "Etc/GMT+5", "UTC−8"])
def test_an_offset_is_no_zone(word: str) -> None:
    assert zone_advice(word) == OFFSET


def test_an_abbreviation_is_explained() -> None:
    assert zone_advice("IST") == (
        "IST is used in several places. Name one: Asia/Kolkata, Europe/Dublin or Asia/Jerusalem."
    )
    assert zone_advice("PDT") == (
        "PDT is what clocks show for a part of a year. Did you mean 'America/Los_Angeles'?"
    )


def test_only_zones_that_a_plan_may_use_are_offered() -> None:
    places = (zone_cities(), cities(), countries(), parts_of_the_world(), ABBREVIATIONS)
    offered = {zone for known in places for zones in known.values() for zone in zones}
    assert offered <= zone_names()


def test_every_country_has_a_zone() -> None:
    codes = {code for here in listed().values() for code in here}
    assert {code for given in COUNTRIES.values() for code in given} <= codes


def _misspelt(name: str, dice: random.Random) -> Iterator[str]:
    """Yield *name* without a letter, with another one, and with two of them swapped."""
    k = dice.randrange(1, len(name) - 1)
    yield name[:k] + name[k + 1 :]
    yield name[:k] + dice.choice("aeioklnrst") + name[k + 1 :]
    yield name[:k] + name[k + 1] + name[k] + name[k + 2 :]


def test_what_is_offered_for_a_misspelt_name_is_in_the_country_of_something_near() -> None:
    dice = random.Random(7)
    places = (zone_cities(), cities(), countries(), parts_of_the_world())
    known = sorted({name for names in places for name in names})
    sample = [*dice.sample(known, 30), *dice.sample(sorted(very_large_cities()), 10)]
    for name in (name for name in sample if len(name) > 3):
        for word in _misspelt(name, dice):
            for zone in re.findall(r"'(.+?)'", zone_advice(word)):
                assert any(_is_near(word, other) for other in _names_in(zone)), (word, zone)


def _names_in(zone: str) -> set[str]:
    """Return the names of everything in the country of *zone*."""
    places = (zone_cities(), cities(), countries(), parts_of_the_world())
    here = {other for other, codes in listed().items() if codes & listed()[zone]}
    return {name for names in places for name, zones in names.items() if here & set(zones)}


def _is_near(word: str, other: str) -> bool:
    edits = edits_between(word, other)
    return edits is not None and edits <= (2 if len(word) >= 8 else 1)
