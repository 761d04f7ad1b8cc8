"""Exit codes, and what is printed when something went wrong."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable
from enum import IntEnum
from typing import Any

import typer

from ..errors import BadInput, ShiftplanError, visible, visible_lines
from .extras import not_installed
from .streams import FULL_OR_CLOSED, forget_stdout


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0
    BROKEN = 1
    """Done, but the roster breaks a hard rule, or leaves a gap, or hours that nobody can judge, and
    ``--fail-on-gaps`` was given.
    """
    BAD_INPUT = 2
    """Nothing was done, or what was done could not be kept or printed."""
    INFEASIBLE = 3
    NOTHING_FOUND = 4
    BUG = 70
    INTERRUPTED = 130
    PIPE_CLOSED = 141


def print_error(error: ShiftplanError) -> None:
    """Print *error* on stderr, one line for each problem in it."""
    lines = [str(p) for p in error.problems] if isinstance(error, BadInput) else [str(error)]
    for line in lines:
        print(f"error: {visible(line)}", file=sys.stderr)


def guarded(work: Callable[[], Any]) -> int:
    """Run *work* and return its exit code; whatever it raises becomes a sentence on stderr and a
    code.
    """
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code = work()
        sys.stdout.flush()
        return int(code or ExitCode.DONE)
    except ShiftplanError as error:
        print_error(error)
        return ExitCode.BAD_INPUT
    except typer.TyperException as error:
        return _usage(error)
    except (KeyboardInterrupt, typer.Abort):
        return ExitCode.INTERRUPTED
    except SystemExit:  # typer's answer to a closed pipe
        return ExitCode.PIPE_CLOSED
    except BrokenPipeError:
        forget_stdout()
        return ExitCode.PIPE_CLOSED
    except ModuleNotFoundError as error:
        return _missing(error)
    except OSError as error:
        return _full(error) if error.errno in FULL_OR_CLOSED else _bug()
    except Exception:
        return _bug()


def _missing(error: ModuleNotFoundError) -> int:
    """Say which extra is not installed, if that is what is missing."""
    missing = not_installed(error)
    if missing is None:
        return _bug()
    print_error(missing)
    return ExitCode.BAD_INPUT


def _full(error: OSError) -> int:
    """Say that the output, or the file that *error* names, cannot be written."""
    forget_stdout()
    what = visible(str(error.filename)) if error.filename else "the output"
    reason = "it is closed" if error.errno == errno.EBADF else error.strerror
    print(f"error: {what} cannot be written: {reason}.", file=sys.stderr)
    return ExitCode.BAD_INPUT


def _bug() -> int:
    """Print the traceback of the exception under way, and whose fault it is."""
    import traceback

    traceback.print_exc()
    print("error: this is a bug in shiftplan; the lines above say where.", file=sys.stderr)
    return ExitCode.BUG


def _usage(error: typer.TyperException) -> int:
    """Print what is wrong with the command line."""
    print(f"error: {visible_lines(error.format_message())}", file=sys.stderr)
    context = getattr(error, "ctx", None)
    if context is not None:
        print(f"Try '{context.command_path} --help'.", file=sys.stderr)
    return ExitCode.BAD_INPUT
