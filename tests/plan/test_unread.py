"""What is given and has no effect is reported, once for each sort, with the rule that would read
it; whatever some rule reads is left alone.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from shiftplan.folder import load
from tests.folder.disk import FILES, PLAN, write

FIXTURES = Path(__file__).parents[2] / "fixtures"
PLANS = sorted(path.parent for path in FIXTURES.glob("*/shiftplan.toml"))
DEMAND = '\n[[rules]]\nkind = "demand"\nstrength = "coverage"\n'
READ = {
    **FILES,
    "shiftplan.toml": PLAN + DEMAND,
    "people.csv": FILES["people.csv"].replace(" lead", ""),
}
"""A plan all of which is read."""


def unread(root: Path, more: str = "", **tables: str) -> tuple[str, ...]:
    """Return what nothing reads of the plan with *more* at its end and more *tables*."""
    files = dict(READ)
    for name, text in tables.items():
        files[f"{name}.csv"] = text
        if f"[{name}]" not in more and name not in ("people", "wishes", "demand"):
            more = f'\n[{name}]\ntable = "{name}.csv"\n{more}'
    files["shiftplan.toml"] += more
    return load(write(root, files)).unread


def test_a_plan_whose_rules_read_everything_has_nothing_to_report(tmp_path: Path) -> None:
    assert unread(tmp_path) == ()


LEAVE = "person,from_date,to_date\nAna,2026-10-20,2026-10-22\nCy,2026-10-30,2026-11-20\n"
PINS = "person,date,shift\nAna,2026-10-20,E\n"
NEVER = "person,can,weekdays\nBen,never,mon\n"
CASES = [
    (
        {"leave": LEAVE},
        "leave.csv:2: no rule reads the leave of Ana and Cy, so shifts may be planned on it: "
        'add [[rules]] with kind = "leave" and strength = "must".',
    ),
    (
        {"availability": NEVER},
        "availability.csv:2: no rule reads when Ben can work, so shifts may be planned at any "
        'time: add [[rules]] with kind = "available" and strength = "must".',
    ),
    (
        {
            "leave_balances": "person,account,date,balance,expires\n"
            "Ana,lieu,2026-10-19,8,2026-10-30\nBen,lieu,2026-10-19,8,2027-03-01\n"
        },
        "leave_balances.csv:2: no rule reads the days off owed in lieu to Ana, so they may expire "
        'untaken: add [[rules]] with kind = "lieu" and strength = "wishes".',
    ),
    (
        {"pins": PINS},
        "pins.csv:2: no rule reads what is pinned for Ana, so a search may change it: "
        'add [[rules]] with kind = "pinned" and strength = "must".',
    ),
    (
        {"carried": "person,of,points\nAna,night,2\n"},
        "carried.csv:2: no rule reads what Ana carried over of night, so it is never evened out: "
        'add [[rules]] with kind = "fair-share", of = "night" and strength = "wishes".',
    ),
    (
        {"shift_demand": "shift,weekday,minimum\nE,daily,1\n"},
        "shift_demand.csv:2: no rule reads the minimum of [shift_demand], so nobody is planned for "
        'it: add [[rules]] with kind = "shift-demand", level = "minimum" and strength = "must".',
    ),
    (
        {"published": "person,date,shift\nAna,2026-10-20,E\n"},
        "shiftplan.toml:54: no rule reads the published roster, so it may be changed at will: "
        'add [[rules]] with kind = "stable" and strength = "wishes".',
    ),
    (
        {"people": "name,site,skills,hourly_rate\nAna,Dublin,chat,20\nBen,Dublin,chat,\n"},
        "people.csv:2: no rule reads the hourly rate of Ana, so pay counts for nothing: "
        'add [[rules]] with kind = "cost" and strength = "wishes".',
    ),
    (
        {"people": "name,site,skills,level\nAna,Dublin,chat,L1\nCy,San Jose,chat,L2\n"},
        "people.csv:2: no rule tells people apart by their levels, L1 and L2: add [[rules]] with "
        'kind = "duty" or kind = "mix" and level = "L1", or leave the column out.',
    ),
    (
        {"people": "name,site,skills\nAna,Dublin,chat german\nCy,San Jose,chat\n"},
        "people.csv:2: no shift, queue or rule requires the skill 'german' of Ana: require it on a "
        'shift with requires = ["german"], or add [[rules]] with kind = "presence", '
        'skill = "german" and strength = "must".',
    ),
    (
        {"people": "name,site,skills,end_date\nAna,Dublin,chat,2026-10-01\nCy,San Jose,chat,\n"},
        "people.csv:2: Ana is under contract on no day from Mon 19 Oct to Sun 01 Nov 2026, and so "
        "given no shift.",
    ),
]


@pytest.mark.parametrize(("tables", "expected"), CASES)
def test_a_table_that_no_rule_reads_is_reported_with_the_rule_to_add(
    tables: dict[str, str], expected: str, tmp_path: Path
) -> None:
    if "people" in tables:
        tables = {**tables, "wishes": "person,date,wish\nAna,2026-10-24,day-off\n"}
    assert expected in unread(tmp_path, **tables)


def test_leave_is_unread_for_those_whom_no_rule_about_it_applies_to(tmp_path: Path) -> None:
    rule = '\n[[rules]]\nkind = "leave"\nfor = { site = ["Dublin"] }\n'
    # The rule is for Dublin, and Cy is in San Jose; of his leave, three days lie in the horizon.
    assert unread(tmp_path, rule, leave=LEAVE) == (
        "leave.csv:3: no rule reads the leave of Cy from Fri 30 Oct to Sun 01 Nov, so shifts may "
        "be planned on it: widen 'for' of the rule of kind = \"leave\", or add [[rules]] with "
        'kind = "leave", for = { names = ["Cy"] } and strength = "must".',
    )
    dated = '\n[[rules]]\nkind = "leave"\nfor = { to_date = 2026-10-30 }\n'
    assert (
        "the leave of Cy from Sat 31 Oct to Sun 01 Nov" in unread(tmp_path, dated, leave=LEAVE)[0]
    )


def test_a_rule_switched_off_reads_nothing_and_is_to_be_switched_on(tmp_path: Path) -> None:
    off = '\n[[rules]]\nkind = "leave"\nenabled = false\n'
    (text,) = unread(tmp_path, off, leave=LEAVE)
    assert text.endswith('switch the rule of kind = "leave" on with enabled = true.')


def test_levels_of_demand_that_weigh_nothing_are_reported(tmp_path: Path) -> None:
    # The rule counts no maximum unless told to.
    demand = "weekday,start,end,minimum,target,maximum\nmon-fri,09:00,17:00,1,2,3\n"
    assert unread(tmp_path, demand=demand) == (
        "demand.csv:2: no rule reads the maximum of queue chat, so it counts for nothing: "
        'give a rule of kind = "demand" maximum = 1.',
    )


def test_a_part_time_share_that_no_rule_turns_into_hours_is_reported(tmp_path: Path) -> None:
    contracts = '\n[[contracts]]\nname = "full-time"\n\n[[contracts]]\nname = "half"\nshare = 50\n'
    people = (
        "name,site,skills,contract\nAna,Dublin,chat,half\nBen,Dublin,chat,\nCy,San Jose,chat,\n"
    )
    people = people.replace(",chat,\n", ",chat,full-time\n")
    expected = (
        "shiftplan.toml:59: no rule reads the share of contract half, so Ana may be given as much "
        'work as anybody: add [[rules]] with kind = "hours", max = "20h", '
        'for = { contract = ["half"] } and strength = "must".'
    )
    assert unread(tmp_path, contracts, people=people) == (expected,)
    # A limit for all is none for a share.
    for_all = '\n[[rules]]\nkind = "hours"\nmax = "40h"\n'
    assert unread(tmp_path, contracts + for_all, people=people) == (expected,)
    for_half = '\n[[rules]]\nkind = "hours"\nmax = "20h"\nfor = { contract = ["half"] }\n'
    assert unread(tmp_path, contracts + for_half, people=people) == ()


def test_what_sites_and_burden_say_is_read_by_rules_of_its_own(tmp_path: Path) -> None:
    site = 'timezone = "Europe/Dublin"\n'
    plan = READ["shiftplan.toml"].replace(site, f'{site}holidays = "IE"\nseats = 5\n')
    plan += "\n[burden]\nnight = 3\nnotice_days = 7\n"
    files = {**READ, "shiftplan.toml": plan}
    texts = [text.partition(" no rule reads ")[2] for text in load(write(tmp_path, files)).unread]
    assert [text.partition(",")[0] for text in texts] == [
        "the seats of Dublin",
        "the public holidays of Dublin",
        "night of [burden]",
        "notice_days of [burden]",
    ]
    for kind in ('"seats"', '"fair-share"\nof = "holiday"', '"fair-share"\nof = "burden"'):
        plan += f'\n[[rules]]\nkind = {kind}\nstrength = "wishes"\n'
    assert load(write(tmp_path, {**files, "shiftplan.toml": plan})).unread == ()


def test_what_nobody_makes_use_of_is_reported(tmp_path: Path) -> None:
    more = (
        '\n[[sites]]\nname = "Oslo"\ntimezone = "Europe/Oslo"\n'
        '\n[[contracts]]\nname = "full-time"\n\n[[contracts]]\nname = "temp"\n'
        '\n[[shifts]]\ncode = "X"\nstart = 09:00:00\nlength = "8h"\nrequires = ["crane"]\n'
    )
    texts = [text.partition(": ")[2] for text in unread(tmp_path, more)]
    assert texts == [
        "nobody can work X: nobody at its sites has all the skills it requires. Give them to "
        "somebody, or delete the shift.",
        "nobody is at Oslo, so what the plan says of it counts for nothing.",
        "nobody is on contract 'temp', so it counts for nothing.",
    ]


def test_rotas_that_nobody_is_held_to_are_reported(tmp_path: Path) -> None:
    rotation = "rota,week,monday,tuesday,wednesday,thursday,friday,saturday,sunday,people\n"
    rotation += ",1,E,E,E,E,E,-,-,Ana\n"
    section = '\n[rotation]\ntable = "rotation.csv"\nfrom = 2026-10-19\n'
    (text,) = unread(tmp_path, section, rotation=rotation)
    assert text == (
        "rotation.csv:2: no rule reads the rota of Ana, so nobody is held to it: add [[rules]] "
        'with kind = "rotation" and strength = "must".'
    )
    rule = '\n[[rules]]\nkind = "rotation"\n'
    assert unread(tmp_path, section + rule, rotation=rotation) == ()


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)
def test_the_example_plans_give_nothing_that_no_rule_reads(plan: Path) -> None:
    assert load(plan).unread == ()
