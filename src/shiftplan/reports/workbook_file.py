"""The parts of a workbook's file, unpacked piece by piece and never beyond a limit."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from posixpath import normpath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from ..errors import ShiftplanError

MOST_UNPACKED = 64 * 2**20
"""Bytes that may come out of the parts that are read."""
MOST_PARTS = 2_000

_ENTRY = b"PK\x01\x02"
"""How each part begins in the list at the end of a zip file."""
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
"""How files of older office programs begin, and those protected by a password."""
_PIECE = 64 * 1024
_ENCRYPTED = 0x1


class TooMuch(ShiftplanError):
    """More than is read."""


class WorkbookParts:
    """What lies in the zip file that a workbook is."""

    def __init__(self, data: bytes, stop: Callable[[], bool]) -> None:
        """*stop* is asked now and then whether to give up.

        Raise ``BadZipFile`` if *data* is no zip file, ``ShiftplanError`` for one not to be read.
        """
        _check_start(data)
        self._zip: ZipFile = ZipFile(io.BytesIO(data))
        self._stop: Callable[[], bool] = stop
        self._left: int = MOST_UNPACKED
        self._by_name: dict[str, ZipInfo] = {}
        for info in self._zip.infolist():
            # Programs disagree about the case of names.
            self._by_name[_plain_name(info.filename)] = info

    def has(self, name: str) -> bool:
        """Say whether there is a part called *name*."""
        return _plain_name(name) in self._by_name

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a part.

        Raise ``TooMuch`` once all parts together are too large, and ``BadZipFile`` where the part
        is missing or damaged.
        """
        info = self._by_name.get(_plain_name(name))
        if info is None:
            raise BadZipFile(f"its part {name} is missing")
        _check_method(info)
        # What the list of parts says may be untrue; what really comes out is counted as well.
        if info.file_size > self._left:
            raise too_large()
        with self._zip.open(info) as stream:
            while piece := stream.read(_PIECE):
                self._left -= len(piece)
                if self._left < 0:
                    raise too_large()
                if self._stop():
                    raise ShiftplanError("Reading was given up.")
                yield piece


def too_large() -> TooMuch:
    """Return the error for a workbook that unpacks to too much."""
    return TooMuch(
        f"it unpacks to more than {MOST_UNPACKED // 2**20} MB.",
        "Copy the table alone into a new workbook, as values.",
    )


def _check_start(data: bytes) -> None:
    if data.startswith(_OLD_FORMAT):
        raise ShiftplanError(
            "it is protected by a password, or of an older format (.xls).",
            "Save it without a password as an Excel workbook (.xlsx).",
        )
    if data.count(_ENTRY) > MOST_PARTS:
        raise TooMuch(
            f"it consists of more than {MOST_PARTS} parts.", "Copy the table into a new workbook."
        )


def _check_method(info: ZipInfo) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise ShiftplanError("it is encrypted.", "Save it without a password.")
    # Of the other methods a small piece may unpack to any size at once; workbooks use none.
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise BadZipFile("it is packed in a way that workbooks are not")


def _plain_name(name: str) -> str:
    return normpath(name.replace("\\", "/")).lstrip("/").lower()
