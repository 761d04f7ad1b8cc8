"""`shiftplan rules`."""

from .common import AsJson, Folder

EXAMPLES = """
shiftplan rules
"""


def command(folder: Folder = None, as_json: AsJson = False) -> None:
    """Not there yet."""
