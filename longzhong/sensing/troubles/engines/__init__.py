"""Grouping of signals into probable outages: `tree` where the network is known, `cloud` where it isn't. Pure; NumPy and Numba."""
