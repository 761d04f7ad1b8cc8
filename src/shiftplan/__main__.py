"""``python -m shiftplan`` is the ``shiftplan`` command."""

from .cli.app import run

run()
