"""Recipe of a demolition's household list (拆迁户名单), as the relocation office or the station writes it, often by hand in GBK."""

from longzhong.surfaces.exchange.rules.columns import Column, Recipe
from longzhong.surfaces.exchange.rules.readers import choice, code, day, words

MOVED = {
    "已搬离": "yes",
    "已搬": "yes",
    "搬离": "yes",
    "是": "yes",
    "√": "yes",
    "y": "yes",
    "1": "yes",
    "未搬离": "no",
    "未搬": "no",
    "在住": "no",
    "否": "no",
    "n": "no",
    "0": "no",
}

HOUSEHOLDS = Recipe(
    code="households",
    title="拆迁户名单",
    about="拆迁项目的户：项目编号、户号、是否已搬离、下次联系日期",
    key=("project", "account"),
    columns=(
        Column(
            "project",
            "项目编号",
            words(80),
            ("拆迁项目编号", "项目代码", "拆迁项目", "项目名称", "棚改项目", "征收项目"),
            required=True,
        ),
        Column(
            "account",
            "户号",
            code,
            ("用户编号", "客户编号", "用电户号", "户编号", "cons_no", "用户号", "客户号"),
            required=True,
        ),
        Column("moved_away", "是否搬离", choice(MOVED), ("搬离", "已搬离", "搬迁情况", "是否已搬", "腾空")),
        Column("next_on", "下次联系日期", day, ("下次联系", "约定日期", "预约日期", "计划上门日期")),
    ),
)
