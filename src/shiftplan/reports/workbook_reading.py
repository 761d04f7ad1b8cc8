"""A table out of a workbook, whatever the workbook is like: rows, or a sentence why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from posixpath import dirname, join

from ..errors import ShiftplanError, count
from .table_limits import SheetLines
from .workbook_file import WorkbookParts
from .workbook_sheet import SharedTexts, Sheet
from .workbook_values import Formats, WrongCell
from .workbook_xml import Attributes, Found, walk

MOST_STYLES = 65_536
"""Styles that a spreadsheet program allows."""
MOST_SHEETS = 10_000
"""Sheets and other parts that one part may name."""

_SAVE_AGAIN = "Open it in a spreadsheet program and save it again as .xlsx."


@dataclass
class _Book:
    """What a workbook says about its sheets."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    """Name and part of each worksheet that is not hidden."""
    seen: int = 0
    hidden: int = 0
    since_1904: bool = False
    strings: str = ""
    styles: str = ""


def workbook_lines(data: bytes, name: str, stop: Callable[[], bool] = lambda: False) -> SheetLines:
    """Return what stands in the first sheet, that is not hidden, of the workbook called *name*.

    Raise ``ShiftplanError``, with one sentence that names the workbook, whatever is wrong with it.
    """
    try:
        return _read(WorkbookParts(data, stop))
    except WrongCell as wrong:
        raise ShiftplanError(f"{name}: {wrong.message}.", wrong.hint) from None
    except ShiftplanError as error:
        raise ShiftplanError(f"{name} is not read: {error.message}", error.hint) from None
    # A damaged workbook can make the libraries that unpack it raise nearly anything.
    except (Exception, MemoryError) as error:
        why = str(error).strip("'\". ") or type(error).__name__
        raise ShiftplanError(
            f"{name} is no spreadsheet that can be read ({why[:120]}).", _SAVE_AGAIN
        ) from None


def _read(parts: WorkbookParts) -> SheetLines:
    book = _book(parts)
    if not book.sheets:
        raise ShiftplanError("it has no sheet that is not hidden.", "Show the sheet to read.")
    shared = SharedTexts()
    if book.strings:
        walk(parts.pieces(book.strings), shared)
    formats = _formats(parts, book)
    title, part = book.sheets[0]
    sheet = Sheet(shared.texts, formats)
    walk(parts.pieces(part), sheet)
    if not sheet.rows and len(book.sheets) > 1:
        raise ShiftplanError(f"its first sheet, '{title}', is empty.", "Put the table first.")
    return SheetLines(sheet.rows, tuple(_notes(book, sheet)))


def _notes(book: _Book, sheet: Sheet) -> Iterator[str]:
    """Yield what somebody who thinks of another sheet, or of the rows shown, has to know."""
    (title, _), *others = book.sheets
    if others:
        names = ", ".join(f"'{name}'" for name, _ in others[:3])
        more = f" and {len(others) - 3} more" if len(others) > 3 else ""
        yield f"The sheet '{title}' was read, the first; not {names}{more}."
    if book.hidden:
        yield f"{count(book.hidden, 'hidden sheet was', 'hidden sheets were')} passed over."
    if sheet.hidden:
        yield f"{count(sheet.hidden, 'hidden row was', 'hidden rows were')} read, too."


def _book(parts: WorkbookParts) -> _Book:
    path = _main_part(parts)
    targets = _targets(parts, path)
    book = _Book()

    def sheet(attributes: Attributes) -> None:
        name = attributes.get("name", "")
        book.seen += 1
        if book.seen > MOST_SHEETS:
            raise ValueError("it names too many sheets")
        kind, target = targets.get(_by_end(attributes, "id"), ("", ""))
        if kind != "worksheet":  # a sheet of nothing but a chart
            return
        if attributes.get("state", "visible") == "visible":
            book.sheets.append((name[:31], target))
        else:
            book.hidden += 1

    def settings(attributes: Attributes) -> None:
        book.since_1904 = attributes.get("date1904", "0") in ("1", "true", "on")

    walk(parts.pieces(path), Found(sheet=sheet, workbookPr=settings))
    for kind, target in targets.values():
        if kind == "sharedStrings":
            book.strings = target
        elif kind == "styles" and parts.has(target):
            book.styles = target
    return book


def _main_part(parts: WorkbookParts) -> str:
    """Return the part that says which sheets there are."""
    found = [target for kind, target in _targets(parts, "").values() if kind == "officeDocument"]
    return found[0] if found else "xl/workbook.xml"


def _targets(parts: WorkbookParts, source: str) -> dict[str, tuple[str, str]]:
    """Return what the part *source* refers to: kind and part, by the name it uses."""
    folder = dirname(source)
    listed = join(folder, "_rels", f"{source[len(folder) :].lstrip('/')}.rels")
    found: dict[str, tuple[str, str]] = {}

    def relation(attributes: Attributes) -> None:
        if attributes.get("TargetMode", "Internal") != "Internal":
            return
        if len(found) > MOST_SHEETS:
            raise ValueError("it names too many parts")
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "")
        # Only parts by a whole path begin with a slash; others lie beside the source.
        found[attributes.get("Id", "")] = kind, join(folder, target) if target else ""

    if parts.has(listed):
        walk(parts.pieces(listed), Found(Relationship=relation))
    return found


def _by_end(attributes: Attributes, name: str) -> str:
    """Return the attribute called *name*, whatever its prefix is."""
    for key, value in attributes.items():
        if key.rpartition(":")[2] == name and ":" in key:
            return value
    return ""


def _formats(parts: WorkbookParts, book: _Book) -> Formats:
    styles = _Styles()
    if book.styles:
        walk(parts.pieces(book.styles), styles)
    return Formats(styles.numbers, styles.codes, book.since_1904)


class _Styles:
    """The number formats of a workbook: those of its own, and which one each style has."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.codes: dict[int, str] = {}
        self._in_cells: bool = False

    def begin(self, name: str, attributes: Attributes) -> None:
        """Take in the beginning of an element."""
        if name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self.numbers.append(int(attributes.get("numFmtId", 0)))
        elif name == "numFmt" and "numFmtId" in attributes:
            self.codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")[:300]
        if max(len(self.numbers), len(self.codes)) > MOST_STYLES:
            raise ValueError("it has too many styles")

    def text(self, text: str) -> None:
        """Pass over text."""

    def end(self, name: str) -> None:
        """Take in the end of an element."""
        if name == "cellXfs":
            self._in_cells = False
