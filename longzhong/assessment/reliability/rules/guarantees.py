"""Guarantee plans of important customers (保电方案, S2-13; REFERENCE §3.4, M): what a plan lacks, line by line.

特级 ≥ 3 sources, 一级 ≥ 2, 二级 ≥ 2 circuits; an own emergency source of at least 120 % of the security load (GB/T 29328).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from longzhong.register.customers.rules.priority import Grade

SOURCES: dict[str, int] = {Grade.SUPREME: 3, Grade.FIRST: 2, Grade.SECOND: 2}
READERS = ("station", "quality", "dept", "leader", "desk")
KEEPERS = ("station", "quality", "dept")
CHECKLIST = ("供电路径核查", "自备电源试启动", "应急接入点检查", "值守人员与联系方式核对", "非电保安措施落实")


@dataclass(frozen=True)
class PlanLimits:
    """Policies `guarantee.*`: the own source as a share of the security load, and the days of the amber before expiry."""

    own_source_pct: float = 120
    amber_d: int = 30


@dataclass(frozen=True)
class Given:
    """A plan as it is written: loads in kW, days civil; the contact is sealed by the service."""

    event: str
    from_on: date
    to_on: date
    sources: int
    generator_kw: float
    security_kw: float
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Standing:
    """A plan as the rule reads it."""

    grade: str
    sources: int
    generator_kw: float
    security_kw: float
    has_contact: bool
    to_on: date
    done: Sequence[bool] = ()


def gaps(plan: Standing, limits: PlanLimits, day: date) -> list[str]:
    """What is missing, in Chinese words; empty: the plan stands."""
    found = []
    need = SOURCES.get(plan.grade, 1)
    if plan.sources < need:
        found.append(f"电源 {plan.sources} 路，应不少于 {need} 路")
    wanted = plan.security_kw * limits.own_source_pct / 100
    if plan.security_kw > 0 and plan.generator_kw < wanted:
        found.append(
            f"自备电源 {plan.generator_kw:g} kW，应不小于保安负荷的 {limits.own_source_pct:g}%（{wanted:g} kW）"
        )
    if plan.security_kw <= 0:
        found.append("没有核定保安负荷")
    if not plan.has_contact:
        found.append("没有联系人")
    if left := sum(not one for one in plan.done):
        found.append(f"检查项还有 {left} 项未完成")
    if day > plan.to_on:
        found.append("方案已到期")
    return found


def is_amber(to_on: date, limits: PlanLimits, day: date) -> bool:
    """Whether the plan ends within the days of the warning, or has ended."""
    return (to_on - day).days <= limits.amber_d
