"""Solving a plan: PyVRP where it can, a plain rule where it can't."""
