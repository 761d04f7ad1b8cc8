"""Whatever bytes a plan folder holds, reading it ends in a plan or in problems, never in a
traceback.
"""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from shiftplan.errors import BadInput
from shiftplan.folder import Loaded, load, read_roster

from .disk import FILES, PLAN, added, write

OTHERS = {
    **added("leave", "person,from_date,to_date,kind\nAna,2026-10-20,2026-10-22,pto\n"),
    "availability.csv": (
        "person,can,weekdays,start,end\nAna,only,mon-wed,,\nBen,never,sat sun,09:00,12:00\n"
    ),
    "history.csv": "person,date,shift\nAna,2026-10-16,E\n",
    "shift_demand.csv": "shift,weekday,site,minimum,preferred,under,over\nE,daily,Dublin,1,1,1,0\n",
    "pins.csv": "person,date,shift\nCy,2026-10-20,S0930\n",
    "carried.csv": "person,of,points\nAna,night,3\n",
}
ALL = {
    **FILES,
    **OTHERS,
    "shiftplan.toml": str(OTHERS["shiftplan.toml"])
    + "".join(
        f'\n[{name}]\ntable = "{name}.csv"\n'
        for name in ("availability", "history", "shift_demand", "pins", "carried")
    )
    + '\n[[contracts]]\nname = "full-time"\n'
    + '\n[[rules]]\nkind = "presence"\nskill = ["lead"]\nstrength = "coverage"\n'
    + '\n[[rules]]\nkind = "demand"\nstrength = "coverage"\n',
}
ROSTER = (
    "person,site,date,shift,start_utc,end_utc,pinned\n"
    "Ana,Dublin,2026-10-19,E,2026-10-19T04:00:00Z,,yes\n"
)

PIECES = st.sampled_from(
    [
        b"", b"\n", b",", b'"', b"'", b"[", b"]", b"[[", b"{", b"}", b"=", b"#", b"\r", b"\0",
        b"\xff", b"0", b"-1", b"1e9", b"nan", b"99999999999999999999", b"2026-10-20",
        b"0001-01-01", b"9999-12-31", b"24:00", b"00:00", b"7:5", b"true", b'"""', b"Ana", b"Ben",
        b"any", b"mon-fri", b"UTC", b"\xc3\xa9", b"8h", b"0h", b"99999999h", b"../x", b".",
        b"/dev/null", b"must", b"[[rules]]\n", b"[team]\n",
    ]
)  # fmt: skip


@st.composite
def edits(draw: st.DrawFn, text: bytes) -> bytes:
    """Return *text* with a few stretches replaced, dropped, doubled or moved."""
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        to = min(len(text), at + draw(st.integers(0, 12)))
        kind = draw(st.sampled_from(["put", "drop", "double", "swap", "line"]))
        if kind == "put":
            text = text[:at] + draw(PIECES) + text[to:]
        elif kind == "drop":
            text = text[:at] + text[to:]
        elif kind == "double":
            text = text[:to] + text[at:]
        elif kind == "swap":
            text = text[:at] + text[at:to][::-1] + text[to:]
        else:
            lines = text.splitlines(keepends=True)
            del lines[draw(st.integers(0, max(0, len(lines) - 1))) :][:1]
            text = b"".join(draw(st.permutations(lines)) if draw(st.booleans()) else lines[1:])
    return text


def attempt(files: dict[str, str | bytes]) -> Loaded | None:
    """Load *files*; hold every problem to what a person needs of it."""
    with tempfile.TemporaryDirectory() as name:
        root = write(Path(name), files)
        try:
            return load(root)
        except BadInput as error:
            problems = error.problems
        assert problems
        for p in problems:
            assert p.file in files
            assert 0 <= p.line <= len((root / p.file).read_bytes().splitlines()) + 1
            assert p.message.endswith((".", "?", "!"))
            assert "Input should" not in str(p)
            assert "type=" not in str(p)
        return None


@given(st.data())
def test_a_plan_file_with_anything_in_it_ends_in_a_plan_or_in_problems(data: st.DataObject) -> None:
    text = data.draw(edits(str(ALL["shiftplan.toml"]).encode()))
    attempt({**ALL, "shiftplan.toml": text})


@given(st.data())
def test_a_table_with_anything_in_it_ends_in_a_plan_or_in_problems(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(name for name in ALL if name.endswith(".csv"))))
    text = ALL[name]
    attempt({**ALL, name: data.draw(edits(text if isinstance(text, bytes) else text.encode()))})


def test_the_plan_the_fuzzing_starts_from_is_right() -> None:
    assert attempt(ALL) is not None


@given(st.binary(max_size=60))
@example(b"\xef\xbb\xbf")
@example(b"\xef\xbb\xbf[team]")
@example(b",,")
def test_any_bytes_at_all_end_in_problems(text: bytes) -> None:
    assert attempt({**ALL, "shiftplan.toml": text}) is None
    attempt({**ALL, "people.csv": text})


@given(st.data())
def test_a_roster_file_with_anything_in_it_ends_in_a_roster_or_in_problems(
    data: st.DataObject,
) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = write(Path(name), {**FILES, "shiftplan.toml": PLAN})
        file = root / "roster.csv"
        file.write_bytes(data.draw(edits(ROSTER.encode())))
        with suppress(BadInput):
            read_roster(file, load(root).plan.facts)
