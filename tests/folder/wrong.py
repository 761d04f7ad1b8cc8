"""Plans with one mistake each, and the lines that report it."""

from __future__ import annotations

from .disk import FILES, PLAN, changed

TOML, PEOPLE, DEMAND, WISHES = "shiftplan.toml", "people.csv", "demand.csv", "wishes.csv"

FIRST_RULE = 'kind = "days-off"\nper_week = 2'

WRONG = {
    "an unknown key": (
        changed(TOML, "weeks = 2", "weks = 2"),
        [
            "shiftplan.toml:6: weeks: is missing.",
            "shiftplan.toml:8: weks: unknown key. Did you mean 'weeks'?",
        ],
    ),
    "an unknown key of a rule": (
        changed(TOML, "per_week = 2", "per_wek = 2"),
        ["shiftplan.toml:43: per_wek: unknown key. Did you mean 'per_week'?"],
    ),
    "an unknown section": (
        changed(TOML, "[wishes]", "[wishs]"),
        ["shiftplan.toml:38: wishs: unknown section. Did you mean 'wishes'?"],
    ),
    "an unknown zone": (
        changed(TOML, "America/Los_Angeles", "America/Los_Angelos"),
        [
            "shiftplan.toml:16: timezone: 'America/Los_Angelos' is not an IANA time zone. "
            "Did you mean 'America/Los_Angeles'?"
        ],
    ),
    "an offset for a zone": (
        changed(TOML, "America/Los_Angeles", "UTC-8"),
        [
            "shiftplan.toml:16: timezone: 'UTC-8' is not an IANA time zone. An offset does not say "
            "when clocks change. Name a place, as Europe/Dublin."
        ],
    ),
    "an unknown kind of rule": (
        changed(TOML, '"days-off"', '"day-off"'),
        ["shiftplan.toml:42: kind: 'day-off' is no kind of rule. Did you mean 'days-off'?"],
    ),
    "a rule of no kind": (
        changed(TOML, 'kind = "days-off"\n', ""),
        ["shiftplan.toml:41: kind: is missing. 'shiftplan rules' lists the kinds."],
    ),
    "an unknown pack": (
        changed(TOML, FIRST_RULE, 'pack = "irland"'),
        ["shiftplan.toml:42: pack: 'irland' is no pack. Did you mean 'ireland'?"],
    ),
    "an unknown key of a pack": (
        changed(TOML, FIRST_RULE, 'pack = "ireland"\nlaws = "must"'),
        ["shiftplan.toml:43: laws: unknown key. Did you mean 'law'?"],
    ),
    "a rule that the pack does not have": (
        changed(TOML, FIRST_RULE, 'pack = "ireland"\nexcept = ["daily-rast"]'),
        [
            "shiftplan.toml:43: except: 'daily-rast' is no rule of the pack. Did you mean "
            "'daily-rest'?"
        ],
    ),
    "a goal of a pack that is none": (
        changed(TOML, FIRST_RULE, 'pack = "ireland"\nlaw = "coverge"'),
        ["shiftplan.toml:43: law: 'coverge' is not one of the goals. Did you mean 'coverage'?"],
    ),
    "a pack whose policy has no goal to count towards": (
        changed(TOML, FIRST_RULE, 'pack = "singapore"'),
        [
            "shiftplan.toml:41: policy: 'stability' is not one of the goals. Name one, or "
            'write "off".'
        ],
    ),
    "a pack for nobody": (
        changed(TOML, FIRST_RULE, 'pack = "ireland"\nfor = { site = ["Dublim"] }'),
        ["shiftplan.toml:43: for.site: nobody has the site 'Dublim'. Did you mean 'Dublin'?"],
    ),
    "a pack called a kind": (
        changed(TOML, FIRST_RULE, 'kind = "ireland"'),
        ["shiftplan.toml:42: kind: 'ireland' is a pack. Write pack = \"ireland\"."],
    ),
    "a kind and a pack in one": (
        changed(TOML, FIRST_RULE, 'kind = "days-off"\npack = "ireland"'),
        ["shiftplan.toml:43: pack: an entry has a kind or a pack, not both. Make two of it."],
    ),
    "a cost as a hard rule without a budget": (
        changed(TOML, FIRST_RULE, 'kind = "cost"'),
        [
            "shiftplan.toml:41: budget: as a hard rule it needs one. Give it, or a goal as "
            "strength.",
            "shiftplan.toml:41: for: nobody it applies to has an hourly_rate. Add that column to "
            "the people.",
        ],
    ),
    "a rule for nobody": (
        changed(TOML, 'for = { site = ["Dublin"] }', 'for.site = ["Dublim"]'),
        ["shiftplan.toml:48: for.site: nobody has the site 'Dublim'. Did you mean 'Dublin'?"],
    ),
    "a strength that is no goal": (
        changed(TOML, 'strength = "wishes"', 'strength = "wishs"'),
        ["shiftplan.toml:47: strength: 'wishs' is not one of the goals. Did you mean 'wishes'?"],
    ),
    "a number as text": (
        changed(TOML, "per_week = 2", 'per_week = "two"'),
        ["shiftplan.toml:43: per_week: 'two' is not a whole number. Write it like 2."],
    ),
    "a number out of bounds": (
        changed(TOML, "weeks = 2", "weeks = 0"),
        ["shiftplan.toml:8: weeks: 0 is not possible; it must be at least 1."],
    ),
    "a first day in the middle of a week": (
        changed(TOML, "2026-10-19", "2026-10-21"),
        [
            "shiftplan.toml:7: start: 2026-10-21 is a Wednesday, but the team's week "
            "starts on Monday. "
            "Use 2026-10-19 or 2026-10-26.",
            "wishes.csv:3: date: 2026-10-20 is outside the horizon 2026-10-21 to 2026-11-03. "
            "Correct it or delete the line.",
        ],
    ),
    "a shift of zero length": (
        changed(TOML, 'length = "8h"\n', 'length = "0h"\n'),
        ["shiftplan.toml:28: length: 0h is not possible; it must be more than 0m."],
    ),
    "a range whose codes would be too long": (
        changed(TOML, 'code = "S"', f'code = "{"S" * 21}"'),
        [
            f"shiftplan.toml:25: code: '{'S' * 21}' is too long for a range, whose codes "
            "end in the start: "
            "E0600. Use at most 20 characters."
        ],
    ),
    "a length nobody can read": (
        changed(TOML, 'length = "8h"\n', 'length = "eight"\n'),
        [
            "shiftplan.toml:28: length: 'eight' is not a length; write it like \"8h\", "
            '"8h30" or "45m".'
        ],
    ),
    "a start as a number, which is not 00:09": (
        changed(TOML, "first = 09:00:00", "first = 900"),
        ["shiftplan.toml:27: starts.first: '900' is not a time of day. Write it like 22:30:00."],
    ),
    "a home that is no site": (
        changed(TOML, 'home = "Dublin"', 'home = "Dubln"'),
        ["shiftplan.toml:3: home: 'Dubln' is not one of the sites. Did you mean 'Dublin'?"],
    ),
    "a goal twice": (
        changed(TOML, '["coverage", "wishes"]', '["wishes", "wishes"]'),
        ["shiftplan.toml:4: goals: 'wishes' is listed twice."],
    ),
    "more minutes than there may be": (
        changed(TOML, 'length = "8h"\n', 'length = "2400m"\n'),
        ["shiftplan.toml:28: length: 2400m is not possible; it must be at most 36h."],
    ),
    "more hours than there may be": (
        changed(TOML, 'kind = "days-off"\nper_week = 2', 'kind = "rest"\nhours = 80'),
        ["shiftplan.toml:43: hours: 80h is not possible; it must be at most 72h."],
    ),
    "a list that is none": (
        changed(TOML, 'sites = ["San Jose"]', 'sites = "San Jose"'),
        ["shiftplan.toml:26: sites: 'San Jose' is not a list. Write it like [\"San Jose\"]."],
    ),
    "an element of a list": (
        changed(TOML, 'sites = ["San Jose"]', 'sites = [\n  "San Jose",\n  7,\n]'),
        ["shiftplan.toml:28: sites[2]: '7' is not text. Put it in quotes."],
    ),
    "single brackets where there may be several": (
        changed(TOML, '[[sites]]\nname = "San Jose"\ntimezone = "America/Los_Angeles"\n', "").copy()
        | {TOML: PLAN.replace("[[demand]]", "[demand]")},
        [
            "shiftplan.toml:33: demand: there may be several, so each stands in double brackets. "
            "Write [[demand]]."
        ],
    ),
    "double brackets where there is one": (
        changed(TOML, "[horizon]", "[[horizon]]"),
        ["shiftplan.toml:6: horizon: it stands once only, so in single brackets. Write [horizon]."],
    ),
    "a missing section": (
        changed(TOML, '[people]\ntable = "people.csv"\n', ""),
        ["shiftplan.toml:1: people: the section [people] is missing. Add it."],
    ),
    "a time without seconds, which is not TOML": (
        changed(TOML, "start = 05:00:00", "start = 05:00"),
        [
            "shiftplan.toml:20: not valid TOML at column 10: Expected newline or end of "
            "document after a "
            "statement. Text stands in quotes, a time is written 22:30:00, a date "
            "2026-11-30, and every key "
            "stands once."
        ],
    ),
    "a key twice": (
        changed(TOML, "weeks = 2", "weeks = 2\nweeks = 3"),
        [
            "shiftplan.toml:9: not valid TOML at column 10: Cannot overwrite a value. Text "
            "stands in quotes, "
            "a time is written 22:30:00, a date 2026-11-30, and every key stands once."
        ],
    ),
    "two people of one name": (
        changed(PEOPLE, "Cy,", "ana,"),
        ["people.csv:4: name: 'ana' is there twice. Give each its own name."],
    ),
    "an unknown site": (
        changed(PEOPLE, "Cy,San Jose", "Cy,San José"),
        ["people.csv:4: site: 'San José' is not one of the sites. Did you mean 'San Jose'?"],
    ),
    "a missing column": (
        changed(PEOPLE, "name,site,skills", "name,place,skills"),
        [
            "people.csv:1: place: unknown column 'place'. Known: contract, end_date, "
            "hourly_rate, id, level, "
            "name, site, skills, start_date.",
            "people.csv:1: site: the column 'site' is missing. Known: name, site, skills, "
            "level, contract, "
            "hourly_rate, start_date, end_date, id.",
        ],
    ),
    "a column twice": (
        changed(PEOPLE, "name,site,skills", "name,site,site"),
        ["people.csv:1: site: the column 'site' is there twice. Delete one of them."],
    ),
    "a column without a name": (
        changed(PEOPLE, "name,site,skills", "name,site,"),
        ["people.csv:1: column 3 has no name. Name it or delete it."],
    ),
    "semicolons for commas": (
        {**FILES, PEOPLE: FILES[PEOPLE].replace(",", ";")},
        ["people.csv:1: the columns are not separated by commas. Save it as comma-separated CSV."],
    ),
    "too many cells": (
        changed(PEOPLE, "Ana,Dublin,chat", "Ana,Dublin,chat,tickets"),
        [
            "people.csv:2: too many cells: 4, and the first line names 3 columns. "
            "Put a text that holds a comma in double quotes."
        ],
    ),
    "too few cells": (
        changed(PEOPLE, "Cy,San Jose,chat", "Cy,San Jose"),
        ["people.csv:4: too few cells: 2, and the first line names 3 columns. Add the commas."],
    ),
    "a quote that does not end": (
        changed(PEOPLE, "Cy,San", '"Cy,San'),
        [
            "people.csv:4: not a CSV line (unexpected end of data). "
            'Check the double quotes; write " inside as "".'
        ],
    ),
    "a file that is not UTF-8": (
        {**FILES, PEOPLE: "name,site\nAna,Dublin\nZoë,Dublin\n".encode("latin-1")},
        ["people.csv:3: the file is not UTF-8 (byte 0xeb). Save it again as UTF-8 text."],
    ),
    "a plan that is not UTF-8": (
        {**FILES, TOML: PLAN.encode("utf-16")},
        ["shiftplan.toml:1: the file is not UTF-8 (byte 0xff). Save it again as UTF-8 text."],
    ),
    "pay, which no message repeats": (
        {**FILES, PEOPLE: "name,site,hourly_rate\nAna,Dublin,52k\nBen,Dublin,-3\nCy,San Jose,49\n"},
        [
            "people.csv:2: hourly_rate: '...' is not a number. Write it like 2 or 2.5.",
            "people.csv:3: hourly_rate: ... is not possible; it must be at least 0.",
        ],
    ),
    "an empty table": (
        {**FILES, PEOPLE: "\n"},
        ["people.csv:1: the file is empty. Fill it, or delete what names it."],
    ),
    "an empty plan": (
        {**FILES, TOML: ""},
        ["shiftplan.toml:1: the file is empty. Fill it, or delete what names it."],
    ),
    "nobody to roster": (
        {**FILES, PEOPLE: "name,site\n", WISHES: "person,date,wish\n"},
        ["shiftplan.toml:31: table: nobody is in it. Add the people to roster."],
    ),
    "a table that is not there": (
        changed(TOML, "wishes.csv", "wish.csv"),
        [
            "shiftplan.toml:39: table: there is no file 'wish.csv' in the plan folder. "
            "Did you mean 'wishes.csv'?"
        ],
    ),
    "a table outside the folder": (
        changed(TOML, '"wishes.csv"', '"../wishes.csv"'),
        [
            "shiftplan.toml:39: table: '../wishes.csv' lies outside the plan folder. Copy "
            "it into the folder."
        ],
    ),
    "a table that is a folder": (
        changed(TOML, '"wishes.csv"', '"."'),
        ["shiftplan.toml:39: table: '.' cannot be read: Is a directory."],
    ),
    "a date outside the horizon": (
        changed(WISHES, "2026-10-24", "2026-11-24"),
        [
            "wishes.csv:2: date: 2026-11-24 is outside the horizon 2026-10-19 to 2026-11-01. "
            "Correct it or delete the line."
        ],
    ),
    "a date written the other way round": (
        changed(WISHES, "2026-10-24", "24/10/2026"),
        ["wishes.csv:2: date: '24/10/2026' is not a date. Write it like 2026-11-30."],
    ),
    "a date as a number, which is not a day of 1970": (
        changed(WISHES, "2026-10-24", "20261024"),
        ["wishes.csv:2: date: '20261024' is not a date. Write it like 2026-11-30."],
    ),
    "a person nobody knows": (
        changed(WISHES, "Ben,", "Benn,"),
        ["wishes.csv:3: person: nobody is called 'Benn'. Did you mean 'Ben'?"],
    ),
    "a wish that is none": (
        changed(WISHES, "day-off", "dayoff"),
        [
            "wishes.csv:2: wish: 'dayoff' is not one of day-off, day-on, shift-on, shift-off. "
            "Did you mean 'day-off'?"
        ],
    ),
    "a wish without its shift": (
        changed(WISHES, "shift-on,E", "shift-on,"),
        [
            "wishes.csv:3: shift: name a shift for shift-on and shift-off, and none for "
            "day-off and day-on."
        ],
    ),
    "a shift nobody knows": (
        changed(WISHES, "shift-on,E", "shift-on,S0900X"),
        ["wishes.csv:3: shift: 'S0900X' is no shift, family or kind. Did you mean 'S0900'?"],
    ),
    "demand that overlaps": (
        changed(DEMAND, "sat sun,", "fri-sat,"),
        ["demand.csv:3: start: 10:00-14:00 overlaps line 2 of the same curve. Keep one of them."],
    ),
    "demand with a time as a number, which is not 00:15": (
        changed(DEMAND, "mon-fri,09:00", "mon-fri,900"),
        ["demand.csv:2: start: '900' is not a time of day. Write it like 22:30:00."],
    ),
    "demand for a day that is none": (
        changed(DEMAND, "sat sun", "sat snday"),
        [
            "demand.csv:3: weekday: 'snday' is not a weekday. Did you mean 'sunday'?",
        ],
    ),
    "a target below the minimum": (
        changed(DEMAND, "17:00,1,2", "17:00,3,2"),
        ["demand.csv:2: target: 2 is below minimum 3."],
    ),
}
