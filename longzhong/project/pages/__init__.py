"""The roof's own pages."""
