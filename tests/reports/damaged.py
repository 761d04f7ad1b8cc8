"""Workbooks damaged in every way, read one after the other; prints what came of it as JSON.

``python -m tests.reports.damaged damaged FOLDER NUMBER`` is a process of its own, whose memory is
measured.
"""

from __future__ import annotations

import io
import json
import random
import sys
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, time
from itertools import pairwise
from pathlib import Path

from shiftplan.errors import ShiftplanError
from shiftplan.reports.sheets import read_sheet
from shiftplan.reports.workbook import Book


def workbook() -> bytes:
    """Return a small workbook with texts, numbers, dates, styles and two sheets."""
    made = Book()
    sheet = made.sheet("People")
    for column, name in enumerate(("name", "site", "rate", "start", "day")):
        sheet.write_string(0, column, name, made.style(bold=True))
    for k in range(1, 9):
        sheet.write_string(k, 0, f"Person {k}")
        sheet.write_string(k, 1, "Zürich")
        sheet.write_number(k, 2, 10.5 + k)
        sheet.write_datetime(k, 3, time(7, 30), made.style(num_format="hh:mm"))
        sheet.write_datetime(k, 4, date(2026, 11, 30), made.style(num_format="yyyy-mm-dd"))
    made.sheet("Notes").write_string(0, 0, "nothing")
    return made.data()


def members(data: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return parts as a workbook."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def damaged(data: bytes, number: int) -> bytes:
    """Return a workbook damaged in the way that *number* stands for."""
    dice = random.Random(number)
    way = (_flipped, _cut, _swapped, _without, _other_xml, _other_text, _filled)[number % 7]
    return way(data, dice)


def _flipped(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, 40)):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _cut(data: bytes, dice: random.Random) -> bytes:
    start = dice.choice((0, dice.randrange(len(data))))
    return data[start : dice.randrange(start, len(data) + 1)]


def _swapped(data: bytes, dice: random.Random) -> bytes:
    parts = members(data)
    one, other = dice.sample(sorted(parts), 2)
    parts[one], parts[other] = parts[other], parts[one]
    return zipped(parts)


def _without(data: bytes, dice: random.Random) -> bytes:
    parts = members(data)
    for name in dice.sample(sorted(parts), dice.randint(1, 3)):
        del parts[name]
    return zipped(parts, dice.choice((zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)))


def _other_xml(data: bytes, dice: random.Random) -> bytes:
    """Replace numbers, kinds and names in the XML of the parts that are read."""
    parts = members(data)
    for _ in range(dice.randint(1, 4)):
        name = dice.choice([n for n in sorted(parts) if n.endswith((".xml", ".rels"))])
        old, new = dice.choice(EXCHANGED)
        parts[name] = parts[name].replace(old, new)
    return zipped(parts)


EXCHANGED = (
    (b't="s"', b't="e"'),
    (b't="s"', b't="d"'),
    (b't="n"', b't="zz"'),
    (b"<v>0</v>", b"<v>99999999999</v>"),
    (b"<v>1</v>", b"<v>-7</v>"),
    (b"<v>", b"<v>1e999"),
    (b'r="A1"', b'r="XFD1048576"'),
    (b'r="2"', b'r="twenty"'),
    (b's="1"', b's="70000"'),
    (b"numFmtId=", b"numFmtID="),
    (b"</row>", b""),
    (b"<si>", b"<si><rPh>"),
    (b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>'),
    (b'encoding="UTF-8"', b'encoding="no-such"'),
    (b"worksheet", b"chartsheet"),
    (b"rId1", b"rId9"),
)


def _other_text(data: bytes, dice: random.Random) -> bytes:
    parts = members(data)
    name = dice.choice(sorted(parts))
    changed = bytearray(parts[name])
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(changed) or 1)
        changed[at : at + dice.randint(0, 9)] = dice.randbytes(dice.randint(0, 9))
    parts[name] = bytes(changed)
    return zipped(parts)


def _filled(data: bytes, dice: random.Random) -> bytes:
    parts = members(data)
    name = dice.choice(sorted(parts))
    tag = dice.choice((b"<a>", b"<c r='A1'/>", b"x", b"\0", b"<si/>", b"<f/>"))
    parts[name] = parts[name].replace(b"</", tag * dice.randint(1, 200) + b"</", 1)
    return zipped(parts)


