"""Who reads the pages of curves."""

READERS = ("grid", "crew", "desk", "station", "quality", "dept", "leader")
