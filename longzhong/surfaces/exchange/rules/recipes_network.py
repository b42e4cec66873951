"""Recipes of the network (电网): areas with the way up to their feeder, and meters with phase and ratio, as PMS and
the marketing system export them.
"""

from longzhong.surfaces.exchange.rules.columns import Column, Recipe
from longzhong.surfaces.exchange.rules.readers import amount, choice, code, count, day, latitude, longitude, words

CONNECTIONS = {
    "Yyn0": "Yyn0",
    "Y,yn0": "Yyn0",
    "Y/Y0-12": "Yyn0",
    "Dyn11": "Dyn11",
    "D,yn11": "Dyn11",
    "△/Y0-11": "Dyn11",
}
SITES = {
    "城区": "urban",
    "城市": "urban",
    "市区": "urban",
    "城镇": "urban",
    "农村": "rural",
    "乡村": "rural",
    "农网": "rural",
    "城网": "urban",
    "特殊边远地区": "remote",
    "边远": "remote",
    "山区": "remote",
}
AREA_KINDS = {
    "公变": "public",
    "公用": "public",
    "公用变压器": "public",
    "专变": "dedicated",
    "专用": "dedicated",
    "专用变压器": "dedicated",
}
METER_KINDS = {
    "台区总表": "area",
    "总表": "area",
    "考核表": "area",
    "关口表": "area",
    "台区考核": "area",
    "配变终端": "area",
    "用户表": "customer",
    "客户表": "customer",
    "户表": "customer",
    "居民表": "customer",
    "售电侧结算": "customer",
}
PHASES = {
    "A相": "A",
    "A": "A",
    "B相": "B",
    "B": "B",
    "C相": "C",
    "C": "C",
    "三相": "ABC",
    "ABC": "ABC",
    "ABC相": "ABC",
    "1": "A",
    "2": "B",
    "3": "C",
    "未知": "",
}
WIRINGS = {"单相": "1", "单相表": "1", "1": "1", "三相": "3", "三相四线": "3", "三相三线": "3", "三相表": "3", "3": "3"}

AREAS = Recipe(
    code="areas",
    title="台区",
    about="台区及其变电站、10 千伏线路、分段和网格",
    key=("code",),
    columns=(
        Column("code", "台区编号", code, ("台区编码", "台区代码", "台区号", "tg_no", "台区id"), required=True),
        Column("name", "台区名称", words(80), ("台区", "台区名", "tg_name", "名称"), required=True),
        Column(
            "kva",
            "容量",
            amount(0, 10_000, "kVA", "千伏安"),
            ("额定容量", "变压器容量", "配变容量", "台区容量", "tg_cap"),
        ),
        Column("connection", "接线组别", choice(CONNECTIONS), ("联结组别", "联结组标号", "绕组接线")),
        Column("site", "城乡类别", choice(SITES), ("城乡", "城乡标志", "供电区域", "地区类别", "城农网")),
        Column("kind", "公专变", choice(AREA_KINDS), ("公变专变", "台区类型", "公专变标志", "台区属性")),
        Column("lat", "纬度", latitude, ("latitude", "y坐标")),
        Column("lon", "经度", longitude, ("longitude", "lng", "x坐标")),
        Column("substation_code", "变电站编号", code, ("变电站编码", "变电站id", "subs_no")),
        Column("substation_name", "变电站名称", words(80), ("变电站", "subs_name", "所属变电站")),
        Column("feeder_code", "线路编号", code, ("线路编码", "馈线编号", "线路id", "line_no", "10kv线路编号")),
        Column(
            "feeder_name",
            "线路名称",
            words(80),
            ("线路", "馈线名称", "所属线路", "line_name", "10kv线路名称", "10kv线路"),
        ),
        Column("section_code", "分段编号", code, ("线路分段编号", "杆塔编号", "分段编码", "杆号")),
        Column("section_name", "分段名称", words(80), ("线路分段", "分段", "杆塔名称", "杆塔")),
        Column("grid_code", "网格编号", code, ("网格编码", "网格", "供电网格编号")),
        Column("grid_name", "网格名称", words(60), ("供电网格",)),
        Column("unit_code", "单位编码", code, ("供电所编码", "供电单位编码", "管理单位编码", "org_no", "单位编号")),
        Column("from_on", "投运日期", day, ("投运时间", "启用日期", "生效日期")),
    ),
)

METERS = Recipe(
    code="meters",
    title="表计",
    about="表计的相别、接线、倍率与所属台区",
    key=("code",),
    columns=(
        Column(
            "code",
            "表号",
            code,
            ("电能表编号", "表计编号", "电表编号", "表计资产编号", "资产编号", "电能表资产号", "meter_id"),
            required=True,
        ),
        Column("kind", "表计类型", choice(METER_KINDS), ("类型", "表类型", "计量点类型", "表计用途", "用途")),
        Column("phase", "相别", choice(PHASES), ("相位", "所属相", "接入相别")),
        Column("wiring", "接线方式", choice(WIRINGS), ("单三相", "表计接线", "电能表类别", "相线")),
        Column("ratio", "综合倍率", count(1, 100_000), ("倍率", "互感器倍率", "ct变比", "ct", "t_factor")),
        Column("area_code", "台区编号", code, ("台区编码", "台区代码", "tg_no", "所属台区", "台区号")),
        Column("from_on", "安装日期", day, ("装表日期", "投运日期", "生效日期")),
    ),
)
