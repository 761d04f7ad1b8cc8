"""The cyclic rota: what is asked of one, the rota itself, and a plain check of one against the
other.
"""

from .rota import OFF, Heads, Outcome, Rota, Rotas, RotaWish, Run, Together, problems

__all__ = ["OFF", "Heads", "Outcome", "Rota", "RotaWish", "Rotas", "Run", "Together", "problems"]
