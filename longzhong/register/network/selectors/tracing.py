"""Tracing down many lines at once: the areas behind feeders and sections, in one statement whatever their number."""

from collections.abc import Collection

from django.db import connection

BELOW = """
with recursive below(id) as (
    select id from network_section where feeder_id = any(%(feeders)s) or id = any(%(sections)s)
    union
    select one.id from network_section one join below on one.upstream_id = below.id
)
select area.id from network_area area join below on area.section_id = below.id
"""


def trace_down_many(*, feeder_ids: Collection[int] = (), section_ids: Collection[int] = ()) -> frozenset[int]:
    """Ids of the areas behind any of these, whoever may see them: for outages the impact must be whole.

    A circle in the data ends where it began; pieces that hang on another feeder's line are followed, because they are supplied
    from here.
    """
    if not feeder_ids and not section_ids:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(BELOW, {"feeders": list(feeder_ids), "sections": list(section_ids)})
        return frozenset(row[0] for row in cursor.fetchall())
