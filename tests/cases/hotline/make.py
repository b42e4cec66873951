"""The hotline's county: that of the dispatch tests with a desk, a quality office, accounts on a feeder, and the 95598 tree.

Everything through services. `hotline_county()` once a test; `a_call(...)` keeps a call, `a_case(...)` makes one a case.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from longzhong.cases.hotline import services
from longzhong.cases.hotline.models import Call, Case
from longzhong.cases.hotline.rules.words import Channel
from longzhong.cases.hotline.services import Caller, NewCall, NewCase
from longzhong.kit import clock
from longzhong.kit.actor import Actor
from longzhong.register.categories import selectors as categories
from longzhong.register.categories.services import keep_categories
from longzhong.register.customers import selectors as customers
from longzhong.register.customers import services as customer_services
from longzhong.register.customers.rules.rows import AccountRow
from longzhong.register.network import selectors as network
from longzhong.register.network import services as network_services
from longzhong.register.network.rules import AreaRow, FeederRow, MeterRow, SectionRow, SubstationRow
from longzhong.register.org import selectors as org
from longzhong.register.org import services as org_services
from longzhong.register.org.rules.rows import StaffRow, UnitRow
from tests.dispatch.make import DAY, MORNING, SYSTEM, County, a_county, at, sign_in
from tests.warm import warm, world

LONG_AGO = at("2026-01-05 08:00")
PLAIN = ("张惠芳", "欧阳修远", "郝东生", "13800138001", "13800138002", "07103512345", "3单元101", "1单元502")
ROWS = (
    AccountRow(
        code="4200000000001", name="张惠芳", area_code="A1", meter_code="M1", town="檀溪街道", estate="名仕家天下",
        building="12号楼", room="3单元101", phone="13800138001",
    ),
    AccountRow(
        code="4200000000002", name="欧阳修远", area_code="A1", meter_code="M2", town="檀溪街道", estate="名仕家天下",
        building="11号楼", room="1单元502", phone="0710-3512345", contact="郝东生", relation="tenant", tag="租户",
    ),
    AccountRow(
        code="4200000000003", name="李秀兰", area_code="A2", meter_code="M3", town="尹集乡", village="凤凰村", building="三组",
        room="15号", phone="13800138003", priority="lone_elder",
    ),
    AccountRow(
        code="4200000000004", name="襄阳轴承有限公司", kind="industry", area_code="A1", meter_code="M4", town="庞公街道",
        estate="江华工业园", phone="13800138004", priority="first",
    ),
    AccountRow(
        code="4200000000005", name="单雄信", unit_code="S2", meter_code="M5", town="庞公街道", estate="御龙湾", building="2号楼",
        room="101", phone="13800138005", tag="老上访",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Hotline:
    """Ids of the county, its accounts (1..5 by the last digit of the 户号), areas by code, and its people as actors."""

    county: County
    accounts: dict[int, int]
    areas: dict[str, int]

    @property
    def desk(self) -> Actor:
        """The desk of the county company: all its stations."""
        both = (self.county.county, self.county.station, self.county.other_station)
        return self.county.actor("wang", "desk", units=both)

    @property
    def quality(self) -> Actor:
        both = (self.county.county, self.county.station, self.county.other_station)
        return self.county.actor("office", "quality", units=both)

    @property
    def manager(self) -> Actor:
        """张惠芳's namesake: the manager of cell G1."""
        return self.county.zhang

    @property
    def head(self) -> Actor:
        return self.county.head

    def client(self, code: str = "wang", role: str = "desk") -> Client:
        """A browser of somebody: wang desk (county), office quality (county), zhang grid, head station, li grid…"""
        unit = self.county.county if role in ("desk", "quality", "leader", "dept") else self.county.station
        grids = {"zhang": (self.county.grid,), "li": (self.county.empty_grid,)}.get(code, ())
        with clock.frozen(MORNING):  # a password has an age
            return sign_in(self.county, code, role, grids=grids if role == "grid" else (), unit=unit)


def category(code: str) -> int:
    """The id of a category by its code ("repair.lv.single_out")."""
    return categories.category(code).id


def hotline_county() -> Hotline:
    return world("hotline", _hotline_county)


