"""What every rule is made of: the rule itself, whom and when it applies to, and a breach of it."""

from .fact import Fact
from .filter import Filter
from .limits import Limits
from .named import Several, holder_problems, selector_problems
from .rule import MUST, Breach, Rule
from .working_days import Keeps, WorkingDays

__all__ = [
    "MUST",
    "Breach",
    "Fact",
    "Filter",
    "Keeps",
    "Limits",
    "Rule",
    "Several",
    "WorkingDays",
    "holder_problems",
    "selector_problems",
]
