"""A plan: facts, rules and goals; judging a roster, static checks, duties, and what a search hands
back.
"""

from .plan import OVERLAP, Finding, Plan, Verdict

__all__ = ["OVERLAP", "Finding", "Plan", "Verdict"]
