"""The ``shiftplan`` command, and what ``python -m shiftplan`` runs."""

import os
import sys


def _without_current_folder(path: list[str]) -> list[str]:
    """Return *path* without the folder in which somebody works: a plan folder is data.

    ``python -m`` puts it first, and so does an empty entry in ``PYTHONPATH``. It stays, in the last
    place, if this program itself is installed there.
    """
    here = os.path.realpath(os.curdir)
    others = [entry for entry in path if os.path.realpath(entry or os.curdir) != here]
    own = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    return [*others, here] if own == here else others


# Before anything else is imported.
sys.path[:] = _without_current_folder(sys.path)

from .cli.app import run  # noqa: E402

if __name__ == "__main__":
    run()
