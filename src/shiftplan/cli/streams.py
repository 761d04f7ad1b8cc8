"""The three streams of a command, whatever the shell has left of them."""

from __future__ import annotations

import errno
import io
import os
import select
import sys

FULL_OR_CLOSED = frozenset(
    getattr(errno, name, 0) for name in ("ENOSPC", "EDQUOT", "EFBIG", "EIO", "EBADF", "EROFS")
)
"""What the system says where nothing more can be written."""

_IN, _OUT, _ERR = 0, 1, 2


class Talk(io.FileIO):
    """Stderr, whose loss stops no work; whether anything was lost is remembered."""

    def __init__(self) -> None:
        super().__init__(_ERR, "w", closefd=False)
        self.lost = False

    def write(self, data: object, /) -> int:
        """Write *data* as far as it goes, and say that all of it was written."""
        view = memoryview(data)  # type: ignore[arg-type]
        try:
            while view:  # a pipe may take less than it is given
                taken = super().write(view)
                if taken is None:  # it is full, and set not to wait by whoever shares it
                    select.select((), (self,), ())
                view = view[taken or 0 :]
        except OSError:
            self.lost = True
        return memoryview(data).nbytes  # type: ignore[arg-type]


def open_streams() -> Talk:
    """Put something in the place of streams that are closed, and return what hears our talk.

    Else the next file opened would take the number of a closed one, and get what is printed.
    """
    # Reading from a closed stdin finds its end; writing to a closed stdout or stderr fails.
    for number in (_IN, _OUT, _ERR):
        _fill(number)
    if sys.stdin is None:
        sys.stdin = os.fdopen(_IN, encoding="utf-8", closefd=False)
    if sys.stdout is None:
        sys.stdout = os.fdopen(_OUT, "w", encoding="utf-8", closefd=False)
    talk = Talk()
    if sys.stderr is not sys.__stderr__:  # somebody listens in our stead
        return talk
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    # As Python's own stderr is: every line is out at once, and nothing is too strange to be said.
    sys.stderr = io.TextIOWrapper(
        talk,
        encoding,
        "backslashreplace",
        line_buffering=True,
        write_through=True,
    )
    return talk


def _fill(number: int) -> None:
    try:
        os.fstat(number)
    except OSError:
        # The lowest number that is free is taken, and those below it are open by now.
        os.open(os.devnull, os.O_RDONLY)


def forget_stdout() -> None:
    """Let Python not complain once more, on its way out, that stdout cannot be written."""
    try:
        number = sys.stdout.fileno()
    except (OSError, ValueError, AttributeError):  # a stream of a test, or none
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)
