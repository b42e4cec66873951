"""One order in one line (短信): 【95598】工单2026030112345678，客户13800138000，名仕家天下停电，请24小时内处理。"""

import re

from longzhong.cases.hotline.rules.layouts.loose import ORDER_NO, loose
from longzhong.cases.hotline.rules.layouts.words import Incoming

NAME = "短信"
SIGN = re.compile(r"^\s*【[^】]{2,20}】")


def read(text: str) -> list[Incoming]:
    """Each line that carries a sign (【…】) or an order number is one order; [] unless every line does."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines or not all(SIGN.match(line) or ORDER_NO.search(line) for line in lines):
        return []
    return [loose(NAME, SIGN.sub("", line).strip(), raw=line, source=_sign(line)) for line in lines]


def _sign(line: str) -> str:
    match = SIGN.match(line)
    return match.group().strip(" 【】") if match else ""
