"""What every rule is made of: the rule itself, whom and when it applies to, and a breach of it."""

from .fact import Fact
from .filter import Filter
from .limits import WorkLimits
from .named import Several, holder_problems, selector_problems
from .owed_work import OwedWork
from .rule import MUST, Breach, Rule
from .working_days import Keeps, WorkingDays

__all__ = [
    "MUST",
    "Breach",
    "Fact",
    "Filter",
    "Keeps",
    "OwedWork",
    "Rule",
    "Several",
    "WorkLimits",
    "WorkingDays",
    "holder_problems",
    "selector_problems",
]
