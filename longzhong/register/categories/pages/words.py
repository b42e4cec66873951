"""The words that the category pages share."""

from typing import Any

from django.utils.translation import gettext as _

from longzhong.kit.web import Badge
from longzhong.register.categories import selectors
from longzhong.register.policies.rules import CONFIDENCE_LABELS, Confidence, confirmed

INDENT = "　"


def confidence_badge(confidence: str) -> Badge:
    label = f"{_(CONFIDENCE_LABELS[Confidence(confidence)])} {confidence}"
    return Badge("closed", label, "check") if confirmed(confidence) else Badge("soon", label, "help-circle")


def indented(row: Any) -> str:
    """The name, moved right by its level, so that a plain list reads as a tree."""
    return f"{INDENT * (row.level - 1)}{row.name}"


def mark_words(row: Any) -> str:
    """危险 and 服务态度 of a row."""
    return "、".join(filter(None, [_("涉险") if row.hazard else "", _("服务态度") if row.attitude else ""]))


def code_words(row: Any) -> str:
    return "；".join(f"{one.system} {one.code}" for one in selectors.mapped(row))


def state_words(row: Any) -> str:
    return _("停用 %(day)s") % {"day": row.to_on.isoformat()} if row.to_on else _("在用")
