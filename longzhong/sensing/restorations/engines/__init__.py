"""Engines of expected restoration: read a table, drop what leaks, learn, forecast with an interval that is calibrated."""
