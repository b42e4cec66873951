"""One category: what it is, what stands below it, what others call it, and what its keepers may do."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from longzhong.kit import clock, web
from longzhong.kit.errors import Refused
from longzhong.kit.web import Badge, Fact, MoveForm
from longzhong.register.categories import selectors, services
from longzhong.register.categories.pages.forms import AddForm, MapForm, RenameForm, RetireForm
from longzhong.register.categories.pages.words import confidence_badge, mark_words, state_words
from longzhong.register.categories.rules import LEVELS
from longzhong.register.org.rules import Role

KEEPERS = (Role.SECURITY, Role.QUALITY)


@dataclass(frozen=True)
class CategoryPage:
    name: str
    label: str
    badge: Badge
    facts: list[Fact]
    children: list[tuple[str, str, str]]
    codes: list[tuple[selectors.Mapped, list[MoveForm]]]
    moves: list[MoveForm]
    back: str


@web.page()
def category_page(request: HttpRequest, category_id: int) -> HttpResponseBase:
    """What is filed here, and by which other names."""
    who = web.actor(request)
    row = selectors.row(who, category_id)
    may = who.has(*KEEPERS) and row.to_on is None
    below = selectors.children(who, category_id)
    page = CategoryPage(
        name=row.name,
        label=selectors.label_of(category_id),
        badge=confidence_badge(row.confidence),
        facts=_facts(row),
        children=[(one.name, one.code, reverse("categories:category", args=[one.pk])) for one in below],
        codes=[(one, [_unmap(category_id, one)] if who.has(*KEEPERS) else []) for one in selectors.mapped(row)],
        moves=_moves(row) if may else [],
        back=reverse("categories:category", args=[row.parent_id]) if row.parent_id else reverse("categories:tree"),
    )
    return web.show(request, page, "categories/category.html")


@web.page(*KEEPERS)
def add(request: HttpRequest, category_id: int) -> HttpResponseBase:
    """POST: a category below this one."""
    data = _clean(AddForm(request.POST))
    reason = data.pop("reason")
    return _done(
        request,
        lambda **who: services.add_category(parent_id=category_id, draft=services.Draft(**data), reason=reason, **who),
        category_id,
    )


@web.page(*KEEPERS)
def rename(request: HttpRequest, category_id: int) -> HttpResponseBase:
    """POST: another name."""
    data = _clean(RenameForm(request.POST))
    return _done(request, lambda **who: services.rename(category_id=category_id, **data, **who), category_id)


@web.page(*KEEPERS)
def retire(request: HttpRequest, category_id: int) -> HttpResponseBase:
    """POST: nothing new here from a day on."""
    data = _clean(RetireForm(request.POST))
    return _done(request, lambda **who: services.retire(category_id=category_id, **data, **who), category_id)


@web.page(*KEEPERS)
def map_code(request: HttpRequest, category_id: int) -> HttpResponseBase:
    """POST: another system's code for this category."""
    data = _clean(MapForm(request.POST))
    return _done(request, lambda **who: services.map_external(category_id=category_id, **data, **who), category_id)


@web.page(*KEEPERS)
def unmap_code(request: HttpRequest, category_id: int, external_id: int) -> HttpResponseBase:
    """POST: that code no longer means this category."""
    if request.method != "POST":
        raise Refused("form_incomplete", _("请在页面上操作；没有改动。"))
    return _done(request, lambda **who: services.unmap(external_id=external_id, **who), category_id)


def _done(request: HttpRequest, do: Any, category_id: int) -> HttpResponseBase:
    back = reverse("categories:category", args=[category_id])
    return web.act(request, lambda: do(by=web.actor(request), at=clock.now()), done=_("已保存"), back=back)


def _clean(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        raise Refused("form_incomplete", _("请把必填项填完整；没有改动。"))
    return form.cleaned_data


def _facts(row: Any) -> list[Fact]:
    return [
        Fact(_("编码"), row.code),
        Fact(_("状态"), state_words(row)),
        Fact(_("小标题"), row.section or "–"),
        Fact(_("标记"), mark_words(row) or "–"),
        Fact(_("来源"), row.source),
        Fact(_("最近变更的理由"), row.reason or "–"),
    ]


def _moves(row: Any) -> list[MoveForm]:
    def move(verb: str, label: str, form: forms.Form, ask: str, icon: str) -> MoveForm:
        return MoveForm(verb, label, reverse(f"categories:{verb}", args=[row.pk]), form=form, ask=ask, icon=icon)

    made = [
        move("map", _("对应外部编码"), MapForm(), _("导入与接口按这个编码认出本分类。"), "link"),
        move(
            "rename",
            _("改名"),
            RenameForm(initial={"name": row.name}),
            _("编码不变，已归类的诉求随新名称显示。"),
            "edit",
        ),
    ]
    if row.level < LEVELS:
        made.insert(0, move("add", _("新增下级"), AddForm(), _("从今天起可以归到这个新分类。"), "plus"))
    if row.level > 1:
        first = {"to_on": clock.today().isoformat()}
        ask = _("从那天起不能再归到这里；已归类的诉求不变。")
        made.append(move("retire", _("停用"), RetireForm(initial=first), ask, "archive"))
    return made


def _unmap(category_id: int, code: selectors.Mapped) -> MoveForm:
    action = reverse("categories:unmap", args=[category_id, code.id])
    return MoveForm("unmap", _("解除"), action, ask=_("以后收到这个编码将认不出分类，需人工选择。"), icon="x")
