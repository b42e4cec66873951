"""Lines of "工单编号：…" (键值行): what most dispatch screens give when one copies them."""

import re

from longzhong.cases.hotline.rules.layouts.words import Incoming, field_of, incoming

NAME = "键值行"
LINE = re.compile(r"^\s*[·•*\-]?\s*(?P<label>[^\s:：，。]{1,16}(?:[（(][^）)]{0,8}[）)])?)\s*[:：=＝]\s*(?P<value>.*)$")
RULER = re.compile(r"^\s*[-=—*_#]{3,}\s*$")


def read(text: str) -> list[Incoming]:
    """The orders of such lines; [] if the text isn't made of them. A repeated order number or a ruler begins the next one."""
    orders: list[list[tuple[str, str]]] = [[]]
    raws: list[list[str]] = [[]]
    known = 0
    for line in text.splitlines():
        match = None if RULER.match(line) else LINE.match(line)
        field = field_of(match["label"]) if match else ""
        if RULER.match(line) or (field == "external_no" and any(field_of(key) == field for key, _value in orders[-1])):
            orders.append([])
            raws.append([])
        if RULER.match(line):
            continue
        raws[-1].append(line)
        if match and (field or not orders[-1] or field_of(orders[-1][-1][0]) != "content"):
            orders[-1].append((match["label"], match["value"]))
            known += bool(field)
        elif line.strip() and orders[-1]:
            orders[-1] = _carried_on(orders[-1], line)
    found = [
        incoming(NAME, "\n".join(raw), pairs) for pairs, raw in zip(orders, raws, strict=True) if "".join(raw).strip()
    ]
    return found if known >= 2 else []


def _carried_on(pairs: list[tuple[str, str]], line: str) -> list[tuple[str, str]]:
    """A line without a label belongs to the value above it."""
    label, value = pairs[-1]
    return [*pairs[:-1], (label, f"{value}\n{line.strip()}" if value.strip() else line.strip())]
