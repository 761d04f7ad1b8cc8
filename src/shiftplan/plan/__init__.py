"""A plan: facts, rules and goals; judging a roster, static checks, duties, and what a search hands
back.
"""

from .plan import BUILT_IN, Finding, Plan, Verdict

__all__ = ["BUILT_IN", "Finding", "Plan", "Verdict"]