def _hotline_county() -> Hotline:
    county = a_county()
    org_services.keep_units(rows=[UnitRow("YF", "襄城优质服务办公室", "office", "CO")], by=SYSTEM, at=LONG_AGO)
    people = (
        StaffRow("wang", "王坐席", "13800000011", "CO", "值班坐席", "desk"),
        StaffRow("office", "优服专责", "13800000012", "CO", "优服专责", "quality"),
        StaffRow("crew", "孙抢修", "13800000013", "ST", "抢修工", "crew"),
    )
    org_services.keep_staff(rows=people, by=SYSTEM, at=LONG_AGO)
    staff = {**county.staff, **org.staff_ids([row.code for row in people])}
    county = County(**{**county.__dict__, "staff": staff})
    _network()
    warm("categories", lambda: keep_categories(by=SYSTEM, at=LONG_AGO))
    kept = customer_services.keep_accounts(rows=ROWS, by=SYSTEM, at=LONG_AGO)
    assert (kept.new, kept.refused) == (len(ROWS), ()), kept
    ids = customers.account_ids([row.code for row in ROWS])
    return Hotline(county, {int(code[-1]): one for code, one in ids.items()}, network.area_ids(["A1", "A2", "A3"]))


def _network() -> None:
    """Feeder F1 of substation S1 supplies A1 (cell G1) and A2 (cell G2, rural); A3 hangs on no line."""
    network_services.keep_substations(rows=[SubstationRow("SS1", "檀溪变")], by=SYSTEM, at=LONG_AGO)
    network_services.keep_feeders(rows=[FeederRow("F1", "檀12线", "SS1")], by=SYSTEM, at=LONG_AGO)
    network_services.keep_sections(rows=[SectionRow("P1", "檀12线干线", "F1")], by=SYSTEM, at=LONG_AGO)
    areas = [
        AreaRow("A1", "名仕家天下1号台区", 400.0, section_code="P1", grid_code="G1", lat=32.01, lon=112.12),
        AreaRow("A2", "凤凰村台区", 200.0, section_code="P1", grid_code="G2", site="rural", lat=32.02, lon=112.13),
        AreaRow("A3", "庞公台区", 200.0, lat=32.03, lon=112.14),
    ]
    network_services.keep_areas(rows=areas, by=SYSTEM, at=LONG_AGO)
    meters = [
        MeterRow(f"M{n}", "customer", "A", area_code=area) for n, area in ((1, "A1"), (2, "A1"), (3, "A2"), (4, "A1"))
    ]
    network_services.keep_meters(rows=meters, by=SYSTEM, at=LONG_AGO)


def a_call(
    hotline: Hotline, text: str = "家里没电了，楼道灯亮着", *, account: int | None = 1, by: Actor | None = None,
    when: datetime = MORNING, channel: Channel = Channel.PHONE_95598, **changes: Any
) -> Call:  # fmt: skip
    """A kept call of account 1..5 (None: of somebody unknown); `changes` are fields of NewCall."""
    caller = Caller(account_id=hotline.accounts[account]) if account else Caller()
    call = NewCall(**{"channel": channel, "text": text, "caller": caller, **changes})
    return services.take_call(call=call, by=by or hotline.desk, at=when)


def a_case(
    hotline: Hotline, code: str = "repair.lv.single_out", text: str = "家里没电了，楼道灯亮着", *, account: int | None = 1,
    by: Actor | None = None, when: datetime = MORNING, channel: Channel = Channel.PHONE_95598,
    caller: Caller | None = None, **changes: Any
) -> Case:  # fmt: skip
    """A case taken and opened by the desk; `changes` are fields of NewCase."""
    extra = {"caller": caller} if caller is not None else {}
    call = a_call(hotline, text, account=account, by=by, when=when, channel=channel, **extra)
    case = NewCase(**{"category_id": category(code), **changes})
    return services.open_case(call_id=call.pk, case=case, by=by or hotline.desk, at=when + timedelta(minutes=1))


__all__ = [
    "DAY",
    "LONG_AGO",
    "MORNING",
    "PLAIN",
    "SYSTEM",
    "Hotline",
    "a_call",
    "a_case",
    "at",
    "category",
    "hotline_county",
    "sign_in",
]
