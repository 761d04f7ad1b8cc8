"""Words for time zones that are no names of zones: abbreviations, states, parts of the world."""

from __future__ import annotations

from collections.abc import Mapping

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

COUNTRIES: Mapping[str, tuple[str, ...]] = {
    "britain": ("GB",),
    "uk": ("GB",),
    "great britain": ("GB",),
    "united kingdom": ("GB",),
    "england": ("GB",),
    "scotland": ("GB",),
    "wales": ("GB",),
    "northern ireland": ("GB",),
    "grossbritannien": ("GB",),
    "republic of ireland": ("IE",),
    "usa": ("US",),
    "america": ("US",),
    "united states of america": ("US",),
    "korea": ("KR",),
    "republic of korea": ("KR",),
    "dr congo": ("CD",),
    "drc": ("CD",),
    "holland": ("NL",),
    "the netherlands": ("NL",),
    "czechia": ("CZ",),
    "bosnia": ("BA",),
    "macedonia": ("MK",),
    "uae": ("AE",),
    "emirates": ("AE",),
    "ksa": ("SA",),
    "burma": ("MM",),
    "ivory coast": ("CI",),
    "swaziland": ("SZ",),
    "samoa": ("WS", "AS"),
    "virgin islands": ("VI", "VG"),
}
"""Codes of countries by names in common use that the lists of countries do not have."""

_EAST, _CENTRAL, _MOUNTAIN = "America/New_York", "America/Chicago", "America/Denver"
_PACIFIC, _ALASKA, _HAWAII = "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu"

_BY_ZONE: Mapping[tuple[str, ...], str] = {
    (_EAST,): (
        "eastern, connecticut, delaware, district of columbia, georgia, maine, maryland, "
        "massachusetts, new hampshire, new jersey, north carolina, ohio, pennsylvania, "
        "rhode island, south carolina, vermont, virginia, west virginia"
    ),
    (_CENTRAL,): (
        "central, alabama, arkansas, illinois, iowa, louisiana, minnesota, mississippi, missouri, "
        "oklahoma, texas, wisconsin"
    ),
    (_MOUNTAIN,): "mountain, colorado, montana, new mexico, utah, wyoming",
    (_PACIFIC,): "pacific, california, nevada",
    (_PACIFIC, _EAST): "washington",
    (_EAST, _CENTRAL): "florida, indiana, kentucky, michigan, tennessee",
    (_CENTRAL, _MOUNTAIN): "kansas, nebraska, north dakota, south dakota",
    ("America/Boise", _PACIFIC): "idaho",
    (_PACIFIC, "America/Boise"): "oregon",
    ("America/Phoenix",): "arizona",
    (_ALASKA,): "alaska, alaskan",
    (_HAWAII,): "hawaii, hawaiian, hawaii aleutian",
    ("America/Halifax",): "atlantic, nova scotia, prince edward island",
    ("America/St_Johns",): "newfoundland",
    ("America/Moncton",): "new brunswick",
    ("America/Toronto",): "ontario, quebec",
    ("America/Winnipeg",): "manitoba",
    ("America/Regina",): "saskatchewan",
    ("America/Edmonton",): "alberta",
    ("America/Vancouver",): "british columbia",
    ("America/Whitehorse",): "yukon",
}
"""The zones of North America by what clocks go by there, and of its states and provinces.

After tzdata's zone.tab, by where most people live; of states in two zones, both are named.
"""

_ELSEWHERE: Mapping[str, tuple[str, ...]] = {
    "central european": ("Europe/Berlin", "Europe/Paris", "Europe/Warsaw"),
    "central europe": ("Europe/Berlin", "Europe/Paris", "Europe/Warsaw"),
    "eastern european": ("Europe/Athens", "Europe/Helsinki"),
    "eastern europe": ("Europe/Athens", "Europe/Helsinki"),
    "western european": ("Europe/Lisbon",),
    "central america": ("America/Guatemala", "America/Costa_Rica"),
    "kosovo": ("Europe/Belgrade",),
    "congo": ("Africa/Kinshasa", "Africa/Brazzaville", "Africa/Lubumbashi"),
    "kongo": ("Africa/Kinshasa", "Africa/Brazzaville", "Africa/Lubumbashi"),
    "australia eastern": ("Australia/Sydney", "Australia/Brisbane"),
    "australia central": ("Australia/Adelaide", "Australia/Darwin"),
    "australia western": ("Australia/Perth",),
    "greenwich mean": ("UTC",),
    "new south wales": ("Australia/Sydney",),
    "nsw": ("Australia/Sydney",),
    "queensland": ("Australia/Brisbane",),
    "south australia": ("Australia/Adelaide",),
    "tasmania": ("Australia/Hobart",),
    "western australia": ("Australia/Perth",),
    "northern territory": ("Australia/Darwin",),
    "victoria": ("Australia/Melbourne", "America/Vancouver"),
}

WORDS: Mapping[str, tuple[str, ...]] = {
    **{word: zones for zones, words in _BY_ZONE.items() for word in words.split(", ")},
    **_ELSEWHERE,
}
"""Zones by the words for parts of the world that are neither countries nor cities."""
