"""Edits of the plan file leave every other line, and every comment, as the planner wrote it."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.errors import ShiftplanError
from shiftplan.folder import edit
from tests.tries import tries

often = tries(100)

COMMENTS = st.sampled_from(("", "  # why", "   # kept # as is", " #x"))
ALONE = st.sampled_from(
    ("", "# a line of its own\n", "\n", "\n# -- A heading ---\n\n", "  # indented\n")
)
KEYS = {
    "strength": ('"must"', '"coverage"', "'fairness'"),
    "weight": ("1", "2", "1_000"),
    "hours": ("11", '"11h30"', "12.5"),
    "min": ("2",),
    "between": (
        '["Ana", "Ben"]',
        '[\n  "Ana", # the first\n  "Ben",\n  # and the last\n  "Cy",\n]',
    ),
    "for": ('{ site = ["Dublin"] }', '{site=["Dublin"],level = ["L1"]}'),
    "start": ("22:30:00",),
    "text": ('"""\n# no comment\n[[rules]]\n"""', "'# nor this'"),
}


@st.composite
def plans(draw: st.DrawFn) -> str:
    """Draw a plan file with rules written in every way there is."""
    parts = [draw(ALONE), "[team]" + draw(COMMENTS) + '\nname = "T"\n', draw(ALONE)]
    parts.append('goals = ["coverage", "fairness"]' + draw(COMMENTS) + "\n")
    for _ in range(draw(st.integers(1, 4))):
        parts += [
            draw(ALONE),
            "[[rules]]" + draw(COMMENTS) + "\n",
            'kind = "rest"' + draw(COMMENTS) + "\n",
        ]
        for key in draw(st.lists(st.sampled_from(sorted(KEYS)), unique=True, max_size=4)):
            parts += [draw(ALONE), f"{key} = {draw(st.sampled_from(KEYS[key]))}{draw(COMMENTS)}\n"]
        if draw(st.integers(0, 3)) == 0:
            parts += [
                draw(ALONE),
                "[rules.more]" + draw(COMMENTS) + "\n",
                "deep = 1" + draw(COMMENTS) + "\n",
            ]
        if draw(st.integers(0, 3)) == 0:
            parts += [draw(ALONE), '[[sites]]\nname = "S"' + draw(COMMENTS) + "\n"]
    parts.append(draw(ALONE))
    text = "".join(parts)
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    if draw(st.booleans()):
        text = text.rstrip("\r\n")
    return ("\ufeff" if draw(st.integers(0, 4)) == 0 else "") + text


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "strength": st.sampled_from(("must", "wishes", 'a "quoted" # text')),
        "weight": st.integers(1, 9) | st.none(),
        "hours": st.sampled_from((11, "11h", 10.5, None)),
        "between": st.lists(st.sampled_from(("Ana", "Ben", "Cy", "Dee")), min_size=1, max_size=4)
        | st.none(),
        "for": st.sampled_from(
            ({"site": ["Cork"]}, {"level": ["L1", "L2"], "site": ["Dublin"]}, None)
        ),
        "start": st.sampled_from((dt.time(6, 30), dt.time(22, 30), None)),
        "enabled": st.sampled_from((False, True, None)),
    },
)


def comments(text: str) -> list[str]:
    """Return every comment outside texts, in order."""
    bare = re.sub(
        r'"""(?:.|\n)*?"""|"(?:[^"\\\n]|\\.)*"|' r"'[^'\n]*'", "", text.replace("\r\n", "\n")
    )
    return re.findall(r"#[^\n]*", bare)


def read(text: str) -> dict[str, Any]:
    return tomllib.loads(text.removeprefix("\ufeff"))


@often
@given(text=plans(), values=VALUES, data=st.data())
def test_changing_a_rule_keeps_every_comment_and_every_other_line(
    text: str, values: dict[str, Any], data: st.DataObject
) -> None:
    rules = read(text)["rules"]
    number = data.draw(st.integers(0, len(rules) - 1))
    made = edit.change(text, ("rules", number), values)
    expected = {k: v for k, v in {**rules[number], **values}.items() if v is not None}
    assert read(made) == {**read(text), "rules": [*rules[:number], expected, *rules[number + 1 :]]}
    shortened = (
        isinstance(rules[number].get("between"), list) and values.get("between", ()) is not None
    )
    if not {"between", "for"} & set(values) or not shortened:
        kept = [c for c in comments(text) if c not in ("# the first", "# and the last")]
        assert [c for c in comments(made) if c not in ("# the first", "# and the last")] == kept
    first, end = edit.block(text, ("rules", number)) or (0, 0)
    lines, now = text.split("\n"), made.split("\n")
    assert now[:first] == lines[:first]
    assert now[len(now) - len(lines) + end :] == lines[end:] or end == len(lines)


