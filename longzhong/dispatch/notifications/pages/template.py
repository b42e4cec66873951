"""One template: every channel as it will look, with its real length and parts; its editor for those who may."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from longzhong.dispatch.notifications import selectors, services
from longzhong.dispatch.notifications.models import Template
from longzhong.dispatch.notifications.pages.template_form import TemplateForm
from longzhong.dispatch.notifications.rules import CHANNEL_WORDS, COMPOSERS, EDITORS, READERS, NoticeLimits
from longzhong.dispatch.notifications.selectors import Preview
from longzhong.kit import clock, web
from longzhong.kit.errors import Refused


@dataclass(frozen=True)
class TemplatePage:
    row: Template | None
    form: TemplateForm | None
    previews: list[tuple[str, Preview]]
    moves: list[web.MoveForm]
    may_compose: bool


@web.page(*READERS, *EDITORS)
def template(request: HttpRequest, template_id: int | None = None) -> HttpResponseBase:
    """GET: the previews and the editor. POST: the next edition."""
    who = web.actor(request)
    row = selectors.template_of(who, template_id) if template_id else None
    if row is None and not who.has(*EDITORS):
        raise Refused("not_allowed", _("您的岗位不能新建模板。"))
    form = TemplateForm(request.POST or None, row) if who.has(*EDITORS) and (row is None or row.current) else None
    if request.method == "POST" and form is not None and form.is_valid():
        kept = services.keep_template(template=form.template(), by=who, at=clock.now())
        messages.success(request, _("已保存为第 %(n)s 版。") % {"n": kept.edition})
        return redirect("notifications:template", kept.pk)
    told = selectors.previews(row, {}, NoticeLimits()) if row else []
    named = [(CHANNEL_WORDS[one.channel], one) for one in told]
    page = TemplatePage(row, form, named, _moves(row, form), bool(row and row.current and who.has(*COMPOSERS)))
    return web.show(request, page, "notifications/template.html")


@require_POST
@web.page(*EDITORS)
def retire(request: HttpRequest, code: str) -> HttpResponseBase:
    return web.act(
        request,
        lambda: services.retire_template(code=code, by=web.actor(request), at=clock.now()),
        done=_("模板已停用；已发出的通知照常。"),
        back=reverse("notifications:templates"),
    )


def _moves(row: Template | None, form: TemplateForm | None) -> list[web.MoveForm]:
    if row is None or form is None:
        return []
    action = reverse("notifications:retire", args=[row.code])
    return [web.MoveForm("retire", _("停用"), action, ask=_("停用后不能再用它组织通知；已组织的照常。"), tone="danger")]
