"""What is offered for a word that is no time zone: what is near, and else nothing wrong."""

from __future__ import annotations

import pytest

from shiftplan.clock import zone_names
from shiftplan.facts.zone_advice import ABBREVIATIONS, HOW, OFFSET, _cities, zone_advice


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
    ],
)
def test_a_place_is_offered_its_zone(word: str, zones: str) -> None:
    assert zone_advice(word) == f"Did you mean '{zones}'?"


@pytest.mark.parametrize("word", ["Europe/Nowhere", "Mars/Phobos", "Europe/", "", "Europe/Bray"])
def test_nothing_is_offered_for_what_is_near_nothing(word: str) -> None:
    assert zone_advice(word) == HOW


def test_several_are_offered_where_several_may_be_meant() -> None:
    assert zone_advice("Asia/Hyderabad") == "Did you mean 'Asia/Karachi' or 'Asia/Kolkata'?"
    assert zone_advice("USA") == (
        "Did you mean 'America/New_York', 'America/Los_Angeles', 'America/Chicago' or "
        "'America/Denver'?"
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
    offered = {zone for zones in (*ABBREVIATIONS.values(), *_cities().values()) for zone in zones}
    assert offered <= zone_names()
