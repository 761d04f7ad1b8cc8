"""What a search for rotas promises: legal rotas, different ones, and proofs that hold."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.importers.rws import read_rws, wish_of
from shiftplan.rota import OFF, Headcount, OffTogether, Rota, RotaWish, Run, problems
from shiftplan.solver.rota import find_rotas
from shiftplan.solver.rota.search import NO_ROTA
from tests.tries import tries

BENCH = Path(os.environ.get("SHIFTPLAN_BENCH", Path(__file__).parents[3] / "shared" / "bench"))


def exactly(code: str, *headcounts: int) -> tuple[Headcount, ...]:
    return tuple(Headcount(day, frozenset((code,)), n, n) for day, n in enumerate(headcounts))


def off(least: int, most: int | None) -> Run:
    return Run(frozenset((OFF,)), least, most)


def work(codes: str, least: int, most: int | None) -> Run:
    return Run(frozenset(codes), least, most)


def rota(*rows: str) -> Rota:
    return Rota(tuple(tuple(row) for row in rows))


def test_the_one_rota_of_five_days_on_and_two_off_is_found() -> None:
    wish = RotaWish(1, ("D",), exactly("D", 1, 1, 1, 1, 1, 0, 0), (off(2, 2), work("D", 5, 5)))
    found = find_rotas(wish, alternatives=5)
    assert found.rotas == (rota("DDDDD--"),)
    assert found.complete


def test_seven_days_are_staffed_by_seven_people_five_at_a_time() -> None:
    """7 × 5 days of work and 7 × 2 days off; six days of work in a run let the days off move on."""
    wish = RotaWish(
        7, ("D",), exactly("D", *[5] * 7), (off(1, 3), work("D", 3, 6)), week_off=(2, 2)
    )
    found = find_rotas(wish)
    assert found.outcome == "found"
    assert list(problems(found.rotas[0], wish)) == []
    assert all(row.count(OFF) == 2 for row in found.rotas[0].rows)


def test_runs_that_fill_each_week_never_move_on() -> None:
    """Five days on and two off begin on one weekday for ever: all seven people are off together."""
    wish = RotaWish(7, ("D",), exactly("D", *[5] * 7), (off(2, 2), work("D", 5, 5)))
    assert find_rotas(wish).outcome == "impossible"


def test_too_few_people_for_a_day_are_named() -> None:
    wish = RotaWish(2, ("D", "N"), (*exactly("D", *[1] * 7), *exactly("N", 1, 1, 2, 1, 1, 1, 1)))
    found = find_rotas(wish)
    assert found.outcome == "impossible"
    assert found.reason == "Wednesday needs 3 people, but there are only 2."


def test_runs_that_cannot_take_turns_are_named_with_the_heads_that_make_them() -> None:
    """3 people: 14 days of work in runs of 6 to 7 make 2 runs; 7 days off in runs of 1 to 2 make 4
    to 7.
    """
    wish = RotaWish(3, ("D",), exactly("D", *[2] * 7), (off(1, 2), work("D", 6, 7)))
    found = find_rotas(wish)
    assert found.outcome == "impossible"
    assert found.reason == (
        "14 days of work a week in runs of 6 to 7 days make 2 runs, but 7 days off in runs of "
        "1 to 2 days make 4 to 7 runs, and there must be as many of each."
    )


def test_days_off_that_the_headcounts_do_not_leave_are_named() -> None:
    """4 people have 28 days a week; 3 people a day take 21 and two days off each 8."""
    wish = RotaWish(4, ("D",), exactly("D", *[3] * 7), week_off=(2, 7))
    found = find_rotas(wish)
    assert found.outcome == "impossible"
    assert found.reason.startswith(
        "The shifts need 21 days of work a week and 2 days off each take 8"
    )


def test_a_wish_whose_days_add_up_can_still_be_proven_impossible() -> None:
    """One person alone on nights of Monday, days of Tuesday, with day after night forbidden."""
    headcounts = (*exactly("N", 1, 0, 0, 0, 0, 0, 0), *exactly("D", 0, 1, 0, 0, 0, 0, 0))
    found = find_rotas(RotaWish(1, ("D", "N"), headcounts, forbidden=frozenset({("N", "D")})))
    assert (found.outcome, found.reason) == ("impossible", NO_ROTA)


def test_rows_that_would_never_meet_are_no_rota() -> None:
    """Two people, one always on D and one always on N, is a circulation but no single circle."""
    headcounts = (*exactly("D", *[1] * 7), *exactly("N", *[1] * 7))
    apart = frozenset({("D", "N"), ("N", "D")})
    assert find_rotas(RotaWish(2, ("D", "N"), headcounts, forbidden=apart)).outcome == "impossible"
    assert (
        find_rotas(RotaWish(2, ("D", "N"), headcounts, forbidden=frozenset({("N", "D")}))).outcome
        == "impossible"
    )
    assert find_rotas(RotaWish(2, ("D", "N"), headcounts)).outcome == "found"


def test_a_triple_forbids_only_exactly_one_day_off_between() -> None:
    """With N - D forbidden, one day off after N must be followed by N, or be two."""
    headcounts = (*exactly("N", 1, 0, 0, 0, 0, 0, 0), *exactly("D", 0, 0, 1, 0, 0, 0, 0))
    forbidden = frozenset({("N", OFF, "D")})
    assert (
        find_rotas(RotaWish(1, ("D", "N"), headcounts, forbidden=forbidden)).outcome == "impossible"
    )
    later = (*exactly("N", 1, 0, 0, 0, 0, 0, 0), *exactly("D", 0, 0, 0, 1, 0, 0, 0))
    assert find_rotas(RotaWish(1, ("D", "N"), later, forbidden=forbidden)).outcome == "found"


@pytest.mark.parametrize(("straddle", "outcome"), [(True, "found"), (False, "impossible")])
def test_days_off_together_may_reach_into_the_next_row_or_not(straddle: bool, outcome: str) -> None:
    """Off on Sunday and Monday: together, but never inside one row."""
    headcounts = exactly("D", 0, 1, 1, 1, 1, 1, 0)
    assert (
        find_rotas(RotaWish(1, ("D",), headcounts, together=OffTogether(2, straddle))).outcome
        == outcome
    )


def test_the_first_of_several_rotas_has_the_most_weekends_off() -> None:
    """7 people, 5 a day: 2 are off on Saturday and 2 on Sunday, so at most 2 weekends are off
    together.
    """
    wish = RotaWish(7, ("D",), exactly("D", *[5] * 7), (off(1, 4), work("D", 2, 7)))
    found = find_rotas(wish, alternatives=4, seconds=30)
    assert len(found.rotas) == len(set(found.rotas)) == 4
    assert found.rotas[0].weekends_off() == 2
    assert all(list(problems(r, wish)) == [] for r in found.rotas)


def test_qualities_are_those_one_counts_by_hand() -> None:
    """DDDAANN | NN----- : D→A and A→N are steps forward; DDDAANN and NN are a run of nine days."""
    made = rota("DDDAANN", "NN-----")
    assert made.weekends_off() == 1
    assert made.forward_steps("DAN") == 2
    assert made.backward_steps("DAN") == 0
    assert made.longest_run() == 9


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (rota("DDDD---"), "'D D D' from monday of row 1"),
        (rota("DD-D---"), "only 1 days of - in a row"),
        (rota("DDXX---"), "'X' is no shift"),
        (rota("DD-----", "DD-----"), "2 rows for 1 people, or a row without seven days"),
        (rota("DD-----"), "5 days of - in a row"),
        (rota("-----DD"), "0 people on D on Monday"),
        (rota("DDDDDDD"), "0 days off in row 1"),
    ],
)
def test_the_plain_checker_finds_what_is_wrong(made: Rota, expected: str) -> None:
    headcounts = (Headcount(0, frozenset("D"), 1, 1),)
    wish = RotaWish(1, ("D",), headcounts, (off(2, 4),), frozenset({("D", "D", "D")}), (1, 6))
    assert expected in list(problems(made, wish))


# -- against every arrangement there is ------------------------------------------------------------


@st.composite
def small_wishes(draw: st.DrawFn) -> RotaWish:
    people, codes = draw(st.sampled_from(((1, "DN"), (2, "D"), (2, "DN"), (3, "D"))))
    headcounts: list[Headcount] = []
    for day in range(7):
        left = people
        for code in codes:
            n = draw(st.integers(0, left))
            left -= n
            headcounts += [Headcount(day, frozenset(code), n, n)]
    if (people, codes) in ((1, "DN"), (2, "D")) and draw(st.booleans()):
        headcounts = [
            replace(h, most=draw(st.sampled_from((None, h.least + 1, h.least)))) for h in headcounts
        ]
        headcounts += [
            Headcount(day, frozenset(codes), draw(st.integers(0, 1)), 1) for day in range(3)
        ]
    runs = []
    for of in (OFF, codes, *codes):
        least = draw(st.sampled_from((1, 1, 2, 3)))
        most = draw(st.sampled_from((None, least, least + 1, least + 3)))
        runs.append(Run(frozenset(of), least, most))
    cells = (*codes, OFF)
    patterns = [
        p for p in (*product(codes, codes), *product(codes, cells, codes)) if len(set(p)) > 1
    ]
    forbidden = draw(st.sets(st.sampled_from(patterns), max_size=2)) if patterns else set()
    week = draw(st.sampled_from(((0, 7), (0, 7), (1, 4), (2, 3), (2, 7))))
    together = draw(
        st.sampled_from((None, None, *map(OffTogether, (1, 2, 3, 4, 2), (True,) * 4 + (False,))))
    )
    return RotaWish(
        people, tuple(codes), tuple(headcounts), tuple(runs), frozenset(forbidden), week, together
    )


def every_rota(wish: RotaWish) -> Iterator[Rota]:
    """Yield each arrangement that gives every weekday its staff and has no problems."""
    columns = []
    for day in range(7):
        lines = [h for h in wish.headcounts if h.weekday == day]
        cells = product((*wish.codes, OFF), repeat=wish.people)
        columns.append([c for c in cells if all(_enough(h, c) for h in lines)])
    for chosen in product(*columns):
        made = Rota(tuple(zip(*chosen, strict=True)))
        if next(problems(made, wish), None) is None:
            yield made


def _enough(line: Headcount, cells: tuple[str, ...]) -> bool:
    staff = sum(cell in line.codes for cell in cells)
    return line.least <= staff and (line.most is None or staff <= line.most)


def steps(made: Rota) -> frozenset[tuple[tuple[int, str, str], int]]:
    """Return how often each weekday's day follows which; rotas that differ here are different."""
    days = made.days
    return frozenset(Counter((k % 7, days[k - 1], day) for k, day in enumerate(days)).items())


