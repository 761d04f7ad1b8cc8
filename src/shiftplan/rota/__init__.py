"""The cyclic rota: what is asked of one, the rota itself, and a plain check of one against the
other.
"""

from .rota import OFF, Headcount, OffTogether, Outcome, Rota, Rotas, RotaWish, Run, problems

__all__ = [
    "OFF",
    "Headcount",
    "Outcome",
    "Rota",
    "RotaWish",
    "Rotas",
    "Run",
    "OffTogether",
    "problems",
]
