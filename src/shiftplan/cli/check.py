"""`shiftplan check`."""

from .common import AsJson, Folder

EXAMPLES = """
shiftplan check
"""


def command(folder: Folder = None, as_json: AsJson = False) -> None:
    """Not there yet."""
