"""Where each key of a TOML text stands."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping

Path = tuple[str | int, ...]
"""Keys and list positions from the top, such as ``("shifts", 0, "start")``."""

_BLANKS = re.compile(r"[ \t]*")
_SPACE = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}#\n]*")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")'
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:[^"\\]|\\.)*"'
    r"|'[^']*'",
    re.DOTALL,
)


def lines_of(text: str) -> Mapping[Path, int]:
    """Return the line of every table, key and list element of *text*, which must be valid TOML.

    A table stands where its header does, or else where it is first mentioned; the top stands on
    line 1.
    """
    scanner = _Scanner(text.replace("\r\n", "\n"))
    scanner.document()
    return scanner.lines


def headers_of(text: str) -> list[tuple[int, Path]]:
    """Return the line and the table of every ``[header]`` of *text*, which must be valid TOML, in
    order.
    """
    scanner = _Scanner(text.replace("\r\n", "\n"))
    scanner.document()
    return scanner.headers


class _Scanner:
    """Walks through a text that ``tomllib`` has accepted, so it need not look for mistakes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {(): 1}
        self.headers: list[tuple[int, Path]] = []
        self._breaks = [k for k, char in enumerate(text) if char == "\n"]
        self._last: dict[Path, int] = {}
        """Position of the latest element of each array of tables."""

    def document(self) -> None:
        """Walk from the first line to the last."""
        table: Path = ()
        self._skip(_SPACE)
        while self.at < len(self.text):
            if self._next("["):
                table = self._header()
            else:
                self._pair(table)
            self._skip(_SPACE)

    def _next(self, what: str) -> bool:
        return self.text.startswith(what, self.at)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        assert match is not None
        self.at = match.end()
        return match.group()

    def _line(self) -> int:
        return bisect_right(self._breaks, self.at - 1) + 1

    def _mark(self, path: Path, line: int) -> None:
        for k in range(len(path), 0, -1):
            if self.lines.setdefault(path[:k], line) != line:
                break

    def _header(self) -> Path:
        line, many = self._line(), self._next("[[")
        self.at += 2 if many else 1
        keys = self._key()
        self.at += 2 if many else 1
        path: Path = ()
        for key in keys[:-1]:
            path = self._inside((*path, key))
        path = (*path, keys[-1])
        if many:
            self._mark(path, line)
            self._last[path] = self._last.get(path, -1) + 1
            path = (*path, self._last[path])
        self._mark(path, line)
        self.lines[path] = line
        self.headers.append((line, path))
        return path

    def _inside(self, path: Path) -> Path:
        return (*path, self._last[path]) if path in self._last else path

    def _key(self) -> list[str]:
        """Read a key, dotted or not, and the blanks around it."""
        parts = []
        while True:
            self._skip(_BLANKS)
            if self.text[self.at] in "\"'":
                parts.append(next(iter(tomllib.loads(f"{self._skip(_STRING)} = 0"))))
            else:
                parts.append(self._skip(_BARE))
            self._skip(_BLANKS)
            if not self._next("."):
                return parts
            self.at += 1

    def _pair(self, table: Path) -> None:
        line = self._line()
        path = (*table, *self._key())
        self.at += 1  # the equals sign
        self._skip(_BLANKS)
        self._mark(path, line)
        self._value(path)

    def _value(self, path: Path) -> None:
        self._mark(path, self._line())
        if self._next("["):
            self._list(path)
        elif self._next("{"):
            self._inline_table(path)
        elif self._next('"') or self._next("'"):
            self._skip(_STRING)
        else:
            self._skip(_SCALAR)

    def _list(self, path: Path) -> None:
        self.at += 1
        self._skip(_SPACE)
        index = 0
        while not self._next("]"):
            self._value((*path, index))
            self._comma()
            index += 1
        self.at += 1

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        self._skip(_SPACE)
        while not self._next("}"):
            self._pair(path)
            self._comma()
        self.at += 1

    def _comma(self) -> None:
        self._skip(_SPACE)
        if self._next(","):
            self.at += 1
            self._skip(_SPACE)
