"""What `longzhong demo` asks of the demo county: sizes, building and living with printed stages, logins, figures."""

import sys
import time
from collections.abc import Mapping
from datetime import date

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from longzhong.surfaces.simulation import selectors, services
from longzhong.surfaces.simulation.services import Order

SIZES: Mapping[str, Order] = {
    "tiny": Order(customers=300, areas=8, days=8),
    "small": Order(customers=20_000, areas=250),
    "medium": Order(customers=80_000, areas=1_500),
    "full": Order(customers=205_000, areas=6_000),
}


def build(*, size: str = "small") -> dict[str, float]:
    """Build the county and let it live, unless it stands; go on where an interrupted building stopped. Returns its figures."""
    order = SIZES[size]
    began = time.perf_counter()
    if not selectors.exists():
        _say(f"演示县：{order.customers} 户、{order.areas} 个台区、{order.days} 天（种子 {order.seed}）")
        services.build_county(order=order, say=lambda stage, seconds: _say(f"  {stage:<8}{seconds:7.2f} 秒"))
    left = selectors.days_left()
    if left:
        _live(left)
        services.furnish(say=lambda stage, seconds: _say(f"  {stage:<8}{seconds:7.2f} 秒"))
        services.drop_export()
        services.teach_model(say=lambda stage, seconds: _say(f"  {stage:<8}{seconds:7.2f} 秒"))
    return selectors.figures() | {"build_seconds": round(time.perf_counter() - began, 1)}


def logins() -> list[dict[str, str]]:
    """Demo logins: role, login, password."""
    return selectors.logins()


def _live(days: int) -> None:
    columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    began = time.perf_counter()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("曲线、研判、预警、工单、验证", total=days)

        def done(day: date) -> None:
            bar.update(task, advance=1, description=f"{day} 曲线、研判、预警、工单、验证")

        seconds = services.advance(days=days, done=done, hurried=True)
    for stage, taken in seconds.items():
        _say(f"  {stage:<8}{taken:7.2f} 秒")
    _say(f"  运行 {days} 天{time.perf_counter() - began:7.2f} 秒")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
