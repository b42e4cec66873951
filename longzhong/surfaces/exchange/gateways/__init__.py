"""Doors to the file system: where uploaded files wait, and the watched inbox folder."""
