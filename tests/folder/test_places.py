"""Every key of a TOML text is found on its own line, however the text is written."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.folder.places import Path, lines_of

TEXT = """\
# a comment with [brackets] and = signs
top = 1
"quoted.key" = 2
'literal # key' = 3
dotted . inside = 4
site = { a = 5, "b c" = { d = 6 } }

[team] # ]]
name = "a # b ] } \\" 7"
text = \"\"\"8
[not.a.table]
key = "\\""
quotes at the end""\"\"\"
raw = '''9
\\'''
list = [
  10, # one
  # none here
  [11,
   12], { x = 13 },
  "14",
]
when = 2026-10-19 05:00:00 # 15

[[rules]]
kind = "16"

[rules.for]
site = ["17"]

[[rules]]
kind = "18"
for.site = ["19"]
for.level = ["20"]

[[rules.parts]]
n = 21
[[rules.parts]]
n = 22
[rules.parts.deep.er]
n = 23
"""


@pytest.mark.parametrize(
    ("path", "holds"),
    [
        (("top",), "top = 1"),
        (("quoted.key",), '"quoted.key" = 2'),
        (("literal # key",), "'literal # key' = 3"),
        (("dotted",), "dotted . inside = 4"),
        (("dotted", "inside"), "dotted . inside = 4"),
        (("site", "b c", "d"), "site = { a"),
        (("team",), "[team] # ]]"),
        (("team", "name"), "name = "),
        (("team", "text"), 'text = """8'),
        (("team", "raw"), "raw = '''9"),
        (("team", "list"), "list = ["),
        (("team", "list", 0), "  10, # one"),
        (("team", "list", 1), "  [11,"),
        (("team", "list", 1, 1), "   12], { x = 13 },"),
        (("team", "list", 2, "x"), "   12], { x = 13 },"),
        (("team", "list", 3), '  "14",'),
        (("team", "when"), "when = 2026"),
        (("rules", 0, "kind"), 'kind = "16"'),
        (("rules", 0, "for"), "[rules.for]"),
        (("rules", 0, "for", "site", 0), 'site = ["17"]'),
        (("rules", 1, "kind"), 'kind = "18"'),
        (("rules", 1, "for", "level"), "for.level"),
        (("rules", 1, "parts", 1, "n"), "n = 22"),
        (("rules", 1, "parts", 1, "deep", "er"), "[rules.parts.deep.er]"),
        (("rules", 1, "parts", 1, "deep", "er", "n"), "n = 23"),
    ],
)
def test_a_key_stands_on_its_own_line(path: Path, holds: str) -> None:
    line = lines_of(TEXT)[path]
    assert TEXT.splitlines()[line - 1].startswith(holds)


def test_tables_of_an_array_stand_where_their_own_headers_do() -> None:
    lines, text = lines_of(TEXT), TEXT.splitlines()
    heads = [k for k, line in enumerate(text, 1) if line == "[[rules]]"]
    assert [lines["rules", 0], lines["rules", 1]] == heads


def test_windows_line_ends_do_not_move_anything() -> None:
    assert lines_of(TEXT.replace("\n", "\r\n")) == lines_of(TEXT)


def leaves(value: Any, at: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield every path of a parsed text and what it leads to."""
    yield at, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*at, key))
    elif isinstance(value, list):
        for k, inner in enumerate(value):
            yield from leaves(inner, (*at, k))


KEYS = st.sampled_from(["a", "b-c", '"d e"', "'f.g'", '"h\\"i"', "j . k", '"l" .m', '"\\u00e9"'])


@st.composite
def values(draw: st.DrawFn, depth: int = 2) -> str:
    """A value that says *#* where its own number goes."""
    kinds = ["number", "basic", "literal", "long", "raw"] + ["list", "table"] * (depth > 0)
    kind = draw(st.sampled_from(kinds))
    if kind == "list":
        inner = draw(st.lists(values(depth - 1), max_size=3))
        breaks = draw(st.sampled_from(["", " ", "\n", "\n # ] , [\n"]))
        return "[" + breaks + f",{breaks}".join(inner) + (breaks if inner else "") + "]"
    if kind == "table":
        names = draw(st.lists(st.sampled_from(["x", '"y z"', "z.w"]), unique=True, max_size=3))
        return "{ " + ", ".join(f"{n} = {draw(values(depth - 1))}" for n in names) + " }"
    odd = draw(st.sampled_from(["", "]", "}", "# ", ",", "=", "[["]))
    return {
        "number": "#",
        "basic": f'"# {odd} \\" \\\\"',
        "literal": f"'# {odd} \"'",
        "long": f'"""# {odd}\n [x]\n y = "1" """',
        "raw": f"'''# {odd}\n\\ '' '''",
    }[kind]


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A text of keys, tables and arrays of tables; often not valid TOML, as names may clash."""
    lines = []
    for _ in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(["pair", "pair", "pair", "table", "tables", "comment"]))
        key = draw(KEYS)
        lines.append(
            {
                "pair": f"{key} = {draw(values())}",
                "table": f"[{key}] # [x]",
                "tables": f"[[ {key}]]",
                "comment": "\n  # [[ = ]]",
            }[kind]
        )
    parts = "\n".join(lines).split("#")
    text = parts[0]
    for number, part in enumerate(parts[1:], 1000):
        text += (str(number) if not part.startswith((" ] ,", " [x]", " [[ =")) else "#") + part
    return text + draw(st.sampled_from(["", "\n"]))


@given(documents())
def test_every_value_tomllib_finds_stands_where_it_is_written(text: str) -> None:
    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    lines = lines_of(text)
    starts = text.split("\n")
    for path, value in leaves(whole):
        assert path in lines
        number = str(value)[:4]
        if not isinstance(value, dict | list) and number.isdigit():
            # each number is written once, at the beginning of its value
            assert [number in line for line in starts].index(True) + 1 == lines[path]


@given(documents())
def test_nothing_is_found_that_tomllib_does_not_find(text: str) -> None:
    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert {path for path, _ in leaves(whole)} == set(lines_of(text))
