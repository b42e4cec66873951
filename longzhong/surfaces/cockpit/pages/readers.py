"""Who sees the cockpit's figures of work: everybody of the company who works with orders."""

READERS = ("grid", "crew", "desk", "station", "quality", "dept", "leader")
