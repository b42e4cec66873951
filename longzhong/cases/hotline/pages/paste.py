"""粘贴受理: paste (or choose a file of) other systems' orders, see what was understood, take them in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from longzhong.cases.hotline import services
from longzhong.cases.hotline.pages.desk import DESK
from longzhong.cases.hotline.pages.desk_forms import words
from longzhong.cases.hotline.rules.layouts import FIELD_LABELS, MOST_CHARACTERS, Incoming, decoded, read_orders
from longzhong.cases.hotline.rules.words import CHANNEL_LABELS, Channel
from longzhong.cases.hotline.selectors.guessing import Guesses, guesses_of_order
from longzhong.cases.hotline.services import Brought, Wish
from longzhong.kit import clock, web
from longzhong.register.categories import selectors as categories

MOST_BYTES = 2_000_000
SHOWN = ("external_no", "phone", "account_code", "type_word", "due_words")


class PasteForm(forms.Form):
    """The words, or a file of them."""

    text = forms.CharField(
        label=gettext_lazy("工单文字"),
        max_length=MOST_CHARACTERS,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    file = forms.FileField(label=gettext_lazy("或选择文件（TXT、CSV、JSON，UTF-8 或 GBK）"), required=False)
    channel = forms.ChoiceField(
        label=gettext_lazy("没写来源时算作"), choices=words(CHANNEL_LABELS), initial=Channel.PHONE_95598
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        file = data.get("file")
        if file is not None and file.size > MOST_BYTES:
            raise forms.ValidationError(_("文件太大：最多 2 MB，请分批；什么都没有登记。"))
        data["words"] = decoded(file.read()) if file is not None else data.get("text", "")
        if not data["words"].strip():
            raise forms.ValidationError(_("没有读到任何内容；请粘贴工单文字或选择文件。"))
        return data


@dataclass(frozen=True)
class OrderLine:
    """One order of the preview: what was understood (masked), what wasn't, and what it would become."""

    place: int
    layout: str
    fields: tuple[tuple[str, str], ...]
    text: str
    missing: tuple[str, ...]
    unread: tuple[str, ...]
    guesses: Guesses


@dataclass(frozen=True)
class PastePage:
    form: PasteForm
    text: str
    lines: list[OrderLine]
    done: list[Brought]
    leaves: list[tuple[int, str]]


@web.page(*DESK)
def paste(request: HttpRequest) -> HttpResponseBase:
    """GET: an empty box. POST `do=look`: the preview; `do=take`: taken in, one answer an order."""
    if request.method != "POST":
        return web.show(request, PastePage(PasteForm(), "", [], [], []), "hotline/paste.html")
    form = PasteForm(request.POST, request.FILES)
    if not form.is_valid():
        return web.show(request, PastePage(form, "", [], [], []), "hotline/paste.html")
    text = form.cleaned_data["words"]
    orders = read_orders(text)
    if request.POST.get("do") == "take":
        return _take(request, form, orders)
    leaves = [(node.id, node.label) for node in categories.leaves()]
    bound = PasteForm(initial={"text": text, "channel": form.cleaned_data["channel"]})
    return web.show(request, PastePage(bound, text, _lines(orders, form), [], leaves), "hotline/paste.html")


def _take(request: HttpRequest, form: PasteForm, orders: list[Incoming]) -> HttpResponseBase:
    wish = Wish(Channel(form.cleaned_data["channel"]), chosen=_chosen(request))
    done = services.bring_in(orders=orders, wish=wish, by=web.actor(request), at=clock.now())
    counts = {status: sum(one.status == status for one in done) for status in ("opened", "kept", "known", "urged")}
    words = _("共 %(all)s 单：立单 %(opened)s，留存待处理 %(kept)s，已受理过 %(known)s，催办 %(urged)s。")
    messages.success(request, words % {"all": len(done), **counts})
    return web.show(request, PastePage(PasteForm(), "", [], done, []), "hotline/paste.html")


def _chosen(request: HttpRequest) -> dict[int, int]:
    """Categories picked in the preview, by the order's place."""
    keys = [key for key in request.POST if key.startswith("category-")]
    picked = {key.removeprefix("category-"): str(request.POST.get(key, "")) for key in keys}
    return {int(place): int(value) for place, value in picked.items() if place.isdecimal() and value.isdecimal()}


def _lines(orders: list[Incoming], form: PasteForm) -> list[OrderLine]:
    now, channel = clock.now(), form.cleaned_data["channel"]
    return [_line(place, order, channel, now) for place, order in enumerate(orders)]


def _line(place: int, order: Incoming, channel: str, now: datetime) -> OrderLine:
    fields = tuple((str(FIELD_LABELS[field]), order.get(field)) for field in SHOWN if order.get(field))
    return OrderLine(
        place,
        order.layout,
        fields,
        order.text[:300],
        order.missing,
        order.unread,
        guesses_of_order(order, channel, now),
    )
