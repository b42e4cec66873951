"""How sensitive an outage is to its customers (停电敏感度, S4-25), as points with their reasons; who has more is restored first.

REFERENCE §3.4 and §7.2: important users by grade, special groups (a medical device at home above all), people who have
reacted strongly before,
frequent outage, the evening peak, business that stands still. Weights are ours (U); the score orders work, it refuses nobody
anything.
"""

from dataclasses import dataclass

MOST = 100
_EVENING, _NIGHT = range(18, 22), (22, 23, 0, 1, 2, 3, 4, 5)
_OFTEN, _TWICE = 3, 2


@dataclass(frozen=True)
class Sensitive:
    """What is known of the customers behind an outage: numbers of accounts, outages and reports within the window, the hour
    of day.
    """

    supreme: int = 0
    important: int = 0
    medical: int = 0
    special: int = 0
    sensitive: int = 0
    outages: int = 0
    reports: int = 0
    customers: int = 0
    businesses: int = 0
    hour: int = 12


def sensitivity(known: Sensitive) -> tuple[int, tuple[str, ...]]:
    """Points (0..100) and why, the heaviest reason first."""
    rows = (
        (40 if known.supreme else 0, f"特级、一级重要用户 {known.supreme} 户"),
        (min(30, 20 + 5 * known.important) if known.important else 0, f"重要用户 {known.important} 户"),
        (35 if known.medical else 0, f"家用医疗设备 {known.medical} 户"),
        (min(20, 10 + 2 * known.special) if known.special else 0, f"特殊群体 {known.special} 户"),
        (min(15, 8 + known.sensitive) if known.sensitive else 0, f"敏感客户 {known.sensitive} 户"),
        (20 if known.outages >= _OFTEN else 10 if known.outages >= _TWICE else 0, f"近期第 {known.outages} 次停电"),
        (min(12, 3 * known.reports), f"近期报修 {known.reports} 次"),
        (min(10, known.customers // 50), f"停电 {known.customers} 户"),
        (min(8, 2 * known.businesses), f"商业用户 {known.businesses} 户"),
        (
            6 if known.hour in _EVENING else 3 if known.hour in _NIGHT else 0,
            "晚高峰" if known.hour in _EVENING else "夜间",
        ),
    )
    told = sorted(((points, words) for points, words in rows if points), key=lambda row: -row[0])
    return min(MOST, sum(points for points, _words in told)), tuple(f"{words} +{points}" for points, words in told)
