"""A storm (issue 4): 400 faults, about 3,600 calls, 60 lines; heard as they come, grouped, confirmed; later calls explained.

One call in ten comes without its area or with a wrong one.
"""

import time
from datetime import datetime, timedelta

import pytest

from longzhong.kit import clock
from longzhong.register.network import selectors as areas
from longzhong.register.network import services as network
from longzhong.register.network.rules import AreaRow, FeederRow, SectionRow
from longzhong.sensing.outages.models import Outage
from longzhong.sensing.troubles import services
from longzhong.sensing.troubles.engines.storms import Storm, storm
from longzhong.sensing.troubles.models import Member, Signal, Trouble
from longzhong.sensing.troubles.rules import Group, Level, NewSignal, SignalKind
from longzhong.sensing.troubles.rules.files import pair_score
from tests.register.org.make import MACHINE, NOW, city
from tests.register.policies.make import packs

pytestmark = pytest.mark.django_db
BEGAN = NOW - timedelta(hours=11)


def built(made: Storm) -> dict[str, int]:
    """The storm's county in the register: lines, trunk pieces, branches, areas; no accounts yet. Area ids by code."""
    city()
    feeders, sections, rows = {}, {}, []
    for code, spot in made.topology.areas.items():
        *chain, feeder = spot.above
        feeders[feeder] = FeederRow(feeder, f"10kV{feeder}线")
        for piece, above in zip(chain, [*chain[1:], ""], strict=True):
            sections[piece] = SectionRow(piece, f"{piece}段", feeder, above)
        rows.append(
            AreaRow(code, f"{code}台区", 200, section_code=chain[0], unit_code="42060201", lat=spot.lat, lon=spot.lon)
        )
    network.keep_feeders(rows=list(feeders.values()), by=MACHINE, at=NOW)
    network.keep_sections(rows=list(sections.values()), by=MACHINE, at=NOW)
    network.keep_areas(rows=rows, by=MACHINE, at=NOW)
    return areas.area_ids(list(made.topology.areas))


def heard(made: Storm, ids: dict[str, int], upto: datetime, since: datetime) -> list[NewSignal]:
    found = []
    for number, one in enumerate(made.signals):
        at = BEGAN + timedelta(seconds=one.at)
        if since < at <= upto:
            area = ids[one.area] if one.area else None
            source = f"storm.call:{number}"
            found.append(NewSignal(kind=SignalKind.CALL, at=at, source=source, area_id=area, lat=one.lat, lon=one.lon))
    return found


def test_a_storm_is_heard_grouped_confirmed_and_then_explains_itself() -> None:
    packs()
    made = storm(21, unknown=0.1)
    ids = built(made)
    began = time.monotonic()
    with clock.frozen(NOW):
        since = BEGAN - timedelta(hours=1)
        for hour in (3, 6, 8, 11):
            upto = BEGAN + timedelta(hours=hour)
            services.hear_signals(signals=heard(made, ids, upto, since), by=MACHINE, at=upto)
            since = upto
        last = Signal.objects.count()
        assert last >= 3_000
        groups: dict[int, list[int]] = {}
        rows = Member.objects.order_by("id").values_list("trouble_id", "signal__source")
        for trouble, source in rows:
            groups.setdefault(trouble, []).append(int(source.split(":")[1]))
        kept = sorted(i for signals in groups.values() for i in signals)
        index = {number: place for place, number in enumerate(kept)}
        said = [Group(Level.AREA, "", tuple(index[i] for i in one), 0.0) for one in groups.values()]
        f1, _precision, _recall = pair_score([made.truth[i] for i in kept], said)
        assert f1 >= 0.9
        sure = Trouble.objects.filter(state="open", signals__gte=5, confidence__gte=0.9).exclude(level="meter")
        for trouble_id in sure.order_by("id").values_list("id", flat=True):
            services.confirm(trouble_id=trouble_id, by=MACHINE, at=NOW)
        assert Outage.objects.filter(state="running").count() >= 60
        before = Trouble.objects.count()
        dark = Trouble.objects.filter(state="confirmed", level="feeder").order_by("id")[:20]
        again = [
            NewSignal(
                kind=SignalKind.CALL,
                at=NOW,
                source=f"late.call:{one.pk}",
                area_id=one.dark.order_by("id").last().area_id,
            )
            for one in dark
        ]
        services.hear_signals(signals=again, by=MACHINE, at=NOW)
        late = Signal.objects.filter(source__startswith="late.call")
        assert late.count() == len(again) > 5
        assert not late.filter(outage_id=None).exists()
        assert Trouble.objects.count() == before
    assert time.monotonic() - began < 240, "60 s on a machine of its own"
