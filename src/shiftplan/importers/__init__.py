"""Published families of rostering problems as ordinary plan folders.

Every module in this package is one family, but for ``base`` and the readers of files, ``*_text``
and ``*_sections``. Nothing else lists them.
"""

from __future__ import annotations

import importlib
import pkgutil
import tempfile
from pathlib import Path

from ..errors import BadInput, Problem, ShiftplanError, nearest
from ..folder import PLAN, load
from ..folder.report import Report
from ..folder.write import refuse_overwriting, write_folder
from .base import FAMILIES, Family

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")

__all__ = ["FAMILIES", "Family", "import_plan"]


def import_plan(family: str, source: Path, folder: Path) -> tuple[Path, ...]:
    """Write the problem in *source* as a plan into *folder*, made if need be; return its files.

    Nothing that is there already is overwritten, and nothing is left if anything fails. Raise
    ``BadInput`` with everything that is wrong in *source*, ``CannotWrite``, or ``ShiftplanError``.
    """
    if family not in FAMILIES:
        raise ShiftplanError(f"there is no importer for '{family}'.", nearest(family, FAMILIES))
    refuse_overwriting(folder, (PLAN,))
    report = Report()
    plan = FAMILIES[family].read(source, report)
    report.stop_if_any()
    assert plan is not None, f"{family}: no plan, and no reason why"
    texts = plan.files()
    _check_plan(source, texts)
    return write_folder(folder, texts)


def _check_plan(source: Path, texts: dict[str, str]) -> None:
    """Raise ``BadInput`` if *texts* are not a right plan, though all of *source* could be read."""
    with tempfile.TemporaryDirectory() as name:
        try:
            load(write_folder(Path(name), texts)[0].parent)
        except BadInput as failure:
            raise BadInput([_of_source(source, p) for p in failure.problems]) from failure


def _of_source(source: Path, problem: Problem) -> Problem:
    """Return a problem of the plan as one of *source*: its lines are none that anybody wrote."""
    text = f"{problem.key}: {problem.message}" if problem.key else problem.message
    return Problem(str(source), 0, "", f"no plan can be made of it: {text}")
