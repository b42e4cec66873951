"""Tracing many lines at once finds what tracing each alone finds, whatever the shape of the network."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from longzhong.register.network.models import Area, Feeder, Section
from longzhong.register.network.rules import below
from longzhong.register.network.selectors import trace_down_many
from tests.register.network.make import network

UPSTREAM = st.lists(st.one_of(st.none(), st.integers(0, 11)), min_size=12, max_size=12)


@pytest.mark.django_db
def test_the_small_network() -> None:
    net = network()
    areas = net.areas
    assert trace_down_many(feeder_ids=[net.feeders["F1"]]) == {areas[code] for code in ("A1", "A2", "A3")}
    assert trace_down_many(section_ids=[net.sections["S3"], net.sections["S4"]]) == {areas["A1"], areas["A2"]}
    assert trace_down_many(section_ids=[10**9]) == trace_down_many() == frozenset()


class AnyNetwork(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(upstream=UPSTREAM, starts=st.sets(st.integers(0, 11), min_size=1, max_size=4))
    def test_any_shape_circles_included(self, upstream: list[int | None], starts: set[int]) -> None:
        """Twelve pieces hang on each other anyhow, in circles too, each with one area; the plain walk is the oracle."""
        feeder = Feeder.objects.create(code="FX", name="x")
        rows = [Section.objects.create(code=f"X{n}", name="x", kind="section", feeder=feeder) for n in range(12)]
        for row, above in zip(rows, upstream, strict=True):
            row.upstream = rows[above] if above is not None else None
            row.save(update_fields=["upstream"])
        areas = {row.pk: Area.objects.create(code=f"XA{row.pk}", name="x", kva=1, section=row).pk for row in rows}
        ids = [rows[n].pk for n in sorted(starts)]
        wanted = below(ids, {row.pk: row.upstream_id for row in rows})
        assert trace_down_many(section_ids=ids) == {areas[pk] for pk in wanted}
        assert trace_down_many(feeder_ids=[feeder.pk]) == set(areas.values())
