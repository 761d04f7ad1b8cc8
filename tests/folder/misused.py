"""Rules used wrongly, one mistake each, and the lines that report it; the rule is on line 41."""

from __future__ import annotations

MISUSED: dict[str, list[tuple[str, str]]] = {
    "days-off": [
        (
            'count = "at-least"\nlieu = true',
            (
                '44: lieu: with count = "at-least" no day off is too many anyway. Delete one '
                "of the two."
            ),
        ),
        (
            'for = { site = ["Dublim"] }',
            "43: for.site: nobody has the site 'Dublim'. Did you mean 'Dublin'?",
        ),
        (
            'for = { skill = ["ops"] }',
            "43: for.skill: nobody has the skill 'ops'. Known: chat, lead.",
        ),
        ('for = { level = ["L9"] }', "43: for.level: nobody has the level 'L9'."),
        (
            'for = { contract = ["half"] }',
            "43: for.contract: nobody has the contract 'half'. Known: full-time.",
        ),
        (
            'for = { names = ["Bern"] }',
            "43: for.names: nobody is called 'Bern'. Did you mean 'Ben'?",
        ),
        (
            'for = { site = ["San Jose"], skill = ["lead"] }',
            "43: for: the filter matches nobody. Loosen it or delete the rule.",
        ),
        (
            "for = { from_date = 2027-01-01 }",
            (
                "43: for.from_date: 2027-01-01 is after the horizon 2026-10-19 to "
                "2026-11-01. Correct it "
                "or delete the rule."
            ),
        ),
        (
            "for = { to_date = 2025-01-01 }",
            (
                "43: for.to_date: 2025-01-01 is before the horizon 2026-10-19 to "
                "2026-11-01. Correct it or "
                "delete the rule."
            ),
        ),
        (
            "for = { from_date = 2026-10-22, to_date = 2026-10-20 }",
            "43: for: to_date 2026-10-20 is before from_date 2026-10-22.",
        ),
        (
            'for = { from_date = "soon" }',
            "43: for.from_date: 'soon' is not a date. Write it like 2026-11-30.",
        ),
        ("weight = 2000000", "43: weight: 2000000 is not possible; it must be at most 1000000."),
        (
            'strength = "musst"',
            "43: strength: 'musst' is not one of the goals. Did you mean 'must'?",
        ),
        ('count = "some"', "43: count: 'some' is not one of exactly, at-least."),
        ("per_week = 2.5", "43: per_week: '2.5' is not a whole number. Write it like 2."),
        (
            "for = { from_date = 2026-10-20, to_date = 2026-10-22 }",
            "43: for: no week ends on the dates it applies to, so it judges nothing. Widen them.",
        ),
    ],
    "apart": [
        ("", "41: who: is missing."),
        ('who = ["Ana"]', "43: who: has too few entries. Give at least 2."),
        ('who = ["Ana", "Ana"]', "43: who: 'Ana' is named twice."),
        ('who = ["Ana", "Zoe"]', "43: who: nobody is called 'Zoe'. Known: Ana, Ben, Cy."),
        (
            'who = ["Ana", "Ben"]\nfor = { site = ["San Jose"] }',
            "44: for: the filter leaves fewer than two of those named. Loosen it.",
        ),
        ('who = ["Ana", "Ben"]\nby = "day"', "44: by: 'day' is not one of shift, hours."),
    ],
    "together": [
        (
            'who = ["Ana", "Ben"]\nfor = { site = ["San Jose"] }',
            "44: for: the filter leaves fewer than two of those named. Loosen it.",
        ),
    ],
    "days-off-together": [
        (
            "days = 3\nfor = { from_date = 2026-10-20, to_date = 2026-10-22 }",
            "44: for: no week ends on the dates it applies to, so it judges nothing. Widen them.",
        ),
    ],
    "demand": [
        (
            'for = { site = ["Dublin"] }',
            "43: for: demand counts everyone with the queue's skill. Delete all but the dates.",
        ),
        (
            "minimum = 0\ntarget = 0",
            "43: minimum: at least one of minimum, target and maximum must weigh something.",
        ),
        (
            "minimum = 0\ntarget = 0\nmaximum = 1",
            (
                "45: maximum: no line of [[demand]] gives one. Add it, or give minimum or "
                "target a weight."
            ),
        ),
    ],
    "duty": [
        ("", "41: name: is missing."),
        ('name = ""', "43: name: is empty. Give it a text."),
        (
            'name = "R"\ncount = 9',
            (
                "44: count: 3 of the people it applies to can be assigned it, and it requires 9. "
                "Lower 'count' or name others."
            ),
        ),
        (
            'name = "R"\nskill = ["ops"]',
            "44: skill: nobody has the skill 'ops'. Known: chat, lead.",
        ),
        ('name = "R"\nlevel = ["L7"]', "44: level: nobody has the level 'L7'."),
        (
            'name = "R"\nof = ["Z"]',
            (
                "44: of: 'Z' is no shift, family or kind. Known: E, S, S0900, S0930, S1000, "
                "any, day, early."
            ),
        ),
        ('name = "R"\nweekdays = []', "44: weekdays: has too few entries. Give at least 1."),
        (
            'name = "R"\nskill = ["lead"]\ncount = 2',
            (
                "44: skill: 1 of the people it applies to can be assigned it, and it requires 2. "
                "Lower 'count' or name others."
            ),
        ),
        (
            'name = "R"\nof = ["S"]\nfor = { site = ["Dublin"] }',
            "44: of: nobody it applies to can work 'S'. Name another shift or other people.",
        ),
        (
            'name = "R"\nweekdays = "sat"\nfor = { from_date = 2026-10-20, to_date = 2026-10-22 }',
            "45: for: none of the dates it applies to is a Saturday. Widen them.",
        ),
        ('name = "R"\nof = []', "44: of: has too few entries. Give at least 1."),
        (
            'name = "R"\nskill = ["lead", "ops"]',
            "44: skill: nobody has the skill 'ops'. Known: chat, lead.",
        ),
        (
            'name = "R"\nskill = ["lead"]\nfor = { site = ["San Jose"] }',
            (
                "44: skill: none of the people it applies to can be assigned it, and it requires "
                "1. Lower 'count' or name others."
            ),
        ),
    ],
    "handover": [
        ("", "41: from_site: is missing.\n41: to_site: is missing."),
        ('from_site = "Dublin"', "41: to_site: is missing."),
        (
            'from_site = "Dublin"\nto_site = "Dublin"',
            "44: to_site: name another site than from_site.",
        ),
        (
            'from_site = "Dublim"\nto_site = "San Jose"',
            "43: from_site: there is no site 'Dublim'. Did you mean 'Dublin'?",
        ),
        (
            'from_site = "Dublin"\nto_site = "San Jose"\nminutes = "7m"',
            "45: minutes: must be a multiple of 15.",
        ),
        (
            'from_site = "Dublin"\nto_site = "San Jose"\nskill = ["lead"]',
            "44: to_site: it applies to nobody with lead at San Jose. Loosen 'for' or 'skill'.",
        ),
        (
            'from_site = "Dublin"\nto_site = "San Jose"\nfor = { site = ["Dublin"] }',
            "44: to_site: it applies to nobody at San Jose. Loosen 'for' or 'skill'.",
        ),
        (
            (
                'from_site = "Dublin"\nto_site = "San Jose"\nweekdays = "sat"\n'
                "for = { from_date = 2026-10-20, to_date = 2026-10-22 }"
            ),
            "46: for: none of the dates it applies to is a Saturday. Widen them.",
        ),
        (
            'from_site = "Dublin"\nto_site = "San Jose"\nskill = ["chat", "ops"]',
            "45: skill: nobody has the skill 'ops'. Known: chat, lead.",
        ),
    ],
    "hours": [
        ("", "41: min: give min, max, or both."),
        ('min = "50h"\nmax = "40h"', "43: min: 50h is above max 40h."),
        ('min = "80h"', "43: min: Ana can reach 56h at most, not 80h. Lower it."),
        (
            'max = "40h"\nweeks = 9',
            (
                "44: weeks: 9 whole weeks are not on record by the last day, only 2. Lower "
                "it, or give a "
                "longer history or horizon."
            ),
        ),
        ('max = "40h"\nper = "week"\nweeks = 2', "44: per: give per or weeks, not both."),
        (
            'max = "40h"\naverage = true',
            '44: average: needs several weeks: give weeks, or per = "horizon".',
        ),
        (
            'max = "40h"\nfor = { from_date = 2026-10-20, to_date = 2026-10-22 }',
            "44: for: no week ends on the dates it applies to, so it judges nothing. Widen them.",
        ),
        (
            'min = "60h"\nper = "horizon"\nfor = { from_date = 2026-10-20, to_date = 2026-10-22 }',
            "43: min: Ana can reach 24h at most, not 60h. Lower it.",
        ),
        ('min = "9h"\nper = "day"', "43: min: Ana can reach 8h at most, not 9h. Lower it."),
    ],
    "leave": [
        ('for = { level = ["L1"] }', "43: for.level: nobody has the level 'L1'."),
    ],
    "mix": [
        ('level = ["L1"]\nmax = 1', "43: level: nobody has the level 'L1'."),
        ('skill = ["ops"]\nmax = 1', "43: skill: nobody has the skill 'ops'. Known: chat, lead."),
        (
            'skill = ["lead"]',
            "41: max: give one of 'max', 'max_share' and who is 'beside_level' or 'beside_skill'.",
        ),
        (
            'skill = ["lead"]\nmax = 1\nmax_share = 50',
            "44: max: give one of 'max', 'max_share' and who is 'beside_level' or 'beside_skill'.",
        ),
        (
            'skill = ["lead"]\nbeside_skill = ["ops"]',
            "44: beside_skill: nobody has the skill 'ops'. Known: chat, lead.",
        ),
        ("max = 1", "41: level: name a level or a skill."),
        (
            'skill = ["chat"]\nmax = 1\neach = 2',
            "45: each: name who looks after them, by 'beside_level' or 'beside_skill'.",
        ),
        (
            'skill = ["lead"]\nbeside_skill = ["lead"]',
            (
                "44: beside_skill: everyone it limits is one of these too, so it limits "
                "nobody. Name others."
            ),
        ),
        (
            'skill = ["lead"]\nbeside_skill = ["chat"]',
            (
                "44: beside_skill: everyone it limits is one of these too, so it limits "
                "nobody. Name others."
            ),
        ),
    ],
    "off-run": [
        ("", "41: min: give min (2 or more), max, or both."),
        ("min = 1", "43: min: give min (2 or more), max, or both."),
        ("min = 5\nmax = 3", "43: min: 5 is above max 3."),
        ("min = 20", "43: min: 20 days off in a row do not fit into 14 days. Lower it."),
    ],
    "presence": [
        ("", "41: skill: name a skill or a level."),
        ('skill = ["ops"]', "43: skill: nobody has the skill 'ops'. Known: chat, lead."),
        ('level = ["L1"]', "43: level: nobody has the level 'L1'."),
        (
            'skill = ["lead"]\nheads = 2',
            (
                "43: skill: 1 of the people it applies to has lead, and it requires 2. "
                "Lower 'heads' or name others."
            ),
        ),
        (
            'skill = ["lead"]\nclock = "UTC+1"',
            "44: clock: 'UTC+1' is not an IANA time zone. An offset does not say when clocks "
            "change. Name a place, as Europe/Dublin.",
        ),
        (
            'skill = ["lead"]\nfor = { site = ["San Jose"] }',
            (
                "43: skill: none of the people it applies to has lead, and it requires 1. "
                "Lower 'heads' or name others."
            ),
        ),
        (
            'skill = ["lead"]\nweekdays = "sat"\n'
            "for = { from_date = 2026-10-20, to_date = 2026-10-22 }",
            "45: for: none of the dates it applies to is a Saturday. Widen them.",
        ),
        ('skill = ["lead", "ops"]', "43: skill: nobody has the skill 'ops'. Known: chat, lead."),
    ],
    "rest": [
        (
            'hours = "eleven"',
            '43: hours: \'eleven\' is not a length; write it like "8h", "8h30" or "45m".',
        ),
    ],
    "rest-after": [
        (
            'of = "night"',
            (
                "43: of: 'night' is no shift, family or kind. Known: E, S, S0900, S0930, "
                "S1000, any, day, "
                "early."
            ),
        ),
    ],
    "seats": [
        ("", "41: seats: no site it applies to has seats. Give a number, or 'seats' to a site."),
    ],
    "shift-count": [
        ("", "41: min: give min (1 or more), max, or both."),
        (
            'of = "Z"\nmax = 1',
            (
                "43: of: 'Z' is no shift, family or kind. Known: E, S, S0900, S0930, S1000, "
                "any, day, early."
            ),
        ),
        ("min = 3\nmax = 2", "43: min: 3 is above max 2."),
        ("min = 8", "43: min: 8 is more than the 7 days it is counted in."),
        (
            "max = 3\ndays = 30",
            (
                "44: days: 30 days are not on record by the last day, only 14. Lower it, "
                "or give a longer "
                "history or horizon."
            ),
        ),
        ('max = 3\nper = "week"\ndays = 3', "44: per: give per or days, not both."),
        ('min = 15\nper = "horizon"', "43: min: the horizon has only 14 days, not 15. Lower it."),
        (
            'of = "S"\nmin = 1\nfor = { site = ["Dublin"] }',
            "43: of: nobody it applies to can work 'S'. Name another shift or other people.",
        ),
        (
            'min = 4\nper = "horizon"\nfor = { from_date = 2026-10-20, to_date = 2026-10-22 }',
            "43: min: the dates it applies to have only 3 days, not 4. Lower it.",
        ),
        (
            "max = 2\nfor = { from_date = 2026-10-20, to_date = 2026-10-22 }",
            "44: for: no week ends on the dates it applies to, so it judges nothing. Widen them.",
        ),
        ('of = "S"\nmin = 1', "44: min: Ana can work no 'S'. Name with 'for' those who can."),
    ],
    "shift-demand": [
        ("", "42: kind: the plan has no [shift_demand] table. Add one, or delete the rule."),
        ('level = "low"', "43: level: 'low' is not one of minimum, preferred."),
    ],
    "shift-run": [
        ("", "41: min: give min (2 or more), max, or both."),
        (
            'of = "Z"\nmax = 2',
            (
                "43: of: 'Z' is no shift, family or kind. Known: E, S, S0900, S0930, S1000, "
                "any, day, early."
            ),
        ),
        ("min = 3\nmax = 2", "43: min: 3 is above max 2."),
        ("min = 1", "43: min: give min (2 or more), max, or both."),
        ("min = 20", "43: min: 20 days in a row do not fit into 14 days. Lower it."),
        (
            'of = "S"\nmax = 2\nfor = { site = ["Dublin"] }',
            "43: of: nobody it applies to can work 'S'. Name another shift or other people.",
        ),
    ],
    "steady": [
        ('within = "day"', "43: within: 'day' is not one of run, week."),
    ],
    "succession": [
        ("", "41: forbid: give forbid, forward = true, or both."),
        (
            'forbid = ["E"]',
            '43: forbid: \'E\' is not two or three words; write it like "N E" or "N - D".',
        ),
        (
            'forbid = ["E Z"]',
            (
                "43: forbid: 'Z' is no shift, family or kind. Known: E, S, S0900, S0930, "
                "S1000, any, day, "
                "early."
            ),
        ),
        ('forbid = ["E E", "E  E"]', "43: forbid: 'E E' is listed twice."),
        (
            'forbid = ["E -"]',
            "43: forbid: 'E -' has '-' at its end; a day off stands between two shifts.",
        ),
        (
            'forbid = ["S S"]\nfor = { site = ["Dublin"] }',
            "43: forbid: nobody it applies to can work 'S'. Name another shift or other people.",
        ),
        ('forbid = "E E"', "43: forbid: 'E E' is not a list. Write it like [\"E E\"]."),
    ],
    "lieu": [
        (
            "",
            "42: kind: Dublin or San Jose keeps no public holidays. Add them to the site, as in "
            'holidays = "IE".',
        ),
        ("days_off = 8", "43: days_off: 8 is not possible; it must be at most 7."),
    ],
    "weekends": [
        ("", "41: max: give max, max_in_a_row or whole = true."),
        (
            "max = 1\nfor = { from_date = 2026-10-20, to_date = 2026-10-22 }",
            "44: for: none of the dates it applies to is a Saturday or Sunday. Widen them.",
        ),
    ],
    "weekly-rest": [
        ("hours = 200", "43: hours: 200h leave no time to work in 7 days."),
        ('per = "week"\ndays = 3', "43: per: give per or days, not both."),
        (
            "for = { from_date = 2026-10-20, to_date = 2026-10-22 }",
            "43: for: no week ends on the dates it applies to, so it judges nothing. Widen them.",
        ),
    ],
    "work-run": [
        ("min = 4\nmax = 3", "43: min: 4 is above max 3."),
        ("min = 20", "43: min: 20 days in a row do not fit into 14 days. Lower it."),
    ],
    "cost": [
        (
            "budget = 1000",
            "41: for: nobody it applies to has an hourly_rate. Add that column to the people.",
        ),
        (
            'daily_overtime = "8h"\ndaily_double = "6h"',
            "44: daily_double: 6h is less than daily_overtime.",
        ),
        ('of = "tips"', "43: of: 'tips' is not one of pay, premiums."),
    ],
    "day-of-rest": [
        (
            "for = { from_date = 2026-10-20, to_date = 2026-10-22 }",
            "43: for: no week ends on the dates it applies to, so it judges nothing. Widen them.",
        ),
    ],
    "fair-share": [
        (
            "",
            (
                "41: of: 'night' is no shift, family or kind. Known: E, S, S0900, S0930, "
                "S1000, any, day, early."
            ),
        ),
        (
            'of = "holiday"',
            '43: of: no site names a holiday calendar. Add one to a site, such as holidays = "IE".',
        ),
        (
            'of = "S"\nfor = { site = ["Dublin"] }',
            "43: of: nobody it applies to can work 'S'. Name another shift or other people.",
        ),
        (
            'of = "any"\nfor = { names = ["Ana"] }',
            "44: for: it leaves nobody to share with. Loosen it, or what 'within' says.",
        ),
    ],
    "rotation": [
        ('what = "weeks"', "43: what: 'weeks' is not one of shift, kind, days-off."),
        ('order = ["early"]', "43: order: one kind alone is no order; name two or more."),
        (
            'order = ["early", "S"]\nfor = { site = ["Dublin"] }',
            "43: order: nobody it applies to can work 'S'. Name another shift or other people.",
        ),
    ],
    "stable": [
        (
            "notice = [[2, 5], [1, 3]]",
            (
                "43: notice: [1, 3] cannot come after [2, 5]; more notice comes later and "
                "costs no more."
            ),
        ),
    ],
    "start-times": [
        ("", "41: earliest: give earliest, latest, or both."),
        ("earliest = 10:00:00\nlatest = 08:00:00", "44: latest: 08:00 is before earliest 10:00."),
        (
            'of = "S"\nearliest = 06:00:00\nfor = { site = ["Dublin"] }',
            "43: of: nobody it applies to can work 'S'. Name another shift or other people.",
        ),
    ],
}
