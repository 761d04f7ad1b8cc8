"""The code stays loose: functions short and simple, lines narrow, borderline cases explained."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from benchmarks.readability import OURS, WIDE, Module, measure, read_folder


@pytest.fixture(scope="module")
def modules() -> Sequence[Module]:
    return read_folder(OURS)


@pytest.fixture(scope="module")
def figures(modules: Sequence[Module]) -> dict[str, float]:
    return measure(modules)


@pytest.mark.slow
def test_no_function_is_longer_than_sixty_lines(modules: Sequence[Module]) -> None:
    functions = [function for module in modules for function in module.functions]

    assert [f"{f.path}:{f.line} {f.name}" for f in functions if f.lines > 60] == []


def test_no_module_is_longer_than_three_hundred_lines(modules: Sequence[Module]) -> None:
    assert [module.path for module in modules if module.lines > 300] == []


def test_no_line_is_wider_than_a_hundred_characters() -> None:
    wide = []
    for file in sorted(OURS.rglob("*.py")):
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
            if len(line) > WIDE:
                wide.append(f"{file.relative_to(OURS)}:{number}")

    assert wide == []


def test_fewer_than_five_functions_in_a_hundred_are_complex(figures: dict[str, float]) -> None:
    assert figures["above 10, %"] < 5
    # Radon leaves nested functions out of the share; nothing complex may hide in one.
    assert figures["nested above 10"] == 0


def test_functions_are_simple_on_average(figures: dict[str, float]) -> None:
    assert figures["mean complexity"] < 3.8


def test_of_twenty_functions_nineteen_have_at_most_23_lines(figures: dict[str, float]) -> None:
    assert figures["lines, p95"] <= 23


def test_a_hundred_lines_have_at_least_two_comments(figures: dict[str, float]) -> None:
    assert figures["comments"] >= 2
