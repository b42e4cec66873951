"""Recipes of the organisation (组织): units, staff and grid cells, as the personnel and the marketing system export them."""

from longzhong.register.org.rules.roles import ROLE_NAMES
from longzhong.register.org.rules.tree import UNIT_KIND_NAMES
from longzhong.surfaces.exchange.rules.columns import Column, Recipe
from longzhong.surfaces.exchange.rules.readers import choice, code, codes, day, latitude, longitude, phone, words

KINDS = {name: kind.value for kind, name in UNIT_KIND_NAMES.items()} | {
    "省": "province",
    "地市公司": "city",
    "市": "city",
    "区县公司": "county",
    "县": "county",
    "营业区": "county",
    "供电站": "station",
    "所": "station",
    "班": "team",
    "部门": "department",
    "办公室": "office",
}
ROLES = {name: role.value for role, name in ROLE_NAMES.items()} | {
    "网格员": "grid",
    "网格经理": "grid",
    "客户经理": "grid",
    "坐席": "desk",
    "值班员": "desk",
    "营业员": "desk",
    "抢修人员": "crew",
    "抢修": "crew",
    "运维人员": "crew",
    "运维": "crew",
    "所长": "station",
    "副所长": "station",
    "优服专责": "quality",
    "专责": "dept",
    "领导": "leader",
}

UNITS = Recipe(
    code="units",
    title="单位",
    about="单位树：省、市、县、供电所、班组、部门",
    key=("code",),
    columns=(
        Column(
            "code",
            "单位编码",
            code,
            ("单位编号", "组织编码", "机构编码", "供电单位编码", "org_no", "编码"),
            required=True,
        ),
        Column(
            "name", "单位名称", words(60), ("名称", "组织名称", "机构名称", "供电单位", "供电单位名称"), required=True
        ),
        Column("short_name", "简称", words(20), ("单位简称",)),
        Column("kind", "单位类型", choice(KINDS), ("类型", "单位级别", "单位类别", "级别", "机构类型"), required=True),
        Column("parent_code", "上级单位编码", code, ("上级编码", "父级编码", "上级单位", "上级机构编码", "p_org_no")),
        Column("lat", "纬度", latitude, ("latitude", "y坐标")),
        Column("lon", "经度", longitude, ("longitude", "lng", "x坐标")),
        Column("from_on", "生效日期", day, ("启用日期", "开始日期")),
    ),
)

STAFF = Recipe(
    code="staff",
    title="人员",
    about="人员、岗位、角色，以及所管的网格；没有角色列时看岗位",
    key=("code",),
    columns=(
        Column("code", "工号", code, ("人员编号", "员工编号", "人员编码", "员工工号", "staff_no"), required=True),
        Column("name", "姓名", words(40), ("人员姓名", "员工姓名", "名称"), required=True),
        Column("phone", "联系电话", phone, ("手机", "手机号", "手机号码", "电话", "联系方式", "移动电话")),
        Column(
            "unit_code",
            "单位编码",
            code,
            ("所属单位编码", "单位编号", "供电单位编码", "组织编码", "org_no"),
            required=True,
        ),
        Column("title", "岗位", words(40), ("岗位名称", "职务", "职位")),
        Column("role", "角色", choice(ROLES), ("岗位角色", "人员角色", "人员类型")),
        Column("grids", "所管网格", codes, ("网格编码", "网格编号", "网格", "管理网格", "负责网格")),
        Column("from_on", "任职日期", day, ("生效日期", "开始日期", "上岗日期")),
    ),
)

GRIDS = Recipe(
    code="grids",
    title="网格",
    about="供电网格、台区经理，与社会网格、党支部的对应",
    key=("code",),
    columns=(
        Column("code", "网格编码", code, ("网格编号", "网格", "供电网格编码", "grid_no"), required=True),
        Column("name", "网格名称", words(60), ("供电网格名称", "供电网格", "名称"), required=True),
        Column(
            "unit_code",
            "单位编码",
            code,
            ("供电所编码", "所属单位编码", "单位编号", "供电单位编码", "org_no"),
            required=True,
        ),
        Column("manager_code", "台区经理工号", code, ("网格经理工号", "网格员工号", "工号", "经理工号", "人员编号")),
        Column(
            "social_code", "社会网格编码", code, ("政府网格编码", "社会网格编号", "综治网格编码", "文明城市网格编码")
        ),
        Column("social_name", "社会网格名称", words(60), ("政府网格名称", "社会网格", "综治网格名称", "文明城市网格")),
        Column("branch_code", "党支部编码", code, ("支部编码", "党支部编号")),
        Column("branch_name", "党支部", words(60), ("党支部名称", "支部名称")),
        Column("lat", "纬度", latitude, ("latitude", "y坐标")),
        Column("lon", "经度", longitude, ("longitude", "lng", "x坐标")),
        Column("from_on", "生效日期", day, ("启用日期", "开始日期")),
    ),
)
