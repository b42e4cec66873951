"""Rows of a demolition's household list (拆迁户清单) as the relocation office hands it over, and what became of them."""

from dataclasses import dataclass, field
from datetime import date

from longzhong.register.org.rules.rows import Kept, RefusedRow


@dataclass(frozen=True, kw_only=True)
class HouseholdRow:
    """One household: by the project's code and 户号. `moved_away`: nobody lives there any more; `next_on`: next contact."""

    project: str
    account: str
    moved_away: bool | None = None
    next_on: date | None = None


@dataclass(frozen=True)
class HouseholdsKept(Kept):
    """`remarks` are of rows that were kept and need a look: 专变, closed already, outside the project's areas."""

    remarks: tuple[RefusedRow, ...] = field(default=())


ROW_WORDS = {
    "project_unknown": "没有这个编号的拆迁项目，或不在您的管辖范围内",
    "project_finished": "拆迁项目已经结束，不能再列入",
    "account_unknown": "没有这个户号",
    "account_out_of_scope": "这一户不在您的管辖范围内",
    "listed_elsewhere": "这一户已在另一个拆迁项目的名单里办理",
    "listed_twice": "前面的行里已有这一户，内容不同",
    "dedicated": "专变户：按专变客户流程由营销部办理，已列入",
    "closed_already": "这一户在营销系统已销户，按已销户列入",
    "outside_project": "这一户的台区或小区不在项目范围内，请核对，已列入",
}
