"""`shiftplan init`."""

from .common import AsJson, Folder

EXAMPLES = """
shiftplan init
"""


def command(folder: Folder = None, as_json: AsJson = False) -> None:
    """Not there yet."""
