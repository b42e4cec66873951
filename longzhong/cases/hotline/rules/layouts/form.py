"""The dispatch form of a grid call system (温州, REFERENCE A.6): JSON, or Name=value pairs in one line."""

import json
import re
from typing import Any

from longzhong.cases.hotline.rules.layouts.words import Incoming, field_of, incoming

NAME = "派单表单"
PAIR = re.compile(r"(?P<label>[A-Z][A-Za-z_]{3,30})\s*[=:]\s*\"?(?P<value>[^\"&;\n]*)")
LISTS = ("data", "rows", "list", "items", "orders", "result")


def read(text: str) -> list[Incoming]:
    """The orders of a form; [] if it is none."""
    plain = text.strip().lstrip("\ufeff")
    if plain[:1] in "{[":
        try:
            found = json.loads(plain)
        except ValueError:
            return []
        orders = [_order(row) for row in _rows(found)]
        return [one for one in orders if len(one.values) >= 2]
    pairs = [(match["label"], match["value"]) for match in PAIR.finditer(plain)]
    known = {field_of(label) for label, _value in pairs} - {""}
    return [incoming(NAME, plain, pairs)] if len(known) >= 3 else []


def _rows(found: Any) -> list[dict[str, Any]]:
    if isinstance(found, dict):
        inner = next((found[key] for key in LISTS if isinstance(found.get(key), (list, dict))), None)
        return _rows(inner) if inner is not None else [found]
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def _order(row: dict[str, Any]) -> Incoming:
    pairs = [
        (label, str(value)) for label, value in row.items() if isinstance(value, (str, int, float)) and value != ""
    ]
    return incoming(NAME, json.dumps(row, ensure_ascii=False), pairs)
