"""Notices as rows: what is said, through whom, to whom, and what came back."""

from longzhong.dispatch.notifications.models.messages import Covered, Message, Receipt
from longzhong.dispatch.notifications.models.notices import Notice
from longzhong.dispatch.notifications.models.providers import Provider
from longzhong.dispatch.notifications.models.templates import Template

__all__ = ["Covered", "Message", "Notice", "Provider", "Receipt", "Template"]