@often
@given(text=plans(), data=st.data())
def test_setting_what_is_there_already_changes_no_byte(text: str, data: st.DataObject) -> None:
    rules = read(text)["rules"]
    number = data.draw(st.integers(0, len(rules) - 1))
    assert edit.change(text, ("rules", number), rules[number]) == text


@often
@given(text=plans(), values=VALUES, data=st.data())
def test_a_new_rule_is_all_that_is_new(
    text: str, values: dict[str, Any], data: st.DataObject
) -> None:
    rules = read(text)["rules"]
    at = data.draw(st.none() | st.integers(0, len(rules)))
    plain = {"kind": "rest", **{k: v for k, v in values.items() if v is not None}}
    made = edit.add_entry(text, "rules", {"kind": "rest", **values}, at)
    place = len(rules) if at is None else at
    assert read(made)["rules"] == [*rules[:place], plain, *rules[place:]]
    assert comments(made) == comments(text)
    kept = iter(made.removeprefix("\ufeff").replace("\r", "").split("\n"))
    assert all(
        line in kept for line in text.removeprefix("\ufeff").replace("\r", "").split("\n") if line
    )


@often
@given(text=plans(), data=st.data())
def test_a_rule_taken_out_leaves_comments_on_lines_of_their_own(
    text: str, data: st.DataObject
) -> None:
    rules = read(text)["rules"]
    number = data.draw(st.integers(0, len(rules) - 1))
    made = edit.remove_entry(text, "rules", number)
    assert read(made).get("rules", []) == [*rules[:number], *rules[number + 1 :]]
    alone = [
        line.strip()
        for line in text.split("\n")
        if line.strip() in ("# a line of its own", "# indented")
    ]
    assert [line.strip() for line in made.split("\n") if line.strip() in set(alone)] == alone


@often
@given(text=plans(), data=st.data())
def test_a_copy_of_a_rule_stands_below_it(text: str, data: st.DataObject) -> None:
    rules = read(text)["rules"]
    number = data.draw(st.integers(0, len(rules) - 1))
    made = edit.duplicate_entry(text, "rules", number)
    assert read(made)["rules"] == [*rules[: number + 1], *rules[number:]]


def test_a_rule_switched_off_and_on_again_is_as_it_was() -> None:
    text = (
        '[[rules]]\nkind = "rest" # eleven hours\nhours = 11\n'
        '\n# People\n[people]\ntable = "people.csv"\n'
    )
    off = edit.change(text, ("rules", 0), {"enabled": False})
    assert off == text.replace("hours = 11\n", "hours = 11\nenabled = false\n")
    assert edit.change(off, ("rules", 0), {"enabled": None}) == text


def test_goals_are_reordered_where_they_stand() -> None:
    text = '[team]\ngoals = [\n  "coverage", # first of all\n  "cost",\n]\nname = "T"\n'
    made = edit.change(text, ("team",), {"goals": ["cost", "coverage"]})
    assert made == '[team]\ngoals = [\n  "cost", # first of all\n  "coverage",\n]\nname = "T"\n'


def test_rules_in_a_list_without_headers_are_changed_too() -> None:
    text = 'rules = [{ kind = "rest", hours = 11 }] # all of them\n'
    assert read(edit.change(text, ("rules", 0), {"hours": 12}))["rules"] == [
        {"kind": "rest", "hours": 12}
    ]
    with pytest.raises(ShiftplanError, match="Edit the text of the file instead"):
        edit.remove_entry(text, "rules", 0)


def test_a_file_that_is_not_toml_is_not_edited() -> None:
    with pytest.raises(ShiftplanError, match=r"not valid TOML.*Fix its text first"):
        edit.change("[team\n", ("team",), {"name": "T"})


def test_a_history_that_said_there_is_none_names_a_table_once_it_has_one() -> None:
    text = '[team]\nname = "x"\n\n# A new team.\n[history]\nnone = true  # until June\n\n[people]\n'
    made = edit.name_table(text, "history", "history.csv")
    assert edit.written(made)["history"] == {"table": "history.csv"}
    assert made.startswith('[team]\nname = "x"\n\n# A new team.\n[history]\n')
    assert "# until June" in made
