"""People counted on duty together, for the rules that look at who is there at once.

``qualified`` reads the plan for both sides of a rule. ``working`` and ``queues`` count for the
solver, ``stretches`` speaks for the checker; neither knows the other.
"""
