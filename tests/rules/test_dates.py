"""Rules with dates, by hand: what lies outside them is not charged, what begins outside counts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from shiftplan.facts import Availability, Curve, DemandRow, Facts, Leave, ShiftNeed, Wish, Worked
from shiftplan.plan import Plan
from shiftplan.plan.static_checks import shortages
from shiftplan.roster import Roster
from shiftplan.rules import RULES, Rule
from tests.rules.contract import found, hold, hold_to_dates
from tests.rules.test_cover_rules import person, rostered, team
from tests.rules.test_sequences import ana


def rule(kind: str, since: str | None, until: str | None, **parameters: Any) -> Rule:
    dates = {"from_date": since, "to_date": until}
    return RULES[kind].model_validate({**parameters, "for": {**parameters.pop("for", {}), **dates}})


def oct(day: int) -> str:
    return f"2026-10-{day:02d}"


# Monday 5 to Sunday 18 October 2026; E 05:00-13:30, L 13:30-22:00, N 22:00-06:00.
SEQUENCES = [
    # Eight days in a row from Mon 5: the fifth to the eighth are 9, 10, 11 and 12, of which two lie
    # inside.
    ("work-run", {"max": 4}, 11, 31, "E E E E E E E E", 2),
    # The single days 5 and 7 end on 6 and 8; only 8 lies inside, and the run lacks two days.
    ("work-run", {"min": 3}, 8, 31, "E - E - -", 2),
    # What the last date cuts is not too short: the run of the 7th ends on the 8th, a day too late.
    ("work-run", {"min": 3}, 5, 7, "- - E - -", 0),
    # Off 6 to 10: the third to the fifth day off are 8, 9 and 10; 9 and 10 lie inside.
    ("off-run", {"max": 2}, 9, 10, "E - - - - - E E E E E E E E", 2),
    # Nights 5 to 9: the third to the fifth are 7, 8 and 9; up to the 8th there are two.
    ("shift-run", {"of": "night", "max": 2}, 1, 8, "N N N N N", 2),
    # Two short rests, before the E of 6 and of 8.
    ("rest", {"hours": 11}, 7, 8, "L E L E", 1),
    # Nights end on the mornings of 7 and 10; E on 8 and on 11 come 23 h later, and only 11 lies
    # inside.
    ("rest-after", {"hours": 48}, 9, 31, "N N - E N - E", 1),
    # The next shift after the night of 5 is the E of 7, outside; the E of 8, 47 h later, is not the
    # next.
    ("rest-after", {"hours": 72}, 8, 31, "N - E E", 0),
    # Each week has one day off instead of two; only the second ends inside.
    ("days-off", {"per_week": 2}, 12, 31, "E E E E E E - E E E E E E -", 1),
    # A week that ends outside is not looked at, though six of its days lie inside.
    ("days-off", {"per_week": 2}, 5, 10, "E E E E E E -", 0),
    # No two days off in a row in either week; the first ends on Sun 11.
    ("days-off-together", {"straddle": False}, 5, 11, "E E - E E E - E E - E E E -", 1),
    # 48 h in each week: 8 h too much in the one that ends inside, days before the first date
    # included.
    ("hours", {"max": "40h"}, 16, 31, "E E E E E E - E E E E E E -", 480),
    # Three days inside at 8 h each, in a limit for the horizon of 16 h.
    ("hours", {"max": "16h", "per": "horizon"}, 6, 8, "E E E E E", 480),
    # Ten days inside at 7 h a week are 10 h; three shifts of 8 h are 14 h too much.
    (
        "hours",
        {"max": "7h", "per": "horizon", "average": True},
        5,
        14,
        "E E E - - - - - - - E",
        840,
    ),
    # An employed horizon of five days needs 20 h: two shifts are 4 h short.
    ("hours", {"min": "20h", "per": "horizon"}, 5, 9, "E E - - - E E", 240),
    # Paid 8 h on two days inside, at most 7 h.
    ("hours", {"max": "7h", "per": "day"}, 6, 7, "E E E E", 120),
    # Nights on 5, 6, 7 and 8: two lie inside.
    ("shift-count", {"of": "N", "max": 1, "per": "horizon"}, 7, 31, "N N N N", 1),
    # In four days at most two: those that end on 7 and 8 have three and four; 9 has three, outside.
    ("shift-count", {"max": 2, "days": 4}, 8, 8, "E E E E", 2),
    # L E ends on 6 and on 8.
    ("succession", {"forbid": ["L E"]}, 5, 7, "L E L E", 1),
    # Starts change on 6, 7 and 8.
    ("steady", {}, 7, 8, "E L E L", 2),
    # Both weekends are worked; the second lies inside.
    ("weekends", {"max": 0}, 12, 31, "- - - - - E E - - - - - E E", 1),
    # Its first shift is the Saturday's, outside: it is not counted on the Sunday too.
    ("weekends", {"max": 0}, 11, 11, "- - - - - E E", 0),
    ("weekends", {"max": 0}, 11, 11, "- - - - - - E", 1),
    # The second weekend in a row is one too many; it lies inside, the first does not.
    ("weekends", {"max_in_a_row": 1}, 13, 31, "- - - - - E - - - - - - - E", 1),
    # Half weekends: the first ends outside, the second inside.
    ("weekends", {"whole": True}, 18, 31, "- - - - - E - - - - - - E -", 1),
    # No 36 h free in either week of days without end (16 h between shifts); one week ends inside.
    ("weekly-rest", {"hours": 36}, 5, 11, " ".join("E" * 14), 1),
]


@pytest.mark.parametrize(("kind", "parameters", "since", "until", "line", "amount"), SEQUENCES)
def test_a_rule_with_dates_charges_what_happens_inside_them(
    kind: str, parameters: dict[str, Any], since: int, until: int, line: str, amount: int
) -> None:
    made, roster = rule(kind, oct(since), oct(until), **parameters), ana(line)
    assert found(made, roster) == amount
    hold(made, roster)
    hold_to_dates(made, roster)


def test_rules_on_single_days_keep_to_their_dates() -> None:
    roster = ana("E E E E E", leave=(0, 4))
    # On leave on all five days: three lie inside.
    assert found(rule("leave", oct(7), oct(9)), roster) == 3
    # The day on which she is not available, by itself.
    never = Availability(person="Ana", can="never", from_date=oct(5), to_date=oct(5))
    roster = Roster(roster.facts.changed(availability=(never,)), roster.cells)
    assert found(rule("available", oct(5), oct(5)), roster) == 1
    assert found(rule("available", oct(6), None), roster) == 0
    facts = ana("E").facts.changed(
        wishes=tuple(Wish(person="Ana", date=f"2026-10-{d:02d}", wish="day-off") for d in (5, 6)),
        pins=tuple(Worked(person="Ana", date=f"2026-10-{d:02d}", shift="L") for d in (5, 6)),
    )
    roster = Roster(facts, {("Ana", day): "E" for day in facts.days})
    for kind in ("wish", "pinned"):
        assert found(rule(kind, oct(6), None), roster) == 1
        hold_to_dates(rule(kind, oct(6), None), roster)


MON, WED = "2026-11-02", "2026-11-04"
PAIR = (person("Ana"), person("Ben"))


@pytest.mark.parametrize(
    ("made", "lines", "amount"),
    [
        # On the same shift on Mon, Tue and Wed, of which Tue and Wed count.
        (rule("apart", "2026-11-03", WED, who=["Ana", "Ben"]), ("EEE", "EEE"), 2),
        # Alone on Mon and Tue; Tue counts.
        (rule("together", "2026-11-03", None, who=["Ana", "Ben"]), ("EE.", "..."), 1),
        # Nobody on any day from Wed on: five days.
        (rule("duty", WED, None, name="Report"), ("EE.", "..."), 5),
        # Two where there is one seat: 480 minutes a day, on one day.
        (rule("seats", "2026-11-03", "2026-11-03"), ("EEE", "EEE"), 480),
        # N is 22:00 to 07:00; of the two on duty on Monday night, those after midnight count on
        # Tuesday.
        (rule("seats", "2026-11-03", "2026-11-03"), ("N..", "N.."), 420),
        (rule("mix", None, MON, level=["L1"], max=1), ("N..", "N.."), 120),
    ],
)
def test_rules_about_several_people_keep_to_their_dates(
    made: Rule, lines: tuple[str, str], amount: int
) -> None:
    facts = team(*(p.model_copy(update={"level": "L1"}) for p in PAIR))
    roster = rostered(facts, Ana=lines[0], Ben=lines[1])
    assert found(made, roster) == amount
    hold(made, roster)
    hold_to_dates(made, roster)


def test_heads_on_shifts_and_queues_count_by_the_date_at_the_teams_home() -> None:
    facts = team(
        person("Ana", skills=("chat",)),
        curves=(
            Curve(
                queue="chat",
                clock="America/New_York",
                rows=(DemandRow(weekday="daily", start="19:00", end="21:00", minimum=1),),
            ),
        ),
        shift_needs=(ShiftNeed(shift="E", weekday="daily", minimum=1),),
    )
    roster = rostered(facts, Ana="...")
    # 19:00-21:00 in New York is 00:00-02:00 in Dublin a day later: Tuesday's by the home date.
    tuesday = rule("demand", "2026-11-03", "2026-11-03", minimum=1, target=0)
    assert found(tuesday, roster) == 120
    assert found(rule("shift-demand", "2026-11-03", WED), roster) == 2
    for made in (tuesday, rule("shift-demand", "2026-11-03", WED)):
        hold_to_dates(made, roster)


def test_open_hours_over_midnight_belong_to_the_day_they_open_on() -> None:
    facts = team(person("Ana", skills=("lead",)))
    made = rule("presence", MON, MON, skill=["lead"], start="20:00", end="06:00")
    # On duty from 22:00 on Monday to 07:00: two of its ten hours lack a lead.
    assert found(made, rostered(facts, Ana="N")) == 120
    hold_to_dates(made, rostered(facts, Ana="N"))


def test_handover_counts_on_the_dates_of_the_site_that_takes_over() -> None:
    facts = team(person("Ana"), person("Cy", "San Jose"))
    made = rule(
        "handover", "2026-11-05", None, from_site="Dublin", to_site="San Jose", minutes="30m"
    )
    # Four days from Thursday to Sunday, nobody on duty.
    assert found(made, rostered(facts)) == 4 * 30
    hold_to_dates(made, rostered(facts))


def test_a_hard_rule_with_dates_leaves_other_days_free_in_the_counting() -> None:
    facts: Facts = ana("E").facts.changed(
        leave=(Leave(person="Ana", from_date=oct(5), to_date=oct(11)),),
    )
    kept_free = rule("leave", oct(5), oct(6))
    wanted = rule("duty", oct(6), oct(7), name="Report")
    texts = [s.text for s in shortages(Plan(facts, (kept_free, wanted)))]
    assert texts == [
        "'Report' on Tue 06 Oct requires 1 person, but none of those who can be assigned it "
        "can work."
    ]


def test_dates_the_wrong_way_round_are_no_dates() -> None:
    with pytest.raises(ValidationError, match="is before from_date"):
        rule("rest", oct(9), oct(8))


@pytest.mark.parametrize(
    ("since", "until", "texts"),
    [
        (None, oct(4), "for.to_date: 2026-10-04 is before the horizon 2026-10-05 to 2026-10-18. "),
        (
            oct(19),
            None,
            "for.from_date: 2026-10-19 is after the horizon 2026-10-05 to 2026-10-18. ",
        ),
    ],
)
def test_dates_off_the_horizon_are_reported(
    since: str | None, until: str | None, texts: str
) -> None:
    facts = ana(" ".join("E" * 14)).facts
    problems = list(rule("rest", since, until).whom.problems(facts))
    assert problems == [texts + "Correct it or delete the rule."]
    assert list(rule("rest", oct(18), "2027-01-01").whom.problems(facts)) == []


def test_the_sentence_says_the_dates() -> None:
    made = rule("work-run", oct(5), oct(9), max=4, **{"for": {"site": ["North"]}})
    assert made.sentence() == (
        "Everyone (site North, from 2026-10-05, until 2026-10-09) works at most 4 days in a row."
    )


def test_a_week_of_a_rule_with_dates_is_one_that_ends_on_them() -> None:
    facts = ana(" ".join("E" * 14)).facts
    assert [w[0] for w in rule("rest", oct(11), oct(17)).weeks_inside(facts)] == [date(2026, 10, 5)]
    assert rule("rest", oct(12), oct(17)).weeks_inside(facts) == ()
    assert rule("rest", oct(17), None).days_inside(facts) == (
        date(2026, 10, 17),
        date(2026, 10, 17) + timedelta(days=1),
    )
