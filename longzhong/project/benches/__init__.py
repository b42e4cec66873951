"""Benchmarks that need the whole house: its pages, its services, a database of their own."""
