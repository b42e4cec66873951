"""The one door of notices, their label, and how they are called."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from longzhong.dispatch.notifications.models import Message, Notice, Provider, Template
from longzhong.dispatch.notifications.rules import EDITORS, KEEPERS, READERS, Channel
from longzhong.kit.actor import Actor, need, within
from longzhong.kit.errors import Refused

PREFIX = "notifications.notice"
VERB_WORDS = {
    "compose": "开始组织", "ready": "组织完毕", "ask": "提交审批", "approve": "批准", "queue": "发送", "start": "开始发送",
    "finish": "发完", "resend": "重发结果不明的", "cancel": "取消",
    "settle": "结果补齐", "erase": "到期删除地址和内容",
}  # fmt: skip


def visible_to(actor: Actor) -> QuerySet[Notice]:
    """Notices of the actor's units."""
    return Notice.objects.filter(within(actor, grid=None, roles=READERS))


def notice_of(actor: Actor, notice_id: int) -> Notice:
    """One visible notice with its template and unit."""
    row = visible_to(actor).select_related("template", "unit").filter(pk=notice_id).first()
    if row is None:
        raise Refused("not_found", _("没有这批通知，或不在您的管辖范围内。"))
    return row


def messages_of(actor: Actor, notice_id: int) -> QuerySet[Message]:
    """The messages of a visible notice, oldest first."""
    return Message.objects.filter(notice=notice_of(actor, notice_id)).select_related("provider").order_by("id")


def templates(actor: Actor) -> QuerySet[Template]:
    """The current editions; whoever reads notices may read them."""
    need(actor, *READERS, *EDITORS)
    return Template.objects.filter(current=True).order_by("code", "id")


def template_of(actor: Actor, template_id: int) -> Template:
    """One edition, current or not."""
    need(actor, *READERS, *EDITORS)
    row = Template.objects.filter(pk=template_id).first()
    if row is None:
        raise Refused("not_found", _("没有这个模板。"))
    return row


def providers(actor: Actor) -> QuerySet[Provider]:
    """All providers in the order in which a channel asks them; for those who keep them."""
    need(actor, *KEEPERS)
    return Provider.objects.order_by("channel", "place", "id")


def provider_of(actor: Actor, code: str) -> Provider:
    """One provider, for those who keep it."""
    row = providers(actor).filter(code=code).first()
    if row is None:
        raise Refused("not_found", _("没有这个通道。"))
    return row


def open_channels() -> frozenset[Channel]:
    """The channels that have an enabled provider."""
    return frozenset(map(Channel, Provider.objects.filter(enabled=True).values_list("channel", flat=True)))


def label(notice_id: int) -> str:
    """A notice's name in timelines and files."""
    return f"{PREFIX}:{notice_id}"


def is_visible(actor: Actor, notice_id: int) -> bool:
    """Whether the actor may see the notice."""
    return visible_to(actor).filter(pk=notice_id).exists()


def title(notice_id: int) -> str:
    """How a notice is called elsewhere."""
    row = Notice.objects.filter(pk=notice_id).first()
    return "" if row is None else f"{row.number} {row.title}".strip()
