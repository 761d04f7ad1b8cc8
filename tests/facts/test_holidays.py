"""Public holidays: which a site keeps, on which date, and what the plan's own table says."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from shiftplan.facts import Facts, HolidayDate, Site
from shiftplan.facts.holidays import public_holidays
from shiftplan.facts.leave_policy import after
from shiftplan.folder import load
from tests.folder.disk import FILES, PLAN, reported, write
from tests.rules.test_people_rules import person, team

TEN = (
    "New Year's Day",
    "Martin Luther King Jr. Day",
    "Presidents' Day",
    "Memorial Day",
    "Juneteenth National Independence Day",
    "Independence Day",
    "Labor Day",
    "Thanksgiving Day",
    "Day After Thanksgiving",
    "Christmas Day",
)


def kept(year: int, *rows: HolidayDate, **site: object) -> list[date]:
    san_jose = Site.model_validate(
        {"name": "San Jose", "timezone": "America/Los_Angeles", "holidays": "US-CA", **site}
    )
    facts: Facts = team(person("Ana")).changed(sites=(san_jose,), holidays=rows)
    return sorted(facts.site_holidays("San Jose", year))


def test_a_list_of_names_keeps_ten_of_california_and_each_once() -> None:
    # Independence Day 2026 is a Saturday, also observed on Friday the 3rd; all else in the
    # calendar, such as Cesar Chavez Day, Diwali and Veterans Day, is no holiday of the company.
    assert kept(2026, holiday_names=TEN) == [
        date(2026, 1, 1),
        date(2026, 1, 19),
        date(2026, 2, 16),
        date(2026, 5, 25),
        date(2026, 6, 19),
        date(2026, 7, 4),
        date(2026, 9, 7),
        date(2026, 11, 26),
        date(2026, 11, 27),
        date(2026, 12, 25),
    ]
    assert len(kept(2026)) == 14


def test_observed_dates_stand_instead_of_the_actual_ones_also_across_the_new_year() -> None:
    # 2027: Juneteenth and Christmas are Saturdays, Independence Day a Sunday; New Year's Day 2028
    # is a Saturday and kept on 31 December 2027, so that this year has two of that name and 2028
    # has none.
    found = kept(2027, holiday_names=TEN, holiday_dates="observed")
    assert set(found) - set(kept(2027, holiday_names=TEN)) == {
        date(2027, 6, 18),
        date(2027, 7, 5),
        date(2027, 12, 24),
        date(2027, 12, 31),
    }
    assert len(found) == 11
    assert len(kept(2028, holiday_names=TEN, holiday_dates="observed")) == 9
    assert len(kept(2027, holiday_names=TEN)) == len(kept(2028, holiday_names=TEN)) == 10


def test_two_days_of_one_name_do_not_merge_where_only_one_is_moved() -> None:
    # Chinese New Year 2034 in Singapore: Sunday, kept on Tuesday, and Monday.
    found = public_holidays("SG", 2034, ("Chinese New Year",), True)
    assert sorted(found) == [date(2034, 2, 20), date(2034, 2, 21)]


def test_the_table_adds_renames_and_takes_away() -> None:
    rows = (
        HolidayDate(date=date(2026, 12, 25), kept="no"),
        HolidayDate(site="San Jose", date=date(2026, 12, 24), name="Eve"),
        HolidayDate(site="Dublin", date=date(2026, 12, 23)),
    )
    facts = team(person("Ana")).changed(
        sites=(
            Site(name="San Jose", timezone="America/Los_Angeles", holidays="US-CA"),
            Site(name="Dublin", timezone="Europe/Dublin"),
        ),
        holidays=rows,
    )
    assert not facts.holiday("Ana", date(2026, 12, 25))
    assert facts.holiday_name("Ana", date(2026, 12, 24)) == "Eve"
    assert facts.holiday_name("Ana", date(2026, 12, 23)) == ""
    assert facts.site_holidays("Dublin", 2026)[date(2026, 12, 23)].name == "Public holiday"
    assert facts.keeps_holidays


@pytest.mark.parametrize(
    ("span", "day", "end"),
    [
        ("30 days", date(2026, 11, 26), date(2026, 12, 26)),
        ("2 weeks", date(2026, 11, 26), date(2026, 12, 10)),
        ("1 month", date(2026, 10, 26), date(2026, 11, 26)),
        ("1 month", date(2027, 1, 31), date(2027, 2, 28)),
        ("13 months", date(2026, 12, 31), date(2028, 1, 31)),
    ],
)
def test_a_month_later_is_the_same_day_of_it_or_its_last(span: str, day: date, end: date) -> None:
    assert after(day, span) == end


def at_san_jose(keys: str, **tables: str) -> dict[str, str | bytes]:
    zone = 'timezone = "America/Los_Angeles"\n'
    text = PLAN.replace(zone, f'{zone}holidays = "US-CA"\n{keys}')
    more = "".join(f'\n[{name}]\ntable = "{name}.csv"\n' for name in tables)
    return {
        **FILES,
        "shiftplan.toml": text + more,
        **{f"{name}.csv": text for name, text in tables.items()},
    }


def test_a_name_the_calendar_does_not_have_is_reported_with_the_nearest_and_its_line(
    tmp_path: Path,
) -> None:
    files = at_san_jose(
        'holiday_names = [\n  "Labor Day",\n  "Christmas day",\n  "Thanksgivin Day",\n]\n'
    )
    assert reported(write(tmp_path, files)) == [
        "shiftplan.toml:21: holiday_names[3]: US-CA has no holiday called 'Thanksgivin Day'. "
        "Did you mean 'Thanksgiving Day'?"
    ]


def test_a_name_of_another_year_is_no_mistake(tmp_path: Path) -> None:
    # Juneteenth is kept from 2021 on; a plan of 2019 may name it and has one holiday fewer.
    plan = str(
        at_san_jose('holiday_names = ["Juneteenth National Independence Day"]\n')["shiftplan.toml"]
    )
    files = {
        **FILES,
        "shiftplan.toml": plan.replace("2026-10-19", "2019-06-17"),
        "wishes.csv": "person,date,wish\n",
    }
    facts = load(write(tmp_path, files)).plan.facts
    assert facts.site_holidays("San Jose", 2019) == {}
    assert list(facts.site_holidays("San Jose", 2021)) == [date(2021, 6, 19)]


def test_what_else_can_be_wrong_about_holidays_is_reported(tmp_path: Path) -> None:
    files = at_san_jose(
        "", holidays="site,date,kept\nSan Hose,2026-10-20,\nDublin,2026-10-26,maybe\n"
    )
    assert reported(write(tmp_path / "a", files)) == [
        "holidays.csv:2: site: 'San Hose' is not one of the sites. Did you mean 'San Jose'?",
        "holidays.csv:3: kept: 'maybe' is not one of yes, no.",
    ]
    twice = at_san_jose("", holidays="site,date,kept\nDublin,2026-10-26,\nDublin,2026-10-26,no\n")
    assert reported(write(tmp_path / "b", twice)) == [
        "holidays.csv:3: date: Dublin has two lines for 2026-10-26. Keep one of them."
    ]
    plan = PLAN.replace(
        'timezone = "Europe/Dublin"\n', 'timezone = "Europe/Dublin"\nholiday_names = ["X"]\n'
    )
    assert reported(write(tmp_path / "c", {**FILES, "shiftplan.toml": plan})) == [
        "shiftplan.toml:13: holiday_names: the site names no calendar to look them up in. "
        'Add one, such as holidays = "US-CA".'
    ]


FORECAST = """
[[leave_policies]]
"""


def test_a_forecast_date_is_reported_until_the_table_confirms_or_corrects_it(
    tmp_path: Path,
) -> None:
    # Vesak Day 2029 in Singapore is a forecast for Sunday, 27 May; the horizon is 14 to 27 May.
    plan = PLAN.replace("2026-10-19", "2029-05-14").replace(
        'timezone = "America/Los_Angeles"\n', 'timezone = "Asia/Singapore"\nholidays = "SG"\n'
    )
    files = {**FILES, "wishes.csv": "person,date,wish\n"}
    (notice,) = load(write(tmp_path / "a", {**files, "shiftplan.toml": plan + FORECAST})).notices
    assert notice.startswith(
        "Vesak Day on Sun 27 May 2029 in San Jose is a forecast of the calendar."
    )
    assert "San Jose,2029-05-27,Vesak Day,yes" in notice
    plan += FORECAST + '\n[holidays]\ntable = "holidays.csv"\n'
    files |= {"shiftplan.toml": plan}
    for line in ("San Jose,2029-05-27,Vesak Day,yes", "San Jose,2029-05-27,,no"):
        table = f"site,date,name,kept\n{line}\n"
        assert load(write(tmp_path / line[-3:], {**files, "holidays.csv": table})).notices == ()
    stray = "site,date,name,kept\nSan Jose,2029-05-27,,yes\nSan Jose,2029-05-24,,no\n"
    assert load(write(tmp_path / "stray", {**files, "holidays.csv": stray})).notices == (
        "The table of holidays takes away Thu 24 May 2029, which is no holiday in San Jose.",
    )


def imports_holidays(root: Path) -> bool:
    code = (
        "import sys; from shiftplan.folder import load; from pathlib import Path; "
        "load(Path(sys.argv[1])); "
    )
    code += "print('holidays.countries.united_states' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code, root], capture_output=True, text=True, check=True
    )
    return done.stdout.strip() == "True"


@pytest.mark.slow
def test_calendars_are_loaded_only_if_something_goes_by_holidays(tmp_path: Path) -> None:
    files = at_san_jose("")
    assert not imports_holidays(write(tmp_path / "a", files))
    by_rule = f'{files["shiftplan.toml"]!s}\n[[rules]]\nkind = "lieu"\nstrength = "wishes"\n'
    assert imports_holidays(write(tmp_path / "b", {**files, "shiftplan.toml": by_rule}))


@pytest.mark.slow
def test_names_do_not_depend_on_the_language_of_the_computer() -> None:
    code = (
        "from shiftplan.facts.holidays import public_holidays as p; print(*p('SG', 2026).values())"
    )
    sentences = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "LANGUAGE": language, "LC_ALL": "C.UTF-8"},
        ).stdout
        for language in ("", "en_SG", "th")
    }
    assert len(sentences) == 1
