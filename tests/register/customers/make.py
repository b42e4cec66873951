"""Customers of the small network, built through the services: three in cell G1 (隆中所), two in cell G2 (檀溪所)."""

from dataclasses import dataclass
from datetime import date

from longzhong.kit.actor import Actor, Scope
from longzhong.register.customers import selectors, services
from longzhong.register.customers.rules.rows import AccountRow
from tests.register.network.make import DAY, MACHINE, NOW, Net, network

ROWS = (
    AccountRow(
        code="4200000000001", name="张惠芳", area_code="A1", meter_code="M1", town="檀溪街道", estate="名仕家天下",
        building="12号楼", room="3单元101号房间", phone="13800138001", id_number="11010519491231002X",
        opened_on=date(2015, 5, 1),
    ),
    AccountRow(
        code="4200000000002", name="欧阳修远", area_code="A1", meter_code="M2", town="檀溪街道", estate="名仕家天下",
        building="11号楼", room="1单元502", phone="0710-3512345", contact="郝东生", relation="tenant", tag="租户",
    ),
    AccountRow(
        code="4200000000003", name="买买提·吐尔逊", area_code="A2", town="尹集乡", village="凤凰村", building="三组",
        room="15号", phone="13800138003", priority="special",
    ),
    AccountRow(
        code="4200000000004", name="襄阳轴承有限公司", kind="industry", area_code="A3", town="庞公街道", estate="江华工业园",
        phone="13800138004", contact="单雄信", relation="agent", priority="important",
    ),
    AccountRow(
        code="4200000000005", name="单雄信", area_code="A3", town="庞公街道", estate="御龙湾", building="2号楼", room="101",
        phone="13800138005",
    ),
)  # fmt: skip
PLAIN = (
    "张惠芳", "欧阳修远", "郝东生", "买买提", "吐尔逊", "单雄信", "3单元101", "1单元502", "15号", "13800138001", "07103512345",
    "3512345", "13800138003", "13800138004", "13800138005", "11010519491231002",
)  # fmt: skip


@dataclass(frozen=True)
class Town:
    """Account ids by the last digit of their 户号."""

    net: Net
    ids: dict[int, int]


def town() -> Town:
    net = network()
    kept = services.keep_accounts(rows=ROWS, by=MACHINE, at=NOW)
    assert (kept.new, kept.refused, kept.remarks) == (len(ROWS), (), ())
    found = selectors.account_ids([row.code for row in ROWS])
    return Town(net, {int(code[-1]): number for code, number in found.items()})


def grid_manager(net: Net, cell: str = "G1") -> Actor:
    """The manager of one cell, who sees that cell only."""
    return Actor(
        7, None, "台区经理", (Scope("grid", frozenset(net.city.units.values()), frozenset({net.city.grids[cell]})),)
    )


__all__ = ["DAY", "MACHINE", "NOW", "PLAIN", "ROWS", "Town", "grid_manager", "town"]
