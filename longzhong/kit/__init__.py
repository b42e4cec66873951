"""Floor 0: the tool chest. It knows nothing of electricity and imports nobody above it."""
