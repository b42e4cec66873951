"""Household appliances (家用电器): rated power, standby power, how hard they work on average, typical hours.

`low`, `mid`, `high` are the share of the rated power that the appliance draws on average while it is in use: a
refrigerator runs a third of the time, an inverter air conditioner at a fraction of its rating. The spread is what makes
an estimate honest. The figures are common values as name plates and energy labels (GB 12021.2, GB 21455, GB 21519) print
them; they stand as M (usual, to be confirmed by the office), those that are only our own judgement as U. Watts and hours
may be replaced by the customer's name plate.
"""

from dataclasses import dataclass

MARK = "M"
OURS = "U"


@dataclass(frozen=True)
class Appliance:
    """One kind of appliance: W rated, W standby, average share of the rating in use, typical hours a day."""

    code: str
    name: str
    group: str
    rated_w: float
    standby_w: float
    low: float
    mid: float
    high: float
    hours: float
    source: str
    confidence: str


GROUPS = {
    "cold": "冷暖",
    "kitchen": "厨房",
    "bath": "热水洗浴",
    "wash": "洗涤清洁",
    "screen": "影音网络",
    "light": "照明",
    "other": "其他",
}
_PLATE = "铭牌常见值"
_LABEL = "能效标识常见值"

APPLIANCES: dict[str, Appliance] = {
    row.code: row
    for row in (
        Appliance("ac_fixed_1", "空调（1匹 定频）", "cold", 735, 3, 0.45, 0.70, 0.95, 8, f"{_LABEL} GB 21455", MARK),
        Appliance(
            "ac_fixed_15", "空调（1.5匹 定频）", "cold", 1100, 3, 0.45, 0.70, 0.95, 8, f"{_LABEL} GB 21455", MARK
        ),
        Appliance("ac_inv_1", "空调（1匹 变频）", "cold", 750, 3, 0.20, 0.45, 0.80, 8, f"{_LABEL} GB 21455", MARK),
        Appliance("ac_inv_15", "空调（1.5匹 变频）", "cold", 1050, 3, 0.20, 0.45, 0.80, 8, f"{_LABEL} GB 21455", MARK),
        Appliance("ac_inv_3", "空调（3匹 柜机）", "cold", 2200, 4, 0.25, 0.50, 0.85, 5, f"{_LABEL} GB 21455", MARK),
        Appliance("ac_aux_heat", "空调电辅热", "cold", 1200, 0, 0.30, 0.60, 1.00, 2, _PLATE, MARK),
        Appliance("fan", "电风扇", "cold", 50, 0, 0.50, 0.80, 1.00, 8, _PLATE, MARK),
        Appliance("heater", "电暖器（小太阳、油汀）", "cold", 1800, 0, 0.40, 0.70, 1.00, 4, _PLATE, MARK),
        Appliance("blanket", "电热毯", "cold", 100, 0, 0.40, 0.60, 1.00, 8, _PLATE, MARK),
        Appliance("floor_heat", "电地暖（每 10 ㎡）", "cold", 1500, 2, 0.25, 0.45, 0.70, 10, "行业估算", OURS),
        Appliance(
            "fridge", "冰箱（200–300 升）", "kitchen", 120, 0, 0.20, 0.30, 0.45, 24, f"{_LABEL} GB 12021.2", MARK
        ),
        Appliance("freezer", "冰柜", "kitchen", 140, 0, 0.25, 0.40, 0.60, 24, f"{_LABEL} GB 12021.2", MARK),
        Appliance("rice", "电饭煲", "kitchen", 800, 1, 0.50, 0.65, 0.90, 1, _PLATE, MARK),
        Appliance("induction", "电磁炉", "kitchen", 2000, 2, 0.40, 0.60, 0.90, 1, _PLATE, MARK),
        Appliance("microwave", "微波炉", "kitchen", 1200, 2, 0.80, 1.00, 1.00, 0.3, _PLATE, MARK),
        Appliance("kettle", "电水壶", "kitchen", 1500, 0, 0.95, 1.00, 1.00, 0.4, _PLATE, MARK),
        Appliance("dispenser", "饮水机（常开保温）", "kitchen", 500, 0, 0.05, 0.10, 0.18, 24, _PLATE, MARK),
        Appliance("hood", "抽油烟机", "kitchen", 200, 1, 0.70, 0.90, 1.00, 1.5, _PLATE, MARK),
        Appliance(
            "heater_tank", "储水式电热水器（常开）", "bath", 2000, 0, 0.05, 0.08, 0.13, 24, f"{_LABEL} GB 21519", MARK
        ),
        Appliance("heater_fast", "即热式电热水器", "bath", 7000, 2, 0.60, 0.80, 1.00, 0.5, _PLATE, MARK),
        Appliance("bath_heat", "浴霸", "bath", 1100, 0, 0.80, 1.00, 1.00, 0.5, _PLATE, MARK),
        Appliance("dryer_hair", "电吹风", "bath", 1200, 0, 0.60, 0.85, 1.00, 0.2, _PLATE, MARK),
        Appliance("washer", "洗衣机", "wash", 400, 1, 0.35, 0.55, 0.90, 1, _PLATE, MARK),
        Appliance("dryer", "烘干机", "wash", 1500, 1, 0.50, 0.70, 0.95, 0.7, _PLATE, MARK),
        Appliance("vacuum", "吸尘器", "wash", 1000, 0, 0.70, 0.90, 1.00, 0.2, _PLATE, MARK),
        Appliance("tv", "电视机", "screen", 120, 1, 0.60, 0.80, 1.00, 5, _PLATE, MARK),
        Appliance("box", "机顶盒（不断电）", "screen", 15, 0, 0.70, 0.85, 1.00, 24, _PLATE, OURS),
        Appliance("router", "光猫和路由器", "screen", 20, 0, 0.60, 0.80, 1.00, 24, _PLATE, OURS),
        Appliance("computer", "台式电脑", "screen", 250, 3, 0.40, 0.60, 0.90, 4, _PLATE, MARK),
        Appliance("camera", "摄像头、门禁等", "screen", 10, 0, 0.60, 0.80, 1.00, 24, _PLATE, OURS),
        Appliance("lamp", "LED 灯（每盏）", "light", 12, 0, 0.90, 1.00, 1.00, 5, _PLATE, MARK),
        Appliance("ebike", "电动自行车充电", "other", 180, 1, 0.60, 0.80, 1.00, 6, _PLATE, MARK),
        Appliance("ev", "电动汽车充电桩（7 kW）", "other", 7000, 5, 0.90, 0.95, 1.00, 2, _PLATE, MARK),
        Appliance("aquarium", "鱼缸（泵、加热）", "other", 100, 0, 0.25, 0.45, 0.80, 24, _PLATE, OURS),
        Appliance("pump", "水泵、增压泵", "other", 550, 0, 0.60, 0.80, 1.00, 0.5, _PLATE, MARK),
    )
}