@tries(150)
@given(small_wishes())
def test_a_rota_is_found_exactly_if_one_exists_among_all_arrangements(wish: RotaWish) -> None:
    every = {steps(made) for made in every_rota(wish)}
    found = find_rotas(wish, alternatives=40)
    assert found.outcome == ("found" if every else "impossible")
    assert all(list(problems(made, wish)) == [] for made in found.rotas)
    assert {steps(made) for made in found.rotas} <= every
    if found.complete:
        assert {steps(made) for made in found.rotas} == every
    else:
        assert len(found.rotas) in (0, 40)
    assert bool(found.reason) is not bool(every)


# -- instances from practice -----------------------------------------------------------------------


@pytest.mark.skipif(
    not (BENCH / "rws").is_dir(), reason=f"no instances in {BENCH / 'rws'}; set SHIFTPLAN_BENCH"
)
@pytest.mark.parametrize("number", range(1, 21))
def test_every_instance_from_practice_gets_a_rota_the_judge_accepts(
    number: int, tmp_path: Path
) -> None:
    instance = BENCH / "rws" / f"Example{number}.txt"
    wish = wish_of(read_rws(instance))
    found = find_rotas(wish)
    assert found.outcome == "found"
    assert list(problems(found.rotas[0], wish)) == []
    answer = tmp_path / "rota.txt"
    answer.write_text("".join(f"{' '.join(row)}\n" for row in found.rotas[0].rows))
    judge = [sys.executable, str(BENCH / "check_rws.py"), str(instance), str(answer)]
    expected = subprocess.run(judge, capture_output=True, text=True, check=False)
    assert expected.stdout.strip() == "VALID", expected.stdout + expected.stderr
