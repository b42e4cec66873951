"""Providers on loopback that count what reaches them: for the bench and the tests, never for customers."""
