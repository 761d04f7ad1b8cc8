"""What an edit does, in words: amounts with their unit, breaches by number."""

from __future__ import annotations

from shiftplan.plan.amounts import amount, cost_words
from shiftplan.rules import MUST, RULES
from shiftplan.session import CoverageChange, Effect, RuleChange
from shiftplan.tui.effects import effect_in_short, effect_lines

COST = RULES["cost"]


def changed(kind: str, strength: str, before: int, after: int, broken: int, fixed: int) -> Effect:
    """Return what one rule makes of an edit, with so many sentences that come and go."""
    change = RuleChange(
        0, kind, strength, before, after, ("It is broken.",) * broken, ("It was.",) * fixed
    )
    return Effect("An edit", (change,))


def test_money_is_shown_as_money_and_hours_as_hours() -> None:
    assert effect_in_short(changed("cost", "cost", 0, 55200, 1, 1)).plain == "cost +552.00"
    assert effect_in_short(changed("hours", "fairness", 510, 0, 0, 1)).plain == "fairness -8h30"
    assert effect_in_short(changed("wish", "wishes", 3, 5, 1, 0)).plain == "wishes +2"


def test_hard_rules_are_counted_by_breaches_whatever_the_rule_counts() -> None:
    # 481 minutes too much are one breach more.
    assert effect_in_short(changed("hours", MUST, 0, 481, 1, 0)).plain == "hard rules +1 breach"
    assert effect_in_short(changed("rest", MUST, 3, 1, 0, 2)).plain == "hard rules -2 breaches"
    # One breach takes the place of another, and is 60 minutes larger.
    assert effect_in_short(changed("hours", MUST, 60, 120, 1, 1)).plain == "hard rules worse"


def test_a_breach_of_one_hard_rule_is_not_made_good_by_another() -> None:
    broken = RuleChange(0, "rest", MUST, 0, 1, ("Ana rests 8h.",), ())
    fixed = RuleChange(1, "hours", MUST, 60, 0, (), ("Ana works 41h.",))
    both = Effect("An edit", (broken, fixed))
    assert effect_in_short(both).plain == "hard rules +1 breach, hard rules -1 breach"


def test_a_hard_rule_broken_by_less_is_no_new_breach() -> None:
    lines = [line.plain for line in effect_lines(changed("days-off", MUST, 7, 6, 1, 1))]
    assert lines == [
        "× still, hard rule · days-off: It is broken.",
        "✓ hard rule · days-off: It was.",
    ]


def test_a_line_says_what_pays_which_rule_and_the_sentence() -> None:
    hard = [line.plain for line in effect_lines(changed("hours", MUST, 0, 481, 1, 0))]
    assert hard == ["× hard rule · hours: It is broken."]
    goal = [line.plain for line in effect_lines(changed("cost", "cost", 55200, 0, 0, 1))]
    assert goal == ["✓ cost -552.00 · cost: It was."]


def test_coverage_says_how_much_more_is_missing() -> None:
    effect = Effect("An edit", coverage=(CoverageChange("chat", 0, 150, 60, 60),))
    (line,) = effect_lines(effect)
    assert line.plain == "× coverage · chat: 2h30 more below minimum (0m → 2h30)"
    assert effect_in_short(effect).plain == "chat 2h30 short"


def test_only_a_goal_that_nothing_but_money_counts_towards_is_written_as_money() -> None:
    pay = COST(kind="cost", strength="cost")
    rest = RULES["work-run"](kind="work-run", strength="cost", max=5)
    assert cost_words([pay]).cost("cost", 55200) == "552.00"
    assert cost_words([pay, rest]).cost("cost", 55200) == "55200"
    assert cost_words([COST(kind="cost", strength="cost", weight=2)]).cost("cost", 10) == "10"
    assert amount("hours", 510) == "8h30"
