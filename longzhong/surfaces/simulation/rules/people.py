"""Invented people and addresses (虚构客户): names, phones and doors that belong to nobody.

The phone prefix 154 is not given out to any operator. Streets and villages are real names, estates and doors are made up.
"""

from dataclasses import dataclass

import numpy as np

from longzhong.surfaces.simulation.rules.county import HOME, SHOP, URBAN, County

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
FIRST = "建国志明秀玉春晓文海云德光永红丽庆世长新立俊家学少金宏成兴运思雨子欣浩宇佳梦天若清怀"
SECOND = "华平军英芳强兰珍敏静伟娟勇艳杰涛超霞刚燕辉梅丹波飞鹏娜林玲宁慧东琴松彬莉鑫雪峰颖凯洁斌瑶旭琳"
ESTATES = ("花园", "小区", "家园", "新村", "苑", "佳苑", "公寓", "家属院")
KNOWN_ESTATES = {"檀溪街道": ("御龙湾", "铁四局家属院", "江华机械厂家属区")}
SHOP_WORDS = ("超市", "餐馆", "理发店", "粮油店", "药店", "五金店", "宾馆", "小吃店", "服装店", "诊所")
WORK_WORDS = ("加工厂", "修理部", "机械厂", "米厂", "砖厂", "养殖场", "冷库", "纺织厂", "预制件厂", "包装厂")
STAFF_PHONES, CUSTOMER_PHONES = 15_400_000_000, 15_410_000_000


@dataclass(frozen=True, slots=True)
class Home:
    """Who has the contract and where: estate, building and room as the trade writes them."""

    name: str
    phone: str
    town: str
    village: str
    estate: str
    building: str
    room: str


def staff_name(seed: int, number: int) -> str:
    """The name of the number-th employee."""
    return _name(np.random.default_rng((seed, 3, number)).random(3))


def staff_phone(number: int) -> str:
    return str(STAFF_PHONES + number)


def homes(county: County) -> list[Home]:
    """Every customer of the county, in the order of the plan."""
    lots = np.random.default_rng((county.seed, 5)).random((len(county.customers), 8))
    nodes = county.grid.node[county.customers.row]
    kinds, areas = county.customers.kind.tolist(), county.customers.area.tolist()
    places = [_places(county, area) for area in range(len(county.areas))]
    return [
        _home(number, lot, kinds[number], places[areas[number]], node)
        for number, (lot, node) in enumerate(zip(lots.tolist(), nodes.tolist(), strict=True))
    ]


@dataclass(frozen=True, slots=True)
class _Place:
    town: str
    village: str
    estate: str
    urban: bool
    stem: str


def _places(county: County, area: int) -> _Place:
    street = county.streets[county.areas.street[area]]
    village = street.villages[county.areas.village[area]]
    stem = village.removesuffix("社区").removesuffix("村")
    lot = np.random.default_rng((county.seed, 6, area)).integers(0, 10_000)
    known = KNOWN_ESTATES.get(street.name, ())
    urban = county.areas.site[area] == URBAN
    estate = known[area % len(known)] if known and lot % 4 == 0 else stem + ESTATES[lot % len(ESTATES)]
    return _Place(street.name, village, estate if urban else "", bool(urban), stem)


def _home(number: int, lot: list[float], kind: int, place: _Place, node: int) -> Home:
    name = _name(lot)
    if kind != HOME:
        words = SHOP_WORDS if kind == SHOP else WORK_WORDS
        name = f"{place.stem}{name[0]}记{words[int(lot[3] * len(words))]}"
    if place.urban:
        building, room = f"{node}栋", f"{1 + int(lot[4] * 3)}单元{1 + int(lot[5] * 7)}0{1 + int(lot[6] * 2)}室"
    else:
        building, room = f"{1 + node // 4}组", f"{1 + int(lot[5] * 90)}号"
    return Home(name, str(CUSTOMER_PHONES + number), place.town, place.village, place.estate, building, room)


def _name(lot: "list[float] | np.ndarray") -> str:
    """A surname, mostly the common ones, and one or two further characters."""
    surname = SURNAMES[int(lot[0] ** 1.6 * len(SURNAMES))]
    second = SECOND[int(lot[2] * len(SECOND))]
    return surname + second if lot[1] < 0.12 else surname + FIRST[int(lot[1] * len(FIRST))] + second