def main(what: str, *words: str) -> None:
    """Read damaged workbooks, so many of them, or ``bombs`` by their paths.

    Print which were read, refused, or raised something else.
    """
    found: dict[str, list[str]] = {"read": [], "refused": [], "raised": []}
    for name, path in _paths(what, *words):
        how, sentence = _outcome(path)
        found[how].append(f"{name}: {sentence}")
    print(json.dumps({**found, "peak": peak()}))


def _paths(what: str, *words: str) -> Iterator[tuple[str, Path]]:
    if what == "bombs":
        yield from ((word, Path(word)) for word in words)
        return
    folder, number = words
    path = Path(folder) / "damaged.xlsx"
    data = workbook()
    for k in range(int(number)):
        path.write_bytes(damaged(data, k))
        yield str(k), path


def _outcome(path: Path) -> tuple[str, str]:
    try:
        read_sheet(path)
    except ShiftplanError as error:
        return "refused", str(error)
    except BaseException as error:
        return "raised", repr(error)
    return "read", ""


def peak() -> int:
    """Return the most memory this process has had, in MiB."""
    # Not ``ru_maxrss``, which begins with what the process had that started this one.
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 2**10
    raise AssertionError("no VmHWM")


def bombs() -> Iterator[tuple[str, bytes]]:
    """Yield small workbooks that unpack to too much, by what they are."""
    data = workbook()
    parts = members(data)
    sheet = "xl/worksheets/sheet1.xml"
    row = b"<row r='1'>%s</row>"
    big = 65 * 2**20
    inner: dict[str, tuple[str, bytes]] = {
        "one cell far away": (sheet, row % b"<c r='XFD1'><v>1</v></c>"),
        "a part that unpacks to much": (sheet, row % (b" " * big)),
        "many empty cells": (sheet, row % (b"<c/>" * (big // 4))),
        "many texts": ("xl/sharedStrings.xml", b"<si/>" * 600_000),
        "a long text": ("xl/sharedStrings.xml", b"<si><t>" + b"x" * big + b"</t></si>"),
        "many styles": ("xl/styles.xml", b"<cellXfs>" + b"<xf/>" * (big // 6) + b"</cellXfs>"),
        "elements in elements": (sheet, b"<a>" * (big // 4)),
        "a long tag": (sheet, b"<a b='" + b"x" * (big // 2) + b"'/>"),
        "many attributes": (sheet, b"<a " + b"".join(b"a%d='' " % k for k in range(10**6)) + b"/>"),
        "many relations": (
            "xl/_rels/workbook.xml.rels",
            b"".join(b"<Relationship Id='%d' Type='x/y' Target='z'/>" % k for k in range(10**6)),
        ),
        "many sheets": ("xl/workbook.xml", b"<sheet name='x'/>" * 10**6),
    }
    for what, (name, xml) in inner.items():
        root = b"<x>%s</x>" % xml
        yield what, zipped({**parts, name: root})
    yield "one text in many cells", zipped({**parts, **_repeated()})
    yield "entities in entities", zipped({**parts, sheet: _entities()})
    yield "many parts", zipped(dict.fromkeys((f"p{k}" for k in range(5_000)), b""))
    yield "a list of parts that lies", _lying(zipped({**parts, sheet: b" " * big}))


def _repeated() -> dict[str, bytes]:
    text = b"<sst><si><t>" + b"x" * 32_000 + b"</t></si></sst>"
    rows = b"".join(b"<row><c t='s'><v>0</v></c></row>" for _ in range(50_000))
    return {
        "xl/sharedStrings.xml": text,
        "xl/worksheets/sheet1.xml": b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>",
    }


def _entities() -> bytes:
    names = "abcdefghij"
    lines = ["<!ENTITY a 'aaaaaaaaaa'>"]
    for before, name in pairwise(names):
        lines.append(f"<!ENTITY {name} '{f'&{before};' * 10}'>")
    return f"<!DOCTYPE x [{''.join(lines)}]><x>&j;</x>".encode()


def _lying(data: bytes) -> bytes:
    """Return a zip file whose list says that each part has 100 bytes."""
    changed = bytearray(data)
    at = changed.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + 24 : at + 28] = (100).to_bytes(4, "little")
        at = changed.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


if __name__ == "__main__":
    main(*sys.argv[1:])
