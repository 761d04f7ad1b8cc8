"""The cases calendar programs are known to get wrong, read back by six libraries and three
programs.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from shiftplan.calendars import file_names

from .cases import CASES, EVIL, LONG, NAMES, NOTE, TZID_FORM, UTC_FORM, Case, everything
from .programs import READERS, Khal, Radicale, Seen, Subscription, read_with

FORMS = {"utc": UTC_FORM, "tzid": TZID_FORM}
STALE = {("node-ical", "vancouver"), ("node-ical", "casablanca")}
"""What node-ical gets wrong in the TZID form: it goes by the zone data of its JavaScript engine,
not by the definition in the file. The UTC form is the default for that reason.
"""

Read = dict[tuple[str, str, str], list[Seen]]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Return what every reader sees in the file of every case, in both forms."""
    folder = tmp_path_factory.mktemp("cases")
    names = [(form, case.name) for form in FORMS for case in CASES]
    files = [folder / f"{form}-{name}.ics" for form, name in names]
    made = {(form, case.name): case.file(style) for form, style in FORMS.items() for case in CASES}
    for key, file in zip(names, files, strict=True):
        file.write_bytes(made[key])
    return {
        (reader, *key): seen
        for reader in READERS
        for key, seen in zip(names, read_with(reader, files), strict=True)
    }


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_every_reader_sees_the_instants(case: Case, form: str, reader: str, read: Read) -> None:
    seen = read[reader, form, case.name]
    right = Counter((e.start, e.end) for e in seen) == Counter(case.spans)
    assert right is not (form == "tzid" and (reader, case.name) in STALE), seen
    assert {e.status for e in seen} == {"CONFIRMED"}
    assert len({e.uid for e in seen}) == len(case.spans)


def as_shown(text: str, reader: str) -> str:
    r"""Return *text* as *reader* shows it: node-ical reads a backslash and an n as a line break."""
    return re.sub(r"\\[nN]", "\\\\\n", text) if reader == "node-ical" else text


def plain(text: str) -> str:
    """Return *text* as a reader may hand it on: without what is no character, blanks as one."""
    kept = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf") or c == "\n")
    return re.sub(r"\s+", " ", kept).strip()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("name", "text"), [("long", LONG), ("note", NOTE)])
def test_awkward_text_comes_back_as_it_was(
    name: str, text: str, form: str, reader: str, read: Read
) -> None:
    (event,) = read[reader, form, name]
    assert event.summary == as_shown(f"{text.strip()} 09:00–17:00", reader)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("form", FORMS)
def test_hostile_text_is_only_text(form: str, reader: str, read: Read) -> None:
    usual = {name for e in read[reader, form, "long"] for name in e.names}
    for k, text in enumerate(EVIL):
        (event,) = read[reader, form, f"evil-{k}"]
        assert plain(event.summary) == plain(as_shown(f"{_spaced(text)} 09:00–17:00", reader))
        assert set(event.names) == usual


def _spaced(text: str) -> str:
    return re.sub("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+", " ", text)


@pytest.mark.parametrize("reader", READERS)
def test_awkward_names_come_back_as_they_were(reader: str, read: Read) -> None:
    seen = read[reader, "utc", "staff"]
    wanted = [as_shown(f"{name}: Early 05:00–13:30", reader) for name in NAMES]
    assert sorted(e.summary for e in seen) == sorted(wanted)


def test_awkward_names_give_plain_file_names() -> None:
    found = file_names(NAMES).values()
    assert len(set(found)) == len(NAMES)
    assert all(re.fullmatch(r"[a-z0-9-]+\.ics", name) for name in found)


@pytest.mark.parametrize("form", FORMS)
def test_every_program_shows_every_case(form: str, tmp_path: Path) -> None:
    case = everything()
    data = case.file(FORMS[form])
    khal, subscription = Khal(tmp_path / "khal"), Subscription(tmp_path / "vdirsyncer")
    with Radicale(tmp_path / "radicale") as radicale:
        for program in (khal, subscription):
            program.take(data)
        assert radicale.put_whole(data) == 201
        for shown in (khal.shown(), subscription.shown(), radicale.whole()):
            assert Counter((e.start, e.end) for e in shown) == Counter(case.spans)
    subscription.close()


def test_two_on_one_shift_are_two_events_for_a_server_too(tmp_path: Path) -> None:
    (case,) = [c for c in CASES if c.name == "crowd"]
    with Radicale(tmp_path / "radicale") as radicale:
        assert radicale.put_whole(case.file(UTC_FORM)) == 201
        assert Counter((e.start, e.end) for e in radicale.whole()) == Counter(case.spans)
        radicale.take(case.file(UTC_FORM))
        assert Counter((e.start, e.end) for e in radicale.shown()) == Counter(case.spans)
